//===----------------------------------------------------------------------===//
// Wardlight · Inventory
//
// The inventory: which devices are there, as the observations so far describe them?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Collects what was observed of each device and judges what it is.
///
/// **What a device is.** A hardware address within a site; where a subject has none, its network address; a `child`
/// behind a gateway is a device of its own with the gateway as parent. The id is made of the strongest identifier in
/// the first observation of the subject (serial number, EUI-64, universal hardware address, DHCP client identifier,
/// name, address) and kept for life.
///
/// **Routers.** A hardware address that fronts for more than four IPv4 addresses which it never bound by itself, for
/// public addresses beside private ones, or that is the public end of a talk with a private address, is a router.
/// Everything it sent stays listed, but its identity is judged only from what was said on the wire (ARP, DHCP, LLDP,
/// CDP, …) and from its own bound addresses; the addresses behind it are not listed as its own.
///
/// The same observations in the same order give the same inventory to the bit, however they are batched.
public struct Inventory: Sendable {
    public let knowledge: KnowledgeBase
    public let limits: InventoryLimits
    /// Devices that had to be forgotten altogether.
    public internal(set) var evicted: UInt64 = 0
    /// Devices of which only counts were kept at some time.
    public internal(set) var demoted: UInt64 = 0

    var sites: [String] = []
    var siteNumbers: [String: UInt32] = [:]
    /// Place of each device: its record where not negative, else the stub at `-1 - place`.
    var places: [DeviceKey: Int32] = [:]
    var records: [Record] = []
    var freeRecords: [Int32] = []
    var liveRecords = 0
    var stubs: [Stub] = []
    var entryCount = 0
    var pool = ValuePool()
    /// Ids that are not made of an address and could be claimed twice.
    var claimed: Set<UInt64> = []
    var coverage: [Coverage] = []
    var coveragePlaces: [String: Int] = [:]
    var oddities: [String: UInt64] = [:]

    public init(knowledge: KnowledgeBase, limits: InventoryLimits = .standard) {
        self.knowledge = knowledge
        self.limits = limits
    }

    /// Devices known at the moment, full records and stubs.
    public var count: Int { liveRecords + stubs.count }
    /// Full records among them.
    public var recordCount: Int { liveRecords }
    /// Octets of the texts kept, with their book-keeping.
    public var textBytes: Int { pool.bytes }

    /// Takes one observation in and says what it changed.
    ///
    /// A repeated fact costs three look-ups; a new value is shown to the rules once and its device judged anew.
    public mutating func learn(_ observation: Observation) -> [InventoryChange] {
        var changes: [InventoryChange] = []
        switch observation.body {
        case .sighting(let sighting):
            learn(sighting, site: observation.site, &changes)
        case .fact(let fact):
            learn(fact, site: observation.site, &changes)
        case .conversation(let conversation):
            learn(conversation, site: observation.site, &changes)
        case .oddity(let oddity):
            if oddities[oddity.name] != nil || oddities.count < limits.oddities {
                oddities[oddity.name, default: 0] &+= oddity.count
            }
        case .coverage(let report):
            learn(report)
        case .decision(let decision):
            learn(decision, occurred: observation.occurred, site: observation.site, &changes)
        case .knowledge:
            break
        }
        return changes
    }

    mutating func number(ofSite name: String) -> UInt32 {
        if let known = siteNumbers[name] { return known }
        // Beyond the bound everything is put down to the last site: nobody has so many.
        guard sites.count < limits.sites else { return UInt32(max(sites.count, 1) - 1) }
        let number = UInt32(sites.count)
        sites.append(bounded(name))
        siteNumbers[name] = number
        return number
    }

    private mutating func learn(_ report: Coverage) {
        let place: Int
        if let known = coveragePlaces[report.input] {
            place = known
        } else {
            guard coverage.count < limits.inputs else { return }
            place = coverage.count
            coverage.append(Coverage(input: report.input))
            coveragePlaces[report.input] = place
        }
        coverage[place].add(report)
    }

    /// At most `limits.text` octets, cut between characters.
    func bounded(_ text: String) -> String {
        if text.utf8.count <= limits.text { return text }
        var end = text.utf8.index(text.utf8.startIndex, offsetBy: limits.text)
        while end > text.startIndex, !Self.beginsScalar(text.utf8[end]) { end = text.utf8.index(before: end) }
        return String(text[..<end])
    }

    private static func beginsScalar(_ byte: UInt8) -> Bool { byte & 0xC0 != 0x80 }
}
