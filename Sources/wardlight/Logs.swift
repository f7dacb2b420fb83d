//===----------------------------------------------------------------------===//
// Wardlight · the command
//
// Logs, opened with the keys of people.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import ArgumentParser
import Foundation
import Store

/// Opens logs. What names a person is closed in them with keys that this user keeps (docs/log.md).
enum Logs {
    static var keys: String { Folders.state.appendingPathComponent("people.keys").path }

    static func reading(_ path: String) throws -> SQLiteLog { try SQLiteLog(reading: path, seals: vault(make: false)) }

    static func appending(to path: String, site: String) throws -> SQLiteLog {
        try SQLiteLog(appendingTo: path, site: site, seals: vault(make: true))
    }

    static func folder(_ path: String, site: String, limits: SQLiteLog.Limits = SQLiteLog.Limits()) throws -> SQLiteLog
    {
        try SQLiteLog(folder: path, site: site, limits: limits, seals: vault(make: true))
    }

    /// Nil where nothing was ever closed by this user.
    static func vault(make: Bool) throws -> PeopleVault? {
        guard make || FileManager.default.fileExists(atPath: keys) else { return nil }
        do { return try PeopleVault(keys) } catch let failure as VaultFailure { throw Stop(words(failure)) }
    }

    static func words(_ failure: VaultFailure) -> String {
        switch failure {
        case .cannotRead(let path): "\(path): the keys of people cannot be read."
        case .cannotWrite(let path, let reason): "\(path): the keys of people cannot be written (\(reason))."
        case .damaged(let path, let line): "\(path): line \(line) is no key; bring the file back from a backup."
        case .tooMany(let path): "\(path): no room for the keys of more people."
        }
    }
}

/// Forgets a person in every log that was written with these keys.
struct LogErase: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "erase",
        abstract: "Destroys a person's key, so that nothing names them any more in any log of this user's.",
        discussion: """
            The logs are not touched, and still verify. It cannot be taken back, except by a backup of the keys: destroy the \
            key there, too.
            """)

    @Argument(help: "The person's name, as it was given with --by.") var person: String

    func run() throws {
        do {
            guard let vault = try Logs.vault(make: false), try vault.erase(person) else {
                throw Stop("no key of that name is kept in \(Logs.keys).")
            }
            Output.note(
                "the key is destroyed; what it closed is erased. A service that runs forgets what it holds in memory when it "
                    + "is started again.")
        } catch let failure as VaultFailure { throw Stop(Logs.words(failure)) }
    }
}
