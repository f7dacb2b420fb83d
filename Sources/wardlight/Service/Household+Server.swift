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
        do {
            let positions = try await house.append(observations)
            // Durable since now; the answer waits until a search finds it.
            if !positions.isEmpty { await house.reached.wait(for: positions.upperBound - 1) }
            return positions
        } catch let refusal as LogWriter.Refusal {
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

    var position: UInt64 { get async { await house.keeper.standing.position } }

    func find(_ batch: [Observation], after position: UInt64) async throws(IntakeFailure) -> Range<UInt64>? {
        do { return try await house.find(batch, after: position) } catch let failure as LogFailure {
            throw .stopped(Words.of(failure))
        } catch { throw .stopped("\(error)") }
    }

    func knowledge() async -> [String: String] { await house.keeper.copy.knowledge }
    func view(knowing device: String?) async throws -> HospitalView {
        if let view = await house.keeper.heldView(knowing: device) { return view }
        return await withTaskExecutorPreference(Upkeep.workers) { await house.keeper.lastView(knowing: device) }
    }

    func state() async -> HouseState {
        var state = HouseState()
        state.keeper = await house.keeper.standing
        state.oldest = (try? house.log.positions().lowerBound) ?? 1
        state.oldestRecorded = house.recorded(at: state.oldest)
        let full = house.trouble.map { words in
            "\(words) Nothing is acknowledged until then (refused so far: \(house.refusals) observations); what sensors hear "
                + "waits, and it goes on by itself."
        }
        state.trouble = [full].compactMap(\.self) + house.troubles
        return state
    }

    func view(at: Timestamp?, asof: UInt64?) async throws(PastFailure) -> HospitalView {
        let found = await withTaskExecutorPreference(Upkeep.workers) { () -> Result<HospitalView, PastFailure> in
            do throws(PastFailure) {
                let past = try await house.historian.hospital(at: at, asof: asof)
                return .success(await HospitalView.judged(past.hospital, at: at))
            } catch { return .failure(error) }
        }
        return try found.get()
    }

    func meters() async -> [Meter] {
        let copy = await house.keeper.copy
        func gauge(_ name: String, _ value: Int, _ help: String) -> Meter {
            Meter(name, .gauge, Double(value), help: help)
        }
        func counter(_ name: String, _ value: UInt64, _ help: String) -> Meter {
            Meter(name, .counter, Double(value), help: help)
        }
        return [
            gauge("wardlight_log_waiting", house.writer.waiting, "Observations that wait for the disk."),
            counter(
                "wardlight_devices_demoted_total", copy.inventory.demoted, "Devices of which only counts were kept."),
            counter("wardlight_devices_evicted_total", copy.inventory.evicted, "Devices that were forgotten."),
            counter("wardlight_places_overflow_total", copy.places.overflow, "Places that found no room."),
            counter("wardlight_edges_overflow_total", copy.edges.overflow, "Edges that found no room."),
            counter("wardlight_readings_overflow_total", copy.readings.overflow, "Series that found no room."),
            counter(
                "wardlight_peers_overflow_total", copy.activity.overflow, "Partners of devices that were forgotten."),
            gauge("wardlight_log_stopped", house.trouble == nil ? 0 : 1, "1 while nothing is acknowledged."),
            gauge(
                "wardlight_log_refused", house.refusals, "Observations that were refused since nothing is acknowledged."
            ),
            gauge(
                "wardlight_disk_free_bytes", DiskRoom(at: house.folder.path)?.free ?? 0,
                "Octets that are free where the log lies."),
            gauge("wardlight_sensor_troubles", house.troubles.count, "Sensors and clocks that are not well."),
            gauge(
                "wardlight_clock_lead_seconds", house.clock.leadSeconds,
                "Seconds that Wardlight's clock is ahead of the machine's."),
        ] + house.outletMeters
    }
}

extension Household {
    /// The server at the settings' door, told of every change from now on.
    func server(_ run: RunSettings, isDemo: Bool) async throws -> ServerService {
        let access: AccessStore
        do { access = try AccessStore(path: folder.appendingPathComponent("access.db").path) } catch {
            let isSpent = DiskRoom(at: folder.path)?.isSpent ?? false
            throw Stop(
                "\(folder.path)/access.db: " + (isSpent ? "the disk is full; make room and start again." : "\(error)"))
        }
        let receipts: ReceiptStore
        do { receipts = try ReceiptStore(path: folder.appendingPathComponent("receipts.db").path) } catch {
            throw Stop("\(folder.path)/receipts.db: \(error)")
        }
        let doors = HouseholdDoors(house: self)
        var settings = ServerSettings()
        settings.host = run.server.address
        settings.port = Int(run.server.port)
        settings.isDemo = isDemo
        settings.timeZone = run.zone.name
        settings.limits.take(run.limits)
        settings.now = { [clock] in clock.now }
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
                    lists: projection, intake: doors, present: doors, past: doors, credentials: access,
                    receipts: HouseholdReceipts(house: self, store: receipts), meters: doors),
                logger: logger)
        } catch let problem as ServerProblem { throw Stop(problem.description) }
        hub.add { server.hub.publish($0) }
        return ServerService(server: server, access: access, isDemo: isDemo)
    }
}

/// Receipts beside the log. Where a key cannot be noted, its batch is not taken in, and its sender hears why.
struct HouseholdReceipts: ReceiptBook {
    let house: Household
    let store: ReceiptStore

    func receipt(key: [UInt8]) async throws -> (digest: [UInt8], after: UInt64, range: Range<UInt64>?)? {
        try await store.receipt(key: key)
    }

    func begin(receipt key: [UInt8], digest: [UInt8], after: UInt64, at moment: Timestamp) async throws {
        do {
            try await store.begin(receipt: key, digest: digest, after: after, at: moment)
        } catch let failure as LogFailure {
            if case .full = failure { throw IntakeFailure.full(Words.of(failure)) }
            throw IntakeFailure.stopped(Words.of(failure))
        } catch { throw IntakeFailure.stopped("The key cannot be noted: \(error)") }
    }

    func finish(receipt key: [UInt8], with range: Range<UInt64>) async throws {
        try await store.finish(receipt: key, with: range)
    }

    func forget(receipt key: [UInt8]) async throws { try await store.forget(receipt: key) }
}

extension Household {
    /// Where a batch lies that an earlier process wrote, from a position on. That process ended soon afterwards: what this
    /// one wrote is not looked at.
    @concurrent func find(_ batch: [Observation], after position: UInt64) async throws -> Range<UInt64>? {
        struct Found: Error { var range: Range<UInt64>? }
        guard position + 1 < opened else { return nil }
        do {
            try log.replay(from: position + 1) { block in
                if block.first >= opened { throw Found() }
                if let range = HouseholdDoors.place(of: batch, in: block), range.lowerBound > position {
                    throw Found(range: range)
                }
            }
        } catch let found as Found { return found.range }
        return nil
    }
}

/// The server, and the link by which the first person comes in.
struct ServerService: ServiceLifecycle.Service {
    let server: WardlightServer
    let access: AccessStore
    let isDemo: Bool

    /// Other limits from now on.
    func use(_ limits: RunSettings.Limits) {
        var now = ServerLimits()
        now.take(limits)
        server.use(now)
    }

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

extension ServerLimits {
    fileprivate mutating func take(_ limits: RunSettings.Limits) {
        (subscribers, rate, body) = (limits.subscribers, limits.requestsPerSecond, limits.bodyOctets)
    }
}
