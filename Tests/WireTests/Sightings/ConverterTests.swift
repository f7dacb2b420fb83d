//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Other systems' lists, as sightings.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Testing

@testable import Wire

/// Runs a list through the converter in pieces of any size.
struct Converted {
    var lines: [SightingLine] = []
    var report: SightingConverter.Report

    init(
        _ format: SightingFormat, _ text: String, zone: Int64 = 0, inside: [String] = [], pieces: Int = 1 << 20,
        taken: String = "2024-05-02T12:00:00Z"
    ) {
        self.init(format, Array(text.utf8), zone: zone, inside: inside, pieces: pieces, taken: taken)
    }

    init(
        _ format: SightingFormat, _ bytes: [UInt8], zone: Int64 = 0, inside: [String] = [], pieces: Int = 1 << 20,
        taken: String = "2024-05-02T12:00:00Z"
    ) {
        var converter = SightingConverter(
            SightingConversion(
                format, time: ListTime(zone: zone), taken: Timestamp(rfc3339: taken) ?? .epoch,
                inside: inside.compactMap { SightingConversion.Network($0) }))
        var lines: [SightingLine] = []
        var start = 0
        while start < bytes.count {
            let piece = Array(bytes[start..<min(bytes.count, start + pieces)])
            converter.feed(piece, count: piece.count) { lines.append($0) }
            start += pieces
        }
        converter.finish { lines.append($0) }
        self.lines = lines
        report = converter.report
    }

    /// Without the mark of the form.
    var texts: [String] { lines.map { String($0.text.dropFirst(34)) } }
}

/// Goal: leases tell who was here, and who holds which address.
@Suite struct `Leases` {
    static let isc = #"""
        # The format of this file is documented in the dhcpd.leases(5) manual page.
        authoring-byte-order little-endian;
        failover peer "dhcp" state { my state normal at 4 2024/05/02 09:00:00; }
        lease 10.1.2.3 {
          starts 4 2024/05/02 10:00:00;
          ends 4 2024/05/02 22:00:00;
          cltt 4 2024/05/02 10:00:05;
          binding state active;
          next binding state free;
          rewind binding state free;
          hardware ethernet 00:1b:21:3a:4c:5d;
          uid "\001\000\033!:L]";
          set vendor-class-identifier = "MSFT 5.0";
          client-hostname "ws-\"12\";}";
        }
        lease 10.1.2.4 {
          starts epoch 1714557600; # Wed May  1 10:00:00 2024
          ends never;
          binding state active;
          hardware ethernet 00:09:fb:00:00:01;
          uid "\000pump-7";
        }
        lease 10.1.2.5 { starts 3 2024/05/01 08:00:00; ends 3 2024/05/01 09:00:00; binding state free;
          hardware ethernet 00:09:fb:00:00:02; }
        lease 10.1.2.6 { starts 3 2024/05/01 08:00:00; binding state abandoned; }
        host fixed { hardware ethernet 00:09:fb:00:00:03; fixed-address 10.1.2.7; }
        ia-na "\001\000\000\000\000\001\000\001*\000\000\000\000\033!:L^" {
          cltt 4 2024/05/02 11:00:00;
          iaaddr 2001:db8::12 { binding state active; preferred-life 300; ends 4 2024/05/02 23:00:00; }
          iaaddr 2001:db8::13 { binding state expired; }
        }

        """#

    @Test(arguments: [1, 7, 64, 1 << 20])
    func `of ISC's server are read, however the file comes`(pieces: Int) throws {
        let found = Converted(.iscDHCP, Self.isc, pieces: pieces)
        #expect(
            found.texts == [
                #""at":"2024-05-02T10:00:05Z","first":"2024-05-02T10:00:00Z","source":"dhcp-lease","mac":"00:1b:21:3a:4c:5d","ip":"10.1.2.3","name":"ws-\"12\";}","vendorClass":"MSFT 5.0"}"#,
                #""at":"2024-05-01T10:00:00Z","source":"dhcp-lease","mac":"00:09:fb:00:00:01","ip":"10.1.2.4","clientId":"pump-7"}"#,
                #""at":"2024-05-01T08:00:00Z","source":"dhcp-lease","mac":"00:09:fb:00:00:02"}"#,
                #""at":"2024-05-02T11:00:00Z","source":"dhcp-lease","mac":"00:1b:21:3a:4c:5e","ip":"2001:db8::12"}"#,
            ])
        #expect(found.report.rows == 6 && found.report.sightings == 4)
    }

    @Test func `of Kea are read, without those that were deleted or declined`() {
        let found = Converted(
            .kea,
            """
            address,hwaddr,client_id,valid_lifetime,expire,subnet_id,fqdn_fwd,fqdn_rev,hostname,state,user_context,pool_id
            10.1.2.3,00:1b:21:3a:4c:5d,01:00:1b:21:3a:4c:5d,3600,1714647600,1,0,0,ws-12.hospital.example.,0,,0
            10.1.2.4,00:09:fb:00:00:01,,3600,1714647600,1,0,0,a&#x2cb,2,,0
            10.1.2.3,00:1b:21:3a:4c:5d,,0,1714647600,1,0,0,,0,,0
            10.1.2.5,00:09:fb:00:00:02,,3600,1714647600,1,0,0,,1,,0
            nonsense,,,,,,,,,,,

            """)
        #expect(
            found.texts == [
                #""at":"2024-05-02T10:00:00Z","source":"dhcp-lease","mac":"00:1b:21:3a:4c:5d","ip":"10.1.2.3","name":"ws-12.hospital.example"}"#,
                #""at":"2024-05-02T10:00:00Z","source":"dhcp-lease","mac":"00:09:fb:00:00:01","name":"a,b"}"#,
            ])
        #expect(found.report.passedOver.map(\.count) == [1, 1] && found.report.troubles.map(\.line) == [6])
    }

    @Test func `of Kea for IPv6 tell the card in the client's identifier`() {
        let found = Converted(
            .kea,
            """
            address,duid,valid_lifetime,expire,subnet_id,pref_lifetime,lease_type,iaid,prefix_len,fqdn_fwd,fqdn_rev,hostname,hwaddr,state,user_context,hwtype,hwaddr_source,pool_id
            2001:db8::12,00:03:00:01:00:1b:21:3a:4c:5d,3600,1714647600,1,1800,0,7,128,0,0,,,0,,,,0

            """)
        #expect(found.lines.map(\.mac) == [HardwareAddress("00:1b:21:3a:4c:5d")])
        #expect(found.lines.map(\.ip) == [IPAddress("2001:db8::12")])
    }

    @Test func `of dnsmasq hold until they end`() {
        let found = Converted(
            .dnsmasq,
            """
            1714654800 00:1b:21:3a:4c:5d 10.1.2.3 ws-12 01:00:1b:21:3a:4c:5d
            1714600000 00:09:fb:00:00:01 10.1.2.4 * *
            0 06-00:09:fb:00:00:02 10.1.2.5 pump *
            duid 00:01:00:01:2a:00:00:00:00:1b:21:3a:4c:5d
            1714654800 12345 2001:db8::12 * 00:01:00:01:2a:00:00:00:00:1b:21:3a:4c:5e
            broken line

            """)
        #expect(
            found.texts == [
                #""at":"2024-05-02T12:00:00Z","source":"dhcp-lease","mac":"00:1b:21:3a:4c:5d","ip":"10.1.2.3","name":"ws-12"}"#,
                #""at":"2024-05-01T21:46:40Z","source":"dhcp-lease","mac":"00:09:fb:00:00:01"}"#,
                #""at":"2024-05-02T12:00:00Z","source":"dhcp-lease","mac":"00:09:fb:00:00:02","ip":"10.1.2.5","name":"pump"}"#,
                #""at":"2024-05-02T12:00:00Z","source":"dhcp-lease","mac":"00:1b:21:3a:4c:5e","ip":"2001:db8::12"}"#,
            ])
        #expect(found.report.troubles.map(\.line) == [6])
    }

    @Test func `that are cut or changed never stop it`() {
        let all: [(SightingFormat, String)] = [
            (.iscDHCP, Self.isc), (.iscDHCP, String(repeating: "lease 1 {", count: 1_000)),
            (.iscDHCP, "lease \"" + String(repeating: "\\", count: 5_000)),
            (.iscDHCP, String(repeating: "}", count: 100) + "lease 10.0.0.1 { starts epoch 99999999999999999999; }"),
            (.dnsmasq, "99999999999999999999 00:1b:21:3a:4c:5d 10.1.2.3 x *\n9 - - - -"),
            (.kea, "address,expire\n10.0.0.1,-9223372036854775808\n"),
            (.kea, "address,expire,valid_lifetime\n10.0.0.1,-9223372036854775808,9223372036854775807\n"),
        ]
        for (format, text) in all {
            let bytes = Array(text.utf8)
            for length in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 200)) {
                for line in Converted(format, Array(bytes[..<length])).lines { #expect(line.hasIdentifier) }
            }
            for place in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 200)) {
                var changed = bytes
                changed[place] = 0x7B
                _ = Converted(format, changed)
            }
        }
    }
}

/// Goal: accounting and flows tell who was there, and never who was logged in.
@Suite struct `Accounting and flows` {
    static let detail = """
        Thu May  2 10:00:00 2024
        \tUser-Name = "anna.smith"
        \tAcct-Status-Type = Interim-Update
        \tCalling-Station-Id = "00-1B-21-3A-4C-5D"
        \tCalled-Station-Id = "AA-BB-CC-00-00-10:clinical"
        \tFramed-IP-Address = 10.1.2.3
        \tTimestamp = 1714644000

        Thu May  2 10:10:00 2024
        \tUser-Name = "anna.smith"
        \tAcct-Status-Type = Interim-Update
        \tCalling-Station-Id = "00-1B-21-3A-4C-5D"
        \tCalled-Station-Id = "AA-BB-CC-00-00-10:clinical"
        \tFramed-IP-Address = 10.1.2.3
        \tTimestamp = 1714644600


        """

    @Test func `of a detail file are joined where they say the same`() {
        let found = Converted(.radius, Self.detail)
        #expect(
            found.texts == [
                #""at":"2024-05-02T10:10:00Z","first":"2024-05-02T10:00:00Z","count":2,"source":"radius","mac":"00:1b:21:3a:4c:5d","ip":"10.1.2.3","accessPoint":"aa:bb:cc:00:00:10","ssid":"clinical"}"#
            ])
    }

    @Test func `of a table leave the name of the user out, and say so`() {
        let found = Converted(
            .radius,
            """
            "User-Name","Calling-Station-Id","Called-Station-Id","Framed-IP-Address","AcctStartTime","AcctStopTime","NAS-IP-Address"
            "anna.smith","001b.213a.4c5d","AA-BB-CC-00-00-10:clinical","10.1.2.3","2024-05-02 11:00:00","0000-00-00 00:00:00","10.0.0.9"
            "bob","not a station","","","2024-05-02 11:00:00","",""

            """, zone: 3_600)
        #expect(found.lines.count == 1 && found.lines[0].at == Timestamp(rfc3339: "2024-05-02T10:00:00Z"))
        #expect(found.lines[0][.ssid] == "clinical" && !found.texts[0].contains("anna"))
        #expect(found.report.people == ["User-Name"])
    }

    static let old = """
        ts,te,td,sa,da,sp,dp,pr,flg,fwd,stos,ipkt,ibyt,opkt,obyt,in,out,sas,das,smk,dmk,dtos,dir,nh,nhb,svln,dvln
        2024-05-02 10:00:00,2024-05-02 10:00:05,5.000,10.1.2.3,10.9.0.1,50000,104,TCP,....,0,0,10,1000,0,0,1,2,0,0,0,0,0,0,0.0.0.0,0.0.0.0,0,0
        2024-05-02 10:00:00,2024-05-02 10:00:06,6.000,10.9.0.1,10.1.2.3,104,50000,TCP,....,0,0,10,1000,0,0,1,2,0,0,0,0,0,0,0.0.0.0,0.0.0.0,0,0
        2024-05-02 10:01:00,2024-05-02 10:01:05,5.000,93.184.216.34,10.1.2.99,443,50001,TCP,....,0,0,10,1000,0,0,1,2,0,0,0,0,0,0,0.0.0.0,0.0.0.0,0,0
        Summary
        flows,bytes,packets,avg_bps,avg_pps,avg_bpp
        3,3000,30,1,1,100

        """

    @Test(arguments: [1, 100, 1 << 20])
    func `only who sent was there, with the side that it took`(pieces: Int) {
        let found = Converted(.nfdump, Self.old, pieces: pieces)
        #expect(
            found.texts == [
                #""at":"2024-05-02T10:00:05Z","first":"2024-05-02T10:00:00Z","source":"flow","ip":"10.1.2.3","uses":["tcp/104"]}"#,
                #""at":"2024-05-02T10:00:06Z","first":"2024-05-02T10:00:00Z","source":"flow","ip":"10.9.0.1","serves":["tcp/104"]}"#,
            ])
    }

    @Test func `newer nfdump's columns are known, and both ends of a flow that was answered`() {
        let text = """
            firstSeen,duration,proto,srcAddr,srcPort,dstAddr,dstPort,inPackets,inBytes,outPackets
            2024-05-02 10:00:00.000,00:00:05.000,TCP,192.0.2.7,50000,198.51.100.9,443,10,1000,8
            1714644000.500,5.000,UDP,192.0.2.7,50000,198.51.100.9,53,10,1000,0

            """
        let found = Converted(.nfdump, text, inside: ["192.0.2.0/24", "198.51.100.0/24"])
        #expect(found.lines.map { $0.ip?.description } == ["192.0.2.7", "198.51.100.9"])
        #expect(
            found.lines[0].uses == [.init(.tcp, 443), .init(.udp, 53)] && found.lines[1].serves == [.init(.tcp, 443)])
        #expect(Converted(.nfdump, text).lines.isEmpty, "they are not inside")
    }

    @Test func `a table without the columns says which are missing`() {
        #expect(Converted(.nfdump, "a,b\n1,2\n").report.failure?.contains("nfdump -o csv") == true)
        #expect(Converted(.radius, "a,b\n1,2\n").report.failure != nil)
    }

    @Test(arguments: [
        ("10.0.0.0/8", "10.255.0.1", true), ("10.0.0.0/8", "11.0.0.1", false), ("0.0.0.0/0", "8.8.8.8", true),
        ("2001:db8::/32", "2001:db8:1::1", true), ("2001:db8::/65", "2001:db8::8000:0:0:0", false),
        ("10.1.2.3/32", "10.1.2.3", true), ("10.1.2.3/32", "10.1.2.2", false), ("0.0.0.0/0", "2001:db8::1", false),
    ])
    func `a network holds its own addresses`(network: String, address: String, isInside: Bool) throws {
        let all = try #require(SightingConversion.Network(network))
        #expect(all.contains(try #require(IPAddress(address))) == isInside)
    }
}

/// Goal: lists of devices are read in any dress, and nobody's name or number is in what comes out.
@Suite struct `Lists of devices` {
    @Test func `of a locating system tell the place, and no name of a patient`() {
        let found = Converted(
            .rtls,
            """
            Tag ID;Asset Name;Asset Type;Campus;Floor;Room;Last Located;Battery
            00:0C:CC:01:02:03;Alaris 8015;Infusion pump;East;2;204;02.05.2024 11:00;90
            000CCC010204;Smith, John;Patient;East;2;205;02.05.2024 11:00;80
            T-4711;Bed 7;Hospital bed;;;OR 1;02.05.2024 11:00;
            T-4712;Bed 8;Hospital bed;;;OR 1;;

            """, zone: 3_600)
        #expect(
            found.texts == [
                #""at":"2024-05-02T10:00:00Z","source":"rtls","mac":"00:0c:cc:01:02:03","name":"Alaris 8015","type":"Infusion pump","place":{"building":"East","floor":"2","room":"204"}}"#,
                #""at":"2024-05-02T10:00:00Z","source":"rtls","mac":"00:0c:cc:01:02:04","type":"Patient","place":{"building":"East","floor":"2","room":"205"}}"#,
                #""at":"2024-05-02T10:00:00Z","source":"rtls","name":"Bed 7","type":"Hospital bed","serial":"T-4711","place":{"room":"OR 1"}}"#,
            ])
        #expect(found.report.unused == ["Battery"] && found.report.passedOver.count == 2)
    }

    @Test func `of managed devices leave owners out, also where they stand in a device's name`() {
        let found = Converted(
            .mdm,
            """
            "Device Name","Serial Number","Wi-Fi MAC Address","IMEI","ICCID","Model","Manufacturer","Platform","OS Version","Last Seen","Owner","User Email","Phone Number"
            "Anna's iPhone","DMPX4711","A4:83:E7:00:00:01","35 693803 564380 9","8944110068000000013","iPhone 14","Apple","iOS","17.5","2024-05-02 10:00:00","Anna Smith","anna@hospital.example","+44 7700 900123"
            "tablet-smith","DMPX4712","a483e7000002","","","iPad","Apple","iPadOS","iPadOS 17.5","2024-05-02 10:00:00","Smith, Bob","",""
            "icu-tab-3","DMPX4713","","3.56938E+14","8.94411E+18","SM-T500","Samsung","Android","13","2024-05-02 10:00:00","","",""
            "old","DMPX4714","","","","","","","","","","",""

            """)
        #expect(
            found.texts == [
                #""at":"2024-05-02T10:00:00Z","source":"mdm","mac":"a4:83:e7:00:00:01","imei":"356938035643809","iccid":"8944110068000000013","vendor":"Apple","model":"iPhone 14","os":"iOS 17.5","serial":"DMPX4711"}"#,
                #""at":"2024-05-02T10:00:00Z","source":"mdm","mac":"a4:83:e7:00:00:02","vendor":"Apple","model":"iPad","os":"iPadOS 17.5","serial":"DMPX4712"}"#,
                #""at":"2024-05-02T10:00:00Z","source":"mdm","name":"icu-tab-3","vendor":"Samsung","model":"SM-T500","os":"Android 13","serial":"DMPX4713"}"#,
            ])
        #expect(found.report.people == ["Owner", "User Email", "Phone Number"])
        #expect(found.report.troubles.map(\.line) == [4, 4])
        #expect(found.report.troubles[0].words.contains("rounded"))
        #expect(found.report.passedOver.map(\.count) == [2, 1])
    }

    @Test func `of SIM cards count those that had a session, and no number of a telephone`() {
        let found = Converted(
            .sim,
            """
            ICCID,IMEI,MSISDN,Label,Status,Last Session,APN
            8944110068000000005,4901542032375101,+447700900123,Mrs Smith's hub,Active,2024-05-02T10:00:00Z,iot.example
            8944110068000000013,,+447700900124,spare,Test ready,,iot.example
            8944110068000000006,490154203237518,,,Active,2024-05-02T10:00:00Z,

            """)
        #expect(
            found.texts == [
                #""at":"2024-05-02T10:00:00Z","source":"sim","imei":"490154203237518","iccid":"8944110068000000005"}"#,
                #""at":"2024-05-02T10:00:00Z","source":"sim","imei":"490154203237518"}"#,
            ])
        #expect(found.report.people == ["MSISDN", "Label"] && found.report.troubles.map(\.line) == [4])
    }

    @Test func `of Bluetooth gateways are joined by tag and gateway, as table and as JSON`() {
        let table = Converted(
            .bleGateway,
            """
            gateway,address,name,rssi,time,addressType
            AC:23:3F:00:00:01,C4:11:22:33:44:55,,-60,2024-05-02T10:00:00Z,random static
            AC:23:3F:00:00:01,C4:11:22:33:44:55,,-61,2024-05-02T10:00:01Z,random static
            AC:23:3F:00:00:02,C4:11:22:33:44:55,,-80,2024-05-02T10:00:02Z,random static
            AC:23:3F:00:00:02,nothing,,-80,2024-05-02T10:00:02Z,

            """)
        #expect(
            table.texts == [
                #""at":"2024-05-02T10:00:01Z","first":"2024-05-02T10:00:00Z","count":2,"source":"ble-gateway","ble":"c4:11:22:33:44:55","bleKind":"static","gateway":"ac:23:3f:00:00:01"}"#,
                #""at":"2024-05-02T10:00:02Z","source":"ble-gateway","ble":"c4:11:22:33:44:55","bleKind":"static","gateway":"ac:23:3f:00:00:02"}"#,
            ])
        let json = Converted(
            .bleGateway,
            """
            [{"timestamp":"2024-05-02T10:00:00.000Z","type":"Gateway","mac":"AC233F000001","nums":2},{"timestamp":"2024-05-02T10:00:00Z","type":"Unknown","mac":"C41122334455","bleName":"Polar H10 A1B2C3D4","rssi":-60,"rawData":"0201"}]
            {"gateway":"AC:23:3F:00:00:02","address":"C4:11:22:33:44:66","time":1714644000,"extra":{"a":[1]}}
            broken

            """)
        #expect(
            json.texts == [
                #""at":"2024-05-02T10:00:00Z","source":"ble-gateway","ble":"c4:11:22:33:44:55","bleName":"Polar H10 A1B2C3D4","gateway":"ac:23:3f:00:00:01"}"#,
                #""at":"2024-05-02T10:00:00Z","source":"ble-gateway","ble":"c4:11:22:33:44:66","gateway":"ac:23:3f:00:00:02"}"#,
            ])
        #expect(json.report.troubles.map(\.line) == [3])
    }

    @Test func `are told from one another by their beginning`() {
        let known: [(SightingFormat?, String)] = [
            (.iscDHCP, Leases.isc), (.kea, "address,hwaddr,client_id\n"), (.radius, accountingInDetail),
            (.dnsmasq, "1714654800 00:1b:21:3a:4c:5d 10.1.2.3 ws-12 *\n"), (.nfdump, "ts,te,td,sa,da,sp,dp,pr\n"),
            (.nfdump, "firstSeen,duration,proto,srcAddr,srcPort,dstAddr,dstPort\n"),
            (.radius, "User-Name,Calling-Station-Id,AcctStartTime\n"), (.rtls, "Tag;Zone;Time\n1;2;3\n"),
            (.bleGateway, "gateway,address,rssi\n"), (.bleGateway, "[{\"type\":\"Gateway\"}]\n"),
            (.mdm, "Serial Number,OS Version\n"), (.sim, "ICCID,IMEI,MSISDN\n"), (nil, "a,b\n"), (nil, ""),
            (nil, "\u{0}\u{1}"),
        ]
        for (format, text) in known {
            #expect(SightingFormat(guessing: Array(text.utf8)) == format, "\(text.prefix(40))")
        }
    }

    @Test func `texts of any length and with any marks are written so that they are read as they are`() throws {
        let long = String(repeating: "x", count: 250) + " \u{1}     " + String(repeating: "y", count: 90)
        for text in [
            "tag,name,zone,time\n\(long),\(long),\(long),2024-05-02 10:00:00\n",
            "tag,building,zone,time\nX1,\(long),\u{2} ,2024-05-02 10:00:00\n",
        ] {
            let line = try #require(Converted(.rtls, text).lines.first)
            #expect(try SightingLine(Array(line.text.utf8).span) == line)
        }
    }

    @Test func `that are cut or changed are read as far as they go`() {
        for format in SightingFormat.allCases {
            let text =
                "mac,address,iccid,imei,serial,time,ts,sa,da,callingstationid,expire,gateway,rssi\n"
                + String(
                    repeating:
                        "00:1b:21:3a:4c:5d,C4:11:22:33:44:55,8944110068000000005,490154203237518,X1,2024-05-02 10:00:00,1,1,1,1,1,1,1\n",
                    count: 3)
            let bytes = Array(text.utf8)
            for length in stride(from: 0, to: bytes.count, by: 5) { _ = Converted(format, Array(bytes[..<length])) }
            for place in stride(from: 0, to: bytes.count, by: 3) {
                var changed = bytes
                changed[place] = [0, 0x22, 0x2C, 0xFF, 0x0A][place % 5]
                for line in Converted(format, changed).lines {
                    let again = try? SightingLine(Array(line.text.utf8).span)
                    #expect(again != nil, "\(line.text)")
                }
            }
        }
    }
}

private let accountingInDetail = `Accounting and flows`.detail
