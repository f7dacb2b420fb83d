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
        var line = "{\"wardlight\":\(Self.quoted(Self.format)),\"time\":\(Self.quoted(time.description))"
        if let name = report.hostName { line += ",\"host\":\(Self.quoted(Self.cut(name, Limits.host)))" }
        line += ",\"mac\":[\(cardsInOrder.map { Self.quoted($0.description) }.joined(separator: ","))]"
        let all = report.peripherals.prefix(Limits.peripherals).map(Self.text)
        return line + ",\"peripherals\":[\(all.joined(separator: ","))]}"
    }

    /// The card that names the host stands first.
    private var cardsInOrder: [HardwareAddress] {
        let own = report.host.hardware.map { [$0] } ?? []
        return Array((own + report.cards.filter { $0 != report.host.hardware }).prefix(Limits.cards))
    }

    private static func text(of peripheral: Peripheral) -> String {
        var line = "{\"path\":\(quoted(cut(peripheral.path, Limits.path)))"
        line += ",\"vendor\":\"\(digits(UInt32(peripheral.vendorId), 4))\""
        line += ",\"product\":\"\(digits(UInt32(peripheral.productId), 4))\""
        if let release = peripheral.release { line += ",\"release\":\"\(digits(UInt32(release), 4))\"" }
        for (key, text) in [("maker", peripheral.maker), ("name", peripheral.product), ("serial", peripheral.serial)] {
            if let text { line += ",\"\(key)\":\(quoted(cut(text, Limits.text)))" }
        }
        line += ",\"class\":\"\(digits(UInt32(peripheral.kind), 2))\""
        let kinds = peripheral.interfaces.prefix(Limits.interfaces).map { interface in
            let bits = UInt32(interface.kind) << 16 | UInt32(interface.subkind) << 8 | UInt32(interface.wording)
            return "\"\(digits(bits, 6))\""
        }
        line += ",\"interfaces\":[\(kinds.joined(separator: ","))]"
        if let driver = peripheral.driver { line += ",\"driver\":\(quoted(cut(driver, Limits.path)))" }
        if !peripheral.uses.isEmpty {
            line += ",\"uses\":[\(peripheral.uses.map { quoted($0.rawValue) }.joined(separator: ","))]"
        }
        return line + "}"
    }

    private static func digits(_ number: UInt32, _ count: Int) -> String {
        let text = String(number, radix: 16)
        return String(repeating: "0", count: max(0, count - text.utf8.count)) + text
    }

    /// At most so many octets, cut between characters.
    static func cut(_ text: String, _ most: Int) -> String {
        guard text.utf8.count > most else { return text }
        var kept = String.UnicodeScalarView()
        var octets = 0
        for scalar in text.unicodeScalars {
            octets += UTF8.width(scalar)
            if octets > most { break }
            kept.append(scalar)
        }
        return String(kept)
    }

    private static func quoted(_ text: String) -> String {
        var line = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": line += "\\\""
            case "\\": line += "\\\\"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F: line += "\\u\(digits(scalar.value, 4))"
            default: line.unicodeScalars.append(scalar)
            }
        }
        return line + "\""
    }
}
