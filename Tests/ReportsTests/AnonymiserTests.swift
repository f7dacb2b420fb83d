//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Anonymiser: nobody's name leaves the house.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Testing

@testable import Reports

/// Goal: an anonymised inventory tells what devices there are, and nothing of whose they are.
@Suite struct `Anonymised inventory` {
    static let anonymiser = Anonymiser(seed: "seven".utf8)

    @Test func `no planted name, address or serial number is in any output`() {
        let snapshot = Self.anonymiser.anonymise(Ward.snapshot())
        let outputs = [
            String(decoding: InventoryJSON.bytes(of: snapshot, facts: true), as: UTF8.self),
            InventoryTable(width: 300).text(of: snapshot), InventoryCSV.text(of: snapshot),
            snapshot.devices.map { DeviceStory(width: 300).text(of: $0, in: snapshot) }.joined(),
        ]
        for planted in [
            "elsewhere", "bed7", "anna", "weber", "the label says", "12:34:56", "123456", "10.1.2.7", "10.1.2.8",
            "DE65504321", "DE44013777",
            "9A0053DE", "dev-0123", "dev-ba98", "dev-00000000000a", "calc", "gnp", "fe12:3456", "192.0.2.1", "ICU",
        ] {
            for output in outputs { #expect(!output.lowercased().contains(planted.lowercased()), "\(planted)") }
        }
        for kept in ["Philips", "patient monitor", "MX450", "00:09:fb:", "J.21.19", "1,3,6", "md=MX800"] {
            #expect(outputs[0].contains(kept), "\(kept)")
        }
    }

    @Test func `of the hardware address a rule knew, only the maker's octets are shown`() throws {
        var device = Ward.monitor
        let piece = Evidence(
            field: nil, protocolName: "mac", fieldName: "prefix", value: "00:09:fb:12:3", rule: "mac.philips", seen: 1,
            weight: 2_600)
        device.judgements[.vendor] = Judgement(value: "Philips", confidence: 930, evidence: [piece])
        let shown = try #require(Self.anonymiser.anonymise(Ward.snapshot([device])).devices.first)
        #expect(shown.judgements[.vendor]?.evidence.map(\.value) == ["00:09:fb"])
    }

    @Test func `the same seed gives the same output, another seed another`() {
        let snapshot = Ward.snapshot()
        let once = Self.anonymiser.anonymise(snapshot)
        #expect(Anonymiser(seed: "seven".utf8).anonymise(snapshot) == once)
        #expect(Anonymiser(seed: "eight".utf8).anonymise(snapshot) != once)
    }

    @Test func `who sits behind whom can still be followed`() throws {
        let devices = Self.anonymiser.anonymise(Ward.snapshot()).devices
        let child = try #require(devices.first { $0.parent != nil })
        #expect(devices.contains { $0.id == child.parent && $0.judgements[.vendor]?.value == "Philips" })
    }
}

@Suite struct Pseudonym {
    let pseudonyms = Pseudonyms(seed: [1, 2, 3])

    @Test func `different cards stay different and keep their maker`() {
        let cards = (0..<20_000).map { HardwareAddress(bits: 0x0009_FB00_0000 + UInt64($0)) }
        let stands = Set(cards.map(pseudonyms.hardware))
        #expect(stands.count == cards.count)
        #expect(stands.allSatisfy { $0.bits >> 24 == 0x0009FB })
        #expect(pseudonyms.hardware(.broadcast) == .broadcast)
        #expect(pseudonyms.hardware(HardwareAddress(bits: 0x0200_0000_0001)).isLocallyAdministered)
    }

    @Test(arguments: [0x0A01_0203, 0xAC10_0001, 0xC0A8_0101, 0xA9FE_0102, 0x6440_0001] as [UInt32])
    func `private addresses stay in their block`(bits: UInt32) {
        let stand = pseudonyms.network(IPAddress(v4: bits))
        #expect(stand.isPrivate)
        #expect(stand.v4.map { $0 >> 24 } == bits >> 24)
    }

    @Test func `neighbours stay neighbours, public addresses stay public and different`() {
        let subnet = (0..<256).map { pseudonyms.network(IPAddress(v4: 0x0A01_0200 + UInt32($0))) }
        #expect(Set(subnet).count == 256)
        #expect(Set(subnet.map { ($0.v4 ?? 0) >> 8 }).count == 1)
        let strangers = (0..<4_000).map { pseudonyms.network(IPAddress(v4: 0x1400_0000 &+ UInt32($0) &* 65_537)) }
        #expect(Set(strangers).count == 4_000)
        #expect(strangers.allSatisfy { !$0.isPrivate && $0.isIndividual })
    }

    @Test func `an IPv6 address made of a card's address follows the card`() {
        let card = pseudonyms.hardware(HardwareAddress(bits: 0x0009_FB12_3456))
        let stand = pseudonyms.network(IPAddress(high: 0xFE80_0000_0000_0000, low: 0x0209_FBFF_FE12_3456))
        #expect(stand.high == 0xFE80_0000_0000_0000)
        #expect(stand.low == (0x0209_FBFF_FE00_0000 | card.bits & 0xFF_FFFF))
    }

    /// Vectors of the reference implementation: key 00…0f, message 00 01 02 … of the length given.
    @Test(arguments: [(0, 0x726F_DB47_DD0E_0E31), (15, 0xA129_CA61_49BE_45E5)] as [(Int, UInt64)])
    func `SipHash gives the published values`(length: Int, expected: UInt64) {
        let key = SipHash.Key(0x0706_0504_0302_0100, 0x0F0E_0D0C_0B0A_0908)
        #expect(SipHash.hash((0..<length).map { UInt8($0) }, key) == expected)
    }

    @Test(arguments: [
        "2.0.1.3", "1.3.6.1.4.1.9", "10:20:30", "JetDirect 10.1", "1,3,6,15", "t13d1516h2_8daaf6152771_b186095e22b6",
        "::", "Linux 5.10.0-8-amd64", "",
    ])
    func `what only looks like an address is left alone`(text: String) {
        let scrubber = Scrubber(pseudonyms, secrets: [:], addresses: [])
        #expect(scrubber.scrub(text) == text)
    }

    @Test(arguments: [
        "00:09:fb:12:34:56", "00-09-FB-12-34-56", "0009.fb12.3456", "0009fb123456", "SN=10.1.2.7;",
        "fe80::1234:5678:1:2",
        "00A037009A0053DE", "uuid:4d696e69-444c-164e-9d41-b827eb54e939", "[2001:db8::aaaa:bbbb]:80",
    ])
    func `an address inside a text is replaced`(text: String) {
        let scrubber = Scrubber(pseudonyms, secrets: [:], addresses: [])
        let result = scrubber.scrub(text)
        #expect(result != text)
        #expect(Scrubber(pseudonyms, secrets: [:], addresses: []).scrub(text) == result)
        for planted in ["12:34:56", "3456", "10.1.2.7", "1234:5678", "9A0053DE", "4d696e69", "b827eb54e939", "bbbb"] {
            #expect(!result.contains(planted), "\(result)")
        }
    }

    @Test func `a known name is found in the middle of a word, a short one only as a word`() {
        let scrubber = Scrubber(pseudonyms, secrets: ["ward-seven": "N", "pc": "S"], addresses: [])
        #expect(scrubber.scrub("xWARD-SEVENx pc pcap PC.") == "xNx S pcap S.")
    }
}
