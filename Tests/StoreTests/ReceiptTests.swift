//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Receipts: what was handed in under a key is known after a restart, and not for ever.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import GRDB
import Model
import Testing

@testable import Store

@Suite struct `Receipts of batches` {
    private func with<Result>(_ body: (String) async throws -> Result) async throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appending(path: "wardlight-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try await body(folder.appending(path: "receipts.db").path())
    }

    private static let now = Timestamp(seconds: 1_772_438_700)

    private func key(_ number: Int) -> [UInt8] { (0..<32).map { UInt8(truncatingIfNeeded: number >> ($0 % 4 * 8)) } }

    @Test func `are kept over a restart, readable for their user only`() async throws {
        try await with { path in
            do {
                let store = try ReceiptStore(path: path)
                #expect(try await store.receipt(key: key(1)) == nil)
                for number in 1...3 {
                    try await store.begin(receipt: key(number), digest: [7], after: 41, at: Self.now)
                }
                try await store.finish(receipt: key(1), with: 42..<44)
                try await store.forget(receipt: key(3))
            }
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
            let store = try ReceiptStore(path: path)
            let done = try #require(try await store.receipt(key: key(1)))
            #expect(done == ([7], 41, 42..<44))
            let begun = try #require(try await store.receipt(key: key(2)))
            #expect(begun == ([7], 41, nil))
            #expect(try await store.receipt(key: key(3)) == nil)
        }
    }

    @Test func `are bounded in number and in age, and the newest stay`() async throws {
        try await with { path in
            let store = try ReceiptStore(path: path, limits: .init(receipts: 10, seconds: 100))
            for number in 0..<35 {
                try await store.begin(
                    receipt: key(number), digest: [1], after: 0, at: Timestamp(seconds: Int64(number)))
            }
            var kept: [Int] = []
            for number in 0..<35 where try await store.receipt(key: key(number)) != nil { kept.append(number) }
            #expect(kept.last == 34 && kept.count >= 10 && kept.count < 20, "\(kept)")
            // A day later the old ones are gone, all of them.
            for number in 100..<110 {
                try await store.begin(receipt: key(number), digest: [1], after: 0, at: Timestamp(seconds: 90_000))
            }
            #expect(try await store.receipt(key: key(34)) == nil)
            #expect(try await store.receipt(key: key(109)) != nil)
        }
    }

    @Test func `of a newer release are refused by name`() async throws {
        try await with { path in
            try ReceiptStore(path: path).close()
            let queue = try DatabaseQueue(path: path)
            try await queue.write { try $0.execute(sql: "PRAGMA user_version = 9") }
            try queue.close()
            #expect(throws: LogFailure.newer(path, version: 9)) { try ReceiptStore(path: path) }
        }
    }
}
