//===----------------------------------------------------------------------===//
// Wardlight · Model
//
// Patch work: what is to be done about weak devices, by model and ward (docs/patches.md).
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// The work list of one moment.
public struct PatchList: Hashable, Sendable {
    /// One model on one ward.
    public struct Group: Hashable, Sendable {
        /// `Becton Dickinson Alaris PC Unit 8015`.
        public var model: String
        /// The point of care, else the closet of its switch, else `place not known`.
        public var ward: String
        /// The most urgent first.
        public var lines: [Line]

        public init(model: String, ward: String, lines: [Line]) {
            self.model = model
            self.ward = ward
            self.lines = lines
        }
    }

    /// One device.
    public struct Line: Hashable, Sendable {
        public var device: String
        /// What a person knows it by: a name, else an address.
        public var name: String
        public var type: String?
        public var isMedical: Bool
        public var firmware: String?
        /// What affects it for certain, the most urgent first; never empty.
        public var weaknesses: [Weakness]
        /// Rows of advisories that a person has to read besides.
        public var toReview: Int
        /// What to do, in one sentence.
        public var action: String
        /// What stops on the ward when the device is cut off.
        public var isolation: String
        public var controls: [Control]

        public init(
            device: String, name: String, type: String?, isMedical: Bool, firmware: String?, weaknesses: [Weakness],
            toReview: Int, action: String, isolation: String, controls: [Control]
        ) {
            self.device = device
            self.name = name
            self.type = type
            self.isMedical = isMedical
            self.firmware = firmware
            self.weaknesses = weaknesses
            self.toReview = toReview
            self.action = action
            self.isolation = isolation
            self.controls = controls
        }

        public var priority: Weakness.Priority? { weaknesses.compactMap(\.priority).max() }
        /// Since when the oldest of them is open.
        public var since: Timestamp? { weaknesses.compactMap(\.since).min() }
        public var exploited: [String] {
            var seen: Set<String> = []
            return weaknesses.flatMap(\.exploited).filter { seen.insert($0).inserted }
        }
    }

    /// A compensating control that stands, and whether its review is late.
    public struct Control: Hashable, Sendable {
        public var content: CompensatingControl
        public var isOverdue: Bool

        public init(_ content: CompensatingControl, isOverdue: Bool) {
            self.content = content
            self.isOverdue = isOverdue
        }
    }

    public var asOf: Timestamp
    public var groups: [Group]

    public init(asOf: Timestamp, groups: [Group]) {
        self.asOf = asOf
        self.groups = groups
    }

    public var devices: Int { groups.reduce(0) { $0 + $1.lines.count } }
}
