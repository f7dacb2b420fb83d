//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// NetBIOS, SSDP, WS-Discovery, SDC: what does a station call itself?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model
import Support
import Testing
import Wire

@Suite struct `NetBIOS names` {
    private let address = IPAddress(v4: 0x0A01_0207)

    private func register(_ name: String, suffix: UInt8, isGroup: Bool = false) -> [String] {
        let message = NetBIOS.registration(
            of: name, suffix: suffix, isGroup: isGroup, address: address, transaction: 7)
        return Told(message, port: 137, by: NetBIOS.read).facts
    }

    @Test func `a registered name is the station's, without padding and suffix`() {
        #expect(register("PUMP-7", suffix: 0) == [" netbios.name=PUMP-7"])
        #expect(register("PUMP-7", suffix: 0x20) == [" netbios.name=PUMP-7"])
        #expect(register("WARD", suffix: 0, isGroup: true) == [" netbios.group=WARD"])
    }

    @Test func `the name of a person who is logged in is left out`() {
        #expect(register("ASMITH", suffix: 3) == [])
    }

    @Test func `a name that is only asked for is nobody's`() {
        var message = NetBIOS.registration(of: "OTHER", address: address, transaction: 7)
        message[2] = 0x01  // a query
        message[11] = 0
        #expect(Told(message, port: 137, by: NetBIOS.read).facts == [])
    }

    @Test func `an answer counts when it names the sender's own address`() {
        // RFC 1002, 4.2.13.
        let registration = NetBIOS.registration(of: "PUMP-7", address: address, transaction: 7)
        let name = registration[12..<46]
        let answer: [UInt8] =
            [0, 7, 0x85, 0, 0, 0, 0, 1, 0, 0, 0, 0] + name + [0, 0x20, 0, 1, 0, 0, 1, 0x2C, 0, 6, 0, 0, 10, 1, 2, 7]
        #expect(Told(answer, port: 137, from: address, by: NetBIOS.read).facts == [" netbios.name=PUMP-7"])
        #expect(Told(answer, port: 137, from: IPAddress(v4: 1), by: NetBIOS.read).facts == [])
    }

    @Test func `a status answer lists all names of the station`() {
        var answer: [UInt8] = [0, 7, 0x84, 0, 0, 0, 0, 1, 0, 0, 0, 0]
        answer += NetBIOS.registration(of: "*", address: address, transaction: 7)[12..<46]
        answer += [0, 0x21, 0, 1, 0, 0, 0, 0, 0, 55, 3]
        for (name, suffix, flags) in [("PUMP-7", 0, 4), ("WARD", 0, 0x84), ("ASMITH", 3, 4)] as [(String, UInt8, UInt8)]
        {
            answer += Array(name.utf8) + [UInt8](repeating: 0x20, count: 15 - name.utf8.count) + [suffix, flags, 0]
        }
        #expect(
            Told(answer, port: 137, by: NetBIOS.read).facts == [" netbios.name=PUMP-7", " netbios.group=WARD"])
    }

    @Test func `neither a cut nor a changed message stops it`() {
        for message in Samples.names { Told.survives(message, ports: [137, 138], NetBIOS.read) }
    }
}

@Suite struct `SSDP messages` {
    private func read(_ message: [UInt8]) -> [String] { Told(message, port: 1_900, by: SSDP.read).facts }

    @Test func `an announcement and an answer tell server, name, type and place`() {
        let told = [
            " ssdp.location=http://10.1.2.7/d.xml", " ssdp.st=upnp:rootdevice", " ssdp.server=Linux UPnP/1.0 Pump/2",
            " ssdp.usn=uuid:7::upnp:rootdevice",
        ]
        let notify = SSDP.notify(
            type: "upnp:rootdevice", usn: "uuid:7::upnp:rootdevice", server: "Linux UPnP/1.0 Pump/2",
            location: "http://10.1.2.7/d.xml")
        #expect(read(notify) == told)
        let response = SSDP.response(
            type: "upnp:rootdevice", usn: "uuid:7::upnp:rootdevice", server: "Linux UPnP/1.0 Pump/2",
            location: "http://10.1.2.7/d.xml")
        #expect(Set(read(response)) == Set(told))
    }

    @Test func `a search tells what is looked for, and by which program`() {
        #expect(
            read(SSDP.search(for: "ssdp:all", userAgent: "Chromium/1 Linux"))
                == [" ssdp.st=ssdp:all", " ssdp.userAgent=Chromium/1 Linux"])
    }

    @Test func `names of headers come in either case, lines may end without carriage return`() {
        let message = Array("NOTIFY * HTTP/1.1\nserver : A\nNt:B\n\nusn: c".utf8)
        #expect(read(message) == [" ssdp.server=A", " ssdp.st=B"])
    }

    @Test func `neither a cut nor a changed message stops it`() {
        for message in Samples.names { Told.survives(message, ports: [1_900], SSDP.read) }
    }
}

@Suite struct `WS-Discovery messages` {
    private let location = "sdc.ctxt.loc:/sdc.ctxt.loc.detail/HOSP%2F%2F%2FCU1%2F%2FBed7?fac=HOSP&poc=CU1&bed=Bed7"
    private var monitor: WSDiscovery.Device {
        .init(
            address: "urn:uuid:4fe8a9ba", types: [.device, .medicalDevice],
            scopes: [
                location, SDC.participantKey, "sdc.cdc.type:/urn:oid:1.3.111.2.11073.10101.1/69965",
                "sdc.ctxt.pat:/Doe%2FJane",
            ], transports: ["https://10.1.2.7:6464/4fe8a9ba"])
    }

    private func read(_ message: [UInt8]) -> [String] { Told(message, port: 3_702, by: WSDiscovery.read).facts }

    @Test func `a medical device tells its bed and its kind, and never its patient`() {
        let expected = [
            " wsd.address=urn:uuid:4fe8a9ba", " wsd.types=dpws:Device mdpws:MedicalDevice", " sdc.location=" + location,
            " wsd.scopes=" + location, " sdc.key=sdc.mds.pkp:1.2.840.10004.20701.1.1",
            " wsd.scopes=sdc.mds.pkp:1.2.840.10004.20701.1.1",
            " sdc.type=sdc.cdc.type:/urn:oid:1.3.111.2.11073.10101.1/69965",
            " wsd.scopes=sdc.cdc.type:/urn:oid:1.3.111.2.11073.10101.1/69965",
            " wsd.xaddrs=https://10.1.2.7:6464/4fe8a9ba",
        ]
        #expect(read(WSDiscovery.hello(monitor, message: "urn:uuid:1")) == expected)
        #expect(read(WSDiscovery.probeMatch(monitor, message: "urn:uuid:1", relatesTo: "urn:uuid:2")) == expected)
    }

    @Test func `who looks for medical devices is not one`() {
        let told = Told(
            WSDiscovery.probe(for: [.medicalDevice], message: "urn:uuid:1"), port: 3_702, by: WSDiscovery.read)
        #expect(told.isRecognised)
        #expect(told.facts == [])
    }

    @Test func `metadata tell maker, model, firmware and serial`() {
        let document = Array(
            """
            <S:Envelope xmlns:S="x"><S:Body><m:Metadata xmlns:m="y"><m:MetadataSection><d:ThisModel>
            <d:Manufacturer xml:lang="en">B. Braun &amp; Co</d:Manufacturer><d:ModelName>Space</d:ModelName></d:ThisModel>
            <d:ThisDevice><d:FriendlyName>Pump 7</d:FriendlyName><d:FirmwareVersion>2.1</d:FirmwareVersion>
            <d:SerialNumber>S1</d:SerialNumber></d:ThisDevice></m:MetadataSection></m:Metadata></S:Body></S:Envelope>
            """.utf8)
        #expect(
            read(document) == [
                " wsd.manufacturer=B. Braun & Co", " wsd.model=Space", " wsd.friendlyName=Pump 7", " wsd.firmware=2.1",
                " wsd.serial=S1",
            ])
    }

    @Test func `a medical device's description tells maker and model, and nothing of a patient`() {
        let document = Array(
            """
            <s:Envelope xmlns:s="x"><s:Body><m:GetMdibResponse><pm:Mds><pm:MetaData>
            <pm:Manufacturer>Dr&#228;gerwerk</pm:Manufacturer><pm:ModelName>A3XX</pm:ModelName></pm:MetaData>
            <pm:ProductionSpecification><pm:SpecType Code="68186"><pm:ConceptDescription>c</pm:ConceptDescription>
            </pm:SpecType><pm:ProductionSpec>S17</pm:ProductionSpec></pm:ProductionSpecification></pm:Mds>
            <pm:PatientContext><pm:Givenname>Jane</pm:Givenname></pm:PatientContext>
            </m:GetMdibResponse></s:Body></s:Envelope>
            """.utf8)
        #expect(read(document) == [" sdc.manufacturer=Drägerwerk", " sdc.model=A3XX", " sdc.production=68186=S17"])
    }

    @Test func `neither a cut nor a changed message stops it`() {
        for message in Samples.names { Told.survives(message, ports: [3_702], WSDiscovery.read) }
    }
}

/// Expected values from tshark 4.0.17; `nbns` also from what Arkime stores.
@Suite(.enabled(if: Recordings.areHere)) struct `Name recordings` {
    private func values(_ path: String, _ field: Field, of mac: String) throws -> [String] {
        try Reading.facts(in: path).filter { $0.field == field && $0.mac == mac }.reduce(into: []) {
            if !$0.contains($1.value) { $0.append($1.value) }
        }
    }

    @Test func `a description of SDC as makers publish it tells maker and model`() throws {
        let url = try Recordings.url("captures/medical/sdc/sdc11073__tests__70041_MDIB_Final.xml")
        let description = [UInt8](try Data(contentsOf: url))
        let envelope = Array("<s:Envelope>".utf8) + description + Array("</s:Envelope>".utf8)
        let told = Told(envelope, port: 3_702, by: WSDiscovery.read).facts
        #expect(told.contains(" sdc.manufacturer=Drägerwerk AG & Co. KGaA"))
        #expect(told.contains(" sdc.model=A3XX"))
        #expect(told.contains(" sdc.production=68543=urn:oid:1.3.6.1.4.1.3592.2.1.2.1"))
    }

    @Test func `Windows stations register their names (Arkime)`() throws {
        let path = "mdns-ssdp-wsd/arkime__nbns.pcap"
        #expect(try values(path, .netbiosName, of: "00:50:56:33:78:9e") == ["MDJR98"])
        #expect(try values(path, .netbiosGroup, of: "00:50:56:33:78:9e") == ["WORKGROUP"])
    }

    @Test func `a browser announcement tells host, version and comment`() throws {
        let path = "lldp-cdp/iti__addroute1.pcapng"
        #expect(try values(path, .netbiosComment, of: "00:0c:29:71:cf:3f") == ["TI-VM server (Samba, Ubuntu)"])
        #expect(try values(path, .netbiosOsVersion, of: "00:0c:29:71:cf:3f") == ["4.9"])
    }

    @Test func `a light bridge announces its server and its description`() throws {
        let path = "iot-setup/HueBridge/Setup-A-2-STA.pcap"
        let mac = "00:17:88:24:76:ff"
        #expect(try values(path, .ssdpServer, of: mac) == ["Linux/3.14.0 UPnP/1.0 IpBridge/1.9.0"])
        #expect(try values(path, .ssdpLocation, of: mac) == ["http://10.10.10.6:80/description.xml"])
        #expect(
            try values(path, .ssdpUsn, of: mac).contains("uuid:2f402f80-da50-11e1-9b23-0017882476ff::upnp:rootdevice"))
    }

    @Test func `a Windows computer says by WS-Discovery that it is one`() throws {
        let path = "mdns-ssdp-wsd/pcpp__ip6_fragments.pcap"
        #expect(try values(path, .wsdTypes, of: "00:08:74:38:01:b4") == ["wsdp:Device pub:Computer"])
        #expect(
            try values(path, .wsdAddress, of: "00:08:74:38:01:b4")
                == ["urn:uuid:a53efa68-1d42-4990-8ae3-69cca9ed94ee"])
    }
}
