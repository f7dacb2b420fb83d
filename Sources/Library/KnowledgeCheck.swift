//===----------------------------------------------------------------------===//
// Wardlight · Library
//
// The check: is each knowledge file whole, and does each of its examples hold?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Defense
import Foundation
import Inventory

/// What became of one knowledge file.
public struct CheckedFile: Sendable {
    public var path: String
    public var kind: KnowledgeKind
    /// Patterns, rules, signatures or profiles in it.
    public var count = 0
    public var examplesPassed = 0
    /// Line and reason of each example that does not hold.
    public var failures: [(line: Int, reason: String)] = []
    /// Patterns that are not used, and why.
    public var refusals: [String] = []
    /// Why the whole file is refused.
    public var problem: String?
    /// Our fields that its patterns are asked for; empty where there is none.
    public var feeds: [String] = []
    public var seconds = 0.0

    public var isWhole: Bool { problem == nil && failures.isEmpty && refusals.isEmpty }
}

/// Reads knowledge files and runs all their examples.
public enum KnowledgeCheck {
    /// - Parameter own: Our Knowledge folder, whose words the rules of others may use.
    public static func files(_ paths: [String], own: URL?) throws(LibraryFailure) -> [CheckedFile] {
        var files: [String] = []
        for path in paths {
            let found = try KnowledgeLoader.files(path)
            if found.isEmpty { throw .nothingUsable(path, reason: nil) }
            files += found
        }
        let ours = own.map { ownTexts($0) } ?? []
        return files.map { path in
            var checked = CheckedFile(path: path, kind: KnowledgeKind(ofName: path) ?? .other)
            let clock = ContinuousClock()
            let time = clock.measure { check(&checked, ours) }
            checked.seconds = Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
            return checked
        }
    }

    private static func ownTexts(_ folder: URL) -> [(name: String, text: String)] {
        ((try? KnowledgeLoader.files(folder.path)) ?? []).compactMap { path in
            guard KnowledgeKind(ofName: path) == .rules, let text = try? KnowledgeLoader.text(path) else { return nil }
            return (path, text)
        }
    }

    private static func check(_ checked: inout CheckedFile, _ ours: [(name: String, text: String)]) {
        do throws(KnowledgeError) {
            switch checked.kind {
            case .recog: try checkRecog(&checked)
            case .rules: try checkRules(&checked, ours)
            case .p0f:
                let file = try StackFile(reading: try KnowledgeLoader.text(checked.path), file: checked.path)
                checked.count = file.count
                checked.feeds = ["tcp.syn", "tcp.synAck"]
            case .profile:
                let text = try KnowledgeLoader.text(checked.path)
                checked.count = try Profile(parsing: text, file: checked.path).counts.count
            case .list: try checkList(&checked)
            case .other:
                _ = try KnowledgeLoader.text(checked.path)
                checked.count = 1
            }
        } catch {
            checked.problem = "\(error)"
        }
    }

    private static func checkRules(
        _ checked: inout CheckedFile, _ ours: [(name: String, text: String)]
    ) throws(KnowledgeError) {
        let text = try KnowledgeLoader.text(checked.path)
        var texts = KnowledgeTexts()
        texts.moreRules = ours.filter { canonical($0.name) != canonical(checked.path) } + [(checked.path, text)]
        let base = try KnowledgeBase(texts, prefixes: .empty)
        if let refusal = base.refusals.first(where: { $0.file == checked.path }) { throw refusal }
        let results = base.exampleResults(ofFile: checked.path)
        checked.count = results.rules
        checked.failures = results.failures
        checked.examplesPassed = results.examples - results.failures.count
    }

    /// Our own lists, by their names; each line that is refused is named.
    private static func checkList(_ checked: inout CheckedFile) throws(KnowledgeError) {
        let text = try KnowledgeLoader.text(checked.path)
        switch KnowledgeLoader.name(of: checked.path) {
        case LifecycleLibrary.fileName:
            var troubles: [Lifecycles.Trouble] = []
            checked.count = Lifecycles(text, troubles: &troubles).count
            checked.refusals = troubles.map { "\($0)." }
        case "vendors.list":
            let list = VendorList(text)
            checked.count = lines(of: text)
            checked.refusals = list.troubles.map { "\($0)." }
        case "peripherals.list":
            var troubles: [PeripheralKnowledge.Trouble] = []
            _ = PeripheralKnowledge(text, troubles: &troubles)
            checked.count = lines(of: text)
            checked.refusals = troubles.map { "\($0)." }
        default:
            throw KnowledgeError(
                file: checked.path, line: 1,
                problem: "lists are called lifecycles.list, vendors.list or peripherals.list")
        }
    }

    /// Lines that say something.
    private static func lines(of text: String) -> Int {
        text.split(separator: "\n").count { line in
            let words = line.drop { $0 == " " || $0 == "\t" }
            return !words.isEmpty && !words.hasPrefix("#") && !words.hasPrefix("source")
        }
    }

    private static func canonical(_ path: String) -> String { URL(fileURLWithPath: path).standardizedFileURL.path }

    private static func checkRecog(_ checked: inout CheckedFile) throws(KnowledgeError) {
        let bytes = try KnowledgeLoader.bytes(checked.path)
        let name = KnowledgeLoader.name(of: checked.path)
        guard let file = try RecogFile(bytes, file: name, path: checked.path) else {
            checked.kind = .other
            return
        }
        checked.count = file.set.fingerprints.count
        checked.feeds = file.set.fields
        let shelf = PatternShelf([file.set])
        for (number, fingerprint) in file.set.fingerprints.enumerated() {
            for example in fingerprint.examples {
                switch outcome(of: example, fingerprint, number, file.set, shelf, beside: checked.path) {
                case nil: checked.examplesPassed += 1
                case let reason?: checked.failures.append((example.line, reason))
                }
            }
        }
        shelf.compileAll()
        checked.refusals = shelf.refusals() + file.refusals.map { "\($0)." }
    }

    /// Why an example of recog's does not hold; nil where it does. The rules are those of recog's own `verify_tests`.
    private static func outcome(
        of example: Fingerprint.Example, _ fingerprint: Fingerprint, _ number: Int, _ set: FingerprintSet,
        _ shelf: PatternShelf, beside path: String
    ) -> String? {
        var text = example.text
        if let file = example.file {
            guard let inside = contents(of: file, beside: path) else {
                return "its file \(file.prefix(60)) cannot be read"
            }
            text = inside
        }
        switch shelf.answer(0, number, to: text) {
        case .refused(let reason): return reason
        case .fitsNot: return "the example does not fit \(PatternShelf.shortened(fingerprint.pattern))"
        case .fits(let groups):
            var values = fingerprint.values(groups)
            if values["service.protocol"] == nil { values["service.protocol"] = set.protocol }
            for (name, value) in example.expected where values[name] != value {
                return "\(name) is \(values[name] ?? "not said"), not \(value)"
            }
            return nil
        }
    }

    /// Recog keeps long examples in a folder named like the file; nothing outside of it is read.
    private static func contents(of name: String, beside path: String) -> [UInt8]? {
        guard !name.split(separator: "/").contains(".."), !name.hasPrefix("/") else { return nil }
        let folder = (path as NSString).deletingPathExtension
        return try? KnowledgeLoader.bytes(folder + "/" + name)
    }
}
