//===----------------------------------------------------------------------===//
// Wardlight · Ledger
//
// Matching: which device is this row, by address, serial number or tag?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension ReconcilerDesk {
    mutating func match() {
        let cards = cards()
        let numbers = numbers()
        let tags = tags()
        for index in assets.indices {
            let asset = assets[index]
            if let match = byCard(asset, cards) {
                // Its other cards may still stand as devices of their own; equal addresses at two sites are two stations.
                for device in asset.hardware.flatMap({ cards[$0.bits] ?? [] })
                where devices[device].site == devices[match.device].site { isNamed[device] = true }
                found[index] = match
            } else if let match = bySerial(index, numbers) {
                found[index] = match
            } else if let match = byTag(asset, tags) {
                found[index] = match
            }
            if let match = found[index], !match.isProbable { isNamed[match.device] = true }
        }
    }

    // MARK: Hardware address

    private func cards() -> [UInt64: [Int]] {
        var cards: [UInt64: [Int]] = [:]
        for (place, device) in devices.enumerated() {
            for card in device.mac where card.isIndividual { cards[card.bits, default: []].append(place) }
            for text in device.eui64 {
                // An EUI-64 that was made of a card's address has FFFE in its middle (IEEE, guidelines for EUI-64).
                guard let bits = EUI64(text)?.bits, bits >> 24 & 0xFFFF == 0xFFFE else { continue }
                cards[(bits >> 40) << 24 | bits & 0xFF_FFFF, default: []].append(place)
            }
        }
        return cards
    }

    /// Of several devices with addresses of the row the one at its site, then the one whose serial number agrees, then
    /// the one that was seen last.
    private func byCard(_ asset: DeclaredAsset, _ cards: [UInt64: [Int]]) -> Found? {
        var best: (device: Int, card: HardwareAddress)?
        for card in asset.hardware {
            for device in cards[card.bits] ?? [] {
                if let known = best, !isBetter(device, known.device, for: asset) { continue }
                best = (device, card)
            }
        }
        return best.map { device, card in
            Found(
                device: device, by: "mac",
                compared: .init(what: "mac", seen: card.description, advisory: card.description, holds: true))
        }
    }

    private func isBetter(_ one: Int, _ other: Int, for asset: DeclaredAsset) -> Bool {
        let site = Words.plain(asset.site)
        let (near, far) = (Words.plain(devices[one].site) == site, Words.plain(devices[other].site) == site)
        if near != far { return near }
        if let serial = asset.serial.flatMap({ SerialNumber($0) }) {
            let (right, wrong) = (numbers(of: one).contains(serial), numbers(of: other).contains(serial))
            if right != wrong { return right }
        }
        return (devices[one].lastSeen, devices[other].id) > (devices[other].lastSeen, devices[one].id)
    }

    // MARK: Serial number

    struct Numbers {
        var exact: [String: [Int]] = [:]
        /// Those of digits only, ascending: a rounded number is looked for among them.
        var ascending: [(number: UInt64, device: Int)] = []
    }

    private func numbers() -> Numbers {
        var numbers = Numbers()
        for place in devices.indices {
            for case .exact(let text) in self.numbers(of: place) {
                numbers.exact[text, default: []].append(place)
                if Words.isDigits(text), let number = UInt64(text) { numbers.ascending.append((number, place)) }
            }
        }
        numbers.ascending.sort { ($0.number, $0.device) < ($1.number, $1.device) }
        return numbers
    }

    /// Serial numbers that a device says: its own, then those of its parts.
    func numbers(of device: Int) -> [SerialNumber] {
        let own = devices[device].judgements[.serial].map { [$0.value] } ?? []
        var numbers: [SerialNumber] = []
        for text in own + devices[device].components.compactMap(\.serial) {
            if let number = SerialNumber(text), !numbers.contains(number) { numbers.append(number) }
        }
        return numbers
    }

    private mutating func bySerial(_ index: Int, _ numbers: Numbers) -> Found? {
        let asset = assets[index]
        guard let serial = serials[index] else { return nil }
        switch serial {
        case .exact(let text):
            var fitting: [Int] = []
            for device in (numbers.exact[text] ?? []).prefix(Self.mostSharing) where agree(asset, device) {
                fitting.append(device)
            }
            guard var best = fitting.first else { return nil }
            for device in fitting.dropFirst() where isBetter(device, best, for: asset) { best = device }
            let sameSite = fitting.count { Words.plain(devices[$0].site) == Words.plain(asset.site) }
            var match = Found(device: best, by: "serial", compared: comparison(of: "serial", best, asset.serial))
            match.isProbable = fitting.count > 1 && sameSite != 1
            return match
        case .rounded(let range):
            var start = 0
            var end = numbers.ascending.count
            while start < end {
                let middle = (start + end) / 2
                if numbers.ascending[middle].number < range.lowerBound { start = middle + 1 } else { end = middle }
            }
            var fitting: Set<Int> = []
            for entry in numbers.ascending[start...].prefix(Self.mostSharing) {
                guard entry.number <= range.upperBound else { break }
                if agree(asset, entry.device) { fitting.insert(entry.device) }
            }
            guard fitting.count == 1, let only = fitting.first else { return nil }
            var match = Found(
                device: only, by: "rounded serial", compared: comparison(of: "serial", only, asset.serial, holds: nil))
            match.isProbable = true
            return match
        }
    }

    /// Devices that say the same number: more of them than a few, and it is no serial number.
    private static let mostSharing = 64

    private func comparison(
        of what: String, _ device: Int, _ declared: String?, holds: Bool? = true
    ) -> Weakness.Comparison {
        .init(what: what, seen: devices[device].judgements[.serial]?.value, advisory: declared ?? "", holds: holds)
    }

    /// Whether maker of row and device are one, or one of them is not known.
    private mutating func agree(_ asset: DeclaredAsset, _ device: Int) -> Bool {
        guard let declared = asset.vendor, let seen = devices[device].judgements[.vendor]?.value else { return true }
        return names.agree(declared, seen)
    }

    // MARK: Asset tag

    struct Tags {
        var rows: [String: Int] = [:]
        /// Device that alone says the tag, with the words in which it does; nil where several do.
        var devices: [String: (device: Int, said: String)?] = [:]
    }

    /// A tag as it is compared: letters and digits, without the zeros that a spreadsheet takes from the front of a number.
    /// Shorter ones are words of any host name; of what a spreadsheet rounded, nobody knows what it was.
    static func tag(_ text: String?) -> String? {
        guard let text, !SerialNumber.isRounded(text) else { return nil }
        // `4711.0`: a number to the spreadsheet.
        let isNumber = text.hasSuffix(".0") && Words.isDigits(String(text.dropLast(2)))
        let plain = Words.plain(isNumber ? String(text.dropLast(2)) : text)
        guard plain.utf8.count >= 4, Words.hasDigit(plain), !Words.isNothing(plain) else { return nil }
        return bare(plain)
    }

    /// A number without its zeros in front, where enough is left of it.
    private static func bare(_ plain: String) -> String {
        guard plain.utf8.first == UInt8(ascii: "0"), Words.isDigits(plain) else { return plain }
        let bare = String(plain.drop { $0 == "0" })
        return bare.utf8.count >= 4 ? bare : plain
    }

    private func tags() -> Tags {
        var tags = Tags()
        for asset in assets { if let tag = Self.tag(asset.tag) { tags.rows[tag, default: 0] += 1 } }
        if tags.rows.isEmpty { return tags }
        for (place, device) in devices.enumerated() {
            for fact in device.facts where fact.field == .lldpMedAsset {
                if let tag = Self.tag(fact.value) { note(tag, place, in: fact.value, &tags) }
            }
            for name in device.names.prefix(16) {
                for label in name.split(separator: ".").prefix(8) {
                    let words = Words.split(String(label))
                    for start in words.indices {
                        var joined = ""
                        for word in words[start...].prefix(4) {
                            joined += word
                            note(joined, place, in: name, &tags)
                        }
                    }
                }
            }
        }
        return tags
    }

    private func note(_ said: String, _ device: Int, in words: String, _ tags: inout Tags) {
        let tag = Self.bare(said)
        guard tags.rows[tag] != nil else { return }
        if let known = tags.devices[tag] {
            if known?.device != device { tags.devices[tag] = .some(nil) }
        } else {
            tags.devices[tag] = (device, words)
        }
    }

    private mutating func byTag(_ asset: DeclaredAsset, _ tags: Tags) -> Found? {
        guard let tag = Self.tag(asset.tag), let only = tags.devices[tag] ?? nil, agree(asset, only.device) else {
            return nil
        }
        return Found(
            device: only.device, by: "tag",
            compared: .init(what: "tag", seen: only.said, advisory: asset.tag ?? "", holds: true))
    }
}
