//===----------------------------------------------------------------------===//
// Wardlight · Reports
//
// The page that people forward: the seven answers with their charts, coverage, and the age of every fact.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// `wardlight report`: one HTML file, complete in itself, without scripts; it prints on A4 and Letter.
public enum AnswersPage {
    /// Lines of a list that stand on the page; the rest is counted, and stands in the JSON.
    static let mostLines = 40

    /// - Parameter title: Whose network it is: the site, or several.
    public static func bytes(of snapshot: InventorySnapshot, title: String) -> [UInt8] {
        var page = HTML()
        page.markup("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        page.markup("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        // Nothing is loaded and nothing runs, whatever a device managed to write into its name.
        page.markup(policy)
        page.markup("<title>")
        page.text("Wardlight · \(title)")
        page.markup("</title>\n<style>")
        page.markup(style)
        page.markup("</style>\n</head>\n<body>\n")
        guard let answers = snapshot.answers else {
            page.element(.p, "No answers were asked for.")
            page.markup("</body>\n</html>\n")
            return page.bytes
        }
        page.head(title, answers)
        for (number, answer) in answers.answers.enumerated() {
            page.answer(answer, number: number + 1, asOf: answers.asOf, snapshot)
        }
        page.coverage(snapshot, asOf: answers.asOf)
        page.open(.footer)
        page.element(
            .p, "Made by Wardlight from what was observed until \(moment(answers.asOf)). Definitions: docs/answers.md.",
            style: .quiet)
        page.close(.footer)
        page.markup("</body>\n</html>\n")
        return page.bytes
    }

    /// Only our own style sheet is believed (CSP level 3); a test holds the digest against it.
    private static let policy: StaticString = """
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-dA3oM/Yi76L5zn03VTwlVzRhgt0IOcq8Kk9ZPs5zSIo='">

        """

    static let style: StaticString = """
        :root { --ink: #1c2330; --quiet: #5b6472; --line: #d5dae2; --fill: #2f5d8a; --rest: #e7ebf1; --middle: #e9c46a;
          --grave: #c8553d; --paper: #fff; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e8ecf2; --quiet: #a4adbb; --line: #3a4352; --fill: #7fb2e5;
          --rest: #2b3340; --middle: #8a6d1f; --grave: #a33b26; --paper: #161b24; } }
        * { box-sizing: border-box; } html { font-size: 15px; }
        body { margin: 0 auto; padding: 24px; max-width: 1000px; background: var(--paper); color: var(--ink);
          font: 1rem/1.5 system-ui, "Segoe UI", "Liberation Sans", sans-serif; }
        h1 { font-size: 1.6rem; margin: 0 0 4px; } h2 { font-size: 1.2rem; margin: 0 0 4px; }
        .quiet, small { color: var(--quiet); }
        .grid { display: grid; grid-template-columns: repeat(auto-fit, minmax(210px, 1fr)); gap: 12px; margin: 16px 0; }
        .grid > div { border: 1px solid var(--line); border-radius: 6px; padding: 10px 12px; }
        .number, .name { font-size: 1.8rem; font-weight: 600; line-height: 1.2; margin: 4px 0; }
        .name { font-size: 1.3rem; line-height: 1.65; overflow-wrap: anywhere; }
        .answer { border-top: 2px solid var(--line); padding: 16px 0; break-inside: auto; }
        .state { font-weight: 600; } .missing { border-left: 4px solid var(--grave); padding: 0 0 0 10px;
          list-style: none; }
        table { border-collapse: collapse; width: 100%; margin: 10px 0; font-size: .9rem; }
        caption { text-align: left; font-weight: 600; padding: 4px 0; }
        th, td { text-align: left; vertical-align: top; padding: 4px 8px 4px 0; border-bottom: 1px solid var(--line);
          overflow-wrap: break-word; }
        table.figures { width: auto; min-width: 320px; font-variant-numeric: tabular-nums; }
        table.figures th + th, table.figures td + td { text-align: right; padding: 4px 0 4px 24px; }
        table.list { table-layout: fixed; } table.list th:nth-child(1) { width: 11%; }
        table.list th:nth-child(2) { width: 23%; } table.list th:nth-child(3) { width: 21%; }
        table.list th:nth-child(4) { width: 7%; }
        tr { break-inside: avoid; } thead { display: table-header-group; }
        figure { margin: 14px 0; } figcaption { font-weight: 600; font-size: .9rem; } svg { max-width: 100%; height: auto; display: block; }
        svg text { fill: var(--ink); font-size: 13px; } svg rect { fill: var(--fill); stroke: var(--line); }
        svg rect.rest { fill: var(--rest); } svg rect.middle { fill: var(--middle); } svg rect.grave { fill: var(--grave); }
        svg text.count { font-weight: 600; paint-order: stroke; stroke: var(--paper); stroke-width: 3px; }
        @media print { body { padding: 0; max-width: none; } html { font-size: 10px; } h2 { break-after: avoid; }
          svg rect { -webkit-print-color-adjust: exact; print-color-adjust: exact; } }
        @page { margin: 16mm; }

        """
}

extension HTML {
    fileprivate mutating func head(_ title: String, _ answers: Answers) {
        open(.header)
        element(.h1, title)
        element(.p, "The seven questions, as of \(AnswersPage.moment(answers.asOf))", style: .quiet)
        open(.div, style: .grid)
        for answer in answers.answers {
            open(.div)
            element(.small, answer.question.words)
            element(.p, AnswersPage.number(answer), style: AnswersPage.isName(answer) ? .name : .number)
            element(.small, AnswersPage.state(answer.state))
            close(.div)
        }
        close(.div)
        close(.header)
    }

    fileprivate mutating func answer(_ answer: Answer, number: Int, asOf: Timestamp, _ snapshot: InventorySnapshot) {
        open(.section, style: .answer)
        element(.h2, "\(number). \(answer.question.words)")
        element(.p, "\(AnswersPage.state(answer.state)). \(answer.sentence)", style: .state)
        if let from = answer.from, let to = answer.to {
            let ages = "oldest \(AnswersPage.age(from, asOf)) before, newest \(AnswersPage.age(to, asOf)) before"
            let span = "\(AnswersPage.moment(from)) to \(AnswersPage.moment(to))"
            element(.p, "Rests on what was seen from \(span) (\(ages) the moment of the answer).", style: .quiet)
        }
        if !answer.missing.isEmpty {
            open(.ul, style: .missing)
            for line in answer.missing { element(.li, "Missing: \(line)") }
            close(.ul)
        }
        for (caption, drawing) in AnswersPage.drawings(answer, snapshot) {
            open(.figure)
            element(.figcaption, caption)
            self.drawing(drawing)
            close(.figure)
        }
        table(
            "Figures", head: ["figure", "value", "of"],
            rows: answer.figures.map { figure in
                [
                    FigureWords.words(for: figure.name), SafeText.grouped(UInt64(clamping: figure.value)),
                    figure.of.map { SafeText.grouped(UInt64(clamping: $0)) } ?? "",
                ]
            }, style: .figures)
        items(answer, asOf)
        close(.section)
    }

    private mutating func items(_ answer: Answer, _ asOf: Timestamp) {
        let shown = AnswersPage.shown(answer)
        table(
            "List", head: ["kind", "what", "where", "seen", "evidence"],
            rows: shown.map { item in
                let figures = item.figures.isEmpty ? "" : " (\(AnswersTable.figures(item.figures)))"
                return [
                    FigureWords.words(for: item.kind), item.title + figures, item.place ?? "",
                    item.seen.map { AnswersPage.age($0, asOf) } ?? "",
                    item.evidence.prefix(4).joined(separator: " · "),
                ]
            }, style: .list)
        let rest = answer.items.count + answer.itemsLeftOut - shown.count
        guard rest > 0 else { return }
        let words = shown.isEmpty ? "The list of all \(rest)" : "and \(rest) more"
        element(.p, "\(words): wardlight answers --format json", style: .quiet)
    }

    fileprivate mutating func coverage(_ snapshot: InventorySnapshot, asOf: Timestamp) {
        open(.section, style: .answer)
        element(.h2, "What was read, and how well")
        table(
            "Inputs", head: ["input", "packets", "read", "lost", "from", "to", "age", "problem"],
            rows: snapshot.coverage.prefix(AnswersPage.mostLines).map { input in
                [
                    input.input, "\(input.packets)", "\(input.decoded)", "\(input.dropped)",
                    input.span.map { AnswersPage.moment($0.first) } ?? "",
                    input.span.map { AnswersPage.moment($0.last) } ?? "",
                    input.span.map { AnswersPage.age($0.last, asOf) } ?? "", input.problem ?? "",
                ]
            })
        table(
            "Switches", head: ["switch", "model", "firmware", "answered", "age", "does not answer"],
            rows: (snapshot.network?.switches ?? []).prefix(AnswersPage.mostLines).map { state in
                [
                    state.about.name ?? state.about.agent, state.about.model ?? "", state.about.firmware ?? "",
                    AnswersPage.moment(state.polled), AnswersPage.age(state.polled, asOf),
                    state.about.missingMibs.joined(separator: ", "),
                ]
            })
        if let declared = snapshot.declared {
            let fresh =
                declared.asOf.map { "\(AnswersPage.moment($0)), \(AnswersPage.age($0, asOf)) before the answer" }
                ?? "not known"
            element(.p, "List of assets: \(declared.assets.count) rows, as of \(fresh).")
        }
        if !snapshot.advice.isEmpty {
            open(.ul, style: .missing)
            for line in snapshot.advice { element(.li, line) }
            close(.ul)
        }
        close(.section)
    }
}

extension AnswersPage {
    /// Two questions ask for names; how many there are stands among their figures.
    fileprivate static func isName(_ answer: Answer) -> Bool {
        answer.question == .topVendors || answer.question == .vulnerableSwitches
    }

    fileprivate static func number(_ answer: Answer) -> String {
        guard let number = answer.number else { return "–" }
        switch answer.question {
        case .accuracy: return SafeText.percent(perMille: number)
        case .topVendors: return answer.items.first?.title ?? "–"
        case .vulnerableSwitches: return answer.items.first?.subject ?? "–"
        default: return SafeText.grouped(UInt64(clamping: number))
        }
    }

    /// In words, with a sign: colour alone says nothing.
    fileprivate static func state(_ state: Answer.State) -> String {
        switch state {
        case .answered: "● answered"
        case .partial: "◐ partly answered"
        case .cannotSay: "○ cannot say"
        }
    }

    /// `2026-03-02 08:05:00 UTC`: to the second; nobody forwards nanoseconds.
    fileprivate static func moment(_ moment: Timestamp) -> String {
        let words = moment.description
        guard words.utf8.count >= 20, words.hasSuffix("Z") else { return words }
        return words.prefix(10) + " " + words.dropFirst(11).prefix(8) + " UTC"
    }

    /// `3 min`, `5 h`, `12 d`: how much older than the answer.
    fileprivate static func age(_ moment: Timestamp, _ asOf: Timestamp) -> String {
        let (difference, overflow) = asOf.nanoseconds.subtractingReportingOverflow(moment.nanoseconds)
        let seconds = overflow ? 0 : max(0, difference / 1_000_000_000)
        return switch seconds {
        case ..<120: "\(seconds) s"
        case ..<7_200: "\(seconds / 60) min"
        case ..<172_800: "\(seconds / 3_600) h"
        default: "\(seconds / 86_400) d"
        }
    }

    /// What is connected or counted is the inventory itself: its figures are enough on paper.
    fileprivate static func shown(_ answer: Answer) -> ArraySlice<Answer.Item> {
        answer.question == .connected || answer.question == .iotCount ? [] : answer.items.prefix(mostLines)
    }

    fileprivate static func drawings(
        _ answer: Answer, _ snapshot: InventorySnapshot
    ) -> [(caption: String, drawing: Drawing)] {
        func values(_ names: [String]) -> [(name: String, value: Int)] {
            names.compactMap { name in
                answer.figures.first { $0.name == name }.map { (FigureWords.words(for: name), $0.value) }
            }
        }
        switch answer.question {
        case .connected:
            let ways = ["atPort", "onAir", "behindGateway", "withoutPlace"]
            return [("How devices are connected", .bars("How devices are connected", values(ways)))]
        case .rogue:
            return [("Odd ones", .bars("Odd ones", values(["rogue", "unauthorised", "unknown"])))]
        case .behaviour: return []
        case .accuracy:
            return ["agreeing", "identified", "heardToday", "switchesAnswered", "vlansCaptured"].compactMap { name in
                guard let figure = answer.figures.first(where: { $0.name == name }), let of = figure.of else {
                    return nil
                }
                let words = FigureWords.words(for: name)
                return (words, .share(words, figure.value, of: of))
            }
        case .iotCount:
            return [("Counted and not counted", .bars("Devices by kind", values(answer.figures.map(\.name))))]
        case .topVendors:
            let makers = answer.items.map { ($0.title, $0.figures.first?.value ?? 0) }
            return makers.isEmpty ? [] : [("Devices by maker", .bars("Devices by maker", makers))]
        case .vulnerableSwitches:
            var devices = Array(repeating: Array(repeating: 0, count: 5), count: 5)
            for risk in snapshot.devices.compactMap(\.risk) { devices[risk.impact - 1][risk.likelihood - 1] += 1 }
            return [("All devices by likelihood and clinical impact", .matrix("Risks of devices", devices))]
        }
    }
}
