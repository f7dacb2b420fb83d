//===----------------------------------------------------------------------===//
// Wardlight · the command
//
// wardlight log import: observations as JSON into a log.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import ArgumentParser
import Foundation
import Model
import Store
import Wire

/// Reads what `wardlight log export` wrote, or a gateway that writes the same form.
struct LogImport: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Appends observations from standard input, in the form that export writes.",
        discussion: """
            What arrives together is committed together. With --acknowledge a line of its own says the last position that is \
            on the disk: whoever sends may forget what stands before it. A line that is no observation ends the import; \
            what came before it is kept.
            """)

    @Argument(help: "The log to append to: a file; or a folder, where it is one or ends with a slash.") var path: String
    @Option(help: "Site of a log that is made anew.") var site = "default"
    @Flag(help: "Say the last durable position after every commit.") var acknowledge = false

    /// Octets of one line, and of what is read of a file at once.
    private static let longestLine = 1 << 20
    private static let part = 1 << 16

    func run() throws {
        do {
            let isFolder = path.hasSuffix("/") || (try? FileManager.default.contentsOfDirectory(atPath: path)) != nil
            let log =
                isFolder
                ? try Logs.folder(path.hasSuffix("/") ? String(path.dropLast()) : path, site: site)
                : try Logs.appending(to: path, site: site)
            defer { try? log.close() }
            try take(into: log)
            try log.close()
        } catch let failure as LogFailure { throw Stop(Words.of(failure)) }
    }

    private func take(into log: SQLiteLog) throws {
        var rest = Data()
        var number = 0
        var isOver = false
        let input = FileHandle.standardInput
        // A pipe is read as it comes; a file would come whole.
        let isFile = (try? input.offset()) != nil
        while !isOver {
            let part = isFile ? try input.read(upToCount: Self.part) ?? Data() : input.availableData
            isOver = part.isEmpty
            rest += part
            if isOver, !rest.isEmpty { rest.append(UInt8(ascii: "\n")) }
            guard let end = rest.lastIndex(of: UInt8(ascii: "\n")) else {
                if rest.count > Self.longestLine {
                    throw Stop("line \(number + 1): longer than \(Self.longestLine) octets.")
                }
                continue
            }
            let (observations, problem) = Self.read(rest[...end], &number)
            rest = Data(rest[(end + 1)...])
            let now = Timestamp(nanoseconds: Int64(Date().timeIntervalSince1970 * 1_000_000) * 1_000)
            if let block = try log.append(observations, at: now), acknowledge {
                Output.write(Array("\(block.end - 1)\n".utf8))
            }
            if let problem { throw problem }
        }
    }

    /// The observations up to the first line that is none.
    private static func read(_ lines: Data, _ number: inout Int) -> ([Observation], Stop?) {
        var observations: [Observation] = []
        for line in lines.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).dropLast() {
            number += 1
            if line.isEmpty { continue }
            guard line.count <= longestLine,
                let object = try? JSONSerialization.jsonObject(with: Data(line)) as? [String: Any],
                let inner = object["observation"] ?? (object["body"] == nil ? object : nil),
                let octets = try? JSONSerialization.data(withJSONObject: inner),
                let observation = try? ObservationForm.observation(json: String(decoding: octets, as: UTF8.self))
            else {
                return (
                    observations, Stop("line \(number): no observation of this version; what came before it is kept.")
                )
            }
            observations.append(observation)
        }
        return (observations, nil)
    }
}
