//===----------------------------------------------------------------------===//
// Wardlight · Reports
//
// Places and ages in words: where is it, and how fresh is that answer?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension WirelessSecurity {
    /// For people.
    var title: String {
        switch self {
        case .open: "open"
        case .wep: "WEP"
        case .tkip: "TKIP"
        case .sharedKey: "shared key"
        case .enterprise: "enterprise"
        }
    }
}

extension Place {
    /// On one line, short: `sw-ward-3 Gi1/0/7`, `ap-ward-3 (clinical)`.
    var words: String {
        if let wireless { return port + (wireless.ssid.map { " (\($0))" } ?? "") }
        return "\(switchName ?? agent) \(port)" + (isUplink ? " or beyond" : "")
    }

    /// As a sentence of a device's story.
    var story: String {
        var parts: [String] = []
        if let wireless {
            parts.append("at access point \(port)")
            if let ssid = wireless.ssid { parts.append("network \(ssid)") }
            if let security = wireless.security { parts.append(security.title) }
            if let point = wireless.port { parts.append("which is at \(point.agent) \(point.port)") }
        } else {
            parts.append((isUplink ? "beyond " : "at ") + "\(switchName ?? agent) \(port)")
        }
        if let vlan { parts.append("VLAN \(vlan)") }
        if let segment { parts.append("shared with others (\(segment))") }
        return parts.joined(separator: ", ")
    }
}

extension Timestamp {
    /// Seconds from this moment to a later one; never less than none.
    func seconds(until end: Timestamp) -> Int64 {
        let (nanoseconds, overflow) = end.nanoseconds.subtractingReportingOverflow(nanoseconds)
        return overflow ? Int64.max / 1_000_000_000 : max(0, nanoseconds / 1_000_000_000)
    }

    /// How long ago that was, in the largest unit that still says something: `45 s`, `12 min`, `9 h`, `12 d`.
    func age(at end: Timestamp) -> String {
        let seconds = seconds(until: end)
        if seconds < 60 { return "\(seconds) s" }
        if seconds < 3_600 { return "\(seconds / 60) min" }
        if seconds < 172_800 { return "\(seconds / 3_600) h" }
        return "\(SafeText.grouped(UInt64(seconds / 86_400))) d"
    }
}
