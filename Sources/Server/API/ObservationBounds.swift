//===----------------------------------------------------------------------===//
// Wardlight · Server
//
// Bounds of observations: what the rooms behind rely on, whoever hands them in.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Checks what comes from outside. The schema `Observation` of the description says the same.
enum ObservationBounds {
    /// How far ahead of ours a source's clock may be: a day, in nanoseconds.
    private static let ahead: Int64 = 86_400_000_000_000
    /// 2001-09-09: a clock that is older was never set.
    private static let earliest = Timestamp(seconds: 1_000_000_000)
    private static let longestName = 128
    /// Nothing in a hospital is measured beyond it.
    private static let largest = 1e12

    /// Makes an observation fit where that changes nothing of what it says.
    ///
    /// - Returns: why it cannot be taken; nil when it can.
    static func fit(_ observation: inout Observation, at now: Timestamp) -> String? {
        guard (1...longestName).contains(observation.site.unicodeScalars.count) else {
            return "`site` has 1 to 128 characters."
        }
        guard (1...longestName).contains(observation.sensor.unicodeScalars.count) else {
            return "`sensor` has 1 to 128 characters."
        }
        if let refusal = refusal(of: observation.occurred, at: now) { return refusal }
        switch observation.body {
        case .sighting(var sighting):
            if let refusal = fit(&sighting.span, at: now) ?? refusal(of: sighting.subject) { return refusal }
            if sighting.vlan ?? 0 > 4_094 { return "A VLAN has a number from 1 to 4094." }
            observation.body = .sighting(sighting)
        case .fact(var fact):
            if let refusal = fit(&fact.span, at: now) ?? refusal(of: fact.subject) { return refusal }
            guard fact.value.unicodeScalars.count <= 256 else { return "A fact's value has at most 256 characters." }
            // As sensors cut it: at a character, within 256 octets.
            while fact.value.utf8.count > 256 { fact.value.unicodeScalars.removeLast() }
            observation.body = .fact(fact)
        case .conversation(var talk):
            if let refusal = fit(&talk.span, at: now) ?? refusal(of: talk.client) ?? refusal(of: talk.server) {
                return refusal
            }
            if talk.service.name.utf8.count > longestName { return "A service's name has at most 128 octets." }
            observation.body = .conversation(talk)
        case .oddity(let oddity):
            if !(1...longestName).contains(oddity.name.utf8.count) { return "An oddity's name has 1 to 128 octets." }
        case .coverage(var coverage):
            if let refusal = refusal(of: coverage) { return refusal }
            if var span = coverage.span {
                if let refusal = fit(&span, at: now) { return refusal }
                coverage.span = span
                observation.body = .coverage(coverage)
            }
        case .measurement(let measurement): return refusal(of: measurement)
        case .edge(let edge): return refusal(of: edge.one) ?? refusal(of: edge.other)
        case .location(.stands(let place)):
            guard ([place.id] + [place.parent].compactMap(\.self)).allSatisfy(ValueKind.isLocation) else {
                return "A place's id has letters, digits and -._/ only."
            }
        case .location(.gone(let id)):
            if !ValueKind.isLocation(id) { return "A place's id has letters, digits and -._/ only." }
        default: break
        }
        return nil
    }

    private static func refusal(of moment: Timestamp, at now: Timestamp) -> String? {
        if moment < earliest { return "A moment before 2001-09-09 is of a clock that was never set." }
        let (difference, overflow) = moment.nanoseconds.subtractingReportingOverflow(now.nanoseconds)
        return overflow || difference > ahead ? "It lies in the future." : nil
    }

    /// Which end is first does not matter.
    private static func fit(_ span: inout Observation.Span, at now: Timestamp) -> String? {
        if span.first > span.last { span = Observation.Span(first: span.last, last: span.first) }
        return refusal(of: span.first, at: now) ?? refusal(of: span.last, at: now)
    }

    private static func refusal(of subject: Subject) -> String? {
        if subject == Subject() { return "It does not say whom it is about (`subject`)." }
        guard let child = subject.child else { return nil }
        let halves = child.utf8.split(separator: UInt8(ascii: ":"), maxSplits: 1, omittingEmptySubsequences: false)
        let isGood =
            halves.count == 2 && (1...16).contains(halves[0].count) && (1...128).contains(halves[1].count)
            && halves[0].allSatisfy { (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) }
            && halves[1].allSatisfy { (0x20...0x7E).contains($0) }
        return isGood ? nil : "`child` is a kind, a colon and 1 to 128 printable characters: serial:FR-0042."
    }

    private static func refusal(of coverage: Coverage) -> String? {
        guard (1...256).contains(coverage.input.unicodeScalars.count) else {
            return "An input's name has 1 to 256 characters."
        }
        guard coverage.linkTypes.count <= 16, coverage.linkTypes.allSatisfy({ $0.unicodeScalars.count <= 64 }) else {
            return "An input has at most 16 link types."
        }
        guard [coverage.problem, coverage.cure].allSatisfy({ ($0 ?? "").unicodeScalars.count <= 512 }) else {
            return "A problem and its cure have at most 512 characters each."
        }
        return nil
    }

    private static func refusal(of measurement: Measurement) -> String? {
        guard measurement.metric.utf8.allSatisfy({ isName($0) }), !measurement.metric.isEmpty,
            measurement.metric.utf8.count <= Measurement.longestMetric
        else { return "A metric has 1 to 64 letters, digits and _.- only." }
        guard measurement.unit.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            return "A unit (UCUM) has printable characters only."
        }
        guard abs(measurement.value) <= largest else { return "A value lies within a billion thousands of zero." }
        return refusal(of: measurement.subject)
    }

    private static func refusal(of end: Edge.End) -> String? {
        switch end {
        case .device(let subject): refusal(of: subject)
        case .location(let id): ValueKind.isLocation(id) ? nil : "A place's id has letters, digits and -._/ only."
        case .person(let reference):
            reference.utf8.allSatisfy { isName($0) } && (1...Edge.longestReference).contains(reference.utf8.count)
                ? nil : "A person's reference has 1 to 64 letters, digits and _.- only: a number, never a name."
        }
    }

    private static func isName(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x5F
            || byte == 0x2E || byte == 0x2D
    }
}
