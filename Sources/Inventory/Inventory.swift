//===----------------------------------------------------------------------===//
// Wardlight · Inventory
//
// The inventory: which devices are there, as the observations so far describe them?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import HashTreeCollections
import Model

/// Collects what was observed of each device and judges what it is.
///
/// **What a device is.** A hardware address within a site; where a subject has none, or a router stands before it, its
/// network address; a `child` behind a gateway is a device of its own with the gateway as parent. Each of these is a
/// record. Records that name the same individual are one device (`Inventory+Groups.swift`); the oldest gives its id.
/// The id is made of the strongest identifier in the first observation of the subject (serial number, EUI-64, universal
/// hardware address, DHCP client identifier, name, address) and kept for life.
///
/// **Routers.** A hardware address that fronts for others (`Fronting`) keeps what it says of itself. Every other address
/// behind it is a device of its own, by site and network address, or by its card where DHCP or ARP tell it
/// (`Inventory+Routers.swift`). What hosts of the Internet say belongs to nobody here. The whole story is in
/// `docs/identity.md`.
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
    var places: TreeDictionary<DeviceKey, Int32> = [:]
    var records = Blocks<Record>()
    var freeRecords: [Int32] = []
    /// Where a record is, by the number of its id.
    var idPlaces: TreeDictionary<UInt64, Int32> = [:]
    var liveRecords = 0
    var stubs: [Stub] = []
    var entryCount = 0
    var pool = ValuePool()
    /// Ids that are not made of an address and could be claimed twice.
    var claimed: TreeSet<UInt64> = []
    /// Records ever made.
    var births: UInt64 = 0
    /// Records that are part of a device with an older record.
    var joined = 0
    /// Which card holds a network address.
    var leases: TreeDictionary<SiteAddress, Lease> = [:]
    /// Public addresses that are of a site, and sites with private ones.
    var localOrganisations: Set<Organisation> = []
    var sitesWithPrivate: Set<UInt32> = []
    /// Private networks (/24), and the first two cards that were seen in each by themselves.
    var localNetworks: [LocalNetwork: LocalCards] = [:]
    /// Heads of groups that have become too large.
    var crowded: [Int32] = []
    /// Who bears what names an individual.
    var ties: TreeDictionary<TieKey, TieHolders> = [:]
    /// What people decided of two devices, by either one's key.
    var decisions: [DeviceKey: [Link]] = [:]
    var decisionCount: UInt64 = 0
    var coverage: [Coverage] = []
    var coveragePlaces: [String: Int] = [:]
    var oddities: [String: UInt64] = [:]
    /// What people said, at most one word for each attribute of an address.
    var corrections: [DeviceKey: [Correction]] = [:]

    public init(knowledge: KnowledgeBase, limits: InventoryLimits = .standard) {
        self.knowledge = knowledge
        self.limits = limits
    }

    /// Devices known at the moment, full records and stubs.
    public var count: Int { liveRecords - joined + stubs.count }
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
        // What switches say is the topology's; the devices behind their ports come as sightings.
        case .knowledge, .switch, .port, .learned, .neighbour, .wireless, .accessPoint, .event, .peripherals,
            .measurement, .edge, .location, .tick:
            break
        }
        thinOut()
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
        // A switch that could not be read and now was: what was wrong is over. Captures count packets and never heal.
        if report.problem == nil, report.packets == 0, coverage[place].packets == 0, let theirs = report.span,
            let mine = coverage[place].span, theirs.first > mine.last
        {
            coverage[place].problem = nil
            coverage[place].cure = nil
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
