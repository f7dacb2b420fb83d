//===----------------------------------------------------------------------===//
// Wardlight · Reports
//
// Downtime sheet: for each ward a page with its rooms, beds and devices, for when nothing else works.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Pages of HTML, each complete in itself: no scripts, nothing loaded, good on A4 in black and white.
public struct DowntimeSheet: Sendable {
    /// A file to be written.
    public struct Page: Hashable, Sendable {
        /// `index.html`, `ward-north-2-icu.html`: small letters, digits, dots, dashes.
        public var name: String
        public var bytes: [UInt8]
    }

    /// What a ward has to do with: a zone, or a site's places that lie in no zone.
    struct Ward {
        var title: String
        /// Where it lies: `East wing, 2, Main`.
        var words: String
        var file: String
        /// Places in it, itself first.
        var places: [Location]
        var devices: [DeviceSummary] = []
    }

    /// Wards of a large hospital; beyond it the rest is told on the index.
    public static let mostWards = 4_096
    /// Devices of a page: a ward has some hundred.
    public static let mostDevices = 2_000
    static let mostFindings = 100

    let title: String
    let moment: Timestamp
    let made: Timestamp
    let zone: SiteZone
    private let places: [String: Location]
    private(set) var wards: [Ward] = []
    /// Devices of which no place is known.
    private(set) var unplaced: [DeviceSummary] = []
    private(set) var findings: [String: [FindingSummary]] = [:]

    /// - Parameters:
    ///   - devices: With their whereabouts and whether they are stale.
    ///   - moment: Until when was observed.
    ///   - made: The clock now.
    public init(
        title: String, devices: [DeviceSummary], findings: [FindingSummary], places: [Location], zone: SiteZone,
        moment: Timestamp, made: Timestamp
    ) {
        (self.title, self.zone, self.moment, self.made) = (title, zone, moment, made)
        var known: [String: Location] = [:]
        for place in places where known[place.id] == nil { known[place.id] = place }
        self.places = known
        for finding in findings {
            guard let device = finding.device, Self.matters(finding.finding) else { continue }
            self.findings[device, default: []].append(finding)
        }
        let owners = Self.owners(places, known)
        var byWard: [String: [DeviceSummary]] = [:]
        for device in devices {
            if let owner = device.whereabouts.flatMap({ owners[$0.location] }) {
                byWard[owner, default: []].append(device)
            } else {
                unplaced.append(device)
            }
        }
        sort(places, owners, byWard)
        unplaced = Self.inOrder(unplaced)
    }

    /// Of low ones there are many, and in the dark nobody has time for them.
    private static func matters(_ finding: Finding) -> Bool {
        finding.severity == .critical || finding.severity == .high || finding.severity == .medium
    }

    /// For each place the ward to which it belongs: its zone, or its site where it lies in none.
    private static func owners(_ places: [Location], _ known: [String: Location]) -> [String: String] {
        var owners: [String: String] = [:]
        for place in places {
            var next: Location? = place
            // There are no more steps than kinds in a sound tree; a circle ends, too.
            for _ in Location.Kind.allCases {
                guard let here = next else { break }
                let parent = here.parent.flatMap { known[$0] }
                if here.kind == .zone || parent == nil {
                    owners[place.id] = here.id
                    break
                }
                next = parent
            }
        }
        return owners
    }

    private mutating func sort(
        _ places: [Location], _ owners: [String: String], _ byWard: [String: [DeviceSummary]]
    ) {
        var inside: [String: [Location]] = [:]
        for place in places { if let owner = owners[place.id] { inside[owner, default: []].append(place) } }
        var files: Set<String> = []
        for owner in places where owners[owner.id] == owner.id {
            let held = inside[owner.id] ?? []
            // A site of which every place lies in a ward has no page of its own.
            let isWard = owner.kind == .zone
            let hasBeds = held.contains { $0.kind == .bed || $0.kind == .room || $0.kind == .vehicle }
            guard isWard || hasBeds || byWard[owner.id] != nil else { continue }
            guard wards.count < Self.mostWards else { break }
            var file = "ward-" + owner.id.lowercased().map { $0 == "/" || $0 == "_" ? "-" : String($0) }.joined()
            while !files.insert(file).inserted { file += "-2" }
            wards.append(
                Ward(
                    title: isWard ? owner.name : "\(owner.name), outside wards", words: words(above: owner),
                    file: file + ".html", places: held, devices: Self.inOrder(byWard[owner.id] ?? [])))
        }
        wards.sort { ($0.words, $0.title) == ($1.words, $1.title) ? $0.file < $1.file : Self.isBefore($0, $1) }
    }

    private static func isBefore(_ one: Ward, _ other: Ward) -> Bool {
        one.words == other.words
            ? NaturalOrder.isBefore(one.title, other.title) : NaturalOrder.isBefore(one.words, other.words)
    }

    /// `2, East wing, Main`: what holds a place, from the inside out.
    private func words(above place: Location) -> String {
        var names: [String] = []
        var next = place.parent
        for _ in Location.Kind.allCases {
            guard let id = next, let here = places[id] else { break }
            names.append(here.name)
            next = here.parent
        }
        return names.joined(separator: ", ")
    }

    private static func inOrder(_ devices: [DeviceSummary]) -> [DeviceSummary] {
        devices.sorted { one, other in
            let (mine, theirs) = (one.deviceClass == .medical, other.deviceClass == .medical)
            if mine != theirs { return mine }
            let (name, second) = (one.name ?? one.type ?? "", other.name ?? other.type ?? "")
            return name == second ? one.id < other.id : NaturalOrder.isBefore(name, second)
        }
    }
}
