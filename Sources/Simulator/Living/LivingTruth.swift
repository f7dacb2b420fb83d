//===----------------------------------------------------------------------===//
// Wardlight · Simulator
//
// The truth of the living hospitals: what was planted, who is where, what is measured.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension LivingHospitals {
    /// What is true at the moment to which time has come, as JSON: sites with their devices, planted things, edges that
    /// hold, ports, and rooms in which something is measured.
    public var truth: [UInt8] {
        JSONText.object([
            ("schema", .text("wardlight.living/1")), ("synthetic", .flag(true)), ("from", .text(start.description)),
            ("to", .text(now.description)), ("sites", .array(sites.map(\.truth))),
        ]).bytes
    }

    /// Where each device with a card of its own stands now, by site: a room or a bed.
    public var whereabouts: [(site: String, hardware: HardwareAddress, place: String)] {
        sites.flatMap { site in
            site.stationPlaces.map { (site.name, $0.station.hardware, $0.place) }
        }
    }
}

extension LivingSite {
    /// Stations with their places now, those whom nobody wanted left out.
    var stationPlaces: [(station: Station, place: String)] {
        let guests = Set(campus.guests.map(\.number))
        return zip(campus.stations, standing.places).compactMap { station, place in
            guard let place = care.bedId(of: station.number) ?? place, !guests.contains(station.number) else {
                return nil
            }
            return (station, place)
        }
    }

    /// Edges that hold now, and what of them was said when the day began.
    var edges: [Edge] {
        var edges = stationPlaces.map {
            Edge(.device(Subject(hardware: $0.station.hardware)), .at, .location($0.place))
        }
        for (subject, feeler) in feelers {
            edges.append(Edge(.device(subject), .at, .location(feeler.place)))
            guard feeler.kind == .wearable, let person = care.person(inRoom: feeler.room) else { continue }
            edges.append(Edge(.device(subject), .assigned, .person(person)))
        }
        edges += behindGateways.map { Edge(.device($0.subject), .at, .location($0.bed)) }
        return edges + care.standing
    }

    fileprivate var truth: JSONText {
        let planted = network.planted.map { thing in
            var pairs: [(String, JSONText)] = [("kind", .text(thing.kind.rawValue))]
            if let hardware = thing.hardware { pairs.append(("mac", .text(hardware.description))) }
            if let agent = thing.agent { pairs.append(("switch", .text(agent))) }
            if let port = thing.port { pairs.append(("port", .text(port))) }
            return JSONText.object(pairs + [("since", .text(thing.since.description)), ("what", .text(thing.words))])
        }
        let ports = fabric.everybody.map { jack, occupant in
            JSONText.object([
                ("mac", .text(occupant.hardware.description)), ("switch", .text(fabric.switches[jack.closet].agent)),
                ("port", .text(fabric[jack].name)), ("vlan", .number(Int(occupant.vlan))),
            ])
        }
        let here = campus.stations.filter { !$0.isElsewhere }
        return .object([
            ("site", .text(name)), ("devices", .number(here.reduce(0) { $0 + 1 + $1.children.count })),
            ("planted", .array(planted)),
            (
                "edges",
                .array(
                    edges.map { edge in
                        .object([
                            ("one", Self.json(edge.one)), ("relation", .text(edge.relation.rawValue)),
                            ("other", Self.json(edge.other)),
                        ])
                    })
            ),
            ("ports", .array(ports)), ("measuredRooms", .texts(Set(gauges.compactMap(\.room)).sorted())),
        ])
    }

    private static func json(_ end: Edge.End) -> JSONText {
        switch end {
        case .location(let id): .object([("place", .text(id))])
        case .person(let reference): .object([("person", .text(reference))])
        case .device(let subject):
            .object(
                [("mac", JSONText.text(subject.hardware?.description ?? ""))]
                    + (subject.child.map { [("child", .text($0))] } ?? []))
        }
    }
}
