//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Known answers. Text and management: HTTP, SSH, SIP, SMB, SNMP, RADIUS, NTP, syslog, MQTT, CoAP.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension KnownAnswers {
    static let text: [Answer] = [
        Answer(
            "formats/arkime__nflog.pcap", "10.10.10.10", .httpUserAgent,
            "curl/7.19.7 (x86_64-redhat-linux-gnu) libcurl/7.19.7 NSS/3.21 Basic ECC zlib/1.2.3 libid"
                + "n/1.18 libssh2/1.4.2"
        ),
        Answer(
            "formats/pcpp__four_ipv6_http_streams.pcap", "2001:618:400::5199:cc70", .httpUserAgent,
            "Mozilla/5.0 (compatible; Konqueror/3.5; Linux) KHTML/3.5.2 (like Gecko) Kubuntu 6.06 Dapper"
        ),
        Answer(
            "formats/pcpp__one_tcp_stream.pcap", "6c:f0:49:b2:de:6e", .httpUserAgent,
            "Mozilla/5.0 (Windows NT 10.0; rv:52.0) Gecko/20100101 Firefox/52.0"
        ),
        Answer(
            "formats/pcpp__raw_ip.pcap", "10.0.0.1", .httpUserAgent,
            "Microsoft-CryptoAPI/10.0", "Mozilla/5.0 (Windows NT 10.0; rv:51.0) Gecko/20100101 Firefox/51.0"
        ),
        Answer(
            "formats/pcpp__raw_ip.pcap", "2001:618:400::5199:cc70", .httpUserAgent,
            "Mozilla/5.0 (compatible; Konqueror/3.5; Linux) KHTML/3.5.2 (like Gecko) Kubuntu 6.06 Dapper"
        ),
        Answer("formats/pcpp__sll.pcap", "08:00:27:19:1c:78", .httpUserAgent, "Wget/1.13.4 (linux-gnu)"),
        Answer(
            "ics-bacnet-modbus/zeek__modbus-and-non-modbus-p502.pcap", "00:0c:29:1d:40:46", .httpUserAgent,
            "Mozilla/5.0 zgrab/0.x"
        ),
        Answer("iot-setup/D-LinkCam/Setup-A-2-STA.pcap", "bc:f5:ac:f4:c0:9d", .httpUserAgent, "ksoap2-android/2.6.0+"),
        Answer(
            "malformed/arkime__http-tcp-seq-issue.pcap", "54:1e:56:b2:4f:c2", .httpUserAgent,
            "Mozilla/5.0 (compatible; MSIE 10.0; Windows NT 6.2)"
        ),
        Answer("formats/arkime__nflog.pcap", "cc:e1:7f:82:64:c1", .httpServer, "Apache"),
        Answer(
            "formats/pcpp__four_ipv6_http_streams.pcap", "2001:618:1:8000::5", .httpServer,
            "Apache/2.0.51 (FreeBSD)"
        ),
        Answer(
            "formats/pcpp__four_ipv6_http_streams.pcap", "2001:638:902:1:202:b3ff:feee:5dc2", .httpServer,
            "Apache/2.0.55 (Unix) mod_ssl/2.0.55 OpenSSL/0.9.8a DAV/2 mod_auth_pgsql/2.0.3 PHP/5.1.2"
        ),
        Answer("formats/pcpp__raw_ip.pcap", "2001:618:1:8000::5", .httpServer, "Apache/2.0.51 (FreeBSD)"),
        Answer("formats/pcpp__sll.pcap", "30:46:9a:23:fb:fa", .httpServer, "AkamaiGHost"),
        Answer("infra/arkime__80211http.pcap", "88:25:93:40:6b:6f", .httpServer, "nginx/1.13.3"),
        Answer("infra/arkime__http-basicauth.pcap", "00:1d:b5:ce:ef:c0", .httpServer, "cpsrvd/11.44.1.19"),
        Answer("iot-setup/Aria/Setup-A-5-STA.pcap", "00:b5:6d:06:08:ba", .httpServer, "cloudflare-nginx"),
        Answer("formats/arkime__nflog.pcap", "10.10.10.10", .httpHost, "www.aol.com"),
        Answer(
            "formats/pcpp__four_ipv6_http_streams.pcap", "2001:618:400::5199:cc70", .httpHost,
            "6bone.informatik.uni-leipzig.de", "www.uk6x.com"
        ),
        Answer("formats/pcpp__one_tcp_stream.pcap", "6c:f0:49:b2:de:6e", .httpHost, "service.zap.co.il"),
        Answer("iot-setup/Aria/Setup-A-5-STA.pcap", "20:f8:5e:ca:91:52", .httpHost, "www.fitbit.com"),
        Answer("malformed/arkime__http-tcp-seq-issue.pcap", "54:1e:56:b2:4f:c2", .httpHost, "xxx.xxxxxxxxxxxx.xxx.xx"),
        Answer("infra/ndpi__http_auth.pcap", "4c:17:eb:ba:24:e1", .httpRealm, "BrowserSpy.dk - HTTP Password Test"),
        Answer(
            "formats/pcpp__four_ipv6_http_streams.pcap", "2001:638:902:1:202:b3ff:feee:5dc2", .httpPoweredBy,
            "PHP/5.1.2"
        ),
        Answer("formats/pcpp__one_tcp_stream.pcap", "c4:12:f5:ff:72:e8", .httpPoweredBy, "ASP.NET"),
        Answer("iot-setup/D-LinkHomeHub/Setup-A-2-STA.pcap", "00:b5:6d:06:08:ba", .httpPoweredBy, "Express"),
        Answer("iot-setup/HueBridge/Setup-A-2-STA.pcap", "00:b5:6d:06:08:ba", .httpPoweredBy, "ASP.NET", "Express"),
        Answer("infra/arkime__smb-smbclient.pcap", "127.0.0.1", .smbNativeOS, "Unix"),
        Answer("infra/malcolm__KRB5.pcap", "00:0e:62:eb:22:01", .smbNativeOS, "Windows 5.0"),
        Answer("infra/malcolm__KRB5.pcap", "00:0f:1f:81:2f:18", .smbNativeOS, "Windows 2002 Service Pack 2 2600"),
        Answer("infra/arkime__smb-smbclient.pcap", "127.0.0.1", .smbNativeLanManager, "Samba 3.6.3"),
        Answer("infra/malcolm__KRB5.pcap", "00:0e:62:eb:22:01", .smbNativeLanManager, "Windows 2000 LAN Manager"),
        Answer("infra/malcolm__KRB5.pcap", "00:0f:1f:81:2f:18", .smbNativeLanManager, "Windows 2002 5.1"),
        Answer("infra/arkime__smb-smbclient.pcap", "127.0.0.1", .smbNtlmDomain, "WORKGROUP"),
        Answer("infra/arkime__smb-smbclient.pcap", "127.0.0.1", .smbDialect, "NT LM 0.12"),
        Answer("infra/malcolm__KRB5.pcap", "00:0e:62:eb:22:01", .smbDialect, "NT LM 0.12"),
        Answer("infra/malcolm__KRB5.pcap", "bc:30:5b:ed:ad:64", .smbDialect, "2.1"),
        Answer("infra/malcolm__KRB5.pcap", "bc:30:5b:ed:ad:64", .smbServerGuid, "6c786870-6261-6162-6c38-323100000000"),
        Answer("infra/ndpi__ssh.pcap", "00:0c:29:a5:45:e0", .sshBanner, "SSH-2.0-OpenSSH_5.3"),
        Answer("infra/ndpi__ssh.pcap", "00:50:56:c0:00:08", .sshBanner, "SSH-2.0-OpenSSH_5.6"),
        Answer(
            "infra/ndpi__ssh.pcap", "127.0.0.1", .sshBanner,
            "SSH-2.0-APACHE-SSHD-2.5.0", "SSH-2.0-OpenSSH_8.2p1 Ubuntu-4ubuntu0.11"
        ),
        Answer("tls/ja4__gre-sample.pcap", "172.28.2.3", .sshBanner, "SSH-1.99-OpenSSH_3.1p1"),
        Answer("tls/ja4__gre-sample.pcap", "66.59.111.190", .sshBanner, "SSH-2.0-OpenSSH_3.6.1p1"),
        Answer("tls/ja4__ssh-r.pcap", "24:4b:fe:cb:04:4e", .sshBanner, "SSH-2.0-PuTTY_Release_0.74"),
        Answer("tls/ja4__ssh-r.pcap", "52:54:00:19:35:a3", .sshBanner, "SSH-2.0-OpenSSH_7.4"),
        Answer("tls/ja4__ssh-r.pcap", "7a:45:58:c0:1d:c0", .sshBanner, "SSH-2.0-OpenSSH_8.7"),
        Answer("tls/ja4__ssh.pcapng", "68:3a:1e:20:05:cc", .sshBanner, "SSH-2.0-OpenSSH_8.9p1 Ubuntu-3ubuntu0.1"),
        Answer("tls/ja4__ssh.pcapng", "68:ec:c5:b4:5a:9b", .sshBanner, "SSH-2.0-OpenSSH_7.6p1 Ubuntu-4ubuntu0.5"),
        Answer("tls/ja4__ssh2-malformed.pcap", "00:0c:29:62:b6:75", .sshBanner, "SSH-2.0-OpenSSH_5.3"),
        Answer("tls/ja4__ssh2-malformed.pcap", "02:21:59:a1:83:b2", .sshBanner, "SSH-1.99-OpenSSH_3.9p1"),
        Answer("tls/ja4__sshv1.pcap", "00:00:86:05:80:da", .sshBanner, "SSH-1.5-1.2.26"),
        Answer("tls/ja4__sshv1.pcap", "00:60:97:07:69:ea", .sshBanner, "SSH-1.5-1.2.26"),
        Answer(
            "lldp-cdp/arkime__mpls-basic.pcap", "00:30:96:e6:fc:39", .telnetBanner,
            "Password required, but none set"
        ),
        Answer("infra/ndpi__ftp.pcap", "10:13:31:f1:39:76", .ftpBanner, "(vsFTPd 3.0.3)"),
        Answer(
            "infra/suri__firewall__ruletype-firewall-54-snmp-v1-trap__public-wiresharkwiki-c06-snmpv1-trap-app-r1-1-12.pcap",
            "00:20:af:1b:07:fa", .snmpVersion,
            "1"
        ),
        Answer("infra/suri__snmp-v2c-get__SNMPv2c_get_requests.pcap", "00:0e:83:16:f5:00", .snmpVersion, "2c"),
        Answer("infra/suri__snmp-v2c-get__SNMPv2c_get_requests.pcap", "00:1d:60:b3:0a:dd", .snmpVersion, "2c"),
        Answer("infra/suri__snmp-v3-unauth__snmp-v3-get-bulk-unauth.pcap", "32:42:69:17:45:a5", .snmpVersion, "3"),
        Answer(
            "infra/zeek__snmpwalk-short.pcap", "04:01:3a:ef:d2:01", .snmpSysDescr,
            "Linux ubuntu-512mb-sfo2-01 4.4.0-31-generic #50~14.04.1-Ubuntu SMP Wed Jul 13 01:07:32 UTC 2016 x86_64"
        ),
        Answer(
            "infra/zeek__leak_test.pcapng", "08:00:37:15:e6:bc", .snmpSysObjectId,
            "1.3.6.1.4.1.2001.1.1.1.297.93.1.27.2.2.1"
        ),
        Answer("infra/zeek__snmpwalk-short.pcap", "04:01:3a:ef:d2:01", .snmpSysObjectId, "1.3.6.1.4.1.8072.3.2.10"),
        Answer("infra/zeek__leak_test.pcapng", "08:00:37:15:e6:bc", .snmpSysName, "B6300"),
        Answer("infra/zeek__snmpwalk-short.pcap", "04:01:3a:ef:d2:01", .snmpSysName, "ubuntu-512mb-sfo2-01"),
        Answer("infra/zeek__leak_test.pcapng", "08:00:37:15:e6:bc", .snmpSysLocation, "Chandra's cube"),
        Answer(
            "infra/zeek__snmpwalk-short.pcap", "04:01:3a:ef:d2:01", .snmpSysLocation,
            "Sitting on the Dock of the Bay"
        ),
        Answer(
            "infra/suri__firewall__ruletype-firewall-54-snmp-v1-trap__public-wiresharkwiki-c06-snmpv1-trap-app-r1-1-12.pcap",
            "00:20:af:1b:07:fa", .snmpEnterprise,
            "1.3.6.1.4.1.4.1.2.21"
        ),
        Answer("infra/zeek__leak_test.pcapng", "127.0.0.1", .snmpEnterprise, "1.3.6.1.4.1.31337.0"),
        Answer(
            "infra/suri__snmp-v3-unauth__snmp-v3-get-bulk-unauth.pcap", "32:42:69:17:45:a5", .snmpEngineId,
            "80001f8880468a3a41a3a51b5c00000000"
        ),
        Answer("infra/zeek__leak_test.pcapng", "06:05:04:03:02:01", .snmpEngineId, "80001f8880a9498e5e3a2c3043"),
        Answer("infra/arkime__radius.pcap", "00:22:83:3f:17:cc", .radiusNasAddress, "10.0.0.1"),
        Answer("infra/tcpd__RADIUS-RFC3162.pcap", "127.0.0.1", .radiusNasAddress, "2001:db8:a0b:12f0::1"),
        Answer("infra/tcpd__RADIUS-RFC4675.pcap", "127.0.0.1", .radiusNasAddress, "127.0.0.1"),
        Answer("infra/arkime__radius.pcap", "00:22:83:3f:17:cc", .radiusVendor, "14823"),
        Answer("infra/ndpi__sip.pcap", "00:e0:ed:01:6e:bd", .sipUserAgent, "Nero SIPPS IP Phone Version 2.0.51.16"),
        Answer("infra/wireshark__sip.pcapng", "10.102.130.150", .sipUserAgent, "CSCO/7"),
        Answer(
            "infra/ndpi__sip.pcap", "00:30:54:00:34:56", .sipServer,
            "Cirpack/v4.38e (gw_sip)", "Sip EXpress router (0.8.12 (i386/linux))"
        ),
        Answer("mqtt/arkime__mqtt_synthetic.pcap", "192.168.1.10", .mqttClientId, "sensor-001"),
        Answer("mqtt/arkime__mqtt_synthetic.pcap", "192.168.1.20", .mqttClientId, "legacy-device"),
        Answer("mqtt/arkime__mqtt_synthetic.pcap", "192.168.1.30", .mqttClientId, "iot-gateway-west"),
        Answer("mqtt/ndpi__coap_mqtt.pcap", "08:00:27:00:44:72", .mqttClientId, "Bus41"),
        Answer("mqtt/suri__mqtt-events-invalid-qos__input.pcap", "::1", .mqttClientId, "myvoiceismypassport"),
        Answer(
            "mqtt/arkime__mqtt_synthetic.pcap", "192.168.1.10", .mqttTopic,
            "commands/+", "sensors/#", "sensors/humidity", "sensors/temperature"
        ),
        Answer("mqtt/arkime__mqtt_synthetic.pcap", "192.168.1.20", .mqttTopic, "data/readings"),
        Answer("mqtt/ndpi__coap_mqtt.pcap", "08:00:27:00:44:72", .mqttTopic, "Bus17Cmd", "Bus17Info"),
        Answer("mqtt/suri__mqtt-connect-rules__mqtt5_pub_jpeg.pcap", "::1", .mqttTopic, "topicX"),
        Answer("mqtt/arkime__mqtt_synthetic.pcap", "192.168.1.10", .mqttVersion, "3.1.1"),
        Answer("mqtt/arkime__mqtt_synthetic.pcap", "192.168.1.20", .mqttVersion, "3.1"),
        Answer("mqtt/arkime__mqtt_synthetic.pcap", "192.168.1.30", .mqttVersion, "3.1.1"),
        Answer("mqtt/ndpi__coap_mqtt.pcap", "08:00:27:00:44:72", .mqttVersion, "3.1.1"),
        Answer("mqtt/suri__mqtt-connect-rules__mqtt5_pub_jpeg.pcap", "::1", .mqttVersion, "5.0"),
        Answer(
            "mqtt/ndpi__coap_mqtt.pcap", "00:24:e8:a7:49:a1", .coapPath,
            "/separate", "/storage", "/storage/myresource"
        ),
        Answer("infra/wireshark__ntp.pcap", "08:00:2b:e4:c4:43", .ntpVersion, "3"),
        Answer("iot-setup/HueBridge/Setup-A-2-STA.pcap", "00:17:88:24:76:ff", .ntpVersion, "4"),
        Answer("iot-setup/HueBridge/Setup-A-2-STA.pcap", "00:b5:6d:06:08:ba", .ntpVersion, "3", "4"),
        Answer("tls/ja4__gre-sample.pcap", "18.26.4.105", .ntpVersion, "4"),
        Answer("tls/ja4__gre-sample.pcap", "66.59.111.182", .ntpVersion, "4"),
        Answer("tls/ja4__gre-sample.pcap", "66.59.111.190", .ntpVersion, "4"),
        Answer("infra/tcpd__syslog_udp.pcap", "b0:99:28:c8:d6:46", .syslogHost, "localhost", "through"),
        Answer("infra/zeek__tcp-syslog.pcap", "192.168.1.1", .syslogHost, "mymachine"),
        Answer("infra/tcpd__syslog_udp.pcap", "b0:99:28:c8:d6:46", .syslogProgram, "logger"),
        Answer("infra/zeek__syslog-single-udp.pcap", "127.0.0.1", .syslogProgram, "robin"),
        Answer("infra/zeek__tcp-syslog.pcap", "192.168.1.1", .syslogProgram, "su"),
    ]
}
