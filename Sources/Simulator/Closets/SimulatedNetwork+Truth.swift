//===----------------------------------------------------------------------===//
// Wardlight · Simulator
//
// Where everybody is: the network's part of the answer sheet.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension SimulatedNetwork {
    /// Where a device is at the last poll.
    public struct TruePlace: Hashable, Sendable {
        public var hardware: HardwareAddress
        public var agent: String
        public var port: String
        public var ifIndex: UInt32
        public var vlan: UInt16
        /// Through an access point: the port is that one's.
        public var isWireless: Bool
        /// Since which poll.
        public var since: Timestamp
    }

    /// A cable between two switches.
    public struct TrueLink: Hashable, Sendable {
        public var agent: String
        public var ifIndex: UInt32
        public var otherAgent: String
        public var otherIfIndex: UInt32
    }

    /// The places of all devices at the last poll, by address; who is switched off has none.
    public var places: [TruePlace] {
        var moment = first
        var since: [HardwareAddress: (jack: Jack, time: Timestamp)] = [:]
        repeat {
            for (jack, occupant) in moment.fabric.everybody where since[occupant.hardware]?.jack != jack {
                since[occupant.hardware] = (jack, moment.time)
            }
        } while moment.advance()
        return moment.fabric.everybody.map { jack, occupant in
            let port = moment.fabric[jack]
            return TruePlace(
                hardware: occupant.hardware, agent: moment.fabric.switches[jack.closet].agent, port: port.name,
                ifIndex: port.ifIndex, vlan: occupant.vlan,
                isWireless: occupant.station.map { campus.stations[$0].access == .wireless } ?? false,
                since: since[occupant.hardware]?.time ?? times[0])
        }.sorted { $0.hardware < $1.hardware }
    }

    /// Cables between switches, each once, from the upper end's order.
    public var links: [TrueLink] {
        story.first.switches.flatMap { closet in
            closet.ports.compactMap { port -> TrueLink? in
                guard let peer = port.peer, peer > closet.number else { return nil }
                let other = story.first.switches[peer]
                return TrueLink(
                    agent: closet.agent, ifIndex: port.ifIndex, otherAgent: other.agent,
                    otherIfIndex: other.ports[port.peerPort].ifIndex)
            }
        }
    }

    /// The places, links and planted things, as JSON.
    public var truth: [UInt8] {
        let places = places.map { place in
            JSONText.object([
                ("mac", .text(place.hardware.description)), ("switch", .text(place.agent)), ("port", .text(place.port)),
                ("ifIndex", .number(Int(place.ifIndex))), ("vlan", .number(Int(place.vlan))),
                ("wireless", .flag(place.isWireless)), ("since", .text(place.since.description)),
            ])
        }
        let links = links.map { link in
            JSONText.object([
                ("switch", .text(link.agent)), ("ifIndex", .number(Int(link.ifIndex))),
                ("otherSwitch", .text(link.otherAgent)), ("otherIfIndex", .number(Int(link.otherIfIndex))),
            ])
        }
        let planted = planted.map { thing in
            var pairs: [(String, JSONText)] = [("kind", .text(thing.kind.rawValue))]
            if let hardware = thing.hardware { pairs.append(("mac", .text(hardware.description))) }
            if let agent = thing.agent { pairs.append(("switch", .text(agent))) }
            if let port = thing.port { pairs.append(("port", .text(port))) }
            pairs += [("since", .text(thing.since.description)), ("what", .text(thing.words))]
            return JSONText.object(pairs)
        }
        return JSONText.object([
            ("synthetic", .flag(true)), ("polls", .texts(times.map(\.description))), ("planted", .array(planted)),
            ("places", .array(places)), ("links", .array(links)),
        ]).bytes
    }
}

extension Fabric {
    /// Who truly is at which port, in the order of the ports.
    var everybody: [(jack: Jack, occupant: Occupant)] {
        switches.flatMap { closet in
            closet.ports.enumerated().flatMap { number, port in
                port.isUp
                    ? port.occupants.filter(\.isTrue).map { (Jack(closet: closet.number, port: number), $0) } : []
            }
        }
    }
}

extension SimulatedNetwork {
    /// Rules of weak controls that each switch shows at the last poll, by its number (docs/controls.md).
    var weakControls: [Set<String>] {
        var moment = first
        while moment.advance() {}
        return moment.fabric.switches.map { closet in
            var rules: Set<String> = []
            let edge = closet.ports.filter { $0.peer == nil && !$0.isAccessPoint && !$0.saysRouter }
            let used = edge.filter { port in port.isUp && port.occupants.contains { !$0.isFixed } }
            let isOpen = { (port: SimulatedPort) in !(closet.tellsGuards && port.isGuarded) }
            let open = used.count(where: isOpen)
            if open > 0 { rules.insert(open == used.count ? "control.no8021X" : "control.inconsistentGuard") }
            if edge.contains(where: { !$0.isUp && !closet.isSwitchedOff($0) && isOpen($0) }) {
                rules.insert("control.openPorts")
            }
            return rules
        }
    }
}
