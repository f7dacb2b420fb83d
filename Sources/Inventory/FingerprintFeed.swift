//===----------------------------------------------------------------------===//
// Wardlight · Inventory
//
// Feeds: which of our fields hold the texts that a community file was written for?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// A field whose values are shown to the patterns of a file, in the form that the file expects.
struct FingerprintFeed: Hashable, Sendable {
    enum Form: Hashable, Sendable {
        case asItIs
        /// Put between two texts: we keep less than the whole header.
        case between(String, String)
        /// Without `SSH-2.0-`.
        case withoutSSHVersion

        func text(of value: String) -> String {
            switch self {
            case .asItIs: value
            case .between(let before, let after): before + value + after
            case .withoutSSHVersion:
                if value.hasPrefix("SSH-"), let dash = value.dropFirst(4).firstIndex(of: "-") {
                    String(value[value.index(after: dash)...])
                } else {
                    value
                }
            }
        }
    }

    var field: Field
    var form = Form.asItIs

    /// The fields for recog's key (`matches=` of a file); empty where we keep nothing of the kind. docs/knowledge.md lists
    /// them, and a test compares.
    static func feeds(for key: String) -> [FingerprintFeed] {
        known.first { $0.keys.contains(key.lowercased()) }?.feeds ?? []
    }

    static let known: [(keys: [String], feeds: [FingerprintFeed])] = [
        (["dhcp_vendor_class"], plain(.dhcpVendorClass)),
        (["http_header.server", "http_servers"], plain(.httpServer)),
        (["http_header.user_agent", "http_header.user-agent"], plain(.httpUserAgent)),
        (["http_header.x-powered-by", "http_header.x_powered_by", "http_xpoweredby"], plain(.httpPoweredBy)),
        (
            ["http_header.wwwauth", "http_wwwauth"],
            [FingerprintFeed(field: .httpRealm, form: .between("Basic realm=\"", "\""))]
        ),
        (["ssdp_header.server", "upnp_banners", "upnp.server"], plain(.ssdpServer)),
        (["mdns.workstation.txt", "mdns_workstation_txt"], plain(.mdnsTxt)),
        (["mdns.device-info.txt", "mdns_device-info_txt"], plain(.mdnsTxt)),
        (["rtsp_header.server", "rtsp_servers"], plain(.rtspServer)),
        (["sip_header.server", "sip_banners"], plain(.sipServer)),
        (["sip_header.user_agent", "sip_user_agents"], plain(.sipUserAgent)),
        (["snmp.sys_description", "snmp_sysdescr"], plain(.snmpSysDescr, .lldpSystemDescription, .cdpSoftware)),
        (["snmp.sys_object_id", "snmp_sysobjid"], plain(.snmpSysObjectId)),
        (["ssh.banner", "ssh_banners"], [FingerprintFeed(field: .sshBanner, form: .withoutSSHVersion)]),
        (["telnet.banner", "telnet_banners"], plain(.telnetBanner)),
        (["ftp.banner", "ftp_banners"], plain(.ftpBanner)),
        (["smtp.banner", "smtp_banners"], plain(.smtpBanner)),
        (["pop3.banner", "pop.banner", "pop_banners"], plain(.pop3Banner)),
        (["imap4.banner", "imap.banner", "imap_banners"], plain(.imapBanner)),
        (["smb.native_os", "smb_native_os"], plain(.smbNativeOS)),
        (["smb.native_lm", "smb_native_lm"], plain(.smbNativeLanManager)),
        (["operating_system.name", "operating_system"], plain(.smbNativeOS)),
        (
            ["x509.subject", "x509_subjects"],
            [FingerprintFeed(field: .tlsCertificateSubject, form: .between("CN=", ""))]
        ),
        (
            ["x509.issuer", "x509_issuers"],
            [FingerprintFeed(field: .tlsCertificateIssuer, form: .between("CN=", ""))]
        ),
    ]

    private static func plain(_ fields: Field...) -> [FingerprintFeed] { fields.map { FingerprintFeed(field: $0) } }
}
