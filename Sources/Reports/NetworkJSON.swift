//===----------------------------------------------------------------------===//
// Wardlight · Reports
//
// Network JSON: switches, links, segments and places, as the inventory and `wardlight topology` write them.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// `wardlight topology --format json`, schema wardlight.topology/1: the same objects as in the inventory.
public enum TopologyJSON {
    public static let schema = "wardlight.topology/1"

    public static func bytes(of map: NetworkMap) -> [UInt8] {
        var json = JSONWriter()
        json.beginObject()
        json.key("schema")
        json.value(schema)
        json.network(map)
        json.endObject()
        json.newLine()
        return json.take()
    }
}

extension JSONWriter {
    /// `switches`, `links`, `segments`.
    mutating func network(_ map: NetworkMap) {
        key("switches")
        beginArray()
        for state in map.switches { switchState(state, asOf: map.asOf ?? state.polled) }
        endArray()
        key("links")
        beginArray()
        for link in map.links { self.link(link) }
        endArray()
        key("segments")
        beginArray()
        for segment in map.segments { self.segment(segment) }
        endArray()
    }

    mutating func place(_ place: Place) {
        key("place")
        beginObject(inline: true)
        if let wireless = place.wireless {
            text("accessPoint", place.port)
            text("ssid", wireless.ssid)
            text("security", wireless.security?.rawValue)
            text("agent", place.agent)
            if let port = wireless.port {
                key("accessPointPort")
                member(port)
            }
        } else {
            text("switch", place.switchName ?? place.agent)
            text("agent", place.agent)
            text("port", place.port)
            number("ifIndex", place.ifIndex)
        }
        number("vlan", place.vlan)
        text("segment", place.segment)
        text("since", place.since.description)
        text("seen", place.seen.description)
        if place.isUplink { flag("uplink", true) }
        endObject()
    }

    /// What a finding about a port says beyond its evidence.
    mutating func whereAndWhen(_ finding: Finding) {
        text("technique", finding.technique)
        text("falseAlarm", finding.falseAlarm)
        text("since", finding.since?.description)
        if let place = finding.place {
            key("place")
            port(place, switchName: nil)
        }
        if !finding.addresses.isEmpty {
            key("addresses")
            value(finding.addresses.map(\.description))
        }
    }

    mutating func signature(_ known: DeviceSignature) {
        key("signature")
        beginObject(inline: true)
        signatureParts(known.signature)
        number("polls", known.polls)
        flag("learned", known.isLearned)
        endObject()
    }

    private mutating func signatureParts(_ signature: PhysicalSignature) {
        text("text", signature.description)
        number("speed", signature.speed.map { UInt64($0) * 1_000_000 })
        text("duplex", signature.duplex?.rawValue)
        text("medium", signature.medium)
        names("offers", signature.offers)
        names("says", signature.says)
        if case .drawn(let deviceClass, let band) = signature.power {
            number("powerClass", deviceClass)
            number("drawBand", band)
        }
        if let power = signature.power { flag("powered", power != PhysicalSignature.Power.none) }
        number("wakeMicroseconds", signature.wake)
        number("flaps", signature.flaps)
    }

    private mutating func names(_ name: StaticString, _ abilities: LinkAbilities?) {
        guard let abilities else { return }
        key(name)
        value(abilities.names)
    }

    mutating func placeHistory(_ stays: [PlaceStay]) {
        key("placeHistory")
        beginArray()
        for stay in stays {
            beginObject(inline: true)
            text("switch", stay.switchName ?? stay.port.agent)
            text("agent", stay.port.agent)
            text("port", stay.port.port)
            number("ifIndex", stay.port.ifIndex)
            number("vlan", stay.vlan)
            text("since", stay.since.description)
            text("until", stay.until?.description)
            endObject()
        }
        endArray()
    }

    private mutating func port(_ port: Finding.Port, switchName: String?) {
        beginObject(inline: true)
        text("site", port.site)
        text("agent", port.agent)
        text("port", port.port)
        number("ifIndex", port.ifIndex)
        endObject()
    }

    private mutating func text(_ name: StaticString, _ text: String?) {
        guard let text else { return }
        key(name)
        value(text)
    }

    private mutating func number(_ name: StaticString, _ number: (some BinaryInteger)?) {
        guard let number else { return }
        key(name)
        value(number)
    }

    private mutating func flag(_ name: StaticString, _ flag: Bool?) {
        guard let flag else { return }
        key(name)
        value(flag)
    }

    private mutating func switchState(_ state: NetworkMap.SwitchState, asOf: Timestamp) {
        let about = state.about
        beginObject()
        text("name", about.name ?? about.agent)
        text("agent", about.agent)
        text("site", state.site)
        text("address", about.address?.description)
        text("chassis", about.chassis?.description)
        text("vendor", about.vendor)
        text("model", about.model)
        text("firmware", about.firmware)
        text("serial", about.serial)
        text("polled", state.polled.description)
        number("ageSeconds", state.polled.seconds(until: asOf))
        text("heard", state.heard?.description)
        number("forwardingRows", about.forwardingRows)
        number("unplacedRows", about.unplacedRows)
        key("missingMibs")
        value(about.missingMibs)
        key("ports")
        beginArray()
        for port in state.ports { self.port(port) }
        endArray()
        endObject()
    }

    private mutating func port(_ state: NetworkMap.PortState) {
        let port = state.port
        beginObject(inline: true)
        text("name", port.name)
        number("ifIndex", port.ifIndex)
        flag("up", port.isUp)
        number("speed", port.speed)
        text("duplex", port.duplex?.rawValue)
        if let poe = port.poe { power(poe) }
        text("mau", port.mau)
        if let transceiver = port.transceiver {
            key("transceiver")
            beginObject(inline: true)
            text("kind", transceiver.kind)
            text("maker", transceiver.maker)
            text("model", transceiver.model)
            text("serial", transceiver.serial)
            endObject()
        }
        if !port.partner.isEmpty {
            key("partner")
            value(port.partner)
        }
        number("vlan", port.vlan)
        text("lastChange", port.lastChange?.description)
        if state.isUplink { flag("uplink", true) }
        text("signature", state.signature?.description)
        if state.isAccessPoint { flag("accessPoint", true) }
        key("devices")
        value(state.devices.map(\.description))
        endObject()
    }

    private mutating func power(_ poe: PortPower) {
        key("poe")
        beginObject(inline: true)
        flag("enabled", poe.isEnabled)
        text("detection", poe.detection?.rawValue)
        number("class", poe.deviceClass)
        number("milliwatts", poe.milliwatts)
        endObject()
    }

    private mutating func link(_ link: SwitchLink) {
        beginObject(inline: true)
        text("site", link.site)
        key("from")
        end(link.one)
        key("to")
        end(link.other)
        flag("betweenSwitches", link.isBetweenSwitches)
        key("via")
        value(link.via.map(\.rawValue))
        endObject()
    }

    private mutating func end(_ end: SwitchLink.End) {
        beginObject(inline: true)
        text("switch", end.name ?? end.agent)
        text("agent", end.agent)
        text("port", end.port)
        number("ifIndex", end.ifIndex)
        text("chassis", end.chassis)
        endObject()
    }

    private mutating func member(_ port: SharedSegment.Member) {
        beginObject(inline: true)
        text("agent", port.agent)
        text("port", port.port)
        number("ifIndex", port.ifIndex)
        endObject()
    }

    private mutating func segment(_ segment: SharedSegment) {
        beginObject(inline: true)
        text("name", segment.name)
        text("site", segment.site)
        key("ports")
        beginArray()
        for port in segment.ports { member(port) }
        endArray()
        key("devices")
        value(segment.devices.map(\.description))
        endObject()
    }
}
