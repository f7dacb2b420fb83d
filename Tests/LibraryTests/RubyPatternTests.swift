//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Ruby's patterns: do they mean the same to PCRE2?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Inventory
import PCRE
import Testing

@testable import Library

/// Goal: a pattern means what it means to Ruby, for which recog writes it.
@Suite struct `Ruby's patterns` {
    private static func groups(_ pattern: String, _ text: String) throws -> [String?]? {
        let ruby = try RubyPattern(pattern)
        let compiled = try Pattern(ruby.text, ruby.hasNamedGroups ? [.text, .namedGroupsOnly] : .text)
        let bytes = Array(text.utf8)
        return try compiled.match(bytes)?.map { range in range.map { String(decoding: bytes[$0], as: UTF8.self) } }
    }

    @Test(
        arguments: [
            // Lines: ^ and $ hold at each, \A and \z only at the ends, \Z also before a last line end.
            ("^b$", "a\nb\nc", ["b"]), ("\\Ab", "a\nb", nil), ("a\\Z", "a\n", ["a"]), ("a\\z", "a\n", nil),
            ("a.b", "a\nb", nil), ("(?m)a.b", "a\nb", ["a\nb"]), ("(?m:a.)b", "a\nb", ["a\nb"]),
            // Hexadecimal digits, a vertical tab, code points, letters that mean nothing special to Ruby.
            ("^\\h+$", "0aF", ["0aF"]), ("^\\h+$", " \t", nil), ("^[\\h:]+$", "0a:F", ["0a:F"]), ("\\H", "a-", ["-"]),
            ("\\v", "\n", nil), ("\\v", "\u{B}", ["\u{B}"]), ("\\u00e9", "é", ["é"]), ("\\u{e9 ea}", "éê", ["éê"]),
            ("\\Q.\\E", "Q.E", ["Q.E"]), ("\\y\\l", "yl", ["yl"]),
            // Intervals, options that change the rest of a group with its choices.
            ("^a{,2}$", "aa", ["aa"]), ("^a{,2}$", "aaa", nil), ("x{,", "x{,", ["x{,"]),
            ("^a(?i)b|c$", "aC", ["aC"]), ("^a(?i)b|c$", "xC", nil), ("(?i)cisco", "CISCO", ["CISCO"]),
            ("^(?i:a)B$", "AB", ["AB"]), ("^(?i:a)B$", "Ab", nil), ("a(?-i)b", "ab", ["ab"]),
            // With named groups, plain ones are not numbered.
            ("(?<v>\\d+)(x)", "1x", ["1x", "1"]), ("(\\d+)(x)", "1x", ["1x", "1", "x"]),
            // Sets within sets are joined; POSIX names; a ] that comes first.
            ("^[a[bc]]+$", "abc", ["abc"]), ("^[[:alpha:]_]+$", "a_b", ["a_b"]), ("[]]", "]", ["]"]),
            // Comments, possessive repeats, lookbehind, references by name, calls.
            ("a(?#no (group)b", "ab", ["ab"]), ("a++b", "aab", ["aab"]), ("(?<=a)b", "ab", ["b"]),
            ("(?<!a)b", "ab", nil),
            ("(?<q>['\"])x\\k<q>", "'x'", ["'x'", "'"]), ("é+", "éé", ["éé"]), ("^.$", "é", ["é"]),
        ] as [(String, String, [String]?)])
    func `mean the same`(pattern: String, text: String, expected: [String]?) throws {
        #expect(try Self.groups(pattern, text) == expected?.map(Optional.some), "\(pattern) on \(text)")
    }

    @Test func `a group that took no part has no value, one that fitted nothing an empty one`() throws {
        #expect(try Self.groups("a(b)?(c*)", "a") == ["a", nil, ""])
    }

    @Test(arguments: ["a\\", "[a", "(*ACCEPT)a", "(?C1)a", "[a&&b]", "[a[^b]]", "\\u12", "\\u{110000}"])
    func `what only Ruby can express, or nobody, is refused`(pattern: String) {
        #expect(throws: RubyPattern.Fault.self) { try RubyPattern(pattern) }
    }

    @Test(arguments: [
        ("^Cisco (?:IOS|Systems) Software", " software"), ("^(?i:HP) LaserJet (\\d+)$", " laserjet "), ("a|b", ""),
        ("^(?:foo)?bar$", "bar"), ("^fooo*bar", "foo"), ("(?=lookahead)x", ""), ("ab{0}cdef", "cdef"),
        ("abc{2,}def", "abc"),
        ("\\d\\x41\\x42abc", ""), ("(?x) a b c d", ""), ("[abc]{3}xyz", "xyz"), ("(one|two)three", "three"),
    ])
    func `what must stand in a text is found, or nothing where it is not sure`(pattern: String, word: String) throws {
        #expect(String(decoding: RequiredText.of(try RubyPattern(pattern).text), as: UTF8.self) == word)
    }
}
