//===----------------------------------------------------------------------===//
// Wardlight · the command
//
// wardlight token: which programs may ask, and until when.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import ArgumentParser
import Foundation
import Model
import Reports
import Server
import Store

struct TokenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token",
        abstract: "Makes, lists and revokes tokens with which programs ask the API.",
        subcommands: [TokenCreate.self, TokenList.self, TokenRevoke.self])
}

/// Which service's tokens.
struct AccessOptions: ParsableArguments {
    @OptionGroup var service: ServiceOptions
    @Option(help: "The folder of the service. [data: in the settings]") var data: String?

    func open() throws -> AccessStore {
        let folder = try data ?? service.load().run.data
        let path = folder + "/access.db"
        guard FileManager.default.fileExists(atPath: path) else {
            throw Stop("\(path): is not there; start the service once, or name its folder with --data.")
        }
        do { return try AccessStore(path: path) } catch let failure as LogFailure { throw Stop(Words.of(failure)) }
    }
}

struct TokenCreate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Makes a token and shows its secret, this once.")

    @OptionGroup var access: AccessOptions
    @Option(help: "What it is for, such as the gateway's name.") var name: String
    @Option(help: "What it may do: read, write, admin; may be given several times.") var scope: [String] = ["read"]
    @Option(help: "After how many days it ends: 1 to 3650.") var days = 90

    func validate() throws {
        guard !name.isEmpty, name.utf8.count <= AccessToken.longestName,
            !name.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F })
        else { throw ValidationError("--name takes one line of at most \(AccessToken.longestName) octets.") }
        guard (1...3_650).contains(days) else { throw ValidationError("--days takes 1 to 3650.") }
        for text in scope where AccessScope(rawValue: text) == nil {
            throw ValidationError("--scope \(text): there are read, write and admin.")
        }
    }

    func run() async throws {
        let store = try access.open()
        let scopes = AccessScope.allCases.filter { scope.contains($0.rawValue) }
        let made = NewToken(name: name, scopes: scopes, days: days, at: .now)
        guard try await store.add(made.token) else {
            throw Stop("\(AccessToken.most) tokens are kept already; a new service takes new ones.")
        }
        Output.write(Array((made.secret + "\n").utf8))
        Output.note(
            "\(made.token.id) ends \(made.token.expires?.description ?? "never"); the secret is not shown again.")
    }
}

struct TokenList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Lists tokens, without their secrets.")

    @OptionGroup var access: AccessOptions

    func run() async throws {
        let now = Timestamp.now
        for token in try await access.open().tokens() {
            let state = token.revoked != nil ? "revoked" : token.isGood(at: now) ? "good" : "ended"
            let parts = [
                token.id, state, token.scopes.map(\.rawValue).joined(separator: "+"),
                "ends \(token.expires?.description ?? "never")", "used \(token.lastUsed?.description ?? "never")",
                token.name,
            ]
            Output.write(Array((SafeText.neutralised(parts.joined(separator: "  ")) + "\n").utf8))
        }
    }
}

struct TokenRevoke: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "revoke", abstract: "Ends a token at once.")

    @OptionGroup var access: AccessOptions
    @Argument(help: "Its id, tok-…") var id: String

    func run() async throws {
        guard try await access.open().revoke(token: id, at: .now) else { throw Stop("\(id): there is no such token.") }
        Output.note("\(id) is revoked.")
    }
}
