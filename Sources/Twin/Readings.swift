//===----------------------------------------------------------------------===//
// Wardlight · Twin
//
// Readings: what every device measured last, and how old that is.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import HashTreeCollections
import Model

/// The newest reading of a series: one metric of one device.
public struct Reading: Hashable, Sendable, Codable {
    public var site: String
    public var subject: Subject
    public var metric: String
    public var value: Double
    public var unit: String
    public var quality: Measurement.Quality
    /// When it was measured, by the source.
    public var occurred: Timestamp
    public var sensor: String
    /// Readings of this series so far, late ones included.
    public var count: UInt64

    /// Counts a further one; whether it is newer than what is known.
    fileprivate mutating func take(_ measurement: Measurement, _ sensor: String, _ moment: Timestamp) -> Bool {
        count &+= 1
        guard occurred <= moment else { return false }
        (value, quality, occurred) = (measurement.value, measurement.quality, moment)
        if unit != measurement.unit { unit = measurement.unit }
        if self.sensor != sensor { self.sensor = sensor }
        return true
    }
}

/// The newest reading of every series. A late one is counted and does not overwrite a newer one.
public struct Readings: Sendable {
    private struct Key: Hashable, Sendable {
        var site: String
        var subject: Subject
        var metric: String
    }

    /// A large hospital has 20,000 devices that measure, with a dozen metrics each.
    public static let most = 262_144

    private var places: TreeDictionary<Key, Int> = [:]
    private var newest = Blocks<Reading>()
    /// Readings of new series that found no room.
    public private(set) var overflow: UInt64 = 0

    public init() {}

    public var isEmpty: Bool { newest.isEmpty }
    public var count: Int { newest.count }

    /// Takes a reading in.
    ///
    /// - Returns: whether it is the newest of its series.
    @discardableResult
    public mutating func learn(
        _ measurement: Measurement, site: String, sensor: String, at moment: Timestamp
    ) -> Bool {
        let key = Key(site: site, subject: measurement.subject, metric: measurement.metric)
        guard let place = places[key] else {
            guard newest.count < Self.most else {
                overflow &+= 1
                return false
            }
            places[key] = newest.count
            newest.append(
                Reading(
                    site: site, subject: measurement.subject, metric: measurement.metric, value: measurement.value,
                    unit: measurement.unit, quality: measurement.quality, occurred: moment, sensor: sensor, count: 1))
            return true
        }
        return newest[place].take(measurement, sensor, moment)
    }

    func write(to state: StateEncoder) throws {
        state.write(overflow)
        try state.write(newest.elements)
    }

    init(reading state: StateDecoder) throws {
        overflow = try state.number()
        for reading in try state.value([Reading].self) {
            places[Key(site: reading.site, subject: reading.subject, metric: reading.metric)] = newest.count
            newest.append(reading)
        }
        guard places.count == newest.count else { throw StateTrouble.unsupported }
    }

    /// Every series, by site, device and metric.
    public var all: [Reading] {
        newest.elements.map { (reading: $0, subject: Edge.End.device($0.subject).sortKey) }
            .sorted {
                ($0.reading.site, $0.subject, $0.reading.metric) < ($1.reading.site, $1.subject, $1.reading.metric)
            }
            .map(\.reading)
    }
}
