//===----------------------------------------------------------------------===//
// Wardlight · Reports
//
// Inventory CSV: one device a row, for spreadsheets, with no formula a stranger could plant.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// The inventory as CSV (RFC 4180): a header, one row a device, CR LF at each end.
///
/// Spreadsheets run a cell that begins with `=`, `+`, `-`, `@`, a tab or a carriage return; such a cell gets an
/// apostrophe in front. Lists are joined by `; `.
public enum InventoryCSV {
    public static let columns: [String] = {
        var columns = ["id", "site", "parent", "class"]
        for attribute in Attribute.allCases { columns += [attribute.rawValue, attribute.rawValue + "Confidence"] }
        return columns + [
            "mac", "ipv4", "ipv6", "eui64", "names", "services", "firstSeen", "lastSeen", "packets", "bytes",
            "findings", "label", "labelConfidence", "place", "placeSince", "placeSeen",
            "identifiers",
        ]
    }()

    public static func text(of snapshot: InventorySnapshot) -> String {
        var text = columns.joined(separator: ",") + "\r\n"
        for device in snapshot.devices {
            text += row(device).map(cell).joined(separator: ",") + "\r\n"
        }
        return text
    }

    private static func row(_ device: Device) -> [String] {
        var row = [device.id, device.site, device.parent ?? "", device.deviceClass.rawValue]
        for attribute in Attribute.allCases {
            let judgement = device.judgements[attribute]
            row += [judgement?.value ?? "", judgement.map { decimal(perMille: $0.confidence) } ?? ""]
        }
        let services = device.services.map { use in
            let port = use.service.port > 0 ? ":\(use.service.port)" : ""
            return "\(use.service.name)\(port) \(use.side.rawValue)"
        }
        let lists = [
            device.mac.map(\.description), device.ipv4.map(\.description), device.ipv6.map(\.description),
            device.eui64, device.names, services,
        ]
        row += lists.map { $0.joined(separator: "; ") }
        row += [device.span.first.description, device.span.last.description, "\(device.packets)", "\(device.bytes)"]
        row.append(device.findings.map { "\($0.severity.rawValue): \($0.title)" }.joined(separator: "; "))
        row += [device.label?.value ?? "", device.label.map { decimal(perMille: $0.confidence) } ?? ""]
        row += [
            device.place?.words ?? "", device.place?.since.description ?? "", device.place?.seen.description ?? "",
            device.identifiers.joined(separator: "; "),
        ]
        return row
    }

    /// One cell: disarmed, made safe to show, quoted where it must be.
    static func cell(_ value: String) -> String {
        var text = SafeText.neutralised(value)
        if let first = value.unicodeScalars.first, formula.contains(first) { text = "'" + text }
        // A semicolon too: spreadsheets of many countries split there.
        guard text.unicodeScalars.contains(where: { $0 == "\"" || $0 == "," || $0 == ";" }) else { return text }
        return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }

    /// With their full-width twins, which some spreadsheets take for the same.
    private static let formula: [Unicode.Scalar] = ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"]

    private static func decimal(perMille: Int) -> String {
        var json = JSONWriter()
        json.value(perMille: perMille)
        return String(decoding: json.bytes, as: UTF8.self)
    }
}
