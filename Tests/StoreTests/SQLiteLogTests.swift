//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// The log: what was appended is read back, in order, and nothing else is taken for a log.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import GRDB
import Model
import Support
import Testing
import Wire

@testable import Store

/// Goal: the log is the ground truth: durable, private, and never quietly wrong.
@Suite struct `The log` {
    private let scratch: Scratch
    private let path: String

    init() throws {
        scratch = try Scratch()
        path = scratch.path("ward.log")
    }

    private func replay(_ path: String) throws -> [Observation] {
        var all: [Observation] = []
        try SQLiteLog(reading: path).replay { all += $0.observations }
        return all
    }

    private func failure(_ body: () throws -> Void) throws -> LogFailure? {
        do {
            try body()
            return nil
        } catch let failure as LogFailure { return failure }
    }

    private func execute(_ sql: String) throws {
        try DatabaseQueue(path: path).write { try $0.execute(sql: sql) }
    }

    @Test func `gives back what was appended, in order, also after it was opened again`() throws {
        let all = Examples.every()
        try SQLiteLog(appendingTo: path).append(Array(all.prefix(10)))
        let log = try SQLiteLog(appendingTo: path)
        try log.append([])
        for observation in all.dropFirst(10) { try log.append([observation]) }
        #expect(try replay(path) == all)
        #expect(try log.count() == all.count)
    }

    @Test func `a new log is empty`() throws {
        let log = try SQLiteLog(appendingTo: path)
        #expect(try log.count() == 0)
        #expect(try replay(path).isEmpty)
    }

    @Test func `a commit is on the disk before it counts`() throws {
        let log = try SQLiteLog(appendingTo: path)
        #expect(try log.synchronousLevel() >= 2)
    }

    @Test func `only its user may read it`() throws {
        let log = try SQLiteLog(appendingTo: path)
        try log.append(Examples.every())
        for name in try FileManager.default.contentsOfDirectory(atPath: scratch.url.path) {
            let mode = try FileManager.default.attributesOfItem(atPath: scratch.path(name))[.posixPermissions] as? Int
            #expect(mode == 0o600, "\(name)")
        }
    }

    @Test func `a file that is no database is refused, and left as it was`() throws {
        let text = Array(String(repeating: "ward 3, pump 7\n", count: 100).utf8)
        try scratch.write("ward.log", text)
        #expect(try failure { _ = try SQLiteLog(reading: path) } == .notALog(path))
        #expect(try failure { _ = try SQLiteLog(appendingTo: path) } == .notALog(path))
        #expect(try scratch.read("ward.log") == text)
    }

    @Test func `another program's database is refused, and left as it was`() throws {
        try execute("CREATE TABLE patient (name TEXT)")
        let before = try scratch.read("ward.log")
        #expect(try failure { _ = try SQLiteLog(reading: path) } == .notALog(path))
        #expect(try failure { _ = try SQLiteLog(appendingTo: path) } == .notALog(path))
        #expect(try scratch.read("ward.log") == before)
    }

    @Test func `a missing or empty file is no log to read from`() throws {
        #expect(try failure { _ = try SQLiteLog(reading: path) } == .noSuchFile(path))
        #expect(!FileManager.default.fileExists(atPath: path))
        try scratch.write("ward.log", [])
        #expect(try failure { _ = try SQLiteLog(reading: path) } == .notALog(path))
    }

    @Test func `a folder is no log, and a place that cannot be written is named`() throws {
        #expect(try failure { _ = try SQLiteLog(reading: scratch.url.path) } != nil)
        #expect(try failure { _ = try SQLiteLog(appendingTo: scratch.url.path) } != nil)
        let nowhere = scratch.path("no/such/folder/ward.log")
        #expect(try failure { _ = try SQLiteLog(appendingTo: nowhere) } != nil)
    }

    @Test func `a log of a newer version is refused by its number`() throws {
        try SQLiteLog(appendingTo: path).append(Examples.every())
        try execute("PRAGMA user_version = 7")
        #expect(try failure { _ = try SQLiteLog(reading: path) } == .newer(path, version: 7))
        #expect(try failure { _ = try SQLiteLog(appendingTo: path) } == .newer(path, version: 7))
    }

    @Test func `a damaged block is named, and what stands before it is read`() throws {
        let all = Examples.every()
        let log = try SQLiteLog(appendingTo: path)
        for observation in all.prefix(5) { try log.append([observation]) }
        try execute("UPDATE block SET bytes = x'ffffff' WHERE first = 4")
        var read: [Observation] = []
        let found = try failure { try SQLiteLog(reading: path).replay { read += $0.observations } }
        guard case .damaged(path, position: 4, _)? = found else {
            Issue.record("\(String(describing: found))")
            return
        }
        #expect(read == Array(all.prefix(3)))
    }

    @Test func `a block that is missing or of another kind is named`() throws {
        let log = try SQLiteLog(appendingTo: path)
        for observation in Examples.every().prefix(5) { try log.append([observation]) }
        try execute("UPDATE block SET bytes = 'text' WHERE first = 2")
        guard case .damaged(path, position: 2, _)? = try failure({ _ = try replay(path) }) else {
            Issue.record("text in place of octets was not noticed")
            return
        }
        try execute("UPDATE block SET bytes = 5 WHERE first = 2")
        guard case .damaged(path, position: 2, _)? = try failure({ _ = try replay(path) }) else {
            Issue.record("a number in place of octets was not noticed")
            return
        }
        try execute("DELETE FROM block WHERE first = 2")
        guard case .damaged(path, position: 2, _)? = try failure({ _ = try replay(path) }) else {
            Issue.record("a missing block was not noticed")
            return
        }
    }

    @Test func `a damaged page is an error, not a crash`() throws {
        let log = try SQLiteLog(appendingTo: path)
        for _ in 0..<40 { try log.append(Examples.every()) }
        let whole = try scratch.read("ward.log")
        for (number, at) in stride(from: 100, to: whole.count, by: whole.count / 23).enumerated() {
            var bytes = whole
            for index in at..<min(at + 64, bytes.count) { bytes[index] ^= 0xA5 }
            let name = "damaged-\(number).log"
            try scratch.write(name, bytes)
            _ = try failure { _ = try replay(scratch.path(name)) }
        }
        for length in stride(from: 0, to: whole.count, by: whole.count / 31) {
            let name = "cut-\(length).log"
            try scratch.write(name, Array(whole.prefix(length)))
            _ = try failure { _ = try replay(scratch.path(name)) }
        }
    }

    @Test func `what is opened for reading cannot be written`() throws {
        try SQLiteLog(appendingTo: path).append(Examples.every())
        let before = try scratch.read("ward.log")
        let log = try SQLiteLog(reading: path)
        #expect(try failure { try log.append(Examples.every()) } != nil)
        #expect(try scratch.read("ward.log") == before)
    }

    /// The tables of release 0.1: no chain, no clock, no header.
    private func makeOld(_ batches: [[Observation]]) throws {
        let queue = try DatabaseQueue(path: path)
        try queue.write { database in
            try database.execute(
                sql: """
                    CREATE TABLE block (number INTEGER PRIMARY KEY, observations INTEGER NOT NULL, bytes BLOB NOT NULL);
                    PRAGMA application_id = 1464618823;
                    PRAGMA user_version = 1;
                    """)
            for batch in batches {
                try database.execute(
                    sql: "INSERT INTO block (observations, bytes) VALUES (?, ?)",
                    arguments: [batch.count, Data(try ObservationForm.encode(batch))])
            }
        }
        try queue.close()
    }

    @Test func `a log of release 0.1 is read as it is, and gets its chain when it is written to`() throws {
        let all = Examples.every()
        try makeOld([Array(all.prefix(3)), [all[3]], Array(all.dropFirst(4))])
        let before = try scratch.read("ward.log")
        #expect(try replay(path) == all)
        #expect(try SQLiteLog(reading: path).count() == all.count)
        #expect(try SQLiteLog(reading: path).verify().isGood)
        #expect(try scratch.read("ward.log") == before)
        let log = try SQLiteLog(appendingTo: path)
        let block = try log.append([all[0]])
        #expect(block?.first == UInt64(all.count) + 1)
        try log.close()
        #expect(try replay(path) == all + [all[0]])
        let verdict = try SQLiteLog(reading: path).verify()
        #expect(verdict.isGood && verdict.blocks == 4 && verdict.head.utf8.count == 64)
    }

    @Test func `an old log that is damaged is left as it is`() throws {
        try makeOld(Examples.every().prefix(4).map { [$0] })
        try execute("UPDATE block SET bytes = x'ffffff' WHERE number = 3")
        #expect(try failure { _ = try SQLiteLog(appendingTo: path) } != nil)
        #expect(try failure { _ = try SQLiteLog(reading: path).replay { _ in } } != nil)
        let left = try DatabaseQueue(path: path).read { try Int.fetchOne($0, sql: "SELECT count(*) FROM block") }
        #expect(left == 4)
    }
}
