//===----------------------------------------------------------------------===//
// Wardlight · Reports
//
// Declared against seen, as the inventory JSON writes it.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension JSONWriter {
    /// `declared`: each row with what became of it, counts, and what could not be read.
    mutating func declared<Failure: Error>(
        _ list: DeclaredList, _ reconciliation: Reconciliation, to sink: ([UInt8]) throws(Failure) -> Void
    ) throws(Failure) {
        key("declared")
        beginObject()
        member("asOf", list.asOf?.description)
        member("digest", list.digest)
        key("counts")
        beginObject(inline: true)
        member("rows", list.assets.count)
        for (outcome, count) in reconciliation.counts { member(text: outcome.rawValue, count) }
        member("conflicts", reconciliation.matches.count { !$0.conflicts.isEmpty })
        member("duplicates", reconciliation.matches.count { !$0.duplicates.isEmpty })
        member("undeclared", reconciliation.undeclared.count)
        member("placeholders", list.placeholders)
        endObject()
        key("rows")
        beginArray()
        for match in reconciliation.matches where list.assets.indices.contains(match.asset) {
            row(list.assets[match.asset], match, list)
            if bytes.count >= 65_536 { try sink(take()) }
        }
        endArray()
        key("troubles")
        beginArray()
        for trouble in list.troubles {
            beginObject(inline: true)
            member("source", trouble.source)
            member("line", trouble.line)
            member("column", trouble.column)
            member("problem", trouble.words)
            endObject()
        }
        endArray()
        if list.troublesLeftOut > 0 { member("troublesLeftOut", list.troublesLeftOut) }
        endObject()
    }

    private mutating func row(_ asset: DeclaredAsset, _ match: Reconciliation.Match, _ list: DeclaredList) {
        beginObject()
        member("source", asset.source)
        member("line", asset.line)
        member("outcome", match.outcome.rawValue)
        if !asset.site.isEmpty { member("site", asset.site) }
        member("tag", asset.tag)
        member("serial", asset.serial)
        if !asset.hardware.isEmpty { member("mac", asset.hardware.map(\.description)) }
        member("vendor", asset.vendor)
        member("model", asset.model)
        member("type", asset.type)
        member("firmware", asset.firmware)
        member("owner", asset.owner)
        member("room", asset.room)
        member("network", asset.network)
        member("lastService", asset.lastService.map { String($0.description.prefix(10)) })
        member("networkCapable", asset.isNetworkCapable)
        member("status", asset.status.rawValue)
        member("statusSaid", asset.isStatusSaid)
        member("device", match.device)
        member("by", match.by)
        member("since", match.missingSince?.description)
        comparisons(match.compared, "compared")
        comparisons(match.conflicts, "conflicts")
        if !match.duplicates.isEmpty {
            member(
                "duplicates",
                match.duplicates.compactMap { place in
                    list.assets.indices.contains(place)
                        ? "\(list.assets[place].source):\(list.assets[place].line)" : nil
                })
        }
        endObject()
    }

    private mutating func comparisons(_ list: [Weakness.Comparison], _ name: StaticString) {
        if list.isEmpty { return }
        key(name)
        beginArray()
        for comparison in list { self.comparison(comparison, other: "declared") }
        endArray()
    }

    private mutating func member(text name: String, _ number: Int) {
        key(text: name)
        value(number)
    }
}

extension Reconciliation {
    /// How many rows came to each outcome, in the order of the outcomes.
    var counts: [(outcome: DeclaredOutcome, count: Int)] {
        var counts: [DeclaredOutcome: Int] = [:]
        for match in matches { counts[match.outcome, default: 0] += 1 }
        return DeclaredOutcome.allCases.map { ($0, counts[$0] ?? 0) }
    }
}
