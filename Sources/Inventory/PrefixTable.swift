//===----------------------------------------------------------------------===//
// Wardlight · Inventory
//
// Prefix table: to whom did IEEE give this address?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Crypto
import Model

/// Organisations by the first 24, 28 or 36 bits of a hardware address (IEEE MA-L, MA-M, MA-S).
///
/// It is one array of octets that is searched where it lies: reading it back costs a look at its header.
///
/// Form (numbers big-endian): `WLPREFIX`, version `u32`, number of 24-, 28- and 36-bit keys and octets of text, each
/// `u32`; 32 octets SHA-256 of the sources; for each of the three, sorted keys of 8 octets (key in the high 40 bits,
/// place of its name in the low 24); the names, each as length `u8` and UTF-8.
public struct PrefixTable: Sendable, Hashable {
    /// What `init(serialized:)` reads back.
    public let serialized: [UInt8]
    private let counts: [Int]

    static let magic = Array("WLPREFIX".utf8)
    /// Also raised when the same sources are read in another way: a cache of the old table must not survive.
    static let version: UInt32 = 2
    static let headerLength = 8 + 4 + 4 * 4 + 32
    /// Low bits of a key's eight octets that hold the place of its name: 16 MiB of names, some thirty times today's.
    static let placeBits: UInt64 = 24

    /// Knows nobody.
    public static let empty = PrefixTable(builtFrom: [])

    /// Reads the binary form; nil where it is of another version or damaged. Costs microseconds.
    public init?(serialized bytes: [UInt8]) {
        guard bytes.count >= Self.headerLength, bytes.starts(with: Self.magic) else { return nil }
        func number(_ at: Int) -> Int { (0..<4).reduce(0) { $0 << 8 | Int(bytes[at + $1]) } }
        guard number(8) == Int(Self.version) else { return nil }
        let counts = [number(12), number(16), number(20)]
        let keys = counts.reduce(0, +)
        guard bytes.count == Self.headerLength + keys * 8 + number(24) else { return nil }
        self.counts = counts
        serialized = bytes
    }

    init(trusted bytes: [UInt8], counts: [Int]) {
        serialized = bytes
        self.counts = counts
    }

    /// How many prefixes there are.
    public var count: Int { counts.reduce(0, +) }

    /// SHA-256 of the sources, hexadecimal: what a cache of this table is named by.
    public var sourceDigest: String {
        serialized[Self.headerLength - 32..<Self.headerLength].map { hexadecimal($0) }.joined()
    }

    /// SHA-256, hexadecimal, as `sourceDigest` will be for these sources.
    public static func digest(of sources: [[UInt8]]) -> String {
        digestBytes(of: sources).map { hexadecimal($0) }.joined()
    }

    static func digestBytes(of sources: [[UInt8]]) -> [UInt8] {
        var hash = SHA256()
        for source in sources {
            hash.update(data: Array("\(source.count)\u{0}".utf8))
            hash.update(data: source)
        }
        return Array(hash.finalize())
    }

    /// The organisation as IEEE writes it; nil where the address is nobody's, or set by software.
    public func vendor(of address: HardwareAddress) -> String? {
        address.isLocallyAdministered || address.isGroup ? nil : vendor(ofBits: address.bits)
    }

    /// The same for the first 48 bits of any identifier; the longest prefix decides.
    func vendor(ofBits bits: UInt64) -> String? {
        find(bits >> 12 & 0xF_FFFF_FFFF, table: 2) ?? find(bits >> 20 & 0xFFF_FFFF, table: 1)
            ?? find(bits >> 24 & 0xFF_FFFF, table: 0)
    }

    private func find(_ key: UInt64, table: Int) -> String? {
        var low = counts[..<table].reduce(0, +)
        var high = low + counts[table]
        while low < high {
            let middle = (low + high) / 2
            let row = row(middle)
            let found = row >> Self.placeBits
            if found == key { return name(at: Int(row & (1 << Self.placeBits - 1))) }
            if found < key { low = middle + 1 } else { high = middle }
        }
        return nil
    }

    private func row(_ index: Int) -> UInt64 {
        let at = Self.headerLength + index * 8
        return (0..<8).reduce(0) { $0 << 8 | UInt64(serialized[at + $1]) }
    }

    /// Damaged octets give no name, never a stop.
    private func name(at place: Int) -> String? {
        let at = Self.headerLength + count * 8 + place
        guard at < serialized.count else { return nil }
        let end = at + 1 + Int(serialized[at])
        guard end <= serialized.count, end > at + 1 else { return nil }
        return String(decoding: serialized[at + 1..<end], as: UTF8.self)
    }
}
