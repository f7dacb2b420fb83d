//===----------------------------------------------------------------------===//
// Wardlight · Defense
//
// The patch planner: which weak devices are worked on first, where they are, and what may be done to them.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Makes the work list of a judged inventory. (docs/patches.md)
public enum PatchPlanner {
    public static let unknownPlace = "place not known"

    /// - Parameter snapshot: with weaknesses and controls at its devices.
    public static func list(of snapshot: InventorySnapshot, plan: SitePlan, at moment: Timestamp) -> PatchList {
        var groups: [Key: [PatchList.Line]] = [:]
        for device in snapshot.devices where !device.isStub {
            guard let line = line(for: device, at: moment) else { continue }
            groups[Key(model: model(of: device), ward: ward(of: device, plan)), default: []].append(line)
        }
        let sorted = groups.map { key, lines in
            PatchList.Group(model: key.model, ward: key.ward, lines: lines.sorted(by: isBefore))
        }
        return PatchList(
            asOf: moment,
            groups: sorted.sorted { one, other in
                guard let first = one.lines.first, let second = other.lines.first else { return false }
                if first.priority != second.priority { return rank(first) > rank(second) }
                if first.exploited.isEmpty != second.exploited.isEmpty { return !first.exploited.isEmpty }
                return (one.model, one.ward) < (other.model, other.ward)
            })
    }

    private struct Key: Hashable {
        var model: String
        var ward: String
    }

    private static func rank(_ line: PatchList.Line) -> Int { line.priority?.rawValue ?? -1 }

    private static func isBefore(_ one: PatchList.Line, _ other: PatchList.Line) -> Bool {
        if one.priority != other.priority { return rank(one) > rank(other) }
        if one.exploited.isEmpty != other.exploited.isEmpty { return !one.exploited.isEmpty }
        return (one.name, one.device) < (other.name, other.device)
    }

    // MARK: - One device

    private static func line(for device: Device, at moment: Timestamp) -> PatchList.Line? {
        let affected = device.weaknesses.filter { $0.verdict == .affected }
        guard !affected.isEmpty else { return nil }
        let type = device.judgements[.type]?.value
        let isMedical = device.deviceClass == .medical
        let advisories = Set(affected.map(\.advisory))
        let controls = device.controls.filter { $0.content.advisory.map(advisories.contains) ?? true }.map {
            PatchList.Control($0.content, isOverdue: $0.content.review < moment)
        }
        return PatchList.Line(
            device: device.id,
            name: device.names.first ?? device.mac.first?.description ?? device.ipv4.first?.description ?? device.id,
            type: type, isMedical: isMedical, firmware: device.judgements[.firmware]?.value, weaknesses: affected,
            toReview: device.weaknesses.count - affected.count,
            action: action(isMedical: isMedical, affected, controls),
            isolation: Isolation.stops(type: type, of: device.deviceClass), controls: controls)
    }

    /// A medical device is changed by its maker only, never by an update of its operating system.
    private static func action(isMedical: Bool, _ weaknesses: [Weakness], _ controls: [PatchList.Control]) -> String {
        let hasFix = weaknesses.contains { !$0.fixes.isEmpty }
        var names: [String] = []
        for weakness in weaknesses where !names.contains(weakness.advisory) { names.append(weakness.advisory) }
        let bulletin = names.prefix(4).joined(separator: ", ")
        if let late = controls.first(where: \.isOverdue) {
            let day = late.content.review.description.prefix(10)
            return "The review of a compensating control is overdue since \(day): ask \(late.content.owner)."
        }
        if isMedical {
            let first =
                hasFix
                ? "Follow the manufacturer's bulletin (\(bulletin)) with the manufacturer's service."
                : "Ask the manufacturer for a bulletin (\(bulletin) names no fix)."
            return controls.isEmpty
                ? first + " Until then: a compensating control with an owner and a review date."
                : first + " A compensating control stands."
        }
        return hasFix
            ? "Install what the maker offers (\(bulletin))."
            : "No fix is named (\(bulletin)): keep it apart, or replace it."
    }

    // MARK: - Where and what

    private static func model(of device: Device) -> String {
        let parts = [device.judgements[.vendor]?.value, device.judgements[.model]?.value].compactMap { $0 }
        return parts.isEmpty ? "model not known" : parts.joined(separator: " ")
    }

    private static func ward(of device: Device, _ plan: SitePlan) -> String {
        if let bed = device.locations.last(where: { $0.until == nil && !$0.pointOfCare.isEmpty }) {
            return bed.pointOfCare
        }
        guard let place = device.place else { return unknownPlace }
        let closet = plan.closets[place.agent] ?? place.switchName.flatMap { plan.closets[$0] }
        guard let closet else { return unknownPlace }
        return closet.closet.map { "closet \($0)" } ?? closet.words
    }
}
