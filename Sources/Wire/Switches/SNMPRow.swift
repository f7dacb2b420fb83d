//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// SNMP rows: what an agent says under which name, and tables of such rows.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// The name of a managed object, an OBJECT IDENTIFIER: at most 128 numbers of 32 bits (RFC 2578, 3.5).
public struct ObjectName: Hashable, Sendable, Comparable, CustomStringConvertible, ExpressibleByArrayLiteral {
    public static let mostNumbers = 128

    public let numbers: [UInt32]

    public init(_ numbers: [UInt32]) { self.numbers = numbers }
    public init(arrayLiteral numbers: UInt32...) { self.numbers = numbers }

    /// Reads `1.3.6.1`, `.1.3.6.1` and `iso.3.6.1`; nil for anything else, for one number, and for more than 128.
    public init?(_ text: some Sequence<UInt8>) {
        var numbers: [UInt32] = []
        var number: UInt32?
        var isFirst = true
        var letters = 0
        for byte in text {
            defer { isFirst = false }
            switch byte {
            case 0x30...0x39 where letters == 0:
                let (tens, over) = (number ?? 0).multipliedReportingOverflow(by: 10)
                let (sum, carried) = tens.addingReportingOverflow(UInt32(byte - 0x30))
                guard !over, !carried else { return nil }
                number = sum
            case 0x2E:
                if letters > 0 {
                    guard letters == 3 else { return nil }
                    numbers.append(1)
                    letters = 0
                } else if let complete = number {
                    guard numbers.count < Self.mostNumbers else { return nil }
                    numbers.append(complete)
                    number = nil
                } else if !isFirst {
                    return nil
                }
            case UInt8(ascii: "i") where isFirst, UInt8(ascii: "s") where letters == 1,
                UInt8(ascii: "o") where letters == 2:
                letters += 1
            default: return nil
            }
        }
        guard let last = number, !numbers.isEmpty, numbers.count < Self.mostNumbers else { return nil }
        numbers.append(last)
        self.numbers = numbers
    }

    public static func < (one: Self, other: Self) -> Bool { one.numbers.lexicographicallyPrecedes(other.numbers) }
    public func hasPrefix(_ other: Self) -> Bool { numbers.starts(with: other.numbers) }
    public static func + (one: Self, other: [UInt32]) -> Self { ObjectName(one.numbers + other) }

    public var description: String { numbers.map(String.init).joined(separator: ".") }
}

/// A value as SNMP types it (RFC 2578, 7.1; RFC 3416, 3).
public enum SNMPValue: Hashable, Sendable {
    case integer(Int64)
    case octets([UInt8])
    case name(ObjectName)
    case counter32(UInt32)
    case counter64(UInt64)
    case gauge(UInt32)
    /// Hundredths of a second.
    case ticks(UInt32)
    case address(UInt32)
    case null
    /// The agent has no such object, or no such row.
    case absent
}

extension SNMPValue {
    /// Any number; also one that a recording holds as decimal text.
    public var number: Int64? {
        switch self {
        case .integer(let value): return value
        case .counter32(let value), .gauge(let value), .ticks(let value): return Int64(value)
        case .counter64(let value): return Int64(clamping: value)
        case .octets(let octets): return octets.span.decimal().map(Int64.init)
        case .name, .address, .null, .absent: return nil
        }
    }

    public var octets: [UInt8]? {
        if case .octets(let octets) = self { octets } else { nil }
    }

    public var objectName: ObjectName? {
        if case .name(let name) = self { name } else { nil }
    }

    /// What people read: at most 256 octets, control characters made spaces, nothing blank at the ends; nil when empty.
    public var text: String? {
        guard let octets else { return nil }
        return Self.text(octets)
    }

    static func text(_ octets: [UInt8]) -> String? {
        // Cut between characters: a continuation octet of UTF-8 never begins one.
        var end = min(octets.count, 256)
        while end > 0, end < octets.count, octets[end] & 0xC0 == 0x80 { end -= 1 }
        let plain = octets[..<end].map { $0 < 0x20 || $0 == 0x7F ? 0x20 : $0 }
        guard let first = plain.firstIndex(where: { $0 != 0x20 }), let last = plain.lastIndex(where: { $0 != 0x20 })
        else { return nil }
        return String(decoding: plain[first...last], as: UTF8.self)
    }

    /// A card's address: six octets, or the text `0:1b:c:2:33:4` that net-snmp makes of them.
    public var hardware: HardwareAddress? {
        guard let octets else { return nil }
        return Self.hardware(octets)
    }

    static func hardware(_ octets: [UInt8]) -> HardwareAddress? {
        if octets.count == 6 { return HardwareAddress(bits: octets.reduce(0) { $0 << 8 | UInt64($1) }) }
        guard octets.count >= 11, octets.count <= 17 else { return nil }
        var bits: UInt64 = 0
        let parts = octets.split(separator: 0x3A, omittingEmptySubsequences: false)
        guard parts.count == 6 else { return nil }
        for part in parts {
            guard part.count == 1 || part.count == 2 else { return nil }
            var value: UInt64 = 0
            for byte in part {
                guard let digit = hexadecimalDigit(byte) else { return nil }
                value = value << 4 | UInt64(digit)
            }
            bits = bits << 8 | value
        }
        return HardwareAddress(bits: bits)
    }

    /// IPv4 or IPv6 from an address, or from four or sixteen octets.
    public var network: IPAddress? {
        switch self {
        case .address(let bits): return IPAddress(v4: bits)
        case .octets(let octets): return Self.network(octets)
        default: return nil
        }
    }

    static func network(_ octets: [UInt8]) -> IPAddress? {
        if octets.count == 4 { return IPAddress(v4: octets.reduce(0) { $0 << 8 | UInt32($1) }) }
        guard octets.count == 16 else { return nil }
        return IPAddress(
            high: octets[..<8].reduce(0) { $0 << 8 | UInt64($1) }, low: octets[8...].reduce(0) { $0 << 8 | UInt64($1) })
    }
}

/// One variable binding.
public struct SNMPRow: Hashable, Sendable {
    public var name: ObjectName
    public var value: SNMPValue

    public init(_ name: ObjectName, _ value: SNMPValue) {
        self.name = name
        self.value = value
    }
}

/// All that one agent said, in the order of the names. Some agents answer out of order (TP-Link JetStream; LibreNMS's
/// `allowUnordered`), and the same name twice: the first answer counts.
public struct SNMPRows: Sendable {
    public let rows: [SNMPRow]
    /// Rows left out because their name was there already.
    public let duplicates: Int

    public init(_ unordered: [SNMPRow]) {
        let isOrdered = zip(unordered, unordered.dropFirst()).allSatisfy { $0.name < $1.name }
        if isOrdered {
            rows = unordered
            duplicates = 0
            return
        }
        // Ties are settled by the place in the recording, so the order is the same everywhere.
        let order = unordered.indices.sorted { one, other in
            let (a, b) = (unordered[one].name, unordered[other].name)
            return a == b ? one < other : a < b
        }
        var rows: [SNMPRow] = []
        rows.reserveCapacity(unordered.count)
        for place in order where rows.last?.name != unordered[place].name { rows.append(unordered[place]) }
        self.rows = rows
        duplicates = unordered.count - rows.count
    }

    /// One cell of a column.
    public struct Cell: Sendable {
        /// What stands behind the column's name.
        public var index: ArraySlice<UInt32>
        public var value: SNMPValue
    }

    /// First row that is not below `name`.
    private func lowerBound(_ name: ObjectName) -> Int {
        var low = 0
        var high = rows.count
        while low < high {
            let middle = (low + high) / 2
            if rows[middle].name < name { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// All that stands under a name, in order; absent values are left out.
    public func column(_ name: ObjectName) -> [Cell] {
        var cells: [Cell] = []
        var place = lowerBound(name)
        while place < rows.count, rows[place].name.hasPrefix(name) {
            let row = rows[place]
            if row.value != .absent, row.value != .null, row.name.numbers.count > name.numbers.count {
                cells.append(Cell(index: row.name.numbers[name.numbers.count...], value: row.value))
            }
            place += 1
        }
        return cells
    }

    /// Column `number` of the entry `name`.
    public func column(_ entry: ObjectName, _ number: UInt32) -> [Cell] { column(entry + [number]) }

    /// The value of a single object, `name` without its `.0`.
    public func scalar(_ name: ObjectName) -> SNMPValue? { self[name + [0]] }

    public subscript(_ name: ObjectName) -> SNMPValue? {
        let place = lowerBound(name)
        guard place < rows.count, rows[place].name == name, rows[place].value != .absent else { return nil }
        return rows[place].value
    }

    public func has(_ name: ObjectName) -> Bool {
        let place = lowerBound(name)
        return place < rows.count && rows[place].name.hasPrefix(name) && rows[place].value != .absent
    }
}
