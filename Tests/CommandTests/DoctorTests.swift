//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// wardlight init, print-ca and doctor: a machine from empty to ready, and what is said of each thing that is wrong.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Glibc
import Support
import Testing

/// A machine of its own: settings, keys and data in a folder that goes with the test.
private struct Ward {
    let scratch: Scratch
    let settings: String

    /// What init made, with data beside it and small segments, so that any disk is large enough.
    init(also lines: String = "") throws {
        scratch = try Scratch()
        settings = scratch.path("etc/wardlight.yaml")
        let made = try Command.run([
            "init", "--folder", scratch.path("etc"), "--host-name", "wardlight.example", "--owner", NSUserName(),
        ])
        #expect(made.code == 0, "\(made.errors)")
        try change("# data: /var/lib/wardlight", "data: \(scratch.path("data"))")
        try change("segment: 256MiB", "segment: 1MiB")
        try change("port: 8443", "port: \(Self.free)")
        if !lines.isEmpty { try change("interfaces: []", lines) }
    }

    func change(_ old: String, _ new: String) throws {
        let text = try String(contentsOfFile: settings, encoding: .utf8)
        #expect(text.contains(old), "the first settings lack \(old)")
        try text.replacingOccurrences(of: old, with: new).write(toFile: settings, atomically: true, encoding: .utf8)
    }

    func doctor() throws -> (code: Int32?, lines: [String]) {
        let ran = try Command.run(["doctor", "--config", settings])
        return (ran.code, ran.text.split(separator: "\n").map(String.init))
    }

    /// A listener on a port that the system chose.
    final class Listener {
        let handle: Int32
        let port: Int

        init() throws {
            handle = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
            var length = socklen_t(MemoryLayout<sockaddr_in>.size)
            let (handle, size) = (handle, length)
            let bound = unsafe withUnsafeMutablePointer(to: &address) { pointer in
                unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                    guard unsafe bind(handle, pointer, size) == 0, listen(handle, 1) == 0 else { return false }
                    return unsafe getsockname(handle, pointer, &length) == 0
                }
            }
            try #require(bound)
            port = Int(UInt16(bigEndian: address.sin_port))
        }

        deinit { Glibc.close(handle) }
    }

    private static var free: Int { (try? Listener().port) ?? 8_443 }
}

private func close(_ path: String, to mode: Int) throws {
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
}

private func mode(_ path: String) throws -> Int {
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    return try #require(attributes[.posixPermissions] as? NSNumber).intValue & 0o777
}

@Suite(.enabled(if: Command.isHere)) struct `wardlight init` {
    @Test func `makes settings that are read, an authority and keys that only their owner reads`() throws {
        let ward = try Ward()
        for name in ["ca.pem", "ca.key", "server.pem", "server.key"] {
            #expect(try mode(ward.scratch.path("etc/keys/" + name)) == (name.hasSuffix("key") ? 0o600 : 0o644))
        }
        let printed = try Command.run(["print-ca", "--config", ward.settings])
        #expect(try printed.code == 0 && printed.output == ward.scratch.read("etc/keys/ca.pem"))
        #expect(printed.text.hasPrefix("-----BEGIN CERTIFICATE-----\n"))
    }

    @Test func `overwrites nothing, and says so`() throws {
        let ward = try Ward()
        let files = ["wardlight.yaml", "keys/ca.pem", "keys/ca.key", "keys/server.pem", "keys/server.key"]
        let before = try files.map { try ward.scratch.read("etc/" + $0) }
        let again = try Command.run(["init", "--folder", ward.scratch.path("etc"), "--host-name", "other.example"])
        #expect(again.code == 0 && again.complaints.count { $0.contains("is there already; left as it is") } == 5)
        #expect(try files.map { try ward.scratch.read("etc/" + $0) } == before)
    }

    @Test func `refuses what is no host name`() throws {
        let ran = try Command.run(["init", "--folder", "/nowhere", "--host-name", "a b\"\nplain: true"])
        #expect(ran.code != 0 && ran.errors.contains("neither a host name"))
    }
}

@Suite(.enabled(if: Command.isHere)) struct `wardlight doctor` {
    @Test func `finds nothing wrong after init`() throws {
        let (code, lines) = try Ward().doctor()
        #expect(code == 0 && !lines.contains { $0.hasPrefix("fail") }, "\(lines)")
        #expect(lines.contains { $0.hasPrefix("ok    certificate") && $0.contains("397 days are left") })
        #expect(lines.contains { $0.hasPrefix("warn  data") && $0.contains("the first start makes it") })
    }

    @Test func `names each mistake of the settings with its line, and a missing file with its cure`() throws {
        let ward = try Ward()
        try ward.change("every: 5m", "evry: 5m")
        let (code, lines) = try ward.doctor()
        #expect(code == 1 && lines.contains { $0.hasPrefix("fail  settings") && $0.contains("did you mean 'every'?") })
        let none = try Command.run(["doctor", "--config", "/nowhere/wardlight.yaml"])
        #expect(none.code == 1 && none.text.contains("→ wardlight init"))
    }

    @Test func `tells of folders, files and secrets that others may read or change`() throws {
        let ward = try Ward()
        let data = ward.scratch.path("data")
        try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: false)
        try close(data, to: 0o755)
        try close(ward.settings, to: 0o666)
        try close(ward.scratch.path("etc/keys/server.key"), to: 0o640)
        let (code, lines) = try ward.doctor()
        #expect(code == 1)
        #expect(lines.contains { $0.contains("(mode 755)") && $0.contains("→ chmod 700 \(data)") }, "\(lines)")
        #expect(lines.contains { $0.contains("(mode 666)") && $0.contains("→ chmod 644 ") })
        #expect(lines.contains { $0.contains("(mode 640)") && $0.contains("→ chmod 600 ") })
        try close(data, to: 0o700)
        try close(ward.settings, to: 0o644)
        try close(ward.scratch.path("etc/keys/server.key"), to: 0o600)
        #expect(try ward.doctor().code == 0)
        let community = try ward.scratch.write("etc/community", Array("s3cret".utf8))
        try close(community, to: 0o644)
        try ward.change("switches: []", "switches: [{host: 192.0.2.1, community: {file: community}}]")
        let open = try ward.doctor()
        #expect(open.code == 1 && open.lines.contains { $0.contains("others may read it") && !$0.contains("s3cret") })
    }

    @Test func `tells of interfaces that are not there`() throws {
        let ward = try Ward(also: "interfaces: [{name: lo}, {name: nosuch0}]")
        let (code, lines) = try ward.doctor()
        #expect(code == 1 && lines.contains { $0.hasPrefix("fail  interface") && $0.contains("nosuch0") }, "\(lines)")
        #expect(lines.contains { $0.hasPrefix("ok    interface") && $0.contains("lo: is there") })
        #expect(lines.contains { $0.contains("capture") })
    }

    @Test func `tells of certificates that are missing, of another key or for another name`() throws {
        let ward = try Ward()
        try ward.change("hostName: \"wardlight.example\"", "hostName: other.example")
        let named = try ward.doctor()
        #expect(named.code == 1 && named.lines.contains { $0.contains("does not name other.example") })
        try ward.change("hostName: other.example", "hostName: wardlight.example")
        try ward.change("key: keys/server.key", "key: keys/ca.key")
        let strange = try ward.doctor()
        #expect(strange.code == 1 && strange.lines.contains { $0.contains("is not the key of") }, "\(strange.lines)")
        try ward.change("key: keys/ca.key", "key: keys/none.key")
        let missing = try ward.doctor()
        #expect(missing.code == 1 && missing.lines.contains { $0.contains("none.key: no such file") })
    }

    @Test func `tells who has the port`() throws {
        let ward = try Ward()
        let listener = try Ward.Listener()
        let text = try String(contentsOfFile: ward.settings, encoding: .utf8)
        let line = try #require(text.split(separator: "\n").first { $0.contains("  port: ") && !$0.contains("#") })
        try ward.change(String(line), "  port: \(listener.port)")
        let (code, lines) = try ward.doctor()
        #expect(
            code == 1 && lines.contains { $0.hasPrefix("fail  port") && $0.contains("another program") }, "\(lines)")
    }

    @Test func `sees the service that holds the log, looks at the log meanwhile, and finds a changed octet`() throws {
        let ward = try Ward()
        let data = ward.scratch.path("data")
        try FileManager.default.createDirectory(
            atPath: data + "/log", withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        try close(data, to: 0o700)
        let writer = Process()
        let (input, output) = (Pipe(), Pipe())
        writer.executableURL = URL(fileURLWithPath: try #require(Command.path))
        writer.arguments = ["log", "import", data + "/log/", "--acknowledge"]
        writer.environment = ProcessInfo.processInfo.environment.merging(Command.environment) { $1 }
        (writer.standardInput, writer.standardOutput) = (input, output)
        try writer.run()
        let line = """
            {"observation":{"site":"north","sensor":"test","occurred":"1780000000000000000",\
            "oddity":{"name":"needle","count":"1"}}}

            """
        try input.fileHandleForWriting.write(contentsOf: Data(line.utf8))
        #expect(output.fileHandleForReading.availableData == Data("1\n".utf8))
        let (code, lines) = try ward.doctor()
        #expect(lines.contains { $0.contains("runs (process \(writer.processIdentifier), wardlight)") }, "\(lines)")
        #expect(lines.contains { $0.hasPrefix("ok    log") && $0.contains("up to position 1") }, "\(lines)")
        #expect(code == 1 && lines.contains { $0.contains("nobody answers there") }, "it runs, and has no door")
        try input.fileHandleForWriting.close()
        writer.waitUntilExit()
        #expect(try ward.doctor().code == 0)
        let name = "data/log/00000000000000000001.wlog"
        var octets = try ward.scratch.read(name)
        let place = try #require(Data(octets).range(of: Data("needle".utf8))).lowerBound
        octets[place] ^= 1
        try ward.scratch.write(name, octets)
        let bad = try ward.doctor()
        #expect(
            bad.code == 1 && bad.lines.contains { $0.hasPrefix("fail  log") && $0.contains("restore") }, "\(bad.lines)")
    }

    @Test func `says the same as JSON`() throws {
        let ward = try Ward()
        let ran = try Command.run(["doctor", "--config", ward.settings, "--format", "json"])
        let root = try #require(JSONSerialization.jsonObject(with: Data(ran.output)) as? [String: Any])
        let checks = try #require(root["checks"] as? [[String: String]])
        #expect(root["format"] as? String == "wardlight.checkup-1" && root["isWell"] as? Bool == true)
        let lines = try ward.doctor().lines
        #expect(checks.count == lines.count - 1)
        // The clock and the room on the disk are others a moment later.
        func timeless(_ text: String) -> String { String(text.filter { !$0.isNumber }) }
        for (check, line) in zip(checks, lines) {
            #expect(try line.hasPrefix(#require(check["state"])))
            #expect(try timeless(line).contains(timeless(#require(check["words"]))))
        }
    }
}
