//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// Cells of declared lists: from what somebody typed to what an asset says.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension DeclaredReading {
    /// The text of a column; cut where it is longer than any fact may be.
    ///
    /// - Parameter isNumber: Whether it is a number of the device: then `0` and `k. A.` say nothing.
    private mutating func value(_ column: DeclaredColumn, isNumber: Bool = false) -> String? {
        for place in map.places[column] ?? [] {
            guard let text = reader.text(row, place) else { continue }
            if DeclaredWords.isFormulaError(text) {
                tellOnce(map.heading(place), "'\(text)' is the error of a formula", "; counts as blank")
                continue
            }
            guard DeclaredWords.something(text, isNumber: isNumber) != nil else { continue }
            guard text.utf8.count > Self.longestValue else { return text }
            tell(row.number, map.heading(place), "longer than \(Self.longestValue) octets; cut there")
            var end = text.utf8.index(text.utf8.startIndex, offsetBy: Self.longestValue)
            while text.utf8[end] & 0xC0 == 0x80 { end = text.utf8.index(before: end) }
            return String(text[..<end])
        }
        return nil
    }

    mutating func word(_ column: DeclaredColumn) -> String? { value(column) }

    mutating func number(_ column: DeclaredColumn) -> String? { value(column, isNumber: true) }

    /// One text for all rows that say the same: makers, models and rooms are few.
    mutating func pooled(_ text: String?) -> String? {
        guard let text, text.utf8.count >= 16 else { return text }
        if let known = pool[text] { return known }
        if pool.count < Self.mostPooled { pool[text] = text }
        return text
    }

    private static let mostPooled = 65_536

    /// Building, floor, ward, location and room as one text, from the coarse to the fine.
    mutating func room() -> String? {
        var parts: [String] = []
        for column in [DeclaredColumn.building, .floor, .ward, .location, .room] {
            guard var text = word(column) else { continue }
            // A number alone says nothing of what it numbers.
            if text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) {
                if column == .floor { text = "floor \(text)" }
                if column == .room { text = "room \(text)" }
            }
            if !parts.contains(text) { parts.append(text) }
        }
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }

    mutating func readHardware(into asset: inout DeclaredAsset) {
        for place in map.places[.mac] ?? [] {
            guard let text = reader.text(row, place) else { continue }
            let cell = HardwareCell(text)
            placeholders += cell.placeholders
            for address in cell.addresses
            where !asset.hardware.contains(address) && asset.hardware.count < HardwareCell.most {
                asset.hardware.append(address)
            }
            if let problem = cell.problem, text != map.text(place) {
                tell(row.number, map.heading(place), "no hardware address: \(problem)")
            }
        }
    }

    // MARK: Status

    mutating func readStatus(into asset: inout DeclaredAsset) {
        guard let text = word(.status) else { return }
        let heading = map.places[.status]?.first.flatMap(map.heading)
        if let status = DeclaredValues.status(text, under: heading ?? "") {
            asset.status = status
            asset.isStatusSaid = true
        } else {
            tellOnce(heading, "'\(text.prefix(48))' is no status that is known", "; counts as in service")
        }
    }

    mutating func readCapability(into asset: inout DeclaredAsset) {
        guard map.places[.networkCapable] != nil else {
            // Who has an address of a network card can be on a network; else the list does not say.
            if !asset.hardware.isEmpty { asset.isNetworkCapable = true }
            return
        }
        guard let place = map.places[.networkCapable]?.first(where: { reader.text(row, $0) != nil }),
            let text = reader.text(row, place)
        else { return }
        if let flag = DeclaredValues.flag(text) {
            asset.isNetworkCapable = flag
        } else if Self.looksLikeAddress(text) {
            asset.isNetworkCapable = true
        } else if DeclaredWords.something(text) != nil {
            tellOnce(map.heading(place), "'\(text.prefix(48))' is neither yes nor no; taken as not known")
        }
    }

    /// `10.2.3.4` in a column for yes and no.
    private static func looksLikeAddress(_ text: String) -> Bool {
        IPAddress(text) != nil || HardwareAddress(text) != nil
    }

    // MARK: Days and numbers

    mutating func readDay(into asset: inout DeclaredAsset) {
        guard let text = word(.lastService) else { return }
        switch DeclaredDay(text) {
        case .day(let day): asset.lastService = day
        case .either(let first, let second, let year): days.add(first, second, year: year, asset: assets.count)
        case .none: return
        case .broken: tell(.lastService, "'\(text.prefix(32))' is no day that a calendar has")
        }
    }

    /// Whether a spreadsheet wrote a number as a power of ten: `1.23457E+11`.
    static func isRounded(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard let power = bytes.lastIndex(of: UInt8(ascii: "+")), power >= 2, (2...3).contains(bytes.count - power),
            bytes[power - 1] | 0x20 == UInt8(ascii: "e")
        else { return false }
        func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
        guard isDigit(bytes[0]), bytes[(power + 1)...].allSatisfy(isDigit) else { return false }
        let mantissa = bytes[..<(power - 1)]
        return mantissa.count == 1
            || (mantissa[1] == UInt8(ascii: ".") || mantissa[1] == UInt8(ascii: ","))
                && mantissa.dropFirst(2).allSatisfy(isDigit)
    }
}
