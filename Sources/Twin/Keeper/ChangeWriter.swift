//===----------------------------------------------------------------------===//
// Wardlight · Twin
//
// From what the fold says to what followers are told.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Inventory
import HashTreeCollections
import Model

/// Translates the changes of a block: of a series only the newest reading, of a device one summary.
struct ChangeWriter {
    private let hospital: Hospital
    private let shown: TreeDictionary<String, DeviceSummary>

    init(_ hospital: Hospital, _ shown: TreeDictionary<String, DeviceSummary>) {
        self.hospital = hospital
        self.shown = shown
    }

    func notes(of changes: [Change]) -> ViewDifference {
        var difference = ViewDifference()
        var series: [String: Int] = [:]
        var touched: [String: Subject] = [:]
        var order: [String] = []
        for change in changes {
            switch change.kind {
            case .inventory(let news):
                if touched.updateValue(Subject(), forKey: news.device) == nil { order.append(news.device) }
                if let note = note(of: news, change) { difference.notes.append(note) }
            case .reading(let measurement):
                let note = reading(measurement, change)
                let key = "\(note.device ?? note.from ?? "") \(measurement.metric)"
                if let place = series[key] {
                    difference.notes[place] = note
                } else {
                    series[key] = difference.notes.count
                    difference.notes.append(note)
                }
            case .edge(let edge): difference.notes.append(note(of: edge, change))
            case .location(let report): difference.notes.append(note(of: report, change))
            }
        }
        for id in order {
            guard let device = hospital.inventory.device(id: id) else { continue }
            difference.devices.append(DeviceSummary(device, judged: shown[device.id]))
        }
        return difference
    }

    private func note(of news: InventoryChange, _ change: Change) -> ChangeNote? {
        func note(_ kind: ChangeNote.Kind, what: String? = nil, from: String? = nil, to: String? = nil) -> ChangeNote {
            ChangeNote(
                kind, site: change.site, moment: change.moment, device: news.device, what: what, from: from, to: to)
        }
        switch news.kind {
        case .appeared: return note(.deviceAppeared)
        case .judged(let attribute, let from, let to, _):
            return note(.deviceChanged, what: attribute.rawValue, from: from, to: to)
        case .merged(let other, _): return note(.deviceMerged, from: other)
        case .split(let other, _): return note(.deviceSplit, from: other)
        // What was read shows in what is judged; the rest in the summary.
        case .learned, .fronts, .demoted, .evicted: return nil
        }
    }

    private func reading(_ measurement: Measurement, _ change: Change) -> ChangeNote {
        let device = hospital.inventory.id(of: measurement.subject, site: change.site)
        var note = ChangeNote(
            .reading, site: change.site, moment: change.moment, device: device, what: measurement.metric,
            from: device == nil ? Edge.End.device(measurement.subject).sortKey : nil, to: "\(measurement.value)")
        note.unit = measurement.unit
        return note
    }

    private func note(of edge: Edge, _ change: Change) -> ChangeNote {
        var note = ChangeNote(
            edge.isEnded ? .edgeEnded : .edgeBegan, site: change.site, moment: change.moment,
            what: edge.relation.rawValue, from: words(of: edge.one, change.site), to: words(of: edge.other, change.site)
        )
        if case .device(let subject) = edge.one { note.device = hospital.inventory.id(of: subject, site: change.site) }
        return note
    }

    /// A person is told as one, never by the reference: events go to many screens.
    private func words(of end: Edge.End, _ site: String) -> String {
        switch end {
        case .device(let subject): hospital.inventory.id(of: subject, site: site) ?? end.sortKey
        case .location(let id): id
        case .person: "a person"
        }
    }

    private func note(of report: LocationReport, _ change: Change) -> ChangeNote {
        switch report {
        case .stands(let location):
            ChangeNote(
                .placeChanged, site: change.site, moment: change.moment, what: location.id, to: location.name)
        case .gone(let id): ChangeNote(.placeGone, site: change.site, moment: change.moment, what: id)
        }
    }
}
