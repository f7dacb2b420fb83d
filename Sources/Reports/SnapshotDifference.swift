//===----------------------------------------------------------------------===//
// Wardlight · Reports
//
// Difference: what does an inventory say now that it did not say before?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// What changed between two answers about the same hospital, a line each, for the person who decided something.
public enum SnapshotDifference {
    /// More lines than fit a screen help nobody.
    private static let most = 40

    public static func lines(from before: InventorySnapshot, to after: InventorySnapshot) -> [String] {
        let old = Dictionary(before.devices.map { ($0.id, $0) }) { first, _ in first }
        let new = Dictionary(after.devices.map { ($0.id, $0) }) { first, _ in first }
        var lines: [String] = []
        for device in before.devices where new[device.id] == nil {
            let heir = after.devices.first { $0.formerIds.contains(device.id) }
            let name = "\(device.id) (\(SafeText.neutralised(device.caption)))"
            lines.append(heir.map { "\(name) is now part of \($0.id)" } ?? "\(name) is gone")
        }
        for device in after.devices {
            guard let known = old[device.id] else {
                lines.append("\(device.id) is new: \(SafeText.neutralised(device.caption))")
                continue
            }
            if known != device { lines += changes(known, device) }
        }
        guard lines.count > most else { return lines }
        return lines.prefix(most) + ["… and \(lines.count - most) more"]
    }

    private static func changes(_ old: Device, _ new: Device) -> [String] {
        var lines: [String] = []
        func line(_ what: String, _ from: String?, _ to: String?) {
            guard from != to else { return }
            let (from, to) = (
                from.map(SafeText.neutralised) ?? "not known", to.map(SafeText.neutralised) ?? "not known"
            )
            lines.append("\(new.id): \(what) \(from) became \(to)")
        }
        for attribute in Attribute.allCases {
            line(attribute.rawValue, old.judgements[attribute]?.value, new.judgements[attribute]?.value)
        }
        line("class", old.deviceClass.rawValue, new.deviceClass.rawValue)
        line("addresses", addresses(old), addresses(new))
        return lines
    }

    private static func addresses(_ device: Device) -> String {
        let all = device.mac.map(\.description) + (device.ipv4 + device.ipv6).map(\.description) + device.eui64
        return all.joined(separator: ", ")
    }
}
