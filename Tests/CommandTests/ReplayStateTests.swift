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

    @Test func `is saved by one process, and another goes on with it to the same hash`() throws {
        let count = try #require(Int(try value("position", Command.run(["replay", log]))))
        let whole = try value("hash", Command.run(["replay", log]))
        let state = scratch.path("ward.state")
        for position in [1, count / 3, count - 1, count] {
            let then = try value("hash", Command.run(["replay", log, "--asof", "\(position)", "--save-state", state]))
            let mode = try FileManager.default.attributesOfItem(atPath: state)[.posixPermissions] as? Int
            #expect(mode == 0o600)
            let again = try Command.run(["replay", log, "--from-state", state, "--asof", "\(position)"])
            #expect(try value("hash", again) == then)
            let rest = try Command.run(["replay", log, "--from-state", state])
            #expect(try value("hash", rest) == whole && value("position", rest) == "\(count)")
            // What a replay does not use it names; there is nothing else to say.
            let said = rest.errors.split(separator: "\n").filter { !$0.contains("not used by a replay: ") }
            #expect(said.isEmpty, "\(rest.errors)")
        }
    }

    @Test func `is folded from its beginning where what was saved does not fit, and says why`() throws {
        let whole = try value("hash", Command.run(["replay", log]))
        let state = scratch.path("ward.state")
        #expect(try Command.run(["replay", log, "--save-state", state]).code == 0)
        func refused(_ words: String, _ arguments: [String] = [], hash: String? = whole) throws {
            let ran = try Command.run(["replay", log, "--from-state", state] + arguments)
            #expect(ran.code == 0 && ran.errors.contains(words), "\(ran.errors)")
            if let hash { #expect(try value("hash", ran) == hash) }
        }
        try refused("another number of devices", ["--devices", "20000"])
        try refused("observations already", ["--asof", "5"], hash: nil)
        let own = try scratch.write("own.rules", Array("".utf8))
        try refused("other knowledge", ["--knowledge", own], hash: nil)
        let other = scratch.path("other.log")
        let lines = try Command.run(["log", "export", log, "--to", "30"]).output
        #expect(try Command.run(["log", "import", other], input: scratch.write("lines", lines)).code == 0)
        #expect(try Command.run(["replay", other, "--save-state", state]).code == 0)
        try refused("another log")
        var bytes = try scratch.read("ward.state")
        bytes[bytes.count / 2] ^= 1
        _ = try scratch.write("ward.state", bytes)
        try refused("damaged")
        _ = try scratch.write("ward.state", Array("hello".utf8))
        try refused("no saved state")
        let none = try Command.run(["replay", log, "--from-state", scratch.path("none")])
        #expect(none.code != 0 && none.errors.contains("no such file"))
    }
}
