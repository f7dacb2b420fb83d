//===----------------------------------------------------------------------===//
// Wardlight · Defense
//
// Lifecycles: until which day does a maker mend an operating system for everybody?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// The list in `Knowledge/lifecycles.list`: systems by their names or builds, and the last day of their updates.
///
/// ```
/// source "Microsoft, lifecycle of Windows 7 and of Windows Embedded POSReady 7"
/// until 2021-10-12 "Windows 7" "Windows 6.1"
/// until 2019-10-08 "Windows 10 1703" build 15063
/// ```
public struct Lifecycles: Hashable, Sendable {
    /// A line that was refused.
    public struct Trouble: Error, Hashable, Sendable, CustomStringConvertible {
        public var line: Int
        public var reason: String
        public var description: String { "line \(line): \(reason)" }
    }

    /// One name of a system, taken apart.
    struct Entry: Hashable, Sendable {
        var words: [SystemWord]
        /// Last day of updates, its first moment.
        var until: Timestamp
        /// How exact its versions are: `8.1` is more so than `8`.
        var digits: Int { words.reduce(0) { $0 + $1.number.count } }
    }

    /// By the first word, longest names first: of two that fit the more exact one counts.
    private var entries: [String: [Entry]] = [:]
    private var builds: [Int: Timestamp] = [:]
    private static let mostLines = 5_000
    private static let mostNames = 50
    /// Longer texts are no names of systems; a name in the list has at most so many words, too.
    private static let mostWords = 12
    private static let longestText = 200

    public init() {}
    public var isEmpty: Bool { entries.isEmpty && builds.isEmpty }
    /// Names and builds in it.
    public var count: Int { builds.count + entries.values.reduce(0) { $0 + $1.count } }

    // MARK: - Reading

    /// Reads a list; a broken line is refused and named, the rest is kept.
    public init(_ text: String, troubles: inout [Trouble]) {
        var hasSource = false
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            guard number < Self.mostLines else {
                troubles.append(Trouble(line: number + 1, reason: "the list has more than 5,000 lines"))
                break
            }
            do throws(Trouble) { try take(line, number + 1, &hasSource) } catch { troubles.append(error) }
        }
        for word in entries.keys {
            entries[word]?.sort { ($0.words.count, $0.digits) > ($1.words.count, $1.digits) }
        }
    }

    private mutating func take(_ line: Substring, _ number: Int, _ hasSource: inout Bool) throws(Trouble) {
        func trouble(_ reason: String) -> Trouble { Trouble(line: number, reason: reason) }
        let pieces = line.split(separator: "\"", omittingEmptySubsequences: false)
        var head = Self.plain(pieces[0])
        guard let verb = head.first, !verb.hasPrefix("#") else {
            guard pieces.count == 1 || head.first != nil else { throw trouble("a line begins with source or until") }
            return
        }
        guard pieces.count % 2 == 1 else { throw trouble("a quotation mark is missing") }
        head.removeFirst()
        switch verb {
        case "source":
            guard pieces.count == 3, !pieces[1].isEmpty, head.isEmpty else {
                throw trouble("write source \"where it is published\"")
            }
            hasSource = true
        case "until":
            guard hasSource else { throw trouble("a source has to stand above it") }
            guard let day = head.first, let until = Self.day(day) else {
                throw trouble("write until 2014-04-08 \"Windows XP\"")
            }
            try take(Array(head.dropFirst()), pieces, until, number)
        default: throw trouble("\(verb.prefix(32)) is no word here: source, until")
        }
    }

    /// Names in quotation marks, and `build` with its number, in any order behind the day.
    private mutating func take(
        _ head: [Substring], _ pieces: [Substring], _ until: Timestamp, _ number: Int
    ) throws(Trouble) {
        func trouble(_ reason: String) -> Trouble { Trouble(line: number, reason: reason) }
        var plain = head
        var names: [[SystemWord]] = []
        for (index, piece) in pieces.enumerated().dropFirst() {
            if index % 2 == 0 {
                plain += Self.plain(piece)
                continue
            }
            let words = SystemWord.words(piece)
            guard !words.isEmpty, words.count <= Self.mostWords else {
                throw trouble("\"\(piece.prefix(40))\" is no name of a system")
            }
            names.append(words)
        }
        var numbers: [Int] = []
        var rest = plain[...]
        while rest.first == "build" {
            guard let build = rest.dropFirst().first.flatMap({ Int($0) }), (1_000...999_999).contains(build) else {
                throw trouble("write build 14393")
            }
            numbers.append(build)
            rest = rest.dropFirst(2)
        }
        if let strange = rest.first { throw trouble("\(strange.prefix(32)): names stand in quotation marks") }
        guard !names.isEmpty || !numbers.isEmpty else { throw trouble("no name and no build") }
        guard names.count + numbers.count <= Self.mostNames else { throw trouble("more than 50 names in a line") }
        for words in names {
            guard !entries[words[0].key, default: []].contains(where: { $0.words == words }) else {
                throw trouble("\(words.map(\.text).joined(separator: " ")) stands here twice")
            }
        }
        if let build = numbers.first(where: { builds[$0] != nil }) { throw trouble("build \(build) stands here twice") }
        for words in names { entries[words[0].key, default: []].append(Entry(words: words, until: until)) }
        for build in numbers { builds[build] = until }
    }

    /// Words outside of quotation marks, up to a comment.
    private static func plain(_ piece: Substring) -> [Substring] {
        let words = piece.split { $0 == " " || $0 == "\t" || $0 == "\r" }
        guard let comment = words.firstIndex(where: { $0.hasPrefix("#") }) else { return words }
        return comment == 0 ? Array(words.prefix(1)) : Array(words[..<comment])
    }

    private static func day(_ text: Substring) -> Timestamp? {
        guard text.utf8.count == 10 else { return nil }
        return Timestamp(rfc3339: text + "T00:00:00Z")
    }

    // MARK: - Questions

    /// The last day of updates of a system; nil where the list does not know it, or its text names only a family.
    ///
    /// A text that leaves several open (`Windows 8.1 or Server 2012 R2`) has the latest of their days, and none when one of
    /// them is not known.
    public func end(of system: String) -> Timestamp? {
        guard system.utf8.count <= Self.longestText else { return nil }
        var end: Timestamp?
        var family: SystemWord?
        let all = SystemWord.words(Substring(system))
        guard all.count < SystemWord.mostWords else { return nil }
        for choice in SystemWord.choices(all) {
            var words = choice
            guard let first = words.first else { return nil }
            // `Windows 8.1 or Server 2012 R2`
            if let family, entries[first.key] == nil { words.insert(family, at: 0) }
            family = family ?? first
            guard let day = day(of: words) else { return nil }
            end = max(end ?? day, day)
        }
        return end
    }

    /// Whether a system gets no updates any more: from the day after its last.
    public func isUnsupported(_ system: String, at moment: Timestamp) -> Bool {
        guard let end = end(of: system) else { return false }
        return moment.nanoseconds / Self.day > end.nanoseconds / Self.day
    }

    /// What to write of a device whose system gets no updates any more: `Windows 7: no updates since 2020-01-14`.
    public func unsupported(_ system: String, at moment: Timestamp) -> String? {
        guard let end = end(of: system), isUnsupported(system, at: moment) else { return nil }
        return "\(system): no updates since \(end.description.prefix(10))"
    }

    private static let day: Int64 = 86_400_000_000_000

    private func day(of words: [SystemWord]) -> Timestamp? {
        guard let first = words.first else { return nil }
        // A build says more than a name: Windows 10 calls itself 6.3 in some places, with its true build beside it.
        if first.key == "windows" || first.number.first == 10, let build = Self.build(in: words) {
            return builds[build]
        }
        return entries[first.key]?.first { entry in
            entry.words.count <= words.count && zip(entry.words, words).allSatisfy { $0.fits($1) }
        }?.until
    }

    /// `build 14393`, `10.0.14393`, `10.0.19045.3803`
    private static func build(in words: [SystemWord]) -> Int? {
        for (place, word) in words.enumerated() {
            if word.number.count >= 3, word.number[0] == 10, word.number[1] == 0 { return word.number[2] }
            if word.key == "build", place + 1 < words.count { return words[place + 1].number.first }
        }
        return nil
    }
}
