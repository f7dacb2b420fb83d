//===----------------------------------------------------------------------===//
// Wardlight · Ledger
//
// Duplicates: which rows name the same thing twice?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension ReconcilerDesk {
    /// Others that are named with a row. A list in which all rows have one tag would otherwise be told a hundred thousand
    /// times in each of them.
    static let mostDuplicates = 16

    /// Rows with the same tag, the same address, the same serial number of one maker, or the same device.
    mutating func findDuplicates() {
        var rows: [String: [Int]] = [:]
        for index in assets.indices {
            let asset = assets[index]
            var keys: [String] = []
            if let tag = Self.sameTag(asset.tag) { keys.append("tag \(tag)") }
            for card in asset.hardware { keys.append("mac \(card.bits)") }
            if case .exact(let number)? = serials[index] { keys.append("serial \(number)") }
            if let found = found[index], !found.isProbable { keys.append("device \(found.device)") }
            for key in keys where rows[key]?.last != index { rows[key, default: []].append(index) }
        }
        for index in assets.indices {
            var others: Set<Int> = []
            let asset = assets[index]
            if let tag = Self.sameTag(asset.tag) { gather(rows["tag \(tag)"], index, &others) }
            for card in asset.hardware { gather(rows["mac \(card.bits)"], index, &others) }
            if let found = found[index], !found.isProbable { gather(rows["device \(found.device)"], index, &others) }
            if case .exact(let number)? = serials[index] { gatherSerial(rows["serial \(number)"], index, &others) }
            matches[index].duplicates = Array(others.sorted().prefix(Self.mostDuplicates))
        }
    }

    /// A tag as two rows share it, short ones too; nil for what is none, or was rounded.
    private static func sameTag(_ text: String?) -> String? {
        guard let text, !SerialNumber.isRounded(text) else { return nil }
        if let tag = tag(text) { return tag }
        let plain = Words.plain(text)
        return Words.isNothing(plain) ? nil : plain
    }

    private func gather(_ rows: [Int]?, _ index: Int, _ others: inout Set<Int>) {
        guard let rows, rows.count > 1 else { return }
        for row in rows.prefix(Self.mostDuplicates + 1) where row != index { others.insert(row) }
    }

    /// Two makers may number alike.
    private mutating func gatherSerial(_ rows: [Int]?, _ index: Int, _ others: inout Set<Int>) {
        guard let rows, rows.count > 1 else { return }
        var count = 0
        for row in rows.prefix(Self.mostCompared) where row != index {
            if let one = assets[index].vendor, let other = assets[row].vendor, !names.agree(one, other) { continue }
            others.insert(row)
            count += 1
            if count == Self.mostDuplicates { return }
        }
    }

    private static let mostCompared = 64
}
