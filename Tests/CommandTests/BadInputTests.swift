//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Bad input: one clear line, with its cure, and an exit code that is not zero.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model
import Support
import Testing
import Wire

/// Goal: whoever gives the wrong file knows after one line what is wrong.
@Suite(.enabled(if: Command.isHere)) struct `Bad input` {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private func check(
        _ arguments: [String], says words: String, isShown: Bool = false, _ source: SourceLocation = #_sourceLocation
    ) throws {
        let ran = try Command.run(arguments)
        #expect(ran.code != nil && ran.code != 0, "\(String(describing: ran.code))", sourceLocation: source)
        #expect(ran.complaints.count == 1, "\(ran.errors)", sourceLocation: source)
        #expect(ran.errors.contains(words), "\(ran.errors)", sourceLocation: source)
        #expect(!ran.errors.contains("CaptureFailure") && !ran.errors.contains("Fatal"), sourceLocation: source)
        #expect(ran.output.isEmpty == !isShown, sourceLocation: source)
    }

    private func staged() -> StagedCapture {
        var staged = StagedCapture()
        for number in 2...9 {
            let host = StagedCapture.Host(UInt16(number))
            staged.udp(
                host, 68, .init(1), 67,
                DHCPv4.write(
                    .request, transaction: 7, client: host.hardware, options: [.hostname("pump-\(number)")]))
        }
        return staged
    }

    @Test func `a file that is not there`() throws {
        try check(["inventory", "--capture", scratch.path("missing.pcap")], says: "missing.pcap: no such file")
    }

    @Test func `a folder`() throws {
        try check(["inventory", "--capture", scratch.url.path], says: "a directory")
    }

    @Test func `something that is no capture, plain or packed`() throws {
        let text = try scratch.write("notes.txt", Array("Dear colleague, this is no capture at all.".utf8))
        try check(["inventory", "--capture", text], says: "not a capture")
        try #require(try Ran("/bin/gzip", ["-k", text]).code == 0)
        try check(["inventory", "--capture", text + ".gz"], says: "not a capture")
        try check(["inventory", "--capture", try scratch.write("empty", [])], says: "empty")
    }

    @Test func `a capture that is cut: what came before is shown, and the cut is named`() throws {
        let path = try scratch.write("cut.pcap", Array(staged().bytes.dropLast(5)))
        for format in ["json", "table", "csv"] {
            try check(["inventory", "--format", format, "--capture", path], says: "cut off", isShown: true)
        }
        let ran = try Command.run(["inventory", "--format", "json", "--capture", path])
        #expect(ran.text.contains("pump-8") && !ran.text.contains("pump-9"))
        #expect(ran.text.contains("cut off"))
        try check(["explain", "10.1.0.3", "--capture", path], says: "cut off", isShown: true)
    }

    @Test func `one bad file among several is named, and the others are shown`() throws {
        let good = try scratch.write("good.pcap", staged().bytes)
        let text = try scratch.write("notes.txt", Array("Dear colleague, this is no capture at all.".utf8))
        var strange = CaptureWriter(link: LinkType(147))
        strange.add(Array(repeating: 0, count: 64), at: .epoch)
        let unknown = try scratch.write("unknown.pcap", strange.bytes)
        for bad in [text, unknown, try scratch.write("empty", [])] {
            let ran = try Command.run(["inventory", "--format", "json", "--capture", bad, "--capture", good])
            #expect(ran.code == 1 && ran.complaints.count == 1, "\(ran.errors)")
            #expect(ran.errors.contains(bad) && ran.text.contains("pump-9"))
        }
    }

    @Test func `the same from standard input`() throws {
        let whole = try scratch.write("whole.pcap", staged().bytes)
        let piped = try Command.run(["inventory", "--format", "json", "--capture", "-"], input: whole)
        #expect(piped.code == 0 && piped.text.contains("pump-9"))
        let cut = try scratch.write("cut.pcap", Array(staged().bytes.dropLast(5)))
        let short = try Command.run(["inventory", "--format", "json", "--capture", "-"], input: cut)
        #expect(short.code == 1 && short.text.contains("pump-8") && short.complaints.count == 1)
        let nothing = try Command.run(["inventory", "--capture", "-"])
        #expect(nothing.code != 0 && nothing.complaints.count == 1 && nothing.errors.contains("empty"))
    }

    @Test func `frames of a kind that is not known`() throws {
        var writer = CaptureWriter(link: LinkType(147))
        writer.add(Array(repeating: 0, count: 64), at: .epoch)
        let path = try scratch.write("user0.pcap", writer.bytes)
        try check(["inventory", "--capture", path], says: "not known here (link-type-147)")
    }

    @Test func `an interface that is not there`() throws {
        // Who may not listen at all is told that instead.
        let ran = try Command.run(["inventory", "--interface", "wl-none0", "--for", "1s"])
        #expect(ran.code == 1 && ran.complaints.count == 1)
        #expect(ran.errors.contains("no such interface") || ran.errors.contains("no permission"))
    }

    @Test func `a log that is none`() throws {
        try check(["inventory", "--from", scratch.path("missing.log")], says: "no such log")
        let capture = try scratch.write("whole.pcap", staged().bytes)
        try check(["inventory", "--from", capture], says: "not a log")
        let before = try scratch.read("whole.pcap")
        try check(["inventory", "--capture", capture, "--save", capture], says: "not a log")
        #expect(try scratch.read("whole.pcap") == before)
        try check(["inventory", "--capture", capture, "--save", scratch.path("no/such/ward.log")], says: "ward.log")
    }

    @Test func `knowledge that is not there or wrong`() throws {
        let capture = try scratch.write("whole.pcap", staged().bytes)
        try check(["inventory", "--capture", capture, "--knowledge", scratch.path("none")], says: "no such folder")
        try check(["inventory", "--capture", capture, "--knowledge", scratch.url.path], says: "no knowledge in it")
        try scratch.write("wrong.rules", Array("this is no rule\n".utf8))
        try check(["inventory", "--capture", capture, "--knowledge", scratch.url.path], says: "wrong.rules:1")
    }

    /// Ended after a while, so that a wait without end is seen as one.
    private func runSoon(_ arguments: [String]) throws -> Ran {
        let path = try #require(Command.path)
        return try Ran("/usr/bin/timeout", ["20", path] + arguments, environment: Command.environment)
    }

    @Test func `a pipe in a folder of recordings is left out, and named; settings and secrets are no pipes`() throws {
        try scratch.write("east.snmprec", Array("1.3.6.1.2.1.1.5.0|4|east\n".utf8))
        let pipe = scratch.path("west.snmprec")
        try #require(try Ran("/usr/bin/mkfifo", [pipe]).code == 0)
        try FileManager.default.createSymbolicLink(
            atPath: scratch.path("linked.walk"), withDestinationPath: "west.snmprec")
        let ran = try runSoon(["inventory", "--walk", scratch.url.path, "--at", "2026-03-01T12:00:00Z"])
        #expect(ran.code == 0 && ran.complaints.count == 2, "\(ran.errors)")
        #expect(ran.errors.contains("west.snmprec: not a file, left out"))
        #expect(ran.errors.contains("linked.walk: not a file, left out"))
        for arguments in [["--switches", "--settings", pipe], ["--switch", "127.0.0.1:9", "--community-file", pipe]] {
            let ran = try runSoon(["inventory"] + arguments)
            #expect(ran.code != 0 && ran.code != 124 && ran.errors.contains("not a file"), "\(ran.errors)")
        }
    }

    @Test func `reports may come through a pipe that a person names`() throws {
        let report = try scratch.write(
            "reports.jsonl",
            Array(
                """
                {"wardlight":"peripherals/1","time":"2026-03-01T12:00:00Z","host":"ws-12","mac":["00:1b:21:3a:4c:5d"],\
                "peripherals":[]}

                """.utf8))
        let path = try #require(Command.path)
        let ran = try Ran(
            "/usr/bin/timeout",
            ["20", "/bin/bash", "-c", "\"$0\" inventory --format json --peripherals <(cat \"$1\")", path, report],
            environment: Command.environment)
        #expect(ran.code == 0 && ran.text.contains("ws-12"), "\(ran.errors)")
    }

    @Test func `a name of a file cannot write to the terminal`() throws {
        let name = "e\u{1B}[31m\u{1B}]0;pwn\u{07}\u{202E}.snmprec"
        let hostile = try scratch.write(name, Array("no recording\n".utf8))
        try scratch.write("east.snmprec", Array("1.3.6.1.2.1.1.5.0|4|east\n".utf8))
        // Named directly it ends the command; in a folder it has a note.
        for path in [hostile, scratch.url.path] {
            let ran = try Command.run(["inventory", "--walk", path, "--at", "2026-03-01T12:00:00Z"])
            #expect(ran.errors.contains("[31m") && ran.errors.contains(".snmprec"), "\(ran.errors)")
            let raw = ran.errors.unicodeScalars.filter { $0 == "\u{1B}" || $0 == "\u{07}" || $0 == "\u{202E}" }
            #expect(raw.isEmpty)
        }
    }

    @Test func `a device that is not there`() throws {
        let capture = try scratch.write("whole.pcap", staged().bytes)
        try check(["explain", "10.9.9.9", "--capture", capture], says: "no such device")
    }

    @Test(arguments: [[], ["--for", "5m"], ["--interface", "lo"], ["--capture", "-", "--capture", "-"]])
    func `options that do not go together`(options: [String]) throws {
        let ran = try Command.run(["inventory"] + options)
        #expect(ran.code != 0 && ran.output.isEmpty)
        #expect(ran.complaints.first?.hasPrefix("Error: ") == true)
    }
}
