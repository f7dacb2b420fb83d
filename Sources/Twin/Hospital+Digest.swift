//===----------------------------------------------------------------------===//
// Wardlight · Twin
//
// The hash of the hospital: two that know the same have the same, in any process.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Crypto
import Model
import Reports

extension Hospital {
    /// SHA-256, hexadecimal, of the canonical snapshot: how many observations were learnt, the newest moment, the knowledge
    /// that was used, and the whole inventory as `InventoryJSON` writes it with its facts (docs/log.md).
    ///
    /// Lists that were not learnt from observations (advisories, declared assets) are left out: their digests are in it.
    public func digest() -> String {
        var hash = SHA256()
        func add(_ text: String) { hash.update(data: Array(text.utf8) + [0]) }
        add("wardlight.hospital.1")
        add("\(position)")
        add(newest?.description ?? "")
        for (name, digest) in knowledge.sorted(by: { $0.key < $1.key }) { add("\(name)=\(digest)") }
        InventoryJSON.write(snapshot(), facts: true) { hash.update(data: $0) }
        return hash.finalize().map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    }

    /// Takes in the observations of a block, as far as the log had come at a position.
    ///
    /// - Parameter last: the last position that counts; nil takes all of the block.
    public mutating func learn(_ block: LogBlock, upTo last: UInt64? = nil) -> [Change] {
        guard let last, block.end > last &+ 1 else { return learn(block.observations) }
        guard last >= block.first else { return [] }
        return learn(Array(block.observations.prefix(Int(clamping: last - block.first + 1))))
    }
}
