//===----------------------------------------------------------------------===//
// Wardlight · Settings
//
// Problems: what is wrong in the settings file, where, and what to do about it.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// One thing that is wrong, with its cure. Never holds a secret.
public struct SettingsProblem: Hashable, Sendable {
    /// From 1; nil where it is about the file as a whole.
    public var line: Int?
    /// What is wrong, and what to do.
    public var words: String

    public init(line: Int?, _ words: String) {
        self.line = line
        self.words = words
    }
}

/// Why the settings cannot be used.
public struct SettingsFailure: Error, Hashable, Sendable, CustomStringConvertible {
    public var path: String
    /// In the order of the file, at least one, at most `mostProblems`.
    public var problems: [SettingsProblem]

    /// More at once help nobody.
    public static let mostProblems = 20

    /// One line a problem: `wardlight.yaml:7: …`.
    public var lines: [String] {
        problems.map { problem in "\(path):\(problem.line.map { "\($0): " } ?? " ")\(problem.words)" }
    }
    public var description: String { lines.joined(separator: "\n") }
}
