//===----------------------------------------------------------------------===//
// Wardlight · Reports
//
// HTML: text that cannot become markup, whoever wrote it.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// HTML (WHATWG) under construction. Every text goes in escaped; markup only comes from this room.
struct HTML {
    private(set) var bytes: [UInt8] = []

    /// Markup of our own, never a stranger's text.
    mutating func markup(_ text: StaticString) {
        bytes += Array(text.description.utf8)
    }

    /// Text of anybody: control characters are made visible, markup is escaped.
    mutating func text(_ text: String) { bytes += Array(Self.escaped(SafeText.neutralised(text)).utf8) }

    /// `<tag class="name">text</tag>`
    mutating func element(_ tag: Tag, _ text: String, style: Style? = nil) {
        open(tag, style: style)
        self.text(text)
        close(tag)
    }

    /// A link to a page beside this one; the name is made of letters, digits, dots and dashes, or nothing is linked.
    mutating func link(_ text: String, to file: String) {
        let isPlain = file.utf8.allSatisfy { octet in
            (0x30...0x39).contains(octet) || (0x61...0x7A).contains(octet) || octet == 0x2D || octet == 0x2E
        }
        guard isPlain, !file.isEmpty else { return self.text(text) }
        bytes += Array("<a href=\"\(file)\">".utf8)
        self.text(text)
        bytes += Array("</a>".utf8)
    }

    mutating func open(_ tag: Tag, style: Style? = nil) {
        let name = style.map { " class=\"\($0.rawValue)\"" } ?? ""
        bytes += Array("<\(tag.rawValue)\(name)>".utf8)
    }

    mutating func close(_ tag: Tag) { bytes += Array("</\(tag.rawValue)>\n".utf8) }

    /// A drawing; its texts were escaped when it was made.
    mutating func drawing(_ drawing: Drawing) { bytes += Array(drawing.svg.utf8) }

    enum Tag: String {
        case h1, h2, h3, p, ul, li, table, thead, tbody, tr, th, td, section, div, strong, small, header, footer, figure
        case figcaption, caption
    }

    enum Style: String {
        case answer, number, name, state, missing, grid, quiet, figures, list
    }

    static func escaped(_ text: String) -> String {
        var result = ""
        result.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}

extension HTML {
    /// A table; its style sets the widths of its columns and what stands to the right.
    mutating func table(_ caption: String, head: [String], rows: [[String]], style: Style? = nil) {
        if rows.isEmpty { return }
        open(.table, style: style)
        element(.caption, caption)
        open(.thead)
        open(.tr)
        for title in head { element(.th, title) }
        close(.tr)
        close(.thead)
        open(.tbody)
        for row in rows {
            open(.tr)
            for cell in row { element(.td, cell) }
            close(.tr)
        }
        close(.tbody)
        close(.table)
    }
}
