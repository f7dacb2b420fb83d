//===----------------------------------------------------------------------===//
// Wardlight · Model
//
// Weaknesses: what an advisory means for one device, and which two texts were compared.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// What one row of an advisory means for one device.
public struct Weakness: Hashable, Sendable {
    public enum Verdict: String, Hashable, Sendable, CaseIterable {
        case affected, notAffected, needsReview
    }

    /// Two texts that were held against each other.
    public struct Comparison: Hashable, Sendable {
        /// `vendor`, `product`, `version`, `component`.
        public var what: String
        /// As seen at the device; nil where nothing is known.
        public var seen: String?
        /// As the advisory writes it.
        public var advisory: String
        public var holds: Bool?

        /// - Parameter holds: nil where it cannot be said.
        public init(what: String, seen: String?, advisory: String, holds: Bool?) {
            self.what = what
            self.seen = seen
            self.advisory = advisory
            self.holds = holds
        }
    }

    /// SSVC, deployer (CERT/CC): in which order to work.
    public enum Priority: Int, Hashable, Sendable, CaseIterable, Comparable {
        case `defer`, scheduled, outOfCycle, immediate

        public static func < (one: Self, other: Self) -> Bool { one.rawValue < other.rawValue }
        public var name: String {
            switch self {
            case .defer: "defer"
            case .scheduled: "scheduled"
            case .outOfCycle: "out-of-cycle"
            case .immediate: "immediate"
            }
        }
    }

    /// One point of the decision tree: `exploitation` is `active`, because of what.
    public struct DecisionPoint: Hashable, Sendable {
        public var name: String
        public var value: String
        public var because: String

        public init(_ name: String, _ value: String, because: String) {
            self.name = name
            self.value = value
            self.because = because
        }
    }

    public var advisory: String
    public var title: String
    /// `AffectedProduct.id`.
    public var row: String
    public var verdict: Verdict
    /// One sentence.
    public var reason: String
    public var comparisons: [Comparison]
    /// CVEs of the row, in the order of the advisory.
    public var cves: [String] = []
    /// The highest CVSS base score of them, in tenths, with its vector.
    public var score: Int?
    public var vector: String?
    /// Those that are known to be exploited.
    public var exploited: [String] = []
    /// The highest forecast of them, in parts of 100,000.
    public var forecast: Int?
    public var priority: Priority?
    /// What decided the priority, in the order of the tree.
    public var decision: [DecisionPoint] = []
    /// When the advisory was published first.
    public var released: Timestamp?
    /// Since when it is open here: the later of the advisory's release and the device's first sight.
    public var since: Timestamp?
    /// In the advisory's own words: what mends it, and what to do meanwhile.
    public var fixes: [Remediation] = []
    public var mitigations: [Remediation] = []
    public var verification: Advisory.Verification

    public init(
        advisory: String, title: String, row: String, verdict: Verdict, reason: String, comparisons: [Comparison],
        verification: Advisory.Verification
    ) {
        self.advisory = advisory
        self.title = title
        self.row = row
        self.verdict = verdict
        self.reason = reason
        self.comparisons = comparisons
        self.verification = verification
    }
}
