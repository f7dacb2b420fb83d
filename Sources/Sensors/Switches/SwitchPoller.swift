//===----------------------------------------------------------------------===//
// Wardlight · Sensors
//
// The switch poller: hundreds of switches at once, asked from one thread, and none of them harder than it can bear.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model
import SNMP
import Synchronization
import Wire

/// Polls switches that a person named, as often as it is told, and turns what they say into observations exactly as
/// `WalkSensor` does with recordings.
///
/// - Reads only, one question at a time for each switch, at the pace of its target.
/// - A switch that lies, loops, is silent or never ends costs itself only: each has limits of rows, time and questions.
/// - Observations come in the order of the targets, whoever answers first.
public final class SwitchPoller {
    /// What a poll of all switches cost.
    public struct Cost: Hashable, Sendable {
        public var switches = 0
        public var unanswered = 0
        public var questions = 0
        public var rows = 0
    }

    private let targets: [SwitchTarget]
    private let limits: PollLimits
    private let judge: MedicalJudge
    private let isStopped: () -> Bool
    private let person: (@Sendable (String) -> String?)?
    private var addresses: [String: String] = [:]
    private let engines = EngineBook()
    /// Switches that were read whole once.
    private var wholes: Set<String> = []
    private var memories: [String: AgentMemory] = [:]
    private var tellers: [String: SwitchTeller] = [:]
    private let clock = ContinuousClock()
    private let origin: ContinuousClock.Instant
    /// Nanoseconds spent on anything but waiting.
    private var busy: Int64 = 0
    private var lastWait: Int64 = 0
    private var nextNumber = Int32.random(in: 1...1_000_000_000)

    /// - Parameters:
    ///   - targets: Of several with one site and agent name the first counts.
    ///   - personKey: Hashes the names of people in wireless tables; without it they are left out.
    ///   - judge: Says why something is medical. It is asked with nothing but what the agent said of itself.
    ///   - isStopped: Whether a person asked to stop.
    public init(
        _ targets: [SwitchTarget], limits: PollLimits = PollLimits(), personKey: [UInt8]? = nil,
        judge: @escaping MedicalJudge, isStopped: @escaping () -> Bool = { false }
    ) {
        var known: Set<String> = []
        self.targets = targets.filter { known.insert("\($0.site)/\($0.agent)").inserted }
        self.limits = limits
        self.judge = judge
        self.isStopped = isStopped
        person = personKey.map { PersonNames.hashing(with: $0) }
        origin = clock.now
    }

    private var now: Int64 {
        let elapsed = (clock.now - origin).components
        return elapsed.seconds * 1_000_000_000 + elapsed.attoseconds / 1_000_000_000
    }

    /// Asks every switch once.
    ///
    /// - Parameters:
    ///   - time: The wall clock, asked when a switch's turn comes.
    ///   - offset: Seconds by which local time is ahead of UTC, for change freezes.
    ///   - emit: Takes what one switch said.
    @discardableResult
    public func poll(
        time: () -> Timestamp, offset: Int, emit: ([Observation]) throws -> Void
    ) throws -> Cost {
        resolveNames()
        let exchange = SNMPExchange()
        lastWait = now
        var cost = Cost()
        var active: [(order: Int, poll: AgentPoll)] = []
        var done: [Int: [Observation]] = [:]
        var nextTarget = 0
        var nextTold = 0
        while nextTarget < targets.count || !active.isEmpty {
            while active.count < max(1, limits.inFlight), nextTarget < targets.count {
                if let poll = begin(targets[nextTarget], time(), offset) {
                    active.append((nextTarget, poll))
                } else {
                    done[nextTarget] = refuse(targets[nextTarget], time(), offset)
                    cost.switches += 1
                    cost.unanswered += 1
                }
                nextTarget += 1
            }
            advance(&active, exchange, time(), offset)
            for place in active.indices where active[place].poll.isDone {
                let poll = active[place].poll
                cost.switches += 1
                cost.unanswered += poll.answers == 0 ? 1 : 0
                cost.questions += poll.questions
                cost.rows += poll.contexts.reduce(0) { $0 + $1.rows.rows.count }
                done[active[place].order] = tell(poll)
            }
            active.removeAll { $0.poll.isDone }
            while let told = done.removeValue(forKey: nextTold) {
                try emit(told)
                nextTold += 1
            }
            if !active.isEmpty { wait(&active, exchange) }
        }
        return cost
    }

    // MARK: The round

    private func advance(
        _ active: inout [(order: Int, poll: AgentPoll)], _ exchange: SNMPExchange, _ time: Timestamp, _ offset: Int
    ) {
        let now = now
        let stopped = isStopped()
        for place in active.indices {
            if stopped { active[place].poll.end(.interrupted, exchange) }
            if active[place].poll.due <= now {
                // A freeze that begins in the middle of a poll ends it.
                if isFrozen(active[place].poll.target, time, offset) {
                    active[place].poll.end(.frozen, exchange)
                } else {
                    active[place].poll.advance(exchange, now: now, busy: busy)
                }
            }
        }
        // All together hold too much: whoever holds more than its share goes no further.
        let held = active.reduce(0) { $0 + $1.poll.rowsHeld }
        if held > limits.rowsAtOnce {
            let share = limits.rowsAtOnce / max(1, active.count)
            for place in active.indices where active[place].poll.rowsHeld > share {
                active[place].poll.end(.tooManyRows(share), exchange)
            }
        }
    }

    private func wait(_ active: inout [(order: Int, poll: AgentPoll)], _ exchange: SNMPExchange) {
        let now = now
        let due = active.reduce(now + 1_000_000_000) { min($0, $1.poll.due) }
        let milliseconds = Int(clamping: max(0, (due - now + 999_999) / 1_000_000))
        busy += now - lastWait
        let news = exchange.wait(milliseconds: milliseconds)
        lastWait = self.now
        guard !news.isEmpty else { return }
        var places: [Int: Int] = [:]
        for place in active.indices { if let session = active[place].poll.session { places[session] = place } }
        let heard = lastWait
        for one in news {
            guard let place = places[one.session], active[place].poll.session == one.session else { continue }
            active[place].poll.take(one, exchange, now: heard, busy: busy)
        }
    }

    // MARK: Begin and end

    private func key(_ target: SwitchTarget) -> String { "\(target.site)/\(target.agent)" }

    private func isFrozen(_ target: SwitchTarget, _ time: Timestamp, _ offset: Int) -> Bool {
        target.freezes.contains { $0.contains(time, offset: offset) }
    }

    private func begin(_ target: SwitchTarget, _ time: Timestamp, _ offset: Int) -> AgentPoll? {
        guard refusal(target, time, offset) == nil, let address = addresses[target.host] else { return nil }
        nextNumber = nextNumber > 2_000_000_000 ? 1 : nextNumber &+ 100_003
        return AgentPoll(
            target, address: address, memory: memories[key(target)] ?? AgentMemory(), limits: limits, judge: judge,
            engines: engines, firstNumber: nextNumber, started: time, now: now)
    }

    private func isGuarded(_ target: SwitchTarget) -> Bool {
        if case .user(_, nil, _) = target.credential { false } else { true }
    }

    /// Why nothing is sent to it at all.
    private func refusal(_ target: SwitchTarget, _ time: Timestamp, _ offset: Int) -> PollTrouble? {
        if isStopped() { return .interrupted }
        if isFrozen(target, time, offset) { return .frozen }
        if !isGuarded(target) { return .unguardedUser }
        guard let address = addresses[target.host] else { return .unknownName }
        guard let number = Self.number(address) else { return .cannotAsk }
        guard number.isIndividual else { return .notOneSwitch }
        if let other = firstNames[Self.door(address, target)], other != target.agent { return .askedAs(other) }
        return judge(.address(number)).map { .medical($0) }
    }

    /// An address in writing, without the zone that names an interface (RFC 4007, 11).
    private static func number(_ address: String) -> IPAddress? {
        SNMPLibrary.octets(of: String(address.prefix { $0 != "%" })).map(Self.address)
    }

    /// Where a question goes. A proxy answers for several agents behind one door, each with a word of its own.
    private struct Door: Hashable {
        var address: String
        var port: UInt16
        var credential: Credential
    }
    private static func door(_ address: String, _ target: SwitchTarget) -> Door {
        Door(address: address, port: target.port, credential: target.credential)
    }

    /// Under which name each door is asked: the first in the list.
    private var firstNames: [Door: String] = [:]

    private func refuse(_ target: SwitchTarget, _ time: Timestamp, _ offset: Int) -> [Observation] {
        let trouble = refusal(target, time, offset) ?? .cannotAsk
        return [observation(target, time, .coverage(coverage(target, time, [trouble])))]
    }

    /// What the switch said, as observations.
    private func tell(_ poll: AgentPoll) -> [Observation] {
        let key = key(poll.target)
        var told: [Observation] = []
        let isMedical = poll.troubles.contains { if case .medical = $0 { true } else { false } }
        // Half a table would make devices vanish that the poll before has seen: then that one stands.
        let isWorse = poll.isCut && wholes.contains(key)
        if !poll.isCut { wholes.insert(key) }
        if !isMedical, !isWorse, !poll.contexts.isEmpty {
            var teller =
                tellers[key]
                ?? SwitchTeller(
                    site: poll.target.site, sensor: Self.sensor, agent: poll.target.agent, person: person)
            let address = Self.number(poll.address).flatMap { $0.isLoopback ? nil : $0 }
            told = teller.tell(SwitchReading(poll.contexts), address: address, at: poll.started)
            tellers[key] = teller
        }
        memories[key] = poll.memory
        let coverage = coverage(poll.target, poll.started, poll.troubles)
        return told + [observation(poll.target, poll.started, .coverage(coverage))]
    }

    private static let sensor = "snmp"

    /// Four octets or sixteen.
    private static func address(_ octets: [UInt8]) -> IPAddress {
        if octets.count == 4 { return IPAddress(v4: octets.reduce(0) { $0 << 8 | UInt32($1) }) }
        return IPAddress(
            high: octets.prefix(8).reduce(0) { $0 << 8 | UInt64($1) },
            low: octets.dropFirst(8).reduce(0) { $0 << 8 | UInt64($1) })
    }

    private func observation(_ target: SwitchTarget, _ time: Timestamp, _ body: Observation.Body) -> Observation {
        Observation(site: target.site, sensor: Self.sensor, occurred: time, body: body)
    }

    private func coverage(
        _ target: SwitchTarget, _ time: Timestamp, _ troubles: [PollTrouble]
    ) -> Coverage {
        var coverage = Coverage(input: target.agent)
        coverage.span = Observation.Span(first: time, last: time)
        guard let first = troubles.first else { return coverage }
        // The first says most; of many (a switch that refuses every table) the rest is counted.
        let more = troubles.count > 3 ? ["and \(troubles.count - 3) more"] : []
        coverage.problem = (troubles.prefix(3).map(\.problem) + more).joined(separator: "; ")
        coverage.cure = first.cure
        return coverage
    }

    // MARK: Names

    /// Addresses of names, eight names at a time: a name server that is down costs seconds for each.
    private func resolveNames() {
        defer {
            for target in targets {
                guard let address = addresses[target.host] else { continue }
                let door = Self.door(address, target)
                if firstNames[door] == nil { firstNames[door] = target.agent }
            }
        }
        let unknown = Set(targets.map(\.host)).filter { addresses[$0] == nil }.sorted()
        guard !unknown.isEmpty else { return }
        let found = Mutex<[String: String]>([:])
        let line = OperationQueue()
        line.maxConcurrentOperationCount = 8
        for host in unknown {
            // An address in numbers needs nobody.
            if SNMPLibrary.octets(of: host) != nil {
                addresses[host] = host
                continue
            }
            line.addOperation {
                if let address = SNMPLibrary.address(of: host) { found.withLock { $0[host] = address } }
            }
        }
        line.waitUntilAllOperationsAreFinished()
        addresses.merge(found.withLock { $0 }) { $1 }
    }
}
