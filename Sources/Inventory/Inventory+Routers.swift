//===----------------------------------------------------------------------===//
// Wardlight · Inventory
//
// Routers: whose words does a card carry that fronts for others?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension Inventory {
    /// To whom the addresses of a packet lead.
    enum Owner {
        case nobody
        /// A host of the Internet, which a router let through.
        case outside(router: DeviceKey)
        case device(DeviceKey, router: DeviceKey?)
    }

    /// Whose words they are: the card's own, or somebody's behind it.
    ///
    /// - Parameters:
    ///   - isBound: The card itself claims the network address, in ARP for one.
    ///   - isLink: Said about this very link, so by the card itself.
    ///   - isSaying: More than that it is there.
    func owner(
        of subject: Subject, site: UInt32, isBound: Bool = false, isLink: Bool = false, isSaying: Bool = true
    ) -> Owner {
        guard let key = key(of: subject, site: site) else { return .nobody }
        // Seen without its card (a flow, a raw capture), but its lease tells whose the address is.
        if key.kind == .network, let network = subject.network, places[key] == nil, let card = holder(of: network, site)
        {
            let known = DeviceKey(site: site, hardware: card)
            if places[known] != nil { return .device(known, router: nil) }
        }
        guard subject.child == nil, key.kind == .hardware, !isLink, let network = subject.network, network.isIndividual,
            let place = places[key], place >= 0, records[Int(place)].isRouter,
            !isOwn(network, of: Int(place), isBound: isBound)
        else { return .device(key, router: nil) }
        guard let target = destination(of: network, behind: key, isSaying: isSaying) else {
            return .outside(router: key)
        }
        return .device(target, router: key)
    }

    /// The device that a network address behind a router stands for; nil for a host outside.
    private func destination(of network: IPAddress, behind router: DeviceKey, isSaying: Bool) -> DeviceKey? {
        if let card = holder(of: network, router.site), card != router.low {
            return DeviceKey(site: router.site, hardware: card)
        }
        guard isInside(network, router.site) else { return nil }
        if !network.isV4, let card = network.embeddedHardware, card.bits != router.low {
            return DeviceKey(site: router.site, hardware: card.bits)
        }
        let key = DeviceKey(site: router.site, network: network)
        // Where all addresses are public, who only passes by may be anybody.
        if !isSaying, !network.isPrivate, places[key] == nil,
            !localOrganisations.contains(Organisation(site: router.site, number: network.organisation))
        {
            return nil
        }
        return key
    }

    /// Whether a router itself answers at an address.
    private func isOwn(_ network: IPAddress, of place: Int, isBound: Bool) -> Bool {
        let isFront = records[place].isFront
        if isBound && !isFront { return true }
        if !network.isV4, network.isLinkLocal { return isOwnLinkLocal(network, of: place) }
        if let known = records[place].addresses.firstIndex(where: { $0.address == network }) {
            return records[place].isOwn(records[place].addresses[known])
        }
        return !isFront
            && leases[SiteAddress(site: records[place].key.site, address: network)]?.hardware == records[place].key.low
    }

    /// No router passes link-local addresses on (RFC 4291, 2.5.6): they are its own, unless they tell another card.
    ///
    /// One of the same maker that was never seen is the router's chassis, whose cards are numbered in a row.
    private func isOwnLinkLocal(_ network: IPAddress, of place: Int) -> Bool {
        let key = records[place].key
        if let card = holder(of: network, key.site), card != key.low { return false }
        guard let card = network.embeddedHardware else { return !records[place].isFront }
        if card.bits == key.low { return true }
        return !records[place].isFront && card.bits >> 24 == key.low >> 24
            && places[DeviceKey(site: key.site, hardware: card.bits)] == nil
    }

    /// Notes behind which router a device is that was never seen on the wire itself.
    mutating func place(_ place: Int, behind router: DeviceKey, _ changes: inout [InventoryChange]) {
        guard records[place].parent == nil, !records[place].isDirect || records[place].key.kind == .network,
            let card = places[router], card >= 0, Int(card) != place
        else { return }
        records[place].parent = records[Int(card)].id
        records[place].router = router
        guard records[place].key.kind == .network else { return }
        records[Int(card)].fronted &+= 1
        enter(place, behind: Int(card), &changes)
    }

    /// It relays DHCP, or speaks as one of redundant routers.
    mutating func relays(_ place: Int, _ changes: inout [InventoryChange], isRelay: Bool) {
        guard records[place].key.kind == .hardware, !records[place].fronting.contains(.relay), isRelay else { return }
        set(records[place].fronting.union(.relay), place, &changes)
    }

    // MARK: Becoming one

    /// Whether the device is now, for the first time, taken for one that fronts for others: then its list of addresses
    /// and what was said from them has changed.
    mutating func reconsider(_ place: Int, _ changes: inout [InventoryChange]) -> Bool {
        var signs = records[place].signsOfFronting
        if !signs.contains(.rivals), records[place].claims > 1 || hasRivals(place) { signs.insert(.rivals) }
        guard signs != records[place].fronting else { return false }
        return set(signs, place, &changes)
    }

    @discardableResult
    private mutating func set(_ signs: Fronting, _ place: Int, _ changes: inout [InventoryChange]) -> Bool {
        let wasRouter = records[place].isRouter
        let wasFront = records[place].isFront
        records[place].fronting = signs
        guard !wasRouter || records[place].isFront && !wasFront else { return false }
        if !wasRouter {
            if records[place].turns < .max { records[place].turns += 1 }
            keep(.shape, "router", 1, records[place].span, Entry.own, place, judge: false, &changes)
            changes.append(
                InventoryChange(
                    device: Self.text(ofID: records[place].id), kind: .fronts(true, because: signs.reason)))
            unlink(.withdrawn, place, &changes)
        }
        // What it claimed by ARP was never its own.
        if records[place].isFront {
            unlink(.binding, place, &changes)
            unlink(.only, place, &changes)
        }
        moveOut(place, &changes)
        return true
    }

    /// Whether two of its addresses, in use at one time, said what one device does not say in two ways.
    private mutating func hasRivals(_ place: Int) -> Bool {
        guard records[place].addresses.count > 1 else { return false }
        // Addresses made of two other cards' addresses.
        let others = records[place].addresses.compactMap { $0.address.embeddedHardware?.bits }
            .filter { $0 != records[place].key.low }
        if Set(others).count > 1 { return true }
        var isThere = false
        for field in Self.singular {
            let range = records[place].range(of: .fact(field))
            if range.count < 2 { continue }
            var said: [UInt8: Set<UInt32>] = [:]
            var order: [UInt8] = []
            for entry in records[place].entries[range] where entry.origin < Entry.foreign {
                if said[entry.origin] == nil { order.append(entry.origin) }
                said[entry.origin, default: []].insert(field == .tcpSyn ? startOfLife(entry.value) : entry.value)
            }
            for (index, one) in order.enumerated() {
                for other in order[(index + 1)...] {
                    let (left, right) = (records[place].addresses[Int(one)], records[place].addresses[Int(other)])
                    guard left.address.isV4 == right.address.isV4, !left.isCertain, !right.isCertain,
                        said[one]?.isDisjoint(with: said[other] ?? []) == true
                    else { continue }
                    isThere = true
                    if left.span.overlaps(right.span) {
                        records[place].hasRivals = true
                        return true
                    }
                }
            }
        }
        records[place].hasRivals = isThere
        return false
    }

    private static let singular = Field.allCases.filter(\.isSingular)

    /// The initial time to live in a signature `4:64:…`; stacks of one system have one.
    private func startOfLife(_ value: UInt32) -> UInt32 {
        let parts = pool[value].text.split(separator: ":", maxSplits: 2)
        return parts.count > 1 ? UInt32(parts[1]) ?? 0 : 0
    }

    /// Several systems behind one address (NAT, a VPN concentrator) cannot be told apart: that is said, and what they
    /// say is not judged as the device's own.
    mutating func share(_ place: Int, _ origin: UInt8, _ changes: inout [InventoryChange]) {
        guard !records[place].isShared, !records[place].isRouter, records[place].key.kind != .child else { return }
        var lives: Set<UInt32> = []
        let range = records[place].range(of: .fact(.tcpSyn))
        for entry in records[place].entries[range] where entry.origin == origin && entry.count > 1 {
            lives.insert(startOfLife(entry.value))
        }
        guard lives.contains(64), lives.contains(128) else { return }
        records[place].isShared = true
        keep(.shape, "several systems", 1, records[place].span, Entry.own, place, judge: true, &changes)
    }

    // MARK: Moving out

    /// What was said from one address, on its way to the device that it is.
    private struct Parcel {
        var address: AddressEntry
        var entries: [Entry] = []
        var services: [ServiceEntry] = []
    }

    /// Gives everything that was said from others' addresses to devices of their own.
    private mutating func moveOut(_ place: Int, _ changes: inout [InventoryChange]) {
        let router = records[place].key
        var parcels: [Parcel] = []
        var parcelOf = [Int](repeating: -1, count: 256)
        var newPlace = [UInt8](repeating: Entry.foreign, count: 256)
        var kept: [AddressEntry] = []
        for (index, address) in records[place].addresses.enumerated() {
            var address = address
            if !address.address.isV4, address.address.isLinkLocal, isOwnLinkLocal(address.address, of: place) {
                address.isCertain = true
            }
            if records[place].isOwn(address) {
                newPlace[index] = UInt8(kept.count)
                kept.append(address)
            } else {
                parcelOf[index] = parcels.count
                parcels.append(Parcel(address: address))
            }
        }
        var remaining: [Entry] = []
        for entry in records[place].entries {
            if entry.origin == Entry.own {
                remaining.append(entry)
            } else if parcelOf[Int(entry.origin)] >= 0 {
                parcels[parcelOf[Int(entry.origin)]].entries.append(entry)
            } else if newPlace[Int(entry.origin)] != Entry.foreign {
                remaining.append(entry.said(from: newPlace[Int(entry.origin)]))
            } else {
                // From an address that found no room: nobody can tell whose it was.
                records[place].overflow &+= entry.count
                pool.release(entry.value)
                entryCount -= 1
            }
        }
        records[place].entries = remaining
        var services: [ServiceEntry] = []
        for var service in records[place].services {
            if service.origin < Entry.foreign {
                if parcelOf[Int(service.origin)] >= 0 {
                    parcels[parcelOf[Int(service.origin)]].services.append(service)
                    continue
                }
                service.origin = newPlace[Int(service.origin)]
            }
            if service.origin != Entry.foreign { services.append(service) }
        }
        records[place].services = services
        records[place].addresses = kept
        records[place].hasRivals = false
        remark(place, &changes)
        for parcel in parcels { deliver(parcel, from: router, place, &changes) }
        judge(place, &changes)
    }

    private mutating func deliver(
        _ parcel: Parcel, from router: DeviceKey, _ source: Int, _ changes: inout [InventoryChange]
    ) {
        let network = parcel.address.address
        let isSaying = parcel.entries.contains { $0.signal.field != nil }
        guard let key = destination(of: network, behind: router, isSaying: isSaying) else {
            for entry in parcel.entries { pool.release(entry.value) }
            entryCount -= parcel.entries.count
            return
        }
        let subject =
            key.kind == .hardware ? Subject(hardware: HardwareAddress(bits: key.low)) : Subject(network: network)
        let (target, _) = record(
            at: key, as: subject, span: parcel.address.span, saying: nil, promote: true, isMakingRoom: false, &changes)
        records[target].span.include(parcel.address.span)
        if !records[target].isDirect {
            // Of one whose own frames were seen these are copies, which the router sent.
            let packets = min(parcel.address.packets, records[source].packets)
            let bytes = min(parcel.address.bytes, records[source].bytes)
            records[source].packets -= packets
            records[source].bytes -= bytes
            forward(packets, bytes, target)
        }
        place(target, behind: router, &changes)
        var origin = Entry.own
        if let known = records[target].addresses.firstIndex(where: { $0.address == network }) {
            origin = UInt8(known)
            records[target].addresses[known].span.include(parcel.address.span)
        } else {
            let index = list(network, bound: true, parcel.address.span, target)
            if index != Entry.foreign { origin = index }
        }
        for service in parcel.services
        where records[target].add(service.use, from: origin, limit: limits.services) == false {
            records[target].overflow &+= 1
        }
        for entry in parcel.entries {
            if entry.signal.field != nil { records[target].hasFacts = true }
            add(entry.said(from: origin), to: target)
        }
        remark(target, &changes)
        judge(target, &changes)
    }

    /// Counts what a router sent on for a device; of a card it may yet turn out that these were copies.
    mutating func forward(_ packets: UInt64, _ bytes: UInt64, _ place: Int) {
        records[place].packets &+= packets
        records[place].bytes &+= bytes
        guard records[place].key.kind == .hardware else { return }
        records[place].forwarded.packets &+= packets
        records[place].forwarded.bytes &+= bytes
    }

    /// Its own frames are seen: what a router sent on were copies of them, and count as the router's.
    mutating func turnsDirect(_ place: Int) {
        guard !records[place].isDirect else { return }
        records[place].isDirect = true
        guard records[place].key.kind == .hardware else { return }
        records[place].parent = nil
        let copies = records[place].forwarded
        guard let key = records[place].router, let card = places[key], card >= 0 else { return }
        records[place].forwarded = Forwarded()
        records[place].packets &-= copies.packets
        records[place].bytes &-= copies.bytes
        records[Int(card)].packets &+= copies.packets
        records[Int(card)].bytes &+= copies.bytes
    }

    /// Adds an entry with the use of its value that it holds.
    mutating func add(_ entry: Entry, to place: Int) {
        let known = records[place].position(of: entry.key)
        if known.found {
            records[place].entries[known.place].add(entry.count, entry.first, entry.last)
        } else if hasRoom(for: entry.signal, in: records[place]) {
            records[place].entries.insert(entry, at: known.place)
            return
        } else {
            records[place].overflow &+= entry.count
        }
        pool.release(entry.value)
        entryCount -= 1
    }

    // MARK: Found to be its own after all

    /// A card bound an address: what was known of the address alone is the card's.
    mutating func join(_ network: IPAddress, to place: Int, _ time: Timestamp, _ changes: inout [InventoryChange]) {
        let key = DeviceKey(site: records[place].key.site, network: network)
        guard records[place].key.kind == .hardware, let other = places[key], other >= 0, Int(other) != place,
            records[Int(other)].key == key, !isLinked(place, key, .binding)
        else { return }
        let isMine = records[Int(other)].parent == records[place].id
        link(
            place, Int(other),
            Link(
                other: key, kind: .binding, weight: TieKind.embedded.weight,
                reason: "ARP, neighbour discovery or DHCP gave the address to this card", moment: time), &changes)
        guard isMine else { return }
        if records[place].fronted > 0 { records[place].fronted -= 1 }
        refute(place, time, &changes)
    }

    /// Withdraws the judgement that it is a router where ARP has shown that its addresses are its own; three times at
    /// most, then it stays one.
    private mutating func refute(_ place: Int, _ time: Timestamp, _ changes: inout [InventoryChange]) {
        var signs = records[place].fronting
        let unbound = records[place].addresses.count { $0.address.isV4 && !$0.isBound && !$0.isCertain }
        if records[place].foreignAddresses == 0, unbound + Int(records[place].fronted) <= 4 { signs.remove(.many) }
        if records[place].addresses.contains(where: { $0.isBound && $0.address.isV4 }) { signs.remove(.networks) }
        guard signs != records[place].fronting, !signs.isEmpty || records[place].turns < Record.mostTurns else {
            return
        }
        records[place].fronting = signs
        guard signs.isEmpty else { return }
        drop(.shape, "router", place)
        let id = records[place].id
        changes.append(
            InventoryChange(
                device: Self.text(ofID: id),
                kind: .fronts(false, because: "it bound the addresses that it sends from by itself")))
        for other in records.indices where records[other].parent == id && records[other].key.kind == .network {
            guard records[other].isLive, records[other].key.site == records[place].key.site else { continue }
            link(
                place, other,
                Link(
                    other: records[other].key, kind: .withdrawn, weight: TieKind.embedded.weight,
                    reason: "the card it came through is no router", moment: time), &changes)
        }
        records[place].fronted = 0
        judge(place, &changes)
    }
}
