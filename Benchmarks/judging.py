#!/usr/bin/env python3
"""judging.py: makes the devices and the list of assets that `judging` measures with. Always the same.

  judging.py sightings ADVISORIES KIND FIRST COUNT   lines of wardlight.sightings/1
  judging.py declared ADVISORIES ROWS DEVICES        a list of assets as hospitals export them, in Windows-1252

KIND is what the devices of a hospital are called:
  usual      as the advisories call them, in forty firmware versions: a thousand pumps of one model
  distinct   every model text and every firmware its own
  nameless   so, too, and nobody knows their makers
"""
import glob
import json
import os
import sys


def products(folder):
    """Makers and products of all rows of the CSAF advisories below a folder, in the order of files and rows."""
    found = []

    def walk(branch, path):
        path = dict(path, **{branch.get("category", ""): branch.get("name", "")})
        if "product" in branch and path.get("product_name"):
            found.append((path.get("vendor", ""), path["product_name"]))
        for below in branch.get("branches", []):
            walk(below, path)

    for file in sorted(glob.glob(os.path.join(folder, "**", "*.json"), recursive=True)):
        with open(file, encoding="utf-8") as text:
            document = json.load(text)
        if isinstance(document, dict):
            for branch in document.get("product_tree", {}).get("branches", []):
                walk(branch, {})
    if not found:
        sys.exit(f"No CSAF advisories in {folder}. Cure: make bench ADVISORIES=folder")
    return found


def octets(number):
    # F0-F1 is nobody's prefix in the lists of IEEE: the maker is what the line says.
    return f"f0f1{number:08x}"


def mac(number, joint=":"):
    text = octets(number)
    return joint.join(text[at:at + 2] for at in range(0, 12, 2))


def place(number):
    return f"ICU {number // 40 % 60}"


def sightings(folder, kind, first, count):
    rows = products(folder)
    for number in range(first, first + count):
        vendor, model = rows[number % len(rows)]
        line = {"at": "2026-03-01T12:00:00Z", "source": "mdm", "mac": mac(number), "serial": f"00{number:06d}SN"}
        if kind != "nameless":
            line["vendor"] = vendor
        line["model"] = model if kind == "usual" else f"{model} X{number}"
        line["firmware"] = f"1.{number % 40}" if kind == "usual" else f"{number % 9}.{number // 9 % 99}.{number}"
        line["place"] = place(number)
        print(json.dumps(line))


def declared(folder, count, devices):
    rows = products(folder)
    words = ["In service", "in Betrieb", "ACTIVE", "Retired", "Spare", "en service", "on loan", "in repair", ""]
    days = ["46082", "1.3.2026", "13/01/2026", "2026-03-01", "1 Mar 2026", ""]
    out = open(sys.stdout.fileno(), "w", encoding="cp1252", errors="replace", newline="")
    out.write("Inventarnummer;Serial No.;MAC Address(es);Hersteller;Model;Gerätetyp;Besitzer;Room;Letzte Wartung;"
              "Status;Network capable;Remarks\r\n")
    for number in range(count):
        vendor, model = rows[number % len(rows)]
        known = number < devices * 9 // 10
        cards = [
            mac(number), mac(number, "-").upper(), octets(number), f"{mac(number)}, {mac(number + 900000)}",
            f"{mac(number + 900000)}\n{mac(number)}", ":".join(part.lstrip("0") or "0" for part in mac(number).split(":")),
            "", "n/a", f"{int(octets(number), 16):.5E}", mac(number).replace(":", "."),
        ]
        serials = [f"00{number:06d}SN", f"{number}SN", f"{number:06d}-SN", "", "1.23457E+11", "n/a"]
        if not known:
            # Bought, listed, and never seen.
            cards = ["", mac(number + 2000000), "n/a"]
        cells = [
            f"BME-{number - number % 500 // 499:06d}", serials[number % len(serials)], cards[number % len(cards)],
            vendor.upper() if number % 3 else vendor, model, "Überwachungsmonitor", "Pflege \"Süd\"",
            place(number if number % 5 else number + 40), days[number % len(days)], words[number % len(words)],
            ["yes", "", "LAN", "no"][number % 4], "line one\nline two; and more" if number % 50 == 0 else "",
        ]
        out.write(";".join('"' + cell.replace('"', '""') + '"' if any(sign in cell for sign in ';"\n') else cell
                           for cell in cells) + "\r\n")
    out.close()


if __name__ == "__main__":
    if len(sys.argv) == 6 and sys.argv[1] == "sightings":
        sightings(sys.argv[2], sys.argv[3], int(sys.argv[4]), int(sys.argv[5]))
    elif len(sys.argv) == 5 and sys.argv[1] == "declared":
        declared(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
    else:
        sys.exit(__doc__)
