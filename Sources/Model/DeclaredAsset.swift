//===----------------------------------------------------------------------===//
// Wardlight · Model
//
// Declared: what the hospital's own list of assets says that it has.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// One row of a list of assets (an export of a CMMS or CMDB).
public struct DeclaredAsset: Hashable, Sendable {
    public enum Status: String, Hashable, Sendable, CaseIterable {
        case inService, stored, inRepair, onLoan, retired, missing
    }

    /// Name of the file, and line of it, from 1 with the heading.
    public var source: String
    public var line: Int
    public var site: String
    public var tag: String?
    /// As written.
    public var serial: String?
    /// All that stand in the cell.
    public var hardware: [HardwareAddress] = []
    public var vendor: String?
    public var model: String?
    public var type: String?
    public var firmware: String?
    public var owner: String?
    /// As written: building, ward, room, whatever the column holds.
    public var room: String?
    /// VLAN or network that it should be in, where declared.
    public var network: String?
    /// Day of the last service, at midnight UTC.
    public var lastService: Timestamp?
    /// Nil where the list does not say.
    public var isNetworkCapable: Bool?
    public var status: Status = .inService
    /// Whether the list says the status, or it is only taken for granted.
    public var isStatusSaid = false

    public init(source: String, line: Int, site: String) {
        self.source = source
        self.line = line
        self.site = site
    }
}

/// A whole list, and how well it could be read.
public struct DeclaredList: Hashable, Sendable {
    public var assets: [DeclaredAsset] = []
    /// What could not be read: line, column and why; at most 1,000, the rest is counted.
    public var troubles: [Trouble] = []
    public var troublesLeftOut = 0
    /// Addresses that name nobody (zero, broadcast, `n/a`); they count for nothing.
    public var placeholders = 0
    /// SHA-256 of the files and of how their columns were read.
    public var digest = ""
    /// When it was exported or last changed: how fresh it is.
    public var asOf: Timestamp?

    public struct Trouble: Hashable, Sendable {
        public var source: String
        public var line: Int
        public var column: String?
        public var words: String

        public init(source: String, line: Int, column: String?, words: String) {
            self.source = source
            self.line = line
            self.column = column
            self.words = words
        }
    }

    public init() {}
}

/// What became of a declared row.
public enum DeclaredOutcome: String, Hashable, Sendable, CaseIterable {
    /// It was seen.
    case matched
    /// Something was seen that is probably it; a person decides.
    case probable
    /// In service and able to be on the network, but not seen.
    case ghost
    /// Retired, and yet it was seen.
    case retiredButSeen
    /// Not seen, and none was expected: stored, in repair, on loan, missing, retired, or not able to be on the network.
    case notExpected
    /// Not seen, and nobody says whether it can be on the network.
    case cannotSay
}

/// How what was declared and what was seen fit together.
public struct Reconciliation: Hashable, Sendable {
    public struct Match: Hashable, Sendable {
        /// Place in the list of assets.
        public var asset: Int
        public var outcome: DeclaredOutcome
        /// Id of the device; nil where none was seen.
        public var device: String?
        /// By what it was found: `mac`, `serial`, `tag`, `vendor and model at the place`.
        public var by: String?
        /// What was compared, when matched or probable: both texts.
        public var compared: [Weakness.Comparison] = []
        /// Attributes in which both differ.
        public var conflicts: [Weakness.Comparison] = []
        /// Other rows of the list that name the same device or the same tag, serial or address.
        public var duplicates: [Int] = []
        /// Since when it was not seen, where it had been seen before; nil where never.
        public var missingSince: Timestamp?

        public init(asset: Int, outcome: DeclaredOutcome) {
            self.asset = asset
            self.outcome = outcome
        }
    }

    /// One for each asset, in the order of the list.
    public var matches: [Match] = []
    /// Ids of devices that were seen and stand in no row, in the order of the devices.
    public var undeclared: [String] = []

    public init() {}
}
