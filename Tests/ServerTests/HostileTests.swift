//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Slow, half-open and oversized requests, on real sockets.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model
import NIOCore
import NIOPosix
import Testing

@testable import Server

@Suite(.timeLimit(.minutes(1))) struct `Hostile clients` {
    /// Sends pieces with a pause between them, and reads until the server closes or `seconds` are over.
    private func talk(_ port: Int, _ pieces: [String], pause: Duration = .zero, seconds: Int = 8) async throws -> (
        text: String, isClosed: Bool
    ) {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            await withTaskGroup(of: (String, Bool)?.self) { group in
                group.addTask {
                    for piece in pieces {
                        do { try await outbound.write(ByteBuffer(string: piece)) } catch { break }
                        try? await Task.sleep(for: pause)
                    }
                    return nil
                }
                group.addTask {
                    var text = ""
                    do { for try await buffer in inbound { text += String(buffer: buffer) } } catch {}
                    return (text, true)
                }
                group.addTask {
                    try? await Task.sleep(for: .seconds(seconds))
                    return ("", false)
                }
                var result = ("", false)
                while let next = await group.next() {
                    if let next {
                        result = next
                        break
                    }
                }
                group.cancelAll()
                return result
            }
        }
    }

    @Test func `who says nothing, or half a head, or a head letter by letter, is cut`() async throws {
        try await TestServer.with({ $0.limits.idleSeconds = 1 }) { server in
            async let silent = talk(server.port, [])
            async let half = talk(server.port, ["GET / HTTP/1.1\r\nHost: x\r\nX-A: "])
            async let letters = talk(
                server.port, "GET / HTTP/1.1\r\nHost: x\r\nX-Long: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa".map(String.init),
                pause: .milliseconds(100))
            let isClosed = (try await silent.isClosed, try await half.isClosed, try await letters.isClosed)
            #expect(isClosed == (true, true, true))
            #expect(try await server.ask("/healthz", as: nil).status == 200)
        }
    }

    @Test func `a body that never ends is cut in time`() async throws {
        try await TestServer.with({ ($0.limits.bodySeconds, $0.limits.idleSeconds) = (1, 2) }) { server in
            let token = server.tokens["write"] ?? ""
            let head = "POST /api/v1/observations HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \(token)\r\n"
            let heard = try await talk(
                server.port,
                [head + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"]
                    + (0..<60).map { _ in "1\r\n \r\n" }, pause: .milliseconds(100))
            // The line may close before the answer is read; what counts is that nobody is held.
            #expect(heard.isClosed && (heard.text.isEmpty || heard.text.hasPrefix("HTTP/1.1 408")), "\(heard.text)")
        }
    }

    @Test func `a body that nobody may send is not read to its end`() async throws {
        try await TestServer.with { server in
            let heard = try await talk(
                server.port,
                ["POST /api/v1/observations HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"]
                    + (0..<60).map { _ in "1\r\n \r\n" }, pause: .milliseconds(100))
            #expect(heard.isClosed && heard.text.hasPrefix("HTTP/1.1 401"), "\(heard.text)")
        }
    }

    @Test func `heads that are too long or broken get a short answer`() async throws {
        try await TestServer.with({ $0.limits.idleSeconds = 2 }) { server in
            for request in [
                "GET / HTTP/1.1\r\nHost: x\r\nX-Long: \(String(repeating: "a", count: 100_000))\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\n"
                    + (0..<500).map { "X-\($0): y\r\n" }.joined() + "\r\n",
                "NONSENSE\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}",
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            ] {
                let heard = try await talk(server.port, [request])
                #expect(heard.isClosed && !heard.text.hasPrefix("HTTP/1.1 200"), "\(request.prefix(40)) \(heard.text)")
            }
            #expect(try await server.ask("/healthz", as: nil).status == 200)
        }
    }

    @Test func `who takes no answer is cut, and others go on`() async throws {
        try await TestServer.with({ ($0.limits.stallSeconds, $0.limits.waitingEvents) = (1, 16) }) { server in
            await server.tell(1)
            let token = server.tokens["read"] ?? ""
            // A follower that never reads: the kernel's buffers fill, then ours.
            let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .channelOption(.autoRead, value: false).channelOption(.socketOption(.so_rcvbuf), value: 4_096)
                .connect(host: "127.0.0.1", port: server.port).get()
            try await channel.writeAndFlush(
                ByteBuffer(string: "GET /api/v1/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \(token)\r\n\r\n"))
            while server.server.hub.counts.subscribers < 1 { try await Task.sleep(for: .milliseconds(5)) }
            var position: UInt64 = 2
            for _ in 0..<400 where server.server.hub.counts.cut == 0 {
                var publication = Publication(number: EventNumber(position: position), recorded: nil, changes: [])
                publication.event = [UInt8](repeating: 0x20, count: 65_536)
                await server.house.tell(publication)
                position += 1
                try await Task.sleep(for: .milliseconds(5))
            }
            #expect(server.server.hub.counts.cut == 1 && server.server.hub.counts.subscribers == 0)
            #expect(try await server.ask("/api/v1/log").status == 200)
            channel.close(promise: nil)
        }
    }
}
