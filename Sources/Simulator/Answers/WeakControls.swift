//===----------------------------------------------------------------------===//
// Wardlight · Simulator
//
// Weak controls that a station's traffic shows (docs/controls.md).
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

enum WeakControls {
    /// Carry what belongs to patients.
    private static let clinical: Set<String> = ["hl7", "dicom", "poct1", "astm"]
    private static let sealed: Set<String> = ["tls", "dtls", "quic"]

    /// Each rule that is broken, once.
    static func rules(of station: Station, _ truth: Truth) -> Set<String> {
        var rules = truth.lapses(of: station)
        let uses = truth.uses(of: station)
        let isMedical = station.deviceClass == .medical
        let ports = Set(uses.filter { sealed.contains($0.service.name) }.map { "\($0.side) \($0.service.port)" })
        for use in uses where !ports.contains("\(use.side) \(use.service.port)") {
            let name = use.service.name
            switch (use.side, name) {
            case (.server, "telnet"): rules.insert("control.telnet")
            case (.server, "snmp"):
                let isKnown = station.community == "public"
                rules.insert(isKnown ? "control.defaultCommunity" : "control.snmpClear")
            case (.server, _) where clinical.contains(name): rules.insert("control.plainClinical")
            case (.server, "mqtt"), (.server, "ftp"), (.server, "http"):
                if isMedical { rules.insert("control.plainClinical") }
            case (.client, _) where isMedical && (clinical.contains(name) || name == "mqtt" || name == "ftp"):
                rules.insert("control.plainClinical")
            default: break
            }
        }
        return rules
    }
}
