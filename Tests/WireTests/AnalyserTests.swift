//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Analysers, point-of-care devices and monitors: ASTM, POCT1-A, IntelliVue.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Support
import Testing

@testable import Wire

/// Real transcripts of the senaite.astm project; the expected value is field 5 of the header record in the file.
@Suite(.enabled(if: Recordings.areHere)) struct `Analyser transcripts` {
    @Test(arguments: [
        ("abbott_afinion2", "Afinion 2 Analyzer^^AF20052397"), ("cobas_c311", "c311^1"),
        ("genexpert", "806149 Happy Hospital^GeneXpert^4.8"), ("spotchem_el_mock", "SE-1520^Spotchem^1.0.0"),
        ("sysmex_xn550", "XN-550^00-24^22723^^^^BD634545"), ("sysmex_xp100", "XP-100^00-13^^^^A7869^BS649542"),
        ("yumizen_h500", "H500^910YOXH02826^2.2.2.2b"),
    ])
    func `the header names the analyser`(file: String, sender: String) throws {
        let bytes = try Recordings.capture("medical/astm/senaite__\(file).txt")
        #expect(Speaking.recognises(bytes) { ASTM.recognises($0, $1) })
        let expected = file == "genexpert" ? "." + sender : sender
        for size in [1, 3, 240, 1_460, 100_000] {
            let lines = Speaking.stream(Speaking.cut(bytes, every: size)) { ASTM.read($0, $1, &$2, $3, into: &$4) }
            #expect(
                Set(lines.map { $0.dropFirst("astm.sender=".count).trimmingPrefix { $0 == " " } }) == [expected[...]])
        }
    }

    /// bioMérieux' own format: frames and checksums alike, but no header record.
    @Test func `what has no header is not taken for one`() throws {
        let bytes = try Recordings.capture("medical/astm/senaite__mini_vidas.txt")
        #expect(!Speaking.recognises(bytes) { ASTM.recognises($0, $1) })
    }
}

@Suite struct `ASTM headers` {
    private func read(_ pieces: [[UInt8]]) -> [String] {
        Speaking.stream(pieces) { ASTM.read($0, $1, &$2, $3, into: &$4) }
    }

    /// Senders of reference C4.
    @Test(arguments: [
        "Afinion 2 Analyzer^^AF20052397", "c111^Roche^c111^4.2.2.1730^1^13147", "cobas·u·411^8^3.2.0.1001",
        "cobas-e411^1",
        "DCA VANTAGE^04.04.00.00^S067337", "ABX", "miniVidas^biomerieux^1.0.0",
    ])
    func `what is written is read`(sender: String) {
        let frames = ASTM.frames([ASTM.header(sender: sender, time: "20260101120000"), "P|1", "L|1|N"])
        #expect(read([ASTM.enquiryBytes] + frames + [ASTM.endBytes]) == ["astm.sender=" + sender])
    }

    @Test func `a header without a frame, and one behind the enquiry, are recognised`() {
        func judge(_ text: String) -> Bool { Speaking.recognises(Array(text.utf8)) { ASTM.recognises($0, $1) } }
        #expect(judge("H|\\^&|||A"))
        #expect(judge("H|@^\\|||A"))
        #expect(judge("\u{2}1H|\\^&|||A"))
        #expect(judge("\u{5}\u{2}1H|\\^&|||A"))
        #expect(!judge("\u{5}"))
        #expect(!judge("HEAD / HTTP/1.1"))
        #expect(!judge("H|hello|"))
        #expect(!judge("\u{2}9H|\\^&|||A"))
        #expect(!judge("\u{5}\u{1}\u{0}"))
    }

    @Test func `bare records and a second header are read`() {
        let text = "H|\\^&|||A^1\rP|1|H|\\^&\rL|1|N\rH|\\^&|||B^2\r"
        for size in [1, 2, 9, 500] {
            #expect(read(Speaking.cut(Array(text.utf8), every: size)) == ["astm.sender=A^1", "astm.sender=B^2"])
        }
    }
}

/// No public recording of POCT1-A sessions exists: these are ours.
@Suite struct `POCT1-A hellos` {
    private func read(_ pieces: [[UInt8]]) -> [String] {
        Speaking.stream(pieces) { POCT1.read($0, $1, &$2, $3, into: &$4) }
    }

    @Test(arguments: [1, 100, 100_000])
    func `what is written is read`(size: Int) {
        let bytes = POCT1.hello(
            deviceId: "00-1B-2C-3D-4E-5F", vendorId: "ACME & Co", modelId: "GLU <7>", serialId: "SN\"1",
            softwareVersion: "2.1.0", time: "2026-01-01T00:00:00+00:00")
        #expect(Speaking.recognises(bytes) { POCT1.recognises($0, $1) })
        #expect(
            read(Speaking.cut(bytes, every: size)) == [
                "poct1.deviceId=00-1B-2C-3D-4E-5F", "poct1.vendorId=ACME & Co", "poct1.modelId=GLU <7>",
                "poct1.serialId=SN\"1", "poct1.softwareVersion=2.1.0",
            ])
    }

    @Test func `declarations, other quotes and further attributes are understood`() {
        let text =
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\r\n<!DOCTYPE HEL.R01 SYSTEM \"POCT1.dtd\">\n<HEL.R01>"
            + "<DEV><DEV.device_id SN='X' V = 'A1' /><DEV.vendor_id V=\"\"/></DEV></HEL.R01>"
        #expect(Speaking.recognises(Array(text.utf8)) { POCT1.recognises($0, $1) })
        #expect(read([Array(text.utf8)]) == ["poct1.deviceId=A1"])
    }

    @Test func `web pages are not taken for it`() {
        for text in ["<html><body>", "<?xml version=\"1.0\"?><root/>", "<HEL.R0", "<"] {
            #expect(!Speaking.recognises(Array(text.utf8)) { POCT1.recognises($0, $1) })
        }
    }
}

/// No public recording of IntelliVue networks exists: these are ours, built as public client code reads them.
@Suite struct `IntelliVue monitors` {
    static let monitor = IntelliVue.Monitor(
        hardwareAddress: HardwareAddress(bits: 0x0009_FB12_3456), address: IPAddress(v4: 0x0A00_0007), model: "M8007A",
        serial: "DE22713007", hardware: "B.00.05", software: "G.01.78", bedLabel: "ICU-03 Bett ü")

    @Test func `an announcement names model, serial number, revisions and bed`() {
        #expect(
            Speaking.datagram(IntelliVue.announce(Self.monitor)) { IntelliVue.read($0, $1, into: &$2) } == [
                "intellivue.protocolVersion=1.0", "intellivue.systemLabel=ICU-03 Bett ü",
                "intellivue.serial=DE22713007",
                "intellivue.productName=M8007A", "intellivue.hardware=B.00.05", "intellivue.software=G.01.78",
                "intellivue.productName=M8007A",
            ])
    }

    @Test func `an announcement binds the monitor's two addresses`() {
        var facts = Facts()
        _ = IntelliVue.read(IntelliVue.announce(Self.monitor).span, Packet(), into: &facts)
        #expect(facts.bindings.map(\.hardware) == [Self.monitor.hardwareAddress])
        #expect(facts.bindings.map(\.network) == [Self.monitor.address])
    }

    @Test func `the description of an associated monitor names model, address and bed`() {
        #expect(
            Speaking.datagram(IntelliVue.describe(Self.monitor)) { IntelliVue.read($0, $1, into: &$2) } == [
                "intellivue.systemId=00:09:fb:12:34:56", "intellivue.productName=M8007A",
                "intellivue.protocolVersion=1.0", "intellivue.bedLabel=ICU-03 Bett ü",
            ])
    }

    @Test func `announcements cut anywhere do no harm`() {
        for bytes in [IntelliVue.announce(Self.monitor), IntelliVue.describe(Self.monitor)] {
            for length in 0..<bytes.count {
                _ = Speaking.datagram(Array(bytes.prefix(length))) { IntelliVue.read($0, $1, into: &$2) }
            }
        }
    }
}
