//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// Measurements, edges and places as protocol buffers, there and back.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import WireRecords

extension ObservationForm {
    // MARK: There

    static func record(_ measurement: Measurement) -> Wardlight_Log_V1_MeasurementRecord {
        var record = Wardlight_Log_V1_MeasurementRecord()
        record.subject = self.record(measurement.subject)
        record.metric = measurement.metric
        record.value = measurement.value
        record.unit = measurement.unit
        record.quality = measurement.quality == .valid ? "" : measurement.quality.rawValue
        return record
    }

    static func record(_ edge: Edge) -> Wardlight_Log_V1_EdgeRecord {
        var record = Wardlight_Log_V1_EdgeRecord()
        record.one = self.record(edge.one)
        record.relation = edge.relation.rawValue
        record.other = self.record(edge.other)
        record.isEnded = edge.isEnded
        return record
    }

    private static func record(_ end: Edge.End) -> Wardlight_Log_V1_EdgeEndRecord {
        var record = Wardlight_Log_V1_EdgeEndRecord()
        switch end {
        case .device(let subject): record.device = self.record(subject)
        case .location(let id): record.location = id
        case .person(let reference): record.person = reference
        }
        return record
    }

    static func record(_ report: LocationReport) -> Wardlight_Log_V1_LocationRecord {
        var record = Wardlight_Log_V1_LocationRecord()
        switch report {
        case .gone(let id):
            record.id = id
            record.isGone = true
        case .stands(let location):
            record.id = location.id
            record.kind = location.kind.rawValue
            record.name = location.name
            if let parent = location.parent { record.parent = parent }
            record.outline = location.outline?.corners.flatMap { [$0.x, $0.y] } ?? []
            record.aliases = location.aliases
        }
        return record
    }

    // MARK: Back

    static func measurement(_ record: Wardlight_Log_V1_MeasurementRecord) throws(RecordError) -> Measurement {
        guard record.value.isFinite else { throw .outOfBounds("a measurement's value") }
        guard !record.metric.isEmpty, record.metric.utf8.count <= Measurement.longestMetric else {
            throw .outOfBounds("a measurement's metric")
        }
        guard record.unit.utf8.count <= Measurement.longestUnit else { throw .outOfBounds("a measurement's unit") }
        guard let quality = record.quality.isEmpty ? .valid : Measurement.Quality(rawValue: record.quality) else {
            throw .unknownWord(record.quality)
        }
        return Measurement(
            subject: try subject(record.subject), metric: record.metric, value: record.value, unit: record.unit,
            quality: quality)
    }

    static func edge(_ record: Wardlight_Log_V1_EdgeRecord) throws(RecordError) -> Edge {
        guard let relation = Edge.Relation(rawValue: record.relation) else { throw .unknownWord(record.relation) }
        return Edge(try end(record.one), relation, try end(record.other), isEnded: record.isEnded)
    }

    private static func end(_ record: Wardlight_Log_V1_EdgeEndRecord) throws(RecordError) -> Edge.End {
        switch record.end {
        case .device(let device): return .device(try subject(device))
        case .location(let id):
            guard !id.isEmpty, id.utf8.count <= Location.longestId else { throw .outOfBounds("a place's id") }
            return .location(id)
        case .person(let reference):
            guard !reference.isEmpty, reference.utf8.count <= Edge.longestReference else {
                throw .outOfBounds("a person's reference")
            }
            return .person(reference)
        // Sealed ends are opened before this; one that could not be names nobody any more.
        case .sealed: return .person(erased)
        case nil: throw .outOfBounds("an edge's end")
        }
    }

    static func location(_ record: Wardlight_Log_V1_LocationRecord) throws(RecordError) -> LocationReport {
        guard !record.id.isEmpty, record.id.utf8.count <= Location.longestId else {
            throw .outOfBounds("a place's id")
        }
        if record.isGone { return .gone(record.id) }
        guard let kind = Location.Kind(rawValue: record.kind) else { throw .unknownWord(record.kind) }
        guard record.name.utf8.count <= Location.longestName, record.aliases.count <= Location.mostAliases,
            record.aliases.allSatisfy({ $0.utf8.count <= Location.longestName }),
            record.parent.utf8.count <= Location.longestId
        else { throw .outOfBounds("a place's names") }
        var location = Location(
            id: record.id, kind: kind, name: record.name, parent: record.hasParent ? record.parent : nil,
            aliases: record.aliases)
        if !record.outline.isEmpty {
            let count = record.outline.count
            guard count % 2 == 0, (6...2 * Location.Outline.mostCorners).contains(count) else {
                throw .outOfBounds("a place's outline")
            }
            location.outline = Location.Outline(
                corners: stride(from: 0, to: count, by: 2).map {
                    Location.Outline.Point(x: record.outline[$0], y: record.outline[$0 + 1])
                })
        }
        return .stands(location)
    }
}
