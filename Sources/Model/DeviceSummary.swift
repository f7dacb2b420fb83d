//===----------------------------------------------------------------------===//
// Wardlight · Model
//
// Summaries: a device and a finding as lists show them.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// One device as lists and searches show it; the whole of it is a `Device`.
public struct DeviceSummary: Hashable, Sendable, Codable {
    /// Where it is, and who says so.
    public struct Whereabouts: Hashable, Sendable, Codable {
        /// `Location.id`
        public var location: String
        /// Ids of the place and of all that hold it, from the inside out.
        public var path: [String]
        /// From the inside out: `bed 3, room 204, ICU`.
        public var words: String
        public var since: Timestamp
        /// `edge`, or the field in which the device or its gateway said it (`sdc.location`).
        public var source: String

        public init(location: String, path: [String], words: String, since: Timestamp, source: String) {
            self.location = location
            self.path = path
            self.words = words
            self.since = since
            self.source = source
        }
    }

    public var id: String
    public var formerIds: [String] = []
    public var site: String
    public var parent: String?
    public var deviceClass: DeviceClass = .unknown
    /// What it calls itself; else what it was taught to be called.
    public var name: String?
    public var vendor: String?
    public var type: String?
    public var model: String?
    public var os: String?
    public var firmware: String?
    public var serial: String?
    public var mac: [HardwareAddress] = []
    public var addresses: [IPAddress] = []
    /// Port of a switch: `sw-ward-3 Gi1/0/7`.
    public var port: String?
    /// The switch's agent, and the port's ifIndex, where it is plugged in.
    public var agent: String?
    public var ifIndex: UInt32?
    public var whereabouts: Whereabouts?
    public var firstSeen: Timestamp
    public var lastSeen: Timestamp
    /// Not heard of for longer than its age limit.
    public var isStale = false
    public var findings = 0
    public var severity: Finding.Severity?
    public var weaknesses = 0
    /// Likelihood times impact, 1 to 25; nil where it was not judged.
    public var risk: Int?
    /// Only counted: the tables were full when it came.
    public var isStub = false

    public init(id: String, site: String, firstSeen: Timestamp, lastSeen: Timestamp) {
        self.id = id
        self.site = site
        self.firstSeen = firstSeen
        self.lastSeen = lastSeen
    }
}

/// A finding of a device, a port or a site, with a name of its own by which it can be followed.
public struct FindingSummary: Hashable, Sendable, Codable {
    /// `fnd-` and twelve hexadecimal digits: the same as long as the same rule speaks of the same thing.
    public var id: String
    public var site: String
    /// `dev-…`, where it is about one.
    public var device: String?
    public var finding: Finding

    public init(id: String, site: String, device: String?, finding: Finding) {
        self.id = id
        self.site = site
        self.device = device
        self.finding = finding
    }
}
