//===----------------------------------------------------------------------===//
// Wardlight · Ledger
//
// The register: who let a device in, as what and until when, and which control keeps it safe?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// What people decided about devices being here, learnt from the log. The later word counts; it can be taken back.
///
/// The order in which decisions are learnt does not matter: of two of one moment the greater text counts.
public struct Register: Hashable, Sendable {
    /// A hospital's 50,000 devices, each accepted once and again.
    public static let mostSubjects = 100_000
    /// Advisories of one device for which a control was named.
    public static let mostControls = 256

    struct Key: Hashable, Sendable, Codable {
        var site: String
        var name: String
    }

    /// One decision; without content where an earlier one was taken back, so that older news does not bring it back.
    struct Word<Content: Hashable & Sendable & Codable>: Hashable, Sendable, Codable {
        var content: Content?
        var by: String
        var reason: String
        var at: Timestamp
        /// What decides between two of one moment.
        var text: String

        func outranks(_ other: Self) -> Bool {
            at != other.at ? at > other.at : (text, by, reason) > (other.text, other.by, other.reason)
        }
        var standing: Standing<Content>? { content.map { Standing($0, by: by, reason: reason, at: at) } }
    }

    private(set) var acceptances: [Key: Word<Acceptance>] = [:]
    /// By advisory; empty for all weaknesses.
    private(set) var controls: [Key: [String: Word<CompensatingControl>]] = [:]
    /// Decisions that found no room.
    public private(set) var overflow: UInt64 = 0

    public init() {}

    public var isEmpty: Bool { acceptances.isEmpty && controls.isEmpty }

    // A table by name: written by hand.
    public func write(to state: StateEncoder) throws {
        state.write(overflow)
        try state.write(acceptances)
        state.write(UInt64(controls.count))
        for (key, words) in controls {
            try state.write(key)
            state.write(UInt64(words.count))
            for (advisory, word) in words {
                state.write(advisory)
                try state.write(word)
            }
        }
    }

    public init(reading state: StateDecoder) throws {
        overflow = try state.number()
        acceptances = try state.value([Key: Word<Acceptance>].self)
        for _ in 0..<(try state.length()) {
            let key = try state.value(Key.self)
            for _ in 0..<(try state.length()) {
                let advisory = try state.text()
                controls[key, default: [:]][advisory] = try state.value(Word<CompensatingControl>.self)
            }
        }
    }

    public mutating func learn(_ observation: Observation) {
        guard case .decision(let decision) = observation.body else { return }
        switch decision.act {
        case .accept(let subject, let acceptance):
            guard let key = Self.key(of: subject, observation.site) else { return }
            let text = acceptance.map { "\($0.ownership.rawValue) \($0.until?.nanoseconds ?? .max)" } ?? ""
            let word = Word(
                content: acceptance, by: decision.by, reason: decision.reason, at: observation.occurred, text: text)
            if let known = acceptances[key] {
                if word.outranks(known) { acceptances[key] = word }
            } else if acceptances.count < Self.mostSubjects {
                acceptances[key] = word
            } else {
                overflow &+= 1
            }
        case .compensate(let subject, let advisory, let control):
            guard let key = Self.key(of: subject, observation.site) else { return }
            let text = control.map { "\($0.measure) \($0.owner) \($0.review.nanoseconds)" } ?? ""
            let word = Word(
                content: control, by: decision.by, reason: decision.reason, at: observation.occurred, text: text)
            learn(word, for: advisory ?? "", of: key)
        case .correct, .merge, .split: return
        }
    }

    private mutating func learn(_ word: Word<CompensatingControl>, for advisory: String, of key: Key) {
        if let known = controls[key]?[advisory] {
            if word.outranks(known) { controls[key]?[advisory] = word }
        } else if controls[key] != nil || controls.count < Self.mostSubjects,
            controls[key, default: [:]].count < Self.mostControls
        {
            controls[key, default: [:]][advisory] = word
        } else {
            overflow &+= 1
        }
    }

    // MARK: Asking

    /// Why the device may be here, also where that is over (`Acceptance.holds(at:)`); nil where nobody said so.
    ///
    /// - Parameter parent: The gateway that speaks for it, where it has one.
    public func acceptance(site: String, device: Device, parent: Device? = nil) -> Standing<Acceptance>? {
        if acceptances.isEmpty { return nil }
        var latest: Word<Acceptance>?
        for key in Self.keys(of: device, site, parent) {
            guard let word = acceptances[key] else { continue }
            if let known = latest, !word.outranks(known) { continue }
            latest = word
        }
        return latest?.standing
    }

    /// What keeps the device safe until it is mended, by advisory; what is for all of its weaknesses comes first.
    public func controls(site: String, device: Device, parent: Device? = nil) -> [Standing<CompensatingControl>] {
        if controls.isEmpty { return [] }
        var latest: [String: Word<CompensatingControl>] = [:]
        for key in Self.keys(of: device, site, parent) {
            for (advisory, word) in controls[key] ?? [:] {
                if let known = latest[advisory], !word.outranks(known) { continue }
                latest[advisory] = word
            }
        }
        return latest.sorted { $0.key < $1.key }.compactMap(\.value.standing)
    }

    // MARK: Who is meant

    /// A decision names a device by its card, else the identifier behind a gateway, else its network address.
    static func key(of subject: Subject, _ site: String) -> Key? {
        if let child = subject.child {
            // An EUI-64 or UDI stands for itself; a bare serial number needs its gateway.
            if let eui = child.identifier(after: "eui64:") { return Key(site: site, name: "eui64:\(eui)") }
            if child.hasPrefix("udi:") { return Key(site: site, name: child) }
            let gateway = subject.hardware?.description ?? subject.network?.description ?? ""
            return Key(site: site, name: "\(gateway)/\(child)")
        }
        if let card = subject.hardware, card.isIndividual { return Key(site: site, name: card.description) }
        return subject.network.map { Key(site: site, name: $0.description) }
    }

    /// All names under which a decision may have meant the device.
    private static func keys(of device: Device, _ site: String, _ parent: Device?) -> [Key] {
        var names = device.mac.map(\.description) + (device.ipv4 + device.ipv6).map(\.description)
        names += device.eui64.map { "eui64:\($0)" }
        if let parent, device.mac.isEmpty, device.eui64.isEmpty {
            let gateways = parent.mac.map(\.description) + (parent.ipv4 + parent.ipv6).map(\.description)
            let serials =
                device.facts.filter { $0.field == .hl7Serial || $0.field == .poct1SerialId }.map(\.value)
                + [device.judgements[.serial]?.value].compactMap(\.self)
            for serial in serials.prefix(8) { names += gateways.map { "\($0)/serial:\(serial)" } }
        }
        if device.parent != nil { names += device.facts.lazy.filter { $0.field == .hl7Udi }.map { "udi:\($0.value)" } }
        return names.map { Key(site: site, name: $0) }
    }
}

extension String {
    /// The sixteen digits behind a prefix, as a device lists them.
    fileprivate func identifier(after prefix: String) -> String? {
        guard hasPrefix(prefix) else { return nil }
        let rest = dropFirst(prefix.count)
        return EUI64(rest)?.description ?? String(rest)
    }
}
