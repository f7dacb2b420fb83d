//===----------------------------------------------------------------------===//
// Wardlight · Simulator
//
// Peripherals: what hangs on the workstations by USB, poll by poll.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Wire

extension SimulatedNetwork {
    private static let keyboard = Peripheral.Interface(kind: 3, subkind: 1, wording: 1)
    private static let mouse = Peripheral.Interface(kind: 3, subkind: 1, wording: 2)
    private static let storage = Peripheral.Interface(kind: 8, subkind: 6, wording: 0x50)

    /// Reports of the workstations' peripherals, in the order of time: at the first poll, and at that at which one of
    /// them gets a keyboard that also is a disk.
    public var peripherals: [PeripheralLine] {
        let planted = planted.first { $0.kind == .badKeyboard }?.since
        var lines: [PeripheralLine] = []
        for time in [times[0]] + (planted.map { [$0, times[times.count - 1]] } ?? []) {
            for (number, desk) in story.desks.enumerated() {
                var list = Self.ordinary(number)
                if number == 0, let planted, time >= planted { list.append(Self.bad()) }
                let report = PeripheralReport(
                    host: Subject(hardware: desk.hardware), hostName: desk.names.first,
                    peripherals: list.sorted { $0.path < $1.path })
                lines.append(PeripheralLine(time: time, report: report))
            }
        }
        return lines
    }

    /// A keyboard and a mouse; at some desks a barcode scanner or a badge reader, which are keyboards that type fast.
    private static func ordinary(_ number: Int) -> [Peripheral] {
        var keys = Peripheral(path: "1-1", vendorId: 0x413C, productId: 0x2107, interfaces: [keyboard])
        keys.maker = "Dell"
        keys.product = "Dell USB Entry Keyboard"
        var pointer = Peripheral(path: "1-2", vendorId: 0x046D, productId: 0xC077, interfaces: [mouse])
        pointer.maker = "Logitech"
        pointer.product = "USB Optical Mouse"
        var list = [keys, pointer]
        if number % 3 == 1 {
            var scanner = Peripheral(path: "1-3", vendorId: 0x0C2E, productId: 0x0B61, interfaces: [keyboard])
            scanner.maker = "Honeywell Imaging & Mobility"
            scanner.product = "Vuquest 3310 Scanner"
            scanner.serial = "SIM\(1_000 + number)"
            list.append(scanner)
        }
        if number % 3 == 2 {
            var reader = Peripheral(path: "1-3", vendorId: 0x0C27, productId: 0x3BFA, interfaces: [keyboard])
            reader.maker = "RFIDeas"
            reader.product = "USB Keyboard"
            list.append(reader)
        }
        return list
    }

    private static func bad() -> Peripheral {
        var keys = Peripheral(path: "1-4", vendorId: 0xF000, productId: 0xFF03, interfaces: [keyboard, storage])
        keys.maker = "ATMEL AVR"
        keys.product = "HID Keyboard"
        return keys
    }
}
