//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Patients: planted in every place a medical message has for them, found in no fact.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Testing

@testable import Wire

@Suite struct `No patient in any fact` {
    static let planted = "PLANTED"

    private func expectNone(_ lines: [String], atLeast count: Int = 1) {
        #expect(lines.count >= count)
        for line in lines { #expect(!line.contains(Self.planted), "\(line)") }
    }

    /// Every field of every segment of chapter 2 to 15 that can name a person, and some that should not.
    @Test func `HL7: in every field of every other segment`() {
        var message = MLLP.Message(
            sendingApplication: "MONITOR", time: "20260101120000", type: "ORU^R01^ORU_R01", controlId: Self.planted)
        let all = Dictionary(uniqueKeysWithValues: (1...50).map { ($0, "\(Self.planted)^\($0)^EUI-64") })
        for name in [
            "PID", "PD1", "NK1", "GT1", "IN1", "IN2", "IN3", "PV2", "AL1", "DG1", "PR1", "ROL", "ORC", "NTE",
            "MRG",
            "ACC", "OBX1", "EVN", "MSA", "QRD", "QPD", "FT1", "SCH", "TXA", "SPM", "ARV", "PDA", "ZPI", "ZZZ",
        ] {
            message.add(name, all)
        }
        // In the segments that are read, everywhere but in what is read of them. PV1-3 is a bed, of which four parts count.
        message.add("PV1", all.filter { $0.key != 3 })
        message.add("PV1", [3: "ICU^R7^B2^General^\(Self.planted)^^^^\(Self.planted)~\(Self.planted)^1^2"])
        message.add("OBR", all.filter { $0.key != 3 })
        message.add("OBR", [3: "\(Self.planted)^\(Self.planted)^00A037009A0053DE^EUI-64"])
        message.add("OBX", all.filter { $0.key != 18 })
        message.add("PRT", all.filter { ![10, 16, 20, 22].contains($0.key) })
        let bytes = message.framed
        for size in [1, 3, 64, 100_000] {
            let lines = Speaking.stream(Speaking.cut(bytes, every: size)) { MLLP.read($0, $1, &$2, $3, into: &$4) }
            expectNone(lines, atLeast: 4)
        }
    }

    @Test func `HL7: in a header's security and control fields`() {
        let text =
            "MSH|^~\\&|A|B|C|D|20260101|\(Self.planted)|ORU^R01|\(Self.planted)|P|2.6|||||||||X|\(Self.planted)\r"
        expectNone(`HL7 messages`.read([`HL7 messages`.message(text)]), atLeast: 6)
    }

    @Test func `DICOM: in the data behind the association, and in the user identity`() {
        var request = DICOM.request(`DICOM associations`.scanner)
        // User identity (0x58) with a name and a password, appended to the user information item.
        let identity: [UInt8] =
            [0x58, 0, 0, 20, 2, 0, 0, 7] + Array(Self.planted.utf8) + [0, 7] + Array(Self.planted.utf8)
        request += identity
        let length = UInt32(request.count - 6)
        for index in 0..<4 { request[2 + index] = UInt8(truncatingIfNeeded: length >> UInt32(24 - 8 * index)) }
        let data: [UInt8] = [4, 0, 0, 0, 0, 15, 0, 0, 0, 11, 1, 2] + Array("\(Self.planted)^".utf8)
        let lines = Speaking.stream([request, data]) { DICOM.read($0, $1, &$2, $3, into: &$4) }
        expectNone(lines, atLeast: 5)
    }

    @Test func `ASTM: in every record and in the header's password`() {
        let records = [
            "H|\\^&|\(Self.planted)|\(Self.planted)|XN-550^00-24^22723|\(Self.planted)|\(Self.planted)|||\(Self.planted)||P|1|20260101",
            "P|1||\(Self.planted)||\(Self.planted)^H|\(Self.planted)", "O|1|\(Self.planted)",
            "C|1|I|H|\\^&|||\(Self.planted)",
            "Q|1|\(Self.planted)", "R|1|^^^WBC|\(Self.planted)", "L|1|N",
        ]
        let bytes = ASTM.frames(records).flatMap { $0 }
        for size in [1, 5, 4_096] {
            let lines = Speaking.stream(Speaking.cut(bytes, every: size)) { ASTM.read($0, $1, &$2, $3, into: &$4) }
            #expect(lines == ["astm.sender=XN-550^00-24^22723"])
        }
    }

    @Test func `POCT1-A: in observations, before and after the hello`() {
        let hello = POCT1.hello(
            deviceId: "D", vendorId: "V", modelId: "M", serialId: "S", softwareVersion: "1",
            time: "2026-01-01T00:00:00+00:00")
        let result = Array(
            "<OBS.R01><HDR><HDR.control_id V=\"2\"/></HDR><SVC><PT><PT.patient_id V=\"\(Self.planted)\"/></PT></SVC></OBS.R01>"
                .utf8)
        let read: Speaking.StreamParser = { POCT1.read($0, $1, &$2, $3, into: &$4) }
        expectNone(Speaking.stream([hello, result], .client, Packet(), read), atLeast: 5)
        #expect(Speaking.stream([result, hello], .client, Packet(), read).isEmpty)
    }

    @Test func `IntelliVue: in the patient's attributes`() {
        let name = Array(Self.planted.utf16).flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
        let attribute: [UInt8] = [0x09, 0x5D, 0, UInt8(name.count + 2), 0, UInt8(name.count)] + name
        // A poll result about patient demographics (class 0x2A), and the same attribute inside a monitor's description.
        let poll: [UInt8] = [
            0xE1, 0, 0, 2, 0, 2, 0, UInt8(attribute.count + 10), 0, 1, 0, 7, 0, UInt8(attribute.count + 4), 0, 1, 0,
            UInt8(attribute.count),
        ]
        #expect(Speaking.datagram(poll + attribute) { IntelliVue.read($0, $1, into: &$2) } == [])
        var description = IntelliVue.describe(`IntelliVue monitors`.monitor)
        description[41] = UInt8(description[41] + 1)
        description += attribute
        description[7] = UInt8(truncatingIfNeeded: description.count - 8)
        expectNone(Speaking.datagram(description) { IntelliVue.read($0, $1, into: &$2) } ?? [])
    }
}
