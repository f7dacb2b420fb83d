//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// The given recordings against what LibreNMS stores for them, row for row: nothing missing, nothing made up.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model
import Support
import Testing
import Wire

/// Goal: where we differ from LibreNMS, a line here says who is right and why.
@Suite(.enabled(if: Recordings.areHere)) struct `Row for row with LibreNMS` {
    private typealias Given = `The given switches`

    private static func short(_ name: String) -> String {
        String(name.dropFirst("librenms__".count).dropLast(".snmprec".count))
    }

    // MARK: Ports

    /// jq '[.ports.discovery.ports[]] | length' over all files, summed.
    @Test func `every port of LibreNMS's is there, with its name, states, speed and duplex`() throws {
        var compared = 0
        for name in Given.known {
            let ports = try Given.reading(name).ports(at: .epoch)
            let ours = Dictionary(uniqueKeysWithValues: ports.map { (Int($0.ifIndex), $0) })
            var expected: [Int: [String: Any]] = [:]
            for row in try Given.expected(name, "ports") {
                guard let ifIndex = row["ifIndex"] as? Int else { continue }
                expected[ifIndex, default: [:]].merge(row.filter { !($0.value is NSNull) }) { _, later in later }
            }
            // Nokia's virtual interfaces stand in a MIB of its routers (vRtrIfTable), not among the ports.
            for (ifIndex, row) in expected where !(name.contains("timos") && ours[ifIndex] == nil) {
                let port = try #require(ours[ifIndex], "\(name) \(ifIndex)")
                compared += 1
                if let title = row["ifName"] as? String {
                    // Octets that are no characters are blanks here.
                    #expect(port.name == title.split(separator: "\n").joined(separator: " ") || title.contains("\n"))
                }
                if let status = row["ifOperStatus"] as? String {
                    // lowerLayerDown and the like are down.
                    #expect(port.isUp == (status == "up"), "\(name) \(ifIndex)")
                }
                if let status = row["ifAdminStatus"] as? String { #expect(port.isEnabled == (status == "up")) }
                if let speed = row["ifSpeed"] as? Int { #expect(port.speed == UInt64(speed), "\(name) \(ifIndex)") }
                let duplex = (row["ifDuplex"] as? String).flatMap { ["fullDuplex": "full", "halfDuplex": "half"][$0] }
                #expect(port.duplex?.rawValue == duplex, "\(name) \(ifIndex)")
            }
        }
        #expect(compared == 1422)
    }

    // MARK: VLANs

    @Test func `VLANs are the same, number for number and name for name`() throws {
        var compared = 0
        for name in Given.known {
            var expected: [UInt16: String] = [:]
            for row in try Given.expected(name, "vlans") {
                // 4095 is no VLAN (IEEE 802.1Q, 9.6): Eltex keeps a row for it.
                guard let number = row["vlan_vlan"] as? Int, (1...4_094).contains(number) else { continue }
                let vlan = UInt16(number)
                expected[vlan] = row["vlan_name"] as? String ?? ""
            }
            // No VLANs are stored for these although the recordings hold them: 12, 62 and 2 static names.
            if ["ciscosb", "hirschmann", "moxa"].contains(where: name.contains) { continue }
            let found = try Given.reading(name).vlans
            // LibreNMS leaves out VLAN 1 of Eltex's, which stands in the table of current VLANs only.
            let ours = Set(found.keys).subtracting(name.contains("eltex") ? [1] : [])
            #expect(ours == Set(expected.keys), "\(name)")
            for (vlan, title) in expected {
                compared += 1
                // Where a VLAN has no name, LibreNMS makes one; a NUL at its end is a dot there.
                let plain = title == "VLAN \(vlan)" && found[vlan] == "" ? "" : title
                #expect(found[vlan] == plain.trimmingCharacters(in: [" ", "."]), "\(name) \(vlan)")
            }
        }
        // jq '.vlans.discovery.vlans | length' over all files, summed.
        #expect(compared == 261)
    }

    // MARK: Neighbours

    /// Port, protocol, name and port of the other end.
    private static func heard(_ name: String) throws -> [String] {
        let reading = try Given.reading(name)
        return reading.neighbours.compactMap { neighbour in
            guard let host = neighbour.name else { return nil }
            let port = reading.interface(neighbour.ifIndex)?.title ?? "-"
            return "\(port) \(neighbour.via) \(host) \(neighbour.port ?? "-")"
        }.sorted()
    }

    /// `8 (60319781e864)` is port 8; `1C EA 0B AD DB 99 (1ceb…)` an address, `31 2F 32 36 00` the text 1/26.
    private static func port(_ text: String) -> String {
        var text = text
        if let open = text.lastIndex(of: "("), text.hasSuffix(")"), text.distance(from: open, to: text.endIndex) == 14 {
            text = String(text[..<open]).trimmingCharacters(in: .whitespaces)
        }
        let pairs = text.split(separator: " ")
        let octets = pairs.compactMap { $0.utf8.count == 2 ? UInt8($0, radix: 16) : nil }
        guard pairs.count > 1, octets.count == pairs.count else { return text }
        if octets.count == 6 { return octets.map { hexadecimal($0) }.joined(separator: ":") }
        return String(decoding: octets.filter { $0 != 0 }, as: UTF8.self)
    }

    /// Who said no name is called by the first words of its description there: what it is, and not who.
    private static let nameless = [
        "gi1/0/24 lldp Metro Ethernet Switch 1/26", "A1 lldp Aruba 1/7/18", "A2 lldp Aruba 1/7/18",
    ]

    @Test func `neighbours with a name are the same, each with its port and that of the other end`() throws {
        var compared = 0
        for name in Given.known {
            let expected = try Given.expected(name, "links").compactMap { row -> String? in
                guard let voice = row["protocol"] as? String, let host = row["remote_hostname"] as? String else {
                    return nil
                }
                return
                    "\(row["ifName"] as? String ?? "-") \(voice) \(host) \(Self.port(row["remote_port"] as? String ?? "-"))"
            }
            // No links are stored for these although the recordings hold them: a CDP and an LLDP neighbour.
            if expected.isEmpty { continue }
            compared += expected.count
            #expect(try Self.heard(name) == expected.filter { !Self.nameless.contains($0) }.sorted(), "\(name)")
        }
        // jq '."discovery-protocols".discovery.links | length' over all files, summed.
        #expect(compared == 155)
    }

    // MARK: Parts

    /// LibreNMS fills these from other MIBs: the access points of a cluster, a transceiver, Nokia's hardware table.
    private static let otherwise = ["aruba-instant", "timos"]

    @Test func `parts are the same, with their serial numbers and revisions`() throws {
        var compared = 0
        for name in Given.known where !Self.otherwise.contains(where: name.contains) {
            let parts = Dictionary(uniqueKeysWithValues: try Given.reading(name).parts.map { (Int($0.index), $0) })
            var seen = 0
            for row in try Given.expected(name, "entPhysical") {
                guard let index = row["entPhysicalIndex"] as? Int else { continue }
                // Eltex's transceiver is no part of its ENTITY-MIB.
                if name.contains("eltex"), index == 1_000_105 { continue }
                let part = try #require(parts[index], "\(name) \(index)")
                seen += 1
                func text(_ key: String) -> String { (row[key] as? String ?? "").trimmingCharacters(in: .whitespaces) }
                #expect((part.serial ?? "") == text("entPhysicalSerialNum"), "\(name) \(index)")
                #expect((part.hardware ?? "") == text("entPhysicalHardwareRev"), "\(name) \(index)")
                #expect((part.firmware ?? "") == text("entPhysicalFirmwareRev"), "\(name) \(index)")
                #expect((part.software ?? "") == text("entPhysicalSoftwareRev"), "\(name) \(index)")
                // Huawei's models stand in a MIB of its own.
                if !name.contains("vrp") {
                    #expect((part.model ?? "") == text("entPhysicalModelName"), "\(name) \(index)")
                }
            }
            if seen > 0 { #expect(parts.count == seen, "\(name)") }
            compared += seen
        }
        // jq '."entity-physical".discovery.entPhysical | length' over all files, summed, less those named above.
        #expect(compared == 1631)
    }

    @Test func `transceivers are the same, port for port`() throws {
        var compared = 0
        for name in Given.known {
            let reading = try Given.reading(name)
            // Two of HP's stand in cages without an interface.
            for row in try Given.expected(name, "transceivers") where row["ifIndex"] is Int {
                let found = reading.transceivers[UInt32(row["ifIndex"] as? Int ?? 0)]
                compared += 1
                for (mine, key) in [
                    (found?.kind, "type"), (found?.maker, "vendor"), (found?.model, "model"), (found?.serial, "serial"),
                ] {
                    if let theirs = row[key] as? String {
                        #expect(mine == theirs, "\(name) \(row["ifIndex"] ?? 0) \(key)")
                    }
                }
            }
        }
        // jq '[.transceivers.discovery.transceivers[]? | select(.ifIndex)] | length' over all files, summed.
        #expect(compared == 15)
    }

    // MARK: What a switch says of itself

    /// Where we say another serial number, and why.
    private static let otherSerials: [String: String] = [
        // The chassis has a number of its own; theirs is that of a line card.
        "iosxe_c9400-svl": "FJL2635P2PV",
        // No switches: a camera's card address, a printer's and a server's own MIBs, a midspan's description.
        "axiscam_p1375": "-", "brother": "-", "windows": "-", "microsemipdsine": "-",
    ]

    @Test func `serial numbers are the same, wherever a maker keeps them`() throws {
        var compared = 0
        for name in Given.known {
            let stored = try Given.expected(name, "devices").compactMap { $0["serial"] as? String }.last { !$0.isEmpty }
            guard let stored else { continue }
            var teller = SwitchTeller(site: "main", sensor: "t", agent: name)
            guard case .switch(let found)? = teller.tell(try Given.reading(name), at: .epoch).first?.body else {
                continue
            }
            compared += 1
            #expect((found.serial ?? "-") == Self.otherSerials[Self.short(name)] ?? stored, "\(name)")
        }
        // jq '.os.discovery.devices[0].serial' over all files: those that are not null.
        #expect(compared == 34)
    }

    /// `version` of LibreNMS stands in what we say, or the other way round; they put words around it.
    private static let otherVersions: Set<String> = [
        // Made of two numbers or more: the operating system's and the card's, the platform's and the release's.
        "apc_smt750x-nmc2", "vrp_5720", "vrp_ac6605-26", "edgeswitch_usw-flex-xg",
        // No switches: what they run is read from their traffic.
        "allied-tq", "avtech_roomalert12e", "axiscam_p1375", "brother", "konica", "microsemipdsine", "raritan-pdu_px3",
        "windows", "windows_7600c",
    ]

    @Test func `firmware is the same but for the words around it`() throws {
        var compared = 0
        for name in Given.known where !Self.otherVersions.contains(Self.short(name)) {
            let stored = try Given.expected(name, "devices").compactMap { $0["version"] as? String }.last {
                !$0.isEmpty
            }
            guard let stored else { continue }
            var teller = SwitchTeller(site: "main", sensor: "t", agent: name)
            guard case .switch(let found)? = teller.tell(try Given.reading(name), at: .epoch).first?.body else {
                continue
            }
            compared += 1
            let mine = try #require(found.firmware, "\(name)")
            #expect(mine.contains(stored) || stored.contains(mine) || "v" + stored == mine, "\(name): \(mine)")
        }
        #expect(compared == 32)
    }

    // MARK: Rows counted by hand

    /// Recording; rows with a port in the forwarding tables; of them with a place; neighbours; PoE ports; media.
    ///
    ///     grep -cE '^1\.3\.6\.1\.2\.1\.17\.(7\.1\.2\.2\.1\.2|4\.3\.1\.2)\.' FILE   # and the makers' own: see below
    ///     grep -cE '^(1\.0\.8802\.1\.1\.2\.1\.4\.1\.1\.5|1\.3\.6\.1\.4\.1\.9\.9\.23\.1\.2\.1\.1\.6)\.' FILE
    ///     grep -c  '^1\.3\.6\.1\.2\.1\.105\.1\.1\.1\.3\.' FILE ; grep -c '^1\.3\.6\.1\.2\.1\.26\.2\.1\.1\.3\.' FILE
    static let counts: [(String, Int, Int, Int, Int, Int)] = [
        ("librenms__allied-tq.snmprec", 10, 10, 0, 0, 0),
        ("librenms__aos6.snmprec", 1050, 1050, 26, 0, 0),
        ("librenms__aruba-instant_105.snmprec", 5, 3, 0, 0, 0),
        ("librenms__arubaos-cx_10.07.snmprec", 0, 0, 35, 0, 0),
        ("librenms__arubaos-cx_10.10.snmprec", 16, 16, 3, 0, 0),
        ("librenms__boss_ers3510.snmprec", 17, 16, 1, 0, 0),
        ("librenms__boss_ers4950.snmprec", 36, 35, 3, 0, 0),
        ("librenms__ciscosb_cbs250-24p-4x-v3.snmprec", 357, 356, 0, 5, 0),
        ("librenms__ciscowlc_cbw240ac.snmprec", 0, 0, 1, 0, 0),
        ("librenms__dell-sonic.snmprec", 53, 53, 23, 0, 0),
        ("librenms__dlink_dgs-1510-28x-me.snmprec", 254, 252, 2, 0, 0),
        ("librenms__dlink_dgs-3620-28sc.snmprec", 242, 237, 10, 0, 0),
        ("librenms__dlink_dgs-3627g.snmprec", 156, 152, 17, 0, 0),
        ("librenms__edgeswitch_usw-flex-xg.snmprec", 57, 56, 2, 0, 0),
        ("librenms__eltex-mes23xx_mes2324p.snmprec", 65, 64, 8, 24, 0),
        ("librenms__fortigate_60f3g4g.snmprec", 0, 0, 1, 0, 0),
        ("librenms__fs-centec_s5850-48s2q4c.snmprec", 377, 0, 16, 0, 0),
        ("librenms__fs-switch_s3900.snmprec", 47, 44, 7, 0, 0),
        ("librenms__hirschmann_ms4128.snmprec", 778, 778, 0, 0, 0),
        ("librenms__iosxe_c9400-svl.snmprec", 0, 0, 7, 0, 0),
        ("librenms__jetstream_sg2218p.snmprec", 66, 66, 3, 0, 0),
        ("librenms__linksys-ss_lgs318p.snmprec", 39, 38, 2, 18, 0),
        ("librenms__merakims_c9300.snmprec", 542, 542, 0, 0, 0),
        ("librenms__microsemipdsine.snmprec", 0, 0, 0, 1, 0),
        ("librenms__moxa-eds-4000-series_eds-4012-4gc.snmprec", 79, 79, 0, 0, 0),
        ("librenms__netonix_wispswitch.snmprec", 137, 0, 0, 0, 0),
        ("librenms__nxos_n3k-3064pq.snmprec", 4, 4, 3, 0, 0),
        ("librenms__procurve.snmprec", 1075, 1014, 7, 0, 0),
        ("librenms__procurve_2520.snmprec", 749, 741, 0, 0, 0),
        ("librenms__procurve_e2910.snmprec", 0, 0, 2, 0, 0),
        ("librenms__scalance_xc206-2sfp.snmprec", 126, 126, 1, 0, 0),
        ("librenms__snr.snmprec", 657, 654, 0, 0, 0),
        ("librenms__swos.snmprec", 13, 13, 0, 0, 0),
        ("librenms__timos_7705.snmprec", 0, 0, 1, 0, 0),
        ("librenms__voss_7432cq.snmprec", 326, 320, 8, 0, 0),
        ("librenms__voss_xa1440.snmprec", 28, 23, 2, 0, 0),
        ("librenms__vrp_5720.snmprec", 5, 2, 5, 48, 0),
        ("librenms__vrp_ac6605-26.snmprec", 70, 70, 2, 0, 0),
        ("librenms__zynos_gs1900-fdb.snmprec", 36, 35, 8, 0, 0),
        ("snmpsim-data__network__router__cisco-unmarked-0.snmprec", 19, 19, 1, 0, 0),
        ("snmpsim-data__network__switch__brocade-icx6430-24.snmprec", 36, 18, 0, 0, 0),
        ("snmpsim-data__network__switch__cisco-c3750.snmprec", 15, 15, 125, 0, 0),
        ("snmpsim-data__network__switch__h3c-e528-2.snmprec", 2, 2, 1, 0, 24),
        ("snmpsim-data__network__switch__hpe-procurve-516733-b21.snmprec", 545, 277, 10, 0, 24),
    ]

    @Test(arguments: counts)
    func `rows are as many as were counted`(
        name: String, rows: Int, places: Int, neighbours: Int, power: Int, media: Int
    ) throws {
        let reading = try Given.reading(name)
        #expect(reading.forwarding.count == places)
        // The rest is the bridge's own, names no port, or is a group's address.
        #expect(places + reading.unplacedRows <= rows)
        #expect(reading.neighbours.count == neighbours)
        let ports = reading.ports(at: .epoch)
        #expect(ports.count { $0.poe != nil } == power)
        #expect(ports.count { $0.mau != nil } == media)
    }
}
