//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Downtime sheet: what stands on a ward's page, and that nothing hostile or foreign gets onto it.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Crypto
import Foundation
import Model
import Testing

@testable import Reports

/// 2026-03-01T12:00:00Z
private let noon = Timestamp(seconds: 1_772_366_400)

private let places = [
    Location(id: "n", kind: .site, name: "North"), Location(id: "n/2", kind: .floor, name: "2", parent: "n"),
    Location(id: "n/2/icu", kind: .zone, name: "ICU", parent: "n/2"),
    Location(id: "n/2/icu/10", kind: .room, name: "Room 10", parent: "n/2/icu"),
    Location(id: "n/2/icu/9", kind: .room, name: "Room 9", parent: "n/2/icu"),
    Location(id: "n/2/icu/9/1", kind: .bed, name: "1", parent: "n/2/icu/9"),
    Location(id: "n/2/icu/9/2", kind: .bed, name: "2", parent: "n/2/icu/9"),
    Location(id: "home", kind: .site, name: "Garden house"),
    Location(id: "home/flat", kind: .room, name: "Flat 1", parent: "home"),
]

private func device(_ id: String, at place: String?, name: String, isStale: Bool = false) -> DeviceSummary {
    var device = DeviceSummary(id: id, site: "n", firstSeen: noon, lastSeen: noon)
    device.name = name
    device.deviceClass = .medical
    (device.vendor, device.model) = ("B. Braun", "Infusomat")
    device.addresses = [IPAddress("10.0.0.7")].compactMap(\.self)
    device.isStale = isStale
    device.whereabouts = place.map {
        DeviceSummary.Whereabouts(location: $0, path: [$0], words: "bed 1", since: noon, source: "edge")
    }
    return device
}

private func sheet(_ devices: [DeviceSummary], _ findings: [FindingSummary] = []) -> DowntimeSheet {
    let zone = SiteZone(
        "Europe/Berlin", first: SiteZone.Change(from: Timestamp(nanoseconds: .min), offset: 3_600, name: "UTC+1"))
    return DowntimeSheet(
        title: "Clinic", devices: devices, findings: findings, places: places, zone: zone, moment: noon,
        made: Timestamp(seconds: 1_772_366_460))
}

private func page(_ name: String, of sheet: DowntimeSheet) throws -> String {
    String(decoding: try #require(sheet.pages.first { $0.name == name }).bytes, as: UTF8.self)
}

@Suite struct `The downtime sheet` {
    @Test func `has an index, a page for each ward, and one for what lies in no ward`() throws {
        let pages = sheet([device("dev-1", at: nil, name: "lost")]).pages
        #expect(pages.map(\.name) == ["index.html", "ward-home.html", "ward-n-2-icu.html", "without-place.html"])
        let index = try page("index.html", of: sheet([]))
        #expect(index.contains("<a href=\"ward-n-2-icu.html\">ICU</a>") && index.contains("2, North"))
        #expect(index.contains("Garden house, outside wards"))
        #expect(!sheet([]).pages.contains { $0.name == "without-place.html" })
    }

    @Test func `shows rooms and beds as people count them, each with its devices, and when it was made`() throws {
        let text = try page(
            "ward-n-2-icu.html",
            of: sheet([
                device("dev-1", at: "n/2/icu/9/2", name: "pump-7"), device("dev-2", at: "n/2/icu/9", name: "monitor"),
                device("dev-3", at: "n/2/icu", name: "trolley"),
            ]))
        let order = [
            "<h1>ICU", "Room 9", "no device known", "pump-7", "monitor", "Room 10", "No room known", "trolley",
        ]
        var rest = text[...]
        for word in order {
            let found = try #require(rest.range(of: word), "\(word) is missing, or stands elsewhere")
            rest = rest[found.upperBound...]
        }
        #expect(text.contains("Made 2026-03-01 13:01:00 UTC+1") && text.contains("until 2026-03-01 13:00:00 UTC+1"))
        #expect(text.contains("B. Braun Infusomat") && text.contains("10.0.0.7") && text.contains("2026-03-01 13:00<"))
    }

    @Test func `marks what was not heard of for long with a word, not with a colour`() throws {
        let text = try page("ward-home.html", of: sheet([device("dev-1", at: "home/flat", name: "a", isStale: true)]))
        #expect(text.contains("2026-03-01 13:00 OLD<") && text.contains("<tr class=\"missing\">"))
        #expect(!DowntimeSheet.style.description.contains("red"))
    }

    @Test func `tells the findings that matter, the gravest first, and not the small ones`() throws {
        let findings = [Finding.Severity.low, .medium, .critical].map { severity in
            FindingSummary(
                id: "fnd-\(severity)", site: "n", device: "dev-1",
                finding: Finding(rule: "r", title: "is \(severity)", severity: severity, evidence: []))
        }
        let text = try page("ward-n-2-icu.html", of: sheet([device("dev-1", at: "n/2/icu/9/1", name: "a")], findings))
        let grave = try #require(text.range(of: "is critical"))
        #expect(text[grave.upperBound...].contains("is medium") && !text.contains("is low"))
    }

    @Test func `is complete in itself, whatever a device calls itself`() throws {
        var hostile = device("dev-1", at: "n/2/icu/9/1", name: "<script>alert(1)</script>")
        hostile.model = "\" onload='x' \u{202E}</style>"
        let sheet = sheet([hostile, device("dev-2", at: nil, name: "<img src=x>")])
        let digest = Data(SHA256.hash(data: Data(DowntimeSheet.style.description.utf8))).base64EncodedString()
        for made in sheet.pages {
            let text = String(decoding: made.bytes, as: UTF8.self)
            for forbidden in ["<script", "<img", "<link", "src=", "url(", "http", "onload='", "\u{202E}", "style=\""] {
                let head = text.replacingOccurrences(of: "http-equiv", with: "")
                #expect(
                    !head.contains(forbidden) || forbidden == "src=" && text.contains("&lt;img src=x"), "\(forbidden)")
            }
            #expect(text.contains("default-src 'none'; style-src 'sha256-\(digest)'"))
            #expect(text.components(separatedBy: "</style>").count == 2)
            for link in text.components(separatedBy: "href=\"").dropFirst() {
                let name = String(link.prefix { $0 != "\"" })
                #expect(sheet.pages.contains { $0.name == name }, "\(name)")
            }
        }
    }

    @Test func `places in a circle, and places of which the holder is unknown, are no trouble`() {
        let odd = [
            Location(id: "a", kind: .room, name: "A", parent: "b"),
            Location(id: "b", kind: .room, name: "B", parent: "a"),
            Location(id: "c", kind: .room, name: "C", parent: "nowhere"),
        ]
        let sheet = DowntimeSheet(
            title: "x", devices: [device("dev-1", at: "a", name: "n")], findings: [], places: odd, zone: .utc,
            moment: noon, made: noon)
        #expect(sheet.pages.map(\.name) == ["index.html", "ward-c.html", "without-place.html"])
    }

    @Test(arguments: [
        ("bed 2", "bed 10"), ("2", "10"), ("Room 9", "room 10"), ("a", "b"), ("", "a"), ("1a", "1b"), ("007", "8"),
        ("99999999999999999999999", "a"),
    ])
    func `names are sorted as people count`(one: String, other: String) {
        #expect(NaturalOrder.isBefore(one, other) && !NaturalOrder.isBefore(other, one))
    }
}
