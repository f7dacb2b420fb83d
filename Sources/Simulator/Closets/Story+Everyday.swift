//===----------------------------------------------------------------------===//
// Wardlight · Simulator
//
// Story, the bright part: what happens in any hospital, and looks like harm.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension Story {
    /// What stands there from the beginning and looks odd: hosts of virtual machines, docks, second cards, old rows.
    mutating func furnish() {
        var guests: [Occupant] = []
        for _ in 0..<6 { guests.append(Occupant(hardware: newCard(0x005056), vlan: Area.server.vlan)) }
        let hosts = [newCard(0xF8B156), newCard(0xF48E38)]
        let racks = first.jacks { $0.isFree }.filter { first.switches[$0.closet].rank == .distribution }.prefix(2)
        for (number, jack) in racks.enumerated() {
            take(jack)
            let own = [Occupant(hardware: hosts[number], vlan: Area.server.vlan)]
            let here = number == 0 ? guests : []
            begins { $0.settle(own + here, .server, at: jack) }
        }
        if racks.count == 2, let from = racks.first, let to = racks.last {
            // A virtual machine moves to the other host while it runs.
            let moving = guests[2]
            let poll = 1 + chance.below(polls - 1)
            happens(at: poll) {
                $0[from].occupants.removeAll { $0 == moving }
                $0[to].occupants.append(moving)
            }
        }
        // A dock with a card of its own beside its computer's.
        for _ in 0..<part(200) {
            guard let (jack, _) = port(of: { $0.known[.type] == "workstation" }) else { break }
            let dock = Occupant(hardware: newCard(0x00E04C), vlan: Area.office.vlan)
            begins { $0[jack].occupants.append(dock) }
        }
        // A printer with two cards, both plugged in.
        for _ in 0..<part(300) {
            guard let printer = campus.stations.first(where: { $0.known[.type] == "printer" }), let jack = freePort()
            else { break }
            let second = newCard(printer.hardware.bits >> 24)
            begins { $0.settle([Occupant(hardware: second, vlan: printer.area.vlan)], printer.physique, at: jack) }
        }
        // A row that somebody wrote for a device which has long been elsewhere; the port is down.
        for _ in 0..<part(200) {
            guard let (home, station) = port(of: { $0.deviceClass == .medical }),
                let jack = freePort(besides: home.closet)
            else { break }
            var row = Occupant(station)
            row.isFixed = true
            begins {
                $0[jack].occupants = [row]
                $0[jack].vlan = row.vlan
            }
        }
    }

    /// One for so many devices, at least one.
    private func part(_ devices: Int) -> Int { max(campus.stations.count / devices, 1) }

    mutating func live() {
        roam()
        restart()
        changeDesks()
        exchange()
        switchOff()
        wander()
        arrive()
        restartSwitch()
    }

    /// Any time but the first, with room for what follows.
    private mutating func anyTime() -> Int { 1 + chance.below(polls - 2) }

    /// Pumps and badges walk to another access point; half of them are still listed at the first for a poll.
    private mutating func roam() {
        let points = first.jacks { $0.cards.contains { !$0.isCDP && $0.abilities == 0x10 } }
        guard points.count > 1 else { return }
        for from in points {
            let walkers = first[from].occupants.filter {
                $0.station.map { campus.stations[$0].access == .wireless } ?? false
            }
            for walker in walkers where chance.happens(inHundred: 12) {
                let to = chance.pick(points.filter { $0 != from })
                let poll = anyTime()
                let isLate = chance.happens(inHundred: 50)
                happens(at: poll) { fabric in
                    fabric[from].occupants.removeAll { $0 == walker }
                    if isLate {
                        var stale = walker
                        stale.isStale = true
                        fabric[from].occupants.append(stale)
                    }
                    fabric[to].occupants.append(walker)
                }
                happens(at: poll + 1) {
                    $0[from].occupants.removeAll { $0.hardware == walker.hardware && $0.isStale }
                }
            }
        }
    }

    /// Computers start anew: for a moment the card knows 100 megabits only, with or without a word.
    private mutating func restart() {
        for number in 0..<part(40) {
            guard let (jack, station) = port(of: { $0.physique == .desk && $0.area != .voice }) else { return }
            let poll = anyTime()
            let isSilent = number % 2 == 0
            happens(at: poll) { $0.plug(isSilent ? [] : [Occupant(station)], .slow, at: jack, rate: 2) }
            happens(at: poll + 1) { $0.plug([Occupant(station)], station.physique, at: jack) }
        }
    }

    /// Two people change desks, each with the laptop in the other's dock.
    private mutating func changeDesks() {
        for _ in 0..<part(150) {
            guard let one = port(of: { $0.known[.type] == "workstation" }),
                let other = port(of: { $0.known[.type] == "workstation" })
            else { return }
            happens(at: anyTime()) { fabric in
                fabric.plug([Occupant(other.station)], other.station.physique, at: one.jack)
                fabric.plug([Occupant(one.station)], one.station.physique, at: other.jack)
            }
        }
    }

    /// Engineers bring a device of the same model and take the old one to the workshop.
    private mutating func exchange() {
        for _ in 0..<part(200) {
            guard let (jack, station) = port(of: { $0.area == .monitoring && $0.stack == .embedded }) else { return }
            let poll = anyTime()
            let spare = Occupant(hardware: newCard(station.hardware.bits >> 24), vlan: station.area.vlan)
            happens(at: poll) { $0.unplug(jack) }
            happens(at: poll + 1) { $0.plug([spare], station.physique, at: jack) }
        }
    }

    /// Beds, meters and monitors are switched off; half of them come back to the same wall.
    private mutating func switchOff() {
        let kinds: Set<String> = ["hospital bed", "glucose meter", "patient monitor", "ventilator", "label printer"]
        for number in 0..<part(40) {
            guard let (jack, station) = port(of: { kinds.contains($0.known[.type] ?? "") }) else { return }
            let poll = anyTime()
            happens(at: poll) { $0.unplug(jack) }
            guard number % 2 == 0 else { continue }
            happens(at: poll + 1) { $0.plug([Occupant(station)], station.physique, at: jack) }
        }
    }

    /// What has wheels is rolled to another room.
    private mutating func wander() {
        let kinds: Set<String> = ["hospital bed", "vital signs monitor", "ventilator", "pulse oximeter"]
        for _ in 0..<part(60) {
            guard let (home, station) = port(of: { kinds.contains($0.known[.type] ?? "") }),
                let jack = freePort(besides: home.closet)
            else { return }
            happens(at: anyTime()) { fabric in
                fabric.unplug(home)
                fabric.plug([Occupant(station)], station.physique, at: jack)
            }
        }
    }

    /// A new device of a kind that the hospital has many of.
    private mutating func arrive() {
        for _ in 0..<part(300) {
            let many = campus.stations.filter { $0.area == .monitoring && $0.access == .wire && $0.stack == .embedded }
            guard !many.isEmpty, let jack = freePort() else { return }
            let model = chance.pick(many)
            let card = Occupant(hardware: newCard(model.hardware.bits >> 24), vlan: model.area.vlan)
            happens(at: anyTime()) { $0.plug([card], model.physique, at: jack) }
        }
    }

    /// One closet's switch starts anew: all its links came up a minute ago, and it counts from zero.
    private mutating func restartSwitch() {
        let closets = first.switches.filter { $0.rank == .access && !$0.ports.isEmpty }
        guard closets.count > 1 else { return }
        let number = chance.pick(closets).number
        happens(at: anyTime()) { $0.restart(number) }
    }
}

extension Fabric {
    /// What has been plugged in since the switch started.
    mutating func settle(_ occupants: [Occupant], _ physique: Physique, at jack: Jack) {
        plug(occupants, physique, at: jack)
        self[jack].lastChange = switches[jack.closet].started + 90_000_000_000
        self[jack].framesIn = 1_000_000
    }

    mutating func restart(_ closet: Int) {
        switches[closet].started = now - 150_000_000_000
        for port in switches[closet].ports.indices {
            switches[closet].ports[port].lastChange = now - 100_000_000_000
            switches[closet].ports[port].framesIn = 0
            switches[closet].ports[port].framesOut = 0
            switches[closet].ports[port].lateCollisions = 0
            switches[closet].ports[port].badFrames = 0
        }
    }
}
