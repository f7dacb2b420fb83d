//===----------------------------------------------------------------------===//
// Wardlight · Inventory
//
// Records: what is kept of one address.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// What a record is kept by: a hardware address, a network address, or a name behind a gateway, at one site.
struct DeviceKey: Hashable, Sendable, Comparable {
    enum Kind: UInt8, Sendable {
        case hardware, network, child
    }
    let site: UInt32
    let kind: Kind
    /// 0 for the present holder of a network address; past holders, whose lease has ended, are numbered from 1.
    var generation: UInt16 = 0
    let high: UInt64
    let low: UInt64

    init(site: UInt32, kind: Kind, high: UInt64, low: UInt64) {
        self.site = site
        self.kind = kind
        self.high = high
        self.low = low
    }

    init(site: UInt32, hardware bits: UInt64) {
        self.init(site: site, kind: .hardware, high: 0, low: bits)
    }

    init(site: UInt32, network: IPAddress) {
        self.init(site: site, kind: .network, high: network.high, low: network.low)
    }

    static func < (one: Self, other: Self) -> Bool {
        if one.site != other.site { return one.site < other.site }
        if one.kind != other.kind { return one.kind.rawValue < other.kind.rawValue }
        if one.high != other.high { return one.high < other.high }
        return one.low != other.low ? one.low < other.low : one.generation < other.generation
    }
}

/// One value of one device: where it stands in the pool, from which of its addresses it was said, how often and when.
struct Entry: Sendable {
    /// Signal (16 bits), number in the pool (32), origin (8): the order of the record's entries.
    let key: UInt64
    var count: UInt64
    var first: Timestamp
    var last: Timestamp

    /// Said without a network address, or about the link itself.
    static let own: UInt8 = 0xFF
    /// Said from an address that found no room in the list.
    static let foreign: UInt8 = 0xFE

    static func key(_ signal: Signal, _ value: UInt32, _ origin: UInt8) -> UInt64 {
        UInt64(signal.raw) << 40 | UInt64(value) << 8 | UInt64(origin)
    }

    var signal: Signal { Signal(raw: UInt16(truncatingIfNeeded: key >> 40)) }
    var value: UInt32 { UInt32(truncatingIfNeeded: key >> 8) }
    /// Place of the network address it was said from, `own` or `foreign`.
    var origin: UInt8 { UInt8(truncatingIfNeeded: key) }
    /// The same whatever address it was said from.
    var content: UInt64 { key >> 8 }

    func said(from origin: UInt8) -> Entry {
        Entry(key: key & ~0xFF | UInt64(origin), count: count, first: first, last: last)
    }

    mutating func add(_ count: UInt64, _ first: Timestamp, _ last: Timestamp) {
        self.count &+= count
        if first < self.first { self.first = first }
        if last > self.last { self.last = last }
    }
}

/// One network address of a device, with what was sent from it.
struct AddressEntry: Sendable {
    let address: IPAddress
    /// The device itself said so in ARP, neighbour discovery or DHCP.
    var isBound: Bool
    /// It is the device's own even where ARP is not to be believed: it relayed, redistributed or announced from it.
    var isCertain = false
    /// Somebody else's card holds the lease or answered for it.
    var isElsewhere = false
    var span: Observation.Span
    var packets: UInt64 = 0
    var bytes: UInt64 = 0
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

/// A network that a router sends from.
struct FrontedNetwork: Sendable {
    let prefix: UInt32
    /// Of the first address; where there are more it is nobody's interface in particular.
    let first: UInt32
    var isMany = false
}

/// What was sent on, in frames and octets.
struct Forwarded: Hashable, Sendable, Codable {
    var packets: UInt64 = 0
    var bytes: UInt64 = 0
}

/// An address that became part of another record: its facts were added there, and what it says goes there.
struct Absorbed: Sendable {
    let key: DeviceKey
    let id: UInt64
}

/// Everything kept of one address; several records may be one device, see `Inventory+Groups.swift`.
struct Record: Sendable {
    var key: DeviceKey
    /// Forty-eight bits of the id.
    let id: UInt64
    /// Which record this was, of all that were ever made: the oldest of a group keeps its id.
    var born: UInt64 = 0
    var span: Observation.Span
    var packets: UInt64 = 0
    var bytes: UInt64 = 0
    /// The gateway or router it is behind.
    var parent: UInt64?
    /// Identifier behind the gateway, `eui64:…`.
    var child: String?
    var addresses: [AddressEntry] = []
    /// Sorted by key.
    var entries: [Entry] = []
    var services: [ServiceEntry] = []
    var overflow: UInt64 = 0
    var judged: [Judged] = []
    /// How what is judged came about, see `History`.
    var history: [BeliefChange] = []
    /// Addresses that found no room in the list: it fronts for very many.
    var foreignAddresses: UInt64 = 0
    /// Why it is taken for a router; empty where it is not.
    var fronting: Fronting = []
    /// Devices behind it whose addresses it never bound.
    var fronted: UInt32 = 0
    /// Private networks (/24) that it sent from for others, and from how many addresses: at most 64.
    var networks: [FrontedNetwork] = []
    /// How often that was changed; after `mostTurns` it stays as it is.
    var turns: UInt8 = 0
    /// Several systems speak from one of its addresses.
    var isShared = false
    /// Different addresses in a row that it claimed by ARP while other cards held them.
    var claims: UInt8 = 0
    var lastClaim: IPAddress?
    /// Frames and octets that a router sent on for it, before its own were seen.
    var forwarded = Forwarded()
    var router: DeviceKey?
    /// It was the other end of a talk between a private and a public address.
    var carriesPublicTraffic = false
    /// Two of its addresses said what one device would not say twice, though not at the same time yet.
    var hasRivals = false
    var hasChildren = false
    /// Whether anything but its addresses and services is known.
    var hasFacts = false
    /// It was seen on the wire itself, not only named by others.
    var isDirect = false
    /// What it said that names the individual, sorted; see `TieMark`.
    var marks: [TieMark] = []
    /// What ties it to others, and what keeps it apart.
    var links: [Link] = []
    /// The last few local stations it talked to, by id; the oldest goes first.
    var peers: [UInt64] = []
    /// Place of the oldest record of its group; -1 where it is alone.
    var head: Int32 = -1
    /// For the head of a group: the places of all its records, oldest first.
    var members: [Int32] = []
    /// Addresses that were added to this record for good.
    var absorbed: [Absorbed] = []
    /// The last four turns of its group's members, to see whether two of them are there at once.
    var rhythm: [Beat] = []

    static let mostTurns: UInt8 = 3

    /// Stands where a record was given up.
    static let gone = Record(
        key: DeviceKey(site: .max, kind: .child, high: 0, low: 0), id: 0, span: .init(first: .epoch, last: .epoch))

    init(key: DeviceKey, id: UInt64, span: Observation.Span) {
        self.key = key
        self.id = id
        self.span = span
    }

    var isRouter: Bool { !fronting.isEmpty }
    /// ARP binds others' addresses to it: what it claims by ARP is not its own.
    var isFront: Bool { fronting.contains(.rivals) }

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

    /// Its entries of one signal.
    func range(of signal: Signal) -> Range<Int> {
        let start = position(of: UInt64(signal.raw) << 40).place
        return start..<max(start, position(of: (UInt64(signal.raw) + 1) << 40).place)
    }

    /// How many values it has of one signal, each once an address.
    func count(of signal: Signal) -> Int { range(of: signal).count }

    /// Whether it said a value, from whichever address.
    func says(_ signal: Signal, _ value: UInt32) -> Bool {
        let at = position(of: Entry.key(signal, value, 0)).place
        return at < entries.count && entries[at].signal == signal && entries[at].value == value
    }

    /// Whether what was said from there was said by the device itself, not by somebody behind it.
    func isOwn(_ origin: UInt8) -> Bool {
        if !isRouter || origin == Entry.own { return true }
        return Int(origin) < addresses.count && isOwn(addresses[Int(origin)])
    }

    func isOwn(_ address: AddressEntry) -> Bool { address.isCertain || address.isBound && !isFront }
}

/// What is kept of a device that found no room among the records.
struct Stub: Sendable {
    let key: DeviceKey
    let id: UInt64
    var span: Observation.Span
    var packets: UInt64
    var bytes: UInt64
}
