//===----------------------------------------------------------------------===//
// Wardlight · Simulator
//
// Moves: people come and go, devices are rolled to other beds and plugged into other ports.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension LivingSite {
    /// One thing that happens among people and their devices.
    mutating func care(at time: Int64, _ events: inout [LiveEvent]) {
        let draw = chance.below(100)
        let edges: [Edge]
        switch draw {
        case ..<20 where !care.isHome: edges = care.admit(&chance)
        case ..<40 where !care.isHome: edges = care.discharge(&chance)
        case ..<52 where !care.isHome: edges = care.transfer(&chance)
        case ..<76: edges = care.infuse(&chance)
        case ..<90: edges = roll(care.pumps, at: time)
        default: edges = roll(care.wheeled, at: time)
        }
        say(edges, at: time, &events)
    }

    /// Rolls one of these to another bed, and plugs it in there. While the story of the switches is told, they are left as
    /// they are.
    private mutating func roll(_ stations: [Int], at time: Int64) -> [Edge] {
        guard isStoryOver, !stations.isEmpty else { return [] }
        let number = chance.pick(stations)
        let station = campus.stations[number]
        guard !network.planted.contains(where: { $0.hardware == station.hardware }),
            let here = care.devices[number]
        else { return [] }
        let there = chance.below(care.beds.count)
        guard there != here, plugIn(station, onLevel: care.beds[there].level, at: time) else { return [] }
        return care.move(number, to: there)
    }

    /// - Returns: whether it found a port or an access point there.
    private mutating func plugIn(_ station: Station, onLevel level: Int, at time: Int64) -> Bool {
        guard let from = fabric.jack(of: station.hardware) else { return false }
        let closets = Set(self.closets(onLevel: level))
        let occupant = Occupant(station)
        if station.access == .wireless {
            let points = fabric.jacks { $0.isAccessPoint }.filter { closets.contains($0.closet) }
            guard !points.isEmpty else { return false }
            let to = chance.pick(points)
            if to == from { return true }
            fabric[from].occupants.removeAll { $0.hardware == station.hardware }
            fabric[to].occupants.append(occupant)
            return true
        }
        guard fabric[from].occupants.count == 1, fabric[from].bridge == nil else { return false }
        let free = fabric.jacks { $0.isFree }.filter { closets.contains($0.closet) }
        guard let to = free.first else { return false }
        // The port knows when its link came up, between two polls.
        let polled = fabric.now
        fabric.now = time
        fabric.unplug(from)
        fabric.plug([occupant], station.physique, at: to, rate: 400)
        fabric.now = polled
        closetsBefore[station.number] = to.closet
        return true
    }

    /// The closets of a floor. They are spread over the floors by turns (`Recipe.levels`).
    func closets(onLevel level: Int) -> [Int] {
        let all = fabric.switches.filter { $0.rank == .access }.map(\.number)
        return all.indices.filter { $0 % max(plan.levels, 1) == level }.map { all[$0] }
    }

    /// What the story rolled into another closet stands at a bed near it from now on.
    mutating func follow(at time: Int64, _ events: inout [LiveEvent]) {
        for number in care.wheeled {
            let station = campus.stations[number]
            guard let closet = fabric.jack(of: station.hardware)?.closet else { continue }
            let before = closetsBefore.updateValue(closet, forKey: number)
            guard let before, before != closet, station.access == .wire else { continue }
            let level = (0..<max(plan.levels, 1)).first { closets(onLevel: $0).contains(closet) }
            let near = care.beds.indices.filter { care.beds[$0].level == level }
            guard !near.isEmpty else { continue }
            say(care.move(number, to: chance.pick(near)), at: time, &events)
        }
    }
}
