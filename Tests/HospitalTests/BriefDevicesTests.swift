//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Brief devices: a hospital that is judged with the evidence left out is judged the same.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Inventory
import Model
import Support
import Testing
import Twin

/// Goal: what is left out of a device while the whole is judged changes nothing of the whole, and comes back to the letter.
@Suite(.enabled(if: Rounds.hasPrefixes, "Debian's ieee-data is not installed"))
struct `Devices in brief` {
    private func compare(_ hospital: Hospital, sourceLocation: SourceLocation = #_sourceLocation) {
        let full = hospital.assess()
        var brief = hospital.assess(isBrief: true)
        let left = brief.devices.reduce(0) { $0 + $1.history.count + $1.facts.count }
        let all = full.devices.reduce(0) { $0 + $1.history.count + $1.facts.count }
        #expect(left * 4 < all, "\(left) of \(all) are left", sourceLocation: sourceLocation)
        #expect(zip(brief.devices, full.devices).allSatisfy { $0.risk?.product == $1.risk?.product })
        brief.devices = brief.devices.map { hospital.told($0) }
        let others = zip(brief.devices, full.devices).filter { $0 != $1 }.map(\.0.id)
        #expect(others.isEmpty, sourceLocation: sourceLocation)
        #expect(brief == full, sourceLocation: sourceLocation)
    }

    @Test(.enabled(if: Recordings.areHere)) func `of every recording`() throws {
        var hospital = Hospital(knowledge: try #require(Rounds.knowledge))
        for (number, path) in Recordings.allCaptures().enumerated() {
            let bytes = try Recordings.capture(path)
            guard bytes.count < 1 << 20 else { continue }
            hear(bytes, site: "site-\(number % 7)", input: path) { _ = hospital.learn($0) }
        }
        #expect(hospital.inventory.count > 500)
        compare(hospital)
    }

    @Test(arguments: [7, 2_026] as [UInt64]) func `judged by two at once they are the same`(seed: UInt64) async throws {
        var hospital = Hospital(knowledge: try #require(Rounds.knowledge))
        hearPretend(seed: seed) { _ = hospital.learn($0) }
        let (one, two) = (HospitalView(hospital), await HospitalView.judged(hospital))
        #expect(one.snapshot.devices.count > 100 && one.snapshot == two.snapshot)
        #expect(Array(one.rows) == Array(two.rows) && one.sortedFindings == two.sortedFindings)
        for count in [1, 2, 3, 7, 1_000] {
            let shares = (0..<count).flatMap { hospital.inventory.devices(Inventory.Share($0, of: count)) { _ in } }
            #expect(shares.map(\.id) == one.snapshot.devices.map(\.id), "\(count) shares")
        }
    }

    @Test(arguments: [7, 2_026] as [UInt64]) func `of a pretend one with switches, rogues and peripherals`(
        seed: UInt64
    ) throws {
        var hospital = Hospital(knowledge: try #require(Rounds.knowledge))
        hearPretend(seed: seed) { _ = hospital.learn($0) }
        compare(hospital)
    }
}
