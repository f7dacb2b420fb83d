//===----------------------------------------------------------------------===//
// Wardlight · Store
//
// Questions to the projection: pages of devices and findings, and what a follower missed.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import GRDB
import Model

extension Projection {
    // MARK: Devices

    /// A page of the devices that a query asks for.
    public func devices(matching query: DeviceQuery) async throws -> DevicePage {
        let number = number
        return try await read { database in
            var filter = Filter()
            filter.add("device.site = ?", query.site)
            filter.add("device.class = ?", query.deviceClass?.rawValue)
            filter.add("device.agent = ?", query.agent)
            if let stale = query.isStale { filter.add("device.stale = ?", stale) }
            if let found = query.hasFindings { filter.add(found ? "device.findings > 0" : "device.findings = 0") }
            filter.add(set: "SELECT device FROM device_place WHERE location = ?", query.location)
            filter.add(
                set: "SELECT rowid FROM device_text WHERE device_text MATCH ?", query.text.flatMap { Self.words($0) })
            let total = try Int.fetchOne(database, sql: filter.count, arguments: filter.arguments) ?? 0
            let column = Self.column(of: query.order)
            let (than, way) = query.isDescending ? ("<", "DESC") : (">", "ASC")
            if let after = query.after {
                filter.add("(device.\(column), device.id) \(than) (?, ?)", after.value, after.id)
            }
            let limit = max(1, min(query.limit, DeviceQuery.mostRows))
            // Which ones, by the index alone; then their rows.
            let rows = try Data.fetchAll(
                database,
                sql: """
                    SELECT device.body FROM (
                        SELECT number AS chosen FROM device \(filter.sql(isCommon: total > Self.common))
                        ORDER BY device.\(column) \(way), device.id \(way) LIMIT \(limit + 1))
                    CROSS JOIN device ON device.number = chosen
                    ORDER BY device.\(column) \(way), device.id \(way)
                    """, arguments: filter.arguments)
            let devices = try rows.prefix(limit).map { try RowForm.decode(DeviceSummary.self, $0) }
            let next =
                rows.count > limit
                ? devices.last.map { DeviceQuery.Cursor(value: $0.sortValue(query.order), id: $0.id) } : nil
            return DevicePage(devices: devices, next: next, total: total, number: number)
        }
    }

    /// From so many rows on a walk through the order's index comes to a page sooner than sorting all that was found.
    private static let common = 2_000

    private static func column(of order: DeviceQuery.Order) -> String {
        switch order {
        case .id: "id"
        case .name: "by_name"
        case .lastSeen: "by_seen"
        case .risk: "by_risk"
        case .severity: "by_severity"
        }
    }

    /// Each word as the beginning of one, in quotes, so that nothing in it is an operator of FTS5; nil without any.
    private static func words(_ text: String) -> String? {
        let words = text.prefix(DeviceQuery.mostText).lowercased().split { !$0.isLetter && !$0.isNumber }
        return words.isEmpty ? nil : words.map { "\"\($0)\"*" }.joined(separator: " ")
    }

    // MARK: Findings

    public func findings(matching query: FindingQuery) async throws -> FindingPage {
        let number = number
        return try await read { database in
            var filter = Filter()
            filter.add("site = ?", query.site)
            filter.add("device = ?", query.device)
            filter.add("rule = ?", query.rule)
            if let severity = query.severity { filter.add("rank >= ?", severity.rank) }
            let total =
                try Int.fetchOne(
                    database, sql: "SELECT count(*) FROM finding \(filter.sql())", arguments: filter.arguments) ?? 0
            filter.add("sort > ?", query.after)
            let limit = max(1, min(query.limit, DeviceQuery.mostRows))
            let rows = try Data.fetchAll(
                database, sql: "SELECT body FROM finding \(filter.sql()) ORDER BY sort LIMIT \(limit + 1)",
                arguments: filter.arguments)
            let findings = try rows.prefix(limit).map { try RowForm.decode(FindingSummary.self, $0) }
            return FindingPage(
                findings: findings, next: rows.count > limit ? findings.last?.sortValue : nil, total: total,
                number: number)
        }
    }

    // MARK: Events

    /// What was told after a number, in order.
    public func events(after: EventNumber, limit: Int) async throws -> MissedEvents {
        let newest = number
        // A number that was never told here is of another log, or of one that is no more.
        if after > newest { return .tooOld(newest: newest) }
        return try await read { database in
            let text = try String.fetchOne(database, sql: "SELECT value FROM meta WHERE key = 'forgotten'")
            if let forgotten = text.flatMap({ EventNumber($0) }), after < forgotten { return .tooOld(newest: newest) }
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT position, part, line FROM event WHERE (position, part) > (?, ?)
                    ORDER BY position, part LIMIT ?
                    """, arguments: [Int64(clamping: after.position), Int64(after.part), max(1, limit)])
            return .events(
                rows.map { row in
                    let (position, part, line): (Int64, Int64, Data) = (row[0], row[1], row[2])
                    let number = EventNumber(position: UInt64(clamping: position), part: UInt32(clamping: part))
                    return StoredEvent(number: number, line: [UInt8](line))
                })
        }
    }

    /// Begins to keep events behind a number: whoever has seen less begins anew.
    public func begin(after number: EventNumber) throws {
        try put(Publication(number: number, recorded: nil, changes: []))
        try forgetAll(upTo: number)
    }
}

/// Conditions joined by AND.
private struct Filter {
    private var conditions: [String] = []
    private var values = StatementArguments()
    /// Queries that give numbers of devices.
    private var sets: [String] = []
    private var valuesOfSets = StatementArguments()

    var arguments: StatementArguments { values + valuesOfSets }

    /// - Parameter isCommon: whether sets are asked row by row, along another index, instead of leading to the rows.
    func sql(isCommon: Bool = false) -> String {
        // A plus sign: SQLite does not look the number up (https://sqlite.org/optoverview.html, 3).
        let sets = sets.map { "\(isCommon ? "+" : "")device.number IN (\($0))" }
        let all = conditions + sets
        return all.isEmpty ? "" : "WHERE " + all.joined(separator: " AND ")
    }

    /// How many devices it lets through. What only one set chooses is as many as are in the set.
    var count: String {
        if conditions.isEmpty, sets.count == 1, let set = sets.first { return "SELECT count(*) FROM (\(set))" }
        return "SELECT count(*) FROM device \(sql())"
    }

    mutating func add(_ condition: String) { conditions.append(condition) }

    /// Nothing where the value is not asked for.
    mutating func add(_ condition: String, _ values: (any DatabaseValueConvertible)?...) {
        let values = values.compactMap(\.self)
        guard !values.isEmpty else { return }
        conditions.append(condition)
        self.values += StatementArguments(values)
    }

    mutating func add(set: String, _ value: (any DatabaseValueConvertible)?) {
        guard let value else { return }
        sets.append(set)
        valuesOfSets += StatementArguments([value])
    }
}
