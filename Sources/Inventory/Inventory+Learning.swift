//===----------------------------------------------------------------------===//
// Wardlight · Inventory
//
// Learning: whose record is it, and how does a new one begin?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Crypto
import Model

extension Inventory {
    // MARK: Whose is it?

    /// The key of a subject; nil where it names nobody.
    func key(of subject: Subject, site: UInt32) -> DeviceKey? {
        if let child = subject.child {
            // An EUI-64, UDI, IMEI and so on is the same device behind any gateway; a bare serial number is not.
            var text = child
            if !Self.isOneAnywhere(child) {
                text = "\(subject.hardware.map(\.description) ?? subject.network.map(\.description) ?? "")/\(child)"
            }
            let (high, low) = Self.digest(of: text)
            return DeviceKey(site: site, kind: .child, high: high, low: low)
        }
        if let hardware = subject.hardware, hardware.isIndividual {
            return DeviceKey(site: site, kind: .hardware, high: 0, low: hardware.bits)
        }
        if let network = subject.network, network.isIndividual {
            return DeviceKey(site: site, kind: .network, high: network.high, low: network.low)
        }
        return nil
    }

    /// Kinds of identifiers that name one device whoever speaks for it. A bare `serial:` is a gateway's word.
    private static let kindsAnywhere = ["eui64:", "udi:", "imei:", "iccid:", "ble:", "sn:", "tag:"]

    static func isOneAnywhere(_ child: String) -> Bool { kindsAnywhere.contains(where: child.hasPrefix) }

    /// The record of a key, made when it is the first time or when a stub has more to say.
    ///
    /// - Parameter isMakingRoom: False while other records are being moved about: then the tables may be exceeded by a
    ///   few until the next observation.
    mutating func record(
        at key: DeviceKey, as subject: Subject, span: Observation.Span, saying fact: (Field, String)?, promote: Bool,
        isMakingRoom: Bool = true, _ changes: inout [InventoryChange]
    ) -> (place: Int, isRecord: Bool) {
        if let place = places[key] {
            if place >= 0 { return (Int(place), true) }
            guard promote else { return (Int(-1 - place), false) }
            if isMakingRoom { makeRoom(&changes) }
            // Making room moves stubs about, and may even forget this one.
            if let now = places[key], now < 0 { return (promoteStub(at: Int(-1 - now), subject, &changes), true) }
        }
        if isMakingRoom { makeRoom(&changes) }
        let id = birth(of: subject, key: key, saying: fact)
        let new = insert(Record(key: key, id: id, span: span))
        changes.append(InventoryChange(device: Self.text(ofID: id), kind: .appeared))
        begin(new, subject, &changes)
        return (new, true)
    }

    /// Judges a device anew of which a person spoke; one that was only counted gets its record back.
    mutating func rejudge(_ key: DeviceKey, _ subject: Subject, _ changes: inout [InventoryChange]) {
        guard let place = places[key] else { return }
        if place >= 0 {
            judge(Int(place), &changes)
        } else {
            makeRoom(&changes)
            guard let now = places[key], now < 0 else { return }
            judge(promoteStub(at: Int(-1 - now), subject, &changes), &changes)
        }
    }

    private mutating func promoteStub(
        at place: Int, _ subject: Subject, _ changes: inout [InventoryChange]
    ) -> Int {
        let stub = stubs[place]
        removeStub(at: place)
        let new = insert(Record(key: stub.key, id: stub.id, span: stub.span))
        records[new].packets = stub.packets
        records[new].bytes = stub.bytes
        begin(new, subject, &changes)
        return new
    }

    private mutating func insert(_ record: Record) -> Int {
        var record = record
        births += 1
        record.born = births
        liveRecords += 1
        if let free = freeRecords.popLast() {
            records[Int(free)] = record
            places[record.key] = free
            idPlaces[record.id] = free
            return Int(free)
        }
        records.append(record)
        places[record.key] = Int32(records.count - 1)
        idPlaces[record.id] = Int32(records.count - 1)
        return records.count - 1
    }

    /// What the address alone tells: the maker of the card.
    private mutating func begin(_ place: Int, _ subject: Subject, _ all: inout [InventoryChange]) {
        let span = records[place].span
        var changes: [InventoryChange] = []
        switch records[place].key.kind {
        case .hardware:
            let address = HardwareAddress(bits: records[place].key.low)
            if address.isLocallyAdministered {
                keep(.local, "yes", 1, span, Entry.own, place, judge: false, &changes)
            } else {
                beginVendor(address.bits, place, span)
            }
            if address.isOfRedundantRouters {
                records[place].fronting.insert(.virtual)
                keep(.shape, "router", 1, span, Entry.own, place, judge: false, &changes)
            }
        case .child:
            let child = bounded(subject.child ?? "")
            records[place].child = child
            if child.hasPrefix("eui64:"), let eui = EUI64(child.dropFirst(6)) {
                beginVendor(eui.bits >> 16, place, span)
            } else if child.hasPrefix("ble:"), let address = HardwareAddress(child.dropFirst(4)),
                address.bits >> 46 == 0,
                address.isIndividual, !address.isLocallyAdministered
            {
                // Of a public Bluetooth address; one with higher bits may be random (Core 5.4, vol. 6, part B, 1.3).
                beginVendor(address.bits, place, span)
            } else {
                keep(.shape, "child " + child, 1, span, Entry.own, place, judge: false, &changes)
            }
            adopt(place, by: subject)
        case .network:
            if let address = subject.network { _ = list(address, bound: true, span, place) }
        }
        judge(place, &changes)
        beginTies(place, &all)
    }

    private mutating func beginVendor(_ bits: UInt64, _ place: Int, _ span: Observation.Span) {
        var changes: [InventoryChange] = []
        if let name = knowledge.prefixes.vendor(ofBits: bits) {
            keep(.vendor, bounded(name), 1, span, Entry.own, place, judge: false, &changes)
        }
        let prefix = String(HardwareAddress(bits: bits).description.prefix(13))
        if !knowledge.matches(.prefix, prefix).isEmpty {
            keep(.prefix, prefix, 1, span, Entry.own, place, judge: false, &changes)
        }
    }

    /// Gives a child its parent: the gateway that spoke for it first.
    private mutating func adopt(_ place: Int, by subject: Subject) {
        let site = records[place].key.site
        guard records[place].parent == nil else { return }
        let gateway = Subject(hardware: subject.hardware, network: subject.network)
        guard case .device(let key, _) = owner(of: gateway, site: site) else { return }
        if let parent = places[key] {
            if parent >= 0 {
                records[place].parent = records[Int(parent)].id
            } else {
                records[place].parent = stubs[Int(-1 - parent)].id
            }
        } else {
            // The gateway itself is first heard of now: its id is what it will be given when it is seen.
            records[place].parent = Self.identifier(site: sites[Int(site)], kind: addressKind(key), addressText(key))
        }
    }

    mutating func markGateway(_ place: Int, _ changes: inout [InventoryChange]) {
        guard !records[place].hasChildren else { return }
        records[place].hasChildren = true
        keep(.shape, "gateway", 1, records[place].span, Entry.own, place, judge: true, &changes)
    }

    // MARK: Identifiers

    /// `dev-` and twelve digits.
    static func text(ofID id: UInt64) -> String {
        let digits = String(id, radix: 16)
        return "dev-" + String(repeating: "0", count: 12 - digits.count) + digits
    }

    /// The first 48 bits of SHA-256 of site, a zero octet, and `kind:value`.
    static func identifier(site: String, kind: String, _ value: String) -> UInt64 {
        var hash = SHA256()
        hash.update(data: Array(site.utf8))
        hash.update(data: [0])
        hash.update(data: Array((kind + ":" + value).utf8))
        return hash.finalize().prefix(6).reduce(0) { $0 << 8 | UInt64($1) }
    }

    static func digest(of text: String) -> (UInt64, UInt64) {
        var high: UInt64 = 0
        var low: UInt64 = 0
        for (index, byte) in SHA256.hash(data: Array(text.utf8)).prefix(16).enumerated() {
            if index < 8 { high = high << 8 | UInt64(byte) } else { low = low << 8 | UInt64(byte) }
        }
        return (high, low)
    }

    private func addressKind(_ key: DeviceKey) -> String {
        key.kind == .hardware && !HardwareAddress(bits: key.low).isLocallyAdministered ? "mac" : "address"
    }

    private func addressText(_ key: DeviceKey) -> String {
        key.kind == .hardware
            ? HardwareAddress(bits: key.low).description : IPAddress(high: key.high, low: key.low).description
    }

    /// Chooses the id for life: the strongest identifier that the first observation holds and nobody else has claimed.
    private mutating func birth(of subject: Subject, key: DeviceKey, saying fact: (Field, String)?) -> UInt64 {
        let site = sites[Int(key.site)]
        var weak: [(kind: String, value: String)] = []
        if let (field, value) = fact, field.isSerial { weak.append(("serial", value)) }
        if let child = subject.child {
            let parts = child.split(separator: ":", maxSplits: 1).map(String.init)
            weak.append((parts.first ?? "child", parts.count > 1 ? parts[1] : child))
            weak.append(("child", String(key.high, radix: 16) + String(key.low, radix: 16)))
        } else if addressKind(key) == "address", let (field, value) = fact {
            if field == .dhcpClientId || field == .dhcpv6ClientId { weak.append(("clientId", value)) }
            if field.isName { weak.append(("name", value)) }
        }
        for (kind, value) in weak {
            let id = Self.identifier(site: site, kind: kind, bounded(value))
            if claimed.insert(id).inserted { return id }
        }
        let text = addressText(key)
        let id = Self.identifier(site: site, kind: addressKind(key), text)
        guard key.kind == .network, !claimed.insert(id).inserted else { return id }
        // The address is another device's now: a lease ended.
        for turn in 2..<64 {
            let next = Self.identifier(site: site, kind: "address", "\(text)#\(turn)")
            if claimed.insert(next).inserted { return next }
        }
        return id
    }
}
