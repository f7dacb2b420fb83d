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
        for (number, rule) in knowledge.rules.enumerated() {
            for example in rule.examples {
                let place = "\(rule.file):\(example.line) \(rule.id)"
                var captures: [Capture] = []
                var first: String?
                for condition in rule.conditions.indices {
                    let met = example.given.lazy.compactMap { given -> (String, RuleMatch)? in
                        guard given.signal == rule.conditions[condition].signal else { return nil }
                        let match = knowledge.matches(given.signal, given.value).first {
                            Int($0.rule) == number && Int($0.condition) == condition
                        }
                        return match.map { (given.value, $0) }
                    }.first
                    guard let met else {
                        Issue.record("\(place): condition \(condition + 1) is not fulfilled")
                        continue
                    }
                    if condition == 0 { first = met.0 }
                    captures += met.1.captures
                }
                guard let first else { continue }
                let entry = Entry(key: 0, count: 1, first: .epoch, last: .epoch, origin: Entry.own)
                let votes = knowledge.votes(of: number, entry, first, captures, isPast: false)
                for (attribute, value) in example.expected {
                    let said = votes.filter { $0.attribute == attribute }.map(\.value)
                    #expect(said.contains(value), "\(place): \(attribute) is \(said), not \(value)")
                }
                if example.expected.isEmpty {
                    #expect(votes.count == rule.says.count || !rule.parts.isEmpty, "\(place): a hole stays empty")
                }
            }
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
