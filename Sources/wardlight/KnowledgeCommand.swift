//===----------------------------------------------------------------------===//
// Wardlight · the command
//
// wardlight knowledge: are these knowledge files whole?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import ArgumentParser
import Library
import Reports

struct KnowledgeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "knowledge",
        abstract: "Looks after knowledge files: rules, recog's fingerprints, p0f's signatures, profiles, lists.",
        subcommands: [Check.self])

    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "check",
            abstract: "Reads knowledge files, runs every example in them and says what is wrong, with file and line.",
            discussion: "Ends with 1 where an example fails, or a file or a pattern is refused.")

        enum Format: String, ExpressibleByArgument, CaseIterable {
            case text, json
        }

        @Argument(help: "Folders or files: *.rules, recog's *.xml, p0f's *.fp, *.profile, our *.list.") var paths:
            [String]
        @Option(help: "How to show it: text for people, json for machines.") var format = Format.text

        func run() throws {
            let checked: [CheckedFile]
            do { checked = try KnowledgeCheck.files(paths, own: PrefixLibrary.ownFolder()) } catch {
                throw Stop("\(error)")
            }
            let report = KnowledgeReport(
                files: checked.map { file in
                    KnowledgeReport.File(
                        path: file.path, kind: file.kind.rawValue, count: file.count, passed: file.examplesPassed,
                        failures: file.failures, refusals: file.refusals, problem: file.problem, feeds: file.feeds,
                        milliseconds: Int(file.seconds * 1_000))
                })
            Output.write(format == .json ? report.json : Array(report.text.utf8))
            if !report.isWhole { throw ExitCode(1) }
        }
    }
}
