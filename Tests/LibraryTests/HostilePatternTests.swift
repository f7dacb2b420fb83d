//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Hostile patterns: can a knowledge file make the program wait?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Inventory
import PCRE
import Testing

@testable import Library

/// Goal: no pattern of anyone's can hang the program; the worst are refused by name.
@Suite struct `Hostile patterns` {
    /// The text that a pattern is slowest on, as long as a value can be.
    private static let texts = [
        String(repeating: "a", count: 255) + "!", String(repeating: "ab ", count: 85),
        String(repeating: "x", count: 256),
        String(repeating: "é", count: 128), String(repeating: "a\n", count: 128),
    ]

    private static func set(_ pattern: String) -> FingerprintSet {
        FingerprintSet(
            file: "hostile.xml", key: "http_header.server", protocol: nil, preference: nil,
            fingerprints: [Fingerprint(pattern: pattern, line: 7)], digest: "")
    }

    @Test(arguments: [
        "^(a+)+$", "(.*)*x", "(a|aa)+$", "^(a|a?)+$", "(x+x+)+y", "(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)y", "(?:.*a){20}",
        "(a*)*\\1b", "(?=(a+))a*b\\1", "(.{0,255}.{0,255}.{0,255})b$", "^(?:(?:a?){10}){10}b", "(\\w+\\s*)+:",
        "(?R)?a*b", "a*a*a*a*a*a*a*b", "[^!]*[^!]*[^!]*[^!]*[^!]*!!", "(?i)(.+)+é", ".*.*.*.*.*.*=.*",
        "(?:(.)(.*)\\1)+!!", "(a{1000}){1000}", "((a{0,100}){0,100}){0,100}b", "(?<=a{0,1}|aa)b", "\\Ca", "(?C)a",
        "(*NO_JIT)(a+)+$", "(*LIMIT_MATCH=4000000000)(a+)+$", "(*UTF)(*UCP)a", "(?:(?=a*!!).)*a*!!", "\\X*\\X*\\X*!!",
        "(?<=.{100})(a+)+!!", "(.*)\\1\\1\\1!!", "(?<n>a)(?&n)+(?P>n)*b", "[[:^alpha:]", "(((((", "a{99999999}",
        "(?:a{0,60000}){0,60000}", "\\g<0>a", "(?:(?:(?:a+)+)+)+b", "(?s).*(?s).*(?s).*b",
    ])
    func `each ends at once on every text, or is refused by name`(pattern: String) throws {
        let shelf = PatternShelf([Self.set(pattern)])
        let clock = ContinuousClock()
        for text in Self.texts {
            let time = clock.measure { _ = shelf.firstMatch(in: 0, of: text) }
            // Measured 4 ms at most; other tests run beside this one.
            #expect(time < .milliseconds(100), "\(pattern)")
        }
        for refusal in shelf.refusals() {
            #expect(refusal.hasPrefix("hostile.xml:7: the pattern ") && refusal.contains(pattern.prefix(5)))
        }
    }

    @Test(arguments: ["^(a+)+$", "(?:.*a){20}", "(a|aa)+$", "(*LIMIT_MATCH=4000000000)(a+)+$", "(a"])
    func `these are refused, said once, and never run again`(pattern: String) throws {
        let shelf = PatternShelf([Self.set(pattern)])
        #expect(shelf.firstMatch(in: 0, of: Self.texts[0]) == nil)
        let first = shelf.refusals()
        #expect(first.count == 1)
        // A text that it would fit.
        #expect(shelf.firstMatch(in: 0, of: "aaa") == nil)
        #expect(shelf.refusals() == first)
    }

    @Test func `a pattern of a megabyte and one nested a thousand deep are refused`() {
        let long = PatternShelf([Self.set(String(repeating: "a", count: 1 << 20))])
        #expect(long.refusals().count == 1)
        let deep = PatternShelf([
            Self.set(String(repeating: "(", count: 1_000) + "a" + String(repeating: ")", count: 1_000))
        ])
        #expect(deep.refusals().count == 1)
        let wide = PatternShelf([Self.set(String(repeating: "(?:a|b)?", count: 500))])
        #expect(wide.firstMatch(in: 0, of: "c") != nil)
    }

    @Test func `a file of nothing but endless patterns is soon not asked any more`() {
        var set = Self.set("^(a+)+$")
        for number in 0..<20_000 {
            set.fingerprints.append(Fingerprint(pattern: "^(a|a?|b{\(number)})+$", line: 8 + number))
        }
        let shelf = PatternShelf([set])
        let time = ContinuousClock().measure { _ = shelf.firstMatch(in: 0, of: Self.texts[0]) }
        #expect(time < .seconds(2))
        #expect(shelf.refusals().count == 21)
        #expect(shelf.refusals().last?.hasPrefix("hostile.xml: not asked any more") == true)
        #expect(shelf.firstMatch(in: 0, of: "aaa") == nil)
    }

    @Test func `a file of patterns just below their limits cannot hang the program`() {
        var set = Self.set("x")
        for number in 0..<20_000 {
            set.fingerprints.append(Fingerprint(pattern: "(?:.*[a\(number % 9)]){2}[^!]*[^!]*[^!]!!", line: 8 + number))
        }
        let shelf = PatternShelf([set])
        let time = ContinuousClock().measure { #expect(shelf.firstMatch(in: 0, of: Self.texts[0]) == nil) }
        #expect(time < .seconds(4))
    }

    @Test func `what follows a refused pattern still matches`() {
        var set = Self.set("^(a+)+$")
        set.fingerprints.append(Fingerprint(pattern: "^a+!$", line: 8))
        let shelf = PatternShelf([set])
        #expect(shelf.firstMatch(in: 0, of: Self.texts[0])?.fingerprint == 1)
    }

    @Test func `a verb at its beginning cannot raise the limits`() throws {
        let pattern = try Pattern("(*LIMIT_MATCH=4000000000)(*LIMIT_HEAP=4000000000)^(a+)+$")
        #expect(throws: Pattern.Failure.tooManySteps) { try pattern.match(Array(Self.texts[0].utf8)) }
    }

    @Test func `octets that are no text are an error of their own, or compared as octets`() throws {
        let text = try Pattern("^a.b$")
        #expect(throws: Pattern.Failure.self) { try text.match([0x61, 0xFF, 0x62]) }
        let octets = try Pattern("^a.b$", [])
        #expect(try octets.match([0x61, 0xFF, 0x62])?.first == 0..<3)
        #expect(try octets.match([]) == nil)
    }

    @Test func `a text that is too long is an error of its own, not a text that does not fit`() throws {
        let pattern = try Pattern("a")
        #expect(throws: Pattern.Failure.subjectTooLong(65_537)) {
            try pattern.match([UInt8](repeating: 0x61, count: 65_537))
        }
        #expect(try pattern.match([UInt8](repeating: 0x61, count: 65_536))?.first == 0..<1)
    }

    @Test func `many threads may ask at once`() async {
        var set = Self.set("^(a+)+$")
        for number in 0..<50 {
            set.fingerprints.append(Fingerprint(pattern: "^device \(number)-(\\d+)$", line: 8 + number))
        }
        let shelf = PatternShelf([set])
        await withTaskGroup(of: Bool.self) { group in
            for task in 0..<8 {
                group.addTask {
                    (0..<200).allSatisfy { turn in
                        let number = (turn * 7 + task) % 50
                        let match = shelf.firstMatch(in: 0, of: "device \(number)-\(turn)")
                        return match?.fingerprint == number + 1 && match?.groups == ["\(turn)"]
                    }
                }
            }
            for await isRight in group { #expect(isRight) }
        }
    }
}
