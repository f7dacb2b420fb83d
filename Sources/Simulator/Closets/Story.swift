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
        case powerChange, secondAddressServer, secondRouter, speakingEndpoint, movedScanner, badKeyboard
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

/// Another machine under an address: what it says of itself from then on.
struct OtherVoice: Sendable {
    var hardware: HardwareAddress
    var from: String
    var to: String
    var since: Timestamp

    /// A frame of the first machine as the second would write it: its serial number stands where the first one's stood.
    func heard(_ frame: [UInt8], at moment: Timestamp) -> [UInt8] {
        let (old, new) = (Array(from.utf8), Array(to.utf8))
        let sender = (0..<6).map { UInt8(truncatingIfNeeded: hardware.bits >> UInt64(40 - 8 * $0)) }
        guard moment >= since, old.count == new.count, !old.isEmpty, frame.count >= 12 + old.count,
            frame[6..<12].elementsEqual(sender)
        else { return frame }
        var frame = frame
        for start in 12...(frame.count - old.count) where frame[start..<start + old.count].elementsEqual(old) {
            frame.replaceSubrange(start..<start + old.count, with: new)
        }
        return frame
    }
}

/// All that happens, drawn once from the seed.
struct Story: Sendable {
    var happenings: [Happening] = []
    var planted: [Planted] = []
    /// Only the living hospitals play it: in a capture whoever was swapped is not heard again.
    var voices: [OtherVoice] = []
    /// Whose peripherals are reported, and what was plugged in.
    var desks: [Station] = []

    let campus: Campus
    let polls: Int
    /// Seconds between two polls.
    let every: Int
    /// As the hospital is before the first poll.
    private(set) var first: Fabric
    private var taken: Set<Jack> = []
    /// Ports of closets with one station alone, and those with nothing, as they are at first.
    private let alone: [(jack: Jack, station: Int)]
    private let free: [Jack]
    private var extras = 0
    var chance: Chance

    init(_ campus: Campus, _ fabric: Fabric, polls: Int, every: Int) {
        self.campus = campus
        self.polls = polls
        self.every = every
        first = fabric
        chance = Chance(seed: campus.seed, stream: 0x5702F)
        let closets = fabric.jacks { _ in true }.filter { fabric.switches[$0.closet].rank == .access }
        alone = closets.compactMap { jack in
            let port = fabric[jack]
            guard port.isUp, port.occupants.count == 1 else { return nil }
            return port.occupants[0].station.map { (jack, $0) }
        }
        free = closets.filter { fabric[$0].isFree }
        plant()
        if campus.plan.isFurnished { furnish() }
        live()
        happenings = happenings.enumerated().sorted { ($0.element.poll, $0.offset) < ($1.element.poll, $1.offset) }
            .map(\.element)
    }

    // MARK: Tools

    func time(_ poll: Int) -> Timestamp {
        Timestamp(nanoseconds: campus.start + Int64(poll) * Int64(every) * 1_000_000_000)
    }

    mutating func happens(at poll: Int, _ change: @escaping @Sendable (inout Fabric) -> Void) {
        happenings.append(Happening(poll: poll, change: change))
    }

    /// Changes the hospital as it is from the beginning.
    mutating func begins(with change: (inout Fabric) -> Void) { change(&first) }

    /// Not before the fourth poll, and two more follow: what is normal is learned from three, and some rules ask for two
    /// that agree. What is odd without a past may be there from the first poll on, where that was asked for.
    mutating func rogueTime(needsPast: Bool = false) -> Int {
        let late = 3 + chance.below(max(polls - 5, 1))
        return campus.hasEarlyRogues && !needsPast ? 0 : late
    }

    /// A card that nobody else has.
    mutating func newCard(_ prefix: UInt64) -> HardwareAddress {
        extras += 1
        let own = UInt64((campus.plan.firstNumber + campus.stations.count + extras) * 7_919 + 4_097) & 0xF_FFFF
        return HardwareAddress(bits: prefix << 24 | UInt64(chance.below(16)) << 20 | own)
    }

    /// A port that nothing else happens to, with one station alone of the wanted kind: the first behind a place that
    /// chance chooses; nil when there is none.
    mutating func port(
        of isWanted: (Station) -> Bool
    ) -> (jack: Jack, station: Station)? {
        let start = chance.below(alone.count)
        for step in alone.indices {
            let (jack, number) = alone[(start + step) % alone.count]
            guard !taken.contains(jack), isWanted(campus.stations[number]) else { continue }
            taken.insert(jack)
            return (jack, campus.stations[number])
        }
        return nil
    }

    /// A free port in a closet, not in this one.
    mutating func freePort(besides closet: Int? = nil) -> Jack? {
        let start = chance.below(free.count)
        for step in free.indices {
            let jack = free[(start + step) % free.count]
            guard !taken.contains(jack), jack.closet != closet else { continue }
            taken.insert(jack)
            return jack
        }
        return nil
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
