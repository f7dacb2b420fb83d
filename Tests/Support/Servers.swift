//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Servers: switches that answer over UDP on this machine, started for a test and stopped with it.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Synchronization

/// A program that serves until the value goes (Tests/Agents/serve says how).
public final class Server: Sendable {
    public struct NotReady: Error { public var words: String }

    public let scratch: Scratch

    public init(
        _ program: String, _ arguments: [String], in scratch: Scratch, environment: [String: String] = [:]
    ) throws {
        self.scratch = scratch
        // What an earlier one left in the same folder is not this one's.
        for name in ["pid", "code"] { try? FileManager.default.removeItem(atPath: scratch.path(name)) }
        let ran = try Ran(
            House.root.appendingPathComponent("Tests/Agents/serve").path,
            [scratch.url.path, String(getpid()), program] + arguments, environment: environment)
        guard ran.code == 0 else { throw NotReady(words: "Tests/Agents/serve failed: \(ran.errors)") }
        _ = try Self.wait(for: scratch, seconds: 10) { Int32(Self.text("pid", in: scratch)) }
    }

    deinit { send(SIGTERM) }

    /// Its exit code once it has ended; negative for a signal that ended it.
    public var code: Int32? { Int32(Self.text("code", in: scratch)) }

    /// After its end its number may be another program's.
    private func send(_ signal: Int32) {
        guard code == nil, let process = Int32(Self.text("pid", in: scratch)), process > 1 else { return }
        kill(process, signal)
    }

    private static func text(_ name: String, in scratch: Scratch) -> String {
        (try? String(decoding: scratch.read(name), as: UTF8.self)) ?? ""
    }

    private static func wait<Value>(
        for scratch: Scratch, seconds: Double, _ value: () throws -> Value?
    ) throws -> Value {
        let end = Date(timeIntervalSinceNow: seconds)
        while true {
            if let value = try value() { return value }
            guard text("code", in: scratch).isEmpty, Date() < end else {
                let words = ["code", "errors", "output"].map { "\($0): \(text($0, in: scratch).suffix(400))" }
                throw NotReady(words: "not ready; \(words.joined(separator: "; "))")
            }
            usleep(20_000)
        }
    }

    /// Waits for a first answer.
    ///
    /// - Throws: `NotReady` when the program ends before it, or the time does.
    public func waitUntil<Value>(seconds: Double = 30, _ value: () throws -> Value?) throws -> Value {
        try Self.wait(for: scratch, seconds: seconds, value)
    }

    /// Asks it to end and waits until it has.
    ///
    /// - Returns: Its exit code; negative for a signal that ended it.
    public func end(by signal: Int32, seconds: Double = 30) throws -> Int32 {
        send(signal)
        let end = Date(timeIntervalSinceNow: seconds)
        while Date() < end {
            if let code { return code }
            usleep(20_000)
        }
        throw NotReady(words: "does not end")
    }
}

extension Server {
    private static let given = Mutex<Set<UInt16>>([])

    /// A port of this machine that nobody uses now, and that was given to no other test of this run.
    public static func freePort() throws -> UInt16 {
        for _ in 0..<100 {
            let port = try unusedPort()
            if given.withLock({ $0.insert(port).inserted }) { return port }
        }
        throw NotReady(words: "no free port")
    }

    /// Starts a server that takes its port from us. Between our look at the port and its own, another program may have
    /// taken it: then it ends at once, and is started again at another.
    public static func start(
        _ make: (UInt16) throws -> Server, at choose: () throws -> UInt16 = freePort,
        isReady: (UInt16) throws -> Bool
    ) throws -> (server: Server, port: UInt16) {
        for attempt in 1... {
            let port = try choose()
            let server = try make(port)
            do {
                // Somebody else's answer at its port is none.
                try server.waitUntil { try isReady(port) && server.code == nil ? () : nil }
                return (server, port)
            } catch { guard attempt < 5, server.code != nil else { throw error } }
        }
        throw NotReady(words: "no free port")
    }

    private static func unusedPort() throws -> UInt16 {
        let descriptor = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                let code = unsafe bind(descriptor, $0, size)
                return unsafe code == 0 && getsockname(descriptor, $0, &size) == 0
            }
        }
        guard bound else { throw NotReady(words: "no free port") }
        return UInt16(bigEndian: address.sin_port)
    }

    private static func isAnswering(_ arguments: [String]) throws -> Bool {
        try Ran("/usr/bin/env", ["snmpget", "-t", "1", "-r", "0"] + arguments + [".1.3.6.1.2.1.1.2.0"]).code == 0
    }

    /// snmpsim with recordings: the community is the file's name, or the context where version 3 is spoken (`self` where
    /// there is none). It signs with SHA-256 and seals nothing: what it would need for that is not in its environment.
    ///
    /// - Parameters:
    ///   - files: Paths of recordings by community.
    ///   - user: Of version 3, with the passphrase that signs.
    public static func recordings(
        _ files: [String: String], user: (name: String, authentication: String)? = nil
    ) throws -> (server: Server, port: UInt16) {
        let scratch = try Scratch()
        let made = try Ran(House.root.appendingPathComponent("scripts/snmpsim").path, [])
        guard made.code == 0 else { throw NotReady(words: "scripts/snmpsim failed: \(made.errors)") }
        let responder = made.text.trimmingCharacters(in: .whitespacesAndNewlines)
        let data = scratch.url.appendingPathComponent("data")
        let cache = scratch.url.appendingPathComponent("cache")
        for folder in [data, cache] {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            // It gives up root's rights before it writes its index.
            try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: folder.path)
        }
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: scratch.url.path)
        for (community, path) in files {
            let copy = data.appendingPathComponent("\(community).snmprec")
            try FileManager.default.copyItem(atPath: path, toPath: copy.path)
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: copy.path)
        }
        var arguments = ["--data-dir=\(data.path)", "--cache-dir=\(cache.path)", "--logging-method=null"]
        if let user {
            arguments += [
                "--v3-user=\(user.name)", "--v3-auth-key=\(user.authentication)", "--v3-auth-proto=SHA256",
            ]
        }
        if getuid() == 0 { arguments += ["--process-user=nobody", "--process-group=nogroup"] }
        let proof =
            user.map { ["-v3", "-l", "authNoPriv", "-u", $0.name, "-a", "SHA-256", "-A", $0.authentication] }
            ?? ["-v2c", "-c", files.keys.sorted().first ?? "public"]
        return try start {
            try Server(responder, arguments + ["--agent-udpv4-endpoint=127.0.0.1:\($0)"], in: scratch)
        } isReady: {
            try isAnswering(proof + ["127.0.0.1:\($0)"])
        }
    }

    /// net-snmp's own agent with one user of version 3: SHA-256 and AES.
    public static func agent(
        user: String, authentication: String, privacy: String
    ) throws -> (server: Server, port: UInt16) {
        let scratch = try Scratch()
        let settings = """
            createUser \(user) SHA-256 "\(authentication)" AES "\(privacy)"
            rouser \(user) authpriv
            sysName snmpd-ward
            sysServices 2
            """
        let path = try scratch.write("snmpd.conf", Array(settings.utf8))
        return try start { port in
            try Server(
                "/usr/sbin/snmpd",
                [
                    "-f", "-Lo", "-C", "-c", path, "-p", scratch.path("snmpd.pid"), "-I", "-smux",
                    "udp:127.0.0.1:\(port)",
                ], in: scratch,
                environment: [
                    "SNMP_PERSISTENT_DIR": scratch.path("state"), "SNMPCONFPATH": scratch.url.path, "MIBS": "",
                ])
        } isReady: { port in
            try isAnswering([
                "-v3", "-l", "authPriv", "-u", user, "-a", "SHA-256", "-A", authentication, "-x", "AES", "-X", privacy,
                "127.0.0.1:\(port)",
            ])
        }
    }

    /// Agents that behave badly (Tests/Agents/bad-agent.py), one for each manner.
    public static func badAgents(
        _ manners: [String], rows: String
    ) throws -> (server: Server, ports: [String: UInt16]) {
        let scratch = try Scratch()
        let path = try scratch.write("rows", Array(rows.utf8))
        let server = try Server(
            "/usr/bin/env",
            ["python3", House.root.appendingPathComponent("Tests/Agents/bad-agent.py").path, path] + manners,
            in: scratch)
        let ports = try server.waitUntil {
            var ports: [String: UInt16] = [:]
            for line in text("output", in: scratch).split(separator: "\n") {
                let words = line.split(separator: " ")
                if words.count == 2, let port = UInt16(words[1]) { ports[String(words[0])] = port }
            }
            return ports.count == manners.count ? ports : nil
        }
        return (server, ports)
    }
}
