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
import Twin

/// Old segments go, downtime sheets are written, backups are made, the certificate is renewed. A chore that fails is told
/// and tried again at its next turn; it never stops the service.
struct Chores: ServiceLifecycle.Service {
    let house: Household
    let run: RunSettings

    /// The names under which backups lie end so; as many are kept.
    private static let backups = 7

    func run() async throws {
        var nextSheets = Timestamp.now
        var nextBackup = Timestamp.now.adding(seconds: run.backup?.everySeconds ?? 0)
        var nextHour = Timestamp.now
        for await _ in AsyncTimer(every: .seconds(10)).cancelOnGracefulShutdown() {
            let now = Timestamp.now
            if let sheets = run.downtime, now >= nextSheets {
                nextSheets = now.adding(seconds: sheets.everySeconds)
                await attempt("downtime sheets") { try await writeSheets(to: sheets.folder, now) }
            }
            if let backup = run.backup, now >= nextBackup {
                nextBackup = now.adding(seconds: backup.everySeconds)
                await attempt("backup") { try makeBackup(in: backup.folder, now) }
            }
            if now >= nextHour {
                nextHour = now.adding(seconds: 3_600)
                await attempt("retention") { try retain(now) }
                await attempt("certificate") { try renew(now) }
            }
        }
    }

    private func attempt(_ what: String, _ chore: () async throws -> Void) async {
        do { try await chore() } catch let stop as Stop { Output.note("\(what): \(stop)") } catch let failure
            as LogFailure
        {
            Output.note("\(what): \(Words.of(failure))")
        } catch { Output.note("\(what): \(error)") }
    }

    private func writeSheets(to folder: String, _ now: Timestamp) async throws {
        let view = try await house.keeper.lastView()
        let sheet = DowntimeSheet(view, title: run.server.hostName, zone: run.zone, made: now)
        try DowntimeFolder.write(sheet.pages, to: folder)
    }

    /// A folder named by its moment; the oldest beyond seven go.
    private func makeBackup(in folder: String, _ now: Timestamp) throws {
        let name = "wardlight-" + now.description.filter { $0.isNumber }.prefix(14)
        var command = BackupCommand()
        (command.data, command.to, command.withoutKeys) = (run.data, folder + "/" + name, false)
        try command.run()
        let files = FileManager.default
        let there = try files.contentsOfDirectory(atPath: folder).filter { $0.hasPrefix("wardlight-20") }.sorted()
        for old in there.dropLast(Self.backups) { try files.removeItem(atPath: folder + "/" + old) }
    }

    private func retain(_ now: Timestamp) throws {
        let gone = try house.log.retain(since: now.adding(seconds: -Int(run.limits.retentionSeconds)))
        if !gone.isEmpty { Output.note("retention: positions \(gone.lowerBound) to \(gone.upperBound - 1) are gone.") }
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
