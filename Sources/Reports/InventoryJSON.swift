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
    public static func write<Failure: Error>(
        _ snapshot: InventorySnapshot, facts: Bool = false, to sink: ([UInt8]) throws(Failure) -> Void
    ) throws(Failure) {
        var json = JSONWriter()
        json.beginObject()
        json.key("schema")
        json.value(schema)
        json.key("devices")
        json.beginArray()
        for device in snapshot.devices {
            json.device(device, facts: facts)
            if json.bytes.count >= 65_536 { try sink(json.take()) }
        }
        json.endArray()
        if let map = snapshot.network { json.network(map) }
        json.findings(snapshot.findings)
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

extension JSONWriter {
    fileprivate mutating func device(_ device: Device, facts: Bool) {
        beginObject()
        key("id")
        value(device.id)
        if !device.formerIds.isEmpty {
            key("formerIds")
            value(device.formerIds)
        }
        key("site")
        value(device.site)
        if let parent = device.parent {
            key("parent")
            value(parent)
        }
        key("class")
        value(device.deviceClass.rawValue)
        addresses(device)
        key("names")
        value(device.names)
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
        key("firstSeen")
        value(device.span.first.description)
        key("lastSeen")
        value(device.span.last.description)
        key("packets")
        value(device.packets)
        key("bytes")
        value(device.bytes)
        ties(device.ties)
        findings(device.findings)
        if !device.unsettled.isEmpty {
            key("unsettled")
            value(device.unsettled)
        }
        if !device.history.isEmpty { history(device.history) }
        if device.overflow > 0 {
            key("overflow")
            value(device.overflow)
        }
        if device.isStub {
            key("stub")
            value(true)
        }
        if facts { self.facts(device.facts) }
        endObject()
    }

    private mutating func addresses(_ device: Device) {
        key("addresses")
        beginObject(inline: true)
        key("mac")
        value(device.mac.map(\.description))
        key("ipv4")
        value(device.ipv4.map(\.description))
        key("ipv6")
        value(device.ipv6.map(\.description))
        key("eui64")
        value(device.eui64)
        endObject()
    }

    private mutating func judgement(_ judgement: Judgement) {
        beginObject()
        key("value")
        value(judgement.value)
        key("confidence")
        value(perMille: judgement.confidence)
        evidence(judgement.evidence)
        if !judgement.others.isEmpty {
            key("others")
            beginArray()
            for rival in judgement.others {
                beginObject()
                key("value")
                value(rival.value)
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
            key("protocol")
            value(piece.protocolName)
            key("field")
            value(piece.fieldName)
            key("value")
            value(piece.value)
            key("rule")
            value(piece.rule)
            key("seen")
            value(piece.seen)
            key("weight")
            value(piece.weight)
            endObject()
        }
        endArray()
    }

    private mutating func components(_ list: [Device.Component]) {
        key("components")
        beginArray()
        for part in list {
            beginObject(inline: true)
            key("kind")
            value(part.kind)
            if let model = part.model {
                key("model")
                value(model)
            }
            if let firmware = part.firmware {
                key("firmware")
                value(firmware)
            }
            if let serial = part.serial {
                key("serial")
                value(serial)
            }
            endObject()
        }
        endArray()
    }

    private mutating func locations(_ list: [Device.Location]) {
        if list.isEmpty { return }
        key("locations")
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
            key("since")
            value(place.since.description)
            if let until = place.until {
                key("until")
                value(until.description)
            }
            key("protocol")
            value(place.source.field.protocolName)
            key("field")
            value(place.source.field.name)
            key("value")
            value(place.source.value)
            key("seen")
            value(place.source.count)
            endObject()
        }
        endArray()
    }

    private mutating func services(_ list: [Device.Use]) {
        key("services")
        beginArray()
        for use in list {
            beginObject(inline: true)
            key("protocol")
            value(use.service.name)
            key("port")
            value(use.service.port)
            key("side")
            value(use.side.rawValue)
            if let transport = use.service.transport.name {
                key("transport")
                value(transport)
            }
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
            key("act")
            value(tie.act.rawValue)
            key("one")
            value(tie.one)
            key("other")
            value(tie.other)
            if let field = tie.field {
                key("protocol")
                value(field.protocolName)
                key("field")
                value(field.name)
            }
            if let text = tie.value {
                key("value")
                value(text)
            }
            key("weight")
            value(tie.weight)
            key("reason")
            value(tie.reason)
            key("at")
            value(tie.moment.description)
            if let person = tie.by {
                key("by")
                value(person)
            }
            endObject()
        }
        endArray()
    }

    fileprivate mutating func findings(_ list: [Finding]) {
        key("findings")
        beginArray()
        for finding in list {
            beginObject()
            key("rule")
            value(finding.rule)
            key("title")
            value(finding.title)
            key("severity")
            value(finding.severity.rawValue)
            evidence(finding.evidence)
            if !finding.sides.isEmpty { sides(finding.sides) }
            whereAndWhen(finding)
            endObject()
        }
        endArray()
    }

    private mutating func sides(_ list: [Finding.Side]) {
        key("sides")
        beginArray()
        for side in list {
            beginObject()
            key("says")
            value(side.says)
            key("layers")
            value(side.layers)
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
            key("at")
            value(change.moment.description)
            key("attribute")
            value(change.attribute.rawValue)
            if let from = change.from {
                key("from")
                value(from)
            }
            if let to = change.to {
                key("to")
                value(to)
                key("confidence")
                value(perMille: change.confidence)
            }
            if !change.protocolName.isEmpty {
                key("protocol")
                value(change.protocolName)
                key("field")
                value(change.fieldName)
                key("value")
                value(change.value)
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
            key("protocol")
            value(fact.field.protocolName)
            key("field")
            value(fact.field.name)
            key("value")
            value(fact.value)
            key("count")
            value(fact.count)
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
        key("packets")
        value(total.sums.packets)
        key("decoded")
        value(total.sums.decoded)
        if let span = total.sums.span {
            key("from")
            value(span.first.description)
            key("to")
            value(span.last.description)
        }
        key("linkTypes")
        value(total.sums.linkTypes)
        key("duplicates")
        value(perMille: total.duplicates)
        key("oneWayTCP")
        value(perMille: total.oneWayTCP)
        key("truncated")
        value(perMille: total.truncated)
        key("dropped")
        value(total.sums.dropped)
        key("evicted")
        value(snapshot.evicted)
        key("advice")
        beginArray()
        for line in snapshot.advice { value(line) }
        endArray()
        endObject()
    }

    private mutating func input(_ coverage: Coverage) {
        beginObject(inline: true)
        key("name")
        value(coverage.input)
        key("packets")
        value(coverage.packets)
        key("decoded")
        value(coverage.decoded)
        key("bytes")
        value(coverage.bytes)
        if let span = coverage.span {
            key("from")
            value(span.first.description)
            key("to")
            value(span.last.description)
        }
        key("linkTypes")
        value(coverage.linkTypes)
        if let problem = coverage.problem {
            key("problem")
            value(problem)
        }
        if let cure = coverage.cure {
            key("cure")
            value(cure)
        }
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
