//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// A sighting, read from its line.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension SightingLine {
    static let form = LineTrouble.Form(mark: "\"schema\":\"\(format)\"", page: "docs/sightings.md")

    /// Reads one line without its end.
    ///
    /// - Parameter unknown: Takes the name of each key that is not known; it is passed over.
    public init(_ line: Span<UInt8>, unknown: (String) -> Void = { _ in }) throws(LineTrouble) {
        guard line.count <= Limits.line else { throw .lineTooLong(most: Limits.line) }
        var reader = JSONLineReader(line)
        var seen: Set<String> = []
        self.init(at: .epoch, source: .other)
        try reader.mark(UInt8(ascii: "{"))
        var isFirst = true
        while let key = try reader.key(isFirst: &isFirst) {
            guard seen.insert(key).inserted else { throw .doubleKey(key) }
            if try reader.isNull() { continue }
            if try !read(key, &reader) {
                try reader.skip()
                unknown(String(key.prefix(32)))
            }
        }
        try reader.end()
        guard seen.contains("at") else { throw .missing("at") }
        guard hasIdentifier else {
            throw .missing("mac`, `ip`, `eui64`, `imei`, `iccid`, `ble`, `serial` or `assetTag")
        }
        guard span.first <= span.last else { throw .badValue(key: "last", wanted: "later than `first`") }
    }

    /// What is wrong with a line, in words.
    public static func words(_ trouble: LineTrouble) -> String { trouble.words(form) }

    /// - Returns: False where the key is not known.
    private mutating func read(_ key: String, _ reader: inout JSONLineReader) throws(LineTrouble) -> Bool {
        switch key {
        case "schema": guard try reader.text(of: key, most: 64) == Self.format else { throw .otherFormat }
        case "at": at = try Self.time(&reader, key)
        case "first": first = try Self.time(&reader, key)
        case "last": last = try Self.time(&reader, key)
        case "count": count = max(1, try reader.number(of: key, most: Limits.count))
        case "source":
            guard let named = Source(rawValue: try reader.text(of: key, most: 64)) else {
                let all = Source.allCases.map(\.rawValue).joined(separator: ", ")
                throw .badValue(key: key, wanted: "one of \(all)")
            }
            source = named
        case "mac": mac = try Self.card(&reader, key)
        case "gateway": gateway = try Self.card(&reader, key)
        case "ble": ble = try Self.card(&reader, key, isRandomToo: true)
        case "bleKind":
            guard let named = BluetoothKind(rawValue: try reader.text(of: key, most: 64)) else {
                throw .badValue(key: key, wanted: "public, static, resolvable or nonResolvable")
            }
            bleKind = named
        case "ip":
            ip = try Self.value(&reader, key, "an address of one device") { IPAddress($0) }
            guard ip?.isIndividual != false else { throw .badValue(key: key, wanted: "an address of one device") }
        case "eui64": eui64 = try Self.value(&reader, key, "sixteen hexadecimal digits") { EUI64($0) }
        case "imei":
            imei = try Self.value(
                &reader, key, "an IMEI of 15 digits with its check digit (a table may have rounded it)"
            ) { IMEI($0) }
        case "iccid":
            iccid = try Self.value(&reader, key, "an ICCID of 19 or 20 digits with its check digit") { ICCID($0) }
        case "place": place = try Self.place(&reader, key)
        case "vlan":
            let number = try reader.number(of: key, most: 4_094)
            vlan = number > 0 ? UInt16(number) : nil
        case "serves": serves = try Self.ports(&reader, key)
        case "uses": uses = try Self.ports(&reader, key)
        default:
            guard let text = Text(rawValue: key) else { return false }
            self[text] = try reader.text(of: key, most: Limits.text)
        }
        return true
    }

    // MARK: Values

    private static func time(_ reader: inout JSONLineReader, _ key: String) throws(LineTrouble) -> Timestamp {
        guard let time = Timestamp(rfc3339: try reader.text(of: key, most: 64)) else {
            throw .badValue(key: key, wanted: "a moment such as 2026-03-01T12:00:00Z")
        }
        return time
    }

    /// Nil for an empty text, as exports write what they do not know.
    private static func value<Value>(
        _ reader: inout JSONLineReader, _ key: String, _ wanted: String, _ read: (String) -> Value?
    ) throws(LineTrouble) -> Value? {
        let text = try reader.text(of: key, most: 64)
        if text.isEmpty { return nil }
        guard let value = read(text) else { throw .badValue(key: key, wanted: wanted) }
        return value
    }

    /// - Parameter isRandomToo: Random Bluetooth addresses have any bits, also that of groups.
    private static func card(
        _ reader: inout JSONLineReader, _ key: String, isRandomToo: Bool = false
    ) throws(LineTrouble) -> HardwareAddress? {
        try value(&reader, key, "an address such as 00:1b:21:3a:4c:5d") { text in
            guard let card = HardwareAddress(text), card.bits != 0, card != .broadcast else { return nil }
            return isRandomToo || card.isIndividual ? card : nil
        }
    }

    private static func place(_ reader: inout JSONLineReader, _ key: String) throws(LineTrouble) -> SightingPlace? {
        guard reader.begins(with: UInt8(ascii: "{")) else {
            let text = try reader.text(of: key, most: Limits.text)
            return text.isEmpty ? nil : SightingPlace(words: text)
        }
        try reader.mark(UInt8(ascii: "{"))
        var place = SightingPlace()
        var isFirst = true
        while let part = try reader.key(isFirst: &isFirst) {
            if try reader.isNull() { continue }
            switch part {
            case "building": place.building = try reader.text(of: part, most: SightingPlace.longest)
            case "floor": place.floor = try floor(&reader)
            case "room": place.room = try reader.text(of: part, most: SightingPlace.longest)
            case "bed": place.bed = try reader.text(of: part, most: SightingPlace.longest)
            default: try reader.skip()
            }
        }
        return place.text == nil ? nil : place
    }

    /// Floors are numbers as often as texts.
    private static func floor(_ reader: inout JSONLineReader) throws(LineTrouble) -> String {
        if reader.begins(with: 0x22) { return try reader.text(of: "floor", most: SightingPlace.longest) }
        return "\(try reader.number(of: "floor", most: 999))"
    }

    private static func ports(_ reader: inout JSONLineReader, _ key: String) throws(LineTrouble) -> [Port] {
        var ports: Set<Port> = []
        try reader.mark(UInt8(ascii: "["))
        var isFirst = true
        while try reader.hasValue(isFirst: &isFirst) {
            guard let port = Port(try reader.text(of: key, most: 16)) else {
                throw .badValue(key: key, wanted: "a list of services such as tcp/443 and udp/53")
            }
            ports.insert(port)
            guard ports.count <= Limits.ports else { throw .tooMany(key: key, most: Limits.ports) }
        }
        return ports.sorted()
    }
}

extension SightingLine.Port {
    /// `tcp/443`
    init?(_ text: String) {
        let halves = text.split(separator: "/", omittingEmptySubsequences: false)
        guard halves.count == 2, let number = UInt16(halves[1]),
            let transport = Service.Transport.allCases.first(where: { $0.name == halves[0] }), transport != .none
        else { return nil }
        self.init(transport, number)
    }
}
