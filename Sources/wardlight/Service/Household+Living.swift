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
            await house.name([named] + lists.used, site: site, now: house.clock.now)
            return house
        } catch {
            // Whatever it was that failed: where nothing can be made any more, this is why.
            if let room = DiskRoom(at: run.data), room.isSpent {
                throw Stop(
                    "\(run.data): the disk is full (\(room.free >> 10) KiB of \(room.size >> 20) MiB are free). Nothing "
                        + "was changed; make room and start again.")
            }
            throw Stop(Words.any(error))
        }
    }

    /// Names in the log what can change an answer, where it is another than before.
    ///
    /// - Parameter now: from then on this is what was known: an answer about an earlier moment says that it was another.
    func name(_ used: [Observation.Knowledge], site: String, now: Timestamp) async {
        let known = await keeper.copy.knowledge
        let news = used.filter { known[$0.name] != $0.digest }
        for one in news {
            guard let before = known[one.name] else { continue }
            Output.note(
                "\(one.name) is another (\(one.digest.prefix(12))) than the log was made with (\(before.prefix(12))); "
                    + "from here on this one counts.")
        }
        early.withLock {
            $0 += news.map {
                Observation(site: site, sensor: "wardlight", occurred: now, body: .knowledge($0))
            }
        }
    }

    /// What brings the places of the log to those of the settings.
    func bringPlaces(_ places: [Location]?) async throws {
        guard let places else { return }
        let reports = await keeper.copy.places.difference(to: places)
        let now = clock.now
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
        let failure = await withTaskGroup(of: Void.self) { group in
            group.addTask { await house.follow() }
            // A disk that is full today has room tomorrow: what waits goes in before anything else.
            do { try await house.sendEarly() } catch {}
            let settling = Task(executorPreference: Upkeep.workers) { await house.settle() }
            let failure = await lived()
            settling.cancel()
            await house.finish()
            await group.waitForAll()
            return failure
        }
        await house.close()
        if let failure {
            throw Stop("log: \(Words.any(failure)) Wardlight ends here, so that the log is opened and read anew.")
        }
    }

    /// Until somebody says stop, or the log takes nothing any more, ever.
    private func lived() async -> (any Error)? {
        await withTaskGroup(of: (any Error)?.self) { group in
            group.addTask {
                do { try await house.tick(site: "") } catch { return error }
                return nil
            }
            group.addTask {
                try? await gracefulShutdown()
                return nil
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            return first
        }
    }
}

extension Words {
    static func of(_ failure: ProjectionFailure) -> String {
        switch failure {
        case .database(let path, let reason): "\(path): \(reason)."
        }
    }

    /// Whatever failed, in a line.
    static func any(_ failure: any Error) -> String {
        switch failure {
        case let failure as LogFailure: of(failure)
        case let failure as ProjectionFailure: of(failure)
        case let failure as StateFileFailure: of(failure)
        case let failure as Stop: failure.description
        default: (failure as NSError).localizedDescription + "."
        }
    }
}
