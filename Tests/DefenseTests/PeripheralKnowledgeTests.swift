//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// The list of known peripherals, and usb.ids as others write it.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model
import Support
import Testing

@testable import Defense

@Suite struct `Knowledge of peripherals` {
    @Test func `our own list has no broken line and cites a source for each number`() throws {
        var troubles: [PeripheralKnowledge.Trouble] = []
        let text = try House.text("Knowledge/peripherals.list")
        _ = PeripheralKnowledge(text, troubles: &troubles)
        #expect(troubles == [])
        let lines = text.split(separator: "\n").filter { !$0.hasPrefix("#") }
        #expect(lines.first?.hasPrefix("source \"") == true)
        #expect(lines.count { $0.hasPrefix("source \"") } >= 10)
    }

    @Test func `a broken line is named with its cure, and the rest is kept`() {
        var troubles: [PeripheralKnowledge.Trouble] = []
        let list = PeripheralKnowledge(
            """
            scanner 05e0 "Zebra"   # a comment
            robot 05e0 "?"
            scanner 5e0 "short"
            scanner 05e0:2-1 "backwards"
            board 0483:5740-5741 "Flipper" says "flipper"
            kin "hp"
            scanner 0c2e
            """, troubles: &troubles)
        #expect(troubles.map(\.line) == [2, 3, 4, 6, 7])
        #expect(troubles.allSatisfy { $0.reason.contains("write") || $0.reason.contains("needs") })
        var device = Peripheral(path: "1", vendorId: 0x0483, productId: 0x5741)
        #expect(list.words(.board, device) == nil)
        device.product = "FLIPPER zero"
        #expect(list.words(.board, device) == "Flipper")
        device.productId = 0x5742
        #expect(list.words(.board, device) == nil)
    }

    @Test(arguments: [
        ("Logitech, Inc.", "logitech"), ("Samsung Electronics Co., Ltd", "samsung"), ("SAMSUNG", "samsung"),
        ("HP, Inc", "hp"), ("Metrologic Instruments", "metrologic instruments"),
        ("The Company Ltd.", "the company ltd"),
        ("Foxconn / Hon Hai", "foxconn"), ("Microchip Technology, Inc. (formerly SMSC)", "microchip"), ("", ""),
    ])
    func `names of makers are compared without their form`(name: String, plain: String) {
        #expect(USBNames.plain(name) == plain)
    }

    @Test func `lists that are cut, changed or nonsense are read as far as they go`() {
        let text = Array("046d  Logitech, Inc.\n\tc52b  Unifying Receiver\n\t\t01  x\nC 00  (x)\n\t01  y\nzz\n".utf8)
        for length in text.indices { _ = USBNames(Array(text[..<length])) }
        let names = USBNames(text)
        #expect(names.vendors == [0x046D: "Logitech, Inc."])
        #expect(names.product(Peripheral(path: "1", vendorId: 0x046D, productId: 0xC52B)) == "Unifying Receiver")
        #expect(USBNames(Array("\tc52b  nobody's\n".utf8)).isEmpty)
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: "/usr/share/hwdata/usb.ids")))
    func `the list of Debian's hwdata names what our own list relies on`() throws {
        let names = USBNames([UInt8](try Data(contentsOf: URL(fileURLWithPath: "/usr/share/hwdata/usb.ids"))))
        // grep -cE '^[0-9a-f]{4} ' /usr/share/hwdata/usb.ids
        #expect(names.vendors.count > 3_000)
        #expect(names.vendors[0x046D] == "Logitech, Inc.")
        #expect(names.product(Peripheral(path: "1", vendorId: 0x046D, productId: 0xC52B)) == "Unifying Receiver")
        #expect(Endpoint.knowledge.numbers(of: "Symbol Technologies", in: names).contains(0x05E0))
    }
}
