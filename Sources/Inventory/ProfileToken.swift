//===----------------------------------------------------------------------===//
// Wardlight · Inventory
//
// Tokens: what of all that a device says is about its kind, not about this one device?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// One thing that devices of a kind say or do alike: `dhcp.hostname dcs-935l`, `client ntp`.
public struct ProfileToken: Hashable, Sendable, Comparable {
    /// A field's path, with a part where it has several (`mdns.txt.model_number`), or `domain`, `client`, `server`.
    public let kind: String
    /// In lower case, without control characters, at most `longest` octets; what names the individual stands as `#`.
    public let value: String

    public static let longest = 160

    init(_ kind: String, _ value: String) {
        self.kind = kind
        self.value = value
    }

    public static func < (one: Self, other: Self) -> Bool { (one.kind, one.value) < (other.kind, other.value) }
}

extension ProfileToken {
    /// Kinds that hang together and must not count as independent witnesses: one protocol is one witness.
    enum Witness: Int, CaseIterable {
        case dhcp, names, mdns, upnp, http, tls, tcp, services, link, text, medical, building
    }

    var witness: Witness { Self.witness(of: kind) }

    static func witness(of kind: String) -> Witness {
        switch kind.prefix(while: { $0 != "." }) {
        case "dhcp", "dhcpv6": .dhcp
        case "dns", "domain": .names
        case "mdns": .mdns
        case "ssdp", "upnp", "wsd": .upnp
        case "http": kind == "http.host" ? .names : .http
        case "tls", "quic": kind == "tls.sni" ? .names : .tls
        case "tcp": .tcp
        case "client", "server", "ntp": .services
        case "lldp", "lldp-med", "cdp", "profinet": .link
        case "dicom", "hl7", "astm", "poct1", "sdc", "intellivue": .medical
        case "bacnet", "modbus", "knx", "s7", "enip", "opcua", "coap", "tuya", "edimax": .building
        default: .text
        }
    }

    /// How a device of a kind relates to a value of this kind that none of its kind was seen with.
    enum Identity {
        /// Names the product: another value is another product.
        case product
        /// Often names the product, and sometimes what a hospital wrote there: another value speaks against it.
        case name
        case none
    }

    static func identity(of kind: String) -> Identity {
        switch kind {
        case "mdns.txt.model_number", "mdns.txt.md", "mdns.txt.model", "mdns.txt.ty", "mdns.txt.product",
            "mdns.txt.usb_mdl", "upnp.device", "upnp.modelName", "lldp-med.model", "cdp.platform",
            "intellivue.productName", "snmp.sysObjectId", "bacnet.modelName", "wsd.model", "sdc.model",
            "poct1.modelId", "hl7.deviceModel", "modbus.product", "modbus.model", "enip.productName",
            "s7.orderNumber", "edimax.model":
            .product
        case "dhcp.hostname", "mdns.host": .name
        default: .none
        }
    }

    /// What half of all devices say, whoever made them: no profile is needed to know that.
    static let commonplace: Set<ProfileToken> = [
        ProfileToken("client", "dhcp"), ProfileToken("client", "dns"), ProfileToken("client", "ntp"),
        ProfileToken("client", "mdns"), ProfileToken("client", "ssdp"), ProfileToken("client", "llmnr"),
        ProfileToken("client", "http/80"), ProfileToken("client", "tls/443"), ProfileToken("client", "tcp/80"),
        ProfileToken("client", "tcp/443"), ProfileToken("client", "udp/other"), ProfileToken("client", "tcp/other"),
        ProfileToken("server", "tcp/other"), ProfileToken("server", "udp/other"), ProfileToken("server", "http/80"),
        ProfileToken("server", "mdns"), ProfileToken("ssdp.st", "upnp:rootdevice"),
        ProfileToken("ssdp.st", "ssdp:all"), ProfileToken("domain", "google.com"), ProfileToken("domain", "ntp.org"),
        ProfileToken("domain", "amazonaws.com"), ProfileToken("mdns.service", "_http._tcp.local"),
        ProfileToken("dhcp.maxMessageSize", "576"), ProfileToken("dhcp.maxMessageSize", "1500"),
        ProfileToken("dhcp.parameterRequestList", "1,3,6,12,15,28,42"), ProfileToken("ntp.version", "3"),
        ProfileToken("ntp.version", "4"), ProfileToken("tls.alpn", "h2"), ProfileToken("tls.alpn", "http/1.1"),
    ]
}
