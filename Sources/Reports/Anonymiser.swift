//===----------------------------------------------------------------------===//
// Wardlight · Reports
//
// Anonymiser: the same inventory with nobody's addresses, names and serial numbers in it.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Makes an inventory that can be shared: what identifies the hospital, a device or a person gets a stable stand-in.
///
/// The same seed gives the same stand-ins, so two outputs can be compared; another seed gives others. What a product
/// is (vendor, type, model, firmware, signatures of its software) stays readable. Which fields stay is a list
/// (`Field.staysReadable`): a new field is hidden until somebody decides otherwise.
public struct Anonymiser: Sendable {
    let pseudonyms: Pseudonyms

    /// - Parameter seed: Keep it secret: with it anyone can check a guess ("is this our pump 7?").
    public init(seed: some Sequence<UInt8>) {
        pseudonyms = Pseudonyms(seed: seed)
    }

    /// What a device is called in the anonymised inventory.
    public func standIn(forDevice id: String) -> String { pseudonyms.device(id) }

    public func anonymise(_ snapshot: InventorySnapshot) -> InventorySnapshot {
        let scrubber = Scrubber(
            pseudonyms, secrets: secrets(snapshot),
            addresses: Set(snapshot.devices.flatMap { $0.ipv4 + $0.ipv6 }))
        var result = snapshot
        result.devices = snapshot.devices.map { device($0, scrubber) }
        result.devices.sort { one, other in
            (one.ipv4.first ?? one.ipv6.first ?? .unsorted, one.mac.first ?? .broadcast, one.id)
                < (other.ipv4.first ?? other.ipv6.first ?? .unsorted, other.mac.first ?? .broadcast, other.id)
        }
        result.coverage = snapshot.coverage.enumerated().map { index, coverage in
            var coverage = coverage
            coverage.input = Self.inputName(index)
            coverage.problem = coverage.problem.map(scrubber.scrub)
            coverage.cure = coverage.cure.map(scrubber.scrub)
            return coverage
        }
        result.advice = snapshot.advice.map(scrubber.scrub)
        result.network = snapshot.network.map(network)
        result.findings = snapshot.findings.map { finding($0, scrubber) }
        result.weakControls = snapshot.weakControls.map { finding($0, scrubber) }
        result.declared = snapshot.declared.map(declared)
        result.reconciliation = snapshot.reconciliation.map(reconciliation)
        // Made of all the rest: whoever shares them makes them anew.
        result.answers = nil
        return result
    }

    // MARK: One device

    private func device(_ device: Device, _ scrubber: Scrubber) -> Device {
        var result = device
        result.id = pseudonyms.device(device.id)
        result.formerIds = device.formerIds.map(pseudonyms.device)
        result.parent = device.parent.map(pseudonyms.device)
        result.site = site(device.site)
        result.mac = device.mac.map(pseudonyms.hardware).sorted()
        result.ipv4 = device.ipv4.map(pseudonyms.network).sorted()
        result.ipv6 = device.ipv6.map(pseudonyms.network).sorted()
        result.eui64 = device.eui64.map { text in
            EUI64(text).map { pseudonyms.eui64($0).description } ?? pseudonyms.word("eui64", text)
        }.sorted()
        result.place = device.place.map(place)
        result.stays = device.stays.map(stay)
        result.names = device.names.map { pseudonyms.word("name", $0) }
        result.ties = device.ties.map { tie($0, scrubber) }
        for (attribute, judgement) in device.judgements {
            result.judgements[attribute] = self.judgement(judgement, attribute, scrubber)
        }
        result.label = device.label.map { judgement($0, nil, scrubber) }
        result.components = device.components.map { part in
            Device.Component(
                kind: scrubber.scrub(part.kind), model: part.model.map(scrubber.scrub),
                firmware: part.firmware.map(scrubber.scrub),
                serial: part.serial.map { pseudonyms.word("serial", $0) })
        }
        result.peripherals = device.peripherals.map { peripheral($0, scrubber) }
        result.findings = device.findings.map { finding($0, scrubber) }
        result.weakControls = device.weakControls.map { finding($0, scrubber) }
        result.weaknesses = device.weaknesses.map { weakness($0, scrubber) }
        result.risk = device.risk.map { risk($0, scrubber) }
        result.acceptance = device.acceptance.map { standing($0, $0.content) }
        result.controls = device.controls.map(control)
        result.unsettled = device.unsettled.map(scrubber.scrub)
        result.history = device.history.map { change($0, scrubber) }
        result.facts = device.facts.map { fact in
            FactSummary(
                field: fact.field, value: value(fact.value, of: fact.field, scrubber), count: fact.count,
                span: fact.span)
        }
        result.facts.sort { ($0.field, $0.value) < ($1.field, $1.value) }
        return result
    }

    private func finding(_ finding: Finding, _ scrubber: Scrubber) -> Finding {
        var hidden = finding
        hidden.title = scrubber.scrub(finding.title)
        hidden.evidence = finding.evidence.map { evidence($0, hide: nil, scrubber) }
        hidden.sides = finding.sides.map { side in
            Finding.Side(
                says: scrubber.scrub(side.says), layers: side.layers,
                evidence: side.evidence.map { evidence($0, hide: nil, scrubber) })
        }
        hidden.place = finding.place.map(port)
        hidden.addresses = finding.addresses.map(pseudonyms.hardware).sorted()
        return hidden
    }

    private func tie(_ tie: Tie, _ scrubber: Scrubber) -> Tie {
        var result = tie
        result.one = address(tie.one)
        result.other = address(tie.other)
        if let text = tie.value { result.value = tie.field.map { value(text, of: $0, scrubber) } ?? address(text) }
        // A person's words may name anybody.
        if let person = tie.by {
            result.by = pseudonyms.word("person", person)
            result.reason = pseudonyms.word("reason", tie.reason)
        }
        return result
    }

    /// An address as text, in the form that it has; an identifier behind a gateway as a word.
    private func address(_ text: String) -> String {
        let bytes = Array(text.utf8)[...]
        if let card = HardwareAddress(text) { return pseudonyms.hardware(card).description }
        if let network = IPAddress(dotted: bytes) ?? IPAddress(colons: bytes) {
            return pseudonyms.network(network).description
        }
        return pseudonyms.word("address", text)
    }

    private func judgement(_ judgement: Judgement, _ attribute: Attribute?, _ scrubber: Scrubber) -> Judgement {
        let hide = attribute == .serial ? "serial" : nil
        func shown(_ value: String) -> String { hide.map { pseudonyms.word($0, value) } ?? scrubber.scrub(value) }
        return Judgement(
            value: shown(judgement.value), confidence: judgement.confidence,
            evidence: judgement.evidence.map { evidence($0, hide: hide, scrubber) },
            others: judgement.others.map { rival in
                Judgement.Rival(
                    value: shown(rival.value), evidence: rival.evidence.map { evidence($0, hide: hide, scrubber) })
            })
    }

    /// - Parameter hide: Whatever the field, the value is hidden as this: it speaks for a serial number.
    private func evidence(_ piece: Evidence, hide: String?, _ scrubber: Scrubber) -> Evidence {
        var result = piece
        if piece.protocolName == Self.person {
            result.value = decision(piece.value)
        } else if piece.protocolName == "declared" {
            result.value = "(a row of the list)"
        } else if let hide {
            result.value = pseudonyms.word(hide, piece.value)
        } else if let field = piece.field {
            result.value = value(piece.value, of: field, scrubber)
        } else if piece.protocolName == "mac", piece.fieldName == "prefix" {
            // The maker's three octets, which the stand-in keeps as well; the digits behind them are the device's own.
            result.value = String(piece.value.prefix(8))
        } else {
            result.value = scrubber.scrub(piece.value)
        }
        return result
    }

    /// `Ruth: read from the label`: who it was gets a stand-in, what was said is free text and goes altogether.
    private func decision(_ value: String) -> String {
        "\(pseudonyms.word("person", Self.name(in: value))): (a reason)"
    }

    private static let person = "person"

    /// What stands before the first colon.
    private static func name(in decision: String) -> String { String(decision.prefix { $0 != ":" }) }

    private func change(_ change: BeliefChange, _ scrubber: Scrubber) -> BeliefChange {
        var result = change
        func shown(_ value: String) -> String {
            change.attribute == .serial ? pseudonyms.word("serial", value) : scrubber.scrub(value)
        }
        result.from = change.from.map(shown)
        result.to = change.to.map(shown)
        if change.protocolName == Self.person {
            result.value = decision(change.value)
        } else if change.attribute == .serial, !change.value.isEmpty {
            result.value = pseudonyms.word("serial", change.value)
        } else if let field = change.field {
            result.value = value(change.value, of: field, scrubber)
        } else {
            result.value = scrubber.scrub(change.value)
        }
        return result
    }

    private func value(_ value: String, of field: Field, _ scrubber: Scrubber) -> String {
        if field == .mdnsTxt { return record(value, scrubber) }
        if field.staysReadable { return scrubber.scrub(value) }
        return Self.wholeAddress(value) ? scrubber.scrub(value) : pseudonyms.word(field.stand, value)
    }

    /// `key=value` of DNS service discovery (RFC 6763, 6.4): the value stays for keys that name a product.
    private func record(_ value: String, _ scrubber: Scrubber) -> String {
        guard let equals = value.firstIndex(of: "=") else { return scrubber.scrub(value) }
        let key = value[..<equals]
        if Self.productKeys.contains(key.lowercased()) { return scrubber.scrub(value) }
        return scrubber.scrub(String(key)) + "=" + pseudonyms.word("name", String(value[value.index(after: equals)...]))
    }

    private static let productKeys: Set<String> = [
        "md", "model", "mdl", "ty", "product", "mfg", "usb_mfg", "usb_mdl", "am", "rpmd", "vers", "fv", "srcvers", "os",
        "osxvers", "vendor", "manufacturer", "pdl", "txtvers", "qtotal", "color", "duplex", "rp", "version", "fw", "ci",
    ]

    // MARK: What must not appear

    private func secrets(_ snapshot: InventorySnapshot) -> [String: String] {
        var secrets: [String: String] = [:]
        func add(_ text: String, atLeast count: Int, _ stand: String) {
            if text.utf8.count >= count { secrets[text] = secrets[text] ?? stand }
        }
        for (index, coverage) in snapshot.coverage.enumerated() where coverage.input != "-" {
            add(coverage.input, atLeast: 2, Self.inputName(index))
        }
        // Some products call themselves by their model and nothing else: that names nobody, and models stay.
        let models = Set(snapshot.devices.compactMap { $0.judgements[.model]?.value })
        for device in snapshot.devices {
            add(device.id, atLeast: 2, pseudonyms.device(device.id))
            add(device.site, atLeast: 6, site(device.site))
            for name in device.names where !models.contains(name) { addName(name, &secrets) }
            if let serial = device.judgements[.serial] {
                for value in [serial.value] + serial.others.map(\.value) {
                    add(value, atLeast: 3, pseudonyms.word("serial", value))
                }
            }
            for change in device.history where change.attribute == .serial {
                for value in [change.from, change.to].compactMap(\.self) {
                    add(value, atLeast: 3, pseudonyms.word("serial", value))
                }
            }
            for value in decisions(about: device) {
                let name = Self.name(in: value)
                add(name, atLeast: 3, pseudonyms.word("person", name))
            }
            for part in device.components {
                if let serial = part.serial { add(serial, atLeast: 3, pseudonyms.word("serial", serial)) }
            }
            for peripheral in device.peripherals {
                if let serial = peripheral.serial { add(serial, atLeast: 3, pseudonyms.word("serial", serial)) }
            }
            for address in device.mac where address.isIndividual {
                // Without colons, as makers put it into names.
                let bare = address.description.filter { $0 != ":" }
                add(bare, atLeast: 12, pseudonyms.hardware(address).description.filter { $0 != ":" })
            }
            for text in device.eui64 {
                if let identifier = EUI64(text) { add(text, atLeast: 16, pseudonyms.eui64(identifier).description) }
            }
            // Eight octets at least: shorter ones (a VLAN's number, a realm named `Router`) stand in too many words.
            for (field, value) in read(from: device)
            where !field.staysReadable && field != .mdnsTxt && !models.contains(value) {
                if !Self.wholeAddress(value) { add(value, atLeast: 8, pseudonyms.word(field.stand, value)) }
            }
        }
        // What is said of products is no secret, even where a device was named after it.
        for judgement in snapshot.devices.flatMap({ device in
            [Attribute.vendor, .type, .os, .role].compactMap { device.judgements[$0]?.value }
        }) { secrets[judgement] = nil }
        return secrets
    }

    /// A name as a whole, its first label, and the domain behind it, which often names the hospital.
    private func addName(_ name: String, _ secrets: inout [String: String]) {
        let labels = name.split(separator: ".", maxSplits: 1)
        for part in [name[...]] + labels where part.utf8.count >= 3 && !Self.everybodys.contains(part.lowercased()) {
            let text = String(part)
            secrets[text] = secrets[text] ?? pseudonyms.word("name", text)
        }
    }

    private static let everybodys: Set<String> = [
        "local", "lan", "home", "localdomain", "internal", "intern", "corp", "com", "net", "org", "localhost",
        "home.arpa",
    ]

    /// What people said of it: their names must not appear anywhere.
    private func decisions(about device: Device) -> [String] {
        let pieces = device.judgements.values.flatMap { $0.evidence + $0.others.flatMap(\.evidence) }
        return pieces.filter { $0.protocolName == Self.person }.map(\.value)
            + device.history.filter { $0.protocolName == Self.person }.map(\.value)
    }

    private func read(from device: Device) -> [(Field, String)] {
        var all = device.facts.map { ($0.field, $0.value) }
        let pieces =
            device.judgements.values.flatMap { $0.evidence + $0.others.flatMap(\.evidence) }
            + device.findings.flatMap(\.evidence)
        for piece in pieces {
            if let field = piece.field { all.append((field, piece.value)) }
        }
        for change in device.history {
            if let field = change.field { all.append((field, change.value)) }
        }
        return all
    }

    // MARK: Small ones

    func site(_ name: String) -> String { name.isEmpty ? name : pseudonyms.word("site", name) }
    private static func inputName(_ index: Int) -> String { "input-\(index + 1)" }

    /// An address keeps its form, so that it can still be followed through the output.
    private static func wholeAddress(_ value: String) -> Bool {
        let bytes = Array(value.utf8)[...]
        return HardwareAddress(value) != nil || EUI64(value) != nil || IPAddress(dotted: bytes).map(\.isPrivate) == true
            || IPAddress(colons: bytes) != nil
    }
}

extension IPAddress {
    /// Behind all others.
    fileprivate static let unsorted = IPAddress(high: .max, low: .max)
}
