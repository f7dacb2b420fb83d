//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// A process that is killed while it writes the log.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Support
import Testing

/// Goal: what a killed process acknowledged is in the log, once; and the log goes on.
@Suite(.enabled(if: Command.isHere)) struct `A killed writer` {
    private func line(_ number: Int) -> String {
        let moment = 1_780_000_000_000_000_000 + number * 1_000
        return
            #"{"observation":{"site":"north","sensor":"test","occurred":"\#(moment)","oddity":{"name":"n","count":"\#(number)"}}}"#
    }

    /// Kill -9 at 50 moments of one log's life; `WARDLIGHT_KILLS` for more (`make torture`).
    @Test func `loses nothing that it acknowledged, and doubles nothing`() throws {
        let scratch = try Scratch()
        let log = scratch.path("log") + "/"
        let program = try #require(Command.path)
        let rounds = ProcessInfo.processInfo.environment["WARDLIGHT_KILLS"].flatMap(Int.init) ?? 50
        var generator = SeededGenerator(seed: 5)
        var length = 0
        var killed = 0
        for round in 0..<rounds {
            let lines = (length + 1...length + 20_000).map(line).joined(separator: "\n") + "\n"
            let input = try scratch.write("lines", Array(lines.utf8))
            let seconds = Double.random(in: 0.02...0.25, using: &generator)
            let ran = try Ran(
                "/usr/bin/timeout",
                ["-s", "KILL", String(format: "%.3f", seconds), program, "log", "import", log, "--acknowledge"],
                input: input, environment: Command.environment)
            if ran.code != 0 { killed += 1 }
            // The last line may be cut.
            let whole =
                ran.text.hasSuffix("\n") ? ran.text : ran.text.split(separator: "\n").dropLast().joined(separator: "\n")
            let acknowledged = whole.split(separator: "\n").last.flatMap { Int($0) } ?? 0
            guard FileManager.default.fileExists(atPath: log + "00000000000000000001.wlog") else { continue }
            let tail = try Command.run(["log", "tail", log, "-n", "1"])
            guard tail.code == 0 || length == 0 else {
                Issue.record("round \(round): \(tail.errors)")
                return
            }
            let last = try number(tail.text) ?? length
            #expect(last >= acknowledged && last >= length, "round \(round): \(last) of \(acknowledged)")
            length = last
        }
        #expect(killed > rounds / 2, "\(killed) of \(rounds) were killed")
        #expect(try Command.run(["log", "import", log], input: scratch.write("none", [])).code == 0)
        let verdict = try Command.run(["log", "verify", log])
        #expect(verdict.code == 0, "\(verdict.text)")
        #expect(length > rounds)
        try checkAll(log, length)
    }

    /// Every position once and in its place, read piece by piece: ten thousand rounds write more than memory should hold.
    private func checkAll(_ log: String, _ length: Int) throws {
        for first in stride(from: 1, through: length + 1, by: Self.piece) {
            let piece = try Command.run([
                "log", "export", log, "--from", "\(first)", "--to", "\(first + Self.piece - 1)",
            ])
            let lines = piece.text.split(separator: "\n")
            #expect(lines.count == min(Self.piece, length + 1 - first), "from \(first): \(lines.count) lines")
            for (place, text) in lines.enumerated() where try number(String(text)) != first + place {
                Issue.record("position \(first + place) holds \(text)")
                return
            }
        }
    }

    private static let piece = 200_000

    /// The number that a line of `log export` carries, where it stands at its own position.
    private func number(_ text: String) throws -> Int? {
        guard !text.isEmpty else { return nil }
        let object = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
        let oddity = (object?["observation"] as? [String: Any])?["oddity"] as? [String: Any]
        let number = (oddity?["count"] as? String).flatMap { Int($0) }
        return number == object?["position"] as? Int ? number : nil
    }
}
