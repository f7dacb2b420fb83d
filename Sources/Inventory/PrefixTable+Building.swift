//===----------------------------------------------------------------------===//
// Wardlight · Inventory
//
// Prefix table: built from the lists that IEEE publishes.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

extension PrefixTable {
    /// Reads the public listings (`oui.csv`, `mam.csv`, `oui36.csv` of Debian's ieee-data): registry, assignment,
    /// organisation and address in a line, quoted where needed (RFC 4180). Lines that are not of this kind are skipped.
    ///
    /// Of a prefix given twice the first stays. Blocks whose 24 bits IEEE keeps for itself to give out in smaller parts
    /// are left out, so that an unknown part has no maker rather than a wrong one; so are those whose owner wants no name.
    /// Some 40,000 lines cost 70 ms.
    public init(builtFrom sources: [[UInt8]]) {
        var rows: [[(key: UInt64, place: Int)]] = [[], [], []]
        var names: [UInt8] = []
        var places: [[UInt8]: Int] = [:]
        for source in sources {
            var at = 0
            while at < source.count {
                guard let line = Self.line(of: source, from: &at) else { continue }
                guard !line.name.isEmpty, names.count < 1 << Self.placeBits - 256 else { continue }
                let place: Int
                if let known = places[line.name] {
                    place = known
                } else {
                    place = names.count
                    places[line.name] = place
                    names.append(UInt8(line.name.count))
                    names += line.name
                }
                rows[line.table].append((line.key, place))
            }
        }
        var keys: [UInt8] = []
        var counts: [Int] = []
        for table in rows.indices {
            // The sort is stable in effect: places of names grow with the lines, so the first line comes first.
            let sorted = rows[table].enumerated().sorted {
                $0.element.key != $1.element.key ? $0.element.key < $1.element.key : $0.offset < $1.offset
            }
            var last: UInt64?
            var count = 0
            for (_, row) in sorted where row.key != last {
                last = row.key
                count += 1
                Self.append(row.key << Self.placeBits | UInt64(row.place), octets: 8, to: &keys)
            }
            counts.append(count)
        }
        var bytes = Self.magic
        Self.append(UInt64(Self.version), octets: 4, to: &bytes)
        for count in counts { Self.append(UInt64(count), octets: 4, to: &bytes) }
        Self.append(UInt64(names.count), octets: 4, to: &bytes)
        bytes += Self.digestBytes(of: sources)
        bytes += keys
        bytes += names
        self.init(trusted: bytes, counts: counts)
    }

    private static func append(_ value: UInt64, octets: Int, to bytes: inout [UInt8]) {
        for octet in (0..<octets).reversed() {
            bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(octet * 8)))
        }
    }

    /// Reads one line and leaves `at` behind it; nil where it is no assignment.
    private static func line(of source: [UInt8], from at: inout Int) -> (table: Int, key: UInt64, name: [UInt8])? {
        var fields: [[UInt8]] = []
        var field: [UInt8] = []
        var inQuotes = false
        loop: while at < source.count {
            let byte = source[at]
            at += 1
            switch byte {
            case UInt8(ascii: "\""):
                // A doubled mark inside quotes is the mark itself.
                if inQuotes, at < source.count, source[at] == byte {
                    if fields.count < 3 { field.append(byte) }
                    at += 1
                } else {
                    inQuotes.toggle()
                }
            case UInt8(ascii: ",") where !inQuotes:
                if fields.count < 3 { fields.append(field) }
                field.removeAll(keepingCapacity: true)
            case 0x0A where !inQuotes: break loop
            default:
                // The postal address is of no use here.
                if fields.count < 3 { field.append(byte) }
            }
        }
        if fields.count < 3 { fields.append(field) }
        guard fields.count == 3, let table = table(of: fields[0]), let key = key(of: fields[1], table) else {
            return nil
        }
        var name = fields[2][...]
        while let last = name.last, last <= 0x20 { name.removeLast() }
        while let first = name.first, first <= 0x20 { name.removeFirst() }
        if name.elementsEqual("IEEE Registration Authority".utf8) || name.elementsEqual("Private".utf8) { return nil }
        name = name.prefix(255)
        while let last = name.last, name.count == 255, last & 0xC0 == 0x80 { name.removeLast() }
        return (table, key, Array(name))
    }

    private static func table(of registry: [UInt8]) -> Int? {
        if registry.elementsEqual("MA-L".utf8) { return 0 }
        if registry.elementsEqual("MA-M".utf8) { return 1 }
        return registry.elementsEqual("MA-S".utf8) || registry.elementsEqual("IAB".utf8) ? 2 : nil
    }

    /// Six, seven or nine hexadecimal digits.
    private static func key(of digits: [UInt8], _ table: Int) -> UInt64? {
        guard digits.count == [6, 7, 9][table] else { return nil }
        var key: UInt64 = 0
        for digit in digits {
            switch digit {
            case 0x30...0x39: key = key << 4 | UInt64(digit - 0x30)
            case 0x41...0x46: key = key << 4 | UInt64(digit - 0x41 + 10)
            case 0x61...0x66: key = key << 4 | UInt64(digit - 0x61 + 10)
            default: return nil
            }
        }
        return key
    }
}
