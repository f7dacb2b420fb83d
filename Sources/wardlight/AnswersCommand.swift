//===----------------------------------------------------------------------===//
// Wardlight · the command
//
// wardlight answers: the seven questions.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import ArgumentParser
import Model
import Reports

struct AnswersCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "answers",
        abstract: "Answers the seven questions of a network's owner, each with its number, list, evidence and age.",
        discussion: """
            What is connected, is anything rogue, does everything behave, is the inventory accurate, how many IoT \
            devices, the top makers, the most vulnerable switches. docs/answers.md defines every number.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case table, json
    }

    @OptionGroup var input: InputOptions
    @OptionGroup var lists: ListOptions
    @Flag(help: "Replace addresses, names and serial numbers, so that the output can be shared.") var anonymise = false
    @Option(help: "How to show it: table for people, json for machines.") var format = Format.table
    @Option(help: "How many lines of each list the table shows.") var show = 5

    func validate() throws {
        try input.validate()
        try lists.validate()
        guard (0...100_000).contains(show) else { throw ValidationError("--show takes 0 to 100000.") }
    }

    func run() throws {
        var run = try Run(input, save: nil)
        try run.fold(input)
        // What is hidden is looked for in all that was read.
        var snapshot = try run.assess(lists, isBrief: !anonymise)
        if anonymise { snapshot = try run.anonymised(snapshot) }
        guard let answers = snapshot.answers else { throw Stop("nothing was asked.") }
        switch format {
        case .json: AnswersJSON.write(answers) { Output.write($0) }
        case .table: Output.write(Array(AnswersTable(width: Output.width, most: show).text(of: answers).utf8))
        }
        try run.finish()
    }
}

/// What answers are held against; shared by every command that judges.
struct ListOptions: ParsableArguments {
    @OptionGroup var declared: DeclaredOptions
    @OptionGroup var advisories: AdvisoryOptions
    @Option(help: "The moment to judge by, such as 2026-03-01T12:00:00Z; the newest thing observed when left out.")
    var now: String?

    func validate() throws {
        try declared.validate()
        if let now, Timestamp(rfc3339: now) == nil {
            throw ValidationError("--now \(now) is no moment: write 2026-03-01T12:00:00Z.")
        }
    }
}
