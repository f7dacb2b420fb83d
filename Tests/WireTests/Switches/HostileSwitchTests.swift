//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Recordings cut and changed, and agents that lie: read, and never more.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model
import Support
import Testing
import Wire

@Suite struct `Hostile switches` {
    private func read(_ bytes: [UInt8]) -> SwitchReading {
        var teller = SwitchTeller(site: "main", sensor: "test", agent: "a")
        let reading = SwitchReading(SNMPRows(WalkFile(bytes).rows))
        _ = teller.tell(reading, at: Timestamp(nanoseconds: .min))
        _ = teller.tell(reading, at: Timestamp(nanoseconds: .max))
        return reading
    }

    @Test(.enabled(if: Recordings.areHere), arguments: GivenRecordings.small)
    func `recordings cut anywhere and changed are read`(name: String) throws {
        let bytes = [UInt8](try Data(contentsOf: Recordings.url("snmp/" + name)))
        // The same numbers every time (Knuth's MMIX), so that a failure can be run again.
        var state: UInt64 = 7
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(max(bound, 1)))
        }
        for _ in 0..<40 {
            var changed = Array(bytes.prefix(next(bytes.count)))
            for _ in 0..<8 where !changed.isEmpty {
                changed[next(changed.count)] = [0x30, 0x39, 0x2E, 0x7C, 0x0A, 0xFF, 0x22, 0x2D][next(8)]
            }
            _ = read(changed)
        }
    }

    @Test func `the largest numbers in every column overflow nothing`() {
        let columns = [
            "1.3.6.1.2.1.1.3.0", "1.3.6.1.2.1.2.2.1.3.1", "1.3.6.1.2.1.2.2.1.5.1", "1.3.6.1.2.1.2.2.1.8.1",
            "1.3.6.1.2.1.2.2.1.9.1", "1.3.6.1.2.1.31.1.1.1.15.1", "1.3.6.1.2.1.17.1.4.1.2.1",
            "1.3.6.1.2.1.17.7.1.4.2.1.3.0.1", "1.3.6.1.2.1.17.7.1.4.5.1.1.1",
            "1.3.6.1.2.1.17.7.1.2.2.1.2.4294967295.0.0.0.0.0.1", "1.3.6.1.2.1.17.7.1.2.2.1.2.1.256.0.0.0.0.1",
            "1.3.6.1.2.1.105.1.1.1.6.1.1", "1.3.6.1.2.1.105.1.1.1.10.4294967295.4294967295",
            "1.3.6.1.2.1.105.1.3.1.1.2.1", "1.3.6.1.2.1.4.35.1.4.1.1.4294967295.1", "1.3.6.1.2.1.4.34.1.3.1.4294967295",
            "1.0.8802.1.1.2.1.4.2.1.3.0.1.1.1.4294967295.1.2.3.4", "1.3.6.1.2.1.47.1.1.1.1.5.1",
            "1.3.6.1.2.1.17.2.15.1.3.1", "1.3.6.1.2.1.99.1.1.1.4.1", "1.3.6.1.4.1.9.9.23.1.2.1.1.11.1.1",
        ]
        for value in ["2|-9223372036854775807", "2|9223372036854775807", "70|18446744073709551615", "66|4294967295"] {
            let text = columns.map { "\($0)|\(value)\n" }.joined()
            #expect(WalkFile(Array(text.utf8)).oddities.isEmpty)
            #expect(read(Array(text.utf8)).forwarding.isEmpty)
        }
    }

    @Test func `a forwarding table of 100,000 rows is read in a moment, and told within its bound`() {
        var text = "1.3.6.1.2.1.17.1.4.1.2.1|2|1\n"
        for number in 0..<100_001 {
            text += "1.3.6.1.2.1.17.7.1.2.2.1.2.1.0.0.1.\(number >> 16).\(number >> 8 & 255).\(number & 255)|2|1\n"
        }
        let reading = SwitchReading(SNMPRows(WalkFile(Array(text.utf8)).rows))
        #expect(reading.forwarding.count == 100_001)
        var teller = SwitchTeller(site: "main", sensor: "test", agent: "a")
        let told = teller.tell(reading, at: .epoch)
        #expect(told.count { if case .learned = $0.body { true } else { false } } == SwitchTeller.mostAddresses)
        let own = told.compactMap { if case .switch(let found) = $0.body { found } else { nil } }
        #expect(own.first?.unplacedRows == 1)
    }

    @Test func `a port is told again only when something about it is new`() {
        let rows = WalkFile(Array("1.3.6.1.2.1.2.2.1.8.1|2|1\n1.3.6.1.2.1.2.2.1.8.2|2|1\n".utf8)).rows
        let changed = WalkFile(Array("1.3.6.1.2.1.2.2.1.8.1|2|1\n1.3.6.1.2.1.2.2.1.8.2|2|2\n".utf8)).rows
        var teller = SwitchTeller(site: "main", sensor: "test", agent: "a")
        func ports(_ rows: [SNMPRow], _ seconds: Int64) -> [UInt32] {
            teller.tell(SwitchReading(SNMPRows(rows)), at: Timestamp(seconds: seconds)).compactMap {
                if case .port(let report) = $0.body { report.port.ifIndex } else { nil }
            }
        }
        #expect(ports(rows, 1) == [1, 2])
        #expect(ports(rows, 2) == [])
        #expect(ports(changed, 3) == [2])
    }

    @Test func `the keeper's words on a port and the contact are never told`() {
        let text = """
            1.3.6.1.2.1.1.4.0|4|Ruth Keller
            1.3.6.1.2.1.31.1.1.1.1.1|4|Gi1
            1.3.6.1.2.1.31.1.1.1.18.1|4|Office of Ruth Keller
            """
        var teller = SwitchTeller(site: "main", sensor: "test", agent: "a")
        let told = teller.tell(SwitchReading(SNMPRows(WalkFile(Array(text.utf8)).rows)), at: .epoch)
        #expect(!"\(told)".contains("Keller"))
    }
}

enum GivenRecordings {
    /// Those of which forty variants are read in a moment.
    static let small: [String] = `The given switches`.all.filter { name in
        let url = try? Recordings.url("snmp/" + name)
        let size = url.flatMap { try? FileManager.default.attributesOfItem(atPath: $0.path)[.size] as? Int }
        return (size ?? .max) < 130_000
    }
}
