//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// What sensors tell: of a capture, from the first packet to the last; of a pretend hospital, all there is.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Sensors
import Simulator
import Wire

/// Reads a capture to its end, as the command does; what is broken in it is passed over.
///
/// - Parameter tell: is given the observations in order.
func hear(_ bytes: [UInt8], site: String, input: String, _ tell: ([Observation]) -> Void) {
    var harvest = Harvest(site: site, sensor: "capture", personKey: Array(repeating: 7, count: 32))
    harvest.begin(input: input)
    var ear = Ear()
    var notes = Notes()
    var file = CaptureFile()
    var offset = 0
    while case .packet(let record) = file.nextPacket(bytes, &offset) {
        let frame = bytes.span.extracting(record.start..<record.start + record.count)
        ear.take(frame, record.link, at: record.time, originalLength: record.originalLength, into: &notes)
        guard notes.areFull else { continue }
        harvest.take(notes, emit: tell)
        notes.clear()
    }
    ear.end(into: &notes)
    harvest.take(notes, emit: tell)
    harvest.end(problem: nil)
    tell(harvest.drain())
}

/// A minute of a pretend hospital of 150 devices at the site `main`, with its switches, rogues and peripherals.
func hearPretend(seed: UInt64, _ tell: ([Observation]) -> Void) {
    let simulated = SimulatedHospital(seed: seed, minutes: 1, devices: 150)
    var bytes: [UInt8] = []
    simulated.writeCapture { bytes += $0 }
    hear(bytes, site: "main", input: "capture", tell)
    let network = simulated.network(polls: 8)
    Patrol.poll(network, tell)
    tell(
        network.peripherals.map {
            Observation(site: "main", sensor: "peripherals", occurred: $0.time, body: .peripherals($0.report))
        })
}

extension CaptureFile {
    fileprivate mutating func nextPacket(_ bytes: [UInt8], _ offset: inout Int) -> Step {
        while true {
            switch next(bytes.span, &offset) {
            case .skipped, .dropped: continue
            case let step: return step
            }
        }
    }
}
