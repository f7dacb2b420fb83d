//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Weak wireless: what is a finding, and what is none.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Defense
import Model
import Testing

@Suite struct `Weak wireless networks` {
    private func station(
        _ number: UInt64, _ ssid: String?, _ security: WirelessSecurity?, site: String = "main", point: String = "ap-1"
    ) -> StationReports {
        var report = StationReports.Report(
            agent: "wlc", since: Timestamp(seconds: Int64(number)), seen: Timestamp(seconds: 100))
        (report.ssid, report.security, report.accessPoint) = (ssid, security, point)
        return StationReports(site: site, hardware: HardwareAddress(bits: number), reports: [report])
    }

    private func findings(_ stations: [StationReports]) -> [Finding] {
        var map = NetworkMap()
        map.stations = stations
        return WeakWireless.findings(in: map)
    }

    @Test(arguments: [
        (WirelessSecurity.open, Finding.Severity.medium), (.wep, .medium), (.tkip, .medium), (.sharedKey, .low),
    ])
    func `each kind that is weak is one finding with its stations`(
        security: WirelessSecurity, severity: Finding.Severity
    ) throws {
        let found = findings((1...3).map { station($0, "pumps", security, point: "ap-\($0 % 2)") })
        let finding = try #require(found.first)
        #expect(found.count == 1 && finding.severity == severity && finding.rule == "network.weakWireless")
        #expect(finding.title.contains("3 devices") && finding.title.hasSuffix(": pumps"))
        #expect(finding.addresses == (1...3).map { HardwareAddress(bits: $0) })
        #expect(finding.technique == "T1669" && finding.falseAlarm != nil && finding.since == Timestamp(seconds: 1))
        #expect(finding.evidence.map(\.value).contains("pumps: \(security.rawValue), says wlc"))
        #expect(finding.evidence.map(\.value).suffix(2) == ["ap-0", "ap-1"])
    }

    @Test func `a network that asks each for a name of its own is none, nor one that nobody says how it is guarded`() {
        #expect(findings([station(1, "clinical", .enterprise)]).isEmpty)
        #expect(findings([station(1, "clinical", nil)]).isEmpty)
        #expect(findings([station(1, nil, .open)]).isEmpty)
        #expect(findings([]).isEmpty)
    }

    @Test func `networks of one name are one at a site, and two at two`() {
        let two = findings([station(1, "guest", .open), station(2, "guest", .open, site: "north")])
        #expect(two.count == 2)
        let mixed = findings([station(1, "guest", .sharedKey), station(2, "guest", .wep)])
        #expect(mixed.count == 1 && mixed[0].title.contains("WEP"))
    }

    @Test func `who has gone over to a strong network is no longer on the weak one`() {
        var moved = station(1, "clinical", .enterprise)
        moved.reports += station(1, "guest", .open).reports
        #expect(findings([moved]).isEmpty)
    }
}
