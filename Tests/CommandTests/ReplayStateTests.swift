//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// The hash of a replayed hospital: the same everywhere, and the same as of any position.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Support
import Testing

/// Goal: what a log let us know at any position can be told again, in another process, to the bit.
@Suite(.enabled(if: Recordings.areHere && Command.isHere)) struct `A replayed hospital` {
    private let scratch: Scratch
    private let log: String

    init() throws {
        scratch = try Scratch()
        log = scratch.path("ward.log")
        let captures = try ["dhcp", "lldp-cdp", "mdns-ssdp-wsd", "hl7"].compactMap { kind in
            try Recordings.allCaptures().first { $0.hasPrefix(kind + "/") }.map {
                try Recordings.url("captures/" + $0).path
            }
        }
        let ran = try Command.run(["inventory", "--save", log] + captures.flatMap { ["--capture", $0] })
        #expect(ran.code == 0, "\(ran.errors)")
    }

    private func value(_ name: String, _ ran: Ran) throws -> String {
        #expect(ran.code == 0, "\(ran.errors)")
        let line = try #require(ran.text.split(separator: "\n").first { $0.hasPrefix(name + " ") })
        return String(try #require(line.split(separator: " ").last))
    }

    @Test func `has the same hash in every process, and says when another is expected`() throws {
        let hash = try value("hash", Command.run(["replay", log]))
        #expect(hash.utf8.count == 64)
        #expect(try Command.run(["replay", log, "--expect", hash]).code == 0)
        #expect(try Command.run(["replay", log, "--expect", String(repeating: "0", count: 64)]).code == 1)
    }

    @Test func `as of a position is the fold of what stood in the log until then`() throws {
        let count = try #require(Int(try value("position", Command.run(["replay", log]))))
        #expect(count > 40)
        let whole = try value("hash", Command.run(["replay", log]))
        var generator = SeededGenerator(seed: 3)
        var hashes: Set<String> = [whole]
        for round in 0..<5 {
            let position = Int.random(in: 1..<count, using: &generator)
            let part = scratch.path("part-\(round).log")
            let lines = try Command.run(["log", "export", log, "--to", "\(position)"]).output
            #expect(try Command.run(["log", "import", part], input: scratch.write("lines", lines)).code == 0)
            let then = try value("hash", Command.run(["replay", log, "--asof", "\(position)"]))
            #expect(then == (try value("hash", Command.run(["replay", part]))), "as of \(position)")
            hashes.insert(then)
        }
        #expect(hashes.count > 2)
        #expect(try value("hash", Command.run(["replay", log, "--asof", "\(count)"])) == whole)
        let beyond = try Command.run(["replay", log, "--asof", "\(count + 1)"])
        #expect(beyond.code != 0 && beyond.errors.contains("not \(count + 1)"))
    }
}
