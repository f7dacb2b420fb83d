//===----------------------------------------------------------------------===//
// Wardlight · Ledger
//
// Places in words: does the room in the list fit the place where a device is?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// What is known of the places of devices, and which of it a cell of a list names.
///
/// A list calls its rooms as it likes, so only words that both sides use are compared: a ward, room or bed that some
/// device says (HL7, SDC, IntelliVue), a building or floor at which the settings have some switch. A cell that names none
/// of them says nothing against anything.
struct PlaceWords: Sendable {
    enum Level: Int, CaseIterable, Comparable {
        case building, floor, ward, room, bed

        static func < (one: Self, other: Self) -> Bool { one.rawValue < other.rawValue }
    }

    /// Where one device is, level by level, as it is compared and as it is said.
    private struct Seen {
        var keys: [Level: String] = [:]
        var words: [Level: String] = [:]
    }

    private var seen: [Seen]
    /// Everything that any device or switch calls a place, by level.
    private var known: [Level: Set<String>] = [:]

    init(_ devices: [Device], plan: SitePlan, _ network: NetworkMap?) {
        var closets: [String: SitePlan.Closet] = [:]
        for state in network?.switches ?? [] {
            closets["\(state.site)/\(state.about.agent)"] = plan.closet(of: state.about)
        }
        seen = devices.map { device in
            var seen = Seen()
            Self.readCloset(of: device, closets, plan, &seen)
            Self.readBed(of: device, &seen)
            return seen
        }
        for closet in plan.closets.values {
            if let building = closet.building { known[.building, default: []].insert(Words.plain(building)) }
            if let floor = closet.floor.flatMap(Self.floor) { known[.floor, default: []].insert(floor) }
        }
        for place in seen { for (level, key) in place.keys { known[level, default: []].insert(key) } }
        for level in Level.allCases { known[level]?.remove("") }
    }

    private static func readCloset(
        of device: Device, _ closets: [String: SitePlan.Closet], _ plan: SitePlan, _ seen: inout Seen
    ) {
        guard let place = device.place, !place.isUplink else { return }
        let agent = place.wireless.map { $0.port?.agent } ?? place.agent
        guard let agent, let closet = closets["\(device.site)/\(agent)"] ?? plan.closets[agent] else { return }
        if let building = closet.building {
            seen.keys[.building] = Words.plain(building)
            seen.words[.building] = building
        }
        // The air does not end at a ceiling.
        if let floor = closet.floor, let key = Self.floor(floor), place.wireless == nil {
            seen.keys[.floor] = key
            seen.words[.floor] = "floor \(floor)"
        }
    }

    private static func readBed(of device: Device, _ seen: inout Seen) {
        guard let location = device.locations.last(where: { $0.until == nil }) else { return }
        if !location.pointOfCare.isEmpty {
            seen.keys[.ward] = Words.plain(location.pointOfCare)
            seen.words[.ward] = location.pointOfCare
        }
        if !location.room.isEmpty {
            seen.keys[.room] = Self.numbered(location.room, Self.roomWords)
            seen.words[.room] = "room \(location.room)"
        }
        if !location.bed.isEmpty {
            seen.keys[.bed] = Self.numbered(location.bed, Self.bedWords)
            seen.words[.bed] = "bed \(location.bed)"
        }
    }

    // MARK: Asking

    /// Whether a cell fits where a device is, and where that is in words; nil where they cannot be compared.
    func compare(_ cell: String, _ device: Int) -> (seen: String, holds: Bool)? {
        let place = seen[device]
        if place.keys.isEmpty { return nil }
        let named = named(in: cell)
        var holds: Bool?
        for level in Level.allCases {
            guard let here = place.keys[level], let said = named[level], !said.isEmpty else { continue }
            // Rooms and beds are numbered anew in each ward: without the ward they say nothing.
            if level > .ward, place.keys[.ward] != nil, named[.ward]?.isEmpty != false { continue }
            holds = (holds ?? true) && said.contains(here)
            if holds == false { break }
        }
        guard let holds else { return nil }
        let words = Level.allCases.compactMap { place.words[$0] }
        return (words.joined(separator: ", "), holds)
    }

    /// Places of a cell by which it may meet a device, the finest first. A building alone is no place.
    func keys(of cell: String) -> [String] {
        let named = named(in: cell)
        return Self.keys { level in named[level].flatMap { $0.count == 1 ? $0.first : nil } }
    }

    func keys(of device: Int) -> [String] { Self.keys { seen[device].keys[$0] } }

    private static func keys(_ name: (Level) -> String?) -> [String] {
        var keys: [String] = []
        let ward = name(.ward)
        if let ward, let bed = name(.bed) { keys.append("bed \(ward)/\(bed)") }
        if let ward, let room = name(.room) { keys.append("room \(ward)/\(room)") }
        if let ward { keys.append("ward \(ward)") }
        if let building = name(.building), let floor = name(.floor) { keys.append("floor \(building)/\(floor)") }
        return keys
    }

    // MARK: Reading a cell

    /// What a cell names, of what is known at each level; of `ICU 2` the ward `ICU 2` and not the ward `ICU`.
    private func named(in cell: String) -> [Level: Set<String>] {
        let words = Words.split(cell)
        var named: [Level: Set<String>] = [:]
        for level in Level.allCases {
            guard let known = known[level], !known.isEmpty else { continue }
            var start = 0
            while start < words.count {
                var step = 1
                for count in stride(from: min(Self.mostWords, words.count - start), through: 1, by: -1) {
                    let phrase = words[start..<start + count]
                    guard let key = Self.key(phrase, level), known.contains(key) else { continue }
                    named[level, default: []].insert(key)
                    step = count
                    break
                }
                start += step
            }
        }
        return named
    }

    private static let mostWords = 4
    private static let roomWords: Set<String> = [
        "room", "rm", "zimmer", "raum", "chambre", "salle", "sala", "habitacion",
    ]
    private static let bedWords: Set<String> = ["bed", "bett", "lit", "cama"]
    private static let floorWords: Set<String> = [
        "floor", "level", "lvl", "fl", "storey", "story", "og", "etage", "stock", "stockwerk", "geschoss", "piso",
        "planta",
        "niveau",
    ]

    private static func key(_ phrase: ArraySlice<String>, _ level: Level) -> String? {
        switch level {
        case .building, .ward: phrase.joined()
        case .floor: phrase.count == 2 ? floorOf(phrase) : nil
        case .room: numbered(phrase, roomWords)
        case .bed: numbered(phrase, bedWords)
        }
    }

    /// `bed 7`, `Bed7`, `B12`: the number alone is no bed, for it may be a room or a floor.
    private static func numbered(_ phrase: ArraySlice<String>, _ words: Set<String>) -> String? {
        if phrase.count == 2, let first = phrase.first, let last = phrase.last, words.contains(first) { return last }
        let joined = phrase.joined()
        for word in words where joined.hasPrefix(word) && Words.isDigits(String(joined.dropFirst(word.count))) {
            return String(joined.dropFirst(word.count))
        }
        return Words.isDigits(joined) ? nil : joined
    }

    /// A bed or room as a device says it, without the word `bed` before its number.
    private static func numbered(_ name: String, _ words: Set<String>) -> String {
        numbered(Words.split(name)[...], words) ?? Words.plain(name)
    }

    /// `floor 2`, `2nd floor`, `2. OG`, `Level 2`.
    private static func floorOf(_ phrase: ArraySlice<String>) -> String? {
        guard let first = phrase.first, let last = phrase.last else { return nil }
        if floorWords.contains(first) { return floor(last) }
        if floorWords.contains(last) { return floor(first) }
        return nil
    }

    /// A floor as it is compared: `2`, `02`, `2nd` and `second` are one.
    private static func floor(_ text: String) -> String? {
        var plain = Words.split(text).filter { !floorWords.contains($0) }.joined()
        if let number = ordinals[plain] { return number }
        for ending in ["st", "nd", "rd", "th"]
        where plain.hasSuffix(ending) && Words.isDigits(String(plain.dropLast(2))) { plain = String(plain.dropLast(2)) }
        if Words.isDigits(plain), let number = Int(plain) { return String(number) }
        return plain.isEmpty ? nil : plain
    }

    private static let ordinals: [String: String] = [
        "ground": "0", "g": "0", "gf": "0", "eg": "0", "erdgeschoss": "0", "first": "1", "second": "2", "third": "3",
        "fourth": "4", "fifth": "5", "sixth": "6", "seventh": "7", "eighth": "8", "ninth": "9", "basement": "-1",
        "b": "-1", "ug": "-1",
    ]
}
