//===----------------------------------------------------------------------===//
// Wardlight · Sensors
//
// A site's feed: frames, polls and reports that somebody hands over, by the road of those from wires and files.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Wire

/// The sensors of one site where nothing is opened: what they would read is handed over, and observations come back at
/// once, in order. For the simulated hospital of the demo, and for tests.
public struct SiteFeed: Sendable {
    private let site: String
    private var capture: CaptureSensor
    private var walk: WalkSensor

    /// - Parameters:
    ///   - personKey: Secret under which names of people are hashed.
    ///   - reportSeconds: Counts are told at most this often.
    public init(site: String, personKey: [UInt8], reportSeconds: Int64 = 10) {
        self.site = site
        var limits = HarvestLimits()
        limits.reportSeconds = reportSeconds
        capture = CaptureSensor(site: site, sensor: "mirror", personKey: personKey, limits: limits)
        capture.begin(input: "mirror port of \(site)")
        walk = WalkSensor(site: site, personKey: personKey)
    }

    /// An Ethernet frame at the mirror port.
    public mutating func take(frame: [UInt8], at time: Timestamp) -> [Observation] { capture.take(frame, at: time) }

    /// What a switch answered at a poll.
    public mutating func take(
        agent: String, _ contexts: [SwitchReading.VLANRows], at time: Timestamp
    ) -> [Observation] {
        walk.take(agent: agent, contexts, at: time)
    }

    /// What an endpoint says hangs on it.
    public mutating func take(_ report: PeripheralLine) -> [Observation] {
        PeripheralSensor.bodies(report).map {
            Observation(site: site, sensor: "peripherals", occurred: report.time, body: $0)
        }
    }

    /// How much was heard since this was last asked.
    public mutating func coverage() -> [Observation] { capture.coverage() }
}
