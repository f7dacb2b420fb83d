//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Sightings: what a line says, whom it is about, and what is refused.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Support
import Testing

@testable import Wire

/// Goal: every device that another system saw is told once, and nothing that is no device.
@Suite struct `A line of sightings` {
    static func read(_ text: String) throws(LineTrouble) -> SightingLine { try SightingLine(Array(text.utf8).span) }

    static func line(_ rest: String) throws -> SightingLine {
        try read("{\"at\":\"2026-03-01T12:00:00Z\",\(rest)}")
    }

    static func trouble(_ text: String) -> LineTrouble? {
        do throws(LineTrouble) { _ = try read(text) } catch { return error }
        return nil
    }

    @Test func `tells everything it knows, and is written as it was read`() throws {
        let line = try Self.line(
            """
            "first":"2026-03-01T08:00:00Z","count":7,"source":"mdm","mac":"00:1b:21:3a:4c:5d","ip":"10.1.2.3",\
            "imei":"490154203237518","iccid":"8944110068000000005","ble":"c4:11:22:33:44:55","name":"cart-7","vendor":"Zebra",\
            "model":"TC52","type":"handheld","os":"Android 13","firmware":"13-21","serial":"S1234567","assetTag":"0042",\
            "accessPoint":"ap-3","ssid":"clinical","place":{"building":"East","floor":2,"room":"204","bed":"1"},\
            "vlan":12,"serves":["tcp/443"],"uses":["udp/53","tcp/104"]
            """)
        #expect(line.span.first < line.span.last && line.count == 7 && line.source == .mdm && line.vlan == 12)
        #expect(line.place?.text == "building East / floor 2 / room 204 / bed 1")
        #expect(line.uses == [.init(.tcp, 104), .init(.udp, 53)] && line.serves == [.init(.tcp, 443)])
        #expect(line.subject == Subject(hardware: HardwareAddress("00:1b:21:3a:4c:5d"), network: IPAddress("10.1.2.3")))
        let said = Dictionary(uniqueKeysWithValues: line.facts.map { ($0.field.path, $0.value) })
        #expect(said["sighting.imei"] == "490154203237518" && said["sighting.typeCode"] == "49015420")
        #expect(said["sighting.name"] == "cart-7" && said["sighting.os"] == "Android 13" && said.count == 16)
        #expect(try Self.read(line.text) == line)
    }

    static let subjects: [(String, String?)] = [
        ("\"imei\":\"49-015420-323751-8\"", "imei:490154203237518"),
        ("\"iccid\":\"89 44110068 000000005\"", "iccid:8944110068000000005"),
        ("\"imei\":\"490154203237518\",\"iccid\":\"8944110068000000005\"", "imei:490154203237518"),
        ("\"eui64\":\"00A037009A0053DE\"", "eui64:00A037009A0053DE"),
        ("\"ble\":\"c4:11:22:33:44:55\"", "ble:c4:11:22:33:44:55"),
        ("\"ble\":\"00:a0:50:33:44:55\"", "ble:00:a0:50:33:44:55"),
        // Resolvable private addresses begin with the bits 01.
        ("\"ble\":\"4a:11:22:33:44:55\"", nil), ("\"ble\":\"7f:11:22:33:44:55\"", nil),
        ("\"ble\":\"4a:11:22:33:44:55\",\"bleKind\":\"public\"", "ble:4a:11:22:33:44:55"),
        ("\"ble\":\"c4:11:22:33:44:55\",\"bleKind\":\"resolvable\"", nil),
        ("\"ble\":\"4a:11:22:33:44:55\",\"bleName\":\"Polar H10 A1B2C3D4\"", "ble:Polar H10 A1B2C3D4"),
        ("\"ble\":\"4a:11:22:33:44:55\",\"bleName\":\"Polar H10\"", nil),
        ("\"ble\":\"4a:11:22:33:44:55\",\"assetTag\":\"W-17\"", "tag:W-17"),
        ("\"ble\":\"4a:11:22:33:44:55\",\"serial\":\"X1\",\"vendor\":\"Masimo\"", "sn:masimo:X1"),
        ("\"serial\":\"X1\"", "serial:X1"),
    ]

    @Test(arguments: subjects)
    func `names a device by the number that stays with it`(rest: String, child: String?) throws {
        let line = try Self.line(rest)
        #expect(line.subject?.child == child)
        #expect((line.subject == nil) == (child == nil))
        #expect(!line.facts.contains { $0.field == .sightingBle } || !line.isRotating)
    }

    @Test func `tells the gateway that heard a tag, and nobody else as parent`() throws {
        let tag = try Self.line("\"ble\":\"c4:11:22:33:44:55\",\"gateway\":\"ac:23:3f:00:00:01\"")
        #expect(tag.subject?.hardware == HardwareAddress("ac:23:3f:00:00:01"))
        let phone = try Self.line("\"mac\":\"00:1b:21:3a:4c:5d\",\"gateway\":\"ac:23:3f:00:00:01\"")
        #expect(phone.subject?.hardware == HardwareAddress("00:1b:21:3a:4c:5d"))
    }

    @Test(arguments: [
        ("490154203237518", "490154203237518"), ("49015420323751", "490154203237518"),
        ("4901542032375101", "490154203237518"), ("490154203237517", nil), ("000000000000000", nil),
        ("4.90154E+14", nil),
        ("", nil), ("49015420323751800", nil),
    ])
    func `believes an IMEI whose check digit is right`(text: String, imei: String?) {
        #expect(IMEI(text)?.description == imei)
    }

    @Test(arguments: [
        ("8944110068000000005", true), ("89441100680000000058F", false), ("8944110068000000006", false),
        ("8944110068000000005F", true), ("7944110068000000005", false), ("8.94411E+18", false), ("89", false),
    ])
    func `believes a number of a SIM card whose check digit is right`(text: String, isOne: Bool) {
        #expect((ICCID(text) != nil) == isOne)
    }

    static let refused: [(String, LineTrouble)] = [
        ("", .notJSON(column: 1)), ("[]", .notJSON(column: 1)), ("{\"at\":1}", .notJSON(column: 7)),
        ("{}", .missing("at")), ("{\"ip\":\"10.0.0.1\"}", .missing("at")),
        ("{\"at\":\"yesterday\"}", .badValue(key: "at", wanted: "a moment such as 2026-03-01T12:00:00Z")),
        ("{\"at\":\"2026-03-01T12:00:00Z\",\"at\":\"2026-03-01T12:00:00Z\"}", .doubleKey("at")),
        ("{\"schema\":\"wardlight.sightings/2\"}", .otherFormat),
        (
            "{\"at\":\"2026-03-01T12:00:00Z\",\"mac\":\"ff:ff:ff:ff:ff:ff\"}",
            .badValue(key: "mac", wanted: "an address such as 00:1b:21:3a:4c:5d")
        ),
        ("{\"at\":\"2026-03-01T12:00:00Z\",\"vlan\":5000}", .badValue(key: "vlan", wanted: "a number up to 4094")),
        (
            "{\"at\":\"2026-03-01T12:00:00Z\",\"count\":99999999999999999999}",
            .badValue(key: "count", wanted: "a number up to 4294967296")
        ),
        (
            "{\"at\":\"2026-03-01T12:00:00Z\",\"ip\":\"10.0.0.1\",\"last\":\"2026-03-01T11:00:00Z\"}",
            .badValue(key: "last", wanted: "later than `first`")
        ),
        (
            "{\"at\":\"2026-03-01T12:00:00Z\",\"name\":\"\(String(repeating: "n", count: 257))\"}",
            .tooLong(key: "name", most: 256)
        ),
        ("{\"at\":\"2026-03-01T12:00:00Z\",\"ip\":\"10.0.0.1\"} x", .notJSON(column: 47)),
    ]

    @Test(arguments: refused)
    func `what is no sighting is refused with its cure`(text: String, trouble: LineTrouble) {
        #expect(Self.trouble(text) == trouble)
        #expect(SightingLine.words(trouble).count > 10)
    }

    @Test func `a line without any identifier is refused, and blanks are none`() {
        let text = "{\"at\":\"2026-03-01T12:00:00Z\",\"name\":\"x\",\"mac\":\"\",\"serial\":\" \",\"imei\":null}"
        guard case .missing(let keys) = Self.trouble(text) else {
            Issue.record("it was read")
            return
        }
        #expect(keys.contains("imei") && keys.contains("assetTag"))
    }

    @Test func `keys that nobody knows are passed over, whatever they hold, and named`() throws {
        var unknown: [String] = []
        let text = """
            {"msisdn":"+44 7700 900123","at":"2026-03-01T12:00:00Z","ip":"10.0.0.1","owner":{"name":["Ann \\" B",{"x":[1.5e3,true]}]},\
            "n":-1,"t":null}
            """
        let line = try SightingLine(Array(text.utf8).span) { unknown.append($0) }
        #expect(unknown == ["msisdn", "owner", "n"])
        #expect(!line.text.contains("Ann") && !line.text.contains("7700"))
        let deep = String(repeating: "[", count: 40) + String(repeating: "]", count: 40)
        #expect(Self.trouble("{\"x\":\(deep)}") == .notJSON(column: 38))
    }

    @Test func `cut anywhere and changed anywhere it is read or refused, never more`() throws {
        let whole = Array(
            try Self.line(
                "\"source\":\"rtls\",\"mac\":\"00:1b:21:3a:4c:5d\",\"place\":{\"room\":\"\\u00e4 \\ud83d\\ude00\"},\"serves\":[\"tcp/1\"]"
            ).text.utf8)
        for length in 0..<whole.count {
            #expect(throws: LineTrouble.self) { try SightingLine(Array(whole[..<length]).span) }
        }
        for place in whole.indices {
            for byte: UInt8 in [0, 0x22, 0x5C, 0x7B, 0x7D, 0xFF] {
                var changed = whole
                changed[place] = byte
                if let line = try? SightingLine(changed.span) {
                    #expect(line.hasIdentifier)
                    #expect(try Self.read(line.text) == line)
                }
            }
        }
    }
}

/// Goal: a million lines of a few devices cost what the devices cost.
@Suite struct `Sightings rolled up` {
    private static func line(_ second: Int64, _ place: String) -> SightingLine {
        var line = SightingLine(at: Timestamp(seconds: 1_700_000_000 + second), source: .rtls)
        line.mac = HardwareAddress("00:0c:cc:01:02:03")
        line.place = SightingPlace(words: place)
        return line
    }

    @Test func `the same word of the same device is told once, with its count and span`() {
        var roll = SightingRoll()
        for second in 0..<1_000 {
            let isDevice = roll.add(Self.line(Int64(second), second < 600 ? "ICU" : "OR"))
            #expect(isDevice)
        }
        let told = roll.take()
        #expect(told.count == 4)
        guard case .fact(let place) = told[2].body else {
            Issue.record("no fact")
            return
        }
        #expect(place.value == "ICU" && place.count == 600 && told[2].occurred == place.span.last)
        #expect(place.span.last.nanoseconds - place.span.first.nanoseconds == 599_000_000_000)
        let rest = roll.take()
        #expect(rest.isEmpty)
    }

    @Test func `a lease binds its address, a flow does not`() {
        var roll = SightingRoll()
        var lease = SightingLine(at: Timestamp(seconds: 1_700_000_000), source: .dhcpLease)
        lease.mac = HardwareAddress("00:0c:cc:01:02:03")
        lease.ip = IPAddress("10.1.2.3")
        lease[.name] = "pump-7"
        var flow = lease
        flow.source = .flow
        _ = roll.add(lease)
        _ = roll.add(flow)
        let bindings = roll.take().compactMap { told -> Bool? in
            if case .sighting(let sighting) = told.body { return sighting.isBinding }
            return nil
        }
        #expect(bindings == [true, false])
        #expect(lease.facts.contains { $0.field == .dhcpHostname && $0.value == "pump-7" })
    }

    @Test func `the newest word of an access point counts`() {
        var roll = SightingRoll()
        for (second, point) in [(10, "ap-1"), (30, "ap-3"), (20, "ap-2")] {
            var line = Self.line(Int64(second), "x")
            line.source = .radius
            line[.accessPoint] = point
            _ = roll.add(line)
        }
        let points = roll.take().compactMap { told -> String? in
            if case .wireless(let station) = told.body { return station.accessPoint }
            return nil
        }
        #expect(points == ["ap-3"])
    }
}

/// Goal: lines are found wherever the pieces end, and no line can fill the memory.
@Suite struct `Lines of a long text` {
    private static func lines(_ text: String, pieces: Int, longest: Int = 100) -> ([String], [Int]) {
        var splitter = LineSplitter(longest: longest)
        var found: [String] = []
        var long: [Int] = []
        let bytes = Array(text.utf8)
        func take(_ line: Span<UInt8>, _ number: Int) {
            var octets: [UInt8] = []
            for place in line.indices { octets.append(line[place]) }
            found.append("\(number):" + String(decoding: octets, as: UTF8.self))
        }
        var start = 0
        while start < bytes.count {
            let piece = Array(bytes[start..<min(bytes.count, start + pieces)])
            splitter.feed(piece, count: piece.count, tooLong: { long.append($0) }, take: take)
            start += pieces
        }
        splitter.finish(tooLong: { long.append($0) }, take: take)
        return (found, long)
    }

    @Test(arguments: [1, 2, 3, 7, 1_000])
    func `the size of the pieces changes nothing`(pieces: Int) {
        let (found, long) = Self.lines("\u{FEFF}one\r\n\ntwo\nthree", pieces: pieces)
        #expect(found == ["1:one", "2:", "3:two", "4:three"] && long.isEmpty)
        #expect(Self.lines("", pieces: pieces).0.isEmpty)
    }

    @Test(arguments: [1, 5, 1_000])
    func `a line that is too long is told and passed over`(pieces: Int) {
        let (found, long) = Self.lines("a\n" + String(repeating: "x", count: 101) + "\nb", pieces: pieces)
        #expect(found == ["1:a", "3:b"] && long == [2])
        #expect(Self.lines(String(repeating: "x", count: 100), pieces: pieces).0.count == 1)
        #expect(Self.lines(String(repeating: "x", count: 1_000), pieces: pieces).1 == [1])
    }
}

/// Goal: who writes lines by the schema writes lines that are read.
@Suite struct `The schema of sightings` {
    @Test func `allows what is written, and names every key`() throws {
        let schema = try House.text("docs/schema/wardlight.sightings-1.schema.json")
        var line = SightingLine(at: Timestamp(seconds: 1_700_000_000), source: .bleGateway)
        (line.first, line.count, line.vlan) = (Timestamp(seconds: 1_600_000_000), 3, 12)
        (line.mac, line.gateway) = (HardwareAddress("00:0c:cc:01:02:03"), HardwareAddress("00:0c:cc:01:02:04"))
        (line.ble, line.bleKind) = (HardwareAddress("c4:11:22:33:44:55"), .static)
        (line.ip, line.eui64, line.imei) = (IPAddress("10.0.0.1"), EUI64("00A037009A0053DE"), IMEI("490154203237518"))
        (line.iccid, line.place) = (ICCID("8944110068000000005"), SightingPlace(floor: "2", room: "204"))
        (line.serves, line.uses) = ([.init(.tcp, 443)], [.init(.udp, 53)])
        for text in SightingLine.Text.allCases { line[text] = "x" }
        #expect(try JSONSchema(schema).violations(of: Array(line.text.utf8)) == [])
        #expect(try JSONSchema(schema).violations(of: Array("{\"source\":\"gossip\",\"vlan\":\"x\"}".utf8)).count == 3)
        for key in line.text.split(separator: "\"").filter({
            $0.allSatisfy(\.isLetter) && line.text.contains("\"\($0)\":")
        }) {
            let isPart = ["floor", "room"].contains(key)
            #expect(isPart || schema.contains("\"\(key)\""), "\(key) is not in the schema")
            let page = try House.text("docs/sightings.md")
            #expect(page.contains("`\(key)`") || page.contains("\"\(key)\""), "\(key) is not in docs/sightings.md")
        }
    }
}
