//===----------------------------------------------------------------------===//
// Wardlight · Reports
//
// The work list of patches as JSON, for machines (docs/schema/wardlight.patches-1.schema.json).
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension PatchReport {
    /// Everything that the table says and the texts that were compared; a value that is not known is left out.
    public static func json(of list: PatchList) -> [UInt8] {
        var json = JSONWriter()
        json.beginObject()
        json.member("schema", schema)
        json.member("asOf", list.asOf.description)
        json.member("devices", list.devices)
        json.key("groups")
        json.beginArray()
        for group in list.groups {
            json.beginObject()
            json.member("model", group.model)
            json.member("ward", group.ward)
            json.key("lines")
            json.beginArray()
            for line in group.lines { write(line, to: &json) }
            json.endArray()
            json.endObject()
        }
        json.endArray()
        json.endObject()
        json.newLine()
        return json.take()
    }

    private static func write(_ line: PatchList.Line, to json: inout JSONWriter) {
        json.beginObject()
        json.member("device", line.device)
        json.member("name", line.name)
        json.member("type", line.type)
        json.member("firmware", line.firmware)
        json.member("priority", line.priority?.name)
        json.member("openSince", line.since?.description)
        json.member("knownExploited", line.exploited)
        json.member("action", line.action)
        json.member("medical", line.isMedical)
        json.member("isolationStops", line.isolation)
        json.member("toReview", line.toReview)
        json.key("advisories")
        json.beginArray()
        for weakness in line.weaknesses {
            json.beginObject()
            json.member("advisory", weakness.advisory)
            json.member("row", weakness.row)
            json.member("title", weakness.title)
            json.member("reason", weakness.reason)
            json.member("cves", weakness.cves)
            json.member("score", weakness.score.map { "\($0 / 10).\($0 % 10)" })
            json.member("knownExploited", weakness.exploited)
            json.member("priority", weakness.priority?.name)
            json.member("openSince", weakness.since?.description)
            json.member("verification", weakness.verification.rawValue)
            json.key("compared")
            json.beginArray()
            for comparison in weakness.comparisons {
                json.beginObject()
                json.member("what", comparison.what)
                json.member("seen", comparison.seen)
                json.member("advisory", comparison.advisory)
                json.member("holds", comparison.holds)
                json.endObject()
            }
            json.endArray()
            json.member("fixes", weakness.fixes.map(\.details))
            json.member("meanwhile", weakness.mitigations.map(\.details))
            json.endObject()
        }
        json.endArray()
        json.key("controls")
        json.beginArray()
        for control in line.controls {
            json.beginObject()
            json.member("advisory", control.content.advisory)
            json.member("measure", control.content.measure)
            json.member("owner", control.content.owner)
            json.member("reviewBy", control.content.review.description)
            json.member("overdue", control.isOverdue)
            json.endObject()
        }
        json.endArray()
        json.endObject()
    }
}
