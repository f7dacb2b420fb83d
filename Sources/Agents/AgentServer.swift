//===----------------------------------------------------------------------===//
// Wardlight · Agents
//
// The server: many pretend agents behind UDP ports of this machine.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import NIOCore
import NIOPosix
import Simulator
import Wire

/// Pretend agents on loopback: one thread answers for all of them.
///
/// Only addresses of 127.0.0.0/8 are taken: an agent that answers everybody with more than it was asked is a gift to
/// those who flood others.
public final class AgentServer: Sendable {
    public enum Failure: Error, Hashable, Sendable {
        /// Only 127.0.0.0/8 is served.
        case notLoopback(String)
        /// More agents than ports behind the first, or more than addresses.
        case noRoom(agents: Int)
        /// The address is taken, or there are too few file descriptors.
        case cannotListen(String, reason: String)
    }

    /// Where each agent is to be found.
    public enum Layout: Hashable, Sendable {
        /// One address, a port for each, counted from the first; 0 takes any that are free.
        case ports(host: String, first: UInt16)
        /// An address for each, 127.0.1.1 and so on, all on one port.
        case addresses(port: UInt16)
    }

    public struct Endpoint: Hashable, Sendable {
        public var agent: String
        public var host: String
        public var port: UInt16
    }

    private let board: AgentBoard
    private let group: MultiThreadedEventLoopGroup
    private let channels: [any Channel]
    /// In the order of the network's agents.
    public let endpoints: [Endpoint]

    /// Starts to answer; does not wait.
    public init(_ network: SimulatedNetwork, community: String = "public", at layout: Layout) throws(Failure) {
        let board = AgentBoard(network, community: community)
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        var channels: [any Channel] = []
        var endpoints: [Endpoint] = []
        func stop() {
            for channel in channels { channel.close(promise: nil) }
            group.shutdownGracefully { _ in }
        }
        for (number, agent) in network.agents.enumerated() {
            guard let (host, port) = Self.place(number, layout) else {
                stop()
                throw .noRoom(agents: network.agents.count)
            }
            guard Self.isLoopback(host) else {
                stop()
                throw .notLoopback(host)
            }
            do {
                let channel = try DatagramBootstrap(group: group).channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(AgentHandler(board, number))
                    }
                }.bind(host: host, port: Int(port)).wait()
                channels.append(channel)
                let bound = channel.localAddress?.port.flatMap(UInt16.init(exactly:)) ?? port
                endpoints.append(Endpoint(agent: agent.name, host: host, port: bound))
            } catch {
                stop()
                throw .cannotListen("\(host):\(port)", reason: String(describing: error))
            }
        }
        self.board = board
        self.group = group
        self.channels = channels
        self.endpoints = endpoints
    }

    private static func place(_ number: Int, _ layout: Layout) -> (String, UInt16)? {
        switch layout {
        case .ports(let host, let first):
            if first == 0 { return (host, 0) }
            return UInt16(exactly: Int(first) + number).map { (host, $0) }
        case .addresses(let port):
            // 250 to a block, so that no address ends in 0 or 255.
            guard number < 250 * 250 else { return nil }
            return ("127.0.\(1 + number / 250).\(1 + number % 250)", port)
        }
    }

    private static func isLoopback(_ host: String) -> Bool {
        guard let v4 = IPAddress(host)?.v4 else { return false }
        return v4 >> 24 == 127
    }

    /// Shows the state of the next poll from now on; says whether there is one.
    public func advance() -> Bool { board.advance() }

    /// Goes on by itself, poll by poll, until the last, which stays.
    public func advance(every step: Duration) {
        let parts = step.components
        let nanoseconds = parts.seconds.multipliedReportingOverflow(by: 1_000_000_000)
        let amount = TimeAmount.nanoseconds(
            nanoseconds.overflow ? .max : max(nanoseconds.partialValue &+ parts.attoseconds / 1_000_000_000, 1))
        let board = board
        _ = group.next().scheduleRepeatedTask(initialDelay: amount, delay: amount) { task in
            if !board.advance() { task.cancel() }
        }
    }

    /// The poll that is shown, how many questions were answered, and octets of the tables made for it.
    public var standing: (poll: Int, answers: Int, octets: Int) { board.standing }

    /// Closes all agents and waits for it.
    public func stop() {
        for channel in channels { try? channel.close().wait() }
        try? group.syncShutdownGracefully()
    }
}

/// One agent's socket. Answers at once, in order.
private final class AgentHandler: ChannelInboundHandler {
    typealias InboundIn = AddressedEnvelope<ByteBuffer>
    typealias OutboundOut = AddressedEnvelope<ByteBuffer>

    private let board: AgentBoard
    private let number: Int

    init(_ board: AgentBoard, _ number: Int) {
        self.board = board
        self.number = number
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let question = unwrapInboundIn(data)
        guard let answer = board.answer(Array(question.data.readableBytesView), to: number) else { return }
        let envelope = AddressedEnvelope(
            remoteAddress: question.remoteAddress, data: context.channel.allocator.buffer(bytes: answer))
        context.write(wrapOutboundOut(envelope), promise: nil)
    }

    func channelReadComplete(context: ChannelHandlerContext) { context.flush() }

    /// A question that cannot be answered any more (its port is closed) costs nobody else's.
    func errorCaught(context: ChannelHandlerContext, error: any Error) {}
}
