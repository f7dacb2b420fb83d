//===----------------------------------------------------------------------===//
// Wardlight · Model
//
// Devices: what the inventory answers, with its evidence.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// Broad kind of a device.
public enum DeviceClass: String, Hashable, Sendable, CaseIterable, Codable {
    case medical, iot, building, network, it, mobile, unknown
}

/// A thing that can be known of a device.
public enum Attribute: String, Hashable, Sendable, CaseIterable, Codable {
    case vendor, type, model, os, firmware, serial, role
}

/// One piece of evidence: what was read, and the rule that understood it.
public struct Evidence: Hashable, Sendable, Codable {
    public var field: Field?
    /// Short protocol name (`dhcp`, `ieee`), and field name within it.
    public var protocolName: String
    public var fieldName: String
    public var value: String
    /// Identifier of the rule in `Knowledge/`.
    public var rule: String
    /// How often it was seen.
    public var seen: UInt64
    /// Milli-log-odds that the rule gives; negative speaks against.
    public var weight: Int

    public init(
        field: Field?, protocolName: String, fieldName: String, value: String, rule: String, seen: UInt64, weight: Int
    ) {
        self.field = field
        self.protocolName = protocolName
        self.fieldName = fieldName
        self.value = value
        self.rule = rule
        self.seen = seen
        self.weight = weight
    }
}

/// What is believed of one attribute, how firmly, and why.
public struct Judgement: Hashable, Sendable {
    public var value: String
    /// 0 to 1000: parts in a thousand.
    public var confidence: Int
    public var evidence: [Evidence]
    /// What spoke for something else, strongest first.
    public var others: [Rival]

    public struct Rival: Hashable, Sendable {
        public var value: String
        public var evidence: [Evidence]

        public init(value: String, evidence: [Evidence]) {
            self.value = value
            self.evidence = evidence
        }
    }

    public init(value: String, confidence: Int, evidence: [Evidence], others: [Rival] = []) {
        self.value = value
        self.confidence = confidence
        self.evidence = evidence
        self.others = others
    }
}

/// One value read from a device, whether a rule used it or not.
public struct FactSummary: Hashable, Sendable {
    public var field: Field
    public var value: String
    public var count: UInt64
    public var span: Observation.Span

    public init(field: Field, value: String, count: UInt64, span: Observation.Span) {
        self.field = field
        self.value = value
        self.count = count
        self.span = span
    }
}

/// Something a person should look at.
public struct Finding: Hashable, Sendable, Codable {
    public enum Severity: String, Hashable, Sendable, CaseIterable, Codable {
        case info, low, medium, high, critical
    }
    public var rule: String
    public var title: String
    public var severity: Severity
    /// All of it, whichever side it speaks for.
    public var evidence: [Evidence]
    /// Where it is a contradiction: what each side says. Else empty.
    public var sides: [Side]
    /// Technique of MITRE ATT&CK that it may be a sign of: `T1200`.
    public var technique: String?
    /// What a false alarm would look like, in one sentence.
    public var falseAlarm: String?
    /// Since when it is so.
    public var since: Timestamp?
    /// Where it is, when it is about a port.
    public var place: Port?
    /// Whom it is about, sorted; none where a port is silent.
    public var addresses: [HardwareAddress] = []

    /// A port of a switch, at a site.
    public struct Port: Hashable, Sendable, Comparable, Codable {
        public var site: String
        public var agent: String
        public var ifIndex: UInt32
        public var port: String

        public init(site: String, agent: String, ifIndex: UInt32, port: String) {
            self.site = site
            self.agent = agent
            self.ifIndex = ifIndex
            self.port = port
        }
        public static func < (one: Self, other: Self) -> Bool {
            (one.site, one.agent, one.ifIndex) < (other.site, other.agent, other.ifIndex)
        }
    }

    public init(rule: String, title: String, severity: Severity, evidence: [Evidence]) {
        self.rule = rule
        self.title = title
        self.severity = severity
        self.evidence = evidence
        sides = []
    }

    /// A contradiction; its evidence is that of the sides together.
    public init(rule: String, title: String, severity: Severity, sides: [Side]) {
        self.rule = rule
        self.title = title
        self.severity = severity
        self.sides = sides
        evidence = sides.flatMap(\.evidence)
    }

    /// One side of a contradiction.
    public struct Side: Hashable, Sendable, Codable {
        /// `infusion pump`
        public var says: String
        /// The independent places it was read in, in plain words: `hardware address`, `DHCP`.
        public var layers: [String]
        public var evidence: [Evidence]

        public init(says: String, layers: [String], evidence: [Evidence]) {
            self.says = says
            self.layers = layers
            self.evidence = evidence
        }
    }
}

/// A belief that changed: when, from what to what, and which value made the difference.
public struct BeliefChange: Hashable, Sendable {
    public var moment: Timestamp
    public var attribute: Attribute
    /// Nil where nothing was known before.
    public var from: String?
    /// Nil where nothing is known since.
    public var to: String?
    /// Parts in a thousand, of the new belief.
    public var confidence: Int
    /// What was read; nil where it is no field (an address's maker, a service, a person).
    public var field: Field?
    public var protocolName: String
    public var fieldName: String
    public var value: String

    public init(
        moment: Timestamp, attribute: Attribute, from: String?, to: String?, confidence: Int, field: Field?,
        protocolName: String, fieldName: String, value: String
    ) {
        self.moment = moment
        self.attribute = attribute
        self.from = from
        self.to = to
        self.confidence = confidence
        self.field = field
        self.protocolName = protocolName
        self.fieldName = fieldName
        self.value = value
    }
}

/// One device, as the observations so far describe it.
public struct Device: Hashable, Sendable {
    public struct Use: Hashable, Sendable, Comparable, Codable {
        public enum Side: String, Hashable, Sendable, Codable {
            case client, server
        }
        public var service: Service
        public var side: Side

        public init(service: Service, side: Side) {
            self.service = service
            self.side = side
        }

        public static func < (one: Self, other: Self) -> Bool {
            (one.side.rawValue, one.service) < (other.side.rawValue, other.service)
        }
    }

    /// A part with a model, firmware or serial number of its own: a wireless module, a measurement server.
    public struct Component: Hashable, Sendable {
        public var kind: String
        public var model: String?
        public var firmware: String?
        public var serial: String?

        public init(kind: String, model: String? = nil, firmware: String? = nil, serial: String? = nil) {
            self.kind = kind
            self.model = model
            self.firmware = firmware
            self.serial = serial
        }
    }

    /// `dev-` and twelve hexadecimal digits; kept for life.
    public var id: String
    /// Ids under which addresses of this device were listed before they were found to be one device; at most 64.
    public var formerIds: [String] = []
    /// Why its addresses are one device, and which were kept apart; the weightiest first, at most 64.
    public var ties: [Tie] = []
    public var site: String
    /// The gateway it sits behind.
    public var parent: String?
    public var deviceClass: DeviceClass = .unknown
    public var mac: [HardwareAddress] = []
    public var ipv4: [IPAddress] = []
    public var ipv6: [IPAddress] = []
    public var eui64: [String] = []
    public var names: [String] = []
    public var judgements: [Attribute: Judgement] = [:]
    /// What it was taught to be called (`wardlight learn`): a name, or several joined by ` or ` where what it said does
    /// not tell them apart.
    public var label: Judgement?
    public var components: [Component] = []
    /// Where it is plugged in, as the switches say.
    public var place: Place?
    /// What its hardware looks like from the port, and since how many polls.
    public var signature: DeviceSignature?
    /// Where it was plugged in, oldest first; empty when it never moved.
    public var stays: [PlaceStay] = []
    /// What hangs on it by USB, as its agent reported last, and when that was.
    public var peripherals: [Peripheral] = []
    public var peripheralsSeen: Timestamp?
    /// Sorted.
    public var services: [Use] = []
    public var span: Observation.Span
    public var packets: UInt64 = 0
    public var bytes: UInt64 = 0
    public var findings: [Finding] = []
    /// What imported advisories mean for it: only what is affected or needs review, the most urgent first.
    public var weaknesses: [Weakness] = []
    /// What is weak in how it talks and is guarded (`control.*`, docs/controls.md).
    public var weakControls: [Finding] = []
    public var risk: Risk?
    /// Why it may be here, where a person let it in.
    public var acceptance: Standing<Acceptance>?
    public var controls: [Standing<CompensatingControl>] = []
    /// A line for each thing that is not known and could be: what has to be heard or done to settle it.
    public var unsettled: [String] = []
    /// How what is believed of it came about, oldest first. At most 32: where there were more, the first eight and the last.
    public var history: [BeliefChange] = []
    /// Sorted by field, then value.
    public var facts: [FactSummary] = []
    /// Values that found no room (at most 256 a device), and services (at most 64).
    public var overflow: UInt64 = 0
    /// Only counted: the tables were full when it came.
    public var isStub = false

    public init(id: String, site: String, span: Observation.Span) {
        self.id = id
        self.site = site
        self.span = span
    }
}

/// The whole answer: every device, how well they were seen, and what was odd.
public struct InventorySnapshot: Hashable, Sendable {
    /// Sorted by first address.
    public var devices: [Device]
    /// One for each input, in the order given.
    public var coverage: [Coverage]
    public var oddities: [String: UInt64]
    /// Devices that had to be forgotten to stay within bounds.
    public var evicted: UInt64
    /// A line each: what is wrong with the mirror port, and how to mend it.
    public var advice: [String]
    /// Switches, links and segments, where a switch was asked.
    public var network: NetworkMap?
    /// What is wrong at ports and with peripherals, sorted by place; those about a device stand in its findings, too.
    public var findings: [Finding] = []
    /// Weak controls at switches and across the site, sorted by place; those of a device stand at it.
    public var weakControls: [Finding] = []
    /// What was declared, and how it fits, where a list was given.
    public var declared: DeclaredList?
    public var reconciliation: Reconciliation?
    /// The seven answers, where they were asked for.
    public var answers: Answers?

    public init(
        devices: [Device], coverage: [Coverage], oddities: [String: UInt64], evicted: UInt64, advice: [String]
    ) {
        self.devices = devices
        self.coverage = coverage
        self.oddities = oddities
        self.evicted = evicted
        self.advice = advice
    }
}
