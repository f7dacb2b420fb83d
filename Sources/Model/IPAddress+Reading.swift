//===----------------------------------------------------------------------===//
// Wardlight · Model
//
// Network addresses, read: the address that a text names.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

extension IPAddress {
    /// Reads `192.0.2.1` (four decimal numbers, no leading zeros: some read those as octal) and the forms of RFC 4291,
    /// 2.2: `2001:db8::1`, `::ffff:192.0.2.1`. No zone, no brackets; nil for anything else.
    public init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard (2...45).contains(bytes.count) else { return nil }
        if !bytes.contains(0x3A) {
            guard let bits = Self.dotted(bytes[...]) else { return nil }
            self.init(v4: bits)
            return
        }
        guard let groups = Self.groups(bytes) else { return nil }
        self.init(
            high: groups[..<4].reduce(0) { $0 << 16 | UInt64($1) },
            low: groups[4...].reduce(0) { $0 << 16 | UInt64($1) })
    }

    private static func dotted(_ bytes: ArraySlice<UInt8>) -> UInt32? {
        let parts = bytes.split(separator: 0x2E, omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var bits: UInt32 = 0
        for part in parts {
            guard (1...3).contains(part.count), part.count == 1 || part.first != 0x30,
                part.allSatisfy({ (0x30...0x39).contains($0) })
            else { return nil }
            let number = part.reduce(UInt32(0)) { $0 * 10 + UInt32($1 - 0x30) }
            guard number < 256 else { return nil }
            bits = bits << 8 | number
        }
        return bits
    }

    /// Eight groups of 16 bits.
    private static func groups(_ bytes: [UInt8]) -> [UInt16]? {
        var halves: [[UInt16]] = [[]]
        var place = 0
        if bytes[0] == 0x3A {
            guard bytes[1] == 0x3A else { return nil }
            halves.append([])
            place = 2
        }
        while place < bytes.count {
            let end = bytes[place...].firstIndex(of: 0x3A) ?? bytes.count
            let part = bytes[place..<end]
            if part.contains(0x2E) {
                guard end == bytes.count, let bits = dotted(part) else { return nil }
                halves[halves.count - 1] += [UInt16(bits >> 16), UInt16(truncatingIfNeeded: bits)]
                break
            }
            guard (1...4).contains(part.count) else { return nil }
            var value: UInt16 = 0
            for byte in part {
                switch byte {
                case 0x30...0x39: value = value << 4 | UInt16(byte - 0x30)
                case 0x41...0x46: value = value << 4 | UInt16(byte - 0x37)
                case 0x61...0x66: value = value << 4 | UInt16(byte - 0x57)
                default: return nil
                }
            }
            halves[halves.count - 1].append(value)
            guard halves.joined().count <= 8 else { return nil }
            if end == bytes.count { break }
            place = end + 1
            guard place < bytes.count else { return nil }
            if bytes[place] == 0x3A {
                guard halves.count == 1 else { return nil }
                halves.append([])
                place += 1
            }
        }
        let count = halves.joined().count
        if halves.count == 1 { return count == 8 ? halves[0] : nil }
        guard count <= 7 else { return nil }
        return halves[0] + [UInt16](repeating: 0, count: 8 - count) + halves[1]
    }
}
