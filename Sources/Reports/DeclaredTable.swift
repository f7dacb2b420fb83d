//===----------------------------------------------------------------------===//
// Wardlight · Reports
//
// Declared against seen, for people: what the list has and nobody saw, and what was seen and is in no list.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension InventoryTable {
    /// More lines than fit a screen; the JSON has all of them.
    private static let mostRows = 20

    /// "Declared, not seen", "Seen, not declared" and what differs; nothing where no list was given.
    func declared(_ snapshot: InventorySnapshot) -> [String] {
        guard let list = snapshot.declared, let reconciliation = snapshot.reconciliation else { return [] }
        func rows(_ title: String, _ isMeant: (Reconciliation.Match) -> Bool) -> [String] {
            let meant = reconciliation.matches.filter { isMeant($0) && list.assets.indices.contains($0.asset) }
            return section(title, meant.map { Self.line(list.assets[$0.asset], $0) })
        }
        var lines = rows("Declared, not seen") { $0.outcome == .ghost }
        let undeclared = Set(reconciliation.undeclared)
        let devices = snapshot.devices.filter { undeclared.contains($0.id) && !$0.isStub }
        lines += section("Seen, not declared", devices.map { "\($0.id) \(SafeText.neutralised($0.caption))" })
        lines += rows("Retired and yet seen") { $0.outcome == .retiredButSeen }
        lines += rows("Probably the same; a person decides") { $0.outcome == .probable }
        lines += rows("Declared and seen, but different") { $0.outcome == .matched && !$0.conflicts.isEmpty }
        let counts = reconciliation.counts.filter { $0.count > 0 }.map { "\($0.outcome.rawValue) \($0.count)" }
        let total = SafeText.counted(UInt64(list.assets.count), "declared row")
        let duplicated = reconciliation.matches.count { !$0.duplicates.isEmpty }
        lines += wrap(
            "\(total): \(counts.joined(separator: ", "))" + (duplicated > 0 ? "; \(duplicated) stand twice." : "."))
        return lines + [""]
    }

    private func section(_ title: String, _ rows: [String]) -> [String] {
        if rows.isEmpty { return [] }
        var lines = [bold("\(title) (\(SafeText.grouped(UInt64(rows.count))))")]
        for row in rows.prefix(Self.mostRows) { lines += wrap(row) }
        if rows.count > Self.mostRows { lines.append("… and \(rows.count - Self.mostRows) more") }
        return lines + [""]
    }

    private static func line(_ asset: DeclaredAsset, _ match: Reconciliation.Match) -> String {
        let what = [asset.tag, asset.vendor, asset.model ?? asset.type, asset.serial].compactMap { $0 }
        var text = "\(asset.source):\(asset.line) \(what.joined(separator: " "))"
        if let room = asset.room { text += ", \(room)" }
        if let since = match.missingSince { text += ", not seen since \(since)" }
        if let device = match.device, let by = match.by { text += ", \(device) by \(by)" }
        for conflict in match.conflicts {
            text += "; \(conflict.what): declared \(conflict.advisory), seen \(conflict.seen ?? "nothing")"
        }
        return SafeText.neutralised(text)
    }
}
