//===----------------------------------------------------------------------===//
// Wardlight · Reports
//
// Peripherals in the inventory's JSON and in a device's story; without serial numbers where it is to be shared.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension JSONWriter {
    /// `peripherals`, with the keys of the report's own line, and when they were reported.
    mutating func peripherals(_ list: [Peripheral], seen: Timestamp?) {
        guard let seen else { return }
        key("peripherals")
        beginArray()
        for peripheral in list { self.peripheral(peripheral) }
        endArray()
        member("peripheralsSeen", seen.description)
    }

    private mutating func peripheral(_ peripheral: Peripheral) {
        beginObject(inline: true)
        member("path", peripheral.path)
        member("vendor", Self.digits(peripheral.vendorId))
        member("product", Self.digits(peripheral.productId))
        member("release", peripheral.release.map(Self.digits))
        member("maker", peripheral.maker)
        member("name", peripheral.product)
        member("serial", peripheral.serial)
        member("class", hexadecimal(peripheral.kind))
        member(
            "interfaces",
            peripheral.interfaces.map { hexadecimal($0.kind) + hexadecimal($0.subkind) + hexadecimal($0.wording) })
        member("driver", peripheral.driver)
        if !peripheral.uses.isEmpty { member("uses", peripheral.uses.map(\.rawValue)) }
        endObject()
    }

    private static func digits(_ number: UInt16) -> String {
        hexadecimal(UInt8(number >> 8)) + hexadecimal(UInt8(number & 0xFF))
    }
}

extension Peripheral {
    /// `1-1.4: Symbol Technologies Symbol Bar Code Scanner (05e0:1200), keyboard, serial 123`
    var sentence: String {
        let said = [maker, product].compactMap { $0 }.joined(separator: " ")
        var words = [said.isEmpty ? ids : "\(said) (\(ids))"] + abilities
        if let serial { words.append("serial \(serial)") }
        return "\(path): \(words.joined(separator: ", "))"
    }
}

extension Anonymiser {
    func peripheral(_ peripheral: Peripheral, _ scrubber: Scrubber) -> Peripheral {
        var result = peripheral
        result.maker = peripheral.maker.map(scrubber.scrub)
        result.product = peripheral.product.map(scrubber.scrub)
        result.serial = peripheral.serial.map { pseudonyms.word("serial", $0) }
        return result
    }
}
