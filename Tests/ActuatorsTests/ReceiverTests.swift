//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Receivers of findings as they are met: encrypted, gone and back, silent, or sending us elsewhere.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Crypto
import Foundation
import Model
import NIOCore
import NIOPosix
import NIOSSL
import SwiftASN1
import Synchronization
import Testing
import X509

@testable import Actuators

/// A server on loopback that hears, and says the same to everybody.
private final class Listener: Sendable {
    private let heard = Mutex("")
    private let channel = Mutex<(any Channel)?>(nil)
    let port: Int

    /// - Parameters:
    ///   - tls: nil for a plain one.
    ///   - answer: what it says when it has heard something.
    ///   - isDeaf: takes nothing off the line.
    init(_ port: Int = 0, tls: NIOSSLContext? = nil, answer: String? = nil, isDeaf: Bool = false) async throws {
        let heard = Mutex<Listener?>(nil)
        let box = Box(heard: { text in heard.withLock { $0 }?.hear(text) })
        let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.autoRead, value: !isDeaf)
            .childChannelOption(.socketOption(.so_rcvbuf), value: isDeaf ? 4_096 : 262_144)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let tls {
                        try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls))
                    }
                    try channel.pipeline.syncOperations.addHandler(Ear(answer, box.heard))
                }
            }
            .bind(host: "0.0.0.0", port: port).get()
        self.port = server.localAddress?.port ?? 0
        channel.withLock { $0 = server }
        heard.withLock { $0 = self }
    }

    private struct Box: Sendable { let heard: @Sendable (String) -> Void }

    private func hear(_ text: String) { heard.withLock { $0 += text } }
    var text: String { heard.withLock(\.self) }

    func waits(for text: String) async throws {
        while !self.text.contains(text) { try await Task.sleep(for: .milliseconds(2)) }
    }

    func close() async throws { try await channel.withLock { $0 }?.close() }

    private final class Ear: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer
        private let answer: String?
        private let hear: @Sendable (String) -> Void

        init(_ answer: String?, _ hear: @escaping @Sendable (String) -> Void) {
            (self.answer, self.hear) = (answer, hear)
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            hear(String(buffer: unwrapInboundIn(data)))
            guard let answer else { return }
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: answer)), promise: nil)
        }
    }
}

@Suite(.timeLimit(.minutes(1))) struct `Receivers of findings` {
    private func note(_ position: UInt64, title: String = "Odd") -> OutletNote {
        var note = ChangeNote(
            .findingRaised, site: "north", moment: Timestamp(seconds: 1_772_438_700), device: "dev-0123456789ab",
            what: "port.rogue", to: title)
        note.severity = .high
        note.finding = "fnd-0123456789ab"
        return OutletNote(number: EventNumber(position: position), change: note)
    }

    /// An authority of a hospital and a collector `localhost` that it vouches for, made for one test.
    private struct Vouching {
        let authority: String
        let server: NIOSSLContext

        init() throws {
            let (top, own) = (P256.Signing.PrivateKey(), P256.Signing.PrivateKey())
            let issuer = try DistinguishedName { CommonName("Hospital authority \(UUID().uuidString)") }
            let root = try Self.certificate(issuer, top, issuer, top) {
                Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 0))
            }
            let leaf = try Self.certificate(DistinguishedName { CommonName("localhost") }, own, issuer, top) {
                Critical(BasicConstraints.notCertificateAuthority)
                SubjectAlternativeNames([.dnsName("localhost")])
            }
            authority = FileManager.default.temporaryDirectory.path + "/wardlight-authority-\(UUID().uuidString).pem"
            try Data(root.serializeAsPEM().pemString.utf8).write(to: URL(fileURLWithPath: authority))
            let chain = try NIOSSLCertificate(bytes: Array(leaf.serializeAsPEM().pemString.utf8), format: .pem)
            let key = try NIOSSLPrivateKey(bytes: Array(own.pemRepresentation.utf8), format: .pem)
            server = try NIOSSLContext(
                configuration: .makeServerConfiguration(
                    certificateChain: [.certificate(chain)], privateKey: .privateKey(key)))
        }

        private static func certificate(
            _ subject: DistinguishedName, _ key: P256.Signing.PrivateKey, _ issuer: DistinguishedName,
            _ signer: P256.Signing.PrivateKey,
            @ExtensionsBuilder _ extensions: () throws -> Result<Certificate.Extensions, any Error>
        ) throws -> Certificate {
            try Certificate(
                version: .v3, serialNumber: Certificate.SerialNumber(),
                publicKey: Certificate.PublicKey(key.publicKey), notValidBefore: Date(timeIntervalSinceNow: -3_600),
                notValidAfter: Date(timeIntervalSinceNow: 3_600), issuer: issuer, subject: subject,
                signatureAlgorithm: .ecdsaWithSHA256, extensions: Certificate.Extensions(builder: extensions),
                issuerPrivateKey: Certificate.PrivateKey(signer))
        }
    }

    @Test func `syslog goes over TLS to whom the authority vouches for, and to nobody else`() async throws {
        let (good, other) = (try Vouching(), try Vouching())
        defer { for one in [good, other] { try? FileManager.default.removeItem(atPath: one.authority) } }
        let listener = try await Listener(tls: good.server)
        let receiver = try SyslogReceiver(
            host: "localhost", port: listener.port, own: "here", authority: good.authority)
        for position in 1...3 as ClosedRange<UInt64> { try await receiver.deliver(note(position)) }
        try await listener.waits(for: "number=\"3\"")
        let message = SyslogMessage.text(of: note(1), host: "here")
        #expect(listener.text.hasPrefix("\(message.utf8.count) \(message)"))
        let strict = try SyslogReceiver(
            host: "localhost", port: listener.port, own: "here", authority: other.authority)
        await #expect(throws: (any Error).self) { try await strict.deliver(note(4)) }
        // Another name than the certificate's: this one is only an address of the same machine.
        let misnamed = try SyslogReceiver(
            host: "127.0.0.2", port: listener.port, own: "here", authority: good.authority)
        await #expect(throws: (any Error).self) { try await misnamed.deliver(note(5)) }
        #expect(!listener.text.contains("number=\"4\"") && !listener.text.contains("number=\"5\""))
        try await listener.close()
    }

    @Test func `syslog is tried again where the line was made anew`() async throws {
        let server = try await Listener()
        let receiver = try SyslogReceiver(host: "127.0.0.1", port: server.port, own: "here", isPlain: true)
        try await receiver.deliver(note(1))
        try await server.waits(for: "number=\"1\"")
        try await server.close()
        let nobody = try SyslogReceiver(host: "127.0.0.1", port: server.port, own: "here", isPlain: true)
        await #expect(throws: (any Error).self) { try await nobody.deliver(note(2)) }
        let again = try await Listener(server.port)
        try await nobody.deliver(note(3))
        try await again.waits(for: "number=\"3\"")
        try await again.close()
    }

    @Test func `a collector that takes nothing holds nobody up`() async throws {
        let deaf = try await Listener(isDeaf: true)
        let receiver = try SyslogReceiver(
            host: "127.0.0.1", port: deaf.port, own: "here", isPlain: true, patience: .milliseconds(200))
        let start = ContinuousClock.now
        // Until the kernels' buffers are full.
        await #expect(throws: SyslogReceiver.Failure.late) {
            for position in 1...200_000 as ClosedRange<UInt64> {
                try await receiver.deliver(note(position, title: String(repeating: "x", count: 250)))
            }
        }
        #expect(ContinuousClock.now - start < .seconds(50))
        try await deaf.close()
    }

    @Test func `a webhook is posted with its signature, and only there`() async throws {
        let elsewhere = try await Listener(answer: "HTTP/1.1 204 No Content\r\n\r\n")
        let good = try await Listener(answer: "HTTP/1.1 204 No Content\r\n\r\n")
        let key = [UInt8](repeating: 9, count: 32)
        let now = Timestamp(seconds: 1_772_438_700)
        let webhook = try WebhookReceiver(url: "http://127.0.0.1:\(good.port)/hook", key: key) { now }
        try await webhook.deliver(note(7))
        let body = try WebhookReceiver.body(of: note(7))
        #expect(good.text.hasPrefix("POST /hook HTTP/1.1\r\n"))
        #expect(good.text.contains("Wardlight-Signature: \(webhook.signature(of: body))\r\n"))
        #expect(good.text.contains("Idempotency-Key: 7-fnd-0123456789ab\r\n"))
        #expect(good.text.hasSuffix(String(decoding: body, as: UTF8.self)))
        for status in [301, 302, 307, 308] {
            let sly = try await Listener(
                answer: "HTTP/1.1 \(status) Moved\r\nLocation: http://127.0.0.1:\(elsewhere.port)/\r\n"
                    + "Content-Length: 0\r\n\r\n")
            let sent = try WebhookReceiver(url: "http://127.0.0.1:\(sly.port)/hook", key: key) { now }
            await #expect(throws: WebhookReceiver.Failure.refused(status: status)) { try await sent.deliver(note(8)) }
            try await sly.close()
        }
        #expect(elsewhere.text.isEmpty)
        try await good.close()
        try await elsewhere.close()
    }

    @Test(arguments: [
        "http://example.org/x", "http://127.0.0.1.evil.example/x", "http://localhost.evil.example/x",
        "http://localhost@evil.example/", "ftp://localhost/x",
    ])
    func `what is not encrypted goes nowhere but to this machine`(url: String) {
        #expect(throws: WebhookReceiver.Failure.notEncrypted) {
            try WebhookReceiver(url: url, key: [1]) { .epoch }
        }
    }

    @Test func `an address that is none is refused`() {
        #expect(throws: WebhookReceiver.Failure.noAddress) { try WebhookReceiver(url: "https:", key: [1]) { .epoch } }
    }
}
