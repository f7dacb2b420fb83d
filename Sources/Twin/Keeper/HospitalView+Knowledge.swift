//===----------------------------------------------------------------------===//
// Wardlight · Twin
//
// What judges today and is another than then: an answer about the past says so.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Knowledge, a list or the settings, of which the log named another digest then than the one that judges now.
public struct OtherKnowledge: Hashable, Sendable {
    /// As the log names it: `knowledge`, `advisories`, `settings`.
    public var name: String
    /// Its digest then; nil where the log names none.
    public var then: String?
    /// Its digest now; nil where there is none any more.
    public var used: String?

    public init(name: String, then: String?, used: String?) { (self.name, self.then, self.used) = (name, then, used) }
}

extension Hospital {
    /// Every past is judged with what is there today (rules, advisories, lists, settings). What of that is another than it
    /// was in this hospital, by name.
    ///
    /// - Parameter used: what the log named last.
    public func otherKnowledge(than used: [String: String]) -> [OtherKnowledge] {
        Set(knowledge.keys).union(used.keys).sorted().compactMap { name in
            let (before, now) = (knowledge[name], used[name])
            return before == now ? nil : OtherKnowledge(name: name, then: before, used: now)
        }
    }
}
