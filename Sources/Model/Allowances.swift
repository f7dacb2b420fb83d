//===----------------------------------------------------------------------===//
// Wardlight · Model
//
// Allowances: what do the people of this hospital say is as it should be?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// What the settings allow, and what they say is medical. Values only: each room asks what concerns it.
public struct Allowances: Hashable, Sendable {
    /// A port at which a small switch is allowed.
    public struct Port: Hashable, Sendable, Comparable {
        /// Agent or name of the switch.
        public var agent: String
        public var port: String

        public init(agent: String, port: String) {
            self.agent = agent
            self.port = port
        }
        public static func < (one: Self, other: Self) -> Bool { (one.agent, one.port) < (other.agent, other.port) }
    }

    /// A kind of peripheral, by the numbers of its maker and product (USB).
    public struct PeripheralKind: Hashable, Sendable, Comparable {
        public var vendorId: UInt16
        /// Nil is all of the maker's.
        public var productId: UInt16?

        public init(vendorId: UInt16, productId: UInt16?) {
            self.vendorId = vendorId
            self.productId = productId
        }
        public static func < (one: Self, other: Self) -> Bool {
            let (a, b) = (one.productId.map { Int($0) } ?? -1, other.productId.map { Int($0) } ?? -1)
            return (one.vendorId, a) < (other.vendorId, b)
        }
    }

    /// A range of network addresses: `10.20.0.0/16`.
    public struct NetworkRange: Hashable, Sendable {
        public var start: IPAddress
        /// 0 to 32, or 128 for IPv6.
        public var length: Int

        public init(start: IPAddress, length: Int) {
            self.start = start
            self.length = length
        }

        public func contains(_ address: IPAddress) -> Bool {
            guard address.isV4 == start.isV4 else { return false }
            // IPv4 stands in the last 32 of 128 bits.
            let bits = start.isV4 ? 96 + max(0, min(32, length)) : max(0, min(128, length))
            let high = UInt64.max << UInt64(64 - min(64, bits))
            let low = UInt64.max << UInt64(64 - max(0, bits - 64))
            return (address.high ^ start.high) & high == 0 && (address.low ^ start.low) & low == 0
        }
    }

    /// The first octets of hardware addresses: `00:09:fb`.
    public struct HardwarePrefix: Hashable, Sendable {
        /// As the first bits of 48.
        public var bits: UInt64
        /// 8 to 48.
        public var length: Int

        public init(bits: UInt64, length: Int) {
            self.bits = bits
            self.length = length
        }
        public func contains(_ address: HardwareAddress) -> Bool {
            (address.bits ^ bits) >> UInt64(48 - max(0, min(48, length))) == 0
        }
    }

    public var smallSwitches: [Port] = []
    /// The zone of each switch that has one, by its agent or name: parts of a site between which nothing is carried
    /// without a reason.
    public var zones: [String: String] = [:]
    public var peripherals: [PeripheralKind] = []
    /// What is medical by the hospital's own plan, and is never asked anything.
    public var medicalNetworks: [NetworkRange] = []
    public var medicalHardware: [HardwarePrefix] = []
    /// Beginnings of sysObjectID.
    public var medicalObjects: [[UInt32]] = []

    public init() {}

    /// What an answer depends on, as one text: the same allowances in any order, the same text. What is medical decides who
    /// is asked, not how an answer is made, and is not in it. Texts stand behind their length, so that no two mix.
    public var canonical: String {
        func told(_ text: String) -> String { "\(text.utf8.count):\(text)" }
        func hexadecimal(_ number: UInt16) -> String { String(number, radix: 16) }
        var lines = Set(smallSwitches).sorted().map { "switch \(told($0.agent)) \(told($0.port))\n" }
        lines += Set(peripherals).sorted().map {
            "peripheral \(hexadecimal($0.vendorId)):\($0.productId.map(hexadecimal) ?? "*")\n"
        }
        lines += zones.sorted { $0.key < $1.key }.map { "zone \(told($0.key)) \(told($0.value))\n" }
        return lines.joined()
    }
}
