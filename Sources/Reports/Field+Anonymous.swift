//===----------------------------------------------------------------------===//
// Wardlight · Reports
//
// Which fields may be read in an anonymised output: an allow-list, everything else is hidden.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension Field {
    /// Whether its values describe a product or a protocol rather than one device, place or person. Addresses, serial
    /// numbers and names inside them are still taken out.
    var staysReadable: Bool {
        switch self {
        case .tcpSyn, .tcpSynAck, .icmpv6Router, .icmpv6Prefix, .hsrpGroup, .vrrpGroup,
            .dhcpVendorClass, .dhcpParameterRequestList, .dhcpMaxMessageSize, .dhcpRelayAddress, .dhcpArchitecture,
            .dhcpv6VendorClass, .dhcpv6OptionRequest, .dhcpv6Enterprise,
            .lldpPortId, .lldpSystemDescription, .lldpManagementAddress, .lldpCapabilities, .lldpVlan, .lldpMacPhy,
            .lldpPower, .lldpMtu, .lldpMedHardware, .lldpMedFirmware, .lldpMedSoftware, .lldpMedManufacturer,
            .lldpMedModel, .lldpMedDeviceClass, .lldpMedPower,
            .cdpPortId, .cdpPlatform, .cdpSoftware, .cdpAddress, .cdpCapabilities, .cdpNativeVlan, .cdpDuplex,
            .cdpPower, .stpBridgeId, .stpRootId, .eapMethod,
            .tlsJa4, .tlsAlpn, .tlsVersion, .tlsServerCipher, .tlsServerExtensions, .quicVersion,
            .httpUserAgent, .httpServer, .httpPoweredBy,
            .netbiosOsVersion, .upnpDeviceType, .upnpManufacturer, .upnpModelName, .upnpModelNumber, .mdnsService,
            .ssdpServer, .ssdpUserAgent, .ssdpSt, .wsdTypes, .wsdManufacturer, .wsdModel, .wsdFirmware,
            .smbNativeOS, .smbNativeLanManager, .smbNtlmVersion, .smbDialect, .sshBanner, .rtspUserAgent, .rtspServer,
            .snmpVersion, .snmpSysDescr, .snmpSysObjectId, .snmpEnterprise, .radiusVendor, .sipUserAgent, .sipServer,
            .mqttVersion, .ntpVersion, .ntpStratum, .syslogProgram,
            .dicomImplementationClassUID, .dicomImplementationVersion, .dicomTransferSyntaxes, .dicomAbstractSyntax,
            .hl7SendingApplication, .hl7MessageType, .hl7Version, .hl7Profile, .hl7DeviceModel,
            .poct1VendorId, .poct1ModelId, .poct1SoftwareVersion, .sdcType, .sdcModel, .sdcManufacturer,
            .intellivueProductName, .intellivueHardware, .intellivueSoftware, .intellivueOption,
            .intellivueProtocolVersion,
            .bacnetVendorId, .bacnetModelName, .bacnetVendorName, .bacnetFirmware, .bacnetSoftware,
            .modbusVendor, .modbusProduct, .modbusRevision, .modbusProductName, .modbusModel, .knxMedium,
            .s7OrderNumber, .s7Firmware, .s7ModuleType, .s7Copyright,
            .enipVendor, .enipProductName, .enipRevision, .enipDeviceType, .enipProductCode,
            .profinetVendor, .profinetDeviceRole, .profinetDeviceId, .profinetAddress,
            .tuyaProductKey, .tuyaVersion, .edimaxModel, .edimaxFirmware,
            .sightingSource, .sightingVendor, .sightingModel, .sightingType, .sightingOs, .sightingFirmware,
            .sightingTypeCode, .clearCredentialSent, .clearCredentialTaken:
            true
        default: false
        }
    }

    /// What a hidden value is called.
    var stand: String {
        switch self {
        case .lldpMedSerial, .cdpSerial, .upnpSerialNumber, .wsdSerial, .hl7Serial, .poct1SerialId, .intellivueSerial,
            .knxSerial, .s7Serial, .enipSerial, .lldpMedAsset, .sightingSerial, .sightingAssetTag, .sightingImei,
            .sightingIccid:
            "serial"
        case .dicomCallingAE, .dicomCalledAE: "ae"
        case .sdcLocation, .hl7Location, .intellivueBedLabel, .snmpSysLocation, .bacnetLocation, .sightingPlace:
            "place"
        default: "name"
        }
    }
}
