//===----------------------------------------------------------------------===//
// Wardlight · Reports
//
// Downtime sheet: its pages, the index and one for each ward.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension DowntimeSheet {
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
