//===----------------------------------------------------------------------===//
// Wardlight · Model
//
// Brief devices: what is compared across a whole hospital, without what only a device's own story tells.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

extension Device {
    /// Fields by which devices are compared with one another, with lists and with places; facts of others are read only
    /// while one device is looked at by itself.
    public static let comparedFields: Set<Field> = [
        .sdcLocation, .hl7Location, .intellivueBedLabel, .sightingPlace,
        .sightingImei, .sightingIccid, .sightingBle, .sightingAssetTag, .sightingSsid, .lldpMedAsset,
        .hl7Serial, .poct1SerialId, .hl7Udi, .dicomImplementationClassUID, .dicomImplementationVersion,
    ]

    /// Leaves out what only its own story tells: the evidence of what is believed of it (but of what it serves, which is
    /// compared), how that came about, why its addresses are one, what would settle it, and most facts.
    public mutating func makeBrief() {
        for attribute in Attribute.allCases where judgements[attribute] != nil {
            if attribute != .role { judgements[attribute]?.evidence = [] }
            judgements[attribute]?.others = []
        }
        label?.evidence = []
        label?.others = []
        (history, ties, unsettled) = ([], [], [])
        facts = facts.filter { Self.comparedFields.contains($0.field) }
    }

    /// A brief device with what was left out of it.
    ///
    /// - Parameter full: the same device, as it was before it was made brief.
    public func told(in full: Device) -> Device {
        var device = self
        (device.judgements, device.label) = (full.judgements, full.label)
        (device.history, device.ties, device.unsettled) = (full.history, full.ties, full.unsettled)
        device.facts = full.facts
        return device
    }
}
