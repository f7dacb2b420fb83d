//===----------------------------------------------------------------------===//
// Wardlight · Model
//
// Fields: what may be known of a device. This list is the allow-list: what has no case here cannot be kept.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// One kind of fact, named by the protocol that carried it and the field it stood in.
///
/// Only what identifies a device has a case. Patient segments, credentials and payloads have none on purpose:
/// a parser cannot report what has no name (see `docs/threat-model.md`).
public enum Field: UInt16, CaseIterable, Sendable, Hashable {
    // dhcp
    case dhcpHostname
    case dhcpVendorClass
    case dhcpParameterRequestList
    case dhcpClientId
    case dhcpFqdn
    case dhcpUserClass
    case dhcpMaxMessageSize
    case dhcpMudURL
    case dhcpRelayAddress
    case dhcpCircuitId
    case dhcpRemoteId
    case dhcpServerName
    case dhcpDomain
    case dhcpBootFile
    case dhcpArchitecture
    // dhcpv6
    case dhcpv6ClientId
    case dhcpv6ServerId
    case dhcpv6VendorClass
    case dhcpv6UserClass
    case dhcpv6Fqdn
    case dhcpv6OptionRequest
    case dhcpv6Enterprise
    case dhcpv6VendorOptions
    case dhcpv6MudURL
    case dhcpv6BootFile
    case dhcpv6RelayInterfaceId
    case dhcpv6RelayRemoteId
    // icmpv6
    case icmpv6Router
    case icmpv6Prefix
    // hsrp
    case hsrpGroup
    // vrrp
    case vrrpGroup
    // tcp
    case tcpSyn
    case tcpSynAck
    // lldp
    case lldpChassisId
    case lldpPortId
    case lldpPortDescription
    case lldpSystemName
    case lldpSystemDescription
    case lldpManagementAddress
    case lldpCapabilities
    case lldpVlan
    case lldpVlanName
    case lldpMacPhy
    case lldpPower
    case lldpMtu
    case lldpStationName
    // lldp-med
    case lldpMedHardware
    case lldpMedFirmware
    case lldpMedSoftware
    case lldpMedSerial
    case lldpMedManufacturer
    case lldpMedModel
    case lldpMedAsset
    case lldpMedDeviceClass
    case lldpMedPower
    // cdp
    case cdpDeviceId
    case cdpPortId
    case cdpPlatform
    case cdpSoftware
    case cdpAddress
    case cdpCapabilities
    case cdpNativeVlan
    case cdpDuplex
    case cdpPower
    case cdpSerial
    case cdpSystemName
    // stp
    case stpBridgeId
    case stpRootId
    // eap
    case eapIdentity
    case eapMethod
    // tls
    case tlsJa4
    case tlsSni
    case tlsAlpn
    case tlsVersion
    case tlsServerCipher
    case tlsServerExtensions
    case tlsCertificateSubject
    case tlsCertificateIssuer
    case tlsCertificateName
    case tlsCertificateOrganization
    // quic
    case quicVersion
    // http
    case httpUserAgent
    case httpServer
    case httpHost
    case httpRealm
    case httpPoweredBy
    // upnp
    case upnpDeviceType
    case upnpFriendlyName
    case upnpManufacturer
    case upnpModelName
    case upnpModelNumber
    case upnpSerialNumber
    case upnpUdn
    // dns
    case dnsQuery
    // mdns
    case mdnsService
    case mdnsName
    case mdnsTxt
    case mdnsHost
    case mdnsQuery
    // llmnr
    case llmnrName
    case llmnrQuery
    // netbios
    case netbiosName
    case netbiosGroup
    case netbiosComment
    case netbiosOsVersion
    // ssdp
    case ssdpServer
    case ssdpUserAgent
    case ssdpUsn
    case ssdpSt
    case ssdpLocation
    // wsd
    case wsdTypes
    case wsdScopes
    case wsdAddress
    case wsdXaddrs
    case wsdManufacturer
    case wsdModel
    case wsdFriendlyName
    case wsdFirmware
    case wsdSerial
    // smb
    case smbNativeOS
    case smbNativeLanManager
    case smbNtlmHost
    case smbNtlmDomain
    case smbNtlmVersion
    case smbNtlmUser
    case smbDialect
    case smbServerGuid
    // ssh
    case sshBanner
    // telnet
    case telnetBanner
    // ftp
    case ftpBanner
    case ftpUser
    // smtp
    case smtpBanner
    case smtpHelo
    // pop3
    case pop3Banner
    // imap
    case imapBanner
    // rtsp
    case rtspUserAgent
    case rtspServer
    // snmp
    case snmpVersion
    case snmpSysDescr
    case snmpSysObjectId
    case snmpSysName
    case snmpSysLocation
    case snmpEnterprise
    case snmpEngineId
    // radius
    case radiusUserName
    case radiusNasIdentifier
    case radiusNasAddress
    case radiusCallingStation
    case radiusCalledStation
    case radiusVendor
    // sip
    case sipUserAgent
    case sipServer
    // mqtt
    case mqttClientId
    case mqttTopic
    case mqttUserName
    case mqttVersion
    // coap
    case coapPath
    // ntp
    case ntpVersion
    case ntpStratum
    case ntpReference
    // syslog
    case syslogHost
    case syslogProgram
    // dicom
    case dicomCallingAE
    case dicomCalledAE
    case dicomImplementationClassUID
    case dicomImplementationVersion
    case dicomTransferSyntaxes
    case dicomAbstractSyntax
    // hl7
    case hl7SendingApplication
    case hl7SendingFacility
    case hl7ReceivingApplication
    case hl7ReceivingFacility
    case hl7MessageType
    case hl7Version
    case hl7Profile
    case hl7Udi
    case hl7DeviceId
    case hl7Serial
    case hl7Eui64
    case hl7DeviceModel
    case hl7Location
    // astm
    case astmSender
    // poct1
    case poct1DeviceId
    case poct1VendorId
    case poct1ModelId
    case poct1SerialId
    case poct1SoftwareVersion
    // sdc
    case sdcLocation
    case sdcType
    case sdcKey
    case sdcProduction
    case sdcModel
    case sdcManufacturer
    // intellivue
    case intellivueProductName
    case intellivueHardware
    case intellivueSoftware
    case intellivueSerial
    case intellivueOption
    case intellivueSystemId
    case intellivueSystemLabel
    case intellivueBedLabel
    case intellivueProtocolVersion
    // bacnet
    case bacnetInstance
    case bacnetVendorId
    case bacnetObjectName
    case bacnetModelName
    case bacnetVendorName
    case bacnetFirmware
    case bacnetSoftware
    case bacnetDescription
    case bacnetLocation
    // modbus
    case modbusVendor
    case modbusProduct
    case modbusRevision
    case modbusUrl
    case modbusProductName
    case modbusModel
    case modbusApplication
    case modbusServerId
    // knx
    case knxFriendlyName
    case knxSerial
    case knxMedium
    case knxIndividualAddress
    // s7
    case s7OrderNumber
    case s7Firmware
    case s7ModuleName
    case s7SystemName
    case s7Serial
    case s7ModuleType
    case s7Copyright
    // enip
    case enipVendor
    case enipProductName
    case enipSerial
    case enipRevision
    case enipDeviceType
    case enipProductCode
    // opcua
    case opcuaEndpoint
    case opcuaApplicationName
    // profinet
    case profinetStationName
    case profinetVendor
    case profinetDeviceRole
    case profinetDeviceId
    case profinetAddress
    // tuya
    case tuyaProductKey
    case tuyaVersion
    // rdp
    case rdpClientName
    // wifi
    case wifiSsid
    // edimax
    case edimaxModel
    case edimaxFirmware
    // agent: what an endpoint reports of itself
    case agentHost
    case agentCard
}

extension Field {
    /// The protocol's short name and the field's own, as the inventory JSON and the log write them.
    private var names: (protocol: String, field: String) {
        switch self {
        case .dhcpHostname: ("dhcp", "hostname")
        case .dhcpVendorClass: ("dhcp", "vendorClass")
        case .dhcpParameterRequestList: ("dhcp", "parameterRequestList")
        case .dhcpClientId: ("dhcp", "clientId")
        case .dhcpFqdn: ("dhcp", "fqdn")
        case .dhcpUserClass: ("dhcp", "userClass")
        case .dhcpMaxMessageSize: ("dhcp", "maxMessageSize")
        case .dhcpMudURL: ("dhcp", "mudURL")
        case .dhcpRelayAddress: ("dhcp", "relayAddress")
        case .dhcpCircuitId: ("dhcp", "circuitId")
        case .dhcpRemoteId: ("dhcp", "remoteId")
        case .dhcpServerName: ("dhcp", "serverName")
        case .dhcpDomain: ("dhcp", "domain")
        case .dhcpBootFile: ("dhcp", "bootFile")
        case .dhcpArchitecture: ("dhcp", "architecture")
        case .dhcpv6ClientId: ("dhcpv6", "clientId")
        case .dhcpv6ServerId: ("dhcpv6", "serverId")
        case .dhcpv6VendorClass: ("dhcpv6", "vendorClass")
        case .dhcpv6UserClass: ("dhcpv6", "userClass")
        case .dhcpv6Fqdn: ("dhcpv6", "fqdn")
        case .dhcpv6OptionRequest: ("dhcpv6", "optionRequest")
        case .dhcpv6Enterprise: ("dhcpv6", "enterprise")
        case .dhcpv6VendorOptions: ("dhcpv6", "vendorOptions")
        case .dhcpv6MudURL: ("dhcpv6", "mudURL")
        case .dhcpv6BootFile: ("dhcpv6", "bootFile")
        case .dhcpv6RelayInterfaceId: ("dhcpv6", "relayInterfaceId")
        case .dhcpv6RelayRemoteId: ("dhcpv6", "relayRemoteId")
        case .icmpv6Router: ("icmpv6", "router")
        case .icmpv6Prefix: ("icmpv6", "prefix")
        case .hsrpGroup: ("hsrp", "group")
        case .vrrpGroup: ("vrrp", "group")
        case .tcpSyn: ("tcp", "syn")
        case .tcpSynAck: ("tcp", "synAck")
        case .lldpChassisId: ("lldp", "chassisId")
        case .lldpPortId: ("lldp", "portId")
        case .lldpPortDescription: ("lldp", "portDescription")
        case .lldpSystemName: ("lldp", "systemName")
        case .lldpSystemDescription: ("lldp", "systemDescription")
        case .lldpManagementAddress: ("lldp", "managementAddress")
        case .lldpCapabilities: ("lldp", "capabilities")
        case .lldpVlan: ("lldp", "vlan")
        case .lldpVlanName: ("lldp", "vlanName")
        case .lldpMacPhy: ("lldp", "macPhy")
        case .lldpPower: ("lldp", "power")
        case .lldpMtu: ("lldp", "mtu")
        case .lldpStationName: ("lldp", "stationName")
        case .lldpMedHardware: ("lldp-med", "hardware")
        case .lldpMedFirmware: ("lldp-med", "firmware")
        case .lldpMedSoftware: ("lldp-med", "software")
        case .lldpMedSerial: ("lldp-med", "serial")
        case .lldpMedManufacturer: ("lldp-med", "manufacturer")
        case .lldpMedModel: ("lldp-med", "model")
        case .lldpMedAsset: ("lldp-med", "asset")
        case .lldpMedDeviceClass: ("lldp-med", "deviceClass")
        case .lldpMedPower: ("lldp-med", "power")
        case .cdpDeviceId: ("cdp", "deviceId")
        case .cdpPortId: ("cdp", "portId")
        case .cdpPlatform: ("cdp", "platform")
        case .cdpSoftware: ("cdp", "software")
        case .cdpAddress: ("cdp", "address")
        case .cdpCapabilities: ("cdp", "capabilities")
        case .cdpNativeVlan: ("cdp", "nativeVlan")
        case .cdpDuplex: ("cdp", "duplex")
        case .cdpPower: ("cdp", "power")
        case .cdpSerial: ("cdp", "serial")
        case .cdpSystemName: ("cdp", "systemName")
        case .stpBridgeId: ("stp", "bridgeId")
        case .stpRootId: ("stp", "rootId")
        case .eapIdentity: ("eap", "identity")
        case .eapMethod: ("eap", "method")
        case .tlsJa4: ("tls", "ja4")
        case .tlsSni: ("tls", "sni")
        case .tlsAlpn: ("tls", "alpn")
        case .tlsVersion: ("tls", "version")
        case .tlsServerCipher: ("tls", "serverCipher")
        case .tlsServerExtensions: ("tls", "serverExtensions")
        case .tlsCertificateSubject: ("tls", "certificateSubject")
        case .tlsCertificateIssuer: ("tls", "certificateIssuer")
        case .tlsCertificateName: ("tls", "certificateName")
        case .tlsCertificateOrganization: ("tls", "certificateOrganization")
        case .quicVersion: ("quic", "version")
        case .httpUserAgent: ("http", "userAgent")
        case .httpServer: ("http", "server")
        case .httpHost: ("http", "host")
        case .httpRealm: ("http", "realm")
        case .httpPoweredBy: ("http", "poweredBy")
        case .upnpDeviceType: ("upnp", "deviceType")
        case .upnpFriendlyName: ("upnp", "friendlyName")
        case .upnpManufacturer: ("upnp", "manufacturer")
        case .upnpModelName: ("upnp", "modelName")
        case .upnpModelNumber: ("upnp", "modelNumber")
        case .upnpSerialNumber: ("upnp", "serialNumber")
        case .upnpUdn: ("upnp", "udn")
        case .dnsQuery: ("dns", "query")
        case .mdnsService: ("mdns", "service")
        case .mdnsName: ("mdns", "name")
        case .mdnsTxt: ("mdns", "txt")
        case .mdnsHost: ("mdns", "host")
        case .mdnsQuery: ("mdns", "query")
        case .llmnrName: ("llmnr", "name")
        case .llmnrQuery: ("llmnr", "query")
        case .netbiosName: ("netbios", "name")
        case .netbiosGroup: ("netbios", "group")
        case .netbiosComment: ("netbios", "comment")
        case .netbiosOsVersion: ("netbios", "osVersion")
        case .ssdpServer: ("ssdp", "server")
        case .ssdpUserAgent: ("ssdp", "userAgent")
        case .ssdpUsn: ("ssdp", "usn")
        case .ssdpSt: ("ssdp", "st")
        case .ssdpLocation: ("ssdp", "location")
        case .wsdTypes: ("wsd", "types")
        case .wsdScopes: ("wsd", "scopes")
        case .wsdAddress: ("wsd", "address")
        case .wsdXaddrs: ("wsd", "xaddrs")
        case .wsdManufacturer: ("wsd", "manufacturer")
        case .wsdModel: ("wsd", "model")
        case .wsdFriendlyName: ("wsd", "friendlyName")
        case .wsdFirmware: ("wsd", "firmware")
        case .wsdSerial: ("wsd", "serial")
        case .smbNativeOS: ("smb", "nativeOS")
        case .smbNativeLanManager: ("smb", "nativeLanManager")
        case .smbNtlmHost: ("smb", "ntlmHost")
        case .smbNtlmDomain: ("smb", "ntlmDomain")
        case .smbNtlmVersion: ("smb", "ntlmVersion")
        case .smbNtlmUser: ("smb", "ntlmUser")
        case .smbDialect: ("smb", "dialect")
        case .smbServerGuid: ("smb", "serverGuid")
        case .sshBanner: ("ssh", "banner")
        case .telnetBanner: ("telnet", "banner")
        case .ftpBanner: ("ftp", "banner")
        case .ftpUser: ("ftp", "user")
        case .smtpBanner: ("smtp", "banner")
        case .smtpHelo: ("smtp", "helo")
        case .pop3Banner: ("pop3", "banner")
        case .imapBanner: ("imap", "banner")
        case .rtspUserAgent: ("rtsp", "userAgent")
        case .rtspServer: ("rtsp", "server")
        case .snmpVersion: ("snmp", "version")
        case .snmpSysDescr: ("snmp", "sysDescr")
        case .snmpSysObjectId: ("snmp", "sysObjectId")
        case .snmpSysName: ("snmp", "sysName")
        case .snmpSysLocation: ("snmp", "sysLocation")
        case .snmpEnterprise: ("snmp", "enterprise")
        case .snmpEngineId: ("snmp", "engineId")
        case .radiusUserName: ("radius", "userName")
        case .radiusNasIdentifier: ("radius", "nasIdentifier")
        case .radiusNasAddress: ("radius", "nasAddress")
        case .radiusCallingStation: ("radius", "callingStation")
        case .radiusCalledStation: ("radius", "calledStation")
        case .radiusVendor: ("radius", "vendor")
        case .sipUserAgent: ("sip", "userAgent")
        case .sipServer: ("sip", "server")
        case .mqttClientId: ("mqtt", "clientId")
        case .mqttTopic: ("mqtt", "topic")
        case .mqttUserName: ("mqtt", "userName")
        case .mqttVersion: ("mqtt", "version")
        case .coapPath: ("coap", "path")
        case .ntpVersion: ("ntp", "version")
        case .ntpStratum: ("ntp", "stratum")
        case .ntpReference: ("ntp", "reference")
        case .syslogHost: ("syslog", "host")
        case .syslogProgram: ("syslog", "program")
        case .dicomCallingAE: ("dicom", "callingAE")
        case .dicomCalledAE: ("dicom", "calledAE")
        case .dicomImplementationClassUID: ("dicom", "implementationClassUID")
        case .dicomImplementationVersion: ("dicom", "implementationVersion")
        case .dicomTransferSyntaxes: ("dicom", "transferSyntaxes")
        case .dicomAbstractSyntax: ("dicom", "abstractSyntax")
        case .hl7SendingApplication: ("hl7", "sendingApplication")
        case .hl7SendingFacility: ("hl7", "sendingFacility")
        case .hl7ReceivingApplication: ("hl7", "receivingApplication")
        case .hl7ReceivingFacility: ("hl7", "receivingFacility")
        case .hl7MessageType: ("hl7", "messageType")
        case .hl7Version: ("hl7", "version")
        case .hl7Profile: ("hl7", "profile")
        case .hl7Udi: ("hl7", "udi")
        case .hl7DeviceId: ("hl7", "deviceId")
        case .hl7Serial: ("hl7", "serial")
        case .hl7Eui64: ("hl7", "eui64")
        case .hl7DeviceModel: ("hl7", "deviceModel")
        case .hl7Location: ("hl7", "location")
        case .astmSender: ("astm", "sender")
        case .poct1DeviceId: ("poct1", "deviceId")
        case .poct1VendorId: ("poct1", "vendorId")
        case .poct1ModelId: ("poct1", "modelId")
        case .poct1SerialId: ("poct1", "serialId")
        case .poct1SoftwareVersion: ("poct1", "softwareVersion")
        case .sdcLocation: ("sdc", "location")
        case .sdcType: ("sdc", "type")
        case .sdcKey: ("sdc", "key")
        case .sdcProduction: ("sdc", "production")
        case .sdcModel: ("sdc", "model")
        case .sdcManufacturer: ("sdc", "manufacturer")
        case .intellivueProductName: ("intellivue", "productName")
        case .intellivueHardware: ("intellivue", "hardware")
        case .intellivueSoftware: ("intellivue", "software")
        case .intellivueSerial: ("intellivue", "serial")
        case .intellivueOption: ("intellivue", "option")
        case .intellivueSystemId: ("intellivue", "systemId")
        case .intellivueSystemLabel: ("intellivue", "systemLabel")
        case .intellivueBedLabel: ("intellivue", "bedLabel")
        case .intellivueProtocolVersion: ("intellivue", "protocolVersion")
        case .bacnetInstance: ("bacnet", "instance")
        case .bacnetVendorId: ("bacnet", "vendorId")
        case .bacnetObjectName: ("bacnet", "objectName")
        case .bacnetModelName: ("bacnet", "modelName")
        case .bacnetVendorName: ("bacnet", "vendorName")
        case .bacnetFirmware: ("bacnet", "firmware")
        case .bacnetSoftware: ("bacnet", "software")
        case .bacnetDescription: ("bacnet", "description")
        case .bacnetLocation: ("bacnet", "location")
        case .modbusVendor: ("modbus", "vendor")
        case .modbusProduct: ("modbus", "product")
        case .modbusRevision: ("modbus", "revision")
        case .modbusUrl: ("modbus", "url")
        case .modbusProductName: ("modbus", "productName")
        case .modbusModel: ("modbus", "model")
        case .modbusApplication: ("modbus", "application")
        case .modbusServerId: ("modbus", "serverId")
        case .knxFriendlyName: ("knx", "friendlyName")
        case .knxSerial: ("knx", "serial")
        case .knxMedium: ("knx", "medium")
        case .knxIndividualAddress: ("knx", "individualAddress")
        case .s7OrderNumber: ("s7", "orderNumber")
        case .s7Firmware: ("s7", "firmware")
        case .s7ModuleName: ("s7", "moduleName")
        case .s7SystemName: ("s7", "systemName")
        case .s7Serial: ("s7", "serial")
        case .s7ModuleType: ("s7", "moduleType")
        case .s7Copyright: ("s7", "copyright")
        case .enipVendor: ("enip", "vendor")
        case .enipProductName: ("enip", "productName")
        case .enipSerial: ("enip", "serial")
        case .enipRevision: ("enip", "revision")
        case .enipDeviceType: ("enip", "deviceType")
        case .enipProductCode: ("enip", "productCode")
        case .opcuaEndpoint: ("opcua", "endpoint")
        case .opcuaApplicationName: ("opcua", "applicationName")
        case .profinetStationName: ("profinet", "stationName")
        case .profinetVendor: ("profinet", "vendor")
        case .profinetDeviceRole: ("profinet", "deviceRole")
        case .profinetDeviceId: ("profinet", "deviceId")
        case .profinetAddress: ("profinet", "address")
        case .tuyaProductKey: ("tuya", "productKey")
        case .tuyaVersion: ("tuya", "version")
        case .rdpClientName: ("rdp", "clientName")
        case .wifiSsid: ("wifi", "ssid")
        case .edimaxModel: ("edimax", "model")
        case .edimaxFirmware: ("edimax", "firmware")
        case .agentHost: ("agent", "host")
        case .agentCard: ("agent", "card")
        }
    }

    /// Short name of the protocol: `dhcp`, `lldp-med`, `tls`.
    public var protocolName: String { Self.table[Int(rawValue)].protocol }
    /// Name within the protocol: `hostname`, `ja4`.
    public var name: String { Self.table[Int(rawValue)].field }
    /// `dhcp.hostname`
    public var path: String { protocolName + "." + name }

    private static let table = allCases.map(\.names)
    private static let byPath = Dictionary(uniqueKeysWithValues: allCases.map { ($0.path, $0) })

    /// The field of a path such as `dhcp.hostname`; nil when there is none.
    public init?(path: String) {
        guard let field = Self.byPath[path] else { return nil }
        self = field
    }
}

extension Field: Comparable {
    public static func < (one: Self, other: Self) -> Bool { one.rawValue < other.rawValue }
}
