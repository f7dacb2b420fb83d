//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Locations: which bed, since when, until when.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Testing

/// Goal: a device–bed edge says who claimed it and in which time, and no edge is made of what cannot be one.
@Suite struct `A device's beds` {
    private func fact(_ field: Field, _ value: String, _ first: Int64, _ last: Int64) -> FactSummary {
        FactSummary(
            field: field, value: value, count: 2,
            span: .init(first: Timestamp(seconds: first), last: Timestamp(seconds: last)))
    }

    private func beds(_ facts: [FactSummary]) -> [String] {
        var device = Device(id: "dev-1", site: "main", span: .init(first: .epoch, last: .epoch))
        device.facts = facts
        return device.locations.map { place in
            let end = place.until.map { "\($0.nanoseconds / 1_000_000_000)" } ?? "now"
            return "\(place.facility)/\(place.pointOfCare)/\(place.room)/\(place.bed) "
                + "\(place.since.nanoseconds / 1_000_000_000)-\(end)"
        }
    }

    /// The form of IEEE 11073-20701, 9.4.
    @Test func `an SDC scope names facility, point of care and bed`() {
        let scope =
            "sdc.ctxt.loc:/sdc.ctxt.loc.detail/HOSP%2F%2F%2FCU1%2F%2FBed%207?fac=HOSP&poc=CU1&rm=R%2F3&bed=Bed%207"
        #expect(beds([fact(.sdcLocation, scope, 5, 9)]) == ["HOSP/CU1/R/3/Bed 7 5-now"])
    }

    @Test(arguments: [
        ("building East / floor 2 / room 204 / bed 1", "East/floor 2/204/1"), ("room 204", "//204/"),
        ("ICU 2", "//ICU 2/"), ("East / Level 2", "//East / Level 2/"), ("a/b", "//a/b/"),
        ("building East / floor 2", "East/floor 2/building East / floor 2/"), ("room 1 / room 2", "//room 1 / room 2/"),
        ("room", "//room/"),
    ])
    func `a locating system's place is taken apart, or stays as it is`(text: String, place: String) {
        #expect(beds([fact(.sightingPlace, text, 5, 9)]) == ["\(place) 5-now"])
    }

    @Test func `a tag that comes and goes is where it was last, however many places it was at`() {
        let places = (1...9).map { fact(.sightingPlace, "room \($0)", 10, Int64(100 + $0)) }
        #expect(beds(places).filter { $0.hasSuffix("now") } == ["//9/ 10-now"])
    }

    @Test func `a device that moved was at one bed, then at the other`() {
        #expect(
            beds([
                fact(.hl7Location, "ICU^R7^B2^General", 10, 20), fact(.hl7Location, "ICU^R8^B1^General", 21, 30),
            ]) == ["General/ICU/R7/B2 10-20", "General/ICU/R8/B1 21-now"])
    }

    @Test func `back at the first bed, that one is the latest`() {
        #expect(
            beds([fact(.hl7Location, "ICU^^B2^", 10, 40), fact(.hl7Location, "ICU^^B3^", 20, 30)]) == [
                "/ICU//B2 10-now", "/ICU//B3 20-30",
            ])
    }

    @Test func `who speaks for several beds at once stands at none of them`() {
        let many = (1...3).map { fact(.hl7Location, "ICU^R\($0)^B\($0)^", Int64(10 + $0), 50) }
        #expect(beds(many) == [])
        #expect(beds(many + [fact(.intellivueBedLabel, "BED 9", 1, 2)]) == ["///BED 9 1-now"])
    }

    @Test(arguments: [
        "", "sdc.ctxt.loc:/a", "sdc.ctxt.loc:/a?", "sdc.ctxt.loc:/a?fac=HOSP&poc=CU1", "?bed", "?=x&bed=", "?%", "^^^",
        "A",
    ])
    func `a value without room or bed gives no edge`(value: String) {
        #expect(beds([fact(.sdcLocation, value, 1, 2)]) == [])
        #expect(beds([fact(.hl7Location, value, 1, 2)]) == [])
    }

    @Test func `broken percent signs stay as they are`() {
        #expect(beds([fact(.sdcLocation, "?bed=%4%zz%", 1, 2)]) == ["///%4%zz% 1-now"])
    }
}
