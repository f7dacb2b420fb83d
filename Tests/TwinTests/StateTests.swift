//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// A saved hospital: the same as the one that was saved, or refused by name.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Inventory
import Model
import Support
import Testing

@testable import Twin

/// Goal: a state is believed only where it must be right, and no state crashes the program.
@Suite struct `A saved hospital` {
    private static let conditions = StateConditions(program: "release one", others: ["people": "12"])

    /// A ward in some observations: devices, services, a switch, places, edges, readings, a decision.
    private static let story: [Observation] = {
        var told: [Observation] = []
        func tell(_ seconds: Int64, _ body: Observation.Body) {
            told.append(
                Observation(
                    site: "main", sensor: "ward", occurred: Timestamp(seconds: 1_772_438_700 + seconds), body: body))
        }
        func span(_ seconds: Int64) -> Observation.Span {
            let time = Timestamp(seconds: 1_772_438_700 + seconds)
            return Observation.Span(first: time, last: time)
        }
        let cards = (0..<6).map { HardwareAddress(bits: 0x0003_B100_0000 + UInt64($0)) }
        let subjects = cards.enumerated().map {
            Subject(hardware: $1, network: IPAddress(v4: 0x0A00_0010 + UInt32($0)))
        }
        tell(0, .knowledge(.init(name: "knowledge", digest: "1")))
        tell(0, .location(.stands(Location(id: "main/icu", kind: .zone, name: "ICU"))))
        tell(0, .location(.stands(Location(id: "main/icu/4", kind: .bed, name: "4", parent: "main/icu"))))
        for (place, subject) in subjects.enumerated() {
            let at = Int64(place * 10)
            tell(
                at,
                .sighting(.init(subject: subject, vlan: 10, span: span(at), packets: 4, bytes: 900, isBinding: true)))
            tell(
                at,
                .fact(
                    .init(subject: subject, field: .dhcpHostname, value: "pump-40\(place)A", span: span(at), count: 1)))
            tell(
                at,
                .conversation(
                    .init(
                        client: subject, server: subjects[0],
                        service: Service(name: "hl7", port: 2_575, transport: .tcp),
                        span: span(at), packets: 9, bytes: 1_000, isAnswered: true)))
            tell(
                at,
                .measurement(
                    Measurement(subject: subject, metric: "MDC_PULS_OXIM_SAT_O2", value: 97.5, unit: "%")))
        }
        tell(70, .edge(Edge(.device(subjects[1]), .at, .location("main/icu/4"))))
        tell(71, .edge(Edge(.person("p-1"), .in, .location("main/icu/4"))))
        for poll in 0..<3 as Range<Int64> {
            tell(80 + poll * 60, .switch(Switch(agent: "closet-1")))
            var port = SwitchPort(ifIndex: 1, name: "Gi1/0/1")
            (port.isUp, port.speed, port.partner) = (true, 1_000_000_000, ["1000BASE-T-FD"])
            tell(80 + poll * 60, .port(PortReport(agent: "closet-1", port: port)))
            tell(
                80 + poll * 60,
                .learned(
                    LearnedAddress(agent: "closet-1", hardware: cards[1], ifIndex: 1, vlan: 10, kind: .learned)))
        }
        tell(
            300,
            .decision(
                .init(
                    act: .accept(subjects[2], Acceptance(ownership: .loaner, until: nil)), by: "A. Night",
                    reason: "loan")))
        tell(301, .decision(.init(act: .merge(subjects[3], subjects[4]), by: "A. Night", reason: "one pump")))
        tell(
            302,
            .decision(.init(act: .correct(subjects[2], attribute: .model, value: "X"), by: "A. Night", reason: "seen")))
        tell(
            303,
            .decision(
                .init(
                    act: .compensate(
                        subjects[2], advisory: "CVE-1",
                        CompensatingControl(
                            advisory: "CVE-1", measure: "cable", owner: "IT", review: Timestamp(seconds: 1_800_000_000))
                    ),
                    by: "A. Night", reason: "seen")))
        var report = PeripheralReport(
            host: subjects[5], hostName: "desk", peripherals: [Peripheral(path: "1-1", vendorId: 1, productId: 2)])
        report.cards = [cards[5]]
        tell(304, .peripherals(report))
        tell(305, .tick)
        return told
    }()

    private static func hospital(_ count: Int = .max) -> Hospital {
        var hospital = Hospital(knowledge: .empty)
        _ = hospital.learn(Array(story.prefix(count)))
        return hospital
    }

    private static func load(_ bytes: [UInt8], _ conditions: StateConditions = conditions) throws -> Hospital {
        try Hospital(state: bytes, conditions, knowledge: .empty)
    }

    @Test func `goes on from any position as if it had never been away`() throws {
        let whole = Self.hospital()
        #expect(whole.inventory.count >= 5 && !whole.places.isEmpty && !whole.edges.isEmpty && !whole.readings.isEmpty)
        for position in 0...Self.story.count {
            var hospital = Self.hospital(position)
            let bytes = try hospital.stateBytes(Self.conditions, log: "ab")
            var loaded = try Self.load(bytes)
            #expect(loaded.digest() == hospital.digest(), "at \(position)")
            for observation in Self.story.dropFirst(position) {
                #expect(loaded.learn([observation]) == hospital.learn([observation]))
            }
            #expect(loaded.digest() == whole.digest(), "from \(position)")
            #expect(loaded.assess() == whole.assess())
            // What was loaded and goes on is saved again, and is the same again.
            let again = try Self.load(loaded.stateBytes(Self.conditions))
            #expect(again.digest() == whole.digest())
        }
    }

    @Test func `says of itself which hospital it is`() throws {
        let bytes = try Self.hospital().stateBytes(Self.conditions, log: "abcd")
        let heading = try Hospital.stateHeading(bytes)
        #expect(heading.position == UInt64(Self.story.count))
        #expect(heading.log == "abcd")
        #expect(heading.conditions == Self.conditions)
    }

    @Test func `is refused by name where anything else would judge it`() throws {
        let bytes = try Self.hospital().stateBytes(Self.conditions)
        var other = Self.conditions
        other.program = "release two"
        #expect(throws: StateRefusal.otherProgram("release one")) { try Self.load(bytes, other) }
        other = Self.conditions
        other.limits = InventoryLimits(devices: 20_000)
        #expect(throws: StateRefusal.otherLimits) { try Self.load(bytes, other) }
        other = Self.conditions
        other.others["people"] = "13"
        #expect(throws: StateRefusal.other("people")) { try Self.load(bytes, other) }
        other.others = [:]
        #expect(throws: StateRefusal.other("people")) { try Self.load(bytes, other) }
        let rules = try KnowledgeBase(rules: [("own.rules", "")], prefixes: .empty)
        #expect(throws: StateRefusal.otherKnowledge("")) {
            try Hospital(state: bytes, Self.conditions, knowledge: rules)
        }
        #expect(throws: StateRefusal.unknown) { try Self.load(Array("SQLite format 3".utf8)) }
        #expect(throws: StateRefusal.unknown) { try Self.load([]) }
    }

    @Test func `of a later release is called so`() throws {
        var bytes = try Self.hospital(3).stateBytes(Self.conditions)
        let place = Array("wardlight.state\n".utf8).count
        #expect(bytes[place] == 1)
        bytes[place] = 2
        #expect(throws: StateRefusal.tooNew(format: 2)) { try Self.load(bytes) }
    }

    @Test func `is refused when it is cut anywhere, or any bit of it is flipped`() throws {
        let bytes = try Self.hospital().stateBytes(Self.conditions)
        for end in 0..<bytes.count {
            #expect(throws: StateRefusal.self) { try Self.load(Array(bytes[..<end])) }
        }
        var generator = SeededGenerator(seed: 5)
        for _ in 0..<2_000 {
            var changed = bytes
            changed[Int.random(in: 0..<bytes.count, using: &generator)] ^=
                1 << UInt8.random(in: 0..<8, using: &generator)
            #expect(throws: StateRefusal.self) { try Self.load(changed) }
        }
    }

    /// Somebody who can write the file can write its sum as well.
    @Test func `with a right sum over wrong octets crashes nothing, neither when it is read nor when it goes on`()
        throws
    {
        let state = StateEncoder()
        try Self.hospital().write(to: state)
        let bytes = state.bytes
        var generator = SeededGenerator(seed: 6)
        var believed = 0
        for round in 0..<2_000 {
            var changed = bytes
            let place = Int.random(in: 0..<bytes.count, using: &generator)
            changed[place] =
                round % 2 == 0
                ? changed[place] ^ 1 << UInt8(round / 2 % 8) : UInt8.random(in: 0...255, using: &generator)
            var hospital = Hospital(knowledge: .empty)
            let decoder = StateDecoder(changed)
            guard (try? hospital.read(decoder, .empty, .standard)) != nil else { continue }
            believed += 1
            _ = hospital.learn(Self.story)
            _ = hospital.digest()
        }
        #expect(believed > 50)
    }
}
