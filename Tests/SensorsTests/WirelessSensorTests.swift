//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Wireless by the sensors: recordings of controllers, accounting in captures and in detail files, and nobody's name.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model
import Sensors
import Support
import Testing

private func stations(_ observations: [Observation]) -> [WirelessStation] {
    observations.compactMap { if case .wireless(let station) = $0.body { station } else { nil } }
}

@Suite struct `Wireless sensors` {
    private func read(_ path: String, key: [UInt8]?) throws -> [Observation] {
        var sensor = WalkSensor(site: "main", personKey: key)
        var all: [Observation] = []
        try sensor.read(path, at: Timestamp(seconds: 1_000)) { _ in
        } emit: {
            all += $0
        }
        return all
    }

    @Test(.enabled(if: Recordings.areHere)) func `a controller's people become keyed hashes, the same everywhere`()
        throws
    {
        let path = try Recordings.url("snmp/snmpsim-data__network__wifi__aruba-7010.snmprec").path
        let told = stations(try read(path, key: [1, 2, 3]))
        #expect(told.count == 37)
        #expect(told.allSatisfy { $0.user?.hasPrefix("person:") == true && $0.user?.utf8.count == 23 })
        // Thirty-seven rows by thirty-seven people: grep '2.2.1.4.1.2.1.3' | cut -d'|' -f3 | sort -u | wc -l
        let names = Set(told.compactMap(\.user))
        #expect(names.count == Set(stations(try read(path, key: [9])).compactMap(\.user)).count)
        #expect(names.isDisjoint(with: stations(try read(path, key: [9])).compactMap(\.user)))
        #expect(stations(try read(path, key: nil)).allSatisfy { $0.user == nil })
        // The first row's name, hashed as the sensor of captures hashes names.
        #expect(names.contains(try #require(PersonNames.hashing(with: [1, 2, 3])("wanghongji"))))
        #expect(PersonNames.hashing(with: [1])("host/ws-3.ward") == "host/ws-3.ward")
    }

    /// tcpdump -nr arkime__radius.pcap -v: one Accounting-Request, Interim-Update, 985AEB898000 at 001A1E000000, 10.0.0.3.
    @Test(.enabled(if: Recordings.areHere)) func `accounting in a capture places a station on the air`() throws {
        var sensor = CaptureSensor(site: "main", personKey: [1])
        var all: [Observation] = []
        let path = try Recordings.url("captures/infra/arkime__radius.pcap").path
        _ = try sensor.read(path, name: path) { all += $0 }
        let station = try #require(stations(all).first)
        #expect(stations(all).count == 1 && station.hardware == HardwareAddress(bits: 0x985A_EB89_8000))
        #expect(station.accessPointAddress == HardwareAddress(bits: 0x001A_1E00_0000))
        #expect(station.network == IPAddress(v4: 0x0A00_0003) && station.user?.hasPrefix("person:") == true)
        let isBound = all.contains {
            guard case .sighting(let sighting) = $0.body else { return false }
            return sighting.subject.hardware == station.hardware && sighting.subject.network == station.network
                && sighting.isBinding
        }
        #expect(isBound)
    }

    @Test func `a detail file is read where recordings are`() throws {
        let path = FileManager.default.temporaryDirectory.path + "/wardlight-detail-\(UUID().uuidString)"
        let text = """
            Tue Mar  3 10:00:00 2026
            \tAcct-Status-Type = Start
            \tUser-Name = "nurse7"
            \tCalling-Station-Id = "00-03-B1-00-01-02"
            \tNAS-Identifier = "ap-9"
            \tTimestamp = 1772528400

            Tue Mar  3 11:00:00 2026
            \tAcct-Status-Type = Stop
            \tCalling-Station-Id = "00-03-B1-00-01-02"
            \tNAS-Identifier = "ap-9"
            \tTimestamp = 1772532000
            """
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        let all = try read(path, key: [1])
        #expect(stations(all).map(\.isGone) == [false, true])
        #expect(all.first?.occurred == Timestamp(seconds: 1_772_528_400))
        let coverage = all.compactMap { if case .coverage(let coverage) = $0.body { coverage } else { nil } }
        #expect(coverage.map(\.decoded) == [2])
        #expect(!"\(all)".contains("nurse7"))
        try Data("nothing of the kind\n".utf8).write(to: URL(fileURLWithPath: path))
        #expect(throws: WalkFailure.notAWalk(path: path, worded: false)) { try read(path, key: nil) }
    }
}
