"""Times a running service over HTTP on loopback (Benchmarks/serving says with which figures).

One `wardlight run` in a folder of its own; a hospital handed in over the API; then lists and searches by one client while
others write, then a stream of readings and followers of live changes. Every time is one request or one event, by the
clock of this process: from before it was sent to after its last octet was read.
"""

import argparse
import collections
import http.client
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

KINDS = ["infusion-pump", "patient-monitor", "ventilator", "syringe-pump", "ecg-cart", "gel-dispenser", "label-printer"]
FIRST = 0x0009_FB00_0000


class Service:
    def __init__(self, wardlight):
        self.folder = tempfile.mkdtemp(prefix="wardlight-http-")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        config = os.path.join(self.folder, "wardlight.yaml")
        with open(config, "w", encoding="utf-8") as file:
            file.write(
                f"site: north\ndata: {self.folder}/data\n"
                f"server: {{ address: 127.0.0.1, port: {self.port}, plain: true }}\n"
                "limits: { devices: 65536, requestsPerSecond: 100000, body: 16MiB }\n")
        self.said = open(os.path.join(self.folder, "said"), "w+b")
        self.process = subprocess.Popen([wardlight, "run", "--config", config], stderr=self.said, stdout=self.said)
        end = time.monotonic() + 60
        while b"answers at" not in self.words():
            if self.process.poll() is not None or time.monotonic() > end:
                sys.exit("the service did not start:\n" + self.words().decode(errors="replace"))
            time.sleep(0.05)
        made = subprocess.run(
            [wardlight, "token", "create", "--data", self.folder + "/data", "--name", "bench", "--scope", "read",
             "--scope", "write"], check=True, capture_output=True)
        self.token = made.stdout.decode().strip()

    def words(self):
        with open(self.said.name, "rb") as file:
            return file.read()

    def connect(self):
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        line.connect()
        line.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return line

    def ask(self, line, path):
        line.request("GET", path, headers={"Authorization": "Bearer " + self.token})
        answer = line.getresponse()
        body = answer.read()
        if answer.status != 200:
            sys.exit(f"{path}: {answer.status} {body[:300]}")
        return body

    def post(self, line, lines):
        line.request(
            "POST", "/api/v1/observations", body="\n".join(lines).encode(),
            headers={"Authorization": "Bearer " + self.token, "Content-Type": "application/x-ndjson"})
        answer = line.getresponse()
        body = answer.read()
        if answer.status != 201:
            sys.exit(f"POST: {answer.status} {body[:300]}")

    def octets(self):
        with open(f"/proc/{self.process.pid}/status", encoding="utf-8") as file:
            return next(int(row.split()[1]) * 1024 for row in file if row.startswith("VmRSS"))

    def end(self):
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(120)
        except subprocess.TimeoutExpired:
            self.process.kill()
        shutil.rmtree(self.folder, ignore_errors=True)


def observation(body):
    now = str(time.time_ns())
    return json.dumps({"site": "north", "sensor": "bench", "occurred": now, **body})


def subject(number):
    return {"hardware": str(FIRST + number)}


def span():
    now = str(time.time_ns())
    return {"first": now, "last": now}


def name(number):
    return f"{KINDS[number % len(KINDS)]}-{number:05d}"


def fill(service, devices):
    line = service.connect()
    places = [{"id": "north", "kind": "site", "name": "North"}]
    for floor in range(10):
        places.append({"id": f"north/{floor}", "kind": "floor", "name": f"Floor {floor}", "parent": "north"})
        for zone in range(20):
            ward = f"north/{floor}/{zone}"
            places.append({"id": ward, "kind": "zone", "name": f"Ward {floor}-{zone}", "parent": f"north/{floor}"})
            for room in range(10):
                places.append({"id": f"{ward}/{room}", "kind": "room", "name": f"Room {room}", "parent": ward})
    service.post(line, [observation({"location": place}) for place in places])
    batch = []
    for number in range(devices):
        room = f"north/{number % 10}/{number // 10 % 20}/{number // 200 % 10}"
        batch += [
            observation({"sighting": {"subject": subject(number), "span": span(), "packets": "1", "bytes": "60"}}),
            observation({"fact": {"subject": subject(number), "field": "dhcp.hostname", "value": name(number),
                                  "span": span(), "count": "1"}}),
            observation({"edge": {"one": {"device": subject(number)}, "relation": "at", "other": {"location": room}}}),
            observation({"measurement": {"subject": subject(number), "metric": "WARDLIGHT_ROOM_TEMPERATURE",
                                         "value": 20.5, "unit": "Cel"}}),
        ]
        if len(batch) >= 8_000 or number == devices - 1:
            service.post(line, batch)
            batch = []
    position = json.loads(service.ask(line, "/api/v1/log"))["position"]
    while json.loads(service.ask(line, "/api/v1/log"))["judged"] < position:
        time.sleep(0.2)
    line.close()


def quantile(times, part):
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))] * 1_000


class Verdicts:
    def __init__(self, limit):
        self.limit, self.passed, self.failed = limit, 0, 0

    def judge(self, times, words):
        p99 = quantile(times, 0.99)
        kept = p99 <= self.limit
        self.passed += kept
        self.failed += not kept
        print(f"{'passed' if kept else 'FAILED'}  p99 {p99:.1f} ms (at most {self.limit:g}), median "
              f"{quantile(times, 0.5):.1f}, most {max(times) * 1_000:.1f}: {words}", flush=True)


def lists(service, devices, requests, verdicts):
    """Each kind of list by one client, while another writes 20 times a second and the hospital is judged."""
    chance = random.Random(7)
    cursor = {}

    def word():
        return urllib.parse.quote(name(chance.randrange(devices)))

    def pages(kind):
        """Goes on through a list by its cursor, and begins anew at its end."""
        after = cursor.get(kind)
        return f"/api/v1/devices?{kind}" + (f"&cursor={after}" if after else "")

    questions = [
        ("first page by name", lambda: "/api/v1/devices"),
        ("1,000 rows", lambda: "/api/v1/devices?limit=1000"),
        ("by when it was seen, the last first", lambda: "/api/v1/devices?sort=lastSeen&order=descending"),
        ("by risk, the worst first", lambda: "/api/v1/devices?sort=risk&order=descending"),
        ("of one kind, stale or not", lambda: "/api/v1/devices?class=unknown&stale=false&sort=severity"),
        ("of a ward", lambda: f"/api/v1/devices?location=north/{chance.randrange(10)}/{chance.randrange(20)}"),
        ("of a floor", lambda: f"/api/v1/devices?location=north/{chance.randrange(10)}&findings=false"),
        ("a site, none with findings", lambda: "/api/v1/devices?site=north&findings=true"),
        ("page after page by cursor", lambda: pages("limit=500")),
        ("page after page, sorted and chosen", lambda: pages("limit=200&site=north&sort=lastSeen&order=descending")),
        ("search for one name", lambda: f"/api/v1/devices?q={word()}"),
        ("search for a kind", lambda: f"/api/v1/devices?q={KINDS[chance.randrange(len(KINDS))]}"),
        ("search for a beginning of two letters", lambda: "/api/v1/devices?q=" + chance.choice(["pu", "ve", "in", "pa"])),
        ("search for a place", lambda: f"/api/v1/devices?q=ward%20{chance.randrange(10)}-{chance.randrange(20)}"),
        ("search that finds nothing", lambda: "/api/v1/devices?q=nobody-of-that-name"),
        ("search, chosen and sorted", lambda: "/api/v1/devices?q=pump&site=north&stale=false&sort=risk&order=descending"),
        ("findings, the worst first", lambda: "/api/v1/findings"),
    ]
    over = threading.Event()

    def write():
        line = service.connect()
        while not over.is_set():
            number = chance_of_writer.randrange(devices)
            service.post(line, [
                observation({"measurement": {"subject": subject(number), "metric": "WARDLIGHT_ROOM_TEMPERATURE",
                                             "value": 21, "unit": "Cel"}}),
                observation({"fact": {"subject": subject(number), "field": "dhcp.hostname",
                                      "value": name(number), "span": span(), "count": "1"}}),
            ])
            time.sleep(0.05)
        line.close()

    chance_of_writer = random.Random(8)
    writer = threading.Thread(target=write)
    writer.start()
    line = service.connect()
    all_times = []
    for words, question in questions:
        times = []
        for _ in range(requests):
            path = question()
            begin = time.perf_counter()
            body = service.ask(line, path)
            times.append(time.perf_counter() - begin)
            if "page after page" in words:
                kind = path.split("?")[1].split("&cursor=")[0]
                cursor[kind] = json.loads(body).get("next")
        all_times += times
        verdicts.judge(times, words)
    over.set()
    writer.join()
    line.close()
    verdicts.judge(all_times, f"all of them, {len(all_times)} requests")


def live(service, rate, seconds, followers, verdicts):
    """So many readings a second in batches of 50; one of each batch is looked for on every follower's stream."""
    batch, pause = 50, 50 / rate
    sent, late, lock, ready = {}, [], threading.Lock(), threading.Barrier(followers + 1)
    last = [None]

    def follow(number):
        line = socket.create_connection(("127.0.0.1", service.port))
        line.sendall((f"GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {service.token}\r\n\r\n")
                     .encode())
        stream, seen, mark = line.makefile("rb", buffering=1 << 20), [], b'"what": "PROBE"'
        while b"event: start" not in stream.readline():
            pass
        ready.wait()
        for row in stream:
            if mark not in row:
                continue
            now = time.perf_counter()
            # As text: a whole event is some hundred readings, of which one is ours.
            for piece in row.split(mark)[1:]:
                value = int(float(piece.split(b'"to": "')[1].split(b'"')[0].split()[0]))
                begin = sent.get(value)
                if begin is not None:
                    seen.append(now - begin)
                if value == last[0]:
                    with lock:
                        late.extend(seen)
                    line.close()
                    return

    threads = [threading.Thread(target=follow, args=(number,), daemon=True) for number in range(followers)]
    for thread in threads:
        thread.start()
    ready.wait()
    line = service.connect()
    count = int(seconds / pause)
    begin = time.perf_counter()
    behind = 0.0
    for number in range(1, count + 1):
        rows = [
            observation({"measurement": {"subject": subject((number * batch + place) % 5_000), "metric": "WARDLIGHT_LOAD",
                                         "value": number % 100, "unit": "1"}})
            for place in range(batch - 1)
        ]
        rows.append(observation({"measurement": {"subject": subject(0), "metric": "PROBE", "value": number, "unit": "1"}}))
        due = begin + number * pause
        wait = due - time.perf_counter()
        if wait > 0:
            time.sleep(wait)
        behind = max(behind, -wait)
        if number == count:
            last[0] = number
        sent[number] = time.perf_counter()
        service.post(line, rows)
    took = time.perf_counter() - begin
    for thread in threads:
        thread.join(30)
    if len(late) != count * followers:
        print(f"FAILED  {len(late)} of {count * followers} readings came to the {followers} followers")
        verdicts.failed += 1
    if late:
        verdicts.judge(
            late, f"from before an observation was handed in to a follower's having it, {followers} followers, "
            f"{count * batch / took:.0f} observations a second")
    line.close()


def main():
    options = argparse.ArgumentParser()
    options.add_argument("wardlight")
    for words, kind in [("devices", int), ("requests", int), ("rate", int), ("seconds", float), ("followers", int),
                        ("limit", float)]:
        options.add_argument("--" + words, type=kind, required=True)
    given = options.parse_args()
    verdicts = Verdicts(given.limit)
    service = Service(given.wardlight)
    try:
        begin = time.perf_counter()
        fill(service, given.devices)
        print(f"{given.devices} devices handed in and judged in {time.perf_counter() - begin:.1f} s, "
              f"{service.octets() >> 20} MiB", flush=True)
        lists(service, given.devices, given.requests, verdicts)
        live(service, given.rate, given.seconds, given.followers, verdicts)
        print(f"{service.octets() >> 20} MiB at the end")
    finally:
        service.end()
    print(f"{verdicts.passed} passed, {verdicts.failed} failed")
    sys.exit(verdicts.failed > 0)


main()
