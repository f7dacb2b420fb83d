//===----------------------------------------------------------------------===//
// Wardlight · Settings
//
// The time zone in the settings: from a name of the IANA database to the table of its changes.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model
import Yams

extension SettingsReader {
    mutating func timeZone(_ node: Node) -> SiteZone? {
        guard let name = text(node, "timeZone", most: 64) else { return nil }
        if let zone = SiteZone(iana: name) { return zone }
        let near = TimeZone.knownTimeZoneIdentifiers.first { known in
            known.lowercased() == name.lowercased() || known.lowercased().hasSuffix("/" + name.lowercased())
        }
        complain(
            node,
            "timeZone: \(Self.shown(name)) is no time zone; "
                + (near.map { "did you mean '\($0)'?" } ?? "write it as Europe/Berlin, or UTC."))
        return nil
    }
}

extension SiteZone {
    /// From 2000, before any log of ours, to 2060, after which nobody knows when clocks will change.
    private static let years = Timestamp(seconds: 946_684_800)...Timestamp(seconds: 2_840_140_800)

    /// - Parameter name: Of the IANA time zone database: `Europe/Berlin`, `UTC`.
    public init?(iana name: String) {
        // Abbreviations such as CET mean one thing in summer and another in winter, and several things in the world.
        guard name == "UTC" || name.contains("/"), let zone = TimeZone(identifier: name) else { return nil }
        func change(at moment: Date, from: Timestamp) -> Change {
            let offset = zone.secondsFromGMT(for: moment)
            return Change(from: from, offset: offset, name: Self.words(offset))
        }
        var moment = Date(timeIntervalSince1970: Double(Self.years.lowerBound.nanoseconds) / 1e9)
        let first = change(at: moment, from: Timestamp(nanoseconds: .min))
        var changes: [Change] = []
        while changes.count < Self.mostChanges, let next = zone.nextDaylightSavingTimeTransition(after: moment),
            next > moment
        {
            let from = Timestamp(seconds: Int64(next.timeIntervalSince1970.rounded()))
            guard from <= Self.years.upperBound else { break }
            changes.append(change(at: next.addingTimeInterval(1), from: from))
            moment = next
        }
        self.init(name, first: first, changes: changes)
    }

    /// `UTC+5:45`: the same on every machine, and clear in the hour that comes twice.
    private static func words(_ offset: Int) -> String {
        if offset == 0 { return "UTC" }
        let minutes = abs(offset) / 60
        let rest = minutes % 60 == 0 ? "" : ":" + (minutes % 60 < 10 ? "0" : "") + String(minutes % 60)
        return "UTC\(offset < 0 ? "-" : "+")\(minutes / 60)\(rest)"
    }
}
