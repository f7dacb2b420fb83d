//===----------------------------------------------------------------------===//
// Wardlight · Server
//
// Times of pages: in the zone of the site.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model

/// Shows moments in a zone.
struct ZoneClock: Sendable {
    private let zone: TimeZone
    let name: String

    /// UTC where the zone is not known.
    init(_ name: String) {
        if let zone = TimeZone(identifier: name) {
            (self.zone, self.name) = (zone, name)
        } else {
            (zone, self.name) = (.gmt, "UTC")
        }
    }

    private func offset(at moment: Timestamp) -> Int64 {
        Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(moment.nanoseconds / 1_000_000_000))))
    }

    private func local(_ moment: Timestamp) -> String {
        let (shifted, overflow) = moment.nanoseconds.addingReportingOverflow(offset(at: moment) * 1_000_000_000)
        return Timestamp(nanoseconds: overflow ? moment.nanoseconds : shifted).description
    }

    /// `2026-11-23 03:14:07`
    func words(_ moment: Timestamp) -> String {
        let text = local(moment)
        return text.prefix(10) + " " + text.dropFirst(11).prefix(8)
    }

    /// `03:14:07`
    func time(_ moment: Timestamp) -> String { String(local(moment).dropFirst(11).prefix(8)) }

    /// For an input of a form: `2026-11-23T03:14:07`.
    func field(_ moment: Timestamp) -> String { String(local(moment).prefix(19)) }

    /// RFC 3339, or the same without a zone: then of this one.
    func moment(of text: String) -> Timestamp? {
        if let moment = ValueKind.moment(of: text) { return moment }
        let full = text.utf8.count == 16 ? text + ":00" : text
        guard full.utf8.count == 19, let plain = Timestamp(rfc3339: full + "Z") else { return nil }
        let guess = Timestamp(nanoseconds: plain.nanoseconds &- offset(at: plain) * 1_000_000_000)
        return Timestamp(nanoseconds: plain.nanoseconds &- offset(at: guess) * 1_000_000_000)
    }

    /// `45 s`, `12 min`, `9 h`, `12 d`.
    static func age(_ from: Timestamp, _ to: Timestamp) -> String {
        let (difference, overflow) = to.nanoseconds.subtractingReportingOverflow(from.nanoseconds)
        let seconds = overflow ? 0 : max(0, difference / 1_000_000_000)
        return switch seconds {
        case ..<120: "\(seconds) s"
        case ..<7_200: "\(seconds / 60) min"
        case ..<172_800: "\(seconds / 3_600) h"
        default: "\(seconds / 86_400) d"
        }
    }
}
