//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Goal: our own lists are read with their digests, and a broken line is named, also by `wardlight knowledge check`.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Defense
import Foundation
import Model
import Support
import Testing

@testable import Library

@Suite struct `Our own lists` {
    private static let own = House.root.appendingPathComponent("Knowledge")

    @Test func `the list of lifecycles is named by its digest, and a replay with another says so`() throws {
        var notes: [String] = []
        let (list, used) = LifecycleLibrary.load(own: Self.own) { notes.append($0) }
        #expect(notes.isEmpty && list.count > 150)
        #expect(used.map(\.name) == ["lifecycles"] && used[0].digest.utf8.count == 64)
        let note = Observation.Knowledge.note("lifecycles", before: String(repeating: "a", count: 64), today: nil)
        #expect(note?.contains("another Knowledge/lifecycles.list (aaaaaaaaaaaa) than today's (none)") == true)
    }

    @Test func `without a list nothing is known, and that is said`() throws {
        var notes: [String] = []
        let (list, used) = LifecycleLibrary.load(own: nil) { notes.append($0) }
        #expect(list.isEmpty && used.isEmpty && notes.count == 1)
    }

    @Test func `a broken line is named with its file, and the rest is used`() throws {
        let scratch = try Scratch()
        let text = "source \"s\"\nuntil 2020-01-01 \"A 1\"\nuntil soon \"A 2\"\n"
        let path = try scratch.write("lifecycles.list", Array(text.utf8))
        var notes: [String] = []
        let (list, _) = LifecycleLibrary.load(own: URL(fileURLWithPath: path).deletingLastPathComponent()) {
            notes.append($0)
        }
        #expect(list.count == 1 && notes.count == 1 && notes[0].contains("lifecycles.list: line 3: write until"))
    }

    @Test func `the check reads every list, and refuses a line by its number`() throws {
        for name in ["lifecycles", "vendors", "peripherals"] {
            let checked = try KnowledgeCheck.files(
                [Self.own.appendingPathComponent(name + ".list").path], own: Self.own)
            #expect(checked.count == 1 && checked[0].isWhole && checked[0].kind == .list && checked[0].count > 20)
        }
        let scratch = try Scratch()
        for (name, line) in [
            ("lifecycles", "until soon \"A\""), ("vendors", "spelling A"), ("peripherals", "scanner 0 \"x\""),
        ] {
            let path = try scratch.write(name + ".list", Array(("# a comment\n" + line + "\n").utf8))
            let checked = try KnowledgeCheck.files([path], own: Self.own)
            #expect(!checked[0].isWhole && checked[0].refusals.first?.hasPrefix("line 2: ") == true, "\(name)")
        }
        let strange = try scratch.write("other.list", Array("x\n".utf8))
        #expect(try KnowledgeCheck.files([strange], own: Self.own)[0].problem?.contains("lifecycles.list") == true)
    }
}
