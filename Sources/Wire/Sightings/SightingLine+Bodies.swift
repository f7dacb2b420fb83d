//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// What one sighting tells: whom it is about, and what is said of it.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension SightingLine {
    /// Whether its Bluetooth address is a new one every quarter of an hour (Core 5.4, vol. 3, part C, 10.7).
    ///
    /// Where nobody says what kind of address it is, the two highest bits 01 are taken for a resolvable one.
    public var isRotating: Bool {
        guard let ble else { return false }
        switch bleKind {
        case .public, .static: return false
        case .resolvable, .nonResolvable: return true
        case nil: return ble.bits >> 46 == 0b01
        }
    }

    /// Whom it is about: by its card, else by the number that stays with it longest; nil where nothing in it names one
    /// device (a Bluetooth address that rotates).
    public var subject: Subject? {
        if let mac { return Subject(hardware: mac, network: ip) }
        func child(_ text: String, behind gateway: HardwareAddress? = nil) -> Subject {
            Subject(hardware: gateway, child: JSONText.cut(text, Limits.text))
        }
        if let eui64 { return child("eui64:\(eui64)", behind: gateway) }
        if let imei { return child("imei:\(imei)", behind: gateway) }
        if let ble, !isRotating { return child("ble:\(ble)", behind: gateway) }
        if let serial = texts[.serial] {
            // Two makers count alike: the number is one maker's.
            guard let vendor = texts[.vendor] else { return child("serial:\(serial)") }
            return child("sn:\(vendor.lowercased()):\(serial)", behind: gateway)
        }
        if let iccid { return child("iccid:\(iccid)", behind: gateway) }
        if let tag = texts[.assetTag] { return child("tag:\(tag)", behind: gateway) }
        if ble != nil, let name = texts[.bleName] ?? texts[.name], Self.isOfOne(name) {
            return child("ble:\(name)", behind: gateway)
        }
        return ip.map { Subject(network: $0) }
    }

    /// Whether a name is that of one device rather than of a model: it has a number of at least four hexadecimal digits, or
    /// a word of at least six letters and digits with two digits in it. `Polar H10 A1B2C3D4` is, `Polar H10` is not.
    static func isOfOne(_ name: String) -> Bool {
        name.split { !($0.isLetter || $0.isNumber) }.contains { word in
            let decimals = word.utf8.count { $0 >= 0x30 && $0 <= 0x39 }
            guard decimals >= 2 else { return false }
            return word.utf8.count >= 6 || word.utf8.count >= 4 && word.utf8.allSatisfy { hexadecimalDigit($0) != nil }
        }
    }

    /// What is said of it, in a fixed order.
    public var facts: [(field: Field, value: String)] {
        var facts: [(Field, String)] = [(.sightingSource, source.rawValue)]
        func add(_ field: Field, _ text: String?) {
            if let text, !text.isEmpty { facts.append((field, JSONText.cut(text, Limits.text))) }
        }
        for text in Text.allCases { if let value = texts[text] { add(field(of: text), value) } }
        add(.sightingImei, imei?.description)
        add(.sightingTypeCode, imei?.typeCode)
        add(.sightingIccid, iccid?.description)
        if !isRotating { add(.sightingBle, ble?.description) }
        add(.sightingPlace, place?.text)
        return facts
    }

    /// A lease tells what the device itself said in DHCP.
    private func field(of text: Text) -> Field {
        switch text {
        case .name: source == .dhcpLease ? .dhcpHostname : .sightingName
        case .bleName: .sightingBleName
        case .vendor: .sightingVendor
        case .model: .sightingModel
        case .type: .sightingType
        case .os: .sightingOs
        case .firmware: .sightingFirmware
        case .serial: .sightingSerial
        case .assetTag: .sightingAssetTag
        case .accessPoint: .sightingAccessPoint
        case .ssid: .sightingSsid
        case .vendorClass: .dhcpVendorClass
        case .clientId: .dhcpClientId
        }
    }

    /// Whether who wrote the list gave the address to the card, so that the pair is certain.
    public var isBinding: Bool { mac != nil && ip != nil && (source == .dhcpLease || source == .radius) }

    /// Where it is on the air; nil where nothing says so. What a list of managed devices says of it is of long ago.
    public var wireless: WirelessStation? {
        guard let mac, source != .mdm, source != .dhcpLease, texts[.accessPoint] != nil || texts[.ssid] != nil else {
            return nil
        }
        var station = WirelessStation(agent: "sightings", hardware: mac)
        station.network = ip
        if let point = texts[.accessPoint] {
            station.accessPointAddress = HardwareAddress(point)
            if station.accessPointAddress == nil { station.accessPoint = point }
        }
        station.ssid = texts[.ssid]
        station.vlan = vlan
        return station
    }

    /// Services that it offers and uses. What was not looked into is called by its transport.
    public var services: [Device.Use] {
        func use(_ port: Port, _ side: Device.Use.Side) -> Device.Use {
            Device.Use(
                service: Service(name: port.transport.name, port: port.number, transport: port.transport), side: side)
        }
        return serves.map { use($0, .server) } + uses.map { use($0, .client) }
    }
}
