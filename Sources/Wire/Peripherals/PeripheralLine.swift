//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// A line that reports peripherals: what hangs on one endpoint, as agents write it.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// One report, one line of JSON; the format is fixed and described in `docs/peripherals.md`.
///
/// ```
/// {"wardlight":"peripherals/1","time":"2026-03-01T12:00:00Z","host":"ws-12","mac":["00:1b:21:3a:4c:5d"],
///  "peripherals":[{"path":"1-1.4","vendor":"05e0","product":"1200","interfaces":["030101"]}]}
/// ```
public struct PeripheralLine: Hashable, Sendable {
    public static let format = "peripherals/1"
    public static let form = LineTrouble.Form(mark: "\"wardlight\":\"\(format)\"", page: "docs/peripherals.md")

    public var time: Timestamp
    public var report: PeripheralReport

    public init(time: Timestamp, report: PeripheralReport) {
        self.time = time
        self.report = report
    }

    /// How much one line may hold.
    public enum Limits {
        /// Octets: 256 peripherals with all their texts need half of it.
        public static let line = 1 << 19
        public static let peripherals = 256
        /// A configuration has at most 32 interfaces on any host that we know of; USB allows 255.
        public static let interfaces = 32
        public static let cards = 16
        /// A string descriptor has at most 126 units of UTF-16 (USB 2.0, 9.6.7), three octets each.
        public static let text = 378
        public static let path = 128
        /// A name of the DNS.
        public static let host = 253
    }

    /// Reads one line without its end.
    public init(_ line: Span<UInt8>) throws(LineTrouble) {
        guard line.count <= Limits.line else { throw .lineTooLong(most: Limits.line) }
        var reader = JSONLineReader(line)
        var seen: Set<String> = []
        var time: Timestamp?
        var cards: [HardwareAddress]?
        report = PeripheralReport(host: Subject(), hostName: nil, peripherals: [])
        var isOurs = false
        try reader.mark(UInt8(ascii: "{"))
        var isFirst = true
        while let key = try reader.key(isFirst: &isFirst) {
            guard seen.insert(key).inserted else { throw .doubleKey(key) }
            switch key {
            case "wardlight":
                guard try reader.text(of: key, most: 64) == Self.format else { throw .otherFormat }
                isOurs = true
            case "time":
                time = Timestamp(rfc3339: try reader.text(of: key, most: 64))
                if time == nil { throw .badValue(key: key, wanted: "a moment such as 2026-03-01T12:00:00Z") }
            case "host": report.hostName = try Self.optional(&reader, key, most: Limits.host)
            case "mac": cards = try Self.cards(&reader)
            case "peripherals": report.peripherals = try Self.peripherals(&reader)
            // Lines of something else have other keys: the version tells more than the first of them.
            default: throw isOurs ? .unknownKey(Self.shown(key)) : .otherFormat
            }
        }
        try reader.end()
        guard isOurs else { throw .otherFormat }
        guard let time else { throw .missing("time") }
        guard let cards, !cards.isEmpty else { throw .missing("mac") }
        guard seen.contains("peripherals") else { throw .missing("peripherals") }
        self.time = time
        report.cards = Array(Set(cards)).sorted()
        // The card that was burnt in names the host; addresses that software makes come and go.
        report.host = Subject(hardware: cards.first { !$0.isLocallyAdministered } ?? cards[0])
    }

    private static func shown(_ key: String) -> String { String(key.prefix(32)) }

    private static func optional(
        _ reader: inout JSONLineReader, _ key: String, most: Int
    ) throws(LineTrouble) -> String? {
        if try reader.isNull() { return nil }
        let text = try reader.text(of: key, most: most)
        return text.isEmpty ? nil : text
    }

    private static func cards(_ reader: inout JSONLineReader) throws(LineTrouble) -> [HardwareAddress] {
        var cards: [HardwareAddress] = []
        try reader.mark(UInt8(ascii: "["))
        var isFirst = true
        while try reader.hasValue(isFirst: &isFirst) {
            guard cards.count < Limits.cards else { throw .tooMany(key: "mac", most: Limits.cards) }
            guard let card = HardwareAddress(try reader.text(of: "mac", most: 64)), card.isIndividual else {
                throw .badValue(key: "mac", wanted: "the address of one card such as 00:1b:21:3a:4c:5d")
            }
            cards.append(card)
        }
        return cards
    }

    // MARK: Peripherals

    private static func peripherals(_ reader: inout JSONLineReader) throws(LineTrouble) -> [Peripheral] {
        var found: [Peripheral] = []
        try reader.mark(UInt8(ascii: "["))
        var isFirst = true
        while try reader.hasValue(isFirst: &isFirst) {
            guard found.count < Limits.peripherals else {
                throw .tooMany(key: "peripherals", most: Limits.peripherals)
            }
            found.append(try peripheral(&reader))
        }
        return found.sorted {
            ($0.path, $0.vendorId, $0.productId, $0.serial ?? "") < (
                $1.path, $1.vendorId, $1.productId, $1.serial ?? ""
            )
        }
    }

    private static func peripheral(_ reader: inout JSONLineReader) throws(LineTrouble) -> Peripheral {
        var peripheral = Peripheral(path: "", vendorId: 0, productId: 0)
        var seen: Set<String> = []
        try reader.mark(UInt8(ascii: "{"))
        var isFirst = true
        while let key = try reader.key(isFirst: &isFirst) {
            guard seen.insert(key).inserted else { throw .doubleKey(key) }
            switch key {
            case "path":
                peripheral.path = try reader.text(of: key, most: Limits.path)
                if peripheral.path.isEmpty { throw .missing(key) }
            case "vendor": peripheral.vendorId = UInt16(truncatingIfNeeded: try number(&reader, key, digits: 4))
            case "product": peripheral.productId = UInt16(truncatingIfNeeded: try number(&reader, key, digits: 4))
            case "release":
                if try reader.isNull() { continue }
                peripheral.release = UInt16(truncatingIfNeeded: try number(&reader, key, digits: 4))
            case "class": peripheral.kind = UInt8(truncatingIfNeeded: try number(&reader, key, digits: 2))
            case "maker": peripheral.maker = try optional(&reader, key, most: Limits.text)
            case "name": peripheral.product = try optional(&reader, key, most: Limits.text)
            case "serial": peripheral.serial = try optional(&reader, key, most: Limits.text)
            case "driver": peripheral.driver = try optional(&reader, key, most: Limits.path)
            case "interfaces": peripheral.interfaces = try interfaces(&reader)
            case "uses": peripheral.uses = try uses(&reader)
            default: throw .unknownKey(shown(key))
            }
        }
        for key in ["path", "vendor", "product", "interfaces"] where !seen.contains(key) { throw .missing(key) }
        return peripheral
    }

    private static func interfaces(
        _ reader: inout JSONLineReader
    ) throws(LineTrouble) -> [Peripheral.Interface] {
        var found: [Peripheral.Interface] = []
        try reader.mark(UInt8(ascii: "["))
        var isFirst = true
        while try reader.hasValue(isFirst: &isFirst) {
            guard found.count < Limits.interfaces else { throw .tooMany(key: "interfaces", most: Limits.interfaces) }
            let bits = try number(&reader, "interfaces", digits: 6)
            found.append(
                Peripheral.Interface(
                    kind: UInt8(truncatingIfNeeded: bits >> 16), subkind: UInt8(truncatingIfNeeded: bits >> 8),
                    wording: UInt8(truncatingIfNeeded: bits)))
        }
        return found.sorted()
    }

    private static func uses(_ reader: inout JSONLineReader) throws(LineTrouble) -> [Peripheral.Use] {
        var found: Set<Peripheral.Use> = []
        try reader.mark(UInt8(ascii: "["))
        var isFirst = true
        while try reader.hasValue(isFirst: &isFirst) {
            guard let use = Peripheral.Use(rawValue: try reader.text(of: "uses", most: 64)) else {
                throw .badValue(key: "uses", wanted: "a list of keyboard, mouse, network and storage")
            }
            found.insert(use)
        }
        return found.sorted()
    }

    /// Exactly so many hexadecimal digits.
    private static func number(
        _ reader: inout JSONLineReader, _ key: String, digits: Int
    ) throws(LineTrouble) -> UInt32 {
        let text = try reader.text(of: key, most: 64)
        var value: UInt32 = 0
        guard text.utf8.count == digits else { throw .badValue(key: key, wanted: "\(digits) hexadecimal digits") }
        for byte in text.utf8 {
            guard let digit = hexadecimalDigit(byte) else {
                throw .badValue(key: key, wanted: "\(digits) hexadecimal digits")
            }
            value = value << 4 | UInt32(digit)
        }
        return value
    }
}
