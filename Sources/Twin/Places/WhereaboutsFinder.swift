//===----------------------------------------------------------------------===//
// Wardlight · Twin
//
// Whereabouts: at which place is a device, and who says so?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Finds the place of a device: by an edge that a person, an import or a locating system told, else by what the device
/// or its gateway says of itself (IEEE 11073 SDC location, HL7 PV1-3, a bed label), where a place answers to that name.
struct WhereaboutsFinder {
    private let places: Places
    private let aliases: [String: String]
    private var edges: [String: StandingEdge] = [:]

    init(_ hospital: Hospital, _ standing: [StandingEdge]) {
        places = hospital.places
        aliases = places.isEmpty ? [:] : places.byAlias()
        for edge in standing where edge.relation == .at {
            guard case .device(let subject) = edge.one, case .location = edge.other,
                let id = hospital.inventory.id(of: subject, site: edge.site)
            else { continue }
            if let known = edges[id], known.since > edge.since { continue }
            edges[id] = edge
        }
    }

    func whereabouts(of device: Device, at moment: Timestamp) -> DeviceSummary.Whereabouts? {
        if let edge = edges[device.id], case .location(let id) = edge.other {
            return whereabouts(id, since: edge.since, source: "edge")
        }
        guard !aliases.isEmpty else { return nil }
        let said = device.locations.filter { $0.since <= moment && $0.until.map { moment <= $0 } ?? true }
        for stay in said.reversed() {
            guard let id = Self.names(of: stay).lazy.compactMap({ aliases[$0] }).first else { continue }
            return whereabouts(id, since: stay.since, source: stay.source.field.path)
        }
        return nil
    }

    private func whereabouts(_ id: String, since: Timestamp, source: String) -> DeviceSummary.Whereabouts {
        DeviceSummary.Whereabouts(
            location: id, path: places.path(to: id).map(\.id), words: places.words(of: id), since: since,
            source: source)
    }

    /// Under which names a place may be known: as it was said, and `pointOfCare^room^bed`.
    private static func names(of stay: Device.Location) -> [String] {
        [
            stay.source.value, "\(stay.pointOfCare)^\(stay.room)^\(stay.bed)", "\(stay.pointOfCare)^^\(stay.bed)",
            "\(stay.room)/\(stay.bed)", stay.bed.isEmpty ? stay.room : "",
        ].filter { !$0.isEmpty }
    }
}
