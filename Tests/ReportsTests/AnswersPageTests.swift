//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// The page that people forward, and the answers in words: complete, safe, and readable without colour.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Crypto
import Foundation
import Model
import Testing

@testable import Reports

@Suite("The answers on paper")
struct AnswersPageTests {
    private static let moment = Timestamp(seconds: 1_772_438_700)
    private static let hostile = "<script>alert(1)</script>\" onload='x' \u{202E}"

    private var snapshot: InventorySnapshot {
        var answers: [Answer] = Answers.Question.allCases.map { question in
            var answer = Answer(question, state: .partial, sentence: "Said of \(Self.hostile)")
            answer.number = 1_234
            answer.figures = [.init("agreeing", 1, of: 3), .init("atPort", 2)]
            var item = Answer.Item(subject: "dev-000000000001", title: Self.hostile, kind: "rogue")
            item.evidence = [Self.hostile]
            item.place = Self.hostile
            item.seen = Self.moment
            answer.items = Array(repeating: item, count: 50)
            answer.missing = [Self.hostile]
            (answer.from, answer.to) = (Timestamp(seconds: 1_772_438_700 - 7_200), Self.moment)
            return answer
        }
        answers[6].state = .cannotSay
        var snapshot = InventorySnapshot(devices: [], coverage: [], oddities: [:], evicted: 0, advice: [Self.hostile])
        snapshot.answers = Answers(asOf: Self.moment, answers: answers)
        var coverage = Coverage(input: Self.hostile)
        coverage.span = Observation.Span(first: Self.moment, last: Self.moment)
        snapshot.coverage = [coverage]
        return snapshot
    }

    private func page() -> String {
        String(decoding: AnswersPage.bytes(of: snapshot, title: Self.hostile), as: UTF8.self)
    }

    @Test func `no text of a device becomes markup`() {
        let page = page()
        #expect(!page.contains("<script"))
        #expect(!page.contains("onload='x'") && !page.contains("\u{202E}"))
        #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
    }

    @Test func `it is complete in itself: well-formed, without scripts, links or anything to load`() throws {
        let page = page()
        for forbidden in ["<link", "<img", "src=", "href=", "url(", "@import", "javascript:"] {
            #expect(!page.contains(forbidden), "\(forbidden)")
        }
        let digest = Data(SHA256.hash(data: Data(AnswersPage.style.description.utf8))).base64EncodedString()
        #expect(page.contains("default-src 'none'; style-src 'sha256-\(digest)'"))
        #expect(page.contains("<style>\(AnswersPage.style)</style>") && !page.contains("style=\""))
        // Every element that is opened is closed in its order; void elements of the head aside.
        var open: [String] = []
        for piece in page.split(separator: "<").dropFirst() {
            let name = piece.prefix { $0.isLetter || $0.isNumber || $0 == "/" || $0 == "!" }
            let isEmpty = piece.prefix { $0 != ">" }.hasSuffix("/") || ["meta", "!doctype", "!"].contains(String(name))
            if isEmpty { continue }
            if name.hasPrefix("/") {
                let parent = open.popLast()
                let last = try #require(parent)
                #expect(last == name.dropFirst(), "\(last) is closed by \(name)")
            } else {
                open.append(String(name))
            }
        }
        #expect(open.isEmpty)
    }

    @Test func `it holds the seven answers, their states in words, the age of facts and what was left out`() {
        let page = page()
        for question in Answers.Question.allCases { #expect(page.contains(HTML.escaped(question.words))) }
        #expect(page.contains("◐ partly answered") && page.contains("○ cannot say"))
        #expect(page.contains("oldest 2 h before"))
        #expect(page.contains("and 10 more"))
        #expect(page.components(separatedBy: "<svg").count > 5)
    }

    @Test func `the table says the same in words, and shows no control characters`() throws {
        let answers = try #require(snapshot.answers)
        let text = AnswersTable(width: 100, most: 2).text(of: answers)
        #expect(text.contains("7. Where are the most vulnerable switches? (cannot say)"))
        #expect(text.contains("and 48 more: --format json"))
        #expect(!text.contains("\u{202E}"))
        #expect(text.split(separator: "\n").allSatisfy { SafeText.columns(String($0)) <= 100 })
    }

    @Test func `the JSON has one object for each question, by its name`() throws {
        var bytes: [UInt8] = []
        let answers = try #require(snapshot.answers)
        AnswersJSON.write(answers) { bytes += $0 }
        let document = try #require(JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
        #expect(document["schema"] as? String == "wardlight.answers/1")
        let all = try #require(document["answers"] as? [String: [String: Any]])
        #expect(Set(all.keys) == Set(Answers.Question.allCases.map(\.rawValue)))
        #expect(all["rogue"]?["number"] as? Int == 1_234)
        #expect((all["rogue"]?["items"] as? [Any])?.count == 50)
    }
}
