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
    ///
    /// - Parameter isHalfOpen: closes the half on which it sends after the last piece.
    private func talk(
        _ port: Int, _ pieces: [String] = [], octets: [UInt8]? = nil, pause: Duration = .zero, seconds: Int = 30,
        isHalfOpen: Bool = false
    ) async throws -> (text: String, isClosed: Bool) {
        let pieces = octets.map { [ByteBuffer(bytes: $0)] } ?? pieces.map { ByteBuffer(string: $0) }
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.allowRemoteHalfClosure, value: true)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(
                        wrappingChannelSynchronously: channel, configuration: .init(isOutboundHalfClosureEnabled: true))
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            await withTaskGroup(of: (String, Bool)?.self) { group in
                group.addTask {
                    for piece in pieces {
                        do { try await outbound.write(piece) } catch { break }
                        try? await Task.sleep(for: pause)
                    }
                    if isHalfOpen { outbound.finish() }
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
                // Who closes while octets are on their way may cut its own answer off (RFC 9112, 9.6).
                var heard = try await talk(server.port, [request])
                for _ in 0..<5 where heard.text.isEmpty { heard = try await talk(server.port, [request]) }
                #expect(heard.isClosed, "\(request.prefix(40))")
                let isLong = request.contains("X-Long") || request.contains("X-499")
                checkProblem(heard.text, isLong ? 431 : 400, isLong ? "header" : "http", "\(request.prefix(40))")
            }
            #expect(try await server.ask("/healthz", as: nil).status == 200)
        }
    }

    /// A whole answer as the gate gives it, though the gate never saw the request.
    private func checkProblem(_ text: String, _ status: Int, _ kind: String, _ words: String) {
        let halves = text.components(separatedBy: "\r\n\r\n")
        let head = halves[0].lowercased()
        #expect(head.hasPrefix("http/1.1 \(status) "), "\(words) \(text)")
        #expect(halves.count == 2, "one answer: \(words) \(text)")
        for field in [
            "content-type: application/problem+json", "x-content-type-options: nosniff", "connection: close",
            "content-security-policy: default-src 'none'", "cache-control: no-store",
            "content-length: \(halves.last?.utf8.count ?? 0)",
        ] { #expect(head.contains("\r\n\(field)"), "\(field) \(words) \(text)") }
        let json = try? JSONSerialization.jsonObject(with: Data((halves.last ?? "").utf8)) as? [String: Any]
        #expect(json?["type"] as? String == "/problems/\(kind)", "\(words) \(text)")
        #expect(json?["status"] as? Int == status, "\(words) \(text)")
    }

    @Test func `any octet in a field is served or told to be none, each with a whole answer`() async throws {
        try await TestServer.with { server in
            let token = server.tokens["read"] ?? ""
            var (served, refused) = (0, 0)
            for octet in UInt8.min...UInt8.max {
                for field in ["Cookie: wardlight=a", "X-Anything: a", "Last-Event-ID: 1"] {
                    var request = Array(
                        "GET /api/v1/log HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \(token)\r\nConnection: close\r\n"
                            .utf8)
                    request += Array(field.utf8) + [octet] + Array("b\r\n\r\n".utf8)
                    let heard = try await talk(server.port, octets: request)
                    if heard.text.hasPrefix("HTTP/1.1 200") {
                        served += 1
                    } else {
                        refused += 1
                        checkProblem(heard.text, 400, "http", "\(octet) in \(field)")
                    }
                }
            }
            // Letters and what is beyond ASCII pass (RFC 9110, 5.5); what controls a terminal does not.
            #expect(served >= 3 * 0xDF && refused >= 3 * 0x1D, "\(served) served, \(refused) refused")
        }
    }

    @Test func `a body whose pieces make no sense ends with one answer`() async throws {
        try await TestServer.with { server in
            let token = server.tokens["write"] ?? ""
            let head = "POST /api/v1/observations HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \(token)\r\n"
            for body in ["zz\r\n", "5\r\nabc", "FFFFFFFFFFFFFFFFF\r\n", "1\r\nab\r\n"] {
                let heard = try await talk(
                    server.port,
                    [head + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n", body],
                    pause: .milliseconds(20), isHalfOpen: true)
                #expect(heard.isClosed, "\(body)")
                #expect(heard.text.components(separatedBy: "HTTP/1.1 ").count <= 2, "\(body) \(heard.text)")
                #expect(heard.text.isEmpty || heard.text.hasPrefix("HTTP/1.1 400"), "\(body) \(heard.text)")
            }
            #expect(try await server.ask("/api/v1/log").json["position"] as? Int == Ward.all.count)
        }
    }

    @Test func `paths that climb are none, however they are written`() async throws {
        try await TestServer.with { server in
            let token = server.tokens["read"] ?? ""
            // As they are: a library for clients would put them in order first.
            for path in [
                "/assets/../../../etc/passwd", "/assets/%2e%2e/%2e%2e/etc/passwd", "/assets/%c0%ae%c0%ae/etc/passwd",
                "/assets/..%5c..%5cetc%5cpasswd", "/assets//etc/passwd", "/assets/%252e%252e%252fetc", "/assets/.",
                "/api/v1/../../etc/passwd", "/api/v1/devices/%2e%2e", "/assets/wardlight.css/", "/;/etc/passwd",
            ] {
                let heard = try await talk(
                    server.port,
                    [
                        "GET \(path) HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \(token)\r\nConnection: close\r\n\r\n"
                    ])
                #expect(heard.text.hasPrefix("HTTP/1.1 404 "), "\(path) \(heard.text.prefix(200))")
                #expect(!heard.text.contains("root:"), "\(path)")
            }
        }
    }

    @Test func `who closes one half of the line after asking still gets the answer`() async throws {
        try await TestServer.with { server in
            let heard = try await talk(server.port, ["GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"], isHalfOpen: true)
            #expect(heard.isClosed && heard.text.hasPrefix("HTTP/1.1 200"), "\(heard.text)")
        }
    }

    @Test func `lines that are opened and left give their places back`() async throws {
        try await TestServer.with({ ($0.limits.connections, $0.limits.idleSeconds) = (4, 1) }) { server in
            // More than there are places for: silent ones, and halves of requests.
            var left: [any Channel] = []
            for number in 0..<12 {
                let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                    .connect(host: "127.0.0.1", port: server.port).get()
                if number % 2 == 0 {
                    try? await channel.writeAndFlush(ByteBuffer(string: "GET /api/v1/devices HTTP/1.1\r\nHo"))
                }
                left.append(channel)
            }
            #expect(try await server.ask("/healthz", as: nil).status == 200)
            for channel in left { channel.close(promise: nil) }
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
            // Large ones, so that some dozens do. Who goes first depends on the machine: the hub, because too many wait, or
            // the line, because nothing was taken from it for a second.
            for _ in 0..<400 where server.server.hub.counts.subscribers == 1 {
                var publication = Publication(number: EventNumber(position: position), recorded: nil, changes: [])
                publication.event = [UInt8](repeating: 0x20, count: 1 << 20)
                await server.house.tell(publication)
                position += 1
                try await Task.sleep(for: .milliseconds(20))
            }
            #expect(server.server.hub.counts.subscribers == 0 && server.server.hub.counts.cut <= 1)
            #expect(try await server.ask("/api/v1/log").status == 200)
            channel.close(promise: nil)
        }
    }
}
