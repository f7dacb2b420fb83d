//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// SOCKS: what is it tunnelling to?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// SOCKS 4, 4a and 5 (RFC 1928, 1929): read to reach what is inside. Nothing of it is reported: it may hold names and
/// passwords.
public enum SOCKS {
    /// Octets of a SOCKS 4 user or host name; longer ones are not believed.
    private static let maximumText = 512

    /// How far a direction has come.
    private enum State {
        static let start: StreamMemory = 0
        /// SOCKS 5: the greeting or its answer is behind; sub-negotiation or the request comes.
        static let greeted: StreamMemory = 1
        /// The client has asked; what it sends next is inside.
        static let asked: StreamMemory = 2
    }

    /// Whether a stream that begins with these octets (at least one) speaks it.
    ///
    /// The client's first message must be there whole and nothing behind it: the client waits for the answer.
    public static func recognises(_ bytes: Span<UInt8>, _ packet: Packet) -> Bool {
        switch bytes[0] {
        case 4:
            guard let command = bytes.at(1), command == 1 || command == 2, let port = bytes.uint16(at: 2), port > 0,
                case .end(let end) = requestEnd4(bytes)
            else { return false }
            return end == bytes.count
        case 5:
            guard let methods = bytes.at(1), methods > 0, methods <= 16, bytes.count == 2 + Int(methods)
            else { return false }
            // Methods in use: none, GSSAPI, password, challenge and what follows up to 9; private from 0x80.
            for index in 2..<bytes.count where bytes[index] > 9 && bytes[index] < 0x80 { return false }
            return true
        default: return false
        }
    }

    /// Reads what is there of one direction of a stream.
    public static func read(
        _ bytes: Span<UInt8>, _ side: StreamSide, _ memory: inout StreamMemory, _ packet: Packet,
        into facts: inout Facts
    ) -> StreamProgress {
        side == .client ? readClient(bytes, &memory) : readServer(bytes, &memory)
    }

    private static func readClient(_ bytes: Span<UInt8>, _ memory: inout StreamMemory) -> StreamProgress {
        switch memory {
        case State.start where bytes[0] == 4:
            switch requestEnd4(bytes) {
            case .end(let end):
                memory = State.asked
                return .took(end)
            case .needs(let length): return .more(length)
            case .broken: return .notMine
            }
        case State.start where bytes[0] == 5:
            guard let methods = bytes.at(1) else { return .more(2) }
            let end = 2 + Int(methods)
            guard end <= bytes.count else { return .more(end) }
            memory = State.greeted
            return .took(end)
        case State.greeted where bytes[0] == 1:
            // User and password (RFC 1929), stepped over.
            guard let user = bytes.at(1) else { return .more(2) }
            guard let password = bytes.at(2 + Int(user)) else { return .more(3 + Int(user)) }
            return .took(3 + Int(user) + Int(password))
        case State.greeted where bytes[0] == 5:
            switch messageEnd5(bytes) {
            case .end(let end):
                memory = State.asked
                return .took(end)
            case .needs(let length): return .more(length)
            case .broken: return .notMine
            }
        default: return .notMine
        }
    }

    private static func readServer(_ bytes: Span<UInt8>, _ memory: inout StreamMemory) -> StreamProgress {
        switch memory {
        case State.start where bytes[0] == 0:
            // SOCKS 4: 90 is granted, 91 to 93 are not.
            guard let answer = bytes.at(1) else { return .more(8) }
            guard (90...93).contains(answer) else { return .notMine }
            guard bytes.count >= 8 else { return .more(8) }
            return answer == 90 ? .handOver(8) : .finished
        case State.start where bytes[0] == 5:
            guard let method = bytes.at(1) else { return .more(2) }
            guard method != 0xFF else { return .finished }
            memory = State.greeted
            return .took(2)
        case State.greeted where bytes[0] == 1:
            guard let status = bytes.at(1) else { return .more(2) }
            return status == 0 ? .took(2) : .finished
        case State.greeted where bytes[0] == 5:
            switch messageEnd5(bytes) {
            case .end(let end): return bytes[1] == 0 ? .handOver(end) : .finished
            case .needs(let length): return .more(length)
            case .broken: return .notMine
            }
        default: return .notMine
        }
    }

    private enum Extent {
        case end(Int)
        case needs(Int)
        case broken
    }

    /// SOCKS 4: version, command, port (2), address (4), user, NUL; when the address is 0.0.0.x, a host name, NUL (4a).
    private static func requestEnd4(_ bytes: Span<UInt8>) -> Extent {
        guard let address = bytes.uint32(at: 4) else { return .needs(9) }
        guard let user = textEnd(bytes, 8) else {
            return bytes.count > 8 + maximumText ? .broken : .needs(bytes.count + 1)
        }
        guard address != 0, address < 256 else { return .end(user) }
        guard let host = textEnd(bytes, user) else {
            return bytes.count > user + maximumText ? .broken : .needs(bytes.count + 1)
        }
        return .end(host)
    }

    /// Behind the NUL that ends a printable text; nil when there is none yet.
    private static func textEnd(_ bytes: Span<UInt8>, _ start: Int) -> Int? {
        guard let end = bytes.upTo(start + maximumText).firstIndex(of: 0, from: start) else { return nil }
        return end + 1
    }

    /// SOCKS 5 requests and replies: version, command or reply, 0, address type, address, port (2).
    private static func messageEnd5(_ bytes: Span<UInt8>) -> Extent {
        guard let type = bytes.at(3), let first = bytes.at(4) else { return .needs(5) }
        let address: Int
        switch type {
        case 1: address = 4
        case 3: address = 1 + Int(first)
        case 4: address = 16
        default: return .broken
        }
        let end = 4 + address + 2
        return end <= bytes.count ? .end(end) : .needs(end)
    }
}
