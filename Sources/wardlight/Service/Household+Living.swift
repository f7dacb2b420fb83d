//===----------------------------------------------------------------------===//
// Wardlight · the command
//
// The household as a service: how it opens, lives and closes.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Inventory
import Model
import ServiceLifecycle
import Settings
import Store
import Twin

extension Household {
    /// Opens it and says so: how far the log had come, and how long it took.
    static func open(
        _ run: RunSettings, site: String, _ knowledge: KnowledgeBase, _ settings: SettingsFile?, _ lists: StandingLists,
        isDemo: Bool
    ) async throws -> Household {
        let hub = Broadcast()
        let clock = ContinuousClock()
        let start = clock.now
        var told = start
        let limits = SQLiteLog.Limits(octets: run.limits.segmentOctets)
        do {
            let house = try await Household(
                folder: URL(fileURLWithPath: run.data, isDirectory: true), site: site,
                beginning: lists.hospital(knowledge, devices: run.limits.devices), knowledge: knowledge,
                inventory: InventoryLimits(devices: run.limits.devices), limits: limits, hub: hub
            ) { done, all in
                guard clock.now - told > .seconds(1) else { return }
                told = clock.now
                Output.note("reading the log: \(done) of \(all) observations")
            }
            let standing = await house.keeper.standing
            let passed = (clock.now - start).components
            Output.note(
                "the log holds \(standing.position) observations of \(standing.devices) devices; read in "
                    + "\(passed.seconds).\(passed.attoseconds / 100_000_000_000_000_000) s")
            let named = Observation.Knowledge(name: "knowledge", digest: knowledge.digest)
            await house.name([named] + lists.used, site: site)
            return house
        } catch let failure as LogFailure { throw Stop(Words.of(failure)) } catch let failure as ProjectionFailure {
            throw Stop(Words.of(failure))
        }
    }

    /// Names in the log what can change an answer, where it is another than before.
    private func name(_ used: [Observation.Knowledge], site: String) async {
        let known = await keeper.copy.knowledge
        let news = used.filter { known[$0.name] != $0.digest }
        for one in news where known[one.name] != nil {
            Output.note("\(one.name) is another than the log was made with; from here on this one counts.")
        }
        early.withLock {
            $0 += news.map {
                Observation(site: site, sensor: "wardlight", occurred: .epoch, body: .knowledge($0))
            }
        }
    }

    /// What brings the places of the log to those of the settings.
    func bringPlaces(_ places: [Location]?) async throws {
        guard let places else { return }
        let reports = await keeper.copy.places.difference(to: places)
        let now = Timestamp.now
        early.withLock {
            $0 += reports.map {
                Observation(site: "", sensor: "wardlight.yaml", occurred: now, body: .location($0))
            }
        }
    }

    /// Follows, judges and ticks until the end, and closes when everybody else has stopped.
    var service: HouseService { HouseService(house: self) }
}

struct HouseService: ServiceLifecycle.Service {
    let house: Household

    func run() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await house.follow() }
            try await house.sendEarly()
            let others = [Task { await house.settle() }, Task { await house.tick(site: "") }]
            try? await gracefulShutdown()
            for other in others { other.cancel() }
            await house.finish()
            try await group.waitForAll()
        }
        try await house.close()
    }
}

extension Words {
    static func of(_ failure: ProjectionFailure) -> String {
        switch failure {
        case .database(let path, let reason): "\(path): \(reason)"
        }
    }
}
