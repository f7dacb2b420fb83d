//===----------------------------------------------------------------------===//
// Wardlight · Inventory
//
// States of what a record is made of, by hand: there are millions of these.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension Record: StateCoded {
    /// Field by field, as they are declared: a new one belongs here as well (a test counts them).
    func write(to state: StateEncoder) throws {
        key.write(to: state)
        state.write(bits: id)
        state.write(born)
        span.write(to: state)
        state.write(packets)
        state.write(bytes)
        try state.write(optional: parent)
        try state.write(optional: child)
        try state.write(addresses)
        try state.write(entries)
        try state.write(services)
        state.write(overflow)
        try state.write(judged)
        try state.write(history)
        state.write(foreignAddresses)
        state.write(UInt64(fronting.rawValue))
        state.write(fronted)
        try state.write(networks)
        state.write(UInt64(turns))
        state.write(isShared)
        state.write(UInt64(claims))
        try state.write(optional: lastClaim)
        state.write(forwarded.packets)
        state.write(forwarded.bytes)
        try state.write(optional: router)
        state.write(carriesPublicTraffic)
        state.write(hasRivals)
        state.write(hasChildren)
        state.write(hasFacts)
        state.write(isDirect)
        try state.write(marks)
        try state.write(links)
        try state.write(peers)
        head.write(to: state)
        try state.write(members)
        try state.write(absorbed)
        try state.write(rhythm)
    }

    init(reading state: StateDecoder) throws {
        let (key, id, born) = (try DeviceKey(reading: state), try state.bits(), try state.number())
        self.init(key: key, id: id, span: try Observation.Span(reading: state))
        self.born = born
        packets = try state.number()
        bytes = try state.number()
        parent = try state.optional()
        child = try state.optional()
        addresses = try state.list()
        entries = try state.list()
        services = try state.list()
        overflow = try state.number()
        judged = try state.list()
        history = try state.list()
        foreignAddresses = try state.number()
        fronting = Fronting(rawValue: try state.number(UInt8.self))
        fronted = try state.number(UInt32.self)
        networks = try state.list()
        turns = try state.number(UInt8.self)
        isShared = try state.flag()
        claims = try state.number(UInt8.self)
        lastClaim = try state.optional()
        forwarded = Forwarded(packets: try state.number(), bytes: try state.number())
        router = try state.optional()
        carriesPublicTraffic = try state.flag()
        hasRivals = try state.flag()
        hasChildren = try state.flag()
        hasFacts = try state.flag()
        isDirect = try state.flag()
        marks = try state.list()
        links = try state.list()
        peers = try state.list()
        head = try Int32(reading: state)
        members = try state.list()
        absorbed = try state.list()
        rhythm = try state.list()
    }
}

extension Judged: StateCoded {
    func write(to state: StateEncoder) {
        state.write(attribute.rawValue)
        state.write(value)
        state.write(confidence)
    }

    init(reading state: StateDecoder) throws {
        guard let attribute = Attribute(rawValue: try state.text()) else { throw StateTrouble.unsupported }
        self.init(attribute: attribute, value: try state.text(), confidence: try state.number(Int.self))
    }
}

extension Link: StateCoded {
    func write(to state: StateEncoder) throws {
        other.write(to: state)
        state.write(UInt64(kind.rawValue))
        try state.write(optional: field)
        try state.write(optional: value)
        state.write(weight)
        state.write(isStrong)
        state.write(reason)
        state.write(moment)
        try state.write(optional: by)
        state.write(order)
    }

    init(reading state: StateDecoder) throws {
        let other = try DeviceKey(reading: state)
        guard let kind = Kind(rawValue: try state.number(UInt8.self)) else { throw StateTrouble.unsupported }
        self.init(
            other: other, kind: kind, field: try state.optional(), value: try state.optional(),
            weight: try state.number(Int.self), isStrong: try state.flag(), reason: try state.text(),
            moment: try state.timestamp(), by: try state.optional(), order: try state.number())
    }
}

extension TieHolders: StateCoded {
    func write(to state: StateEncoder) throws {
        try state.write(places)
        state.write(burntIn)
        state.write(UInt64(strikes))
        state.write(isCommon)
    }

    init(reading state: StateDecoder) throws {
        self.init(
            places: try state.list(), burntIn: try state.number(Int.self), strikes: try state.number(UInt8.self),
            isCommon: try state.flag())
    }
}

extension DeviceKey: StateCoded {
    func write(to state: StateEncoder) {
        state.write(site)
        state.write(UInt64(kind.rawValue))
        state.write(UInt64(generation))
        state.write(high)
        state.write(low)
    }

    init(reading state: StateDecoder) throws {
        let site = try state.number(UInt32.self)
        guard let kind = Kind(rawValue: try state.number(UInt8.self)) else { throw StateTrouble.unsupported }
        let generation = try state.number(UInt16.self)
        self.init(site: site, kind: kind, high: try state.number(), low: try state.number())
        self.generation = generation
    }
}

extension Entry: StateCoded {
    func write(to state: StateEncoder) {
        state.write(key)
        state.write(count)
        state.write(first)
        state.write(last)
    }

    init(reading state: StateDecoder) throws {
        self.init(
            key: try state.number(), count: try state.number(), first: try state.timestamp(),
            last: try state.timestamp())
    }
}

extension AddressEntry: StateCoded {
    func write(to state: StateEncoder) {
        address.write(to: state)
        state.write(UInt64((isBound ? 1 : 0) | (isCertain ? 2 : 0) | (isElsewhere ? 4 : 0)))
        span.write(to: state)
        state.write(packets)
        state.write(bytes)
    }

    init(reading state: StateDecoder) throws {
        let address = try IPAddress(reading: state)
        let flags = try state.number()
        self.init(
            address: address, isBound: flags & 1 != 0, isCertain: flags & 2 != 0, isElsewhere: flags & 4 != 0,
            span: try Observation.Span(reading: state), packets: try state.number(), bytes: try state.number())
    }
}

extension ServiceEntry: StateCoded {
    func write(to state: StateEncoder) {
        state.write(use.service.name)
        state.write(UInt64(use.service.port))
        state.write(UInt64(use.service.transport.rawValue))
        state.write(use.side == .server)
        state.write(UInt64(origin))
    }

    init(reading state: StateDecoder) throws {
        let (name, port) = (try state.text(), try state.number(UInt16.self))
        guard let transport = Service.Transport(rawValue: try state.number(UInt8.self)) else {
            throw StateTrouble.unsupported
        }
        let use = Device.Use(
            service: Service(name: name, port: port, transport: transport), side: try state.flag() ? .server : .client)
        self.init(use: use, origin: try state.number(UInt8.self))
    }
}

extension FrontedNetwork: StateCoded {
    func write(to state: StateEncoder) {
        state.write(prefix)
        state.write(first)
        state.write(isMany)
    }

    init(reading state: StateDecoder) throws {
        self.init(
            prefix: try state.number(UInt32.self), first: try state.number(UInt32.self), isMany: try state.flag())
    }
}

extension Absorbed: StateCoded {
    func write(to state: StateEncoder) {
        key.write(to: state)
        state.write(bits: id)
    }

    init(reading state: StateDecoder) throws { self.init(key: try DeviceKey(reading: state), id: try state.bits()) }
}

extension Beat: StateCoded {
    func write(to state: StateEncoder) {
        place.write(to: state)
        state.write(time)
    }

    init(reading state: StateDecoder) throws {
        self.init(place: try Int32(reading: state), time: try state.timestamp())
    }
}

extension TieMark: StateCoded {
    func write(to state: StateEncoder) {
        state.write(UInt64(kind.rawValue))
        state.write(UInt64(field))
        state.write(bits: hash)
    }

    init(reading state: StateDecoder) throws {
        guard let kind = TieKind(rawValue: try state.number(UInt8.self)) else { throw StateTrouble.unsupported }
        let field = try state.number(UInt16.self)
        self.init(kind: kind, field: Field(rawValue: field), hash: try state.bits())
    }
}

extension TieKey: StateCoded {
    func write(to state: StateEncoder) {
        state.write(site)
        state.write(UInt64(kind.rawValue))
        state.write(bits: hash)
    }

    init(reading state: StateDecoder) throws {
        let site = try state.number(UInt32.self)
        guard let kind = TieKind(rawValue: try state.number(UInt8.self)) else { throw StateTrouble.unsupported }
        self.init(site: site, kind: kind, hash: try state.bits())
    }
}

extension Stub: StateCoded {
    func write(to state: StateEncoder) {
        key.write(to: state)
        state.write(bits: id)
        span.write(to: state)
        state.write(packets)
        state.write(bytes)
    }

    init(reading state: StateDecoder) throws {
        self.init(
            key: try DeviceKey(reading: state), id: try state.bits(), span: try Observation.Span(reading: state),
            packets: try state.number(), bytes: try state.number())
    }
}

extension SiteAddress: StateCoded {
    func write(to state: StateEncoder) {
        state.write(site)
        address.write(to: state)
    }

    init(reading state: StateDecoder) throws {
        self.init(site: try state.number(UInt32.self), address: try IPAddress(reading: state))
    }
}

extension Lease: StateCoded {
    func write(to state: StateEncoder) {
        state.write(hardware)
        state.write(last)
    }

    init(reading state: StateDecoder) throws {
        self.init(hardware: try state.number(), last: try state.timestamp())
    }
}

extension ValuePool.Value: StateCoded {
    func write(to state: StateEncoder) {
        state.write(text)
        state.write(UInt64(signal.raw))
        state.write(uses)
        state.write(UInt64(matches.count))
        for match in matches {
            state.write(match.rule)
            state.write(UInt64(match.condition))
            state.write(UInt64(match.captures.count))
            for capture in match.captures {
                state.write(capture.name)
                state.write(capture.text)
            }
        }
    }

    init(reading state: StateDecoder) throws {
        let (text, signal) = (try state.text(), Signal(raw: try state.number(UInt16.self)))
        let uses = try state.number(UInt32.self)
        var matches: [RuleMatch] = []
        for _ in 0..<(try state.length()) {
            let (rule, condition) = (try state.number(UInt32.self), try state.number(UInt8.self))
            var captures: [Capture] = []
            for _ in 0..<(try state.length()) {
                captures.append(Capture(name: try state.text(), text: try state.text()))
            }
            matches.append(RuleMatch(rule: rule, condition: condition, captures: captures))
        }
        self.init(text: text, signal: signal, uses: uses, matches: matches)
    }
}
