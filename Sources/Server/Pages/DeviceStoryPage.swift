//===----------------------------------------------------------------------===//
// Wardlight · Server
//
// One device as a page: its story and its evidence.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Twin

enum DeviceStoryPage {
    static func reply(_ asking: Asking, _ house: House) async throws -> Reply {
        let frame = try await PageFrame(asking, house)
        guard let device = frame.view.device(asking["id"] ?? ""), let summary = frame.view.row(device.id) else {
            throw Problem.notFound
        }
        let readings = house.glances.glance(of: frame.view).readingsOf[device.id] ?? []
        let findings = device.findings + device.weakControls
        let story = story(of: device, frame)
        return await frame.render(
            "device", title: PageWords.name(summary),
            [
                "name": PageWords.name(summary), "id": device.id, "stale": summary.isStale,
                "rows": rows(device, summary, frame), "hasReadings": !readings.isEmpty,
                "readings": readings.prefix(60).map { reading($0, frame) }, "hasFindings": !findings.isEmpty,
                "findings": findings.map { ListPages.content($0, frame) }, "beliefs": beliefs(device),
                "hasWeaknesses": !device.weaknesses.isEmpty,
                "weaknesses": device.weaknesses.prefix(40).map {
                    ["advisory": $0.advisory, "title": $0.title, "verdict": $0.verdict.rawValue]
                },
                "story": story, "hasUnsettled": !device.unsettled.isEmpty,
                "unsettled": device.unsettled.map { ["words": $0] },
            ])
    }

    private static func rows(_ device: Device, _ summary: DeviceSummary, _ frame: PageFrame) -> [[String: String]] {
        var rows: [[String: String]] = []
        func add(_ name: String, _ value: String?) {
            if let value, !value.isEmpty { rows.append(["name": name, "value": value]) }
        }
        add("Kind", [device.deviceClass.rawValue, summary.type].compactMap(\.self).joined(separator: ": "))
        add("Site", device.site)
        if let place = summary.whereabouts {
            add(
                "Place",
                "\(place.words), since \(frame.clock.words(place.since)) \(frame.clock.name), from \(place.source)")
        }
        add("Plugged in at", summary.port)
        add("Hardware address", device.mac.map(\.description).joined(separator: ", "))
        add("Addresses", summary.addresses.map(\.description).joined(separator: ", "))
        add("Names", device.names.joined(separator: ", "))
        add("First heard of", "\(frame.clock.words(device.span.first)) \(frame.clock.name)")
        add("Last heard of", "\(frame.clock.words(device.span.last)) \(frame.clock.name)")
        add(
            "Uses",
            device.services.prefix(16).map { "\($0.service.name) (\($0.side.rawValue))" }.joined(separator: ", "))
        if let risk = device.risk {
            add("Risk", "\(risk.product) of 25: likelihood \(risk.likelihood), impact \(risk.impact)")
        }
        if !device.formerIds.isEmpty { add("Former ids", device.formerIds.joined(separator: ", ")) }
        return rows
    }

    private static func reading(_ shown: ShownReading, _ frame: PageFrame) -> [String: Any] {
        let reading = shown.reading
        return [
            "key": "\(shown.device ?? "") \(reading.metric)", "metric": metric(reading.metric),
            "value": FloorPlan.words(reading), "when": frame.clock.words(reading.occurred), "stale": shown.isStale,
            "quality": reading.quality == .valid ? false : reading.quality.rawValue,
        ]
    }

    /// `MDC_PULS_OXIM_SAT_O2` as it is; ours without its first word.
    static func metric(_ name: String) -> String {
        guard name.hasPrefix("WARDLIGHT_") else { return name }
        return name.dropFirst(10).lowercased().replacing("_", with: " ")
    }

    private static func beliefs(_ device: Device) -> [[String: Any]] {
        Attribute.allCases.compactMap { attribute in
            guard let judgement = device.judgements[attribute] else { return nil }
            return [
                "name": attribute.rawValue, "value": judgement.value,
                "confidence": "\(judgement.confidence / 10).\(judgement.confidence % 10) % sure",
                "evidence": PageWords.evidence(judgement.evidence),
                "others": judgement.others.prefix(5).map {
                    ["value": $0.value, "evidence": PageWords.evidence($0.evidence)] as [String: Any]
                },
            ]
        }
    }

    private static func story(of device: Device, _ frame: PageFrame) -> [[String: String]] {
        var lines: [(Timestamp, String)] = [(device.span.first, "First heard of")]
        for change in device.history {
            let source =
                change.protocolName.isEmpty ? "" : " (\(change.protocolName).\(change.fieldName): \(change.value))"
            lines.append(
                (change.moment, "\(change.attribute.rawValue) is \(change.to ?? "not known any more")\(source)"))
        }
        for stay in device.stays {
            lines.append((stay.since, "At \(stay.switchName ?? stay.port.agent) \(stay.port.port)"))
        }
        for place in device.locations {
            let words = [place.facility, place.pointOfCare, place.room, place.bed].filter { !$0.isEmpty }
            lines.append((place.since, "Said to be at \(words.joined(separator: " ")) (\(place.source.field.path))"))
        }
        lines.sort { ($0.0, $0.1) < ($1.0, $1.1) }
        return lines.suffix(80).reversed().map { ["time": frame.clock.words($0.0), "words": $0.1] }
    }
}
