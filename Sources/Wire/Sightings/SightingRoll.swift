//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// Rolling sightings up: a million lines of the same few thousand devices are told once each.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Gathers what lines say until it is full or they end: each value once, with its count and span.
///
/// What is said comes in the order in which it was first said, so that the same lines give the same observations.
public struct SightingRoll: Sendable {
    /// Values of devices that are held at once: some 40 MiB. A hospital of 10,000 devices has as many in a day's lists.
    public static let mostHeld = 131_072

    private struct FactKey: Hashable {
        let subject: Subject
        let field: Field
        let value: String
    }
    private struct UseKey: Hashable {
        let subject: Subject
        let use: Device.Use
    }
    private struct SightingKey: Hashable {
        let subject: Subject
        let vlan: UInt16?
        let isBinding: Bool
    }
    private struct Told: Sendable {
        var span: Observation.Span
        var count: UInt64
    }

    private var sightings: [SightingKey: Int] = [:]
    private var facts: [FactKey: Int] = [:]
    private var uses: [UseKey: Int] = [:]
    private var stations: [HardwareAddress: Int] = [:]
    /// In order of first saying; spans are kept apart, so that bodies are made once, at the end.
    private var order: [(body: Observation.Body, told: Told)] = []

    public init() {}

    public var isFull: Bool { order.count >= Self.mostHeld }

    /// - Returns: Whether the line names a device.
    public mutating func add(_ line: SightingLine) -> Bool {
        guard let subject = line.subject else { return false }
        let span = line.span
        sight(subject, line, span)
        // What is said of a card is said of it wherever it is.
        var about = subject
        if about.hardware != nil, about.child == nil { about.network = nil }
        for (field, value) in line.facts {
            let key = FactKey(subject: about, field: field, value: value)
            if let place = facts[key] {
                add(span, line.count, at: place)
            } else {
                facts[key] = order.count
                hold(.fact(Observation.Fact(subject: about, field: field, value: value, span: span, count: 0)), line)
            }
        }
        for use in line.services { add(use, subject, line) }
        if let station = line.wireless { serve(station, line) }
        return true
    }

    private mutating func hold(_ body: Observation.Body, _ line: SightingLine) {
        order.append((body, Told(span: line.span, count: line.count)))
    }

    private mutating func add(_ span: Observation.Span, _ count: UInt64, at place: Int) {
        order[place].told.span.include(span)
        order[place].told.count &+= count
    }

    private mutating func sight(_ subject: Subject, _ line: SightingLine, _ span: Observation.Span) {
        let key = SightingKey(subject: subject, vlan: line.vlan, isBinding: line.isBinding)
        if let place = sightings[key] { return add(span, line.count, at: place) }
        sightings[key] = order.count
        hold(
            .sighting(
                Observation.Sighting(
                    subject: subject, vlan: line.vlan, span: span, packets: 0, bytes: 0, isBinding: line.isBinding)),
            line)
    }

    /// Who is at the other end is not told: the service is known of this end alone.
    private mutating func add(_ use: Device.Use, _ subject: Subject, _ line: SightingLine) {
        let key = UseKey(subject: subject, use: use)
        if let place = uses[key] { return add(line.span, line.count, at: place) }
        uses[key] = order.count
        let isServer = use.side == .server
        hold(
            .conversation(
                Observation.Conversation(
                    client: isServer ? Subject() : subject, server: isServer ? subject : Subject(),
                    service: use.service, span: line.span, packets: 0, bytes: 0, isAnswered: true)), line)
    }

    /// The newest word of where a station is on the air.
    private mutating func serve(_ station: WirelessStation, _ line: SightingLine) {
        guard let place = stations[station.hardware] else {
            stations[station.hardware] = order.count
            return hold(.wireless(station), line)
        }
        guard line.span.last >= order[place].told.span.last else { return }
        order[place].body = .wireless(station)
        order[place].told.span = Observation.Span(first: line.span.last, last: line.span.last)
    }

    /// Everything that was gathered, each with the moment it happened last; the roll is empty again.
    public mutating func take() -> [(body: Observation.Body, occurred: Timestamp)] {
        defer { self = SightingRoll() }
        return order.map { body, told in
            var body = body
            switch body {
            case .sighting(var sighting):
                sighting.span = told.span
                body = .sighting(sighting)
            case .fact(var fact):
                (fact.span, fact.count) = (told.span, told.count)
                body = .fact(fact)
            case .conversation(var talk):
                talk.span = told.span
                body = .conversation(talk)
            default: break
            }
            return (body, told.span.last)
        }
    }
}
