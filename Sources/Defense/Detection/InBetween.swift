//===----------------------------------------------------------------------===//
// Wardlight · Defense
//
// In between: does something stand between a device and its switch?
//
// - Inputs: what the hardware at the other end offers in autonegotiation, what the device says by LLDP that it offers,
//   and the normal in which both agreed.
// - Evidence: both lists of speeds, the address, whether the link went down in between.
// - ATT&CK: T1557 Adversary-in-the-Middle.
// - A false alarm: a device with wrong LLDP texts of its own says so from the first day on, and is not told; a new driver
//   that changes its hardware's offers before its LLDP is over by the next poll.
// - Guards: both must have agreed in three polls; two polls of contradiction; flow control does not count.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

public enum InBetween: DetectionRule {
    public static let card = RuleCard(
        name: "port.inBetween", technique: "T1557", severity: .high,
        falseAlarm: "A media converter or power injector that the engineers put into the cable.", isEvent: true)

    /// The device says what it always said while the hardware at the end of the cable is another.
    static func isContradicted(_ port: PortLook) -> Bool {
        guard let normal = port.normal, let said = normal.says?.intersection(.technologies),
            let offered = normal.offers?.intersection(.technologies), said == offered,
            let says = port.signature.says?.intersection(.technologies),
            let offers = port.signature.offers?.intersection(.technologies)
        else { return false }
        return says == said && offers != offered
    }

    public static func look(at port: PortLook) -> Verdict {
        guard let hardware = port.direct, port.port.isUp != false, port.normal != nil else { return .cannotSay }
        guard isContradicted(port) else { return .fits }
        func words(_ bits: LinkAbilities?) -> String { bits?.names.joined(separator: " ") ?? "-" }
        return .suspicious(
            Suspicion(
                "something stands between the device and its switch", severity: card.severity, addresses: [hardware],
                evidence: [
                    Evidence("mau", "partner", words(port.signature.offers), rule: card.name),
                    Evidence("lldp", "macPhy", words(port.signature.says), rule: card.name),
                    Evidence("port", "normal", words(port.normal?.offers), rule: card.name),
                ]))
    }
}
