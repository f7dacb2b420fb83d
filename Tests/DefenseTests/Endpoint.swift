//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// An endpoint that reports, for tests of the rules on peripherals.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Defense
import Model
import Support

/// A workstation with its keyboard and mouse, and what is plugged into it from report to report, a minute apart.
struct Endpoint {
    static let card = HardwareAddress(bits: 0x00_1B21_3A4C5D)
    static let knowledge: PeripheralKnowledge = {
        var troubles: [PeripheralKnowledge.Trouble] = []
        let text = (try? House.text("Knowledge/peripherals.list")) ?? ""
        return PeripheralKnowledge(text, troubles: &troubles)
    }()
    /// As usb.ids writes it; the tests need no package.
    static let names = USBNames(
        Array(
            """
            # a comment
            03eb  Atmel Corp.
            03f0  HP, Inc
            \t7029  Virtual Keyboard
            045e  Microsoft Corp.
            046a  CHERRY
            046d  Logitech, Inc.
            \tc31c  Keyboard K120
            \tc52b  Unifying Receiver
            0781  SanDisk Corp.
            0930  Toshiba Corp.
            \t6545  Kingston DataTraveler 102/2.0 / HEMA Flash Drive 2 GB
            093a  Pixart Imaging, Inc.
            0951  Kingston Technology
            04e8  Samsung Electronics Co., Ltd
            0c2e  Metrologic Instruments
            05e0  Symbol Technologies
            413c  Dell Computer Corp.
            17ef  Lenovo

            C 00  (Defined at Interface level)
            """.utf8))
    static let desk = [
        usb("1-1", 0x413C, 0x2113, "Dell", "Dell KB216 Wired Keyboard", is: [0x030101, 0x030000]),
        usb("1-2", 0x413C, 0x301A, "PixArt", "Dell MS116 USB Optical Mouse", is: [0x030102]),
    ]

    var watch = PeripheralWatch()
    private var minutes: Int64 = 0
    var hardware = Self.card
    var kind = EndpointKind.clinical

    init() {}

    /// Reports desk and guests together.
    init(_ reports: [[Peripheral]]) { for report in reports { self.report(Self.desk + report) } }

    mutating func report(_ peripherals: [Peripheral], on hardware: HardwareAddress? = nil) {
        minutes += 1
        var report = PeripheralReport(
            host: Subject(hardware: hardware ?? self.hardware), hostName: "ws-12",
            peripherals: peripherals.sorted { $0.path < $1.path })
        report.cards = [hardware ?? self.hardware]
        watch.learn(
            Observation(
                site: "main", sensor: "test", occurred: Timestamp(seconds: 1_770_000_000 + minutes * 60),
                body: .peripherals(report)))
    }

    var findings: [Finding] {
        watch.findings(knowledge: Self.knowledge, names: Self.names) { _, _ in kind }.map(\.finding)
    }
    var rules: Set<String> { Set(findings.map(\.rule)) }

    /// A device by its path, ids, texts and class triples.
    static func usb(
        _ path: String, _ vendor: UInt16, _ product: UInt16, _ maker: String? = nil, _ name: String? = nil,
        serial: String? = nil, is interfaces: [UInt32], uses: [Peripheral.Use] = [], kind: UInt8 = 0
    ) -> Peripheral {
        var peripheral = Peripheral(
            path: path, vendorId: vendor, productId: product, kind: kind,
            interfaces: interfaces.map {
                Peripheral.Interface(
                    kind: UInt8($0 >> 16 & 0xFF), subkind: UInt8($0 >> 8 & 0xFF), wording: UInt8($0 & 0xFF))
            }.sorted())
        (peripheral.maker, peripheral.product, peripheral.serial) = (maker, name, serial)
        peripheral.uses = uses
        return peripheral
    }
}
