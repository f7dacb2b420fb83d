//===----------------------------------------------------------------------===//
// Wardlight · Reports
//
// Answers in words: seven questions on one screen, and the list behind one of them.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// The answers as text for people.
public struct AnswersTable: Sendable {
    public var width: Int
    /// Lines of each list that are shown; the rest is counted.
    public var most: Int

    public init(width: Int = 120, most: Int = 5) {
        self.width = max(40, min(width, 400))
        self.most = max(0, most)
    }

    public func text(of answers: Answers) -> String {
        var lines = ["The seven questions, as of \(answers.asOf)", ""]
        for (number, answer) in answers.answers.enumerated() { lines += text(of: answer, number: number + 1) + [""] }
        return lines.joined(separator: "\n")
    }

    private func text(of answer: Answer, number: Int) -> [String] {
        let state =
            switch answer.state {
            case .answered: ""
            case .partial: " (partly)"
            case .cannotSay: " (cannot say)"
            }
        var lines = ["\(number). \(answer.question.words)\(state)"]
        lines += wrapped(answer.sentence, "   ")
        lines += wrapped(Self.figures(answer.figures), "   ")
        if let from = answer.from, let to = answer.to { lines.append("   seen from \(from) to \(to)") }
        for line in answer.missing { lines += wrapped("missing: \(line)", "   ") }
        // What is on the list because it is connected or counted is the inventory itself.
        guard answer.question != .connected, answer.question != .iotCount else { return lines }
        for item in answer.items.prefix(most) { lines += wrapped("- " + Self.words(item), "   ") }
        let rest = answer.items.count - most + answer.itemsLeftOut
        if rest > 0 { lines.append("   and \(SafeText.grouped(UInt64(rest))) more: --format json") }
        return lines
    }

    private func wrapped(_ text: String, _ indent: String) -> [String] {
        SafeText.wrapped(SafeText.neutralised(text), to: width - indent.count).map { indent + $0 }
    }

    static func figures(_ figures: [Answer.Figure]) -> String {
        figures.map { figure in
            let of = figure.of.map { " of \(SafeText.grouped(UInt64(clamping: $0)))" } ?? ""
            return "\(FigureWords.words(for: figure.name)) \(SafeText.grouped(UInt64(clamping: figure.value)))\(of)"
        }.joined(separator: " · ")
    }

    private static func words(_ item: Answer.Item) -> String {
        var words = item.title
        if !item.figures.isEmpty { words += " (\(figures(item.figures)))" }
        if let place = item.place { words += ", \(place)" }
        if let first = item.evidence.first { words += ": \(first)" }
        return "\(item.kind) \(words)"
    }
}
