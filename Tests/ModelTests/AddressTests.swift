//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Addresses and time: their text forms are what people and machines compare.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Testing

@Suite struct `Addresses` {
    @Test(arguments: ["00:d0:75:0a:0b:0c", "00-D0-75-0A-0B-0C", "00d0.750a.0b0c", "00D0750A0B0C"])
    func `a hardware address is read in every usual spelling`(text: String) {
        #expect(HardwareAddress(text)?.description == "00:d0:75:0a:0b:0c")
    }

    @Test(arguments: ["", "00:d0:75:0a:0b", "00:d0:75:0a:0b:0c:0d", "zz:d0:75:0a:0b:0c"])
    func `what is no hardware address is refused`(text: String) {
        #expect(HardwareAddress(text) == nil)
    }

    @Test func `groups, zero and local addresses are told apart`() {
        #expect(HardwareAddress.broadcast.isGroup)
        #expect(!HardwareAddress.zero.isIndividual)
        #expect(HardwareAddress("02:00:00:00:00:01")?.isLocallyAdministered == true)
        #expect(HardwareAddress("00:03:b1:00:00:01")?.isIndividual == true)
    }

    /// RFC 5952, section 4: examples and rules.
    @Test(
        arguments: [
            (0x2001_0DB8_0000_0000, 0x0000_0000_0000_0001, "2001:db8::1"),
            (0x2001_0DB8_0000_0001, 0x0001_0001_0001_0001, "2001:db8:0:1:1:1:1:1"),
            (0x2001_0000_0000_0001, 0x0000_0000_0000_0001, "2001:0:0:1::1"),
            (0x2001_0DB8_0000_0000, 0x0001_0000_0000_0001, "2001:db8::1:0:0:1"),
            (0, 0, "::"), (0, 1, "::1"), (0xFE80_0000_0000_0000, 0, "fe80::"),
        ] as [(UInt64, UInt64, String)])
    func `IPv6 is written in its one short form`(high: UInt64, low: UInt64, text: String) {
        #expect(IPAddress(high: high, low: low).description == text)
    }

    @Test(
        arguments: [
            (0x0A00_0001, true), (0xAC10_0001, true), (0xAC20_0001, false), (0xC0A8_0101, true), (0x0808_0808, false),
            (0x6440_0001, true), (0x6480_0001, false), (0xA9FE_0101, true),
        ] as [(UInt32, Bool)])
    func `private ranges end where they end`(bits: UInt32, isPrivate: Bool) {
        #expect(IPAddress(v4: bits).isPrivate == isPrivate)
    }

    @Test func `EUI-64 keeps its digits`() {
        #expect(EUI64("00A037009A0053DE")?.description == "00A037009A0053DE")
        #expect(EUI64("00-A0-37-00-9a-00-53-de")?.description == "00A037009A0053DE")
        #expect(EUI64("0000000000000000") == nil)
    }
}

@Suite struct `Timestamps` {
    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00Z"), (951_782_400_000_000_000, "2000-02-29T00:00:00Z"),
            (4_107_542_399_999_999_000, "2100-02-28T23:59:59.999999Z"), (-1, "1969-12-31T23:59:59.999999999Z"),
            (1_334_128_265_500_000_000, "2012-04-11T07:11:05.500Z"),
        ] as [(Int64, String)])
    func `are written as RFC 3339 in UTC`(nanoseconds: Int64, text: String) {
        #expect(Timestamp(nanoseconds: nanoseconds).description == text)
    }

    @Test func `outside 64 bits of nanoseconds they are clamped`() {
        #expect(Timestamp(seconds: .max).nanoseconds == .max)
        #expect(Timestamp(seconds: .min).nanoseconds == .min)
    }
}

@Suite struct `Fields` {
    @Test func `every field is found by its path, and no path stands for two`() {
        for field in Field.allCases { #expect(Field(path: field.path) == field) }
        #expect(Set(Field.allCases.map(\.path)).count == Field.allCases.count)
        #expect(Field(path: "hl7.patientName") == nil)
    }
}
