//===----------------------------------------------------------------------===//
// Wardlight · Server
//
// Doors in memory: a whole house for tests and trials, kept nowhere.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Synchronization
import Twin

/// Tokens, accounts and sessions in memory.
public final class MemoryCredentials: Credentials {
    private struct State {
        var tokens: [AccessToken] = []
        var accounts: [String: Account] = [:]
        var sessions: [[UInt8]: WebSession] = [:]
    }

    private let state = Mutex(State())

    public init() {}

    public func tokens() async -> [AccessToken] { state.withLock { $0.tokens } }

    public func token(digest: [UInt8]) async -> AccessToken? {
        state.withLock { $0.tokens.first { $0.digest == digest } }
    }

    public func add(_ token: AccessToken) async -> Bool {
        state.withLock { state in
            guard state.tokens.count < AccessToken.most else { return false }
            state.tokens.append(token)
            return true
        }
    }

    public func revoke(token id: String, at moment: Timestamp) async -> Bool {
        state.withLock { state in
            guard let place = state.tokens.firstIndex(where: { $0.id == id }) else { return false }
            state.tokens[place].revoked = state.tokens[place].revoked ?? moment
            return true
        }
    }

    public func touch(token id: String, at moment: Timestamp) async {
        state.withLock { state in
            if let place = state.tokens.firstIndex(where: { $0.id == id }) { state.tokens[place].lastUsed = moment }
        }
    }

    public func hasAccounts() async -> Bool { state.withLock { !$0.accounts.isEmpty } }
    public func account(named name: String) async -> Account? { state.withLock { $0.accounts[name] } }
    public func put(_ account: Account) async { state.withLock { $0.accounts[account.name] = account } }
    public func session(digest: [UInt8]) async -> WebSession? { state.withLock { $0.sessions[digest] } }

    public func put(_ session: WebSession) async {
        state.withLock { state in
            // A browser that never signs out leaves a session behind.
            if state.sessions.count >= 10_000 { state.sessions = [:] }
            state.sessions[session.digest] = session
        }
    }

    public func touch(session digest: [UInt8], at moment: Timestamp) async {
        state.withLock { $0.sessions[digest]?.lastUsed = moment }
    }

    public func end(session digest: [UInt8]) async { state.withLock { $0.sessions[digest] = nil } }
}

/// Receipts in memory.
public final class MemoryReceipts: ReceiptBook {
    private let state = Mutex<[[UInt8]: (digest: [UInt8], after: UInt64, range: Range<UInt64>?)]>([:])

    public init() {}

    public func receipt(key: [UInt8]) async -> (digest: [UInt8], after: UInt64, range: Range<UInt64>?)? {
        state.withLock { $0[key] }
    }

    public func begin(receipt key: [UInt8], digest: [UInt8], after: UInt64, at moment: Timestamp) async {
        state.withLock { state in
            if state.count >= 10_000 { state = [:] }
            state[key] = (digest, after, nil)
        }
    }

    public func finish(receipt key: [UInt8], with range: Range<UInt64>) async {
        state.withLock { $0[key]?.range = range }
    }

    public func forget(receipt key: [UInt8]) async { state.withLock { $0[key] = nil } }
}

/// A log, lists and a hospital in memory: what is appended is folded, judged and told at once.
public actor MemoryHouse: Lists, Intake, Present, Past {
    private var log: [Observation] = []
    private var hospital: Hospital
    private let beginning: Hospital
    private var current: HospitalView?
    private var events: [StoredEvent] = []
    private var dropped = EventNumber.zero
    private var publish: (@Sendable (Publication) -> Void)?
    private let mostEvents: Int
    public private(set) var number = EventNumber.zero
    /// What the next batch is refused with.
    public var refusal: IntakeFailure?

    /// - Parameter hospital: with the knowledge that judges.
    public init(_ hospital: Hospital, mostEvents: Int = 100_000) {
        self.hospital = hospital
        beginning = hospital
        self.mostEvents = mostEvents
    }

    public func follow(_ publish: @escaping @Sendable (Publication) -> Void) { self.publish = publish }
    public func refuse(_ failure: IntakeFailure?) { refusal = failure }

    public func append(_ observations: [Observation]) async throws(IntakeFailure) -> Range<UInt64> {
        if let refusal { throw refusal }
        let first = UInt64(log.count) + 1
        log += observations
        _ = hospital.learn(observations)
        current = nil
        return first..<(UInt64(log.count) + 1)
    }

    public var position: UInt64 { UInt64(log.count) }

    public func find(_ batch: [Observation], after position: UInt64) async throws(IntakeFailure) -> Range<UInt64>? {
        guard position < UInt64(log.count) else { return nil }
        let block = LogBlock(
            first: position + 1, recorded: .epoch, observations: Array(log.dropFirst(Int(clamping: position))))
        return Self.place(of: batch, in: block)
    }

    /// Tells a publication, as the keeper does: first it is kept, then it goes out.
    public func tell(_ publication: Publication) {
        number = publication.number
        if !publication.event.isEmpty {
            events.append(StoredEvent(number: publication.number, line: publication.event))
            if events.count > mostEvents { dropped = events.removeFirst().number }
        }
        publish?(publication)
    }

    public func view(knowing device: String? = nil) async -> HospitalView {
        if let current { return current }
        let view = HospitalView(hospital)
        current = view
        return view
    }

    public func knowledge() async -> [String: String] { hospital.knowledge }

    public func state() async -> HouseState {
        var state = HouseState()
        state.keeper.position = UInt64(log.count)
        state.keeper.newest = hospital.newest
        state.keeper.devices = await view().snapshot.devices.count
        state.keeper.readings = hospital.readings.count
        state.keeper.judged = UInt64(log.count)
        return state
    }

    public func view(at: Timestamp?, asof: UInt64?) async throws(PastFailure) -> HospitalView {
        let newest = UInt64(log.count)
        if let asof, asof > newest { throw .future(newest: newest) }
        if let asof, asof == 0 { throw .gone(oldest: 1, moment: log.first?.occurred) }
        if let at, let first = log.map(\.occurred).min(), at < first { throw .gone(oldest: 1, moment: first) }
        if let at, at > hospital.newest ?? at { throw .future(newest: newest) }
        var past = beginning
        let end = at ?? Timestamp(nanoseconds: .max)
        _ = past.learn(log.prefix(Int(clamping: asof ?? newest)).filter { $0.occurred <= end })
        return await HospitalView.judged(past, at: at)
    }

    public func devices(matching query: DeviceQuery) async -> DevicePage { await view().devices(matching: query) }
    public func findings(matching query: FindingQuery) async -> FindingPage { await view().findings(matching: query) }

    public func events(after number: EventNumber, limit: Int) async -> MissedEvents {
        if number < dropped || number > self.number { return .tooOld(newest: self.number) }
        return .events(Array(events.lazy.filter { $0.number > number }.prefix(limit)))
    }
}
