//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// The trap gate: who is believed, and who is sent away before anything is read.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import SNMP
import Testing
import Wire

@testable import Sensors

/// Messages of SNMP as they begin, after RFC 3416 and RFC 3412.
private enum Letter {
    static func field(_ tag: UInt8, _ octets: [UInt8]) -> [UInt8] { [tag, UInt8(octets.count)] + octets }
    static func plain(_ version: UInt8, _ community: String) -> [UInt8] {
        field(0x30, field(2, [version]) + field(4, Array(community.utf8)) + field(0xA7, []))
    }
    static func sealed(_ user: String, engine: [UInt8], flags: UInt8) -> [UInt8] {
        let global = field(2, [1]) + field(2, [0x7F, 0xFF]) + field(4, [flags]) + field(2, [3])
        let security =
            field(4, engine) + field(2, [1]) + field(2, [1]) + field(4, Array(user.utf8)) + field(4, []) + field(4, [])
        return field(0x30, field(2, [3]) + field(0x30, global) + field(4, field(0x30, security)) + field(4, [1]))
    }
}

@Suite struct `The trap gate` {
    private let engine: [UInt8] = [0x80, 0, 0x1F, 0x88, 0x80, 1]

    private func gate() -> TrapGate {
        let signed = Credential.Authentication(.sha256, Secret("first-passphrase"))
        let sealed = Credential.Privacy(.aes128, Secret("other-passphrase"))
        return TrapGate(
            [
                SwitchTarget(agent: "a", host: "10.0.0.1", site: "main", credential: .community(Secret("ward"))),
                SwitchTarget(
                    agent: "b", host: "10.0.0.2", site: "main",
                    credential: .user("reader", authentication: signed, privacy: sealed)),
                SwitchTarget(
                    agent: "c", host: "10.0.0.3", site: "main",
                    credential: .user("plain", authentication: nil, privacy: nil)),
            ], addresses: [[[10, 0, 0, 1], [10, 0, 9, 1]], [[10, 0, 0, 2]], [[10, 0, 0, 3]]])
    }

    @Test func `only a named switch's address is looked at, also another address of its`() {
        var gate = gate()
        let letter = Letter.plain(1, "ward")
        #expect(gate.judge(letter, from: [10, 0, 0, 1]) == .welcome(admitting: nil))
        #expect(gate.judge(letter, from: [10, 0, 9, 1]) == .welcome(admitting: nil))
        #expect(gate.judge(letter, from: [10, 0, 0, 9]) == .refused(.trapUnknownSource))
        #expect(gate.judge([], from: []) == .refused(.trapUnknownSource))
    }

    @Test func `its own community, version 2c, and what is SNMP at all`() {
        var gate = gate()
        #expect(gate.judge(Letter.plain(1, "public"), from: [10, 0, 0, 1]) == .refused(.trapWrongCommunity))
        // The right word from another switch.
        #expect(gate.judge(Letter.plain(1, "ward"), from: [10, 0, 0, 2]) == .refused(.trapWrongCommunity))
        #expect(gate.judge(Letter.plain(0, "ward"), from: [10, 0, 0, 1]) == .refused(.trapVersion1))
        #expect(gate.judge(Array("hello".utf8), from: [10, 0, 0, 1]) == .refused(.trapBroken))
        let letter = Letter.plain(1, "ward")
        for length in 0..<letter.count - 2 {
            let verdict = gate.judge(Array(letter.prefix(length)), from: [10, 0, 0, 1])
            #expect(verdict != .welcome(admitting: nil), "\(length)")
        }
    }

    @Test func `a user of version 3 is let in for each engine until that proved itself`() {
        var gate = gate()
        let from: [UInt8] = [10, 0, 0, 2]
        let wanted = TrapGate.Engine(target: 1, engine: engine)
        let letter = Letter.sealed("reader", engine: engine, flags: 3)
        #expect(gate.judge(letter, from: from) == .welcome(admitting: wanted))
        #expect(gate.keep(wanted) == nil && gate.keep(wanted) == nil)
        #expect(gate.judge(letter, from: from) == .welcome(admitting: nil))
        #expect(
            gate.judge(Letter.sealed("stranger", engine: engine, flags: 3), from: from) == .refused(.trapUnknownUser))
        // Who asks for our engine has no name yet; an inform is sent to ours.
        #expect(gate.judge(Letter.sealed("", engine: [], flags: 4), from: from) == .welcome(admitting: nil))
        #expect(gate.judge(Letter.sealed("reader", engine: engine, flags: 7), from: from) == .welcome(admitting: nil))
        #expect(
            gate.judge(Letter.sealed("reader", engine: [UInt8](repeating: 1, count: 33), flags: 3), from: from)
                == .refused(.trapBroken))
    }

    @Test func `engines that are made up shut nobody out, and of those that proved themselves the oldest goes`() {
        var gate = gate()
        let from: [UInt8] = [10, 0, 0, 2]
        let own = TrapGate.Engine(target: 1, engine: engine)
        for number in 1...UInt8(3 * TrapGate.mostEngines) {
            _ = gate.judge(Letter.sealed("reader", engine: engine + [number], flags: 3), from: from)
        }
        let letter = Letter.sealed("reader", engine: engine, flags: 3)
        #expect(gate.judge(letter, from: from) == .welcome(admitting: own))
        #expect(gate.keep(own) == nil)
        for number in 2...UInt8(TrapGate.mostEngines) {
            #expect(gate.keep(TrapGate.Engine(target: 1, engine: engine + [number])) == nil)
        }
        #expect(gate.judge(letter, from: from) == .welcome(admitting: nil))
        #expect(gate.keep(TrapGate.Engine(target: 1, engine: engine + [99])) == own)
        // It may come again.
        #expect(gate.judge(letter, from: from) == .welcome(admitting: own))
    }

    @Test func `a switch cannot change the keys of another whose user is called the same`() {
        func target(_ last: Int, _ passphrase: String) -> SwitchTarget {
            SwitchTarget(
                agent: "\(last)", host: "10.0.0.\(last)", site: "main",
                credential: .user(
                    "reader", authentication: Credential.Authentication(.sha256, Secret(passphrase)), privacy: nil))
        }
        var gate = TrapGate(
            [target(1, "first-passphrase"), target(2, "other-passphrase"), target(3, "first-passphrase")],
            addresses: [[[10, 0, 0, 1]], [[10, 0, 0, 2]], [[10, 0, 0, 3]]])
        #expect(gate.keep(TrapGate.Engine(target: 0, engine: engine)) == nil)
        let letter = Letter.sealed("reader", engine: engine, flags: 1)
        #expect(gate.judge(letter, from: [10, 0, 0, 2]) == .refused(.trapUnknownUser))
        // Another address of the same switch, with the same passphrase.
        #expect(gate.judge(letter, from: [10, 0, 0, 3]) == .welcome(admitting: nil))
    }

    @Test func `less proof than the settings ask for is none`() {
        let gate = gate()
        func sender(_ proof: TrapMessage.Proof, _ last: UInt8) -> String? {
            gate.sender(of: TrapMessage(proof: proof, isInform: false, bindings: []), from: [10, 0, 0, last])?.agent
        }
        #expect(sender(.user("reader", level: 3), 2) == "b")
        #expect(sender(.user("reader", level: 2), 2) == nil && sender(.user("reader", level: 1), 2) == nil)
        #expect(sender(.user("plain", level: 1), 3) == "c" && sender(.user("plain", level: 1), 2) == nil)
        #expect(sender(.community(Array("ward".utf8)), 1) == "a" && sender(.community(Array("War".utf8)), 1) == nil)
        #expect(sender(.community(Array("reader".utf8)), 2) == nil)
    }

    @Test func `envelopes say what they say, and hide the community`() {
        #expect(SNMPEnvelope(Letter.plain(1, "ward").span) == .community(Secret("ward")))
        let letter = Letter.sealed("reader", engine: engine, flags: 7)
        #expect(SNMPEnvelope(letter.span) == .user("reader", engine: engine, isReportable: true))
        #expect(!"\(String(describing: SNMPEnvelope(Letter.plain(1, "ward").span)))".contains("ward"))
        for length in letter.indices { _ = SNMPEnvelope(Array(letter.prefix(length)).span) }
        var changed = letter
        for index in letter.indices {
            for value: UInt8 in [0, 0x7F, 0x84, 0xFF] {
                changed[index] = value
                _ = SNMPEnvelope(changed.span)
            }
            changed[index] = letter[index]
        }
    }
}

/// Beside the tests that ask, one after the other: net-snmp has one table of users for the whole process.
extension `Switches that are asked` {
    @Test func `keys of an engine that proved nothing are taken back, those of our own engine never`() throws {
        let listener = try TrapListener("127.0.0.1", port: 0)
        let user = try #require(
            SNMPUser(
                .user(
                    "trap-reader", authentication: Credential.Authentication(.sha256, Secret("first-passphrase")),
                    privacy: nil)))
        #expect(try listener.admit(user, engine: []))
        for number in 1...UInt8(40) {
            let engine: [UInt8] = [0x80, 0, 0x1F, 0x88, 0x80, number]
            #expect(try listener.admit(user, engine: engine))
            #expect(listener.knows("trap-reader", engine: engine))
            // A second time they are no new ones.
            #expect(try !listener.admit(user, engine: engine))
            listener.dismiss("trap-reader", engine: engine)
            #expect(!listener.knows("trap-reader", engine: engine))
            listener.dismiss("trap-reader", engine: engine)
        }
        listener.dismiss("trap-reader", engine: [])
        #expect(try !listener.admit(user, engine: []))
    }
}
