//===----------------------------------------------------------------------===//
// Wardlight · Server
//
// Answers about everything else that is read: findings, places, ports, readings, edges, the seven answers, the log.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Reports
import Twin

enum FindingAnswers {
    static func list(_ asking: Asking, _ house: House) async throws -> Reply {
        var query = FindingQuery()
        query.site = asking["site"]
        query.device = asking["device"]
        query.rule = asking["rule"]
        query.severity = asking["severity"].flatMap { Finding.Severity(rawValue: $0) }
        query.limit = asking.integer("limit") ?? 100
        query.after = try house.cursor(of: asking, parts: 1)?[0]
        let past = try await house.past(asking)
        let page: FindingPage
        if let past {
            page = past.findings(matching: query)
        } else {
            page = try await house.doors.lists.findings(matching: query)
        }
        let next = page.next.map { [$0] }
        return house.page(asking, past, page.number, total: page.total, next: next, "findings", page.findings) {
            $0.row($1)
        }
    }

    static func one(_ asking: Asking, _ house: House) async throws -> Reply {
        let view = try await house.view(asking)
        guard let finding = view.finding(asking["id"] ?? "") else { throw Problem.notFound }
        var json = JSONWriter()
        json.row(finding)
        return .json(json.take(), of: view)
    }
}

enum ViewAnswers {
    /// The seven answers of this moment; a partial or missing one says what is missing.
    static func answers(_ asking: Asking, _ house: House) async throws -> Reply {
        let view = try await house.view(asking)
        var bytes: [UInt8] = []
        AnswersJSON.write(house.glances.answers(of: view)) { bytes += $0 }
        return .json(bytes, of: view)
    }

    static func places(_ asking: Asking, _ house: House) async throws -> Reply {
        let view = try await house.view(asking)
        let glance = house.glances.glance(of: view)
        let within = asking["location"]
        if let within, view.hospital.places[within] == nil { throw Problem.notFound }
        var json = JSONWriter()
        json.beginObject()
        json.moment(of: view)
        json.key("places")
        json.beginArray()
        for place in view.hospital.places.all
        where within.map({ view.hospital.places.lies(place.id, in: $0) }) ?? true {
            let count = glance.counts[place.id] ?? (0, 0)
            json.row(place, devices: count.devices, beds: count.beds)
        }
        json.endArray()
        json.endObject()
        return .json(json.take(), of: view)
    }

    static func topology(_ asking: Asking, _ house: House) async throws -> Reply {
        let view = try await house.view(asking)
        return .json(TopologyJSON.bytes(of: view.snapshot.network ?? NetworkMap()), of: view)
    }

    /// The switches with their ports; the devices at a port by id.
    static func ports(_ asking: Asking, _ house: House) async throws -> Reply {
        let view = try await house.view(asking)
        var map = view.snapshot.network ?? NetworkMap()
        if let agent = asking["agent"] {
            map.switches.removeAll { $0.about.agent != agent }
            if map.switches.isEmpty { throw Problem.notFound }
        }
        (map.links, map.segments) = ([], [])
        return .json(TopologyJSON.bytes(of: map), of: view)
    }

    static func readings(_ asking: Asking, _ house: House) async throws -> Reply {
        let view = try await house.view(asking)
        let glance = house.glances.glance(of: view)
        let limit = asking.integer("limit") ?? 1_000
        var json = JSONWriter()
        json.beginObject()
        json.moment(of: view)
        json.key("readings")
        json.beginArray()
        let rows = asking["device"].map { glance.readingsOf[$0] ?? [] } ?? glance.readings
        var written = 0
        for row in rows
        where (asking["metric"] ?? row.reading.metric) == row.reading.metric
            && (asking["site"] ?? row.reading.site) == row.reading.site
            && (asking.flag("stale") ?? row.isStale) == row.isStale
        {
            if written == limit { break }
            json.row(row)
            written += 1
        }
        json.endArray()
        json.endObject()
        return .json(json.take(), of: view)
    }

    static func edges(_ asking: Asking, _ house: House) async throws -> Reply {
        let view = try await house.view(asking)
        let limit = asking.integer("limit") ?? 1_000
        let isPast = asking.flag("ended") ?? false
        var json = JSONWriter()
        json.beginObject()
        json.moment(of: view)
        json.key("edges")
        json.beginArray()
        var written = 0
        for edge in isPast ? view.hospital.edges.all : view.edges {
            guard (asking["relation"] ?? edge.relation.rawValue) == edge.relation.rawValue,
                asking["device"].map({
                    [view.device(of: edge.one, site: edge.site), view.device(of: edge.other, site: edge.site)].contains(
                        $0)
                }) ?? true,
                asking["location"].map({ [edge.one, edge.other].contains(.location($0)) }) ?? true
            else { continue }
            if written == limit { break }
            json.row(edge, in: view, showsPeople: asking.who.may(.admin))
            written += 1
        }
        json.endArray()
        json.endObject()
        return .json(json.take(), of: view)
    }

    /// How far the log is, and how it is doing.
    static func log(_ asking: Asking, _ house: House) async throws -> Reply {
        let state = await house.doors.present.state()
        var json = JSONWriter()
        json.beginObject()
        json.member("position", state.keeper.position)
        json.member("recorded", state.keeper.recorded?.description)
        json.member("newest", state.keeper.newest?.description)
        json.member("judged", state.keeper.judged)
        json.member("number", await house.doors.lists.number.description)
        json.member("oldest", state.oldest)
        json.member("oldestRecorded", state.oldestRecorded?.description)
        json.member("ready", state.isReady)
        json.member("devices", state.keeper.devices)
        json.member("readings", state.keeper.readings)
        json.member("trouble", state.trouble + (state.keeper.trouble.map { [$0] } ?? []))
        json.endObject()
        return .json(json.take())
    }
}
