//===----------------------------------------------------------------------===//
// Wardlight · Server
//
// The server as a service: listens, answers, and stops gracefully.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Hummingbird
import HummingbirdCore
import HummingbirdHTTP2
import Logging
import Model
import NIOCore
import ServiceLifecycle
import Synchronization

/// HTTP API, live changes and pages of one hospital.
public final class WardlightServer: ServiceLifecycle.Service {
    /// Tell it of every publication, after the lists have it.
    public let hub: EventHub
    private let house: House
    private let gate: Gate
    private let port = Mutex<Int?>(nil)
    private let waiting = Mutex<[CheckedContinuation<Int, Never>]>([])

    /// - Throws: `ServerProblem` where the settings cannot be.
    public init(_ settings: ServerSettings, _ doors: ServerDoors, logger: Logger) throws {
        guard settings.encryption != nil || settings.isLoopback else { throw ServerProblem.plainBeyondLoopback }
        let secret = settings.secret ?? Secret.drawn()
        guard secret.count >= 32 else { throw ServerProblem.shortSecret }
        var doors = doors
        doors.credentials = SessionsInNeed(doors.credentials)
        hub = EventHub(most: settings.limits.subscribers, waiting: settings.limits.waitingEvents)
        house = House(
            doors: doors, settings: settings, moving: MovingLimits(settings.limits), hub: hub, seal: CursorSeal(secret),
            gatekeeper: Gatekeeper(doors.credentials, settings, secret: secret),
            receipts: Receipts(doors.receipts), pages: try Pages(settings), logger: logger)
        gate = Gate(house, RouteTable(APITable.routes + PageTable.routes))
    }

    /// `http://localhost:8080`
    public var address: String {
        let host = house.settings.host.contains(":") ? "[\(house.settings.host)]" : house.settings.host
        let port = port.withLock { $0 } ?? house.settings.port
        return "\(house.settings.encryption == nil ? "http" : "https")://\(host):\(port)"
    }

    /// Other limits from now on, of those that can become others while it runs: subscribers, rate and body. Who follows
    /// already goes on.
    public func use(_ limits: ServerLimits) {
        hub.use(most: limits.subscribers)
        gate.rates.use(perSecond: limits.rate, burst: limits.burst)
        house.moving.body = limits.body
    }

    /// Address of a one-time link: for who sets up the first account, or, in the demo, signs in.
    public func makeLink() -> String {
        "\(address)/set-up?key=\(house.gatekeeper.makeLink(at: house.settings.now()))"
    }

    /// Waits until the server listens.
    ///
    /// - Returns: the port.
    public func listening() async -> Int {
        await withCheckedContinuation { done in
            let known = port.withLock { port in
                if port == nil { waiting.withLock { $0.append(done) } }
                return port
            }
            if let known { done.resume(returning: known) }
        }
    }

    public func run() async throws {
        let application = Application(
            responder: gate, server: try builder(),
            configuration: ApplicationConfiguration(
                address: .hostname(house.settings.host, port: house.settings.port), serverName: nil,
                availableConnectionsDelegate: .maximum(house.settings.limits.connections, logger: house.logger)),
            onServerRunning: { [self] channel in listens(at: channel.localAddress?.port ?? house.settings.port) },
            logger: house.logger)
        let beat = Duration.seconds(house.settings.limits.heartbeatSeconds)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { [hub] in
                // Streams have no end of their own: they are told before the server waits for its requests.
                try await withGracefulShutdownHandler {
                    try await application.run()
                } onGracefulShutdown: {
                    hub.close()
                }
            }
            group.addTask { [hub] in
                while !Task.isCancelled {
                    try await Task.sleep(for: beat)
                    hub.beat()
                }
            }
            defer { group.cancelAll() }
            do { try await group.next() } catch is CancellationError {}
            hub.close()
        }
    }

    private func listens(at number: Int) {
        let all = port.withLock { port in
            port = number
            return waiting.withLock { waiting in
                defer { waiting = [] }
                return waiting
            }
        }
        for one in all { one.resume(returning: number) }
    }

    private func builder() throws -> HTTPServerBuilder {
        let limits = house.settings.limits
        let isEncrypted = house.settings.encryption != nil
        let stall = TimeAmount.seconds(Int64(limits.stallSeconds))
        var stream = HTTP1Channel.Configuration(
            additionalChannelHandlers: [
                ParserRefusals(isEncrypted: isEncrypted), StallHandler(stall),
            ],
            idleTimeout: .seconds(Int64(limits.idleSeconds)))
        stream.httpDecoder.maxHeaderListSize = limits.header
        stream.httpDecoder.maxHeaderFieldSize = limits.header
        stream.httpDecoder.maxHeaderFieldCount = 100
        guard let encryption = house.settings.encryption else { return .http1(configuration: stream) }
        let chain = try NIOSSLCertificate.fromPEMFile(encryption.certificate)
        let key = try NIOSSLPrivateKey(file: encryption.key, format: .pem)
        var tls = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
        tls.minimumTLSVersion = .tlsv12
        let configuration = HTTP2UpgradeChannel.Configuration(
            idleTimeout: .seconds(limits.idleSeconds), gracefulCloseTimeout: .seconds(5), streamConfiguration: stream)
        let handshake = TimeAmount.seconds(Int64(limits.handshakeSeconds))
        return HTTPServerBuilder { [tls] responder in
            HandshakeLimit(
                inner: try HTTP2UpgradeChannel(
                    tlsConfiguration: tls, configuration: configuration, responder: responder),
                limit: handshake)
        }
    }
}

/// Why a server cannot be.
public enum ServerProblem: Error, Hashable, Sendable, CustomStringConvertible {
    case plainBeyondLoopback
    case shortSecret

    public var description: String {
        switch self {
        case .plainBeyondLoopback:
            "Without a certificate the server listens on loopback only (127.0.0.1): `wardlight init` makes one."
        case .shortSecret: "The server's secret has less than 32 octets."
        }
    }
}
