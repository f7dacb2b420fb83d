//===----------------------------------------------------------------------===//
// Wardlight · Defense
//
// SSVC, the deployer's tree: in which order are weaknesses to be worked on?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// How far others can reach a device (SSVC, System Exposure 1.0.1), and because of what.
public struct Exposure: Hashable, Sendable {
    public enum Level: String, Hashable, Sendable, CaseIterable {
        case small, controlled, open
    }
    public var level: Level
    public var because: String

    public init(_ level: Level, because: String) {
        self.level = level
        self.because = because
    }

    /// What holds where nothing else is known: inside the hospital, and reachable from there.
    public static let controlled = Exposure(
        .controlled, because: "inside the hospital's network, as nothing else was seen")

    /// Small where a device was only ever heard by Bluetooth: whoever wants to reach it has to be near.
    public static func withoutNetwork(_ device: Device) -> Exposure? {
        guard device.mac.isEmpty, device.ipv4.isEmpty, device.ipv6.isEmpty, device.services.isEmpty,
            device.place == nil,
            let radio = device.facts.first(where: { $0.field == .sightingBle }),
            !device.facts.contains(where: { [.sightingImei, .sightingIccid, .sightingSsid].contains($0.field) })
        else { return nil }
        return Exposure(.small, because: "it was only heard by Bluetooth, as \(radio.value), and is in no network")
    }
}

/// The table of CERT/CC, and the points that lead through it.
public enum Deployer {
    public enum Exploitation: String, Hashable, Sendable, CaseIterable {
        case none
        case publicProof = "public poc"
        case active
    }
    public enum HumanImpact: String, Hashable, Sendable, CaseIterable {
        case low, medium, high
        case veryHigh = "very high"
    }

    /// From this forecast on a way to exploit it is taken to be public: one chance in ten within 30 days (EPSS), in parts
    /// of 100,000. Of all CVEs few reach it; those that do have code in the open with few exceptions.
    public static let publicFrom = 10_000

    /// Deployer Patch Application Priority 1.0.0 (CERT/CC, SSVC: `deployer_patch_application_priority_1_0_0.csv`, 72 rows).
    ///
    /// One text for each exploitation and exposure: four letters, by human impact, without automation; four with it.
    /// d defer, s scheduled, o out-of-cycle, i immediate.
    private static let table: [Exploitation: [Exposure.Level: String]] = [
        .none: [.small: "ddss dsss", .controlled: "dsss ssss", .open: "dsss ssso"],
        .publicProof: [.small: "dsss ssss", .controlled: "dsss ssso", .open: "ssso ssoo"],
        .active: [.small: "ssoo sooo", .controlled: "ssoo oooo", .open: "sooi ooii"],
    ]

    public static func priority(
        _ exploitation: Exploitation, _ exposure: Exposure.Level, isAutomatable: Bool, _ impact: HumanImpact
    ) -> Weakness.Priority {
        let letters = table[exploitation]?[exposure] ?? ""
        let at = (HumanImpact.allCases.firstIndex(of: impact) ?? 0) + (isAutomatable ? 5 : 0)
        guard let letter = letters.utf8.dropFirst(at).first else { return .scheduled }
        switch letter {
        case UInt8(ascii: "d"): return .defer
        case UInt8(ascii: "o"): return .outOfCycle
        case UInt8(ascii: "i"): return .immediate
        default: return .scheduled
        }
    }

    // MARK: - Points

    /// The points that are the same for every device.
    struct Points: Sendable {
        let exploitation: Exploitation
        let isAutomatable: Bool
        /// As they are shown.
        fileprivate let shown: (exploitation: Weakness.DecisionPoint, automation: Weakness.DecisionPoint)

        /// - Parameter statement: What the advisory says of public exploits.
        init(of weakness: Weakness, _ statement: ExploitStatement? = nil) {
            let (exploitation, why) = Deployer.exploitation(of: weakness, statement)
            let (isAutomatable, how) = Deployer.automation(of: weakness)
            self.exploitation = exploitation
            self.isAutomatable = isAutomatable
            shown = (
                .init("exploitation", exploitation.rawValue, because: why),
                .init("automatable", isAutomatable ? "yes" : "no", because: how)
            )
        }
    }

    /// Fills `priority` and `decision`.
    static func decide(_ weakness: inout Weakness, by points: Points, device: Device, exposure: Exposure) {
        let (impact, whom) = humanImpact(of: device)
        weakness.priority = priority(
            points.exploitation, exposure.level, isAutomatable: points.isAutomatable, impact)
        weakness.decision = [
            points.shown.exploitation,
            .init("exposure", exposure.level.rawValue, because: exposure.because),
            points.shown.automation,
            .init("human impact", impact.rawValue, because: whom),
        ]
    }

    private static func exploitation(
        of weakness: Weakness, _ statement: ExploitStatement?
    ) -> (Exploitation, String) {
        if let cve = weakness.exploited.first {
            return (.active, "\(cve) is in CISA's catalogue of known exploited vulnerabilities")
        }
        if let statement, statement.isPublic {
            return (.publicProof, "the advisory says: \(statement.sentence)")
        }
        if let forecast = weakness.forecast {
            let share = "\(forecast / 1_000).\(forecast % 1_000 / 100) %"
            return forecast >= publicFrom
                ? (.publicProof, "the forecast (EPSS) is \(share) within 30 days, 10 % or more")
                : (.none, "the forecast (EPSS) is \(share) within 30 days, below 10 %")
        }
        if let statement { return (.none, "the advisory says: \(statement.sentence)") }
        return (.none, "none of its CVEs is known to be exploited, and there is no forecast")
    }

    /// An attacker who needs no right, no person and no luck can be a program.
    private static func automation(of weakness: Weakness) -> (Bool, String) {
        guard let vector = weakness.vector else { return (false, "the advisory gives no vector") }
        let parts = Set(vector.split(separator: "/").map(String.init))
        let needed = ["AV:N", "AC:L", "PR:N", "UI:N"]
        if needed.allSatisfy(parts.contains) {
            return (true, "over the network, simple, without rights or a person (\(vector))")
        }
        let missing = needed.filter { !parts.contains($0) }
        return (false, "not \(missing.joined(separator: ", not ")) (\(vector))")
    }

    static func humanImpact(of device: Device) -> (HumanImpact, String) {
        let term = ClinicalImpact.term(of: device)
        let because = "\(term.because): \(term.name)"
        switch term.points {
        case 5...: return (.veryHigh, because)
        case 4: return (.high, because)
        case 3: return (.medium, because)
        default: return (.low, because)
        }
    }
}
