//===----------------------------------------------------------------------===//
// Wardlight · the command
//
// wardlight report: one page that people forward.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import ArgumentParser
import Foundation
import Model
import Reports

struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Writes the seven answers as one HTML page: charts, coverage, the age of every fact; no scripts.",
        discussion: "The file is complete in itself, opens anywhere and prints well (docs/report.md).")

    @OptionGroup var input: InputOptions
    @OptionGroup var lists: ListOptions
    @Option(help: "The file to write; - is standard output.") var output: String
    @Option(help: "What stands at its head: the hospital's name.") var title = "Wardlight"
    @Flag(help: "Replace addresses, names and serial numbers, so that the page can be shared.") var anonymise = false

    func validate() throws {
        try input.validate()
        try lists.validate()
        guard title.utf8.count <= 256 else { throw ValidationError("--title takes at most 256 octets.") }
    }

    func run() throws {
        var run = try Run(input, save: nil)
        try run.fold(input)
        var snapshot = try run.assess(lists)
        if anonymise { snapshot = try run.anonymised(snapshot) }
        let page = AnswersPage.bytes(of: snapshot, title: title)
        if output == "-" {
            Output.write(page)
        } else {
            do { try Data(page).write(to: URL(fileURLWithPath: output), options: .atomic) } catch {
                throw Stop("\(output): cannot be written (\((error as NSError).localizedDescription)).")
            }
            Output.note("\(output): \(page.count) octets")
        }
        try run.finish()
    }
}
