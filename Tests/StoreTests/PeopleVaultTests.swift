//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// The keys of people: what names a person is closed in the log, and gone when the key is.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model
import Support
import Testing

@testable import Store

/// Goal: a person can be forgotten, in every copy of the log, and the log still proves itself.
@Suite struct `The keys of people` {
    private let scratch: Scratch
    private let vault: String
    private let path: String

    init() throws {
        scratch = try Scratch()
        vault = scratch.path("people.keys")
        path = scratch.path("log")
    }

    private func decision(_ by: String, _ reason: String, owner: String? = nil) -> Observation {
        let subject = Subject(child: "serial:SIM-1")
        let control = owner.map {
            CompensatingControl(
                advisory: nil, measure: "own VLAN", owner: $0, review: Timestamp(seconds: 1_790_000_000))
        }
        let act: Observation.Decision.Act =
            control.map { .compensate(subject, advisory: nil, $0) }
            ?? .correct(subject, attribute: .type, value: "pump")
        return Observation(
            site: "north", sensor: "person", occurred: Timestamp(seconds: 1_780_000_000),
            body: .decision(Observation.Decision(act: act, by: by, reason: reason)))
    }

    private func write(_ observations: [Observation], _ seals: PeopleVault) throws {
        let log = try SQLiteLog(folder: path, site: "north", seals: seals)
        for observation in observations { try log.append([observation]) }
        try log.close()
    }

    private func replay(_ seals: PeopleVault?) throws -> [Observation] {
        var all: [Observation] = []
        try SQLiteLog(reading: path, seals: seals).replay { all += $0.observations }
        return all
    }

    private func by(_ observation: Observation) -> [String] {
        guard case .decision(let decision) = observation.body else { return [] }
        if case .compensate(_, _, let control?) = decision.act { return [decision.by, decision.reason, control.owner] }
        return [decision.by, decision.reason]
    }

    @Test func `open what they closed, and nothing of it stands in the files`() throws {
        let all = [
            decision("Nora Example", "seen at bed four"), decision("Tom Sample", "label read", owner: "Kim Specimen"),
            decision("Nora Example", "moved"),
        ]
        try write(all, PeopleVault(vault))
        #expect(try replay(PeopleVault(vault)) == all)
        for name in try FileManager.default.contentsOfDirectory(atPath: path) {
            let bytes = try #require(FileManager.default.contents(atPath: path + "/" + name))
            for text in ["Nora", "Example", "Tom", "Specimen", "bed four"] {
                #expect(bytes.range(of: Data(text.utf8)) == nil, "\(text) stands in \(name)")
            }
        }
        let keys = try #require(FileManager.default.contents(atPath: vault))
        #expect(keys.range(of: Data("Nora".utf8)) == nil)
        let mode = try FileManager.default.attributesOfItem(atPath: vault)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    @Test func `a destroyed key erases its person only, and the chain still verifies`() throws {
        try write(
            [decision("Nora Example", "a"), decision("Tom Sample", "b", owner: "Kim Specimen")], PeopleVault(vault))
        let head = try SQLiteLog(reading: path).verify().head
        #expect(try PeopleVault(vault).erasures == 0)
        #expect(try PeopleVault(vault).erase("nora example"))
        #expect(try PeopleVault(vault).erase("Nora Example") == false)
        #expect(try PeopleVault(vault).erasures == 1)
        let read = try replay(PeopleVault(vault))
        #expect(read.map(by) == [["erased", "erased"], ["Tom Sample", "b", "Kim Specimen"]])
        #expect(try replay(nil).map(by) == [["erased", "erased"], ["erased", "erased", "erased"]])
        let verdict = try SQLiteLog(reading: path).verify()
        #expect(verdict.isGood && verdict.head == head)
        // A new entry of the name opens; the old one stays closed.
        try write([decision("Nora Example", "again")], PeopleVault(vault))
        #expect(try replay(PeopleVault(vault)).map(by).map { $0[0] } == ["erased", "Tom Sample", "Nora Example"])
    }

    @Test func `a closed text of one person does not open as another's`() throws {
        let keys = try PeopleVault(vault)
        let one = try keys.seal(Array("x".utf8), of: "one")
        let other = try keys.seal(Array("x".utf8), of: "other")
        #expect(keys.open(one.box, of: one.person) == Array("x".utf8))
        #expect(keys.open(one.box, of: other.person) == nil)
        #expect(one.box != (try keys.seal(Array("x".utf8), of: "one").box))
        for at in one.box.indices {
            var changed = one.box
            changed[at] ^= 1
            #expect(keys.open(changed, of: one.person) == nil)
        }
    }

    @Test(arguments: ["", "wardlight-people 1\n", "wardlight-people 2\nnames AAAA\n", "no keys\n"])
    func `a file that holds no keys is refused, and left as it is`(text: String) throws {
        try scratch.write("people.keys", Array(text.utf8))
        #expect(throws: VaultFailure.self) { _ = try PeopleVault(vault) }
        #expect(try scratch.read("people.keys") == Array(text.utf8))
    }

    @Test func `a changed line is named`() throws {
        let keys = try PeopleVault(vault)
        _ = try keys.seal([1], of: "one")
        let text = String(decoding: try scratch.read("people.keys"), as: UTF8.self)
        try scratch.write("people.keys", Array((text + "0123 xyz\n").utf8))
        #expect(throws: VaultFailure.damaged(vault, line: 4)) { _ = try PeopleVault(vault) }
    }

    @Test func `two that add people at once lose none of them`() async throws {
        let path = vault
        let boxes = try await withThrowingTaskGroup(of: [(person: [UInt8], box: [UInt8])].self) { group in
            for writer in 0..<4 {
                group.addTask {
                    // Each as another process would: with keys of its own in memory.
                    let keys = try PeopleVault(path)
                    return try (0..<5).map { try keys.seal([UInt8(writer), UInt8($0)], of: "person \(writer) \($0)") }
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        let keys = try PeopleVault(path)
        #expect(boxes.count == 20 && boxes.allSatisfy { keys.open($0.box, of: $0.person) != nil })
    }

    @Test func `a person who is erased elsewhere is forgotten here, and what is closed from then on opens`() throws {
        // As the service holds them while somebody runs `wardlight log erase`.
        let service = try PeopleVault(vault)
        let before = try service.seal([1], of: "Nora Example")
        let other = try service.seal([2], of: "Tom Sample")
        #expect(try PeopleVault(vault).erase("Nora Example"))
        #expect(service.open(before.box, of: before.person) == nil)
        #expect(service.open(other.box, of: other.person) == [2])
        let after = try service.seal([3], of: "Nora Example")
        for keys in [service, try PeopleVault(vault)] {
            #expect(keys.open(before.box, of: before.person) == nil)
            #expect(keys.open(after.box, of: after.person) == [3])
        }
    }

    @Test func `keys that cannot be seen open and close nothing, and are not replaced`() throws {
        let keys = try PeopleVault(vault)
        let closed = try keys.seal([1], of: "one")
        try FileManager.default.moveItem(atPath: vault, toPath: vault + ".away")
        #expect(keys.open(closed.box, of: closed.person) == nil)
        #expect(throws: VaultFailure.cannotRead(vault)) { try keys.seal([2], of: "two") }
        try FileManager.default.moveItem(atPath: vault + ".away", toPath: vault)
        #expect(keys.open(closed.box, of: closed.person) == [1])
        let after = try keys.seal([2], of: "two")
        #expect(try PeopleVault(vault).open(after.box, of: after.person) == [2])
    }

    @Test func `a file that was about to take its place is found`() throws {
        let keys = try PeopleVault(vault)
        let closed = try keys.seal([1, 2], of: "one")
        try FileManager.default.moveItem(atPath: vault, toPath: vault + ".new")
        #expect(try PeopleVault(vault).open(closed.box, of: closed.person) == [1, 2])
    }
}
