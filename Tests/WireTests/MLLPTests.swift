//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// HL7 v2 over MLLP: public recordings, senders seen in public text, devices behind gateways.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model
import Support
import Testing

@testable import Wire

/// Expected values: tshark 4.0 on the recordings (`-z follow,tcp`, `-Y hl7 -V`).
@Suite(.enabled(if: Recordings.areHere)) struct `HL7 recordings` {
    private func values(_ reading: Reading, _ ip: String) -> [String] {
        var seen: [String] = []
        for fact in reading.facts where fact.field.protocolName == "hl7" && fact.ip == ip {
            let line = fact.child + fact.field.name + "=" + fact.value
            if !seen.contains(line) { seen.append(line) }
        }
        return seen
    }

    @Test func `the sender of each message is named exactly`() throws {
        let reading = try Reading.read("hl7/tapirx__HL7-ADT.pcap")
        #expect(
            values(reading, "10.0.0.155") == [
                "sendingApplication=SENDING_APPLICATION", "sendingFacility=SENDING_FACILITY",
                "receivingApplication=RECEIVING_APPLICATION", "receivingFacility=RECEIVING_FACILITY",
                "messageType=ADT^A01", "version=2.3",
            ])
        #expect(
            values(reading, "10.0.0.126") == [
                "sendingApplication=RECEIVING_APPLICATION", "sendingFacility=RECEIVING_FACILITY",
                "receivingApplication=SENDING_APPLICATION", "receivingFacility=SENDING_FACILITY", "messageType=ACK",
                "version=2.3",
            ])
        #expect(reading.applications.contains(.hl7))
    }

    @Test func `the device of an observation comes out to the letter`() throws {
        let reading = try Reading.read("hl7/tapirx__HL7-ADT-UDI-OBX.pcap")
        #expect(values(reading, "10.0.0.155").last == "deviceId=Hospira Plum A+")
        #expect(reading.values(.hl7DeviceId) == ["Hospira Plum A+"])
    }

    /// 1,779 octets over two segments.
    @Test func `a message over several segments is read`() throws {
        let reading = try Reading.read("hl7/tapirx__HL7-ORU.pcap")
        #expect(
            values(reading, "10.0.0.155") == [
                "sendingApplication=SendingApp", "sendingFacility=SendingFac", "receivingApplication=ReceivingApp",
                "receivingFacility=ReceivingFac", "messageType=ORU^R01", "version=2.3",
            ])
    }

    @Test(arguments: ["hl7/tapirx__HL7-ADT.pcap", "hl7/tapirx__HL7-ADT-UDI-OBX.pcap", "hl7/tapirx__HL7-ORU.pcap"])
    func `nothing of a patient is kept`(path: String) throws {
        for fact in try Reading.facts(in: path) {
            for word in [
                "MOUSE", "MICKEY", "MINNIE", "DUCK", "GOOF", "WAYNE", "Penicillin", "939-5555", "12376", "XYZ",
            ] {
                #expect(!fact.value.contains(word), "\(fact)")
            }
        }
    }
}

@Suite struct `HL7 messages` {
    static func read(_ pieces: [[UInt8]], _ packet: Packet = Packet()) -> [String] {
        Speaking.stream(pieces, .client, packet) { MLLP.read($0, $1, &$2, $3, into: &$4) }
    }
    static func message(_ text: String) -> [UInt8] { [0x0B] + Array(text.utf8) + [0x1C, 0x0D] }

    /// MSH-3 and MSH-4 as they stand in public repositories (reference C3).
    @Test(arguments: [
        ("Mindray", "BS-200E", ""), ("MINDRAY", "BC-5380", ""), ("PHILIPS", "XCELERA", ""),
        ("Philips.CIS.CDS.MMS", "", ""),
        ("PHILIPS_MX450_A", "", ""), ("INFINITY^2.2", "Roche Diagnostics", ""),
        ("MINDRAY_D-SERIES^00A037009A0053DE^EUI-64", "MINDRAY", "00A037009A0053DE"),
        ("MINDRAY_EGATEWAY^00A0370027000143^EUI-64", "MINDRAY", "00A0370027000143"),
        ("Smiths Medical^001A010000000001^EUI-64", "", "001A010000000001"),
        ("FA24E01AA0173^70b3d57372500457^EUI-64", "", "70b3d57372500457"),
    ])
    func `senders seen in the wild are kept as sent`(application: String, facility: String, eui64: String) {
        let message = MLLP.Message(
            sendingApplication: application, sendingFacility: facility, time: "20260101120000", type: "ORU^R01^ORU_R01",
            controlId: "1", profile: "IHE_PCD_001")
        var expected = ["hl7.sendingApplication=" + application]
        if !facility.isEmpty { expected.append("hl7.sendingFacility=" + facility) }
        expected += ["hl7.messageType=ORU^R01^ORU_R01", "hl7.version=2.6", "hl7.profile=IHE_PCD_001"]
        if !eui64.isEmpty { expected.append("hl7.eui64=" + eui64) }
        #expect(Self.read([message.framed]) == expected)
    }

    @Test func `a message may use delimiters of its own`() {
        let text =
            "MSH#*!@%#PUMP*001A010000000001*EUI-64#WARD###20260101##ORU*R01#1#P#2.6\rOBX#1#NM#x###########"
            + "#####A1!B2\r"
        #expect(
            Self.read([Self.message(text)]) == [
                "hl7.sendingApplication=PUMP*001A010000000001*EUI-64", "hl7.sendingFacility=WARD",
                "hl7.messageType=ORU*R01", "hl7.version=2.6", "hl7.eui64=001A010000000001",
            ])
    }

    @Test func `frames without a start, several at once, and segments that end in two octets are read`() {
        let one = "MSH|^~\\&|A|B|C|D|20260101||ADT^A01|1|P|2.3\r\nEVN|A01\r\n"
        let two = "MSH|^~\\&|E|F|G|H|20260101||ACK|2|P|2.4"
        let expected = [
            "hl7.sendingApplication=A", "hl7.sendingFacility=B", "hl7.receivingApplication=C",
            "hl7.receivingFacility=D", "hl7.messageType=ADT^A01", "hl7.version=2.3", "hl7.sendingApplication=E",
            "hl7.sendingFacility=F", "hl7.receivingApplication=G", "hl7.receivingFacility=H", "hl7.messageType=ACK",
            "hl7.version=2.4",
        ]
        let bytes = Array(one.utf8) + [0x1C, 0x0D] + Self.message(two)
        for size in [1, 2, 7, 4_096] { #expect(Self.read(Speaking.cut(bytes, every: size)) == expected) }
    }

    @Test func `a picture in an observation is skipped and the next message found`() {
        let text =
            "MSH|^~\\&|A||||20260101||ORU^R01|1|P|2.3\rOBX|1|ED|x||" + String(repeating: "QUJD", count: 20_000) + "|\r"
        let bytes = Self.message(text) + Self.message("MSH|^~\\&|Z||||20260101||ACK|2|P|2.3\r")
        let lines = Self.read(Speaking.cut(bytes, every: 1_460))
        #expect(lines.contains("hl7.sendingApplication=A"))
        #expect(lines.contains("hl7.sendingApplication=Z"))
    }

    @Test func `only headers are recognised`() {
        func judge(_ text: String) -> Bool { Speaking.recognises(Array(text.utf8)) { MLLP.recognises($0, $1) } }
        #expect(judge("\u{0B}MSH|^~\\&|A|"))
        #expect(judge("MSH|^~\\&|A|"))
        #expect(judge("\u{0B}MS"))
        #expect(judge("\u{0B}FHS|^~\\&|A|"))
        #expect(!judge("\u{0B}"))
        #expect(!judge("MSH"))
        #expect(!judge("MSH hello world"))
        #expect(!judge("M-SEARCH * HTTP/1.1"))
        #expect(!judge("\u{0B}PID|1|2|3|"))
    }
}

@Suite struct `Devices behind an HL7 gateway` {
    private func read(_ segments: [(String, [Int: String])], _ packet: Packet = Packet()) -> [String] {
        var message = MLLP.Message(
            sendingApplication: "GATEWAY^00A0370027000143^EUI-64", time: "20260101120000", type: "ORU^R01^ORU_R01",
            controlId: "1")
        for (name, fields) in segments { message.add(name, fields) }
        return Array(HL7_messages.read([message.framed], packet).dropFirst(4))
    }
    private typealias HL7_messages = `HL7 messages`

    @Test func `a device with an EUI-64 of its own is a child`() {
        #expect(
            read([("OBX", [1: "1", 18: "BeneVision N17^MINDRAY^00A037009A0053DE^EUI-64"])]) == [
                "[eui64:00A037009A0053DE] hl7.eui64=00A037009A0053DE",
                "[eui64:00A037009A0053DE] hl7.deviceId=BeneVision N17",
            ])
    }

    /// PV1-3 (HL7 v2.8, 2A.3.53): point of care, room, bed, facility; the rest of the visit names people.
    private static let visit: [Int: String] = [
        1: "1", 2: "I", 3: "ICU&2.16.840.1&ISO^R7^B2^General&9.8&ISO^^BED^Main^3^PLANTED", 7: "71^PLANTED^DOCTOR",
        19: "PLANTED-VISIT",
    ]

    @Test func `the bed of an observation is where its device is`() {
        let expected = [
            "[eui64:00A037009A0053DE] hl7.eui64=00A037009A0053DE", "[eui64:00A037009A0053DE] hl7.deviceId=N17",
            "[eui64:00A037009A0053DE] hl7.location=ICU^R7^B2^General",
        ]
        #expect(
            read([("PV1", Self.visit), ("OBX", [1: "1", 18: "N17^MINDRAY^00A037009A0053DE^EUI-64"])]) == expected)
    }

    @Test func `the bed and the device may come in different packets`() {
        var message = MLLP.Message(
            sendingApplication: "G", time: "20260101120000", type: "ORU^R01^ORU_R01", controlId: "1")
        message.add("PV1", Self.visit)
        message.add("OBX", [1: "1", 18: "N17^MINDRAY^00A037009A0053DE^EUI-64"])
        for size in [1, 7, 60, 4_096] {
            let lines = HL7_messages.read(Speaking.cut(message.framed + message.framed, every: size))
            #expect(lines.count { $0 == "[eui64:00A037009A0053DE] hl7.location=ICU^R7^B2^General" } == 2)
            #expect(lines.count { $0.contains("hl7.deviceId=N17") } == 2)
            #expect(!lines.contains { $0.contains("PLANTED") })
        }
    }

    @Test func `a sender that names no device speaks for itself, and only in observations`() {
        #expect(read([("PV1", Self.visit)]) == ["hl7.location=ICU^R7^B2^General"])
        var admission = MLLP.Message(
            sendingApplication: "ADT", time: "20260101120000", type: "ADT^A01^ADT_A01", controlId: "1")
        admission.add("PV1", Self.visit)
        #expect(!HL7_messages.read([admission.framed]).contains { $0.contains("location") })
    }

    @Test(arguments: ["", "Mirth Corporation", "ICU", "ICU^^", "ICU^" + String(repeating: "x", count: 250)])
    func `a place without a room or a bed is none`(place: String) {
        #expect(read([("PV1", [1: "1", 3: place])]) == [])
    }

    @Test func `one message's bed is not the next one's`() {
        var first = MLLP.Message(sendingApplication: "A", time: "20260101", type: "ORU^R01", controlId: "1")
        first.add("PV1", Self.visit)
        var second = MLLP.Message(sendingApplication: "A", time: "20260101", type: "ORU^R01", controlId: "2")
        second.add("OBX", [1: "1", 18: "N17^MINDRAY^00A037009A0053DE^EUI-64"])
        let lines = HL7_messages.read([first.bytes + second.framed])
        #expect(lines.contains("hl7.location=ICU^R7^B2^General"))
        #expect(!lines.contains { $0.hasPrefix("[") && $0.contains("location") })
    }

    @Test func `spelling does not make two devices of one`() {
        #expect(
            read([
                ("OBR", [3: "1234^PUMP^00-1a-01-00-00-00-00-01^EUI-64"]),
                ("OBX", [1: "1", 18: "001A010000000001^^001A010000000001^EUI-64"]),
            ]) == [
                "[eui64:001A010000000001] hl7.eui64=00-1a-01-00-00-00-00-01",
                "[eui64:001A010000000001] hl7.eui64=001A010000000001",
            ])
    }

    @Test func `the gateway's own EUI-64 stays with the gateway`() {
        #expect(read([("OBR", [3: "4711^GATEWAY^00A0370027000143^EUI-64"])]) == ["hl7.eui64=00A0370027000143"])
    }

    @Test func `an EUI-64 made from the sender's hardware address is the sender`() {
        var packet = Packet()
        packet.source = HardwareAddress(bits: 0x00A0_379A_53DE)
        #expect(
            read([("OBX", [18: "N17^MINDRAY^00A037FFFE9A53DE^EUI-64"])], packet) == [
                "hl7.eui64=00A037FFFE9A53DE", "hl7.deviceId=N17",
            ])
    }

    @Test func `a participation tells UDI, device, serial number and type`() {
        #expect(
            read([
                (
                    "PRT",
                    [
                        1: "1", 2: "UC", 4: "EQUIP", 5: "99^PLANTED^PERSON",
                        10: "(01)00643169001763(17)160712(21)21A11F4855",
                        16: "00643169001763", 20: "21A11F4855", 22: "69985^MDC_DEV_PUMP_INFUS_MDS^MDC",
                    ]
                )
            ]) == [
                "[serial:21A11F4855] hl7.udi=(01)00643169001763(17)160712(21)21A11F4855",
                "[serial:21A11F4855] hl7.deviceId=00643169001763", "[serial:21A11F4855] hl7.serial=21A11F4855",
                "[serial:21A11F4855] hl7.deviceModel=MDC_DEV_PUMP_INFUS_MDS",
            ])
    }

    @Test func `a participation with an EUI-64 is about that device`() {
        #expect(
            read([("PRT", [10: "PUMP7^B Braun^0012210000000007^EUI-64", 20: "SN7"])]) == [
                "[eui64:0012210000000007] hl7.eui64=0012210000000007",
                "[eui64:0012210000000007] hl7.deviceId=PUMP7", "[eui64:0012210000000007] hl7.serial=SN7",
            ])
    }

    @Test func `a bare UDI is a device, a bare name is not`() {
        #expect(
            read([("OBX", [18: "(01)00643169001763(21)7"]), ("OBX", [18: "Plum 360"])]) == [
                "[udi:(01)00643169001763(21)7] hl7.udi=(01)00643169001763(21)7", "hl7.udi=Plum 360",
                "hl7.deviceId=Plum 360",
            ])
    }

    @Test func `fifty observations of one device tell it once`() {
        let one = ("OBX", [18: "N17^MINDRAY^00A037009A0053DE^EUI-64"])
        #expect(read(Array(repeating: one, count: 50)).count == 2)
    }
}

/// Messages of public test suites, framed by ourselves. What must come out is what stands in the file's header, found
/// here by plain splitting.
@Suite(.enabled(if: Recordings.areHere)) struct `HL7 messages of public test suites` {
    static let files: [String] = {
        guard let folder = try? Recordings.url("clinical/hl7").path,
            let names = try? FileManager.default.contentsOfDirectory(atPath: folder)
        else { return [] }
        return names.filter { $0.hasSuffix(".hl7") }.sorted()
    }()

    private static func segments(_ text: String) -> [[String]] {
        text.split { $0.isNewline }.map {
            String($0).replacing("\u{FEFF}", with: "").split(separator: "|", omittingEmptySubsequences: false).map(
                String.init)
        }
    }

    @Test(arguments: files)
    func `headers come out as sent, patients and relatives do not`(file: String) throws {
        let bytes = [UInt8](try Data(contentsOf: Recordings.url("clinical/hl7/" + file)))
        let segments = Self.segments(String(decoding: bytes, as: UTF8.self))
        guard let header = segments.first(where: { $0[0] == "MSH" }) else { return }
        let lines = `HL7 messages`.read(Speaking.cut([0x0B] + bytes + [0x1C, 0x0D], every: 1_460))
        for (index, name) in [(2, "sendingApplication"), (3, "sendingFacility"), (8, "messageType"), (11, "version")] {
            guard header.count > index else { continue }
            let value = header[index].trimmingCharacters(in: .whitespaces)
            if !value.isEmpty { #expect(lines.contains("hl7.\(name)=\(value)")) }
        }
        // Names of people: PID-5, -6, -9, NK1-2, GT1-3, IN1-16, PV1-7 to -9, every part of at least four letters.
        let places = ["PID": [5, 6, 9, 11], "NK1": [2], "GT1": [3, 5], "IN1": [16, 19], "PV1": [7, 8, 9]]
        let told = lines.filter { !header.contains(String($0.drop { $0 != "=" }.dropFirst())) }
        for segment in segments {
            for place in places[segment[0]] ?? [] where place < segment.count {
                for part in segment[place].split(whereSeparator: { !$0.isLetter }) where part.count >= 4 {
                    #expect(!told.contains { $0.contains(part) }, "\(part) in \(told)")
                }
            }
        }
    }

    @Test func `devices of participations and observations come out to the letter`() throws {
        let charge = [UInt8](try Data(contentsOf: Recordings.url("clinical/hl7/ms__DFT-P03-01.hl7")))
        let lines = `HL7 messages`.read([charge])
        #expect(lines.contains("[serial:21A11F4855] hl7.serial=21A11F4855"))
        #expect(lines.contains("[serial:21A11F4855] hl7.deviceId=SampleDevice"))
        #expect(lines.contains("[serial:21A11F4855] hl7.deviceId=00643169001763"))
        let results = [UInt8](try Data(contentsOf: Recordings.url("clinical/hl7/ms__OUL-R22-02.hl7")))
        #expect(`HL7 messages`.read([results]).contains("hl7.deviceId=EI12.3"))
    }
}
