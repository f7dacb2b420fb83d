//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// DICOM: associations of public recordings, and our own for what they lack.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Support
import Testing

@testable import Wire

/// Expected values: tshark 4.0 on the recordings (`-V`, A-ASSOCIATE request).
@Suite(.enabled(if: Recordings.areHere)) struct `DICOM recordings` {
    @Test(arguments: [
        "dicom/tapirx__dicom_arq_1_find_testclient.pcap", "dicom/tapirx__dicom_arq_2_get_testclient.pcap",
    ])
    func `the caller is named with its software`(path: String) throws {
        let reading = try Reading.read(path)
        #expect(reading.values(.dicomCallingAE) == ["testclient"])
        #expect(reading.values(.dicomCalledAE) == ["testserver"])
        #expect(reading.values(.dicomImplementationClassUID) == ["1.2.826.0.1.3680043.9.7133.1.1"])
        #expect(reading.values(.dicomImplementationVersion) == ["GODICOM_1_1"])
        #expect(
            reading.values(.dicomTransferSyntaxes) == [
                "1.2.840.10008.1.2,1.2.840.10008.1.2.1,1.2.840.10008.1.2.2,1.2.840.10008.1.2.1.99"
            ])
        #expect(reading.applications.contains(.dicom))
    }

    @Test func `every service that is asked for is one fact`() throws {
        let reading = try Reading.read("dicom/tapirx__dicom_arq_1_find_testclient.pcap")
        #expect(
            reading.values(.dicomAbstractSyntax) == [
                "1.2.840.10008.5.1.4.1.2.1.1", "1.2.840.10008.5.1.4.1.2.2.1", "1.2.840.10008.5.1.4.1.2.3.1",
                "1.2.840.10008.5.1.4.31",
            ])
    }

    /// 16,509 octets over two segments, 123 contexts.
    @Test func `a request over several segments is read whole`() throws {
        let reading = try Reading.read("dicom/tapirx__dicom_arq_2_get_testclient.pcap")
        #expect(reading.values(.dicomAbstractSyntax).count == 123)
        #expect(reading.facts.filter { $0.field == .dicomCallingAE }.count == 1)
    }
}

@Suite struct `DICOM associations` {
    static let scanner = DICOM.Association(
        callingAE: "CT01", calledAE: "PACS", implementationClassUID: "1.3.12.2.1107.5.1.4",
        implementationVersion: "SIEMENS_S7",
        contexts: [
            .init("1.2.840.10008.5.1.4.1.1.2", ["1.2.840.10008.1.2.1", "1.2.840.10008.1.2"]),
            .init("1.2.840.10008.1.1", ["1.2.840.10008.1.2"]),
        ])
    static let asked = [
        "dicom.callingAE=CT01", "dicom.calledAE=PACS", "dicom.abstractSyntax=1.2.840.10008.5.1.4.1.1.2",
        "dicom.abstractSyntax=1.2.840.10008.1.1", "dicom.implementationClassUID=1.3.12.2.1107.5.1.4",
        "dicom.implementationVersion=SIEMENS_S7", "dicom.transferSyntaxes=1.2.840.10008.1.2.1,1.2.840.10008.1.2",
    ]

    private func read(_ pieces: [[UInt8]]) -> [String] {
        Speaking.stream(pieces) { DICOM.read($0, $1, &$2, $3, into: &$4) }
    }

    @Test(arguments: [1, 5, 73, 74, 75, 4_096])
    func `what is written is read, however it is cut`(size: Int) {
        #expect(read(Speaking.cut(DICOM.request(Self.scanner), every: size)) == Self.asked)
    }

    @Test func `the answer names the server's software, not the caller`() {
        var archive = Self.scanner
        archive.implementationClassUID = "1.2.40.0.13.1.3"
        archive.implementationVersion = "dcm4che-5.23.2"
        #expect(
            read([DICOM.accept(archive)]) == [
                "dicom.calledAE=PACS", "dicom.implementationClassUID=1.2.40.0.13.1.3",
                "dicom.implementationVersion=dcm4che-5.23.2",
            ])
    }

    @Test func `a request that was cut off still tells who called`() {
        #expect(
            read([Array(DICOM.request(Self.scanner).prefix(80))]) == ["dicom.callingAE=CT01", "dicom.calledAE=PACS"])
    }

    /// 128 contexts with twenty encodings each: more than a stream may collect.
    @Test func `the software is found behind more contexts than can be kept`() {
        var large = Self.scanner
        let syntaxes = (0..<20).map { "1.2.840.10008.1.2.4.\($0 + 50)" }
        large.contexts = (0..<128).map { .init("1.2.840.10008.5.1.4.1.1.\($0)", syntaxes) }
        let bytes = DICOM.request(large)
        #expect(bytes.count > 60_000)
        let lines = read(Speaking.cut(bytes, every: 1_460))
        #expect(lines.contains("dicom.implementationVersion=SIEMENS_S7"))
        #expect(
            lines.filter { $0.hasPrefix("dicom.transferSyntaxes=1.2.840.10008.1.2.4.50,1.2.840.10008.1.2.4.51,") }.count
                == 1)
        #expect(!lines.contains("notMine"))
    }

    @Test func `any port will do, and other protocols are not taken for it`() {
        func judge(_ bytes: [UInt8], port: UInt16 = 40_000) -> Bool {
            Speaking.recognises(bytes, port: port) { DICOM.recognises($0, $1) }
        }
        let request = DICOM.request(Self.scanner)
        #expect(judge(request))
        #expect(judge(Array(request.prefix(40))))
        #expect(!judge(Array(request.prefix(6))))
        #expect(judge(Array(request.prefix(6)), port: 104))
        #expect(!judge([1, 0, 0, 0, 0, 1]))
        #expect(!judge(Array(repeating: 1, count: 200)))
        var withoutVersion = request
        withoutVersion[7] = 0
        #expect(!judge(withoutVersion))
    }
}
