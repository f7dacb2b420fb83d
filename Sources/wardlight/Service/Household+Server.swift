//===----------------------------------------------------------------------===//
// Wardlight · the command
//
// The server, and behind each of its doors the room that stands there.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Logging
import Model
import Server
import ServiceLifecycle
import Store
import Twin

extension Projection: Server.Lists {}
extension AccessStore: Credentials {}

/// What the server asks of a household.
struct HouseholdDoors: Intake, Present, Past, Meters {
    let house: Household

    func append(_ observations: [Observation]) async throws(IntakeFailure) -> Range<UInt64> {
        do { return try await house.append(observations) } catch let refusal as LogWriter.Refusal {
            switch refusal {
            case .busy: throw .busy(seconds: 1)
            case .tooLarge: throw .tooLarge
            case .closed: throw .stopped("Wardlight is stopping.")
            }
        } catch let failure as LogFailure {
            if case .full = failure { throw .full(Words.of(failure)) }
            throw .stopped(Words.of(failure))
        } catch { throw .stopped("\(error)") }
    }

    func view() async throws -> HospitalView { try await house.keeper.lastView() }

    func state() async -> HouseState {
        var state = HouseState()
        state.keeper = await house.keeper.standing
        state.oldest = (try? house.log.positions().lowerBound) ?? 1
        state.trouble = [house.trouble, state.keeper.trouble].compactMap(\.self)
        return state
    }

    func view(at: Timestamp?, asof: UInt64?) async throws(PastFailure) -> HospitalView {
        let past = try await house.historian.hospital(at: at, asof: asof)
        return HospitalView(past.hospital, at: at)
    }

    func meters() async -> [Meter] {
        let standing = await house.keeper.standing
        let copy = await house.keeper.copy
        func gauge(_ name: String, _ value: Int, _ help: String) -> Meter {
            Meter(name, .gauge, Double(value), help: help)
        }
        func counter(_ name: String, _ value: UInt64, _ help: String) -> Meter {
            Meter(name, .counter, Double(value), help: help)
        }
        return [
            counter("wardlight_log_position", standing.position, "Observations in the log that the twin has learnt."),
            counter("wardlight_judged_position", standing.judged, "Observations that the last judging counted."),
            gauge("wardlight_log_waiting", house.writer.waiting, "Observations that wait for the disk."),
            gauge("wardlight_devices", standing.devices, "Devices that are known."),
            gauge("wardlight_readings", standing.readings, "Series of readings."),
            counter(
                "wardlight_devices_demoted_total", copy.inventory.demoted, "Devices of which only counts were kept."),
            counter("wardlight_devices_evicted_total", copy.inventory.evicted, "Devices that were forgotten."),
            counter("wardlight_places_overflow_total", copy.places.overflow, "Places that found no room."),
            counter("wardlight_edges_overflow_total", copy.edges.overflow, "Edges that found no room."),
            counter("wardlight_readings_overflow_total", copy.readings.overflow, "Series that found no room."),
            counter(
                "wardlight_peers_overflow_total", copy.activity.overflow, "Partners of devices that were forgotten."),
            gauge("wardlight_trouble", house.trouble == nil ? 0 : 1, "1 while nothing is acknowledged."),
        ]
    }
}

extension Household {
    /// The server at the settings' door, told of every change from now on.
    func server(_ run: RunSettings, isDemo: Bool) async throws -> any ServiceLifecycle.Service {
        let access: AccessStore
        do { access = try AccessStore(path: folder.appendingPathComponent("access.db").path) } catch {
            throw Stop("\(folder.path)/access.db: \(error)")
        }
        let doors = HouseholdDoors(house: self)
        var settings = ServerSettings()
        settings.host = run.server.address
        settings.port = Int(run.server.port)
        settings.isDemo = isDemo
        settings.timeZone = run.zone.name
        settings.limits.subscribers = run.limits.subscribers
        settings.limits.rate = run.limits.requestsPerSecond
        settings.limits.body = run.limits.bodyOctets
        settings.now = { Timestamp.now }
        if !run.server.plain {
            guard let certificate = run.server.certificate, let key = run.server.key else {
                throw Stop(
                    "no certificate: name server: certificate and key in the settings (`wardlight init` makes them), or "
                        + "plain: true with a loopback address.")
            }
            settings.encryption = ServerSettings.Encryption(certificate: certificate, key: key)
        }
        var logger = Logger(label: "wardlight.server")
        logger.logLevel = .warning
        let server: WardlightServer
        do {
            server = try WardlightServer(
                settings,
                ServerDoors(
                    lists: projection, intake: doors, present: doors, past: doors, credentials: access, meters: doors),
                logger: logger)
        } catch let problem as ServerProblem { throw Stop(problem.description) }
        hub.add { server.hub.publish($0) }
        return ServerService(server: server, access: access, isDemo: isDemo)
    }
}

/// The server, and the link by which the first person comes in.
struct ServerService: ServiceLifecycle.Service {
    let server: WardlightServer
    let access: AccessStore
    let isDemo: Bool

    func run() async throws {
        async let listening: Void = greet()
        try await server.run()
        await listening
    }

    private func greet() async {
        _ = await server.listening()
        Output.note("Wardlight answers at \(server.address)")
        let isNew = (try? await access.hasAccounts()) == false
        if isDemo {
            Output.note("open once: \(server.makeLink())")
        } else if isNew {
            Output.note("nobody can sign in yet; set up the first account here, once: \(server.makeLink())")
        }
    }
}
