//===----------------------------------------------------------------------===//
// Wardlight · Twin
//
// Readings of a moment, by the device that made them.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// A reading with the device that is listed for it, and whether it is too old to be shown as live.
public struct ShownReading: Hashable, Sendable {
    /// Nil where no device is listed for its subject.
    public var device: String?
    public var reading: Reading
    public var isStale: Bool
}

extension HospitalView {
    /// The newest reading of every series, by site, device and metric. Cost: one look at every series.
    public func shownReadings(ages: AgeLimits = AgeLimits()) -> [ShownReading] {
        hospital.readings.all.map { reading in
            ShownReading(
                device: hospital.inventory.id(of: reading.subject, site: reading.site), reading: reading,
                isStale: ages.isStale(reading, at: moment))
        }
    }

    /// The device that is listed for an end of an edge; nil where it is no device, or none is listed.
    public func device(of end: Edge.End, site: String) -> String? {
        guard case .device(let subject) = end else { return nil }
        return hospital.inventory.id(of: subject, site: site)
    }
}
