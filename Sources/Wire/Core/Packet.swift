//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// One packet, as far as its headers tell.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// The headers of one packet, innermost where it was wrapped (tunnels, mirrors).
public struct Packet: Sendable {
    public var time = Timestamp.epoch
    /// Zero where the link has no hardware addresses.
    public var source = HardwareAddress.zero
    public var destination = HardwareAddress.zero
    /// EtherType (IEEE 802), or 0 for LLC frames.
    public var etherType: UInt16 = 0
    /// 802.1Q VLAN identifier; 0 for untagged. The outer one of two.
    public var vlan: UInt16 = 0
    public var hasNetwork = false
    public var sourceNetwork = IPAddress(high: 0, low: 0)
    public var destinationNetwork = IPAddress(high: 0, low: 0)
    /// IP protocol number: 6 TCP, 17 UDP.
    public var transport: UInt8 = 0
    public var sourcePort: UInt16 = 0
    public var destinationPort: UInt16 = 0
    public var timeToLive: UInt8 = 0
    /// IPv4 identification; 0 for IPv6.
    public var identification: UInt16 = 0
    /// IPv4 Don't Fragment.
    public var dontFragment = false
    /// Low eight bits of TCP's flags: FIN 1, SYN 2, RST 4, PSH 8, ACK 16.
    public var tcpFlags: UInt8 = 0
    public var tcpSequence: UInt32 = 0
    /// Octets on the wire, of the outermost frame.
    public var length = 0
    /// Layers unwrapped (tunnels and mirrors) to get here.
    public var depth: UInt8 = 0

    @inline(__always)
    public init() {}

    @inline(__always)
    public var isTCP: Bool { transport == 6 }
    @inline(__always)
    public var isUDP: Bool { transport == 17 }

    /// Whether either port is this one.
    @inline(__always)
    public func uses(port: UInt16) -> Bool { sourcePort == port || destinationPort == port }
}
