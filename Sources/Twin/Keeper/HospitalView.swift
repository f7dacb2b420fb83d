//===----------------------------------------------------------------------===//
// Wardlight · Twin
//
// The view: one moment of the hospital, judged, as readers see it.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Crypto
import HashTreeCollections
import Inventory
import Model

/// The hospital at one moment with everything that is judged of it. A value: it stays as it is while the hospital goes on.
public struct HospitalView: Sendable {
    public let hospital: Hospital
    /// Observations that count.
    public var position: UInt64 { hospital.position }
    /// The moment to which it speaks: the newest that was observed, or the one that was asked for.
    public let moment: Timestamp
    /// Everything about ports, and the devices in brief: `device` tells one in full, `answers` the seven answers.
    public let snapshot: InventorySnapshot
    /// Places of `snapshot.devices`, by id.
    private let places: [String: Int]
    private let finder: WhereaboutsFinder
    private let ages: AgeLimits
    /// By id; those of devices and those of ports.
    let findings: TreeDictionary<String, FindingSummary>
    /// Edges that hold at the moment.
    public let edges: [StandingEdge]
    /// Which judging it is of.
    public let identity = Identity()
    /// With what it was judged, and what was another then. Empty for the present.
    public var otherKnowledge: [OtherKnowledge] = []
    /// The oldest position that counts, where older ones were gone when this was folded: who was not heard of since is not in
    /// it. Nil where it knows everything, and for the present.
    public var keptFrom: UInt64?

    /// Another one for every judging.
    public final class Identity: Sendable {}

    /// Judges a hospital. Costs some tens of microseconds a device.
    ///
    /// - Parameter at: the moment to judge at; the newest that was observed when nil.
    public init(_ hospital: Hospital, at: Timestamp? = nil, ages: AgeLimits = AgeLimits()) {
        self.init(hospital, hospital.devices(.all, isBrief: true), at: at, ages: ages)
    }

    /// The same on two processors, for who waits for it.
    @concurrent public static func judged(
        _ hospital: Hospital, at: Timestamp? = nil, ages: AgeLimits = AgeLimits()
    ) async -> HospitalView {
        async let first = hospital.devices(Inventory.Share(0, of: 2), isBrief: true)
        async let second = hospital.devices(Inventory.Share(1, of: 2), isBrief: true)
        return HospitalView(hospital, await first.and(second), at: at, ages: ages)
    }

    private init(_ hospital: Hospital, _ judged: consuming Hospital.Judged, at: Timestamp?, ages: AgeLimits) {
        self.hospital = hospital
        let moment = at ?? hospital.newest ?? .epoch
        self.moment = moment
        let snapshot = hospital.assess(judged, now: moment, isBrief: true, hasAnswers: false)
        self.snapshot = snapshot
        let edges = hospital.edges.standing(at: moment)
        self.edges = edges
        finder = WhereaboutsFinder(hospital, edges)
        self.ages = ages
        var places: [String: Int] = [:]
        places.reserveCapacity(snapshot.devices.count)
        for place in snapshot.devices.indices { places[snapshot.devices[place].id] = place }
        self.places = places
        findings = Self.findings(of: snapshot)
    }

    /// The device with an id, or with that former id, in full.
    public func device(_ id: String) -> Device? {
        let brief = places[id].map { snapshot.devices[$0] } ?? snapshot.devices.first { $0.formerIds.contains(id) }
        return brief.map { hospital.told($0, at: moment) }
    }

    /// The seven answers. Some microseconds a device: to be kept by who needs them again.
    public func answers() -> Answers { hospital.lists.answers(of: snapshot, at: moment) }

    /// The finding with an id.
    public func finding(_ id: String) -> FindingSummary? { findings[id] }

    /// By id.
    public var sortedFindings: [FindingSummary] { findings.values.sorted { $0.id < $1.id } }

    /// What lists show of the device with an id.
    public func row(_ id: String) -> DeviceSummary? { places[id].map { row(of: snapshot.devices[$0]) } }

    /// What lists show of each of `snapshot.devices`, in their order. Made as they are read: those of a hundred
    /// thousand devices are felt.
    public var rows: some RandomAccessCollection<DeviceSummary> { snapshot.devices.lazy.map(row(of:)) }

    private func row(of device: Device) -> DeviceSummary {
        var summary = DeviceSummary(device)
        summary.whereabouts = finder.whereabouts(of: device, at: moment)
        summary.isStale = ages.isStale(device, at: moment)
        return summary
    }

    private static func findings(of snapshot: InventorySnapshot) -> TreeDictionary<String, FindingSummary> {
        var found: TreeDictionary<String, FindingSummary> = [:]
        let others = snapshot.findings + snapshot.weakControls
        // Those that stand at a device, too, are its own.
        var ownerless = Set(others)
        for device in snapshot.devices {
            for finding in device.findings + device.weakControls {
                ownerless.remove(finding)
                let id = id(of: finding, site: device.site, device: device.id)
                found[id] = FindingSummary(id: id, site: device.site, device: device.id, finding: finding)
            }
        }
        for finding in others where ownerless.contains(finding) {
            let site = finding.place?.site ?? ""
            let id = id(of: finding, site: site, device: nil)
            found[id] = FindingSummary(id: id, site: site, device: nil, finding: finding)
        }
        return found
    }

    /// Made of what it is about, not of its words or counts, which change while it stands.
    private static func id(of finding: Finding, site: String, device: String?) -> String {
        let place = finding.place.map { "\($0.agent)/\($0.ifIndex)" } ?? ""
        let whom = device ?? finding.addresses.map(\.description).joined(separator: ",")
        let sides = finding.sides.map(\.says).joined(separator: "|")
        let digest = SHA256.hash(data: Array("\(finding.rule)\u{0}\(site)\u{0}\(whom)\u{0}\(place)\u{0}\(sides)".utf8))
        let digits = digest.prefix(6).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        return "fnd-" + digits
    }
}

/// After which time without news something is shown as stale.
public struct AgeLimits: Hashable, Sendable {
    /// Of what is shown live: a reading. Nanoseconds.
    public var reading: Int64 = 600_000_000_000
    /// Of a device that nobody heard of. A quiet night has nothing to say of an office; a clinical device is asked for.
    public var medical: Int64 = 3_600_000_000_000
    public var other: Int64 = 86_400_000_000_000

    public init() {}

    public func isStale(_ device: Device, at moment: Timestamp) -> Bool {
        let limit = device.deviceClass == .medical ? medical : other
        return Self.age(from: device.span.last, to: moment) > limit
    }

    public func isStale(_ reading: Reading, at moment: Timestamp) -> Bool {
        Self.age(from: reading.occurred, to: moment) > self.reading
    }

    private static func age(from: Timestamp, to: Timestamp) -> Int64 {
        let (age, overflow) = to.nanoseconds.subtractingReportingOverflow(from.nanoseconds)
        return overflow ? .max : age
    }
}

extension DeviceSummary {
    /// All but where it is and whether it is stale, which others know.
    init(_ device: Device) {
        self.init(id: device.id, site: device.site, firstSeen: device.span.first, lastSeen: device.span.last)
        formerIds = device.formerIds
        parent = device.parent
        deviceClass = device.deviceClass
        name = device.names.first ?? device.label?.value
        func value(_ attribute: Attribute) -> String? { device.judgements[attribute]?.value }
        (vendor, type, model) = (value(.vendor), value(.type), value(.model))
        (os, firmware, serial) = (value(.os), value(.firmware), value(.serial))
        mac = device.mac
        addresses = device.ipv6.isEmpty ? device.ipv4 : device.ipv4 + device.ipv6
        if let place = device.place { take(place) }
        let all = device.findings + device.weakControls
        findings = all.count
        severity = all.map(\.severity).max { $0.rank < $1.rank }
        weaknesses = device.weaknesses.count
        risk = device.risk?.product
        isStub = device.isStub
    }

    /// A device as it is now, with what only judging knows of it: its port, its place, its findings. It was just heard of.
    init(_ device: Device, judged known: DeviceSummary?) {
        self.init(device)
        guard let known else { return }
        (port, agent, ifIndex) = (known.port, known.agent, known.ifIndex)
        (whereabouts, weaknesses, risk) = (known.whereabouts, known.weaknesses, known.risk)
        (findings, severity) = (known.findings, known.severity)
    }

    private mutating func take(_ place: Place) {
        agent = place.agent
        ifIndex = place.ifIndex
        port = "\(place.agent) \(place.port)"
    }
}
