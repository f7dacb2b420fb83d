//===----------------------------------------------------------------------===//
// Wardlight · Model
//
// Privacy of fields: how must a value be treated before it is kept?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

extension Field {
    /// What happens to a value before it leaves the sensor.
    public enum Handling: Hashable, Sendable {
        /// Kept as it is.
        case plain
        /// Names a person: kept only as a keyed hash, unless it names a machine (`host/…`, a hardware address, `….local`).
        case person
        /// A URL: user information and the values in its query are struck out.
        case url
        /// An MQTT topic: levels that look like secrets are struck out.
        case topic
    }

    public var handling: Handling {
        switch self {
        case .radiusUserName, .eapIdentity, .smbNtlmUser, .mqttUserName, .ftpUser: .person
        case .ssdpLocation, .wsdXaddrs, .dhcpMudURL, .dhcpv6MudURL, .modbusUrl, .dhcpBootFile, .dhcpv6BootFile,
            .opcuaEndpoint, .coapPath, .httpHost:
            .url
        case .mqttTopic: .topic
        default: .plain
        }
    }

    /// Whether a device has one value of this at a time, so that going back to an earlier value is news again.
    public var isState: Bool {
        switch self {
        case .dhcpHostname, .dhcpVendorClass, .dhcpFqdn, .dhcpClientId, .lldpSystemName, .lldpSystemDescription,
            .lldpPortId, .lldpMedFirmware, .lldpMedSoftware, .lldpMedSerial, .lldpMedModel, .cdpDeviceId,
            .cdpSoftware, .cdpPlatform, .sdcLocation, .hl7Location, .intellivueBedLabel, .intellivueSoftware,
            .bacnetFirmware, .bacnetSoftware, .modbusRevision, .snmpSysDescr, .wsdFirmware, .poct1SoftwareVersion,
            .enipRevision, .sightingName, .sightingOs, .sightingFirmware, .sightingPlace, .sightingAccessPoint,
            .sightingSsid:
            true
        default: false
        }
    }
}
