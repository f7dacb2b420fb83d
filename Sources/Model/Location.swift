//===----------------------------------------------------------------------===//
// Wardlight · Model
//
// Locations: the places of the hospital, from the site down to the bed, and vehicles.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// A place of the hospital's tree of places, in the manner of a FHIR R4 Location.
public struct Location: Hashable, Sendable, Codable {
    /// What kind of place, in the manner of FHIR R4 `Location.physicalType` (`si`, `bu`, `lvl`, `area`, `ro`, `bd`, `ve`).
    public enum Kind: String, Hashable, Sendable, CaseIterable, Codable {
        case site, building, floor, zone, room, bed, vehicle

        /// What may hold another: a place lies in one of a wider kind. A bed may ride in a vehicle.
        public func mayHold(_ inner: Kind) -> Bool {
            switch (self, inner) {
            case (.bed, _), (_, .site): false
            case (.vehicle, .bed): true
            case (.vehicle, _): false
            case (_, .vehicle): self == .site || self == .building
            default: width > inner.width
            }
        }

        private var width: Int {
            switch self {
            case .site: 7
            case .building: 6
            case .floor: 5
            case .zone: 4
            case .room: 3
            case .bed: 2
            case .vehicle: 1
            }
        }
    }

    /// How it lies on its floor's plan: corners in millimetres from the floor's south-west corner, x to the east, y to the
    /// north; 3 to `mostCorners` of them, counter-clockwise or clockwise, not closed.
    public struct Outline: Hashable, Sendable, Codable {
        public struct Point: Hashable, Sendable, Codable {
            public var x: Int32
            public var y: Int32

            public init(x: Int32, y: Int32) { (self.x, self.y) = (x, y) }
        }
        public var corners: [Point]

        /// A room is seldom more than an L; imported plans follow pillars and bays.
        public static let mostCorners = 64

        public init(corners: [Point]) { self.corners = corners }

        /// A rectangle, as most rooms are.
        public init(x: Int32, y: Int32, width: Int32, height: Int32) {
            let (right, top) = (x &+ width, y &+ height)
            corners = [Point(x: x, y: y), Point(x: right, y: y), Point(x: right, y: top), Point(x: x, y: top)]
        }
    }

    /// Unique within the log, kept for life: letters, digits and `-._/`, at most `longestId` octets: `north/2/icu/4`.
    public var id: String
    public var kind: Kind
    /// As people call it; at most `longestName` octets.
    public var name: String
    /// The place that it lies in; nil for a site.
    public var parent: String?
    public var outline: Outline?
    /// Under which names devices and other systems speak of it, such as HL7 PV1-3 `ICU^4^1` or an SDC location; at most
    /// `mostAliases`.
    public var aliases: [String]

    public static let longestId = 128
    public static let longestName = 128
    public static let mostAliases = 16

    public init(
        id: String, kind: Kind, name: String, parent: String? = nil, outline: Outline? = nil, aliases: [String] = []
    ) {
        self.id = id
        self.kind = kind
        self.name = name
        self.parent = parent
        self.outline = outline
        self.aliases = aliases
    }
}

extension Location {
    /// How far a plan reaches from its corner, in metres: the largest hospital is some hundreds wide.
    public static let widest = 100_000.0

    /// Whole millimetres of a length in metres; nil when it is no number, or further than `widest`.
    public static func millimetres(_ metres: Double) -> Int32? {
        guard metres.isFinite, abs(metres) <= widest else { return nil }
        return Int32((metres * 1_000).rounded())
    }

    /// Whether a text may be an id.
    public static func isId(_ text: some StringProtocol) -> Bool {
        !text.isEmpty && text.utf8.count <= longestId
            && text.utf8.allSatisfy { octet in
                (0x30...0x39).contains(octet) || (0x41...0x5A).contains(octet) || (0x61...0x7A).contains(octet)
                    || (0x2D...0x2F).contains(octet) || octet == 0x5F
            }
    }

    /// `north/east-wing/2/icu`: the path of names in small letters, digits and dashes; nil when nothing is left of a name,
    /// or the path is too long.
    public static func id(of name: String, in parent: String?) -> String? {
        var word = ""
        for scalar in name.lowercased().unicodeScalars {
            switch scalar.value {
            case 0x30...0x39, 0x61...0x7A: word.unicodeScalars.append(scalar)
            case 0x00...0x7F: if !word.isEmpty, word.last != "-" { word.append("-") }
            // Letters with accents keep what is under them: one place, one id, however the name is spelt.
            default: word += NameFolding.words(String(scalar)).joined()
            }
        }
        if word.last == "-" { word.removeLast() }
        let id = (parent.map { $0 + "/" } ?? "") + word
        return !word.isEmpty && isId(id) ? id : nil
    }
}

/// What is said of a place: how it is from now on, or that it is no more.
public enum LocationReport: Hashable, Sendable {
    case stands(Location)
    /// Its id. What lies in it is gone with it.
    case gone(String)
}
