//===----------------------------------------------------------------------===//
// Wardlight · Simulator
//
// Campus: all stations of one simulated hospital, built from its seed.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Wire

/// One kind of device, and how a station becomes one.
struct Product: Sendable {
    /// How many of it, beside the others'.
    var share: Int
    var area: Area
    /// Hardware prefixes: 24 bits, or 28 with a nibble more; 0 stands for a random address.
    var prefixes: [UInt64]
    var deviceClass: DeviceClass
    /// Nil where nothing in the traffic tells.
    var vendor: String?
    var type: String?
    var stack: Stack
    /// Whether eight devices stand behind it.
    var hasChildren = false
    /// Gives it its names, versions and habits.
    var dress: @Sendable (inout Station, inout Chance) -> Void

    init(
        _ share: Int, _ area: Area, _ prefixes: [UInt64], _ deviceClass: DeviceClass, _ vendor: String?,
        _ type: String?,
        _ stack: Stack, _ dress: @escaping @Sendable (inout Station, inout Chance) -> Void
    ) {
        self.share = share
        self.area = area
        self.prefixes = prefixes
        self.deviceClass = deviceClass
        self.vendor = vendor
        self.type = type
        self.stack = stack
        self.dress = dress
    }
}

/// Everything that stands in the hospital. A value that never changes once it is built.
struct Campus: Sendable {
    let seed: UInt64
    private(set) var stations: [Station] = []
    private var roles: [Role: Int] = [:]
    private var counts: [Area: Int] = [:]
    private var kinds: [String: Int] = [:]
    private let seconds: Int
    private let recipe: Recipe

    /// When the traffic begins, nanoseconds since 1970.
    var start: Int64 { recipe.start }
    /// What makes this campus another than the plain hospital.
    var plan: Recipe { recipe }

    subscript(role: Role) -> Station {
        guard let number = roles[role] else { preconditionFailure("every role is filled before anybody acts") }
        return stations[number]
    }

    /// Port and switch of each station, as a switch that relays DHCP writes them (RFC 3046); by number.
    private var circuits: [Int: (circuit: String, remote: String)] = [:]

    /// From the switches as they are wired, so that the lease and the forwarding table name the same port.
    mutating func takeCircuits(from fabric: Fabric) {
        for (jack, occupant) in fabric.everybody {
            guard let number = occupant.station else { continue }
            circuits[number] = (fabric[jack].name, fabric.switches[jack.closet].agent)
        }
    }

    /// A practice at the other end of a line has a switch of its own.
    func circuit(of station: Station) -> (circuit: String, remote: String) {
        circuits[station.number] ?? ("Gi0/\(station.number % 8 + 1)", "practice-sw\(station.number % 4 + 1)")
    }

    /// Whether it is one that others talk to.
    func isServer(_ station: Station) -> Bool { station.number < Backbone.servers.count }

    /// Whether what is odd without a past is there from the first moment on.
    let hasEarlyRogues: Bool

    init(
        seed: UInt64, devices: Int, seconds: Int, hasEarlyRogues: Bool = false, recipe: Recipe = Recipe()
    ) {
        self.seed = seed
        self.recipe = recipe
        self.hasEarlyRogues = hasEarlyRogues
        self.seconds = seconds
        for (role, product) in Backbone.servers { add(product, role: role) }
        // A switch for 20 devices, of four makers by turns; an access point for 40.
        for number in 0..<max(devices / 20, 2) {
            add(Backbone.accessSwitches[number % Backbone.accessSwitches.count])
        }
        for _ in 0..<max(devices / 40, 1) { add(Backbone.accessPoints[stations.count % 2]) }
        for product in recipe.extras { add(product) }
        let held = stations.reduce(0) { $0 + $1.children.count } + stations.count - recipe.absent.count
        for product in spread(over: devices - held - guestCount) { add(product) }
        guard recipe.hasGuests else { return }
        add(Backbone.rogueServer(seconds: hasEarlyRogues ? 0 : recipe.guestSeconds ?? seconds))
        add(Backbone.rogueRouter(seconds: hasEarlyRogues ? 0 : recipe.guestSeconds ?? seconds))
    }

    /// Those whom somebody brought along: a server of addresses, and a router; the last of all stations.
    var guests: ArraySlice<Station> { stations.suffix(guestCount) }
    private var guestCount: Int { recipe.hasGuests ? 2 : 0 }

    /// Which products the rest is made of: each once, then again and again whichever has fallen furthest behind its share.
    private func spread(over count: Int) -> [Product] {
        let all =
            recipe.mix
            ?? Wards.products + Departments.products + Rooms.products + Offices.products + Subjects.products
        var list: [Product] = []
        var given = [Int](repeating: 0, count: all.count)
        var left = count
        while left > 0 {
            // The first of those with the smallest part of their share.
            let place = all.indices.min { given[$0] * all[$1].share < given[$1] * all[$0].share } ?? 0
            let weight = weight(of: all[place])
            // What does not fit any more is out of the race.
            given[place] += weight > left ? 1_000_000 : weight
            guard weight <= left else { continue }
            list.append(all[place])
            left -= weight
        }
        return list
    }

    /// A gateway counts as many as stand behind it.
    private func weight(of product: Product) -> Int { product.hasChildren ? 9 : 1 }

    private mutating func add(_ product: Product, role: Role? = nil) {
        let number = stations.count
        var chance = Chance(seed: seed, stream: UInt64(number) + 1)
        let place = counts[product.area, default: 0]
        counts[product.area] = place + 1
        var station = Station(
            number: number, label: number + recipe.firstNumber, area: product.area,
            hardware: Self.hardware(product, number + recipe.firstNumber, &chance),
            addresses: [product.area.address(place)], stack: product.stack,
            ward: chance.pick(["ICU-A", "ICU-B", "CCU", "ED", "OR-2", "W3N", "W3S", "W4N", "W4S", "NICU"]),
            bed: "B" + String(101 + place % 40).dropFirst(), deviceClass: product.deviceClass)
        if let bed = bed(for: product) { (station.ward, station.bed) = (bed.ward, bed.label) }
        station.known[.vendor] = product.vendor
        station.known[.type] = product.type
        // Half are up already when the recording begins; the others wake within the first third.
        station.wakes = chance.happens(inHundred: 50) ? chance.below(5) : chance.below(max(min(seconds / 3, 240), 1))
        if role != nil { station.wakes = 0 }
        if role == .router {
            station.addresses = [Area.management.router] + Area.allCases.filter { $0 != .management }.map(\.router)
        }
        product.dress(&station, &chance)
        if let role, recipe.absent.contains(role) {
            station.habits = []
            station.isElsewhere = true
        }
        stations.append(station)
        if let role { roles[role] = number }
    }

    /// Beds are given out kind by kind, so that one bed gets a monitor, a pump and a ventilator.
    private mutating func bed(for product: Product) -> Recipe.Bed? {
        guard !recipe.beds.isEmpty else { return nil }
        let kind = product.type ?? product.vendor ?? ""
        let place = kinds[kind, default: 0]
        kinds[kind] = place + 1
        return recipe.beds[place % recipe.beds.count]
    }

    /// Prefix of the maker, then digits that no other station of this campus has.
    private static func hardware(_ product: Product, _ number: Int, _ chance: inout Chance) -> HardwareAddress {
        let own = UInt64(number * 7_919 + 4_097) & 0xF_FFFF
        let prefix = chance.pick(product.prefixes)
        if prefix == 0 {
            // Set by software: the second-lowest bit of the first octet (IEEE 802c, U/L).
            let first = UInt64(chance.below(64)) << 2 | 2
            return HardwareAddress(bits: first << 40 | UInt64(chance.below(1 << 20)) << 20 | own)
        }
        if prefix > 0xFF_FFFF { return HardwareAddress(bits: prefix << 20 | own) }
        return HardwareAddress(bits: prefix << 24 | UInt64(chance.below(16)) << 20 | own)
    }

}
