//===----------------------------------------------------------------------===//
// Wardlight · Reports
//
// The work list of patches: as a table, as JSON, and as CSV without formulas.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

public enum PatchReport {
    public static let schema = "wardlight.patches/1"
    public static let columns = [
        "model", "ward", "device", "name", "type", "firmware", "priority", "openSince", "knownExploited", "advisory",
        "title", "cves", "score", "fix", "meanwhile", "action", "isolationStops", "control", "controlOwner", "reviewBy",
        "reviewOverdue", "toReview",
    ]

    // MARK: - Table

    public static func table(of list: PatchList) -> String {
        guard !list.groups.isEmpty else {
            return "No device is known to be affected. Rows that need a person are in the inventory (`needsReview`).\n"
        }
        var text = "\(list.devices) devices to work on, as of \(list.asOf).\n"
        for group in list.groups {
            text += "\n\(safe(group.model)) · \(safe(group.ward)) · \(group.lines.count)\n"
            for line in group.lines {
                let facts = [
                    line.priority?.name ?? "no priority", "firmware \(line.firmware ?? "not known")",
                    line.since.map { "open since \($0.description.prefix(10))" },
                    line.exploited.isEmpty ? nil : "KNOWN EXPLOITED \(line.exploited.joined(separator: " "))",
                ].compactMap { $0 }
                text += "  \(safe(line.name)): \(safe(facts.joined(separator: ", ")))\n"
                for weakness in line.weaknesses {
                    text += "    \(safe(weakness.advisory)) \(safe(weakness.reason))\n"
                    for fix in weakness.fixes.prefix(2) { text += "      mends: \(short(fix.details))\n" }
                    for mitigation in weakness.mitigations.prefix(2) {
                        text += "      meanwhile: \(short(mitigation.details))\n"
                    }
                }
                text += "    do: \(safe(line.action))\n    cutting it off stops: \(safe(line.isolation))\n"
                for control in line.controls {
                    let late = control.isOverdue ? " OVERDUE" : ""
                    text += "    control: \(safe(control.content.measure)) (\(safe(control.content.owner)), review by "
                    text += "\(control.content.review.description.prefix(10))\(late))\n"
                }
            }
        }
        return text
    }

    private static func safe(_ text: String) -> String { SafeText.neutralised(text) }

    /// The first 160 characters, on one line.
    private static func short(_ text: String) -> String {
        let one = text.split(whereSeparator: \.isNewline).joined(separator: " ")
        return safe(one.count > 160 ? String(one.prefix(159)) + "…" : one)
    }

    // MARK: - CSV

    /// One row for each device and advisory row (RFC 4180), each cell disarmed as in the inventory.
    public static func csv(of list: PatchList) -> String {
        var text = columns.joined(separator: ",") + "\r\n"
        for group in list.groups {
            for line in group.lines {
                for weakness in line.weaknesses {
                    let cells = cells(group, line, weakness)
                    text += cells.map(InventoryCSV.cell).joined(separator: ",") + "\r\n"
                }
            }
        }
        return text
    }

    private static func cells(_ group: PatchList.Group, _ line: PatchList.Line, _ weakness: Weakness) -> [String] {
        let controls = line.controls.filter { $0.content.advisory == nil || $0.content.advisory == weakness.advisory }
        let first = [
            group.model, group.ward, line.device, line.name, line.type ?? "", line.firmware ?? "",
            weakness.priority?.name ?? "", weakness.since?.description ?? "",
            weakness.exploited.joined(separator: "; "),
            weakness.advisory, weakness.title, weakness.cves.joined(separator: "; "),
            weakness.score.map { "\($0 / 10).\($0 % 10)" } ?? "",
        ]
        return first + [
            weakness.fixes.map(\.details).joined(separator: " / "),
            weakness.mitigations.map(\.details).joined(separator: " / "),
            line.action, line.isolation, controls.map(\.content.measure).joined(separator: "; "),
            controls.map(\.content.owner).joined(separator: "; "),
            controls.map { String($0.content.review.description.prefix(10)) }.joined(separator: "; "),
            controls.contains(where: \.isOverdue) ? "yes" : controls.isEmpty ? "" : "no", "\(line.toReview)",
        ]
    }

    // MARK: - JSON

    public static func json(of list: PatchList) -> [UInt8] {
        var json = JSONWriter()
        json.beginObject()
        json.member("schema", schema)
        json.member("asOf", list.asOf.description)
        json.member("devices", list.devices)
        json.key("groups")
        json.beginArray()
        for group in list.groups {
            json.beginObject()
            json.member("model", group.model)
            json.member("ward", group.ward)
            json.key("lines")
            json.beginArray()
            for line in group.lines { write(line, to: &json) }
            json.endArray()
            json.endObject()
        }
        json.endArray()
        json.endObject()
        json.newLine()
        return json.take()
    }

    private static func write(_ line: PatchList.Line, to json: inout JSONWriter) {
        json.beginObject()
        json.member("device", line.device)
        json.member("name", line.name)
        json.member("type", line.type)
        json.member("firmware", line.firmware)
        json.member("priority", line.priority?.name)
        json.member("openSince", line.since?.description)
        json.member("knownExploited", line.exploited)
        json.member("action", line.action)
        json.member("isolationStops", line.isolation)
        json.member("toReview", line.toReview)
        json.key("advisories")
        json.beginArray()
        for weakness in line.weaknesses {
            json.beginObject()
            json.member("advisory", weakness.advisory)
            json.member("row", weakness.row)
            json.member("title", weakness.title)
            json.member("reason", weakness.reason)
            json.member("cves", weakness.cves)
            json.member("priority", weakness.priority?.name)
            json.member("fixes", weakness.fixes.map(\.details))
            json.member("meanwhile", weakness.mitigations.map(\.details))
            json.endObject()
        }
        json.endArray()
        json.key("controls")
        json.beginArray()
        for control in line.controls {
            json.beginObject()
            json.member("advisory", control.content.advisory)
            json.member("measure", control.content.measure)
            json.member("owner", control.content.owner)
            json.member("reviewBy", control.content.review.description)
            json.member("overdue", control.isOverdue)
            json.endObject()
        }
        json.endArray()
        json.endObject()
    }
}
