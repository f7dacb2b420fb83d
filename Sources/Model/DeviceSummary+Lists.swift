//===----------------------------------------------------------------------===//
// Wardlight · Model
//
// How summaries are put in order and searched: the same on the shelf and in a view of the past.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

extension DeviceSummary {
    /// What a list is ordered by, as a text whose octets sort as its values do.
    public func sortValue(_ order: DeviceQuery.Order) -> String {
        switch order {
        case .id: id
        case .name: (name ?? mac.first?.description ?? addresses.first?.description ?? "").lowercased()
        case .lastSeen: Self.digits(UInt64(bitPattern: lastSeen.nanoseconds) ^ 1 << 63)
        case .risk: Self.digits(UInt64(clamping: risk ?? 0))
        case .severity: "\(severity.map { $0.rank + 1 } ?? 0)"
        }
    }

    private static func digits(_ number: UInt64) -> String {
        let text = String(number, radix: 16)
        return String(repeating: "0", count: 16 - text.count) + text
    }

    /// Everything a person might look for.
    public var searchText: String {
        var texts =
            [id, site, deviceClass.rawValue] + formerIds + mac.map(\.description) + addresses.map(\.description)
        texts += [name, vendor, type, model, os, firmware, serial, port, whereabouts?.words].compactMap(\.self)
        return texts.joined(separator: " ")
    }

    /// Whether each word begins a word of it.
    public func holds(_ words: [String]) -> Bool {
        let mine = searchText.lowercased().split { !$0.isLetter && !$0.isNumber }
        return words.allSatisfy { word in mine.contains { $0.hasPrefix(word) } }
    }
}

extension Finding.Severity {
    /// 0 for info to 4 for critical.
    public var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

extension FindingSummary {
    /// The worst first, then the newest, then by id.
    public var sortValue: String {
        let age = UInt64(bitPattern: finding.since?.nanoseconds ?? .min) ^ 1 << 63
        let text = String(UInt64.max - age, radix: 16)
        return "\(4 - finding.severity.rank) " + String(repeating: "0", count: 16 - text.count) + text + " " + id
    }
}
