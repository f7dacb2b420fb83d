//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// What is no declared list, in words that help: an Excel workbook, a web page, a file that names no asset.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// Why a file is no list of assets.
public enum DeclaredRefusal: Error, Hashable, Sendable {
    case empty
    case tooLarge
    /// Its first octets are those of something else: `an Excel workbook`.
    case otherKind(String)
    /// No column by which a row could be found; the headings that it has.
    case nothingIdentifies([String])

    /// In one line, with the cure.
    public var words: String {
        switch self {
        case .empty: return "empty; a list of assets has a line of headings and a row for each asset."
        case .tooLarge: return "larger than 512 MiB; export fewer columns, or split it."
        case .otherKind(let kind): return "\(kind), no CSV; save it as CSV (UTF-8) and give that."
        case .nothingIdentifies(let headings):
            let shown = headings.prefix(Self.mostShown).map { "'\(Self.short($0))'" }.joined(separator: ", ")
            let more = headings.count > Self.mostShown ? " and \(headings.count - Self.mostShown) more" : ""
            return "no column for an asset tag, a serial number or a hardware address; its headings are "
                + "\(shown.isEmpty ? "blank" : shown)\(more). Name one of them in the settings, under declared: columns:."
        }
    }

    private static let mostShown = 24

    private static func short(_ text: String) -> String {
        let plain = text.unicodeScalars.prefix(48).map { $0.value < 0x20 || $0.value == 0x7F ? "?" : String($0) }
            .joined()
        return plain + (text.unicodeScalars.count > 48 ? "…" : "")
    }

    // MARK: Other files

    /// What people mistake for a CSV file; nil where it may be one.
    static func kind(_ bytes: [UInt8]) -> String? {
        let kinds: [([UInt8], String)] = [
            ([0x50, 0x4B, 0x03, 0x04], "an Excel workbook or another zip file"),
            ([0xD0, 0xCF, 0x11, 0xE0], "an old Excel workbook"), ([0x1F, 0x8B], "a gzip file"),
            (Array("%PDF".utf8), "a PDF"), (Array("SQLite format 3".utf8), "a database"),
            (Array("{\\rtf".utf8), "a text document"),
        ]
        if let known = kinds.first(where: { bytes.starts(with: $0.0) }) { return known.1 }
        // Several systems write a page or XML and name it .xls or .csv.
        let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
        let first = text.prefix(4_096).drop { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
        switch first.first {
        case UInt8(ascii: "<"): return "a web page or XML"
        case UInt8(ascii: "{") where first.dropFirst().contains(UInt8(ascii: ":")): return "JSON"
        case UInt8(ascii: "[") where first.dropFirst().first { $0 > 0x20 } == UInt8(ascii: "{"): return "JSON"
        default: return nil
        }
    }
}
