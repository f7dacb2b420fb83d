//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Lines that report peripherals: read, refused and written.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Testing
import Wire

/// Goal: a report says the same on every road, and no line, however hostile, does more harm than to be refused.
@Suite struct `Reports of peripherals` {
    static let scanner =
        #"{"path":"1-1.4","vendor":"05e0","product":"1200","release":"6010","maker":"Symbol Technologies","#
        + #""name":"Symbol Bar Code Scanner","serial":"S/N:1","class":"00","interfaces":["030101"],"driver":"usbhid","uses":["keyboard"]}"#

    static func line(_ peripherals: String = scanner, more: String = "") -> String {
        #"{"wardlight":"peripherals/1","time":"2026-03-01T12:00:00Z","host":"ws-12","mac":["00:1B:21:3A:4C:5D"],"#
            + more + #""peripherals":["# + peripherals + "]}"
    }

    static func read(_ text: String) throws(LineTrouble) -> PeripheralLine {
        let octets = Array(text.utf8)
        return try PeripheralLine(octets.span)
    }

    static func trouble(_ text: String) -> LineTrouble? {
        do throws(LineTrouble) {
            _ = try read(text)
            return nil
        } catch { return error }
    }

    @Test func `a whole line gives the host, the time and each peripheral`() throws {
        let line = try Self.read(Self.line())
        #expect(line.time == Timestamp(rfc3339: "2026-03-01T12:00:00Z"))
        #expect(line.report.host == Subject(hardware: HardwareAddress("00:1b:21:3a:4c:5d")))
        #expect(line.report.hostName == "ws-12")
        var scanner = Peripheral(
            path: "1-1.4", vendorId: 0x05E0, productId: 0x1200,
            interfaces: [.init(kind: 3, subkind: 1, wording: 1)])
        (scanner.release, scanner.maker, scanner.product) = (0x6010, "Symbol Technologies", "Symbol Bar Code Scanner")
        (scanner.serial, scanner.driver, scanner.uses) = ("S/N:1", "usbhid", [.keyboard])
        #expect(line.report.peripherals == [scanner])
    }

    @Test func `what was read is written as it was read`() throws {
        let line = try Self.read(Self.line(Self.scanner + "," + Self.scanner.replacing("1-1.4", with: "1-1.10")))
        #expect(line.report.peripherals.map(\.path) == ["1-1.10", "1-1.4"])
        #expect(try Self.read(line.text) == line)
        #expect(try Self.read(line.text).text == line.text)
        let one = try Self.read(Self.line())
        #expect(one.text == Self.line().replacing("00:1B:21:3A:4C:5D", with: "00:1b:21:3a:4c:5d"))
    }

    @Test func `the burnt-in card names the host, whatever stands first`() throws {
        let text = Self.line().replacing(#"["00:1B"#, with: #"["02:00:00:00:00:01","00:1B"#)
        let line = try Self.read(text)
        #expect(line.report.host.hardware == HardwareAddress("00:1b:21:3a:4c:5d"))
        #expect(line.report.cards.count == 2)
        #expect(try Self.read(line.text) == line)
    }

    @Test func `escapes, halves of characters and control characters are understood`() throws {
        let odd = Self.scanner.replacing(
            "Symbol Technologies", with: #" \u0041\ud83e\ude7a\ud83e\n\u0000\"\/\\ü \t"#)
        #expect(try Self.read(Self.line(odd)).report.peripherals[0].maker == "A🩺\u{FFFD}  \"/\\ü")
        let empty = Self.scanner.replacing("\"Symbol Technologies\"", with: "null").replacing(
            "Symbol Bar Code Scanner", with: " ")
        let peripheral = try Self.read(Self.line(empty)).report.peripherals[0]
        #expect(peripheral.maker == nil)
        #expect(peripheral.product == nil)
    }

    static let refused: [(String, LineTrouble)] = [
        ("", .notJSON(column: 1)), ("[]", .notJSON(column: 1)), ("{}", .otherFormat),
        (line().replacing("peripherals/1", with: "peripherals/2"), .otherFormat),
        (#"{"level":"info"}"#, .otherFormat),
        (line() + "x", .notJSON(column: line().utf8.count + 1)),
        (String(line().dropLast()), .notJSON(column: line().utf8.count)),
        (line(more: #""mac":["00:1b:21:3a:4c:5e"],"#), .doubleKey("mac")),
        (line(more: #""keys":"abc","#), .unknownKey("keys")),
        (
            line().replacing("12:00:00Z", with: "25:00:00Z"),
            .badValue(
                key: "time", wanted: "a moment such as 2026-03-01T12:00:00Z")
        ),
        (line().replacing(#""time":"2026-03-01T12:00:00Z","#, with: ""), .missing("time")),
        (line().replacing(#"["00:1B:21:3A:4C:5D"]"#, with: "[]"), .missing("mac")),
        (
            line().replacing("00:1B:21:3A:4C:5D", with: "ff:ff:ff:ff:ff:ff"),
            .badValue(
                key: "mac", wanted: "the address of one card such as 00:1b:21:3a:4c:5d")
        ),
        (line().replacing("\"05e0\"", with: "\"5e0\""), .badValue(key: "vendor", wanted: "4 hexadecimal digits")),
        (line().replacing("\"05e0\"", with: "\"+5e0\""), .badValue(key: "vendor", wanted: "4 hexadecimal digits")),
        (
            line().replacing("\"keyboard\"", with: "\"keyboard\",\"keys\""),
            .badValue(key: "uses", wanted: "a list of keyboard, mouse, network and storage")
        ),
        (line().replacing("030101", with: "0301"), .badValue(key: "interfaces", wanted: "6 hexadecimal digits")),
        (line().replacing(#""path":"1-1.4","#, with: ""), .missing("path")),
        (line().replacing("1-1.4", with: " "), .missing("path")),
        (line().replacing(",\"interfaces\":[\"030101\"]", with: ""), .missing("interfaces")),
        (line().replacing("usbhid", with: String(repeating: "d", count: 129)), .tooLong(key: "driver", most: 128)),
        (line().replacing("S/N:1", with: String(repeating: "ü", count: 190)), .tooLong(key: "serial", most: 378)),
        (line(Array(repeating: scanner, count: 257).joined(separator: ",")), .tooMany(key: "peripherals", most: 256)),
        (
            line().replacing("\"030101\"", with: Array(repeating: "\"030101\"", count: 33).joined(separator: ",")),
            .tooMany(key: "interfaces", most: 32)
        ),
    ]

    @Test(arguments: refused)
    func `what is no report is refused with its cure`(text: String, trouble: LineTrouble) {
        #expect(Self.trouble(text) == trouble)
        #expect(trouble.words(PeripheralLine.form).count > 10)
    }

    @Test func `as many as fit are read`() throws {
        let many = try Self.read(Self.line(Array(repeating: Self.scanner, count: 256).joined(separator: ",")))
        #expect(many.report.peripherals.count == 256)
        let long = String(repeating: "ü", count: 189)
        #expect(try Self.read(Self.line().replacing("S/N:1", with: long)).report.peripherals[0].serial == long)
        #expect(Self.trouble(String(repeating: " ", count: 1 << 19) + Self.line()) == .lineTooLong(most: 1 << 19))
    }

    @Test func `octets that are no characters make a text longer, and it is cut again`() throws {
        var octets = Array(Self.line().utf8)
        let at = try #require(octets.firstRange(of: Array("S/N:1".utf8))?.lowerBound)
        octets.replaceSubrange(
            at..<at + 5, with: [UInt8](repeating: 0x41, count: 126) + [0x20] + [UInt8](repeating: 0xFF, count: 200))
        let line = try PeripheralLine(octets.span)
        let serial = try #require(line.report.peripherals[0].serial)
        #expect(serial.utf8.count <= 378 && serial.hasPrefix("AAA"))
        #expect(try Self.read(line.text) == line)
    }

    @Test func `nothing that nests deeply can make it deep`() {
        for text in [
            "{\"a\":" + String(repeating: "[", count: 400_000), String(repeating: "{\"peripherals\":[", count: 9_000),
        ] {
            #expect(Self.trouble(text) != nil)
        }
    }

    @Test func `a broken line costs itself only, and is named`() throws {
        let later = Self.line().replacing("12:00:00Z", with: "11:00:00Z")
        let text = "\u{FEFF}\(Self.line())\r\n\nnonsense\n\(later)\n{\"wardlight\":\"peripherals/1\"}"
        let file = PeripheralFile(Array(text.utf8))
        #expect(file.lines.map(\.time.description) == ["2026-03-01T11:00:00Z", "2026-03-01T12:00:00Z"])
        #expect(file.troubles.map(\.line) == [3, 5])
        #expect(file.troubles.map(\.trouble) == [.notJSON(column: 1), .missing("time")])
        #expect(file.oddities == [.peripheralsBadLine: 2])
    }

    @Test func `a file of Windows PowerShell in UTF-16 is read as well`() {
        var octets: [UInt8] = [0xFF, 0xFE]
        for unit in (Self.line() + "\r\n").utf16 { octets += [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
        #expect(PeripheralFile(octets).lines.count == 1)
        #expect(PeripheralFile(octets + [0x41]).troubles.isEmpty)
    }

    /// Every octet changed to each of the values that most often break a reader, and the line cut at every length.
    @Test func `lines that were changed or cut are read or refused`() throws {
        let whole = Array(
            try Self.read(Self.line(Self.scanner.replacing("Symbol T", with: #"\ud83e\ude7aü"#))).text.utf8)
        var accepted = 0
        for length in whole.indices {
            #expect(throws: LineTrouble.self) { try PeripheralLine(Array(whole[..<length]).span) }
        }
        for place in whole.indices {
            for value: UInt8 in [0, 0x0A, 0x22, 0x2C, 0x30, 0x5B, 0x5C, 0x5D, 0x7B, 0x7D, 0x80, 0xC3, 0xFF] {
                var octets = whole
                octets[place] = value
                guard let line = try? PeripheralLine(octets.span) else { continue }
                accepted += 1
                #expect(try Self.read(line.text).text == line.text)
            }
        }
        #expect(accepted > 100)
    }
}
