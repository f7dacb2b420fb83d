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

/// The glance and the answers of the view that was asked for last, for all who ask meanwhile. A minute after the last of them
/// they are let go: they hold a whole hospital.
final class GlanceCache: Sendable {
    private struct Kept {
        var identity: HospitalView.Identity
        var position: UInt64
        var glance: Glance?
        var answers: Answers?
        var asked = ContinuousClock.now
    }

    private let kept = Mutex<Kept?>(nil)
    private let isWatched = Mutex(false)
    private let patience: Duration

    init(patience: Duration = .seconds(60)) { self.patience = patience }

    func glance(of view: HospitalView) -> Glance {
        if let glance = known(view)?.glance { return glance }
        let glance = Glance(view)
        keep(view) { $0.glance = glance }
        return glance
    }

    func answers(of view: HospitalView) -> Answers {
        if let answers = known(view)?.answers { return answers }
        let answers = view.answers()
        keep(view) { $0.answers = answers }
        return answers
    }

    /// Whether anything is held.
    var isEmpty: Bool { kept.withLock { $0 == nil } }

    private func known(_ view: HospitalView) -> Kept? {
        kept.withLock { kept in
            guard kept?.identity === view.identity else { return nil }
            kept?.asked = .now
            return kept
        }
    }

    private func keep(_ view: HospitalView, _ change: (inout Kept) -> Void) {
        kept.withLock { kept in
            // One of the past does not put the newest out.
            if let known = kept, known.position > view.position { return }
            var next = Kept(identity: view.identity, position: view.position)
            if let known = kept, known.identity === view.identity { next = known }
            next.asked = .now
            change(&next)
            kept = next
        }
        watch()
    }

    /// One who looks after it, for as long as anything is held.
    private func watch() {
        let isMine = isWatched.withLock { isWatched in
            defer { isWatched = true }
            return !isWatched
        }
        guard isMine else { return }
        Task { [patience] in
            while true {
                try? await Task.sleep(for: patience / 2)
                let isOver = kept.withLock { kept in
                    guard let known = kept, ContinuousClock.now - known.asked >= patience else { return kept == nil }
                    kept = nil
                    return true
                }
                if isOver { break }
            }
            isWatched.withLock { $0 = false }
        }
    }
}
