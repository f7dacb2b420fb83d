//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// What hangs on this endpoint, read from trees of files that look as sysfs does.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model
import Support
import Testing
import Wire

@testable import Sensors

extension Scratch {
    /// Writes a text, and the folders above it.
    fileprivate func plant(_ name: String, _ text: String) throws {
        let place = url.appendingPathComponent(name)
        try FileManager.default.createDirectory(
            at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: place)
    }

    fileprivate func link(_ name: String, to target: String) throws {
        let place = url.appendingPathComponent(name)
        try FileManager.default.createDirectory(
            at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(atPath: place.path, withDestinationPath: target)
    }
}

/// Goal: a report says what the kernel says, opens nothing else, and comes to an end whatever the tree looks like.
@Suite struct `An endpoint's own report` {
    static let time = Timestamp(seconds: 1_772_366_400)

    /// A tree as Linux 6.1 shows it: devices below the bus they hang on, links in `bus/usb/devices` and `class/net`.
    static func tree() throws -> Scratch {
        let scratch = try Scratch()
        let dock = "sys/devices/pci0000:00/0000:00:14.0/usb1/1-1"
        let texts: [(String, String)] = [
            ("\(dock)/idVendor", "05e3"), ("\(dock)/idProduct", "0608"), ("\(dock)/bDeviceClass", "09"),
            ("\(dock)/1-1:1.0/bInterfaceClass", "09"),
            ("\(dock)/1-1.4/idVendor", "05e0"), ("\(dock)/1-1.4/idProduct", "1200"),
            ("\(dock)/1-1.4/bcdDevice", "6010"), ("\(dock)/1-1.4/bDeviceClass", "00"),
            ("\(dock)/1-1.4/manufacturer", "Symbol Technologies"), ("\(dock)/1-1.4/product", "Bar Code Scanner"),
            ("\(dock)/1-1.4/serial", "S/N:1"), ("\(dock)/1-1.4/1-1.4:1.0/bInterfaceClass", "03"),
            ("\(dock)/1-1.4/1-1.4:1.0/bInterfaceSubClass", "00"),
            ("\(dock)/1-1.4/1-1.4:1.0/bInterfaceProtocol", "00"),
            ("\(dock)/1-1.4/1-1.4:1.0/0003:05E0:1200.0001/input/input5/name", "Scanner"),
            ("\(dock)/1-1.2/idVendor", "0bda"), ("\(dock)/1-1.2/idProduct", "8153"),
            ("\(dock)/1-1.2/1-1.2:1.0/bInterfaceClass", "ff"),
            ("\(dock)/1-1.2/1-1.2:1.0/net/enx00e04c680001/address", "00:e0:4c:68:00:01"),
            ("\(dock)/1-1.2/1-1.2:1.0/net/enx00e04c680001/type", "1"),
            ("sys/devices/pci0000:00/0000:00:1f.6/net/eth0/address", "00:1b:21:3a:4c:5d"),
            ("sys/devices/pci0000:00/0000:00:1f.6/net/eth0/type", "1"),
            ("sys/devices/virtual/net/docker0/address", "02:42:00:00:00:01"),
            ("sys/devices/virtual/net/docker0/type", "1"),
            ("sys/devices/pci0000:00/0000:00:14.0/usb1/idVendor", "1d6b"),
            ("udev/+input:input5", "I:1\nE:ID_INPUT=1\nE:ID_INPUT_KEY=1\nE:ID_INPUT_KEYBOARD=1\n"),
            ("sys/bus/usb/drivers/usbhid/bind", ""),
        ]
        for (path, text) in texts { try scratch.plant(path, text + "\n") }
        let links: [(String, String)] = [
            ("sys/bus/usb/devices/usb1", "../../../devices/pci0000:00/0000:00:14.0/usb1"),
            ("sys/bus/usb/devices/1-1", "../../../devices/pci0000:00/0000:00:14.0/usb1/1-1"),
            ("sys/bus/usb/devices/1-1.4", "../../../devices/pci0000:00/0000:00:14.0/usb1/1-1/1-1.4"),
            ("sys/bus/usb/devices/1-1.2", "../../../devices/pci0000:00/0000:00:14.0/usb1/1-1/1-1.2"),
            ("sys/bus/usb/devices/1-1.4:1.0", "../../../devices/pci0000:00/0000:00:14.0/usb1/1-1/1-1.4/1-1.4:1.0"),
            ("\(dock)/1-1.4/1-1.4:1.0/driver", "/sys/bus/usb/drivers/usbhid"),
            ("sys/class/net/eth0", "../../devices/pci0000:00/0000:00:1f.6/net/eth0"),
            ("sys/class/net/docker0", "../../devices/virtual/net/docker0"),
            (
                "sys/class/net/enx00e04c680001",
                "../../devices/pci0000:00/0000:00:14.0/usb1/1-1/1-1.2/1-1.2:1.0/net/enx00e04c680001"
            ),
            ("sys/devices/pci0000:00/0000:00:1f.6/net/eth0/device", "../../../0000:00:1f.6"),
            ("\(dock)/1-1.2/1-1.2:1.0/net/enx00e04c680001/device", "../../../1-1.2:1.0"),
        ]
        for (path, target) in links { try scratch.link(path, to: target) }
        return scratch
    }

    @Test func `gives each device with its descriptors, drivers and what the system uses it for`() throws {
        let scratch = try Self.tree()
        let sensor = EndpointSensor(root: scratch.path("sys"), udev: scratch.path("udev"))
        let found = try sensor.report(name: "ws-12", cards: [], at: Self.time)
        #expect(found.leftOut == 0)
        let report = found.line.report
        #expect(report.hostName == "ws-12")
        // The dock's card goes with the dock, and a bridge of software is nobody's.
        #expect(report.cards == [HardwareAddress("00:1b:21:3a:4c:5d")])
        #expect(report.peripherals.map(\.path) == ["1-1", "1-1.2", "1-1.4"])
        #expect(report.peripherals.map(\.isHub) == [true, false, false])
        #expect(report.peripherals.map(\.uses) == [[], [.network], [.keyboard]])
        var scanner = Peripheral(
            path: "1-1.4", vendorId: 0x05E0, productId: 0x1200, interfaces: [.init(kind: 3, subkind: 0, wording: 0)])
        (scanner.release, scanner.maker, scanner.product) = (0x6010, "Symbol Technologies", "Bar Code Scanner")
        (scanner.serial, scanner.driver, scanner.uses) = ("S/N:1", "usbhid", [.keyboard])
        #expect(report.peripherals[2] == scanner)
        let text = Array(found.line.text.utf8)
        #expect(try PeripheralLine(text.span) == found.line)
    }

    @Test func `an endpoint without USB or without a card is told so, with the cure`() throws {
        let scratch = try Scratch()
        let sensor = EndpointSensor(root: scratch.path("sys"), udev: scratch.path("udev"))
        #expect(throws: EndpointSensor.Failure.noUSB(path: scratch.path("sys/bus/usb/devices"))) {
            try sensor.report(name: nil, cards: [], at: Self.time)
        }
        try scratch.plant("sys/bus/usb/devices/readme", "")
        #expect(throws: EndpointSensor.Failure.noCard(path: scratch.path("sys/class/net"))) {
            try sensor.report(name: nil, cards: [], at: Self.time)
        }
        let card = HardwareAddress(bits: 5)
        #expect(try sensor.report(name: nil, cards: [card], at: Self.time).line.report.peripherals == [])
    }

    @Test func `links in circles, pipes, long texts and strange names stop nothing`() throws {
        let scratch = try Self.tree()
        let devices = "sys/bus/usb/devices"
        try scratch.link("\(devices)/2-1", to: "2-1")
        try scratch.link("\(devices)/2-2", to: "../../../nowhere")
        try scratch.plant("\(devices)/3-1/idVendor", String(repeating: "f", count: 100_000))
        try scratch.plant("\(devices)/3-2/idVendor", "1234")
        try scratch.plant("\(devices)/3-2/idProduct", "5678")
        try scratch.plant("\(devices)/3-2/product", String(repeating: "ü", count: 5_000) + "\u{0}\u{1}")
        try scratch.link("\(devices)/3-2/3-2:1.0", to: "..")
        #expect(try Ran("/usr/bin/mkfifo", [scratch.path("\(devices)/3-2/serial")]).code == 0)
        for number in 1...300 { try scratch.plant("\(devices)/4-\(number)/idVendor", "12") }
        let sensor = EndpointSensor(root: scratch.path("sys"), udev: scratch.path("udev"))
        let found = try sensor.report(name: nil, cards: [], at: Self.time)
        #expect(found.leftOut > 0)
        let odd = found.line.report.peripherals.first { $0.path == "3-2" }
        #expect(odd?.serial == nil)
        #expect((odd?.product?.utf8.count ?? 0) <= 378)
        #expect(!found.line.report.peripherals.contains { $0.path == "2-1" || $0.path == "3-1" })
    }

    @Test(arguments: [
        ("1-1", true), ("10-1.4.2", true), ("usb1", false), ("1-1:1.0", false), ("1", false), ("-1", false),
    ])
    func `devices are told from interfaces and the computer's own root`(name: String, isDevice: Bool) {
        #expect(EndpointSensor.isDevice(name) == isDevice)
    }
}

/// Goal: reports of many endpoints become observations, and a broken one is said and costs itself.
@Suite struct `Files of reports` {
    static let line =
        #"{"wardlight":"peripherals/1","time":"2026-03-01T12:00:00Z","host":"ws-12","mac":["00:1b:21:3a:4c:5d","#
        + #""00:1b:21:3a:4c:5e"],"peripherals":[]}"#

    @Test func `a report is a sighting of each card, the host's name and its peripherals`() throws {
        let scratch = try Scratch()
        try scratch.plant("a.jsonl", Self.line + "\nnonsense\n")
        var notes: [String] = []
        var told: [Observation] = []
        try PeripheralSensor(site: "main").read(scratch.path("a.jsonl")) {
            notes.append($0)
        } emit: {
            told += $0
        }
        #expect(notes.count == 1 && notes[0].contains("a.jsonl:2: no JSON"))
        var kinds: [String] = []
        for observation in told {
            switch observation.body {
            case .sighting(let sighting): kinds.append("\(sighting.subject.hardware?.description ?? "")")
            case .fact(let fact): kinds.append("\(fact.field.path) \(fact.value)")
            case .peripherals(let report): kinds.append("\(report.cards.count) cards")
            case .coverage(let coverage): kinds.append(coverage.problem ?? "")
            case .oddity(let oddity): kinds.append("\(oddity.name) \(oddity.count)")
            default: kinds.append("?")
            }
        }
        #expect(
            kinds == [
                "00:1b:21:3a:4c:5d", "agent.card 00:1b:21:3a:4c:5d", "00:1b:21:3a:4c:5e",
                "agent.card 00:1b:21:3a:4c:5d", "agent.host ws-12", "2 cards", "1 of 2 reports were refused",
                "peripherals.badLine 1",
            ])
    }

    @Test func `files that hold no report say why`() throws {
        let scratch = try Scratch()
        try scratch.plant("empty.jsonl", "\n")
        try scratch.plant("other.jsonl", "{\"level\":\"info\"}\n")
        let sensor = PeripheralSensor(site: "main")
        func failure(_ name: String) -> String? {
            do {
                try sensor.read(scratch.path(name)) { _ in
                } emit: { _ in
                }
                return nil
            } catch let failure as PeripheralFailure { return failure.words } catch { return "\(error)" }
        }
        #expect(failure("empty.jsonl")?.contains("`wardlight peripherals` writes") == true)
        #expect(failure("other.jsonl")?.contains("line 1: no \"wardlight\"") == true)
        #expect(failure("absent.jsonl")?.contains("no such file") == true)
        #expect(failure(".")?.contains("a directory") == true)
    }
}
