//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// RADIUS accounting: from packets and from FreeRADIUS's detail files.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Testing
import Wire

/// One request of accounting, attribute by attribute.
private func request(code: UInt8 = 4, _ attributes: [(UInt8, [UInt8])]) -> [UInt8] {
    let body = attributes.flatMap { [$0.0, UInt8($0.1.count + 2)] + $0.1 }
    let length = UInt16(20 + body.count)
    return [code, 1, UInt8(length >> 8), UInt8(truncatingIfNeeded: length)] + [UInt8](repeating: 0, count: 16) + body
}

private func text(_ text: String) -> [UInt8] { Array(text.utf8) }

private func sessions(_ bytes: [UInt8]) -> [RADIUSSession] {
    var facts = Facts()
    _ = RADIUS.read(bytes.span, Packet(), into: &facts)
    return facts.sessions
}

@Suite struct `Accounting on the wire` {
    private let full: [(UInt8, [UInt8])] = [
        (40, [0, 0, 0, 1]), (31, text("00-03-B1-00-01-02")), (30, text("00-11-22-33-44-50:clinical: east")),
        (32, text("ap-ward-3")), (4, [10, 0, 0, 1]), (8, [10, 0, 0, 9]), (1, text("nurse7")), (61, [0, 0, 0, 19]),
        (87, text("radio0")), (188, [0, 0x0F, 0xAC, 1]),
    ]

    @Test func `a start says who is where, in which network, and how that is guarded`() throws {
        let session = try #require(sessions(request(full)).first)
        #expect(session.station == HardwareAddress(bits: 0x0003_B100_0102) && session.server == "ap-ward-3")
        #expect(session.accessPoint == HardwareAddress(bits: 0x0011_2233_4450) && session.ssid == "clinical: east")
        #expect(session.network == IPAddress(v4: 0x0A00_0009) && session.port == "radio0")
        #expect(session.security == .enterprise && !session.isOver && !session.isWired)
        let station = try #require(session.wireless { "person:\($0.count)" })
        #expect(station.agent == "ap-ward-3" && station.user == "person:6" && !station.isGone)
        #expect(session.wireless(person: nil)?.user == nil)
        #expect(!"\(session)".contains("nurse7"))
    }

    @Test(arguments: [(1, false), (3, false), (2, true), (7, true), (8, true)] as [(UInt8, Bool)])
    func `its kind says whether it is over`(status: UInt8, isOver: Bool) {
        var attributes = full
        attributes[0].1 = [0, 0, 0, status]
        #expect(sessions(request(attributes)).map(\.isOver) == [isOver])
    }

    @Test func `what is no accounting of a station says nothing`() {
        #expect(sessions(request(code: 1, full)).isEmpty)
        #expect(sessions(request(full.filter { $0.0 != 40 })).isEmpty)
        #expect(sessions(request(full.filter { $0.0 != 31 })).isEmpty)
        #expect(sessions(request([(40, [0, 0, 0, 1]), (31, text("+49 30 123456"))])).isEmpty)
        #expect(sessions(request([(40, [0, 0, 0, 9]), (31, text("00-03-B1-00-01-02"))])).isEmpty)
        #expect(sessions(request([(40, [0, 0, 0, 1]), (31, text("FF-FF-FF-FF-FF-FF"))])).isEmpty)
    }

    @Test func `who is on a cable is no station`() throws {
        let session = try #require(sessions(request(full.filter { $0.0 != 61 } + [(61, [0, 0, 0, 15])])).first)
        #expect(session.isWired && session.wireless(person: nil) == nil)
    }

    @Test(
        arguments: [
            (186, 1, WirelessSecurity.wep), (186, 5, .wep), (186, 2, .tkip), (188, 2, .sharedKey), (188, 8, .sharedKey),
            (188, 18, .open), (188, 5, .enterprise), (188, 99, nil), (186, 4, nil),
        ] as [(UInt8, UInt8, WirelessSecurity?)])
    func `suites of IEEE 802_11 say how it is guarded`(kind: UInt8, suite: UInt8, security: WirelessSecurity?) {
        let attributes = full.filter { $0.0 != 188 } + [(kind, [0, 0x0F, 0xAC, suite])]
        #expect(sessions(request(attributes)).map(\.security) == [security])
        let foreign = full.filter { $0.0 != 188 } + [(kind, [0, 0x50, 0xF2, suite])]
        #expect(sessions(request(foreign)).map(\.security) == [nil])
    }

    @Test func `a called station comes in many spellings, with and without a network's name`() {
        for (called, ssid) in [
            ("00:11:22:33:44:50:guest", "guest"), ("0011.2233.4450:guest", "guest"), ("001122334450:guest", "guest"),
            ("00-11-22-33-44-50", nil), ("001122334450", nil), ("00-11-22-33-44-50:", nil),
        ] as [(String, String?)] {
            let found = sessions(request([(40, [0, 0, 0, 1]), (31, text("0003b1000102")), (30, text(called))]))
            #expect(found.first?.accessPoint == HardwareAddress(bits: 0x0011_2233_4450), "\(called)")
            #expect(found.first?.ssid == ssid, "\(called)")
        }
        for called in ["", "ap", "00-11-22-33-44", "00-11-22-33-44-5x:guest", "00-11-22-33-44-50guest"] {
            let found = sessions(request([(40, [0, 0, 0, 1]), (31, text("0003b1000102")), (30, text(called))]))
            #expect(found.first?.accessPoint == nil && found.first?.ssid == nil, "\(called)")
        }
    }

    @Test func `requests cut anywhere are read, and never more`() {
        let bytes = request(full)
        for length in bytes.indices { _ = sessions(Array(bytes.prefix(length))) }
        var changed = bytes
        for index in bytes.indices {
            for value: UInt8 in [0, 1, 2, 0xFF] {
                changed[index] = value
                _ = sessions(changed)
            }
            changed[index] = bytes[index]
        }
    }
}

@Suite struct `Accounting in a detail file` {
    private let file = """
        Tue Mar  3 10:00:00 2026
        \tAcct-Status-Type = Start
        \tUser-Name = "nurse7"
        \tNAS-IP-Address = 10.0.0.1
        \tCalled-Station-Id = "00-11-22-33-44-50:clinical"
        \tCalling-Station-Id = "00-03-B1-00-01-02"
        \tFramed-IP-Address = 10.0.0.9
        \tWLAN-AKM-Suite = 1027074
        \tTimestamp = 1772528400

        Tue Mar  3 10:00:05 2026
        \tAcct-Status-Type = Accounting-On
        \tNAS-Identifier = "ap-9"

        Tue Mar  3 11:00:00 2026
        \tAcct-Status-Type = Stop
        \tCalling-Station-Id := 0003b1000102
        \tNAS-Identifier = "ap-9"
        \tEvent-Timestamp = "Mar  3 2026 11:00:00 CET"
        """

    @Test func `each request is an entry with its time`() throws {
        let detail = RADIUSDetail(Array(file.utf8))
        #expect(detail.entries.count == 2 && detail.others == 1)
        let first = try #require(detail.entries.first)
        #expect(first.time == Timestamp(seconds: 1_772_528_400) && first.session.server == "10.0.0.1")
        #expect(first.session.ssid == "clinical" && first.session.network == IPAddress(v4: 0x0A00_0009))
        #expect(first.session.security == .sharedKey)
        let last = try #require(detail.entries.last)
        #expect(last.session.isOver && last.session.server == "ap-9" && last.time == nil)
    }

    @Test func `lines of Windows, requests without an empty line between, and no line's end at all are read`() {
        let windows = file.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n")
        #expect(RADIUSDetail(Array(windows.utf8)).entries.count == 2)
        let dense = file.split(separator: "\n", omittingEmptySubsequences: true).joined(separator: "\n")
        #expect(RADIUSDetail(Array(dense.utf8)).entries.count == 2)
    }

    @Test func `other files are none`() {
        for text in ["", "\n\n", "hello\nworld\n", "\t\t\t\n", "1.3.6.1.2.1.1.1.0|4|switch\n", " = \n =\n= =\n"] {
            #expect(RADIUSDetail(Array(text.utf8)).entries.isEmpty)
        }
        #expect(RADIUSDetail([UInt8](repeating: 0x09, count: 100_000)).entries.isEmpty)
        let long = "\tUser-Name = \"" + String(repeating: "a", count: 100_000) + "\"\n"
        #expect(RADIUSDetail(Array((long + file).utf8)).entries.count == 2)
    }

    @Test func `files cut and changed are read`() {
        let bytes = Array(file.utf8)
        for length in stride(from: 0, to: bytes.count, by: 3) { _ = RADIUSDetail(Array(bytes.prefix(length))) }
        var changed = bytes
        for index in bytes.indices {
            for value: UInt8 in [0x0A, 0x09, 0x3D, 0xFF] {
                changed[index] = value
                _ = RADIUSDetail(changed)
            }
            changed[index] = bytes[index]
        }
    }
}
