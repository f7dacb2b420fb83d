//===----------------------------------------------------------------------===//
// Wardlight · the command
//
// wardlight advisories: what is known of weaknesses, and taking in more of it.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import ArgumentParser
import Foundation
import Library
import Model
import Reports

struct AdvisoriesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "advisories",
        abstract: "Looks after advisories: CSAF 2.0, NVD 2.0, CISA's known exploited vulnerabilities, EPSS.",
        subcommands: [Import.self, List.self])

    struct Import: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "import",
            abstract: "Copies files of advisories into the knowledge folder, checked; twice is once.",
            discussion: """
                A .sha512 beside a file must match; where there is none the copy is kept as unverified. Signatures (.asc) \
                are kept, and not judged. Ends with 1 where a file was refused (docs/advisories.md).
                """)

        @Argument(help: "Files, or folders with the folders in them.") var paths: [String]
        @Option(help: "Where the copies go. [advisories in the knowledge folder]") var into: String?
        @Flag(help: "Say also what was there already.") var verbose = false

        func run() throws {
            let folder: URL
            if let into {
                folder = URL(fileURLWithPath: into, isDirectory: true)
            } else {
                folder = AdvisoryFolders.forImport(note: Output.note)
            }
            let others = into == nil ? AdvisoryFolders.standing.filter { $0.path != folder.path } : []
            let lines = AdvisoryImport.run(paths, into: folder, others: others).lines
            var counts = Counts()
            for line in lines { say(line, &counts) }
            Output.write(Array(counts.text(folder.path).utf8))
            if counts.refused > 0 { throw ExitCode(1) }
        }

        private struct Counts {
            var imported = 0
            var unverified = 0
            var unchanged = 0
            var older = 0
            var refused = 0

            func text(_ folder: String) -> String {
                "\(imported) imported into \(SafeText.neutralised(folder)) (\(unverified) unverified), \(unchanged) unchanged, "
                    + "\(older) older than what is there, \(refused) refused.\n"
            }
        }

        private func say(_ line: AdvisoryImport.Line, _ counts: inout Counts) {
            let place = line.path.isEmpty ? "" : "\(line.path): "
            switch line.outcome {
            case .imported:
                counts.imported += 1
                if line.verification == .unverified { counts.unverified += 1 }
                if verbose { Output.note("\(place)\(line.what) imported (\(line.verification.rawValue)).") }
            case .unchanged:
                counts.unchanged += 1
                if verbose { Output.note("\(place)\(line.what) is there already.") }
            case .older(let revision):
                counts.older += 1
                let there = revision.isEmpty ? "" : " (\(revision))"
                Output.note("\(place)\(line.what) is older than the copy that is there\(there); left out.")
            case .refused(let reason):
                counts.refused += 1
                Output.note("\(place)\(reason)\(reason.hasSuffix(".") ? "" : ".") Refused.")
            case .passedOver(let reason): Output.note("\(place)\(reason); passed over.")
            }
            for note in line.notes { Output.note("\(place)\(note)") }
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "Shows the advisories that are imported, how they were checked and how fresh.")

        enum Format: String, ExpressibleByArgument, CaseIterable {
            case table, json
        }

        @OptionGroup var advisories: AdvisoryOptions
        @Option(help: "How to show it: table for people, json for machines.") var format = Format.table

        func run() throws {
            let library = try advisories.library()
            for note in library.notes.prefix(AdvisoryOptions.mostNotes) { Output.note(note) }
            let report = AdvisoryReport(library.set, refusals: library.refusals)
            Output.write(format == .json ? report.json : Array(report.text(width: Output.width).utf8))
        }
    }
}
