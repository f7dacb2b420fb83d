//===----------------------------------------------------------------------===//
// Wardlight · Twin
//
// What is different between what is shown and what was judged.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import HashTreeCollections
import Model

/// Notes, and the rows that lists have to change.
struct ViewDifference {
    var notes: [ChangeNote] = []
    var devices: [DeviceSummary] = []
    var goneDevices: [String] = []
    var findings: [FindingSummary] = []
    var goneFindings: [String] = []

    init() {}

    /// - Parameters:
    ///   - newer: rows of devices that blocks told of since the view's hospital was copied, by id; nil where one is gone.
    ///   - isFirst: whether nothing was shown before: then rows are filled and nothing is told.
    init(
        _ view: HospitalView, newer: [String: DeviceSummary?], shown summaries: TreeDictionary<String, DeviceSummary>,
        findings shown: TreeDictionary<String, FindingSummary>, isFirst: Bool
    ) {
        func look(_ row: DeviceSummary) {
            let before = summaries[row.id]
            guard before != row else { return }
            devices.append(row)
            if !isFirst { tell(row, before, view.moment) }
        }
        // One at a time: all rows together are as large as all devices.
        for row in view.rows { if let row = newer[row.id] ?? row { look(row) } }
        for id in newer.keys.filter({ view.row($0) == nil }).sorted() { if let row = newer[id] ?? nil { look(row) } }
        for id in summaries.keys.filter({ (newer[$0] ?? view.row($0)) == nil }).sorted() {
            goneDevices.append(id)
            guard let gone = summaries[id], !isFirst else { continue }
            notes.append(ChangeNote(.deviceGone, site: gone.site, moment: view.moment, device: id))
        }
        for id in view.findings.keys.sorted() {
            guard let now = view.findings[id] else { continue }
            let before = shown[id]
            guard before != now else { continue }
            findings.append(now)
            if before == nil, !isFirst { notes.append(note(.findingRaised, now, now.finding.since ?? view.moment)) }
        }
        for id in shown.keys.sorted() where view.findings[id] == nil {
            goneFindings.append(id)
            guard let gone = shown[id], !isFirst else { continue }
            notes.append(note(.findingCleared, gone, view.moment))
        }
    }

    private mutating func tell(_ now: DeviceSummary, _ before: DeviceSummary?, _ moment: Timestamp) {
        func add(_ kind: ChangeNote.Kind, what: String? = nil, from: String? = nil, to: String? = nil) {
            notes.append(
                ChangeNote(kind, site: now.site, moment: moment, device: now.id, what: what, from: from, to: to))
        }
        guard let before else { return add(.deviceAppeared) }
        if now.port != before.port { add(.deviceMoved, what: "port", from: before.port, to: now.port) }
        if now.whereabouts?.location != before.whereabouts?.location {
            add(
                .deviceMoved, what: "place", from: before.whereabouts?.location, to: now.whereabouts?.location)
        }
        if now.isStale != before.isStale { add(now.isStale ? .deviceStale : .deviceBack) }
    }

    private func note(_ kind: ChangeNote.Kind, _ summary: FindingSummary, _ moment: Timestamp) -> ChangeNote {
        var note = ChangeNote(
            kind, site: summary.site, moment: moment, device: summary.device, what: summary.finding.rule,
            to: summary.finding.title)
        note.severity = summary.finding.severity
        note.finding = summary.id
        return note
    }
}
