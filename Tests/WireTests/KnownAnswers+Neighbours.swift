//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Known answers. Neighbour protocols: LLDP, CDP, STP, HSRP, router advertisements.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension KnownAnswers {
    static let neighbours: [Answer] = [
        Answer("infra/tcpd__icmpv6.pcap", "b0:99:28:c8:d6:6c", .icmpv6Router, "lifetime 15"),
        Answer("infra/tcpd__icmpv6.pcap", "b0:99:28:c8:d6:6c", .icmpv6Prefix, "2222:3333:4444:5555:6600::/72"),
        Answer("tls/ja4__sshv1.pcap", "00:60:97:07:69:ea", .icmpv6Prefix, "3ffe:507:0:1::/64"),
        Answer(
            "lldp-cdp/tcpd__HSRP_election.pcap", "c2:01:34:77:00:00", .hsrpGroup,
            "group 1 priority 200 address 192.168.0.1"
        ),
        Answer(
            "lldp-cdp/tcpd__HSRP_election.pcap", "c2:02:34:77:00:00", .hsrpGroup,
            "group 1 priority 100 address 192.168.0.1"
        ),
        Answer(
            "lldp-cdp/tcpd__HSRP_election.pcap", "c2:03:34:8d:00:00", .hsrpGroup,
            "group 1 priority 100 address 192.168.0.1"
        ),
        Answer(
            "ics-bacnet-modbus/iti__EIP-ChangeTimeAttempt.pcap", "00:21:91:06:f1:66", .lldpChassisId,
            "00:21:91:06:f1:66"
        ),
        Answer("ics-bacnet-modbus/malcolm__PROFINET.pcap", "00:09:91:43:e0:68", .lldpChassisId, "versamax-pns11"),
        Answer("ics-bacnet-modbus/malcolm__PROFINET.pcap", "00:0e:8c:ef:75:c9", .lldpChassisId, "siemens-x208-switch"),
        Answer("ics-bacnet-modbus/malcolm__PROFINET.pcap", "00:0e:8c:ef:75:cd", .lldpChassisId, "siemens-x208-switch"),
        Answer("lldp-cdp/arkime__wireshark-lldp.pcap", "00:01:30:f9:ad:a0", .lldpChassisId, "00:01:30:f9:ad:a0"),
        Answer("lldp-cdp/arkime__wireshark-lldp.pcap", "00:04:96:1f:a7:26", .lldpChassisId, "00:04:96:1f:a7:26"),
        Answer("lldp-cdp/arkime__wireshark-lldp.pcap", "00:13:21:57:ca:7f", .lldpChassisId, "00:13:21:57:ca:40"),
        Answer("lldp-cdp/iti__Profinet_Failed.pcap", "00:10:18:cb:8c:03", .lldpChassisId, "scada-pc-060839"),
        Answer("lldp-cdp/iti__Profinet_Failed.pcap", "00:1b:1b:34:34:ce", .lldpChassisId, "00:1b:1b:34:34:cb"),
        Answer("lldp-cdp/iti__addroute1.pcapng", "00:0c:29:71:cf:3f", .lldpChassisId, "00:0c:29:71:cf:3f"),
        Answer("lldp-cdp/lldpd__8023bt.pcap", "c0:64:e4:a9:9b:82", .lldpChassisId, "c0:64:e4:a9:9b:80"),
        Answer("ics-bacnet-modbus/iti__EIP-ChangeTimeAttempt.pcap", "00:21:91:06:f1:66", .lldpPortId, "19"),
        Answer("ics-bacnet-modbus/malcolm__PROFINET.pcap", "00:09:91:43:e0:68", .lldpPortId, "port-001"),
        Answer("ics-bacnet-modbus/malcolm__PROFINET.pcap", "00:0e:8c:ef:75:c9", .lldpPortId, "port-004"),
        Answer("ics-bacnet-modbus/malcolm__PROFINET.pcap", "00:0e:8c:ef:75:cd", .lldpPortId, "port-008"),
        Answer("lldp-cdp/arkime__wireshark-lldp.pcap", "00:01:30:f9:ad:a0", .lldpPortId, "1/1"),
        Answer("lldp-cdp/arkime__wireshark-lldp.pcap", "00:04:96:1f:a7:26", .lldpPortId, "1/3"),
        Answer("lldp-cdp/arkime__wireshark-lldp.pcap", "00:13:21:57:ca:7f", .lldpPortId, "1"),
        Answer("lldp-cdp/iti__Profinet_Failed.pcap", "00:10:18:cb:8c:03", .lldpPortId, "port-001"),
        Answer("lldp-cdp/iti__Profinet_Failed.pcap", "00:1b:1b:34:34:ce", .lldpPortId, "port-003"),
        Answer("lldp-cdp/iti__addroute1.pcapng", "00:0c:29:71:cf:3f", .lldpPortId, "00:0c:29:71:cf:3f"),
        Answer("lldp-cdp/lldpd__8023bt.pcap", "c0:64:e4:a9:9b:82", .lldpPortId, "Gi1/0/2"),
        Answer(
            "lldp-cdp/arkime__wireshark-lldp.pcap", "00:01:30:f9:ad:a0", .lldpPortDescription,
            "Summit300-48-Port 1001"
        ),
        Answer("lldp-cdp/arkime__wireshark-lldp.pcap", "00:13:21:57:ca:7f", .lldpPortDescription, "1"),
        Answer("lldp-cdp/lldpd__8023bt.pcap", "c0:64:e4:a9:9b:82", .lldpPortDescription, "GigabitEthernet1/0/2"),
        Answer("lldp-cdp/tcpd__LLDP_and_CDP.pcap", "00:18:ba:98:68:8f", .lldpPortDescription, "FastEthernet0/13"),
        Answer("lldp-cdp/tcpd__LLDP_and_CDP.pcap", "00:19:2f:a7:b2:8d", .lldpPortDescription, "GigabitEthernet0/13"),
        Answer("lldp-cdp/arkime__wireshark-lldp.pcap", "00:01:30:f9:ad:a0", .lldpSystemName, "Summit300-48"),
        Answer(
            "lldp-cdp/arkime__wireshark-lldp.pcap", "00:13:21:57:ca:7f", .lldpSystemName,
            "ProCurve Switch 2600-8-PWR"
        ),
        Answer("lldp-cdp/iti__Profinet_Failed.pcap", "00:10:18:cb:8c:03", .lldpSystemName, "SCADA-PC-060839"),
        Answer("lldp-cdp/lldpd__8023bt.pcap", "c0:64:e4:a9:9b:82", .lldpSystemName, "cisco-bt-switch"),
        Answer("lldp-cdp/tcpd__LLDP_and_CDP.pcap", "00:18:ba:98:68:8f", .lldpSystemName, "S1.cisco.com"),
        Answer("lldp-cdp/tcpd__LLDP_and_CDP.pcap", "00:19:2f:a7:b2:8d", .lldpSystemName, "S2.cisco.com"),
        Answer("lldp-cdp/tcpd__erspan-type-i-4.pcap", "00:23:89:af:cd:22", .lldpSystemName, "Device B"),
        Answer("lldp-cdp/tcpd__erspan-type-i-4.pcap", "00:23:89:af:d2:78", .lldpSystemName, "Device C"),
        Answer(
            "ics-bacnet-modbus/malcolm__PROFINET.pcap", "00:0e:8c:ef:75:c9", .lldpSystemDescription,
            "Siemens AG SIMATIC S7 MULTIPORT SCALANCE X 200 FAM"
        ),
        Answer(
            "ics-bacnet-modbus/malcolm__PROFINET.pcap", "00:0e:8c:ef:75:cd", .lldpSystemDescription,
            "Siemens AG SIMATIC S7 MULTIPORT SCALANCE X 200 FAM"
        ),
        Answer(
            "lldp-cdp/arkime__wireshark-lldp.pcap", "00:01:30:f9:ad:a0", .lldpSystemDescription,
            "Summit300-48 - Version 7.4e.1 (Build 5) by Release_Master 05/27/05 04:53:11"
        ),
        Answer(
            "lldp-cdp/arkime__wireshark-lldp.pcap", "00:13:21:57:ca:7f", .lldpSystemDescription,
            "ProCurve J8762A Switch 2600-8-PWR, revision H.08.89, ROM H.08.5X (/sw/code/build/fish(ts_08_5))"
        ),
        Answer(
            "lldp-cdp/iti__Profinet_Failed.pcap", "00:10:18:cb:8c:03", .lldpSystemDescription,
            "Dell Inc. OptiPlex 990,01,G22XB2S + HMI"
        ),
        Answer(
            "lldp-cdp/iti__Profinet_Failed.pcap", "00:1b:1b:34:34:ce", .lldpSystemDescription,
            "Siemens AG SIMATIC S7 MULTIPORT SCALANCE X 200 FAM"
        ),
        Answer(
            "ics-bacnet-modbus/iti__EIP-ChangeTimeAttempt.pcap", "00:21:91:06:f1:66", .lldpManagementAddress,
            "208.73.217.142"
        ),
        Answer("lldp-cdp/lldpd__8023bt.pcap", "c0:64:e4:a9:9b:82", .lldpManagementAddress, "192.168.1.1"),
        Answer("lldp-cdp/tcpd__erspan-type-i-4.pcap", "00:23:89:af:cd:22", .lldpManagementAddress, "30.1.1.1"),
        Answer("lldp-cdp/tcpd__erspan-type-i-4.pcap", "00:23:89:af:d2:78", .lldpManagementAddress, "40.1.1.1"),
        Answer("ics-bacnet-modbus/malcolm__PROFINET.pcap", "00:0e:8c:ef:75:c9", .lldpCapabilities, "station"),
        Answer("ics-bacnet-modbus/malcolm__PROFINET.pcap", "00:0e:8c:ef:75:cd", .lldpCapabilities, "station"),
        Answer("lldp-cdp/arkime__wireshark-lldp.pcap", "00:01:30:f9:ad:a0", .lldpCapabilities, "bridge,router"),
        Answer("lldp-cdp/arkime__wireshark-lldp.pcap", "00:13:21:57:ca:7f", .lldpCapabilities, "bridge"),
        Answer("lldp-cdp/lldpd__8023bt.pcap", "c0:64:e4:a9:9b:82", .lldpCapabilities, "bridge"),
        Answer("lldp-cdp/arkime__wireshark-lldp.pcap", "00:01:30:f9:ad:a0", .lldpVlan, "488"),
        Answer("lldp-cdp/lldpd__8023bt.pcap", "c0:64:e4:a9:9b:82", .lldpVlan, "1"),
        Answer("lldp-cdp/tcpd__erspan-type-i-4.pcap", "00:23:89:af:cd:22", .lldpVlan, "12"),
        Answer("lldp-cdp/tcpd__erspan-type-i-4.pcap", "00:23:89:af:d2:78", .lldpVlan, "10"),
        Answer("lldp-cdp/arkime__wireshark-lldp.pcap", "00:01:30:f9:ad:a0", .lldpVlanName, "v2-0488-03-0505"),
        Answer("lldp-cdp/tcpd__dcb_ets.pcap", "08:00:27:0d:f1:3c", .lldpVlanName, "default"),
        Answer("lldp-cdp/tcpd__dcb_ets.pcap", "08:00:27:42:ba:59", .lldpVlanName, "default"),
        Answer("lldp-cdp/tcpd__erspan-type-i-4.pcap", "00:23:89:af:cd:22", .lldpVlanName, "VLAN 0012"),
        Answer("lldp-cdp/tcpd__erspan-type-i-4.pcap", "00:23:89:af:d2:78", .lldpVlanName, "VLAN 0010"),
        Answer("lldp-cdp/arkime__wireshark-lldp.pcap", "00:01:30:f9:ad:a0", .lldpPower, "pse"),
        Answer(
            "lldp-cdp/lldpd__8023bt.pcap", "c0:64:e4:a9:9b:82", .lldpPower,
            "pse class=4 requested=71.0W allocated=51.0W"
        ),
        Answer(
            "lldp-cdp/tcpd__erspan-type-i-4.pcap", "00:23:89:af:cd:22", .lldpPower,
            "pse class=0 requested=0.0W allocated=20.7W"
        ),
        Answer(
            "lldp-cdp/tcpd__erspan-type-i-4.pcap", "00:23:89:af:d2:78", .lldpPower,
            "pse class=0 requested=0.0W allocated=20.7W"
        ),
        Answer("ics-bacnet-modbus/malcolm__PROFINET.pcap", "00:09:91:43:e0:68", .lldpStationName, "versamax-pns11"),
        Answer(
            "ics-bacnet-modbus/malcolm__PROFINET.pcap", "00:0e:8c:ef:75:c9", .lldpStationName,
            "siemens-x208-switch"
        ),
        Answer(
            "ics-bacnet-modbus/malcolm__PROFINET.pcap", "00:0e:8c:ef:75:cd", .lldpStationName,
            "siemens-x208-switch"
        ),
        Answer("lldp-cdp/iti__Profinet_Failed.pcap", "00:10:18:cb:8c:03", .lldpStationName, "scada-pc-060839"),
        Answer("lldp-cdp/arkime__wireshark-lldp.pcap", "00:13:21:57:ca:7f", .lldpMedDeviceClass, "4"),
        Answer("lldp-cdp/lldpd__med-loc-malformed.pcap", "0a:c0:de:9d:0a:74", .lldpMedDeviceClass, "3"),
        Answer("lldp-cdp/arkime__wireshark-lldp.pcap", "00:13:21:57:ca:7f", .lldpMedPower, "pse 6.5W"),
        Answer("ics-bacnet-modbus/iti__EIP-ChangeTimeAttempt.pcap", "00:1e:f6:73:59:81", .cdpDeviceId, "Ns5gt"),
        Answer("lldp-cdp/arkime__mpls-basic.pcap", "00:30:96:05:28:38", .cdpDeviceId, "tagsw7206-31"),
        Answer("lldp-cdp/ndpi__capwap.pcap", "b8:38:61:f3:05:ac", .cdpDeviceId, "APb838.61f3.05ac"),
        Answer(
            "ics-bacnet-modbus/iti__EIP-ChangeTimeAttempt.pcap", "00:1e:f6:73:59:81", .cdpPortId,
            "GigabitEthernet1"
        ),
        Answer("lldp-cdp/arkime__mpls-basic.pcap", "00:30:96:05:28:38", .cdpPortId, "Ethernet2/0"),
        Answer("lldp-cdp/ndpi__capwap.pcap", "b8:38:61:f3:05:ac", .cdpPortId, "GigabitEthernet0", "GigabitEthernet0.1"),
        Answer(
            "ics-bacnet-modbus/iti__EIP-ChangeTimeAttempt.pcap", "00:1e:f6:73:59:81", .cdpPlatform,
            "cisco WS-CE500-24TT"
        ),
        Answer("lldp-cdp/arkime__mpls-basic.pcap", "00:30:96:05:28:38", .cdpPlatform, "cisco 7206VXR"),
        Answer("lldp-cdp/ndpi__capwap.pcap", "b8:38:61:f3:05:ac", .cdpPlatform, "cisco AIR-CAP2602I-Q-K9"),
        Answer("lldp-cdp/tcpd__LLDP_and_CDP.pcap", "00:18:ba:98:68:8f", .cdpPlatform, "cisco WS-C3560-24TS"),
        Answer("lldp-cdp/tcpd__LLDP_and_CDP.pcap", "00:19:2f:a7:b2:8d", .cdpPlatform, "cisco WS-C3560G-24PS"),
        Answer("lldp-cdp/zeek__cdp-v1.pcap", "00:e0:1e:d5:d5:15", .cdpPlatform, "cisco 1601"),
        Answer(
            "ics-bacnet-modbus/iti__EIP-ChangeTimeAttempt.pcap", "00:1e:f6:73:59:81", .cdpSoftware,
            "Cisco IOS Software, CE500 Software (CE500-LANBASE-M), Version 12.2(25)SEG4, RELEASE SOFT"
                + "WARE (fc1)\nCopyright (c) 1986-2007 by Cisco Systems, Inc.\nCompiled Mon 13-Aug-07 17:34 b"
                + "y yenanh"
        ),
        Answer(
            "lldp-cdp/arkime__mpls-basic.pcap", "00:30:96:05:28:38", .cdpSoftware,
            "Cisco Internetwork Operating System Software \nIOS (tm) 7200 Software (C7200-P-M), Experi"
                + "mental Version 12.1(20000209:213648) [ashokn-dp82932 101]\nCopyright (c) 1986-2000 by cis"
                + "co Systems, Inc.\nCompiled Thu 10-Feb-00 12:43 by ashokn"
        ),
        Answer(
            "lldp-cdp/ndpi__capwap.pcap", "b8:38:61:f3:05:ac", .cdpSoftware,
            "Cisco IOS Software, C2600 Software (AP3G2-K9W8-M), Version 15.2(4)JA1, RELEASE SOFTWARE "
                + "(fc2)\nTechnical Support: http://www.cisco.com/techsupport\nCopyright (c) 1986-2013 by Cis"
                + "co Systems, Inc.\nCompiled Tue 30-Jul-13 22:57 by prod_rel_team"
        ),
        Answer(
            "lldp-cdp/tcpd__LLDP_and_CDP.pcap", "00:18:ba:98:68:8f", .cdpSoftware,
            "Cisco IOS Software, C3560 Software (C3560-ADVIPSERVICESK9-M), Version 12.2(44)SE, RELEAS"
                + "E SOFTWARE (fc1)\nCopyright (c) 1986-2008 by Cisco Systems, Inc.\nCompiled Sat 05-Jan-08 0"
                + "0:15 by weiliu"
        ),
        Answer(
            "lldp-cdp/tcpd__LLDP_and_CDP.pcap", "00:19:2f:a7:b2:8d", .cdpSoftware,
            "Cisco IOS Software, C3560 Software (C3560-ADVIPSERVICESK9-M), Version 12.2(44)SE, RELEAS"
                + "E SOFTWARE (fc1)\nCopyright (c) 1986-2008 by Cisco Systems, Inc.\nCompiled Sat 05-Jan-08 0"
                + "0:15 by weiliu"
        ),
        Answer(
            "lldp-cdp/zeek__cdp-v1.pcap", "00:e0:1e:d5:d5:15", .cdpSoftware,
            "Cisco Internetwork Operating System Software \nIOS (tm) 1600 Software (C1600-NY-L), Versi"
                + "on 11.2(12)P, RELEASE SOFTWARE (fc1)\nCopyright (c) 1986-1998 by cisco Systems, Inc.\nComp"
                + "iled Tue 03-Mar-98 06:33 by dschwart"
        ),
        Answer("ics-bacnet-modbus/iti__EIP-ChangeTimeAttempt.pcap", "00:1e:f6:73:59:81", .cdpAddress, "192.168.10.253"),
        Answer("lldp-cdp/arkime__mpls-basic.pcap", "00:30:96:05:28:38", .cdpAddress, "10.1.2.1"),
        Answer("lldp-cdp/ndpi__capwap.pcap", "b8:38:61:f3:05:ac", .cdpAddress, "192.168.10.10"),
        Answer(
            "ics-bacnet-modbus/iti__EIP-ChangeTimeAttempt.pcap", "00:1e:f6:73:59:81", .cdpCapabilities,
            "switch,igmp"
        ),
        Answer("lldp-cdp/arkime__mpls-basic.pcap", "00:30:96:05:28:38", .cdpCapabilities, "router"),
        Answer("lldp-cdp/ndpi__capwap.pcap", "b8:38:61:f3:05:ac", .cdpCapabilities, "router,transparent-bridge"),
        Answer("ics-bacnet-modbus/iti__EIP-ChangeTimeAttempt.pcap", "00:1e:f6:73:59:81", .cdpNativeVlan, "3"),
        Answer("lldp-cdp/tcpd__LLDP_and_CDP.pcap", "00:18:ba:98:68:8f", .cdpNativeVlan, "1"),
        Answer("lldp-cdp/tcpd__LLDP_and_CDP.pcap", "00:19:2f:a7:b2:8d", .cdpNativeVlan, "1"),
        Answer("ics-bacnet-modbus/iti__EIP-ChangeTimeAttempt.pcap", "00:1e:f6:73:59:81", .cdpDuplex, "full"),
        Answer("lldp-cdp/arkime__mpls-basic.pcap", "00:30:96:05:28:38", .cdpDuplex, "half"),
        Answer("lldp-cdp/ndpi__capwap.pcap", "b8:38:61:f3:05:ac", .cdpPower, "13000mW", "15400mW"),
        Answer(
            "ics-bacnet-modbus/iti__EIP-ChangeTimeAttempt.pcap", "00:1e:f6:73:59:81", .stpBridgeId,
            "8003.00:1e:f6:73:59:80"
        ),
        Answer("lldp-cdp/pcpp__Stp.pcap", "00:01:01:00:00:01", .stpBridgeId, "8001.00:0b:fd:86:0f:00"),
        Answer("lldp-cdp/pcpp__Stp.pcap", "00:1a:a1:97:d1:85", .stpBridgeId, "8000.00:1a:a1:97:d1:80"),
        Answer("lldp-cdp/pcpp__Stp.pcap", "00:1c:0e:87:85:04", .stpBridgeId, "8064.00:1c:0e:87:85:00"),
        Answer("lldp-cdp/tcpd__802.1D_spanning_tree.pcap", "00:19:06:ea:b8:85", .stpBridgeId, "8001.00:19:06:ea:b8:80"),
        Answer(
            "ics-bacnet-modbus/iti__EIP-ChangeTimeAttempt.pcap", "00:1e:f6:73:59:81", .stpRootId,
            "8003.00:1e:f6:73:59:80"
        ),
        Answer("lldp-cdp/pcpp__Stp.pcap", "00:01:01:00:00:01", .stpRootId, "6001.00:0d:65:ad:f6:00"),
        Answer("lldp-cdp/pcpp__Stp.pcap", "00:1a:a1:97:d1:85", .stpRootId, "8000.00:0c:30:5d:d1:00"),
        Answer("lldp-cdp/pcpp__Stp.pcap", "00:1c:0e:87:85:04", .stpRootId, "8064.00:1c:0e:87:78:00"),
        Answer("lldp-cdp/tcpd__802.1D_spanning_tree.pcap", "00:19:06:ea:b8:85", .stpRootId, "8001.00:19:06:ea:b8:80"),
        Answer("infra/wireshark__wpa-eap-tls.pcap", "10:6f:3f:0e:33:3c", .eapMethod, "EAP-TLS"),
        Answer("infra/wireshark__wpa-eap-tls.pcap", "24:77:03:d2:5e:a8", .eapMethod, "EAP-TLS"),
        Answer("ics-bacnet-modbus/malcolm__PROFINET.pcap", "00:09:91:43:e0:67", .profinetStationName, "versamax-pns11"),
        Answer("ics-bacnet-modbus/malcolm__PROFINET.pcap", "00:09:91:43:e0:67", .profinetVendor, "IC200PNS001"),
        Answer("ics-bacnet-modbus/malcolm__PROFINET.pcap", "00:09:91:43:e0:67", .profinetDeviceRole, "device"),
        Answer("ics-bacnet-modbus/malcolm__PROFINET.pcap", "00:09:91:43:e0:67", .profinetDeviceId, "015a:0003"),
        Answer("ics-bacnet-modbus/malcolm__PROFINET.pcap", "00:09:91:43:e0:67", .profinetAddress, "192.168.1.2"),
    ]
}
