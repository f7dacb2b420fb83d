//===----------------------------------------------------------------------===//
// Wardlight · Server
//
// The lists as pages: devices and findings.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Twin

enum ListPages {
    static func devices(_ asking: Asking, _ house: House) async throws -> Reply {
        let frame = try await PageFrame(asking, house)
        var query = DeviceQuery()
        query.text = asking["q"]
        query.deviceClass = asking["class"].flatMap { DeviceClass(rawValue: $0) }
        query.hasFindings = asking.flag("findings")
        query.isStale = asking.flag("stale")
        query.after = try house.cursor(of: asking, parts: 2).map { DeviceQuery.Cursor(value: $0[0], id: $0[1]) }
        let page =
            frame.past == nil
            ? try await house.doors.lists.devices(matching: query) : frame.view.devices(matching: query)
        let next = page.next.map { cursor in
            [["href": link(asking, "/devices", house.seal.seal([cursor.value, cursor.id], question: asking.question))]]
        }
        return await frame.render(
            "devices", title: "Devices",
            [
                "q": asking["q"] ?? "", "total": "\(page.total)",
                "classes": DeviceClass.allCases.map {
                    ["name": $0.rawValue, "chosen": $0 == query.deviceClass] as [String: Any]
                },
                "withFindings": query.hasFindings == true, "withoutFindings": query.hasFindings == false,
                "stale": query.isStale == true, "fresh": query.isStale == false,
                "devices": page.devices.map { row($0, frame) }, "next": next ?? [],
            ])
    }

    private static func row(_ device: DeviceSummary, _ frame: PageFrame) -> [String: Any] {
        [
            "href": "/devices/\(device.id)\(frame.query)", "name": PageWords.name(device),
            "addresses": (device.mac.map(\.description) + device.addresses.map(\.description)).prefix(2)
                .joined(separator: ", "),
            "kind": device.type ?? device.deviceClass.rawValue,
            "maker": [device.vendor, device.model].compactMap(\.self).joined(separator: " "),
            "place": device.whereabouts?.words ?? "", "port": device.port ?? "",
            "lastSeen": frame.clock.words(device.lastSeen), "stale": device.isStale,
            "findings": device.findings == 0
                ? []
                : [
                    [
                        "count": "\(device.findings)", "severity": device.severity?.rawValue ?? "",
                        "mark": PageWords.mark(device.severity),
                    ]
                ],
        ]
    }

    private static func link(_ asking: Asking, _ path: String, _ cursor: String) -> String {
        let parts = asking.values.filter { $0.key != "cursor" }.sorted { $0.key < $1.key }.map {
            "\($0.key)=\(Percent.encoded($0.value))"
        }
        return path + "?" + (parts + ["cursor=\(cursor)"]).joined(separator: "&")
    }

    static func findings(_ asking: Asking, _ house: House) async throws -> Reply {
        let frame = try await PageFrame(asking, house)
        var query = FindingQuery()
        query.severity = asking["severity"].flatMap { Finding.Severity(rawValue: $0) }
        query.after = try house.cursor(of: asking, parts: 1)?[0]
        let page =
            frame.past == nil
            ? try await house.doors.lists.findings(matching: query) : frame.view.findings(matching: query)
        return await frame.render(
            "findings", title: "Findings",
            [
                "total": "\(page.total)",
                "severities": Finding.Severity.allCases.map {
                    ["name": $0.rawValue, "chosen": $0 == query.severity] as [String: Any]
                },
                "findings": page.findings.map { finding($0, frame) },
                "next": page.next.map {
                    [["href": link(asking, "/findings", house.seal.seal([$0], question: asking.question))]]
                }
                    ?? [],
            ])
    }

    private static func finding(_ summary: FindingSummary, _ frame: PageFrame) -> [String: Any] {
        let device = summary.device.flatMap { frame.view.row($0) }
        var row = content(summary.finding, frame)
        row["id"] = summary.id
        row["where"] =
            device?.whereabouts?.words ?? device?.port ?? summary.finding.place.map { "\($0.agent) \($0.port)" }
            ?? summary.site
        row["device"] =
            summary.device.map {
                [["href": "/devices/\($0)\(frame.query)", "name": device.map(PageWords.name) ?? $0]]
            } ?? []
        return row
    }

    static func content(_ finding: Finding, _ frame: PageFrame) -> [String: Any] {
        [
            "severity": finding.severity.rawValue, "mark": PageWords.mark(finding.severity), "title": finding.title,
            "rule": finding.rule, "since": finding.since.map { frame.clock.words($0) } ?? false,
            "falseAlarm": finding.falseAlarm ?? false, "evidence": PageWords.evidence(finding.evidence),
        ]
    }
}
