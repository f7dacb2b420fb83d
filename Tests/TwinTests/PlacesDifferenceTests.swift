//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Places: from those of the log to those of the settings.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Testing
import Twin

private func room(_ id: String, in parent: String?, kind: Location.Kind = .room, name: String = "x") -> Location {
    Location(id: id, kind: kind, name: name, parent: parent)
}

private func places(_ locations: [Location]) -> Places {
    var places = Places()
    for location in locations { places.learn(.stands(location), at: Timestamp(seconds: 1)) }
    return places
}

@Suite struct `The difference between places` {
    private let north = room("n", in: nil, kind: .site)
    private let ward = room("n/w", in: "n", kind: .zone)
    private let one = room("n/w/1", in: "n/w")
    private let two = room("n/w/2", in: "n/w")

    @Test func `is nothing where nothing is different`() {
        #expect(places([north, ward, one]).difference(to: [north, ward, one]).isEmpty)
        #expect(Places().difference(to: []).isEmpty)
    }

    @Test func `at the first start is every place, outer ones first`() {
        #expect(Places().difference(to: [north, ward, one]) == [.stands(north), .stands(ward), .stands(one)])
    }

    @Test func `names what is new, what changed and what is gone, inner places first`() {
        let renamed = room("n/w/2", in: "n/w", name: "y")
        let found = places([north, ward, one, two]).difference(to: [north, renamed])
        #expect(found == [.gone("n/w/1"), .gone("n/w"), .stands(renamed)])
    }

    @Test func `once learnt leads to what was wanted, whatever stood before`() {
        var known = places([north, ward, two])
        let wanted = [north, room("n/w", in: "n", kind: .zone, name: "ICU"), one]
        for report in known.difference(to: wanted) { known.learn(report, at: Timestamp(seconds: 2)) }
        #expect(known.all == wanted.sorted { $0.id < $1.id } && known.difference(to: wanted).isEmpty)
    }

    @Test func `an id that is wanted twice, and a circle of parents, are no trouble`() {
        let found = Places().difference(to: [one, room("n/w/1", in: nil, name: "other")])
        #expect(found == [.stands(one)])
        let circle = places([room("a", in: "b"), room("b", in: "a")])
        #expect(circle.difference(to: []) == [.gone("a"), .gone("b")])
    }
}
