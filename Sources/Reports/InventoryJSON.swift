//===----------------------------------------------------------------------===//
// Wardlight · Reports
//
// Inventory JSON: every device for machines to read, schema wardlight.inventory/1.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// The inventory as JSON. Key order, number format and layout are fixed: the same inventory gives the same bytes.
///
/// Described in `docs/inventory-json.md`; `docs/schema/wardlight.inventory-1.schema.json` is the contract.
public enum InventoryJSON {
    public static let schema = "wardlight.inventory/1"

    /// The whole document with a final line feed. For large inventories prefer `write`, which never holds it all.
    ///
    /// - Parameter facts: Whether each device also lists what was read from it.
    public static func bytes(of snapshot: InventorySnapshot, facts: Bool = false) -> [UInt8] {
        var all: [UInt8] = []
        write(snapshot, facts: facts) { all += $0 }
        return all
    }

    /// Writes the document in pieces of about 64 KiB, so that memory stays flat however many devices there are.
    ///
    /// - Parameter told: brings back, a device at a time, what a brief snapshot left out.
    public static func write<Failure: Error>(
        _ snapshot: InventorySnapshot, facts: Bool = false, told: (Device) -> Device = { $0 },
        to sink: ([UInt8]) throws(Failure) -> Void
    ) throws(Failure) {
        var json = JSONWriter()
        json.beginObject()
        json.member("schema", schema)
        json.key("devices")
        json.beginArray()
        for device in snapshot.devices {
            json.device(told(device), facts: facts)
            if json.bytes.count >= 65_536 { try sink(json.take()) }
        }
        json.endArray()
        if let map = snapshot.network { json.network(map) }
        json.findings(snapshot.findings)
        if !snapshot.weakControls.isEmpty { json.findings(snapshot.weakControls, under: "weakControls") }
        if let list = snapshot.declared, let reconciliation = snapshot.reconciliation {
            try json.declared(list, reconciliation, to: sink)
        }
        if let answers = snapshot.answers { try json.answers(answers, to: sink) }
        json.coverage(snapshot)
        json.key("oddities")
        json.beginObject()
        for (name, count) in snapshot.oddities.sorted(by: { $0.key < $1.key }) {
            json.key(text: name)
            json.value(count)
        }
        json.endObject()
        json.endObject()
        json.newLine()
        try sink(json.take())
    }
}

extension InventoryJSON {
    /// One device, as it stands in `devices`, with what was read from it.
    public static func bytes(of device: Device) -> [UInt8] {
        var json = JSONWriter()
        json.device(device, facts: true)
        json.newLine()
        return json.take()
    }
}

extension JSONWriter {
    /// `history`, `placeHistory` and `locations` of a device, as it writes them itself; each is there.
    package mutating func story(of device: Device) {
        history(device.history)
        placeHistory(device.stays)
        key("locations")
        locationList(device.locations)
    }

    package mutating func device(_ device: Device, facts: Bool) {
        beginObject()
        member("id", device.id)
        if !device.formerIds.isEmpty { member("formerIds", device.formerIds) }
        member("site", device.site)
        member("parent", device.parent)
        member("class", device.deviceClass.rawValue)
        addresses(device)
        let identifiers = device.identifiers
        if !identifiers.isEmpty { member("identifiers", identifiers) }
        member("names", device.names)
        for attribute in Attribute.allCases {
            if let judgement = device.judgements[attribute] {
                key(text: attribute.rawValue)
                self.judgement(judgement)
            }
        }
        if let label = device.label {
            key("label")
            judgement(label)
        }
        components(device.components)
        locations(device.locations)
        if let place = device.place { self.place(place) }
        if let signature = device.signature { self.signature(signature) }
        if !device.stays.isEmpty { placeHistory(device.stays) }
        peripherals(device.peripherals, seen: device.peripheralsSeen)
        services(device.services)
        member("firstSeen", device.span.first.description)
        member("lastSeen", device.span.last.description)
        member("packets", device.packets)
        member("bytes", device.bytes)
        ties(device.ties)
        findings(device.findings)
        judged(device)
        if !device.unsettled.isEmpty { member("unsettled", device.unsettled) }
        if !device.history.isEmpty { history(device.history) }
        if device.overflow > 0 { member("overflow", device.overflow) }
        if device.isStub { member("stub", true) }
        if facts { self.facts(device.facts) }
        endObject()
    }

    private mutating func addresses(_ device: Device) {
        key("addresses")
        beginObject(inline: true)
        member("mac", device.mac.map(\.description))
        member("ipv4", device.ipv4.map(\.description))
        member("ipv6", device.ipv6.map(\.description))
        member("eui64", device.eui64)
        endObject()
    }

    private mutating func judgement(_ judgement: Judgement) {
        beginObject()
        member("value", judgement.value)
        key("confidence")
        value(perMille: judgement.confidence)
        evidence(judgement.evidence)
        if !judgement.others.isEmpty {
            key("others")
            beginArray()
            for rival in judgement.others {
                beginObject()
                member("value", rival.value)
                evidence(rival.evidence)
                endObject()
            }
            endArray()
        }
        endObject()
    }

    private mutating func evidence(_ list: [Evidence]) {
        key("evidence")
        beginArray()
        for piece in list {
            beginObject(inline: true)
            member("protocol", piece.protocolName)
            member("field", piece.fieldName)
            member("value", piece.value)
            member("rule", piece.rule)
            member("seen", piece.seen)
            member("weight", piece.weight)
            endObject()
        }
        endArray()
    }

    private mutating func components(_ list: [Device.Component]) {
        key("components")
        beginArray()
        for part in list {
            beginObject(inline: true)
            member("kind", part.kind)
            member("model", part.model)
            member("firmware", part.firmware)
            member("serial", part.serial)
            endObject()
        }
        endArray()
    }

    private mutating func locations(_ list: [Device.Location]) {
        if list.isEmpty { return }
        key("locations")
        locationList(list)
    }

    private mutating func locationList(_ list: [Device.Location]) {
        beginArray()
        for place in list {
            beginObject(inline: true)
            let parts: [(name: StaticString, text: String)] = [
                ("facility", place.facility), ("pointOfCare", place.pointOfCare), ("room", place.room),
                ("bed", place.bed),
            ]
            for part in parts where !part.text.isEmpty {
                key(part.name)
                value(part.text)
            }
            member("since", place.since.description)
            member("until", place.until?.description)
            member("protocol", place.source.field.protocolName)
            member("field", place.source.field.name)
            member("value", place.source.value)
            member("seen", place.source.count)
            endObject()
        }
        endArray()
    }

    private mutating func services(_ list: [Device.Use]) {
        key("services")
        beginArray()
        for use in list {
            beginObject(inline: true)
            member("protocol", use.service.name)
            member("port", use.service.port)
            member("side", use.side.rawValue)
            member("transport", use.service.transport.name)
            endObject()
        }
        endArray()
    }

    private mutating func ties(_ list: [Tie]) {
        if list.isEmpty { return }
        key("ties")
        beginArray()
        for tie in list {
            beginObject(inline: true)
            member("act", tie.act.rawValue)
            member("one", tie.one)
            member("other", tie.other)
            if let field = tie.field {
                member("protocol", field.protocolName)
                member("field", field.name)
            }
            member("value", tie.value)
            member("weight", tie.weight)
            member("reason", tie.reason)
            member("at", tie.moment.description)
            member("by", tie.by)
            endObject()
        }
        endArray()
    }

    mutating func findings(_ list: [Finding], under name: StaticString = "findings") {
        key(name)
        beginArray()
        for finding in list {
            beginObject()
            members(finding)
            endObject()
        }
        endArray()
    }

    /// What a finding says, as members of the object that is open.
    package mutating func members(_ finding: Finding) {
        member("rule", finding.rule)
        member("title", finding.title)
        member("severity", finding.severity.rawValue)
        evidence(finding.evidence)
        if !finding.sides.isEmpty { sides(finding.sides) }
        whereAndWhen(finding)
    }

    private mutating func sides(_ list: [Finding.Side]) {
        key("sides")
        beginArray()
        for side in list {
            beginObject()
            member("says", side.says)
            member("layers", side.layers)
            evidence(side.evidence)
            endObject()
        }
        endArray()
    }

    private mutating func history(_ list: [BeliefChange]) {
        key("history")
        beginArray()
        for change in list {
            beginObject(inline: true)
            member("at", change.moment.description)
            member("attribute", change.attribute.rawValue)
            member("from", change.from)
            if let to = change.to {
                member("to", to)
                key("confidence")
                value(perMille: change.confidence)
            }
            if !change.protocolName.isEmpty {
                member("protocol", change.protocolName)
                member("field", change.fieldName)
                member("value", change.value)
            }
            endObject()
        }
        endArray()
    }

    private mutating func facts(_ list: [FactSummary]) {
        key("facts")
        beginArray()
        for fact in list {
            beginObject(inline: true)
            member("protocol", fact.field.protocolName)
            member("field", fact.field.name)
            member("value", fact.value)
            member("count", fact.count)
            endObject()
        }
        endArray()
    }

    fileprivate mutating func coverage(_ snapshot: InventorySnapshot) {
        let total = CoverageTotal(snapshot)
        key("coverage")
        beginObject()
        key("inputs")
        beginArray()
        for input in snapshot.coverage { self.input(input) }
        endArray()
        member("packets", total.sums.packets)
        member("decoded", total.sums.decoded)
        if let span = total.sums.span {
            member("from", span.first.description)
            member("to", span.last.description)
        }
        member("linkTypes", total.sums.linkTypes)
        key("duplicates")
        value(perMille: total.duplicates)
        key("oneWayTCP")
        value(perMille: total.oneWayTCP)
        key("truncated")
        value(perMille: total.truncated)
        member("dropped", total.sums.dropped)
        member("evicted", snapshot.evicted)
        key("advice")
        beginArray()
        for line in snapshot.advice { value(line) }
        endArray()
        endObject()
    }

    private mutating func input(_ coverage: Coverage) {
        beginObject(inline: true)
        member("name", coverage.input)
        member("packets", coverage.packets)
        member("decoded", coverage.decoded)
        member("bytes", coverage.bytes)
        if let span = coverage.span {
            member("from", span.first.description)
            member("to", span.last.description)
        }
        member("linkTypes", coverage.linkTypes)
        member("problem", coverage.problem)
        member("cure", coverage.cure)
        endObject()
    }
}

extension Service.Transport {
    /// `tcp`, `udp`, `sctp`; nil where the protocol runs directly on the link.
    var name: String? {
        switch self {
        case .none: nil
        case .tcp: "tcp"
        case .udp: "udp"
        case .sctp: "sctp"
        }
    }
}
