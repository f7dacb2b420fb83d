//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// The projection: rows, searches, pages, missed events, and when it is made anew.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model
import Support
import Testing

@testable import Store

@Suite struct `The projection` {
    private func row(_ number: Int, _ change: (inout DeviceSummary) -> Void = { _ in }) -> DeviceSummary {
        let digits = String(number)
        var row = DeviceSummary(
            id: "dev-" + String(repeating: "0", count: 12 - digits.count) + digits,
            site: number % 2 == 0 ? "north" : "south",
            firstSeen: Timestamp(seconds: 1_000), lastSeen: Timestamp(seconds: 2_000 + Int64(number)))
        row.name = "pump-\(number)"
        row.mac = [HardwareAddress(bits: 0x0009_FB00_0000 + UInt64(number))]
        row.deviceClass = .medical
        change(&row)
        return row
    }

    private func publication(_ number: UInt64, _ devices: [DeviceSummary], gone: [String] = []) -> Publication {
        var publication = Publication(number: EventNumber(position: number), recorded: nil, changes: [])
        publication.devices = devices
        publication.goneDevices = gone
        publication.event = Array(#"{"number": "\#(number)"}"#.utf8)
        return publication
    }

    private func ids(_ projection: Projection, _ change: (inout DeviceQuery) -> Void) async throws -> [String] {
        var query = DeviceQuery()
        change(&query)
        return try await projection.devices(matching: query).devices.map(\.id)
    }

    @Test func `what was just put is found, and what is gone is not`() async throws {
        let scratch = try Scratch()
        let projection = try Projection(scratch.path("p.db"), mark: "a")
        try projection.put(publication(1, (1...5).map { row($0) }))
        #expect(try await ids(projection) { $0.text = "PUMP 3" } == [row(3).id])
        #expect(try await ids(projection) { $0.text = "00:09:fb:00:00:04" } == [row(4).id])
        try projection.put(publication(2, [row(3) { $0.name = "Beatmung Süd" }], gone: [row(4).id]))
        #expect(try await ids(projection) { $0.text = "pump-3" } == [])
        #expect(try await ids(projection) { $0.text = "süd" } == [row(3).id])
        #expect(try await ids(projection) { $0.text = "00:09:fb:00:00:04" } == [])
        let page = try await projection.devices(matching: DeviceQuery())
        #expect(page.total == 4)
        #expect(page.number == EventNumber(position: 2))
    }

    @Test(arguments: [
        "'; DROP TABLE device; --", #"" OR 1=1 --"#, "name:*", "NEAR(a b)", "pump OR 3", "-pump", "((((", "*", "\u{0}",
        "<script>alert(1)</script>",
    ])
    func `nothing in a search is an operator`(text: String) async throws {
        let scratch = try Scratch()
        let projection = try Projection(scratch.path("p.db"), mark: "a")
        try projection.put(publication(1, [row(1), row(2) { $0.name = text }]))
        let found = try await ids(projection) { $0.text = text }
        // Every word of it begins a word of the second; where it holds no word at all, nothing is asked for.
        #expect(found.contains(row(2).id))
        #expect(try await projection.devices(matching: DeviceQuery()).total == 2)
    }

    @Test(arguments: DeviceQuery.Order.allCases, [false, true])
    func `pages hold every row once, in order, while rows come and go`(
        order: DeviceQuery.Order, isDescending: Bool
    ) async throws {
        let scratch = try Scratch()
        let projection = try Projection(scratch.path("p.db"), mark: "a")
        let rows = (1...250).map { number in
            row(number) {
                $0.risk = number % 26
                $0.severity = Finding.Severity.allCases[number % 5]
                $0.name = "name \(number % 40)"
            }
        }
        try projection.put(publication(1, rows))
        var query = DeviceQuery()
        (query.order, query.isDescending, query.limit) = (order, isDescending, 33)
        var seen: [DeviceSummary] = []
        var turn: UInt64 = 2
        repeat {
            let page = try await projection.devices(matching: query)
            seen += page.devices
            query.after = page.next
            // One that was shown already goes while the reader turns the page.
            try projection.put(publication(turn, [], gone: [seen[0].id]))
            turn += 1
        } while query.after != nil
        let sorted = rows.sorted { ($0.sortValue(order), $0.id) < ($1.sortValue(order), $1.id) }
        #expect(seen.map(\.id) == (isDescending ? sorted.reversed() : sorted).map(\.id))
    }

    @Test func `conditions hold together`() async throws {
        let scratch = try Scratch()
        let projection = try Projection(scratch.path("p.db"), mark: "a")
        let rows = (1...40).map { number in
            row(number) {
                $0.isStale = number % 3 == 0
                $0.findings = number % 4
                $0.agent = number % 5 == 0 ? "sw-1" : nil
                $0.deviceClass = number % 2 == 0 ? .medical : .it
                if number % 7 == 0 {
                    $0.whereabouts = DeviceSummary.Whereabouts(
                        location: "bed-\(number)", path: ["bed-\(number)", "icu", "north"], words: "bed", since: .epoch,
                        source: "edge")
                }
            }
        }
        try projection.put(publication(1, rows))
        func expected(_ holds: (DeviceSummary) -> Bool) -> Set<String> { Set(rows.filter(holds).map(\.id)) }
        #expect(try await Set(ids(projection) { $0.location = "icu" }) == expected { $0.whereabouts != nil })
        #expect(try await Set(ids(projection) { $0.location = "bed-7" }) == [row(7).id])
        #expect(
            try await Set(
                ids(projection) {
                    ($0.isStale, $0.hasFindings, $0.deviceClass) = (true, false, .medical)
                }) == expected { $0.isStale && $0.findings == 0 && $0.deviceClass == .medical })
        #expect(
            try await Set(ids(projection) { ($0.site, $0.agent) = ("north", "sw-1") })
                == expected { $0.site == "north" && $0.agent == "sw-1" })
    }

    @Test func `a follower who comes back gets what it missed, once`() async throws {
        let scratch = try Scratch()
        let projection = try Projection(scratch.path("p.db"), mark: "a")
        try projection.begin(after: EventNumber(position: 0))
        for number in 1...30 as ClosedRange<UInt64> { try projection.put(publication(number, [])) }
        var seen: [EventNumber] = []
        var last = EventNumber(position: 11)
        while case .events(let events) = try await projection.events(after: last, limit: 7), let newest = events.last {
            seen += events.map(\.number)
            last = newest.number
        }
        #expect(seen.map(\.position) == Array(12...30))
    }

    @Test func `what is no longer kept is a reset, not a gap`() async throws {
        let scratch = try Scratch()
        let limits = Projection.Limits(events: 20, batch: 5)
        let projection = try Projection(scratch.path("p.db"), mark: "a", limits: limits)
        try projection.begin(after: EventNumber(position: 0))
        for number in 1...100 as ClosedRange<UInt64> { try projection.put(publication(number, [])) }
        var oldest: UInt64?
        for number in 0...100 as ClosedRange<UInt64> {
            switch try await projection.events(after: EventNumber(position: number), limit: 1_000) {
            case .tooOld(let newest):
                #expect(oldest == nil, "behind a number that is kept all are")
                #expect(newest == EventNumber(position: 100))
            case .events(let events):
                oldest = oldest ?? number
                #expect(events.map(\.number.position) == Array((number + 1)..<101))
            }
        }
        #expect((75...80).contains(oldest ?? 0))
        // A number that was never told here is of another log.
        guard case .tooOld = try await projection.events(after: EventNumber(position: 101), limit: 1) else {
            Issue.record("a number of the future is a reset")
            return
        }
    }

    @Test func `it is kept through a restart, and made anew for another program`() async throws {
        let scratch = try Scratch()
        let path = scratch.path("p.db")
        var projection = try Projection(path, mark: "a")
        #expect(!projection.isFilled)
        try projection.put(publication(9, [row(1), row(2)]))
        try projection.close()
        projection = try Projection(path, mark: "a")
        #expect(projection.isFilled)
        #expect(projection.number == EventNumber(position: 9))
        #expect(try projection.shown().devices.sorted { $0.id < $1.id } == [row(1), row(2)])
        try projection.close()
        projection = try Projection(path, mark: "b")
        #expect(!projection.isFilled)
        #expect(try projection.shown().devices.isEmpty)
        try projection.close()
        try Data("no database".utf8).write(to: URL(fileURLWithPath: path))
        #expect(try !Projection(path, mark: "b").isFilled)
    }

    @Test func `only its user may read it`() throws {
        let scratch = try Scratch()
        _ = try Projection(scratch.path("p.db"), mark: "a")
        let mode = try FileManager.default.attributesOfItem(atPath: scratch.path("p.db"))[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }
}
