//===----------------------------------------------------------------------===//
// Wardlight · Reports
//
// Scrubber: finds addresses and known names inside any text and puts their stand-ins there.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Replaces, in one pass over the text, every address that can be recognised by its form and every known secret.
struct Scrubber {
    private let pseudonyms: Pseudonyms
    private let addresses: Set<IPAddress>
    /// Secrets of six octets or more by their first six, the longest first; found anywhere, letter case aside.
    private var long: [UInt64: [(secret: [UInt8], stand: [UInt8])]] = [:]
    /// Secrets of two to five octets; found only as whole words, else `pc` would be taken out of `pcap`.
    private var short: [[UInt8]: [UInt8]] = [:]

    /// - Parameters:
    ///   - secrets: What must not appear, and what stands in for it.
    ///   - addresses: Network addresses that are known to be one; others are recognised where they are private.
    init(_ pseudonyms: Pseudonyms, secrets: [String: String], addresses: Set<IPAddress>) {
        self.pseudonyms = pseudonyms
        self.addresses = addresses
        for (secret, stand) in secrets {
            let bytes = secret.utf8.map(Self.lower)
            if bytes.count >= 6 {
                long[Self.start(bytes, 0), default: []].append((bytes, Array(stand.utf8)))
            } else if bytes.count >= 2 {
                short[bytes] = Array(stand.utf8)
            }
        }
        for key in long.keys {
            long[key]?.sort { ($1.secret.count, $0.stand.count) < ($0.secret.count, $1.stand.count) }
        }
    }

    func scrub(_ text: String) -> String {
        let bytes = Array(text.utf8)
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            if let (count, stand) = found(bytes, index) {
                result += stand
                index += count
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    private func found(_ bytes: [UInt8], _ at: Int) -> (Int, [UInt8])? {
        let isStart = at == 0 || !Self.isWord(bytes[at - 1])
        // A known secret before a mere form: a host name that looks like an address is one name.
        if bytes.count - at >= 6, let candidates = long[Self.start(bytes, at)] {
            for (secret, stand) in candidates where Self.matches(secret, bytes, at) { return (secret.count, stand) }
        }
        guard isStart else { return nil }
        var end = at
        while end < bytes.count && end - at < 6 && Self.isWord(bytes[end]) { end += 1 }
        if let stand = short[bytes[at..<end].map(Self.lower)] { return (end - at, stand) }
        return form(bytes, at)
    }

    // MARK: Forms

    private func form(_ bytes: [UInt8], _ at: Int) -> (Int, [UInt8])? {
        guard hexadecimalDigit(bytes[at]) != nil || bytes[at] == UInt8(ascii: ":") else { return nil }
        // No form is longer than an IPv6 address (39).
        let window = bytes[at..<min(bytes.count, at + 40)]
        func ends(_ count: Int) -> Bool { at + count >= bytes.count || !Self.isWord(bytes[at + count]) }
        let text = String(decoding: window, as: UTF8.self)
        if Self.isUUID(window), ends(36) { return (36, Array(uuid(String(text.prefix(36))).utf8)) }
        for (count, separated) in [(23, true), (16, false)] where window.count >= count && ends(count) {
            let piece = text.prefix(count)
            if Self.isHexadecimal(window.prefix(count), separated: separated, group: 2), let identifier = EUI64(piece) {
                return (count, Array(pseudonyms.eui64(identifier).description.utf8))
            }
        }
        for (count, separated, group) in [(17, true, 2), (14, true, 4), (12, false, 2)]
        where window.count >= count && ends(count) {
            let piece = text.prefix(count)
            if Self.isHexadecimal(window.prefix(count), separated: separated, group: group),
                let address = HardwareAddress(piece)
            {
                let stand = pseudonyms.hardware(address).description
                return (count, separated ? Array(stand.utf8) : stand.utf8.filter { $0 != UInt8(ascii: ":") })
            }
        }
        return network(bytes, at)
    }

    private func network(_ bytes: [UInt8], _ at: Int) -> (Int, [UInt8])? {
        var end = at
        while end < bytes.count, end - at < 40, Self.isAddress(bytes[end]) { end += 1 }
        while end > at, bytes[end - 1] == UInt8(ascii: ".") { end -= 1 }
        // More dots or digits before or behind: a version or an object identifier.
        if at > 0 && bytes[at - 1] == UInt8(ascii: ".") { return nil }
        if end < bytes.count && Self.isWord(bytes[end]) { return nil }
        let dotted = bytes[at..<end].prefix { $0 != UInt8(ascii: ":") }
        if let address = IPAddress(dotted: dotted) {
            guard address.isPrivate || addresses.contains(address) else { return nil }
            return (dotted.count, Array(pseudonyms.network(address).description.utf8))
        }
        guard let address = IPAddress(colons: bytes[at..<end]) else { return nil }
        return (end - at, Array(pseudonyms.network(address).description.utf8))
    }

    private func uuid(_ text: String) -> String {
        let digits = Array(
            pseudonyms.word("uuid", text).dropFirst(5) + pseudonyms.word("uuid more", text).suffix(10)
                + pseudonyms.word("uuid last", text).suffix(12))
        func part(_ from: Int, _ count: Int) -> String { String(digits[from..<min(digits.count, from + count)]) }
        return [part(0, 8), part(8, 4), part(12, 4), part(16, 4), part(18, 12)].joined(separator: "-")
    }

    // MARK: Octets

    private static func isUUID(_ window: ArraySlice<UInt8>) -> Bool {
        guard window.count >= 36 else { return false }
        return window.prefix(36).enumerated().allSatisfy { index, byte in
            [8, 13, 18, 23].contains(index) ? byte == UInt8(ascii: "-") : hexadecimalDigit(byte) != nil
        }
    }

    private static func isHexadecimal(_ bytes: ArraySlice<UInt8>, separated: Bool, group: Int) -> Bool {
        guard separated else { return bytes.allSatisfy { hexadecimalDigit($0) != nil } }
        let separator = bytes[bytes.startIndex + group]
        let allowed =
            group == 4 ? separator == UInt8(ascii: ".") : [UInt8(ascii: ":"), UInt8(ascii: "-")].contains(separator)
        return allowed
            && bytes.enumerated().allSatisfy { index, byte in
                index % (group + 1) == group ? byte == separator : hexadecimalDigit(byte) != nil
            }
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: false
        }
    }

    private static func isAddress(_ byte: UInt8) -> Bool {
        hexadecimalDigit(byte) != nil || byte == UInt8(ascii: ":") || byte == UInt8(ascii: ".")
    }

    private static func lower(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }

    private static func start(_ bytes: [UInt8], _ at: Int) -> UInt64 {
        (at..<at + 6).reduce(0) { $0 << 8 | UInt64(lower(bytes[$1])) }
    }

    private static func matches(_ secret: [UInt8], _ bytes: [UInt8], _ at: Int) -> Bool {
        guard bytes.count - at >= secret.count else { return false }
        return secret.indices.allSatisfy { secret[$0] == lower(bytes[at + $0]) }
    }
}

extension IPAddress {
    /// Four decimal octets with dots between them, nothing else.
    init?(dotted bytes: ArraySlice<UInt8>) {
        let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var bits: UInt32 = 0
        for part in parts {
            guard part.count <= 3, let octet = UInt8(String(decoding: part, as: UTF8.self)) else { return nil }
            bits = bits << 8 | UInt32(octet)
        }
        self.init(v4: bits)
    }

    /// Hexadecimal groups with colons (RFC 4291, 2.2), without the mixed form.
    init?(colons bytes: ArraySlice<UInt8>) {
        let text = String(decoding: bytes, as: UTF8.self)
        guard text.contains(":"), !text.contains("."), !text.contains(":::") else { return nil }
        let groups = text.split(separator: ":", omittingEmptySubsequences: false)
        var values: [UInt16] = []
        var gap: Int?
        for (index, group) in groups.enumerated() {
            if group.isEmpty {
                // Empty at an end is half of `::` there; empty in the middle is `::` itself.
                let isEdge = index == 0 || index == groups.count - 1
                if !isEdge || (gap == nil && groups.count == 3 && index == 0) {
                    if gap != nil && gap != values.count { return nil }
                    gap = values.count
                }
            } else {
                guard group.count <= 4, let value = UInt16(group, radix: 16) else { return nil }
                values.append(value)
            }
        }
        if let gap {
            guard values.count < 8 else { return nil }
            values.insert(contentsOf: repeatElement(0, count: 8 - values.count), at: gap)
        }
        guard values.count == 8, groups.first?.isEmpty == false || text.hasPrefix("::"),
            groups.last?.isEmpty == false || text.hasSuffix("::")
        else { return nil }
        func half(_ part: ArraySlice<UInt16>) -> UInt64 { part.reduce(0) { $0 << 16 | UInt64($1) } }
        self.init(high: half(values[..<4]), low: half(values[4...]))
    }
}
