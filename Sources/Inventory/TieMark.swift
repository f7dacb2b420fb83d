//===----------------------------------------------------------------------===//
// Wardlight · Inventory
//
// Tie marks: which values name one device and no other?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Crypto
import Model

/// What kind of thing names a device, and how firmly two addresses that share one are tied.
enum TieKind: UInt8, Sendable, Codable {
    case serial, uuid, guid, engine, clientId, duid, chassis, embedded, certificate, name, equipment, sim, bluetooth

    /// Milli-log-odds that two addresses with the same value are one device.
    var weight: Int {
        switch self {
        // Made to be unique, and written into the device: 150 to 1 (e^5) that there are not two of them here.
        case .serial, .uuid, .guid, .duid, .chassis, .equipment, .bluetooth: 5_000
        // RFC 3411 and RFC 2132 want them unique, yet images are cloned with them.
        case .engine, .clientId: 4_500
        // One card, though it may be put into another device.
        case .sim: 4_000
        // Made of the hardware address itself.
        case .embedded: 6_000
        // One certificate serves many servers of a hospital.
        case .certificate: 1_200
        // Names are given by people, often twice: never enough alone.
        case .name: 2_500
        }
    }

    /// Whether it joins without help.
    var isStrong: Bool { weight >= Inventory.tieThreshold }

    /// Burnt-in addresses that may share a value before it is taken for a model's default: a computer has an Ethernet
    /// card, a wireless one and a dock or two; a switch has a card for each port.
    var mostShared: Int { self == .chassis ? 256 : 4 }

    /// Different values of a field that one address may have before it is taken for one that speaks for others (a
    /// discovery proxy, a sleep proxy). UPnP devices hold devices with a UDN each.
    var mostValues: Int { self == .uuid || self == .sim ? 8 : 4 }
}

/// A value that names the individual, as kept for comparing: kind, field, and 64 bits of SHA-256 of its plain form.
struct TieMark: Hashable, Sendable, Comparable {
    let kind: TieKind
    let field: UInt16
    let hash: UInt64

    static func < (one: Self, other: Self) -> Bool {
        if one.kind != other.kind { return one.kind.rawValue < other.kind.rawValue }
        return one.field != other.field ? one.field < other.field : one.hash < other.hash
    }

    init(kind: TieKind, field: Field?, hash: UInt64) {
        self.kind = kind
        self.field = field?.rawValue ?? .max
        self.hash = hash
    }

    init(_ kind: TieKind, _ field: Field?, _ text: String) {
        let hash = SHA256.hash(data: Array(text.utf8)).prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        self.init(kind: kind, field: field, hash: max(hash, 1))
    }

    /// Nil where the value names nobody in particular.
    ///
    /// - Parameter own: The hardware address of the one who said it: naming oneself by it ties to nobody else.
    init?(_ field: Field, _ text: String, own: HardwareAddress?) {
        switch field {
        case .lldpMedSerial, .cdpSerial, .hl7Serial, .poct1SerialId, .upnpSerialNumber, .wsdSerial, .s7Serial,
            .intellivueSerial, .knxSerial, .enipSerial, .sightingSerial:
            guard let serial = Self.serial(text, own) else { return nil }
            self.init(.serial, field, serial)
        case .upnpUdn, .ssdpUsn, .wsdAddress:
            guard let uuid = Self.uuid(in: text) else { return nil }
            self.init(.uuid, field, uuid)
        case .smbServerGuid:
            guard text.utf8.count >= 32, Self.isVaried(text) else { return nil }
            self.init(.guid, field, text.lowercased())
        case .snmpEngineId:
            guard text.utf8.count >= 18, Self.isVaried(String(text.dropFirst(10))) else { return nil }
            self.init(.engine, field, text.lowercased())
        case .dhcpClientId:
            guard let (kind, value) = Self.client(text, own) else { return nil }
            self.init(kind, field, value)
        case .dhcpv6ClientId:
            guard text.utf8.count >= 16, Self.isVaried(String(text.dropFirst(8))) else { return nil }
            self.init(.duid, field, text.lowercased())
        case .sightingImei: self.init(.equipment, field, text)
        case .sightingIccid: self.init(.sim, field, text)
        case .sightingBle: self.init(.bluetooth, field, text)
        // Cards that one host says are its own share the first of them.
        case .lldpChassisId, .agentCard:
            guard let address = HardwareAddress(text), address.isIndividual else { return nil }
            self.init(.chassis, field, address.description)
        case .tlsCertificateSubject:
            guard Self.longestNumber(in: text.lowercased()) >= 6 else { return nil }
            self.init(.certificate, field, text.lowercased())
        case .dhcpHostname, .dhcpFqdn, .dhcpv6Fqdn, .netbiosName, .smbNtlmHost, .mdnsHost, .rdpClientName,
            .lldpSystemName, .cdpDeviceId, .cdpSystemName, .agentHost:
            guard let name = Self.specificName(text) else { return nil }
            self.init(.name, field, name)
        case .mdnsName:
            let name = text.lowercased()
            guard Self.longestNumber(in: name) >= 6 else { return nil }
            self.init(.name, field, name)
        default: return nil
        }
    }

    // MARK: Plain forms

    private static let emptyWords = [
        "tobefilledbyoem", "defaultstring", "systemserialnumber", "serialnumber", "notspecified", "notavailable",
        "none",
        "unknown", "default", "null", "invalid", "0123456789", "123456789", "1234567890", "12345678",
    ]

    private static func serial(_ text: String, _ own: HardwareAddress?) -> String? {
        let plain = text.lowercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
        guard plain.utf8.count >= 5, isVaried(plain), plain.contains(where: \.isNumber), !emptyWords.contains(plain)
        else { return nil }
        return plain
    }

    /// The 36 characters of a UUID (RFC 9562, 4) somewhere in the text, in lower case.
    private static func uuid(in text: String) -> String? {
        let all = Array(text.lowercased().utf8)
        guard let start = all.indices.first(where: { isUUID(all[$0...].prefix(36)) }) else { return nil }
        let uuid = String(decoding: all[start..<start + 36], as: UTF8.self)
        let node = uuid.filter { $0 != "-" }
        // Sample code of old kits, built into many makers' devices.
        guard isVaried(node), !node.hasPrefix("12345678"), !uuid.hasPrefix("63041253-1019-2006-1228"),
            !uuid.hasPrefix("00000000-")
        else { return nil }
        return uuid
    }

    private static func isUUID(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard bytes.count == 36 else { return false }
        for (place, byte) in bytes.enumerated() {
            let isHyphen = place == 8 || place == 13 || place == 18 || place == 23
            if isHyphen ? byte != UInt8(ascii: "-") : hexadecimalDigit(byte) == nil { return false }
        }
        return true
    }

    /// RFC 4361, 6.1: type 255, four octets for the interface, then the DUID that DHCPv6 uses as well.
    private static func client(_ text: String, _ own: HardwareAddress?) -> (TieKind, String)? {
        let plain = text.lowercased()
        if let address = HardwareAddress(plain) {
            guard address.isIndividual, address != own, plain.utf8.count == 17 else { return nil }
            return (.clientId, address.description)
        }
        let isHexadecimal = plain.utf8.allSatisfy { hexadecimalDigit($0) != nil }
        if isHexadecimal, plain.hasPrefix("ff"), plain.utf8.count >= 26, isVaried(String(plain.dropFirst(18))) {
            return (.duid, String(plain.dropFirst(10)))
        }
        guard plain.utf8.count >= 6, isVaried(plain), longestNumber(in: plain) >= 6 || specificName(plain) != nil else {
            return nil
        }
        return (.clientId, plain)
    }

    /// More than two different characters: not all zeros, not `ffff`, not `1212`.
    private static func isVaried(_ text: String) -> Bool { Set(text.utf8).count > 2 }

    /// The longest run of hexadecimal digits that holds two decimal ones at least: `1a2b3c` in `esp_1a2b3c`.
    private static func longestNumber(in text: String) -> Int {
        var longest = 0
        var run = 0
        var decimals = 0
        for byte in text.utf8 {
            if hexadecimalDigit(byte) != nil {
                run += 1
                if byte < 0x3A { decimals += 1 }
                if decimals >= 2 { longest = max(longest, run) }
            } else {
                run = 0
                decimals = 0
            }
        }
        return longest
    }

    /// Words that say what a thing is, not which.
    private static let kinds: Set<String> = [
        "localhost", "localdomain", "ubuntu", "debian", "fedora", "kali", "centos", "linux", "openwrt", "lede",
        "unknown",
        "none", "null", "wlan", "eth", "default", "host", "ip", "client", "device", "printer", "camera", "windows",
        "win",
        "pc", "computer", "laptop", "notebook", "desktop", "server", "router", "switch", "phone", "tablet", "admin",
        "user", "test", "dhcp", "udhcp", "udhcpc", "busybox", "workgroup", "mshome", "home", "gateway", "accesspoint",
        "ap", "repeater", "monitor", "pump", "esp", "espressif", "arduino", "raspberrypi", "raspberry", "raspbian",
        "mac",
        "imac", "macmini", "macbook", "macbookpro", "macbookair", "lwip", "lwipr", "wlanthermo", "tizen", "android",
        "iphone", "ipad", "ipod", "watch", "appletv", "homepod", "chromecast", "googlehome", "firetv", "amazon",
        "kindle",
        "echo", "roku", "xbox", "xboxone", "playstation", "ps", "nintendo", "wii", "smarttv", "tv", "samsung", "wemo",
        "hs", "hub", "bridge", "generic", "embedded", "target", "module", "wireless", "wifi", "network", "system",
    ]
    /// Families of telephones whose devices are called by their model.
    private static let families = [
        "galaxy", "pixel", "redmi", "xiaomi", "poco", "huawei", "honor", "oneplus", "oppo", "realme", "vivo", "moto",
        "nokia", "sm-", "lg-", "htc", "xperia", "mi-", "nexus", "android-dhcp",
    ]

    /// The first label of a name, where it can be the name of one device only; nil for what a maker calls them all.
    static func specificName(_ text: String) -> String? {
        var name = text.lowercased()
        if name.hasSuffix("$") { name.removeLast() }
        name = String(name.prefix { $0 != "." })
        guard name.utf8.count >= 4, isVaried(name) else { return nil }
        if longestNumber(in: name) >= 6 { return name }
        let letters = name.filter { $0.isLetter }
        guard letters.utf8.count >= 2, !kinds.contains(letters), !families.contains(where: name.hasPrefix) else {
            return nil
        }
        // One short word is given twice soon; two words or a number are not.
        let isPlain = name.allSatisfy(\.isLetter)
        return name.utf8.count >= (isPlain ? 10 : 6) ? name : nil
    }
}

/// A mark at a site.
struct TieKey: Hashable, Sendable {
    let site: UInt32
    let kind: TieKind
    let hash: UInt64

    func hash(into hasher: inout Hasher) { hasher.combine(hash ^ UInt64(site) << 32 ^ UInt64(kind.rawValue) << 24) }
}

/// Who bears a mark.
struct TieHolders: Sendable {
    /// Places of records, the latest last; at most `most`.
    var places: [Int32] = []
    /// Different burnt-in addresses that ever bore it.
    var burntIn = 0
    /// Times that two of its bearers were there at once.
    var strikes: UInt8 = 0
    /// Too many share it: it names a model, not a device.
    var isCommon = false

    static let most = 64
    static let mostStrikes: UInt8 = 2
}

/// What ties a record to another one, or keeps them apart.
struct Link: Sendable {
    enum Kind: UInt8, Sendable {
        /// A person joined them.
        case person
        /// ARP, neighbour discovery or DHCP bound the one to the other.
        case binding
        /// The only address of a router in a network whose stations are seen here: its own interface.
        case only
        /// The judgement that set them apart (a router) was withdrawn.
        case withdrawn
        /// They share marks.
        case rule
        /// A person set them apart.
        case apart
        /// They talked to each other.
        case talk
        /// Both were there at once.
        case atOnce

        var isJoining: Bool { rawValue <= Kind.rule.rawValue }
    }

    var other: DeviceKey
    let kind: Kind
    var field: Field?
    var value: String?
    var weight: Int
    var isStrong = true
    var reason: String
    var moment: Timestamp
    var by: String?
    /// Of decisions: which was made later.
    var order: UInt64 = 0
}

/// One turn of a member of a group.
struct Beat: Sendable {
    let place: Int32
    let time: Timestamp
}
