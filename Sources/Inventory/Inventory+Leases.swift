//===----------------------------------------------------------------------===//
// Wardlight · Inventory
//
// Leases: which card holds a network address at the moment?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// A network address at a site.
struct SiteAddress: Hashable, Sendable {
    let site: UInt32
    let address: IPAddress

    func hash(into hasher: inout Hasher) {
        hasher.combine(address.low ^ address.high &* 0x9E37_79B9_7F4A_7C15 ^ UInt64(site) << 48)
    }
}

struct Lease: Sendable {
    var hardware: UInt64
    var last: Timestamp
}

extension Inventory {
    /// The card that holds an address as far as ARP, neighbour discovery and DHCP (relayed or not) have told; nil where
    /// nobody said so, or only one who claims others' addresses.
    func holder(of network: IPAddress, _ site: UInt32) -> UInt64? {
        guard let lease = leases[SiteAddress(site: site, address: network)] else { return nil }
        if let place = places[DeviceKey(site: site, hardware: lease.hardware)], place >= 0, records[Int(place)].isFront
        {
            return nil
        }
        return lease.hardware
    }

    /// A controller's or a router's cards are numbered in a row, and may speak from one address.
    func isOfOneChassis(_ one: UInt64, _ other: UInt64) -> Bool { one >> 8 == other >> 8 }

    /// Notes that a card holds an address; false where that is not believed (a router that answers ARP for others).
    mutating func bind(
        _ hardware: UInt64, _ network: IPAddress, _ site: UInt32, _ time: Timestamp, _ changes: inout [InventoryChange]
    ) -> Bool {
        let key = SiteAddress(site: site, address: network)
        let card = DeviceKey(site: site, hardware: hardware)
        let isRouter = places[card].map { $0 >= 0 && records[Int($0)].isRouter } ?? false
        if isRouter, places[card].map({ records[Int($0)].isFront }) == true { return false }
        if let lease = leases[key] {
            if lease.hardware == hardware {
                if time > lease.last { leases[key]?.last = time }
                return true
            }
            if claims(network, heldUntil: lease.last, card, time, &changes) || isRouter { return false }
            retire(network, site, lease, &changes)
        } else if leases.count >= limits.leases {
            dropOldestLeases()
        }
        leases[key] = Lease(hardware: hardware, last: time)
        if !network.isPrivate, localOrganisations.count < limits.organisations {
            localOrganisations.insert(Organisation(site: site, number: network.organisation))
        }
        return true
    }

    /// How long after its holder was last heard of an address that another card claims cannot be a new lease.
    private static let claimSeconds: Int64 = 120

    /// Proxy ARP (RFC 1027): a router answers for what is behind it. Whether the card is now known to do so.
    private mutating func claims(
        _ network: IPAddress, heldUntil last: Timestamp, _ card: DeviceKey, _ time: Timestamp,
        _ changes: inout [InventoryChange]
    ) -> Bool {
        guard let found = places[card], found >= 0, records[Int(found)].lastClaim != network else { return false }
        let place = Int(found)
        let (age, isFar) = time.nanoseconds.subtractingReportingOverflow(last.nanoseconds)
        guard !isFar, age >= 0, age <= Self.claimSeconds * 1_000_000_000 else { return false }
        records[place].lastClaim = network
        if records[place].claims < .max { records[place].claims += 1 }
        _ = reconsider(place, &changes)
        return records[place].isFront
    }

    /// What was known of an address without a card belongs to the card that held it until now.
    private mutating func retire(
        _ network: IPAddress, _ site: UInt32, _ lease: Lease, _ changes: inout [InventoryChange]
    ) {
        let key = DeviceKey(site: site, network: network)
        guard let place = places[key], place >= 0 else { return }
        guard records[Int(place)].key == key else {
            // It was added to another record for good; from now on the address is somebody else's.
            places[key] = nil
            return
        }
        var past = key
        repeat { past.generation &+= 1 } while places[past] != nil && past.generation < .max
        guard places[past] == nil else { return }
        places[key] = nil
        places[past] = place
        rename(key, to: past, Int(place))
    }

    /// A quarter of them: those longest unheard of, ties by address.
    private mutating func dropOldestLeases() {
        let order = leases.sorted { one, other in
            if one.value.last != other.value.last { return one.value.last < other.value.last }
            if one.key.site != other.key.site { return one.key.site < other.key.site }
            return one.key.address < other.key.address
        }
        for (key, _) in order.prefix(max(1, order.count / 4)) { leases[key] = nil }
    }

    /// Whether an address that came through a router is of this site, not of the Internet.
    ///
    /// Private addresses are. A public one is where its organisation's addresses were bound or spoken locally here, or
    /// where the site has no private addresses at all.
    func isInside(_ network: IPAddress, _ site: UInt32) -> Bool {
        if network.isLoopback || !network.isIndividual { return false }
        if network.isPrivate { return true }
        if localOrganisations.contains(Organisation(site: site, number: network.organisation)) { return true }
        return !sitesWithPrivate.contains(site)
    }
}

/// Public addresses that belong to a site.
struct Organisation: Hashable, Sendable, Codable {
    let site: UInt32
    let number: UInt64
}
