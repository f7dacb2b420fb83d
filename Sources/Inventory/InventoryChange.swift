//===----------------------------------------------------------------------===//
// Wardlight · Inventory
//
// Changes: what did an observation alter?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// One thing that an observation changed in the inventory.
public struct InventoryChange: Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
        /// Seen for the first time.
        case appeared
        /// Said something it had not said before.
        case learned(Field, value: String)
        /// Is judged anew; nil where nothing was, or is, known.
        case judged(Attribute, from: String?, to: String?, confidence: Int)
        /// Several addresses that were listed as two devices are one: the other's id stays as a former id of this one.
        case merged(with: String, because: String)
        /// They were taken for one device and are not; the other goes by its own id again.
        case split(from: String, because: String)
        /// It fronts for other devices, which are listed by themselves behind it; or, false, it does not after all.
        case fronts(Bool, because: String)
        /// Only its counts are kept from now on: the tables were full.
        case demoted
        /// Forgotten: the tables of stubs were full.
        case evicted
    }

    /// `dev-…`
    public var device: String
    public var kind: Kind

    public init(device: String, kind: Kind) {
        self.device = device
        self.kind = kind
    }
}

/// The answer to "which device is this?".
public enum DeviceMatch: Hashable, Sendable {
    case none
    case one(Device)
    /// Several devices answer to it (a name that is not unique): their ids and names, at most 16.
    case several([Device])
}
