//===----------------------------------------------------------------------===//
// Wardlight · Server
//
// Rows of lists as JSON: devices, findings, readings, edges and places.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Reports
import Twin

extension JSONWriter {
    /// Where the view stands on both axes of time; the first members of every answer.
    mutating func moment(of view: HospitalView) {
        member("position", view.position)
        member("moment", view.moment.description)
    }

    mutating func row(_ device: DeviceSummary) {
        beginObject(inline: true)
        member("id", device.id)
        member("site", device.site)
        if !device.formerIds.isEmpty { member("formerIds", device.formerIds) }
        member("parent", device.parent)
        member("class", device.deviceClass.rawValue)
        member("name", device.name)
        member("vendor", device.vendor)
        member("type", device.type)
        member("model", device.model)
        member("os", device.os)
        member("firmware", device.firmware)
        member("serial", device.serial)
        member("mac", device.mac.map(\.description))
        member("addresses", device.addresses.map(\.description))
        member("port", device.port)
        member("agent", device.agent)
        member("ifIndex", device.ifIndex)
        if let place = device.whereabouts {
            key("place")
            beginObject(inline: true)
            member("location", place.location)
            member("words", place.words)
            member("since", place.since.description)
            member("source", place.source)
            endObject()
        }
        member("firstSeen", device.firstSeen.description)
        member("lastSeen", device.lastSeen.description)
        member("stale", device.isStale)
        member("findings", device.findings)
        member("severity", device.severity?.rawValue)
        member("weaknesses", device.weaknesses)
        member("risk", device.risk)
        if device.isStub { member("stub", true) }
        endObject()
    }

    mutating func row(_ summary: FindingSummary) {
        beginObject()
        member("id", summary.id)
        member("site", summary.site)
        member("device", summary.device)
        members(summary.finding)
        endObject()
    }

    mutating func row(_ shown: ShownReading) {
        let reading = shown.reading
        beginObject(inline: true)
        member("site", reading.site)
        member("device", shown.device)
        if shown.device == nil { member("subject", Edge.End.device(reading.subject).sortKey) }
        member("metric", reading.metric)
        key("value")
        value(reading.value)
        member("unit", reading.unit)
        member("quality", reading.quality.rawValue)
        member("occurred", reading.occurred.description)
        member("stale", shown.isStale)
        member("sensor", reading.sensor)
        member("count", reading.count)
        endObject()
    }

    /// - Parameter showsPeople: whether references of persons are written; else only that there is one.
    mutating func row(_ edge: StandingEdge, in view: HospitalView, showsPeople: Bool) {
        beginObject(inline: true)
        member("site", edge.site)
        key("one")
        end(edge.one, edge.site, view, showsPeople)
        member("relation", edge.relation.rawValue)
        key("other")
        end(edge.other, edge.site, view, showsPeople)
        member("since", edge.since.description)
        member("until", edge.until?.description)
        member("sensor", edge.sensor)
        endObject()
    }

    private mutating func end(_ end: Edge.End, _ site: String, _ view: HospitalView, _ showsPeople: Bool) {
        beginObject(inline: true)
        switch end {
        case .device:
            member("kind", "device")
            member("device", view.device(of: end, site: site))
            member("subject", end.sortKey)
        case .location(let id):
            member("kind", "location")
            member("location", id)
        case .person(let reference):
            member("kind", "person")
            if showsPeople { member("person", reference) }
        }
        endObject()
    }

    mutating func row(_ place: Location, devices: Int, beds: Int) {
        beginObject(inline: true)
        member("id", place.id)
        member("kind", place.kind.rawValue)
        member("name", place.name)
        member("parent", place.parent)
        if !place.aliases.isEmpty { member("aliases", place.aliases) }
        if let outline = place.outline {
            key("outline")
            beginArray(inline: true)
            for corner in outline.corners {
                beginArray(inline: true)
                value(corner.x)
                value(corner.y)
                endArray()
            }
            endArray()
        }
        member("devices", devices)
        member("beds", beds)
        endObject()
    }
}
