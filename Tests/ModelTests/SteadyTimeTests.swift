//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Steady time: what a jump of the machine's clock does to ages and order.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Testing

@Suite struct `Steady time` {
    private static let second: Int64 = 1_000_000_000
    private static let hour: Int64 = 3_600 * second
    private let begin = Timestamp(seconds: 1_800_000_000)

    private func machine(_ nanoseconds: Int64) -> Timestamp {
        Timestamp(nanoseconds: begin.nanoseconds + nanoseconds)
    }

    @Test func `is the machine's while nobody sets it, and follows small corrections`() {
        var time = SteadyTime(machine: begin, steady: 0)
        #expect(time.advance(machine: machine(10 * Self.second), steady: 10 * Self.second) == 0)
        #expect(time.moment == machine(10 * Self.second) && time.lead == 0)
        // A second forward is followed; a second back is waited for.
        #expect(time.advance(machine: machine(12 * Self.second), steady: 11 * Self.second) == 0)
        #expect(time.moment == machine(12 * Self.second))
        #expect(time.advance(machine: machine(12 * Self.second), steady: 12 * Self.second) == 0)
        #expect(time.moment == machine(12 * Self.second) && time.lead == 0)
    }

    @Test(arguments: [Int64(1), -1])
    func `of an hour's jump goes on second by second, and has drawn near after ten hours`(sign: Int64) {
        var time = SteadyTime(machine: begin, steady: 0)
        let jump = sign * Self.hour
        #expect(time.advance(machine: machine(jump + Self.second), steady: Self.second) == jump)
        var last = time.moment
        #expect(abs(last.nanoseconds - begin.nanoseconds - Self.second) <= Self.second / 10)
        #expect(time.lead == last.nanoseconds - machine(jump + Self.second).nanoseconds)
        for number in 2...(10 * 3_600) {
            let steady = Int64(number) * Self.second
            #expect(time.advance(machine: machine(jump + steady), steady: steady) == 0)
            let step = time.moment.nanoseconds - last.nanoseconds
            guard step >= 0, step <= 3 * Self.second else {
                Issue.record("second \(number) took \(step) ns")
                return
            }
            last = time.moment
        }
        #expect(time.lead == 0)
        #expect(abs(time.moment.nanoseconds - machine(jump + 10 * Self.hour).nanoseconds) <= SteadyTime.tolerance)
    }

    @Test func `follows at once what is farther away than any mistake, and survives every clock`() {
        var time = SteadyTime(machine: Timestamp(seconds: 0), steady: 0)
        #expect(time.advance(machine: begin, steady: Self.second) > 0)
        #expect(time.moment == begin && time.lead == 0)
        for machine in [Int64.min, .max, 0, .min, -1] {
            for steady in [Int64.min, .max, 0] {
                _ = time.advance(machine: Timestamp(nanoseconds: machine), steady: steady)
            }
        }
        #expect(time.moment == Timestamp(nanoseconds: -1))
    }
}
