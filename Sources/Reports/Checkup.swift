//===----------------------------------------------------------------------===//
// Wardlight · Reports
//
// Checkup: what the doctor found, one line each, with its cure.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// What was looked at, and how it stands.
public struct Checkup: Hashable, Sendable {
    public enum State: String, Hashable, Sendable, CaseIterable {
        case ok
        /// It works, and something should be done before it does not.
        case warn
        /// It does not work.
        case fail
    }

    public struct Check: Hashable, Sendable {
        public var name: String
        public var state: State
        /// What is so.
        public var words: String
        /// What to do; empty where nothing is to be done.
        public var cure: String

        public init(_ name: String, _ state: State, _ words: String, cure: String = "") {
            (self.name, self.state, self.words, self.cure) = (name, state, words, cure)
        }
    }

    public private(set) var checks: [Check] = []

    public init() {}

    public mutating func add(_ check: Check) { checks.append(check) }
    public mutating func ok(_ name: String, _ words: String) { add(Check(name, .ok, words)) }
    public mutating func warn(_ name: String, _ words: String, cure: String) {
        add(Check(name, .warn, words, cure: cure))
    }
    public mutating func fail(_ name: String, _ words: String, cure: String) {
        add(Check(name, .fail, words, cure: cure))
    }

    /// Whether nothing failed.
    public var isWell: Bool { !checks.contains { $0.state == .fail } }

    /// One line a check, and one that counts them.
    public var lines: [String] {
        let width = checks.map(\.name.count).max() ?? 0
        let told = checks.map { check in
            let name = check.name + String(repeating: " ", count: width - check.name.count)
            let state = check.state.rawValue + String(repeating: " ", count: 4 - check.state.rawValue.count)
            return SafeText.neutralised(
                "\(state)  \(name)  \(check.words)\(check.cure.isEmpty ? "" : " → \(check.cure)")")
        }
        let counts = State.allCases.map { state in "\(checks.count { $0.state == state }) \(state.rawValue)" }
        return told + [counts.joined(separator: ", ")]
    }

    /// `{"format": "wardlight.checkup-1", "isWell": …, "checks": [{"name", "state", "words", "cure"}]}`
    public var json: [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("format")
        writer.value("wardlight.checkup-1")
        writer.key("isWell")
        writer.value(isWell)
        writer.key("checks")
        writer.beginArray()
        for check in checks {
            writer.beginObject(inline: true)
            writer.key("name")
            writer.value(check.name)
            writer.key("state")
            writer.value(check.state.rawValue)
            writer.key("words")
            writer.value(check.words)
            if !check.cure.isEmpty {
                writer.key("cure")
                writer.value(check.cure)
            }
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
        return writer.bytes + [0x0A]
    }
}
