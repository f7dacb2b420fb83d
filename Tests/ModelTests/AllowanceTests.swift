//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Allowances as one text: the same in any order, another when they are others.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Testing

@Suite struct `Allowances as one text` {
    @Test func `is the same in any order, and another where anything is another`() {
        var one = Allowances()
        #expect(one.canonical == "")
        one.smallSwitches = [.init(agent: "a", port: "p 1"), .init(agent: "b", port: "p")]
        one.peripherals = [.init(vendorId: 0x05E0, productId: nil), .init(vendorId: 0x05E0, productId: 0x1200)]
        one.zones = ["a": "imaging", "b": "wards"]
        var other = one
        other.smallSwitches.reverse()
        other.peripherals.reverse()
        #expect(one.canonical == other.canonical)
        other.zones["b"] = "imaging"
        #expect(one.canonical != other.canonical)
        var (first, second) = (Allowances(), Allowances())
        // What one text holds cannot pass for two.
        first.zones = ["a": "x\nzone 1:b 1:y"]
        second.zones = ["a": "x", "b": "y"]
        #expect(first.canonical != second.canonical)
    }
}
