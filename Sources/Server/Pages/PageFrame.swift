//===----------------------------------------------------------------------===//
// Wardlight · Server
//
// What all pages share: the head, the moment they show, and words.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import HTTPTypes
import Model
import Twin

/// One request for a page, with the moment that it shows.
struct PageFrame {
    let asking: Asking
    let house: House
    /// Nil for now.
    let past: (at: Timestamp?, asof: UInt64?)?
    let view: HospitalView

    init(_ asking: Asking, _ house: House) async throws {
        self.asking = asking
        self.house = house
        var at: Timestamp?
        if let text = asking["at"] {
            at = house.pages.clock.moment(of: text)
            if at == nil { throw Problem.badParameter("at", "A date and a time are expected.") }
        }
        let asof = asking.position("asof")
        if at == nil, asof == nil {
            past = nil
            view = try await house.doors.present.view(knowing: asking["id"])
        } else {
            past = (at, asof)
            view = try await house.past(at: at, asof: asof)
        }
    }

    var clock: ZoneClock { house.pages.clock }

    /// What links take along, so that the past stays the past.
    var query: String {
        guard !questions.isEmpty else { return "" }
        return "?" + questions.map { "\($0.name)=" + Percent.encoded($0.value) }.joined(separator: "&")
    }

    /// What a form has to say of the past that it stands in, so that its answer is of the same past.
    private var questions: [(name: String, value: String)] {
        let at = past?.at.map { (name: "at", value: $0.description) }
        let asof = past?.asof.map { (name: "asof", value: "\($0)") }
        return [at, asof].compactMap(\.self)
    }

    func render(_ name: String, title: String, _ content: [String: Any]) async -> Reply {
        let state = await house.doors.present.state()
        var all = content
        let path = "/" + asking.path
        all["title"] = title
        all["query"] = query
        all["path"] = path
        all["number"] = await house.doors.lists.number.description
        all["live"] = past == nil
        all["line"] = past == nil ? "reload the page for news" : "the past does not move"
        all["zone"] = clock.name
        let isBefore = view.hospital.newest == nil && past?.at == nil
        all["position"] = "\(view.position)"
        all["moment"] = isBefore ? "no moment yet" : "\(clock.words(view.moment)) \(clock.name)"
        all["at"] = past?.at.map { clock.field($0) } ?? ""
        all["nav"] = [("/", "Now"), ("/devices", "Devices"), ("/findings", "Findings"), ("/status", "Status")].map {
            ["href": $0.0 + query, "words": $0.0 == "/" && past != nil ? "Then" : $0.1, "here": path == $0.0]
                as [String: Any]
        }
        all["past"] = pastWords.map { ["words": $0, "now": path] } ?? []
        all["otherKnowledge"] = otherWords.map { ["words": $0] } ?? []
        all["keptFrom"] = view.keptFrom.map { ["position": "\($0)"] } ?? []
        all["hiddenPast"] = questions.map { ["name": $0.name, "value": $0.value] }
        let trouble = state.trouble + (state.keeper.trouble.map { [$0] } ?? [])
        all["trouble"] = trouble.prefix(3).map { ["words": $0] }
        if case .session(let session) = asking.who {
            all["account"] = session.account
            all["form"] = house.gatekeeper.formToken(of: session)
        } else {
            all["account"] = ""
            all["form"] = ""
        }
        return house.pages.reply(name, all)
    }

    /// `advisories (then 0f1e2d3c4b5a, now none)`
    private var otherWords: String? {
        func short(_ digest: String?) -> String { digest.map { String($0.prefix(12)) } ?? "none" }
        return view.otherKnowledge.map { "\($0.name) (then \(short($0.then)), now \(short($0.used)))" }
            .joined(separator: ", ").nonEmpty
    }

    private var pastWords: String? {
        guard let past else { return nil }
        var words: [String] = []
        if let at = past.at { words.append("the hospital as it was at \(clock.words(at)) \(clock.name)") }
        if let asof = past.asof { words.append("as far as position \(asof) of the log") }
        return words.joined(separator: ", ")
    }
}

enum PageWords {
    /// A shape for each, because colour alone says nothing.
    static func mark(_ severity: Finding.Severity?) -> String {
        switch severity {
        case .critical: "⬣"
        case .high: "▲"
        case .medium: "◆"
        case .low: "●"
        case .info, nil: "○"
        }
    }

    static func name(_ device: DeviceSummary) -> String {
        device.name ?? [device.vendor, device.model ?? device.type].compactMap(\.self).joined(separator: " ").nonEmpty
            ?? device.id
    }

    static func evidence(_ list: [Evidence]) -> [[String: Any]] {
        list.prefix(40).map {
            [
                "source": $0.fieldName.isEmpty ? $0.protocolName : "\($0.protocolName).\($0.fieldName)",
                "value": $0.value,
                "rule": $0.rule, "seen": "\($0.seen)", "weight": "\($0.weight)",
            ]
        }
    }
}

extension String {
    var nonEmpty: String? { isEmpty ? nil : self }
}
