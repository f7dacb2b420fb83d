//===----------------------------------------------------------------------===//
// Wardlight · Defense
//
// Presence: what may be expected of each kind of device: always there, always at its place, fed by the mains, asleep?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// What is usual for a kind of device; data, with its reason.
struct Presence: Hashable, Sendable {
    /// Types as `Knowledge/` names them.
    var types: [String]
    /// It is switched on day and night: when it is gone, somebody should know.
    var isAlwaysThere = false
    /// It is built in or too heavy: when it is elsewhere, it was not carried by a nurse.
    var isFixed = false
    /// It has a plug for the mains: power from the port means something else is at the port.
    var isMains = false
    var reason: String

    static let profiles: [Presence] = [
        Presence(
            types: [
                "imaging modality", "CT scanner", "MR scanner", "PET scanner", "X-ray system", "mammography system",
                "angiography system", "nuclear medicine camera", "surgical robot",
            ], isFixed: true, isMains: true, reason: "built in; switched off at night"),
        Presence(
            types: ["laboratory analyser", "steriliser", "laboratory refrigerator"], isFixed: true, isMains: true,
            reason: "stands on its bench; some are switched off at night"),
        Presence(
            types: ["medication dispenser"], isAlwaysThere: true, isFixed: true, isMains: true,
            reason: "drugs are behind it, day and night"),
        Presence(
            types: ["network camera"], isAlwaysThere: true, isFixed: true,
            reason: "watches day and night; fed by its port"),
        Presence(
            types: ["access control panel", "building controller", "programmable controller"], isAlwaysThere: true,
            isFixed: true, reason: "doors and air, day and night"),
        Presence(
            types: ["switch", "router", "firewall", "wireless controller", "power supply"], isAlwaysThere: true,
            isFixed: true, reason: "others hang on it"),
        Presence(types: ["access point"], isAlwaysThere: true, reason: "others hang on it; it is replaced by hand"),
        Presence(
            types: ["server", "file server"], isFixed: false, isMains: true, reason: "virtual ones move by themselves"),
        Presence(types: ["workstation", "printer"], isMains: true, reason: "its owner switches it off"),
        Presence(
            types: [
                "ventilator", "anesthesia machine", "dialysis machine", "heart-lung machine", "infusion pump",
                "syringe pump", "ultrasound scanner", "endoscopy system", "contrast injector", "hospital bed",
                "defibrillator", "electrocardiograph",
            ], isMains: true, reason: "goes from bed to bed and into the store room, on batteries or the mains"),
    ]

    private static let byType: [String: Presence] = {
        var found: [String: Presence] = [:]
        for profile in profiles { for type in profile.types where found[type] == nil { found[type] = profile } }
        return found
    }()

    /// What is usual for a device whose type is known well enough to act on it.
    static func of(_ device: Device?) -> Presence? {
        guard let type = device?.judgements[.type], type.confidence >= sure else { return nil }
        return byType[type.value]
    }

    /// Parts in a thousand; below, a person is asked (docs/inventory-json.md).
    static let sure = 700

    /// Computers, handhelds, printers and television sets sleep, and offer slow speeds while they do. What is not known
    /// may be one of them.
    static func mayDoze(_ device: Device?) -> Bool {
        guard let device else { return true }
        // An ultrasound scanner with Windows in it sleeps like any computer.
        if let os = device.judgements[.os]?.value, os.hasPrefix("Windows") || os.hasPrefix("macOS") { return true }
        switch device.deviceClass {
        case .it, .mobile, .unknown: return true
        case .medical, .iot, .building, .network:
            return ["television", "media player", "game console"].contains(device.judgements[.type]?.value ?? "")
        }
    }
}
