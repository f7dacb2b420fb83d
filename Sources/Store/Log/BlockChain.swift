//===----------------------------------------------------------------------===//
// Wardlight · Store
//
// The chain: every block carries the hash of the one before it, so nothing can be changed or taken away unseen.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Crypto
import Foundation
import Model

/// SHA-256 over everything that a block says and over the hash of the block before it (FIPS 180-4).
///
/// All numbers are big-endian. The texts at the head keep the two kinds of hash apart, and the log's own identity keeps a
/// block of one log from passing for a block of another.
enum BlockChain {
    static let octets = 32

    /// What the first block of a log has as its predecessor.
    static func beginning(log: Data, site: String) -> Data {
        var hash = SHA256()
        hash.update(data: Data("wardlight.log.2".utf8))
        hash.update(data: log)
        hash.update(data: Data(site.utf8))
        return Data(hash.finalize())
    }

    static func hash(
        log: Data, first: UInt64, count: Int, recorded: Timestamp, previous: Data, bytes: Data
    ) -> Data {
        var hash = SHA256()
        hash.update(data: Data("wardlight.block.2".utf8))
        hash.update(data: log)
        hash.update(data: octets(first) + octets(UInt64(count)) + octets(UInt64(bitPattern: recorded.nanoseconds)))
        hash.update(data: previous)
        hash.update(data: octets(UInt64(bytes.count)))
        hash.update(data: bytes)
        return Data(hash.finalize())
    }

    private static func octets(_ number: UInt64) -> Data {
        Data((0..<8).map { UInt8(truncatingIfNeeded: number >> (56 - 8 * UInt64($0))) })
    }
}
