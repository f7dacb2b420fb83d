//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// Rows of lists of devices: located tags, managed devices, SIM cards, and what a Bluetooth gateway heard.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension ListRow {
    // MARK: Located

    func located(_ conversion: SightingConversion, _ report: inout Report) -> SightingLine? {
        guard let at = time(.time, conversion, &report) ?? fallback(conversion, &report) else { return nil }
        var line = SightingLine(at: at, source: .rtls)
        line.mac = card(.mac)
        line.ble = self[.ble].flatMap { HardwareAddress($0) }
        line.gateway = card(.gateway)
        line[.serial] = self[.serial]
        line[.assetTag] = self[.assetTag]
        if let tag = self[.tag] {
            if let address = HardwareAddress(tag) {
                if line.mac == nil, line.ble == nil, address.isIndividual { line.mac = address }
            } else if line[.serial] == nil {
                line[.serial] = tag
            }
        }
        copy([.vendor: .vendor, .model: .model, .type: .type, .accessPoint: .accessPoint, .ssid: .ssid], to: &line)
        line.ip = self[.ip].flatMap { IPAddress($0) }.flatMap { $0.isIndividual ? $0 : nil }
        line.place = place
        if isOfPerson {
            report.passOver("names of tags that people wear (the tags are kept)")
        } else {
            line[.name] = self[.name]
        }
        return line
    }

    /// Tags of patients and staff are called by their names.
    private var isOfPerson: Bool {
        guard let type = self[.type]?.lowercased() else { return false }
        return [
            "patient", "staff", "person", "people", "visitor", "nurse", "employee", "physician", "doctor", "infant",
        ]
        .contains { type.contains($0) }
    }

    private var place: SightingPlace? {
        var place = SightingPlace(building: self[.building], floor: self[.floor], room: self[.room], bed: self[.bed])
        if place.room == nil, place.bed == nil, let words = self[.place] {
            if place.building == nil, place.floor == nil { return SightingPlace(words: words) }
            place = SightingPlace(building: place.building, floor: place.floor, room: words)
        }
        return place.text == nil ? nil : place
    }

    // MARK: Heard

    func heard(_ conversion: SightingConversion, _ report: inout Report) -> SightingLine? {
        guard let at = time(.time, conversion, &report) ?? fallback(conversion, &report) else { return nil }
        guard let address = self[.ble].flatMap({ HardwareAddress($0) }), address.bits != 0 else {
            report.trouble(number, "no Bluetooth address; write c4:11:22:33:44:55")
            return nil
        }
        var line = SightingLine(at: at, source: .bleGateway)
        line.ble = address
        line.bleKind = self[.bleKind].flatMap(SightingLine.BluetoothKind.init(saying:))
        line.gateway = card(.gateway)
        copy(
            [
                .bleName: .bleName, .vendor: .vendor, .model: .model, .serial: .serial, .assetTag: .assetTag,
                .type: .type,
                .firmware: .firmware,
            ], to: &line)
        line.place = self[.place].map { SightingPlace(words: $0) }
        return line
    }

    // MARK: Managed

    func managed(_ conversion: SightingConversion, _ report: inout Report) -> SightingLine? {
        guard let at = time(.time, conversion, &report) ?? fallback(conversion, &report) else { return nil }
        var line = SightingLine(at: at, source: .mdm)
        line.mac = card(.mac) ?? card(.otherMac)
        line.imei = checked(.imei, "IMEI", &report) { IMEI($0) }
        line.iccid = checked(.iccid, "ICCID", &report) { ICCID($0) }
        if let address = self[.ble].flatMap({ HardwareAddress($0) }), address.isIndividual {
            line.ble = address
            line.bleKind = .public
        }
        copy(
            [
                .serial: .serial, .assetTag: .assetTag, .model: .model, .vendor: .vendor, .type: .type, .ssid: .ssid,
                .firmware: .firmware,
            ], to: &line)
        line[.os] = system
        line.place = self[.place].map { SightingPlace(words: $0) }
        if let name = self[.name] {
            if isNamedAfterPerson(name) {
                report.passOver("names of devices that name their owners (the devices are kept)")
            } else {
                line[.name] = name
            }
        }
        return line
    }

    /// `iOS 17.5`: platform and version, unless the one holds the other.
    private var system: String? {
        guard let platform = self[.os] else {
            return self[.osVersion].flatMap { version in version.contains(where: \.isLetter) ? version : nil }
        }
        guard let version = self[.osVersion], !platform.contains(version) else { return platform }
        return version.lowercased().hasPrefix(platform.lowercased()) ? version : "\(platform) \(version)"
    }

    /// `Anna's iPhone`, `iPhone von Anna`, or a name in which a word of a column about people stands.
    private func isNamedAfterPerson(_ name: String) -> Bool {
        let lower = name.lowercased()
        let owning = ["'s ", "’s ", "´s ", "s’ ", "s' ", " von ", " de ", " d'", " d’", " di ", " van ", " of "]
        if owning.contains(where: lower.contains) { return true }
        let words = Set(lower.split { !($0.isLetter) }.filter { $0.count >= 3 })
        guard !words.isEmpty else { return false }
        let headings = Set(table.people)
        for place in 0..<row.count {
            guard let text = reader.text(row, place)?.lowercased(), headings.contains(heading(place)) else { continue }
            if text.split(whereSeparator: { !($0.isLetter) }).contains(where: { $0.count >= 3 && words.contains($0) }) {
                return true
            }
        }
        return false
    }

    private func heading(_ place: Int) -> String { place < table.headings.count ? table.headings[place] : "" }

    // MARK: SIM cards

    func card(_ conversion: SightingConversion, _ report: inout Report) -> SightingLine? {
        guard let at = time(.time, conversion, &report) else {
            // A card in a drawer is no device.
            report.passOver("SIM cards that never had a session")
            return nil
        }
        var line = SightingLine(at: at, source: .sim)
        line.iccid = checked(.iccid, "ICCID", &report) { ICCID($0) }
        line.imei = checked(.imei, "IMEI", &report) { IMEI($0) }
        copy([.model: .model, .vendor: .vendor, .type: .type, .serial: .serial, .assetTag: .assetTag], to: &line)
        line.place = self[.place].map { SightingPlace(words: $0) }
        return line
    }

    // MARK: What they share

    private func copy(_ columns: [ListTable.Column: SightingLine.Text], to line: inout SightingLine) {
        for (column, text) in columns { line[text] = self[column] }
    }

    /// Where a row does not say when, the moment of the list stands; only where there is no such column at all.
    private func fallback(_ conversion: SightingConversion, _ report: inout Report) -> Timestamp? {
        if !table.has(.time) { return conversion.taken }
        report.passOver("rows of devices that were never seen (no time)")
        return nil
    }
}

extension SightingLine.BluetoothKind {
    /// As exports call it.
    init?(saying text: String) {
        switch text.lowercased() {
        case "public", "0", "pub": self = .public
        case "static", "random static", "random_static", "static random", "2": self = .static
        case "resolvable", "rpa", "random resolvable", "resolvable private", "3": self = .resolvable
        case "nonresolvable", "non-resolvable", "nrpa", "non_resolvable": self = .nonResolvable
        default: return nil
        }
    }
}
