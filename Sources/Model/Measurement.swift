//===----------------------------------------------------------------------===//
// Wardlight · Model
//
// Measurements: what a device read, in its unit.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// One reading of a device, at the observation's moment.
public struct Measurement: Hashable, Sendable {
    /// How far the device itself trusts it (IEEE 11073-10201, MeasurementStatus).
    public enum Quality: String, Hashable, Sendable, CaseIterable, Codable {
        case valid, questionable, invalid
    }

    public var subject: Subject
    /// What was measured, by its reference identifier in ISO/IEEE 11073-10101 (`MDC_PULS_OXIM_SAT_O2`) or a name of our own
    /// where there is none (`WARDLIGHT_GEL_DOSES`); at most `longestMetric` octets.
    public var metric: String
    /// Finite: what is not a number is no measurement.
    public var value: Double
    /// UCUM: `%`, `Cel`, `mm[Hg]`, `{doses}`; at most `longestUnit` octets.
    public var unit: String
    public var quality: Quality

    public static let longestMetric = 64
    public static let longestUnit = 32

    public init(
        subject: Subject, metric: String, value: Double, unit: String, quality: Quality = .valid
    ) {
        self.subject = subject
        self.metric = metric
        self.value = value
        self.unit = unit
        self.quality = quality
    }
}
