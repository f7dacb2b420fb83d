//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Readings: each series has its own newest one, whatever its name and whenever it comes.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Testing

@testable import Twin

@Suite struct `What was measured last` {
    private static func reading(_ device: UInt64, _ metric: String, _ value: Double) -> Measurement {
        Measurement(subject: Ward.card(device), metric: metric, value: value, unit: "Cel")
    }

    @Test(arguments: [-1, 7, 0]) func `series are kept apart, also where they share a number`(slots: Int) throws {
        var readings = Readings()
        readings.slots = slots
        // Sites, devices and metrics that differ in one thing alone.
        for round in 0..<3 {
            for number in 0..<200 {
                let isNewest = readings.learn(
                    Self.reading(UInt64(number % 10), "MDC_\(number / 10 % 5)", Double(number + 1_000 * round)),
                    site: number < 100 ? "north" : "south", sensor: "test", at: Ward.minute(Int64(round)))
                #expect(isNewest)
            }
        }
        #expect(readings.count == 100)
        for reading in readings.all {
            let device = Int((reading.subject.hardware?.bits ?? 0) & 0xFF)
            #expect(reading.count == 6)
            #expect(Int(reading.value) % 10 == device && reading.metric == "MDC_\(Int(reading.value) / 10 % 5)")
            #expect(reading.value >= (reading.site == "north" ? 2_050 : 2_150), "the last of its round")
        }
    }

    @Test func `a late one is counted and shows nothing`() {
        var readings = Readings()
        let first = readings.learn(Self.reading(1, "MDC_A", 37), site: "north", sensor: "test", at: Ward.minute(5))
        let late = readings.learn(Self.reading(1, "MDC_A", 35), site: "north", sensor: "test", at: Ward.minute(4))
        #expect(first && !late)
        #expect(readings.all.map(\.value) == [37] && readings.all.map(\.count) == [2])
    }

    @Test func `a state that tells one series twice is refused`() throws {
        var readings = Readings()
        readings.learn(Self.reading(1, "MDC_A", 37), site: "north", sensor: "test", at: Ward.minute(5))
        let state = StateEncoder()
        try readings.write(to: state)
        #expect(try Readings(reading: StateDecoder(state.bytes)).all == readings.all)
        let twice = StateEncoder()
        twice.write(UInt64(0))
        try twice.write(readings.all + readings.all)
        #expect(throws: StateTrouble.unsupported) { try Readings(reading: StateDecoder(twice.bytes)) }
    }
}
