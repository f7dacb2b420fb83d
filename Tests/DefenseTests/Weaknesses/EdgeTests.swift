//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Every row of the given advisories at its edge: just affected, just not, and with an unknown version.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Support
import Testing

@testable import Defense

@Suite("Given advisories", .enabled(if: Recordings.areHere))
struct EdgeTests {
    /// Rows for all versions whose remediations name a mended one, as read by a person.
    static let mended: Set<String> = ["ICSMA-19-022-01", "ICSMA-20-049-01", "ICSMA-20-170-02"]

    @Test("Each machine-readable row is affected at its edge, not affected beyond it, and open without a version")
    func edges() throws {
        var matcher = WeaknessMatcher(set: Given.set, vendors: VendorNames())
        var (decided, total) = (0, 0)
        for advisory in Given.set.advisories {
            for row in advisory.products {
                total += 1
                func verdict(_ firmware: String?) -> Weakness.Verdict? {
                    matcher.allVerdicts(of: .seen(row.vendor, row.product, firmware))
                        .first { $0.advisory == advisory.id && $0.row == row.id }?.verdict
                }
                let name = "\(advisory.id) \(row.id) \(row.product): \(row.versions)"
                if row.versions == "vers:all/*" {
                    if row.product.hasSuffix(".0.x") {
                        #expect(verdict(nil) == .needsReview, "\(name)")
                        #expect(
                            verdict(row.product.suffix(5).dropLast(2).description) == .affected, "\(name)"
                        )
                        #expect(verdict("9.9") == .notAffected, "\(name)")
                    } else {
                        #expect(
                            verdict(nil) == (Self.mended.contains(advisory.id) ? .needsReview : .affected), "\(name)")
                    }
                    decided += 1
                    continue
                }
                guard let edge = Edge(row.versions) else {
                    for firmware in [nil, "1.0", "R2"] { #expect(verdict(firmware) != .affected, "prose: \(name)") }
                    continue
                }
                decided += 1
                #expect(verdict(nil) == .needsReview, "\(name)")
                for inside in edge.inside { #expect(verdict(inside) == .affected, "\(name) at \(inside)") }
                for outside in edge.outside { #expect(verdict(outside) == .notAffected, "\(name) at \(outside)") }
            }
        }
        #expect(total == 378)
        #expect(decided * 4 >= total * 3, "\(decided) of \(total)")
    }

    @Test("A device of another maker has no row, whatever its name")
    func others() {
        var matcher = WeaknessMatcher(set: Given.set, vendors: VendorNames())
        for advisory in Given.set.advisories {
            for row in advisory.products {
                let found = matcher.allVerdicts(of: .seen("Quite Another Maker", row.product, "0.1", os: "Windows XP"))
                #expect(found.isEmpty, "\(row.product)")
            }
        }
    }
}

/// Versions at both sides of a row's edge, made from its text alone: nothing of the product's own reading is used.
struct Edge {
    var inside: [String] = []
    var outside: [String] = []

    /// Nil where the text is none of the forms of a machine.
    init?(_ text: String) {
        let plain = text.replacing("  ", with: " ").replacing(" and below", with: "")
        if plain != text, text.contains("below") {
            inside = [plain]
            outside = [Self.next(plain)]
            return
        }
        // Its row says in words: "All software Versions A10 and A11".
        if text == "A10 < A11" {
            inside = ["A10", "A11"]
            outside = ["A9", "A12"]
            return
        }
        if text == "<8/30/2024" {
            inside = ["8/29/2024"]
            outside = ["8/30/2024"]
            return
        }
        var parts: [(sign: String, version: String)] = []
        for piece in text.split(separator: "|") {
            let trimmed = piece.trimming { $0 == " " }
            let sign = trimmed.prefix { "<>=".contains($0) }
            let version = trimmed.dropFirst(sign.count).trimming { $0 == " " }
            guard Self.isVersion(version) else { return nil }
            parts.append((String(sign), version))
        }
        let exact = parts.filter { $0.sign.isEmpty }.map(\.version)
        let bounds = parts.filter { !$0.sign.isEmpty }
        inside = exact.map { Self.filled($0) }
        outside = exact.map { Self.next(Self.filled($0), open: Self.isOpen($0)) }.filter { next in
            !exact.contains { Self.filled($0) == next || (Self.isOpen($0) && $0.prefix(1) == next.prefix(1)) }
        }
        let isPair = bounds.count == 2 && bounds[0].sign.first == ">" && bounds[1].sign.first == "<"
        for (at, bound) in bounds.enumerated() {
            let (version, open) = (Self.filled(bound.version), Self.isOpen(bound.version))
            switch bound.sign {
            case "<=":
                inside.append(version)
                outside.append(Self.next(version, open: open))
            case "<":
                outside.append(version)
                if let before = Self.previous(version, open: open) { inside.append(before) }
            case ">=":
                inside.append(version)
                if let before = Self.previous(version, open: open), isPair || at == 0 { outside.append(before) }
            default: return nil
            }
        }
    }

    private static func isOpen(_ version: String) -> Bool { version.lowercased().hasSuffix(".x") }
    private static func filled(_ version: String) -> String {
        version.replacing(".x", with: ".0").replacing(".X", with: ".0")
    }

    private static func isVersion(_ text: String) -> Bool {
        let words = text.split(separator: " ")
        guard (1...4).contains(words.count), text.contains(where: \.isNumber) || text.count == 1,
            !text.hasPrefix("MMT"), !text.hasPrefix("CR-")
        else { return false }
        return words.allSatisfy { word in
            word == "Build" || word == "MR" || word.contains(where: \.isNumber)
                || (word.count <= 3 && words.count == 2 && word.allSatisfy(\.isUppercase) && word == words[0])
                || (word.count == 1 && words.count == 1)
        } && !text.contains("(") && !text.contains("Edition") && (words.count == 1 || !words[0].hasPrefix("88"))
            && words.filter { $0.allSatisfy(\.isNumber) }.count <= 1 && !text.contains(" and ")
            && !text.contains("x.x)")
    }

    /// One more in the last run of digits, its width kept; or the next letter.
    static func next(_ version: String, open: Bool = false) -> String {
        if open, let first = version.firstRange(of: /\d+/) {
            // `12.2.x.x`: one more in the last number that stands.
            let stem = version.replacing(/(\.0)+$/, with: "")
            _ = first
            return next(stem)
        }
        if let last = version.last, last.isLetter, version.count == 1 || version.dropLast().last?.isNumber == true {
            let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
            let at = letters.firstIndex(of: last).map { ($0 + 1) % letters.count } ?? 0
            return version.dropLast() + String(letters[at])
        }
        guard let run = version.ranges(of: /\d+/).last, let value = Int(version[run]) else { return version + "1" }
        let digits = String(value + 1)
        let padded = String(repeating: "0", count: max(0, version[run].count - digits.count)) + digits
        return version.replacingCharacters(run, padded)
    }

    static func previous(_ version: String, open: Bool = false) -> String? {
        let stem = open ? version.replacing(/(\.0)+$/, with: "") : version
        for run in stem.ranges(of: /\d+/).reversed() {
            guard let value = Int(stem[run]), value > 0 else { continue }
            let digits = String(value - 1)
            let padded = String(repeating: "0", count: max(0, stem[run].count - digits.count)) + digits
            return String(stem[..<run.lowerBound]) + padded
        }
        return nil
    }
}

extension String {
    fileprivate func replacingCharacters(_ range: Range<Index>, _ text: String) -> String {
        String(self[..<range.lowerBound]) + text + String(self[range.upperBound...])
    }
}

extension StringProtocol {
    fileprivate func trimming(_ isBlank: (Character) -> Bool) -> String {
        var rest = Substring(self)
        while let first = rest.first, isBlank(first) { rest.removeFirst() }
        while let last = rest.last, isBlank(last) { rest.removeLast() }
        return String(rest)
    }
}
