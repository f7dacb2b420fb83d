//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// Wireless of Huawei (HUAWEI-WLAN-STATION-MIB, -AP-MIB, -VAP-MIB) and Cambium (CAMBIUM-MIB, CAMBIUM-PMP80211-MIB).
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension WirelessReading {
    private static let huaweiPoints: ObjectName = [1, 3, 6, 1, 4, 1, 2011, 6, 139, 13, 3, 3, 1]
    private static let huaweiStations: ObjectName = [1, 3, 6, 1, 4, 1, 2011, 6, 139, 18, 1, 2, 1]
    private static let huaweiNetworks: ObjectName = [1, 3, 6, 1, 4, 1, 2011, 6, 139, 17, 1, 2, 1]

    /// Access controllers: hwWlanStationTable by the station's address.
    mutating func readHuawei(_ rows: SNMPRows) {
        for row in rows.table(Self.huaweiPoints, columns: [2, 3, 4, 13], most: Self.mostAccessPoints) {
            guard row.index.count == 6, let hardware = row.hardware(at: 0) else { continue }
            var point = AccessPoint(agent: "", hardware: hardware)
            point.serial = row.text(2)
            point.model = row.text(3)
            point.name = row.text(4)
            point.network = row.network(13)
            add(point)
        }
        // Stations at 2.4 and at 5 GHz by the network's name, with its length before it.
        for row in rows.table(Self.huaweiNetworks, columns: [2, 3], most: Self.mostNetworks) {
            guard let length = row.index.first, row.index.count == Int(clamping: length) + 1,
                let ssid = row.text(at: 1..<row.index.count)
            else { continue }
            var network = WirelessNetwork(ssid: ssid)
            let counts = [row.number(2), row.number(3)].compactMap { $0.map { max(0, min($0, Self.mostClients)) } }
            network.stations = counts.isEmpty ? nil : counts.reduce(0, +)
            add(network)
        }
        let columns: [UInt32] = [2, 3, 4, 17, 18, 19, 20, 21, 24, 25, 26, 42]
        for row in rows.table(Self.huaweiStations, columns: columns, most: Self.mostClients) {
            guard row.index.count == 6, let hardware = row.hardware(at: 0) else { continue }
            // hwWlanStaStatus: aged out, and kept for the other controller of a pair.
            if let status = row.number(19), status == 1 || status == 5 { continue }
            var client = WirelessClient(hardware: hardware)
            client.user = row.user(2)
            client.accessPointAddress = row.hardware(17) ?? row.hardware(3)
            client.accessPoint = row.text(4)
            // Column 16 is the profile's name in the controller, 18 what is in the air.
            client.ssid = row.text(18)
            client.security = Self.security(method: row.number(20), cipher: row.number(21))
            client.vlan = row.vlan(24)
            client.networks = [row.network(25), row.network(26)].compactMap { $0 }
            client.signal = row.signal(42)
            add(client)
        }
    }

    /// hwWlanStaAuthenMethod with hwWlanStaEncryptMethod.
    private static func security(method: Int?, cipher: Int?) -> WirelessSecurity? {
        switch cipher {
        case 2, 3: return .wep
        case 4: return .tkip
        default: break
        }
        switch method {
        case 1, 2, 3, 4: return cipher == 6 ? .open : nil
        case 5, 6, 7, 8: return .wep
        case 9, 13, 17, 22: return .enterprise
        case 10, 11, 12, 14, 15, 16, 18, 19, 20, 21, 23: return .sharedKey
        default: return cipher == 6 ? .open : nil
        }
    }

    // MARK: Cambium

    private static let cambiumClients: ObjectName = [1, 3, 6, 1, 4, 1, 17713, 22, 1, 3, 1]
    private static let cambiumNetworks: ObjectName = [1, 3, 6, 1, 4, 1, 17713, 22, 1, 4, 1]
    private static let subscribers: ObjectName = [1, 3, 6, 1, 4, 1, 17713, 21, 1, 2, 30, 1]

    /// cnPilot: the agent is the access point itself. ePMP: its subscribers are the other ends of radio links.
    mutating func readCambium(_ rows: SNMPRows, _ name: String?) {
        for row in rows.table(Self.cambiumNetworks, columns: [2, 5, 7], most: Self.mostNetworks) {
            guard let ssid = row.text(2) else { continue }
            var network = WirelessNetwork(ssid: ssid)
            network.security = row.text(5).flatMap(Self.security)
            network.stations = row.number(7).map { max(0, min($0, Self.mostClients)) }
            add(network)
        }
        for row in rows.table(Self.cambiumClients, columns: [2, 3, 5, 10], most: Self.mostClients) {
            guard let hardware = row.hardware(2) else { continue }
            var client = WirelessClient(hardware: hardware)
            client.networks = row.network(3).map { [$0] } ?? []
            client.ssid = row.text(5)
            client.vlan = row.vlan(10)
            client.accessPoint = name
            add(client)
        }
        for row in rows.table(Self.subscribers, columns: [1], most: Self.mostClients) {
            guard let hardware = row.hardware(1) else { continue }
            var client = WirelessClient(hardware: hardware)
            client.accessPoint = name
            add(client)
        }
    }

    /// cambiumWlanSecurity in words: `open`, `wpa2-psk`, `WPA2 Enterprise`, `wpa3-sae`.
    private static func security(_ words: String) -> WirelessSecurity? {
        let words = words.lowercased()
        func says(_ parts: String...) -> Bool { parts.contains { words.contains($0) } }
        if says("wep") { return .wep }
        if says("tkip") { return .tkip }
        if says("psk", "sae", "personal", "pre-shared") { return .sharedKey }
        if says("eap", "802.1x", "8021x", "enterprise") { return .enterprise }
        return says("open", "owe", "none") ? .open : nil
    }
}
