//===----------------------------------------------------------------------===//
// Wardlight · Reports
//
// Device story: why does Wardlight believe this of a device?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// The evidence for one device, told so that a person can follow and contradict it.
public struct DeviceStory: Sendable {
    /// Columns of the terminal (40 at least).
    public var width: Int

    public init(width: Int = 100) {
        self.width = max(40, min(width, 400))
    }

    public func text(of device: Device, in snapshot: InventorySnapshot) -> String {
        var lines = [SafeText.neutralised(device.caption), String(repeating: "=", count: min(width, 72))]
        lines += identity(device, snapshot)
        lines += ties(device)
        for attribute in Attribute.allCases {
            if let judgement = device.judgements[attribute] { lines += self.attribute(attribute.title, judgement) }
        }
        if let label = device.label { lines += attribute("Label, as taught", label) }
        lines += unknown(device)
        lines += unsettled(device)
        lines += parts(device)
        lines += plugs(device)
        lines += places(device)
        lines += peripherals(device)
        lines += services(device)
        lines += findings(device)
        lines += judged(device, snapshot)
        lines += firmware(device)
        lines += history(device)
        lines += facts(device)
        return lines.joined(separator: "\n") + "\n"
    }

    // MARK: Who and when

    private func identity(_ device: Device, _ snapshot: InventorySnapshot) -> [String] {
        var lines: [String] = []
        func line(_ name: String, _ values: [String]) {
            if values.isEmpty { return }
            let text = values.prefix(16).map(SafeText.neutralised).joined(separator: ", ")
            let rest = values.count > 16 ? ", and \(values.count - 16) more" : ""
            lines += hanging(SafeText.padded(name, to: 12), text + rest)
        }
        line("id", [device.id])
        line("formerly", device.formerIds)
        line("site", [device.site])
        line("class", [device.deviceClass.rawValue])
        line("names", device.names)
        line("hardware", device.mac.map { $0.description + ($0.isLocallyAdministered ? " (set by software)" : "") })
        line("IPv4", device.ipv4.map(\.description))
        line("IPv6", device.ipv6.map(\.description))
        line("EUI-64", device.eui64)
        line("Numbers", device.identifiers)
        if let parent = device.parent {
            let gateway = snapshot.devices.first { $0.id == parent }
            line("behind", [gateway.map { "\($0.caption), \(parent)" } ?? parent])
            let isRouted = !device.ipv4.isEmpty || !device.ipv6.isEmpty || !device.mac.isEmpty
            lines += hanging(
                "",
                isRouted
                    ? "Its packets came through that router." : "It was never seen itself: the gateway spoke for it.")
        }
        line("children", snapshot.devices.filter { $0.parent == device.id }.map { "\($0.caption), \($0.id)" })
        if let place = device.place {
            line("place", [place.story])
            line("", ["since \(place.since), seen \(place.seen)"])
        }
        line("first seen", [device.span.first.description])
        line("last seen", [device.span.last.description])
        let traffic = "\(SafeText.counted(device.packets, "packet")), \(SafeText.counted(device.bytes, "byte"))"
        line("sent", [traffic])
        if device.isStub {
            lines += wrap("Only counted: the tables were full when it came, so nothing that it said was kept.")
        }
        if device.overflow > 0 {
            lines += wrap("\(SafeText.counted(device.overflow, "value")) found no room in its record.")
        }
        return lines + [""]
    }

    /// Why several addresses are this one device, and which are kept apart from it.
    private func ties(_ device: Device) -> [String] {
        var lines: [String] = []
        for (act, title) in [
            (Tie.Act.joined, "These addresses are one device because"),
            (.apart, "These are kept apart from it because"),
        ] {
            let ties = device.ties.filter { $0.act == act }
            if ties.isEmpty { continue }
            lines.append(title)
            for tie in ties.prefix(16) {
                var words = tie.by.map { "\($0) decided it: \(tie.reason)" } ?? tie.reason
                if let field = tie.field, let value = tie.value { words += " (\(field.path) `\(value)`)" }
                if tie.by == nil, tie.weight > 0 { words += "; weight +\(tie.weight)" }
                let text = "\(tie.one) and \(tie.other): \(words); since \(tie.moment)"
                lines += hanging("   ", SafeText.clipped(SafeText.neutralised(text), to: 400))
            }
            if ties.count > 16 { lines += hanging("   ", "and \(ties.count - 16) more") }
            lines.append("")
        }
        return lines
    }

    // MARK: What is believed, and why

    private func attribute(_ title: String, _ judgement: Judgement) -> [String] {
        let sure = SafeText.percent(perMille: judgement.confidence)
        let doubt = judgement.isDoubtful ? "; doubtful" : ""
        var lines = wrap("\(title): \(SafeText.neutralised(judgement.value)) (\(sure) sure\(doubt))")
        let pieces = judgement.evidence.sorted(by: Self.strongestFirst)
        for piece in pieces where piece.weight >= 0 { lines += evidence("for", piece) }
        for piece in pieces where piece.weight < 0 { lines += evidence("against", piece) }
        for rival in judgement.others {
            lines += hanging("    instead", "\(SafeText.neutralised(rival.value)), because of:")
            for piece in rival.evidence.sorted(by: Self.strongestFirst) { lines += evidence("", piece) }
        }
        if pieces.count == 1 && judgement.others.isEmpty {
            lines += hanging("    note   ", "One source only; a second one that agrees would make it firmer.")
        }
        return lines + [""]
    }

    private func evidence(_ side: String, _ piece: Evidence) -> [String] {
        let value = SafeText.clipped(SafeText.neutralised(piece.value), to: 160)
        let times = piece.seen > 0 ? ", seen \(SafeText.grouped(piece.seen)) \(piece.seen == 1 ? "time" : "times")" : ""
        let weight = "\(piece.weight < 0 ? "-" : "+")\(piece.weight.magnitude)"
        let source = "\(piece.protocolName) \(piece.fieldName)"
        let words = "\(source) said `\(value)`\(times); rule \(piece.rule), weight \(weight)"
        return hanging("    \(SafeText.padded(side, to: 7))", SafeText.neutralised(words))
    }

    /// By weight, then by rule and value so that equals keep one order.
    private static func strongestFirst(_ one: Evidence, _ other: Evidence) -> Bool {
        if one.weight.magnitude != other.weight.magnitude { return one.weight.magnitude > other.weight.magnitude }
        return (one.rule, one.protocolName, one.fieldName, one.value)
            < (other.rule, other.protocolName, other.fieldName, other.value)
    }

    private func unknown(_ device: Device) -> [String] {
        let missing = Attribute.allCases.filter { device.judgements[$0] == nil }
        if missing.isEmpty { return [] }
        var lines = ["Not known"]
        for attribute in missing {
            lines += hanging("    \(SafeText.padded(attribute.rawValue, to: 9))", attribute.whatWouldSettleIt)
        }
        return lines + [""]
    }

    // MARK: The rest

    private func parts(_ device: Device) -> [String] {
        if device.components.isEmpty { return [] }
        var lines = ["Parts"]
        for part in device.components {
            var words = [part.kind]
            if let model = part.model { words.append(model) }
            if let firmware = part.firmware { words.append("firmware \(firmware)") }
            if let serial = part.serial { words.append("serial \(serial)") }
            lines += hanging("   ", SafeText.neutralised(words.joined(separator: ", ")))
        }
        return lines + [""]
    }

    private func places(_ device: Device) -> [String] {
        let places = device.locations
        if places.isEmpty { return [] }
        var lines = ["Where it stood"]
        for place in places {
            var words = [place.facility, place.pointOfCare].filter { !$0.isEmpty }
            if !place.room.isEmpty { words.append("room \(place.room)") }
            if !place.bed.isEmpty { words.append("bed \(place.bed)") }
            let time = "since \(place.since)" + (place.until.map { " until \($0)" } ?? "")
            let text = words.joined(separator: ", ") + ": \(time) (\(place.source.field.path))"
            lines += hanging("   ", SafeText.neutralised(text))
        }
        return lines + [""]
    }

    private func peripherals(_ device: Device) -> [String] {
        guard let seen = device.peripheralsSeen else { return [] }
        let list = device.peripherals.isEmpty ? ["nothing"] : device.peripherals.map(\.sentence)
        return ["What hangs on it by USB, as it reported at \(seen)"]
            + list.flatMap { hanging("   ", SafeText.clipped(SafeText.neutralised($0), to: 400)) } + [""]
    }

    private func services(_ device: Device) -> [String] {
        if device.services.isEmpty { return [] }
        func words(_ side: Device.Use.Side) -> String {
            device.services.filter { $0.side == side }.map { use in
                let transport = use.service.transport.name ?? ""
                let port = use.service.port > 0 ? " \(transport)/\(use.service.port)" : ""
                return SafeText.neutralised(use.service.name) + port
            }.joined(separator: ", ")
        }
        var lines = ["Services"]
        for (name, side) in [("offers", Device.Use.Side.server), ("uses", .client)] {
            let list = words(side)
            if !list.isEmpty { lines += hanging("    \(SafeText.padded(name, to: 7))", list) }
        }
        return lines + [""]
    }

    private func findings(_ device: Device) -> [String] {
        var lines: [String] = []
        let all = device.findings.map { ("To look at", $0) } + device.weakControls.map { ("Weak control", $0) }
        for (kind, finding) in all {
            lines += wrap("\(kind) (\(finding.severity.rawValue)): \(SafeText.neutralised(finding.title))")
            lines += hanging("    rule   ", SafeText.neutralised(finding.rule))
            for (number, side) in finding.sides.enumerated() {
                let layers = side.layers.joined(separator: ", ")
                let words = "\(SafeText.neutralised(side.says)), by \(SafeText.neutralised(layers)):"
                lines += hanging("    \(number == 0 ? "one    " : "other  ")", words)
                for piece in side.evidence { lines += evidence("read", piece) }
            }
            if finding.sides.isEmpty {
                for piece in finding.evidence { lines += evidence("read", piece) }
            }
            lines += whereAndWhen(finding)
            lines.append("")
        }
        return lines
    }

    private func whereAndWhen(_ finding: Finding) -> [String] {
        var lines: [String] = []
        if let place = finding.place {
            lines += hanging("    where  ", SafeText.neutralised("\(place.agent), port \(place.port)"))
        }
        if let since = finding.since { lines += hanging("    since  ", since.description) }
        if let technique = finding.technique { lines += hanging("    ATT&CK ", SafeText.neutralised(technique)) }
        if let text = finding.falseAlarm { lines += hanging("    unless ", SafeText.neutralised(text)) }
        return lines
    }

    /// Where its cable goes, and where it went before.
    private func plugs(_ device: Device) -> [String] {
        guard let place = device.place else { return [] }
        var lines = ["Where it is plugged in"]
        let vlan = place.vlan.map { ", VLAN \($0)" } ?? ""
        let beyond = place.isUplink ? ", beyond that port on a switch that was not read" : ""
        let now = "\(place.switchName ?? place.agent), port \(place.port)\(vlan)\(beyond), since \(place.since)"
        lines += hanging("   ", SafeText.neutralised(now))
        if let known = device.signature {
            let often = known.isLearned ? "normal, \(known.polls) polls" : "\(known.polls) polls so far"
            lines += hanging("   ", "its hardware looks like \(known.signature) (\(often); docs/signatures.md)")
        }
        for stay in device.stays.dropLast().reversed() {
            let until = stay.until.map { " until \($0)" } ?? ""
            let text = "before: \(stay.switchName ?? stay.port.agent), port \(stay.port.port), "
            lines += hanging("   ", SafeText.neutralised(text + "from \(stay.since)\(until)"))
        }
        return lines + [""]
    }

    private func unsettled(_ device: Device) -> [String] {
        if device.unsettled.isEmpty { return [] }
        return ["What would settle it"] + device.unsettled.flatMap { hanging("   ", SafeText.neutralised($0)) } + [""]
    }

    private func history(_ device: Device) -> [String] {
        if device.history.isEmpty { return [] }
        var lines = ["How it came to be known"]
        for change in device.history {
            let from = change.from.map { "\(SafeText.neutralised($0)) became " } ?? ""
            let to = change.to.map(SafeText.neutralised) ?? "not known"
            let sure = change.to == nil ? "" : " (\(SafeText.percent(perMille: change.confidence)))"
            let cause =
                change.protocolName.isEmpty
                ? ""
                : ", because \(change.protocolName) \(change.fieldName) said "
                    + "`\(SafeText.clipped(SafeText.neutralised(change.value), to: 100))`"
            let words = "\(change.attribute.rawValue): \(from)\(to)\(sure)\(SafeText.neutralised(cause))"
            lines += hanging("    \(change.moment.description.prefix(19))Z", words)
        }
        return lines + [""]
    }

    private func facts(_ device: Device) -> [String] {
        if device.facts.isEmpty { return [] }
        var lines = ["Everything that was read from it"]
        for fact in device.facts {
            let value = SafeText.clipped(SafeText.neutralised(fact.value), to: 160)
            let (first, last) = (fact.span.first, fact.span.last)
            let when = first == last ? "\(first)" : "\(first) to \(last)"
            let times = fact.count == 1 ? "once" : "\(SafeText.grouped(fact.count)) times"
            lines += hanging("    \(fact.field.path)", "`\(value)`, \(times), \(when)")
        }
        return lines
    }

    // MARK: Layout

    func wrap(_ text: String) -> [String] {
        let lines = SafeText.wrapped(text, to: width - 2)
        return lines.enumerated().map { $0.offset == 0 ? $0.element : "  " + $0.element }
    }

    /// A head, then text whose further lines stand below its own first one.
    func hanging(_ head: String, _ text: String) -> [String] {
        let indent = min(head.count + 1, 14)
        let lines = SafeText.wrapped(text, to: width - max(indent, head.count + 1))
        return lines.enumerated().map { line in
            line.offset == 0 ? "\(head) \(line.element)" : String(repeating: " ", count: indent) + line.element
        }
    }
}

extension Attribute {
    var title: String {
        switch self {
        case .vendor: "Vendor"
        case .type: "Type"
        case .model: "Model"
        case .os: "Operating system"
        case .firmware: "Firmware"
        case .serial: "Serial number"
        case .role: "Role"
        }
    }

    /// What would have to be heard to know it. Wardlight only listens, so it waits for these or a person looks.
    var whatWouldSettleIt: String {
        switch self {
        case .vendor: "a hardware address that is burnt in, or a DHCP, LLDP, mDNS or HL7 message that names the maker"
        case .type: "the device joining the network (DHCP, LLDP, mDNS) or its clinical traffic (DICOM, HL7, SDC)"
        case .model: "its announcement (LLDP-MED, CDP, mDNS, SSDP, WS-Discovery), DICOM association or ASTM header"
        case .os: "its DHCP request, the start of a TCP or TLS connection, or an HTTP User-Agent"
        case .firmware: "its announcement (LLDP-MED, CDP, IntelliVue), an ASTM header, or a service banner"
        case .serial: "LLDP-MED, an HL7 PRT or OBX-18 segment with a UDI, an ASTM header, or the label on the device"
        case .role: "more of its conversations: who asks it, and whom it asks"
        }
    }
}
