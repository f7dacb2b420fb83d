//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// The given recordings of switches: what LibreNMS stores for them, field by field, and the rows counted by hand.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model
import Support
import Testing
import Wire

/// Goal: what others read from the same recordings is read here as well.
@Suite(.enabled(if: Recordings.areHere)) struct `The given switches` {
    typealias Row = [String: Any]

    static let all: [String] = {
        guard let folder = try? Recordings.url("snmp"),
            let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path)
        else { return [] }
        return names.filter { $0.hasSuffix(".snmprec") }.sorted()
    }()

    static func walk(_ name: String) throws -> WalkFile {
        WalkFile([UInt8](try Data(contentsOf: Recordings.url("snmp/" + name))))
    }

    static func reading(_ name: String) throws -> SwitchReading { SwitchReading(SNMPRows(try walk(name).rows)) }

    /// Rows that LibreNMS stores when it discovers, then when it polls, of all its modules.
    static func expected(_ name: String, _ table: String) throws -> [Row] {
        let url = try Recordings.url("snmp/\(name).expected.librenms.json")
        guard let data = try? Data(contentsOf: url),
            let modules = try JSONSerialization.jsonObject(with: data) as? [String: Row]
        else { return [] }
        return modules.keys.sorted().flatMap { module in
            ["discovery", "poller"].flatMap { ((modules[module]?[$0] as? Row)?[table] as? [Row]) ?? [] }
        }
    }

    static let known = all.filter { (try? expected($0, "devices"))?.isEmpty == false }

    @Test func `all are read in a moment, and only two have broken rows`() throws {
        var odd: [String: [Oddity: UInt64]] = [:]
        for name in Self.all {
            let walk = try Self.walk(name)
            if !walk.oddities.isEmpty { odd[name] = walk.oddities }
            _ = SwitchReading(SNMPRows(walk.rows))
        }
        // grep -c '|64|<private>' = 4; 1.3.6.1.2.1.2.2.1.22.1|6|0 is no object identifier.
        #expect(
            odd == [
                "librenms__avtech_roomalert12e.snmprec": [.walkBadValue: 1],
                "librenms__nxos_n3k-3064pq.snmprec": [.walkBadValue: 4],
            ])
        #expect(Self.all.count == 67)
    }

    @Test(arguments: known) func `system group`(name: String) throws {
        let system = try Self.reading(name).system
        for row in try Self.expected(name, "devices") {
            if let text = row["sysObjectID"] as? String {
                #expect(system.objectId.map { "." + $0.description } == text)
            }
        }
    }

    @Test(arguments: known) func `ports`(name: String) throws {
        let reading = try Self.reading(name)
        for row in try Self.expected(name, "ports") {
            guard let ifIndex = row["ifIndex"] as? Int, let port = reading.interface(UInt32(ifIndex)) else { continue }
            if let status = row["ifOperStatus"] as? String, port.isUp != nil { #expect(port.isUp == (status == "up")) }
            if let duplex = row["ifDuplex"] as? String, duplex != "unknown", let mine = port.duplex {
                #expect("\(mine)Duplex" == duplex)
            }
            if let address = row["ifPhysAddress"] as? String, let mine = port.hardware {
                #expect(mine == HardwareAddress(address), "\(ifIndex)")
            }
        }
    }

    @Test(arguments: standard) func `VLANs`(name: String) throws {
        let reading = try Self.reading(name)
        for row in try Self.expected(name, "vlans") {
            guard let number = row["vlan_vlan"] as? Int, (1...4_094).contains(number) else { continue }
            let found = reading.vlans[UInt16(number)]
            #expect(found != nil, "\(number)")
            if let title = row["vlan_name"] as? String, let found, !found.isEmpty {
                // A NUL at the end of a name is a dot at LibreNMS.
                #expect(found == title.trimmingCharacters(in: [" ", "."]), "\(number)")
            }
        }
    }

    /// Their neighbours and VLANs stand in MIBs of the maker's own only.
    static let standard = known.filter { !$0.contains("jetstream") && !$0.contains("timos") }

    @Test(arguments: standard) func `neighbours`(name: String) throws {
        let reading = try Self.reading(name)
        for row in try Self.expected(name, "links") {
            guard let voice = row["protocol"] as? String, voice == "lldp" || voice == "cdp",
                let host = row["remote_hostname"] as? String, let port = row["ifName"] as? String
            else { continue }
            let found = reading.neighbours.filter { reading.interface($0.ifIndex)?.title == port }
            #expect(
                found.contains { neighbour in
                    // Without a name, LibreNMS takes the first words of the description.
                    [neighbour.name, neighbour.chassis, neighbour.hardware?.description].contains(host)
                        || neighbour.name == nil && neighbour.summary?.contains(host) == true
                },
                "\(port) \(host): \(found.map { $0.name ?? $0.chassis ?? "-" })")
        }
    }

    @Test(arguments: known) func `parts and their serial numbers`(name: String) throws {
        let reading = try Self.reading(name)
        let parts = Dictionary(uniqueKeysWithValues: reading.parts.map { (Int($0.index), $0) })
        for row in try Self.expected(name, "entPhysical") {
            guard let index = row["entPhysicalIndex"] as? Int, let part = parts[index] else { continue }
            if let serial = row["entPhysicalSerialNum"] as? String, !serial.isEmpty {
                #expect(part.serial == serial.trimmingCharacters(in: .whitespaces), "\(index)")
            }
            // Huawei's models stand in a MIB of its own.
            if let model = row["entPhysicalModelName"] as? String, !model.isEmpty, let mine = part.model {
                #expect(mine == model.trimmingCharacters(in: .whitespaces), "\(index)")
            }
        }
    }

    @Test func `the forwarding table of a ProCurve is LibreNMS's, address for address`() throws {
        let name = "librenms__procurve_2520.snmprec"
        let expected = Set(
            try Self.expected(name, "ports_fdb").compactMap { row -> String? in
                guard let text = row["mac_address"] as? String, let address = HardwareAddress(text),
                    let ifIndex = row["ifIndex"] as? Int, let vlan = row["vlan_vlan"] as? Int
                else { return nil }
                return "\(address) \(ifIndex) \(vlan)"
            })
        let found = Set(
            try Self.reading(name).forwarding.map { "\($0.hardware) \($0.ifIndex) \($0.vlan.map(Int.init) ?? 0)" })
        #expect(found.count == 741)
        #expect(found == expected)
    }
}
