//===----------------------------------------------------------------------===//
// Wardlight · Actuators
//
// Syslog: one note as a message of RFC 5424.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Writes messages (RFC 5424) and frames them for a stream (RFC 6587, 3.4.1: octets counted, as RFC 5425 wants it).
public enum SyslogMessage {
    /// 32473 is the enterprise number of examples (RFC 5612); ours takes its place when there is one.
    private static let id = "wardlight@32473"
    /// Octets of one text; a receiver takes 2,048 octets of a message at least (RFC 5425, 4.3.1).
    private static let longest = 256

    /// - Parameter host: name of this machine.
    public static func text(of note: OutletNote, host: String) -> String {
        let change = note.change
        // Facility 10: security (RFC 5424, 6.2.1).
        let priority = 10 * 8 + severity(change)
        let message = change.kind == .findingCleared ? "cleared" : "raised"
        var data = "[\(id) number=\"\(note.number)\" site=\"\(escaped(change.site))\""
        for (name, value) in [("finding", change.finding), ("device", change.device), ("rule", change.what)] {
            if let value { data += " \(name)=\"\(escaped(value))\"" }
        }
        if let severity = change.severity { data += " severity=\"\(severity.rawValue)\"" }
        data += "]"
        return "<\(priority)>1 \(time(change.moment)) \(word(host, 255)) wardlight - finding.\(message) \(data) "
            + "\u{FEFF}Finding \(message): \(plain(change.to ?? change.what ?? ""))"
    }

    public static func frame(_ text: String) -> [UInt8] {
        let bytes = Array(text.utf8)
        return Array("\(bytes.count) ".utf8) + bytes
    }

    private static func severity(_ change: ChangeNote) -> Int {
        if change.kind == .findingCleared { return 5 }
        return switch change.severity {
        case .critical: 2
        case .high: 3
        case .medium: 4
        case .low: 5
        case .info, nil: 6
        }
    }

    /// RFC 3339 with at most six digits of the second (RFC 5424, 6.2.3).
    private static func time(_ moment: Timestamp) -> String {
        Timestamp(nanoseconds: moment.nanoseconds / 1_000 * 1_000).description
    }

    /// Printable ASCII without spaces.
    private static func word(_ text: String, _ most: Int) -> String {
        let kept = text.unicodeScalars.filter { (0x21...0x7E).contains($0.value) }.prefix(most)
        return kept.isEmpty ? "-" : String(String.UnicodeScalarView(kept))
    }

    /// Values of structured data: quotation mark, backslash and bracket are escaped (RFC 5424, 6.3.3).
    private static func escaped(_ text: String) -> String {
        plain(text).replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("]", with: "\\]")
    }

    /// Without control characters, which would end a line or move a cursor at the receiver.
    private static func plain(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        var octets = 0
        for scalar in text.unicodeScalars {
            octets += UTF8.width(scalar)
            if octets > longest { break }
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator: result.append("\u{FFFD}")
            default: result.append(scalar)
            }
        }
        return String(result)
    }
}
