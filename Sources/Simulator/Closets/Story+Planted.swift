//===----------------------------------------------------------------------===//
// Wardlight · Simulator
//
// Story, the dark part: what somebody plugged in who should not have.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension Story {
    private static let boards: [UInt64] = [0xDCA632, 0xE45F01, 0xB827EB]

    mutating func plant() {
        for kind in Planted.Kind.allCases where campus.plan.plants.contains(kind) { plant(kind) }
    }

    private mutating func plant(_ kind: Planted.Kind) {
        switch kind {
        case .singleBoardComputer: plantBoard()
        case .clonedAddress: plantClone()
        case .hiddenHub: plantHub()
        case .speedDowngrade: plantTap()
        case .hiddenBridge: plantBridge()
        case .swappedHardware: plantSwap()
        case .silentDevice: plantSilence()
        case .powerChange: plantPower()
        case .secondAddressServer: plantServer()
        case .secondRouter: plantRouter()
        case .speakingEndpoint: plantSpeaker()
        case .movedScanner: plantMove()
        case .badKeyboard: plantKeyboard()
        }
    }

    private static func isClinical(_ station: Station) -> Bool {
        [.infusion, .monitoring, .laboratory].contains(station.area) && station.deviceClass == .medical
            && station.stack != .windows
    }

    /// A Raspberry Pi at a free port of a clinical VLAN.
    private mutating func plantBoard() {
        guard let jack = freePort() else { return }
        let poll = rogueTime()
        let hardware = newCard(chance.pick(Self.boards))
        happens(at: poll) {
            $0.plug([Occupant(hardware: hardware, vlan: Area.monitoring.vlan)], .board, at: jack)
        }
        plant(.singleBoardComputer, hardware, at: jack, poll: poll, "a Raspberry Pi in the monitors' VLAN")
    }

    /// A second card with a device's address, in another closet; both stay.
    private mutating func plantClone() {
        guard let (home, station) = port(of: Self.isClinical), let jack = freePort(besides: home.closet) else { return }
        let poll = rogueTime()
        var twin = Occupant(station)
        twin.isClone = true
        happens(at: poll) { [twin] in $0.plug([twin], .board, at: jack) }
        plant(.clonedAddress, station.hardware, at: jack, poll: poll, "the address of a device that is elsewhere, too")
    }

    /// A hub between the wall and a workstation, with three more behind it.
    private mutating func plantHub() {
        guard let (jack, station) = port(of: { $0.known[.type] == "workstation" || $0.known[.type] == "printer" })
        else { return }
        let poll = rogueTime()
        let guests = [0xA483E7, 0x50C7BF, 0x7C67A2].map { Occupant(hardware: newCard($0), vlan: station.area.vlan) }
        happens(at: poll) { fabric in
            fabric.plug(
                [Occupant(station)] + guests, Physique(speed: 100, isFull: false, offer: []), at: jack, rate: 5_000)
            fabric[jack].lateCollisions = 17
            fabric[jack].badFrames = 40
        }
        for later in poll + 1..<max(polls, poll + 2) {
            happens(at: later) {
                $0[jack].lateCollisions += 23
                $0[jack].badFrames += 31
            }
        }
        plant(.hiddenHub, station.hardware, at: jack, poll: poll, "a hub with three more devices behind a desk")
    }

    /// A tap in the cable of a scanner: it only knows 100 megabits.
    private mutating func plantTap() {
        guard let (jack, station) = port(of: { $0.area == .imaging && $0.physique == .fast }) else { return }
        let poll = rogueTime(needsPast: true)
        happens(at: poll) { $0.plug([Occupant(station)], .slow, at: jack) }
        plant(
            .speedDowngrade, station.hardware, at: jack, poll: poll, "a tap in a scanner's cable: 100 Mb/s, not 1,000")
    }

    /// A small switch that speaks spanning tree, between the wall and a device. Its plug is like the device's, so that the BPDUs
    /// alone give it away.
    private mutating func plantBridge() {
        guard let (jack, station) = port(of: { $0.area == .office || $0.area == .laboratory }) else { return }
        let poll = rogueTime()
        let bridge = newCard(0x9C3DCF)
        happens(at: poll) { fabric in
            fabric.plug([Occupant(station)], station.physique, at: jack)
            fabric[jack].bridge = bridge
        }
        plant(.hiddenBridge, station.hardware, at: jack, poll: poll, "a switch that sends BPDUs at a device's port")
    }

    /// Other electronics under the address of a device, at any port and any switch. What the switch shows of it is what it
    /// would show of such a plug: other offers, where it tells them; another speed; power that is drawn now; or, of a
    /// telephone, another serial number by LLDP-MED.
    private mutating func plantSwap() {
        let isTelephone: (Station) -> Bool = { $0.cards.contains { $0.serial != nil } }
        guard
            let (jack, station) = port(of: {
                isTelephone($0)
                    || [.infusion, .monitoring, .laboratory].contains($0.area) && $0.deviceClass == .medical
            })
        else { return }
        let poll = rogueTime(needsPast: true)
        let tellsOffers = first.switches[jack.closet].manner != .juniper
        if isTelephone(station) {
            var cards = station.cards
            for index in cards.indices {
                let serial = "SIM" + chance.hexadecimal(8)
                if !cards[index].isCDP, let old = cards[index].serial {
                    voices.append(OtherVoice(hardware: station.hardware, from: old, to: serial, since: time(poll)))
                }
                cards[index].serial = serial
            }
            happens(at: poll) { [cards] fabric in
                fabric.plug([Occupant(station)], station.physique, at: jack)
                fabric[jack].cards = cards
            }
            plant(
                .swappedHardware, station.hardware, at: jack, poll: poll,
                "another telephone under a telephone's address")
        } else if station.physique.speed < 1_000 {
            happens(at: poll) { $0.plug([Occupant(station)], .board, at: jack) }
            plant(.swappedHardware, station.hardware, at: jack, poll: poll, "gigabit hardware under a device's address")
        } else if tellsOffers {
            happens(at: poll) { $0.plug([Occupant(station)], .server, at: jack) }
            plant(
                .swappedHardware, station.hardware, at: jack, poll: poll,
                "hardware that only knows gigabit under a device's address")
        } else {
            happens(at: poll) { $0.plug([Occupant(station)], Physique.slow.fed(2, 3_300), at: jack) }
            plant(
                .swappedHardware, station.hardware, at: jack, poll: poll,
                "a board of 100 Mb/s that the port feeds under a device's address")
        }
    }

    /// Takes power, sends little, and never shows an address.
    private mutating func plantSilence() {
        guard let jack = freePort() else { return }
        let poll = rogueTime()
        happens(at: poll) { $0.plug([], Physique.board.fed(3, 5_200), at: jack, rate: 30) }
        plant(.silentDevice, nil, at: jack, poll: poll, "a listener that is fed by the port and has no address")
    }

    /// A camera's address, and something that takes three times the power.
    private mutating func plantPower() {
        guard let (jack, station) = port(of: { $0.physique.power?.deviceClass == 2 && $0.area == .security })
        else { return }
        let poll = rogueTime(needsPast: true)
        happens(at: poll) { $0.plug([Occupant(station)], Physique.slow.fed(4, 17_300), at: jack) }
        plant(.powerChange, station.hardware, at: jack, poll: poll, "class 4 where a camera of class 2 was")
    }

    /// A small router that hands out addresses; the capture shows its offers.
    private mutating func plantServer() {
        guard let jack = freePort(), let station = campus.guests.first else { return }
        let poll = guestTime(station)
        happens(at: poll) { $0.plug([Occupant(station)], .slow, at: jack) }
        plant(
            .secondAddressServer, station.hardware, at: jack, poll: poll, "a small router that offers DHCP leases")
    }

    /// The poll after somebody who was brought along begins to speak in the capture.
    private func guestTime(_ station: Station) -> Int {
        campus.hasEarlyRogues ? 0 : min(max(station.wakes / max(every, 1) + 1, 1), polls - 3)
    }

    /// A board that says it is the way out, for IPv6; the capture shows its advertisements.
    private mutating func plantRouter() {
        guard let jack = freePort(), let station = campus.guests.last, campus.guests.count > 1 else { return }
        let poll = guestTime(station)
        happens(at: poll) { $0.plug([Occupant(station)], .board, at: jack) }
        plant(
            .secondRouter, station.hardware, at: jack, poll: poll, "a board that sends router advertisements")
    }

    /// An endpoint's card that calls itself a bridge and router by LLDP, or by CDP where the switch understands it.
    private mutating func plantSpeaker() {
        guard let (jack, station) = port(of: { $0.known[.type] == "workstation" && $0.stack == .windows }) else {
            return
        }
        let poll = rogueTime()
        let isCDP = first.switches[jack.closet].manner == .ios && chance.happens(inHundred: 50)
        let card = Card(
            isCDP: isCDP, hardware: station.hardware, name: "kali", summary: "Linux 6.6.9-amd64",
            port: "eth0", abilities: isCDP ? 0x09 : 0x28, platform: isCDP ? "Linux" : "",
            network: station.address)
        happens(at: poll) { fabric in
            fabric.plug([Occupant(station)], station.physique, at: jack)
            fabric[jack].cards = [card]
        }
        plant(
            .speakingEndpoint, station.hardware, at: jack, poll: poll,
            "a computer that calls itself a bridge and router by \(isCDP ? "CDP" : "LLDP")")
    }

    /// A scanner of some tons that is suddenly in another closet.
    private mutating func plantMove() {
        let heavy: Set<String> = ["CT scanner", "MR scanner", "X-ray system"]
        guard let (home, station) = port(of: { heavy.contains($0.known[.type] ?? "") }),
            let jack = freePort(besides: home.closet)
        else { return }
        let poll = rogueTime(needsPast: true)
        happens(at: poll) { fabric in
            fabric.unplug(home)
            fabric.plug([Occupant(station)], station.physique, at: jack)
        }
        plant(.movedScanner, station.hardware, at: jack, poll: poll, "a \(station.known[.type] ?? "") that moved")
    }

    /// A keyboard that also is a disk, at a workstation.
    private mutating func plantKeyboard() {
        var found: [Station] = []
        for station in campus.stations where station.known[.type] == "workstation" && station.access == .wire {
            guard !campus.isServer(station) else { continue }
            guard found.count < 40 else { break }
            if let jack = first.jack(of: station.hardware), !isTaken(jack) { found.append(station) }
        }
        desks = found
        guard let desk = desks.first else { return }
        plant(
            .badKeyboard, desk.hardware, at: first.jack(of: desk.hardware), poll: campus.hasEarlyRogues ? 0 : 2,
            "a keyboard that also is storage at \(desk.names.first ?? "")")
    }
}
