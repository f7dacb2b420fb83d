//===----------------------------------------------------------------------===//
// Wardlight · Simulator
//
// Story: what happens at the ports while the switches are polled, harmless and not.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Something that was planted to be found.
public struct Planted: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        case singleBoardComputer, clonedAddress, hiddenHub, speedDowngrade, hiddenBridge, swappedHardware, silentDevice
        case powerChange, secondAddressServer, movedScanner, badKeyboard
    }
    public var kind: Kind
    /// The address that it has or pretends to have.
    public var hardware: HardwareAddress?
    /// Where: agent and port.
    public var agent: String?
    public var port: String?
    /// The first poll that can know.
    public var since: Timestamp
    public var words: String
}

/// One change, before a poll.
struct Happening: Sendable {
    var poll: Int
    var change: @Sendable (inout Fabric) -> Void
}

/// All that happens, drawn once from the seed.
struct Story: Sendable {
    var happenings: [Happening] = []
    var planted: [Planted] = []
    /// Whose peripherals are reported, and what was plugged in.
    var desks: [Station] = []

    let campus: Campus
    let polls: Int
    /// Seconds between two polls.
    let every: Int
    /// As the hospital is before the first poll.
    private(set) var first: Fabric
    private var taken: Set<Jack> = []
    private var extras = 0
    var chance: Chance

    init(_ campus: Campus, _ fabric: Fabric, polls: Int, every: Int) {
        self.campus = campus
        self.polls = polls
        self.every = every
        first = fabric
        chance = Chance(seed: campus.seed, stream: 0x5702F)
        plant()
        furnish()
        live()
        happenings = happenings.enumerated().sorted { ($0.element.poll, $0.offset) < ($1.element.poll, $1.offset) }
            .map(\.element)
    }

    // MARK: Tools

    func time(_ poll: Int) -> Timestamp {
        Timestamp(nanoseconds: Timeline.start + Int64(poll) * Int64(every) * 1_000_000_000)
    }

    mutating func happens(at poll: Int, _ change: @escaping @Sendable (inout Fabric) -> Void) {
        happenings.append(Happening(poll: poll, change: change))
    }

    /// Changes the hospital as it is from the beginning.
    mutating func begins(with change: (inout Fabric) -> Void) { change(&first) }

    /// Not before the third poll; two more follow where there are five: rules may ask for two that agree.
    mutating func rogueTime() -> Int { 2 + chance.below(max(polls - 4, 1)) }

    /// A card that nobody else has.
    mutating func newCard(_ prefix: UInt64) -> HardwareAddress {
        extras += 1
        let own = UInt64((campus.stations.count + extras) * 7_919 + 4_097) & 0xF_FFFF
        return HardwareAddress(bits: prefix << 24 | UInt64(chance.below(16)) << 20 | own)
    }

    /// A port that nothing else happens to, with one station alone of the wanted kind; nil when there is none.
    mutating func port(of isWanted: (Station) -> Bool) -> (jack: Jack, station: Station)? {
        let found = first.jacks { port in
            guard port.isUp, port.occupants.count == 1, let number = port.occupants[0].station else { return false }
            return isWanted(campus.stations[number])
        }.filter { !taken.contains($0) && first.switches[$0.closet].rank == .access }
        guard !found.isEmpty else { return nil }
        let jack = chance.pick(found)
        taken.insert(jack)
        return first[jack].occupants[0].station.map { (jack, campus.stations[$0]) }
    }

    /// A free port in a closet, not of this one.
    mutating func freePort(besides closet: Int? = nil) -> Jack? {
        let found = first.jacks { $0.isFree }.filter {
            !taken.contains($0) && first.switches[$0.closet].rank == .access && $0.closet != closet
        }
        guard !found.isEmpty else { return nil }
        let jack = chance.pick(found)
        taken.insert(jack)
        return jack
    }

    mutating func take(_ jack: Jack) { taken.insert(jack) }
    func isTaken(_ jack: Jack) -> Bool { taken.contains(jack) }

    mutating func plant(
        _ kind: Planted.Kind, _ hardware: HardwareAddress?, at jack: Jack?, poll: Int, _ words: String
    ) {
        planted.append(
            Planted(
                kind: kind, hardware: hardware, agent: jack.map { first.switches[$0.closet].agent },
                port: jack.map { first[$0].name }, since: time(poll), words: words))
    }
}
