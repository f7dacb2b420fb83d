//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// What is looked up in a view: kept while somebody asks, and no longer.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Testing
import Twin

@testable import Server

@Suite(.timeLimit(.minutes(1))) struct `Glances` {
    private func view(_ count: Int) -> HospitalView {
        var hospital = Hospital(knowledge: .empty)
        _ = hospital.learn(Array(Ward.all.prefix(count)))
        return HospitalView(hospital)
    }

    @Test func `are of the view that was asked for, and one of the past does not put the newest out`() {
        let cache = GlanceCache()
        let (new, old) = (view(Ward.all.count), view(3))
        #expect(cache.glance(of: new).view.identity === new.identity)
        #expect(cache.glance(of: old).view.identity === old.identity)
        #expect(cache.answers(of: old).asOf == old.moment && cache.answers(of: new).asOf == new.moment)
        #expect(cache.answers(of: new).answers.count == 7)
    }

    @Test func `are let go when nobody asks any more`() async throws {
        let cache = GlanceCache(patience: .milliseconds(100))
        _ = cache.glance(of: view(5))
        #expect(!cache.isEmpty)
        while !cache.isEmpty { try await Task.sleep(for: .milliseconds(20)) }
        // And looked after again.
        _ = cache.answers(of: view(5))
        while !cache.isEmpty { try await Task.sleep(for: .milliseconds(20)) }
    }
}
