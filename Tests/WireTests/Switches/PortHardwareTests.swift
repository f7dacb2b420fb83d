//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// What a port knows of the hardware at its other end, from rows to a signature.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model
import Testing
import Wire

@Suite struct `The hardware at a port` {
    private func port(_ text: String, _ ifIndex: UInt32 = 7) throws -> SwitchPort {
        let rows = "1.3.6.1.2.1.2.2.1.1.\(ifIndex)|2|\(ifIndex)\n1.3.6.1.2.1.17.1.4.1.2.3|2|\(ifIndex)\n" + text
        let reading = SwitchReading(SNMPRows(WalkFile(Array(rows.utf8)).rows))
        return try #require(reading.ports(at: Timestamp(seconds: 1_000)).first { $0.ifIndex == ifIndex })
    }

    @Test func `autonegotiation tells what both ends offer`() throws {
        let port = try port(
            """
            1.3.6.1.2.1.26.5.1.1.1.7.1|2|1
            1.3.6.1.2.1.26.5.1.1.10.7.1|4x|6c03
            1.3.6.1.2.1.26.5.1.1.11.7.1|4x|6c00
            """)
        #expect(port.isNegotiating == true)
        #expect(port.offered.suffix(2) == ["1000BASE-T", "1000BASE-T-FD"])
        #expect(PhysicalSignature(port).description == "pw1:?:?:6c00:?:?:?:?")
    }

    @Test func `LLDP 802.3 tells what the device says of its link, and how long it needs to wake up`() throws {
        let neighbour = "1.0.8802.1.1.2.1.4.1.1.9.0.3.1|4|pump"
        let cable = "1.0.8802.1.1.2.1.5.4623.1.3.1.1.3.0.3.1|4x|6c01"
        let thrift = "1.3.111.2.802.3.1.5.1.3.4.1.3.7|2|17"
        let one = try port([neighbour, cable, thrift].joined(separator: "\n"))
        #expect(PhysicalSignature(one).description == "pw1:?:?:?:6c01:?:17:?")
        // Two that speak at one port are behind a bridge: neither is the other end of the cable.
        let other = [neighbour, cable].map { $0.replacingOccurrences(of: ".0.3.1|", with: ".0.3.2|") }
        let two = try port(([neighbour, cable, thrift] + other).joined(separator: "\n"))
        #expect(two.partnerSaid.isEmpty && two.wakeMicroseconds == nil)
        // Some agents index it as their neighbours' other tables: time, interface, group address, number.
        let long = thrift.replacingOccurrences(of: ".3.7|", with: ".3.0.7.1.1|")
        #expect(try port([neighbour, long].joined(separator: "\n")).wakeMicroseconds == 17)
        #expect(try port(thrift).wakeMicroseconds == nil)
        // Without the neighbour itself there is nobody who could have said it.
        #expect(try port(cable).partnerSaid.isEmpty)
        #expect(try port(neighbour + "\n" + cable.replacingOccurrences(of: "6c01", with: "6c")).partnerSaid.isEmpty)
    }

    @Test func `frames are counted in the wide columns where there are such`() throws {
        let narrow = "1.3.6.1.2.1.2.2.1.11.7|65|11\n1.3.6.1.2.1.2.2.1.17.7|65|17"
        #expect(try port(narrow).framesIn == 11)
        let wide = narrow + "\n1.3.6.1.2.1.31.1.1.1.7.7|70|5000000000\n1.3.6.1.2.1.31.1.1.1.11.7|70|6000000000"
        #expect(try port(wide).framesIn == 5_000_000_000)
        #expect(try port(wide).framesOut == 6_000_000_000)
    }

    @Test func `spanning tree tells edges and the bridge of the segment`() throws {
        let tree = "1.3.6.1.2.1.17.2.15.1.8.3|4x|8000001132000099\n1.3.6.1.2.1.17.2.19.1.3.3|2|2"
        #expect(try port(tree).designatedBridge == HardwareAddress("00:11:32:00:00:99"))
        #expect(try port(tree).isEdge == false)
        #expect(try port("1.3.6.1.2.1.17.2.19.1.3.3|2|1").isEdge == true)
        #expect(try port("1.3.6.1.2.1.17.2.19.1.3.3|2|7").isEdge == nil)
    }

    @Test func `who was let in is said only where somebody is asked`() throws {
        let status = "1.0.8802.1.1.1.1.2.1.1.5.7|2|1"
        #expect(try port(status).isAuthorised == true)
        #expect(try port(status.replacingOccurrences(of: "|1", with: "|2")).isAuthorised == false)
        #expect(try port(status + "\n1.0.8802.1.1.1.1.2.1.1.6.7|2|3").isAuthorised == nil)
        #expect(try port("1.3.6.1.4.1.9.9.315.1.2.1.1.9.7|65|4").violations == 4)
    }

    @Test func `a port of a bundle names the bundle, and itself it is none`() throws {
        #expect(try port("1.2.840.10006.300.43.1.2.1.1.13.7|2|100").bundle == 100)
        #expect(try port("1.2.840.10006.300.43.1.2.1.1.13.7|2|0").bundle == nil)
        #expect(try port("1.2.840.10006.300.43.1.2.1.1.13.7|2|7").bundle == nil)
    }

    @Test(arguments: [
        "9.9.402.1.2.1.9.1.3", "11.2.14.11.1.9.1.1.1.3.1.3", "9.6.1.101.108.1.1.5.1.3", "89.108.1.1.5.1.3",
        "3955.89.108.1.1.5.1.3", "1916.1.27.2.1.1.6.1.3", "4526.10.15.1.1.1.2.1.3", "4413.1.1.15.1.1.1.2.1.3",
        "2011.5.25.195.3.1.10.7",
    ]) func `each maker's watts are read`(name: String) throws {
        #expect(try port("1.3.6.1.4.1.\(name)|2|4200").poe?.milliwatts == 4_200)
    }

    @Test func `counters alone are told where nobody is known, or where the link has just changed`() {
        var teller = SwitchTeller(site: "main", sensor: "walk", agent: "a")
        func tell(_ frames: Int, speed: Int, at second: Int64) -> [UInt64?] {
            let text = """
                1.3.6.1.2.1.2.2.1.1.1|2|1
                1.3.6.1.2.1.2.2.1.1.2|2|2
                1.3.6.1.2.1.31.1.1.1.15.1|66|\(speed)
                1.3.6.1.2.1.2.2.1.11.1|65|\(frames)
                1.3.6.1.2.1.2.2.1.11.2|65|\(frames)
                1.3.6.1.2.1.17.1.4.1.2.1|2|1
                1.3.6.1.2.1.17.4.3.1.2.0.0.0.0.0.7|2|1
                """
            let reading = SwitchReading(SNMPRows(WalkFile(Array(text.utf8)).rows))
            var told: [UInt64?] = [nil, nil]
            for observation in teller.tell(reading, at: Timestamp(seconds: second)) {
                guard case .port(let report) = observation.body else { continue }
                told[Int(report.port.ifIndex) - 1] = report.port.framesIn
            }
            return told
        }
        #expect(tell(10, speed: 1_000, at: 1) == [10, 10])
        #expect(tell(20, speed: 1_000, at: 2) == [nil, 20])
        #expect(tell(30, speed: 100, at: 3) == [30, 30])
        #expect(tell(40, speed: 100, at: 4) == [40, 40])
        #expect(tell(50, speed: 100, at: 5) == [50, 50])
        #expect(tell(60, speed: 100, at: 6) == [60, 60])
        #expect(tell(70, speed: 100, at: 7) == [nil, 70])
    }
}
