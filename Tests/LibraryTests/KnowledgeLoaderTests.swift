//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// The loader: what becomes of a broken knowledge file?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Inventory
import Model
import Support
import Testing

@testable import Library

/// Goal: one bad file costs that file, and the person hears which one, where, and what to do.
@Suite struct `Knowledge that is loaded` {
    private static let own = House.root.appendingPathComponent("Knowledge")

    static let rule = """
        rule test.one
          when http.server prefix "Test-One"
          says vendor "Test One"
          source "made for this test"
          example "Test-One 1" -> vendor "Test One"

        """
    static let recog = """
        <?xml version="1.0" encoding="UTF-8"?>
        <!-- a comment -->
        <fingerprints matches="http_header.server" protocol="http" database_type="service" preference="0.90">
          <fingerprint pattern="^Pump-(\\d+)/(?:v([\\d.]+))?$" flags="REG_ICASE">
            <description>A pump</description>
            <example hw.product="Pump 7" os.version="1.2">pump-7/v1.2</example>
            <example _encoding="base64" hw.product="Pump 8">cHVtcC04Lw==</example>
            <example><![CDATA[Pump-9/]]></example>
            <param pos="0" name="hw.vendor" value="Baxter"/>
            <param pos="1" name="_tmp.number"/>
            <param pos="0" name="hw.product" value="Pump {_tmp.number}"/>
            <param pos="0" name="hw.device" value="Infusion Pump"/>
            <param pos="2" name="os.version"/>
            <param pos="0" name="os.cpe23" value="cpe:/o:x:y:{os.version}"/>
          </fingerprint>
        </fingerprints>

        """
    static let p0f = """
        ; p0f
        classes = win,unix,other
        [tcp:request]
        label = s:unix:Linux:3.11 and newer
        sig   = *:64:0:*:mss*20,7:mss,sok,ts,nop,ws:df,id+:0

        """

    private static func load(_ scratch: Scratch) throws -> LoadedKnowledge {
        try KnowledgeLoader.load(own: own, extra: [scratch.url.path], prefixes: .empty)
    }

    private static func scratch(_ files: [String: String]) throws -> Scratch {
        let scratch = try Scratch()
        for (name, text) in files { try scratch.write(name, Array(text.utf8)) }
        return scratch
    }

    @Test(arguments: [
        ("bad.rules", "rule x\n  when nonsense prefix \"a\"\n", 2), ("bad.rules", "\n\nthis is no rule\n", 3),
        ("bad.xml", "<fingerprints>\n<fingerprint>\n</fingerprint></fingerprints>", 2),
        ("bad.xml", "<fingerprints>\n\n<fingerprint pattern=\"a\"></fingerprints>", 3),
        (
            "bad.xml",
            "<fingerprints>\n<fingerprint pattern=\"a\"><param pos=\"x\" name=\"y\"/></fingerprint></fingerprints>", 2
        ),
        (
            "bad.xml",
            "<fingerprints><fingerprint pattern='a'>\n<example _encoding='base32'>x</example></fingerprint></fingerprints>",
            2
        ),
        ("bad.xml", "<fingerprints>\n<fingerprint pattern=\"&nbsp;\"/></fingerprints>", 2),
        ("bad.xml", "no xml at all", 1), ("bad.xml", "", 1), ("bad.xml", "<fingerprints/>", 1),
        ("bad.xml", "<?xml version='1.0' encoding='utf-16'?><fingerprints/>", 1),
        (
            "bad.xml",
            "<?xml version=\"1.0\"?>\n<!DOCTYPE l [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]>\n<fingerprints>&b;</fingerprints>",
            2
        ),
        ("bad.fp", "[tcp:request]\nlabel = s:unix:Linux:\nsig = *:64:0\n", 3), ("bad.fp", "[tcp:nothing]\n", 1),
        ("bad.fp", "[tcp:request]\nsig = *:64:0:*:*,*:mss::0\n", 2), ("bad.fp", "hello\n", 1), ("bad.fp", "", 1),
    ])
    func `a broken file is refused with its line, and the rest loads`(name: String, text: String, line: Int) throws {
        let scratch = try Self.scratch([
            name: text, "good.rules": Self.rule, "good.xml": Self.recog, "good.fp": Self.p0f,
        ])
        let loaded = try Self.load(scratch)
        #expect(loaded.notes.count == 1)
        #expect(loaded.notes.first?.contains("\(name):\(line): ") == true, "\(loaded.notes)")
        let without = try Self.load(
            Self.scratch(["good.rules": Self.rule, "good.xml": Self.recog, "good.fp": Self.p0f]))
        #expect(loaded.base.ruleCount == without.base.ruleCount)
        #expect(loaded.base.digest == without.base.digest)
        // Alone in its folder, it is an error.
        #expect(throws: LibraryFailure.self) { try Self.load(Self.scratch([name: text])) }
    }

    @Test func `files lie in a folder, in folders in it, or are named themselves`() throws {
        let scratch = try Self.scratch(["a.rules": Self.rule, "readme.txt": "no knowledge"])
        let inner = scratch.url.appendingPathComponent("recog")
        try FileManager.default.createDirectory(at: inner, withIntermediateDirectories: true)
        try Data(Self.recog.utf8).write(to: inner.appendingPathComponent("x.xml"))
        let both = try Self.load(scratch)
        #expect(both.notes == [])
        let one = try KnowledgeLoader.load(
            own: Self.own, extra: [inner.appendingPathComponent("x.xml").path], prefixes: .empty)
        #expect(one.base.ruleCount + 1 == both.base.ruleCount)
        // Given twice is given once.
        let twice = try KnowledgeLoader.load(
            own: Self.own, extra: [inner.path, inner.appendingPathComponent("x.xml").path], prefixes: .empty)
        #expect(twice.base.ruleCount == one.base.ruleCount && twice.base.digest == one.base.digest)
    }

    @Test func `our own knowledge must be whole`() throws {
        let scratch = try Self.scratch(["own.rules": "this is no rule\n"])
        #expect(throws: LibraryFailure.self) {
            try KnowledgeLoader.load(own: scratch.url, extra: [], prefixes: .empty)
        }
    }

    @Test func `a file of a hundred megabytes is refused without being read`() throws {
        let scratch = try Self.scratch(["good.rules": Self.rule])
        let path = scratch.path("big.xml")
        #expect(FileManager.default.createFile(atPath: path, contents: nil))
        let handle = try #require(FileHandle(forWritingAtPath: path))
        try handle.truncate(atOffset: 100 << 20)
        try handle.close()
        let loaded = try Self.load(scratch)
        #expect(loaded.notes.count == 1 && loaded.notes[0].contains("larger than 16 MiB; split it"))
    }

    @Test func `a fingerprint with a flag that nobody knows is left out by name, its neighbours stay`() throws {
        let text = Self.recog.replacing(
            "</fingerprints>", with: "  <fingerprint pattern=\"x\" flags=\"REG_SOMETHING\"/>\n</fingerprints>")
        let loaded = try Self.load(Self.scratch(["a.xml": text]))
        #expect(loaded.notes.count == 1 && loaded.notes[0].contains("a.xml:16: the flag REG_SOMETHING"))
    }

    @Test func `examples run with their encodings, their temporary values and versions that are not there`() throws {
        let scratch = try Self.scratch(["a.xml": Self.recog])
        let files = try KnowledgeCheck.files([scratch.url.path], own: nil)
        #expect(files.count == 1 && files[0].isWhole && files[0].examplesPassed == 3, "\(files[0].failures)")
        let wrong = try Self.scratch(["a.xml": Self.recog.replacing("\"Pump 7\"", with: "\"Pump 6\"")])
        let failed = try KnowledgeCheck.files([wrong.url.path], own: nil)[0]
        #expect(failed.failures.map(\.line) == [6] && failed.failures[0].reason == "hw.product is Pump 7, not Pump 6")
    }

    @Test func `a fingerprint names the maker, the model and the type, in our words`() throws {
        let loaded = try Self.load(Self.scratch(["a.xml": Self.recog]))
        var inventory = Inventory(knowledge: loaded.base)
        let time = Timestamp(seconds: 1_700_000_000)
        let fact = Observation.Fact(
            subject: Subject(hardware: HardwareAddress("00:00:5e:00:53:07"), network: nil, child: nil),
            field: .httpServer, value: "Pump-7/v1.2", span: Observation.Span(first: time, last: time), count: 1)
        _ = inventory.learn(Observation(site: "main", sensor: "test", occurred: time, body: .fact(fact)))
        let device = try #require(inventory.snapshot().devices.first)
        #expect(device.judgements[.vendor]?.value == "Baxter")
        #expect(device.judgements[.model]?.value == "Pump 7")
        #expect(device.judgements[.type]?.value == "infusion pump")
        #expect(device.judgements[.firmware]?.value == "1.2")
        #expect(device.judgements[.vendor]?.evidence.first?.rule == "recog.a.xml:4")
    }
}
