//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// ENTITY-MIB and ENTITY-SENSOR-MIB: what is it made of, and how warm, bright and loaded is it?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// A part with a label of its own: chassis, module, transceiver (RFC 6933).
public struct PhysicalPart: Hashable, Sendable {
    public enum Kind: Int64, Hashable, Sendable {
        case other = 1, unknown, chassis, backplane, container, powerSupply, fan, sensor, module, port, stack, processor
    }
    public var index: UInt32
    public var summary: String?
    public var containedIn: UInt32?
    public var kind: Kind?
    public var name: String?
    public var hardware: String?
    public var firmware: String?
    public var software: String?
    public var serial: String?
    public var maker: String?
    public var model: String?

    init(_ index: UInt32) { self.index = index }
}

/// A measured value (RFC 3433).
public struct PhysicalSensor: Hashable, Sendable {
    public var index: UInt32
    /// EntitySensorDataType: 6 watts, 8 degrees Celsius, 14 dBm, …
    public var kind: Int64?
    /// EntitySensorDataScale (9 is units, 8 milli, …) and digits behind the point.
    public var scale: Int64?
    public var precision: Int64?
    public var value: Int64
}

extension SwitchReading {
    private static let entity: ObjectName = [1, 3, 6, 1, 2, 1, 47, 1, 1, 1, 1]
    private static let sensor: ObjectName = [1, 3, 6, 1, 2, 1, 99, 1, 1, 1]

    mutating func readParts(_ rows: SNMPRows) {
        var found: [UInt32: PhysicalPart] = [:]
        func each(_ number: UInt32, _ change: (inout PhysicalPart, SNMPValue) -> Void) {
            for cell in rows.column(Self.entity, number) {
                guard cell.index.count == 1, let index = cell.index.first else { continue }
                change(&found[index, default: PhysicalPart(index)], cell.value)
            }
        }
        each(2) { $0.summary = $1.text }
        each(4) { $0.containedIn = $1.number.flatMap(UInt32.init(exactly:)) }
        each(5) { $0.kind = $1.number.flatMap(PhysicalPart.Kind.init(rawValue:)) }
        each(7) { $0.name = $1.text }
        each(8) { $0.hardware = $1.text }
        each(9) { $0.firmware = $1.text }
        each(10) { $0.software = $1.text }
        each(11) { $0.serial = $1.text }
        each(12) { $0.maker = $1.text }
        each(13) { $0.model = $1.text }
        parts = found.values.sorted { $0.index < $1.index }
        for cell in rows.column(Self.sensor, 4) {
            guard cell.index.count == 1, let index = cell.index.first, let value = cell.value.number else { continue }
            sensors.append(
                PhysicalSensor(
                    index: index, kind: rows[Self.sensor + [1, index]]?.number,
                    scale: rows[Self.sensor + [2, index]]?.number,
                    precision: rows[Self.sensor + [3, index]]?.number, value: value))
        }
    }

    /// The part that stands for the whole: the chassis, the first of a stack, else what is contained in nothing.
    public var chassisPart: PhysicalPart? {
        let chassis = parts.filter { $0.kind == .chassis }
        return chassis.first { $0.serial != nil } ?? chassis.first ?? parts.first { $0.kind == .stack }
            ?? parts.first { $0.containedIn == 0 }
    }
}
