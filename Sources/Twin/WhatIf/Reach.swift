//===----------------------------------------------------------------------===//
// Wardlight · Twin
//
// Reach: which switches have a way to the others when one of them passes nothing on.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// The switches of a site without one of them, by the links that they and their neighbours told of (LLDP, CDP).
struct Reach {
    /// The one that fails, and those that have no way to the rest without it. The rest is what more than half of the others
    /// still belong to; where no part is so large, every part is cut from most others.
    let cut: Set<String>
    /// To which no way is known at all: they may be behind it.
    let doubtful: Set<String>
    /// Both in words, a line each.
    let words: [String]

    init(without agent: String, site: String, _ map: NetworkMap) {
        var neighbours: [String: [String]] = [:]
        for link in map.links where link.site == site && link.isBetweenSwitches {
            guard let one = link.one.agent, let other = link.other.agent else { continue }
            neighbours[one, default: []].append(other)
            neighbours[other, default: []].append(one)
        }
        func part(from start: String, without gone: String?) -> Set<String> {
            var part: Set<String> = []
            var next = [start]
            while let one = next.popLast() {
                if one != gone, part.insert(one).inserted { next += neighbours[one] ?? [] }
            }
            return part
        }
        let agents = Set(map.switches.lazy.filter { $0.site == site }.map(\.about.agent))
        let joined = part(from: agent, without: nil)
        var parts: [Set<String>] = []
        for one in (neighbours[agent] ?? []).sorted() where one != agent && !parts.contains(where: { $0.contains(one) })
        {
            parts.append(part(from: one, without: agent))
        }
        let rest = parts.first { $0.count * 2 > joined.count - 1 }
        cut = joined.subtracting(rest ?? [])
        doubtful = agents.subtracting(joined)
        words = Self.words(agent, site, cut: cut.count, isSplit: rest == nil && parts.count > 1, doubtful.count)
    }

    private static func words(_ agent: String, _ site: String, cut: Int, isSplit: Bool, _ doubtful: Int) -> [String] {
        var words: [String] = []
        switch (cut, isSplit) {
        case (1, _): words.append("The switch \(agent) passes nothing on.")
        case (2, false): words.append("Without \(agent) 1 more switch has no way to the rest.")
        case (_, false): words.append("Without \(agent) \(cut - 1) more switches have no way to the rest.")
        case (_, true):
            words.append(
                "Without \(agent) the \(cut - 1) switches that it joins have no way to most others: each counts as cut."
            )
        }
        if doubtful > 0 {
            words.append(
                doubtful == 1
                    ? "No way to 1 other switch of \(site) is known; it may be behind it, too."
                    : "No way to \(doubtful) other switches of \(site) is known; they may be behind it, too.")
        }
        return words
    }
}
