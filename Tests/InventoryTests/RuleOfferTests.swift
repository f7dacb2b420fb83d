//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Rule offers: what was corrected here, as a rule for everybody.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Testing

@testable import Inventory

/// Goal: the rule is made of the product's words, never of the individual's, and says the same of a like device.
@Suite struct `An offered rule` {
    static let mac = "00:11:22:33:44:55"
    static let said = RuleOffer.Said(
        values: [(.type, "infusion pump"), (.vendor, "Acme \"Care\"")], by: "Ruth", reason: "label, page\\2",
        date: "2026-03-01")

    private func offer(_ ward: Ward, _ said: RuleOffer.Said = said) throws -> RuleOffer? {
        let device = try #require(ward.device(Self.mac))
        return RuleOffer(
            said, concluded: device, in: ward.inventory.snapshot(), knowledge: try #require(Shelf.knowledge))
    }

    /// A ward whose knowledge has the rule, too.
    private func taught(_ offer: RuleOffer) throws -> Ward {
        Ward(try KnowledgeBase(rules: Shelf.texts + [("zz-own.rules", offer.text)], prefixes: .empty))
    }

    @Test func `says the same of a device like it, over what the rules said`() throws {
        var ward = Ward()
        ward.hears(Self.mac, .lldpMedManufacturer, "Polycom")
        ward.hears(Self.mac, .lldpMedModel, "VVX 411")
        ward.hears(Self.mac, .lldpMedSerial, "SN99887766")
        let offer = try #require(try offer(ward))
        #expect(offer.text.contains("when lldp-med.model exact \"VVX 411\""))
        #expect(offer.text.contains("source \"corrected by Ruth on 2026-03-01: label, page\\\\2\""))
        #expect(!offer.text.contains("SN99887766"))
        var other = try taught(offer)
        other.hears("00:11:22:33:44:99", .lldpMedManufacturer, "Polycom")
        other.hears("00:11:22:33:44:99", .lldpMedModel, "VVX 411")
        let like = try #require(other.device("00:11:22:33:44:99"))
        #expect(like.judgements[.type]?.value == "infusion pump")
        #expect(like.judgements[.vendor]?.value == "Acme \"Care\"")
        #expect(like.deviceClass == .medical)
    }

    @Test func `has an example that its own rule passes`() throws {
        var ward = Ward()
        ward.hears(Self.mac, .dhcpVendorClass, "Box {7} \"x\" \\ y")
        ward.hears(Self.mac, .dhcpParameterRequestList, "1,3,6")
        let offer = try #require(try offer(ward))
        let knowledge = try KnowledgeBase(rules: [("own.rules", offer.text)], prefixes: .empty)
        let rule = try #require(knowledge.rules.first)
        let example = try #require(rule.examples.first)
        #expect(example.given.count == rule.conditions.count)
        #expect(example.expected.map(\.value) == ["infusion pump", "Acme \"Care\""])
        for (condition, given) in zip(rule.conditions, example.given) {
            #expect(condition.signal == given.signal)
            #expect(knowledge.matches(given.signal, given.value).contains { $0.rule == 0 })
        }
    }

    @Test func `takes a further word while it would fit what is believed to be something else`() throws {
        var ward = Ward()
        ward.hears(Self.mac, .httpServer, "MiniWeb/1.0")
        ward.hears(Self.mac, .dhcpVendorClass, "CareBox")
        ward.hears("00:11:22:33:44:66", .httpServer, "MiniWeb/1.0")
        ward.hears("00:11:22:33:44:66", .dhcpHostname, "NPI6B3F2A")
        let offer = try #require(try offer(ward))
        #expect(
            offer.text.contains("when http.server exact \"MiniWeb/1.0\"\n  when dhcp.vendorClass exact \"CareBox\""))
        #expect(offer.alsoFits.isEmpty)
        ward.hears("00:11:22:33:44:66", .dhcpVendorClass, "CareBox")
        let wide = try #require(try self.offer(ward))
        #expect(wide.alsoFits == [ward.device("00:11:22:33:44:66")?.id].compactMap(\.self))
    }

    @Test(arguments: [
        (Field.dhcpHostname, "infusion-7"), (.lldpMedSerial, "4711"), (.upnpModelName, "Box 001122334455"),
        (.httpServer, "box-334455"), (.telnetBanner, "welcome to 00-11-22-33-44-55"), (.dnsQuery, "acme.example"),
    ])
    func `is not made of what names the individual`(field: Field, value: String) throws {
        var ward = Ward()
        ward.hears(Self.mac, field, value)
        #expect(try offer(ward) == nil)
    }

    @Test func `of a serial number alone there is none`() throws {
        var ward = Ward()
        ward.hears(Self.mac, .lldpMedModel, "VVX 411")
        let said = RuleOffer.Said(values: [(.serial, "4711")], by: "Ruth", reason: "label", date: "2026-03-01")
        #expect(try offer(ward, said) == nil)
    }

    @Test func `is the same every time, and tells of a type without a class`() throws {
        var ward = Ward()
        ward.hears(Self.mac, .lldpMedModel, "Box 9")
        let said = RuleOffer.Said(values: [(.type, "leech jar")], by: "Ruth", reason: "seen", date: "2026-03-01")
        let once = try #require(try offer(ward, said))
        #expect(try offer(ward, said)?.text == once.text)
        #expect(once.text.contains("# class medical type \"leech jar\""))
        #expect(try KnowledgeBase(rules: [("own.rules", once.text)], prefixes: .empty).ruleCount == 2)
    }
}
