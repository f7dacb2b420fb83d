//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// wardlight knowledge check, and --knowledge with a broken file, as a person meets them.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Support
import Testing
import Wire

/// Goal: whoever brings knowledge along hears at once what is wrong with it, and works on with the rest.
@Suite(.enabled(if: Command.isHere)) struct `Knowledge from others` {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private static let recog = """
        <fingerprints matches="ssh.banner" protocol="ssh">
          <fingerprint pattern="^Ward-(\\d+)$">
            <description>A ward's own server</description>
            <example hw.product="7">Ward-7</example>
            <param pos="0" name="hw.vendor" value="Philips"/>
            <param pos="1" name="hw.product"/>
          </fingerprint>
        </fingerprints>

        """

    @Test func `a whole file ends with 0 and is counted`() throws {
        let path = try scratch.write("a.xml", Array(Self.recog.utf8))
        let ran = try Command.run(["knowledge", "check", path])
        #expect(ran.code == 0 && ran.text.contains("recog, 1 patterns · 1 of 1 examples pass · ssh.banner"))
        let json = try Command.run(["knowledge", "check", path, "--format", "json"])
        let object = try JSONSerialization.jsonObject(with: Data(json.output)) as? [String: Any]
        #expect(object?["whole"] as? Bool == true)
        let file = try #require((object?["files"] as? [[String: Any]])?.first)
        #expect(file["kind"] as? String == "recog" && file["count"] as? Int == 1 && file["examplesPassed"] as? Int == 1)
    }

    @Test func `an example that fails, a hostile pattern and a broken file end with 1 and are named`() throws {
        let wrong = Self.recog.replacing("hw.product=\"7\"", with: "hw.product=\"8\"")
        let failed = try Command.run(["knowledge", "check", scratch.write("a.xml", Array(wrong.utf8))])
        #expect(failed.code == 1 && failed.text.contains("a.xml:4: hw.product is 7, not 8"))
        let text = String(repeating: "a", count: 200) + "!"
        let hostile = Self.recog.replacing("^Ward-(\\d+)$", with: "^(a+)+$").replacing("Ward-7", with: text)
        let refused = try Command.run(["knowledge", "check", scratch.write("b.xml", Array(hostile.utf8))])
        #expect(refused.code == 1 && refused.text.contains("b.xml:2: the pattern ^(a+)+$ is not used"))
        let broken = try Command.run(["knowledge", "check", scratch.write("c.rules", Array("rule\n".utf8))])
        #expect(broken.code == 1 && broken.text.contains("c.rules:1: "))
        let missing = try Command.run(["knowledge", "check", scratch.path("none.xml")])
        #expect(missing.code != 0 && missing.complaints.count == 1)
    }

    @Test func `an inventory says which file it refused, uses the rest and ends with 0`() throws {
        var staged = StagedCapture()
        let host = StagedCapture.Host(7)
        staged.udp(
            host, 68, .init(1), 67,
            DHCPv4.write(.request, transaction: 7, client: host.hardware, options: [.hostname("pump-7")]))
        let capture = try scratch.write("ward.pcap", staged.bytes)
        let folder = scratch.url.appendingPathComponent("more")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(Self.recog.utf8).write(to: folder.appendingPathComponent("good.xml"))
        try Data("rule x\nnonsense\n".utf8).write(to: folder.appendingPathComponent("bad.rules"))
        let ran = try Command.run(["inventory", "--capture", capture, "--knowledge", folder.path])
        #expect(ran.code == 0 && !ran.output.isEmpty)
        #expect(ran.complaints.count == 1 && ran.complaints[0].contains("bad.rules:2: nonsense is no word"))
    }
}
