//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// A keeper with a log and a shelf in memory, and a ward that is easy to tell of.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Synchronization

@testable import Twin

/// A log in memory.
final class PaperLog: Ground, Sendable {
    private let blocks = Mutex<[LogBlock]>([])
    /// Positions before it are no longer kept.
    let oldest = Mutex<UInt64>(1)
    /// Will be the oldest as soon as somebody reads.
    let going = Mutex<UInt64?>(nil)

    @discardableResult
    func write(_ observations: [Observation]) -> LogBlock {
        blocks.withLock { blocks in
            let first = blocks.last?.end ?? 1
            let block = LogBlock(
                first: first, recorded: Timestamp(seconds: 2_000_000_000 + Int64(first)), observations: observations)
            blocks.append(block)
            return block
        }
    }

    func replay(from position: UInt64, _ body: (LogBlock) throws -> Void) throws {
        if let next = going.withLock({ $0 }) { oldest.withLock { $0 = next } }
        for block in blocks.withLock({ $0 }) where block.end > max(position, oldest.withLock { $0 }) { try body(block) }
    }

    func positions() throws -> Range<UInt64> {
        oldest.withLock { $0 }..<(blocks.withLock { $0.last?.end ?? 1 })
    }
}

/// A shelf in memory that can be made to refuse.
final class PaperShelf: Shelf, Sendable {
    struct Full: Error {}
    let rows = Mutex<[String: DeviceSummary]>([:])
    let findings = Mutex<[String: FindingSummary]>([:])
    let told = Mutex<[Publication]>([])
    let isFull = Mutex(false)

    func put(_ publication: Publication) throws {
        if isFull.withLock({ $0 }) { throw Full() }
        rows.withLock { rows in
            for id in publication.goneDevices { rows[id] = nil }
            for device in publication.devices { rows[device.id] = device }
        }
        findings.withLock { findings in
            for id in publication.goneFindings { findings[id] = nil }
            for finding in publication.findings { findings[finding.id] = finding }
        }
    }

    var tell: Keeper.Tell { { publication in self.told.withLock { $0.append(publication) } } }
    var notes: [ChangeNote] { told.withLock { $0.flatMap(\.changes) } }
}

/// Observations of a small ward, by hand.
enum Ward {
    static let start = Timestamp(seconds: 1_772_438_700)  // 2026-03-02T08:05:00Z

    static func minute(_ number: Int64) -> Timestamp { Timestamp(seconds: 1_772_438_700 + 60 * number) }

    static func card(_ number: UInt64) -> Subject {
        Subject(hardware: HardwareAddress(bits: 0x0009_FB00_0000 + number))
    }

    static func say(_ body: Observation.Body, at minute: Int64, site: String = "north") -> Observation {
        Observation(site: site, sensor: "test", occurred: Self.minute(minute), body: body)
    }

    static func sighting(_ number: UInt64, at minute: Int64) -> Observation {
        let moment = Self.minute(minute)
        return say(
            .sighting(
                Observation.Sighting(
                    subject: card(number), vlan: nil, span: Observation.Span(first: moment, last: moment), packets: 1,
                    bytes: 60)), at: minute)
    }

    static func fact(_ number: UInt64, _ field: Field, _ value: String, at minute: Int64) -> Observation {
        let moment = Self.minute(minute)
        return say(
            .fact(
                Observation.Fact(
                    subject: card(number), field: field, value: value,
                    span: Observation.Span(first: moment, last: moment), count: 1)), at: minute)
    }

    static func talk(_ client: UInt64, _ server: UInt64, at minute: Int64) -> Observation {
        let moment = Self.minute(minute)
        return say(
            .conversation(
                Observation.Conversation(
                    client: card(client), server: card(server),
                    service: Service(name: "hl7", port: 2575, transport: .tcp),
                    span: Observation.Span(first: moment, last: moment), packets: 4, bytes: 400, isAnswered: true)),
            at: minute)
    }

    static func reading(_ number: UInt64, _ value: Double, at minute: Int64) -> Observation {
        say(
            .measurement(
                Measurement(subject: card(number), metric: "MDC_TEMP_ROOM", value: value, unit: "Cel")), at: minute)
    }

    static func place(
        _ id: String, _ kind: Location.Kind, in parent: String?, aliases: [String] = [], at minute: Int64 = 0
    ) -> Observation {
        say(.location(.stands(Location(id: id, kind: kind, name: id, parent: parent, aliases: aliases))), at: minute)
    }

    static func stands(_ number: UInt64, at place: String, at minute: Int64) -> Observation {
        say(.edge(Edge(.device(card(number)), .at, .location(place))), at: minute)
    }

    /// Site `north` with ward `icu` and beds `icu-1` to `icu-4`.
    static var tree: [Observation] {
        [place("north", .site, in: nil), place("icu", .zone, in: "north")]
            + (1...4).map { place("icu-\($0)", .bed, in: "icu", aliases: ["ICU^^\($0)"]) }
    }

    /// A switch with some of the cards at its ports.
    static func poll(_ agent: String, _ cards: [UInt64], at minute: Int64, name: String? = nil) -> [Observation] {
        var about = Switch(agent: agent)
        about.name = name
        about.forwardingRows = cards.count
        var told = [say(.switch(about), at: minute)]
        for card in cards {
            let port = SwitchPort(ifIndex: UInt32(card), name: "p\(card)")
            told.append(say(.port(PortReport(agent: agent, port: port)), at: minute))
            told.append(
                say(
                    .learned(
                        LearnedAddress(
                            agent: agent, hardware: HardwareAddress(bits: 0x0009_FB00_0000 + card),
                            ifIndex: UInt32(card), vlan: nil, kind: .learned)), at: minute))
        }
        return told
    }
}
