//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// States: what is written is read again, and nothing else is read at all.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Support
import Testing

@testable import Model

/// Goal: a value comes back as it was, and no octets whatsoever crash the reader or make it take more room than they hold.
@Suite struct `The form of a state` {
    /// One of everything that states are made of.
    private struct Everything: Codable, Hashable {
        enum Shape: Hashable, Codable {
            case none
            case drawn(deviceClass: UInt8?, band: UInt8?)
            case named(String, times: [Timestamp])
        }
        struct Key: Hashable, Codable {
            var site: String
            var number: UInt32
        }
        var flag = true
        var small: Int8 = -128
        var large: Int64 = .min
        var unsigned: UInt64 = .max
        var fraction = 36.6
        var missing: String?
        var there: UInt16? = 0
        var word = "ä ward\u{0}"
        var shapes: [Shape] = []
        var table: [Key: [UInt64]] = [:]
        var set: Set<HardwareAddress> = []
        var subject = Subject()
        var kind: Location.Kind?
        var abilities: LinkAbilities = [.ten, .flow]
    }

    private static func written(_ value: some Encodable) throws -> [UInt8] {
        let state = StateEncoder()
        try state.write(value)
        return state.bytes
    }

    private static func read<Value: Decodable>(_ bytes: [UInt8], _ type: Value.Type = Value.self) throws -> Value {
        let state = StateDecoder(bytes)
        let value = try state.value(type)
        try state.finish()
        return value
    }

    private static var sample: Everything {
        var sample = Everything()
        sample.shapes = [
            .none, .drawn(deviceClass: nil, band: 7), .drawn(deviceClass: 0, band: nil),
            .named("ward", times: [.epoch, Timestamp(seconds: 1_772_438_700), Timestamp(nanoseconds: .min)]),
        ]
        for number in 0..<300 {
            sample.table[.init(site: "main", number: UInt32(number)), default: []] = [UInt64(number)]
        }
        sample.table[.init(site: "north", number: .max)] = []
        sample.set = [HardwareAddress(bits: 1), .broadcast]
        sample.subject = Subject(hardware: .zero, network: IPAddress(v4: 0x0A00_0001), child: "serial:1")
        sample.kind = .bed
        return sample
    }

    @Test func `brings every kind of value back as it was`() throws {
        #expect(try Self.read(Self.written(Everything())) == Everything())
        #expect(try Self.read(Self.written(Self.sample)) == Self.sample)
    }

    @Test(arguments: [0, 1, 127, 128, 129, 16_383, 16_384, 16_500])
    func `tells the length of any list`(count: Int) throws {
        let numbers = (0..<count).map { UInt16($0) }
        #expect(try Self.read(Self.written(numbers)) == numbers)
        let nested = [numbers, [], numbers]
        #expect(try Self.read(Self.written(nested)) == nested)
        let blocks = Blocks(numbers)
        #expect(try Self.read(Self.written(blocks), Blocks<UInt16>.self).elements == numbers)
    }

    @Test func `writes a text once`() throws {
        let one = try Self.written([String(repeating: "w", count: 100)])
        let many = try Self.written(Array(repeating: String(repeating: "w", count: 100), count: 51))
        #expect(many.count == one.count + 50)
    }

    @Test func `refuses every state that ends early, and one that goes on`() throws {
        let bytes = try Self.written(Self.sample)
        for end in 0..<bytes.count {
            #expect(throws: (any Error).self) { try Self.read(Array(bytes[..<end]), Everything.self) }
        }
        #expect(throws: StateTrouble.tooLong) { try Self.read(bytes + [0], Everything.self) }
    }

    @Test func `survives twenty thousand flipped octets, and the lengths of liars`() throws {
        let bytes = try Self.written(Self.sample)
        var generator = SeededGenerator(seed: 11)
        var refused = 0
        for _ in 0..<20_000 {
            var changed = bytes
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                changed[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(
                    in: 0...255, using: &generator)
            }
            do { _ = try Self.read(changed, Everything.self) } catch { refused += 1 }
        }
        #expect(refused > 1_000)
        let liars: [[UInt8]] = [
            [0xFF, 0xFF, 0xFF, 0xFF, 0x0F], [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F],
        ]
        for liar in liars {
            #expect(throws: StateTrouble.truncated) { try Self.read(liar, [UInt64].self) }
            #expect(throws: StateTrouble.truncated) { try Self.read(liar, [UInt16].self) }
            #expect(throws: StateTrouble.truncated) { try Self.read([0] + liar, String.self) }
        }
        #expect(throws: StateTrouble.invalid(at: 0)) {
            try Self.read(Array(repeating: 0xFF, count: 9) + [1], [UInt64].self)
        }
        #expect(throws: StateTrouble.invalid(at: 9)) {
            try Self.read(Array(repeating: 0xFF, count: 10), UInt64.self)
        }
    }

    @Test func `refuses numbers that do not fit, texts that were never told, and what is no text`() throws {
        #expect(throws: StateTrouble.invalid(at: 0)) { try Self.read(Self.written(UInt64(256)), UInt8.self) }
        #expect(throws: StateTrouble.invalid(at: 0)) { try Self.read(Self.written(-129), Int8.self) }
        #expect(throws: StateTrouble.invalid(at: 0)) { try Self.read([1], String.self) }
        #expect(throws: StateTrouble.invalid(at: 2)) { try Self.read([0, 1, 0xFF], String.self) }
        #expect(throws: StateTrouble.invalid(at: 0)) { try Self.read([2], Bool.self) }
        #expect(throws: (any Error).self) { try Self.read(Self.written("stairwell"), Location.Kind.self) }
    }

    private struct Nest: Codable, Hashable { var inner: [Nest] }

    @Test func `refuses what goes deeper than any state`() throws {
        var nest = Nest(inner: [])
        for _ in 0..<100 { nest = Nest(inner: [nest]) }
        #expect(throws: StateTrouble.tooDeep) { try Self.written(nest) }
        #expect(throws: StateTrouble.tooDeep) { try Self.read(Array(repeating: 1, count: 100_000), Nest.self) }
    }
}
