//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// The community's files beside the checkout: are they read as they are?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Inventory
import Model
import Support
import Testing

@testable import Library

/// Goal: what thousands of people collected can be used as it is, fast, and by its own examples right.
@Suite(.enabled(if: Recordings.areHere)) struct `Given fingerprints` {
    private static func folder(_ name: String) throws -> String { try Recordings.url("fingerprints/" + name).path }

    private static func sets() throws -> [FingerprintSet] {
        try KnowledgeLoader.files(folder("recog")).compactMap { path in
            try RecogFile(KnowledgeLoader.bytes(path), file: KnowledgeLoader.name(of: path), path: path)?.set
        }
    }

    @Test func `every example of every recog file passes, with all that it expects`() throws {
        let files = try KnowledgeCheck.files([Self.folder("recog")], own: nil)
        let patterns = files.reduce(0) { $0 + $1.count }
        let passed = files.reduce(0) { $0 + $1.examplesPassed }
        for file in files {
            #expect(file.isWhole, "\(file.path): \(file.failures.first?.reason ?? "") \(file.refusals)")
        }
        print("recog: \(files.count) files, \(patterns) patterns, \(passed) examples pass")
        #expect(files.count == 14 && patterns == 2_226 && passed == 4_249)
    }

    @Test func `each example is found among all patterns of its file, and no pattern is refused on the way`() throws {
        let sets = try Self.sets()
        let shelf = PatternShelf(sets)
        var asked = 0
        var lost = 0
        for (place, set) in sets.enumerated() {
            for example in set.fingerprints.flatMap(\.examples) where example.file == nil {
                guard let text = String(validating: example.text, as: UTF8.self) else { continue }
                asked += 1
                if shelf.firstMatch(in: place, of: text) == nil { lost += 1 }
            }
        }
        #expect(asked > 4_000 && lost == 0)
        #expect(shelf.refusals() == [])
    }

    @Test func `what must stand in a text stands in every text that fits`() throws {
        var required = 0
        var patterns = 0
        for set in try Self.sets() {
            for fingerprint in set.fingerprints {
                patterns += 1
                let word = RequiredText.of(try RubyPattern(fingerprint.pattern).text)
                if word.isEmpty { continue }
                required += 1
                for example in fingerprint.examples where example.text.allSatisfy({ $0 < 0x80 }) {
                    let text = String(decoding: example.text, as: UTF8.self).lowercased()
                    #expect(text.contains(String(decoding: word, as: UTF8.self)), "\(set.file):\(fingerprint.line)")
                }
            }
        }
        // Enough of them to spare most patterns.
        #expect(required * 10 > patterns * 8)
    }

    @Test func `all given fingerprints and our own rules load within a second`() throws {
        let own = House.root.appendingPathComponent("Knowledge")
        let clock = ContinuousClock()
        var loaded: LoadedKnowledge?
        let time = try clock.measure {
            loaded = try KnowledgeLoader.load(
                own: own, extra: [Self.folder("recog"), Self.folder("p0f")], prefixes: .empty)
        }
        print("loading all fingerprints: \(time)")
        let knowledge = try #require(loaded)
        #expect(time < .seconds(1))
        #expect(knowledge.notes == [])
        #expect(knowledge.base.ruleCount > 3_000)
    }

    @Test func `files of another project are left out with one note, whatever else is given`() throws {
        for others in [[], ["recog"]] {
            let loaded = try KnowledgeLoader.load(
                own: House.root.appendingPathComponent("Knowledge"),
                extra: try others.map(Self.folder) + [Self.folder("satori")], prefixes: .empty)
            #expect(loaded.notes.count == 1)
            #expect(loaded.notes.first?.contains("and 12 more: XML, but not recog's") == true)
        }
    }

    @Test func `an identification by all patterns takes less than a millisecond`() throws {
        let sets = try Self.sets()
        let shelf = PatternShelf(sets)
        let place = try #require(sets.firstIndex { $0.file == "snmp_sysdescr.xml" })
        let texts = sets[place].fingerprints.flatMap(\.examples)
            .map { String(decoding: $0.text.prefix(256), as: UTF8.self) }
        // Once to compile what is needed: in use that happens a few times a day.
        for text in texts { _ = shelf.firstMatch(in: place, of: text) }
        let time = ContinuousClock().measure {
            for text in texts { _ = shelf.firstMatch(in: place, of: text) }
        }
        print("one text against \(sets[place].fingerprints.count) patterns: \(time / texts.count)")
        #expect(time / texts.count < .milliseconds(1))
    }
}
