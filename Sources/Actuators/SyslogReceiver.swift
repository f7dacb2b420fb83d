//===----------------------------------------------------------------------===//
// Wardlight · Actuators
//
// A receiver of syslog, over TLS.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import NIOCore
import NIOPosix
import NIOSSL

/// Sends messages over one connection that is made when it is needed (RFC 5425, port 6514).
///
/// Syslog has no answers: what the other end lost after our kernel took it is lost. A webhook is answered.
public actor SyslogReceiver: NoteReceiver {
    public enum Failure: Error, Hashable {
        /// The receiver took nothing for too long.
        case late
    }

    public nonisolated let name = "syslog"
    private let host: String
    private let port: Int
    private let own: String
    private let tls: NIOSSLContext?
    private let patience: TimeAmount
    private var channel: (any Channel)?

    /// - Parameters:
    ///   - own: name of this machine.
    ///   - authority: file of the certificates that are trusted, in PEM; those of the machine when nil.
    ///   - isPlain: without TLS; for tests on loopback.
    ///   - patience: for a message, the handshake before it included; then the line is cut and made anew.
    public init(
        host: String, port: Int = 6514, own: String, authority: String? = nil, isPlain: Bool = false,
        patience: TimeAmount = .seconds(10)
    ) throws {
        (self.host, self.port, self.own, self.patience) = (host, port, own, patience)
        if isPlain, host == "127.0.0.1" {
            tls = nil
        } else {
            var configuration = TLSConfiguration.makeClientConfiguration()
            configuration.minimumTLSVersion = .tlsv12
            if let authority { configuration.trustRoots = .file(authority) }
            tls = try NIOSSLContext(configuration: configuration)
        }
    }

    public func deliver(_ note: OutletNote) async throws {
        let channel = try await open()
        let isLate = NIOLoopBoundBox.makeBoxSendingValue(false, eventLoop: channel.eventLoop)
        // Closing it is what fails the write that waits.
        let end = channel.eventLoop.scheduleTask(in: patience) {
            isLate.value = true
            channel.close(promise: nil)
        }
        do {
            try await channel.writeAndFlush(
                ByteBuffer(bytes: SyslogMessage.frame(SyslogMessage.text(of: note, host: own)))
            ).get()
            end.cancel()
        } catch {
            end.cancel()
            self.channel = nil
            channel.close(promise: nil)
            throw try await channel.eventLoop.submit { isLate.value }.get() ? Failure.late : error
        }
    }

    private func open() async throws -> any Channel {
        if let channel, channel.isActive { return channel }
        channel = nil
        let (tls, host) = (tls, host)
        let made = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connectTimeout(.seconds(10))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    guard let tls else { return }
                    let isAddress = (try? SocketAddress(ipAddress: host, port: 0)) != nil
                    try channel.pipeline.syncOperations.addHandler(
                        NIOSSLClientHandler(context: tls, serverHostname: isAddress ? nil : host))
                }
            }
            .connect(host: host, port: port).get()
        channel = made
        return made
    }
}
