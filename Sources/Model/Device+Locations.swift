//===----------------------------------------------------------------------===//
// Wardlight · Model
//
// Locations: at which bed was a device, and when?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

extension Device {
    /// An edge between a device and a place: who said so, and in which time.
    public struct Location: Hashable, Sendable {
        /// Empty where it was not said.
        public var facility: String
        /// Ward or unit.
        public var pointOfCare: String
        public var room: String
        public var bed: String
        /// The first moment it was said.
        public var since: Timestamp
        /// The last moment it was said before the same source named another place; nil for the latest one.
        public var until: Timestamp?
        /// Where it was read (`sdc.location`), the value, how often.
        public var source: FactSummary
    }

    /// A source that names more places at the same time speaks for many devices: a gateway's beds are not its own.
    private static let placesAtOnce = 2

    /// Where the device itself (IEEE 11073 SDC location context, IntelliVue bed label), its gateway (HL7 PV1-3) or a
    /// locating system says that it stands, by time; a source that speaks of several beds at once is left out. A locating
    /// system speaks of one device, wherever that goes.
    public var locations: [Location] {
        var found: [Location] = []
        for field in [Field.sdcLocation, .hl7Location, .intellivueBedLabel, .sightingPlace] {
            let stays = facts.filter { $0.field == field }
                .compactMap { fact in Location(fact) }
                .sorted {
                    ($0.source.span.last, $0.since, $0.source.value) < ($1.source.span.last, $1.since, $1.source.value)
                }
            guard field == .sightingPlace || Self.mostAtOnce(stays) < Self.placesAtOnce + 1 else { continue }
            for (number, stay) in stays.enumerated() {
                var stay = stay
                if number < stays.count - 1 { stay.until = stay.source.span.last }
                found.append(stay)
            }
        }
        return found.sorted { ($0.since, $0.source.field.rawValue) < ($1.since, $1.source.field.rawValue) }
    }

    /// How many of them were named in one and the same span of time.
    private static func mostAtOnce(_ stays: [Location]) -> Int {
        stays.map { stay in stays.count { $0.since <= stay.since && stay.since <= $0.source.span.last } }.max() ?? 0
    }
}

extension Device.Location {
    /// Nil where the value names neither a room nor a bed.
    init?(_ fact: FactSummary) {
        self.init(
            facility: "", pointOfCare: "", room: "", bed: "", since: fact.span.first, until: nil, source: fact)
        switch fact.field {
        case .sdcLocation: readScope(fact.value)
        case .hl7Location: readPersonLocation(fact.value)
        case .sightingPlace: readSighting(fact.value)
        default: bed = fact.value
        }
        if room.isEmpty, bed.isEmpty { return nil }
    }

    /// `sdc.ctxt.loc:/sdc.ctxt.loc.detail/…?fac=HOSP&poc=CU1&bed=Bed7` (IEEE 11073-20701, 9.4): the query's parts,
    /// percent-encoded (RFC 3986).
    private mutating func readScope(_ text: String) {
        guard let question = text.utf8.firstIndex(of: UInt8(ascii: "?")) else { return }
        for pair in text[text.utf8.index(after: question)...].split(separator: "&").prefix(16) {
            let halves = pair.split(separator: "=", maxSplits: 1)
            guard halves.count == 2 else { continue }
            let value = Self.decoded(halves[1])
            switch halves[0] {
            case "fac": facility = value
            case "poc": pointOfCare = value
            case "rm": room = value
            case "bed": bed = value
            default: break
            }
        }
    }

    /// `pointOfCare^room^bed^facility`: the first components of a PL (HL7 v2.8, 2A.3.53).
    private mutating func readPersonLocation(_ text: String) {
        let parts = text.split(separator: "^", maxSplits: 4, omittingEmptySubsequences: false).map(String.init)
        if parts.count > 0 { pointOfCare = parts[0] }
        if parts.count > 1 { room = parts[1] }
        if parts.count > 2 { bed = parts[2] }
        if parts.count > 3 { facility = parts[3] }
    }

    /// `building East / floor 2 / room 204 / bed 1`, or words of their own, which stand for the room.
    private mutating func readSighting(_ text: String) {
        let kinds = ["building", "floor", "room", "bed"]
        var said: [String: String] = [:]
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        for (number, part) in parts.enumerated() {
            var part = part
            if number > 0 { guard part.popFirst() == " " else { return room = text } }
            if number < parts.count - 1 { guard part.popLast() == " " else { return room = text } }
            guard Self.take(part, of: kinds, into: &said) else { return room = text }
        }
        facility = said["building"] ?? ""
        pointOfCare = said["floor"].map { "floor \($0)" } ?? ""
        room = said["room"] ?? ""
        bed = said["bed"] ?? ""
        // A floor is a place, too, where no room is known.
        if room.isEmpty, bed.isEmpty { room = text }
    }

    private static func take(_ part: Substring, of kinds: [String], into said: inout [String: String]) -> Bool {
        guard let blank = part.firstIndex(of: " ") else { return false }
        let kind = String(part[..<blank])
        guard kinds.contains(kind), said[kind] == nil else { return false }
        said[kind] = String(part[part.index(after: blank)...])
        return true
    }

    /// Percent-encoding taken out; what is broken stays as it is.
    private static func decoded(_ text: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.count >= 2, let high = digit(rest[rest.startIndex]),
                let low = digit(rest[rest.startIndex + 1])
            {
                bytes.append(high << 4 | low)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}
