//===----------------------------------------------------------------------===//
// Wardlight · Twin
//
// Lists: what people imported or declared, against which the answers hold what was seen.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Defense
import Model

/// Like all knowledge, named in the log by its digest: with other lists the same observations give other answers.
public struct Lists: Sendable {
    /// What the settings say of the site.
    public var plan = SitePlan()
    /// How new the newest advisory is.
    public var advisoriesAsOf: Timestamp?
    public var advisories = 0
    public var vendors = VendorNames()
    /// Until when makers mend their systems.
    public var lifecycles = Lifecycles()
    /// The rows of all advisories, ready to be held against devices; nil where none was imported. See `use`.
    var matcher: WeaknessMatcher?
    public var declared: DeclaredList?

    public init() {}
}
