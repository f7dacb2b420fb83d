//===----------------------------------------------------------------------===//
// Wardlight · Server
//
// A glance: what answers look up in a view, sorted once.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Synchronization
import Twin

/// Readings by device and devices by place, of one view.
struct Glance: Sendable {
    let view: HospitalView
    /// By site, device and metric.
    let readings: [ShownReading]
    let readingsOf: [String: [ShownReading]]
    /// Directly at a place, by id of the device.
    let devicesAt: [String: [DeviceSummary]]
    let childrenOf: [String: [Location]]
    /// Sites, and what has no parent that is there.
    let roots: [Location]
    /// In a place and all that lies in it.
    let counts: [String: (devices: Int, beds: Int)]

    init(_ view: HospitalView) {
        self.view = view
        readings = view.shownReadings()
        var readingsOf: [String: [ShownReading]] = [:]
        for reading in readings {
            if let device = reading.device { readingsOf[device, default: []].append(reading) }
        }
        self.readingsOf = readingsOf
        var devicesAt: [String: [DeviceSummary]] = [:]
        for summary in view.rows.sorted(by: { $0.id < $1.id }) {
            if let place = summary.whereabouts?.location { devicesAt[place, default: []].append(summary) }
        }
        self.devicesAt = devicesAt
        let all = view.hospital.places.all
        var childrenOf: [String: [Location]] = [:]
        var roots: [Location] = []
        for place in all {
            if let parent = place.parent, view.hospital.places[parent] != nil {
                childrenOf[parent, default: []].append(place)
            } else {
                roots.append(place)
            }
        }
        self.childrenOf = childrenOf
        self.roots = roots
        var counts: [String: (devices: Int, beds: Int)] = [:]
        for place in all {
            let own = (devices: devicesAt[place.id]?.count ?? 0, beds: place.kind == .bed ? 1 : 0)
            if own == (0, 0) { continue }
            for holder in view.hospital.places.path(to: place.id) {
                counts[holder.id, default: (0, 0)].devices += own.devices
                counts[holder.id, default: (0, 0)].beds += own.beds
            }
        }
        self.counts = counts
    }
}

/// The glance of the newest view, for all who ask meanwhile.
final class GlanceCache: Sendable {
    private let last = Mutex<Glance?>(nil)

    func glance(of view: HospitalView) -> Glance {
        if let known = last.withLock({ $0 }), known.view.position == view.position, known.view.moment == view.moment,
            known.view.snapshot.devices.count == view.snapshot.devices.count
        {
            return known
        }
        let glance = Glance(view)
        last.withLock { last in
            // One of the past does not put the newest out.
            if let known = last, known.view.position > view.position { return }
            last = glance
        }
        return glance
    }
}
