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
        /// Checkpoints that are held. When there are more, every second one goes and the interval doubles.
        public var checkpoints = 32
        /// Answers that are kept for the next who asks the same.
        public var answers = 4
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
    private struct Chunk: Sendable {
        var positions: Range<UInt64>
        var earliest: Timestamp
    }

    private struct Question: Hashable, Sendable {
        var at: Timestamp?
        var through: UInt64
    }

    private let ground: any Ground
    private var beginning: Hospital
    private let limits: Limits
    private var interval: UInt64
    private var checkpoints: [Checkpoint] = []
    private var chunks: [Chunk] = []
    private var latest = Timestamp(nanoseconds: .min)
    private var answers: [(question: Question, hospital: Hospital)] = []
    private var isFolding = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    /// Observations of a chunk: a file of the log is read in blocks of some thousands.
    private static let chunk: UInt64 = 4_096

    /// - Parameter beginning: a hospital that has learnt nothing, with the knowledge and lists of today.
    public init(_ ground: any Ground, beginning: Hospital, limits: Limits = Limits()) {
        self.ground = ground
        self.beginning = beginning
        self.limits = limits
        interval = limits.interval
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
        if let last = chunks.last, last.positions.upperBound == block.first,
            block.first - last.positions.lowerBound < Self.chunk
        {
            chunks[chunks.count - 1].positions = last.positions.lowerBound..<block.end
            chunks[chunks.count - 1].earliest = min(last.earliest, earliest)
        } else {
            chunks.append(Chunk(positions: block.first..<block.end, earliest: earliest))
        }
        return block.end - 1 >= (checkpoints.last?.position ?? beginning.position) + interval
    }

    /// Keeps the hospital as it is behind the block that was noted last.
    public func keep(_ hospital: Hospital) {
        guard hospital.position > (checkpoints.last?.position ?? 0) else { return }
        checkpoints.append(Checkpoint(hospital: hospital, latest: latest))
        guard checkpoints.count > limits.checkpoints else { return }
        checkpoints = checkpoints.indices.filter { $0 % 2 == 1 }.map { checkpoints[$0] }
        interval *= 2
    }

    /// Other lists for everything that is asked from now on.
    public func use(_ change: @Sendable (inout Hospital) -> Void) {
        change(&beginning)
        for place in checkpoints.indices { change(&checkpoints[place].hospital) }
        answers = []
    }

    // MARK: Asking

    /// The hospital at a moment, or as of a position, or both.
    public func hospital(at: Timestamp?, asof: UInt64?) async throws(PastFailure) -> PastHospital {
        let positions: Range<UInt64>
        do { positions = try ground.positions() } catch { throw .unreadable("\(error)") }
        let newest = positions.upperBound - 1
        let through = asof ?? newest
        guard through <= newest else { throw .future(newest: newest) }
        let question = Question(at: at, through: through)
        if let known = answers.first(where: { $0.question == question }) {
            return PastHospital(hospital: known.hospital, through: through, at: at)
        }
        let base = try base(for: question, oldest: positions.lowerBound)
        let ranges = self.ranges(after: base.position, question)
        try await takeTurn()
        defer { giveTurn() }
        let hospital = try await Self.fold(base, ranges, question, ground)
        answers.append((question, hospital))
        if answers.count > limits.answers { answers.removeFirst() }
        return PastHospital(hospital: hospital, through: through, at: at)
    }

    private func base(for question: Question, oldest: UInt64) throws(PastFailure) -> Hospital {
        let usable = checkpoints.filter { $0.position + 1 >= oldest }
        let fitting = usable.last { point in
            point.position <= question.through && question.at.map { point.latest <= $0 } ?? true
        }
        if let fitting { return fitting.hospital }
        guard oldest > 1 else { return beginning }
        throw .gone(oldest: usable.first?.position ?? oldest, moment: usable.first?.latest)
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
        for chunk in chunks where chunk.positions.upperBound > known {
            // What was never noted is read in any case.
            if chunk.positions.lowerBound > known { add(known..<chunk.positions.lowerBound) }
            let start = max(known, chunk.positions.lowerBound)
            if question.at.map({ chunk.earliest <= $0 }) ?? true { add(start..<chunk.positions.upperBound) }
            known = chunk.positions.upperBound
        }
        if known <= question.through { add(known..<question.through + 1) }
        return ranges.filter { $0.lowerBound <= question.through }
    }

    private struct Enough: Error {}

    @concurrent private static func fold(
        _ base: Hospital, _ ranges: [Range<UInt64>], _ question: Question, _ ground: any Ground
    ) async throws(PastFailure) -> Hospital {
        var hospital = base
        for range in ranges {
            do {
                try ground.replay(from: range.lowerBound) { block in
                    guard block.first < range.upperBound, block.first <= question.through else { throw Enough() }
                    let first = Int(clamping: max(block.first, range.lowerBound) - block.first)
                    let end = Int(clamping: min(block.end, range.upperBound, question.through + 1) - block.first)
                    var news = block.observations[first..<end]
                    if let at = question.at { news = ArraySlice(news.filter { $0.occurred <= at }) }
                    _ = hospital.learn(Array(news))
                }
            } catch is Enough {} catch { throw .unreadable("\(error)") }
        }
        return hospital
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
