//===----------------------------------------------------------------------===//
// Wardlight · Reports
//
// The advisory report: what is known of weaknesses, how it was checked, and how fresh it is.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// What was loaded, as `wardlight advisories list` shows it.
public struct AdvisoryReport: Sendable {
    private let set: AdvisorySet
    /// One line each.
    private let refusals: [String]

    public init(_ set: AdvisorySet, refusals: [String]) {
        self.set = set
        self.refusals = refusals
    }

    /// For people.
    ///
    /// - Parameter width: Columns of the terminal.
    public func text(width: Int) -> String {
        let columns = [
            Column(title: "Advisory", least: 12, most: 28, dispensable: 0),
            Column(title: "Revision", least: 3, most: 10, dispensable: 5),
            Column(title: "Updated", least: 10, most: 10, dispensable: 4),
            Column(title: "Rows", least: 4, most: 6, dispensable: 6),
            Column(title: "CVEs", least: 4, most: 5, dispensable: 7),
            Column(title: "Score", least: 4, most: 5, dispensable: 3),
            Column(title: "Exploited", least: 9, most: 9, dispensable: 2),
            Column(title: "Checked", least: 10, most: 10, dispensable: 1),
            Column(title: "Title", least: 10, most: 90, dispensable: 8),
        ]
        let rows = set.advisories.map { advisory in
            [
                advisory.id, advisory.revision, advisory.updated.map(Self.day) ?? InventoryTable.nothing,
                String(advisory.products.count), String(advisory.vulnerabilities.count),
                advisory.highestScore.map { "\($0 / 10).\($0 % 10)" } ?? InventoryTable.nothing,
                isExploited(advisory) ? "yes" : InventoryTable.nothing,
                Self.word(advisory.verification), advisory.title,
            ].map { SafeText.neutralised($0) }
        }
        let layout = ColumnLayout(columns, rows: rows, width: width)
        var lines: [String] = []
        if !rows.isEmpty { lines = [layout.line(columns.map(\.title))] + rows.map(layout.line) + [""] }
        lines += refusals.map { "refused: " + SafeText.neutralised($0) }
        lines.append(summary)
        if !set.exploited.isEmpty {
            lines.append(
                "Known exploited: \(SafeText.counted(UInt64(set.exploited.count), "CVE")), as of \(Self.moment(set.exploitedAsOf))."
            )
        }
        if !set.forecasts.isEmpty {
            lines.append(
                "Forecasts (EPSS): \(SafeText.counted(UInt64(set.forecasts.count), "CVE")), as of \(Self.moment(set.forecastsAsOf))."
            )
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private var summary: String {
        guard !set.isEmpty else { return "No advisory is imported: docs/advisories.md says where they are and how." }
        let rows = set.advisories.reduce(0) { $0 + $1.products.count }
        let unverified = set.advisories.count { $0.verification == .unverified }
        return "\(counted(set.advisories.count, "advisory", "advisories")) with \(counted(rows, "row", "rows"))"
            + (unverified > 0 ? ", \(unverified) of them unverified" : "") + "; newest of \(Self.moment(set.asOf))."
    }

    private func counted(_ count: Int, _ one: String, _ many: String) -> String {
        "\(SafeText.grouped(UInt64(max(0, count)))) \(count == 1 ? one : many)"
    }

    /// For machines.
    public var json: [UInt8] {
        var json = JSONWriter()
        json.beginObject()
        json.member("schema", "wardlight.advisories/1")
        json.member("digest", set.digest)
        json.member("asOf", set.asOf.map(String.init(describing:)))
        json.key("advisories")
        json.beginArray()
        for advisory in set.advisories { write(advisory, &json) }
        json.endArray()
        json.key("exploited")
        json.beginObject(inline: true)
        json.member("cves", set.exploited.count)
        json.member("asOf", set.exploitedAsOf.map(String.init(describing:)))
        json.endObject()
        json.key("forecasts")
        json.beginObject(inline: true)
        json.member("cves", set.forecasts.count)
        json.member("asOf", set.forecastsAsOf.map(String.init(describing:)))
        json.endObject()
        json.member("refused", refusals)
        json.endObject()
        json.newLine()
        return json.bytes
    }

    private func write(_ advisory: Advisory, _ json: inout JSONWriter) {
        json.beginObject()
        json.member("id", advisory.id)
        json.member("title", advisory.title)
        json.member("publisher", advisory.publisher)
        json.member("url", advisory.url)
        json.member("revision", advisory.revision)
        json.member("released", advisory.released.map(String.init(describing:)))
        json.member("updated", advisory.updated.map(String.init(describing:)))
        json.member("verification", advisory.verification.rawValue)
        json.member("digest", advisory.digest)
        json.member("rows", advisory.products.count)
        json.member("cves", advisory.vulnerabilities.map(\.cve))
        json.member("scoreTenths", advisory.highestScore)
        json.member("exploited", isExploited(advisory))
        json.endObject()
    }

    private func isExploited(_ advisory: Advisory) -> Bool {
        advisory.vulnerabilities.contains { set.exploited[$0.cve] != nil }
    }

    /// Colour is never the only signal, nor is a missing word.
    private static func word(_ verification: Advisory.Verification) -> String {
        switch verification {
        case .checksum: "checksum"
        case .unverified: "unverified"
        }
    }

    private static func day(_ moment: Timestamp) -> String { String("\(moment)".prefix(10)) }
    private static func moment(_ moment: Timestamp?) -> String { moment.map(day) ?? "no known day" }
}

extension Advisory {
    /// CVSS base score in tenths.
    var highestScore: Int? { vulnerabilities.compactMap(\.score).max() }
}
