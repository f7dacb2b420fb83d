//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Labels: is a device called what it is, two what cannot be told apart, and a stranger nothing?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Testing

@testable import Inventory

/// Goal: a label is right, or says its doubt, or is not given.
@Suite struct `Labels` {
    private typealias Fact = (Field, String)

    private static let common: [Fact] = [
        (.dhcpParameterRequestList, "1,3,6,12,15,28,42"), (.dhcpMaxMessageSize, "576"), (.dnsQuery, "pool.ntp.org"),
    ]
    private static let camera: [Fact] =
        common + [(.dhcpHostname, "DCS-935L"), (.dnsQuery, "signal.mydlink.com"), (.mdnsTxt, "model_number=DCS-935L")]
    private static let sensor: [Fact] =
        common + [(.dhcpHostname, "DCH-S150"), (.dnsQuery, "api.dch.dlink.com"), (.mdnsTxt, "model_number=DCH-S150")]
    private static let scale: [Fact] = [(.dhcpVendorClass, "Withings00"), (.httpUserAgent, "Withings UserAgent")]
    private static let kettle: [Fact] = [(.dhcpHostname, "ESP_06D902"), (.dhcpParameterRequestList, "1,3,28,6,15,44")]

    private static func tokens(_ facts: [Fact]) -> [ProfileToken] {
        `Tokens`.device("02:00:00:06:d9:02", facts).profileTokens()
    }

    private static func profile(_ label: String, _ facts: [Fact], captures: Int = 6) -> Profile {
        guard var profile = Profile(label: label) else { preconditionFailure("a label that cannot be one") }
        for _ in 0..<captures { profile.learn(tokens(facts)) }
        return profile
    }

    private static let taught = ProfileSet([
        profile("camera", camera), profile("sensor", sensor), profile("scale", scale), profile("kettle", kettle),
        profile("coffee machine", kettle),
    ])

    @Test func `a device that says what its kind says has its name, firmly`() {
        for (facts, label) in [(Self.camera, "camera"), (Self.sensor, "sensor"), (Self.scale, "scale")] {
            let answer = Self.taught.answer(to: Self.tokens(facts))
            #expect(answer.value == label)
            #expect(answer.confidence >= 900 && answer.confidence <= ProfileSet.greatestConfidence)
        }
    }

    @Test func `what cannot be told apart is a set that says so, with evidence for both`() throws {
        let found = try #require(Self.taught.judgement(of: Self.tokens(Self.kettle)))
        #expect(found.judgement.value == "coffee machine or kettle")
        #expect(Set(found.judgement.evidence.map(\.rule)) == ["profile.coffee machine", "profile.kettle"])
        #expect(found.judgement.confidence >= 800)
    }

    @Test func `a sibling that names another product has no label, however alike it is`() {
        let siren =
            Self.common + [
                (.dhcpHostname, "DCH-S220"), (.dnsQuery, "api.dch.dlink.com"), (.mdnsTxt, "model_number=DCH-S220"),
            ]
        #expect(Self.taught.answer(to: Self.tokens(siren)).value == nil)
    }

    @Test func `a name that a hospital chose is outweighed, and leaves a doubt`() {
        let full: [Fact] =
            Self.camera + [(.ssdpUsn, "uuid:x::urn:dlink:device:DCS-935L:1"), (.httpServer, "dcs-lig-httpd")]
        let taught = ProfileSet([Self.profile("camera", full), Self.profile("scale", Self.scale)])
        let renamed = full.map { $0.0 == .dhcpHostname ? ($0.0, "ward7-cam") : $0 }
        #expect(taught.answer(to: Self.tokens(full)).confidence > 900)
        let answer = taught.answer(to: Self.tokens(renamed))
        #expect(answer.value == "camera")
        #expect(answer.confidence <= ProfileSet.confidenceOfOtherName)
    }

    @Test func `what everybody says is no ground for a label`() {
        #expect(Self.taught.answer(to: Self.tokens(Self.common)).value == nil)
        #expect(Self.taught.answer(to: []).value == nil)
        #expect(ProfileSet.empty.answer(to: Self.tokens(Self.camera)).value == nil)
    }

    @Test func `a stranger is unknown`() {
        let phone: [Fact] = [
            (.dhcpHostname, "android-1"), (.dhcpVendorClass, "android-dhcp-13"), (.dnsQuery, "play.google.com"),
        ]
        #expect(Self.taught.answer(to: Self.tokens(phone)).value == nil)
    }

    @Test func `one profile of one capture is enough for a likely answer, never for certainty`() {
        let one = ProfileSet([Self.profile("camera", Self.camera, captures: 1)])
        let answer = one.answer(to: Self.tokens(Self.camera))
        #expect(answer.value == "camera")
        #expect(answer.confidence < 980)
        #expect(one.answer(to: Self.tokens(Self.scale)).value == nil)
    }

    @Test func `part of what is usual is still enough`() {
        let quiet: [Fact] = [(.dhcpHostname, "DCS-935L"), (.dnsQuery, "signal.mydlink.com")]
        #expect(Self.taught.answer(to: Self.tokens(quiet)).value == "camera")
    }

    @Test func `the order of profiles changes nothing, and one label in two files is one`() {
        let backwards = ProfileSet(Array(Self.taught.profiles.reversed()))
        for facts in [Self.camera, Self.kettle, Self.common] {
            #expect(backwards.answer(to: Self.tokens(facts)) == Self.taught.answer(to: Self.tokens(facts)))
        }
        let twice = ProfileSet([Self.profile("a", Self.camera), Self.profile("a", Self.camera)])
        #expect(twice.profiles.count == 1 && twice.profiles[0].captures == 12)
    }

    @Test func `a firm label votes for what its teacher said, and changes the digest`() throws {
        var profile = Self.profile("scale", Self.scale)
        profile.name(.vendor, "Withings")
        profile.name(.type, "body scale")
        var texts = KnowledgeTexts()
        let digest = try KnowledgeBase(texts, prefixes: .empty).digest
        texts.profiles = [("broken.profile", "label"), ("scale.profile", profile.text)]
        let knowledge = try KnowledgeBase(texts, prefixes: .empty)
        #expect(knowledge.digest != digest)
        #expect(knowledge.refusals.map(\.file) == ["broken.profile"])
        var ward = Ward(knowledge)
        for (field, value) in Self.scale { ward.hears("00:24:e4:00:00:01", field, value) }
        for (field, value) in Self.camera { ward.hears("00:24:e4:00:00:02", field, value) }
        let devices = ward.inventory.snapshot().devices
        let scale = try #require(devices.first { $0.mac.first?.description == "00:24:e4:00:00:01" })
        #expect(scale.label?.value == "scale")
        #expect(scale.judgements[.vendor]?.value == "Withings")
        #expect(scale.judgements[.type]?.evidence.first?.rule == "profile.scale")
        let other = try #require(devices.first { $0.mac.first?.description == "00:24:e4:00:00:02" })
        #expect(other.label == nil && other.judgements[.vendor] == nil)
    }

    @Test func `a thousand profiles answer within a millisecond or few`() {
        let many = ProfileSet(
            (0..<1_000).map { number in
                Self.profile(
                    "kind \(number)",
                    Self.camera + [(.httpServer, "server\(number)/1.0"), (.tlsSni, "a.kind\(number % 26).com")])
            })
        let clock = ContinuousClock()
        let tokens = Self.tokens(Self.camera + [(.httpServer, "server7/1.0")])
        let fastest = (0..<5).map { _ in clock.measure { _ = many.answer(to: tokens) } }.min() ?? .zero
        #expect(fastest < .milliseconds(20), "\(fastest)")
    }
}

/// Goal: the device that is meant is found, or the person is asked.
@Suite struct `A lesson` {
    private static func snapshot(_ devices: [Device]) -> InventorySnapshot {
        InventorySnapshot(devices: devices, coverage: [], oddities: [:], evicted: 0, advice: [])
    }

    private static func device(_ mac: String, facts: Int, role: String? = nil) -> Device {
        var device = `Tokens`.device(
            mac, (0..<facts).map { (.httpServer, "thing \(["a", "b", "c", "d", "e", "f"][$0])") })
        if let role { device.judgements[.role] = Judgement(value: role, confidence: 900, evidence: []) }
        return device
    }

    @Test func `means the device that is in all captures and says most, not the router`() {
        var lesson = Lesson()
        for _ in 0..<3 {
            lesson.look(
                at: Self.snapshot([
                    Self.device("00:00:5e:00:00:01", facts: 6, role: "router"),
                    Self.device("00:24:e4:00:00:01", facts: 2),
                    Self.device("00:24:e4:00:00:02", facts: 1),
                ]))
        }
        lesson.look(at: Self.snapshot([Self.device("00:24:e4:00:00:01", facts: 2)]))
        guard case .one(let pupil) = lesson.choice else { return #expect(Bool(false), "undecided") }
        #expect(pupil.hardware.description == "00:24:e4:00:00:01" && pupil.captures == 4)
    }

    @Test func `asks where two could be meant, and says so where none is there`() {
        var lesson = Lesson()
        #expect(lesson.choice == .none)
        lesson.look(
            at: Self.snapshot([Self.device("00:24:e4:00:00:01", facts: 3), Self.device("00:24:e4:00:00:02", facts: 2)]))
        guard case .several(let pupils) = lesson.choice else { return #expect(Bool(false), "decided") }
        #expect(pupils.map(\.hardware.description) == ["00:24:e4:00:00:01", "00:24:e4:00:00:02"])
    }
}

/// Goal: folds are fair and the same everywhere.
@Suite struct `Folds for cross-validation` {
    @Test func `hold everything once, each label spread evenly, and depend on the seed alone`() {
        let labels = (0..<100).map { $0 < 30 ? "a" : $0 < 37 ? "b" : "c" }
        let folds = Folds(labels, count: 10, seed: 7)
        #expect(folds.parts.joined().sorted() == Array(0..<100))
        for part in folds.parts {
            #expect(part.count { labels[$0] == "a" } == 3)
            #expect(part.count { labels[$0] == "b" } <= 1)
        }
        #expect(Folds(labels, count: 10, seed: 7).parts == folds.parts)
        #expect(Folds(labels, count: 10, seed: 8).parts != folds.parts)
        #expect(Folds([], count: 10, seed: 1).parts.count == 10)
    }
}
