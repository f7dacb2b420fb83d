//===----------------------------------------------------------------------===//
// Wardlight · Reports
//
// Changes as JSON: what followers of the hospital are told, schema wardlight.changes/1.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// One publication as a line of JSON, without a line break.
public enum ChangeJSON {
    public static let schema = "wardlight.changes/1"

    /// - Parameter recorded: the log's clock at the newest observation that counts.
    public static func bytes(_ number: EventNumber, recorded: Timestamp?, _ notes: [ChangeNote]) -> [UInt8] {
        var json = JSONWriter()
        json.beginObject(inline: true)
        json.member("number", number.description)
        json.member("position", number.position)
        json.member("recorded", recorded?.description)
        json.key("changes")
        json.beginArray(inline: true)
        for note in notes { json.note(note) }
        json.endArray()
        json.endObject()
        // One event is one line (server-sent events end a field at a line break).
        return json.take().filter { $0 != 0x0A }
    }
}

extension JSONWriter {
    mutating func note(_ note: ChangeNote) {
        beginObject(inline: true)
        member("kind", note.kind.rawValue)
        member("site", note.site)
        member("moment", note.moment.description)
        member("device", note.device)
        member("finding", note.finding)
        member("what", note.what)
        member("from", note.from)
        member("to", note.to)
        member("unit", note.unit)
        member("severity", note.severity?.rawValue)
        endObject()
    }
}
