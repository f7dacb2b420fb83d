//===----------------------------------------------------------------------===//
// Wardlight · Twin
//
// Places: the tree of the hospital's places, as it is known now.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import HashTreeCollections
import Model

/// The tree of places of all sites of a log. A copy shares what both know.
///
/// A report counts unless a newer one of the same place is known, whichever came first. What has no parent that is
/// there hangs nowhere and is listed all the same: a plan is often told from the inside out.
public struct Places: Sendable {
    struct Known: Hashable, Sendable, Codable {
        /// Nil when it is gone; remembered so that late news does not bring it back.
        var location: Location?
        var told: Timestamp
    }

    /// A very large hospital has some 10,000 rooms and beds.
    public static let most = 65_536

    private var known: TreeDictionary<String, Known> = [:]
    /// Places that stand.
    public private(set) var count = 0
    /// Reports that found no room.
    public private(set) var overflow: UInt64 = 0

    public init() {}

    public var isEmpty: Bool { count == 0 }

    public subscript(id: String) -> Location? { known[id]?.location }

    /// Whether this is the last word of a place.
    func tells(_ location: Location, at moment: Timestamp) -> Bool {
        known[location.id].map { $0.told == moment && $0.location == location } ?? false
    }

    /// Takes a report in.
    ///
    /// - Returns: whether anything is different now.
    @discardableResult
    public mutating func learn(_ report: LocationReport, at moment: Timestamp) -> Bool {
        let id: String
        let location: Location?
        switch report {
        case .stands(let told): (id, location) = (told.id, told)
        case .gone(let told): (id, location) = (told, nil)
        }
        let before = known[id]
        if let before, before.told > moment { return false }
        guard before != nil || known.count < Self.most else {
            overflow &+= 1
            return false
        }
        known[id] = Known(location: location, told: moment)
        count += (location == nil ? 0 : 1) - (before?.location == nil ? 0 : 1)
        return before?.location != location
    }

    // A table by name: written by hand.
    func write(to state: StateEncoder) throws {
        state.write(overflow)
        state.write(UInt64(known.count))
        for (id, place) in known {
            state.write(id)
            try state.write(place)
        }
    }

    init(reading state: StateDecoder) throws {
        overflow = try state.number()
        for _ in 0..<(try state.length()) {
            let id = try state.text()
            let place = try state.value(Known.self)
            if known.updateValue(place, forKey: id) == nil, place.location != nil { count += 1 }
        }
    }

    /// Every place, by id.
    public var all: [Location] { known.values.compactMap(\.location).sorted { $0.id < $1.id } }

    /// From the place to the widest that holds it. A circle of parents ends where it began.
    public func path(to id: String) -> [Location] {
        var path: [Location] = []
        var next: String? = id
        while let id = next, let location = self[id], !path.contains(where: { $0.id == id }) {
            path.append(location)
            next = location.parent
        }
        return path
    }

    /// Whether one place is another or lies in it.
    public func lies(_ id: String, in other: String) -> Bool { path(to: id).contains { $0.id == other } }

    /// `bed 3, room 204, ICU, floor 2, North`: from the inside out, without the site.
    public func words(of id: String) -> String {
        path(to: id).filter { $0.kind != .site }.map(\.name).joined(separator: ", ")
    }

    /// Places by what devices and other systems call them; a name that several claim means none of them.
    public func byAlias() -> [String: String] {
        var found: [String: String?] = [:]
        for location in all {
            for alias in Set(location.aliases + [location.id]).sorted() {
                found[alias] = found[alias] == nil ? .some(location.id) : .some(nil)
            }
        }
        return found.compactMapValues(\.self)
    }
}
