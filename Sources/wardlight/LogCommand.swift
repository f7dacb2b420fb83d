//===----------------------------------------------------------------------===//
// Wardlight · the command
//
// wardlight log: is the log what was written, and what stands in it?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import ArgumentParser
import Foundation
import Model
import Reports
import Store
import Wire

struct LogCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log",
        abstract: "Verifies a log, and shows what stands in it.",
        discussion: "A log is a file that --save wrote, or a folder of segments; see docs/log.md.",
        subcommands: [
            Verify.self, Export.self, Tail.self, LogImport.self, LogErase.self, LogRetain.self,
            LogMeasuring.self,
        ])

    struct Place: ParsableArguments {
        @Argument(help: "The log: a file, or a folder of segments.") var path: String

        func open() throws -> SQLiteLog {
            do { return try Logs.reading(path) } catch let failure as LogFailure { throw Stop(Words.of(failure)) }
        }
    }

    struct Verify: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Walks the whole chain of blocks, and names what is not as it was written.",
            discussion:
                "Ends with 1 when something is not. Write the head down elsewhere to prove later that nothing was changed."
        )

        @OptionGroup var place: Place

        func run() throws {
            let verdict = try place.open().verify()
            Output.write(Array(Self.text(of: verdict).utf8))
            if !verdict.isGood { throw ExitCode(1) }
        }

        private static func text(of verdict: LogVerdict) -> String {
            let positions = verdict.positions
            var lines: [String] = []
            if !verdict.site.isEmpty { lines.append("site       \(SafeText.neutralised(verdict.site))") }
            let span = verdict.recorded.map { ", recorded from \($0.first) to \($0.last)" } ?? ""
            lines.append(
                positions.isEmpty
                    ? "blocks     none"
                    : "blocks     \(verdict.blocks), positions \(positions.lowerBound) to \(positions.upperBound - 1)\(span)"
            )
            lines.append("segments   \(verdict.segments), \(verdict.summed) of them to the last octet")
            if !verdict.isWhole {
                lines.append("older      taken away by retention before position \(positions.lowerBound)")
            }
            if !verdict.head.isEmpty { lines.append("head       \(verdict.head)") }
            for fault in verdict.faults {
                let place = fault.position > 0 ? " at position \(fault.position)" : ""
                lines.append(SafeText.neutralised("FAULT      \(fault.file)\(place): \(fault.words)"))
            }
            lines.append(verdict.isGood ? "The log is what was written." : "The log is not what was written.")
            return lines.joined(separator: "\n") + "\n"
        }
    }

    struct Export: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Writes observations as JSON, one a line, with position and clock.")

        @OptionGroup var place: Place
        @Option(help: "First position.") var from: UInt64 = 1
        @Option(help: "Last position.") var to: UInt64 = .max

        func validate() throws {
            if from < 1 || to < from {
                throw ValidationError("--from and --to are positions from 1 on, in this order.")
            }
        }

        func run() throws {
            do {
                try place.open().replay(from: from) { block in
                    if block.first > to { throw Enough() }
                    try Line.write(block, from...to)
                }
            } catch is Enough {} catch let failure as LogFailure { throw Stop(Words.of(failure)) }
        }
    }

    struct Tail: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Shows the newest observations, and with --follow what comes.")

        @OptionGroup var place: Place
        @Option(name: [.customShort("n"), .long], help: "How many.") var lines: Int = 10
        @Flag(name: [.short, .long], help: "Wait for more, until Ctrl-C.") var follow = false

        func validate() throws {
            if !(0...1_000_000).contains(lines) { throw ValidationError("--lines is 0 to 1000000.") }
        }

        func run() throws {
            do {
                let log = try place.open()
                let positions = try log.positions()
                let count = UInt64(clamping: lines)
                var next =
                    positions.upperBound > positions.lowerBound + count
                    ? positions.upperBound - count : positions.lowerBound
                func show() throws {
                    try log.replay(from: next) { block in
                        try Line.write(block, next...UInt64.max)
                        next = block.end
                    }
                }
                try show()
                guard follow else { return }
                Interrupt.watch()
                while !Interrupt.isAsked {
                    Thread.sleep(forTimeInterval: 0.2)
                    try show()
                }
            } catch let failure as LogFailure { throw Stop(Words.of(failure)) }
        }
    }

    private struct Enough: Error {}

    private enum Line {
        static func write(_ block: LogBlock, _ wanted: ClosedRange<UInt64>) throws {
            var text = ""
            for (place, observation) in block.observations.enumerated() {
                let position = block.first + UInt64(place)
                guard wanted.contains(position) else { continue }
                text += "{\"position\":\(position),\"recorded\":\"\(block.recorded)\",\"observation\":"
                text += try ObservationForm.json(observation) + "}\n"
            }
            if !text.isEmpty { Output.write(Array(text.utf8)) }
        }
    }
}
