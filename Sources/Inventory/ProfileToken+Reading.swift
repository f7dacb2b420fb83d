//===----------------------------------------------------------------------===//
// Wardlight · Inventory
//
// Reading tokens: from what a device said and did to what its kind says and does.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension Device {
    /// What can be said of its kind, each once, sorted: from its facts and services only.
    ///
    /// Left out: whatever names this one device, a person, or the network that it stands in.
    /// - Parameter local: Domains of the capture's own network, in lower case; names in them do not count.
    public func profileTokens(without local: Set<String> = []) -> [ProfileToken] {
        var reader = TokenReader(hardware: mac, local: local)
        for fact in facts { reader.read(fact.field, fact.value) }
        for use in services { reader.read(use) }
        return reader.tokens.sorted()
    }
}

/// Collects the tokens of one device.
private struct TokenReader {
    private let blank: IndividualBlank
    private let local: Set<String>
    var tokens: Set<ProfileToken> = []

    init(hardware: [HardwareAddress], local: Set<String>) {
        blank = IndividualBlank(hardware: hardware)
        self.local = local
    }

    private mutating func add(_ kind: String, _ value: some StringProtocol) {
        guard value.utf8.contains(where: { $0 != UInt8(ascii: "#") && $0 != UInt8(ascii: " ") }) else { return }
        tokens.insert(ProfileToken(kind, String(value)))
    }

    mutating func read(_ use: Device.Use) {
        let service = use.service
        var name = service.name.lowercased()
        switch service.transport {
        case .tcp where name == "tcp", .udp where name == "udp", .sctp where name == "sctp":
            // Ports from here on are drawn at random (Linux draws from 32,768 on), and 0 stands for several.
            name += service.port == 0 || service.port >= 32_768 ? "/other" : "/\(service.port)"
        default:
            // Where the protocol has a port of its own the port tells nothing.
            if !["dhcp", "dns", "mdns", "ssdp", "ntp", "llmnr", "arp"].contains(name) && service.port > 0 {
                name += "/\(service.port)"
            }
        }
        add(use.side.rawValue, name)
    }

    mutating func read(_ field: Field, _ value: String) {
        switch field.tokenForm {
        case .none: return
        case .exact: add(field.path, blank.tidy(value))
        case .text: add(field.path, blank.filled(value))
        case .words:
            let text = blank.filled(value)
            add(field.path, text)
            for word in DomainName.words(of: text) { add(field.path + ".word", word) }
        case .domain: domain(field, value)
        case .path: add(field.path, blank.filled(Self.path(of: value)))
        case .record: record(field, value)
        case .service: service(field, value)
        case .uniqueName: uniqueName(value)
        case .searchTarget:
            if !value.lowercased().hasPrefix("uuid:") { add(field.path, blank.filled(value)) }
        }
    }

    private mutating func domain(_ field: Field, _ value: String) {
        guard let name = DomainName(value), !name.isOfPhones, !local.contains(where: { name.isInside($0) }) else {
            return
        }
        add("domain", name.registered)
        if !name.isShared { add(field.path, name.text) }
    }

    /// `key=value` of DNS service discovery (RFC 6763, 6.4).
    private mutating func record(_ field: Field, _ value: String) {
        guard let equals = value.firstIndex(of: "=") else { return add(field.path, blank.filled(value)) }
        let key = blank.tidy(String(value[..<equals]))
        guard !key.isEmpty, key.utf8.count <= 32, !Self.individualKeys.contains(key),
            key.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
        else { return }
        add(field.path + "." + key, blank.filled(String(value[value.index(after: equals)...])))
    }

    /// Keys whose values name the one device, its owner, its place or its state of the moment.
    private static let individualKeys: Set<String> = [
        "id", "mac", "deviceid", "serial", "serialnumber", "sn", "uuid", "pk", "pi", "psi", "c#", "s#", "sf", "ssid",
        "wlan0_ssid", "note", "location", "adminurl", "name", "fn", "bs", "gid", "hg", "gcgl", "rmac", "host", "ip",
        "epoch",
    ]

    /// The instance's own name, then the type of service (RFC 6763, 4.1).
    private mutating func service(_ field: Field, _ value: String) {
        let text = blank.tidy(value)
        guard !text.hasPrefix("_"), let type = text.firstRange(of: "._") else { return add(field.path, text) }
        add(field.path, text[text.index(after: type.lowerBound)...])
        var instance = String(text[..<type.lowerBound])
        // A second of its kind on the same wire is called `name (2)`.
        if instance.hasSuffix(")"), let open = instance.lastIndex(of: "("),
            instance[instance.index(after: open)...].dropLast().allSatisfy(\.isNumber)
        {
            instance = String(instance[..<open])
        }
        add("mdns.instance", blank.filled(instance))
    }

    /// `uuid:…::urn:…` of UPnP: the second half is the kind of device or service, the first may begin with the product.
    private mutating func uniqueName(_ value: String) {
        let text = blank.tidy(value)
        var own = text[...]
        if let middle = text.firstRange(of: "::") {
            own = text[..<middle.lowerBound]
            let target = blank.filled(String(text[middle.upperBound...]))
            add(target.firstRange(of: ":device:") == nil ? "ssdp.st" : "upnp.device", target)
        }
        if own.hasPrefix("uuid:") { own = own.dropFirst(5) }
        let filled = blank.filled(String(own))
        if filled.contains(where: \.isLetter) { add("ssdp.usn", filled) }
    }

    /// From the path on, with the port before it where it is written: never the host.
    private static func path(of url: String) -> String {
        guard let scheme = url.firstRange(of: "://") else { return "" }
        let rest = url[scheme.upperBound...]
        guard let slash = rest.firstIndex(of: "/") else { return "" }
        let host = rest[..<slash]
        let port = host.lastIndex(of: ":").map { host[$0...] } ?? ""
        let isPort = port.count > 1 && port.count <= 6 && port.dropFirst().allSatisfy(\.isNumber)
        return (isPort ? String(port) : "") + rest[slash...].prefix(while: { $0 != "?" && $0 != "#" })
    }
}

extension Field {
    enum TokenForm {
        /// Names the individual, a person, a place or the network: no token.
        case none
        /// A signature: kept to the letter.
        case exact
        /// Kept with what names the individual blanked out.
        case text
        /// The same, and each of its words.
        case words
        case domain, path, record, service, uniqueName, searchTarget
    }

    /// A list of what counts; a new field does not until somebody decides so.
    var tokenForm: TokenForm {
        switch self {
        case .dhcpParameterRequestList, .dhcpMaxMessageSize, .dhcpArchitecture, .dhcpv6OptionRequest,
            .dhcpv6Enterprise, .tcpSyn, .tcpSynAck, .tlsJa4, .tlsAlpn, .tlsServerCipher, .tlsServerExtensions,
            .quicVersion, .ntpVersion, .mqttVersion, .snmpSysObjectId, .snmpEnterprise, .lldpCapabilities,
            .lldpMacPhy, .lldpMedDeviceClass, .cdpCapabilities, .eapMethod, .smbDialect, .bacnetVendorId,
            .enipVendor, .enipDeviceType, .enipProductCode, .profinetVendor, .profinetDeviceId, .knxMedium,
            .dicomImplementationClassUID, .dicomTransferSyntaxes, .dicomAbstractSyntax, .hl7MessageType,
            .hl7Version, .tuyaVersion, .intellivueProtocolVersion:
            .exact
        case .dhcpHostname, .dhcpUserClass, .dhcpv6VendorClass, .dhcpv6UserClass, .dhcpMudURL, .dhcpv6MudURL,
            .lldpSystemDescription, .lldpMedHardware, .lldpMedFirmware, .lldpMedSoftware, .lldpMedManufacturer,
            .lldpMedModel, .cdpPlatform, .cdpSoftware, .tlsCertificateOrganization, .upnpDeviceType,
            .upnpManufacturer, .upnpModelName, .upnpModelNumber, .mdnsHost, .wsdTypes, .wsdManufacturer, .wsdModel,
            .smbNativeOS, .smbNativeLanManager, .sshBanner, .ftpBanner, .snmpSysDescr, .sipServer,
            .sipUserAgent, .rtspServer, .rtspUserAgent, .httpPoweredBy, .dicomImplementationVersion, .hl7Profile,
            .hl7DeviceModel, .poct1VendorId, .poct1ModelId, .poct1SoftwareVersion, .sdcType, .sdcModel,
            .sdcManufacturer, .intellivueProductName, .intellivueHardware, .intellivueSoftware, .intellivueOption,
            .bacnetModelName, .bacnetVendorName, .bacnetFirmware, .bacnetSoftware, .modbusVendor, .modbusProduct,
            .modbusRevision, .modbusProductName, .modbusModel, .s7OrderNumber, .s7Firmware, .s7ModuleType,
            .enipProductName, .enipRevision, .tuyaProductKey, .netbiosOsVersion, .edimaxModel, .edimaxFirmware:
            .text
        case .dhcpVendorClass, .httpUserAgent, .httpServer, .ssdpServer, .ssdpUserAgent: .words
        case .dnsQuery, .tlsSni, .httpHost: .domain
        case .ssdpLocation, .coapPath: .path
        case .mdnsTxt: .record
        case .mdnsService: .service
        case .ssdpUsn: .uniqueName
        case .ssdpSt: .searchTarget
        default: .none
        }
    }
}
