//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// Where something was sighted: building, floor, room and bed, or somebody's own words.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// The place that a locating system, a gateway or a list says.
///
/// It is kept as one text that people can read and `Device.locations` takes apart again:
/// `East wing / floor 2 / room 204 / bed 1`; words of their own stay as they are.
public struct SightingPlace: Hashable, Sendable {
    public var building: String?
    public var floor: String?
    public var room: String?
    public var bed: String?
    /// Where only one text was given: a zone, a room, a cell.
    public var words: String?

    public init(
        building: String? = nil, floor: String? = nil, room: String? = nil, bed: String? = nil, words: String? = nil
    ) {
        self.building = building.map { JSONText.clean($0, Self.longest) }
        self.floor = floor.map { JSONText.clean($0, Self.longest) }
        self.room = room.map { JSONText.clean($0, Self.longest) }
        self.bed = bed.map { JSONText.clean($0, Self.longest) }
        self.words = words.map { JSONText.clean($0, SightingLine.Limits.text) }
    }

    /// Octets of each part.
    static let longest = 60

    /// Nil where nothing is said.
    public var text: String? {
        if let words { return words.isEmpty ? nil : words }
        let parts = [("building", building), ("floor", floor), ("room", room), ("bed", bed)].compactMap { name, part in
            part.flatMap { $0.isEmpty ? nil : "\(name) \(Self.plain($0))" }
        }
        return parts.isEmpty ? nil : parts.joined(separator: " / ")
    }

    /// The mark between parts must not stand inside one.
    private static func plain(_ part: String) -> String {
        var text = ""
        for character in JSONText.cut(part, longest) { text.append(character == "/" ? "-" : character) }
        return text
    }
}
