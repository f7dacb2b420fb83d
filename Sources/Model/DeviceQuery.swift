//===----------------------------------------------------------------------===//
// Wardlight · Model
//
// Queries: which devices and findings a reader wants to see.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// Which devices, in which order. All conditions have to hold.
public struct DeviceQuery: Hashable, Sendable {
    public enum Order: String, Hashable, Sendable, CaseIterable {
        case name, id, lastSeen, risk, severity
    }

    public var site: String?
    public var deviceClass: DeviceClass?
    /// Words that stand in its names, makers, models, addresses, places; each as the beginning of a word. At most
    /// `mostText` octets; nothing in it is an operator.
    public var text: String?
    /// `Location.id`: in it, or in a place within it.
    public var location: String?
    /// Agent of the switch that it is plugged into.
    public var agent: String?
    public var hasFindings: Bool?
    public var isStale: Bool?
    public var order: Order = .name
    public var isDescending = false
    /// At most `mostRows`.
    public var limit = 100
    /// Where the last page ended; made by whoever gave that page.
    public var after: Cursor?

    /// The last row of a page, so that the next one begins behind it however the list changed meanwhile.
    public struct Cursor: Hashable, Sendable {
        /// Value of the order's column.
        public var value: String
        public var id: String

        public init(value: String, id: String) { (self.value, self.id) = (value, id) }
    }

    public static let mostText = 256
    public static let mostRows = 1_000

    public init() {}
}

/// A page of a list.
public struct DevicePage: Hashable, Sendable {
    public var devices: [DeviceSummary]
    /// Nil on the last page.
    public var next: DeviceQuery.Cursor?
    /// Rows that the conditions fit, on all pages.
    public var total: Int
    /// The publication that the list shows.
    public var number: EventNumber

    public init(devices: [DeviceSummary], next: DeviceQuery.Cursor?, total: Int, number: EventNumber) {
        self.devices = devices
        self.next = next
        self.total = total
        self.number = number
    }
}

public struct FindingQuery: Hashable, Sendable {
    public var site: String?
    public var device: String?
    public var rule: String?
    /// This severe or worse.
    public var severity: Finding.Severity?
    public var limit = 100
    /// Findings are listed the worst first, then the newest, then by id; `sortValue` of the last page's last one.
    public var after: String?

    public init() {}
}

public struct FindingPage: Hashable, Sendable {
    public var findings: [FindingSummary]
    public var next: String?
    public var total: Int
    public var number: EventNumber

    public init(findings: [FindingSummary], next: String?, total: Int, number: EventNumber) {
        self.findings = findings
        self.next = next
        self.total = total
        self.number = number
    }
}
