//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// SMB: do Windows stations tell their names, in one and in two octets a letter?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Support
import Testing
import Wire

/// Builds what the tests need; no writer stands in `Wire`, because the simulator speaks no SMB.
private enum Made {
    static func wide(_ text: String) -> [UInt8] {
        text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    }

    static func framed(_ message: [UInt8]) -> [UInt8] {
        var writer = ByteWriter()
        writer.uint32(UInt32(message.count))
        writer.raw(message)
        return writer.bytes
    }

    /// NTLMSSP AUTHENTICATE with a domain, a user and a workstation (MS-NLMP 2.2.1.3).
    static func authenticate(domain: String, user: String, host: String) -> [UInt8] {
        var writer = ByteWriter()
        writer.text("NTLMSSP\0")
        writer.uint32LittleEndian(3)
        var payload: [UInt8] = []
        for value in ["", "", domain, user, host, ""] {
            writer.uint16LittleEndian(UInt16(wide(value).count))
            writer.uint16LittleEndian(UInt16(wide(value).count))
            writer.uint32LittleEndian(UInt32(72 + payload.count))
            payload += wide(value)
        }
        writer.uint32LittleEndian(0x0200_0001)
        writer.raw([10, 0])
        writer.uint16LittleEndian(19_041)
        writer.uint32(15)
        return writer.bytes + payload
    }

    /// SMB 2 SESSION SETUP request around a blob (MS-SMB2 2.2.5).
    static func sessionSetup(_ blob: [UInt8]) -> [UInt8] {
        var writer = ByteWriter()
        writer.raw([0xFE, 0x53, 0x4D, 0x42])
        writer.uint16LittleEndian(64)
        writer.zeros(6)
        writer.uint16LittleEndian(1)
        writer.zeros(50)
        writer.uint16LittleEndian(25)
        writer.zeros(10)
        writer.uint16LittleEndian(88)
        writer.uint16LittleEndian(UInt16(blob.count))
        writer.zeros(8)
        return framed(writer.bytes + blob)
    }
}

private func read(_ bytes: [UInt8], pieces: Int = .max) -> OneDirection {
    OneDirection(bytes, pieces: pieces) { SMB.read($0, .client, &$1, Packet(), into: &$2) }
}

@Suite struct `SMB sessions` {
    @Test(arguments: [1, 33, 5_000])
    func `a session setup tells host, domain, user and build`(size: Int) {
        let setup = Made.sessionSetup(
            [0x60, 0x48] + Made.authenticate(domain: "KLINIK", user: "dr.m", host: "WARD-PC-Ä😀"))
        let isRecognised = SMB.recognises(setup.span, Packet())
        #expect(isRecognised)
        #expect(
            read(setup, pieces: size).facts == [
                "smb.ntlmDomain=KLINIK", "smb.ntlmUser=dr.m", "smb.ntlmHost=WARD-PC-Ä😀", "smb.ntlmVersion=10.0.19041",
            ])
    }

    @Test func `HTTP carries the same message in base64`() {
        // AUTHENTICATE with domain KLINIK, workstation WARD-PC and build 10.0.19041.
        let text =
            "TlRMTVNTUAADAAAAAAAAAEgAAAAAAAAASAAAAAwADABIAAAAAAAAAFQAAAAOAA4AVAAAAAAAAABiAAAAAQAAAgoAYU"
            + "oAAAAPSwBMAEkATgBJAEsAVwBBAFIARAAtAFAAQwA="
        let request = HTTP.request("GET", "/", host: "intranet", headers: [("Authorization", "NTLM \(text)")])
        let stream = OneDirection(request) { HTTP.read($0, .client, &$1, Packet(), into: &$2) }
        #expect(
            stream.facts == [
                "http.host=intranet", "smb.ntlmDomain=KLINIK", "smb.ntlmHost=WARD-PC", "smb.ntlmVersion=10.0.19041",
            ])
        let basic = HTTP.request("GET", "/", host: "a", headers: [("Authorization", "Basic TlRMTVNTUAADAAAA")])
        let other = OneDirection(basic) { HTTP.read($0, .client, &$1, Packet(), into: &$2) }
        #expect(
            other.facts == [
                "http.host=a", "clear.credentialSent=http basic", "clear.credentialTaken=http basic",
            ])
    }

    @Test func `offsets that point nowhere teach nothing`() {
        var blob = Made.authenticate(domain: "A", user: "B", host: "C")
        for at in [28, 36, 44] {
            for byte in 4..<8 { blob[at + byte] = 0xFF }
        }
        #expect(read(Made.sessionSetup(blob)).facts == ["smb.ntlmVersion=10.0.19041"])
        #expect(read(Made.sessionSetup(Array("NTLMSSP\0\u{3}".utf8))).facts == [])
    }

    @Test func `other messages are skipped, however long`() {
        let file = Made.framed([0xFE, 0x53, 0x4D, 0x42] + Array(repeating: 8, count: 100_000))
        let setup = Made.sessionSetup(Made.authenticate(domain: "", user: "", host: "PC"))
        #expect(read(file + setup, pieces: 1_460).facts == ["smb.ntlmHost=PC", "smb.ntlmVersion=10.0.19041"])
    }

    @Test func `after a gap reading goes on at the next message`() {
        let setup = Made.sessionSetup(Made.authenticate(domain: "", user: "", host: "PC"))
        let middle = Array(repeating: UInt8(0x41), count: 100)
        // The pieces are as long as what is foreign, so that the message begins with one.
        #expect(read(middle + setup, pieces: 100).facts == ["smb.ntlmHost=PC", "smb.ntlmVersion=10.0.19041"])
    }
}

/// Values from `.expected.arkime.json` beside the recordings and from tshark.
@Suite(.enabled(if: Recordings.areHere)) struct `SMB in recordings` {
    private static let torture = "malformed/arkime__smbtorture-ntlmssp-moloch-crash.pcap"

    @Test(arguments: [
        ("infra/arkime__smb-smbclient.pcap", Field.smbNativeOS, ["Unix"]),
        ("infra/arkime__smb-smbclient.pcap", .smbNativeLanManager, ["Samba 3.6.3"]),
        ("infra/arkime__smb-smbclient.pcap", .smbNtlmUser, ["user"]),
        (torture, .smbNtlmHost, ["BLU", "VISTA2", "vista2"]),
        (torture, .smbNtlmUser, ["administrator"]),
        (
            torture, .smbNativeLanManager,
            ["Samba 3.9.0-SVN-build-11572", "Windows (TM) Code Name \"Longhorn\" Ultimate 6.0"]
        ),
        (torture, .smbNtlmVersion, ["6.0.5231"]),
        ("infra/malcolm__KRB5.pcap", .smbDialect, ["2.1", "NT LM 0.12"]),
    ])
    func `names are the ones others read`(path: String, field: Field, values: [String]) throws {
        #expect(try Reading.read(path).values(field) == values)
    }

    @Test func `the workstation's name is the client's`() throws {
        let facts = try Reading.facts(in: Self.torture)
        #expect(facts.filter { $0.value == "BLU" }.map(\.mac) == ["00:50:56:c0:00:01"])
    }
}
