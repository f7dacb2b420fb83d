//===----------------------------------------------------------------------===//
// Wardlight · the command
//
// wardlight doctor: what is missing, and how to mend it.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import ArgumentParser
import Foundation
import Model
import Reports
import Settings

struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Says what the service misses on this machine and how to mend it; changes nothing.",
        discussion: "One line each: ok, warn or fail. Ends with 1 when anything fails.")

    enum Format: String, ExpressibleByArgument, CaseIterable { case table, json }

    @OptionGroup var service: ServiceOptions
    @Option(help: "table or json.") var format = Format.table

    func run() throws {
        let checkup = Doctor(path: service.path, now: .now).examine()
        switch format {
        case .table: Output.write(Array((checkup.lines.joined(separator: "\n") + "\n").utf8))
        case .json: Output.write(checkup.json)
        }
        if !checkup.isWell { throw ExitCode(1) }
    }
}
