//===----------------------------------------------------------------------===//
// Wardlight · Server
//
// The first page: the seven answers, the floors, what is new.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model
import Twin

enum FirstPage {
    static func reply(_ asking: Asking, _ house: House) async throws -> Reply {
        let frame = try await PageFrame(asking, house)
        let glance = house.glances.glance(of: frame.view)
        var content: [String: Any] = ["answers": answers(house.glances.answers(of: frame.view))]
        content["heading"] = frame.past == nil ? "The hospital now" : "The hospital then"
        let sites = Self.sites(glance, frame)
        content["sites"] = sites
        let unplaced = frame.view.rows.count { $0.whereabouts == nil }
        content["unplaced"] =
            unplaced == 0 || sites.isEmpty
            ? [] : [["words": "\(unplaced) devices are at a port or on the air without a known room: see Devices."]]
        let findings = frame.view.findings(matching: FindingQuery())
        content["worst"] = findings.findings.prefix(7).map { row(of: $0, frame) }
        content["moreFindings"] = findings.total > 7 ? [["count": "\(findings.total)"]] : []
        content["changes"] = frame.past == nil ? await ChangeWords.latest(frame) : []
        return await frame.render("first", title: frame.past == nil ? "Now" : "Then", content)
    }

    private static func answers(_ all: Answers) -> [[String: Any]] {
        all.answers.map { answer in
            let (mark, words) =
                switch answer.state {
                case .answered: ("●", "answered")
                case .partial: ("◐", "partly answered")
                case .cannotSay: ("○", "cannot say")
                }
            return [
                "question": answer.question.words, "number": number(answer), "state": answer.state.rawValue,
                "unit": unit(answer), "mark": mark, "stateWords": words, "sentence": answer.sentence,
            ].merging(missing(answer)) { $1 }
        }
    }

    /// What is missing stands there when it is short, and can be opened when it is not.
    private static func missing(_ answer: Answer) -> [String: Any] {
        let words = answer.missing.map { ["words": $0] }
        let isShort = answer.missing.reduce(0) { $0 + $1.count } <= 140
        return ["missing": isShort ? words : [], "long": isShort ? [] : [["count": "\(words.count)", "lines": words]]]
    }

    private static func number(_ answer: Answer) -> String {
        switch answer.question {
        case .topVendors: return answer.items.first?.title ?? "–"
        case .vulnerableSwitches: return answer.items.first?.subject ?? "–"
        case .accuracy: return answer.number.map { "\($0 / 10).\($0 % 10) %" } ?? "–"
        default: return answer.number.map { "\($0)" } ?? "–"
        }
    }

    /// What the number counts.
    private static func unit(_ answer: Answer) -> String {
        guard answer.number != nil else { return "" }
        return switch answer.question {
        case .connected, .behaviour, .iotCount: answer.number == 1 ? "device" : "devices"
        case .rogue: answer.number == 1 ? "rogue" : "rogues"
        case .accuracy, .topVendors, .vulnerableSwitches: ""
        }
    }

    private static func row(of finding: FindingSummary, _ frame: PageFrame) -> [String: Any] {
        let device = finding.device.flatMap { frame.view.row($0) }
        return [
            "severity": finding.finding.severity.rawValue, "mark": PageWords.mark(finding.finding.severity),
            "words": finding.finding.title,
            "where": device.map(PageWords.name) ?? finding.finding.place?.port ?? finding.site,
            "href": finding.device.map { "/devices/\($0)\(frame.query)" } ?? "/findings\(frame.query)#\(finding.id)",
        ]
    }

    private static func sites(_ glance: Glance, _ frame: PageFrame) -> [[String: Any]] {
        glance.roots.filter { $0.kind == .site || glance.childrenOf[$0.id] != nil || $0.outline != nil }.map { site in
            var floors: [[String: Any]] = []
            for (name, floor) in Self.floors(of: site, glance) where floors.count < 64 {
                if let plan = FloorPlan(floor, glance, frame) { floors.append(plan.content(name: name)) }
            }
            let count = glance.counts[site.id] ?? (0, 0)
            return [
                "name": site.name, "devices": "\(count.devices)",
                "beds": count.beds == 0 ? [] : [["beds": "\(count.beds)"]], "floors": floors, "loose": [] as [Any],
            ]
        }
    }

    /// Floors of a site in order; where a site has none, what has outlines is one.
    private static func floors(of site: Location, _ glance: Glance) -> [(String, Location)] {
        var found: [(String, Location)] = []
        func walk(_ place: Location, _ path: [String], _ depth: Int) {
            if place.kind == .floor { return found.append(((path + [place.name]).joined(separator: ", "), place)) }
            let children = glance.childrenOf[place.id] ?? []
            let isDrawn = children.contains { $0.outline != nil && $0.kind != .building && $0.kind != .floor }
            if isDrawn { return found.append((place.name, place)) }
            guard depth < 8 else { return }
            for child in children { walk(child, place.kind == .site ? path : path + [place.name], depth + 1) }
        }
        walk(site, [], 0)
        return found
    }
}

/// Changes in words.
enum ChangeWords {
    static let most = 14

    static func latest(_ frame: PageFrame) async -> [[String: Any]] {
        var notes = frame.house.hub.recent
        if notes.isEmpty { notes = await told(frame) }
        return notes.prefix(most).map { note in
            let device = note.device.flatMap { frame.view.row($0) }
            return [
                "time": frame.clock.time(note.moment), "words": words(note, frame.view),
                "name": device.map(PageWords.name) ?? note.device ?? "",
                "href": note.device.map { "/devices/\($0)" } ?? false,
                "who": note.device == nil && (note.kind == .edgeBegan || note.kind == .edgeEnded)
                    ? who(note.from) : false,
            ]
        }
    }

    private struct Line: Decodable {
        struct Note: Decodable {
            var kind: String
            var site: String
            var moment: String
            var device: String?
            var what: String?
            var from: String?
            var to: String?
            var severity: String?
        }
        var changes: [Note]
    }

    /// Nothing was told since the start: what the lists still hold of before.
    private static func told(_ frame: PageFrame) async -> [ChangeNote] {
        let newest = await frame.house.doors.lists.number
        let begin = EventNumber(position: newest.position > 1_000 ? newest.position - 1_000 : 0)
        guard case .events(let events) = try? await frame.house.doors.lists.events(after: begin, limit: 200) else {
            return []
        }
        var notes: [ChangeNote] = []
        for event in events.reversed() where notes.count < most {
            guard let line = try? JSONDecoder().decode(Line.self, from: Data(event.line)) else { continue }
            for told in line.changes.reversed() where told.kind != ChangeNote.Kind.reading.rawValue {
                guard let kind = ChangeNote.Kind(rawValue: told.kind), let moment = Timestamp(rfc3339: told.moment)
                else { continue }
                var note = ChangeNote(
                    kind, site: told.site, moment: moment, device: told.device, what: told.what, from: told.from,
                    to: told.to)
                note.severity = told.severity.flatMap { Finding.Severity(rawValue: $0) }
                notes.append(note)
            }
        }
        return notes
    }

    /// Who or what the first end of an edge is, when no device is listed for it.
    private static func who(_ from: String?) -> String { from == "a person" ? "Somebody" : "Something unknown" }

    /// `is no longer in`, `now feeds`.
    static func verb(_ relation: String?, isEnded: Bool) -> String {
        let now = isEnded ? "no longer" : "now"
        return switch relation.flatMap({ Edge.Relation(rawValue: $0) }) {
        case .in: "is \(now) in"
        case .at: "is \(now) at"
        case .assigned: "is \(now) assigned to"
        case .feeds: "\(now) feeds"
        case .holds: "\(now) holds"
        case .connected: "is \(now) connected to"
        case nil: "is \(now) with"
        }
    }

    /// `at` and `in` tell a place by its id; people know its name.
    private static func place(_ id: String?, _ view: HospitalView) -> String {
        guard let id else { return "nowhere known" }
        return view.hospital.places.words(of: id).nonEmpty ?? view.row(id).map(PageWords.name) ?? id
    }

    private static func words(_ note: ChangeNote, _ view: HospitalView) -> String {
        let to = note.to ?? "nothing known"
        return switch note.kind {
        case .deviceAppeared: "appeared"
        case .deviceChanged: "\(note.what ?? "") is now \(to)\(note.from.map { ", was \($0)" } ?? "")"
        case .deviceMerged: "and \(note.from ?? "another") are one device"
        case .deviceSplit: "is a device of its own again"
        case .deviceMoved: "moved to \(place(note.to, view))\(note.from.map { ", was at \(place($0, view))" } ?? "")"
        case .deviceStale: "was not heard of for too long"
        case .deviceBack: "is heard of again"
        case .deviceGone: "is no longer listed"
        case .findingRaised: "\(note.severity?.rawValue ?? "") finding: \(to)"
        case .findingCleared: "is cleared of: \(to)"
        case .reading: "\(note.what ?? "") \(to)"
        case .edgeBegan: "\(verb(note.what, isEnded: false)) \(place(note.to, view))"
        case .edgeEnded: "\(verb(note.what, isEnded: true)) \(place(note.to, view))"
        case .placeChanged: "place \(place(note.what, view)) was drawn anew"
        case .placeGone: "place \(note.what ?? "") is gone"
        }
    }
}
