//===----------------------------------------------------------------------===//
// Wardlight · Actuators
//
// The outlet: takes notes of findings and hands them to receivers, in order, as far as they take them.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Logging
import Model
import ServiceLifecycle
import Synchronization

/// Whom notes go to.
public protocol NoteReceiver: Sendable {
    /// For log lines and counters: `syslog`, `webhook`.
    var name: String { get }
    /// Returns when the receiver has it. Throws when it has not; it is tried again.
    func deliver(_ note: OutletNote) async throws
}

/// What is told: a finding that was raised or cleared.
public struct OutletNote: Hashable, Sendable {
    /// The number of the publication, by which a receiver can tell what it has already.
    public var number: EventNumber
    public var change: ChangeNote

    public init(number: EventNumber, change: ChangeNote) { (self.number, self.change) = (number, change) }
}

/// Tells one receiver about findings. What comes while it is away waits, up to a bound.
public final class FindingOutlet: ServiceLifecycle.Service {
    public struct Counts: Hashable, Sendable {
        public var waiting = 0
        public var delivered: UInt64 = 0
        /// Attempts that failed.
        public var failures: UInt64 = 0
        /// Notes that went because there was no room, or because they were refused too often.
        public var dropped: UInt64 = 0
    }

    /// A bad night has some hundred findings.
    static let most = 4_096
    /// Attempts for one note; with the waits between them about ten minutes.
    static let attempts = 12

    private let receiver: any NoteReceiver
    private let logger: Logger
    private let least: Finding.Severity
    private let wait: Duration
    private let counted = Mutex(Counts())
    private let queue: AsyncStream<OutletNote>
    private let entrance: AsyncStream<OutletNote>.Continuation

    /// - Parameters:
    ///   - least: what is less severe is not told.
    ///   - wait: before the second attempt; each later one waits twice as long, up to 128 times.
    public init(
        _ receiver: any NoteReceiver, least: Finding.Severity = .medium, wait: Duration = .seconds(1), logger: Logger
    ) {
        self.receiver = receiver
        self.least = least
        self.wait = wait
        self.logger = logger
        (queue, entrance) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(Self.most))
    }

    public var counts: Counts { counted.withLock { $0 } }
    /// Of its receiver: `syslog`, `webhook`.
    public var name: String { receiver.name }

    /// Takes the findings of a publication. Returns at once.
    public func take(_ publication: Publication) {
        for change in publication.changes {
            guard change.kind == .findingRaised || change.kind == .findingCleared,
                Self.rank(change.severity) >= Self.rank(least)
            else { continue }
            let result = entrance.yield(OutletNote(number: publication.number, change: change))
            counted.withLock { counts in
                if case .dropped = result { counts.dropped &+= 1 } else { counts.waiting += 1 }
            }
        }
    }

    public func run() async throws {
        await cancelWhenGracefulShutdown { await self.deliverAll() }
    }

    private func deliverAll() async {
        for await note in queue {
            let isDelivered = await deliver(note)
            counted.withLock { counts in
                counts.waiting -= 1
                if isDelivered { counts.delivered &+= 1 } else { counts.dropped &+= 1 }
            }
            if Task.isCancelled { return }
        }
    }

    private func deliver(_ note: OutletNote) async -> Bool {
        for attempt in 0..<Self.attempts {
            do {
                try await receiver.deliver(note)
                return true
            } catch {
                counted.withLock { $0.failures &+= 1 }
                // The kind of error only: an address or an answer may hold what does not belong into a log.
                logger.warning(
                    "not delivered", metadata: ["receiver": "\(receiver.name)", "error": "\(type(of: error))"])
                do { try await Task.sleep(for: wait * (1 << min(attempt, 7))) } catch { return false }
            }
        }
        return false
    }

    private static func rank(_ severity: Finding.Severity?) -> Int {
        severity.flatMap { Finding.Severity.allCases.firstIndex(of: $0) } ?? 0
    }
}
