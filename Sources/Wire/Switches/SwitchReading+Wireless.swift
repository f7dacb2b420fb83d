//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// From wireless tables to observations: stations, access points, and who is logged in as a keyed hash only.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension SwitchReading {
    /// Each access point, each station with its sightings, and what its browser said of itself.
    ///
    /// - Parameter person: Makes a keyed hash of a person's name; without it nobody's name leaves the reading.
    func wirelessBodies(
        agent: String, _ span: Observation.Span, person: (@Sendable (String) -> String?)?
    ) -> [Observation.Body] {
        var bodies: [Observation.Body] = []
        for point in accessPoints {
            var point = point
            point.agent = agent
            bodies.append(.accessPoint(point))
            // A radio's address never stands on a cable: as a device it would be a ghost.
            if point.hardware != point.radio {
                bodies.append(
                    Self.sighting(Subject(hardware: point.hardware, network: point.network), nil, span, isBinding: true)
                )
            }
        }
        for client in wirelessClients {
            if !client.isWired { bodies.append(.wireless(client.station(agent: agent, person: person))) }
            if client.networks.isEmpty {
                bodies.append(Self.sighting(Subject(hardware: client.hardware), client.vlan, span, isBinding: false))
            }
            for network in client.networks {
                let subject = Subject(hardware: client.hardware, network: network)
                bodies.append(Self.sighting(subject, client.vlan, span, isBinding: true))
            }
            if let agent = client.userAgent {
                let subject = Subject(hardware: client.hardware)
                bodies.append(
                    .fact(
                        Observation.Fact(subject: subject, field: .httpUserAgent, value: agent, span: span, count: 1)))
            }
        }
        return bodies
    }

    private static func sighting(
        _ subject: Subject, _ vlan: UInt16?, _ span: Observation.Span, isBinding: Bool
    ) -> Observation.Body {
        .sighting(
            Observation.Sighting(
                subject: subject, vlan: vlan, span: span, packets: 0, bytes: 0, isBinding: isBinding))
    }
}

extension WirelessClient {
    func station(agent: String, person: (@Sendable (String) -> String?)?) -> WirelessStation {
        var station = WirelessStation(agent: agent, hardware: hardware)
        station.network = networks.first
        station.accessPoint = accessPoint
        station.accessPointAddress = accessPointAddress
        station.ssid = ssid
        station.security = security
        station.vlan = vlan
        station.signal = signal
        station.user = user.flatMap { person?($0.revealed()) }
        return station
    }
}
