//===----------------------------------------------------------------------===//
// Wardlight · Model
//
// Acceptance: who let a device in, as what, and until when.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// Why a device may be here although no list of assets names it.
public struct Acceptance: Hashable, Sendable, Codable {
    public enum Ownership: String, Hashable, Sendable, CaseIterable, Codable {
        case owned, loaner, rental, trial
        case patientOwned = "patient-owned"
        case thirdParty = "third-party"
    }

    public var ownership: Ownership
    /// End of the last day on which it holds; nil where it has no end (only what is owned).
    public var until: Timestamp?

    public init(ownership: Ownership, until: Timestamp? = nil) {
        self.ownership = ownership
        self.until = until
    }

    /// Whether it still holds: through the last moment of its last day.
    public func holds(at moment: Timestamp) -> Bool { until.map { moment <= $0 } ?? true }
}

/// What keeps a weak device safe until it is mended: who looks after it, and when it is looked at again.
public struct CompensatingControl: Hashable, Sendable, Codable {
    /// The advisory that it is for, or nil for all of the device's weaknesses.
    public var advisory: String?
    public var measure: String
    public var owner: String
    public var review: Timestamp

    public init(advisory: String?, measure: String, owner: String, review: Timestamp) {
        self.advisory = advisory
        self.measure = measure
        self.owner = owner
        self.review = review
    }
}

/// A decision that holds for a device, with who took it, when and why.
public struct Standing<Content: Hashable & Sendable>: Hashable, Sendable {
    public var content: Content
    public var by: String
    public var reason: String
    public var at: Timestamp

    public init(_ content: Content, by: String, reason: String, at: Timestamp) {
        self.content = content
        self.by = by
        self.reason = reason
        self.at = at
    }
}
