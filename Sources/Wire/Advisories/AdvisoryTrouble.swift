//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// Advisory trouble: why a file of advisories is refused, in one clear sentence.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation

/// Why nothing of a file is used. Half an advisory is worse than none: a row that is missing reads as "not affected".
public enum AdvisoryTrouble: Error, Hashable, Sendable, CustomStringConvertible {
    case empty
    /// With what the JSON reader says, where it says something.
    case notJSON(String)
    case tooLarge(form: String, mebibytes: Int)
    /// JSON, but none of the forms that are known here.
    case unknownForm
    /// JSON that says itself what else it is: a schema, a list of where advisories are.
    case foreign(String)
    case wrongVersion(String)
    /// A member that must be there: `document.tracking.id`.
    case missing(String)
    /// A member that is of another kind than it should be.
    case wrongKind(String)
    case tooMany(String, most: Int)
    case tooLong(String, most: Int)
    case tooDeep(most: Int)
    /// A line of a table, from 1.
    case brokenLine(Int, String)

    public var description: String {
        switch self {
        case .empty: "it is empty"
        case .notJSON(let reason): "it is no whole JSON\(reason.isEmpty ? "" : " (\(reason))"); was it cut on its way?"
        case .tooLarge(let form, let most): "\(form) of more than \(most) MiB are not read; is it what it should be?"
        case .unknownForm:
            "it is JSON, but neither CSAF 2.0, NVD 2.0 nor CISA's catalogue of known exploited vulnerabilities"
        case .foreign(let what): "it is \(what), and no advisory"
        case .wrongVersion(let version): "it is CSAF \(version); this program reads CSAF 2.0"
        case .missing(let member): "it has no \(member), without which it cannot be used"
        case .wrongKind(let member): "its \(member) is not of the kind that it should be"
        case .tooMany(let what, let most): "it has more than \(most) \(what)"
        case .tooLong(let what, let most): "\(what) has more than \(most) characters"
        case .tooDeep(let most): "its product tree is deeper than \(most) branches"
        case .brokenLine(let line, let reason): "line \(line): \(reason)"
        }
    }

    /// What the decoder of JSON found, said with the place where it was.
    init(_ error: DecodingError) {
        func path(_ context: DecodingError.Context, _ last: (any CodingKey)? = nil) -> String {
            let keys = context.codingPath + (last.map { [$0] } ?? [])
            let text = keys.map { key in key.intValue.map { "[\($0)]" } ?? ".\(key.stringValue)" }.joined()
            return text.isEmpty ? "content" : String(text.drop { $0 == "." }.prefix(200))
        }
        switch error {
        case .keyNotFound(let key, let context): self = .missing(path(context, key))
        case .valueNotFound(_, let context): self = .missing(path(context))
        case .typeMismatch(_, let context): self = .wrongKind(path(context))
        case .dataCorrupted(let context) where context.codingPath.isEmpty: self = .notJSON("")
        case .dataCorrupted(let context): self = .wrongKind(path(context))
        @unknown default: self = .notJSON("")
        }
    }
}

/// How much of an advisory is read. What goes beyond is no advisory that a person wrote, or an attack on the reader.
enum AdvisoryLimits {
    /// Oasis CSAF 2.0, appendix C.1: 15 MB; the largest of CISA's has 0.2 MiB.
    static let csafOctets = 16 << 20
    /// A year of NVD's has 100 to 200 MiB.
    static let nvdOctets = 256 << 20
    /// The catalogue has 1.3 MiB and grows by a fifth in a year.
    static let exploitedOctets = 64 << 20
    /// 250,000 lines of 35 octets are 9 MiB.
    static let forecastOctets = 64 << 20

    /// Real trees have three to five; RFC 8259 lets a reader set a limit, and the decoder's own is 512 levels of JSON.
    static let depth = 32
    /// The largest of CISA's medical ones has 60 rows, of its industrial ones some thousand.
    static let rows = 50_000
    static let vulnerabilities = 10_000
    static let cves = 400_000
    /// Rows of all CVEs of one file: a year of NVD's has some 300,000.
    static let nvdRows = 2_000_000
    /// Alternatives of one configuration of NVD's, written out.
    static let combinations = 4_096
    /// References from vulnerabilities to rows in one document: groups can multiply them.
    static let references = 1_000_000
    static let conditions = 8
    /// Names and versions are compared, so they are never cut but refused: CISA's longest has 200 characters.
    static let name = 2_000
    /// Words for people may be cut.
    static let details = 8_000
    static let title = 500
    /// Catalogue and forecasts: all CVEs that there are, and as many again.
    static let catalogue = 1_000_000
}
