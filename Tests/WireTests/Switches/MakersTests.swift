//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Makers' own MIBs, each in a few rows: forwarding tables, VLANs, neighbours, and what a switch says of itself.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Testing
import Wire

/// Goal: a switch is understood although it says what it says in a place of its own.
@Suite struct `What makers say in MIBs of their own` {
    private func read(_ text: String) -> SwitchReading { SwitchReading(SNMPRows(WalkFile(Array(text.utf8)).rows)) }

    private static func ports(_ numbers: Int...) -> String {
        numbers.map { "1.3.6.1.2.1.31.1.1.1.1.\($0)|4|port \($0)\n" }.joined()
    }

    private func check(
        _ text: String, is rows: [String], unplaced: Int = 0, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let reading = read(text)
        let found = reading.forwarding.map { "\($0.hardware) \($0.ifIndex) \($0.vlan.map(String.init) ?? "-")" }
        #expect(found == rows, sourceLocation: sourceLocation)
        #expect(reading.unplacedRows == unplaced, sourceLocation: sourceLocation)
    }

    // MARK: Forwarding tables

    @Test func `Alcatel AOS 6 knows an address by interface and VLAN`() {
        check(
            Self.ports(1001)
                + """
                1.3.6.1.4.1.6486.800.1.2.1.8.1.1.1.1.3.1001.11.0.0.0.0.0.7|2|1
                1.3.6.1.4.1.6486.800.1.2.1.8.1.1.1.1.3.1001.11.0.0.0.0.0.8|2|2
                1.3.6.1.4.1.6486.800.1.2.1.8.1.1.1.1.3.9999.11.0.0.0.0.0.9|2|1
                """, is: ["00:00:00:00:00:07 1001 11"], unplaced: 1)
    }

    @Test func `Alcatel AOS 7 puts domain and kind of place in front`() {
        let entry = "1.3.6.1.4.1.6486.801.1.2.1.8.1.1.8.1"
        check(
            Self.ports(1001)
                + """
                \(entry).7.1.0.1001.11.0.0.0.0.0.0.7|2|4
                \(entry).8.1.0.1001.11.0.0.0.0.0.0.7|2|1
                \(entry).7.2.1.1001.400.12.0.0.0.0.0.8|2|4
                \(entry).7.1.0|2|3
                """, is: ["00:00:00:00:00:07 1001 11"])
    }

    @Test func `Huawei knows an address by VLAN and the name of a virtual switch`() {
        check(
            Self.ports(26)
                + """
                1.3.6.1.4.1.2011.5.25.42.2.1.3.1.4.0.0.12.7.172.1.419.1.48|2|26
                1.3.6.1.4.1.2011.5.25.42.2.1.3.1.4.0.0.12.7.172.2.419|2|26
                1.3.6.1.4.1.2011.5.25.42.2.1.3.1.4.0.0.12.7.172.3.419.1.48|2|0
                """, is: ["00:00:0c:07:ac:01 26 419", "00:00:0c:07:ac:02 26 419"], unplaced: 1)
    }

    private static let q = "1.3.6.1.2.1.17.7.1.2.2.1"
    private static let base = "1.3.6.1.2.1.17.1.4.1.2.3|2|3\n"

    @Test func `Juniper EX numbers its tables as its VLANs, and says their tags elsewhere`() {
        let text =
            Self.base
                + """
                1.3.6.1.4.1.2636.3.40.1.5.1.5.1.2.7|4|wards
                1.3.6.1.4.1.2636.3.40.1.5.1.5.1.5.7|2|120
                \(Self.q).2.7.0.0.0.0.0.7|2|3
                """
        check(text, is: ["00:00:00:00:00:07 3 120"])
        #expect(read(text).vlans == [120: "wards"])
    }

    @Test func `Juniper ELS says which table is whose`() {
        let text =
            Self.base
                + """
                1.3.6.1.4.1.2636.3.48.1.3.1.1.2.174|4|wards
                1.3.6.1.4.1.2636.3.48.1.3.1.1.3.174|66|120
                1.3.6.1.4.1.2636.3.48.1.3.1.1.5.174|66|11403264
                \(Self.q).2.11403264.0.0.0.0.0.7|2|3
                """
        check(text, is: ["00:00:00:00:00:07 3 120"])
        #expect(read(text).vlans == [120: "wards"])
    }

    @Test func `Extreme EXOS names the VLAN by its interface`() {
        let text =
            Self.ports(1004, 1_000_004)
                + """
                1.3.6.1.4.1.1916.1.2.1.2.1.2.1000004|4|wards
                1.3.6.1.4.1.1916.1.2.1.2.1.10.1000004|2|120
                1.3.6.1.4.1.1916.1.16.4.1.3.0.0.0.0.0.7.1000004|2|1004
                1.3.6.1.4.1.1916.1.16.4.1.3.0.0.0.0.7|2|1004
                """
        check(text, is: ["00:00:00:00:00:07 1004 120"])
        #expect(read(text).vlans == [120: "wards"])
    }

    @Test func `the IEEE's own Q-BRIDGE has a component in front, and base ports of its own`() {
        let bridge = "1.3.111.2.802.1.1.4.1"
        let text = """
            1.3.111.2.802.1.1.2.1.1.4.1.3.1.3|2|503
            \(bridge).4.2.1.4.0.1.120|66|9
            \(bridge).4.5.1.1.1.3|66|120
            \(bridge).2.2.1.2.1.9.0.0.0.0.0.7|66|3
            \(bridge).2.2.1.3.1.9.0.0.0.0.0.7|2|3
            \(bridge).2.2.1.2.1.9.0.0.0.0.0.8|66|3
            \(bridge).2.2.1.3.1.9.0.0.0.0.0.8|2|4
            \(bridge).2.2.1.2.1.9.0.0.0|66|3
            1.3.6.1.2.1.31.1.1.1.1.503|4|1/1/3
            """
        check(text, is: ["00:00:00:00:00:07 503 120"])
        #expect(read(text).portVLAN == [503: 120])
    }

    @Test func `a row that the standard table says as well is not said twice`() {
        check(
            Self.ports(26)
                + """
                1.3.6.1.2.1.17.1.4.1.2.3|2|26
                \(Self.q).2.419.0.0.0.0.0.7|2|3
                1.3.6.1.4.1.2011.5.25.42.2.1.3.1.4.0.0.0.0.0.7.419.1.48|2|26
                """, is: ["00:00:00:00:00:07 26 419"])
    }

    @Test func `of several VLANs that learn together the port's membership tells which`() {
        check(
            """
            1.3.6.1.2.1.17.7.1.4.2.1.3.0.10|66|1
            1.3.6.1.2.1.17.7.1.4.2.1.3.0.20|66|1
            1.3.6.1.2.1.17.7.1.4.2.1.4.0.10|4x|20
            1.3.6.1.2.1.17.7.1.4.2.1.4.0.20|4x|10
            \(Self.base)1.3.6.1.2.1.17.1.4.1.2.4|2|4
            \(Self.q).2.1.0.0.0.0.0.7|2|3
            \(Self.q).2.1.0.0.0.0.0.8|2|4
            """, is: ["00:00:00:00:00:07 3 10", "00:00:00:00:00:08 4 20"])
    }

    @Test func `a table that the map forgot is that of the VLAN of its number, if there is one`() {
        check(
            """
            1.3.6.1.2.1.17.7.1.4.2.1.3.0.10|66|10
            1.3.6.1.2.1.17.7.1.4.3.1.1.30|4|wards
            \(Self.base)\(Self.q).2.30.0.0.0.0.0.7|2|3
            \(Self.q).2.40.0.0.0.0.0.8|2|3
            """, is: ["00:00:00:00:00:07 3 30", "00:00:00:00:00:08 3 -"])
    }

    @Test func `TP-Link has VLANs and untagged VLANs in a place of its own`() {
        let reading = read(
            Self.ports(49_153)
                + """
                1.3.6.1.4.1.11863.6.14.1.2.1.1.2.31|4|wards
                1.3.6.1.4.1.11863.6.14.1.1.1.1.2.49153|2|31
                1.3.6.1.4.1.11863.6.14.1.1.1.1.2.7|2|32
                """)
        #expect(reading.vlans == [31: "wards"])
        #expect(reading.portVLAN == [49_153: 31])
    }

    // MARK: Neighbours

    private func heard(_ text: String) -> [String] {
        read(text).neighbours.map {
            let words = [$0.name, $0.chassis, $0.port, $0.platform].map { $0 ?? "-" }
            return "\($0.ifIndex) \($0.via) \(words.joined(separator: ", ")) \($0.abilities.map(\.rawValue))"
        }
    }

    @Test func `LLDP of 2009 has its columns one further`() {
        let entry = "1.3.111.2.802.1.1.13.1.4.1.1"
        #expect(
            heard(
                Self.ports(3)
                    + """
                    \(entry).5.0.3.1.1|2|4
                    \(entry).6.0.3.1.1|4x|001B213A4C5D
                    \(entry).7.0.3.1.1|2|5
                    \(entry).8.0.3.1.1|4|Gi1/0/1
                    \(entry).10.0.3.1.1|4|east
                    \(entry).13.0.3.1.1|4x|2800
                    \(entry).6.0.4.1.1|4x|001B213A4C5E
                    """) == ["3 lldp east, 00:1b:21:3a:4c:5d, Gi1/0/1, - [\"bridge\", \"router\"]"])
    }

    @Test func `Nokia knows a neighbour by interface and group address`() {
        let entry = "1.3.6.1.4.1.6527.3.1.2.59.4.1.1"
        #expect(
            heard(
                Self.ports(40_108_032)
                    + """
                    \(entry).4.8656.40108032.1.1|2|4
                    \(entry).5.8656.40108032.1.1|4x|00D0F6BCA180
                    \(entry).6.8656.40108032.1.1|2|7
                    \(entry).7.8656.40108032.1.1|4|35913728
                    \(entry).9.8656.40108032.1.1|4|SITEA
                    """) == ["40108032 lldp SITEA, 00:d0:f6:bc:a1:80, 35913728, - []"])
    }

    @Test func `TP-Link writes its neighbours in words`() {
        let entry = "1.3.6.1.4.1.11863.6.35.1.2.2.1"
        #expect(
            heard(
                Self.ports(49_170)
                    + """
                    \(entry).4.49170.1|4|E8:28:C1:26:B9:C0
                    \(entry).6.49170.1|4|gi1/0/6
                    \(entry).9.49170.1|4|sw22
                    \(entry).12.49170.1|4|Bridge Router 
                    \(entry).4.7.1|4|E8:28:C1:26:B9:C1
                    """) == ["49170 lldp sw22, e8:28:c1:26:b9:c0, gi1/0/6, - [\"bridge\", \"router\"]"])
    }

    @Test func `Foundry tells its own neighbours and Cisco's apart`() {
        let entry = "1.3.6.1.4.1.1991.1.1.3.20.1.2.1.1"
        #expect(
            heard(
                """
                \(entry).3.5.1|4|core
                \(entry).7.5.1|4|ethernet1/1/1
                \(entry).8.5.1|4|FastIron
                \(entry).9.5.1|4|Router, Switch
                \(entry).10.5.1|2|1
                \(entry).3.6.1|4|phone-7
                \(entry).10.6.1|2|2
                """) == [
                    "5 fdp core, core, ethernet1/1/1, FastIron [\"bridge\", \"router\"]",
                    "6 cdp phone-7, phone-7, -, - []",
                ])
    }

    @Test func `MikroTik names the interface in the row, and no port of the other end`() {
        let entry = "1.3.6.1.4.1.14988.1.1.11.1.1"
        #expect(
            heard(
                Self.ports(2)
                    + """
                    \(entry).2.1|64|10.0.0.1
                    \(entry).3.1|4x|48A98AC13A4C
                    \(entry).5.1|4|MikroTik
                    \(entry).6.1|4|roof
                    \(entry).8.1|2|2
                    \(entry).8.2|2|99
                    """) == ["2 mndp roof, 48:a9:8a:c1:3a:4c, -, MikroTik []"])
    }

    @Test func `a neighbour that two MIBs tell is told once`() {
        let entry = "1.3.111.2.802.1.1.13.1.4.1.1"
        #expect(
            heard(
                Self.ports(3)
                    + """
                    1.0.8802.1.1.2.1.4.1.1.4.0.3.1|2|4
                    1.0.8802.1.1.2.1.4.1.1.5.0.3.1|4x|001B213A4C5D
                    \(entry).5.0.3.1.1|2|4
                    \(entry).6.0.3.1.1|4x|001B213A4C5D
                    """
            ).count == 1)
    }

    // MARK: Transceivers

    @Test func `a module with one port in it is a transceiver, one with two is a board`() {
        let part = "1.3.6.1.2.1.47.1.1.1.1"
        let reading = read(
            Self.ports(1, 2, 3)
                + """
                \(part).5.10|2|9
                \(part).11.10|4|BOARD
                \(part).5.11|2|10
                \(part).4.11|2|10
                \(part).7.11|4|port 1
                \(part).5.12|2|10
                \(part).4.12|2|10
                \(part).7.12|4|port 2
                \(part).2.20|4|1000BaseSX SFP
                \(part).5.20|2|9
                \(part).11.20|4|AGM1
                \(part).13.20|4|GLC-SX
                \(part).5.21|2|10
                \(part).4.21|2|20
                1.3.6.1.2.1.47.1.3.2.1.2.21.0|6|1.3.6.1.2.1.2.2.1.1.3
                """)
        #expect(
            reading.transceivers == [
                3: Transceiver(kind: "1000BaseSX SFP", maker: nil, model: "GLC-SX", serial: "AGM1")
            ])
    }

    // MARK: What a switch says of itself

    /// Rows, model, firmware, serial number.
    static let selves: [(String, [String])] = [
        (
            """
            1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.11863.5.245
            1.3.6.1.4.1.11863.6.1.1.5.0|4|SG2218P 1.20
            1.3.6.1.4.1.11863.6.1.1.6.0|4|1.20.4
            1.3.6.1.4.1.11863.6.1.1.8.0|4|222C014000151
            """, ["SG2218P 1.20", "1.20.4", "222C014000151"]
        ),
        // Radlan's number under other makers' products; an empty first unit is passed over.
        (
            """
            1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.35265.1.81
            1.3.6.1.4.1.89.53.14.1.2.1|4|4.0.16.5
            1.3.6.1.4.1.89.53.14.1.5.1|4|
            1.3.6.1.4.1.89.53.14.1.5.2|4|ES43006450
            1.3.6.1.4.1.89.53.14.1.11.1|4|MES2324P AC
            """, ["MES2324P AC", "4.0.16.5", "ES43006450"]
        ),
        // Accton's unit table stands beside the product's number.
        (
            """
            1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.259.10.1.24.101
            1.3.6.1.4.1.259.10.1.24.1.1.3.1.10.1|4|EC1234567
            1.3.6.1.4.1.259.10.1.24.1.1.3.1.6.1|4|1.5.2.20
            1.3.6.1.4.1.259.10.1.24.1.1.5.1.0|4|ECS4510
            """, ["ECS4510", "1.5.2.20", "EC1234567"]
        ),
        (
            """
            1.3.6.1.2.1.1.1.0|4|Juniper Networks, Inc. ex3400-48t Ethernet Switch, kernel JUNOS 15.1X53-D59.4, Build
            1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.2636.1.1.1.4.131.2
            1.3.6.1.4.1.2636.3.1.3.0|4|NV0217
            """, ["ex3400-48t", "15.1X53-D59.4", "NV0217"]
        ),
        (
            """
            1.3.6.1.2.1.1.1.0|4|TiMOS-B-9.0.R11 both/hops Nokia 7705 SAR
            1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.6527.6.1.1.2.1
            1.3.6.1.4.1.6527.3.1.2.2.1.8.1.5.1.16842753|4|NS1637S2845
            1.3.6.1.4.1.6527.3.1.2.2.1.8.1.5.1.50331649|4|LL122819029
            """, ["-", "9.0.R11", "LL122819029"]
        ),
        (
            """
            1.3.6.1.2.1.1.1.0|4|CSS106-1G-4P-1S SwOS v2.11
            1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.14988.2
            """, ["CSS106-1G-4P-1S", "2.11", "-"]
        ),
        // ENTITY-MIB says it better where it says it.
        (
            """
            1.3.6.1.2.1.1.1.0|4|Cisco NX-OS(tm), Software (nxos), Version 7.0(3)I7(8), RELEASE SOFTWARE
            1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.9.12.3.1.3.1508
            1.3.6.1.2.1.47.1.1.1.1.5.149|2|3
            1.3.6.1.2.1.47.1.1.1.1.11.149|4|FOC1
            1.3.6.1.2.1.47.1.1.1.1.13.149|4|N3K
            1.3.6.1.4.1.9.3.6.3.0|4|OLD
            """, ["N3K", "7.0(3)I7(8)", "FOC1"]
        ),
        // The probe's version of RMON2; D-Link's own serial number.
        (
            """
            1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.171.10.70.8
            1.3.6.1.2.1.16.19.2.0|4|Build 3.00.B47
            1.3.6.1.4.1.171.12.11.1.9.4.1.17.1|4|P417183000294
            """, ["-", "Build 3.00.B47", "P417183000294"]
        ),
        // Windows names its version, and is no switch.
        (
            """
            1.3.6.1.2.1.1.1.0|4|Hardware: x86 - Software: Windows Version 6.1
            1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.311.1.1.3.1.1
            """, ["-", "-", "-"]
        ),
    ]

    @Test(arguments: selves)
    func `model, firmware and serial number are found wherever they stand`(rows: String, expected: [String]) {
        var teller = SwitchTeller(site: "main", sensor: "t", agent: "a")
        let told = teller.tell(read(rows), at: .epoch)
        guard case .switch(let found)? = told.first?.body else { return #expect(Bool(false), "no switch") }
        #expect([found.model, found.firmware, found.serial].map { $0 ?? "-" } == expected)
    }
}
