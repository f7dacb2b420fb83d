//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// Cisco's wireless: AIRESPACE-WIRELESS-MIB, CISCO-LWAPP-DOT11-CLIENT-MIB and -AP-MIB, CISCO-DOT11-ASSOCIATION-MIB.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension WirelessReading {
    private static let networkTable: ObjectName = [1, 3, 6, 1, 4, 1, 14179, 2, 1, 1, 1]
    private static let stationTable: ObjectName = [1, 3, 6, 1, 4, 1, 14179, 2, 1, 4, 1]
    private static let stationSignals: ObjectName = [1, 3, 6, 1, 4, 1, 14179, 2, 1, 6, 1]
    private static let pointTable: ObjectName = [1, 3, 6, 1, 4, 1, 14179, 2, 2, 1, 1]

    /// A station that is there: idle, on its way out, probing and excluded ones are not (bsnMobileStationStatus).
    private static let present = [2, 3, 4]

    /// AireOS controllers: bsnMobileStationTable by the station's address, bsnAPTable by the address of its radios.
    mutating func readAirespace(_ rows: SNMPRows) {
        let keyed = readNetworks(rows)
        var names: [HardwareAddress: String] = [:]
        for row in rows.table(Self.pointTable, columns: [3, 16, 17, 19, 33], most: Self.mostAccessPoints) {
            guard row.index.count == 6, let radio = row.hardware(at: 0) else { continue }
            names[radio] = row.text(3)
            // What a switch sees of it is the address of its cable, where the controller says that.
            var point = AccessPoint(agent: "", hardware: row.hardware(33) ?? radio)
            point.radio = radio
            point.name = row.text(3)
            point.model = row.text(16)
            point.serial = row.text(17)
            point.network = row.network(19)
            add(point)
        }
        var signals: [[UInt32]: Int] = [:]
        for row in rows.table(Self.stationSignals, columns: [1], most: Self.mostClients) {
            signals[row.index] = row.signal(1)
        }
        let columns: [UInt32] = [2, 3, 4, 7, 9, 29, 30, 31, 32]
        for row in rows.table(Self.stationTable, columns: columns, most: Self.mostClients) {
            guard row.index.count == 6, let hardware = row.hardware(at: 0) else { continue }
            if let status = row.number(9), !Self.present.contains(status) { continue }
            var client = WirelessClient(hardware: hardware)
            client.networks = row.network(2).map { [$0] } ?? []
            client.user = row.user(3)
            client.accessPointAddress = row.hardware(4)
            client.accessPoint = client.accessPointAddress.flatMap { names[$0] }
            client.ssid = row.text(7)
            client.vlan = row.vlan(29)
            client.signal = signals[row.index]
            client.security = Self.security(
                cipher: row.number(31), method: row.number(32), isKeyed: client.ssid.flatMap { keyed[$0] })
            add(client)
        }
    }

    /// bsnDot11EssTable. Says for each name whether one key is shared by all, as far as it says.
    private mutating func readNetworks(_ rows: SNMPRows) -> [String: Bool] {
        var keyed: [String: Bool] = [:]
        let columns: [UInt32] = [2, 8, 13, 14, 16, 17, 38, 45, 53, 55, 56]
        for row in rows.table(Self.networkTable, columns: columns, most: Self.mostNetworks) {
            guard row.index.count == 1, let ssid = row.text(2) else { continue }
            var network = WirelessNetwork(ssid: ssid)
            network.stations = row.number(38).map { max(0, min($0, Self.mostClients)) }
            let isPair = [53, 16].map { row.number($0) == 1 }
            if let key = row.number(isPair[0] ? 56 : 45), isPair.contains(true) { keyed[ssid] = key == 1 }
            if row.number(8) == 1 {
                network.security = .wep
            } else if isPair[1], !isPair[0] || row.number(55) == 1 {
                // WPA as it was first: TKIP, or WEP behind 802.1X.
                network.security = row.number(17) == 5 || row.number(17) == nil ? .tkip : .wep
            } else if isPair.contains(true) {
                network.security = keyed[ssid].map { $0 ? .sharedKey : .enterprise }
            } else if row.number(13) == 1 {
                network.security = row.number(14) == 4 ? .open : .wep
            } else if [8, 13, 16, 53].allSatisfy({ row.number($0) == 0 }) {
                network.security = .open
            }
            add(network)
        }
        return keyed
    }

    /// bsnMobileStationEncryptionCypher and -EapType, with what the network says.
    private static func security(cipher: Int?, method: Int?, isKeyed: Bool?) -> WirelessSecurity? {
        switch cipher {
        case 2, 3, 4: return .wep
        case 1: return .tkip
        case 5: return .open
        case 0, 8:
            if let isKeyed { return isKeyed ? .sharedKey : .enterprise }
            // EAP-TLS, TTLS, PEAP, LEAP, SPEKE, FAST; beyond them stands "not available".
            if let method, (0...5).contains(method) { return .enterprise }
            return nil
        default: return nil
        }
    }

    // MARK: Lightweight access points

    private static let lightweightClients: ObjectName = [1, 3, 6, 1, 4, 1, 9, 9, 599, 1, 3, 1, 1]
    private static let lightweightPoints: ObjectName = [1, 3, 6, 1, 4, 1, 9, 9, 513, 1, 1, 1, 1]

    /// Catalyst 9800 and AireOS: cldcClientTable by the station's address, cLApTable by the address of the radios.
    mutating func readLightweight(_ rows: SNMPRows) {
        var names: [HardwareAddress: String] = [:]
        for row in rows.table(Self.lightweightPoints, columns: [2, 5], most: Self.mostAccessPoints) {
            guard row.index.count == 6, let radio = row.hardware(at: 0) else { continue }
            names[radio] = row.text(5)
            var point = AccessPoint(agent: "", hardware: row.hardware(2) ?? radio)
            point.radio = radio
            point.name = row.text(5)
            add(point)
        }
        for row in rows.table(
            Self.lightweightClients, columns: [6, 7, 8, 10, 13, 27, 28], most: Self.mostClients)
        {
            guard row.index.count == 6, let hardware = row.hardware(at: 0) else { continue }
            var client = WirelessClient(hardware: hardware)
            client.accessPointAddress = row.hardware(8)
            client.accessPoint = client.accessPointAddress.flatMap { names[$0] }
            client.networks = row.network(10).map { [$0] } ?? []
            client.vlan = row.vlan(13)
            client.user = row.user(27)
            client.ssid = row.text(28)
            // WPA and WPA2 do not say who holds the key.
            if row.number(7) == 2 { client.security = .wep }
            // Ethernet and 802.3 stand among the protocols (cldcClientProtocol).
            client.isWired = row.number(6) == 8 || row.number(6) == 9
            add(client)
        }
    }

    // MARK: Access points that stand alone

    private static let aironetClients: ObjectName = [1, 3, 6, 1, 4, 1, 9, 9, 273, 1, 2, 1, 1]
    private static let aironetSignals: ObjectName = [1, 3, 6, 1, 4, 1, 9, 9, 273, 1, 3, 1, 1]

    /// Aironet: cDot11ClientConfigInfoTable by interface, name of the network (with its length) and station.
    mutating func readAironet(_ rows: SNMPRows, _ name: String?) {
        var signals: [[UInt32]: Int] = [:]
        for row in rows.table(Self.aironetSignals, columns: [3], most: Self.mostClients) {
            signals[row.index] = row.signal(3)
        }
        for row in rows.table(Self.aironetClients, columns: [2, 16, 17], most: Self.mostClients) {
            let index = row.index
            guard index.count >= 8, index[1] <= 32, index.count == Int(index[1]) + 8,
                let hardware = row.hardware(at: index.count - 6)
            else { continue }
            var client = WirelessClient(hardware: hardware)
            client.ssid = row.text(at: 2..<index.count - 6)
            client.networks = row.network(16).map { [$0] } ?? []
            client.vlan = row.vlan(17)
            client.accessPoint = name
            client.signal = signals[index]
            add(client)
        }
    }
}
