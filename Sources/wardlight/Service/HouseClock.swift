//===----------------------------------------------------------------------===//
// Wardlight · the command
//
// The house's clock: the machine's, without its jumps, and a word when it jumps.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import ServiceLifecycle
import Synchronization

/// What everything in the house is stamped with. Two clocks are read: the machine's, which people and programs set, and the
/// one that only counts since the machine started.
final class HouseClock: Sendable {
    private let steady = ContinuousClock()
    private let begin: ContinuousClock.Instant
    private let time: Mutex<SteadyTime>

    init() {
        begin = steady.now
        time = Mutex(SteadyTime(machine: .now, steady: 0))
    }

    var now: Timestamp {
        let (moment, jump) = time.withLock { time in
            let jump = time.advance(machine: .now, steady: elapsed)
            return (time.moment, jump)
        }
        if jump != 0 {
            Output.note(
                "clock: the machine's was set \(jump < 0 ? "back" : "forward") by \(Self.words(jump)). "
                    + "What is old and what is new stays right: Wardlight draws near slowly (docs/running.md).")
        }
        return moment
    }

    /// The house's moment of something that the kernel stamped with the machine's clock.
    func moment(of machine: Timestamp) -> Timestamp {
        let lead = time.withLock { time -> Int64? in
            let (age, overflow) = machine.nanoseconds.subtractingReportingOverflow(time.machine.nanoseconds)
            return overflow || age.magnitude > UInt64(SteadyTime.tolerance) ? nil : time.lead
        }
        guard let lead else {
            // Both clocks were not looked at for a while, or one of them jumped just now.
            _ = now
            return Self.sum(machine, time.withLock { $0.lead })
        }
        return Self.sum(machine, lead)
    }

    /// In words, while the two are apart.
    var trouble: String? {
        let lead = time.withLock { $0.lead }
        guard lead != 0 else { return nil }
        return
            "The machine's clock was set: it stands \(Self.words(lead)) \(lead > 0 ? "behind" : "before") Wardlight's, "
            + "which draws near by six minutes an hour. If the machine's is right, nothing has to be done; a restart "
            + "follows it at once."
    }

    /// Seconds by which this clock is ahead of the machine's.
    var leadSeconds: Int { Int(time.withLock { $0.lead } / 1_000_000_000) }

    private var elapsed: Int64 {
        let (seconds, attoseconds) = begin.duration(to: steady.now).components
        return seconds &* 1_000_000_000 &+ attoseconds / 1_000_000_000
    }

    private static func sum(_ moment: Timestamp, _ lead: Int64) -> Timestamp {
        let (sum, overflow) = moment.nanoseconds.addingReportingOverflow(lead)
        return overflow ? moment : Timestamp(nanoseconds: sum)
    }

    /// `1 h 0 min`, `42 s`
    private static func words(_ nanoseconds: Int64) -> String {
        let seconds = nanoseconds.magnitude / 1_000_000_000
        if seconds < 120 { return "\(seconds) s" }
        let minutes = (seconds + 30) / 60
        return minutes < 60 ? "\(minutes) min" : "\(minutes / 60) h \(minutes % 60) min"
    }
}

/// Looks at the clocks every second, so that a jump is seen when it happens.
struct ClockWatch: ServiceLifecycle.Service {
    let clock: HouseClock

    func run() async throws {
        for await _ in AsyncTimer(every: .seconds(1)).cancelOnGracefulShutdown() { _ = clock.now }
    }
}
