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
        json.member("schema", schema)
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
            member("accessPoint", place.port)
            member("ssid", wireless.ssid)
            member("security", wireless.security?.rawValue)
            member("agent", place.agent)
            if let port = wireless.port {
                key("accessPointPort")
                member(port)
            }
        } else {
            member("switch", place.switchName ?? place.agent)
            member("agent", place.agent)
            member("port", place.port)
            member("ifIndex", place.ifIndex)
        }
        member("vlan", place.vlan)
        member("segment", place.segment)
        member("since", place.since.description)
        member("seen", place.seen.description)
        if place.isUplink { member("uplink", true) }
        endObject()
    }

    /// What a finding about a port says beyond its evidence.
    mutating func whereAndWhen(_ finding: Finding) {
        member("technique", finding.technique)
        member("falseAlarm", finding.falseAlarm)
        member("since", finding.since?.description)
        if let place = finding.place {
            key("place")
            port(place, switchName: nil)
        }
        if !finding.addresses.isEmpty { member("addresses", finding.addresses.map(\.description)) }
    }

    mutating func signature(_ known: DeviceSignature) {
        key("signature")
        beginObject(inline: true)
        signatureParts(known.signature)
        member("polls", known.polls)
        member("learned", known.isLearned)
        endObject()
    }

    private mutating func signatureParts(_ signature: PhysicalSignature) {
        member("text", signature.description)
        member("speed", signature.speed.map { UInt64($0) * 1_000_000 })
        member("duplex", signature.duplex?.rawValue)
        member("medium", signature.medium)
        names("offers", signature.offers)
        names("says", signature.says)
        if case .drawn(let deviceClass, let band) = signature.power {
            member("powerClass", deviceClass)
            member("drawBand", band)
        }
        if let power = signature.power { member("powered", power != PhysicalSignature.Power.none) }
        member("wakeMicroseconds", signature.wake)
        member("flaps", signature.flaps)
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
            member("switch", stay.switchName ?? stay.port.agent)
            member("agent", stay.port.agent)
            member("port", stay.port.port)
            member("ifIndex", stay.port.ifIndex)
            member("vlan", stay.vlan)
            member("since", stay.since.description)
            member("until", stay.until?.description)
            endObject()
        }
        endArray()
    }

    private mutating func port(_ port: Finding.Port, switchName: String?) {
        beginObject(inline: true)
        member("site", port.site)
        member("agent", port.agent)
        member("port", port.port)
        member("ifIndex", port.ifIndex)
        endObject()
    }

    private mutating func switchState(_ state: NetworkMap.SwitchState, asOf: Timestamp) {
        let about = state.about
        beginObject()
        member("name", about.name ?? about.agent)
        member("agent", about.agent)
        member("site", state.site)
        member("address", about.address?.description)
        member("chassis", about.chassis?.description)
        member("vendor", about.vendor)
        member("model", about.model)
        member("firmware", about.firmware)
        member("serial", about.serial)
        member("polled", state.polled.description)
        member("ageSeconds", state.polled.seconds(until: asOf))
        member("heard", state.heard?.description)
        member("forwardingRows", about.forwardingRows)
        member("unplacedRows", about.unplacedRows)
        member("missingMibs", about.missingMibs)
        key("ports")
        beginArray()
        for port in state.ports { self.port(port) }
        endArray()
        endObject()
    }

    private mutating func port(_ state: NetworkMap.PortState) {
        let port = state.port
        beginObject(inline: true)
        member("name", port.name)
        member("ifIndex", port.ifIndex)
        member("up", port.isUp)
        member("speed", port.speed)
        member("duplex", port.duplex?.rawValue)
        if let poe = port.poe { power(poe) }
        member("mau", port.mau)
        if let transceiver = port.transceiver {
            key("transceiver")
            beginObject(inline: true)
            member("kind", transceiver.kind)
            member("maker", transceiver.maker)
            member("model", transceiver.model)
            member("serial", transceiver.serial)
            endObject()
        }
        if !port.partner.isEmpty { member("partner", port.partner) }
        member("vlan", port.vlan)
        member("lastChange", port.lastChange?.description)
        if state.isUplink { member("uplink", true) }
        member("signature", state.signature?.description)
        if state.isAccessPoint { member("accessPoint", true) }
        member("devices", state.devices.map(\.description))
        endObject()
    }

    private mutating func power(_ poe: PortPower) {
        key("poe")
        beginObject(inline: true)
        member("enabled", poe.isEnabled)
        member("detection", poe.detection?.rawValue)
        member("class", poe.deviceClass)
        member("milliwatts", poe.milliwatts)
        endObject()
    }

    private mutating func link(_ link: SwitchLink) {
        beginObject(inline: true)
        member("site", link.site)
        key("from")
        end(link.one)
        key("to")
        end(link.other)
        member("betweenSwitches", link.isBetweenSwitches)
        member("via", link.via.map(\.rawValue))
        endObject()
    }

    private mutating func end(_ end: SwitchLink.End) {
        beginObject(inline: true)
        member("switch", end.name ?? end.agent)
        member("agent", end.agent)
        member("port", end.port)
        member("ifIndex", end.ifIndex)
        member("chassis", end.chassis)
        endObject()
    }

    private mutating func member(_ port: SharedSegment.Member) {
        beginObject(inline: true)
        member("agent", port.agent)
        member("port", port.port)
        member("ifIndex", port.ifIndex)
        endObject()
    }

    private mutating func segment(_ segment: SharedSegment) {
        beginObject(inline: true)
        member("name", segment.name)
        member("site", segment.site)
        key("ports")
        beginArray()
        for port in segment.ports { member(port) }
        endArray()
        member("devices", segment.devices.map(\.description))
        endObject()
    }
}
