//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// The register: what people let in, what they take back, and what is over.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Ledger
import Model
import Support
import Testing

/// Goal: a loan ends on its day, by the word of the person who spoke last.
@Suite struct `The register` {
    private let card = Subject(hardware: HardwareAddress(1))
    private let lastDay = Timestamp(rfc3339: "2026-03-31T23:59:59.999999999Z") ?? .epoch

    private func said(
        _ act: Observation.Decision.Act, at time: Timestamp = noon, by: String = "Ruth Weber", site: String = "main"
    ) -> Observation {
        Observation(
            site: site, sensor: "wardlight", occurred: time,
            body: .decision(.init(act: act, by: by, reason: "the maker lends it")))
    }

    private func accepted(
        _ kind: Acceptance.Ownership, until: Timestamp?, at time: Timestamp = noon, by: String = "Ruth Weber"
    ) -> Observation { said(.accept(card, Acceptance(ownership: kind, until: until)), at: time, by: by) }

    private func register(_ words: [Observation]) -> Register {
        var register = Register()
        for word in words { register.learn(word) }
        return register
    }

    @Test func `keeps the later word, in whatever order it hears them`() {
        let words = [
            accepted(.trial, until: lastDay), accepted(.loaner, until: lastDay, at: noon.adding(seconds: 1)),
            accepted(.rental, until: lastDay, at: noon.adding(seconds: 1), by: "Ada Berg"),
        ]
        for order in [[0, 1, 2], [2, 1, 0], [1, 0, 2]] {
            let standing = register(order.map { words[$0] }).acceptance(site: "main", device: device("d", mac: [1]))
            #expect(standing?.content.ownership == .rental)
            #expect(standing?.by == "Ada Berg")
        }
    }

    @Test func `forgets what was taken back, and older news does not bring it back`() {
        let withdrawn = said(.accept(card, nil), at: noon.adding(seconds: 5))
        for words in [[accepted(.owned, until: nil), withdrawn], [withdrawn, accepted(.owned, until: nil)]] {
            #expect(register(words).acceptance(site: "main", device: device("d", mac: [1])) == nil)
        }
        let again = accepted(.owned, until: nil, at: noon.adding(seconds: 6))
        #expect(register([withdrawn, again]).acceptance(site: "main", device: device("d", mac: [1])) != nil)
    }

    @Test func `knows a device by any of its addresses, at its site only`() {
        let register = register([accepted(.owned, until: nil)])
        #expect(register.acceptance(site: "main", device: device("d", mac: [7, 1])) != nil)
        #expect(register.acceptance(site: "north", device: device("d", mac: [1])) == nil)
        #expect(register.acceptance(site: "main", device: device("d", mac: [2])) == nil)
    }

    @Test func `knows a device behind a gateway by what names it`() throws {
        var child = device("c")
        child.eui64 = ["00A037009A0053DE"]
        let named = register([said(.accept(Subject(child: "eui64:00a037009a0053de"), Acceptance(ownership: .owned)))])
        #expect(named.acceptance(site: "main", device: child) != nil)
        var pump = device("p", serial: "SIM7001")
        pump.parent = "g"
        let subject = Subject(hardware: HardwareAddress(9), child: "serial:SIM7001")
        let numbered = register([said(.accept(subject, Acceptance(ownership: .owned)))])
        #expect(numbered.acceptance(site: "main", device: pump, parent: device("g", mac: [9])) != nil)
        #expect(numbered.acceptance(site: "main", device: pump, parent: device("h", mac: [8])) == nil)
        // What is said of a device behind it is not said of the gateway.
        #expect(numbered.acceptance(site: "main", device: device("g", mac: [9])) == nil)
    }

    private func findings(_ words: [Observation], seen: Timestamp, now: Timestamp) -> [String] {
        var snapshot = InventorySnapshot(
            devices: [device("d", mac: [1], seen: seen)], coverage: [], oddities: [:], evicted: 0, advice: [])
        register(words).complete(&snapshot, at: now)
        return snapshot.devices[0].findings.map(\.rule)
    }

    @Test func `tells a loan that is over from the first moment of the next day, if the device is still here`() {
        let words = [accepted(.loaner, until: lastDay)]
        let later = lastDay.adding(nanoseconds: 1)
        #expect(findings(words, seen: lastDay, now: lastDay) == [])
        #expect(findings(words, seen: later, now: later) == ["inventory.overdueLoan"])
        // It left in time, and only we look later.
        #expect(findings(words, seen: lastDay, now: later) == [])
        #expect(findings([accepted(.owned, until: nil)], seen: later, now: later) == [])
        let longer = accepted(.loaner, until: lastDay.adding(days: 30), at: noon.adding(seconds: 1))
        #expect(findings(words + [longer], seen: later, now: later) == [])
    }

    @Test func `tells a control that nobody looked at again, one for each advisory`() {
        func control(_ advisory: String?, _ review: Timestamp?) -> Observation.Decision.Act {
            .compensate(
                card, advisory: advisory,
                review.map {
                    CompensatingControl(advisory: advisory, measure: "own VLAN", owner: "Network team", review: $0)
                })
        }
        let words = [
            said(control("ICSMA-21-294-01", lastDay)), said(control(nil, lastDay.adding(days: 1))),
        ]
        #expect(findings(words, seen: noon, now: lastDay) == [])
        let later = lastDay.adding(nanoseconds: 1)
        #expect(findings(words, seen: noon, now: later) == ["inventory.overdueReview"])
        #expect(findings(words, seen: noon, now: later.adding(days: 1)).count == 2)
        let withdrawn = said(control("ICSMA-21-294-01", nil), at: noon.adding(seconds: 1))
        #expect(findings(words + [withdrawn], seen: noon, now: later) == [])
        let standing = register(words).controls(site: "main", device: device("d", mac: [1]))
        #expect(standing.map(\.content.advisory) == [nil, "ICSMA-21-294-01"])
    }

    @Test func `is bounded, and counts what found no room`() {
        var register = Register()
        for number in 0...Register.mostControls {
            let control = CompensatingControl(advisory: "A-\(number)", measure: "m", owner: "o", review: noon)
            register.learn(said(.compensate(card, advisory: control.advisory, control)))
        }
        #expect(register.controls(site: "main", device: device("d", mac: [1])).count == Register.mostControls)
        #expect(register.overflow == 1)
    }

    @Test func `has each of its findings in docs findings with an example, and no other`() throws {
        let text = try House.text("docs/findings.md")
        let listed = text.split(separator: "\n").filter { $0.hasPrefix("## `inventory.") }
            .map { String($0.dropFirst(4).prefix { $0 != "`" }) }
        #expect(listed.sorted() == LedgerRule.allCases.map(\.rawValue).sorted())
    }
}
