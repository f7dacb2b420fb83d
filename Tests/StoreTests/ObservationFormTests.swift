//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Records: every observation comes back from its octets as it went in.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Testing
import Wire

/// One observation of every kind, with every value that could be lost on the way.
enum Examples {
    static let span = Observation.Span(first: Timestamp(nanoseconds: .min), last: Timestamp(nanoseconds: .max))
    static let subjects = [
        Subject(), Subject(hardware: HardwareAddress(bits: 0x00D0_750A_0B0C)),
        Subject(network: IPAddress(v4: 0)), Subject(network: IPAddress(v4: 0xFFFF_FFFF)),
        Subject(network: IPAddress(high: 0x2001_0DB8_0000_0000, low: 1)),
        Subject(hardware: .broadcast, network: IPAddress(v4: 0x0A01_0203), child: "eui64:00A037009A0053DE"),
    ]

    static func every() -> [Observation] {
        var bodies: [Observation.Body] = []
        for subject in subjects {
            for vlan in [nil, 1, 4_094] as [UInt16?] {
                bodies.append(
                    .sighting(
                        .init(
                            subject: subject, vlan: vlan, span: span, packets: .max, bytes: 0,
                            isBinding: vlan == nil)))
            }
        }
        for field in Field.allCases {
            bodies.append(
                .fact(.init(subject: subjects[1], field: field, value: "ä\u{0}\u{FFFD}🩺", span: span, count: 1)))
        }
        for transport in Service.Transport.allCases {
            bodies.append(
                .conversation(
                    .init(
                        client: subjects[4], server: subjects[5],
                        service: .init(name: "dicom", port: .max, transport: transport), span: span, packets: 3,
                        bytes: .max, isAnswered: transport == .tcp)))
        }
        bodies.append(.oddity(.init(name: "dhcp.optionOverrun", count: .max)))
        bodies.append(.knowledge(.init(name: "knowledge", digest: "00ff")))
        bodies.append(.coverage(Coverage(input: "")))
        var coverage = Coverage(input: "ward.pcap")
        coverage.packets = 1
        coverage.decoded = 2
        coverage.bytes = 3
        coverage.span = span
        coverage.linkTypes = ["ethernet", "linux-sll2"]
        coverage.duplicates = 4
        coverage.truncated = 5
        coverage.dropped = 6
        coverage.tcpConversations = 7
        coverage.tcpOneWay = 8
        coverage.flushed = 9
        (coverage.problem, coverage.cure) = ("cut off", "record it again")
        bodies.append(.coverage(coverage))
        for subject in subjects {
            for act in [
                .merge(subject, subjects[1]), .split(subjects[5], subject),
                .correct(subject, attribute: .type, value: nil),
                .correct(subject, attribute: .type, value: ""),
            ] + Attribute.allCases.map({ .correct(subject, attribute: $0, value: "ä🩺") })
                as [Observation.Decision.Act]
            {
                bodies.append(.decision(.init(act: act, by: "Nurse Ruth", reason: "read from the label")))
            }
        }
        bodies += polled()
        return bodies.enumerated().map { index, body in
            Observation(
                site: "main", sensor: "sensor-\(index)", occurred: Timestamp(nanoseconds: Int64(index) - 3), body: body)
        }
    }
}

extension Examples {
    /// What a poll of a switch tells: once with nothing but what must be there, once with everything.
    static func polled() -> [Observation.Body] {
        var full = Switch(agent: "10.0.0.7:161")
        (full.name, full.summary, full.objectId, full.location) = ("<private>", "IOS", "1.3.6.1.4.1.9", "cellar")
        (full.vendor, full.model, full.firmware, full.serial) = ("Cisco", "C9400", "17.3", "")
        full.address = IPAddress(high: 1, low: 2)
        full.chassis = HardwareAddress(bits: 7)
        full.ownAddresses = [HardwareAddress(bits: 7), HardwareAddress(bits: 8)]
        (full.uptimeSeconds, full.forwardingRows, full.unplacedRows) = (0, 976, 8)
        full.missingMibs = ["MAU-MIB"]
        var port = SwitchPort(ifIndex: 10_101, name: "Gi1/0/1")
        (port.kind, port.isUp, port.isEnabled, port.speed, port.duplex) = (6, false, true, 0, .half)
        port.poe = PortPower(isEnabled: false, detection: .delivering, deviceClass: 0, milliwatts: 0)
        (port.mau, port.partner, port.vlan, port.lastChange) = ("1000BASE-T", ["1000BASE-T"], 4_094, .epoch)
        (port.lateCollisions, port.badFrames, port.spanningTree) = (0, 9, .blocking)
        (port.isNegotiating, port.offered, port.partnerSaid) = (false, ["10BASE-T"], ["other"])
        (port.wakeMicroseconds, port.framesIn, port.framesOut) = (30, 0, .max)
        (port.designatedBridge, port.isEdge, port.isAuthorised) = (HardwareAddress(bits: 3), false, true)
        (port.violations, port.bridgePort, port.bundle) = (0, 1, 2)
        port.transceiver = Transceiver(kind: "10GBASE-LR", maker: "", model: nil, serial: "AGM1")
        var neighbour = SwitchNeighbour(agent: "b", ifIndex: 3, via: .cdp)
        (neighbour.chassis, neighbour.hardware, neighbour.port) = ("sw", HardwareAddress(bits: 9), "Gi1")
        (neighbour.portSummary, neighbour.name, neighbour.summary) = ("up", "sw-1", "IOS")
        (neighbour.platform, neighbour.address, neighbour.vlan) = ("C3750", IPAddress(v4: 7), 12)
        (neighbour.abilities, neighbour.duplex) = ([.bridge, .router], .full)
        var roof = SwitchNeighbour(agent: "b", ifIndex: 3, via: .mndp)
        roof.name = "roof"
        return [
            .neighbour(roof), .switch(full), .switch(Switch(agent: "a")), .port(PortReport(agent: "a", port: port)),
            .port(PortReport(agent: "a", port: SwitchPort(ifIndex: 1, name: ""))),
            .learned(.init(agent: "a", hardware: HardwareAddress(bits: 1), ifIndex: 1, vlan: nil, kind: .learned)),
            .learned(.init(agent: "a", hardware: HardwareAddress(bits: 2), ifIndex: 2, vlan: 7, kind: .fixed)),
            .neighbour(neighbour), .neighbour(SwitchNeighbour(agent: "a", ifIndex: 1, via: .lldp)),
        ] + closet()
    }

    /// Wireless stations, port events and peripherals.
    static func closet() -> [Observation.Body] {
        var station = WirelessStation(agent: "wlc", hardware: HardwareAddress(bits: 5))
        (station.network, station.accessPoint) = (IPAddress(v4: 9), "ap-3")
        (station.accessPointAddress, station.ssid, station.security) = (HardwareAddress(bits: 6), "", .tkip)
        (station.vlan, station.signal, station.user) = (7, -71, "u-01")
        var scanner = Peripheral(
            path: "1-1.4", vendorId: 0x05E0, productId: .max, kind: 239,
            interfaces: [.init(kind: 3, subkind: 1, wording: 1), .init(kind: 8, subkind: 6, wording: 80)])
        (scanner.release, scanner.maker, scanner.product, scanner.serial) = (0, "Symbol", "LS2208", "")
        (scanner.driver, scanner.uses) = ("usbhid", Peripheral.Use.allCases)
        var bare = PeripheralReport(host: Subject(), hostName: nil, peripherals: [])
        bare.cards = [HardwareAddress(bits: 7), HardwareAddress(bits: 8)]
        var left = station
        left.isGone = true
        var point = AccessPoint(agent: "wlc", hardware: HardwareAddress(bits: 6))
        (point.radio, point.network, point.name) = (HardwareAddress(bits: 7), IPAddress(v4: 8), "ap-3")
        (point.model, point.serial) = ("225", "")
        return [
            .wireless(station), .wireless(WirelessStation(agent: "", hardware: HardwareAddress(bits: 5))),
            .peripherals(
                PeripheralReport(
                    host: subjects[1], hostName: "ws-3",
                    peripherals: [scanner, Peripheral(path: "", vendorId: 0, productId: 0)])),
            .peripherals(bare),
            .event(PortEvent(agent: "a", kind: .coldStart)),
            .event(PortEvent(agent: "a", kind: .learned, bridgePort: 7)),
            .wireless(left), .accessPoint(point),
            .accessPoint(AccessPoint(agent: "", hardware: HardwareAddress(bits: 5))),
        ]
            + PortEvent.Kind.allCases.map {
                .event(PortEvent(agent: "a", kind: $0, ifIndex: 0, hardware: HardwareAddress(bits: 4), vlan: 1))
            }
    }
}

@Suite struct `Records of observations` {
    @Test func `every kind comes back as it went in`() throws {
        for observation in Examples.every() {
            let back = try ObservationForm.decode(try ObservationForm.encode([observation]))
            #expect(back == [observation])
        }
        #expect(try ObservationForm.decode(try ObservationForm.encode(Examples.every())) == Examples.every())
        #expect(try ObservationForm.decode([]) == [])
    }

    @Test func `the same observations give the same octets`() throws {
        let once = try ObservationForm.encode(Examples.every())
        #expect(try ObservationForm.encode(Examples.every()) == once)
        #expect(try ObservationForm.encode(try ObservationForm.decode(once)) == once)
    }

    @Test func `octets cut at any length or changed are refused or read, and never more`() throws {
        let bytes = try ObservationForm.encode(Array(Examples.every().suffix(8)))
        for length in bytes.indices { _ = try? ObservationForm.decode(Array(bytes.prefix(length))) }
        var changed = bytes
        for index in bytes.indices {
            for value: UInt8 in [0, 0x7F, 0x80, 0xFF] {
                changed[index] = value
                // What was taken in is the same when it is read from the log.
                guard let read = try? ObservationForm.decode(changed) else { continue }
                #expect(try ObservationForm.decode(try ObservationForm.encode(read)) == read)
            }
            changed[index] = bytes[index]
        }
    }

    /// Each number of each kind, as large and small as JSON can say it.
    @Test func `a number out of its bounds is refused, and never another one in the log`() throws {
        var refused: Set<String> = []
        for observation in Examples.every() {
            let text = try ObservationForm.json(observation)
            for found in text.matches(of: /[:\[]("?-?[0-9]+"?)[,}\]]/) {
                let number = found.output.1
                for value in [
                    "0", "-1", "65536", "65537", "4294967295", "\"18446744073709551615\"", "\"9223372036854775808\"",
                    "\"281474976710656\"",
                ] {
                    let other = text[..<number.startIndex] + value + text[number.endIndex...]
                    do {
                        let read = try ObservationForm.observation(json: String(other))
                        #expect(try ObservationForm.decode(try ObservationForm.encode([read])) == [read], "\(other)")
                    } catch RecordError.outOfBounds(let what) {
                        refused.insert(what)
                    } catch is RecordError {
                    } catch {
                        // The library of protocol buffers refuses what its type has no room for.
                    }
                }
            }
        }
        let some: Set = ["a hardware address", "a VLAN", "a port", "a peripheral's maker"]
        #expect(refused.isSuperset(of: some), "\(refused)")
    }

    @Test func `a field that this version does not know is named`() throws {
        let fact = Observation.Fact(
            subject: Subject(), field: .dhcpHostname, value: "pump-7", span: Examples.span, count: 1)
        let bytes = try ObservationForm.encode([
            Observation(site: "s", sensor: "s", occurred: .epoch, body: .fact(fact))
        ])
        let text = Array("dhcp.hostname".utf8)
        let at = try #require(bytes.indices.first { bytes[$0...].starts(with: text) })
        var strange = bytes
        strange[at] = UInt8(ascii: "x")
        #expect(throws: RecordError.unknownField("xhcp.hostname")) { try ObservationForm.decode(strange) }
    }

    @Test func `what a person says is cut to its bound between characters`() {
        let long = Observation.Decision(
            act: .correct(Subject(), attribute: .type, value: String(repeating: "ä", count: 300)),
            by: "x" + String(repeating: "ö", count: 300), reason: String(repeating: "🩺", count: 300))
        #expect(long.by.utf8.count == 127)
        #expect(long.reason.utf8.count == 512)
        #expect(long.act == .correct(Subject(), attribute: .type, value: String(repeating: "ä", count: 128)))
        let short = Observation.Decision(act: .merge(Subject(), Subject()), by: "Ruth", reason: "")
        #expect(short.by == "Ruth")
        #expect(short.reason.isEmpty)
    }

    @Test func `an attribute that this version does not know is named`() throws {
        let decision = Observation.Decision(
            act: .correct(Subject(), attribute: .firmware, value: "2"), by: "Ruth", reason: "label")
        let bytes = try ObservationForm.encode([
            Observation(site: "s", sensor: "s", occurred: .epoch, body: .decision(decision))
        ])
        let at = try #require(bytes.indices.first { bytes[$0...].starts(with: Array("firmware".utf8)) })
        var strange = bytes
        strange[at] = UInt8(ascii: "x")
        #expect(throws: RecordError.unknownAttribute("xirmware")) { try ObservationForm.decode(strange) }
    }

    @Test func `what is no record is refused`() {
        #expect(throws: RecordError.notProtocolBuffers) { try ObservationForm.decode([0xFF, 0xFF, 0xFF]) }
        // A batch (field 1) of one record without anything in it.
        #expect(throws: RecordError.unknownBody) { try ObservationForm.decode([0x0A, 0]) }
    }
}
