//===----------------------------------------------------------------------===//
// Wardlight · the command
//
// Desk: where a person decides something about devices of a saved log.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import ArgumentParser
import Foundation
import Inventory
import Ledger
import Model
import Reports
import Store
import Twin

/// Who decides, why, and in which log it is kept; shared by `correct`, `merge`, `split`, `accept` and `compensate`.
struct DecisionOptions: ParsableArguments {
    @Option(help: "Who decides: your name, as the hospital knows it.") var by: String
    @Option(help: "Why: what you have seen or read.") var reason: String
    @Option(name: .customLong("from"), help: "The log that was saved before; the decision is appended to it.")
    var log: String
    @Option(help: "A folder with more rules (*.rules); may be given several times.") var knowledge: [String] = []

    func validate() throws {
        try Self.check("--by", by, most: Observation.Decision.longestName)
        try Self.check("--reason", reason, most: Observation.Decision.longestReason)
    }

    /// One line of text that says something.
    static func check(_ option: String, _ text: String, most: Int) throws {
        guard text.contains(where: { !$0.isWhitespace }) else { throw ValidationError("\(option) must say something.") }
        guard text.utf8.count <= most else { throw ValidationError("\(option) takes at most \(most) octets.") }
        guard !text.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) else {
            throw ValidationError("\(option) takes one line.")
        }
    }
}

/// A replayed log, ready for a decision.
struct Desk {
    let knowledge: KnowledgeBase
    private let options: DecisionOptions
    private var hospital: Hospital
    private(set) var snapshot: InventorySnapshot
    /// What was accepted and guarded before.
    private var register = Register()

    init(_ options: DecisionOptions) throws {
        self.options = options
        knowledge = try KnowledgeFolder.load(extra: options.knowledge)
        var hospital = Hospital(knowledge: knowledge)
        var register = Register()
        do {
            let log = try Logs.reading(options.log)
            try log.replay { block in
                _ = hospital.learn(block.observations)
                for observation in block.observations { register.learn(observation) }
            }
        } catch let failure as LogFailure { throw Stop(Words.of(failure)) }
        self.hospital = hospital
        self.register = register
        snapshot = hospital.snapshot()
    }

    func acceptance(of device: Device) -> Standing<Acceptance>? {
        register.acceptance(site: device.site, device: device, parent: parent(of: device))
    }

    func controls(of device: Device) -> [Standing<CompensatingControl>] {
        register.controls(site: device.site, device: device, parent: parent(of: device))
    }

    private func parent(of device: Device) -> Device? {
        device.parent.flatMap { id in snapshot.devices.first { $0.id == id } }
    }

    func device(_ name: String) throws -> Device {
        do { return try snapshot.device(named: name) } catch { throw Stop(Words.of(error)) }
    }

    func subject(of device: Device) throws -> Subject {
        guard let subject = hospital.inventory.subject(ofDevice: device.id) else {
            throw Stop("\(device.id): nothing is kept by which it could be known again.")
        }
        return subject
    }

    /// Writes decisions to the log, durably, and says what they changed.
    mutating func decide(_ acts: [Observation.Decision.Act], site: String) throws -> [String] {
        let now = Timestamp(nanoseconds: Int64(Date().timeIntervalSince1970 * 1_000_000) * 1_000)
        let observations = acts.map { act in
            Observation(
                site: site, sensor: "wardlight", occurred: now,
                body: .decision(Observation.Decision(act: act, by: options.by, reason: options.reason)))
        }
        do {
            let log = try Logs.appending(to: options.log, site: site)
            try log.append(observations)
            try log.close()
        } catch let failure as LogFailure { throw Stop(Words.of(failure)) }
        let before = snapshot
        _ = hospital.learn(observations)
        snapshot = hospital.snapshot()
        return SnapshotDifference.lines(from: before, to: snapshot)
    }

    /// What a decision changed, and where it is kept.
    func report(_ changes: [String]) {
        let lines = changes.isEmpty ? ["Nothing changes now: this is what is believed already."] : changes
        let end = "Kept in \(options.log), as decided by \(options.by); it holds for later captures in this log, too."
        Output.write(Array((lines + [end]).joined(separator: "\n").utf8) + [0x0A])
    }
}
