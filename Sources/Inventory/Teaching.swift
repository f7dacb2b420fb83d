//===----------------------------------------------------------------------===//
// Wardlight · Inventory
//
// Teaching: which of the devices in these captures is meant, and what is learnt of it?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// One lesson: what each capture shows. Everything a profile learns goes through here.
public struct Lesson: Sendable {
    /// A device that could be the one meant.
    public struct Pupil: Hashable, Sendable {
        public let hardware: HardwareAddress
        /// In how many of the captures it is.
        public let captures: Int
        /// Different tokens in all of them together.
        public let tokens: Int
        /// What the last capture says of it, for a person: `Philips MX450 (patient monitor)`.
        public let device: Device
        /// Router, server of the network's own, or a phone: rarely what somebody wants to teach.
        public let isBystander: Bool
    }

    public enum Choice: Hashable, Sendable {
        case one(Pupil)
        /// The likeliest first, at most eight.
        case several([Pupil])
        case none
    }

    private var pupils: [HardwareAddress: (captures: Int, tokens: Set<ProfileToken>, last: Device)] = [:]

    public init() {}

    /// Takes one capture in, by itself.
    public mutating func look(at snapshot: InventorySnapshot) {
        let local = snapshot.localDomains
        var seen: Set<HardwareAddress> = []
        for device in snapshot.devices {
            guard let hardware = device.mac.first, hardware.isIndividual, seen.insert(hardware).inserted else {
                continue
            }
            let tokens = device.profileTokens(without: local)
            guard pupils[hardware] != nil || pupils.count < 16_384 else { continue }
            pupils[hardware, default: (0, [], device)].captures += 1
            pupils[hardware]?.tokens.formUnion(tokens)
            pupils[hardware]?.last = device
        }
    }

    /// The device that is in most of the captures, is no bystander, and said at least twice as much of its kind as any
    /// other of those.
    public var choice: Choice {
        var all = pupils.map { hardware, known in
            Pupil(
                hardware: hardware, captures: known.captures, tokens: known.tokens.count, device: known.last,
                isBystander: known.last.isBystander)
        }
        if all.contains(where: { !$0.isBystander }) { all.removeAll(where: \.isBystander) }
        all.sort { one, other in
            if one.captures != other.captures { return one.captures > other.captures }
            return one.tokens != other.tokens ? one.tokens > other.tokens : one.hardware < other.hardware
        }
        guard let first = all.first else { return .none }
        let rivals = all.dropFirst().prefix { $0.captures == first.captures }
        let isClear = rivals.allSatisfy { first.tokens >= 2 * $0.tokens && first.tokens > $0.tokens }
        return isClear ? .one(first) : .several([first] + rivals.prefix(7))
    }
}

extension InventorySnapshot {
    /// Domains that the network's own servers hand out: names in them tell of the house, not of a product.
    public var localDomains: Set<String> {
        var domains: Set<String> = []
        for device in devices {
            for fact in device.facts where fact.field == .dhcpDomain && domains.count < 64 {
                domains.insert(fact.value.lowercased())
            }
        }
        return domains
    }
}

extension Device {
    /// Whether it serves the network, or is a phone or tablet that sets others up.
    var isBystander: Bool {
        if deviceClass == .mobile || deviceClass == .network { return true }
        let role = judgements[.role]?.value.lowercased() ?? ""
        return ["router", "gateway", "dhcp server", "dns server", "access point", "switch"].contains(role)
    }
}

/// Splits trials into parts for cross-validation, every label spread evenly: the same seed gives the same parts.
public struct Folds: Sendable {
    public let parts: [[Int]]

    /// - Parameters:
    ///   - labels: Of each trial, by number.
    ///   - count: How many parts, 2 at least.
    public init(_ labels: [String], count: Int, seed: UInt64) {
        var parts = [[Int]](repeating: [], count: max(2, count))
        var numbers: [String: [Int]] = [:]
        for (number, label) in labels.enumerated() { numbers[label, default: []].append(number) }
        // SplitMix64 (Steele, Lea, Flood 2014): enough to shuffle with, and the same everywhere.
        var state = seed
        func draw(below bound: Int) -> Int {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
            return Int((mixed ^ mixed >> 31) % UInt64(bound))
        }
        var next = 0
        for label in numbers.keys.sorted() {
            var order = numbers[label] ?? []
            for place in stride(from: order.count - 1, to: 0, by: -1) { order.swapAt(place, draw(below: place + 1)) }
            for number in order {
                parts[next % parts.count].append(number)
                next += 1
            }
        }
        self.parts = parts.map { $0.sorted() }
    }
}
