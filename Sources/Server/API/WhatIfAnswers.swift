//===----------------------------------------------------------------------===//
// Wardlight · Server
//
// POST /api/v1/what-if: what would be cut. It never writes.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model
import Reports
import Twin

enum WhatIfAnswers {
    /// What is supposed: one of the three.
    private struct Wish: Decodable {
        struct Failing: Decodable {
            var `switch`: String
            var site: String?
        }
        var fails: Failing?
        var device: String?
        var closes: String?
    }

    static func post(_ asking: Asking, _ house: House) async throws -> Reply {
        guard (asking.fields[.contentType] ?? "").lowercased().hasPrefix("application/json") else {
            throw Problem(
                .unsupportedMediaType, "media-type", "That form is not known here", "application/json is expected.")
        }
        let supposition = try supposition(asking.body)
        let view = try await house.view(asking)
        do throws(WhatIfFailure) {
            return .json(bytes(of: try view.consequences(of: supposition), in: view), of: view)
        } catch {
            throw problem(error)
        }
    }

    private static func problem(_ failure: WhatIfFailure) -> Problem {
        var problem = Problem.notFound
        switch failure {
        case .noSuchSwitch(let agent): problem.detail = "There is no switch \(agent)."
        case .manySwitches(let agent, let found):
            let them = found.prefix(8).joined(separator: ", ")
            problem = Problem(
                .badRequest, "many-switches", "Several are called so",
                "Several switches are called \(agent): \(them). Name the site, too.")
        case .noSuchDevice(let id): problem.detail = "There is no device \(id)."
        case .noSuchPlace(let id): problem.detail = "There is no place \(id)."
        }
        return problem
    }

    private static func supposition(_ body: [UInt8]) throws -> Supposition {
        let refusal = Problem(
            .badRequest, "bad-json", "That is no supposition",
            "One of {\"fails\": {\"switch\": …, \"site\": …}}, {\"device\": …}, {\"closes\": …} is expected.")
        // Names that are not known would be passed over unseen.
        guard let names = try? JSONSerialization.jsonObject(with: Data(body)) as? [String: Any], names.count == 1,
            let wish = try? JSONDecoder().decode(Wish.self, from: Data(body))
        else { throw refusal }
        if let agent = wish.fails?.switch, (1...128).contains(agent.unicodeScalars.count),
            let told = names["fails"] as? [String: Any], Set(told.keys).isSubset(of: ["switch", "site"]),
            !told.values.contains(where: { $0 is NSNull }),
            wish.fails?.site.map({ (1...128).contains($0.unicodeScalars.count) }) ?? true
        {
            return .switchFails(agent, site: wish.fails?.site)
        }
        if let id = wish.device, ValueKind.device.refusal(of: id) == nil { return .quarantine(id) }
        if let id = wish.closes, ValueKind.isLocation(id) { return .closes(id) }
        throw refusal
    }

    private static func bytes(of found: Consequences, in view: HospitalView) -> [UInt8] {
        var json = JSONWriter()
        json.beginObject()
        json.moment(of: view)
        json.key("lost")
        json.beginArray()
        for lost in found.lost {
            json.beginObject(inline: true)
            json.member("device", lost.device)
            json.member("name", lost.name)
            json.member("clinical", lost.isClinical)
            json.member("places", lost.places)
            json.member("because", lost.because)
            json.endObject()
        }
        json.endArray()
        json.key("missed")
        json.beginArray()
        for missed in found.missed {
            json.beginObject(inline: true)
            json.member("device", missed.device)
            json.member("peer", missed.peer)
            json.member("protocol", missed.service.name)
            json.member("port", missed.service.port)
            json.member("days", missed.days)
            json.member("clinical", missed.isClinical)
            json.member("places", missed.places)
            json.endObject()
        }
        json.endArray()
        // Without any edge nobody can say, and an empty list would read as "none".
        json.member("state", found.beds == nil ? "cannotSay" : found.doubtfulBeds.isEmpty ? "answered" : "partial")
        if let beds = found.beds { json.member("beds", beds) }
        json.member("doubtfulBeds", found.doubtfulBeds)
        json.member("people", found.people)
        json.key("ground")
        json.beginObject(inline: true)
        json.member("beds", found.ground.beds)
        json.member("knownBeds", found.ground.known)
        json.member("unknownBeds", found.ground.unknown)
        json.member("clinicalDevices", found.ground.clinical)
        json.member("unplacedDevices", found.ground.unplaced)
        json.endObject()
        json.member("because", found.because)
        json.endObject()
        return json.take()
    }
}
