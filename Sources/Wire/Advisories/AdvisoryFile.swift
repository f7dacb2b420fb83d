//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// A file of advisories: which form has it, and what does it say?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model

/// What stands in one file: an advisory, many of NVD's, the catalogue of exploited vulnerabilities, or forecasts.
///
/// The form is known by the content; a file's name says nothing. Digest and verification are the edge's to fill in.
public struct AdvisoryFile: Hashable, Sendable {
    public enum Content: Hashable, Sendable {
        case csaf(Advisory)
        case nvd([Advisory])
        case exploited(ExploitedCatalogue)
        case forecasts(ForecastTable)
    }

    public var content: Content
    /// What of it was left out and why, one sentence each; a few at most.
    public var notes: [String] = []

    /// Whether the content can be one of the forms at all, seen by its first octets: what is neither JSON nor the table of
    /// forecasts is no file of ours (a signature, a list, a page).
    public static func mayBe(_ start: Data) -> Bool {
        let text = start.prefix(64).drop { Self.blanks.contains($0) }
        return text.first == UInt8(ascii: "{") || ForecastTable.begins(text)
    }

    /// Blank octets, and those of a byte order mark.
    private static let blanks: Set<UInt8> = [0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF]

    /// - Parameter data: The whole file, uncompressed.
    public init(_ data: Data) throws(AdvisoryTrouble) {
        let start = data.prefix(64).drop { Self.blanks.contains($0) }
        guard !start.isEmpty else { throw .empty }
        if ForecastTable.begins(start) {
            content = .forecasts(try ForecastTable(data))
            return
        }
        guard data.count <= AdvisoryLimits.nvdOctets else { throw .tooLarge(form: "Files", mebibytes: 256) }
        let document: AnyAdvisoryDocument
        do { document = try JSONDecoder().decode(AnyAdvisoryDocument.self, from: data) } catch {
            throw Self.trouble(error, in: data)
        }
        switch document {
        case .csaf(let csaf):
            guard data.count <= AdvisoryLimits.csafOctets else {
                throw .tooLarge(form: "CSAF documents", mebibytes: 16)
            }
            (content, notes) = try csaf.read()
        case .nvd(let cves): (content, notes) = try NVDReader.read(cves)
        case .exploited(let catalogue):
            guard data.count <= AdvisoryLimits.exploitedOctets else {
                throw .tooLarge(form: "Catalogues", mebibytes: 64)
            }
            (content, notes) = try catalogue.read()
        }
    }

    /// The decoder does not say where JSON breaks; the other reader of Foundation does.
    private static func trouble(_ error: any Error, in data: Data) -> AdvisoryTrouble {
        if let trouble = error as? AdvisoryTrouble { return trouble }
        let trouble = (error as? DecodingError).map { AdvisoryTrouble($0) } ?? .notJSON("")
        guard case .notJSON = trouble, data.count <= AdvisoryLimits.csafOctets else { return trouble }
        do { _ = try JSONSerialization.jsonObject(with: data) } catch {
            let reason = (error as NSError).userInfo[NSDebugDescriptionErrorKey] as? String ?? ""
            return .notJSON(String((reason.hasSuffix(".") ? String(reason.dropLast()) : reason).prefix(200)))
        }
        return trouble
    }
}

/// Any of the forms in JSON, told apart by the names of its outermost members.
enum AnyAdvisoryDocument: Decodable {
    case csaf(CSAFDocument)
    case nvd([NVDVulnerability])
    case exploited(ExploitedDocument)

    private enum Keys: String, CodingKey {
        case document, vulnerabilities, catalogVersion, dateReleased, cves = "cve_items", cve, id, sourceIdentifier
        case vulnerabilityStatus = "vulnStatus"
        case schema = "$schema", properties, canonical = "canonical_url", aggregator, feed
    }

    /// An element of the API's answer.
    private struct Item: Decodable { var cve: NVDVulnerability }

    init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: Keys.self)
        if members.contains(.document) {
            self = .csaf(try CSAFDocument(from: decoder))
        } else if members.contains(.catalogVersion) || members.contains(.dateReleased) {
            self = .exploited(try ExploitedDocument(from: decoder))
        } else if members.contains(.vulnerabilities) {
            self = .nvd(try members.decode([Item].self, forKey: .vulnerabilities).map(\.cve))
        } else if members.contains(.cves) {
            self = .nvd(try members.decode([NVDVulnerability].self, forKey: .cves))
        } else if members.contains(.cve) {
            self = .nvd([try members.decode(NVDVulnerability.self, forKey: .cve)])
        } else if members.contains(.id), members.contains(.sourceIdentifier) || members.contains(.vulnerabilityStatus) {
            self = .nvd([try NVDVulnerability(from: decoder)])
        } else if members.contains(.schema), members.contains(.properties) {
            throw AdvisoryTrouble.foreign("a JSON schema")
        } else if members.contains(.canonical) || members.contains(.aggregator) || members.contains(.feed) {
            throw AdvisoryTrouble.foreign("a list of where advisories are")
        } else {
            throw AdvisoryTrouble.unknownForm
        }
    }
}

/// A value that may be missing or of another kind without spoiling what stands around it.
struct Lenient<Value: Decodable>: Decodable {
    var value: Value?

    init(from decoder: any Decoder) throws { value = try? Value(from: decoder) }
}

/// How texts of advisories are taken.
enum AdvisoryText {
    /// A text that is compared: as written, or the file is refused.
    static func exact(_ text: String, _ what: String) throws(AdvisoryTrouble) -> String {
        guard text.utf8.count <= AdvisoryLimits.name * 4, text.unicodeScalars.count <= AdvisoryLimits.name else {
            throw .tooLong(what, most: AdvisoryLimits.name)
        }
        return text
    }

    /// A text for people: without blanks at its ends, cut where it is too long.
    static func words(_ text: String?, most: Int = AdvisoryLimits.details) -> String? {
        guard let text else { return nil }
        let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !trimmed.isEmpty else { return nil }
        guard trimmed.utf8.count > most, trimmed.unicodeScalars.count > most else { return trimmed }
        return String(String.UnicodeScalarView(trimmed.unicodeScalars.prefix(most - 1))) + "…"
    }

    /// A web address that a person may open: `https` and `http` only, no blanks or control characters.
    static func link(_ text: String?) -> String? {
        guard let text = words(text, most: AdvisoryLimits.name), text.utf8.count <= AdvisoryLimits.name,
            text.hasPrefix("https://") || text.hasPrefix("http://"), text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
        else { return nil }
        return text
    }

    /// `CVE-2021-33885`; nil for anything else (CVE Program: four digits of a year, then four to nineteen).
    static func cve(_ text: String?) -> String? {
        guard let text, text.utf8.count <= 28 else { return nil }
        let parts = text.trimmingCharacters(in: .whitespaces).uppercased().split(
            separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "CVE", parts[1].utf8.count == 4, parts[2].utf8.count >= 4,
            parts.dropFirst().allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } })
        else { return nil }
        return parts.joined(separator: "-")
    }

    /// A CVSS base score in tenths, 0 to 100.
    static func tenths(_ score: Double?) -> Int? {
        guard let score, score.isFinite, score >= 0, score <= 10 else { return nil }
        return Int((score * 10).rounded())
    }

    /// A moment as these files write it: RFC 3339, without a zone (NVD: UTC), or a day only.
    static func moment(_ text: String?) -> Timestamp? {
        guard let text = text?.trimmingCharacters(in: .whitespaces), text.utf8.count <= 40 else { return nil }
        if text.utf8.count == 10 { return Timestamp(rfc3339: text + "T00:00:00Z") }
        // `+0000`, as forecasts of earlier years have it.
        let plain = text.hasSuffix("+0000") ? text.dropLast(5) + "Z" : text[...]
        return Timestamp(rfc3339: plain) ?? Timestamp(rfc3339: plain + "Z")
    }
}
