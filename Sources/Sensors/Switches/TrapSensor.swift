//===----------------------------------------------------------------------===//
// Wardlight · Sensors
//
// The trap sensor: what switches tell by themselves, as observations, the moment they tell it.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import SNMP
import Wire

/// Why nothing can be heard.
public enum TrapTrouble: Error, Hashable, Sendable {
    case notAnAddress(String)
    case cannotOpen(door: String, errno: Int32)
    case nobodyKnown

    /// In one line, with the cure.
    public var words: String {
        switch self {
        case .notAnAddress(let text): "--traps \(text): no address of this machine in numbers."
        case .cannotOpen(let door, 13):
            "\(door): no permission to listen; choose a port above 1023, or as root: setcap cap_net_bind_service+ep on "
                + "the wardlight program."
        case .cannotOpen(let door, 98): "\(door): somebody listens there already (snmptrapd?); choose another port."
        case .cannotOpen(let door, 99): "\(door): not an address of this machine; `ip address` lists them."
        case .cannotOpen(let door, let code): "\(door): cannot listen (error \(code))."
        case .nobodyKnown: "--traps believes only switches that are named: give --switch or --switches as well."
        }
    }
}

/// Listens for traps and informs of named switches: `open`, `hear` as often as there is time, `close`.
///
/// Sends nothing but the confirmation of an inform.
public struct TrapSensor {
    private var gate: TrapGate
    private var counts: [Oddity: UInt64] = [:]
    private var strangers: [[UInt8]] = []
    private var coverage: Coverage
    private let sensor = "traps"
    private let site: String
    private let door: (address: String, port: UInt16)
    private var listener: TrapListener?
    /// Messages that were lost and told of.
    private var toldLost: UInt64 = 0
    /// Strangers that are named in the end; the rest are counted.
    private static let mostStrangers = 3

    /// - Parameters:
    ///   - site: Where the listener itself stands.
    ///   - address: In numbers; empty is every address of this machine.
    ///   - port: 0 is any that is free.
    public init(_ targets: [SwitchTarget], site: String, address: String, port: UInt16) throws(TrapTrouble) {
        self.site = site
        door = (address, port)
        coverage = Coverage(input: "traps \(address.isEmpty ? "" : address + ":")\(port)")
        let addresses = targets.map { target in
            var known = target.otherAddresses.map(Self.octets)
            // Asked of the system once, before anything is heard.
            if let text = SNMPLibrary.address(of: target.host), let own = SNMPLibrary.octets(of: text) {
                known.append(own)
            }
            return known
        }
        gate = TrapGate(targets, addresses: addresses)
        if gate.isEmpty { throw .nobodyKnown }
    }

    private static func octets(of address: IPAddress) -> [UInt8] {
        if let bits = address.v4 { return (0..<4).map { UInt8(truncatingIfNeeded: bits >> UInt32(24 - 8 * $0)) } }
        return (0..<8).map { UInt8(truncatingIfNeeded: address.high >> UInt64(56 - 8 * $0)) }
            + (0..<8).map { UInt8(truncatingIfNeeded: address.low >> UInt64(56 - 8 * $0)) }
    }

    /// Opens the door; from then on the system keeps what comes until it is heard.
    ///
    /// - Returns: The port, also where any was asked for.
    public mutating func open() throws(TrapTrouble) -> UInt16 {
        let name = "\(door.address.isEmpty ? "*" : door.address):\(door.port)"
        do throws(TrapFailure) {
            let listener = try TrapListener(door.address, port: door.port)
            // Informs are sent to our own engine: everybody who may speak has a key there from the start.
            for target in gate.targets {
                if let user = SNMPUser(target.credential) { _ = try? listener.admit(user, engine: []) }
            }
            self.listener = listener
            return listener.port
        } catch {
            switch error {
            case .notAnAddress: throw .notAnAddress(name)
            case .cannotOpen(let code): throw .cannotOpen(door: name, errno: code)
            }
        }
    }

    /// Hears until `isOver`, which is asked at least five times a second.
    ///
    /// - Parameters:
    ///   - now: The clock, for when a notification came: switches' own clocks are not in them.
    ///   - emit: Takes each notification's observations at once.
    public mutating func hear(
        now: () -> Timestamp, isOver: () -> Bool, emit: ([Observation]) throws -> Void
    ) throws {
        guard let listener else { return }
        while !isOver() {
            guard let datagram = listener.wait(milliseconds: 200) else { continue }
            let told = take(datagram, from: listener, at: now())
            if !told.isEmpty { try emit(told) }
        }
    }

    /// What was counted since the last time, where anything was; the door stays open.
    public mutating func report(at time: Timestamp) -> [Observation] {
        let lost = listener?.lost ?? 0
        coverage.dropped = lost > toldLost ? lost - toldLost : 0
        guard coverage.packets > 0 || coverage.dropped > 0 || !counts.isEmpty else { return [] }
        toldLost = max(toldLost, lost)
        return summary(at: time)
    }

    /// Closes the door and says what was counted.
    public mutating func close(at time: Timestamp) -> [Observation] {
        let lost = listener?.lost ?? 0
        coverage.dropped = lost > toldLost ? lost - toldLost : 0
        listener = nil
        return summary(at: time)
    }

    private mutating func take(
        _ datagram: TrapDatagram, from listener: TrapListener, at time: Timestamp
    ) -> [Observation] {
        coverage.packets &+= 1
        coverage.bytes &+= UInt64(datagram.octets.count)
        if coverage.span == nil { coverage.span = Observation.Span(first: time, last: time) }
        coverage.span?.include(time)
        var claimed: TrapGate.Engine?
        var isNew = false
        switch gate.judge(datagram.octets, from: datagram.source) {
        case .refused(let oddity):
            listener.drop()
            counts[oddity, default: 0] += 1
            if oddity == .trapUnknownSource, strangers.count < Self.mostStrangers,
                !strangers.contains(datagram.source)
            {
                strangers.append(datagram.source)
            }
            return []
        case .welcome(let engine):
            if let engine, let user = SNMPUser(gate.targets[engine.target].credential) {
                claimed = engine
                isNew = (try? listener.admit(user, engine: engine.engine)) ?? false
            }
        }
        var isWeak = false
        let gate = self.gate
        let messages = listener.take { message in
            if gate.sender(of: message, from: datagram.source) != nil { return true }
            isWeak = true
            return false
        }
        let sender = messages.first.flatMap { gate.sender(of: $0, from: datagram.source) }
        if let claimed {
            // Keys for an engine that nobody proved go at once: they are made up as fast as messages come. Those of an
            // engine that we ask ourselves stay.
            let over = sender != nil ? self.gate.keep(claimed) : isNew ? claimed : nil
            if let over, let name = gate.user(of: gate.targets[over.target]) {
                listener.dismiss(name, engine: over.engine)
            }
        }
        guard let message = messages.first, let target = sender else {
            // What asks for our engine is no notification, and no trouble.
            if isWeak {
                counts[.trapWeakProof, default: 0] += 1
            } else if case .user("", _, true)? = SNMPEnvelope(datagram.octets.span) {
                coverage.packets &-= 1
            } else {
                counts[.trapBroken, default: 0] += 1
            }
            return []
        }
        coverage.decoded &+= 1
        return observations(message, of: target, at: time)
    }

    private mutating func observations(
        _ message: TrapMessage, of target: SwitchTarget, at time: Timestamp
    ) -> [Observation] {
        let rows = message.bindings.compactMap { SNMPRow(kept: $0) }
        let notification = SwitchNotification(rows, agent: target.agent)
        if notification.events.isEmpty { counts[.trapOtherKind, default: 0] += 1 }
        var bodies: [Observation.Body] = []
        let span = Observation.Span(first: time, last: time)
        for event in notification.events {
            bodies.append(.event(event))
            guard event.kind == .learned || event.kind == .moved, let hardware = event.hardware else { continue }
            bodies.append(
                .sighting(
                    Observation.Sighting(
                        subject: Subject(hardware: hardware), vlan: event.vlan, span: span, packets: 0, bytes: 0)))
        }
        return bodies.map { Observation(site: target.site, sensor: sensor, occurred: time, body: $0) }
    }

    /// What was counted, and what a person can do about it.
    private mutating func summary(at time: Timestamp) -> [Observation] {
        var report = coverage
        if report.dropped > 0 {
            report.problem = "\(report.dropped) messages came faster than they were read and were lost"
            report.cure = "The next poll shows what they told; fewer switches a listener help."
        } else if let unknown = counts[.trapUnknownSource] {
            let names = strangers.compactMap { SNMPValue.octets($0).network?.description }.joined(separator: ", ")
            report.problem = "\(unknown) messages from addresses of no named switch (\(names)) were not read"
            report.cure = "Name them in wardlight.yaml, as host or under otherAddresses, if they are yours."
        } else if let wrong = counts[.trapWrongCommunity] ?? counts[.trapUnknownUser] ?? counts[.trapWeakProof] {
            report.problem = "\(wrong) messages of named switches did not prove themselves and were not read"
            report.cure = "Give the switch the same community or user, at the same level, as wardlight.yaml has for it."
        }
        var bodies: [Observation.Body] = [.coverage(report)]
        for (oddity, count) in counts.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            bodies.append(.oddity(Observation.Oddity(name: oddity.name, count: count)))
        }
        counts = [:]
        coverage = Coverage(input: coverage.input)
        return bodies.map { Observation(site: site, sensor: sensor, occurred: time, body: $0) }
    }
}
