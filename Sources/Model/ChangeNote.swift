//===----------------------------------------------------------------------===//
// Wardlight · Model
//
// Change notes: what is different now, as it is told to whoever follows.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// One thing that is different since the publication before.
public struct ChangeNote: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        case deviceAppeared = "device.appeared"
        /// An attribute is believed to be another: `what` is the attribute.
        case deviceChanged = "device.changed"
        /// Two that were listed are one; `from` is the id that is no longer listed.
        case deviceMerged = "device.merged"
        /// It was listed as one with `from` and is a device of its own again.
        case deviceSplit = "device.split"
        /// Another port (`what` is `port`) or another place (`place`).
        case deviceMoved = "device.moved"
        case deviceStale = "device.stale"
        case deviceBack = "device.back"
        /// No longer listed: forgotten, or part of another.
        case deviceGone = "device.gone"
        case findingRaised = "finding.raised"
        case findingCleared = "finding.cleared"
        /// A reading: `what` is the metric, `to` the value, `unit` its unit.
        case reading
        case edgeBegan = "edge.began"
        case edgeEnded = "edge.ended"
        case placeChanged = "place.changed"
        case placeGone = "place.gone"
    }

    public var kind: Kind
    public var site: String
    /// When it happened, by the source.
    public var moment: Timestamp
    /// `dev-…`; of a finding without a device and of places: none.
    public var device: String?
    /// Attribute, metric, rule, relation or id of a place.
    public var what: String?
    public var from: String?
    public var to: String?
    public var unit: String?
    public var severity: Finding.Severity?
    /// `fnd-…`
    public var finding: String?

    public init(
        _ kind: Kind, site: String, moment: Timestamp, device: String? = nil, what: String? = nil, from: String? = nil,
        to: String? = nil
    ) {
        self.kind = kind
        self.site = site
        self.moment = moment
        self.device = device
        self.what = what
        self.from = from
        self.to = to
    }
}
