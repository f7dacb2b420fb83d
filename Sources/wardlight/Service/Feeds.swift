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

/// Listens on one interface, and never sends.
struct CaptureFeed: ServiceLifecycle.Service {
    private let service: ThreadService

    init(_ interface: RunSettings.Interface, _ house: Household) throws {
        let key = try PersonKey.load()
        if let note = key.note { Output.note(note) }
        let bytes = key.bytes
        service = ThreadService(name: "capture") { stop in
            var sensor = CaptureSensor(site: interface.site, sensor: interface.name, personKey: bytes)
            while !stop.isUp {
                let problem: String?
                do {
                    problem = try sensor.listen(interface.name, seconds: Self.round) {
                        stop.isUp ? .infinity : Double(DispatchTime.now().uptimeNanoseconds) / 1e9
                    } emit: {
                        try house.bringAndWait($0, stop)
                    }
                } catch let failure as CaptureFailure {
                    let coverage = Self.trouble(interface, Words.of(failure))
                    try house.bringAndWait([coverage], stop)
                    Output.note(Words.of(failure))
                    problem = nil
                    Self.wait(Self.pause, stop)
                }
                if let problem, !stop.isUp {
                    Output.note("\(interface.name): \(problem)")
                    Self.wait(Self.pause, stop)
                }
            }
        }
    }

    /// How much was heard is told as often; between two rounds the interface is opened anew.
    private static let round: Double = 600
    /// Before an interface that cannot be listened to is tried again.
    private static let pause: Double = 10

    private static func trouble(_ interface: RunSettings.Interface, _ words: String) -> Observation {
        var coverage = Coverage(input: interface.name)
        coverage.problem = words
        coverage.cure = "Run `wardlight doctor`."
        return Observation(
            site: interface.site, sensor: interface.name, occurred: Timestamp.now, body: .coverage(coverage))
    }

    static func wait(_ seconds: Double, _ stop: StopFlag) {
        let end = DispatchTime.now().uptimeNanoseconds + UInt64(seconds * 1e9)
        while !stop.isUp, DispatchTime.now().uptimeNanoseconds < end { Thread.sleep(forTimeInterval: 0.1) }
    }

    func run() async throws { try await service.run() }
}

/// Asks the switches that the settings name, round after round.
final class SwitchFeed: ServiceLifecycle.Service {
    private let house: Household
    private let knowledge: KnowledgeBase
    private let state: Mutex<(settings: SettingsFile, version: Int)>

    init(_ settings: SettingsFile, _ knowledge: KnowledgeBase, _ house: Household) {
        self.house = house
        self.knowledge = knowledge
        state = Mutex((settings, 0))
    }

    /// Other switches from the next round on.
    func use(_ settings: SettingsFile) {
        state.withLock { state in
            state.settings = settings
            state.version += 1
        }
    }

    func run() async throws {
        try await ThreadService(name: "switches") { [self] stop in
            let key = try PersonKey.load()
            while !stop.isUp {
                let (settings, version) = state.withLock { $0 }
                let check = MedicalCheck(knowledge, settings.allowed, house.snapshotAndWait())
                var limits = PollLimits()
                limits.isRepeated = true
                let poller = SwitchPoller(
                    settings.switches, limits: limits, personKey: key.bytes, judge: check.why,
                    isStopped: { stop.isUp })
                repeat {
                    let start = DispatchTime.now().uptimeNanoseconds
                    if !settings.switches.isEmpty {
                        try poller.poll(time: { Timestamp.now }, offset: TimeZone.current.secondsFromGMT()) {
                            try house.bringAndWait($0, stop)
                        }
                    }
                    let spent = Double(DispatchTime.now().uptimeNanoseconds - start) / 1e9
                    let pause = max(1, Double(settings.run.pollSeconds) - spent)
                    let end = DispatchTime.now().uptimeNanoseconds + UInt64(pause * 1e9)
                    while !stop.isUp, DispatchTime.now().uptimeNanoseconds < end,
                        state.withLock({ $0.version }) == version
                    {
                        Thread.sleep(forTimeInterval: 0.1)
                    }
                } while !stop.isUp && state.withLock { $0.version } == version
            }
        }.run()
    }
}

extension Household {
    /// The inventory as it is, for a thread that waits.
    func snapshotAndWait() -> InventorySnapshot {
        let done = DispatchSemaphore(value: 0)
        let found = Mutex<InventorySnapshot?>(nil)
        Task {
            let snapshot = await keeper.copy.inventory.snapshot()
            found.withLock { $0 = snapshot }
            done.signal()
        }
        done.wait()
        return found.withLock { $0 }
            ?? InventorySnapshot(devices: [], coverage: [], oddities: [:], evicted: 0, advice: [])
    }
}
