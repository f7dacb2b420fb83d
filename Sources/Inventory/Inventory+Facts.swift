//===----------------------------------------------------------------------===//
// Wardlight · Inventory
//
// Facts: what one sighting, fact or conversation does to the devices it speaks of.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension Inventory {
    /// The record of a subject, wherever its packets came from; nil for nobody, and for hosts outside.
    ///
    /// - Parameter isLink: Said about this very link, so never by somebody behind a router.
    private mutating func record(
        of subject: Subject, site: UInt32, span: Observation.Span, saying fact: (Field, String)? = nil,
        promote: Bool, isBound: Bool = false, isLink: Bool = false, _ changes: inout [InventoryChange]
    ) -> (place: Int, isRecord: Bool)? {
        // A second time where the first look shows that the card is one of redundant routers.
        for _ in 0..<2 {
            switch owner(of: subject, site: site, isBound: isBound, isLink: isLink, isSaying: fact != nil) {
            case .nobody: return nil
            case .outside(let router):
                guard let place = places[router], place >= 0 else { return nil }
                records[Int(place)].span.include(span)
                return nil
            case .device(let key, nil):
                let isNew = places[key] == nil
                let found = record(at: key, as: subject, span: span, saying: fact, promote: promote, &changes)
                if isNew, found.isRecord, records[found.place].isRouter, subject.child == nil { continue }
                return found
            case .device(let key, let router?):
                let own =
                    key.kind == .hardware
                    ? Subject(hardware: HardwareAddress(bits: key.low)) : Subject(network: subject.network)
                let found = record(at: key, as: own, span: span, saying: fact, promote: promote, &changes)
                if found.isRecord { place(found.place, behind: router, &changes) }
                return found
            }
        }
        return nil
    }

    // MARK: Sightings

    mutating func learn(_ sighting: Observation.Sighting, site: String, _ changes: inout [InventoryChange]) {
        let site = number(ofSite: site)
        let subject = sighting.subject
        let span = sighting.span
        var isBound = sighting.isBinding
        if isBound, subject.child == nil, let card = subject.hardware, card.isIndividual, let network = subject.network,
            network.isIndividual
        {
            isBound = bind(card.bits, network, site, span.last, &changes)
        }
        guard
            let (place, isRecord) = record(
                of: subject, site: site, span: span, promote: sighting.isBinding, isBound: isBound, &changes)
        else {
            countOutside(sighting, site)
            return
        }
        guard isRecord else {
            stubs[place].span.include(span)
            stubs[place].packets &+= sighting.packets
            stubs[place].bytes &+= sighting.bytes
            return
        }
        records[place].span.include(span)
        var sent = (packets: sighting.packets, bytes: sighting.bytes)
        let isForwarded =
            records[place].key.kind != .child && subject.hardware != nil
            && !(records[place].key.kind == .hardware && subject.hardware?.bits == records[place].key.low)
        if isForwarded, records[place].isDirect {
            // Its own frames were seen, too: these are copies, and the router sent them.
            countOutside(sighting, site)
            sent = (0, 0)
        } else if isForwarded {
            forward(sent.packets, sent.bytes, place)
        } else {
            if sighting.packets > 0, !sighting.isBinding {
                turnsDirect(place)
                if let network = subject.network { live(network, place, &changes) }
            }
            records[place].packets &+= sent.packets
            records[place].bytes &+= sent.bytes
        }
        beat(place, span.last, &changes)
        guard subject.child == nil, let network = subject.network else { return }
        let address = note(network, bound: isBound, span, place, sent: sent, &changes)
        if isBound, address != nil { join(network, to: place, span.last, &changes) }
        if !decisions.isEmpty || !corrections.isEmpty, address != nil {
            recall(network, of: records[place].key, &changes)
        }
    }

    /// Frames of hosts outside were sent on by the router: they count as its own, as on the wire.
    private mutating func countOutside(_ sighting: Observation.Sighting, _ site: UInt32) {
        guard let card = sighting.subject.hardware,
            let place = places[DeviceKey(site: site, hardware: card.bits)], place >= 0
        else { return }
        records[Int(place)].packets &+= sighting.packets
        records[Int(place)].bytes &+= sighting.bytes
    }

    /// Puts an address on the list; gives its place, `Entry.foreign` when the list is full.
    mutating func list(_ address: IPAddress, bound: Bool, _ span: Observation.Span, _ place: Int) -> UInt8 {
        let sameKind = records[place].addresses.count { $0.address.isV4 == address.isV4 }
        guard sameKind < limits.addresses && records[place].addresses.count < 250 else { return Entry.foreign }
        records[place].addresses.append(AddressEntry(address: address, isBound: bound, span: span))
        return UInt8(records[place].addresses.count - 1)
    }

    /// Lists a network address, or counts what came from it; gives its place.
    ///
    /// - Returns: Nil where the address was moved to a device of its own, because this one turned out to be a router.
    mutating func note(
        _ address: IPAddress, bound: Bool, certain: Bool = false, _ span: Observation.Span, _ place: Int,
        sent: (packets: UInt64, bytes: UInt64) = (0, 0), _ changes: inout [InventoryChange]
    ) -> UInt8? {
        guard address.isIndividual else { return Entry.own }
        let site = records[place].key.site
        if address.isV4, address.isPrivate, !address.isLinkLocal, !address.isLoopback {
            sitesWithPrivate.insert(site)
        }
        let isHardware = records[place].key.kind == .hardware
        let bound = bound || !isHardware
        var index: UInt8
        var isNews = false
        if let known = records[place].addresses.firstIndex(where: { $0.address == address }) {
            index = UInt8(known)
            records[place].addresses[known].span.include(span)
            if bound && !records[place].addresses[known].isBound {
                records[place].addresses[known].isBound = true
                isNews = true
            }
            if isHardware, !records[place].addresses[known].isBound, !records[place].addresses[known].isElsewhere,
                let card = holder(of: address, site), !isOfOneChassis(card, records[place].key.low)
            {
                records[place].addresses[known].isElsewhere = true
                isNews = true
            }
            // Addresses that were used one after the other may now be in use at once.
            if isHardware, !isNews, records[place].addresses.count > 1, !records[place].isFront {
                isNews = records[place].hasRivals || address.isV4 && !records[place].addresses[known].isBound
            }
        } else {
            index = list(address, bound: bound, span, place)
            if index == Entry.foreign { records[place].foreignAddresses &+= 1 }
            if isHardware, index != Entry.foreign, !bound, let card = holder(of: address, site),
                !isOfOneChassis(card, records[place].key.low)
            {
                records[place].addresses[Int(index)].isElsewhere = true
            }
            isNews = true
        }
        if index != Entry.foreign {
            records[place].addresses[Int(index)].packets &+= sent.packets
            records[place].addresses[Int(index)].bytes &+= sent.bytes
            if certain { records[place].addresses[Int(index)].isCertain = true }
            if records[place].isRouter, !address.isV4, address.isLinkLocal {
                records[place].addresses[Int(index)].isCertain = true
            }
        }
        guard isNews, isHardware, reconsider(place, &changes) else { return index }
        // The list was gone through anew.
        if let now = records[place].addresses.firstIndex(where: { $0.address == address }) { return UInt8(now) }
        return nil
    }

    // MARK: Facts

    mutating func learn(_ fact: Observation.Fact, site: String, _ changes: inout [InventoryChange]) {
        let site = number(ofSite: site)
        let subject = fact.subject
        let isOfRouter =
            fact.field.isOfRouter || fact.field == .dhcpRelayAddress && subject.network?.description == fact.value
        // Link layers and ICMPv6 speak of the link; DHCP does, too, unless it came from a station with an address.
        let isLink =
            isOfRouter || fact.field.isLinkLevel && (subject.network == nil || fact.field.protocolName != "dhcp")
        if fact.field.isLocalSpeech, let network = subject.network, !network.isPrivate, network.isIndividual,
            localOrganisations.count < limits.organisations
        {
            localOrganisations.insert(Organisation(site: site, number: network.organisation))
        }
        // A second time where the card turns out to be a router, and the fact another's.
        for _ in 0..<2 {
            guard
                let (place, isRecord) = record(
                    of: subject, site: site, span: fact.span, saying: (fact.field, fact.value), promote: true,
                    isLink: isLink, &changes), isRecord
            else { return }
            records[place].span.include(fact.span)
            var origin = Entry.own
            if subject.child != nil {
                let gateway = Subject(hardware: subject.hardware, network: subject.network)
                if case .device(let key, _) = owner(of: gateway, site: site), let parent = places[key], parent >= 0 {
                    markGateway(Int(parent), &changes)
                }
            } else if let network = subject.network, isOfRouter || !isLink {
                if fact.field == .dhcpRelayAddress || fact.field == .hsrpGroup || fact.field == .vrrpGroup {
                    relays(place, &changes, isRelay: fact.field == .dhcpRelayAddress)
                }
                let address = note(network, bound: false, certain: isOfRouter, fact.span, place, &changes)
                guard let address else { continue }
                origin = isOfRouter ? Entry.own : address
                if isOfRouter { join(network, to: place, fact.span.last, &changes) }
            }
            records[place].hasFacts = true
            beat(place, fact.span.last, &changes)
            keep(.fact(fact.field), bounded(fact.value), fact.count, fact.span, origin, place, judge: true, &changes)
            return
        }
    }

    /// Adds a value to a record, or counts it when it is there.
    mutating func keep(
        _ signal: Signal, _ text: String, _ count: UInt64, _ span: Observation.Span, _ origin: UInt8, _ place: Int,
        judge isJudged: Bool, _ changes: inout [InventoryChange]
    ) {
        var isElsewhere = false
        if let value = pool.find(signal, text) {
            let known = records[place].position(of: Entry.key(signal, value, origin))
            if known.found {
                repeated(known.place, place, count, span, &changes)
                return
            }
            isElsewhere = records[place].says(signal, value)
        }
        guard hasRoom(for: signal, in: records[place]) else {
            records[place].overflow &+= count
            return
        }
        let value = pool.take(signal, text, knowledge)
        let key = Entry.key(signal, value, origin)
        let at = records[place].position(of: key).place
        records[place].entries.insert(Entry(key: key, count: count, first: span.first, last: span.last), at: at)
        entryCount += 1
        if let field = signal.field, !isElsewhere {
            let id = Self.text(ofID: id(of: place))
            changes.append(InventoryChange(device: id, kind: .learned(field, value: text)))
        }
        if isJudged, !isElsewhere, !pool[value].matches.isEmpty || signal.field?.isState == true {
            judge(place, &changes)
        }
        guard let field = signal.field else { return }
        if origin < Entry.foreign, field.isSingular, records[place].key.kind == .hardware,
            records[place].addresses.count > 1
        {
            _ = reconsider(place, &changes)
        }
        if field == .tcpSyn { share(place, origin, &changes) }
        // The record may have lost it to another just now; what is not its own does not name it.
        if !isElsewhere, records[place].says(signal, value) { mark(place, field, text, span.last, &changes) }
    }

    private mutating func repeated(
        _ at: Int, _ place: Int, _ count: UInt64, _ span: Observation.Span, _ changes: inout [InventoryChange]
    ) {
        let old = records[place].entries[at]
        records[place].entries[at].add(count, span.first, span.last)
        if old.count < 2, old.signal == .fact(.tcpSyn) { share(place, old.origin, &changes) }
        // A state that went back to an earlier value: the latest one counts.
        if old.signal.field?.isState == true, span.last > old.last,
            records[place].head >= 0 || records[place].count(of: old.signal) > 1
        {
            judge(place, &changes)
        }
    }

    func hasRoom(for signal: Signal, in record: Record) -> Bool {
        let total = record.entries.count
        if pool.bytes > limits.poolBytes / 4 * 3 && total >= 64 { return false }
        if total < limits.valuesPerDevice { return true }
        if total >= limits.valuesPerDeviceAtMost || pool.bytes > limits.poolBytes / 2 { return false }
        return record.count(of: signal) < limits.valuesPerField
    }

    /// Takes a value of the record's own away.
    mutating func drop(_ signal: Signal, _ text: String, _ place: Int) {
        guard let value = pool.find(signal, text) else { return }
        let known = records[place].position(of: Entry.key(signal, value, Entry.own))
        guard known.found else { return }
        records[place].entries.remove(at: known.place)
        entryCount -= 1
        pool.release(value)
    }

    // MARK: Conversations

    mutating func learn(_ talk: Observation.Conversation, site: String, _ changes: inout [InventoryChange]) {
        let site = number(ofSite: site)
        let client = learn(talk, .client, site, &changes)
        let server = learn(talk, .server, site, &changes)
        if let client, let server { met(client, server, talk.span.last, &changes) }
    }

    /// - Returns: The key of the record that had this part in it.
    private mutating func learn(
        _ talk: Observation.Conversation, _ side: Device.Use.Side, _ site: UInt32, _ changes: inout [InventoryChange]
    ) -> DeviceKey? {
        let (own, other) = side == .client ? (talk.client, talk.server) : (talk.server, talk.client)
        let spoke = side == .client || talk.isAnswered
        for _ in 0..<2 {
            // Who was only spoken to may not be there at all: a device is what was sighted or said something.
            guard case .device(let key, _) = owner(of: own, site: site, isSaying: false), places[key] != nil,
                let (place, isRecord) = record(of: own, site: site, span: talk.span, promote: spoke, &changes), isRecord
            else { return nil }
            var origin = Entry.own
            if own.child == nil, let network = own.network {
                // Before the address is noted, which may make it a router.
                if own.hardware != nil, records[place].key.kind == .hardware, !records[place].carriesPublicTraffic,
                    network.isIndividual, network.isV4, !network.isPrivate, let peer = other.network, peer.isV4,
                    peer.isIndividual, peer.isPrivate, !peer.isLoopback
                {
                    records[place].carriesPublicTraffic = true
                    sitesWithPrivate.insert(site)
                    if reconsider(place, &changes) { continue }
                }
                if spoke {
                    guard let address = note(network, bound: false, talk.span, place, &changes) else { continue }
                    origin = address
                }
            }
            if spoke { serve(Device.Use(service: talk.service, side: side), talk.span, origin, place, &changes) }
            return records[place].key
        }
        return nil
    }

    private mutating func serve(
        _ use: Device.Use, _ span: Observation.Span, _ origin: UInt8, _ place: Int, _ changes: inout [InventoryChange]
    ) {
        let isKnown = records[place].add(use, from: origin, limit: limits.services)
        if isKnown == nil { return }
        if isKnown == false { records[place].overflow &+= 1 }
        let signal: Signal = use.side == .client ? .client : .server
        let text = bounded("\(use.service.name)/\(use.service.port)")
        let isSaid = pool.find(signal, text).map { records[place].says(signal, $0) } ?? false
        if isSaid || !knowledge.matches(signal, text).isEmpty {
            keep(signal, text, 1, span, origin, place, judge: true, &changes)
        }
    }
}

extension Record {
    /// Adds a service, unless its name is already known for what this only calls `tcp` or `udp`.
    ///
    /// - Returns: Nil where it says nothing new of a known port, false where there was no room.
    mutating func add(_ use: Device.Use, from origin: UInt8, limit: Int) -> Bool? {
        var vague: Int?
        for index in services.indices where services[index].origin == origin {
            if services[index].use == use { return true }
            if use.isVaguer(than: services[index].use) { return nil }
            if services[index].use.isVaguer(than: use) { vague = vague ?? index }
        }
        if let vague {
            services[vague] = ServiceEntry(use: use, origin: origin)
        } else if services.count < limit {
            services.append(ServiceEntry(use: use, origin: origin))
        } else {
            return false
        }
        return true
    }
}

extension Device.Use {
    /// Whether the other names what this only calls `tcp` or `udp`.
    func isVaguer(than other: Device.Use) -> Bool {
        service.name == service.transport.name && other.side == side && other.service.port == service.port
            && other.service.transport == service.transport && other != self
    }
}
