//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// Sightings that say the same, made one: a gateway that hears a tag every second has one thing to say.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Joins sightings that differ only in time and services, until it is full.
struct SightingMerger: Sendable {
    /// Different sightings that are held at once.
    static let most = 65_536

    private var places: [SightingLine: Int] = [:]
    private var lines: [SightingLine] = []

    var isFull: Bool { lines.count >= Self.most }

    mutating func add(_ line: SightingLine) {
        var key = line
        (key.at, key.first, key.last, key.count, key.serves, key.uses) = (.epoch, nil, nil, 1, [], [])
        guard let place = places[key] else {
            places[key] = lines.count
            lines.append(line)
            return
        }
        var span = lines[place].span
        span.include(line.span)
        lines[place].at = span.last
        lines[place].last = nil
        lines[place].first = span.first == span.last ? nil : span.first
        lines[place].count &+= line.count
        lines[place].serves = Self.joined(lines[place].serves, line.serves)
        lines[place].uses = Self.joined(lines[place].uses, line.uses)
    }

    /// Sorted; those that came first stay where there is no room for all.
    private static func joined(
        _ one: [SightingLine.Port], _ other: [SightingLine.Port]
    ) -> [SightingLine.Port] {
        var ports = one
        for port in other where ports.count < SightingLine.Limits.ports && !ports.contains(port) { ports.append(port) }
        return ports.count == one.count ? one : ports.sorted()
    }

    /// All of them, in the order of their first coming; the merger is empty again.
    mutating func take() -> [SightingLine] {
        defer { self = SightingMerger() }
        return lines
    }
}
