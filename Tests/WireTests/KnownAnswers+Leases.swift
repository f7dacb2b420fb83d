//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Known answers. DHCP and DHCPv6.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension KnownAnswers {
    static let leases: [Answer] = [
        Answer("dhcp/ndpi__whatsapp_login_chat.pcap", "d8:30:62:56:00:1c", .dhcpHostname, "Lucas-iMac"),
        Answer("dhcp/suri__bug-8621__bug-8621-01__input.pcap", "00:11:32:17:49:f0", .dhcpHostname, "nas1"),
        Answer(
            "dhcp/suri__dhcp-eve-extended-option-60__input.pcap", "28:cf:da:dc:8d:76", .dhcpHostname,
            "NicksMacBook"
        ),
        Answer("dhcp/tcpd__dhcp-mud.pcap", "b8:27:eb:b8:53:c8", .dhcpHostname, "raspberrypi"),
        Answer("dhcp/zeek__dhcp.pcap", "90:b1:1c:99:49:29", .dhcpHostname, "btest.is.cool"),
        Answer("dhcp/zeek__dhcp_time_and_nameserver.pcap", "00:90:f5:91:cd:1f", .dhcpHostname, "pop-os"),
        Answer("dhcp/zeek__hw-type0.pcap", "cc:00:0a:c4:00:00", .dhcpHostname, "R0"),
        Answer("formats/pcpp__raw_ip.pcap", "0a:00:27:00:00:0d", .dhcpHostname, "Bichman"),
        Answer("iot-setup/Aria/Setup-A-5-STA.pcap", "20:f8:5e:ca:91:52", .dhcpHostname, "GainSpanca9152"),
        Answer("dhcp/suri__dhcp-eve-extended-option-60__input.pcap", "28:cf:da:dc:8d:76", .dhcpVendorClass, "MSFT 5.0"),
        Answer("dhcp/suri__dhcp-option-52-overload__input.pcap", "92:dd:a4:8d:5f:de", .dhcpVendorClass, "udhcp 1.36.1"),
        Answer(
            "dhcp/tcpd__dhcp-mud.pcap", "b8:27:eb:b8:53:c8", .dhcpVendorClass,
            "dhcpcd-6.11.5:Linux-4.1.18-v7+:armv7l:BCM2709"
        ),
        Answer("dhcp/tcpd__dhcpv4v6-rfc5970-rfc8572.pcap", "00:00:44:01:00:00", .dhcpVendorClass, "Arista"),
        Answer("dhcp/zeek__dhcp.pcap", "90:b1:1c:99:49:29", .dhcpVendorClass, "ArubaAP"),
        Answer("formats/tcpd__brcm-tag.pcap", "00:10:18:de:38:1e", .dhcpVendorClass, "udhcp 1.29.2"),
        Answer("iot-setup/D-LinkCam/Setup-A-2-STA.pcap", "b0:c5:54:25:5b:0e", .dhcpVendorClass, "udhcp 1.22.1"),
        Answer("iot-setup/D-LinkDayCam/Setup-A-4-STA.pcap", "b0:c5:54:1c:71:85", .dhcpVendorClass, "udhcp 1.12.1"),
        Answer(
            "iot-setup/D-LinkHomeHub/Setup-A-2-STA.pcap", "1c:5f:2b:aa:fd:4e", .dhcpVendorClass,
            "udhcp 1.21.1--LSDK-10.2-00082-4"
        ),
        Answer(
            "dhcp/ndpi__whatsapp_login_chat.pcap", "d8:30:62:56:00:1c", .dhcpParameterRequestList,
            "1,3,6,15,119,95,252,44,46"
        ),
        Answer(
            "dhcp/suri__bug-8621__bug-8621-01__input.pcap", "00:11:32:17:49:f0", .dhcpParameterRequestList,
            "1,28,2,3,15,6,12"
        ),
        Answer(
            "dhcp/suri__dhcp-eve-extended-option-60__input.pcap", "28:cf:da:dc:8d:76", .dhcpParameterRequestList,
            "1,15,3,6,44,46,47,31,33,121,249,43"
        ),
        Answer(
            "dhcp/suri__dhcp-option-52-overload-both__input.pcap", "00:00:6c:82:dc:4e", .dhcpParameterRequestList,
            "1,28,3,43"
        ),
        Answer(
            "dhcp/suri__dhcp-option-52-overload__input.pcap", "92:dd:a4:8d:5f:de", .dhcpParameterRequestList,
            "1,3,6,12,15,28,42,54,66,67,119"
        ),
        Answer(
            "dhcp/tcpd__dhcp-mud.pcap", "b8:27:eb:b8:53:c8", .dhcpParameterRequestList,
            "1,121,33,3,6,12,15,28,42,51,54,58,59,100,101,119"
        ),
        Answer("dhcp/tcpd__dhcp-rfc5859.pcap", "00:0c:29:1f:74:06", .dhcpParameterRequestList, "1,28,2,3,15,6,12,150"),
        Answer(
            "dhcp/tcpd__dhcpv4v6-rfc5970-rfc8572.pcap", "00:00:44:01:00:00", .dhcpParameterRequestList,
            "26,1,28,3,15,6,7,12,143,121"
        ),
        Answer(
            "iot-setup/Aria/Setup-A-5-STA.pcap", "20:f8:5e:ca:91:52", .dhcpParameterRequestList,
            "1,3,6,15,66,67,13,44"
        ),
        Answer("dhcp/ndpi__whatsapp_login_chat.pcap", "d8:30:62:56:00:1c", .dhcpClientId, "d8:30:62:56:00:1c"),
        Answer("dhcp/suri__bug-8621__bug-8621-01__input.pcap", "00:11:32:17:49:f0", .dhcpClientId, "00:11:32:17:49:f0"),
        Answer(
            "dhcp/suri__dhcp-eve-extended-option-60__input.pcap", "28:cf:da:dc:8d:76", .dhcpClientId,
            "28:cf:da:dc:8d:76"
        ),
        Answer("iot-setup/Aria/Setup-A-5-STA.pcap", "20:f8:5e:ca:91:52", .dhcpClientId, "20:f8:5e:ca:91:52"),
        Answer("dhcp/suri__dhcp-eve-extended-option-60__input.pcap", "28:cf:da:dc:8d:76", .dhcpFqdn, "NicksMacBook"),
        Answer(
            "dhcp/tcpd__dhcp-rfc3004.pcap", "00:0c:29:1f:74:06", .dhcpUserClass,
            "subopt1", "subopt2-123456789", "subopt3-12"
        ),
        Answer(
            "dhcp/tcpd__dhcp-mud.pcap", "b8:27:eb:b8:53:c8", .dhcpMudURL,
            "https://mudctl.example.com/.well-known/mud/v1/rasbp101"
        ),
        Answer("dhcp/pcpp__Dhcp1.pcap", "00:0e:86:11:c0:75", .dhcpRelayAddress, "10.10.8.240"),
        Answer("dhcp/tcpd__dhcp-mud.pcap", "b8:27:eb:b8:53:c8", .dhcpRelayAddress, "62.12.173.121"),
        Answer(
            "dhcp/zeek__dhcp_ack_subscriber_id_and_agent_remote_id.pcap", "00:0a:28:00:fa:42", .dhcpCircuitId,
            "this is only a test..."
        ),
        Answer("dhcp/zeek__dhcp_ack_subscriber_id_and_agent_remote_id.pcap", "00:0a:28:00:fa:42", .dhcpRemoteId, "13"),
        Answer("dhcp/pcpp__Dhcp1.pcap", "00:13:72:25:fa:cd", .dhcpServerName, "172.22.178.234"),
        Answer("dhcp/pcpp__Dhcp4.pcap", "c0:cb:38:42:db:58", .dhcpServerName, "blablalba"),
        Answer(
            "dhcp/suri__dhcp-option-52-overload__input.pcap", "3e:be:bd:cc:a6:d6", .dhcpServerName,
            "evil-pxe.attacker.local"
        ),
        Answer("dhcp/pcpp__Dhcp3.pcap", "00:26:82:fb:93:08", .dhcpDomain, "athome"),
        Answer("dhcp/suri__bug-8621__bug-8621-01__input.pcap", "a0:36:9f:4c:4c:28", .dhcpDomain, "unx.ca"),
        Answer(
            "dhcp/suri__dhcp-option-52-overload__input.pcap", "3e:be:bd:cc:a6:d6", .dhcpDomain,
            "evil.corp", "legit.local"
        ),
        Answer("dhcp/zeek__dhcp.pcap", "00:0c:29:40:0e:ef", .dhcpBootFile, "network-confg"),
        Answer("dhcp/zeek__dhcp_time_and_nameserver.pcap", "00:1f:d0:85:d9:8b", .dhcpBootFile, "pxelinux.0"),
        Answer(
            "dhcp/arkime__wireshark-dhcpv6.pcap", "08:00:27:fe:8f:95", .dhcpv6ClientId,
            "000100011c39cf88080027fe8f95"
        ),
        Answer("dhcp/pcpp__dhcpv6.pcap", "80:e0:1d:00:fc:ea", .dhcpv6ClientId, "000200000009464745313934373134515300"),
        Answer(
            "dhcp/tcpd__dhcpv4v6-rfc5970-rfc8572.pcap", "00:00:01:01:00:00", .dhcpv6ClientId,
            "0001000129d08193000001010000", "0001000129d47f66000001010000"
        ),
        Answer(
            "dhcp/tcpd__dhcpv4v6-rfc5970-rfc8572.pcap", "00:00:44:01:00:00", .dhcpv6ClientId,
            "00030001000044010000"
        ),
        Answer(
            "dhcp/arkime__wireshark-dhcpv6.pcap", "08:00:27:d4:10:bb", .dhcpv6ServerId,
            "000100011c3825e8080027d410bb"
        ),
        Answer("dhcp/pcpp__dhcpv6.pcap", "00:0c:29:70:3d:d8", .dhcpv6ServerId, "000100012154eee7000c29703dd8"),
        Answer(
            "dhcp/tcpd__dhcpv4v6-rfc5970-rfc8572.pcap", "42:d3:61:62:38:10", .dhcpv6ServerId,
            "0001000129d47f6e42d361623810"
        ),
        Answer(
            "dhcp/tcpd__dhcpv4v6-rfc5970-rfc8572.pcap", "ce:0d:b4:8a:33:84", .dhcpv6ServerId,
            "0001000129d0819cce0db48a3384"
        ),
        Answer(
            "dhcp/pcpp__dhcpv6.pcap", "80:e0:1d:00:fc:ea", .dhcpv6VendorClass,
            "PXEClient:Arch:00009:UNDI:003010:PID:NCS-5508"
        ),
        Answer(
            "dhcp/tcpd__dhcpv6-vendor-specific-information.pcap", "54:d4:6f:fa:10:9a", .dhcpv6VendorClass,
            "docsis3.0"
        ),
        Answer("ics-bacnet-modbus/malcolm__PROFINET.pcap", "00:a0:45:6d:d3:44", .dhcpv6VendorClass, "MSFT 5.0"),
        Answer("ics-bacnet-modbus/malcolm__PROFINET.pcap", "e4:11:5b:5a:d9:73", .dhcpv6VendorClass, "MSFT 5.0"),
        Answer(
            "dhcp/tcpd__dhcpv4v6-rfc5970-rfc8572.pcap", "00:00:44:01:00:00", .dhcpv6UserClass,
            "Arista;Test-Dhcpv6Discover;4.21.XX"
        ),
        Answer("ics-bacnet-modbus/malcolm__PROFINET.pcap", "00:a0:45:6d:d3:44", .dhcpv6Fqdn, "kw-VLIPC"),
        Answer(
            "ics-bacnet-modbus/malcolm__PROFINET.pcap", "e4:11:5b:5a:d9:73", .dhcpv6Fqdn,
            "LT-US-DSWANSON.americas.phoenixcontact.com"
        ),
        Answer("lldp-cdp/iti__addroute1.pcapng", "b8:ae:ed:7e:1b:4c", .dhcpv6Fqdn, "ShenhuaJ6-PC"),
        Answer("lldp-cdp/iti__addroute1.pcapng", "f0:76:1c:a8:6d:8e", .dhcpv6Fqdn, "jc_zhao"),
        Answer("dhcp/arkime__wireshark-dhcpv6.pcap", "08:00:27:fe:8f:95", .dhcpv6OptionRequest, "23,24"),
        Answer("dhcp/pcpp__dhcpv6.pcap", "80:e0:1d:00:fc:ea", .dhcpv6OptionRequest, "23,24,243,242,59,242,39"),
        Answer(
            "dhcp/tcpd__dhcpv4v6-rfc5970-rfc8572.pcap", "00:00:01:01:00:00", .dhcpv6OptionRequest,
            "136,24,23", "59,24,23"
        ),
        Answer("dhcp/tcpd__dhcpv4v6-rfc5970-rfc8572.pcap", "00:00:44:01:00:00", .dhcpv6OptionRequest, "59,24,23"),
        Answer("dhcp/pcpp__dhcpv6.pcap", "80:e0:1d:00:fc:ea", .dhcpv6Enterprise, "9"),
        Answer("dhcp/tcpd__dhcpv4v6-rfc5970-rfc8572.pcap", "00:00:01:01:00:00", .dhcpv6Enterprise, "30065"),
        Answer("dhcp/tcpd__dhcpv4v6-rfc5970-rfc8572.pcap", "00:00:44:01:00:00", .dhcpv6Enterprise, "30065"),
        Answer("dhcp/tcpd__dhcpv6-vendor-specific-information.pcap", "54:d4:6f:fa:10:9a", .dhcpv6Enterprise, "4491"),
        Answer("dhcp/tcpd__dhcpv4v6-rfc5970-rfc8572.pcap", "42:d3:61:62:38:10", .dhcpv6BootFile, "my-startup-config"),
        Answer(
            "dhcp/tcpd__dhcpv6-vendor-specific-information.pcap", "54:d4:6f:fa:10:9a", .dhcpv6RelayInterfaceId,
            "54d46ffa109a"
        ),
    ]
}
