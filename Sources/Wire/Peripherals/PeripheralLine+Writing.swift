//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// A line that reports peripherals, written.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension PeripheralLine {
    /// The line without its end: the same report gives the same octets, and reading it gives the report back.
    ///
    /// What is beyond the limits of a line is left out: texts are cut, the last peripherals are missing.
    public var text: String {
        var line = "{\"wardlight\":\(JSONText.quoted(Self.format)),\"time\":\(JSONText.quoted(time.description))"
        if let name = report.hostName { line += ",\"host\":\(JSONText.quoted(JSONText.cut(name, Limits.host)))" }
        line += ",\"mac\":[\(cardsInOrder.map { JSONText.quoted($0.description) }.joined(separator: ","))]"
        let all = report.peripherals.prefix(Limits.peripherals).map(Self.text)
        return line + ",\"peripherals\":[\(all.joined(separator: ","))]}"
    }

    /// The card that names the host stands first.
    private var cardsInOrder: [HardwareAddress] {
        let own = report.host.hardware.map { [$0] } ?? []
        return Array((own + report.cards.filter { $0 != report.host.hardware }).prefix(Limits.cards))
    }

    private static func text(of peripheral: Peripheral) -> String {
        var line = "{\"path\":\(JSONText.quoted(JSONText.cut(peripheral.path, Limits.path)))"
        line += ",\"vendor\":\"\(JSONText.digits(UInt32(peripheral.vendorId), 4))\""
        line += ",\"product\":\"\(JSONText.digits(UInt32(peripheral.productId), 4))\""
        if let release = peripheral.release { line += ",\"release\":\"\(JSONText.digits(UInt32(release), 4))\"" }
        for (key, text) in [("maker", peripheral.maker), ("name", peripheral.product), ("serial", peripheral.serial)] {
            if let text { line += ",\"\(key)\":\(JSONText.quoted(JSONText.cut(text, Limits.text)))" }
        }
        line += ",\"class\":\"\(JSONText.digits(UInt32(peripheral.kind), 2))\""
        let kinds = peripheral.interfaces.prefix(Limits.interfaces).map { interface in
            let bits = UInt32(interface.kind) << 16 | UInt32(interface.subkind) << 8 | UInt32(interface.wording)
            return "\"\(JSONText.digits(bits, 6))\""
        }
        line += ",\"interfaces\":[\(kinds.joined(separator: ","))]"
        if let driver = peripheral.driver {
            line += ",\"driver\":\(JSONText.quoted(JSONText.cut(driver, Limits.path)))"
        }
        if !peripheral.uses.isEmpty {
            line += ",\"uses\":[\(peripheral.uses.map { JSONText.quoted($0.rawValue) }.joined(separator: ","))]"
        }
        return line + "}"
    }
}
