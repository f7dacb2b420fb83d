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
        var pace = LivePace(speed: speed, from: now)
        let clock = ContinuousClock()
        let began = clock.now
        var noted: ContinuousClock.Instant?
        while !isStopped() {
            switch pace.step(elapsed: (clock.now - began).nanoseconds, reached: now) {
            case .late(let milliseconds):
                if let noted, clock.now - noted < .seconds(10) { continue }
                noted = clock.now
                note(
                    "the simulation was \(milliseconds) ms late at \(pace.speed)×; it goes slower and leaves nothing out."
                )
            case .play(let moment, let thenRest):
                let told = advance(to: moment)
                if !told.isEmpty { try await emit(told) }
                if thenRest { try await Task.sleep(for: .milliseconds(100)) }
            }
        }
    }
}

extension Duration {
    fileprivate var nanoseconds: Int64 {
        let (seconds, rest) = components
        return seconds * 1_000_000_000 + rest / 1_000_000_000
    }
}
