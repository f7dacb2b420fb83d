//===----------------------------------------------------------------------===//
// Wardlight · Model
//
// Risk: how likely is harm, and how bad would it be? Every term is shown.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// Likelihood times clinical impact, each from 1 to 5, with every term that made it (docs/risk.md).
public struct Risk: Hashable, Sendable {
    public struct Term: Hashable, Sendable {
        /// `known exploited`, `life-sustaining`
        public var name: String
        public var points: Int
        /// What it rests on.
        public var because: String

        public init(_ name: String, _ points: Int, because: String) {
            self.name = name
            self.points = points
            self.because = because
        }
    }

    public static let bounds = 1...5
    /// Summed and held within 1 to 5.
    public var likelihoodTerms: [Term]
    public var impactTerms: [Term]

    public init(likelihood: [Term], impact: [Term]) {
        likelihoodTerms = likelihood
        impactTerms = impact
    }

    public var likelihood: Int { Self.held(likelihoodTerms) }
    public var impact: Int { Self.held(impactTerms) }
    /// 1 to 25.
    public var product: Int { likelihood * impact }

    /// The same figures without their terms: of a hundred thousand devices the words are larger than all else that is
    /// judged of them.
    public var brief: Risk {
        Risk(likelihood: Self.plain[likelihood - 1], impact: Self.plain[impact - 1])
    }

    /// One term for each figure.
    private static let plain = bounds.map { [Term("in brief", $0, because: "")] }

    private static func held(_ terms: [Term]) -> Int {
        min(max(terms.reduce(0) { $0 + $1.points }, bounds.lowerBound), bounds.upperBound)
    }
}
