//===----------------------------------------------------------------------===//
// Wardlight · Simulator
//
// Care: who lies in which bed, what stands there, and what is given to whom.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// People and what is at their beds, now. People are numbers: there is nobody behind them.
struct Care: Sendable {
    private(set) var beds: [FloorPlan.Bed] = []
    /// By bed: a reference such as `p-110482`.
    private(set) var people: [String?] = []
    /// By number of the station: its bed's place in the list.
    private(set) var devices: [Int: Int] = [:]
    /// Pumps that run, and for whom.
    private(set) var feeds: [Int: String] = [:]
    private(set) var pumps: [Int] = []
    private(set) var wheeled: [Int] = []
    private var cards: [Int: Subject] = [:]
    private var next: Int
    /// People live here: nobody comes or goes.
    let isHome: Bool

    init(_ campus: Campus, _ standing: Standing, _ plan: FloorPlan, firstPerson: Int, isHome: Bool) {
        next = firstPerson
        self.isHome = isHome
        beds = plan.beds
        people = beds.map { _ in nil }
        var places: [String: Int] = [:]
        for (place, bed) in beds.enumerated() { places[bed.id] = place }
        for (station, id) in zip(campus.stations, standing.places) {
            guard let id, let bed = places[id], Standing.stands(atBed: station) else { continue }
            devices[station.number] = bed
            cards[station.number] = Subject(hardware: station.hardware)
            let type = station.known[.type] ?? ""
            if type.hasSuffix("pump") { pumps.append(station.number) }
            // What says where it stands is not rolled away from there.
            if Standing.wheeled.contains(type), !station.saysBed { wheeled.append(station.number) }
        }
        var chance = Chance(seed: campus.seed, stream: 0xCA2E)
        for bed in beds.indices where isHome || chance.happens(inHundred: 78) { people[bed] = newPerson() }
        for pump in pumps where chance.happens(inHundred: 75) {
            if let bed = devices[pump], let person = people[bed] { feeds[pump] = person }
        }
    }

    private mutating func newPerson() -> String {
        next += 1
        return "p-\(next)"
    }

    func bedId(of station: Int) -> String? { devices[station].map { beds[$0].id } }
    func person(inRoom room: String) -> String? { beds.firstIndex { $0.room == room }.flatMap { people[$0] } }

    /// Whether somebody lies in the bed at which it stands.
    func isAttended(_ station: Int) -> Bool { devices[station].map { people[$0] != nil } ?? false }

    private func device(_ station: Int) -> Edge.End { .device(cards[station] ?? Subject()) }

    /// People in beds, and pumps that run.
    var standing: [Edge] {
        let lying = beds.indices.compactMap { bed in
            people[bed].map { Edge(.person($0), .in, .location(beds[bed].id)) }
        }
        return lying
            + pumps.compactMap { pump in feeds[pump].map { Edge(device(pump), .feeds, .person($0)) } }
    }

    // MARK: What happens

    /// Somebody new, in a free bed.
    mutating func admit(_ chance: inout Chance) -> [Edge] {
        let free = beds.indices.filter { people[$0] == nil }
        guard free.count > beds.count / 10 else { return [] }
        let bed = chance.pick(free)
        let person = newPerson()
        people[bed] = person
        return [Edge(.person(person), .in, .location(beds[bed].id))]
    }

    /// Somebody goes; what ran for them is stopped first.
    mutating func discharge(_ chance: inout Chance) -> [Edge] {
        let taken = beds.indices.filter { people[$0] != nil }
        guard taken.count > beds.count / 2 else { return [] }
        let bed = chance.pick(taken)
        guard let person = people[bed] else { return [] }
        people[bed] = nil
        return stop(for: person) + [Edge(.person(person), .in, .location(beds[bed].id), isEnded: true)]
    }

    /// Somebody is brought to another bed.
    mutating func transfer(_ chance: inout Chance) -> [Edge] {
        let taken = beds.indices.filter { people[$0] != nil }
        let free = beds.indices.filter { people[$0] == nil }
        guard !taken.isEmpty, !free.isEmpty else { return [] }
        let (from, to) = (chance.pick(taken), chance.pick(free))
        guard let person = people[from] else { return [] }
        people[from] = nil
        people[to] = person
        return stop(for: person) + [Edge(.person(person), .in, .location(beds[to].id))]
    }

    /// A pump is started, or what ran is over.
    mutating func infuse(_ chance: inout Chance) -> [Edge] {
        guard !pumps.isEmpty else { return [] }
        let pump = chance.pick(pumps)
        if let person = feeds.removeValue(forKey: pump) {
            return [Edge(device(pump), .feeds, .person(person), isEnded: true)]
        }
        guard let bed = devices[pump], let person = people[bed] else { return [] }
        feeds[pump] = person
        return [Edge(device(pump), .feeds, .person(person))]
    }

    /// A device is rolled to another bed.
    mutating func move(_ station: Int, to bed: Int) -> [Edge] {
        devices[station] = bed
        var edges: [Edge] = []
        if let person = feeds.removeValue(forKey: station) {
            edges.append(Edge(device(station), .feeds, .person(person), isEnded: true))
        }
        return edges + [Edge(device(station), .at, .location(beds[bed].id))]
    }

    private mutating func stop(for person: String) -> [Edge] {
        var edges: [Edge] = []
        for pump in pumps where feeds[pump] == person {
            feeds[pump] = nil
            edges.append(Edge(device(pump), .feeds, .person(person), isEnded: true))
        }
        return edges
    }
}
