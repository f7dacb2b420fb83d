//===----------------------------------------------------------------------===//
// Wardlight · Inventory
//
// Interfaces: which of the addresses that a router sends from is its own, when it was never seen to bind one?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// A private /24 network at a site.
struct LocalNetwork: Hashable, Sendable, Codable {
    let site: UInt32
    let prefix: UInt32
}

/// The first two cards that were seen in a network by themselves; 0 where there is no second.
struct LocalCards: Hashable, Sendable, Codable {
    var first: UInt64
    var second: UInt64 = 0
}

/// In a network whose stations are seen here by themselves, nothing comes through a router: the only address that its
/// card sends from there is its own interface. The rest of that network would come from other cards. Where a second
/// such address turns up they are devices behind it after all, and the tie is undone.
extension Inventory {
    /// Private networks of one router that are remembered.
    private static let mostNetworks = 64

    /// A station was seen by itself, at an address.
    mutating func live(_ network: IPAddress, _ place: Int, _ changes: inout [InventoryChange]) {
        guard let bits = network.v4, network.isPrivate, !network.isLinkLocal, !network.isLoopback,
            records[place].key.kind == .hardware, !records[place].isRouter
        else { return }
        let card = records[place].key.low
        let local = LocalNetwork(site: records[place].key.site, prefix: bits >> 8)
        if let known = localNetworks[local] {
            if known.first == card || known.second != 0 { return }
            localNetworks[local]?.second = card
        } else {
            guard localNetworks.count < limits.organisations else { return }
            localNetworks[local] = LocalCards(first: card)
        }
        for router in records.indices where records[router].isRouter && records[router].key.site == local.site {
            if let known = records[router].networks.first(where: { $0.prefix == local.prefix }) {
                consider(known, of: router, &changes)
            }
        }
    }

    /// A network address is now behind a router.
    mutating func enter(_ place: Int, behind router: Int, _ changes: inout [InventoryChange]) {
        let key = records[place].key
        let network = IPAddress(high: key.high, low: key.low)
        guard let bits = network.v4, network.isPrivate, !network.isLinkLocal else { return }
        if let known = records[router].networks.firstIndex(where: { $0.prefix == bits >> 8 }) {
            guard !records[router].networks[known].isMany, records[router].networks[known].first != bits else { return }
            records[router].networks[known].isMany = true
            let first = DeviceKey(site: key.site, network: IPAddress(v4: records[router].networks[known].first))
            if let other = places[first], other >= 0, isLinked(router, first, .only) {
                cut(router, Int(other), .only)
                regroup(router, records[place].span.last, &changes)
            }
        } else if records[router].networks.count < Self.mostNetworks {
            let network = FrontedNetwork(prefix: bits >> 8, first: bits)
            records[router].networks.append(network)
            consider(network, of: router, &changes)
        }
    }

    private mutating func consider(
        _ network: FrontedNetwork, of router: Int, _ changes: inout [InventoryChange]
    ) {
        let key = records[router].key
        guard !network.isMany, !records[router].isFront,
            let cards = localNetworks[LocalNetwork(site: key.site, prefix: network.prefix)]
        else { return }
        let isLocal = [cards.first, cards.second].contains { card in
            guard card != 0, card != key.low, let place = places[DeviceKey(site: key.site, hardware: card)], place >= 0
            else { return false }
            return !records[Int(place)].isRouter
        }
        let address = DeviceKey(site: key.site, network: IPAddress(v4: network.first))
        guard isLocal, let place = places[address], place >= 0, records[Int(place)].key == address else { return }
        link(
            router, Int(place),
            Link(
                other: address, kind: .only, weight: TieKind.name.weight,
                reason: "the only address of this card in a network whose stations were seen here by themselves",
                moment: records[router].span.last), &changes)
    }
}
