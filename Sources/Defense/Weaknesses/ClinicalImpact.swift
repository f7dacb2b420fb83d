//===----------------------------------------------------------------------===//
// Wardlight · Defense
//
// Clinical impact: how bad is it for people when a device of this type fails? (docs/risk.md has the same table.)
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

public enum ClinicalImpact {
    /// Keeps somebody alive, or doses what does.
    public static let lifeSustaining: Set<String> = [
        "ventilator", "anesthesia machine", "infusion pump", "syringe pump", "heart-lung machine", "dialysis machine",
        "defibrillator",
    ]
    /// Watches or treats somebody, or carries the alarms of what does.
    public static let monitorsOrTreats: Set<String> = [
        "patient monitor", "central station", "vital signs monitor", "telemetry monitor", "pulse oximeter",
        "surgical robot",
        "contrast injector", "medical gateway", "nurse call station", "emergency call unit",
    ]
    static let servers: Set<String> = ["server", "file server", "virtual machine"]

    /// 1 to 5, with the name of the reason.
    public static func points(type: String?, of deviceClass: DeviceClass) -> (points: Int, name: String) {
        let type = type?.lowercased() ?? ""
        if lifeSustaining.contains(type) { return (5, "life-sustaining") }
        if monitorsOrTreats.contains(type) { return (4, "monitors or treats") }
        if deviceClass == .medical || deviceClass == .network {
            return (3, "decides on care")
        }
        if deviceClass == .building || servers.contains(type) || type.hasSuffix(" server") {
            return (2, "building or server")
        }
        return (1, "other")
    }
}
