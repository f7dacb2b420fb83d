//===----------------------------------------------------------------------===//
// Wardlight · Defense
//
// Known peripherals: which kinds of USB devices have reasons of their own to look odd?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// The list in `Knowledge/peripherals.list`: numbers of makers and products, and what is known of them.
///
/// ```
/// source "usb.ids: 0c2e Metrologic Instruments (Honeywell)"
/// scanner 0c2e "Honeywell bar code scanner"
/// receiver 046d:c52b "Logitech Unifying receiver"
/// board 16c0:0470-04d0 "Teensy" says "teensy"
/// kin "hp" "hewlett packard"
/// ```
public struct PeripheralKnowledge: Sendable {
    public enum Kind: String, Sendable, CaseIterable {
        /// Types what it reads: bar codes, cards.
        case scanner, badge
        /// Of wireless keyboards and mice: shows a keyboard whether or not there is one.
        case receiver
        /// Remote consoles and keyboard switches: keyboard, mouse and a disk from afar.
        case console
        case phone
        case modem
        /// Cards of wired networks as people buy them, also inside docks.
        case adapter
        /// A board or chip that everybody can program.
        case board
        /// Makes for others, who put their own name on it.
        case factory
    }
    private struct Entry: Sendable {
        var kind: Kind
        var products: ClosedRange<UInt16>
        var words: String
        /// Only where its own texts contain this.
        var says: String?
    }
    private var entries: [UInt16: [Entry]] = [:]
    /// Plain names of one house, each to the first of them; and the first to all.
    private var kin: [String: String] = [:]
    private var relatives: [String: [String]] = [:]

    public init() {}

    /// A statement that was refused.
    public struct Trouble: Error, Hashable, Sendable, CustomStringConvertible {
        public var line: Int
        public var reason: String
        public var description: String { "line \(line): \(reason)" }
    }

    /// Reads a list; a broken line is refused and named, the rest is kept.
    public init(_ text: String, troubles: inout [Trouble]) {
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if number >= 10_000 { break }
            let words = Self.words(line)
            guard let head = words.first, !head.hasPrefix("#"), head != "source" else { continue }
            do throws(Trouble) { try take(head, Array(words.dropFirst()), number + 1) } catch { troubles.append(error) }
        }
    }

    private mutating func take(_ head: String, _ rest: [String], _ line: Int) throws(Trouble) {
        if head == "kin" {
            guard let first = rest.first, rest.count > 1 else {
                throw Trouble(line: line, reason: "kin needs two names or more: kin \"hp\" \"hewlett packard\"")
            }
            for name in rest { kin[USBNames.plain(name)] = USBNames.plain(first) }
            relatives[USBNames.plain(first), default: []] += rest.map(USBNames.plain)
            return
        }
        guard let kind = Kind(rawValue: head) else {
            let known = Kind.allCases.map(\.rawValue).joined(separator: ", ")
            throw Trouble(line: line, reason: "`\(head.prefix(32))` is no kind; write one of \(known), kin or source")
        }
        guard rest.count == 2 || rest.count == 4 && rest[2] == "says", let (vendor, products) = Self.numbers(rest[0])
        else {
            throw Trouble(line: line, reason: "write \(head) 046d:c52b \"what it is\", and says \"a text\" if need be")
        }
        entries[vendor, default: []].append(
            Entry(kind: kind, products: products, words: rest[1], says: rest.count == 4 ? rest[3].lowercased() : nil))
    }

    /// `05e0`, `046d:c52b`, `16c0:0470-04d0`
    private static func numbers(_ text: String) -> (UInt16, ClosedRange<UInt16>)? {
        func number(_ text: Substring) -> UInt16? { text.utf8.count == 4 ? UInt16(text, radix: 16) : nil }
        let halves = text.split(separator: ":", omittingEmptySubsequences: false)
        guard halves.count <= 2, let vendor = number(halves[0]) else { return nil }
        if halves.count == 1 { return (vendor, 0...UInt16.max) }
        let ends = halves[1].split(separator: "-", omittingEmptySubsequences: false)
        guard ends.count <= 2, let low = number(ends[0]), let high = number(ends[ends.count - 1]), low <= high else {
            return nil
        }
        return (vendor, low...high)
    }

    /// Words between blanks; quotes hold several together.
    private static func words(_ line: Substring) -> [String] {
        var words: [String] = []
        for (place, piece) in line.split(separator: "\"", maxSplits: 64, omittingEmptySubsequences: false).enumerated()
        {
            if place % 2 == 1 {
                words.append(String(piece))
            } else {
                let plain = piece.split { $0 == " " || $0 == "\t" || $0 == "\r" }.map(String.init)
                if let comment = plain.firstIndex(where: { $0.hasPrefix("#") }) { return words + plain[..<comment] }
                words += plain
            }
        }
        return words
    }

    // MARK: Questions

    /// What is known of a peripheral, in the words of the list; nil when it is of no such kind.
    func words(_ kind: Kind, _ peripheral: Peripheral) -> String? {
        entries[peripheral.vendorId]?.first { entry in
            guard entry.kind == kind, entry.products.contains(peripheral.productId) else { return false }
            guard let says = entry.says else { return true }
            return [peripheral.maker, peripheral.product].contains { $0?.lowercased().contains(says) == true }
        }?.words
    }

    func isAny(_ kinds: [Kind], _ peripheral: Peripheral) -> Bool {
        kinds.contains { words($0, peripheral) != nil }
    }

    /// Whether a maker's number belongs to somebody who makes for others.
    func isFactory(_ vendor: UInt16) -> Bool { entries[vendor]?.contains { $0.kind == .factory } ?? false }

    /// Numbers that belong to the house of that name.
    func numbers(of name: String, in names: USBNames) -> [UInt16] {
        let house = self.house(name)
        return (relatives[house] ?? [house]).flatMap(names.numbers(ofPlain:))
    }

    /// The name under which the names of one house are compared.
    func house(_ name: String) -> String {
        let plain = USBNames.plain(name)
        return kin[plain] ?? plain
    }
}
