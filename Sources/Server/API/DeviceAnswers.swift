//===----------------------------------------------------------------------===//
// Wardlight · Server
//
// Answers about devices: the list, one with its evidence, its history.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Reports
import Twin

enum DeviceAnswers {
    static func list(_ asking: Asking, _ house: House) async throws -> Reply {
        var query = DeviceQuery()
        query.site = asking["site"]
        query.deviceClass = asking["class"].flatMap { DeviceClass(rawValue: $0) }
        query.text = asking["q"]
        query.location = asking["location"]
        query.agent = asking["agent"]
        query.hasFindings = asking.flag("findings")
        query.isStale = asking.flag("stale")
        query.order = asking["sort"].flatMap { DeviceQuery.Order(rawValue: $0) } ?? .name
        query.isDescending = asking["order"] == "descending"
        query.limit = asking.integer("limit") ?? 100
        query.after = try house.cursor(of: asking, parts: 2).map { DeviceQuery.Cursor(value: $0[0], id: $0[1]) }
        let past = try await house.past(asking)
        let page: DevicePage
        if let past {
            page = past.devices(matching: query)
        } else {
            page = try await house.doors.lists.devices(matching: query)
        }
        let next = page.next.map { [$0.value, $0.id] }
        return house.page(asking, past, page.number, total: page.total, next: next, "devices", page.devices) {
            $0.row($1)
        }
    }

    static func one(_ asking: Asking, _ house: House) async throws -> Reply {
        let (device, view) = try await device(asking, house)
        return .json(InventoryJSON.bytes(of: device), of: view)
    }

    private static func device(_ asking: Asking, _ house: House) async throws -> (Device, HospitalView) {
        let view = try await house.view(asking)
        guard let device = view.device(asking["id"] ?? "") else { throw Problem.notFound }
        return (device, view)
    }

    /// Beliefs, ports, places and edges with their times, and what it measured last.
    static func history(_ asking: Asking, _ house: House) async throws -> Reply {
        let (device, view) = try await device(asking, house)
        var json = JSONWriter()
        json.beginObject()
        json.member("id", device.id)
        json.moment(of: view)
        json.story(of: device)
        json.key("edges")
        json.beginArray()
        for edge in view.hospital.edges.all
        where [edge.one, edge.other].contains(where: {
            view.device(of: $0, site: edge.site) == device.id
        }) {
            json.row(edge, in: view, showsPeople: asking.who.may(.admin))
        }
        json.endArray()
        json.key("readings")
        json.beginArray()
        for reading in house.glances.glance(of: view).readingsOf[device.id] ?? [] { json.row(reading) }
        json.endArray()
        json.endObject()
        return .json(json.take(), of: view)
    }
}
