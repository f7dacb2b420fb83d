//===----------------------------------------------------------------------===//
// Wardlight · the command
//
// The switch feed: switches are asked, round after round, and heard between the rounds.
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

/// Asks the switches that the settings name, and takes what they tell by themselves.
///
/// One thread does both: net-snmp keeps one table of users for all sessions. What is told during a poll waits in the
/// system's queue.
final class SwitchFeed: ServiceLifecycle.Service {
    private let house: Household
    private let knowledge: KnowledgeBase
    private let state: Mutex<(settings: SettingsFile, version: Int)>

    /// How much was heard is told as often.
    private static let coverage: Double = 60

    init(_ settings: SettingsFile, _ knowledge: KnowledgeBase, _ house: Household) {
        self.house = house
        self.knowledge = knowledge
        state = Mutex((settings, 0))
    }

    /// Other switches, and another door for what they tell, at once.
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
                try serve(settings, key.bytes, stop) { [self] in state.withLock { $0.version } != version }
            }
        }.run()
    }

    /// Until the settings are others.
    private func serve(
        _ settings: SettingsFile, _ key: [UInt8], _ stop: StopFlag, isOver: @escaping () -> Bool
    ) throws {
        let check = MedicalCheck(knowledge, settings.allowed)
        var limits = PollLimits()
        limits.isRepeated = true
        let poller = SwitchPoller(
            settings.switches, limits: limits, personKey: key, judge: check.why, isStopped: { stop.isUp })
        // Open before the first poll: what is told meanwhile waits.
        var door = TrapDoor(settings, house)
        defer { door.shut(stop) }
        try door.open(stop)
        repeat {
            let start = DispatchTime.now().uptimeNanoseconds
            if !settings.switches.isEmpty {
                // What turned out to be medical since the last round is left alone from this one on.
                check.known = house.medicalAddressesAndWait()
                let clock = house.clock
                try poller.poll(time: { clock.now }, offset: TimeZone.current.secondsFromGMT()) {
                    try house.bringAndWait($0, stop)
                }
            }
            let spent = Double(DispatchTime.now().uptimeNanoseconds - start) / 1e9
            let next =
                DispatchTime.now().uptimeNanoseconds
                + UInt64(max(1, Double(settings.run.pollSeconds) - spent) * 1e9)
            while !stop.isUp, !isOver(), DispatchTime.now().uptimeNanoseconds < next {
                try door.hear(
                    stop, seconds: min(Self.coverage, Double(next - DispatchTime.now().uptimeNanoseconds) / 1e9)
                ) {
                    isOver() || DispatchTime.now().uptimeNanoseconds >= next
                }
            }
        } while !stop.isUp && !isOver()
    }
}

/// The door at which switches tell by themselves; it opens when it can.
private struct TrapDoor {
    private let settings: SettingsFile
    private let house: Household
    private var sensor: TrapSensor?
    private var nextTry: UInt64 = 0

    private static let input = "door for notifications"

    init(_ settings: SettingsFile, _ house: Household) { (self.settings, self.house) = (settings, house) }

    mutating func open(_ stop: StopFlag) throws {
        guard let traps = settings.run.traps else {
            _ = house.tell(Self.input, nil)
            return
        }
        nextTry = DispatchTime.now().uptimeNanoseconds + Self.pause
        let door = traps.address.isEmpty ? "*" : traps.address
        let site = settings.site
        do throws(TrapTrouble) {
            var opened = try TrapSensor(settings.switches, site: site, address: traps.address, port: traps.port)
            let port = try opened.open()
            sensor = opened
            // Another door than before is news as well.
            _ = house.tell(Self.input, "opens.")
            try? house.report(Self.input, site: site, nil, well: "open at \(door):\(port).", stop)
        } catch {
            let words =
                error == .nobodyKnown ? "no named switch has an address, so nobody would be believed." : error.words
            try house.report(Self.input, site: site, words, cure: "Mend it in the settings.", well: "", stop)
        }
    }

    /// Nanoseconds before a door that did not open is tried again.
    private static let pause: UInt64 = 5_000_000_000

    /// Hears for a while; where no door is open, waits, and tries to open it.
    mutating func hear(_ stop: StopFlag, seconds: Double, isOver: () -> Bool) throws {
        let end = DispatchTime.now().uptimeNanoseconds + UInt64(max(0, seconds) * 1e9)
        func isPast() -> Bool { stop.isUp || isOver() || DispatchTime.now().uptimeNanoseconds >= end }
        guard var opened = sensor else {
            let tries = settings.run.traps != nil
            let next = nextTry
            stop.wait(seconds) { isPast() || tries && DispatchTime.now().uptimeNanoseconds >= next }
            if tries, !stop.isUp, !isOver(), DispatchTime.now().uptimeNanoseconds >= next { try open(stop) }
            return
        }
        defer { sensor = opened }
        let clock = house.clock
        try opened.hear(now: { clock.now }, isOver: isPast) { try house.bringAndWait($0, stop) }
        try house.bringAndWait(opened.report(at: clock.now), stop)
    }

    /// Says what was counted, and lets go.
    mutating func shut(_ stop: StopFlag) {
        guard var opened = sensor else { return }
        sensor = nil
        let counted = opened.close(at: house.clock.now)
        try? house.bringAndWait(counted, stop)
    }
}

extension Household {
    /// `Keeper.medicalAddresses` for a thread that waits.
    func medicalAddressesAndWait() -> [IPAddress: String] {
        let done = DispatchSemaphore(value: 0)
        let found = Mutex<[IPAddress: String]>([:])
        Task {
            let known = await keeper.medicalAddresses
            found.withLock { $0 = known }
            done.signal()
        }
        done.wait()
        return found.withLock { $0 }
    }
}
