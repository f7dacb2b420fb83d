//===----------------------------------------------------------------------===//
// Wardlight · Simulator
//
// Wiring: which switch stands where, and who is plugged into which port.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension Fabric {
    /// Closets at one distribution switch.
    private static let closets = 16

    /// Wires a campus: a core, distribution switches, closets on the wards, and everybody into a port.
    ///
    /// - Parameter ports: Ports of each switch; nil for 24 or 48 by chance.
    init(_ campus: Campus, ports: Int?) {
        self.init(now: campus.start)
        var chance = Chance(seed: campus.seed, stream: 0x5717C4)
        let own = campus.stations.filter { $0.known[.type] == "switch" }
        let distributions = max((own.count - 1 + Self.closets - 1) / (Self.closets + 1), 1)
        for (number, station) in own.enumerated() {
            let rank: SimulatedSwitch.Rank = number == 0 ? .core : number <= distributions ? .distribution : .access
            let wanted =
                rank == .core
                ? (distributions + 23) / 24 * 24
                : rank == .distribution ? 48 : ports ?? chance.pick([24, 48])
            switches.append(Self.build(station, number, rank, wanted, campus.start, &chance))
        }
        for number in switches.indices.dropFirst() {
            let above = number <= distributions ? 0 : 1 + (number - 1 - distributions) % distributions
            join(number, above)
        }
        plugEverybody(campus, distributions, &chance)
        guardPorts(campus.seed)
    }

    // MARK: Guards

    /// In a third of the closets all ports ask who is there, in a third most of them, in a third none; half switch off what
    /// is not used.
    private mutating func guardPorts(_ seed: UInt64) {
        for closet in switches.indices {
            var chance = Chance(seed: seed, stream: 0x8021_0000 + UInt64(closet))
            switches[closet].closesUnused = chance.happens(inHundred: 50)
            guard switches[closet].rank == .access else { continue }
            let manner = chance.below(3)
            switches[closet].tellsGuards = manner > 0
            for port in switches[closet].ports.indices where manner > 0 && !switches[closet].ports[port].isUplink {
                // An access point signs nobody in at its own port; its radio does.
                let isPoint = switches[closet].ports[port].isAccessPoint
                switches[closet].ports[port].isGuarded = !isPoint && (manner == 1 || port % 5 != 3)
            }
        }
    }

    // MARK: Switches

    private static func build(
        _ station: Station, _ number: Int, _ rank: SimulatedSwitch.Rank, _ wanted: Int, _ start: Int64,
        _ chance: inout Chance
    ) -> SimulatedSwitch {
        let prefix = station.hardware.bits >> 24
        let manner: SimulatedSwitch.Manner =
            prefix == 0x20677C ? .aruba : prefix == 0x000496 ? .extreme : prefix == 0x000585 ? .juniper : .ios
        let name = station.names.first ?? "sim-sw-\(number)"
        let started = start - Int64(chance.within(20 * 86_400...400 * 86_400)) * 1_000_000_000
        // Two units of 24 are a stack where the maker stacks so.
        let members = rank == .core ? wanted / 24 : manner == .ios && wanted == 48 ? 2 : 1
        var built = SimulatedSwitch(
            number: number, station: station.number, rank: rank, manner: manner, name: name,
            agent: String(name.prefix { $0 != "." }), summary: station.system?.summary ?? "",
            objectId: station.system?.objectId ?? [], model: station.known[.model] ?? "switch",
            firmware: station.known[.firmware] ?? "1.0", serial: "SIM" + chance.hexadecimal(8),
            hardware: station.hardware, address: station.address, started: started, ports: [], members: members)
        let per = wanted / max(members, 1)
        for member in 1...max(members, 1) {
            for port in 1...max(per, 1) {
                built.ports.append(
                    Self.port(manner, UInt32(member), UInt32(port), isTen: rank == .core, started))
            }
        }
        // Two ports more for what leads upwards.
        for port in 1...2 where rank != .core {
            var up = Self.up(manner, UInt32(port), UInt32(wanted), started)
            up.isUplink = true
            built.ports.append(up)
        }
        return built
    }

    private static func port(
        _ manner: SimulatedSwitch.Manner, _ member: UInt32, _ port: UInt32, isTen: Bool, _ time: Int64
    ) -> SimulatedPort {
        let place = "\(member)/0/\(port)"
        let (index, name, descr): (UInt32, String, String) =
            switch manner {
            case .ios:
                (
                    10_100 + (member - 1) * 500 + port, (isTen ? "Te" : "Gi") + place,
                    (isTen ? "TenGigabitEthernet" : "GigabitEthernet") + place
                )
            case .aruba: (port, "\(port)", "\(port)")
            case .extreme: (1_000 + port, "1:\(port)", "Port 1:\(port)")
            case .juniper: (500 + port, "ge-0/0/\(port - 1)", "ge-0/0/\(port - 1)")
            }
        return SimulatedPort(ifIndex: index, name: name, descr: descr, group: member, number: port, lastChange: time)
    }

    private static func up(_ manner: SimulatedSwitch.Manner, _ port: UInt32, _ count: UInt32, _ time: Int64)
        -> SimulatedPort
    {
        let (index, name, descr): (UInt32, String, String) =
            switch manner {
            case .ios: (10_200 + port, "Te1/1/\(port)", "TenGigabitEthernet1/1/\(port)")
            case .aruba: (count + port, "\(count + port)", "\(count + port)")
            case .extreme: (1_000 + count + port, "1:\(count + port)", "Port 1:\(count + port)")
            case .juniper: (600 + port, "xe-0/1/\(port - 1)", "xe-0/1/\(port - 1)")
            }
        // Slot 9 feeds nobody.
        return SimulatedPort(ifIndex: index, name: name, descr: descr, group: 9, number: port, lastChange: time)
    }

    /// A cable from the uplink of `below` into a free port of `above`.
    private mutating func join(_ below: Int, _ above: Int) {
        guard let up = switches[below].ports.firstIndex(where: { $0.isUplink && $0.peer == nil }),
            let down = switches[above].ports.firstIndex(where: { $0.peer == nil && !$0.isUplink })
        else { preconditionFailure("a distribution switch has more ports than closets") }
        switches[below].uplink = up
        for (closet, port, peer, peerPort) in [(below, up, above, down), (above, down, below, up)] {
            switches[closet].ports[port].isUplink = true
            switches[closet].ports[port].peer = peer
            switches[closet].ports[port].peerPort = peerPort
            switches[closet].ports[port].isUp = true
            switches[closet].ports[port].physique = .uplink
            switches[closet].ports[port].rate = 90_000
            switches[closet].ports[port].lastChange = switches[closet].started + 60_000_000_000
        }
    }

    // MARK: Plugs

    private mutating func plugEverybody(_ campus: Campus, _ distributions: Int, _ chance: inout Chance) {
        let closets = Array(switches.indices.dropFirst(1 + distributions))
        let rooms = closets.isEmpty ? [distributions] : closets
        var phones: [Jack] = []
        var points: [Jack] = []
        var wireless: [Station] = []
        // The last are those whom nobody wanted: they come later.
        for station in campus.stations.dropLast(campus.guests.count) where station.known[.type] != "switch" {
            switch station.access {
            case .elsewhere: continue
            case .wireless: wireless.append(station)
            case .wire:
                // A computer stands behind every other telephone.
                if station.known[.type] == "workstation", !campus.isServer(station), chance.happens(inHundred: 45),
                    let phone = phones.popLast()
                {
                    self[phone].occupants.append(Occupant(station))
                    self[phone].vlan = station.area.vlan
                    continue
                }
                let isServer = station.area == .server || campus.isServer(station)
                let near = campus.plan.level.flatMap { level in
                    let level = level(station)
                    let near = rooms.indices.filter { $0 % campus.plan.levels == level }.map { rooms[$0] }
                    return near.isEmpty ? nil : near
                }
                let room =
                    isServer ? 1 + station.number % distributions : chance.pick(near ?? rooms)
                guard let jack = free(from: room, among: isServer ? Array(1...distributions) : rooms) else { continue }
                plug([Occupant(station)], station.physique, at: jack, rate: chance.within(40...4_000))
                self[jack].cards = station.cards
                self[jack].lastChange = switches[jack.closet].started + 90_000_000_000
                // Not the telephones' server.
                if station.area == .voice, !isServer { phones.append(jack) }
                if station.known[.type] == "access point" { points.append(jack) }
            }
        }
        for station in wireless where !points.isEmpty {
            self[points[chance.below(points.count)]].occupants.append(Occupant(station))
        }
        for closet in switches.indices {
            for port in switches[closet].ports.indices where switches[closet].ports[port].isUp {
                switches[closet].ports[port].framesIn = UInt64(chance.within(10_000...40_000_000))
                switches[closet].ports[port].framesOut = UInt64(chance.within(10_000...80_000_000))
            }
        }
    }

    /// A free port of this switch, else of the next; three of each switch stay free.
    func free(from room: Int, among rooms: [Int]) -> Jack? {
        guard let start = rooms.firstIndex(of: room) else { return nil }
        for step in rooms.indices {
            let closet = switches[rooms[(start + step) % rooms.count]]
            let open = closet.ports.indices.filter { closet.ports[$0].isFree }
            if open.count > 3, let port = open.first { return Jack(closet: closet.number, port: port) }
        }
        return nil
    }
}

extension Occupant {
    init(_ station: Station) {
        self.init(
            hardware: station.hardware, vlan: station.area.vlan, network: station.address, station: station.number)
    }
}

extension Station {
    /// What its switch hears it say.
    var cards: [Card] {
        switch known[.type] {
        case "IP phone":
            guard let name = names.first, hardware.bits >> 24 == 0x001B8F || hardware.bits >> 24 == 0x88908D else {
                return []
            }
            var card = Card(
                hardware: hardware, name: name, summary: "Cisco IP Phone CP-\(known[.model] ?? ""),V6",
                port: "\(name.dropFirst(3)):P1", abilities: 0x24, network: address, serial: known[.serial])
            card.maker = "Cisco Systems, Inc."
            card.model = known[.model].map { "CP-\($0)" }
            return [card]
        case "access point":
            var card = Card(
                hardware: hardware, name: names.first ?? "", summary: "access point", port: "eth0", abilities: 0x10,
                network: address)
            if known[.vendor] == "Aruba" {
                card.summary = "ArubaOS (MODEL: 515), Version 8.10.0.7 (86234)"
                return [card]
            }
            card.summary = "Cisco AP Software, ap1g7-k9w8 Version: 17.9.4.27"
            var old = card
            old.isCDP = true
            old.port = "GigabitEthernet0"
            old.platform = "cisco C9120AXI-E"
            // As Cisco's access points say: a transparent bridge.
            old.abilities = 0x02
            return [card, old]
        default: return []
        }
    }
}
