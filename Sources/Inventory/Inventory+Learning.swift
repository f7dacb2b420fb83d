//===----------------------------------------------------------------------===//
// Wardlight · Inventory
//
// Learning: what one observation does to the devices it speaks of.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Crypto
import Model

extension Inventory {
    // MARK: Whose is it?

    /// The key of a subject; nil where it names nobody.
    mutating func key(of subject: Subject, site: UInt32) -> DeviceKey? {
        if let child = subject.child {
            // An EUI-64 or UDI is the same device behind any gateway; a bare serial number is not.
            var text = child
            if !child.hasPrefix("eui64:") && !child.hasPrefix("udi:") {
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

    /// The record of a subject, made when it is the first time or when a stub has more to say.
    private mutating func record(
        of subject: Subject, site: UInt32, span: Observation.Span, saying fact: (Field, String)?, promote: Bool,
        _ changes: inout [InventoryChange]
    ) -> (place: Int, isRecord: Bool)? {
        guard let key = key(of: subject, site: site) else { return nil }
        if let place = places[key] {
            if place >= 0 { return (Int(place), true) }
            guard promote else { return (Int(-1 - place), false) }
            makeRoom(&changes)
            // Making room moves stubs about, and may even forget this one.
            if let now = places[key], now < 0 { return (promoteStub(at: Int(-1 - now), subject), true) }
        }
        makeRoom(&changes)
        let id = birth(of: subject, key: key, saying: fact)
        let new = insert(Record(key: key, id: id, span: span))
        begin(new, subject)
        changes.append(InventoryChange(device: Self.text(ofID: id), kind: .appeared))
        return (new, true)
    }

    private mutating func promoteStub(at place: Int, _ subject: Subject) -> Int {
        let stub = stubs[place]
        removeStub(at: place)
        let new = insert(Record(key: stub.key, id: stub.id, span: stub.span))
        records[new].packets = stub.packets
        records[new].bytes = stub.bytes
        begin(new, subject)
        return new
    }

    private mutating func insert(_ record: Record) -> Int {
        liveRecords += 1
        if let free = freeRecords.popLast() {
            records[Int(free)] = record
            places[record.key] = free
            return Int(free)
        }
        records.append(record)
        places[record.key] = Int32(records.count - 1)
        return records.count - 1
    }

    /// What the address alone tells: the maker of the card.
    private mutating func begin(_ place: Int, _ subject: Subject) {
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
        case .child:
            let child = bounded(subject.child ?? "")
            records[place].child = child
            if child.hasPrefix("eui64:"), let eui = EUI64(child.dropFirst(6)) {
                beginVendor(eui.bits >> 16, place, span)
            } else {
                keep(.shape, "child " + child, 1, span, Entry.own, place, judge: false, &changes)
            }
            adopt(place, by: subject)
        case .network:
            break
        }
        judge(place, &changes)
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
        guard let key = key(of: gateway, site: site) else { return }
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

    private mutating func markGateway(_ place: Int, _ changes: inout [InventoryChange]) {
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

    private static func digest(of text: String) -> (UInt64, UInt64) {
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
        return Self.identifier(site: site, kind: addressKind(key), addressText(key))
    }

    // MARK: Sightings

    mutating func learn(_ sighting: Observation.Sighting, site: String, _ changes: inout [InventoryChange]) {
        let site = number(ofSite: site)
        guard
            let (place, isRecord) = record(
                of: sighting.subject, site: site, span: sighting.span, saying: nil, promote: sighting.isBinding,
                &changes)
        else { return }
        guard isRecord else {
            stubs[place].span.include(sighting.span)
            stubs[place].packets &+= sighting.packets
            stubs[place].bytes &+= sighting.bytes
            return
        }
        records[place].span.include(sighting.span)
        records[place].packets &+= sighting.packets
        records[place].bytes &+= sighting.bytes
        if sighting.subject.child == nil, let network = sighting.subject.network {
            _ = note(network, bound: sighting.isBinding, place, &changes)
        }
    }

    /// Lists a network address; gives its place, `Entry.foreign` when the list is full.
    private mutating func note(
        _ address: IPAddress, bound: Bool, _ place: Int, _ changes: inout [InventoryChange]
    ) -> UInt8 {
        guard address.isIndividual else { return Entry.own }
        let bound = bound || records[place].key.kind == .network
        if let known = records[place].addresses.firstIndex(where: { $0.address == address }) {
            if bound && !records[place].addresses[known].isBound {
                records[place].addresses[known].isBound = true
                reconsider(place, &changes)
            }
            return UInt8(known)
        }
        let sameKind = records[place].addresses.count { $0.address.isV4 == address.isV4 }
        if sameKind < limits.addresses && records[place].addresses.count < 250 {
            records[place].addresses.append(AddressEntry(address: address, isBound: bound))
            reconsider(place, &changes)
            return UInt8(records[place].addresses.count - 1)
        }
        records[place].foreignAddresses &+= 1
        let taken = bound ? records[place].giveUpUnboundAddress(for: address) : Entry.foreign
        reconsider(place, &changes)
        return taken
    }

    /// Whether the device is (still) taken for a router.
    private mutating func reconsider(_ place: Int, _ changes: inout [InventoryChange]) {
        let isRouter = records[place].looksLikeRouter
        guard isRouter != records[place].isRouter else { return }
        records[place].isRouter = isRouter
        if isRouter {
            keep(.shape, "router", 1, records[place].span, Entry.own, place, judge: false, &changes)
        } else if let value = pool.find(.shape, "router") {
            drop(UInt64(Signal.shape.raw) << 32 | UInt64(value), place)
        }
        judge(place, &changes)
    }

    // MARK: Facts

    mutating func learn(_ fact: Observation.Fact, site: String, _ changes: inout [InventoryChange]) {
        let site = number(ofSite: site)
        guard
            let (place, isRecord) = record(
                of: fact.subject, site: site, span: fact.span, saying: (fact.field, fact.value), promote: true,
                &changes),
            isRecord
        else { return }
        records[place].span.include(fact.span)
        var origin = Entry.own
        if fact.subject.child != nil {
            let gateway = Subject(hardware: fact.subject.hardware, network: fact.subject.network)
            if let key = key(of: gateway, site: site), let parent = places[key], parent >= 0 {
                markGateway(Int(parent), &changes)
            }
        } else if !fact.field.isLinkLevel, let network = fact.subject.network {
            origin = note(network, bound: false, place, &changes)
        }
        records[place].hasFacts = true
        keep(.fact(fact.field), bounded(fact.value), fact.count, fact.span, origin, place, judge: true, &changes)
    }

    /// Adds a value to a record, or counts it when it is there.
    private mutating func keep(
        _ signal: Signal, _ text: String, _ count: UInt64, _ span: Observation.Span, _ origin: UInt8, _ place: Int,
        judge isJudged: Bool, _ changes: inout [InventoryChange]
    ) {
        if let value = pool.find(signal, text) {
            let known = records[place].position(of: key(signal, value))
            if known.found {
                repeated(known.place, place, count, span, origin, &changes)
                return
            }
        }
        guard hasRoom(for: signal, in: records[place]) else {
            records[place].overflow &+= count
            return
        }
        let value = pool.take(signal, text, knowledge)
        let key = key(signal, value)
        let entry = Entry(key: key, count: count, first: span.first, last: span.last, origin: origin)
        let at = records[place].position(of: key).place
        records[place].entries.insert(entry, at: at)
        entryCount += 1
        if let field = signal.field {
            let id = Self.text(ofID: records[place].id)
            changes.append(InventoryChange(device: id, kind: .learned(field, value: text)))
        }
        if isJudged && (!pool[value].matches.isEmpty || signal.field?.isState == true) { judge(place, &changes) }
    }

    private func key(_ signal: Signal, _ value: UInt32) -> UInt64 { UInt64(signal.raw) << 32 | UInt64(value) }

    private mutating func repeated(
        _ at: Int, _ place: Int, _ count: UInt64, _ span: Observation.Span, _ origin: UInt8,
        _ changes: inout [InventoryChange]
    ) {
        let old = records[place].entries[at]
        records[place].entries[at].count &+= count
        if span.first < old.first { records[place].entries[at].first = span.first }
        if span.last > old.last { records[place].entries[at].last = span.last }
        var isNews = false
        if !records[place].isOwn(old.origin) && records[place].isOwn(origin) {
            records[place].entries[at].origin = origin
            isNews = true
        }
        // A state that went back to an earlier value: the latest one counts.
        if old.signal.field?.isState == true, span.last > old.last, records[place].count(of: old.signal) > 1 {
            isNews = true
        }
        if isNews { judge(place, &changes) }
    }

    private func hasRoom(for signal: Signal, in record: Record) -> Bool {
        let total = record.entries.count
        if pool.bytes > limits.poolBytes / 4 * 3 && total >= 64 { return false }
        if total < limits.valuesPerDevice { return true }
        if total >= limits.valuesPerDeviceAtMost || pool.bytes > limits.poolBytes / 2 { return false }
        return record.count(of: signal) < limits.valuesPerField
    }

    private mutating func drop(_ key: UInt64, _ place: Int) {
        let known = records[place].position(of: key)
        guard known.found else { return }
        records[place].entries.remove(at: known.place)
        entryCount -= 1
        pool.release(UInt32(truncatingIfNeeded: key))
    }

    // MARK: Conversations

    /// Whether a name is already known for what this only calls `tcp` or `udp`.
    private func isOvertaken(_ use: Device.Use, _ services: [ServiceEntry]) -> Bool {
        use.service.name == "\(use.service.transport)"
            && services.contains { entry in
                entry.use.side == use.side && entry.use.service.port == use.service.port
                    && entry.use.service.transport == use.service.transport && entry.use != use
            }
    }

    mutating func learn(_ talk: Observation.Conversation, site: String, _ changes: inout [InventoryChange]) {
        let site = number(ofSite: site)
        learn(talk, .client, site, &changes)
        learn(talk, .server, site, &changes)
    }

    private mutating func learn(
        _ talk: Observation.Conversation, _ side: Device.Use.Side, _ site: UInt32, _ changes: inout [InventoryChange]
    ) {
        let (own, other) = side == .client ? (talk.client, talk.server) : (talk.server, talk.client)
        guard let key = key(of: own, site: site) else { return }
        // Who was only spoken to may not be there at all: a device is what was sighted or said something.
        guard places[key] != nil else { return }
        let spoke = side == .client || talk.isAnswered
        guard
            let (place, isRecord) = record(
                of: own, site: site, span: talk.span, saying: nil, promote: spoke, &changes), isRecord
        else { return }
        var origin = Entry.own
        if own.child == nil, let network = own.network {
            if spoke { origin = note(network, bound: false, place, &changes) }
            if key.kind == .hardware, network.isIndividual, network.isV4, !network.isPrivate,
                let peer = other.network, peer.isV4, peer.isIndividual, peer.isPrivate, !peer.isLoopback,
                records[place].carriesPublicTraffic == false
            {
                records[place].carriesPublicTraffic = true
                reconsider(place, &changes)
            }
        }
        guard spoke else { return }
        let use = Device.Use(service: talk.service, side: side)
        if isOvertaken(use, records[place].services) { return }
        if let known = records[place].services.firstIndex(where: { $0.use == use }) {
            if !records[place].isOwn(records[place].services[known].origin) && records[place].isOwn(origin) {
                records[place].services[known].origin = origin
            }
        } else if let vague = records[place].services.firstIndex(where: {
            isOvertaken($0.use, [ServiceEntry(use: use, origin: origin)])
        }) {
            records[place].services[vague] = ServiceEntry(use: use, origin: origin)
        } else if records[place].services.count < limits.services {
            records[place].services.append(ServiceEntry(use: use, origin: origin))
        } else {
            records[place].overflow &+= 1
        }
        let signal: Signal = side == .client ? .client : .server
        let text = bounded("\(talk.service.name)/\(talk.service.port)")
        let isKnown = pool.find(signal, text).map { records[place].position(of: self.key(signal, $0)).found } ?? false
        if isKnown || !knowledge.matches(signal, text).isEmpty {
            keep(signal, text, 1, talk.span, origin, place, judge: true, &changes)
        }
    }
}
