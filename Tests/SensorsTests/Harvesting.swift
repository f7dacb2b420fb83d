//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Harvesting: frames in, observations out, one at a time.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Sensors
import Support
import Wire

/// One ear and one harvest, fed frame by frame.
struct Harvesting {
    private var ear: Ear
    private var notes = Notes()
    private var harvest: Harvest
    private(set) var frames: UInt64 = 0
    private(set) var octets: UInt64 = 0
    /// Everything said so far, in order.
    private(set) var all: [Observation] = []

    init(limits: HarvestLimits = HarvestLimits(), flows: Int = 4_096, key: [UInt8] = [1, 2, 3]) {
        ear = Ear(Walk(flows: flows), limits: limits)
        harvest = Harvest(site: "main", sensor: "test", personKey: key, limits: limits)
        harvest.begin(input: "staged")
    }

    /// Feeds one frame; returns what is said of it at once.
    @discardableResult
    mutating func take(_ frame: [UInt8], at time: Timestamp) -> [Observation] {
        frames += 1
        octets += UInt64(frame.count)
        ear.take(frame.span, .ethernet, at: time, originalLength: frame.count, into: &notes)
        return note()
    }

    mutating func take(_ staged: StagedCapture) {
        for (frame, time) in staged.frames { take(frame, at: time) }
    }

    /// Ends the input; returns what is said last.
    @discardableResult
    mutating func end() -> [Observation] {
        ear.end(into: &notes)
        takeNotes()
        harvest.end(problem: nil)
        return note()
    }

    private mutating func takeNotes() {
        harvest.take(notes) { all += $0 }
        notes.clear()
    }

    private mutating func note() -> [Observation] {
        takeNotes()
        let said = harvest.drain()
        all += said
        return said
    }
}

extension [Observation] {
    var facts: [Observation.Fact] { compactMap { if case .fact(let fact) = $0.body { fact } else { nil } } }
    var sightings: [Observation.Sighting] {
        compactMap { if case .sighting(let sighting) = $0.body { sighting } else { nil } }
    }
    var conversations: [Observation.Conversation] {
        compactMap { if case .conversation(let talk) = $0.body { talk } else { nil } }
    }
    var oddities: [Observation.Oddity] { compactMap { if case .oddity(let oddity) = $0.body { oddity } else { nil } } }
    var coverages: [Coverage] { compactMap { if case .coverage(let coverage) = $0.body { coverage } else { nil } } }

    func facts(_ field: Field) -> [Observation.Fact] { facts.filter { $0.field == field } }
}

extension StagedCapture {
    /// A DHCP request that tells a host name and, if asked for, a vendor class.
    mutating func dhcp(_ host: Host, name: String, vendorClass: String? = nil) {
        udp(
            host, 68, Host(1), 67,
            DHCPv4.write(
                .request, transaction: 7, client: host.hardware,
                options: [.hostname(name)] + (vendorClass.map { [.vendorClass($0)] } ?? [])))
    }
}
