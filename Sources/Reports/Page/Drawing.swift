//===----------------------------------------------------------------------===//
// Wardlight · Reports
//
// Drawings: numbers as SVG, readable without colour, on a screen and on paper.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// One drawing as SVG 1.1, with its numbers written beside its shapes and told to screen readers.
struct Drawing {
    let svg: String

    private static let width = 640

    /// Bars, one a line: name, bar, number.
    static func bars(_ title: String, _ values: [(name: String, value: Int)]) -> Drawing {
        let most = max(1, values.map(\.value).max() ?? 1)
        let (line, left, right) = (26, 200, 70)
        let height = values.count * line + 8
        var body = ""
        for (place, entry) in values.enumerated() {
            let top = place * line + 4
            let share = Double(max(0, entry.value)) / Double(most)
            let length = max(1, Int(share * Double(width - left - right)))
            let name = HTML.escaped(SafeText.clipped(SafeText.neutralised(entry.name), to: 28))
            body += "<text x=\"\(left - 8)\" y=\"\(top + 15)\" text-anchor=\"end\">\(name)</text>"
            body += "<rect x=\"\(left)\" y=\"\(top)\" width=\"\(length)\" height=\"\(line - 6)\" rx=\"2\"/>"
            body += "<text x=\"\(left + length + 6)\" y=\"\(top + 15)\">\(entry.value)</text>"
        }
        return Drawing(title, height: height, body)
    }

    /// How much of a whole: one bar with its part filled and the share in words.
    static func share(_ title: String, _ part: Int, of whole: Int) -> Drawing {
        let bounded = min(max(0, part), max(0, whole))
        let length = whole <= 0 ? 0 : Int(Double(width - 2) * Double(bounded) / Double(whole))
        var body = "<rect class=\"rest\" x=\"1\" y=\"4\" width=\"\(width - 2)\" height=\"22\" rx=\"3\"/>"
        if length > 0 { body += "<rect x=\"1\" y=\"4\" width=\"\(length)\" height=\"22\" rx=\"3\"/>" }
        let words = whole <= 0 ? "nothing to compare" : "\(part) of \(whole)"
        body += "<text x=\"1\" y=\"44\">\(HTML.escaped(words))</text>"
        return Drawing(title, height: 52, body)
    }

    /// Likelihood from 1 to 5 to the right, impact from 1 to 5 upwards, and how many stand in each field.
    static func matrix(_ title: String, _ counts: [[Int]]) -> Drawing {
        let (cell, left, bottom) = (56, 60, 40)
        let height = 5 * 40 + bottom + 4
        var body = ""
        for impact in 1...5 {
            let top = (5 - impact) * 40 + 2
            body += "<text x=\"\(left - 10)\" y=\"\(top + 24)\" text-anchor=\"end\">\(impact)</text>"
            for likelihood in 1...5 {
                let x = left + (likelihood - 1) * cell
                let grade = likelihood * impact >= 15 ? "grave" : likelihood * impact >= 6 ? "middle" : "rest"
                let count = counts[impact - 1][likelihood - 1]
                body +=
                    "<rect class=\"\(grade)\" x=\"\(x)\" y=\"\(top)\" width=\"\(cell - 4)\" height=\"36\" rx=\"3\"/>"
                guard count > 0 else { continue }
                body += "<text class=\"count\" x=\"\(x + cell / 2 - 2)\" y=\"\(top + 24)\" text-anchor=\"middle\">"
                body += "\(count)</text>"
            }
        }
        for likelihood in 1...5 {
            let x = left + (likelihood - 1) * cell + cell / 2 - 2
            body += "<text x=\"\(x)\" y=\"\(5 * 40 + 18)\" text-anchor=\"middle\">\(likelihood)</text>"
        }
        body += "<text x=\"\(left)\" y=\"\(5 * 40 + 36)\">likelihood →</text>"
        body +=
            "<text x=\"14\" y=\"\(5 * 20)\" transform=\"rotate(-90 14 \(5 * 20))\" text-anchor=\"middle\">impact →</text>"
        return Drawing(title, height: height, body, width: left + 5 * cell + 4)
    }

    private init(_ title: String, height: Int, _ body: String, width: Int = Drawing.width) {
        let name = HTML.escaped(SafeText.neutralised(title))
        svg =
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(width) \(height)\" role=\"img\" "
            + "width=\"\(width)\"><title>\(name)</title>\(body)</svg>\n"
    }
}
