//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Rewritten: recordings as they would look from elsewhere: behind a router, at another site, with other addresses.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Wire

/// Ethernet frames of recordings, in order, that can be changed and written as a capture again.
public struct Rewritten: Sendable {
    public struct Frame: Sendable {
        public var time: Timestamp
        public var bytes: [UInt8]

        public var destination: HardwareAddress {
            get { address(0) }
            set { set(newValue, 0) }
        }
        public var source: HardwareAddress {
            get { address(6) }
            set { set(newValue, 6) }
        }
        public var type: UInt16 { UInt16(bytes[12]) << 8 | UInt16(bytes[13]) }
        public var isARP: Bool { type == 0x0806 && bytes.count >= 42 }
        /// A datagram from the client's port of DHCP, whole.
        public var isDHCPRequest: Bool {
            type == 0x0800 && bytes.count >= 14 + 28 + 240 && bytes[14] == 0x45 && bytes[23] == 17
                && bytes[34] == 0 && bytes[35] == 68
        }

        func address(_ at: Int) -> HardwareAddress {
            HardwareAddress(bits: bytes[at..<at + 6].reduce(0) { $0 << 8 | UInt64($1) })
        }

        mutating func set(_ address: HardwareAddress, _ at: Int) {
            for index in 0..<6 { bytes[at + index] = UInt8(truncatingIfNeeded: address.bits >> UInt64(40 - 8 * index)) }
        }
    }

    public var frames: [Frame] = []

    /// All frames of the recordings, one recording after the other.
    public init(_ paths: [String]) throws {
        for path in paths {
            let bytes = try Recordings.capture(path)
            var file = CaptureFile()
            var offset = 0
            loop: while true {
                switch file.next(bytes.span, &offset) {
                case .packet(let record):
                    guard record.link == .ethernet, record.count >= 14 else { continue }
                    frames.append(
                        Frame(time: record.time, bytes: Array(bytes[record.start..<record.start + record.count])))
                case .skipped, .dropped: continue
                case .more, .problem: break loop
                }
            }
        }
    }

    /// As a capture file.
    public var capture: [UInt8] {
        var writer = CaptureWriter()
        for frame in frames { writer.add(frame.bytes, at: frame.time) }
        return writer.bytes
    }

    // MARK: Changes

    public enum ARP: Sendable, CaseIterable {
        /// Left out: it never comes through a router.
        case dropped
        /// With the router's address inside, too.
        case rewritten
        /// As it was.
        case kept
    }

    /// Everybody behind one router: each card's address is the router's, in and out.
    ///
    /// - Parameter relayed: DHCP requests become what a relay at this address sends on to a server.
    public mutating func moveBehind(_ router: HardwareAddress, arp: ARP, relayed: IPAddress? = nil) {
        frames = frames.compactMap { frame in
            var frame = frame
            if frame.isARP {
                if arp == .dropped { return nil }
                if arp == .rewritten { frame.set(router, 22) }
            } else if frame.type != 0x0800 && frame.type != 0x86DD {
                return nil
            }
            if let relayed, frame.isDHCPRequest { frame = Self.relay(frame, relayed) }
            if frame.source.isIndividual { frame.source = router }
            if frame.destination.isIndividual { frame.destination = router }
            return frame
        }
    }

    /// RFC 1542, 4.1: the relay's address in `giaddr` and as the source, the server's as the target.
    private static func relay(_ frame: Frame, _ relay: IPAddress) -> Frame {
        let start = 14 + 28
        let length = Int(frame.bytes[38]) << 8 | Int(frame.bytes[39])
        var message = Array(frame.bytes[start..<min(frame.bytes.count, max(start, 34 + length))])
        let bits = relay.v4 ?? 0
        for index in 0..<4 { message[24 + index] = UInt8(truncatingIfNeeded: bits >> UInt32(24 - 8 * index)) }
        let server = IPAddress(v4: 0x0A63_0001)
        let datagram = FrameWriter.udp(from: (relay, 67), to: (server, 67), message)
        let packet = FrameWriter.packet(
            from: relay, to: server, transport: 17, identification: 1, datagram)
        var result = frame
        result.bytes = FrameWriter.ethernet(
            from: frame.source, to: HardwareAddress(bits: 0x0002_0000_0001), type: FrameWriter.EtherType.ipv4, packet)
        return result
    }

    /// Another address wherever this one stands as a link address, in ARP and as a DHCP client's.
    public mutating func replace(_ old: HardwareAddress, by new: HardwareAddress, in range: Range<Int>) {
        for index in range.clamped(to: frames.indices) {
            if frames[index].source == old { frames[index].source = new }
            if frames[index].destination == old { frames[index].destination = new }
            if frames[index].isARP {
                if frames[index].address(22) == old { frames[index].set(new, 22) }
                if frames[index].address(32) == old { frames[index].set(new, 32) }
            }
            let at = 14 + 28 + 28
            if frames[index].isDHCPRequest || isDHCPAnswer(frames[index]), frames[index].address(at) == old {
                frames[index].set(new, at)
            }
        }
    }

    private func isDHCPAnswer(_ frame: Frame) -> Bool {
        frame.type == 0x0800 && frame.bytes.count >= 14 + 28 + 240 && frame.bytes[14] == 0x45 && frame.bytes[23] == 17
            && frame.bytes[34] == 0 && frame.bytes[35] == 67
    }
}
