//===----------------------------------------------------------------------===//
// Wardlight · Model
//
// Ties: why are several addresses one device, or kept apart?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// One reason for which two addresses are taken for one device, or are not.
public struct Tie: Hashable, Sendable {
    public enum Act: String, Hashable, Sendable, CaseIterable {
        /// Both addresses belong to one device.
        case joined
        /// They belong to two, whatever else they have in common.
        case apart
    }

    public var act: Act
    /// The two, as text: hardware addresses, else network addresses, else identifiers behind a gateway.
    public var one: String
    public var other: String
    /// What both said; nil where a binding or a person ties them.
    public var field: Field?
    public var value: String?
    /// Milli-log-odds of all that ties them; 0 where a person decided.
    public var weight: Int
    /// In words: the rule, or what the person wrote.
    public var reason: String
    public var moment: Timestamp
    /// Who decided; nil where a rule did.
    public var by: String?

    public init(
        act: Act, one: String, other: String, field: Field? = nil, value: String? = nil, weight: Int, reason: String,
        moment: Timestamp, by: String? = nil
    ) {
        self.act = act
        self.one = one
        self.other = other
        self.field = field
        self.value = value
        self.weight = weight
        self.reason = reason
        self.moment = moment
        self.by = by
    }
}
