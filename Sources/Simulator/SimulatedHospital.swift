//===----------------------------------------------------------------------===//
// Wardlight · Simulator
//
// The simulated hospital: from one seed, its devices, their traffic and the truth about them.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Wire

/// A pretend hospital. The same seed, minutes and number of devices give the same octets everywhere.
///
/// Makers' hardware prefixes are real, so that a vendor look-up works; names, serial numbers, people and results are
/// made up. How a device behaves follows public descriptions where there are any and is invented otherwise: this is a
/// test of the road, not a recording of the products named.
public struct SimulatedHospital: Sendable {
    let campus: Campus
    /// The switches before anything happens.
    let fabric: Fabric
    let seconds: Int

    /// - Parameters:
    ///   - minutes: How long the traffic lasts, at least one.
    ///   - devices: How many devices, those behind gateways included; at least about a hundred, so that every kind of
    ///     server and device is there.
    ///   - ports: Ports of each closet's switch; nil for 24 or 48 by chance.
    ///   - hasEarlyRogues: Whether those that are odd without a past are there from the first moment and poll on.
    public init(
        seed: UInt64, minutes: Int, devices: Int = 300, ports: Int? = nil, hasEarlyRogues: Bool = false
    ) {
        var campus = Campus(
            seed: seed, devices: min(max(devices, 1), 20_000), seconds: min(max(minutes, 1), 100_000) * 60,
            hasEarlyRogues: hasEarlyRogues)
        fabric = Fabric(campus, ports: ports)
        campus.takeCircuits(from: fabric)
        self.campus = campus
        seconds = min(max(minutes, 1), 100_000) * 60
    }

    /// What `wardlight.yaml` says of the site, but for its switches.
    public var settings: String { Premises(campus, fabric).text }

    /// Writes the traffic as a pcap, in pieces of about 64 KiB.
    public func writeCapture(to sink: ([UInt8]) throws -> Void) rethrows {
        var writer = CaptureWriter()
        var timeline = Timeline(campus, seconds: seconds)
        try timeline.play { time, frame in
            writer.add(frame, at: Timestamp(nanoseconds: time))
            if writer.writer.count >= 65_536 { try sink(writer.drain()) }
        } use: { _, _, _ in
        } mention: { _, _ in
        }
        if writer.writer.count > 0 { try sink(writer.drain()) }
    }

    /// What is true and can be seen in the traffic, as JSON with the keys of the inventory (`wardlight.inventory/1`) and
    /// `"synthetic": true`. Plays the whole traffic once to count it.
    public var truth: [UInt8] { Truth(campus, seconds: seconds).bytes }
}
