//===----------------------------------------------------------------------===//
// Wardlight · the command
//
// The demo's feed: the living simulated hospitals, heard by the sensors of a real one, at the speed of a clock.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Sensors
import Simulator

/// Two simulated hospitals and a home, as observations in the order of their time.
///
/// What a packet, a poll or a report becomes is decided by the same sensors that listen to wires: only where it comes
/// from is pretended.
struct DemoFeed {
    private var hospitals: LivingHospitals
    private var feeds: [String: SiteFeed] = [:]
    private var nextCoverage: Int64
    let start: Timestamp

    /// - Parameters:
    ///   - seed: The same seed and start, the same observations.
    ///   - start: When the simulated day begins.
    ///   - pollSeconds: Simulated seconds from one poll of the switches to the next.
    init(seed: UInt64, start: Timestamp, pollSeconds: Int = 30) {
        hospitals = LivingHospitals(seed: seed, start: start, pollSeconds: pollSeconds)
        self.start = start
        nextCoverage = start.nanoseconds + Self.coveragePause
        for site in LivingHospitals.siteNames {
            // Nobody's name is in what the simulation says: the key hides nothing, and need not be secret.
            feeds[site] = SiteFeed(site: site, personKey: Array("synthetic \(seed)".utf8))
        }
    }

    /// How much was heard is told once a simulated minute.
    private static let coveragePause: Int64 = 60_000_000_000
    /// Simulated time that is worked off at once, at most: some hundred observations.
    private static let piece: Int64 = 2_000_000_000

    /// What was planted, and where everything is.
    var truth: LivingHospitals { hospitals }
    /// How far simulated time has come.
    var now: Timestamp { hospitals.now }

    /// What happens after the last call and until this moment.
    mutating func advance(to moment: Timestamp) -> [Observation] {
        var told: [Observation] = []
        for event in hospitals.advance(to: moment) {
            while event.time.nanoseconds >= nextCoverage {
                for site in LivingHospitals.siteNames { told += feeds[site]?.coverage() ?? [] }
                nextCoverage += Self.coveragePause
            }
            switch event.kind {
            case .frame(let octets): told += feeds[event.site]?.take(frame: octets, at: event.time) ?? []
            case .poll(let agent, let contexts):
                told += feeds[event.site]?.take(agent: agent, contexts, at: event.time) ?? []
            case .report(let line): told += feeds[event.site]?.take(line) ?? []
            case .observation(let observation): told.append(observation)
            }
        }
        return told
    }

    /// Goes on until somebody says stop, `speed` times as fast as the clock on the wall, and looks for that at least
    /// four times a second.
    ///
    /// Nothing is lost when the machine or `emit` is too slow: simulated time then goes slower, and `note` gets a line
    /// that says so, at most once in ten seconds.
    ///
    /// - Parameter speed: 1 to 600.
    mutating func run(
        speed: Int, until isStopped: () -> Bool, note: (String) -> Void,
        emit: ([Observation]) async throws -> Void
    ) async throws {
        let speed = Int64(min(max(speed, Self.speeds.lowerBound), Self.speeds.upperBound))
        let clock = ContinuousClock()
        // Where on the wall's clock simulated time would be what it is, had it always gone as fast as it should.
        var began = clock.now
        var base = now.nanoseconds
        var noted: ContinuousClock.Instant?
        while !isStopped() {
            let elapsed = (clock.now - began).nanoseconds
            let target = base + elapsed * speed
            if target - now.nanoseconds > Self.patience * speed {
                let late = (target - now.nanoseconds) / speed
                if noted.map({ clock.now - $0 >= .seconds(10) }) ?? true {
                    noted = clock.now
                    note(
                        "the simulation is \(late / 1_000_000) ms late at \(speed)×, and goes on slower without losing anything."
                    )
                }
                began = clock.now
                base = now.nanoseconds
                continue
            }
            let moment = Timestamp(nanoseconds: min(target, now.nanoseconds + Self.piece))
            let told = advance(to: moment)
            if !told.isEmpty { try await emit(told) }
            if moment.nanoseconds >= target { try await Task.sleep(for: .milliseconds(100)) }
        }
    }

    static let speeds = 1...600
    /// Nanoseconds on the wall that it may be late before it says so.
    private static let patience: Int64 = 2_000_000_000
}

extension Duration {
    fileprivate var nanoseconds: Int64 {
        let (seconds, rest) = components
        return seconds * 1_000_000_000 + rest / 1_000_000_000
    }
}
