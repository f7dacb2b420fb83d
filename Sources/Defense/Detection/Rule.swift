//===----------------------------------------------------------------------===//
// Wardlight · Defense
//
// Rules: what each of them must say of itself, and what it may look at.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// What a rule says of itself; `docs/findings.md` has a section for each, and a test keeps both in step.
public struct RuleCard: Hashable, Sendable {
    /// `port.swapped`
    public var name: String
    /// Technique of MITRE ATT&CK that it may be a sign of; nil where there is none.
    public var technique: String?
    /// What a false alarm would look like, in one sentence.
    public var falseAlarm: String
    public var severity: Finding.Severity
    /// Polls in a row in which it must hold, and over how long: an older row or a booting driver is over by then.
    public var polls = 2
    public var seconds: Int64 = 0
    /// Whether it is told for good once it was so (a swap), or with its end (a hub that is gone again).
    public var isEvent = false

    public init(
        name: String, technique: String?, severity: Finding.Severity, falseAlarm: String, polls: Int = 2,
        seconds: Int64 = 0, isEvent: Bool = false
    ) {
        self.name = name
        self.technique = technique
        self.severity = severity
        self.falseAlarm = falseAlarm
        self.polls = polls
        self.seconds = seconds
        self.isEvent = isEvent
    }
}

/// Something that does not fit, as one poll shows it.
public struct Suspicion: Hashable, Sendable, Codable {
    public var title: String
    public var severity: Finding.Severity
    public var evidence: [Evidence]
    public var addresses: [HardwareAddress]
    /// Polls that this evidence already spans: frames counted between two polls are two polls' worth.
    public var spans: UInt32 = 1
    /// Whether sleep may explain it; a later poll that says more takes its place.
    public var isDoubtful = false

    public init(
        _ title: String, severity: Finding.Severity, addresses: [HardwareAddress], evidence: [Evidence]
    ) {
        self.title = title
        self.severity = severity
        self.addresses = addresses
        self.evidence = evidence
    }
}

/// What a rule says after one poll.
public enum Verdict: Hashable, Sendable {
    /// All is well: what was suspected before is dropped.
    case fits
    /// This poll does not show it, one way or the other.
    case cannotSay
    case suspicious(Suspicion)
}

/// One rule. It looks at polls while they are learnt, and may ask what kind of device it is when an answer is wanted; or
/// it only answers (`ask`), from the map and the devices as they are.
public protocol DetectionRule: Sendable {
    static var card: RuleCard { get }
    /// One port, after a new poll of its switch.
    static func look(at port: PortLook) -> Verdict
    /// Whether a suspicion that has held is a finding, knowing what kind of device it is; may word it anew.
    static func confirm(_ finding: inout Finding, in question: Question) -> Bool
    /// Findings that need no memory beyond what the watch keeps of devices.
    static func ask(_ question: Question) -> [Finding]
}

extension DetectionRule {
    public static func look(at port: PortLook) -> Verdict { .cannotSay }
    public static func confirm(_ finding: inout Finding, in question: Question) -> Bool { true }
    public static func ask(_ question: Question) -> [Finding] { [] }

    /// A finding of this rule, made by `ask`.
    static func finding(
        _ suspicion: Suspicion, since: Timestamp, place: Finding.Port?
    ) -> Finding {
        var finding = Finding(
            rule: card.name, title: suspicion.title, severity: suspicion.severity, evidence: suspicion.evidence)
        finding.technique = card.technique
        finding.falseAlarm = card.falseAlarm
        finding.since = since
        finding.place = place
        finding.addresses = suspicion.addresses.sorted()
        return finding
    }
}

extension Evidence {
    /// What a switch, a device or a list said: `mau`, `partner`, `1000BASE-T-FD`.
    init(_ protocolName: String, _ fieldName: String, _ value: String, rule: String, seen: UInt64 = 1) {
        self.init(
            field: nil, protocolName: protocolName, fieldName: fieldName, value: value, rule: rule, seen: seen,
            weight: 0)
    }
}

/// What an answer may draw on: the map, the devices, and what the watch remembers.
public struct Question: Sendable {
    public let map: NetworkMap
    public let devices: [Device]
    let watch: PortWatch
    let servers: ServerWatch
    let voices: VoiceWatch
    /// Of the switches that are in one.
    let zones: [AgentKey: String]
    private let byAddress: [String: [HardwareAddress: Int]]
    /// Where in the map: a switch, and a port of it.
    private let byPort: [Finding.Port: (switch: Int, port: Int)]

    init(
        map: NetworkMap, devices: [Device], watch: PortWatch, servers: ServerWatch = ServerWatch(),
        voices: VoiceWatch = VoiceWatch(), zones: [String: String] = [:]
    ) {
        self.map = map
        self.zones = Dictionary(
            map.switches.compactMap { state in
                (zones[state.about.agent] ?? state.about.name.flatMap { zones[$0] }).map {
                    (AgentKey(site: state.site, agent: state.about.agent), $0)
                }
            }, uniquingKeysWith: { one, _ in one })
        self.devices = devices
        self.watch = watch
        self.servers = servers
        self.voices = voices
        var found: [String: [HardwareAddress: Int]] = [:]
        for (index, device) in devices.enumerated() {
            for address in device.mac where found[device.site]?[address] == nil {
                found[device.site, default: [:]][address] = index
            }
        }
        byAddress = found
        var ports: [Finding.Port: (switch: Int, port: Int)] = [:]
        for (number, state) in map.switches.enumerated() {
            for (place, port) in state.ports.enumerated() where !port.devices.isEmpty {
                let key = Finding.Port(
                    site: state.site, agent: state.about.agent, ifIndex: port.port.ifIndex, port: port.port.name)
                ports[key] = (number, place)
            }
        }
        byPort = ports
    }

    /// The device with an address.
    public func device(_ address: HardwareAddress, at site: String) -> Device? {
        byAddress[site]?[address].map { devices[$0] }
    }

    /// The device that was last at a port before an address came there.
    func predecessor(at place: Finding.Port, of address: HardwareAddress) -> Device? {
        watch.devices.filter { key, memory in
            key.site == place.site && key.hardware != address
                && memory.stays.contains { $0.port.agent == place.agent && $0.port.port == place.port }
        }.sorted { ($1.value.lastSeen, $0.key) < ($0.value.lastSeen, $1.key) }.first.flatMap {
            device($0.key.hardware, at: place.site)
        }
    }

    /// A port at which devices are, as it is now.
    public func port(_ place: Finding.Port) -> NetworkMap.PortState? {
        byPort[place].map { map.switches[$0.switch].ports[$0.port] }
    }
}
