//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Known answers. Names and discovery: DNS, mDNS, LLMNR, NetBIOS, SSDP, UPnP.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension KnownAnswers {
    static let names: [Answer] = [
        Answer(
            "tls/ja4__http1.pcapng", "7a:45:58:c0:1d:c0", .upnpDeviceType,
            "urn:schemas-upnp-org:device:InternetGatewayDevice:2"
        ),
        Answer("tls/ja4__http1.pcapng", "7a:45:58:c0:1d:c0", .upnpFriendlyName, "UniFi Dream Machine"),
        Answer("tls/ja4__http1.pcapng", "7a:45:58:c0:1d:c0", .upnpManufacturer, "Ubiquiti Networks"),
        Answer("tls/ja4__http1.pcapng", "7a:45:58:c0:1d:c0", .upnpModelName, "UDM-SE"),
        Answer("tls/ja4__http1.pcapng", "7a:45:58:c0:1d:c0", .upnpModelNumber, "00039513"),
        Answer("tls/ja4__http1.pcapng", "7a:45:58:c0:1d:c0", .upnpSerialNumber, "78:45:58:c0:1d:bf"),
        Answer("tls/ja4__http1.pcapng", "7a:45:58:c0:1d:c0", .upnpUdn, "uuid:55a11ca7-e8a3-4594-92a1-5d544a577aa9"),
        Answer("dhcp/ndpi__whatsapp_login_chat.pcap", "00:f4:b9:26:bb:f4", .dnsQuery, "e12.whatsapp.net"),
        Answer("formats/pcpp__linktype_ipv4.pcap", "10.0.0.1", .dnsQuery, "www.ynet.co.il"),
        Answer(
            "formats/pcpp__raw_ip.pcap", "10.0.0.1", .dnsQuery,
            "crl.microsoft.com", "e12476.b.akamaiedge.net", "www.ynet.co.il"
        ),
        Answer("iot-setup/Aria/Setup-A-5-STA.pcap", "20:f8:5e:ca:91:52", .dnsQuery, "www.fitbit.com"),
        Answer(
            "iot-setup/D-LinkDayCam/Setup-A-4-STA.pcap", "b0:c5:54:1c:71:85", .mdnsService,
            "DCS-930LB_1C7185._http._tcp.local", "_http._tcp.local"
        ),
        Answer(
            "iot-setup/D-LinkDoorSensor/Setup-C-18-STA.pcap", "1c:5f:2b:aa:fd:4e", .mdnsService,
            "D-Link HNAP Service._dhnap._tcp.local", "_dhnap._tcp.local"
        ),
        Answer(
            "iot-setup/D-LinkSensor/Setup-A-1-STA.pcap", "90:8d:78:a8:e1:43", .mdnsService,
            "D-Link DCH-S150 Configuration Utility._http._tcp.local", "D-Link HNAP Service._dhnap._tcp.local",
            "_dhnap._tcp.local", "_http._tcp.local"
        ),
        Answer(
            "iot-setup/D-LinkWaterSensor/Setup-A-1-STA.pcap", "6c:72:20:c5:17:5a", .mdnsService,
            "D-Link DCH-S160 Configuration Utility._http._tcp.local", "D-Link HNAP Service._dhnap._tcp.local",
            "_dhnap._tcp.local", "_http._tcp.local"
        ),
        Answer(
            "iot-setup/EdimaxCam1/Setup-A-1-STA.pcap", "74:da:38:80:7a:08", .mdnsService,
            " [74:da:38:80:7a:08]._http._tcp.local", "_http._tcp.local"
        ),
        Answer(
            "tls/ndpi__tls_certificate_too_long.pcap", "f0:18:98:15:65:7c", .mdnsService,
            "MBPro._companion-link._tcp.local", "MBPro._device-info._tcp.local", "_companion-link._tcp.local",
            "_device-info._tcp.local"
        ),
        Answer(
            "iot-setup/D-LinkDayCam/Setup-A-4-STA.pcap", "b0:c5:54:1c:71:85", .mdnsName,
            "DCS-930LB1_1C7185.local", "DCS-930LB_1C7185"
        ),
        Answer(
            "iot-setup/D-LinkDoorSensor/Setup-C-18-STA.pcap", "1c:5f:2b:aa:fd:4e", .mdnsName,
            "D-Link HNAP Service", "dchg.local"
        ),
        Answer(
            "iot-setup/D-LinkHomeHub/Setup-A-2-STA.pcap", "1c:5f:2b:aa:fd:4e", .mdnsName,
            "D-Link HNAP Service", "dchg.local", "dchgFD4E.local"
        ),
        Answer(
            "iot-setup/D-LinkSensor/Setup-A-1-STA.pcap", "90:8d:78:a8:e1:43", .mdnsName,
            "D-Link DCH-S150 Configuration Utility", "D-Link HNAP Service", "dch.local", "dchE143.local"
        ),
        Answer(
            "iot-setup/D-LinkSwitch/Setup-A-2-STA.pcap", "90:8d:78:a9:3d:6f", .mdnsName,
            "D-Link HNAP Service", "dsp.local", "dsp3D6F.local"
        ),
        Answer(
            "iot-setup/D-LinkWaterSensor/Setup-A-1-STA.pcap", "6c:72:20:c5:17:5a", .mdnsName,
            "D-Link DCH-S160 Configuration Utility", "D-Link HNAP Service", "dch.local", "dch175A.local"
        ),
        Answer("tls/ndpi__tls_certificate_too_long.pcap", "f0:18:98:15:65:7c", .mdnsName, "MBPro", "MBPro.local"),
        Answer("iot-setup/EdimaxCam1/Setup-A-1-STA.pcap", "74:da:38:80:7a:08", .mdnsTxt, "IC-3115W Network Camera"),
        Answer("iot-setup/Lightify/Setup-C-1-STA.pcap", "84:18:26:7b:5f:6b", .mdnsTxt, "epoch=2", "txtvers=2"),
        Answer(
            "iot-setup/D-LinkCam/Setup-A-2-STA.pcap", "b0:c5:54:25:5b:0e", .mdnsHost,
            "DCS-935L-B0C554255B0E.local", "dcs-935l.local", "dcs-935l5b0e.local", "iotcam.local", "iotcam5b0e.local"
        ),
        Answer("iot-setup/D-LinkDayCam/Setup-A-4-STA.pcap", "b0:c5:54:1c:71:85", .mdnsHost, "DCS-930LB1_1C7185.local"),
        Answer("iot-setup/D-LinkDoorSensor/Setup-C-18-STA.pcap", "1c:5f:2b:aa:fd:4e", .mdnsHost, "dchg.local"),
        Answer("tls/ndpi__tls_certificate_too_long.pcap", "f0:18:98:15:65:7c", .mdnsHost, "MBPro.local"),
        Answer(
            "dhcp/ndpi__whatsapp_login_chat.pcap", "00:f4:b9:26:bb:f4", .mdnsQuery,
            "_airplay._tcp.local", "_raop._tcp.local"
        ),
        Answer("formats/pcpp__sll.pcap", "08:00:27:19:1c:78", .mdnsQuery, "_sane-port._tcp.local"),
        Answer(
            "iot-setup/D-LinkDayCam/Setup-A-4-STA.pcap", "b0:c5:54:1c:71:85", .mdnsQuery,
            "DCS-930LB1_1C7185.local", "DCS-930LB_1C7185._http._tcp.local"
        ),
        Answer(
            "lldp-cdp/iti__addroute1.pcapng", "00:0c:29:71:cf:3f", .mdnsQuery,
            "_ipp._tcp.local", "_ipps._tcp.local"
        ),
        Answer(
            "ics-bacnet-modbus/malcolm__PROFINET.pcap", "00:a0:45:6d:d3:44", .llmnrQuery,
            "isatap", "kw-VLIPC", "wpad"
        ),
        Answer("ics-bacnet-modbus/malcolm__PROFINET.pcap", "e4:11:5b:5a:d9:73", .llmnrQuery, "NTS-AM-SOPHOS"),
        Answer("lldp-cdp/iti__addroute1.pcapng", "b8:ae:ed:7e:1b:4c", .llmnrQuery, "CX_0D7560"),
        Answer("ics-bacnet-modbus/malcolm__PROFINET.pcap", "00:a0:45:6d:d3:44", .netbiosName, "KW-VLIPC"),
        Answer("ics-bacnet-modbus/malcolm__PROFINET.pcap", "e4:11:5b:5a:d9:73", .netbiosName, "LT-US-DSWANSON"),
        Answer("lldp-cdp/iti__EIP-SoftwareUploadFailure.pcap", "00:0c:29:e8:32:84", .netbiosName, "WIN2K3LAB022"),
        Answer("lldp-cdp/iti__Profinet_Failed.pcap", "00:10:18:cb:8c:03", .netbiosName, "SCADA-PC-060839"),
        Answer("ics-bacnet-modbus/malcolm__PROFINET.pcap", "00:a0:45:6d:d3:44", .netbiosGroup, "WORKGROUP"),
        Answer("ics-bacnet-modbus/malcolm__PROFINET.pcap", "e4:11:5b:5a:d9:73", .netbiosGroup, "AMERICAS"),
        Answer("lldp-cdp/iti__EIP-SoftwareUploadFailure.pcap", "00:0c:29:e8:32:84", .netbiosGroup, "WORKGROUP"),
        Answer("lldp-cdp/iti__addroute1.pcapng", "00:0c:29:71:cf:3f", .netbiosComment, "TI-VM server (Samba, Ubuntu)"),
        Answer("lldp-cdp/iti__Profinet_Failed.pcap", "00:10:18:cb:8c:03", .netbiosOsVersion, "6.1"),
        Answer("lldp-cdp/iti__addroute1.pcapng", "00:0c:29:71:cf:3f", .netbiosOsVersion, "4.9"),
        Answer(
            "iot-setup/D-LinkCam/Setup-A-2-STA.pcap", "b0:c5:54:25:5b:0e", .ssdpServer,
            "Linux,    UPnP/1.0 DCS-935L/1.0"
        ),
        Answer("iot-setup/D-LinkDayCam/Setup-A-4-STA.pcap", "b0:c5:54:1c:71:85", .ssdpServer, "Cellvision UPnP/1.0"),
        Answer(
            "iot-setup/D-LinkDoorSensor/Setup-C-2-STA.pcap", "1c:5f:2b:aa:fd:4e", .ssdpServer,
            "Unspecified, UPnP/1.0, Unspecified"
        ),
        Answer("iot-setup/EdimaxCam1/Setup-A-1-STA.pcap", "74:da:38:80:7a:08", .ssdpServer, "Embedded UPnP/1.0"),
        Answer(
            "iot-setup/HueBridge/Setup-A-2-STA.pcap", "00:17:88:24:76:ff", .ssdpServer,
            "Linux/3.14.0 UPnP/1.0 IpBridge/1.9.0"
        ),
        Answer(
            "iot-setup/WeMoSwitch2/Setup-C-1-STA.pcap", "94:10:3e:34:0c:b5", .ssdpServer,
            "Linux/2.6.21, UPnP/1.0, Portable SDK for UPnP devices/1.6.18"
        ),
        Answer(
            "tls/ja4__ssh2.pcapng", "04:7b:cb:b7:c5:fe", .ssdpUserAgent,
            "Google Chrome/114.0.5735.199 Windows", "Microsoft Edge/114.0.1823.51 Windows"
        ),
        Answer("tls/ja4__ssh2.pcapng", "58:1c:f8:08:26:f4", .ssdpUserAgent, "Microsoft Edge/114.0.1823.67 Windows"),
        Answer(
            "tls/ja4__ssh2.pcapng", "bc:d0:74:19:68:3a", .ssdpUserAgent,
            "Chromium/105.0.5195.102 Mac OS X", "Google Chrome/114.0.5735.198 Mac OS X"
        ),
        Answer(
            "iot-setup/D-LinkDayCam/Setup-A-4-STA.pcap", "b0:c5:54:1c:71:85", .ssdpUsn,
            "uuid:ae67e622-7a66-465e-bab0-b0c5541c7185", "uuid:ae67e622-7a66-465e-bab0-b0c5541c7185::upnp:rootdevice",
            "uuid:ae67e622-7a66-465e-bab0-b0c5541c7185::urn:cellvision:service:Null:1",
            "uuid:ae67e622-7a66-465e-bab0-b0c5541c7185::urn:schemas-upnp-org:device:Basic:1.0"
        ),
        Answer(
            "iot-setup/EdimaxCam1/Setup-A-1-STA.pcap", "74:da:38:80:7a:08", .ssdpUsn,
            "uuid:upnp-BasicDevice-1_0-74DA38807A08::BasicDevice1",
            "uuid:upnp-BasicDevice-1_0-74DA38807A08::upnp:rootdevice",
            "uuid:upnp-BasicDevice-1_0-74DA38807A08::urn:schemas-upnp-org:device:Basic:1"
        ),
        Answer(
            "iot-setup/EdimaxCam2/Setup-A-2-STA.pcap", "74:da:38:80:79:fc", .ssdpUsn,
            "uuid:upnp-BasicDevice-1_0-74DA388079FC::BasicDevice1",
            "uuid:upnp-BasicDevice-1_0-74DA388079FC::upnp:rootdevice",
            "uuid:upnp-BasicDevice-1_0-74DA388079FC::urn:schemas-upnp-org:device:Basic:1"
        ),
        Answer(
            "iot-setup/HueBridge/Setup-C-10-STA.pcap", "00:17:88:24:76:ff", .ssdpUsn,
            "uuid:2f402f80-da50-11e1-9b23-0017882476ff", "uuid:2f402f80-da50-11e1-9b23-0017882476ff::upnp:rootdevice"
        ),
        Answer(
            "ics-bacnet-modbus/malcolm__PROFINET.pcap", "e4:11:5b:5a:d9:73", .ssdpSt,
            "urn:schemas-upnp-org:device:InternetGatewayDevice:1"
        ),
        Answer(
            "iot-setup/HueBridge/Setup-C-10-STA.pcap", "00:17:88:24:76:ff", .ssdpSt,
            "upnp:rootdevice", "urn:schemas-upnp-org:device:basic:1", "uuid:2f402f80-da50-11e1-9b23-0017882476ff"
        ),
        Answer("tls/ja4__ssh2.pcapng", "04:7b:cb:b7:c5:fe", .ssdpSt, "urn:dial-multiscreen-org:service:dial:1"),
        Answer("tls/ja4__ssh2.pcapng", "58:1c:f8:08:26:f4", .ssdpSt, "urn:dial-multiscreen-org:service:dial:1"),
        Answer("tls/ja4__ssh2.pcapng", "bc:d0:74:19:68:3a", .ssdpSt, "urn:dial-multiscreen-org:service:dial:1"),
        Answer("tls/ja4__tls3.pcapng", "60:8d:26:38:a1:69", .ssdpSt, "urn:schemas-upnp-org:device:MediaServer:1"),
        Answer("tls/ja4__tls3.pcapng", "a0:36:9f:1f:e4:d4", .ssdpSt, "upnp:rootdevice"),
        Answer(
            "iot-setup/D-LinkCam/Setup-A-2-STA.pcap", "b0:c5:54:25:5b:0e", .ssdpLocation,
            "http://10.10.10.37:55430/", "https://10.10.10.37/HNAP1/"
        ),
        Answer(
            "iot-setup/D-LinkDayCam/Setup-A-4-STA.pcap", "b0:c5:54:1c:71:85", .ssdpLocation,
            "http://10.10.10.58:8676/rootdesc.xml"
        ),
        Answer(
            "iot-setup/D-LinkDoorSensor/Setup-C-2-STA.pcap", "1c:5f:2b:aa:fd:4e", .ssdpLocation,
            "http://10.10.10.87:49152/wps_device.xml"
        ),
        Answer(
            "iot-setup/EdimaxCam1/Setup-A-1-STA.pcap", "74:da:38:80:7a:08", .ssdpLocation,
            "http://10.10.10.51:80/IPCamDesc.xml"
        ),
    ]
}
