//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Knowledge files: does every rule do what its example says?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model
import Testing

@testable import Inventory

enum Shelf {
    /// The texts of `Knowledge/*.rules` beside this checkout.
    static let texts: [(name: String, text: String)] = {
        let folder = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
            .appendingPathComponent("../../Knowledge").standardizedFileURL
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter { $0.hasSuffix(".rules") }.sorted().compactMap { name in
            guard let data = FileManager.default.contents(atPath: folder.appendingPathComponent(name).path) else {
                return nil
            }
            return (name, String(decoding: data, as: UTF8.self))
        }
    }()

    static let knowledge: KnowledgeBase? = try? KnowledgeBase(rules: texts, prefixes: .empty)
}

@Suite struct `Knowledge files` {
    @Test func `every file is read without a complaint`() throws {
        #expect(!Shelf.texts.isEmpty)
        do {
            _ = try KnowledgeBase(rules: Shelf.texts, prefixes: .empty)
        } catch {
            Issue.record("\(error)")
        }
    }

    @Test func `every rule cites its source and has an example`() throws {
        for rule in try #require(Shelf.knowledge).rules where !rule.file.isEmpty {
            #expect(rule.source.count >= 8, "\(rule.id)")
            #expect(!rule.examples.isEmpty, "\(rule.file):\(rule.line) \(rule.id) has no example")
        }
    }

    @Test func `every example fulfils its rule and yields what it says`() throws {
        let knowledge = try #require(Shelf.knowledge)
        var examples = 0
        for file in Set(knowledge.rules.map(\.file)) where !file.isEmpty {
            let results = knowledge.exampleResults(ofFile: file)
            examples += results.examples
            for failure in results.failures { Issue.record("\(file):\(failure.line) \(failure.reason)") }
        }
        #expect(examples > 1_000)
    }

    @Test func `a word of others leads to a type that has a class`() throws {
        let words = ["IP Camera", "Switch", "Lights Out Management", "Multifunction Device", "Thin Client"]
        var parser = RuleParser()
        for (name, text) in Shelf.texts { try parser.read(text, file: name) }
        for word in words {
            guard let type = parser.spoken.word(.type, for: word) else { continue }
            #expect(parser.classes.knows(.type, type), "\(word)")
        }
        for line in Shelf.texts.map(\.text).joined().split(separator: "\n") where line.hasPrefix("spoken type ") {
            let type = String(line.split(separator: "\"")[1])
            #expect(parser.classes.knows(.type, type), "\(line)")
        }
    }

    @Test func `every type that a rule names has a class`() throws {
        let knowledge = try #require(Shelf.knowledge)
        for rule in knowledge.rules {
            for statement in rule.says where statement.attribute == .type && statement.weight > 0 {
                guard let type = statement.value.filled(with: [], value: "") else { continue }
                let judgement = Judgement(value: type, confidence: 999, evidence: [])
                #expect(knowledge.deviceClass(of: [.type: judgement]) != .unknown, "\(rule.id): \(type)")
            }
        }
    }
}
