//===----------------------------------------------------------------------===//
// Wardlight · Sensors
//
// One agent's poll: sessions, questions on their way, deadlines and the contexts of VLANs.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import SNMP
import Wire

/// Carries one agent's walk over an exchange. Times are nanoseconds of a clock that only goes forward.
struct AgentPoll {
    /// A question that was sent.
    private struct OnItsWay {
        var ask: AgentWalk.Ask?
        var number: Int32
        var attempt: Int
        var sent: Int64
        var deadline: Int64
        /// How long the poller had been busy with others until then.
        var busy: Int64
    }

    let target: SwitchTarget
    let address: String
    let started: Timestamp
    private let begun: Int64
    private let limits: PollLimits
    private let engines: EngineBook
    private(set) var session: Int?
    private(set) var walk: AgentWalk
    private(set) var contexts: [SwitchReading.VLANRows] = []
    private var vlans: [UInt16]?
    private var isVLANAnswered = false
    private var silentVLANs = 0
    private var engine: [UInt8] = []
    private(set) var pace: Pace
    private var onItsWay: OnItsWay?
    private var nextNumber: Int32
    private var garbage = 0
    private(set) var questions = 0
    private(set) var answers = 0
    private(set) var troubles: [PollTrouble] = []
    private(set) var memory: AgentMemory
    private(set) var isDone = false
    private(set) var rowsBefore = 0

    init(
        _ target: SwitchTarget, address: String, memory: AgentMemory, limits: PollLimits, judge: @escaping MedicalJudge,
        engines: EngineBook, firstNumber: Int32, started: Timestamp, now: Int64
    ) {
        self.engines = engines
        self.target = target
        self.address = address
        self.limits = limits
        self.memory = memory
        self.started = started
        begun = now
        walk = AgentWalk(limits: limits, memory: memory, judge: judge)
        pace = Pace(requestsPerSecond: target.requestsPerSecond)
        nextNumber = firstNumber
    }

    /// Rows held now.
    var rowsHeld: Int { rowsBefore + walk.rows.count }

    // MARK: Time

    /// When something is to be done even if nothing comes.
    var due: Int64 { onItsWay?.deadline ?? max(pace.nextSend, begun) }

    /// Sends what is due, gives up what nobody answered.
    mutating func advance(_ exchange: SNMPExchange, now: Int64, busy: Int64) {
        guard !isDone else { return }
        if (now - begun) / 1_000_000_000 >= Int64(limits.secondsPerAgent) {
            return end(.tookTooLong(seconds: limits.secondsPerAgent), exchange)
        }
        if var question = onItsWay {
            guard now >= question.deadline else { return }
            pace.missed(at: now)
            guard question.attempt < retries else {
                onItsWay = nil
                guard let ask = question.ask else { return end(.noAnswerOfEngine, exchange) }
                walk.silence(ask)
                return
            }
            question.attempt += 1
            return send(&question, exchange, now, busy)
        }
        guard now >= pace.nextSend else { return }
        guard session != nil || open(exchange) else { return }
        if needsEngine {
            var question = OnItsWay(ask: nil, number: number(), attempt: 0, sent: now, deadline: now, busy: busy)
            return send(&question, exchange, now, busy)
        }
        if let ask = walk.next() {
            var question = OnItsWay(ask: ask, number: number(), attempt: 0, sent: now, deadline: now, busy: busy)
            return send(&question, exchange, now, busy)
        }
        finishContext(exchange)
    }

    /// Until a VLAN has answered, perhaps none does: then one question each is enough.
    private var retries: Int { walk.vlan != nil && walk.rows.isEmpty && !isVLANAnswered ? 0 : target.retries }

    /// Milliseconds that an answer may take. A VLAN that is not there is never answered: it is waited for eight times as
    /// long as this agent's answers usually take, half a second at least.
    private var patience: Int {
        guard walk.vlan != nil, walk.rows.isEmpty else { return target.timeoutMilliseconds }
        return min(target.timeoutMilliseconds, max(500, Int(clamping: pace.usualLatency / 1_000_000) * 8))
    }

    private mutating func number() -> Int32 {
        nextNumber = nextNumber == .max ? 1 : nextNumber + 1
        return nextNumber
    }

    private mutating func send(_ question: inout OnItsWay, _ exchange: SNMPExchange, _ now: Int64, _ busy: Int64) {
        // Each time it is asked again, it is waited for twice as long; at most a minute.
        let wait = min(60_000, patience << min(question.attempt, 4))
        question.sent = now
        question.busy = busy
        question.deadline = now + Int64(wait) * 1_000_000
        questions += 1
        pace.sent(at: now)
        onItsWay = question
        guard let session else { return }
        do throws(SNMPFailure) {
            if let ask = question.ask {
                try exchange.ask(
                    session, ask.question, ask.names.map(\.numbers), request: question.number, timeoutMilliseconds: wait
                )
            } else {
                try exchange.askEngine(session, request: question.number, timeoutMilliseconds: wait)
            }
        } catch {
            // What an earlier question left behind (the network refused it) comes out here as well.
            end(walk.rows.isEmpty ? .unreachable : .stoppedAnswering, exchange)
        }
    }

    // MARK: Sessions

    private var needsEngine: Bool { if case .user = target.credential { engine.isEmpty } else { false } }

    private mutating func open(_ exchange: SNMPExchange) -> Bool {
        do throws(SNMPFailure) {
            session = try exchange.open(address, port: target.port, try proof())
            return true
        } catch {
            switch error {
            case .passphraseTooShort: end(.passphraseTooShort, exchange)
            case .methodNotSupported: end(.methodNotSupported, exchange)
            case .notAnAddress, .cannotOpen, .cannotSend: end(.cannotAsk, exchange)
            }
            return false
        }
    }

    private func proof() throws(SNMPFailure) -> SNMPProof {
        switch target.credential {
        case .community(let secret):
            let text = secret.revealed()
            return .community(Array((walk.vlan.map { "\(text)@\($0)" } ?? text).utf8))
        case .user(let name, let authentication, let privacy):
            if engine.isEmpty { return .whoAreYou }
            let user = SNMPUser(name, authentication, privacy)
            return .user(user, engine: engine, context: walk.vlan.map { "vlan-\($0)" } ?? "")
        }
    }

    private mutating func close(_ exchange: SNMPExchange) {
        if let session { exchange.close(session) }
        session = nil
        onItsWay = nil
    }

    // MARK: News

    /// - Parameter busy: How long the poller was busy with others since it began: no fault of this switch.
    mutating func take(_ news: SNMPNews, _ exchange: SNMPExchange, now: Int64, busy: Int64) {
        guard !isDone else { return }
        switch news {
        case .answer(_, let answer):
            guard let question = onItsWay, let ask = question.ask, answer.request == question.number else { return }
            onItsWay = nil
            answers += 1
            pace.heard(after: max(0, now - question.sent - (busy - question.busy)), isLong: ask.isLong, at: now)
            walk.take(answer, to: ask)
        case .report(_, let report): take(report, exchange)
        case .unreachable:
            // Only what nobody answered yet is refused by the network; later it is a passing fault, and asked again.
            if answers == 0, engine.isEmpty { end(.unreachable, exchange) }
        case .garbage: garbage += 1
        }
    }

    private mutating func take(_ report: SNMPReport, _ exchange: SNMPExchange) {
        onItsWay = nil
        switch report {
        case .engine(let found):
            guard engine.isEmpty else { return end(.clockOff, exchange) }
            answers += 1
            close(exchange)
            if let other = engines.claim(found, by: target) { return end(.engineOf(other), exchange) }
            engine = found
        case .unknownUser: end(.unknownUser, exchange)
        case .wrongPassphrase: end(.wrongPassphrase, exchange)
        case .cannotDecrypt: end(.cannotDecrypt, exchange)
        case .unsupportedLevel: end(.levelNotSupported, exchange)
        case .clockOff: end(.clockOff, exchange)
        case .unknownContext: endOfContext(exchange)
        case .other: end(needsEngine ? .noAnswerOfEngine : .noAnswer, exchange)
        }
    }

    private mutating func endOfContext(_ exchange: SNMPExchange) {
        guard let vlan = walk.vlan else { return end(.unknownContext, exchange) }
        walk.stop(.vlanUnanswered(vlan))
        finishContext(exchange)
    }

    // MARK: Contexts

    /// The agent as a whole is read; its VLANs come one after the other.
    private mutating func finishContext(_ exchange: SNMPExchange) {
        let isSilent = walk.troubles.contains { if case .vlanUnanswered = $0 { true } else { false } }
        if walk.vlan == nil {
            memory = walk.remembered()
            let found = walk.isWhole ? WalkPlan.vlansToAsk(SNMPRows(walk.rows)) : []
            if found.count > limits.vlans { troubles.append(.tooManyVLANs(limits.vlans)) }
            // In reverse, so that the next is the last.
            vlans = found.prefix(limits.vlans).reversed()
        } else if isSilent {
            silentVLANs += 1
        } else {
            isVLANAnswered = true
        }
        // A VLAN without ports here is not answered; when the first three are not, none will be.
        let isHopeless = isSilent && !isVLANAnswered && (silentVLANs >= Self.mostSilentVLANs || vlans?.isEmpty != false)
        if !isSilent || isHopeless {
            // An engine that knows itself but answers no user could not read what the user sent.
            let isKnown = !engine.isEmpty
            troubles += walk.troubles.map { $0 == .noAnswer && isKnown ? .cannotDecrypt : $0 }
        }
        if !walk.rows.isEmpty { contexts.append(SwitchReading.VLANRows(SNMPRows(walk.rows), vlan: walk.vlan)) }
        guard !isHopeless, isSilent || walk.isWhole, let vlan = vlans?.popLast() else { return end(nil, exchange) }
        rowsBefore += walk.rows.count
        close(exchange)
        walk = AgentWalk(vlan: vlan, after: walk)
    }

    private static let mostSilentVLANs = 3

    /// Ends the poll of this agent; what was read so far stays.
    mutating func end(_ trouble: PollTrouble?, _ exchange: SNMPExchange) {
        guard !isDone else { return }
        close(exchange)
        if let trouble {
            troubles += walk.troubles + [trouble]
            if !walk.rows.isEmpty { contexts.append(SwitchReading.VLANRows(SNMPRows(walk.rows), vlan: walk.vlan)) }
        }
        if garbage > 0 { troubles.append(.garbage(garbage)) }
        isDone = true
    }

    /// Whether tables may lack rows.
    var isCut: Bool { troubles.contains(where: \.isCut) }
}
