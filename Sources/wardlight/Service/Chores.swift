//===----------------------------------------------------------------------===//
// Wardlight · the command
//
// Chores: what the service does every hour without being asked.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Keys
import Model
import Reports
import ServiceLifecycle
import Store
import Synchronization
import Twin

/// Old segments go, downtime sheets are written, backups are made, the certificate is renewed. A chore that fails is told
/// and tried again at its next turn; it never stops the service.
final class Chores: ServiceLifecycle.Service {
    private let house: Household
    private let settings: Mutex<RunSettings>

    init(house: Household, run: RunSettings) {
        self.house = house
        settings = Mutex(run)
    }

    /// Another retention from the next hour on.
    func use(_ limits: RunSettings.Limits) { settings.withLock { $0.limits = limits } }

    private var run: RunSettings { settings.withLock { $0 } }

    /// The names under which backups lie end so; as many are kept.
    private static let backups = 7

    func run() async throws { try await withTaskExecutorPreference(Upkeep.workers) { try await work() } }

    private func work() async throws {
        // By a clock that nobody sets.
        let steady = ContinuousClock()
        let run = run
        var nextSheets = steady.now
        var nextBackup = steady.now + .seconds(run.backup?.everySeconds ?? 0)
        var nextHour = steady.now
        for await _ in AsyncTimer(every: .seconds(10)).cancelOnGracefulShutdown() {
            let moment = house.clock.now
            if let sheets = run.downtime, steady.now >= nextSheets {
                nextSheets = steady.now + .seconds(sheets.everySeconds)
                await attempt("downtime sheets", again: &nextSheets) {
                    try await writeSheets(to: sheets.folder, moment)
                }
            }
            if let backup = run.backup, steady.now >= nextBackup {
                nextBackup = steady.now + .seconds(backup.everySeconds)
                await attempt("backup", again: &nextBackup) { try makeBackup(in: backup.folder, moment) }
            }
            if steady.now >= nextHour {
                nextHour = steady.now + .seconds(3_600)
                await attempt("retention", again: &nextHour) { try await retain(moment) }
                await attempt("certificate", again: &nextHour) { try renew(.now) }
            }
        }
    }

    /// A chore that failed is told, and tried again soon.
    private func attempt(
        _ what: String, again: inout ContinuousClock.Instant, _ chore: () async throws -> Void
    ) async {
        do { try await chore() } catch {
            Output.note("\(what): \(Words.any(error)) It is tried again in ten minutes.")
            again = min(again, ContinuousClock().now + .seconds(600))
        }
    }

    private func writeSheets(to folder: String, _ now: Timestamp) async throws {
        let view = await house.keeper.lastView()
        let sheet = DowntimeSheet(view, title: run.server.hostName, zone: run.zone, made: now)
        try DowntimeFolder.write(sheet.pages, to: folder)
    }

    /// A folder named by its moment; the oldest beyond seven go.
    private func makeBackup(in folder: String, _ now: Timestamp) throws {
        let files = FileManager.default
        func made() throws -> [String] {
            try files.contentsOfDirectory(atPath: folder).filter(Self.isBackup).sorted()
        }
        // What a sudden end left half done is no backup, and takes no room from one.
        for name in (try? made()) ?? [] where !BackupCommand.isWhole(folder + "/" + name) {
            try files.removeItem(atPath: folder + "/" + name)
        }
        let name = "wardlight-" + now.description.filter { $0.isNumber }.prefix(14)
        var command = BackupCommand()
        (command.data, command.to, command.withoutKeys) = (run.data, folder + "/" + name, false)
        try command.run()
        for old in try made().dropLast(Self.backups) { try files.removeItem(atPath: folder + "/" + old) }
    }

    /// `wardlight-20261124093000`: what else lies there is somebody else's.
    private static func isBackup(_ name: String) -> Bool {
        name.hasPrefix("wardlight-") && name.utf8.count == 24
            && name.dropFirst(10).utf8.allSatisfy { (0x30...0x39).contains($0) }
    }

    private func retain(_ now: Timestamp) async throws {
        let oldest = now.adding(seconds: -Int(run.limits.retentionSeconds))
        let retention = try Retention(of: house.log, since: oldest)
        let gone = retention.positions
        guard !gone.isEmpty else { return }
        try await retention.run(for: house.keeper.copy) { batch in
            _ = try await house.append(batch, isHeld: true)
        } keep: { rest in
            // Written before anything else, as soon as there is room.
            house.early.withLock { $0 += rest }
        }
        Output.note("retention: positions \(gone.lowerBound) to \(gone.upperBound - 1) are gone.")
    }

    private func renew(_ now: Timestamp) throws {
        guard let certificate = run.server.certificate, !run.server.plain else { return }
        let keys = KeyFolder(besideCertificate: certificate)
        guard FileManager.default.fileExists(atPath: keys.authorityKey) else { return }
        if try keys.renew(host: run.server.hostName, at: now) {
            Output.note("the server's certificate was renewed; it is used from the next start on.")
        }
    }
}

extension Timestamp {
    func adding(seconds: Int) -> Timestamp {
        let (sum, overflow) = nanoseconds.addingReportingOverflow(Int64(seconds) * 1_000_000_000)
        return overflow ? self : Timestamp(nanoseconds: sum)
    }
}

/// Beats again and again until it is cancelled.
struct AsyncTimer: AsyncSequence {
    let pause: Duration

    init(every pause: Duration) { self.pause = pause }

    struct AsyncIterator: AsyncIteratorProtocol {
        let pause: Duration

        func next() async -> Void? {
            do {
                try await Task.sleep(for: pause)
                return ()
            } catch { return nil }
        }
    }

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(pause: pause) }
}
