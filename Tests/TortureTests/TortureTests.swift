//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Torture: whatever arrives, reading goes on.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Inventory
import Model
import Support
import Testing
import Twin
import Wire

/// Goal: no capture, however cut or damaged, stops the program. `make torture` does a thousand changes a file.
///
/// A crash ends the whole run: the last `started` lines of `.build/tests.log` name the file, and `WARDLIGHT_ONLY=name`
/// replays it alone. Where damage lies follows from `WARDLIGHT_SEED` and the file's path.
@Suite(.enabled(if: Recordings.areHere)) struct `Torture of every recording` {
    private static let environment = ProcessInfo.processInfo.environment
    /// Changed copies of each file; 1,000 with `WARDLIGHT_TORTURE`.
    static let changes = environment["WARDLIGHT_TORTURE"] == nil ? 20 : 1_000
    static let seed: UInt64 = {
        let seed = environment["WARDLIGHT_SEED"].flatMap { UInt64($0) } ?? 7
        print("torture: seed \(seed), \(changes) changes a file")
        return seed
    }()
    static let captures: [String] = {
        let only = environment["WARDLIGHT_ONLY"]
        return Recordings.allCaptures().filter { path in only.map { path.contains($0) } ?? true }
    }()
    /// Our own rules, without the vendors' prefixes.
    static let knowledge: KnowledgeBase = {
        let files = House.files(below: "Knowledge", endingIn: ".rules")
        let texts = files.compactMap { path in (try? House.text(path)).map { (name: path, text: $0) } }
        return (try? KnowledgeBase(rules: texts, prefixes: .empty)) ?? .empty
    }()

    @Test(arguments: captures)
    func `packets cut at every length stop nothing`(path: String) throws {
        let bytes = try Recordings.capture(path)
        var torture = Torture()
        torture.cut(bytes, every: bytes.count <= 65_536 ? 1 : 16)
        #expect(torture.packets >= 0)
    }

    @Test(arguments: captures)
    func `captures with changed octets stop nothing`(path: String) throws {
        let whole = try Recordings.capture(path)
        guard !whole.isEmpty else { return }
        let packets = Torture.packets(of: whole)
        for number in 0..<Self.changes {
            var random = Seeded(Self.seed &* 1_000_003 &+ UInt64(number) &+ Self.code(of: path))
            var bytes = whole
            Torture.change(&bytes, &random, inside: packets)
            var torture = Torture(isSmall: number % 2 == 0)
            // The fold and the reports cost more than reading: they see one copy in ten.
            var hospital: Hospital? = number % 10 == 1 ? Hospital(knowledge: Self.knowledge) : nil
            torture.read(bytes, into: &hospital)
            if let hospital { #expect(Torture.report(hospital) > 0) }
        }
    }

    /// FNV-1a of the path: the same in every process, unlike `Hasher`.
    private static func code(of path: String) -> UInt64 {
        path.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
    }
}
