//===----------------------------------------------------------------------===//
// Wardlight · Inventory
//
// Records: what is kept of one device.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// What makes a device one device: a hardware address, a network address, or a name behind a gateway, at one site.
struct DeviceKey: Hashable, Sendable, Comparable {
    enum Kind: UInt8, Sendable {
        case hardware, network, child
    }
    let site: UInt32
    let kind: Kind
    let high: UInt64
    let low: UInt64

    static func < (one: Self, other: Self) -> Bool {
        if one.site != other.site { return one.site < other.site }
        if one.kind != other.kind { return one.kind.rawValue < other.kind.rawValue }
        return one.high != other.high ? one.high < other.high : one.low < other.low
    }
}

/// One value of one device: where it stands in the pool, how often and when it was seen.
struct Entry: Sendable {
    /// Signal in the high half, number in the pool in the low half: the order of the record's entries.
    let key: UInt64
    var count: UInt64
    var first: Timestamp
    var last: Timestamp
    /// Place of the network address it was first said from, `own` or `foreign`.
    var origin: UInt8

    static let own: UInt8 = 0xFF
    static let foreign: UInt8 = 0xFE

    var signal: Signal { Signal(raw: UInt16(truncatingIfNeeded: key >> 32)) }
    var value: UInt32 { UInt32(truncatingIfNeeded: key) }
}

/// One network address of a device.
struct AddressEntry: Sendable {
    let address: IPAddress
    /// The device itself said so in ARP, neighbour discovery or DHCP.
    var isBound: Bool
}

struct ServiceEntry: Sendable {
    let use: Device.Use
    var origin: UInt8
}

struct Judged: Hashable, Sendable {
    var attribute: Attribute
    var value: String
    var confidence: Int
}

/// Everything kept of one device.
struct Record: Sendable {
    let key: DeviceKey
    /// Forty-eight bits of the id.
    let id: UInt64
    var span: Observation.Span
    var packets: UInt64 = 0
    var bytes: UInt64 = 0
    var parent: UInt64?
    /// Identifier behind the gateway, `eui64:…`.
    var child: String?
    var addresses: [AddressEntry] = []
    /// Sorted by key.
    var entries: [Entry] = []
    var services: [ServiceEntry] = []
    var overflow: UInt64 = 0
    var judged: [Judged] = []
    /// Addresses that found no room in the list: it fronts for very many.
    var foreignAddresses: UInt64 = 0
    /// It was the other end of a talk between a private and a public address.
    var carriesPublicTraffic = false
    var isRouter = false
    var hasChildren = false
    /// Whether anything but its addresses and services is known.
    var hasFacts = false

    /// Stands where a record was given up.
    static let gone = Record(
        key: DeviceKey(site: .max, kind: .child, high: 0, low: 0), id: 0, span: .init(first: .epoch, last: .epoch))

    init(key: DeviceKey, id: UInt64, span: Observation.Span) {
        self.key = key
        self.id = id
        self.span = span
    }

    /// Place of an entry, or where it would go.
    func position(of key: UInt64) -> (place: Int, found: Bool) {
        var low = 0
        var high = entries.count
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].key < key { low = middle + 1 } else { high = middle }
        }
        return (low, low < entries.count && entries[low].key == key)
    }

    /// How many values it has of one signal.
    func count(of signal: Signal) -> Int {
        position(of: (UInt64(signal.raw) + 1) << 32).place - position(of: UInt64(signal.raw) << 32).place
    }

    /// Whether what was said from there was said by the device itself, not by somebody behind it.
    func isOwn(_ origin: UInt8) -> Bool {
        if !isRouter || origin == Entry.own { return true }
        return Int(origin) < addresses.count && addresses[Int(origin)].isBound
    }

    /// Puts an address of its own where one from behind it stood; gives its place, `Entry.foreign` where there is none.
    ///
    /// What was said from the one that went is foreign from now on.
    mutating func giveUpUnboundAddress(for own: IPAddress) -> UInt8 {
        guard let other = addresses.firstIndex(where: { !$0.isBound && $0.address.isV4 == own.isV4 }) else {
            return Entry.foreign
        }
        addresses[other] = AddressEntry(address: own, isBound: true)
        let place = UInt8(other)
        for index in entries.indices where entries[index].origin == place { entries[index].origin = Entry.foreign }
        for index in services.indices where services[index].origin == place { services[index].origin = Entry.foreign }
        return place
    }

    /// The rule for routers, see `Inventory`.
    var looksLikeRouter: Bool {
        guard key.kind == .hardware else { return false }
        if foreignAddresses > 0 { return true }
        var unbound = 0
        var anyPrivate = false
        var publicUnbound: UInt32?
        var manyPublic = false
        for entry in addresses {
            guard let bits = entry.address.v4 else { continue }
            if entry.address.isPrivate { anyPrivate = anyPrivate || !entry.address.isLinkLocal }
            guard !entry.isBound else { continue }
            unbound += 1
            guard !entry.address.isPrivate else { continue }
            if let known = publicUnbound, known >> 16 != bits >> 16 { manyPublic = true }
            publicUnbound = bits
        }
        return unbound > 4 || manyPublic || publicUnbound != nil && (anyPrivate || carriesPublicTraffic)
    }
}

/// What is kept of a device that found no room among the records.
struct Stub: Sendable {
    let key: DeviceKey
    let id: UInt64
    var span: Observation.Span
    var packets: UInt64
    var bytes: UInt64
}
