//===----------------------------------------------------------------------===//
// Wardlight · Defense
//
// Kinds of findings: which speak of a rogue, and which of behaviour (docs/answers.md).
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// What a finding says something about; one may be of both kinds.
public enum FindingKind {
    /// A physical or behavioural contradiction: something is not what it says it is, or is where nothing should be.
    public static func isRogue(_ rule: String) -> Bool { rogue.contains(rule) || hasPrefix(rule, roguePrefixes) }

    /// Something does what it did not do before.
    public static func isBehaviour(_ rule: String) -> Bool {
        behaviour.contains(rule) || hasPrefix(rule, behaviourPrefixes)
    }

    /// All that is checked of behaviour until there are baselines, in words.
    public static let checkedBehaviour =
        "moves, absences, a slower link, another power class, a second DHCP server or router, an address at two places, "
        + "contradictions in what a device says, firmware that went back"

    private static let rogue: Set<String> = [
        "dicom.scriptWhereScannerWas", "port.swapped", "port.inBetween", "port.cloned", "port.hiddenHub",
        "port.speaksAsBridge", "port.silentDevice", "port.powerChanged", "port.slower", "port.stranger",
        "network.secondServer",
    ]
    private static let roguePrefixes = ["contradiction.", "peripheral."]
    private static let behaviour: Set<String> = [
        "dicom.scriptWhereScannerWas", "port.moved", "port.absent", "port.slower", "port.powerChanged", "port.cloned",
        "network.secondServer", "firmware.downgrade",
    ]
    private static let behaviourPrefixes = ["contradiction."]

    private static func hasPrefix(_ rule: String, _ prefixes: [String]) -> Bool {
        prefixes.contains { rule.hasPrefix($0) }
    }
}
