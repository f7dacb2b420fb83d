//===----------------------------------------------------------------------===//
// Wardlight · the command
//
// --declared: the hospital's own lists of assets.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import ArgumentParser
import Foundation
import Library
import Model
import Settings

/// Lists of assets that are held against what was seen; shared by every command that judges.
struct DeclaredOptions: ParsableArguments {
    @Option(
        name: .customLong("declared"),
        help:
            "A list of assets as CSV (an export of a CMMS or CMDB), or - for standard input; may be given several times."
    )
    var files: [String] = []

    func validate() throws {
        if files.filter({ $0 == "-" }).count > 1 { throw ValidationError("Standard input can be read only once.") }
        if files.count > Self.most { throw ValidationError("--declared is given at most \(Self.most) times.") }
    }

    /// More lists than a hospital has departments.
    private static let most = 64

    /// All lists as one, and what could not be read of them told; nil where none was given.
    func load(settings: SettingsFile?) throws -> DeclaredList? { try load(columns: settings?.plan.columns ?? [:]) }

    func load(columns: [String: String]) throws -> DeclaredList? {
        if files.isEmpty { return nil }
        let now = Timestamp(seconds: Int64(Date().timeIntervalSince1970.rounded(.down)))
        do throws(DeclaredFailure) {
            let loaded = try DeclaredLibrary.load(files, columns: columns, now: now)
            let list = loaded.list
            for trouble in list.troubles.prefix(Self.mostTold) {
                let column = trouble.column.map { ", column \($0)" } ?? ""
                Output.note("\(trouble.source): row \(trouble.line)\(column): \(trouble.words).")
            }
            let more = max(0, list.troubles.count - Self.mostTold) + list.troublesLeftOut
            if more > 0 { Output.note("and \(more) more; `declared` in the JSON lists them.") }
            return list
        } catch { throw Stop(error.words) }
    }

    /// More lines than fit a screen help nobody.
    private static let mostTold = 20
}
