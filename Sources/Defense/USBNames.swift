//===----------------------------------------------------------------------===//
// Wardlight · Defense
//
// USB names: whose number is it, and what did they make under it? From usb.ids, as others keep it.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// The list of usb.ids (linux-usb.org), as Debian's hwdata brings it. Read at run time and never copied.
public struct USBNames: Sendable {
    /// By idVendor.
    public private(set) var vendors: [UInt16: String] = [:]
    /// By idVendor and idProduct.
    private var products: [UInt32: String] = [:]
    /// Plain names of makers, and the numbers of each.
    private var owners: [String: [UInt16]] = [:]

    public init() {}

    /// Whether there is no list: then nothing can be compared, and nobody is accused.
    public var isEmpty: Bool { vendors.isEmpty }

    /// Reads lines `046d  Logitech, Inc.` and, behind a tab, `c52b  Unifying Receiver`, up to the list of classes. Lines
    /// of any other form are passed over; a text is cut at 128 octets.
    public init(_ text: [UInt8]) {
        var vendor: UInt16?
        for line in text.split(separator: 0x0A, omittingEmptySubsequences: true) {
            switch line.first {
            case 0x23: continue
            case 0x09:
                guard let vendor, line.dropFirst().first != 0x09, let (id, name) = Self.entry(line.dropFirst()) else {
                    continue
                }
                products[UInt32(vendor) << 16 | UInt32(id)] = name
            default:
                guard let (id, name) = Self.entry(line) else {
                    // `C 00  (Defined at Interface level)` begins the lists of classes and languages.
                    vendor = nil
                    continue
                }
                vendor = id
                vendors[id] = name
            }
        }
        for (id, name) in vendors {
            let plain = Self.plain(name)
            if !plain.isEmpty { owners[plain, default: []].append(id) }
        }
    }

    private static func entry(_ line: ArraySlice<UInt8>) -> (UInt16, String)? {
        var id: UInt16 = 0
        guard line.count > 6 else { return nil }
        for byte in line.prefix(4) {
            guard let digit = hexadecimalDigit(byte) else { return nil }
            id = id << 4 | UInt16(digit)
        }
        let rest = line.dropFirst(4)
        guard rest.first == 0x20 else { return nil }
        let name = rest.drop { $0 == 0x20 }.prefix(128)
        return name.isEmpty ? nil : (id, String(decoding: name, as: UTF8.self))
    }

    public func product(_ peripheral: Peripheral) -> String? {
        products[UInt32(peripheral.vendorId) << 16 | UInt32(peripheral.productId)]
    }

    /// Numbers that belong to a maker of that plain name.
    func numbers(ofPlain name: String) -> [UInt16] { (owners[name] ?? []).sorted() }

    /// Words that say what kind of firm it is, not which.
    private static let suffixes: Set<String> = [
        "inc", "incorporated", "corp", "corporation", "co", "company", "ltd", "limited", "llc", "gmbh", "ag", "kg",
        "sa",
        "spa", "srl", "bv", "oy", "ab", "as", "plc", "pte", "pty", "technology", "technologies", "electronics",
        "electronic", "international", "systems", "system", "computer", "computers", "group", "industries", "the",
        "semiconductor", "microelectronics", "usa", "taiwan", "com",
    ]

    /// `Logitech, Inc.` is `logitech`, `Samsung Electronics Co., Ltd` is `samsung`: what the name is without its form.
    static func plain(_ name: String) -> String {
        // What stands in brackets is another name, or a former one.
        let open = name.prefix { $0 != "(" && $0 != "/" && $0 != "[" }
        let words = open.lowercased().split { !($0.isLetter || $0.isNumber) }.prefix(12).map(String.init)
        let telling = words.filter { !suffixes.contains($0) }
        return (telling.isEmpty ? words : telling).joined(separator: " ")
    }
}
