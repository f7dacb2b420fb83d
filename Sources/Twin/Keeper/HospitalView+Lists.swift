//===----------------------------------------------------------------------===//
// Wardlight · Twin
//
// Lists of one moment: the same questions as the shelf answers, asked of a view.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension HospitalView {
    /// The devices of a query, as they were at the view's moment. Cost: one look at every device.
    public func devices(matching query: DeviceQuery) -> DevicePage {
        let words = (query.text ?? "").lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
        let found = rows.filter { row in
            (query.site ?? row.site) == row.site && (query.deviceClass ?? row.deviceClass) == row.deviceClass
                && (query.agent == nil || query.agent == row.agent)
                && (query.hasFindings ?? (row.findings > 0)) == (row.findings > 0)
                && (query.isStale ?? row.isStale) == row.isStale
                && (query.location == nil || row.whereabouts?.path.contains(query.location ?? "") ?? false)
                && (words.isEmpty || row.holds(words))
        }
        var keyed = found.map { (key: $0.sortValue(query.order), row: $0) }
        keyed.sort { ($0.key, $0.row.id) < ($1.key, $1.row.id) }
        if query.isDescending { keyed.reverse() }
        let total = keyed.count
        if let after = query.after {
            keyed.removeAll {
                query.isDescending
                    ? ($0.key, $0.row.id) >= (after.value, after.id) : ($0.key, $0.row.id) <= (after.value, after.id)
            }
        }
        let page = keyed.prefix(max(1, min(query.limit, DeviceQuery.mostRows)))
        let next = page.count < keyed.count ? page.last.map { DeviceQuery.Cursor(value: $0.key, id: $0.row.id) } : nil
        return DevicePage(
            devices: page.map(\.row), next: next, total: total, number: EventNumber(position: position))
    }

    public func findings(matching query: FindingQuery) -> FindingPage {
        var found = findings.values.filter { row in
            (query.site ?? row.site) == row.site && (query.device == nil || query.device == row.device)
                && (query.rule ?? row.finding.rule) == row.finding.rule
                && (query.severity.map { row.finding.severity.rank >= $0.rank } ?? true)
        }.sorted { $0.sortValue < $1.sortValue }
        let total = found.count
        if let after = query.after { found.removeAll { $0.sortValue <= after } }
        let page = found.prefix(max(1, min(query.limit, DeviceQuery.mostRows)))
        return FindingPage(
            findings: Array(page), next: page.count < found.count ? page.last?.sortValue : nil, total: total,
            number: EventNumber(position: position))
    }
}
