//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Peripherals that are not what they should be, each beside what only looks like it.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Defense
import Model
import Support
import Testing

private typealias USB = Endpoint

/// A device that comes, and the rules that must speak of it then.
struct Rogue: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var device: Peripheral
    var rules: Set<PeripheralRule>
}

/// Devices that come to a workstation and are what they are: no rule may speak.
struct Benign: CustomTestStringConvertible, Sendable {
    var testDescription: String
    /// One list for each report.
    var reports: [[Peripheral]]

    init(_ description: String, _ reports: [Peripheral]...) {
        testDescription = description
        self.reports = reports
    }
}

/// Goal: what attacks by USB is found, and nothing that a ward plugs in every day.
@Suite struct `Peripherals of endpoints` {
    static let rogues = [
        Rogue(
            testDescription: "Rubber Ducky, as it is sold",
            device: USB.usb("1-3", 0x03EB, 0x2401, "ATMEL AVR", "HID Keyboard", is: [0x030101]),
            rules: [.boardThatTypes, .newKeyboard]),
        Rogue(
            testDescription: "Rubber Ducky with its memory shown",
            device: USB.usb("1-3", 0x03EB, 0x2403, "ATMEL AVR", "Composite", is: [0x030101, 0x080650]),
            rules: [.boardThatTypes, .newKeyboard, .keyboardWithStorage]),
        Rogue(
            testDescription: "Bash Bunny: storage, keyboard and RNDIS",
            device: USB.usb("1-3", 0xF000, 0xFF03, is: [0x080650, 0x030101, 0x0202FF, 0x0A0000]),
            rules: [.boardThatTypes, .newKeyboard, .keyboardWithStorage, .networkCard]),
        Rogue(
            testDescription: "Flipper Zero in its BadUSB mode",
            device: USB.usb("1-3", 0x0483, 0x5740, "Flipper Devices Inc.", "Flipper Keyboard", is: [0x030101]),
            rules: [.boardThatTypes, .newKeyboard]),
        Rogue(
            testDescription: "a board whose keyboard says nothing of itself",
            device: USB.usb(
                "1-3", 0x2341, 0x8036, "Arduino LLC", "Arduino Leonardo", is: [0x020201, 0x0A0000, 0x030000],
                uses: [.keyboard, .mouse]),
            rules: [.boardThatTypes, .newKeyboard]),
        Rogue(
            testDescription: "a keyboard with a copied number and its own words",
            device: USB.usb("1-3", 0x046D, 0xC31C, "ATMEL", "HID Device", is: [0x030101]),
            rules: [.newKeyboard, .namesDiffer]),
        Rogue(
            testDescription: "a keyboard with a copied number and copied words",
            device: USB.usb("1-3", 0x046D, 0xC31C, "Logitech", "USB Keyboard", is: [0x030101, 0x030000]),
            rules: [.newKeyboard]),
        Rogue(
            testDescription: "a single-board computer that is a network card (Raspberry Pi Zero, P4wnP1)",
            device: USB.usb("1-3", 0x1D6B, 0x0137, "Linux", "Gadget", is: [0xE00103, 0x0A0000]), rules: [.networkCard]),
        Rogue(
            testDescription: "LAN Turtle: an adapter of a known maker, by itself",
            device: USB.usb("1-3", 0x0BDA, 0x8152, "Realtek", "USB 10/100 LAN", is: [0xFFFF00], uses: [.network]),
            rules: [.networkCard]),
        Rogue(
            testDescription: "a telephone that shares its network",
            device: USB.usb(
                "1-3", 0x04E8, 0x6863, "SAMSUNG", "SAMSUNG_Android", serial: "R58M123ABCD",
                is: [0xE00103, 0x0A0000]),
            rules: [.networkCard]),
        Rogue(
            testDescription: "a scanner's number on a stick that types",
            device: USB.usb("1-3", 0x05E0, 0x1200, "Symbol", "Bar Code Scanner", is: [0x030101, 0x080650]),
            rules: [.keyboardWithStorage]),
    ]

    @Test(arguments: rogues)
    func `what attacks is found, and by its rules only`(rogue: Rogue) {
        let endpoint = Endpoint([[], [rogue.device]])
        #expect(endpoint.rules == Set(rogue.rules.map(\.rawValue)))
        for finding in endpoint.findings {
            #expect(finding.technique?.hasPrefix("T1") == true)
            #expect(finding.falseAlarm?.isEmpty == false)
            #expect(finding.addresses == [Endpoint.card])
            #expect(finding.evidence.contains { $0.value.contains(rogue.device.ids) })
            #expect(finding.since == Timestamp(seconds: 1_770_000_000 + 120))
        }
        // It was there for a minute: that it is gone does not take the finding away.
        #expect(Endpoint([[], [rogue.device], []]).rules == endpoint.rules)
    }

    static let receiver = USB.usb(
        "1-3", 0x046D, 0xC52B, "Logitech", "USB Receiver", is: [0x030101, 0x030102, 0x030000])
    static let scanner = USB.usb(
        "1-3", 0x05E0, 0x1200, "Symbol Technologies, Inc, 2008", "Symbol Bar Code Scanner", serial: "S/N:10042",
        is: [0x030101])
    static let phone = USB.usb(
        "1-3", 0x05AC, 0x12A8, "Apple Inc.", "iPhone", serial: "00008030001A2B3C",
        is: [
            0x060101, 0xFFFE02, 0xFFFD01,
        ])
    static let dock = [
        USB.usb("1-4", 0x17EF, 0x1010, "VIA Labs, Inc.", "USB2.0 Hub", is: [0x090000], kind: 9),
        USB.usb("2-4", 0x17EF, 0x100F, "VIA Labs, Inc.", "USB3.0 Hub", is: [0x090000], kind: 9),
        USB.usb(
            "2-4.1", 0x17EF, 0x3062, "Lenovo", "ThinkPad Dock Ethernet", serial: "101010101", is: [0xFFFF00],
            uses: [.network]),
        USB.usb("1-4.3", 0x17EF, 0x3063, "Lenovo", "ThinkPad Dock Audio", is: [0x010100, 0x010200, 0x030000]),
    ]

    static let benigns = [
        Benign("a bar code scanner of Zebra", [], [scanner]),
        Benign(
            "a bar code scanner of Honeywell", [],
            [USB.usb("1-3", 0x0C2E, 0x0B61, "Honeywell", "Vuquest 3310g", serial: "13072B0123", is: [0x030101])]),
        Benign(
            "a bar code scanner of Datalogic", [],
            [USB.usb("1-3", 0x05F9, 0x2206, "Datalogic ADC, Inc.", "Gryphon", is: [0x030001])]),
        Benign("a bar code scanner of Code", [], [USB.usb("1-3", 0x11FA, 0x0202, "Code", "CR2600", is: [0x030101])]),
        Benign(
            "a scanner that was switched from typing to serial", [], [scanner],
            [USB.usb("1-3", 0x05E0, 0x1701, "Symbol Technologies", "Scanner CDC", is: [0x020201, 0x0A0000])], [scanner]),
        Benign(
            "a badge reader of rf IDEAS", [],
            [USB.usb("1-3", 0x0C27, 0x3BFA, "RFIDeas", "USB Keyboard", is: [0x030101])]),
        Benign(
            "a badge reader of Elatec", [], [USB.usb("1-3", 0x09D8, 0x0410, "OEM", "RFID Device (HID)", is: [0x030101])]
        ),
        Benign("a wireless receiver (Unifying)", [], [receiver]),
        Benign(
            "a wireless receiver that was moved and came back", [receiver], [],
            [USB.usb("1-4", 0x046D, 0xC52B, "Logitech", "USB Receiver", is: [0x030101, 0x030102, 0x030000])]),
        Benign("a dock: hub, network card and sound", [], dock),
        Benign("a dock that comes and goes", dock, [], dock),
        Benign("a telephone that charges", [], [phone]),
        Benign(
            "a telephone that charges, which Linux takes for a card", [],
            [
                {
                    var phone = Self.phone
                    (phone.uses, phone.driver) = ([.network], "ipheth")
                    return phone
                }()
            ]),
        Benign(
            "an Android telephone that shows its pictures", [],
            [
                USB.usb("1-3", 0x18D1, 0x4EE1, "Google", "Pixel 7", serial: "2A131FDH20012X", is: [0x060101])
            ],
            [USB.usb("1-3", 0x18D1, 0x4EE5, "Google", "Pixel 7", serial: "2A131FDH20012X", is: [0x060101, 0xFF4201])]),
        Benign(
            "a keyboard with a smart card reader in it, from the beginning",
            [USB.usb("1-3", 0x046A, 0x01A4, "Cherry GmbH", "SmartTerminal ST-2xxx", is: [0x030101, 0x0B0000])],
            [USB.usb("1-3", 0x046A, 0x01A4, "Cherry GmbH", "SmartTerminal ST-2xxx", is: [0x030101, 0x0B0000])]),
        Benign(
            "an uninterruptible power supply", [],
            [
                USB.usb(
                    "1-3", 0x051D, 0x0002, "American Power Conversion", "Back-UPS", serial: "4B1712P12345",
                    is: [0x030000])
            ]),
        Benign(
            "a box that takes an ECG and keeps it", [],
            [USB.usb("1-3", 0x04B4, 0x8613, "Schiller", "Cardiovit", serial: "080.12345", is: [0xFF0000, 0x080650])]),
        Benign(
            "a remote console (KVM) with keyboard, mouse and disk in one", [],
            [USB.usb("1-3", 0x0557, 0x2419, "ATEN", "Virtual device", is: [0x030101, 0x030102, 0x080650])]),
        Benign(
            "a keyboard switch that shows its keyboard and hides it", [],
            [USB.usb("1-3", 0x0557, 0x2213, "ATEN International", "CS682", is: [0x030101, 0x030102])], [],
            [USB.usb("1-3", 0x0557, 0x2213, "ATEN International", "CS682", is: [0x030101, 0x030102])]),
        Benign(
            "a stick", [],
            [USB.usb("1-3", 0x0781, 0x5567, "SanDisk", "Cruzer Blade", serial: "4C530001", is: [0x080650])]),
        Benign(
            "a stick that bears another maker's number, as the list says", [],
            [USB.usb("1-3", 0x0930, 0x6545, "Kingston", "DataTraveler 2.0", serial: "0013729982D5", is: [0x080650])]),
        Benign(
            "a mouse whose chip is of another maker", [],
            [USB.usb("1-3", 0x093A, 0x2510, "Lenovo", "USB Optical Mouse", is: [0x030102])]),
        Benign(
            "a security key that types its codes", [],
            [USB.usb("1-3", 0x1050, 0x0407, "Yubico", "YubiKey OTP+FIDO+CCID", is: [0x030101, 0x030000, 0x0B0000])]),
        Benign(
            "a headset with its buttons", [],
            [
                USB.usb(
                    "1-3", 0x047F, 0xC056, "Plantronics", "Blackwire 3220", serial: "AB12CD34EF",
                    is: [0x010100, 0x030000])
            ]),
        Benign(
            "a modem that was built in",
            [USB.usb("1-5", 0x2C7C, 0x0306, "Quectel", "EM06", is: [0x020E00, 0x0A0002, 0xFF0000])],
            [USB.usb("1-5", 0x2C7C, 0x0306, "Quectel", "EM06", is: [0x020E00, 0x0A0002, 0xFF0000])]),
        Benign(
            "two cheap devices with a placeholder for a serial number",
            [
                USB.usb("1-5", 0x0C45, 0x6366, "Microdia", "Webcam", serial: "0123456789", is: [0x0E0100]),
                USB.usb("1-6", 0x0781, 0x5567, "SanDisk", "Stick", serial: "0123456789", is: [0x080650]),
                USB.usb("1-7", 0x05E3, 0x0608, nil, "USB2.0 Hub", serial: "20080411", is: [0x090000], kind: 9),
                USB.usb("1-8", 0x0BDA, 0x0129, "Generic", "Card Reader", serial: "20080411", is: [0xFF0650]),
            ]),
    ]

    @Test(arguments: benigns)
    func `what a ward plugs in every day raises nothing`(benign: Benign) {
        #expect(Endpoint(benign.reports).findings.map(\.title) == [])
        // Nor if it was there from the beginning.
        #expect(Endpoint([benign.reports.flatMap(\.self)]).findings.map(\.title) == [])
    }

    @Test func `a keyboard that was exchanged for another model is said, but low; for the same model not at all`() {
        let other = USB.usb("1-1", 0x046A, 0x0023, "CHERRY", "Keyboard", is: [0x030101])
        var endpoint = Endpoint()
        endpoint.report(Endpoint.desk)
        endpoint.report([other, Endpoint.desk[1]])
        #expect(endpoint.findings.map(\.rule) == ["peripheral.newKeyboard"])
        #expect(endpoint.findings.map(\.severity) == [.low])
        endpoint.report(Endpoint.desk)
        endpoint.report([USB.usb("1-6", 0x413C, 0x2113, "Dell", "KB216", is: [0x030101, 0x030000]), Endpoint.desk[1]])
        #expect(endpoint.findings.count == 1)
    }

    @Test func `one more keyboard is high at a bed, medium elsewhere, and nothing on a server`() {
        let device = USB.usb("1-3", 0x046A, 0x0023, "CHERRY", "Keyboard", is: [0x030101])
        var endpoint = Endpoint([[], [device]])
        #expect(endpoint.findings.map(\.severity) == [.high])
        endpoint.kind = .other
        #expect(endpoint.findings.map(\.severity) == [.medium])
        endpoint.kind = .unattended
        #expect(endpoint.findings.isEmpty)
    }

    @Test func `a scanner that was unplugged is no keyboard that was exchanged`() {
        let device = USB.usb("1-4", 0x046A, 0x0023, "CHERRY", "Keyboard", is: [0x030101])
        #expect(Endpoint([[Self.scanner], [device]]).findings.map(\.severity) == [.high])
    }

    // MARK: What became something else

    static let turned: [(String, Peripheral, Peripheral)] = [
        (
            "a keyboard that becomes a disk",
            USB.usb("1-3", 0x1234, 0x0001, is: [0x030101]), USB.usb("1-3", 0x1234, 0x0002, is: [0x080650])
        ),
        (
            "a mouse that becomes a network card",
            USB.usb("1-3", 0x1234, 0x0001, is: [0x030102]), USB.usb("1-3", 0x1234, 0x0001, is: [0x0202FF])
        ),
        (
            "a stick that grows a keyboard",
            USB.usb("1-3", 0x0781, 0x5567, serial: "4C530001230", is: [0x080650]),
            USB.usb("1-3", 0x0781, 0x5567, serial: "4C530001230", is: [0x080650, 0x030101])
        ),
        (
            "a serial number under another maker's number, in another socket",
            USB.usb("1-3", 0x0781, 0x5567, serial: "4C530001230", is: [0x080650]),
            USB.usb("1-4", 0x046D, 0xC077, serial: "4C530001230", is: [0x030102])
        ),
    ]

    @Test(arguments: turned)
    func `a device that becomes something else is found`(what: String, before: Peripheral, after: Peripheral) {
        let endpoint = Endpoint([[before], [after]])
        #expect(endpoint.rules.contains(PeripheralRule.becameOther.rawValue), "\(what)")
        let finding = endpoint.findings.first { $0.rule == PeripheralRule.becameOther.rawValue }
        #expect(finding?.severity == .high)
        #expect(finding?.evidence.map(\.fieldName) == ["before", "after"])
    }

    static let stayed: [(String, Peripheral, Peripheral)] = [
        (
            "another device in the same socket",
            USB.usb("1-3", 0x0781, 0x5567, serial: "4C530001230", is: [0x080650]),
            USB.usb("1-3", 0x051D, 0x0002, serial: "4B1712P12345", is: [0x030000])
        ),
        (
            "a mouse, then a stick of the same maker with its serial number",
            USB.usb("1-3", 0x03F0, 0x134A, is: [0x030102]),
            USB.usb("1-3", 0x03F0, 0x5A07, serial: "AA00000000012345", is: [0x080650])
        ),
        (
            "a modem that shows its drivers first",
            USB.usb("1-3", 0x12D1, 0x1F01, is: [0x080650]), USB.usb("1-3", 0x12D1, 0x14DC, is: [0x080650])
        ),
        (
            "a device that takes new firmware",
            USB.usb("1-3", 0x047F, 0xC056, serial: "AB12CD34EF", is: [0x010100, 0x030000]),
            USB.usb("1-3", 0x047F, 0xC057, serial: "AB12CD34EF", is: [0xFE0102])
        ),
        (
            "a Bluetooth adapter that shows a keyboard until the system takes over",
            USB.usb("1-3", 0x0A12, 0x0001, is: [0xE00101]), USB.usb("1-3", 0x0A12, 0x1000, is: [0x030101])
        ),
    ]

    @Test(arguments: stayed)
    func `what only changes its form, or is another device, is not`(what: String, before: Peripheral, after: Peripheral)
    {
        #expect(!Endpoint([[before], [after]]).rules.contains(PeripheralRule.becameOther.rawValue), "\(what)")
    }

    // MARK: Serial numbers

    @Test func `a serial number that two makers bear is told on both, and only for those`() {
        var endpoint = Endpoint()
        endpoint.report([USB.usb("1-3", 0x0781, 0x5567, serial: "4C530001230", is: [0x080650])])
        let other = HardwareAddress(bits: 0x00_1B21_000001)
        endpoint.report([USB.usb("1-3", 0x1234, 0x0001, serial: "4C530001230", is: [0x080650])], on: other)
        #expect(endpoint.findings.map(\.rule) == ["peripheral.serialShared"])
        #expect(endpoint.findings.first?.addresses == [other])
        // The same maker may count its products anew.
        var same = Endpoint()
        same.report([USB.usb("1-3", 0x0781, 0x5567, serial: "4C530001230", is: [0x080650])])
        same.report([USB.usb("1-3", 0x0781, 0x5581, serial: "4C530001230", is: [0x080650])], on: other)
        #expect(same.findings.isEmpty)
    }

    // MARK: Bounds and order

    @Test(arguments: [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]])
    func `which keyboard is the new one is told by the time of the reports, not by their order`(order: [Int]) throws {
        let (old, new) = (
            USB.usb("1-3", 0x046A, 0x0011, "CHERRY", "Keyboard", is: [0x030101]),
            USB.usb("1-3", 0x046D, 0xC31C, "Logitech", "USB Keyboard", is: [0x030101])
        )
        let days = [[old], [new], [new]]
        var watch = PeripheralWatch()
        for day in order {
            var report = PeripheralReport(
                host: Subject(hardware: USB.card), hostName: "ws-12", peripherals: days[day])
            report.cards = [USB.card]
            watch.learn(
                Observation(
                    site: "main", sensor: "test", occurred: Timestamp(seconds: 1_770_000_000 + Int64(day) * 86_400),
                    body: .peripherals(report)))
        }
        let findings = watch.findings(knowledge: USB.knowledge, names: USB.names) { _, _ in .clinical }
            .map(\.finding).filter { $0.rule == PeripheralRule.newKeyboard.rawValue }
        let finding = try #require(findings.first)
        #expect(findings.count == 1)
        #expect(finding.evidence.first?.value.hasPrefix("046d:c31c") == true, "\(finding.evidence)")
        // Tuesday's comes instead of Monday's; where Wednesday's comes first, only Monday's report tells what went.
        #expect(finding.severity == .low && finding.title.hasPrefix("Another keyboard"))
    }

    @Test func `a report from between two others takes nobody's place`() throws {
        let (old, guest) = (
            USB.usb("1-3", 0x046A, 0x0011, "CHERRY", "Keyboard", is: [0x030101]),
            USB.usb("1-4", 0x046D, 0xC31C, "Logitech", "USB Keyboard", is: [0x030101])
        )
        var watch = PeripheralWatch()
        // The newest report comes before the one of the middle, in which the guest is there.
        for (hour, devices) in [(0, [old]), (2, [old]), (1, [guest])] {
            watch.learn(
                Observation(
                    site: "main", sensor: "test", occurred: Timestamp(seconds: 1_770_000_000 + Int64(hour) * 3_600),
                    body: .peripherals(
                        PeripheralReport(host: Subject(hardware: USB.card), hostName: nil, peripherals: devices))))
        }
        let findings = watch.findings(knowledge: USB.knowledge, names: USB.names) { _, _ in .clinical }.map(\.finding)
        #expect(findings.map(\.rule) == ["peripheral.newKeyboard"])
        #expect(findings.first?.title.hasPrefix("One more keyboard") == true && findings.first?.severity == .high)
    }

    @Test func `tables have an end, and say what found no room`() {
        var limits = PeripheralLimits()
        (limits.hosts, limits.devicesOfAHost, limits.devices, limits.changesOfAHost) = (2, 3, 4, 1)
        var watch = PeripheralWatch(limits: limits)
        func learn(_ host: UInt64, _ peripherals: [Peripheral]) {
            watch.learn(
                Observation(
                    site: "main", sensor: "t", occurred: .epoch,
                    body: .peripherals(
                        PeripheralReport(
                            host: Subject(hardware: HardwareAddress(bits: host)), hostName: nil,
                            peripherals: peripherals))))
        }
        let many = (0..<4).map { USB.usb("1-\($0)", 0x1234, UInt16($0), is: [0x030101]) }
        learn(1, many)
        #expect(watch.overflow == 1)
        learn(2, many)
        #expect(watch.overflow == 4)
        learn(3, many)
        #expect(watch.overflow == 5)
        learn(1, many.map { USB.usb($0.path, $0.vendorId, $0.productId, is: [0x080650]) })
        #expect(watch.overflow == 10)
        _ = watch.findings(knowledge: PeripheralKnowledge(), names: USBNames()) { _, _ in .clinical }
    }

    @Test func `without a list of makers nobody is accused, and a late report does not turn time round`() {
        var endpoint = Endpoint([[], [Self.rogues[5].device]])
        let found = endpoint.watch.findings(knowledge: Endpoint.knowledge, names: USBNames()) { _, _ in .clinical }
        #expect(found.map(\.finding.rule) == ["peripheral.newKeyboard"])
        let before = endpoint.watch.now(site: "main", cards: [Endpoint.card])?.peripherals
        endpoint.watch.learn(
            Observation(
                site: "main", sensor: "t", occurred: .epoch,
                body: .peripherals(
                    PeripheralReport(host: Subject(hardware: Endpoint.card), hostName: nil, peripherals: []))))
        #expect(endpoint.watch.now(site: "main", cards: [Endpoint.card])?.peripherals == before)
        #expect(endpoint.watch.now(site: "other", cards: [Endpoint.card]) == nil)
    }

    @Test func `docs findings has each rule on peripherals, and no other`() throws {
        let document = try House.text("docs/findings.md")
        let listed = document.split(separator: "\n").filter { $0.hasPrefix("## `peripheral.") }.map {
            $0.dropFirst(4).dropLast()
        }
        #expect(listed.map(String.init).sorted() == PeripheralRule.allCases.map(\.rawValue).sorted())
        for rule in PeripheralRule.allCases { #expect(document.contains(rule.technique)) }
    }
}
