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
public struct Reading: Hashable, Sendable {
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

extension Reading: StateCoded {
    public func write(to state: StateEncoder) throws {
        state.write(site)
        try subject.write(to: state)
        state.write(metric)
        state.write(bits: value.bitPattern)
        state.write(unit)
        state.write(quality.rawValue)
        state.write(occurred)
        state.write(sensor)
        state.write(count)
    }

    public init(reading state: StateDecoder) throws {
        (site, subject, metric) = (try state.text(), try Subject(reading: state), try state.text())
        (value, unit) = (Double(bitPattern: try state.bits()), try state.text())
        guard let quality = Measurement.Quality(rawValue: try state.text()) else { throw StateTrouble.unsupported }
        self.quality = quality
        (occurred, sensor, count) = (try state.timestamp(), try state.text(), try state.number())
    }
}

/// The newest reading of every series. A late one is counted and does not overwrite a newer one.
public struct Readings: Sendable {
    /// A large hospital has 20,000 devices that measure, with a dozen metrics each.
    public static let most = 262_144

    /// By a hash of site, device and metric, or the next number that is free where two share one: what a series is stands in
    /// `newest`, and a quarter of a million of keys is as large again.
    private var places: TreeDictionary<Int, Int32> = [:]
    /// Bits of the hash that count: all, but in a test that wants many to share one.
    var slots = -1
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
        let (slot, place) = find(site, measurement.subject, measurement.metric)
        guard let place else {
            guard newest.count < Self.most else {
                overflow &+= 1
                return false
            }
            places[slot] = Int32(newest.count)
            newest.append(
                Reading(
                    site: site, subject: measurement.subject, metric: measurement.metric, value: measurement.value,
                    unit: measurement.unit, quality: measurement.quality, occurred: moment, sensor: sensor, count: 1))
            return true
        }
        return newest[place].take(measurement, sensor, moment)
    }

    /// Where the place of a series stands, or would; none is ever taken out.
    private func find(_ site: String, _ subject: Subject, _ metric: String) -> (slot: Int, place: Int?) {
        var hasher = Hasher()
        hasher.combine(site)
        hasher.combine(subject)
        hasher.combine(metric)
        var slot = hasher.finalize() & slots
        while let place = places[slot] {
            let known = newest[Int(place)]
            if known.metric == metric, known.subject == subject, known.site == site { return (slot, Int(place)) }
            slot &+= 1
        }
        return (slot, nil)
    }

    func write(to state: StateEncoder) throws {
        state.write(overflow)
        try state.write(newest.elements)
    }

    init(reading state: StateDecoder) throws {
        overflow = try state.number()
        for reading in try state.list() as [Reading] {
            let (slot, known) = find(reading.site, reading.subject, reading.metric)
            guard known == nil, newest.count < Self.most else { throw StateTrouble.unsupported }
            places[slot] = Int32(newest.count)
            newest.append(reading)
        }
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
