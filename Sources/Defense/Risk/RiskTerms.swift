//===----------------------------------------------------------------------===//
// Wardlight · Defense
//
// Risk: the terms of likelihood and clinical impact of a device and of a switch (docs/risk.md).
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// How bad it is for patients when a device fails or lies, by its type: 1 to 5.
public enum ClinicalImpact {
    public static let lifeSustaining: Set<String> = [
        "ventilator", "anesthesia machine", "infusion pump", "syringe pump", "heart-lung machine", "dialysis machine",
        "defibrillator",
    ]
    public static let monitorsOrTreats: Set<String> = [
        "patient monitor", "central station", "vital signs monitor", "telemetry monitor", "pulse oximeter",
        "surgical robot", "contrast injector", "medical gateway", "nurse call station", "emergency call unit",
    ]
    private static let servers: Set<String> = ["server", "file server", "virtual machine"]
    private static let carriers: Set<String> = ["switch", "router", "wireless controller", "access point", "firewall"]

    public static func term(of device: Device) -> Risk.Term {
        let type = device.judgements[.type]?.value ?? ""
        let because = type.isEmpty ? "class \(device.deviceClass.rawValue)" : type
        if lifeSustaining.contains(type) { return Risk.Term("life-sustaining", 5, because: because) }
        if monitorsOrTreats.contains(type) { return Risk.Term("monitors or treats", 4, because: because) }
        if device.deviceClass == .medical || device.deviceClass == .network && carriers.contains(type) {
            return Risk.Term("decides on care", 3, because: because)
        }
        if device.deviceClass == .building || servers.contains(type) {
            return Risk.Term("building or server", 2, because: because)
        }
        return Risk.Term("other", 1, because: because)
    }
}

/// What makes harm likelier at one device.
public struct LikelihoodSigns: Hashable, Sendable {
    public var weaknesses: [Weakness]
    public var weakControls: [Finding]
    /// Findings that count as rogue.
    public var rogue: [Finding]
    /// Its operating system, where it gets no updates any more.
    public var unsupported: String?
    /// Its firmware, where that has been named as weak for long.
    public var oldFirmware: String?

    public init(
        weaknesses: [Weakness] = [], weakControls: [Finding] = [], rogue: [Finding] = [], unsupported: String? = nil,
        oldFirmware: String? = nil
    ) {
        self.weaknesses = weaknesses
        self.weakControls = weakControls
        self.rogue = rogue
        self.unsupported = unsupported
        self.oldFirmware = oldFirmware
    }
}

extension Weakness {
    /// A year is the time in which a hospital plans its maintenance: each device is opened once.
    static let longSeconds: Int64 = 365 * 86_400

    /// The firmware that an advisory has named for more than a year, and that the device still has, in words.
    ///
    /// Nobody says of a device how old its firmware is. But what an advisory names was there when it was written: so old it
    /// is at least. A row for all versions names none.
    public func oldFirmware(at moment: Timestamp) -> String? {
        guard verdict == .affected, let released,
            moment.nanoseconds / 1_000_000_000 - released.nanoseconds / 1_000_000_000 > Self.longSeconds
        else { return nil }
        let named = comparisons.first {
            $0.what == "version" && $0.holds == true && $0.seen != nil && !VersionRange($0.advisory).isAll
        }
        guard let seen = named?.seen else { return nil }
        return "\(seen) is named by \(advisory) since \(released.description.prefix(10))"
    }
}

extension Risk {
    /// Of a device, at a bed or not.
    public init(of device: Device, signs: LikelihoodSigns) {
        var impact = [ClinicalImpact.term(of: device)]
        if let bed = device.locations.first(where: { $0.until == nil && !$0.bed.isEmpty }) {
            let words = [bed.pointOfCare, bed.room, bed.bed].filter { !$0.isEmpty }.joined(separator: " ")
            impact.append(Term("at a bed", 1, because: words))
        }
        var likelihood = Self.likelihood(signs)
        if let control = signs.weakControls.first {
            likelihood.append(Term("weak control", 1, because: control.title))
        }
        self.init(likelihood: likelihood, impact: impact)
    }

    /// Of a switch, with what hangs on it.
    ///
    /// - Parameter hanging: Risks of the present devices at its ports.
    public init(ofSwitch signs: LikelihoodSigns, hanging: [Risk]) {
        var likelihood = Self.likelihood(signs)
        let kinds = Set(signs.weakControls.map(\.rule)).sorted()
        if !kinds.isEmpty {
            likelihood.append(
                Term("weak configuration", min(kinds.count, 2), because: kinds.joined(separator: ", ")))
        }
        let worst = hanging.map(\.impact).max() ?? 0
        var impact = [
            worst > 3
                ? Term("worst device at its ports", worst, because: "impact \(worst)")
                : Term("decides on care", 3, because: "a switch")
        ]
        let grave = hanging.filter { $0.impact >= 4 }.count
        if grave >= Self.many { impact.append(Term("many", 1, because: "\(grave) devices of impact 4 or 5")) }
        self.init(likelihood: likelihood, impact: impact)
    }

    /// So many devices of impact 4 or 5 behind one switch are a ward of their own.
    public static let many = 10

    private static func likelihood(_ signs: LikelihoodSigns) -> [Term] {
        var terms = [Term("base", 1, because: "everything can fail")]
        let affected = signs.weaknesses.filter { $0.verdict == .affected }
        if let known = affected.first(where: { !$0.exploited.isEmpty }) {
            let because = "\(known.exploited.joined(separator: ", ")) of \(known.advisory)"
            terms.append(Term("known exploited", 2, because: because))
        }
        if let first = affected.first {
            let rest = affected.count > 1 ? " and \(affected.count - 1) more" : ""
            terms.append(Term("affected", 1, because: first.advisory + rest))
        } else if let open = signs.weaknesses.first(where: { $0.verdict == .needsReview }) {
            terms.append(Term("needs review", 1, because: open.advisory))
        }
        if let system = signs.unsupported { terms.append(Term("unsupported system", 1, because: system)) }
        if let old = signs.oldFirmware { terms.append(Term("old firmware", 1, because: old)) }
        if let rogue = signs.rogue.first { terms.append(Term("rogue", 2, because: rogue.title)) }
        return terms
    }
}
