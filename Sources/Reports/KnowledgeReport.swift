//===----------------------------------------------------------------------===//
// Wardlight · Reports
//
// The knowledge report: what a check of knowledge files found.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// What became of each knowledge file that was checked.
public struct KnowledgeReport: Sendable {
    public struct File: Sendable {
        public var path: String
        /// `rules`, `recog`, `p0f`, `profile`, `other`.
        public var kind: String
        public var count: Int
        public var passed: Int
        public var failures: [(line: Int, reason: String)]
        public var refusals: [String]
        public var problem: String?
        public var feeds: [String]
        public var milliseconds: Int

        public init(
            path: String, kind: String, count: Int, passed: Int, failures: [(line: Int, reason: String)],
            refusals: [String], problem: String?, feeds: [String], milliseconds: Int
        ) {
            self.path = path
            self.kind = kind
            self.count = count
            self.passed = passed
            self.failures = failures
            self.refusals = refusals
            self.problem = problem
            self.feeds = feeds
            self.milliseconds = milliseconds
        }
    }

    public var files: [File]
    /// Lines of failures that the text shows of one file; the JSON has them all.
    private static let mostShown = 20

    public init(files: [File]) { self.files = files }

    public var isWhole: Bool {
        files.allSatisfy { $0.problem == nil && $0.failures.isEmpty && $0.refusals.isEmpty }
    }

    /// For people.
    public var text: String {
        var lines: [String] = []
        for file in files {
            let path = SafeText.neutralised(file.path)
            if let problem = file.problem {
                lines.append("\(path): refused: \(SafeText.neutralised(problem))")
                continue
            }
            if file.kind == "other" {
                lines.append("\(path): XML of another kind, not read")
                continue
            }
            let unit =
                ["rules": "rules", "recog": "patterns", "p0f": "signatures", "list": "entries"][file.kind] ?? "profiles"
            var parts = ["\(path): \(file.kind), \(file.count) \(unit)"]
            if file.passed + file.failures.count > 0 {
                parts.append("\(file.passed) of \(file.passed + file.failures.count) examples pass")
            }
            if file.kind == "recog" {
                parts.append(file.feeds.isEmpty ? "no field of ours" : file.feeds.joined(separator: ", "))
            }
            parts.append("\(file.milliseconds) ms")
            lines.append(parts.joined(separator: " · "))
            for failure in file.failures.prefix(Self.mostShown) {
                lines.append("  \(path):\(failure.line): \(SafeText.neutralised(failure.reason))")
            }
            if file.failures.count > Self.mostShown {
                lines.append("  and \(file.failures.count - Self.mostShown) more (--format json shows all)")
            }
            for refusal in file.refusals.prefix(Self.mostShown) {
                lines.append("  refused: \(SafeText.neutralised(refusal))")
            }
        }
        let patterns = files.reduce(0) { $0 + $1.count }
        let passed = files.reduce(0) { $0 + $1.passed }
        let failed = files.reduce(0) { $0 + $1.failures.count }
        let refused = files.reduce(0) { $0 + $1.refusals.count }
        let broken = files.count { $0.problem != nil }
        lines.append(
            "\(files.count) files, \(patterns) patterns and rules; \(passed) examples pass, \(failed) fail; "
                + "\(refused) patterns and \(broken) files refused")
        return lines.joined(separator: "\n") + "\n"
    }

    /// For machines; the keys are described in docs/knowledge.md.
    public var json: [UInt8] {
        var json = JSONWriter()
        json.beginObject()
        json.key("files")
        json.beginArray()
        for file in files {
            json.beginObject()
            json.member("path", file.path)
            json.member("kind", file.kind)
            json.member("count", file.count)
            json.member("fields", file.feeds)
            json.member("examplesPassed", file.passed)
            json.key("examplesFailed")
            json.beginArray()
            for failure in file.failures {
                json.beginObject(inline: true)
                json.member("line", failure.line)
                json.member("reason", failure.reason)
                json.endObject()
            }
            json.endArray()
            json.key("refused")
            json.beginArray()
            for refusal in file.refusals { json.value(refusal) }
            json.endArray()
            json.member("problem", file.problem)
            json.member("milliseconds", file.milliseconds)
            json.endObject()
        }
        json.endArray()
        json.member("whole", isWhole)
        json.endObject()
        json.newLine()
        return json.bytes
    }
}
