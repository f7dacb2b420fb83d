//===----------------------------------------------------------------------===//
// Wardlight · the command
//
// Which settings the service, and all that looks after it, reads.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import ArgumentParser
import Foundation
import Keys
import Model
import Settings

/// The settings file of `run`, `doctor`, `print-ca` and `downtime`.
struct ServiceOptions: ParsableArguments {
    @Option(help: "The settings file. [wardlight.yaml here, else /etc/wardlight/wardlight.yaml]") var config: String?

    static let usual = "/etc/wardlight/wardlight.yaml"

    var path: String {
        config ?? (FileManager.default.fileExists(atPath: "wardlight.yaml") ? "wardlight.yaml" : Self.usual)
    }

    func load() throws -> SettingsFile {
        do { return try SettingsFile(reading: path, site: "default") } catch { throw Stop(lines: error.lines) }
    }
}

extension Timestamp {
    /// The machine's clock, to the microsecond.
    static var now: Timestamp {
        Timestamp(nanoseconds: Int64(Date().timeIntervalSince1970 * 1_000_000) * 1_000)
    }
}
