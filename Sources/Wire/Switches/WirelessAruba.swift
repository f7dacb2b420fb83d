//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// Aruba's wireless: WLSX-USER-MIB and WLSX-WLAN-MIB of controllers, AI-AP-MIB of Instant access points.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension WirelessReading {
    private static let users: ObjectName = [1, 3, 6, 1, 4, 1, 14823, 2, 2, 1, 4, 1, 2, 1]
    private static let points: ObjectName = [1, 3, 6, 1, 4, 1, 14823, 2, 2, 1, 5, 2, 1, 4, 1]
    private static let radios: ObjectName = [1, 3, 6, 1, 4, 1, 14823, 2, 2, 1, 5, 2, 1, 7, 1]
    private static let names: ObjectName = [1, 3, 6, 1, 4, 1, 14823, 2, 2, 1, 5, 2, 1, 8, 1]
    private static let stations: ObjectName = [1, 3, 6, 1, 4, 1, 14823, 2, 2, 1, 5, 2, 2, 1, 1]

    /// Which radio sends under which address.
    private struct Radio {
        var ssid: String?
        var point: HardwareAddress
    }

    /// ArubaOS controllers: nUserTable by the station's two addresses; its BSSID leads to the access point and the
    /// network's name, and that to how the network is guarded.
    mutating func readAruba(_ rows: SNMPRows) {
        var pointNames: [HardwareAddress: String] = [:]
        for row in rows.table(Self.points, columns: [2, 3, 6, 13], most: Self.mostAccessPoints) {
            guard row.index.count == 6, let hardware = row.hardware(at: 0) else { continue }
            pointNames[hardware] = row.text(3)
            var point = AccessPoint(agent: "", hardware: hardware)
            point.network = row.network(2)
            point.name = row.text(3)
            point.serial = row.text(6)
            // Column 13 is the model's name: "225".
            point.model = row.text(13)
            add(point)
        }
        var byRadio: [HardwareAddress: Radio] = [:]
        // Access point, number of the radio, BSSID.
        for row in rows.table(Self.radios, columns: [2], most: Self.mostAccessPoints * 32) {
            guard row.index.count == 13, let point = row.hardware(at: 0), let radio = row.hardware(at: 7) else {
                continue
            }
            byRadio[radio] = Radio(ssid: row.text(2), point: point)
        }
        for row in rows.table(Self.names, columns: [2, 5], most: Self.mostNetworks) {
            guard let length = row.index.first, row.index.count == Int(clamping: length) + 1,
                let ssid = row.text(at: 1..<row.index.count)
            else { continue }
            var network = WirelessNetwork(ssid: ssid)
            network.stations = row.number(2).map { max(0, min($0, Self.mostClients)) }
            network.security = row.cells[5]?.octets.flatMap(Self.security)
            add(network)
        }
        for row in rows.table(Self.users, columns: [3, 10, 11, 22, 23, 35, 37], most: Self.mostClients) {
            guard row.index.count == 10, let hardware = row.hardware(at: 0) else { continue }
            var client = WirelessClient(hardware: hardware)
            let octets = row.index[6...].compactMap { UInt8(exactly: $0) }
            if octets.count == 4, let network = SNMPValue.network(octets), network.isIndividual {
                client.networks = [network]
            }
            client.user = row.user(3)
            client.accessPointAddress = row.hardware(11)
            let radio = client.accessPointAddress.flatMap { byRadio[$0] }
            client.accessPoint = radio.flatMap { pointNames[$0.point] } ?? row.text(10)
            client.ssid = radio?.ssid
            client.vlan = row.vlan(22)
            client.security = row.number(35).flatMap(Self.security)
            client.userAgent = row.text(37)
            // nUserIsWired; a controller also lists what hangs on its own ports and on those of access points.
            client.isWired = row.number(23) == 1
            add(client)
        }
        // Stations without an address yet stand in the station table only.
        for row in rows.table(Self.stations, columns: [2, 5, 7, 12, 14], most: Self.mostClients) {
            guard row.index.count == 6, let hardware = row.hardware(at: 0), row.number(5) != 2 else { continue }
            var client = WirelessClient(hardware: hardware)
            client.accessPointAddress = row.hardware(2)
            let radio = client.accessPointAddress.flatMap { byRadio[$0] }
            client.accessPoint = radio.flatMap { pointNames[$0.point] }
            client.ssid = row.text(12) ?? radio?.ssid
            client.vlan = row.vlan(7)
            client.signal = row.signal(14)
            add(client)
        }
    }

    /// ArubaEncryptionType, how one station is guarded (ARUBA-TC).
    private static func security(_ kind: Int) -> WirelessSecurity? {
        switch kind {
        // Opportunistic encryption (OWE, 20) keeps listeners out and lets anybody in.
        case 0, 20: .open
        case 1, 2: .wep
        case 3, 4, 7, 8: .tkip
        case 5, 9, 16, 21: .sharedKey
        case 6, 10, 11, 12, 13, 17, 18, 22: .enterprise
        default: nil
        }
    }

    /// ArubaEncryptionMethods, a set of bits; the weakest counts.
    private static func security(_ bits: [UInt8]) -> WirelessSecurity? {
        let kinds: [(bits: [Int], WirelessSecurity)] = [
            ([0, 16], .open), ([1, 2], .wep), ([3, 4, 11, 12], .tkip), ([5, 9, 17, 21], .sharedKey),
            ([6, 8, 10, 13, 14, 18, 19, 22], .enterprise),
        ]
        return kinds.first { kind in
            kind.bits.contains { bit in bit / 8 < bits.count && bits[bit / 8] & (0x80 >> UInt8(bit % 8)) != 0 }
        }?.1
    }

    // MARK: Instant

    private static let instantPoints: ObjectName = [1, 3, 6, 1, 4, 1, 14823, 2, 3, 3, 1, 2, 1, 1]
    private static let instantRadios: ObjectName = [1, 3, 6, 1, 4, 1, 14823, 2, 3, 3, 1, 2, 3, 1]
    private static let instantClients: ObjectName = [1, 3, 6, 1, 4, 1, 14823, 2, 3, 3, 1, 2, 4, 1]
    private static let instantNames: ObjectName = [1, 3, 6, 1, 4, 1, 14823, 2, 3, 3, 1, 1, 7, 1]

    /// Instant access points that govern themselves: aiClientTable says the BSSID, aiWlanTable its name.
    mutating func readArubaInstant(_ rows: SNMPRows) {
        var pointNames: [HardwareAddress: String] = [:]
        var byAddress: [IPAddress: HardwareAddress] = [:]
        for row in rows.table(Self.instantPoints, columns: [2, 3, 4, 6], most: Self.mostAccessPoints) {
            guard row.index.count == 6, let hardware = row.hardware(at: 0) else { continue }
            pointNames[hardware] = row.text(2)
            var point = AccessPoint(agent: "", hardware: hardware)
            point.name = row.text(2)
            point.network = row.network(3)
            point.serial = row.text(4)
            point.model = row.text(6)
            if let network = point.network { byAddress[network] = hardware }
            add(point)
        }
        var byRadio: [HardwareAddress: Radio] = [:]
        for row in rows.table(Self.instantRadios, columns: [3, 4], most: Self.mostAccessPoints * 32) {
            guard row.index.count == 7, let point = row.hardware(at: 0) else { continue }
            if let ssid = row.text(3) { add(WirelessNetwork(ssid: ssid)) }
            if let radio = row.hardware(4) { byRadio[radio] = Radio(ssid: row.text(3), point: point) }
        }
        for row in rows.table(Self.instantNames, columns: [2, 4], most: Self.mostNetworks) {
            guard let ssid = row.text(2) else { continue }
            var network = WirelessNetwork(ssid: ssid)
            // aiSSIDClientNum, since version 8.4.
            network.stations = row.number(4).map { max(0, min($0, Self.mostClients)) }
            add(network)
        }
        for row in rows.table(Self.instantClients, columns: [2, 3, 4, 7], most: Self.mostClients) {
            guard row.index.count == 6, let hardware = row.hardware(at: 0) else { continue }
            var client = WirelessClient(hardware: hardware)
            client.accessPointAddress = row.hardware(2)
            let radio = client.accessPointAddress.flatMap { byRadio[$0] }
            let point = radio?.point ?? row.network(4).flatMap { byAddress[$0] }
            client.accessPoint = point.flatMap { pointNames[$0] }
            client.ssid = radio?.ssid
            client.networks = row.network(3).map { [$0] } ?? []
            add(client)
        }
    }
}
