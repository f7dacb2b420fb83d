//===----------------------------------------------------------------------===//
// Wardlight · Reports
//
// Identification report as text, JSON and a plot.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

extension IdentificationReport {
    /// For a person.
    public var text: String {
        func share(_ perMille: Int) -> String { Self.decimal(perMille) }
        let types = Set(trials.map(\.truth)).count
        var lines = [
            "\(captures) captures of \(types) types, \(folds) folds, seed \(seed)", "",
            "accuracy   \(share(accuracy))  first choice right; an unknown counts as wrong",
            "precision  \(share(precision))  right where one name was given",
            "macro F1   \(share(macroF1))",
            "unknown    \(share(unknown))  (\(trials.count - answered) of \(trials.count))",
            "sets       \(sets) answers name several that cannot be told apart; \(setContainsTruth) hold the truth",
            "others     \(bystanders.labelled) of \(bystanders.count) other devices in the captures were given a label",
            "time       \(Self.decimal(microsecondsPerIdentification)) ms per identification", "",
            "Calibration: said, held, answers",
        ]
        for bin in calibration {
            lines.append("  \(share(bin.said))  \(share(Self.share(bin.right, of: bin.count)))  \(bin.count)")
        }
        lines += attributeLines
        let wrong = confusion.filter { $0.said.count > 1 || $0.said.first?.answer != $0.truth }
        if !wrong.isEmpty { lines += ["", "What remains wrong or undecided"] }
        lines += Self.table(wrong)
        if !unseen.isEmpty {
            lines += ["", "Types never taught: \(share(unseenUnknown)) unknown; the others were called"]
            lines += Self.table(
                Self.confusion(of: unseen).compactMap { row in
                    let said = row.said.filter { $0.answer != "unknown" }
                    return said.isEmpty ? nil : (row.truth, said)
                })
        }
        return lines.map(SafeText.neutralised).joined(separator: "\n") + "\n"
    }

    private var attributeLines: [String] {
        if attributes.isEmpty { return [] }
        var lines = ["", "Judged by the rules alone: right, wrong, unknown"]
        for (name, trials) in attributes {
            let right = trials.count { $0.isRight }
            let silent = trials.count { $0.said.isEmpty }
            lines.append("  \(SafeText.padded(name, to: 8))  \(right)  \(trials.count - right - silent)  \(silent)")
        }
        lines.append("Calibration of the rules: said, held, answers")
        for bin in attributeCalibration {
            let held = Self.decimal(Self.share(bin.right, of: bin.count))
            lines.append("  \(Self.decimal(bin.said))  \(held)  \(bin.count)")
        }
        let wrong = attributes.flatMap { name, trials in
            Self.confusion(of: trials.filter { !$0.isRight && !$0.said.isEmpty }).map {
                ("\(name) \($0.truth)", $0.said)
            }
        }
        return lines + (wrong.isEmpty ? [] : ["Wrong by the rules"])
            + Self.table(wrong.map { (truth: $0.0, said: $0.1) })
    }

    private static func table(_ rows: [(truth: String, said: [(answer: String, count: Int)])]) -> [String] {
        let width = min(32, rows.map(\.truth.count).max() ?? 0)
        return rows.map { row in
            let said = row.said.map { "\($0.answer) \($0.count)" }.joined(separator: ", ")
            return "  \(SafeText.padded(row.truth, to: width))  \(said)"
        }
    }

    /// For a program; keys are described in `docs/identification.md`.
    public var json: [UInt8] {
        var json = JSONWriter()
        json.beginObject()
        for (name, figure) in [
            ("accuracy", accuracy), ("precision", precision), ("macroF1", macroF1), ("unknown", unknown),
        ] {
            json.key(text: name)
            json.value(perMille: figure)
        }
        json.key("calibration")
        json.calibration(calibration)
        json.key("confusion")
        json.confusion(confusion)
        json.key("msPerIdentification")
        json.value(thousandths: microsecondsPerIdentification)
        for (name, count) in [
            ("captures", captures), ("types", Set(trials.map(\.truth)).count), ("folds", folds), ("answered", answered),
            ("sets", sets), ("setContainsTruth", setContainsTruth), ("bystanders", bystanders.count),
            ("bystandersLabelled", bystanders.labelled),
        ] {
            json.key(text: name)
            json.value(count)
        }
        json.member("seed", seed)
        if !attributes.isEmpty {
            json.key("attributes")
            json.beginObject()
            for (name, trials) in attributes {
                json.key(text: name)
                json.beginObject(inline: true)
                json.member("right", trials.count { $0.isRight })
                json.member("unknown", trials.count { $0.said.isEmpty })
                json.member("count", trials.count)
                json.endObject()
            }
            json.key("calibration")
            json.calibration(attributeCalibration)
            json.endObject()
        }
        if !unseen.isEmpty {
            json.key("unseen")
            json.beginObject()
            json.key("unknown")
            json.value(perMille: unseenUnknown)
            json.key("confusion")
            json.confusion(Self.confusion(of: unseen))
            json.endObject()
        }
        json.endObject()
        json.newLine()
        return json.take()
    }

    /// Reliability plot (SVG) of labels (full circles) and of what the rules said (rings): how often answers held, against
    /// how sure they were said to be. Size by number.
    public var plot: String {
        let size = 360
        let edge = 40
        func x(_ perMille: Int) -> Int { edge + perMille * size / 1_000 }
        func y(_ perMille: Int) -> Int { edge + size - perMille * size / 1_000 }
        func text(_ x: Int, _ y: Int, _ anchor: String, _ words: some StringProtocol) -> String {
            "<text x=\"\(x)\" y=\"\(y)\" text-anchor=\"\(anchor)\">\(words)</text>"
        }
        let whole = size + 2 * edge
        var lines = [
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"\(whole)\" height=\"\(whole)\"",
            "    font-family=\"sans-serif\" font-size=\"11\">",
            "<title>How often answers held, by how sure they were said to be</title>",
            "<rect width=\"100%\" height=\"100%\" fill=\"white\"/>",
            "<path d=\"M\(x(0)) \(y(1_000))V\(y(0))H\(x(1_000))\" fill=\"none\" stroke=\"#888\"/>",
            "<path d=\"M\(x(0)) \(y(0))L\(x(1_000)) \(y(1_000))\" stroke=\"#888\" stroke-dasharray=\"4 4\"/>",
        ]
        for tick in stride(from: 0, through: 1_000, by: 200) {
            let label = Self.decimal(tick).prefix(3)
            lines += [text(x(tick), y(0) + 16, "middle", label), text(x(0) - 6, y(tick) + 4, "end", label)]
        }
        lines += [text(x(500), y(0) + 32, "middle", "said"), text(x(0) - 4, y(1_000) - 12, "middle", "held")]
        func draw(_ bins: [Bin], _ style: String, _ below: Int) {
            let most = bins.map(\.count).max() ?? 1
            for bin in bins {
                let held = Self.share(bin.right, of: bin.count)
                let radius = 4 + 12 * bin.count / max(1, most)
                lines.append("<circle cx=\"\(x(bin.said))\" cy=\"\(y(held))\" r=\"\(radius)\" \(style)/>")
                lines.append(text(x(bin.said) - radius - 4, y(held) + below, "end", "\(bin.right) of \(bin.count)"))
            }
        }
        draw(calibration, "fill=\"#1b6ca8\"", 22)
        draw(attributeCalibration, "fill=\"none\" stroke=\"#b5541c\" stroke-width=\"2\"", 36)
        return (lines + ["</svg>"]).joined(separator: "\n") + "\n"
    }

    /// Three decimals of a number of thousandths.
    static func decimal(_ thousandths: Int) -> String {
        let number = max(0, thousandths)
        return "\(number / 1_000).\(String(1_000 + number % 1_000).dropFirst())"
    }
}

extension JSONWriter {
    fileprivate mutating func calibration(_ bins: [IdentificationReport.Bin]) {
        beginArray()
        for bin in bins {
            beginObject(inline: true)
            key("said")
            value(perMille: bin.said)
            member("right", bin.right)
            member("count", bin.count)
            endObject()
        }
        endArray()
    }

    fileprivate mutating func confusion(_ rows: [(truth: String, said: [(answer: String, count: Int)])]) {
        beginObject()
        for row in rows {
            key(text: row.truth)
            beginObject(inline: true)
            for (answer, count) in row.said {
                key(text: answer)
                value(count)
            }
            endObject()
        }
        endObject()
    }
}
