//===----------------------------------------------------------------------===//
// Wardlight · Defense
//
// Remarks in parentheses behind a version that take nothing away from it: where it is sold, that nobody tends it any more.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// `054U000091 (U.S.)`, `<= 2.01 (end-of-life Nov 2017)`: the versions are the same without.
///
/// What may narrow (`excluding 100 Pro`, `WLAN only`, `with module 3`) stays, and makes prose of the text.
enum VersionRemarks {
    /// Where a version is sold: versions of a region have a form of their own, so that the region says nothing more.
    private static let regions: Set<String> = [
        "global", "worldwide", "international", "us", "usa", "eu", "europe", "emea", "canada", "japan", "china", "row",
        "apac", "and", "outside", "the", "only in", "latam",
    ]
    /// How remarks begin that only tell a product's story.
    private static let stories = [
        "end-of-life", "end of life", "eol", "end-of-support", "end of support", "eos", "discontinued", "obsolete",
        "no longer supported", "unsupported", "integrated into", "all models", "all versions",
    ]

    static func without(_ text: String) -> String {
        guard text.utf8.count <= VersionRange.longest, text.contains("(") else { return text }
        var result = ""
        var rest = Substring(text)
        while let open = rest.firstIndex(of: "("), let close = rest[open...].firstIndex(of: ")") {
            let inside = rest[rest.index(after: open)..<close]
            result += rest[..<open]
            if !isHarmless(inside) { result += rest[open...close] }
            rest = rest[rest.index(after: close)...]
        }
        return result + rest
    }

    private static func isHarmless(_ inside: Substring) -> Bool {
        let words = inside.lowercased().split { $0 == " " || $0 == "," || $0 == "/" }
            .map { String($0.filter { $0 != "." }) }
        guard !words.isEmpty else { return true }
        if words.allSatisfy(regions.contains) { return true }
        let whole = words.joined(separator: " ")
        // A story may name a year or a product, and no condition.
        return stories.contains { whole.hasPrefix($0) }
            && !words.contains { ["only", "if", "when", "except", "excluding", "without", "not"].contains($0) }
    }
}
