//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// TLS and HTTP/2, as `wardlight run` speaks them.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import AsyncHTTPClient
import Foundation
import Model
import NIOCore
import NIOPosix
import NIOSSL
import Testing

@testable import Server

@Suite(.timeLimit(.minutes(1))) struct `The encrypted server` {
    /// Of nobody: made for this test, valid for localhost until 2051.
    private static let certificate = """
        -----BEGIN CERTIFICATE-----
        MIIBmzCCAUGgAwIBAgIUQNTv74eVxHNDEzvG+EJaWhlKA3kwCgYIKoZIzj0EAwIw
        FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMzE2MzkwNVoYDzIwNTEwNzE1
        MTYzOTA1WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
        PQMBBwNCAAQ99m3X3PBEFA0p+aCf9E3Ny47caDVDGO516caxsoBjwiBXvl0JBFA6
        ZSFbWH4aBln88oyu1aYLXePxNHCESH8Go28wbTAdBgNVHQ4EFgQUCu10i06MC532
        mRVvBsIsqM8hG0owHwYDVR0jBBgwFoAUCu10i06MC532mRVvBsIsqM8hG0owDwYD
        VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI
        zj0EAwIDSAAwRQIhAPeQZXF16wL71gEu3PZy6AZZ18BSOnmS1iwf++Lk0gHjAiBb
        TElgOeDxbUpDku5vx4pODkpzPzbam+THfEutUDVf3w==
        -----END CERTIFICATE-----

        """
    private static let key = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgrjOi4SfQV7fqsSaE
        LKnasJa1uYI8qx9Sq50txdURuf6hRANCAAQ99m3X3PBEFA0p+aCf9E3Ny47caDVD
        GO516caxsoBjwiBXvl0JBFA6ZSFbWH4aBln88oyu1aYLXePxNHCESH8G
        -----END PRIVATE KEY-----

        """

    private func encrypted<Result>(
        _ change: (inout ServerSettings) -> Void = { _ in }, _ body: (TestServer, HTTPClient) async throws -> Result
    ) async throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appending(path: "wardlight-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (certificate, key) = (folder.appending(path: "server.pem"), folder.appending(path: "server.key"))
        try Data(Self.certificate.utf8).write(to: certificate)
        try Data(Self.key.utf8).write(to: key)
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.trustRoots = .file(certificate.path())
        var configuration = HTTPClient.Configuration(tlsConfiguration: tls)
        configuration.redirectConfiguration = .disallow
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        do {
            let result = try await TestServer.with(
                { settings in
                    settings.encryption = .init(certificate: certificate.path(), key: key.path())
                    change(&settings)
                }, { server in try await body(server, client) })
            try await client.shutdown()
            return result
        } catch {
            try? await client.shutdown()
            throw error
        }
    }

    @Test func `speaks HTTP/2 and says that it always will be encrypted`() async throws {
        try await encrypted { server, client in
            var request = HTTPClientRequest(url: "https://localhost:\(server.port)/api/v1/log")
            request.headers.add(name: "Authorization", value: "Bearer \(server.tokens["read"] ?? "")")
            let response = try await client.execute(request, timeout: .seconds(10))
            #expect(response.status == .ok && response.version == .http2)
            #expect(response.headers.first(name: "strict-transport-security") != nil)
            _ = try await response.body.collect(upTo: 100_000)
            #expect(server.server.makeLink().hasPrefix("https://"))
        }
    }

    @Test func `follows live changes over HTTP/2`() async throws {
        try await encrypted { server, client in
            for position in 1...5 { await server.tell(UInt64(position)) }
            var request = HTTPClientRequest(url: "https://localhost:\(server.port)/api/v1/events?after=2")
            request.headers.add(name: "Authorization", value: "Bearer \(server.tokens["read"] ?? "")")
            let response = try await client.execute(request, timeout: .seconds(10))
            var text = ""
            for try await buffer in response.body {
                text += String(buffer: buffer)
                if text.contains("id: 5\n") { break }
            }
            #expect(text.contains("id: 3\n") && !text.contains("id: 2\n"))
        }
    }

    @Test func `gives the cookie to encrypted lines only`() async throws {
        try await encrypted({ $0.isDemo = true }) { server, client in
            let link = server.server.makeLink().replacing("127.0.0.1", with: "localhost")
            let response = try await client.execute(HTTPClientRequest(url: link), timeout: .seconds(10))
            let cookie = try #require(response.headers.first(name: "set-cookie"))
            #expect(cookie.hasPrefix("__Host-wardlight=") && cookie.contains("; Secure") && cookie.contains("Path=/"))
        }
    }

    @Test func `cuts a handshake that does not end`() async throws {
        try await encrypted({ $0.limits.handshakeSeconds = 1 }) { server, _ in
            let clock = ContinuousClock()
            let begin = clock.now
            let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connect(host: "127.0.0.1", port: server.port).get()
            // The head of a client's hello, and nothing after it.
            // On a busy machine it may be cut before these have gone out.
            try? await channel.writeAndFlush(ByteBuffer(bytes: [0x16, 0x03, 0x01, 0x02, 0x00, 0x01]))
            try await channel.closeFuture.get()
            #expect(clock.now - begin < .seconds(20))
        }
    }
}
