//===----------------------------------------------------------------------===//
// Wardlight · Reports
//
// The network map without names, addresses and serial numbers.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension Anonymiser {
    func network(_ map: NetworkMap) -> NetworkMap {
        var result = map
        result.switches = map.switches.map { state in
            var state = state
            state.site = site(state.site)
            state.about = anonymous(state.about)
            for index in state.ports.indices {
                let serial = state.ports[index].port.transceiver?.serial.map { pseudonyms.word("serial", $0) }
                state.ports[index].port.transceiver?.serial = serial
                state.ports[index].devices = state.ports[index].devices.map(pseudonyms.hardware).sorted()
                state.ports[index].others = state.ports[index].others.map(pseudonyms.hardware).sorted()
                state.ports[index].neighbours = []
                state.ports[index].port.designatedBridge = nil
            }
            return state
        }
        result.links = map.links.map { link in
            SwitchLink(
                site: site(link.site), one: end(link.one), other: end(link.other),
                isBetweenSwitches: link.isBetweenSwitches, via: link.via)
        }
        result.segments = map.segments.map { segment in
            SharedSegment(
                name: pseudonyms.word("segment", segment.name), site: site(segment.site),
                ports: segment.ports.map {
                    SharedSegment.Member(agent: agent($0.agent), ifIndex: $0.ifIndex, port: $0.port)
                }, devices: segment.devices.map(pseudonyms.hardware).sorted())
        }
        result.stations = map.stations.map { station in
            StationReports(
                site: site(station.site), hardware: pseudonyms.hardware(station.hardware),
                reports: station.reports.map { report in
                    var result = report
                    result.agent = agent(report.agent)
                    result.accessPoint = report.accessPoint.map(accessPoint)
                    result.accessPointAddress = report.accessPointAddress.map(pseudonyms.hardware)
                    result.ssid = report.ssid.map(wirelessNetwork)
                    return result
                })
        }
        result.places = map.places.map {
            var found = DevicePlace(
                site: site($0.site), hardware: pseudonyms.hardware($0.hardware), place: place($0.place))
            found.others = $0.others.map(place)
            return found
        }
        return result
    }

    func place(_ place: Place) -> Place {
        var result = place
        result.agent = agent(place.agent)
        result.switchName = place.switchName.map { pseudonyms.word("name", $0) }
        result.segment = place.segment.map { pseudonyms.word("segment", $0) }
        if var wireless = place.wireless {
            result.port = wireless.accessPoint == nil ? "wireless" : accessPoint(place.port)
            wireless.accessPoint = wireless.accessPoint.map(accessPoint)
            wireless.accessPointAddress = wireless.accessPointAddress.map(pseudonyms.hardware)
            wireless.ssid = wireless.ssid.map(wirelessNetwork)
            wireless.port = wireless.port.map {
                SharedSegment.Member(agent: agent($0.agent), ifIndex: $0.ifIndex, port: $0.port)
            }
            result.wireless = wireless
        }
        return result
    }

    func port(_ port: Finding.Port) -> Finding.Port {
        Finding.Port(site: site(port.site), agent: agent(port.agent), ifIndex: port.ifIndex, port: port.port)
    }

    func stay(_ stay: PlaceStay) -> PlaceStay {
        var result = stay
        result.port = port(stay.port)
        result.switchName = stay.switchName.map { pseudonyms.word("name", $0) }
        return result
    }

    /// Names of wards and of networks say where and whose it is.
    private func accessPoint(_ text: String) -> String { pseudonyms.word("accesspoint", text) }
    private func wirelessNetwork(_ text: String) -> String { pseudonyms.word("network", text) }

    private func agent(_ text: String) -> String { pseudonyms.word("switch", text) }

    /// What the maker made it stays; whose it is goes.
    private func anonymous(_ about: Switch) -> Switch {
        var result = about
        result.agent = agent(about.agent)
        result.name = about.name.map { pseudonyms.word("name", $0) }
        result.location = nil
        result.summary = nil
        result.address = about.address.map(pseudonyms.network)
        result.chassis = about.chassis.map(pseudonyms.hardware)
        result.serial = about.serial.map { pseudonyms.word("serial", $0) }
        result.ownAddresses = about.ownAddresses.map(pseudonyms.hardware).sorted()
        return result
    }

    private func end(_ end: SwitchLink.End) -> SwitchLink.End {
        SwitchLink.End(
            agent: end.agent.map(agent), ifIndex: end.ifIndex,
            // A neighbour's port may be its address, and its name anything.
            port: end.agent == nil ? end.port.map { pseudonyms.word("port", $0) } : end.port,
            name: end.name.map { pseudonyms.word("name", $0) },
            chassis: end.chassis.map { pseudonyms.word("chassis", $0) })
    }
}
