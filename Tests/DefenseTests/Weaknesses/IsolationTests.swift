//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// What isolating a device would stop: the page and the code say the same.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Defense
import Foundation
import Model
import Support
import Testing

/// Goal: nobody cuts off a device in the belief that nothing hangs on it.
@Suite struct `What isolating would stop` {
    @Test func `stands on the page as in the code, row by row`() throws {
        let text = try House.text("docs/patches.md")
        let rows = text.split(separator: "\n").filter { $0.hasPrefix("| ") && !$0.hasPrefix("| ---") }.dropFirst()
            .map { line in line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) } }
        #expect(rows.map { $0[0] } == Isolation.table.map { $0.types.joined(separator: ", ") })
        #expect(rows.map { $0[1] } == Isolation.table.map(\.stops))
    }

    @Test func `names each type once, as our rules name it`() throws {
        let types = Isolation.table.flatMap(\.types).map { $0.lowercased() }
        #expect(Set(types).count == types.count)
        for row in Isolation.table {
            for type in row.types {
                #expect(Isolation.stops(type: type, of: .medical) == row.stops)
                #expect(Isolation.stops(type: type.uppercased(), of: .unknown) == row.stops)
            }
        }
    }

    @Test(arguments: DeviceClass.allCases)
    func `is never silent, and never says that nothing hangs on it`(deviceClass: DeviceClass) {
        for type in [nil, "", "something new"] as [String?] {
            let words = Isolation.stops(type: type, of: deviceClass)
            #expect(!words.isEmpty && !words.contains("nothing"))
        }
        #expect(Isolation.stops(type: nil, of: .medical).contains("ask those who use it"))
    }
}
