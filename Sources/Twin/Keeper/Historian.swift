//===----------------------------------------------------------------------===//
// Wardlight · Twin
//
// The historian: the hospital as it was, or as it was known, at any moment that the log still holds.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Why the past cannot be told.
public enum PastFailure: Error, Hashable, Sendable {
    /// What came before is no longer kept: the oldest position and moment that can be asked for.
    case gone(oldest: UInt64, moment: Timestamp?)
    /// The log has not come so far.
    case future(newest: UInt64)
    /// Too many ask at once; come again.
    case busy
    case unreadable(String)
}

/// The hospital of the past.
public struct PastHospital: Sendable {
    public var hospital: Hospital
    /// Last position of the log that was looked at.
    public var through: UInt64
    /// The moment that was asked for.
    public var at: Timestamp?
}

/// Folds the log anew to a moment, from the nearest checkpoint.
///
/// Two axes: `asof` is a position of the log (what could be known then), `at` a moment of the hospital's (what was true
/// then, late news included). A checkpoint serves `asof` when it lies before it, and `at` when nothing that it has learnt
/// happened later; chunks of the log in which everything happened later are passed over unread.
public actor Historian {
    public struct Limits: Hashable, Sendable {
        /// Observations from one checkpoint to the next: some tenths of a second to fold.
        public var interval: UInt64 = 200_000
        /// Checkpoints that are held. When there are more, every second one goes and the interval doubles; where states are
        /// laid away, the oldest goes.
        public var checkpoints = 32
        /// Devices of all checkpoints together, at the most: each may be a whole hospital. Where states are laid away, a
        /// large hospital has fewer checkpoints or none.
        public var devices = 100_000
        /// Answers that are kept for the next who asks the same.
        public var answers = 4
        /// Observations from one state that is laid away to the next, at the least: what a restart has to fold.
        public var stateInterval: UInt64 = 200_000
        /// States that are kept. When there are more, every second one of the older half goes.
        public var states = 64
        /// Who may wait for an answer.
        public var waiting = 8

        public init() {}
    }

    private struct Checkpoint: Sendable {
        var hospital: Hospital
        /// The latest moment that it has learnt of.
        var latest: Timestamp
        var position: UInt64 { hospital.position }
    }

    /// A stretch of the log, and the earliest moment in it.
    private struct Chunk: Codable, Sendable {
        var first: UInt64
        var end: UInt64
        var earliest: Timestamp
        var positions: Range<UInt64> { first..<end }
    }

    /// What has to be known of the log besides its states.
    private struct Index: Codable {
        var chunks: [Chunk]
        var latest: Timestamp
    }

    private struct Question: Hashable, Sendable {
        var at: Timestamp?
        var through: UInt64
    }

    private let ground: any Ground
    private let states: (any States)?
    private var beginning: Hospital
    private let limits: Limits
    private var interval: UInt64
    private var checkpoints: [Checkpoint] = []
    /// Position at which the next checkpoint is due.
    private var due: UInt64
    private var chunks: [Chunk] = []
    private var latest = Timestamp(nanoseconds: .min)
    private var answers: [(question: Question, hospital: Hospital)] = []
    /// How often it was given other lists: what was folded with older ones is no answer for the next.
    private var given = 0
    /// The hospital's time where the log begins of which older blocks are gone.
    private var oldest: (position: UInt64, moment: Timestamp)?
    private var isFolding = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    /// Observations of a chunk: a file of the log is read in blocks of some thousands.
    private static let chunk: UInt64 = 4_096

    /// - Parameters:
    ///   - beginning: a hospital that has learnt nothing, with the knowledge and lists of today.
    ///   - states: where hospitals are laid away; nil keeps them in memory only.
    public init(
        _ ground: any Ground, beginning: Hospital, states: (any States)? = nil, limits: Limits = Limits()
    ) {
        self.ground = ground
        self.states = states
        self.beginning = beginning
        self.limits = limits
        interval = limits.interval
        due = beginning.position + limits.interval
    }

    // MARK: As the log grows

    /// Notes a block, in order. Cost: one look at each observation's moment.
    ///
    /// - Returns: whether a checkpoint is due behind it: hand one to `keep`.
    public func note(_ block: LogBlock) -> Bool {
        var earliest = Timestamp(nanoseconds: .max)
        for observation in block.observations {
            if observation.occurred > latest { latest = observation.occurred }
            if observation.occurred < earliest { earliest = observation.occurred }
        }
        if let last = chunks.last, last.end == block.first, block.first - last.first < Self.chunk {
            chunks[chunks.count - 1].end = block.end
            chunks[chunks.count - 1].earliest = min(last.earliest, earliest)
        } else {
            chunks.append(Chunk(first: block.first, end: block.end, earliest: earliest))
        }
        return block.end - 1 >= due
    }

    /// Keeps the hospital as it is behind the block that was noted last.
    public func keep(_ hospital: Hospital) {
        guard hospital.position > (checkpoints.last?.position ?? 0) else { return }
        checkpoints.append(Checkpoint(hospital: hospital, latest: latest))
        due = hospital.position + interval
        if states != nil {
            checkpoints.removeFirst(max(0, checkpoints.count - room(for: hospital)))
            return
        }
        guard checkpoints.count > limits.checkpoints else { return }
        checkpoints = checkpoints.indices.filter { $0 % 2 == 1 }.map { checkpoints[$0] }
        interval *= 2
        due = hospital.position + interval
    }

    /// Checkpoints that are held of a hospital of this size.
    private func room(for hospital: Hospital) -> Int {
        max(0, min(limits.checkpoints, limits.devices / max(hospital.inventory.count, 1) - 1))
    }

    /// The newest hospital that was laid away and can be used, with what is known of the log until there. To be called
    /// before the first block is noted.
    ///
    /// - Parameters:
    ///   - first: nothing older is wanted: what comes behind it is no longer kept.
    ///   - last: nothing newer is wanted.
    public func restore(from first: UInt64 = 0, upTo last: UInt64 = .max) -> Hospital? {
        // What nobody can go on from takes room, and may name who was erased since.
        if let states { states.forget(states.marks().filter { $0.position < first }) }
        guard let states, let bytes = states.index(),
            let index = try? StateDecoder(bytes).value(Index.self)
        else { return nil }
        for mark in states.marks().reversed() where mark.position >= first && mark.position <= last {
            guard let hospital = states.hospital(at: mark), hospital.position == mark.position else { continue }
            chunks = Self.cut(index.chunks, behind: mark.position)
            latest = mark.latest
            due = mark.position + interval
            if room(for: hospital) > 0 { checkpoints = [Checkpoint(hospital: hospital, latest: latest)] }
            return hospital
        }
        return nil
    }

    /// Observations from one state to the next: those of a large hospital take longer to write, and more room.
    public nonisolated func distance(_ devices: Int) -> UInt64 { max(limits.stateInterval, 10 * UInt64(devices)) }

    /// Lays a hospital away when it is time; always when `isLast`. It has learnt nothing that was not noted; what was noted
    /// since makes its latest moment later than it is, which costs reading, never an answer.
    ///
    /// - Throws: what the states throw; nothing but time is lost then.
    public func layAway(_ hospital: Hospital, isLast: Bool = false) async throws {
        guard let states else { return }
        let marks = states.marks()
        let newest = marks.last?.position ?? 0
        guard hospital.position > newest, isLast || hospital.position >= newest + distance(hospital.inventory.count)
        else { return }
        let index = StateEncoder()
        try Index(chunks: Self.cut(chunks, behind: hospital.position), latest: latest).encode(to: index)
        try await Self.keep(
            hospital, StateMark(position: hospital.position, latest: latest), index.bytes, states)
        guard marks.count >= limits.states else { return }
        // The newer half stays as it is: the next start begins there.
        states.forget(marks.indices.filter { $0 % 2 == 0 && $0 < marks.count / 2 }.map { marks[$0] })
    }

    /// Stretches as far as a position; the earliest moment of one that was cut stays, which costs reading, never an answer.
    private static func cut(_ chunks: [Chunk], behind position: UInt64) -> [Chunk] {
        var known = chunks.filter { $0.first <= position }
        if let last = known.last, last.end > position + 1 { known[known.count - 1].end = position + 1 }
        return known
    }

    @concurrent private static func keep(
        _ hospital: Hospital, _ mark: StateMark, _ index: [UInt8], _ states: any States
    ) async throws { try states.keep(hospital, mark, index: index) }

    /// Other lists for everything that is asked from now on.
    public func use(_ change: @Sendable (inout Hospital) -> Void) {
        change(&beginning)
        for place in checkpoints.indices { change(&checkpoints[place].hospital) }
        answers = []
        given += 1
    }

    // MARK: Asking

    /// The hospital at a moment, or as of a position, or both.
    public func hospital(at: Timestamp?, asof: UInt64?) async throws(PastFailure) -> PastHospital {
        let newest = try kept().upperBound - 1
        let through = asof ?? newest
        guard through <= newest else { throw .future(newest: newest) }
        let question = Question(at: at, through: through)
        if let known = answers.first(where: { $0.question == question }) {
            return PastHospital(hospital: known.hospital, through: through, at: at)
        }
        try await takeTurn()
        defer { giveTurn() }
        var broken: Set<UInt64> = []
        while true {
            let given = given
            let oldest = try kept().lowerBound
            let base = try base(for: question, oldest: oldest, without: broken)
            let ranges = self.ranges(after: base.position, question)
            let folded = await Self.fold(base, beginning, ranges, question, ground, states)
            // What went while it was read is missed by who read it.
            guard try kept().lowerBound <= base.position + 1 else { continue }
            guard let hospital = try folded.get() else {
                broken.insert(base.position)
                continue
            }
            if given == self.given { answers.append((question, hospital)) }
            if answers.count > min(limits.answers, max(1, room(for: hospital))) { answers.removeFirst() }
            return PastHospital(hospital: hospital, through: through, at: at)
        }
    }

    /// Positions of the log as they are now.
    private func kept() throws(PastFailure) -> Range<UInt64> {
        do { return try ground.positions() } catch { throw .unreadable("\(error)") }
    }

    /// Where a fold begins.
    private enum Base: Sendable {
        case held(Hospital)
        case laidAway(StateMark)

        var position: UInt64 {
            switch self {
            case .held(let hospital): hospital.position
            case .laidAway(let mark): mark.position
            }
        }
    }

    /// - Parameter broken: positions of states that cannot be read.
    private func base(
        for question: Question, oldest: UInt64, without broken: Set<UInt64>
    ) throws(PastFailure) -> Base {
        func fits(_ position: UInt64, _ latest: Timestamp) -> Bool {
            position + 1 >= oldest && position <= question.through && question.at.map { latest <= $0 } ?? true
        }
        let near = checkpoints.last { fits($0.position, $0.latest) }
        let marks = states?.marks() ?? []
        let mark = marks.last {
            $0.position > near?.position ?? 0 && fits($0.position, $0.latest) && !broken.contains($0.position)
        }
        if let mark { return .laidAway(mark) }
        if let near { return .held(near.hospital) }
        guard oldest > 1 else { return .held(beginning) }
        let moment = try moment(at: oldest)
        guard question.through >= oldest, question.at.map({ $0 >= moment }) ?? true else {
            throw .gone(oldest: oldest, moment: moment)
        }
        // What is told then is what the log still holds; `Hospital.origin` says so.
        var hospital = beginning
        hospital.begin(after: oldest - 1)
        return .held(hospital)
    }

    /// The hospital's time at the oldest position: the latest moment in the first block in which something was observed.
    /// What was said again before older blocks went bears its old moments, and does not count.
    private func moment(at oldest: UInt64) throws(PastFailure) -> Timestamp {
        if let known = self.oldest, known.position == oldest { return known.moment }
        var recorded: Timestamp?
        var moment: Timestamp?
        do {
            try ground.replay(from: oldest) { block in
                recorded = recorded ?? block.recorded
                moment = block.observations.lazy.filter { !$0.isSaidOnce }.map(\.occurred).max()
                if moment != nil { throw Enough() }
            }
        } catch is Enough {} catch { throw .unreadable("\(error)") }
        // A clock in the future must not take the past away.
        let found = [moment, recorded].compactMap(\.self).min() ?? .epoch
        self.oldest = (oldest, found)
        return found
    }

    /// The stretches that have to be read: up to the position, and only where something happened in time.
    private func ranges(after position: UInt64, _ question: Question) -> [Range<UInt64>] {
        var ranges: [Range<UInt64>] = []
        func add(_ range: Range<UInt64>) {
            if let last = ranges.last, last.upperBound == range.lowerBound {
                ranges[ranges.count - 1] = last.lowerBound..<range.upperBound
            } else if !range.isEmpty {
                ranges.append(range)
            }
        }
        var known = position + 1
        for chunk in chunks where chunk.end > known {
            // What was never noted is read in any case.
            if chunk.first > known { add(known..<chunk.first) }
            let start = max(known, chunk.first)
            if question.at.map({ chunk.earliest <= $0 }) ?? true { add(start..<chunk.end) }
            known = chunk.end
        }
        if known <= question.through { add(known..<question.through + 1) }
        return ranges.map { $0.clamped(to: 0..<question.through + 1) }.filter { !$0.isEmpty }
    }

    /// Nil where the state that it begins at cannot be read.
    @concurrent private static func fold(
        _ base: Base, _ beginning: Hospital, _ ranges: [Range<UInt64>], _ question: Question, _ ground: any Ground,
        _ states: (any States)?
    ) async -> Result<Hospital?, PastFailure> {
        // What comes next is read while a state is loaded, and while what came before is folded.
        var windows = ranges.flatMap(Self.windows)[...]
        let begin = windows.popFirst()
        async let first = read(begin, question, ground)
        var hospital: Hospital
        switch base {
        case .held(let held): hospital = held
        case .laidAway(let mark):
            guard let loaded = states?.hospital(at: mark) else { return .success(nil) }
            hospital = loaded
            hospital.take(listsOf: beginning)
        }
        var found = await first
        while true {
            let news: [[Observation]]?
            do throws(PastFailure) { news = try found.get() } catch { return .failure(error) }
            guard let news else { return .success(hospital) }
            let window = windows.popFirst()
            async let next = read(window, question, ground)
            for block in news { _ = hospital.learn(block) }
            found = await next
        }
    }

    /// Observations that are read at once.
    private static let window: UInt64 = 65_536

    private static func windows(_ range: Range<UInt64>) -> [Range<UInt64>] {
        stride(from: range.lowerBound, to: range.upperBound, by: Int(window)).map {
            $0..<min($0 + window, range.upperBound)
        }
    }

    private struct Enough: Error {}

    /// What a stretch holds, block by block, as far as it had happened; nil of no stretch.
    @concurrent private static func read(
        _ range: Range<UInt64>?, _ question: Question, _ ground: any Ground
    ) async -> Result<[[Observation]]?, PastFailure> {
        guard let range else { return .success(nil) }
        var blocks: [[Observation]] = []
        do {
            try ground.replay(from: range.lowerBound) { block in
                guard block.first < range.upperBound else { throw Enough() }
                let wanted = range.clamped(to: block.first..<block.end)
                guard !wanted.isEmpty else { return }
                let first = Int(wanted.lowerBound - block.first)
                let news = block.observations[first..<first + wanted.count]
                blocks.append(question.at.map { at in news.filter { $0.occurred <= at } } ?? Array(news))
            }
        } catch is Enough {} catch { return .failure(.unreadable("\(error)")) }
        return .success(blocks)
    }

    /// One fold at a time: two processors have other work, too.
    private func takeTurn() async throws(PastFailure) {
        guard isFolding else { return isFolding = true }
        guard waiting.count < limits.waiting else { throw .busy }
        await withCheckedContinuation { waiting.append($0) }
    }

    private func giveTurn() {
        if waiting.isEmpty { isFolding = false } else { waiting.removeFirst().resume() }
    }
}
