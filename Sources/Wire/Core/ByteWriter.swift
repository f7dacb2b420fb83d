//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// Writing: the same formats, the other way round.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Builds a packet or a message; the mirror of `ByteReader`. Big-endian unless the name says otherwise.
public struct ByteWriter: Sendable {
    public private(set) var bytes: [UInt8] = []

    public init() {}

    public var count: Int { bytes.count }

    public mutating func uint8(_ value: UInt8) { bytes.append(value) }
    public mutating func uint16(_ value: UInt16) {
        bytes.append(UInt8(truncatingIfNeeded: value >> 8))
        bytes.append(UInt8(truncatingIfNeeded: value))
    }
    public mutating func uint24(_ value: UInt32) {
        bytes.append(UInt8(truncatingIfNeeded: value >> 16))
        uint16(UInt16(truncatingIfNeeded: value))
    }
    public mutating func uint32(_ value: UInt32) {
        uint16(UInt16(truncatingIfNeeded: value >> 16))
        uint16(UInt16(truncatingIfNeeded: value))
    }
    public mutating func uint48(_ value: UInt64) {
        uint16(UInt16(truncatingIfNeeded: value >> 32))
        uint32(UInt32(truncatingIfNeeded: value))
    }
    public mutating func uint64(_ value: UInt64) {
        uint32(UInt32(truncatingIfNeeded: value >> 32))
        uint32(UInt32(truncatingIfNeeded: value))
    }
    public mutating func uint16LittleEndian(_ value: UInt16) { uint16(value.byteSwapped) }
    public mutating func uint32LittleEndian(_ value: UInt32) { uint32(value.byteSwapped) }
    public mutating func raw(_ other: [UInt8]) { bytes += other }
    public mutating func text(_ text: String) { bytes += Array(text.utf8) }
    /// Exactly `width` octets: cut, or filled up with `pad`.
    public mutating func text(_ text: String, width: Int, pad: UInt8 = 0) {
        let octets = text.utf8.prefix(width)
        bytes += octets
        zeros(width - octets.count, pad)
    }
    public mutating func zeros(_ count: Int, _ value: UInt8 = 0) {
        bytes += Array(repeating: value, count: max(count, 0))
    }
    public mutating func address(_ address: HardwareAddress) { uint48(address.bits) }
    /// Four octets for IPv4, sixteen for IPv6.
    public mutating func address(_ address: IPAddress) {
        if let v4 = address.v4 {
            uint32(v4)
        } else {
            uint64(address.high)
            uint64(address.low)
        }
    }
    /// Overwrites 16 bits written earlier: lengths and checksums that are known only afterwards.
    public mutating func patch16(_ value: UInt16, at offset: Int) {
        bytes[offset] = UInt8(truncatingIfNeeded: value >> 8)
        bytes[offset + 1] = UInt8(truncatingIfNeeded: value)
    }
    public mutating func patch32(_ value: UInt32, at offset: Int) {
        patch16(UInt16(truncatingIfNeeded: value >> 16), at: offset)
        patch16(UInt16(truncatingIfNeeded: value), at: offset + 2)
    }
    /// Writes what `body` writes behind a 16-bit length of it.
    public mutating func counted16(_ body: (inout ByteWriter) -> Void) {
        let at = count
        uint16(0)
        body(&self)
        patch16(UInt16(truncatingIfNeeded: count - at - 2), at: at)
    }
}
