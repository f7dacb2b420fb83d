//===----------------------------------------------------------------------===//
// Wardlight · Defense
//
// Swapped: does other hardware answer behind the same address?
//
// - Inputs: the signature of the port at whose other end one device is; the normal that was learned for its address; where
//   the switch does not tell what the other end offers: speed, duplex, power, and whether the device was awake before; by
//   LLDP-MED its serial number and model; by a capture how it asks for its network address.
// - Evidence: each part that differs, before and now; whether the link went down in between.
// - ATT&CK: T1036 Masquerading.
// - A false alarm: a cable that was mended; a new driver or firmware that offers other speeds for good; a computer that was
//   installed anew and is not known as one.
// - Guards: the normal needs three polls, the other signature two; flow control alone, power alone and draw alone are too few
//   points; only slower is another rule; what sleeps (computers, printers) is not told for gaining only fast speeds unless it
//   talked while it had the slow ones only; what was moved is compared in its own parts only; several devices at one port
//   are not compared at all; a voice must have changed for good, and that of computers and of PXE does not count.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

public enum Swapped: DetectionRule {
    public static let card = RuleCard(
        name: "port.swapped", technique: "T1036", severity: .high,
        falseAlarm: "A driver, firmware or sleep mode that offers other speeds for good; look at the device once.",
        isEvent: true)

    /// Other technologies, or two smaller marks of the device itself.
    static let enough = 40

    public static func look(at port: PortLook) -> Verdict {
        guard let hardware = port.direct, port.port.isUp != false, port.normal != nil else { return .cannotSay }
        let differences = port.differences
        let own = differences.filter(\.part.isOfDevice)
        // A class alone is the rule about power.
        let isOther = own.reduce(0, { $0 + $1.points }) >= enough && own.contains { $0.part != .powerClass }
        let marks = marks(of: port)
        guard isOther || marks.areEnough else { return .fits }
        // Slower, and nothing else: a tap, a cable, or sleep; that is another rule, too.
        if port.hasOnlySlowed, !marks.areEnough { return .fits }
        // It says the same of itself while its hardware is another: something stands in between, which is another rule.
        if InBetween.isContradicted(port) { return .fits }
        let hasOnlyGained = isOther ? own.allSatisfy { $0.isOnlyFaster || $0.points < 20 } : true
        var evidence = differences.map {
            Evidence("port", $0.part.rawValue, "\($0.from) → \($0.to)", rule: card.name)
        }
        if port.hasFlapped { evidence.append(Evidence("port", "link", "went down in between", rule: card.name)) }
        if hasOnlyGained, !(marks.areEnough && marks.isSure) {
            if port.wasAwake, isFaster(port) {
                evidence.append(Evidence("port", "awake", "it talked while it was slower", rule: card.name))
            } else {
                evidence.append(Evidence("port", sleepMark, "only faster speeds differ", rule: card.name))
            }
        } else if marks.areEnough, port.wasAwake {
            evidence.append(Evidence("port", "awake", "it talked while it was as before", rule: card.name))
        }
        var suspicion = Suspicion(
            "other hardware answers behind the same address", severity: card.severity, addresses: [hardware],
            evidence: evidence)
        suspicion.isDoubtful = evidence.contains { $0.fieldName == sleepMark }
        return .suspicious(suspicion)
    }

    static let sleepMark = "faster"

    /// What speaks for other hardware where the switch does not tell what the other end offers (Juniper and many others
    /// have no MAU-MIB): the link's own speed and duplex, and the power.
    struct Marks {
        var points = 0
        /// Whether sleep explains none of it.
        var isSure = false
        var areEnough: Bool { points >= Swapped.enough }
    }

    static func marks(of port: PortLook) -> Marks {
        var marks = Marks()
        guard port.isAtHome, let normal = port.normal, normal.offers == nil || port.signature.offers == nil else {
            return marks
        }
        if let before = normal.speed, let now = port.signature.speed, before != now {
            // Faster than its hardware ever linked here; slower alone is a cable, a tap or sleep.
            marks.points += now > before ? enough : enough / 2
            if now > before, port.wasAwake { marks.isSure = true }
        }
        for difference in port.differences {
            switch difference.part {
            case .duplex: marks.points += 10
            // The time to wake up is another at each speed.
            case .wake where normal.speed == port.signature.speed: marks.points += 20
            // Nobody's sleep begins to draw power, and no driver either.
            case .power: marks.points += 20
            case .powerClass where difference.points >= PhysicalSignature.Points.powerClass: marks.points += 20
            case .draw where difference.points >= PhysicalSignature.Points.drawFar: marks.points += 10
            case .says where !difference.isOnlyFaster:
                marks.points += difference.points
                marks.isSure = true
            default: break
            }
        }
        let hasSpeed = normal.speed != port.signature.speed || normal.duplex != port.signature.duplex
        let power = port.differences.contains { $0.part == .power || $0.part == .powerClass && $0.points >= 30 }
        // Power alone is a rule of its own.
        if !hasSpeed, !port.differences.contains(where: { $0.part == .wake || $0.part == .says }) { marks.points = 0 }
        if power { marks.isSure = true }
        return marks
    }

    /// Faster than its hardware ever linked at this port.
    private static func isFaster(_ port: PortLook) -> Bool {
        guard port.isAtHome, let before = port.normal?.speed, let now = port.signature.speed else { return false }
        return now > before
    }

    // MARK: Voices

    /// What an address says of the machine behind it, by LLDP-MED or in its requests for an address, and says otherwise
    /// now for good.
    public static func ask(_ question: Question) -> [Finding] {
        question.voices.voices.keys.sorted().compactMap { key in
            guard !Cloned.isExempt(key.hardware) else { return nil }
            let device = question.device(key.hardware, at: key.site)
            guard let voice = otherInventory(key, question.voices) ?? otherClient(key, question.voices, device) else {
                return nil
            }
            return finding(
                Suspicion(
                    "another machine speaks behind the same address", severity: card.severity,
                    addresses: [key.hardware], evidence: voice.evidence), since: voice.since,
                place: device?.place.map {
                    Finding.Port(site: key.site, agent: $0.agent, ifIndex: $0.ifIndex, port: $0.port)
                })
        }
    }

    private typealias Voice = (evidence: [Evidence], since: Timestamp)

    private static func words(_ protocolName: String, _ name: String, _ from: String, _ to: String) -> Evidence {
        Evidence(protocolName, name, "\(from) → \(to)", rule: card.name)
    }

    /// Another serial number, or, where none is said, another model; both sides in two polls.
    private static func otherInventory(_ key: DeviceKey, _ voices: VoiceWatch) -> Voice? {
        let hasSerial = voices.voices[key]?[.lldpMedSerial] != nil
        for (field, name) in [(Field.lldpMedSerial, "serial"), (.lldpMedModel, "model")]
        where field == .lldpMedSerial || !hasSerial {
            guard let change = voices.change(of: field, by: key), change.from.times >= 2, change.to.times >= 2 else {
                continue
            }
            return ([words("lldp-med", name, change.from.value, change.to.value)], change.to.first)
        }
        return nil
    }

    /// Another program asks for the address, and asks for other options or under another name. A computer is installed
    /// anew, and starts by PXE.
    private static func otherClient(_ key: DeviceKey, _ voices: VoiceWatch, _ device: Device?) -> Voice? {
        if let device, device.deviceClass == .it || device.deviceClass == .mobile { return nil }
        let program = voices.change(of: .dhcpVendorClass, by: key)
        if voices.voices[key]?[.dhcpVendorClass]?.contains(where: { $0.value.hasPrefix("PXEClient") }) == true {
            return nil
        }
        let list = voices.change(of: .dhcpParameterRequestList, by: key)
        let name = voices.change(of: .dhcpHostname, by: key)
        let isOtherProgram = program.map {
            VoiceWatch.family($0.from.value) != VoiceWatch.family($0.to.value)
        }
        // An update changes the version and the options, not the program and the name.
        guard isOtherProgram == true && (list != nil || name != nil) || program == nil && list != nil && name != nil
        else { return nil }
        // What is not known may be a computer: all that it says must have changed.
        if device?.deviceClass ?? .unknown == .unknown, isOtherProgram != true || list == nil || name == nil {
            return nil
        }
        var evidence: [Evidence] = []
        if let program { evidence.append(words("dhcp", "vendorClass", program.from.value, program.to.value)) }
        if let list { evidence.append(words("dhcp", "parameterRequestList", list.from.value, list.to.value)) }
        if let name { evidence.append(words("dhcp", "hostname", name.from.value, name.to.value)) }
        return (evidence, [program?.to.first, list?.to.first, name?.to.first].compactMap { $0 }.min() ?? .epoch)
    }

    public static func confirm(_ finding: inout Finding, in question: Question) -> Bool {
        guard finding.evidence.contains(where: { $0.fieldName == sleepMark }), let place = finding.place,
            let address = finding.addresses.first
        else { return true }
        return !Presence.mayDoze(question.device(address, at: place.site))
    }
}
