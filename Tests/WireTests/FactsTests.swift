//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Facts: the sink's limits, and whose a fact is when they are reached.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Testing
import Wire

@Suite struct `The sink of facts` {
    private func values(_ facts: Facts) -> [String] {
        facts.entries.map { entry in
            let value = facts.value(of: entry)
            return String(decoding: value.indices.map { value[$0] }, as: UTF8.self)
        }
    }

    @Test func `a device for which there is no place left is not taken for the one before it`() {
        var facts = Facts()
        for number in 0..<70 {
            facts.aboutChild("serial:\(number)")
            facts.add(.hl7Serial, "\(number)")
        }
        #expect(facts.children.count == 64)
        #expect(values(facts) == (0..<64).map(String.init))
        for (index, entry) in facts.entries.enumerated() { #expect(entry.about == .child(index)) }
        #expect(facts.oddities.contains(.factsFull))
        facts.aboutChild("serial:7")
        facts.add(.hl7Serial, "again")
        facts.about = .sender
        facts.add(.hl7SendingApplication, "GATEWAY")
        #expect(facts.entries.suffix(2).map(\.about) == [.child(7), .sender])
    }

    @Test func `a value that was begun and never ended leaves nothing behind`() {
        var facts = Facts()
        for _ in 0..<1_000 {
            facts.clear()
            facts.open(.dhcpHostname)
            facts.put("half")
        }
        facts.clear()
        facts.open(.dhcpHostname)
        facts.put("half")
        facts.add(.dhcpHostname, "whole")
        #expect(values(facts) == ["whole"])
    }

    @Test func `more than fits is dropped and counted`() {
        var facts = Facts()
        for number in 0..<400 { facts.add(.dhcpHostname, String(repeating: "a", count: 300) + "\(number)") }
        #expect(facts.entries.count == Facts.maximumBytes / Facts.maximumValue)
        #expect(values(facts).allSatisfy { $0.utf8.count == Facts.maximumValue })
        #expect(facts.oddities.contains(.factsFull))
        facts.clear()
        for number in 0..<400 { facts.add(.dhcpHostname, decimal: UInt64(number)) }
        #expect(facts.entries.count == Facts.maximumFacts)
    }
}
