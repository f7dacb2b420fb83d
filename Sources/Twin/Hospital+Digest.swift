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
    /// What was not learnt from observations (advisories, declared assets, what the settings allow) is left out: the digests
    /// that the log names are in it. So the hash of a service with lists is that of a replay without.
    public func digest() -> String {
        var hash = SHA256()
        func add(_ text: String) { hash.update(data: Array(text.utf8) + [0]) }
        add("wardlight.hospital.1")
        add("\(position)")
        add(newest?.description ?? "")
        for (name, digest) in knowledge.sorted(by: { $0.key < $1.key }) { add("\(name)=\(digest)") }
        var plain = self
        plain.take(listsOf: Hospital(knowledge: inventory.knowledge))
        let brief = plain.snapshot(isBrief: true)
        InventoryJSON.write(brief, facts: true, told: plain.inventory.told) { hash.update(data: $0) }
        for line in canonicalLines { add(line) }
        return hash.finalize().map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    }

    /// What the inventory does not tell: places, edges, readings and who talks with whom, a line each.
    private var canonicalLines: [String] {
        var lines: [String] = []
        for location in places.all {
            let corners = location.outline?.corners.map { "\($0.x),\($0.y)" } ?? []
            let texts = [location.id, location.kind.rawValue, location.name, location.parent ?? ""]
            lines.append("place " + Self.told(texts + corners + location.aliases))
        }
        for edge in edges.all {
            let texts = [
                edge.site, edge.one.sortKey, edge.relation.rawValue, edge.other.sortKey, edge.since.description,
                edge.until?.description ?? "", edge.sensor,
            ]
            lines.append("edge " + Self.told(texts))
        }
        for reading in readings.all {
            let texts = [
                reading.site, Edge.End.device(reading.subject).sortKey, reading.metric, "\(reading.value)",
                reading.unit,
                reading.quality.rawValue, reading.occurred.description, reading.sensor, "\(reading.count)",
            ]
            lines.append("reading " + Self.told(texts))
        }
        for (record, days) in activity.all {
            let texts = days.map { "\($0.key.words) \($0.first) \($0.last) \($0.day) \($0.bits)" }
            lines.append("peers \(record) " + Self.told(texts))
        }
        return lines
    }

    /// Each text with its length in front, so that no two lists read the same.
    private static func told(_ texts: [String]) -> String { texts.map { "\($0.utf8.count):\($0)" }.joined() }

    /// Takes in the observations of a block, as far as the log had come at a position.
    ///
    /// - Parameter last: the last position that counts; nil takes all of the block.
    public mutating func learn(_ block: LogBlock, upTo last: UInt64? = nil) -> [Change] {
        guard let last, block.end > last &+ 1 else { return learn(block.observations) }
        guard last >= block.first else { return [] }
        return learn(Array(block.observations.prefix(Int(clamping: last - block.first + 1))))
    }
}
