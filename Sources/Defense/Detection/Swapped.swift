//===----------------------------------------------------------------------===//
// Wardlight · Defense
//
// Swapped: does other hardware answer behind the same address?
//
// - Inputs: the signature of the port at whose other end one device is; the normal that was learned for its address.
// - Evidence: each part that differs, before and now; whether the link went down in between.
// - ATT&CK: T1036 Masquerading.
// - A false alarm: a cable that was mended; a new driver or firmware that offers other speeds for good.
// - Guards: the normal needs three polls, the other signature two; flow control alone and draw alone are too few points;
//   only slower is another rule; what sleeps (computers, printers) is not told for gaining only fast speeds; what was
//   moved is compared in its own parts only; several devices at one port are not compared at all.
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
        guard isOther || isFaster(port) else { return .fits }
        // Slower, and nothing else: a tap, a cable, or sleep; that is another rule, too.
        if port.hasOnlySlowed { return .fits }
        // It says the same of itself while its hardware is another: something stands in between, which is another rule.
        if InBetween.isContradicted(port) { return .fits }
        let isOnlySleep = own.allSatisfy { $0.isOnlyFaster || $0.points < 20 }
        return .suspicious(
            Suspicion(
                "other hardware answers behind the same address", severity: card.severity, addresses: [hardware],
                evidence: differences.map {
                    Evidence("port", $0.part.rawValue, "\($0.from) → \($0.to)", rule: card.name)
                } + (port.hasFlapped ? [Evidence("port", "link", "went down in between", rule: card.name)] : [])
                    + (isOnlySleep ? [Evidence("port", sleepMark, "only faster speeds differ", rule: card.name)] : [])))
    }

    static let sleepMark = "faster"

    /// Faster than its hardware ever linked at this port, on switches that do not tell what the other end offers.
    private static func isFaster(_ port: PortLook) -> Bool {
        guard port.isAtHome, let normal = port.normal, normal.offers == nil || port.signature.offers == nil,
            let before = normal.speed, let now = port.signature.speed
        else { return false }
        return now > before
    }

    public static func confirm(_ finding: inout Finding, in question: Question) -> Bool {
        guard finding.evidence.contains(where: { $0.fieldName == sleepMark }), let place = finding.place,
            let address = finding.addresses.first
        else { return true }
        return !Presence.mayDoze(question.device(address, at: place.site))
    }
}
