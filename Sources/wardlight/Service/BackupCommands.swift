//===----------------------------------------------------------------------===//
// Wardlight · the command
//
// wardlight backup and restore: the log, the keys and the accounts, and the proof that nothing is missing.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import ArgumentParser
import Foundation
import Model
import Store

/// What lies in a backup besides the log.
private enum BackupFiles {
    /// Keys that open what names people, and under which names are hashed; accounts and tokens.
    static let keys = ["people.keys", "person.key"]
    static let manifest = "backup.txt"
    static let log = "log"
    static let access = "access.db"
}

struct BackupCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Copies the log, the keys and the accounts into a folder, while the service goes on.",
        discussion: """
            Everything else is made anew from these. The copy is walked from its first block to its last before it counts. \
            The keys of people go with it unless --without-keys is given: whoever is erased here is erased there only when \
            the key is destroyed there, too.
            """)

    @Option(help: "The folder of the service (data: in the settings).") var data: String
    @Option(help: "A folder that is empty or not there yet.") var to: String
    @Flag(help: "Leave the keys of people out: what names a person cannot be read from this backup.") var withoutKeys =
        false

    /// Whether a folder is a backup that came to its end.
    static func isWhole(_ folder: String) -> Bool {
        FileManager.default.fileExists(atPath: folder + "/" + BackupFiles.manifest)
    }

    func run() throws {
        let target = URL(fileURLWithPath: to, isDirectory: true)
        let files = FileManager.default
        if let there = try? files.contentsOfDirectory(atPath: to), !there.isEmpty {
            throw Stop("\(to): it is not empty; a backup goes into a folder of its own.")
        }
        let wasThere = files.fileExists(atPath: to)
        do { try write(to: target) } catch {
            let isSpent = DiskRoom(at: to)?.isSpent ?? false
            // Half a backup is none, and must not look like one.
            for name in (try? files.contentsOfDirectory(atPath: to)) ?? [] {
                try? files.removeItem(atPath: to + "/" + name)
            }
            if !wasThere { try? files.removeItem(atPath: to) }
            if isSpent { throw Stop("\(to): the disk is full; nothing of this backup was kept. Make room there.") }
            throw error is Stop ? error : Stop("\(to): \(Words.any(error))")
        }
    }

    private func write(to target: URL) throws {
        do {
            let log = try Logs.reading(data + "/log")
            let verdict = try log.copy(to: target.appendingPathComponent(BackupFiles.log).path)
            guard verdict.isGood else {
                throw Stop(
                    "the copy does not verify: \(verdict.faults.first?.words ?? ""). Run `wardlight log verify \(data)/log`."
                )
            }
            var held = ["log"]
            let access = data + "/" + BackupFiles.access
            if FileManager.default.fileExists(atPath: access) {
                try AccessStore.copy(access, to: target.appendingPathComponent(BackupFiles.access).path)
                held.append("accounts and tokens")
            }
            if !withoutKeys { held += try copyKeys(to: target) }
            let text = """
                wardlight backup 1
                log \(verdict.log)
                site \(verdict.site)
                positions \(verdict.positions.lowerBound) to \(verdict.positions.upperBound - 1)
                head \(verdict.head)

                """
            try Data(text.utf8).write(to: target.appendingPathComponent(BackupFiles.manifest), options: .atomic)
            Output.note(
                "\(to): \(held.joined(separator: ", ")); \(verdict.positions.upperBound - verdict.positions.lowerBound) "
                    + "observations, the last block's hash is \(verdict.head).")
        } catch LogFailure.full(let path) {
            throw Stop("\(path): the disk is full; nothing of this backup was kept. Make room there.")
        } catch let failure as LogFailure { throw Stop(Words.of(failure)) }
    }

    private func copyKeys(to target: URL) throws -> [String] {
        var held: [String] = []
        for name in BackupFiles.keys {
            let source = Folders.state.appendingPathComponent(name)
            guard let data = FileManager.default.contents(atPath: source.path) else { continue }
            guard
                FileManager.default.createFile(
                    atPath: target.appendingPathComponent(name).path, contents: data,
                    attributes: [.posixPermissions: 0o600])
            else { throw Stop("\(target.path)/\(name): cannot be written.") }
            held.append(name)
        }
        return held
    }
}

struct RestoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Brings a backup into an empty folder of a service that does not run.",
        discussion: "Keys that are here already are kept: nothing is overwritten.")

    @Argument(help: "The backup's folder.") var backup: String
    @Option(help: "The folder of the service; empty or not there yet.") var data: String

    func run() throws {
        let source = URL(fileURLWithPath: backup, isDirectory: true)
        guard let text = FileManager.default.contents(atPath: source.appendingPathComponent(BackupFiles.manifest).path),
            let manifest = String(validating: text, as: UTF8.self), manifest.hasPrefix("wardlight backup 1\n")
        else { throw Stop("\(backup): no backup (its \(BackupFiles.manifest) is not there).") }
        do {
            let log = try SQLiteLog(reading: source.appendingPathComponent(BackupFiles.log).path)
            let verdict = try log.copy(to: data + "/log")
            guard verdict.isGood else {
                throw Stop("the backup is damaged: \(verdict.faults.first?.words ?? "").")
            }
            guard manifest.contains("head \(verdict.head)\n") else {
                throw Stop(
                    "the backup is not what was written: its log ends with another block than \(BackupFiles.manifest) says."
                )
            }
            let access = source.appendingPathComponent(BackupFiles.access).path
            if FileManager.default.fileExists(atPath: access) {
                try AccessStore.copy(access, to: data + "/" + BackupFiles.access)
            }
            for name in BackupFiles.keys { try restoreKey(name, from: source) }
            Output.note(
                "\(data): \(verdict.positions.upperBound - verdict.positions.lowerBound) observations are back; "
                    + "`wardlight replay \(data)/log` tells the hospital's hash.")
        } catch let failure as LogFailure { throw Stop(Words.of(failure)) }
    }

    private func restoreKey(_ name: String, from source: URL) throws {
        guard let data = FileManager.default.contents(atPath: source.appendingPathComponent(name).path) else { return }
        let target = Folders.state.appendingPathComponent(name)
        if let there = FileManager.default.contents(atPath: target.path) {
            if there != data { Output.note("\(target.path): another one is here and stays; the backup's is not used.") }
            return
        }
        try? FileManager.default.createDirectory(at: Folders.state, withIntermediateDirectories: true)
        guard
            FileManager.default.createFile(
                atPath: target.path, contents: data, attributes: [.posixPermissions: 0o600])
        else { throw Stop("\(target.path): cannot be written.") }
    }
}
