//===----------------------------------------------------------------------===//
// Wardlight · Simulator
//
// Assets: the hospital's own list, with the errors that such lists have, and what becomes of each row.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// One row, and the truth about it.
struct Asset: Sendable {
    var tag = ""
    var serial = ""
    var cards: [HardwareAddress] = []
    var vendor = ""
    var model = ""
    var type = ""
    var owner = ""
    var building = ""
    var floor = ""
    var ward = ""
    var room = ""
    var vlan = ""
    /// Days since 1970; nil where nobody wrote one.
    var service: Int?
    var status = DeclaredAsset.Status.inService
    /// Nil where the list does not say.
    var isNetworked: Bool? = true

    var outcome = DeclaredOutcome.matched
    /// Key of the device that it is.
    var device: String?
    var hasConflict = false
    var isDuplicate = false
}

/// The list, in the order in which it is written; the first row stands in line 2.
struct Assets: Sendable {
    private(set) var rows: [Asset] = []
    private let campus: Campus
    private let premises: Premises
    private var chance: Chance
    private var nextTag: Int
    private var strangers = 0
    /// Addresses that somebody has.
    private let taken: Set<HardwareAddress>

    static func line(_ place: Int) -> Int { place + 2 }

    init(_ campus: Campus, _ presence: Presence, _ premises: Premises) {
        self.campus = campus
        self.premises = premises
        chance = Chance(seed: campus.seed, stream: 0xA55E7)
        nextTag = 10_000 + chance.below(20_000)
        taken = Set(campus.stations.map(\.hardware) + presence.devices.compactMap(\.hardware))
        for device in presence.devices { declare(device, presence) }
        duplicate()
        addThoseNotSeen(count: presence.devices.count)
        shuffle()
    }

    // MARK: What is seen

    /// Whether people would write it into the list at all.
    private mutating func declare(_ device: Present, _ presence: Presence) {
        let station = device.station.map { campus.stations[$0] }
        // Guests and those whom somebody brought along.
        if device.parent == nil, let station,
            station.area == .guest || campus.guests.contains(where: { $0.number == station.number })
        {
            return
        }
        // What only switches see: virtual machines and their hosts are known to the people of the servers.
        if station == nil, ![0x005056, 0xF8B156, 0xF48E38].contains(device.hardware.map { $0.bits >> 24 } ?? 0) {
            return
        }
        let draw = chance.below(1_000)
        if plantProbable(device, station, presence) { return }
        if draw < 40 { return }
        var row = row(device, station)
        row.device = device.key
        if device.parent != nil {
            row.cards = []
        } else if let serial = device.known[.serial], serial.count >= 6, !row.serial.isEmpty, draw < 110 {
            // Found by its number alone.
            row.cards = []
            row.serial = dirty(serial)
        }
        switch draw {
        case 110..<135: moveElsewhere(&row, device)
        case 135..<160: renameModel(&row, device)
        case 160..<172: if !row.cards.isEmpty { retire(&row) }
        case 172..<180: row.status = .stored
        case 180..<230: addCard(&row)
        case 230..<260 where !row.cards.isEmpty && device.known[.serial]?.count == 12:
            row.serial = rounded(device.known[.serial] ?? "")
        default: break
        }
        row.hasConflict = row.hasConflict || isElsewhere(row, device)
        if row.outcome == .retiredButSeen { row.hasConflict = false }
        rows.append(row)
    }

    private mutating func row(_ device: Present, _ station: Station?) -> Asset {
        var row = Asset()
        row.tag = tag()
        row.cards = [device.hardware].compactMap { $0 }
        row.vendor = device.known[.vendor].map { spelled($0) } ?? ""
        row.type = device.known[.type] ?? ""
        row.model = device.known[.model] ?? (chance.happens(inHundred: 30) ? row.type : "")
        row.serial = device.known[.serial].map { dirty($0) } ?? ""
        // Another telephone under its address says another number: which of both is believed is not the list's matter.
        if device.findings.contains("port.swapped") { row.serial = "" }
        row.owner = chance.pick(["Clinical engineering", "IT", "Nursing", "Laboratory", "Radiology", "Facilities"])
        row.service = chance.happens(inHundred: 85) ? 20_150 + chance.below(360) : nil
        row.vlan = station.map { "\($0.area.vlan)" } ?? ""
        // As it was when the list was written.
        if let place = device.firstPlace, let closet = premises.closets[place.closet], chance.happens(inHundred: 90) {
            row.building = closet.building ?? ""
            row.floor = "Floor \(closet.floor ?? "")"
        }
        row.room = "R\(chance.within(100...999))"
        if let station, device.saysBed {
            row.ward = station.ward
            row.room = station.bed
        }
        return row
    }

    private mutating func tag() -> String {
        nextTag += chance.within(1...7)
        return "BME-\(nextTag)"
    }

    /// As people write makers: with more words behind the name.
    private mutating func spelled(_ vendor: String) -> String {
        chance.happens(inHundred: 70) ? vendor : vendor + chance.pick([" Inc.", " Ltd", " GmbH"])
    }

    /// A number as it comes out of a spreadsheet: other case, blanks and dashes.
    private mutating func dirty(_ serial: String) -> String {
        switch chance.below(10) {
        case 0: return serial.lowercased()
        case 1: return serial.uppercased()
        case 2 where serial.count > 5: return "\(serial.prefix(3))-\(serial.dropFirst(3))"
        case 3 where serial.count > 5: return "\(serial.prefix(4)) \(serial.dropFirst(4))"
        case 4: return String(serial.drop { $0 == "0" })
        default: return serial
        }
    }

    /// `4.83721E+11`: what a spreadsheet leaves of twelve digits.
    private func rounded(_ serial: String) -> String {
        let digits = Array(serial.utf8.map { Int($0) - 48 })
        var head = digits.prefix(6).reduce(0) { $0 * 10 + $1 }
        if digits.count > 6, digits[6] >= 5 { head += 1 }
        let text = String(head)
        return "\(text.prefix(1)).\(text.dropFirst().prefix(5))E+\(digits.count - 1 + (text.count > 6 ? 1 : 0))"
    }

    // MARK: Errors

    /// Another building than that in which it is, where that is known.
    private mutating func moveElsewhere(_ row: inout Asset, _ device: Present) {
        guard let place = device.place, let here = premises.closets[place.closet] else { return }
        let others = premises.closets.compactMap { $0 }.filter { $0.building != here.building }
        guard !others.isEmpty else { return }
        let other = chance.pick(others)
        row.building = other.building ?? ""
        row.floor = "Floor \(other.floor ?? "")"
    }

    /// Whether the row's words and the device's switch are two places.
    private func isElsewhere(_ row: Asset, _ device: Present) -> Bool {
        guard !row.building.isEmpty, !device.isAtUplink, let place = device.place,
            let here = premises.closets[place.closet]
        else {
            return false
        }
        return row.building != here.building || row.floor != "Floor \(here.floor ?? "")"
    }

    private mutating func renameModel(_ row: inout Asset, _ device: Present) {
        // What a controller calls its module is no sure model: nothing can contradict it.
        guard device.known[.model] != nil, device.known[.vendor] != "Siemens",
            device.deviceClass == .medical || device.deviceClass == .building
        else { return }
        row.model = chance.pick(["Aurora 4410", "Quantex Q77", "Meridian ZX9"])
        row.hasConflict = true
    }

    private mutating func retire(_ row: inout Asset) {
        row.status = .retired
        row.outcome = .retiredButSeen
    }

    /// A second address in the cell, of a card that nobody saw.
    private mutating func addCard(_ row: inout Asset) {
        guard let first = row.cards.first else { return }
        row.cards.append(stranger(first.bits >> 24))
    }

    /// An address that nobody in this hospital has.
    private mutating func stranger(_ prefix: UInt64) -> HardwareAddress {
        while true {
            strangers += 1
            let card = HardwareAddress(bits: prefix << 24 | 0xFF_FFFF - UInt64(strangers % 0xFF_FFFF))
            if !taken.contains(card) { return card }
        }
    }

    /// Devices of which only a rounded number, or maker, model and bed stand in the list: a person decides.
    private var hasRounded = false
    private var hasBed = false
    private mutating func plantProbable(_ device: Present, _ station: Station?, _ presence: Presence) -> Bool {
        guard let station, device.parent == nil else { return false }
        if !hasRounded, let serial = device.known[.serial], serial.count == 12, serial.allSatisfy(\.isNumber) {
            hasRounded = true
            var row = row(device, station)
            row.cards = []
            row.serial = rounded(serial)
            row.outcome = .probable
            row.device = device.key
            rows.append(row)
            return true
        }
        let isAlone = !campus.stations.contains {
            $0.number != station.number && $0.known[.model] == station.known[.model] && $0.ward == station.ward
                && $0.bed == station.bed
        }
        if !hasBed, device.saysBed, device.known[.model] != nil, device.known[.serial] == nil, isAlone {
            hasBed = true
            var row = row(device, station)
            row.cards = []
            row.serial = ""
            row.outcome = .probable
            row.device = device.key
            rows.append(row)
            return true
        }
        return false
    }

    /// The same thing under a second tag.
    private mutating func duplicate() {
        let fit = rows.indices.filter {
            rows[$0].outcome == .matched && !rows[$0].cards.isEmpty && rows[$0].status == .inService
        }
        guard fit.count > 4 else { return }
        for _ in 0..<max(fit.count / 60, 2) {
            let place = chance.pick(fit)
            guard !rows[place].isDuplicate else { continue }
            rows[place].isDuplicate = true
            var second = rows[place]
            second.tag = tag()
            second.owner = "Purchasing"
            rows.append(second)
        }
    }

    // MARK: What is not seen

    private static let products: [(prefix: UInt64, vendor: String, model: String, type: String)] = [
        (0x0009FB, "Philips", "IntelliVue MP20 Junior", "patient monitor"),
        (0x00D075, "Alaris", "Asena GW", "syringe pump"),
        (0x0014B8, "Hill-Rom", "TotalCare", "hospital bed"),
        (0x004097, "GE Healthcare", "Solar 8000i", "patient monitor"),
        (0x00105D, "Dräger", "Savina 300", "ventilator"), (0x000E2F, "Roche", "cobas h 232", "point-of-care analyser"),
        (0x001865, "Siemens Healthineers", "Mobilett XP", "X-ray system"), (0x3CD92B, "HP", "LaserJet 4250", "printer"),
    ]
    private static let others: [(vendor: String, model: String, type: String)] = [
        ("seca", "767", "patient scale"), ("Welch Allyn", "SureTemp Plus 690", "thermometer"),
        ("Maquet", "Alphamaxx", "operating table"),
        ("Eppendorf", "5702 R", "centrifuge"), ("Trumpf", "iLED 7", "surgical light"), ("Memmert", "UF110", "oven"),
    ]

    private mutating func addThoseNotSeen(count: Int) {
        let outcomes: [(DeclaredAsset.Status, Int, DeclaredOutcome)] = [
            (.inService, max(count / 40, 4), .ghost), (.stored, max(count / 100, 2), .notExpected),
            (.inRepair, max(count / 150, 1), .notExpected), (.onLoan, max(count / 150, 1), .notExpected),
            (.retired, max(count / 60, 3), .notExpected), (.missing, max(count / 200, 1), .notExpected),
        ]
        for (status, number, outcome) in outcomes {
            for _ in 0..<number {
                let product = chance.pick(Self.products)
                var row = absent(product.vendor, product.model, product.type)
                row.cards = [stranger(product.prefix)]
                row.serial = "G" + chance.digits(8)
                row.status = status
                row.outcome = outcome
                rows.append(row)
            }
        }
        for number in 0..<max(count / 25, 6) {
            let product = chance.pick(Self.others)
            var row = absent(product.vendor, product.model, product.type)
            row.serial = "N" + chance.digits(8)
            row.isNetworked = number % 3 == 0 ? nil : false
            row.outcome = row.isNetworked == nil ? .cannotSay : .notExpected
            rows.append(row)
        }
    }

    private mutating func absent(_ vendor: String, _ model: String, _ type: String) -> Asset {
        var row = Asset()
        row.tag = tag()
        row.vendor = spelled(vendor)
        row.model = model
        row.type = type
        row.owner = chance.pick(["Clinical engineering", "Nursing", "Laboratory"])
        row.service = chance.happens(inHundred: 70) ? 20_000 + chance.below(500) : nil
        let closet = chance.pick(premises.closets.compactMap { $0 })
        row.building = closet.building ?? ""
        row.floor = "Floor \(closet.floor ?? "")"
        row.room = "R\(chance.within(100...999))"
        return row
    }

    private mutating func shuffle() {
        for place in rows.indices.dropFirst().reversed() { rows.swapAt(place, chance.below(place + 1)) }
    }
}
