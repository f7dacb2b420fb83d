//===----------------------------------------------------------------------===//
// Wardlight · Defense
//
// Peripherals, the rules: which USB devices should a person look at, and what else could each of them be?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// The rules on peripherals. `docs/findings.md` explains each; a test compares them.
public enum PeripheralRule: String, CaseIterable, Sendable {
    case keyboardWithStorage = "peripheral.keyboardWithStorage"
    case newKeyboard = "peripheral.newKeyboard"
    case networkCard = "peripheral.networkCard"
    case namesDiffer = "peripheral.namesDiffer"
    case serialShared = "peripheral.serialShared"
    case becameOther = "peripheral.becameOther"
    case boardThatTypes = "peripheral.boardThatTypes"

    /// Technique of MITRE ATT&CK (attack.mitre.org): T1200 Hardware Additions, T1091 Replication Through Removable Media,
    /// T1052.001 Exfiltration over USB.
    public var technique: String {
        switch self {
        case .keyboardWithStorage: "T1091"
        case .becameOther: "T1052.001"
        case .newKeyboard, .networkCard, .namesDiffer, .serialShared, .boardThatTypes: "T1200"
        }
    }

    public var falseAlarm: String {
        switch self {
        case .keyboardWithStorage:
            "A remote console's virtual keyboard and disk in one device, or a keyboard that carries its own drivers."
        case .newKeyboard: "Somebody plugged in a second keyboard, or a receiver of a wireless one that is not listed."
        case .networkCard: "A dock whose other parts were not reported, or an adapter that the engineers gave out."
        case .namesDiffer: "A maker who builds for others and is not listed as such."
        case .serialShared: "Two makers' cheap devices whose firmware has the same number for all of them."
        case .becameOther: "A firmware update, or a device that people switched into another of its modes."
        case .boardThatTypes: "A foot switch, a call button or a hobby keyboard that is built around such a board."
        }
    }
}

/// What is known of the endpoint besides its reports.
public enum EndpointKind: Hashable, Sendable {
    /// At a bed, or speaks clinical protocols, or a medical device itself.
    case clinical
    /// A server, a switch, a part of the building: nobody types there.
    case unattended
    case other
}

extension PeripheralWatch {
    /// All findings, sorted by endpoint, rule and device.
    ///
    /// - Parameters:
    ///   - allowed: Kinds of which nothing is said. A device says its numbers itself and may lie: what becomes another
    ///     while it hangs there is always told, and keyboard and storage in one unless maker and product are allowed.
    ///   - kind: What is known of an endpoint, by its site and cards.
    public func findings(
        knowledge: PeripheralKnowledge, names: USBNames, allowed: [Allowances.PeripheralKind] = [],
        kind: (String, [HardwareAddress]) -> EndpointKind
    ) -> [(site: String, finding: Finding)] {
        let shared = sharedSerials()
        var all: [(site: String, finding: Finding)] = []
        for key in hosts.keys.sorted() {
            guard let host = hosts[key] else { continue }
            let judge = Judge(
                key: key, host: host, knowledge: knowledge, names: names, kind: kind(key.site, host.cards),
                shared: shared, allowed: allowed)
            all += judge.findings().map { (key.site, $0) }
        }
        return all
    }

    /// Serial numbers that devices of two makers bear, each with the one who bore it first.
    private func sharedSerials() -> [String: (first: Peripheral, key: HostKey)] {
        var bearers: [(serial: String, since: Timestamp, peripheral: Peripheral, key: HostKey)] = []
        for key in hosts.keys.sorted() {
            for (peripheral, seen) in hosts[key]?.inOrder ?? [] {
                guard let serial = peripheral.serial, Self.isTelling(serial) else { continue }
                bearers.append((serial, seen.span.first, peripheral, key))
            }
        }
        bearers.sort { ($0.since, $0.key) < ($1.since, $1.key) }
        var first: [String: (Peripheral, HostKey)] = [:]
        var shared: [String: (first: Peripheral, key: HostKey)] = [:]
        for bearer in bearers {
            guard let (known, place) = first[bearer.serial] else {
                first[bearer.serial] = (bearer.peripheral, bearer.key)
                continue
            }
            if known.vendorId != bearer.peripheral.vendorId { shared[bearer.serial] = (known, place) }
        }
        return shared
    }
}

extension PeripheralWatch.Host {
    /// By the time when they came, then by path and ids.
    var inOrder: [(key: Peripheral, value: PeripheralWatch.Seen)] {
        seen.sorted {
            let (one, other) = ($0.key, $1.key)
            if $0.value.span.first != $1.value.span.first { return $0.value.span.first < $1.value.span.first }
            return (one.path, one.ids, one.serial ?? "", one.interfaces.count)
                < (other.path, other.ids, other.serial ?? "", other.interfaces.count)
        }
    }
}

/// Judges what hung on one endpoint.
private struct Judge {
    let key: PeripheralWatch.HostKey
    let host: PeripheralWatch.Host
    let knowledge: PeripheralKnowledge
    let names: USBNames
    let kind: EndpointKind
    let shared: [String: (first: Peripheral, key: PeripheralWatch.HostKey)]
    let allowed: [Allowances.PeripheralKind]

    private func isAllowed(_ peripheral: Peripheral, _ rule: PeripheralRule) -> Bool {
        rule != .becameOther
            && allowed.contains {
                $0.vendorId == peripheral.vendorId
                    && ($0.productId == peripheral.productId || $0.productId == nil && rule != .keyboardWithStorage)
            }
    }

    func findings() -> [Finding] {
        let all = host.inOrder
        var found: [Finding] = []
        var spoken: Set<String> = []
        func say(_ rule: PeripheralRule, _ finding: Finding?, of peripheral: Peripheral) {
            // The same thing in another socket is no news.
            guard let finding, !isAllowed(peripheral, rule),
                spoken.insert("\(rule.rawValue) \(peripheral.ids) \(peripheral.serial ?? "")").inserted
            else { return }
            found.append(finding)
        }
        for (peripheral, seen) in all {
            say(.keyboardWithStorage, keyboardWithStorage(peripheral, seen), of: peripheral)
            say(.boardThatTypes, boardThatTypes(peripheral, seen), of: peripheral)
            say(.newKeyboard, newKeyboard(peripheral, seen, all), of: peripheral)
            say(.networkCard, networkCard(peripheral, seen, all), of: peripheral)
            say(.namesDiffer, namesDiffer(peripheral, seen), of: peripheral)
            say(.serialShared, serialShared(peripheral, seen), of: peripheral)
        }
        for change in host.changes { say(.becameOther, becameOther(change), of: change.after) }
        return found
    }

    private func finding(
        _ rule: PeripheralRule, _ severity: Finding.Severity, _ title: String, _ evidence: [Evidence], since: Timestamp
    ) -> Finding {
        var finding = Finding(rule: rule.rawValue, title: title, severity: severity, evidence: evidence)
        finding.technique = rule.technique
        finding.falseAlarm = rule.falseAlarm
        finding.since = since
        finding.addresses = host.cards.isEmpty ? [key.hardware] : host.cards
        return finding
    }

    private func evidence(_ rule: PeripheralRule, _ field: String, _ value: String, seen: UInt64 = 1) -> Evidence {
        Evidence(
            field: nil, protocolName: "usb", fieldName: field, value: value, rule: rule.rawValue, seen: seen, weight: 0)
    }

    /// `03eb:2401 "ATMEL" "HID Keyboard" at 1-1.4, serial 123: keyboard, storage`
    private func shown(_ peripheral: Peripheral) -> String {
        var words = peripheral.ids
        for text in [peripheral.maker, peripheral.product] { if let text { words += " \"\(text)\"" } }
        words += " at \(peripheral.path)"
        if let serial = peripheral.serial { words += ", serial \(serial)" }
        let abilities = peripheral.abilities
        return words + (abilities.isEmpty ? "" : ": " + abilities.joined(separator: ", "))
    }

    private func name(_ peripheral: Peripheral) -> String {
        let said = [peripheral.maker, peripheral.product].compactMap { $0 }.joined(separator: " ")
        return said.isEmpty ? names.product(peripheral) ?? peripheral.ids : said
    }

    private func isClinical(_ severity: Finding.Severity, else other: Finding.Severity) -> Finding.Severity {
        kind == .clinical ? severity : other
    }

    // MARK: One device by itself

    private func keyboardWithStorage(_ peripheral: Peripheral, _ seen: PeripheralWatch.Seen) -> Finding? {
        guard peripheral.isKeyboard, peripheral.isStorage, !knowledge.isAny([.console], peripheral) else { return nil }
        return finding(
            .keyboardWithStorage, .high, "A USB device is keyboard and storage at once: \(name(peripheral))",
            [evidence(.keyboardWithStorage, "interfaces", shown(peripheral))], since: seen.span.first)
    }

    private func boardThatTypes(_ peripheral: Peripheral, _ seen: PeripheralWatch.Seen) -> Finding? {
        guard peripheral.isKeyboard, let board = knowledge.words(.board, peripheral) else { return nil }
        return finding(
            .boardThatTypes, isClinical(.high, else: .medium),
            "A board that everybody can program types as a keyboard: \(board)",
            [evidence(.boardThatTypes, "ids", shown(peripheral))], since: seen.span.first)
    }

    private func namesDiffer(_ peripheral: Peripheral, _ seen: PeripheralWatch.Seen) -> Finding? {
        guard let said = peripheral.maker, let owner = names.vendors[peripheral.vendorId] else { return nil }
        let (theirs, own) = (knowledge.house(said), knowledge.house(owner))
        // A word that is nobody's name (`Generic`, `USB`) claims nothing.
        let claimed = knowledge.numbers(of: said, in: names)
        let named = names.numbers(ofPlain: USBNames.plain(said))
        guard !theirs.isEmpty, theirs != own, !claimed.isEmpty else { return nil }
        let isRelated = theirs.split(separator: " ").first == own.split(separator: " ").first
        guard !isRelated, !knowledge.isFactory(peripheral.vendorId), !named.contains(where: knowledge.isFactory),
            !knowledge.isAny([.scanner, .badge, .console, .phone, .modem], peripheral)
        else { return nil }
        // What the list says of the product, or the device of itself, may name both.
        if let listed = names.product(peripheral), mentions(listed, theirs) { return nil }
        if let product = peripheral.product, mentions(product, own) { return nil }
        return finding(
            .namesDiffer, .medium,
            "A USB device calls itself \(said), but its number is \(owner)'s",
            [
                evidence(.namesDiffer, "maker", shown(peripheral)),
                evidence(.namesDiffer, "idVendor", "\(peripheral.ids.prefix(4)): \(owner)"),
            ], since: seen.span.first)
    }

    private func mentions(_ text: String, _ house: String) -> Bool {
        guard let first = house.split(separator: " ").first else { return false }
        return text.lowercased().split { !($0.isLetter || $0.isNumber) }.contains { $0 == first }
    }

    /// Kinds that are keyboards without being one that people type on.
    private static let typists: [PeripheralKnowledge.Kind] = [.scanner, .badge, .receiver, .console]

    // MARK: Among others

    private func newKeyboard(
        _ peripheral: Peripheral, _ seen: PeripheralWatch.Seen, _ all: [(key: Peripheral, value: PeripheralWatch.Seen)]
    ) -> Finding? {
        guard peripheral.isKeyboard, !host.isFirst(seen), kind != .unattended,
            !knowledge.isAny(Self.typists, peripheral)
        else { return nil }
        // The same model was there before: it was moved, or the engineers exchanged it.
        let before = all.filter { $0.value.span.first < seen.span.first }
        guard !before.contains(where: { $0.key.ids == peripheral.ids && $0.key.isKeyboard }) else { return nil }
        let known = before.filter(\.key.isKeyboard)
        // A scanner that was unplugged is no keyboard that was exchanged.
        let isExchange = seen.insteadOf.contains { !knowledge.isAny(Self.typists, $0) }
        let words = isExchange ? "Another keyboard than before" : "One more keyboard than before"
        return finding(
            .newKeyboard, isExchange ? .low : isClinical(.high, else: .medium),
            "\(words): \(name(peripheral))",
            [evidence(.newKeyboard, "new", shown(peripheral))]
                + known.prefix(4).map { evidence(.newKeyboard, "before", shown($0.key)) },
            since: seen.span.first)
    }

    private func networkCard(
        _ peripheral: Peripheral, _ seen: PeripheralWatch.Seen, _ all: [(key: Peripheral, value: PeripheralWatch.Seen)]
    ) -> Finding? {
        guard peripheral.isNetworkCard, !isInDock(peripheral, seen, all), !knowledge.isAny([.console], peripheral)
        else {
            return nil
        }
        // A modem that was built in is no news; one that came is.
        if knowledge.words(.modem, peripheral) != nil, host.isFirst(seen) { return nil }
        let isTelephone = knowledge.words(.phone, peripheral) != nil
        // A phone that only charges shows a card of its maker's own kind; one that shares its network says so (RNDIS, CDC).
        if isTelephone, !peripheral.interfaces.contains(where: { [0x02, 0xE0, 0xEF].contains($0.kind) }) { return nil }
        let isAdapter = knowledge.words(.adapter, peripheral) != nil && !peripheral.isKeyboard && !peripheral.isStorage
        let severity: Finding.Severity =
            isAdapter || isTelephone ? host.isFirst(seen) ? .low : .medium : isClinical(.high, else: .medium)
        return finding(
            .networkCard, severity,
            isTelephone
                ? "A telephone shares its network by USB: \(name(peripheral))"
                : "A network card on USB: \(name(peripheral))",
            [evidence(.networkCard, "interfaces", shown(peripheral))], since: seen.span.first)
    }

    /// A dock is a hub with a card of a known maker and sound or a screen behind it. Its fast half and its slow half are two
    /// hubs of two buses, so the rest is looked for behind any hub.
    private func isInDock(
        _ card: Peripheral, _ seen: PeripheralWatch.Seen, _ all: [(key: Peripheral, value: PeripheralWatch.Seen)]
    ) -> Bool {
        guard card.path.contains("."), knowledge.words(.adapter, card) != nil, !card.isKeyboard, !card.isStorage else {
            return false
        }
        return all.contains { other in
            // Sound, a billboard for the screen, or the dock's own screen by USB.
            other.key.path.contains(".") && other.key != card && other.value.span.last >= seen.span.first
                && other.key.interfaces.contains { $0.kind == 0x01 || $0.kind == 0x11 || $0.kind == 0x0E }
        }
    }

    private func serialShared(_ peripheral: Peripheral, _ seen: PeripheralWatch.Seen) -> Finding? {
        guard let serial = peripheral.serial, let other = shared[serial], other.first.vendorId != peripheral.vendorId,
            !host.changes.contains(where: { $0.before.serial == serial && $0.after.serial == serial })
        else { return nil }
        return finding(
            .serialShared, .low, "A USB device bears another maker's serial number \(serial): \(name(peripheral))",
            [
                evidence(.serialShared, "serial", shown(peripheral)),
                evidence(.serialShared, "serial", "\(shown(other.first)), on \(other.key.hardware)"),
            ], since: seen.span.first)
    }

    private func becameOther(_ change: PeripheralWatch.Change) -> Finding? {
        if change.before.vendorId == change.after.vendorId {
            // Scanners and readers are switched between typing, serial and memory by a bar code on paper.
            if Self.typists.contains(where: {
                knowledge.isAny([$0], change.before) && knowledge.isAny([$0], change.after)
            }) {
                return nil
            }
        }
        return finding(
            .becameOther, .high,
            "A USB device became something else: \(name(change.before)), then \(name(change.after))",
            [
                evidence(.becameOther, "before", shown(change.before)),
                evidence(.becameOther, "after", shown(change.after)),
            ], since: change.time)
    }
}
