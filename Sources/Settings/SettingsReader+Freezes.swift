//===----------------------------------------------------------------------===//
// Wardlight · Settings
//
// Freeze windows in the settings: days and hours, or a span of time.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Yams

extension SettingsReader {
    mutating func freezes(_ node: Node, _ what: String) -> [FreezeWindow] {
        list(node, what, most: SettingsFile.mostFreezes).enumerated().compactMap { number, node in
            freeze(node, "\(what)[\(number + 1)]")
        }
    }

    private mutating func freeze(_ node: Node, _ what: String) -> FreezeWindow? {
        guard let values = mapping(node, what, keys: ["days", "from", "to"]) else { return nil }
        guard let from = values["from"], let to = values["to"], let fromText = text(from, "\(what): from"),
            let toText = text(to, "\(what): to")
        else {
            complain(node, "\(what) takes from and to: hours such as 22:00, or moments such as 2026-12-20T00:00:00Z.")
            return nil
        }
        if let start = Timestamp(rfc3339: fromText), let end = Timestamp(rfc3339: toText) {
            if let days = values["days"] {
                complain(days, "\(what): 'days' goes with hours of the day, not with moments.")
                return nil
            }
            guard start < end else {
                complain(to, "\(what): it ends before it begins.")
                return nil
            }
            return .once(from: start, to: end)
        }
        guard let start = Self.minute(fromText), start < 1_440, let end = Self.minute(toText) else {
            complain(from, "\(what): both of from and to are hours (22:00), or both moments (2026-12-20T00:00:00Z).")
            return nil
        }
        guard start != end else {
            complain(to, "\(what): from and to are the same hour; a whole day is 00:00 to 24:00.")
            return nil
        }
        var days = Set(FreezeWindow.Weekday.allCases)
        if let node = values["days"] {
            let named = list(node, "\(what): days", most: 7).compactMap { day($0, "\(what): days") }
            guard !named.isEmpty else {
                complain(node, "\(what): 'days' names at least one day; leave it out for every day.")
                return nil
            }
            days = Set(named)
        }
        return .weekly(days: days, fromMinute: start, toMinute: end)
    }

    private mutating func day(_ node: Node, _ what: String) -> FreezeWindow.Weekday? {
        let names = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
        if case .scalar(let scalar) = node, let place = names.firstIndex(of: scalar.string.lowercased()) {
            return FreezeWindow.Weekday(rawValue: place)
        }
        complain(node, "\(what) takes names of days: \(names.joined(separator: ", ")).")
        return nil
    }

    /// Minutes of `22:00`; `24:00` is the day's end.
    private static func minute(_ text: String) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].count <= 2, parts[1].count == 2, let hour = Int(parts[0]),
            let minute = Int(parts[1]), hour >= 0, minute >= 0, minute < 60, hour < 24 || hour == 24 && minute == 0
        else { return nil }
        return hour * 60 + minute
    }
}
