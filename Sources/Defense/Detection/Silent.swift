//===----------------------------------------------------------------------===//
// Wardlight · Defense
//
// Silent: is something at a port that never says its address?
//
// - Inputs: link, power delivered, frames that came in, addresses at the port, neighbours.
// - Evidence: power class and watts, or frames counted.
// - ATT&CK: T1200 Hardware Additions.
// - A false alarm: a sensor that speaks less often than its switch forgets, or a port that copies others' traffic.
// - Guards: two polls; the link must be up; nobody was heard since it came up (who spoke before is only quiet); no bundle,
//   no neighbour; the switch must know somebody at most of its other ports, else its table cannot say.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

public enum Silent: DetectionRule {
    public static let card = RuleCard(
        name: "port.silentDevice", technique: "T1200", severity: .medium,
        falseAlarm: "A sensor that speaks less often than its switch forgets, or a port that copies others' traffic.")

    /// Fewer are a cable that was touched.
    static let frames: UInt64 = 8

    public static func look(at port: PortLook) -> Verdict {
        guard port.port.isUp == true, port.devices.isEmpty, port.others.isEmpty, port.neighbours.isEmpty,
            !port.isUplink
        else {
            return .fits
        }
        guard (port.port.kind ?? 6) == 6, !port.isBundle, port.isTableTrusted, !port.isHeard,
            port.foreignBridge == nil
        else { return .cannotSay }
        var evidence: [Evidence] = []
        if port.port.poe?.detection == .delivering {
            let power = port.port.poe?.deviceClass.map { "class \($0)" } ?? "delivering"
            let watts = port.port.poe?.milliwatts.map { ", \($0) mW" } ?? ""
            evidence.append(Evidence("poe", "power", power + watts, rule: card.name))
        }
        if let frames = port.newFrames, frames >= Self.frames {
            evidence.append(Evidence("port", "framesIn", "\(frames)", rule: card.name, seen: frames))
        }
        if evidence.isEmpty { return .cannotSay }
        var suspicion = Suspicion(
            "something is at this port that never says its address", severity: card.severity, addresses: [],
            evidence: evidence)
        // Counted from one poll to the next while the link stayed up and nobody was at either: two polls.
        if !port.hasFlapped, (port.newFrames ?? 0) >= Self.frames { suspicion.spans = 2 }
        return .suspicious(suspicion)
    }
}
