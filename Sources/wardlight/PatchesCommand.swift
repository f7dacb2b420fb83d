//===----------------------------------------------------------------------===//
// Wardlight · the command
//
// wardlight patches: the work list of weak devices, by model and ward.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import ArgumentParser
import Model
import Reports

struct PatchesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "patches",
        abstract: "Lists what is to be done about devices that advisories affect, by model and ward.",
        discussion: """
            Each line says the firmware seen, since when it is open, whether it is known to be exploited, what mends it, \
            what to do meanwhile, and what cutting the device off would stop. Medical devices are changed by their \
            manufacturers only (docs/patches.md).
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case table, json, csv
    }

    @OptionGroup var input: InputOptions
    @OptionGroup var lists: ListOptions
    @Flag(help: "Replace addresses, names and serial numbers, so that the output can be shared.") var anonymise = false
    @Option(help: "How to show it: table for people, json for machines, csv for spreadsheets.")
    var format = Format.table

    func validate() throws {
        try input.validate()
        try lists.validate()
    }

    func run() throws {
        var run = try Run(input, save: nil)
        try run.fold(input)
        let patches = try run.patches(of: try run.assess(lists), isAnonymised: anonymise)
        switch format {
        case .json: Output.write(PatchReport.json(of: patches))
        case .csv: Output.write(Array(PatchReport.csv(of: patches).utf8))
        case .table: Output.write(Array(PatchReport.table(of: patches).utf8))
        }
        try run.finish()
    }
}
