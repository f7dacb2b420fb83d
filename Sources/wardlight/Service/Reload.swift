//===----------------------------------------------------------------------===//
// Wardlight · the command
//
// SIGHUP: switches, places and limits are read again; with a mistake in the file all stays as it was.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Library
import Model
import ServiceLifecycle
import Settings
import Store
import Synchronization
import UnixSignals

/// Whom a reload concerns, and what is there to be read.
final class Reload: ServiceLifecycle.Service {
    private let path: String
    private let house: Household
    private let switches: SwitchFeed
    private let server: ServerService
    private let chores: Chores
    private let before: Mutex<SettingsFile>

    init(
        path: String, _ settings: SettingsFile, house: Household, switches: SwitchFeed, server: ServerService,
        chores: Chores
    ) {
        (self.path, self.house, self.switches, self.server, self.chores) = (path, house, switches, server, chores)
        before = Mutex(settings)
    }

    func run() async throws {
        for await _ in await UnixSignalsSequence(trapping: .sighup).cancelOnGracefulShutdown() {
            do {
                let settings = try SettingsFile(reading: path, site: "main")
                // Everything is read before anything is used: a plan that cannot be read is a mistake as well.
                let places = try RunCommand.places(of: settings.run)
                try await use(settings, places)
            } catch let failure as SettingsFailure {
                Output.note(failure.words)
                Output.note("\(path): nothing of it is used; all stays as it was.")
            } catch {
                Output.note("\(path): \(Words.any(error))")
                Output.note("\(path): nothing of it is used; all stays as it was.")
            }
        }
    }

    private func use(_ settings: SettingsFile, _ places: [Location]?) async throws {
        switches.use(settings)
        server.use(settings.run.limits)
        chores.use(settings.run.limits)
        house.log.use(SQLiteLog.Limits(octets: settings.run.limits.segmentOctets))
        let allowed = settings.allowed
        var plan = settings.plan
        plan.expect(settings.switches)
        await house.use { [plan] hospital in
            hospital.allowances = allowed
            hospital.lists.plan = plan
        }
        await house.name([Observation.Knowledge(allowed, plan)], site: "main", now: house.clock.now)
        try await house.bringPlaces(places)
        // What finds no room on the disk waits in front of everything else.
        do { try await house.sendEarly() } catch LogFailure.full {}
        let old = before.withLock { old in
            defer { old = settings }
            return old
        }
        let waiting = Self.waiting(from: old.run, to: settings.run)
        Output.note(
            "\(path): read again."
                + (waiting.isEmpty ? "" : " From the next start on: \(waiting.joined(separator: ", "))."))
    }

    /// What is different and counts only after a start, in the words of the file.
    private static func waiting(from old: RunSettings, to new: RunSettings) -> [String] {
        var waiting: [String] = []
        func compare<Value: Equatable>(_ name: String, _ part: (RunSettings) -> Value) {
            if part(old) != part(new) { waiting.append(name) }
        }
        compare("data") { $0.data }
        compare("interfaces") { $0.interfaces }
        compare("timeZone") { $0.zone.name }
        compare("server") { $0.server }
        compare("limits: devices") { $0.limits.devices }
        compare("syslog") { $0.syslog }
        compare("webhook") { $0.webhooks }
        compare("downtime") { $0.downtime }
        compare("backup") { $0.backup }
        return waiting
    }
}
