//===----------------------------------------------------------------------===//
// Wardlight · the command
//
// SIGHUP: switches, places and limits are read again; with a mistake in the file all stays as it was.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import ServiceLifecycle
import Settings
import UnixSignals

struct Reload: ServiceLifecycle.Service {
    let path: String
    let house: Household
    let switches: SwitchFeed

    func run() async throws {
        for await _ in await UnixSignalsSequence(trapping: .sighup).cancelOnGracefulShutdown() {
            do {
                let settings = try SettingsFile(reading: path, site: "main")
                switches.use(settings)
                try await house.bringPlaces(try RunCommand.places(of: settings.run))
                try await house.sendEarly()
                let (allowed, plan) = (settings.allowed, settings.plan)
                await house.use { hospital in
                    hospital.allowances = allowed
                    hospital.lists.plan = plan
                }
                Output.note("\(path): read again.")
            } catch let failure as SettingsFailure {
                Output.note(failure.words)
                Output.note("\(path): nothing of it is used; all stays as it was.")
            } catch { Output.note("\(path): \(error)") }
        }
    }
}
