//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// Link types: what kind of frame does a capture hold?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// How the packets of an interface begin, by their LINKTYPE number (tcpdump.org/linktypes.html).
public struct LinkType: Hashable, Sendable {
    public let number: UInt16

    @inlinable public init(_ number: UInt16) {
        self.number = number
    }

    public static let null = LinkType(0)
    public static let ethernet = LinkType(1)
    public static let ppp = LinkType(9)
    public static let raw = LinkType(101)
    public static let ciscoHDLC = LinkType(104)
    public static let ieee80211 = LinkType(105)
    public static let loop = LinkType(108)
    public static let linuxCooked = LinkType(113)
    public static let radiotap = LinkType(127)
    public static let ipv4 = LinkType(228)
    public static let ipv6 = LinkType(229)
    public static let nflog = LinkType(239)
    public static let linuxCooked2 = LinkType(276)

    /// Whether frames of this kind can be read here.
    public var isKnown: Bool { Self.names[number] != nil }

    /// `ethernet`, `linux-sll2`, or `link-type-147` for one that cannot be read.
    public var name: String { Self.names[number] ?? "link-type-\(number)" }

    private static let names: [UInt16: String] = [
        0: "loopback", 1: "ethernet", 9: "ppp", 12: "raw-ip", 14: "raw-ip", 50: "ppp-hdlc", 51: "pppoe",
        101: "raw-ip", 149: "pktap", 192: "ppi", 226: "solaris-ipnet", 258: "pktap", 104: "cisco-hdlc",
        105: "ieee802.11", 108: "loopback", 113: "linux-sll", 127: "radiotap",
        228: "raw-ipv4", 229: "raw-ipv6", 239: "nflog", 276: "linux-sll2", 281: "broadcom-tag",
        282: "broadcom-tag-prepended", 283: "marvell-dsa", 284: "marvell-edsa",
    ]
}
