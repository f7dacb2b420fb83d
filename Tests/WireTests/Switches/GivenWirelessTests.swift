//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// The given recordings of wireless controllers and access points: rows counted by hand, and LibreNMS's own counts.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model
import Support
import Testing
import Wire

@Suite(.enabled(if: Recordings.areHere)) struct `The given wireless recordings` {
    private typealias Given = `The given switches`

    /// LibreNMS's wireless sensors of one class when it polls, by their descriptions.
    private func sensors(_ name: String, _ kind: String) throws -> [String: Int] {
        var found: [String: Int] = [:]
        for row in try Given.expected(name, "wireless_sensors") where row["sensor_class"] as? String == kind {
            if let title = row["sensor_descr"] as? String, let value = row["sensor_current"] as? NSNumber {
                found[title] = value.intValue
            }
        }
        return found
    }

    @Test func `thirty-seven people at four access points of an Aruba 7010`() throws {
        let reading = try Given.reading("snmpsim-data__network__wifi__aruba-7010.snmprec")
        // grep -c '^1.3.6.1.4.1.14823.2.2.1.4.1.2.1.11' = 37; the same of 5.2.2.1.1.5, the station table.
        #expect(reading.wirelessClients.count == 37)
        // grep -c '^1.3.6.1.4.1.14823.2.2.1.5.2.1.4.1.3' = 4
        #expect(reading.accessPoints.compactMap(\.name).sorted() == ["Test-H", "WRD-EN", "WRD-ES", "WRD-WS-1"])
        #expect(reading.accessPoints.allSatisfy { $0.model == "225" && $0.serial != nil && $0.network != nil })
        // All 37 BSSIDs stand in column 2 of 5.2.1.7: 36 of them as wrd-dot1x, one as wrd-portal.
        #expect(reading.wirelessClients.filter { $0.ssid == "wrd-dot1x" }.count == 36)
        #expect(reading.wirelessClients.filter { $0.ssid == "wrd-portal" }.count == 1)
        #expect(reading.wirelessClients.allSatisfy { $0.accessPoint != nil && $0.networks.count == 1 })
        // wlanESSIDEncryptionType is 0x0200 (wpa2-8021x-aes), 0x8000 (none) and 0x0400 (wpa2-psk-aes).
        let security = Dictionary(uniqueKeysWithValues: reading.wirelessNetworks.map { ($0.ssid, $0.security) })
        #expect(security["wrd-dot1x"] == .enterprise && security["wrd-portal"] == .open)
        #expect(security["wrd-iot"] == .sharedKey && security["DHCP-Test-15"] == .sharedKey && security.count == 7)
        #expect(reading.wirelessClients.filter { $0.security == .enterprise }.count == 36)
        #expect(reading.wirelessClients.filter { $0.security == .open }.count == 1)
        #expect(reading.wirelessClients.allSatisfy { $0.user != nil && $0.userAgent != nil })
    }

    @Test func `nobody's name leaves the reading, only a hash that the key makes`() throws {
        let reading = try Given.reading("snmpsim-data__network__wifi__aruba-7010.snmprec")
        var silent = SwitchTeller(site: "main", sensor: "walk", agent: "wlc")
        var telling = SwitchTeller(site: "main", sensor: "walk", agent: "wlc") { "person:\($0.utf8.count)" }
        func users(_ observations: [Observation]) -> [String?] {
            observations.compactMap { if case .wireless(let station) = $0.body { .some(station.user) } else { nil } }
        }
        let quiet = silent.tell(reading, at: .epoch)
        let told = telling.tell(reading, at: .epoch)
        #expect(users(quiet).count == 37 && users(quiet).allSatisfy { $0 == nil })
        #expect(users(told).allSatisfy { $0?.hasPrefix("person:") == true })
        // 77616e67686f6e676a69, the first row's name.
        #expect(!"\(quiet)\(told)".contains("wanghongji"))
        #expect(!"\(reading.wirelessClients)".contains("wanghongji"))
    }

    @Test func `a Catalyst 240AC counts what LibreNMS counts, and lists nobody`() throws {
        let name = "librenms__ciscowlc_cbw240ac.snmprec"
        let reading = try Given.reading(name)
        #expect(reading.wirelessClients.isEmpty)
        let counts = try sensors(name, "clients")
        #expect(reading.wirelessNetworks.compactMap(\.stations).reduce(0, +) == counts["Clients: Total"])
        for network in reading.wirelessNetworks { #expect(network.stations == counts["SSID: \(network.ssid)"]) }
        #expect(reading.wirelessNetworks.count == 5)
        // grep -c '^1.3.6.1.4.1.14179.2.2.1.1.3' = 4
        #expect(reading.accessPoints.count == 4)
        #expect(try sensors(name, "ap-count")["Connected APs"] == 4)
        // Its columns on security are not in the recording: nothing is guessed.
        #expect(reading.wirelessNetworks.allSatisfy { $0.security == nil })
    }

    @Test func `two Instant access points without a client`() throws {
        let name = "librenms__aruba-instant_105.snmprec"
        let reading = try Given.reading(name)
        #expect(try sensors(name, "clients")["Total Clients"] == reading.wirelessClients.count)
        #expect(try sensors(name, "ap-count")["Total APs"] == reading.accessPoints.count)
        #expect(reading.wirelessNetworks.map(\.ssid) == ["instant-test"])
        #expect(reading.accessPoints.map(\.serial) == ["BT0489813", "BT0490379"])
        #expect(reading.accessPoints.allSatisfy { $0.model == "105" })
    }

    @Test func `a Huawei AC6605 counts seven stations in three networks at one access point`() throws {
        let name = "librenms__vrp_ac6605-26.snmprec"
        let reading = try Given.reading(name)
        let counts = try sensors(name, "clients")
        for network in reading.wirelessNetworks { #expect(network.stations == counts["SSID: \(network.ssid)"]) }
        #expect(reading.wirelessNetworks.compactMap(\.stations).reduce(0, +) == 7 && counts["Total Clients"] == 7)
        #expect(reading.accessPoints.map(\.name) == ["TestAP-NAME"])
        #expect(reading.accessPoints.map(\.model) == ["AP7050DN-E"])
        #expect(reading.wirelessClients.isEmpty)
    }

    @Test func `no other recording holds a station`() throws {
        let holding = try Given.all.filter { try !Given.reading($0).wirelessClients.isEmpty }
        #expect(holding == ["snmpsim-data__network__wifi__aruba-7010.snmprec"])
    }
}
