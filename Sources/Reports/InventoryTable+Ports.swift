//===----------------------------------------------------------------------===//
// Wardlight · Reports
//
// What was found at ports, for people: the worst first, each with its place and since when.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension InventoryTable {
    /// More than this is shown by `--format json` only: a screen holds no more.
    private static let most = 40

    func portFindings(_ snapshot: InventorySnapshot) -> [String] {
        let found = snapshot.findings.enumerated().filter { $0.element.place != nil }
        if found.isEmpty { return [] }
        var owners: [HardwareAddress: String] = [:]
        for device in snapshot.devices {
            for address in device.mac where owners[address] == nil { owners[address] = device.caption }
        }
        var lines = [bold("Found at ports (\(SafeText.grouped(UInt64(found.count))))")]
        let sorted = found.sorted {
            (-Self.rank($0.element.severity), $0.offset) < (-Self.rank($1.element.severity), $1.offset)
        }
        for (_, finding) in sorted.prefix(Self.most) {
            guard let place = finding.place else { continue }
            var words = "\(finding.severity.rawValue): \(place.agent) \(place.port): \(finding.title)"
            let whom = finding.addresses.prefix(3).map { address in
                owners[address].map { "\($0) (\(address))" } ?? address.description
            }
            if !whom.isEmpty { words += ": " + whom.joined(separator: ", ") }
            if finding.addresses.count > 3 { words += " and \(finding.addresses.count - 3) more" }
            if let since = finding.since { words += ", since \(since.description.prefix(19))Z" }
            lines += wrap(SafeText.neutralised(words))
        }
        if sorted.count > Self.most { lines += wrap("and \(sorted.count - Self.most) more, in --format json.") }
        return lines + [""]
    }

    private static func rank(_ severity: Finding.Severity) -> Int {
        Finding.Severity.allCases.firstIndex(of: severity) ?? 0
    }
}
