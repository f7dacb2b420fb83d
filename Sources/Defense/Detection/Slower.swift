//===----------------------------------------------------------------------===//
// Wardlight · Defense
//
// Slower: does a link run slower than both its ends can?
//
// - Inputs: speed and duplex, the learned normal, what both ends offer in autonegotiation.
// - Evidence: speed before and now, both offers.
// - ATT&CK: T1040 Network Sniffing (a passive tap forces 100 megabits).
// - A false alarm: a damaged cable, or a patch panel with two pairs missing.
// - From the first polls on: both ends offer more than what the link runs at.
// - Guards: two polls at the same port; a computer that sleeps offers slow speeds only and is nearly silent, so both ends
//   must still offer the faster one, or it must talk (30 frames a minute), or be of a kind that never sleeps.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

public enum Slower: DetectionRule {
    public static let card = RuleCard(
        name: "port.slower", technique: "T1040", severity: .medium,
        falseAlarm: "A damaged cable or socket: exchange the cable, and look at what is in between.", isEvent: true)

    static let sleepMark = "offers"

    public static func look(at port: PortLook) -> Verdict {
        guard let hardware = port.direct, port.port.isUp != false else { return .cannotSay }
        guard let normal = port.normal, port.isAtHome else { return belowOffers(port, hardware) ?? .cannotSay }
        let now = port.signature
        let isSlower = (normal.speed ?? 0) > (now.speed ?? .max)
        let isHalved = normal.duplex == .full && now.duplex == .half
        guard isSlower || isHalved else { return belowOffers(port, hardware) ?? .fits }
        // Other hardware is another rule.
        if InBetween.isContradicted(port) || Swapped.marks(of: port).areEnough { return .fits }
        if !port.hasOnlySlowed,
            port.differences.contains(where: { $0.part == .offers && $0.points >= Swapped.enough })
        {
            return .fits
        }
        var evidence: [Evidence] = []
        if let before = normal.speed, let after = now.speed, before != after {
            evidence.append(Evidence("port", "speed", "\(before) → \(after) Mb/s", rule: card.name))
        }
        if isHalved { evidence.append(Evidence("port", "duplex", "full → half", rule: card.name)) }
        let own = LinkAbilities(names: port.port.offered)
        if port.isAwake, let frames = port.newFrames {
            evidence.append(Evidence("port", "framesIn", "\(frames)", rule: card.name, seen: frames))
        }
        if let offers = now.offers {
            let fastest = own.isEmpty ? offers.fastest : min(own.fastest, offers.fastest)
            if isSlower, !isHalved, fastest <= (now.speed ?? 0) {
                // One end stopped offering it: asleep, unless it talks; or set by hand; or something is in between.
                let name = port.isAwake ? "partner" : sleepMark
                evidence.append(Evidence("mau", name, "no faster speed is offered", rule: card.name))
            } else {
                evidence.append(Evidence("mau", "partner", offers.names.joined(separator: " "), rule: card.name))
            }
        } else {
            evidence.append(Evidence("mau", port.isAwake ? "partner" : sleepMark, "not known", rule: card.name))
        }
        var suspicion = Suspicion(
            "the link runs slower than it did", severity: card.severity, addresses: [hardware], evidence: evidence)
        suspicion.isDoubtful = evidence.contains { $0.fieldName == sleepMark }
        return .suspicious(suspicion)
    }

    /// Needs no normal: both ends offer more than what the link runs at.
    private static func belowOffers(_ port: PortLook, _ hardware: HardwareAddress) -> Verdict? {
        let own = LinkAbilities(names: port.port.offered)
        guard let offers = port.signature.offers, !own.isEmpty, let speed = port.signature.speed,
            min(own.fastest, offers.fastest) > speed
        else { return nil }
        return .suspicious(
            Suspicion(
                "the link runs slower than both its ends offer", severity: card.severity, addresses: [hardware],
                evidence: [
                    Evidence("port", "speed", "\(speed) Mb/s", rule: card.name),
                    Evidence("mau", "partner", offers.names.joined(separator: " "), rule: card.name),
                ]))
    }

    public static func confirm(_ finding: inout Finding, in question: Question) -> Bool {
        guard finding.evidence.contains(where: { $0.fieldName == sleepMark }), let place = finding.place,
            let address = finding.addresses.first
        else { return true }
        finding.severity = .low
        return !Presence.mayDoze(question.device(address, at: place.site))
    }
}
