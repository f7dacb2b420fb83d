//===----------------------------------------------------------------------===//
// Wardlight · Reports
//
// The work list of patches: as a table for people, and as CSV without formulas.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

public enum PatchReport {
    public static let schema = "wardlight.patches/1"
    public static let columns = [
        "model", "ward", "device", "name", "type", "firmware", "priority", "openSince", "knownExploited", "advisory",
        "title", "compared", "cves", "score", "fix", "meanwhile", "action", "isolationStops", "control", "controlOwner",
        "reviewBy", "reviewOverdue", "toReview",
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
        let one = line(text)
        return safe(one.count > 160 ? String(one.prefix(159)) + "…" : one)
    }

    private static func line(_ text: String) -> String {
        text.split(whereSeparator: \.isNewline).joined(separator: " ")
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

    /// `version: 9.33 against <= 9.33`: what was seen, and what the advisory says.
    private static func words(_ comparison: Weakness.Comparison) -> String {
        "\(comparison.what): \(comparison.seen ?? "not known") against \(comparison.advisory)"
    }

    private static func cells(_ group: PatchList.Group, _ line: PatchList.Line, _ weakness: Weakness) -> [String] {
        let controls = line.controls.filter { $0.content.advisory == nil || $0.content.advisory == weakness.advisory }
        let isOverdue = controls.contains(where: \.isOverdue) ? "yes" : controls.isEmpty ? "" : "no"
        var cells = [group.model, group.ward, line.device, line.name, line.type ?? "", line.firmware ?? ""]
        cells += [weakness.priority?.name ?? "", weakness.since?.description ?? ""]
        cells += [joined(weakness.exploited), weakness.advisory, weakness.title]
        cells += [joined(weakness.comparisons.map(words)), joined(weakness.cves)]
        cells.append(weakness.score.map { "\($0 / 10).\($0 % 10)" } ?? "")
        cells.append(weakness.fixes.map { Self.line($0.details) }.joined(separator: " / "))
        cells.append(weakness.mitigations.map { Self.line($0.details) }.joined(separator: " / "))
        cells += [line.action, line.isolation, joined(controls.map(\.content.measure))]
        cells.append(joined(controls.map(\.content.owner)))
        cells.append(joined(controls.map { String($0.content.review.description.prefix(10)) }))
        return cells + [isOverdue, "\(line.toReview)"]
    }

    private static func joined(_ texts: [String]) -> String { texts.joined(separator: "; ") }
}
