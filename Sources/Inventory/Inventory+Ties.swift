//===----------------------------------------------------------------------===//
// Wardlight · Inventory
//
// Ties: which records name the same individual?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension Inventory {
    /// Milli-log-odds from which two records are joined: some 33 to 1.
    static let tieThreshold = 3_500
    /// A card whose address is set by software (RFC 7844, 802.11aq) may be any card that bears the same name.
    private static let randomBonus = 1_500
    /// The two see different sides: a card known from DHCP only and an address known from traffic only, or IPv4 and IPv6.
    private static let complementBonus = 1_500
    /// Each of the ways of a system that both have: DHCP vendor class, DHCP options, TCP and TLS signature.
    private static let habitBonus = 400
    private static let habits: [Field] = [
        .dhcpVendorClass, .dhcpParameterRequestList, .tcpSyn, .tlsJa4, .httpUserAgent, .tlsCertificateSubject,
        .dhcpv6OptionRequest,
    ]
    /// Bearers of a value that a new one is compared with: the latest.
    private static let compared = 4

    // MARK: Marks

    /// What a record's key alone ties it to, and what people decided of it before it was seen.
    mutating func beginTies(_ place: Int, _ changes: inout [InventoryChange]) {
        let key = records[place].key
        let time = records[place].span.last
        switch key.kind {
        case .hardware: mark(place, TieMark(kind: .embedded, field: nil, hash: key.low), "", time, &changes)
        case .network: break
        case .child:
            guard let child = records[place].child else { break }
            if child.hasPrefix("eui64:"), let eui = EUI64(child.dropFirst(6)), eui.bits >> 24 & 0xFFFF == 0xFFFE {
                // A 48-bit address made longer (IEEE, Guidelines for EUI).
                let bits = (eui.bits >> 40) << 24 | eui.bits & 0xFF_FFFF
                mark(place, TieMark(kind: .embedded, field: .hl7Eui64, hash: bits), child, time, &changes)
            }
        }
        recall(place, &changes)
    }

    /// A new value of a field: does it name the individual?
    mutating func mark(
        _ place: Int, _ field: Field, _ text: String, _ time: Timestamp, _ changes: inout [InventoryChange]
    ) {
        let own = records[place].key.kind == .hardware ? HardwareAddress(bits: records[place].key.low) : nil
        if let mark = TieMark(field, text, own: own) {
            self.mark(place, mark, text, time, &changes)
        } else if Self.habits.contains(field) {
            for mark in records[place].marks where mark.kind == .name {
                compare(place, mark, text: nil, time, &changes)
            }
        }
    }

    /// Most of one record: more than any device has ways to say who it is.
    private static let mostMarks = 24

    private mutating func mark(
        _ place: Int, _ mark: TieMark, _ text: String, _ time: Timestamp, _ changes: inout [InventoryChange]
    ) {
        guard !records[place].marks.contains(mark), records[place].marks.count < Self.mostMarks else { return }
        let same = records[place].marks.filter { $0.kind == mark.kind && $0.field == mark.field }
        if same.contains(where: { $0.hash == 0 }) { return }
        if same.count >= mark.kind.mostValues {
            // It speaks for others: nothing of this field names it.
            for old in same { release(old, place) }
            let void = TieMark(kind: mark.kind, field: Field(rawValue: mark.field), hash: 0)
            records[place].marks.removeAll { same.contains($0) }
            records[place].marks.append(void)
            records[place].marks.sort()
            reweigh(place, &changes)
            return
        }
        records[place].marks.append(mark)
        records[place].marks.sort()
        // Another serial number than the rest of its group has: they may be two devices after all.
        if records[place].head >= 0, mark.kind.isStrong || mark.kind == .name { regroup(place, time, &changes) }
        hold(mark, place, &changes)
        compare(place, mark, text: text, time, &changes)
    }

    /// Enters a record among the bearers of a mark, and finds out whether there are too many.
    private mutating func hold(_ mark: TieMark, _ place: Int, _ changes: inout [InventoryChange]) {
        let key = TieKey(site: records[place].key.site, kind: mark.kind, hash: mark.hash)
        var holders = ties[key] ?? TieHolders()
        ties[key] = nil
        if !holders.places.contains(Int32(place)) {
            holders.places.append(Int32(place))
            if holders.places.count > TieHolders.most { holders.places.removeFirst() }
            if records[place].isBurntIn { holders.burntIn += 1 }
        }
        let becomesCommon = !holders.isCommon && holders.burntIn > mark.kind.mostShared
        if becomesCommon { holders.isCommon = true }
        let places = holders.places
        ties[key] = holders
        if becomesCommon { for other in places { reweigh(Int(other), &changes) } }
    }

    private mutating func release(_ mark: TieMark, _ place: Int) {
        let key = TieKey(site: records[place].key.site, kind: mark.kind, hash: mark.hash)
        guard var holders = ties[key] else { return }
        ties[key] = nil
        let isOther = records[place].marks.contains { $0.kind == mark.kind && $0.hash == mark.hash && $0 != mark }
        if !isOther, holders.places.contains(Int32(place)) {
            holders.places.removeAll { $0 == Int32(place) }
            if records[place].isBurntIn, holders.burntIn > 0 { holders.burntIn -= 1 }
        }
        // What is known to be common stays known.
        if !holders.places.isEmpty || holders.isCommon && ties.count < limits.records { ties[key] = holders }
    }

    /// Gives up all its marks, before the record goes.
    mutating func releaseMarks(_ place: Int) {
        let marks = records[place].marks
        records[place].marks = []
        for mark in marks where mark.hash != 0 { release(mark, place) }
    }

    /// Its values have changed hands: the marks of those that it has now.
    mutating func remark(_ place: Int, _ changes: inout [InventoryChange]) {
        releaseMarks(place)
        reweigh(place, &changes)
        let time = records[place].span.last
        if records[place].key.kind == .hardware {
            mark(place, TieMark(kind: .embedded, field: nil, hash: records[place].key.low), "", time, &changes)
        }
        var said: [(Field, UInt32)] = []
        for entry in records[place].entries {
            if let field = entry.signal.field, said.last?.1 != entry.value { said.append((field, entry.value)) }
        }
        for (field, value) in said { mark(place, field, pool[value].text, time, &changes) }
    }

    // MARK: Weighing two records

    private mutating func compare(
        _ place: Int, _ mark: TieMark, text: String?, _ time: Timestamp, _ changes: inout [InventoryChange]
    ) {
        let key = TieKey(site: records[place].key.site, kind: mark.kind, hash: mark.hash)
        guard let holders = ties[key], !holders.isCommon, holders.places.count > 1 else { return }
        for other in holders.places.reversed().filter({ Int($0) != place }).prefix(Self.compared) {
            weigh(place, Int(other), mark, text, time, &changes)
        }
    }

    /// Joins two records that share a mark when all that they share is enough.
    private mutating func weigh(
        _ place: Int, _ other: Int, _ mark: TieMark, _ text: String?, _ time: Timestamp,
        _ changes: inout [InventoryChange]
    ) {
        guard records[place].isLive, records[other].isLive else { return }
        let (weight, isStrong, reason) = weight(place, other)
        guard weight >= Self.tieThreshold else { return }
        if records[place].peers.contains(records[other].id), !isLinked(place, records[other].key, .talk) {
            separate(place, other, time, &changes)
        }
        if let known = records[place].links.first(where: { $0.kind == .rule && $0.other == records[other].key }),
            known.weight >= weight
        {
            return
        }
        let field = Field(rawValue: mark.field)
        link(
            place, other,
            Link(
                other: records[other].key, kind: .rule, field: field, value: text ?? self.text(of: mark, place),
                weight: weight, isStrong: isStrong, reason: reason, moment: time), &changes)
    }

    private func text(of mark: TieMark, _ place: Int) -> String? {
        guard let field = Field(rawValue: mark.field) else { return nil }
        let record = records[place]
        for entry in record.entries[record.range(of: .fact(field))] {
            let text = pool[entry.value].text
            if TieMark(field, text, own: nil) == mark { return text }
        }
        return nil
    }

    /// All that two records share, in milli-log-odds; 0 where names alone must not decide.
    func weight(_ one: Int, _ other: Int) -> (weight: Int, isStrong: Bool, reason: String) {
        let (a, b) = (records[one], records[other])
        var weight = 0
        var reasons: [String] = []
        var kinds: Set<TieKind> = []
        for mark in a.marks where mark.hash != 0 && !kinds.contains(mark.kind) {
            guard b.marks.contains(where: { $0.kind == mark.kind && $0.hash == mark.hash }),
                ties[TieKey(site: a.key.site, kind: mark.kind, hash: mark.hash)]?.isCommon == false
            else { continue }
            kinds.insert(mark.kind)
            weight += mark.kind.weight
            reasons.append(mark.kind.words)
        }
        if kinds.contains(where: \.isStrong) {
            return (min(weight, 9_999), true, reasons.joined(separator: ", "))
        }
        guard weight > 0, !a.isRouter, !b.isRouter, a.key.kind != .child, b.key.kind != .child else {
            return (0, false, "")
        }
        if a.isRandom || b.isRandom {
            weight += Self.randomBonus
            reasons.append("one of them has a hardware address set by software")
        } else if a.isComplement(of: b) {
            weight += Self.complementBonus
            reasons.append("the one is known by its card, or by IPv4, the other by what the first lacks")
        }
        var shared = 0
        for field in Self.habits {
            let (mine, theirs) = (values(of: field, a), values(of: field, b))
            if mine.isEmpty || theirs.isEmpty { continue }
            if !mine.isDisjoint(with: theirs) {
                shared += 1
            } else if field == .dhcpVendorClass, differ(mine, theirs) {
                return (0, false, "")
            }
        }
        // Two of one maker with one name are two of one model until they say more.
        if a.isBurntIn, b.isBurntIn, shared < 2 || isOfOneMaker(a, b) { return (0, false, "") }
        if shared > 0 {
            weight += shared * Self.habitBonus
            reasons.append("\(shared) of their systems' habits are the same")
        }
        return (weight, false, reasons.joined(separator: ", "))
    }

    private func values(of field: Field, _ record: Record) -> Set<UInt32> {
        Set(record.entries[record.range(of: .fact(field))].map(\.value))
    }

    /// `android-dhcp-9` and `android-dhcp-13` are one system in two versions.
    private func differ(_ one: Set<UInt32>, _ other: Set<UInt32>) -> Bool {
        func plain(_ values: Set<UInt32>) -> Set<String> {
            Set(values.map { pool[$0].text.filter { !$0.isNumber && $0 != "." } })
        }
        return plain(one).isDisjoint(with: plain(other))
    }

    private func isOfOneMaker(_ one: Record, _ other: Record) -> Bool {
        if one.key.low >> 24 == other.key.low >> 24 { return true }
        guard let mine = one.entries[one.range(of: .vendor)].first?.value else { return false }
        return other.entries[other.range(of: .vendor)].contains { $0.value == mine }
    }

    /// Whether lists say two makers that no spelling makes one; numbers of two makers are often alike.
    private func areOfTwoMakers(_ one: Record, _ other: Record) -> Bool {
        func makers(_ record: Record) -> [String] {
            record.entries[record.range(of: .fact(.sightingVendor))].map { entry in
                pool[entry.value].text.lowercased().filter { $0.isLetter || $0.isNumber }
            }
        }
        let (mine, theirs) = (makers(one), makers(other))
        guard !mine.isEmpty, !theirs.isEmpty else { return false }
        return !mine.contains { name in theirs.contains { name.hasPrefix($0) || $0.hasPrefix(name) } }
    }

    /// Whether two records cannot be one device: they differ in what a device has one of.
    func isContradicted(_ one: Int, _ other: Int, byNames: Bool) -> Bool {
        if areOfTwoMakers(records[one], records[other]) { return true }
        let (left, right) = (records[one].marks, records[other].marks)
        for mark in left where mark.hash != 0 {
            switch mark.kind {
            case .serial, .guid, .engine: break
            case .name where byNames: break
            default: continue
            }
            let theirs = right.filter { $0.kind == mark.kind && $0.field == mark.field && $0.hash != 0 }
            if theirs.isEmpty { continue }
            let mine = left.filter { $0.kind == mark.kind && $0.field == mark.field }
            if !mine.contains(where: theirs.contains) { return true }
        }
        return false
    }

    /// Goes through its ties again: what is common, or is not said any more, ties no longer.
    mutating func reweigh(_ place: Int, _ changes: inout [InventoryChange]) {
        guard records[place].isLive, records[place].links.contains(where: { $0.kind == .rule }) else { return }
        let time = records[place].span.last
        for known in records[place].links where known.kind == .rule {
            guard let other = places[known.other], other >= 0 else { continue }
            if weight(place, Int(other)).weight < Self.tieThreshold { cut(place, Int(other), .rule) }
        }
        regroup(place, time, &changes)
    }

    /// A shared value whose bearers were there at once, twice: a default that several devices have.
    mutating func strike(_ one: Int, _ other: Int, _ changes: inout [InventoryChange]) {
        for mark in records[one].marks where mark.kind == .name && mark.hash != 0 {
            guard records[other].marks.contains(where: { $0.kind == mark.kind && $0.hash == mark.hash }) else {
                continue
            }
            let key = TieKey(site: records[one].key.site, kind: mark.kind, hash: mark.hash)
            ties[key]?.strikes += 1
            guard let holders = ties[key], holders.strikes >= TieHolders.mostStrikes, !holders.isCommon else {
                continue
            }
            ties[key]?.isCommon = true
            for place in holders.places { reweigh(Int(place), &changes) }
        }
    }
}

extension TieKind {
    /// For people.
    var words: String {
        switch self {
        case .serial: "same serial number"
        case .uuid: "same UUID"
        case .guid: "same server GUID"
        case .engine: "same SNMP engine"
        case .clientId: "same DHCP client identifier"
        case .duid: "same DHCP unique identifier"
        case .chassis: "same chassis, as LLDP or the host itself says"
        case .embedded: "the one identifier is made of the other"
        case .certificate: "same certificate"
        case .name: "same name"
        case .equipment: "same IMEI"
        case .sim: "same SIM card"
        case .bluetooth: "same Bluetooth address"
        }
    }
}

extension Record {
    /// Its card's address was set by software.
    var isRandom: Bool { key.kind == .hardware && HardwareAddress(bits: key.low).isLocallyAdministered }
    var isBurntIn: Bool { key.kind == .hardware && !HardwareAddress(bits: key.low).isLocallyAdministered }

    /// Whether the two see different sides of what may be one device.
    func isComplement(of other: Record) -> Bool {
        switch (key.kind, other.key.kind) {
        case (.network, .network):
            let (mine, theirs) = (
                IPAddress(high: key.high, low: key.low), IPAddress(high: other.key.high, low: other.key.low)
            )
            return mine.isV4 != theirs.isV4 && parent == other.parent
        case (.hardware, .network): return !isDirect
        case (.network, .hardware): return !other.isDirect
        default: return false
        }
    }
}
