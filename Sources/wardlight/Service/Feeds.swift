//===----------------------------------------------------------------------===//
// Wardlight · the command
//
// Feeds: sensors that listen and ask on threads of their own, into the log.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Inventory
import Model
import Sensors
import ServiceLifecycle
import Settings
import Synchronization

/// A flag that a thread looks at.
final class StopFlag: Sendable {
    private let flag = Atomic<Bool>(false)
    var isUp: Bool { flag.load(ordering: .relaxed) }
    func raise() { flag.store(true, ordering: .relaxed) }
}

/// Runs blocking work on a thread of its own, and waits for its end; a graceful stop raises the flag.
struct ThreadService: ServiceLifecycle.Service {
    let name: String
    /// Whether everything stops when its work is done.
    var endsAll = false
    let stop = StopFlag()
    let work: @Sendable (StopFlag) throws -> Void

    func run() async throws {
        let stop = stop
        let work = work
        try await withGracefulShutdownHandler {
            try await withCheckedThrowingContinuation { (end: CheckedContinuation<Void, any Error>) in
                let thread = Thread {
                    do {
                        try work(stop)
                        end.resume()
                    } catch is CancellationError { end.resume() } catch { end.resume(throwing: error) }
                }
                thread.name = name
                thread.stackSize = 4 << 20
                thread.start()
            }
            // One feed that came to its end does not end the others.
            if !stop.isUp, !endsAll { try? await gracefulShutdown() }
        } onGracefulShutdown: {
            stop.raise()
        }
    }
}

extension Household {
    /// From a thread of a sensor: returns when the observations are in the log.
    func bringAndWait(_ observations: [Observation], _ stop: StopFlag) throws {
        guard !observations.isEmpty else { return }
        let done = DispatchSemaphore(value: 0)
        let failure = Mutex<(any Error)?>(nil)
        Task {
            do { try await bring(observations) { stop.isUp } } catch { failure.withLock { $0 = error } }
            done.signal()
        }
        done.wait()
        if let failure = failure.withLock({ $0 }) { throw failure }
    }
}

extension StopFlag {
    /// Waits, and looks up often enough to stop in time.
    func wait(_ seconds: Double, orUntil isOver: () -> Bool = { false }) {
        let end = DispatchTime.now().uptimeNanoseconds + UInt64(max(0, seconds) * 1e9)
        while !isUp, !isOver(), DispatchTime.now().uptimeNanoseconds < end { Thread.sleep(forTimeInterval: 0.1) }
    }
}

extension Household {
    /// What a sensor's input cannot do from now on, nil when it is well. Where that is news it goes to who reads along, to
    /// the status page and into the log.
    ///
    /// - Parameter input: no capture's own, which counts packets and never heals (`Inventory`).
    func report(
        _ input: String, site: String, _ words: String?, cure: String = "Run `wardlight doctor`.", well: String,
        _ stop: StopFlag
    ) throws {
        guard tell(input, words) else { return }
        Output.note(
            "\(input): "
                + (words.map { "\($0)\($0.hasSuffix(".") ? "" : ".") All else goes on; it is tried again every 5 s." }
                    ?? well))
        var coverage = Coverage(input: input)
        let now = clock.now
        coverage.span = Observation.Span(first: now, last: now)
        (coverage.problem, coverage.cure) = (words, words == nil ? nil : cure)
        try bringAndWait([Observation(site: site, sensor: "wardlight", occurred: now, body: .coverage(coverage))], stop)
    }
}
