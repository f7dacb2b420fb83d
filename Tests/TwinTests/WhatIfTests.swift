//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// What if: which beds lose monitoring, and when nobody can say.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Testing

@testable import Twin

@Suite struct `What if` {
    /// Monitors 1 and 2 stand at beds 1 and 2 on sw-1, the monitor of bed 3 hangs on sw-2; number 9 is their server on sw-2.
    private func ward(isPlaced: Bool = true) -> HospitalView {
        var story = isPlaced ? Ward.tree : []
        for card in [1, 2, 3, 9] as [UInt64] { story.append(Ward.sighting(card, at: 0)) }
        if isPlaced {
            for card in [1, 2, 3] as [UInt64] { story.append(Ward.stands(card, at: "icu-\(card)", at: 0)) }
            story.append(Ward.say(.edge(Edge(.person("p-1"), .in, .location("icu-1"))), at: 0))
        }
        for day in 0..<20 as Range<Int64> {
            for card in [1, 2, 3] as [UInt64] { story.append(Ward.talk(card, 9, at: day * 1_440)) }
        }
        story += Ward.poll("sw-1", [1, 2], at: 30_000) + Ward.poll("sw-2", [3, 9], at: 30_000)
        var hospital = Hospital(knowledge: .empty)
        _ = hospital.learn(story)
        return HospitalView(hospital)
    }

    @Test func `a switch that fails cuts the beds behind it`() throws {
        let answer = try ward().consequences(of: .switchFails("sw-1"))
        #expect(answer.beds == ["icu-1", "icu-2"])
        #expect(answer.lost.count == 2)
        #expect(answer.people == 1)
        #expect(answer.ground.beds == 4)
        #expect(answer.ground.known == 3)
        #expect(answer.ground.unknown == 1)
    }

    @Test func `a server in quarantine is missed by whoever asks it every day`() throws {
        let view = ward()
        let server = try #require(view.rows.first { $0.mac.first?.bits == 0x0009_FB00_0009 })
        let answer = try view.consequences(of: .quarantine(server.id))
        #expect(answer.missed.count == 3)
        #expect(answer.missed.allSatisfy { $0.days >= 10 && $0.peer == server.id })
        #expect(answer.beds == ["icu-1", "icu-2", "icu-3"])
    }

    @Test func `a ward that closes takes its devices with it`() throws {
        let answer = try ward().consequences(of: .closes("icu"))
        #expect(answer.lost.count == 3)
        #expect(answer.beds == ["icu-1", "icu-2", "icu-3"])
    }

    @Test func `without any known bed the answer is cannot say, never none`() throws {
        let answer = try ward(isPlaced: false).consequences(of: .switchFails("sw-1"))
        #expect(answer.beds == nil)
        #expect(answer.lost.count == 2)
        #expect(answer.because.contains { $0.hasPrefix("Cannot say") })
    }

    @Test func `what is not there is refused by name`() {
        let view = ward()
        #expect(throws: WhatIfFailure.noSuchSwitch("sw-9")) { try view.consequences(of: .switchFails("sw-9")) }
        #expect(throws: WhatIfFailure.noSuchDevice("dev-0")) { try view.consequences(of: .quarantine("dev-0")) }
        #expect(throws: WhatIfFailure.noSuchPlace("moon")) { try view.consequences(of: .closes("moon")) }
    }

    @Test func `the fork never writes`() throws {
        let view = ward()
        let before = view.hospital.digest()
        _ = try view.consequences(of: .closes("icu"))
        #expect(view.hospital.digest() == before)
    }
}
