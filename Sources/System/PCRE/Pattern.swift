//===----------------------------------------------------------------------===//
// Wardlight · System
//
// PCRE2: does a text fit a pattern, and if so, which parts of it are its groups?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

internal import CPCRE2

/// What one pattern may cost. The standard ones bound a match of a field's value (256 octets) below ten milliseconds, as
/// measured by a test with the worst patterns known.
public struct PatternLimits: Hashable, Sendable {
    /// Octets of a pattern; the longest of recog has 320.
    public var patternLength = 4_096
    /// Groups within groups.
    public var nesting: UInt32 = 50
    /// Octets of a text.
    public var subjectLength = 65_536
    /// Steps of the matcher over all places where a match may begin. PCRE2 counts anew at each place, so each gets its share.
    public var steps = 200_000
    /// The least share of a place, however long the text.
    public var leastSteps = 1_000
    /// Nested steps back that are remembered.
    public var depth: UInt32 = 5_000
    /// KiB of memory for them.
    public var heap: UInt32 = 2_048

    public static let standard = PatternLimits()

    public init() {}
}

/// Why a text is not a usable pattern.
public struct PatternError: Error, Hashable, Sendable {
    /// Octets from its beginning.
    public var offset: Int
    public var reason: String
}

/// A compiled pattern. It does not change, so several threads may match with it at once.
///
/// Lines end with LF; `^` and `$` hold at each line, as in Ruby; `.` fits a line end only where asked for.
@safe public final class Pattern: @unchecked Sendable {
    public struct Options: OptionSet, Hashable, Sendable {
        public let rawValue: Int32
        public init(rawValue: Int32) { self.rawValue = rawValue }
        /// Letters' case does not matter.
        public static let caseless = Options(rawValue: 1)
        /// `.` fits a line end, too.
        public static let dotFitsNewline = Options(rawValue: 2)
        /// Pattern and text are UTF-8; without it every octet is a character.
        public static let text = Options(rawValue: 4)
        /// Only groups with a name are numbered.
        public static let namedGroupsOnly = Options(rawValue: 8)
    }

    /// How much a match may cost.
    public enum Effort: Sendable {
        case quick
        case full
    }

    /// Why a match came to no answer.
    public enum Failure: Error, Hashable, Sendable {
        case tooManySteps
        case tooDeep
        case tooMuchMemory
        case subjectTooLong(Int)
        /// The text is not UTF-8, or PCRE2's own error.
        case other(Int32)
    }

    private let code: OpaquePointer
    private let limits: PatternLimits
    private let beginnings: Int32
    /// Octets that a match may begin with, a bit each, where they are known.
    private let firstOctets: [UInt8]
    /// How many groups it has, without the whole match.
    public let groupCount: Int

    /// Compiles a pattern; costs some ten microseconds.
    public init(_ pattern: String, _ options: Options = .text, limits: PatternLimits = .standard) throws(PatternError) {
        self.limits = limits
        var pattern = pattern
        let length = pattern.utf8.count
        guard length <= limits.patternLength else {
            throw PatternError(
                offset: limits.patternLength, reason: "it is longer than \(limits.patternLength) octets")
        }
        var error: Int32 = 0
        var offset = 0
        let compiled = pattern.withUTF8 { bytes -> OpaquePointer? in
            // An empty string may have no address.
            var none: UInt8 = 0
            return unsafe withUnsafePointer(to: &none) { place in
                unsafe wardlight_compile(
                    bytes.baseAddress ?? place, length, options.rawValue, limits.patternLength, limits.nesting, &error,
                    &offset)
            }
        }
        guard let compiled = unsafe compiled else {
            throw PatternError(offset: min(max(offset, 0), length), reason: Self.message(error))
        }
        unsafe code = compiled
        groupCount = Int(unsafe wardlight_groups(compiled))
        var octets = [UInt8](repeating: 0, count: 32)
        beginnings = unsafe octets.withUnsafeMutableBufferPointer { table in
            guard let base = table.baseAddress else { return 0 }
            return unsafe wardlight_beginnings(compiled, base)
        }
        firstOctets = octets
    }

    deinit { unsafe wardlight_free(code) }

    private static func message(_ error: Int32) -> String {
        var text = [UInt8](repeating: 0, count: 160)
        let count = text.count
        unsafe text.withUnsafeMutableBufferPointer { buffer in
            if let base = buffer.baseAddress { unsafe wardlight_message(error, base, count) }
        }
        return String(decoding: text.prefix { $0 != 0 }, as: UTF8.self)
    }

    /// How many places of a text a match may begin at.
    private func beginnings(in subject: [UInt8]) -> Int {
        switch beginnings {
        case 2: 1
        case 1: subject.count { $0 == 0x0A } + 1
        case 3: subject.count { firstOctets[Int($0 >> 3)] >> ($0 & 7) & 1 != 0 }
        default: subject.count + 1
        }
    }

    /// Places of the whole match and of its groups in the text; nil for a group that took no part. Nil when nothing fits.
    ///
    /// - Parameter effort: `quick` gives up after a fortieth of the steps, some hundred microseconds.
    public func match(_ subject: [UInt8], effort: Effort = .full) throws(Failure) -> [Range<Int>?]? {
        guard subject.count <= limits.subjectLength else { throw .subjectTooLong(subject.count) }
        let pairs = groupCount + 1
        let starts = max(1, beginnings(in: subject))
        let share = effort == .quick ? 40 : 1
        let steps = max(limits.leastSteps, limits.steps / starts) / share
        var places = [Int](repeating: -1, count: 2 * pairs)
        let count = unsafe subject.withUnsafeBufferPointer { bytes -> Int32 in
            unsafe places.withUnsafeMutableBufferPointer { found -> Int32 in
                var none: UInt8 = 0
                return unsafe withUnsafePointer(to: &none) { place -> Int32 in
                    guard let base = found.baseAddress else { return wardlight_no_match() }
                    return unsafe wardlight_match(
                        code, bytes.baseAddress ?? place, bytes.count, UInt32(clamping: steps), limits.depth,
                        limits.heap, base, UInt32(clamping: pairs))
                }
            }
        }
        guard count > 0 else {
            if count == wardlight_no_match() { return nil }
            if count == wardlight_step_limit() { throw .tooManySteps }
            if count == wardlight_depth_limit() { throw .tooDeep }
            if count == wardlight_heap_limit() { throw .tooMuchMemory }
            throw .other(count)
        }
        return (0..<pairs).map { pair in
            let (start, end) = (places[2 * pair], places[2 * pair + 1])
            // `\K` in a lookahead can put the start behind the end.
            guard start >= 0, end >= start, end <= subject.count else { return nil }
            return start..<end
        }
    }
}
