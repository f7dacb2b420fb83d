//===----------------------------------------------------------------------===//
// Wardlight · Model
//
// Run settings: where the service keeps things, what it listens to, whom it answers, and when it stops taking more.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// What `wardlight run` needs to know besides switches and allowances (docs/settings.md). Paths are whole.
public struct RunSettings: Hashable, Sendable {
    /// An interface on which traffic is heard.
    public struct Interface: Hashable, Sendable {
        public var name: String
        /// Which site is behind it.
        public var site: String

        public init(name: String, site: String) { (self.name, self.site) = (name, site) }
    }

    /// The door at which people and programs ask.
    public struct Server: Hashable, Sendable {
        /// An address in numbers.
        public var address = "127.0.0.1"
        public var port: UInt16 = 8_443
        /// Under which people reach it, and which its certificate names.
        public var hostName = "localhost"
        /// Without TLS: only on this machine itself (`isLoopback`).
        public var plain = false
        /// Files in PEM, both or neither; `wardlight init` makes them.
        public var certificate: String?
        public var key: String?

        public init() {}

        /// Whether nobody but this machine can reach it: 127.0.0.0/8 and ::1.
        public var isLoopback: Bool { Self.isLoopback(address) }

        public static func isLoopback(_ address: String) -> Bool {
            address == "::1" || address.hasPrefix("127.") && IPAddress(address)?.isV4 == true
        }
    }

    /// When the service stops taking more; each is counted where it bites.
    public struct Limits: Hashable, Sendable {
        /// Devices that are kept with everything about them.
        public var devices = 16_384
        /// How long segments of the log stay.
        public var retentionSeconds: Int64 = 400 * 86_400
        /// Octets after which the log goes on in a new segment.
        public var segmentOctets = 256 << 20
        /// Clients that follow live changes at a time.
        public var subscribers = 256
        /// Requests of one client (address or token) a second.
        public var requestsPerSecond = 100
        /// Octets of a request's body.
        public var bodyOctets = 1 << 20

        public init() {}

        /// As many as the inventory may keep (`InventoryLimits.devices`).
        public static let deviceCounts = 1_024...1_048_576
        /// A month has to be looked back on; a hundred years nobody keeps.
        public static let retentions: ClosedRange<Int64> = 86_400...36_500 * 86_400
        /// A smaller segment is mostly overhead; a larger one is long to verify.
        public static let segmentSizes = 1 << 20...4 << 30
        public static let subscriberCounts = 1...65_536
        public static let requestRates = 1...100_000
        public static let bodySizes = 1 << 10...64 << 20
    }

    /// The door at which switches tell by themselves (docs/traps.md).
    public struct Traps: Hashable, Sendable {
        /// In numbers; empty is every address of this machine.
        public var address: String
        /// 162 unless it is said (RFC 3417, 3.2); ports below 1024 take a right to open.
        public var port: UInt16

        public init(address: String = "", port: UInt16 = 162) { (self.address, self.port) = (address, port) }
    }

    /// A collector of RFC 5424 lines over TLS.
    public struct Syslog: Hashable, Sendable {
        public var host: String
        /// 6514 unless it is said (RFC 5425).
        public var port: UInt16
        /// Certificates that are believed, in PEM; nil: those of the system.
        public var authorities: String?

        public init(host: String, port: UInt16 = 6_514, authorities: String? = nil) {
            (self.host, self.port, self.authorities) = (host, port, authorities)
        }
    }

    /// A program that is told of findings.
    public struct Webhook: Hashable, Sendable {
        /// Begins with `https://`.
        public var url: String
        /// With it each message is signed.
        public var secret: Secret

        public init(url: String, secret: Secret) { (self.url, self.secret) = (url, secret) }
    }

    /// A folder that is written anew every so often.
    public struct Copies: Hashable, Sendable {
        public var folder: String
        public var everySeconds: Int

        public init(folder: String, everySeconds: Int) { (self.folder, self.everySeconds) = (folder, everySeconds) }
    }

    /// A floor plan to be read.
    public struct Plan: Hashable, Sendable {
        public enum Form: Hashable, Sendable {
            /// One file for a floor; in metres, or in degrees as RFC 7946 has it.
            case geoJSON(isMetres: Bool)
            /// A folder of IMDF: one level of it for a floor, all levels for a site or building.
            case indoorMap(level: String?)
        }

        /// `Location.id` of the floor, building or site.
        public var place: String
        public var form: Form
        public var path: String

        public init(place: String, form: Form, path: String) {
            (self.place, self.form, self.path) = (place, form, path)
        }
    }

    /// A picture that lies under a floor's plan.
    public struct Underlay: Hashable, Sendable {
        /// `Location.id` of the floor.
        public var place: String
        /// PNG.
        public var path: String
        /// Where on the floor it lies.
        public var outline: Location.Outline

        public init(place: String, path: String, outline: Location.Outline) {
            (self.place, self.path, self.outline) = (place, path, outline)
        }
    }

    /// Holds log, snapshots, projections and keys; only its user may look into it.
    public var data: String
    public var interfaces: [Interface] = []
    /// From the start of one poll of the switches to the start of the next.
    public var pollSeconds = 300
    /// Nil where no switch is listened to.
    public var traps: Traps?
    /// In which times are shown. They are kept in UTC.
    public var zone = SiteZone.utc
    public var server = Server()
    public var limits = Limits()
    public var syslog: [Syslog] = []
    public var webhooks: [Webhook] = []
    public var downtime: Copies?
    public var backup: Copies?
    /// Places, those that hold others first; nil where the settings say nothing of places, and what is known stays.
    ///
    /// Those of `plans` are not among them: `PlanLibrary.places(of:)` reads both.
    public var places: [Location]?
    public var plans: [Plan] = []
    public var underlays: [Underlay] = []

    public static let mostInterfaces = 64
    /// A very large hospital has some 10,000 rooms and beds.
    public static let mostPlaces = 65_536
    /// Longer intervals between polls make every place stale; shorter ones are hard on old switches.
    public static let pollIntervals = 30...86_400
    public static let copyIntervals = 60...31 * 86_400
    /// Collectors, and webhooks.
    public static let mostOutlets = 8

    public init(data: String) { self.data = data }
}

/// Where the service keeps what.
extension RunSettings {
    /// Segments of the log.
    public var logFolder: String { data + "/log" }
    /// What the log was folded to; made anew when it is lost.
    public var stateFolder: String { data + "/states" }
    /// Tables for lists and search; made anew when they are lost.
    public var projection: String { data + "/projection.db" }
    /// Keys under which names of people are closed in the log.
    public var peopleKeys: String { data + "/people.keys" }
}
