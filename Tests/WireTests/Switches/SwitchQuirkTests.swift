//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Switch readings by hand: every quirk of every maker that is known, each in a few rows.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Testing
import Wire

@Suite struct `What a switch says` {
    private func read(_ text: String) -> SwitchReading { SwitchReading(SNMPRows(WalkFile(Array(text.utf8)).rows)) }

    private static let q = "1.3.6.1.2.1.17.7.1.2.2.1"
    private static let d = "1.3.6.1.2.1.17.4.3.1"
    private static let base = "1.3.6.1.2.1.17.1.4.1.2"

    private func check(
        _ text: String, is rows: [String], unplaced: Int = 0, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let reading = read(text)
        let found = reading.forwarding.map {
            "\($0.hardware) \($0.ifIndex) \($0.vlan.map(String.init) ?? "-") \($0.kind)"
        }
        #expect(found == rows, sourceLocation: sourceLocation)
        #expect(reading.unplacedRows == unplaced, sourceLocation: sourceLocation)
    }

    @Test func `a port number of the bridge is mapped, never assumed to be the interface`() {
        check("\(Self.base).3|2|10103\n\(Self.q).2.12.0.0.0.0.0.7|2|3", is: ["00:00:00:00:00:07 10103 12 learned"])
    }

    @Test func `a forwarding table's number is not the VLAN where a map says so`() {
        check(
            """
            1.3.6.1.2.1.17.7.1.4.2.1.3.0.2081|66|9
            \(Self.base).3|2|3
            \(Self.q).2.9.0.0.0.0.0.7|2|3
            \(Self.q).2.8.0.0.0.0.0.8|2|3
            """, is: ["00:00:00:00:00:08 3 - learned", "00:00:00:00:00:07 3 2081 learned"])
    }

    @Test func `where several VLANs learn together only the port's own can tell which`() {
        check(
            """
            1.3.6.1.2.1.17.7.1.4.2.1.3.0.10|66|1
            1.3.6.1.2.1.17.7.1.4.2.1.3.0.20|66|1
            1.3.6.1.2.1.17.7.1.4.5.1.1.3|66|20
            \(Self.base).3|2|3
            \(Self.base).4|2|4
            \(Self.q).2.1.0.0.0.0.0.7|2|3
            \(Self.q).2.1.0.0.0.0.0.8|2|4
            """, is: ["00:00:00:00:00:07 3 20 learned", "00:00:00:00:00:08 4 - learned"])
    }

    @Test func `some put the interface where the port number belongs`() {
        check(
            "1.3.6.1.2.1.2.2.1.1.4227630|2|4227630\n\(Self.base).3|2|3\n\(Self.q).2.12.0.0.0.0.0.7|2|4227630",
            is: ["00:00:00:00:00:07 4227630 12 learned"])
    }

    @Test(
        arguments: [
            ("cisco C9120AXI-E", true), ("cisco AIR-AP2802I-E-K9", true), ("cisco CW9166I-E", true),
            ("cisco C9300-48P", false), ("cisco AIR-CT5520-K9", false),
        ])
    func `Cisco's access points say that they bridge, and are endpoints all the same`(platform: String, isOne: Bool) {
        let cache = "1.3.6.1.4.1.9.9.23.1.2.1.1"
        let reading = read("\(cache).6.7.1|4|AP-7\n\(cache).8.7.1|4|\(platform)\n\(cache).9.7.1|4x|00000002")
        #expect(reading.neighbours.map(\.isSwitch) == [!isOne])
        #expect(reading.neighbours.map { $0.abilities.contains(.accessPoint) } == [isOne])
    }

    @Test func `JetStream numbers the ports of gigabitEthernet 1/0/N`() {
        check(
            """
            1.3.6.1.2.1.31.1.1.1.1.49153|4|gigabitEthernet 1/0/1
            1.3.6.1.2.1.31.1.1.1.1.49163|4|gigabitEthernet 1/0/11
            \(Self.base).49153|2|49153
            \(Self.base).49163|2|49163
            \(Self.q).2.1.0.0.0.0.0.7|2|1
            """, is: ["00:00:00:00:00:07 49153 1 learned"])
    }

    @Test func `Nexus with private VLANs numbers the physical ports`() {
        check(
            """
            1.3.6.1.2.1.31.1.1.1.1.436207616|4|Ethernet1/1
            1.3.6.1.2.1.31.1.1.1.1.436248576|4|Ethernet1/11
            \(Self.d).2.0.0.0.0.0.7|2|11
            """, is: ["00:00:00:00:00:07 436248576 - learned"])
    }

    @Test func `port 0 is not known and is dropped, and counted`() {
        check("\(Self.base).3|2|3\n\(Self.q).2.12.0.0.0.0.0.7|2|0", is: [], unplaced: 1)
    }

    @Test func `rows in one column only are rows`() {
        check(
            """
            \(Self.base).3|2|3
            \(Self.q).2.12.0.0.0.0.0.7|2|3
            \(Self.q).3.12.0.0.0.0.0.8|2|3
            """, is: ["00:00:00:00:00:07 3 12 learned"], unplaced: 1)
    }

    @Test func `an address may sit on two ports in two VLANs`() {
        check(
            """
            \(Self.base).3|2|3
            \(Self.base).4|2|4
            \(Self.q).2.12.0.0.0.0.0.7|2|3
            \(Self.q).2.13.0.0.0.0.0.7|2|4
            """, is: ["00:00:00:00:00:07 3 12 learned", "00:00:00:00:00:07 4 13 learned"])
    }

    @Test func `its own, invalid, group and zero addresses are no devices; fixed ones are marked`() {
        let text = """
            \(Self.base).3|2|3
            \(Self.q).2.1.0.0.0.0.0.1|2|3
            \(Self.q).3.1.0.0.0.0.0.1|2|4
            \(Self.q).2.1.0.0.0.0.0.2|2|3
            \(Self.q).3.1.0.0.0.0.0.2|2|2
            \(Self.q).2.1.0.0.0.0.0.3|2|3
            \(Self.q).3.1.0.0.0.0.0.3|2|5
            \(Self.q).2.1.1.0.94.0.0.1|2|3
            \(Self.q).2.1.0.0.0.0.0.0|2|3
            """
        check(text, is: ["00:00:00:00:00:03 3 1 fixed"])
        #expect(read(text).bridgeAddresses == [HardwareAddress(bits: 1)])
    }

    @Test func `both tables with the same rows count once, with the VLAN`() {
        check(
            "\(Self.base).3|2|3\n\(Self.q).2.12.0.0.0.0.0.7|2|3\n\(Self.d).2.0.0.0.0.0.7|2|3\n\(Self.d).2.0.0.0.0.0.8|2|3",
            is: ["00:00:00:00:00:07 3 12 learned", "00:00:00:00:00:08 3 - learned"])
    }

    @Test func `Zyxel counts the octets of the address in the index`() {
        check("\(Self.base).3|2|3\n\(Self.q).2.1.6.0.0.0.0.0.7|2|3", is: ["00:00:00:00:00:07 3 1 learned"])
    }

    @Test func `Netonix numbers its rows, and the address stands in the first column or nowhere`() {
        check(
            "\(Self.base).3|2|3\n\(Self.d).1.1|4x|000000000007\n\(Self.d).2.1|2|3\n\(Self.d).2.2|2|3",
            is: ["00:00:00:00:00:07 3 - learned"], unplaced: 1)
    }

    @Test func `Cisco's bridge is joined from its VLANs`() {
        let whole = WalkFile(Array("1.3.6.1.2.1.31.1.1.1.1.10101|4|Gi1/0/1".utf8)).rows
        func vlan(_ number: UInt16, _ port: Int) -> SwitchReading.VLANRows {
            let text = "\(Self.base).\(port)|2|10101\n\(Self.d).2.0.0.0.0.0.\(port)|2|\(port)"
            return .init(SNMPRows(WalkFile(Array(text.utf8)).rows), vlan: number)
        }
        let reading = SwitchReading([.init(SNMPRows(whole), vlan: nil), vlan(12, 1), vlan(13, 2)])
        #expect(reading.forwarding.map(\.vlan) == [12, 13])
        #expect(Set(reading.forwarding.map(\.ifIndex)) == [10_101])
    }

    @Test func `rows may come in any order`() {
        check("\(Self.q).2.12.0.0.0.0.0.7|2|3\n\(Self.base).3|2|10103", is: ["00:00:00:00:00:07 10103 12 learned"])
    }

    @Test func `a power class is the value less one, and holds only while power is delivered`() {
        let poe = "1.3.6.1.2.1.105.1.1.1"
        let reading = read(
            """
            1.3.6.1.2.1.31.1.1.1.1.1|4|Gi1/0/1
            1.3.6.1.2.1.31.1.1.1.1.2|4|Gi1/0/2
            \(poe).3.1.1|2|1
            \(poe).6.1.1|2|3
            \(poe).10.1.1|2|4
            \(poe).6.1.2|2|2
            \(poe).10.1.2|2|4
            1.3.6.1.4.1.9.9.402.1.2.1.9.1.1|66|6300
            """)
        #expect(
            reading.power[1]
                == PortPower(isEnabled: true, detection: .delivering, deviceClass: 3, milliwatts: 6_300))
        #expect(reading.power[2] == PortPower(detection: .searching))
    }

    @Test func `the partner's bits are the device's own hardware`() {
        let reading = read(
            "1.3.6.1.2.1.26.2.1.1.3.7.1|6|1.3.6.1.2.1.26.4.30\n1.3.6.1.2.1.26.5.1.1.11.7.1|4x|6c03")
        #expect(reading.media[7]?.kind == "1000BASE-T full duplex")
        #expect(
            reading.media[7]?.partner
                == ["10BASE-T", "10BASE-T-FD", "100BASE-TX", "100BASE-TX-FD", "1000BASE-T", "1000BASE-T-FD"])
    }

    @Test func `each kind of neighbour's identifier is read as what it is`() {
        let remote = "1.0.8802.1.1.2.1.4.1.1"
        func chassis(_ subtype: Int, _ octets: String) -> SwitchNeighbour? {
            read("\(Self.base).3|2|3\n\(remote).4.0.3.1|2|\(subtype)\n\(remote).5.0.3.1|4x|\(octets)").neighbours.first
        }
        #expect(chassis(4, "0000000000aa")?.hardware?.description == "00:00:00:00:00:aa")
        #expect(chassis(5, "010a000007")?.address?.description == "10.0.0.7")
        #expect(chassis(7, "73772d31")?.chassis == "sw-1")
        #expect(chassis(6, "0001")?.chassis == "00:01")
        #expect(chassis(4, "4238204134203446203142204532203144")?.hardware?.description == "b8:a4:4f:1b:e2:1d")
        #expect(chassis(4, "00")?.hardware == nil)
    }

    @Test func `LLDP's own port numbers lead to interfaces by name`() {
        let reading = read(
            """
            1.3.6.1.2.1.31.1.1.1.1.10103|4|Gi1/0/3
            1.0.8802.1.1.2.1.3.7.1.2.3|2|5
            1.0.8802.1.1.2.1.3.7.1.3.3|4|Gi1/0/3
            1.0.8802.1.1.2.1.4.1.1.9.0.3.1|4|ward-switch
            1.0.8802.1.1.2.1.4.1.1.12.0.3.1|4x|2800
            1.0.8802.1.1.2.1.4.2.1.3.0.3.1.1.4.10.0.0.7|2|2
            """)
        let neighbour = reading.neighbours.first
        #expect(neighbour?.ifIndex == 10_103 && neighbour?.name == "ward-switch")
        #expect(neighbour?.abilities == [.bridge, .router] && neighbour?.isSwitch == true)
        #expect(neighbour?.address?.description == "10.0.0.7")
    }

    @Test func `a telephone with a bridge in it is no switch`() {
        let reading = read(
            "\(Self.base).3|2|3\n1.0.8802.1.1.2.1.4.1.1.9.0.3.1|4|SEP1\n1.0.8802.1.1.2.1.4.1.1.12.0.3.1|4x|2400")
        #expect(reading.neighbours.first?.abilities == [.bridge, .telephone])
        #expect(reading.neighbours.first?.isSwitch == false)
    }

    @Test func `what is not answered is named`() {
        let reading = read("1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.9.1.2664")
        #expect(reading.missingMibs.first == "IF-MIB" && reading.missingMibs.last == "CISCO-VTP-MIB")
        #expect(reading.missingMibs.count == 13 && reading.system.vendor == "Cisco")
        #expect(!read("1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.11.2").missingMibs.contains("CISCO-CDP-MIB"))
    }

    @Test func `speed is in bits whichever column tells it`() {
        let reading = read(
            """
            1.3.6.1.2.1.2.2.1.5.1|66|100000000
            1.3.6.1.2.1.2.2.1.5.2|66|4294967295
            1.3.6.1.2.1.31.1.1.1.15.2|66|10000
            1.3.6.1.2.1.2.2.1.5.3|66|1000000000
            1.3.6.1.2.1.31.1.1.1.15.3|66|0
            """)
        #expect(reading.interfaces.map(\.speed) == [100_000_000, 10_000_000_000, 1_000_000_000])
    }
}
