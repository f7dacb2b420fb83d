//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// Wireless tables: which stations does a controller or an access point serve, and where?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// A station, as its row says it.
public struct WirelessClient: Hashable, Sendable {
    public var hardware: HardwareAddress
    public var networks: [IPAddress] = []
    public var accessPoint: String?
    /// Of the radio that serves it (BSSID), or of its access point.
    public var accessPointAddress: HardwareAddress?
    public var ssid: String?
    public var security: WirelessSecurity?
    public var vlan: UInt16?
    /// dBm.
    public var signal: Int?
    /// Who is logged in: only ever kept as a keyed hash, hence a secret here.
    public var user: Secret?
    /// What its browser says it is, as the controller overheard it.
    public var userAgent: String?
    /// Behind a wired port of an access point or a controller.
    public var isWired = false

    public init(hardware: HardwareAddress) { self.hardware = hardware }

    /// What another table of the same agent adds.
    mutating func add(_ other: Self) {
        for network in other.networks where !networks.contains(network) { networks.append(network) }
        accessPoint = accessPoint ?? other.accessPoint
        accessPointAddress = accessPointAddress ?? other.accessPointAddress
        ssid = ssid ?? other.ssid
        security = security ?? other.security
        vlan = vlan ?? other.vlan
        signal = signal ?? other.signal
        user = user ?? other.user
        userAgent = userAgent ?? other.userAgent
    }
}

/// A network that a controller or an access point offers.
public struct WirelessNetwork: Hashable, Sendable {
    public var ssid: String
    public var security: WirelessSecurity?
    /// How many stations the agent counts in it.
    public var stations: Int?

    public init(ssid: String) { self.ssid = ssid }
}

/// All that the wireless tables of one agent say.
struct WirelessReading {
    var clients: [WirelessClient] = []
    var accessPoints: [AccessPoint] = []
    var networks: [WirelessNetwork] = []
    private var places: [HardwareAddress: Int] = [:]
    private var known: [HardwareAddress: Int] = [:]
    private var named: [String: Int] = [:]

    /// Largest controllers serve 64,000 stations and 6,000 access points.
    static let mostClients = 100_000
    static let mostAccessPoints = 10_000
    /// 517 on Airespace.
    static let mostNetworks = 4_096

    mutating func add(_ client: WirelessClient) {
        guard client.hardware.isIndividual else { return }
        if let place = places[client.hardware] {
            clients[place].add(client)
        } else if clients.count < Self.mostClients {
            places[client.hardware] = clients.count
            clients.append(client)
        }
    }

    mutating func add(_ accessPoint: AccessPoint) {
        guard accessPoint.hardware.isIndividual, known[accessPoint.hardware] == nil,
            accessPoints.count < Self.mostAccessPoints
        else { return }
        known[accessPoint.hardware] = accessPoints.count
        accessPoints.append(accessPoint)
    }

    /// The weakest guard of a name counts: it is offered under that name.
    mutating func add(_ network: WirelessNetwork) {
        if let place = named[network.ssid] {
            networks[place].security = WirelessSecurity.weaker(networks[place].security, network.security)
            if let more = network.stations {
                networks[place].stations = min((networks[place].stations ?? 0) + more, Self.mostClients)
            }
        } else if networks.count < Self.mostNetworks {
            named[network.ssid] = networks.count
            networks.append(network)
        }
    }

    func network(_ ssid: String?) -> WirelessNetwork? { ssid.flatMap { named[$0] }.map { networks[$0] } }
}

extension SwitchReading {
    mutating func readWireless(_ rows: SNMPRows) {
        var reading = WirelessReading()
        reading.readAirespace(rows)
        reading.readLightweight(rows)
        reading.readAironet(rows, system.name)
        reading.readAruba(rows)
        reading.readArubaInstant(rows)
        reading.readHuawei(rows)
        reading.readCambium(rows, system.name)
        // What the row itself does not say, its network does.
        for index in reading.clients.indices where reading.clients[index].security == nil {
            reading.clients[index].security = reading.network(reading.clients[index].ssid)?.security
        }
        wirelessClients = reading.clients
        accessPoints = reading.accessPoints
        wirelessNetworks = reading.networks
    }
}

// MARK: Tables

/// One row of a table, its cells by column.
struct WirelessRow {
    var index: [UInt32]
    var cells: [UInt32: SNMPValue]

    func number(_ column: UInt32) -> Int? { cells[column]?.number.flatMap { Int(exactly: $0) } }
    func text(_ column: UInt32) -> String? { cells[column]?.text }
    func hardware(_ column: UInt32) -> HardwareAddress? {
        cells[column]?.hardware.flatMap { $0.isIndividual && $0.bits != 0 ? $0 : nil }
    }
    /// An address, also one that is written as text; none for `0.0.0.0`.
    func network(_ column: UInt32) -> IPAddress? {
        let value = cells[column]
        let found = value?.network ?? value?.text.flatMap { IPAddress($0) }
        return found.flatMap { $0.isIndividual && !$0.isLoopback ? $0 : nil }
    }
    func vlan(_ column: UInt32) -> UInt16? {
        number(column).flatMap { (1...4_094).contains($0) ? UInt16($0) : nil }
    }
    /// Signal strength where it is one: some agents give a ratio to the noise instead, above zero.
    func signal(_ column: UInt32) -> Int? { number(column).flatMap { (-120..<0).contains($0) ? $0 : nil } }
    func user(_ column: UInt32) -> Secret? { text(column).map { Secret($0) } }

    /// Six numbers of the index as an address.
    func hardware(at place: Int) -> HardwareAddress? {
        guard place >= 0, index.count >= place + 6 else { return nil }
        var bits: UInt64 = 0
        for number in index[place..<place + 6] {
            guard number < 256 else { return nil }
            bits = bits << 8 | UInt64(number)
        }
        return HardwareAddress(bits: bits)
    }

    /// Numbers of the index as a text.
    func text(at range: Range<Int>) -> String? {
        guard range.lowerBound >= 0, range.upperBound <= index.count else { return nil }
        let octets = index[range].compactMap { UInt8(exactly: $0) }
        return octets.count == range.count ? SNMPValue.text(octets) : nil
    }
}

extension SNMPRows {
    /// The wanted columns of a table, in the order of their indices; at most `most` rows.
    func table(_ entry: ObjectName, columns: [UInt32], most: Int) -> [WirelessRow] {
        var places: [ArraySlice<UInt32>: Int] = [:]
        var found: [WirelessRow] = []
        guard has(entry) else { return [] }
        for number in columns {
            for cell in column(entry, number) {
                if let place = places[cell.index] {
                    found[place].cells[number] = cell.value
                } else if found.count < most {
                    places[cell.index] = found.count
                    found.append(WirelessRow(index: Array(cell.index), cells: [number: cell.value]))
                }
            }
        }
        return found.sorted { $0.index.lexicographicallyPrecedes($1.index) }
    }
}
