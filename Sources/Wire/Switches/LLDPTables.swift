//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// LLDP-MIB and LLDP-EXT-MED-MIB: who is at the other end of each port?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// What a neighbour says of its hardware by LLDP-MED (ANSI/TIA-1057).
public struct MediaInventory: Hashable, Sendable {
    public var ifIndex: UInt32
    /// The neighbour's address, where its LLDP told one.
    public var hardware: HardwareAddress?
    public var hardwareRevision: String?
    public var firmware: String?
    public var software: String?
    public var serial: String?
    public var maker: String?
    public var model: String?
    public var asset: String?
}

extension SwitchReading {
    private static let local: ObjectName = [1, 0, 8802, 1, 1, 2, 1, 3]
    private static let remote: ObjectName = [1, 0, 8802, 1, 1, 2, 1, 4, 1, 1]
    private static let management: ObjectName = [1, 0, 8802, 1, 1, 2, 1, 4, 2, 1]
    /// lldpXdot3RemPortTable of LLDP-EXT-DOT3-MIB (IEEE 802.1AB, annex G).
    private static let cableEntry: ObjectName = [1, 0, 8802, 1, 1, 2, 1, 5, 4623, 1, 3, 1, 1]
    private static let medInventoryEntry: ObjectName = [1, 0, 8802, 1, 1, 2, 1, 5, 4795, 1, 3, 3, 1]

    /// Kinds of chassis and port identifiers (IEEE 802.1AB, 8.5.2.2 and 8.5.3.2); the numbers differ between the two.
    fileprivate enum IdentifierKind { case hardware, network, text }

    fileprivate static func chassisKind(_ subtype: Int64?) -> IdentifierKind {
        subtype == 4 ? .hardware : subtype == 5 ? .network : .text
    }

    fileprivate static func portKind(_ subtype: Int64?) -> IdentifierKind {
        subtype == 3 ? .hardware : subtype == 4 ? .network : .text
    }

    mutating func readChassis(_ rows: SNMPRows) {
        if Self.chassisKind(rows.scalar(Self.local + [1])?.number) == .hardware,
            let octets = rows.scalar(Self.local + [2])?.octets, let address = Self.looseHardware(octets)
        {
            chassis = address
        }
        // dot1dBaseBridgeAddress
        let bridge = rows.scalar([1, 3, 6, 1, 2, 1, 17, 1, 1])?.hardware
        if let bridge, bridge.isIndividual {
            bridgeAddresses.insert(bridge)
            if chassis == nil { chassis = bridge }
        }
    }

    private struct RemoteKey: Hashable, Comparable {
        var port: UInt32
        var index: UInt32
        static func < (one: Self, other: Self) -> Bool { (one.port, one.index) < (other.port, other.index) }
    }

    private struct Remote {
        var words = LLDPWords()
        var address: IPAddress?
        var med: MediaInventory?
        var offers: [String] = []
    }

    mutating func readLLDP(_ rows: SNMPRows) {
        var found: [RemoteKey: Remote] = [:]
        func each(_ entry: ObjectName, _ number: UInt32, _ change: (inout Remote, SNMPValue) -> Void) {
            for cell in rows.column(entry, number) where cell.index.count == 3 {
                let index = Array(cell.index)
                change(&found[RemoteKey(port: index[1], index: index[2]), default: Remote()], cell.value)
            }
        }
        each(Self.remote, 4) { $0.words.chassisKind = $1.number }
        each(Self.remote, 5) { $0.words.chassis = $1.octets }
        each(Self.remote, 6) { $0.words.portKind = $1.number }
        each(Self.remote, 7) { $0.words.port = $1.octets }
        each(Self.remote, 8) { $0.words.portSummary = $1.text }
        each(Self.remote, 9) { $0.words.name = $1.text }
        each(Self.remote, 10) { $0.words.summary = $1.text }
        each(Self.remote, 11) { $0.words.supported = $1.octets }
        each(Self.remote, 12) { $0.words.enabled = $1.octets }
        readManagement(rows) { key, address in if found[key] != nil { found[key]?.address = address } }
        for (number, path) in Self.medColumns {
            each(Self.medInventoryEntry, number) { remote, value in
                guard let text = value.text else { return }
                remote.med = remote.med ?? MediaInventory(ifIndex: 0)
                remote.med?[keyPath: path] = text
            }
        }
        each(Self.cableEntry, 3) { remote, value in
            // Written as the octets that stood in the frame: 16 bits, as MAU-MIB's.
            if let octets = value.octets, octets.count == 2 { remote.offers = Self.capabilities(octets) }
        }
        let ports = localPorts(rows)
        for (key, remote) in found.sorted(by: { $0.key < $1.key }) {
            guard remote.words.isSomething,
                let ifIndex = ports[key.port] ?? ifIndex(ofBasePort: key.port)
            else { continue }
            add(remote, at: ifIndex)
        }
    }

    private static var medColumns: [(UInt32, WritableKeyPath<MediaInventory, String?>)] {
        [
            (1, \.hardwareRevision), (2, \.firmware), (3, \.software), (4, \.serial), (5, \.maker), (6, \.model),
            (7, \.asset),
        ]
    }

    private mutating func add(_ remote: Remote, at ifIndex: UInt32) {
        var neighbour = remote.words.neighbour(at: ifIndex)
        neighbour.address = remote.address ?? neighbour.address
        neighbours.append(neighbour)
        // Several neighbours at one port are behind a bridge: none of them is the other end.
        if !remote.offers.isEmpty {
            let isFirst = lldpSpeakers.insert(ifIndex).inserted
            media[ifIndex, default: PortMedium()].partnerSaid = isFirst ? remote.offers : []
        }
        if var med = remote.med {
            med.ifIndex = ifIndex
            med.hardware = neighbour.hardware
            medInventory.append(med)
        }
    }

    /// lldpRemManAddr stands in the index: time, port, number, kind, length, octets.
    private func readManagement(_ rows: SNMPRows, _ take: (RemoteKey, IPAddress) -> Void) {
        for column: UInt32 in [3, 4, 5] {
            for cell in rows.column(Self.management, column) {
                let index = Array(cell.index)
                guard index.count >= 9, index[3] == 1 && index[4] == 4 || index[3] == 2 && index[4] == 16,
                    index.count == 5 + Int(index[4])
                else { continue }
                let octets = index[5...].compactMap(UInt8.init(exactly:))
                guard let address = SNMPValue.network(octets), address.isIndividual else { continue }
                take(RemoteKey(port: index[1], index: index[2]), address)
            }
        }
    }

    /// LLDP numbers its ports by itself; what a port is called leads to the interface.
    private func localPorts(_ rows: SNMPRows) -> [UInt32: UInt32] {
        let entry = Self.local + [7, 1]
        var kinds: [UInt32: Int64] = [:]
        for cell in rows.column(entry, 2) where cell.index.count == 1 {
            kinds[cell.index.first ?? 0] = cell.value.number
        }
        var ports: [UInt32: UInt32] = [:]
        for number: UInt32 in [3, 4] {
            for cell in rows.column(entry, number) where cell.index.count == 1 {
                guard let port = cell.index.first, ports[port] == nil, let octets = cell.value.octets else { continue }
                if number == 3, Self.portKind(kinds[port]) == .hardware, let address = Self.looseHardware(octets) {
                    let owners = interfaces.filter { $0.hardware == address }
                    // A whole switch may show one address at all its ports.
                    if owners.count == 1 { ports[port] = owners[0].ifIndex }
                } else if let text = SNMPValue.text(octets) {
                    ports[port] = ifIndex(named: text, isExact: number == 3)
                }
            }
        }
        return ports
    }

    private func ifIndex(named text: String, isExact: Bool) -> UInt32? {
        let named = interfaces.filter { $0.name == text || $0.descr == text }
        if let first = named.first, named.count == 1 { return first.ifIndex }
        return isExact ? nil : interfaces.first { $0.alias == text && $0.isEthernet }?.ifIndex
    }

    fileprivate static func identifier(
        _ octets: [UInt8], _ kind: IdentifierKind
    ) -> (text: String?, hardware: HardwareAddress?, network: IPAddress?) {
        switch kind {
        case .hardware:
            if let address = looseHardware(octets) { return (address.description, address, nil) }
        case .network:
            // The first octet is the kind of address (IANA: 1 is IPv4, 2 IPv6).
            if octets.count == 5 || octets.count == 17, let address = SNMPValue.network(Array(octets[1...])) {
                return (address.description, nil, address)
            }
        case .text: break
        }
        let isPlain = octets.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0 }
        if isPlain || octets.count > 32 { return (SNMPValue.text(octets), nil, nil) }
        return (octets.map { hexadecimal($0) }.joined(separator: ":"), nil, nil)
    }

    /// Six octets, or the address as text in any of the usual forms, also `B8 A4 4F 1B E2 1D`.
    static func looseHardware(_ octets: [UInt8]) -> HardwareAddress? {
        let address =
            SNMPValue.hardware(octets)
            ?? HardwareAddress(String(decoding: octets.prefix(32).map { $0 == 0x20 ? 0x3A : $0 }, as: UTF8.self))
        return address.flatMap { $0.isIndividual ? $0 : nil }
    }

    /// LldpSystemCapabilitiesMap: bits from the left.
    fileprivate static func abilities(_ octets: [UInt8]) -> [SwitchNeighbour.Ability] {
        // Two octets at most; an agent that writes the bits as text (`28 2 4`) is read as such.
        var first = octets.first ?? 0
        if octets.count > 2, let high = hexadecimalDigit(octets[0]), let low = hexadecimalDigit(octets[1]) {
            first = high << 4 | low
        }
        let bits: [(UInt8, SwitchNeighbour.Ability)] = [
            (0x80, .other), (0x40, .repeater), (0x20, .bridge), (0x10, .accessPoint), (0x08, .router),
            (0x04, .telephone), (0x02, .cable), (0x01, .station),
        ]
        return bits.filter { first & $0.0 != 0 }.map(\.1).sorted()
    }
}

/// What a neighbour says by LLDP, whichever MIB holds it.
struct LLDPWords: Hashable, Sendable {
    var chassisKind: Int64?
    var chassis: [UInt8]?
    var portKind: Int64?
    var port: [UInt8]?
    var portSummary: String?
    var name: String?
    var summary: String?
    var supported: [UInt8]?
    var enabled: [UInt8]?

    var isSomething: Bool { chassis != nil || port != nil || name != nil }

    func neighbour(at ifIndex: UInt32) -> SwitchNeighbour {
        var neighbour = SwitchNeighbour(agent: "", ifIndex: ifIndex, via: .lldp)
        let chassis = self.chassis.map { SwitchReading.identifier($0, SwitchReading.chassisKind(chassisKind)) }
        let port = self.port.map { SwitchReading.identifier($0, SwitchReading.portKind(portKind)) }
        neighbour.chassis = chassis?.text
        neighbour.port = port?.text
        // The chassis is the device; a port's address is that of one of its cards, and all there is of a small one.
        neighbour.hardware = chassis?.hardware ?? port?.hardware
        neighbour.portSummary = portSummary
        neighbour.name = name
        neighbour.summary = summary
        neighbour.address = chassis?.network
        let now = SwitchReading.abilities(enabled ?? [])
        neighbour.abilities = now.isEmpty ? SwitchReading.abilities(supported ?? []) : now
        return neighbour
    }
}
