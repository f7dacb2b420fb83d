//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// Numbers of cellular equipment and of SIM cards: are they whole, and is their check digit right?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// The check digit that Hans Peter Luhn gave the world (ISO/IEC 7812-1, annex B).
enum Luhn {
    /// Whether the last digit is the check digit of those before it.
    static func holds(_ digits: [UInt8]) -> Bool { digits.count > 1 && sum(digits[...]) % 10 == 0 }

    /// The digit that belongs behind these.
    static func check(of digits: [UInt8]) -> UInt8 { UInt8((10 - sum((digits + [0])[...]) % 10) % 10) }

    private static func sum(_ digits: ArraySlice<UInt8>) -> Int {
        var sum = 0
        for (place, digit) in digits.reversed().enumerated() {
            let doubled = place % 2 == 1 ? Int(digit) * 2 : Int(digit)
            sum += doubled > 9 ? doubled - 9 : doubled
        }
        return sum
    }

    /// The digits of a text in which only blanks and the given marks may stand between them; nil where others do.
    static func digits(_ text: some StringProtocol, between marks: String = "-./", most: Int) -> [UInt8]? {
        var digits: [UInt8] = []
        for byte in text.utf8 {
            if byte >= 0x30, byte <= 0x39 {
                digits.append(byte - 0x30)
                if digits.count > most { return nil }
            } else if byte != 0x20, !marks.utf8.contains(byte) {
                return nil
            }
        }
        return digits
    }

    static func text(_ digits: [UInt8]) -> String { String(decoding: digits.map { $0 + 0x30 }, as: UTF8.self) }
}

/// International Mobile Equipment Identity (3GPP TS 23.003, 6.2): fifteen digits, the last one checks the others.
public struct IMEI: Hashable, Sendable, CustomStringConvertible {
    public let description: String

    /// Reads fifteen digits whose check digit is right, fourteen (it is added), or sixteen (an IMEISV: its last two digits
    /// are the version of the software and go). Blanks, hyphens, dots and slashes may stand between them.
    public init?(_ text: some StringProtocol) {
        guard var digits = Luhn.digits(text, most: 16) else { return nil }
        switch digits.count {
        case 14: digits.append(Luhn.check(of: digits))
        case 15: guard Luhn.holds(digits) else { return nil }
        case 16:
            digits.removeLast(2)
            digits.append(Luhn.check(of: digits))
        default: return nil
        }
        // Nobody wrote a number: zeros pass every check.
        guard Set(digits.prefix(14)).count > 1 else { return nil }
        description = Luhn.text(digits)
    }

    /// Type Allocation Code: which model it is (TS 23.003, 6.2.1); the same for every one of the model.
    public var typeCode: String { String(description.prefix(8)) }
}

/// Number of a SIM card (ITU-T E.118; ETSI TS 102 221, 13.2): 89, country, issuer, account and check digit.
public struct ICCID: Hashable, Sendable, CustomStringConvertible {
    public let description: String

    /// Reads 19 or 20 digits that begin with 89 and whose check digit is right; an `F` that fills the last half octet goes.
    public init?(_ text: some StringProtocol) {
        var text = Substring(text)
        while let last = text.last, last == "F" || last == "f" || last == " " { text.removeLast() }
        guard let digits = Luhn.digits(text, most: 20), digits.count >= 19, digits[0] == 8, digits[1] == 9,
            Luhn.holds(digits)
        else { return nil }
        description = Luhn.text(digits)
    }
}
