//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// Leases of the ISC DHCP server: blocks of statements (dhcpd.leases(5)).
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Reads `lease` and `ia-na` blocks, however they are laid out. Its state lasts from piece to piece.
struct LeaseBlocks: Sendable {
    private struct Block: Sendable {
        /// Words of the statement that opened it.
        var head: [String]
        var statements: [[String]] = []
    }

    /// Deeper than any lease file; what is beyond is passed over.
    private static let deepest = 8
    private static let mostWords = 16
    private static let mostStatements = 64
    private static let longestWord = 1_024

    private var open: [Block] = []
    /// Blocks opened beyond `deepest`.
    private var beyond = 0
    private var words: [String] = []
    private var word: [UInt8] = []
    private var isQuoted = false
    private var hasWord = false
    private var isEscaped = false
    private var isComment = false
    private var rows: UInt64 = 0

    mutating func takeRows() -> UInt64 {
        defer { rows = 0 }
        return rows
    }

    mutating func read(_ bytes: [UInt8]) -> [SightingLine] {
        var found: [SightingLine] = []
        for byte in bytes {
            if isComment {
                if byte == 0x0A { isComment = false }
            } else if isQuoted {
                take(quoted: byte)
            } else {
                switch byte {
                case 0x22:
                    isQuoted = true
                    hasWord = true
                case UInt8(ascii: "#"): isComment = true
                case 0x20, 0x09, 0x0A, 0x0D: endWord()
                case UInt8(ascii: ";"):
                    endWord()
                    endStatement()
                case UInt8(ascii: "{"):
                    endWord()
                    if open.count < Self.deepest { open.append(Block(head: words)) } else { beyond += 1 }
                    words = []
                case UInt8(ascii: "}"):
                    endWord()
                    words = []
                    if beyond > 0 { beyond -= 1 } else if let block = open.popLast() { found += close(block) }
                default:
                    hasWord = true
                    if word.count < Self.longestWord { word.append(byte) }
                }
            }
        }
        return found
    }

    /// Escapes stay as they are written: only identifiers undo them.
    private mutating func take(quoted byte: UInt8) {
        if isEscaped {
            isEscaped = false
        } else if byte == 0x5C {
            isEscaped = true
        } else if byte == 0x22 {
            isQuoted = false
            endWord()
            return
        }
        if word.count < Self.longestWord { word.append(byte) }
    }

    private mutating func endWord() {
        guard hasWord else { return }
        if words.count < Self.mostWords { words.append(String(decoding: word, as: UTF8.self)) }
        word.removeAll(keepingCapacity: true)
        hasWord = false
    }

    private mutating func endStatement() {
        defer { words = [] }
        guard !words.isEmpty, beyond == 0, let last = open.indices.last,
            open[last].statements.count < Self.mostStatements
        else { return }
        open[last].statements.append(words)
    }

    private mutating func close(_ block: Block) -> [SightingLine] {
        guard let kind = block.head.first, block.head.count >= 2 else { return [] }
        switch kind.lowercased() {
        case "lease" where open.isEmpty:
            rows += 1
            return Self.lease(block).map { [$0] } ?? []
        case "iaaddr":
            guard let outer = open.last, outer.head.first?.hasPrefix("ia-") == true, outer.head.count >= 2 else {
                return []
            }
            rows += 1
            return Self.address(block, of: outer).map { [$0] } ?? []
        default: return []
        }
    }

    // MARK: Meaning

    private static func lease(_ block: Block) -> SightingLine? {
        guard let address = IPAddress(block.head[1]), address.isIndividual,
            let last = moment(block, "cltt") ?? moment(block, "starts")
        else { return nil }
        var line = SightingLine(at: last, source: .dhcpLease)
        if let begun = moment(block, "starts") {
            line.at = max(last, begun)
            if begun < line.at { line.first = begun }
        }
        for words in block.statements where words.count >= 2 {
            switch words[0].lowercased() {
            case "hardware":
                if words.count >= 3 { line.mac = HardwareAddress(words[2]).flatMap { $0.isIndividual ? $0 : nil } }
            case "client-hostname": line[.name] = plain(words[1])
            case "uid": line[.clientId] = identifier(octets(words[1]))
            case "set" where words.count >= 4 && words[1].lowercased().hasPrefix("vendor-class"):
                line[.vendorClass] = plain(words[3])
            default: break
            }
        }
        // Only who holds a lease has the address; who held it was here all the same.
        if isActive(block) || line.mac == nil { line.ip = address }
        if !isActive(block), line.mac == nil { return nil }
        return line
    }

    private static func address(_ block: Block, of outer: Block) -> SightingLine? {
        guard let address = IPAddress(block.head[1]), address.isIndividual, isActive(block),
            let last = moment(outer, "cltt") ?? moment(block, "starts")
        else { return nil }
        var line = SightingLine(at: last, source: .dhcpLease)
        line.ip = address
        // The first four octets are the identity association (dhcpd6.leases(5)); the DUID follows.
        line.mac = card(ofDUID: Array(octets(outer.head[1]).dropFirst(4)))
        return line
    }

    private static func isActive(_ block: Block) -> Bool {
        let state = block.statements.last { $0.count >= 3 && $0[0].lowercased() == "binding" && $0[1] == "state" }
        return state.map { $0[2].lowercased() == "active" } ?? true
    }

    /// `starts 4 2024/05/02 10:00:00` in UTC, or `starts epoch 1714644000` (dhcpd.conf(5), db-time-format).
    private static func moment(_ block: Block, _ name: String) -> Timestamp? {
        guard let words = block.statements.last(where: { $0[0].lowercased() == name }), words.count >= 3 else {
            return nil
        }
        if words[1] == "epoch" {
            return Int64(words[2]).flatMap { $0 > 0 && $0 < 1 << 33 ? Timestamp(seconds: $0) : nil }
        }
        guard words.count >= 4 else { return nil }
        return ListTime()("\(words[2]) \(words[3])")
    }

    // MARK: Texts

    /// Octets of a quoted text: `\ooo` is one in octal digits, `\x` the letter itself.
    static func octets(_ text: String) -> [UInt8] {
        var octets: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == 0x5C, let next = rest.first else {
                octets.append(byte)
                continue
            }
            if rest.count >= 3, rest.prefix(3).allSatisfy({ $0 >= 0x30 && $0 <= 0x37 }) {
                let value = rest.prefix(3).reduce(0) { $0 << 3 | UInt($1 - 0x30) }
                octets.append(UInt8(truncatingIfNeeded: value))
                rest = rest.dropFirst(3)
            } else {
                octets.append(next)
                rest.removeFirst()
            }
        }
        return octets
    }

    private static func plain(_ text: String) -> String {
        let clean = octets(text).map { $0 < 0x20 || $0 == 0x7F ? 0x20 : $0 }
        return String(decoding: clean, as: UTF8.self)
    }

    /// As `dhcp.clientId` is written: text where it is one, else hexadecimal. The card's own address says nothing new.
    private static func identifier(_ octets: [UInt8]) -> String? {
        guard octets.count >= 2, !(octets.count == 7 && octets[0] == 1) else { return nil }
        let text = octets[0] == 0 ? octets.dropFirst() : octets[...]
        if text.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return String(decoding: text, as: UTF8.self) }
        return octets.prefix(64).map { hexadecimal($0) }.joined()
    }

    /// `00:01:00:01:…`: the card in a DUID of type 1 or 3 over Ethernet (RFC 8415, 11.2 and 11.4).
    static func card(ofDUID text: String) -> HardwareAddress? {
        var octets: [UInt8] = []
        for piece in text.split(whereSeparator: { $0 == ":" || $0 == "-" }).prefix(130) {
            guard let octet = UInt8(piece, radix: 16) else { return nil }
            octets.append(octet)
        }
        return card(ofDUID: octets)
    }

    static func card(ofDUID octets: [UInt8]) -> HardwareAddress? {
        guard octets.count >= 4, octets[0] == 0, octets[2] == 0, octets[3] == 1 else { return nil }
        let start: Int
        switch octets[1] {
        case 1: start = 8
        case 3: start = 4
        default: return nil
        }
        guard octets.count == start + 6 else { return nil }
        let card = HardwareAddress(bits: octets[start...].reduce(0) { $0 << 8 | UInt64($1) })
        return card.isIndividual ? card : nil
    }
}
