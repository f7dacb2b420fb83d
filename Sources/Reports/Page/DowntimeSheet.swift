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

    private let title: String
    private let moment: Timestamp
    private let made: Timestamp
    private let zone: SiteZone
    private let places: [String: Location]
    private(set) var wards: [Ward] = []
    /// Devices of which no place is known.
    private var unplaced: [DeviceSummary] = []
    private var findings: [String: [FindingSummary]] = [:]

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

    // MARK: Pages

    /// The index first, then a page for each ward, then what has no place.
    public var pages: [Page] {
        var pages = [Page(name: "index.html", bytes: index())]
        for ward in wards { pages.append(Page(name: ward.file, bytes: page(ward))) }
        if !unplaced.isEmpty { pages.append(Page(name: Self.unplacedFile, bytes: unplacedPage())) }
        return pages
    }

    private static let unplacedFile = "without-place.html"

    private func head(_ heading: String, _ words: String) -> HTML {
        var page = HTML()
        page.markup("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        page.markup("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        page.markup(Self.policy)
        page.markup("<title>")
        page.text("\(heading) · downtime sheet")
        page.markup("</title>\n<style>")
        page.markup(Self.style)
        page.markup("</style>\n</head>\n<body>\n")
        page.open(.header)
        page.element(.h1, heading)
        if !words.isEmpty { page.element(.p, words) }
        page.element(
            .p,
            "Made \(zone.words(made)), from what was observed until \(zone.words(moment)). "
                + "It does not change by itself: look at the time before you rely on it.", style: .quiet)
        page.close(.header)
        return page
    }

    private func foot(_ page: inout HTML) -> [UInt8] {
        page.open(.footer)
        page.element(
            .p,
            "\(title) · Wardlight downtime sheet · times of \(zone.name) · OLD: not heard of for longer than "
                + "expected · the bedside device stays the source of truth", style: .quiet)
        page.close(.footer)
        page.markup("</body>\n</html>\n")
        return page.bytes
    }

    private func index() -> [UInt8] {
        var page = head(title, "Downtime sheets, one for each ward")
        page.open(.table, style: .list)
        page.head(["Ward", "Where", "Beds", "Devices", "Old", "Findings"])
        page.open(.tbody)
        for ward in wards {
            page.open(.tr)
            page.open(.td)
            page.link(ward.title, to: ward.file)
            page.close(.td)
            page.element(.td, ward.words)
            page.element(.td, "\(ward.places.count { $0.kind == .bed })")
            page.element(.td, "\(ward.devices.count)")
            page.element(.td, "\(ward.devices.count { $0.isStale })")
            page.element(.td, "\(ward.devices.reduce(0) { $0 + (findings[$1.id]?.count ?? 0) })")
            page.close(.tr)
        }
        page.close(.tbody)
        page.close(.table)
        if wards.isEmpty { page.element(.p, "No places are known; docs/settings.md shows how to name them (sites).") }
        if !unplaced.isEmpty {
            page.open(.p)
            page.link("\(unplaced.count) devices of which no place is known", to: Self.unplacedFile)
            page.close(.p)
        }
        return foot(&page)
    }

    private func page(_ ward: Ward) -> [UInt8] {
        var page = head(ward.title, ward.words)
        var at: [String: [DeviceSummary]] = [:]
        for device in ward.devices.prefix(Self.mostDevices) {
            if let place = device.whereabouts?.location { at[place, default: []].append(device) }
        }
        matters(ward.devices, &page)
        // Rooms in the order in which people count them, each with its beds; then what is known less well.
        let rooms = ward.places.filter { $0.kind == .room || $0.kind == .vehicle }
            .sorted { NaturalOrder.isBefore($0.name, $1.name) }
        var told: Set<String> = []
        for room in rooms {
            let beds = ward.places.filter { $0.kind == .bed && $0.parent == room.id }
                .sorted { NaturalOrder.isBefore($0.name, $1.name) }
            told.formUnion(beds.map(\.id) + [room.id])
            table(room.name, beds: beds, others: at[room.id] ?? [], at, &page)
        }
        let rest = ward.places.filter { !told.contains($0.id) }
        let beds = rest.filter { $0.kind == .bed }.sorted { NaturalOrder.isBefore($0.name, $1.name) }
        let others = rest.filter { $0.kind != .bed }.flatMap { at[$0.id] ?? [] }
        if !beds.isEmpty || !others.isEmpty {
            table(rooms.isEmpty ? ward.title : "No room known", beds: beds, others: others, at, &page)
        }
        if ward.devices.count > Self.mostDevices {
            page.element(
                .p, "and \(ward.devices.count - Self.mostDevices) more devices, for which there is no room here.")
        }
        return foot(&page)
    }

    private func table(
        _ caption: String, beds: [Location], others: [DeviceSummary], _ at: [String: [DeviceSummary]],
        _ page: inout HTML
    ) {
        page.element(.h2, caption)
        guard !beds.isEmpty || !others.isEmpty else { return page.element(.p, "no device known", style: .quiet) }
        page.open(.table, style: .grid)
        page.head(["Bed", "Device", "Maker and model", "Address", "Last heard", "Notes"])
        page.open(.tbody)
        for bed in beds {
            let devices = at[bed.id] ?? []
            if devices.isEmpty { row([bed.name, "no device known", "", "", "", ""], isOld: false, &page) }
            for device in devices { row(cells(device, bed: bed.name), isOld: device.isStale, &page) }
        }
        for device in others { row(cells(device, bed: "–"), isOld: device.isStale, &page) }
        page.close(.tbody)
        page.close(.table)
    }

    private func row(_ cells: [String], isOld: Bool, _ page: inout HTML) {
        page.open(.tr, style: isOld ? .missing : nil)
        for cell in cells { page.element(.td, cell) }
        page.close(.tr)
    }

    private func cells(_ device: DeviceSummary, bed: String) -> [String] {
        let model = [device.vendor, device.model ?? device.type].compactMap(\.self).joined(separator: " ")
        let addresses = device.addresses.prefix(2).map(\.description) + device.mac.prefix(1).map(\.description)
        let heard = zone.minute(device.lastSeen) + (device.isStale ? " OLD" : "")
        return [bed, device.name ?? device.type ?? device.id, model, addresses.joined(separator: ", "), heard, ""]
    }

    private func matters(_ devices: [DeviceSummary], _ page: inout HTML) {
        var told: [(device: DeviceSummary, finding: Finding)] = []
        for device in devices { for finding in findings[device.id] ?? [] { told.append((device, finding.finding)) } }
        guard !told.isEmpty else { return }
        func rank(_ severity: Finding.Severity) -> Int { Finding.Severity.allCases.firstIndex(of: severity) ?? 0 }
        told.sort { one, other in
            let (mine, theirs) = (rank(one.finding.severity), rank(other.finding.severity))
            return mine == theirs ? one.device.id < other.device.id : mine > theirs
        }
        page.element(.h2, "What needs attention")
        page.open(.table, style: .list)
        page.head(["How grave", "What", "Device", "Where", "Since"])
        page.open(.tbody)
        for (device, finding) in told.prefix(Self.mostFindings) {
            row(
                [
                    finding.severity.rawValue, finding.title, device.name ?? device.type ?? device.id,
                    device.whereabouts?.words ?? "", finding.since.map(zone.minute) ?? "",
                ], isOld: false, &page)
        }
        page.close(.tbody)
        page.close(.table)
        if told.count > Self.mostFindings { page.element(.p, "and \(told.count - Self.mostFindings) more.") }
    }

    private func unplacedPage() -> [UInt8] {
        var page = head("Devices without a known place", "Medical devices first")
        matters(unplaced, &page)
        page.element(.h2, "Devices")
        page.open(.table, style: .grid)
        page.head(["Port", "Device", "Maker and model", "Address", "Last heard", "Notes"])
        page.open(.tbody)
        for device in unplaced.prefix(Self.mostDevices) {
            row(cells(device, bed: device.port ?? "–"), isOld: device.isStale, &page)
        }
        page.close(.tbody)
        page.close(.table)
        if unplaced.count > Self.mostDevices {
            page.element(.p, "and \(unplaced.count - Self.mostDevices) more devices.")
        }
        return foot(&page)
    }

    // MARK: How it looks

    /// Only our own style sheet is believed (CSP level 3); a test holds the digest against it.
    private static let policy: StaticString = """
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-LuN1tscom2p4AaiTvKY80rn9o/m6v7wW7WqN1ZJIm/8='">

        """

    /// Black on white; what is old has a bar and a word, not a colour.
    static let style: StaticString = """
        * { box-sizing: border-box; } html { font-size: 14px; }
        body { margin: 0 auto; padding: 20px; max-width: 1000px; background: #fff; color: #000;
          font: 1rem/1.4 system-ui, "Segoe UI", "Liberation Sans", sans-serif; }
        h1 { font-size: 1.7rem; margin: 0; } h2 { font-size: 1.15rem; margin: 16px 0 4px; break-after: avoid; }
        p { margin: 4px 0; } .quiet { color: #333; font-size: .85rem; }
        header { border-bottom: 2px solid #000; padding-bottom: 8px; } footer { border-top: 1px solid #000; margin-top: 16px; }
        table { border-collapse: collapse; width: 100%; } tr { break-inside: avoid; }
        thead { display: table-header-group; }
        th, td { border: 1px solid #777; padding: 3px 6px; text-align: left; vertical-align: top; overflow-wrap: break-word; }
        th { background: #eee; font-size: .85rem; } tr.missing td:first-child { border-left: 5px solid #000; }
        tr.missing { font-style: italic; } a { color: #000; }
        table.grid { table-layout: fixed; } table.grid th:nth-child(1) { width: 11%; }
        table.grid th:nth-child(2) { width: 21%; } table.grid th:nth-child(3) { width: 21%; }
        table.grid th:nth-child(4) { width: 18%; } table.grid th:nth-child(5) { width: 14%; }
        @media print { body { padding: 0; max-width: none; } html { font-size: 11px; } a { text-decoration: none; } }
        @page { size: A4; margin: 12mm; }

        """
}

/// As people sort names: `bed 2` before `bed 10`.
enum NaturalOrder {
    static func isBefore(_ one: String, _ other: String) -> Bool {
        let (mine, theirs) = (pieces(one), pieces(other))
        for (left, right) in zip(mine, theirs) where left != right {
            if let a = left.number, let b = right.number, a != b { return a < b }
            return left.text < right.text
        }
        return mine.count == theirs.count ? one < other : mine.count < theirs.count
    }

    private struct Piece: Equatable {
        var text: String
        var number: UInt64?
    }

    /// Runs of digits and of everything else, in small letters.
    private static func pieces(_ text: String) -> [Piece] {
        var pieces: [Piece] = []
        var run = ""
        var isDigits = false
        func isDigit(_ scalar: Unicode.Scalar) -> Bool { (0x30...0x39).contains(scalar.value) }
        func end() { if !run.isEmpty { pieces.append(Piece(text: run, number: isDigits ? UInt64(run) : nil)) } }
        for scalar in text.lowercased().unicodeScalars {
            if isDigit(scalar) != isDigits {
                end()
                run = ""
                isDigits = isDigit(scalar)
            }
            run.unicodeScalars.append(scalar)
        }
        end()
        return pieces
    }
}

extension HTML {
    /// A row of headings; a body must follow.
    fileprivate mutating func head(_ titles: [String]) {
        open(.thead)
        open(.tr)
        for title in titles { element(.th, title) }
        close(.tr)
        close(.thead)
    }
}
