//===----------------------------------------------------------------------===//
// Wardlight · Ledger
//
// Which findings the ledger makes.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// A finding of the ledger, by the name of its section in `docs/findings.md`.
public enum LedgerRule: String, Hashable, Sendable, CaseIterable {
    /// Was accepted until a day that is over, and is still here.
    case overdueLoan = "inventory.overdueLoan"
    /// The list of assets says that it is retired.
    case retiredButSeen = "inventory.retiredButSeen"
    /// The control that keeps it safe was to be looked at again, and the day is over.
    case overdueReview = "inventory.overdueReview"
}
