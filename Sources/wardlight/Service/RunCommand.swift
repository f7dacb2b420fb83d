//===----------------------------------------------------------------------===//
// Wardlight · the command
//
// wardlight run: the service that runs day and night.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import ArgumentParser
import Foundation
import Library
import Logging
import Model
import ServiceLifecycle
import Settings
import Store
import Twin

struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Runs day and night: listens, asks switches, keeps the log, and answers at its door.",
        discussion: """
            Reads wardlight.yaml (docs/settings.md); `wardlight init` writes one to begin with and `wardlight doctor` says \
            what is missing. Stops cleanly at SIGTERM or Ctrl-C; SIGHUP reads switches, places, limits and what is allowed again.
            """)

    @OptionGroup var service: ServiceOptions
    @Option(help: "A folder with more rules (*.rules); may be given several times.") var knowledge: [String] = []
    @OptionGroup var lists: ListOptions

    func run() async throws {
        let path = service.path
        let settings = try Self.settings(path)
        let run = settings.run
        let base = try KnowledgeFolder.load(extra: knowledge)
        let lists = try StandingLists(lists, settings)
        let house = try await Household.open(
            run, site: run.interfaces.first?.site ?? "main", base, settings, lists, isDemo: false)
        try await house.bringPlaces(try RunCommand.places(of: run))
        let feeds = try run.interfaces.map { try CaptureFeed($0, house) }
        let switches = SwitchFeed(settings, base, house)
        let server = try await house.server(run, isDemo: false)
        let chores = Chores(house: house, run: run)
        var services: [any ServiceLifecycle.Service] = [house.service, server]
        try house.openOutlets(run)
        services += house.outlets.withLock { $0 }
        services += [
            chores, ClockWatch(clock: house.clock),
            Reload(path: path, settings, house: house, switches: switches, server: server, chores: chores), switches,
        ]
        services += feeds
        try await Self.live(services)
    }

    /// Places of the settings, with the floor plans that they name.
    static func places(of run: RunSettings) throws -> [Location]? {
        do { return try PlanLibrary.places(of: run, note: Output.note) } catch { throw Stop("\(error)") }
    }

    static func settings(_ path: String) throws -> SettingsFile {
        do { return try SettingsFile(reading: path, site: "main") } catch { throw Stop(error.words) }
    }

    /// Until somebody says stop; the last of the list stops first.
    static func live(_ services: [any ServiceLifecycle.Service]) async throws {
        var logger = Logger(label: "wardlight")
        logger.logLevel = .notice
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: services.map {
                    ServiceGroupConfiguration.ServiceConfiguration(
                        service: $0, successTerminationBehavior: .gracefullyShutdownGroup,
                        failureTerminationBehavior: .gracefullyShutdownGroup)
                }, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
        do { try await group.run() } catch let failure as LogFailure { throw Stop(Words.of(failure)) }
    }
}

extension SettingsFailure {
    var words: String {
        problems.map { "\(path)\($0.line.map { ":\($0)" } ?? ""): \($0.words)" }.joined(separator: "\n")
    }
}
