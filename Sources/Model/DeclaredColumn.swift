//===----------------------------------------------------------------------===//
// Wardlight · Model
//
// Columns of a declared list: what can be read of an asset, by our names for it.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// A column of a list of assets that Wardlight reads; the names are those of `declared: columns:` in the settings.
public enum DeclaredColumn: String, Hashable, Sendable, CaseIterable {
    case tag, serial, mac, vendor, model, type, firmware, owner, building, floor, ward, location, room, network,
        lastService, networkCapable, status, site

    /// Whether a row can be found by it.
    public var isIdentifying: Bool { self == .tag || self == .serial || self == .mac }
}
