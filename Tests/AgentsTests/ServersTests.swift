//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Servers for tests: each gets a port of its own, and nobody else's program is ended with them.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Support
import Testing

/// Goal: tests that run side by side leave each other alone.
@Suite struct `Servers for tests` {
    /// Takes the port or ends at once, as a server does; says so.
    private func server(at port: UInt16) throws -> Server {
        let program = """
            import socket, time
            door = socket.socket(2, 2)
            door.bind(("127.0.0.1", \(port)))
            print("open", flush=True)
            time.sleep(60)
            """
        return try Server("/usr/bin/env", ["python3", "-c", program], in: try Scratch())
    }

    private func isOpen(_ server: Server) -> Bool {
        ((try? server.scratch.read("output")) ?? []).starts(with: Array("open".utf8))
    }

    @Test func `what ended by itself is not ended again, whoever has its number now`() throws {
        let scratch = try Scratch()
        let bystander = try Server("/bin/sleep", ["60"], in: try Scratch())
        var ended: Server? = try Server("/bin/sleep", ["0"], in: scratch)
        let code = try #require(try ended?.waitUntil { ended?.code })
        #expect(code == 0)
        try scratch.write("pid", try bystander.scratch.read("pid"))
        #expect(try ended?.end(by: SIGTERM) == 0)
        ended = nil
        // Longer than its keeper takes to see an end.
        usleep(500_000)
        #expect(bystander.code == nil)
        #expect(try bystander.end(by: SIGTERM) == -SIGTERM)
    }

    @Test func `a server whose port was taken is started again at another`() throws {
        let taken = try Server.freePort()
        let holder = try server(at: taken)
        try holder.waitUntil { isOpen(holder) ? () : nil }
        var ports = [taken]
        var made: [Server] = []
        let start = { (port: UInt16) throws -> Server in
            made.append(try server(at: port))
            return made[made.count - 1]
        }
        let choose = { try ports.popLast() ?? Server.freePort() }
        // Whoever holds the taken port answers there.
        let isReady = { (port: UInt16) in port == taken ? made[0].code != nil : isOpen(made[made.count - 1]) }
        let (second, port) = try Server.start(start, at: choose, isReady: isReady)
        #expect(made.count == 2 && port != taken && second.code == nil && made[0].code != nil)
    }

    @Test func `no port is given to two tests`() throws {
        let ports = try (0..<300).map { _ in try Server.freePort() }
        #expect(Set(ports).count == ports.count)
    }
}
