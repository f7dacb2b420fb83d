//===----------------------------------------------------------------------===//
// Wardlight · Inventory
//
// States of what a record is made of, by hand: there are millions of these.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

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
