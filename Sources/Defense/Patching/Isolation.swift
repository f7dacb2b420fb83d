//===----------------------------------------------------------------------===//
// Wardlight · Defense
//
// Isolation: what stops on the ward when a device is cut off from the network? (docs/patches.md has the same table.)
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

public enum Isolation {
    /// The table, by type; first column and second column of the page.
    public static let table: [(types: [String], stops: String)] = [
        (
            ["infusion pump", "syringe pump"],
            "drug-library updates, infusion orders and records, remote alarms; it goes on infusing"
        ),
        (
            ["patient monitor", "vital signs monitor", "telemetry monitor", "pulse oximeter"],
            "alarms and waves at the central station, vital signs in the record; alarms at the bed go on"
        ),
        (["central station"], "the overview and remote alarms of all its beds"),
        (
            ["ventilator", "anesthesia machine", "heart-lung machine"],
            "remote alarms and values in the record; it goes on ventilating"
        ),
        (["dialysis machine"], "prescriptions and records of treatments; the treatment goes on"),
        (["defibrillator"], "readiness reports and transmitted events; it can be used"),
        (["contrast injector"], "its coupling with the scanner and records of doses"),
        (["medical gateway"], "alarms and values of every device behind it"),
        (["nurse call station", "emergency call unit"], "calls from the bed: staff has to go round"),
        (["medication cabinet", "dispensing cabinet"], "orders and stock; drugs by emergency access only"),
        (
            [
                "CT scanner", "MRI scanner", "X-ray", "ultrasound", "mammography", "angiography", "PET scanner",
                "gamma camera",
            ],
            "work lists and sending of images"
        ),
        (["PACS", "image archive", "DICOM server"], "images for all who read or compare them"),
        (
            ["point-of-care analyser", "laboratory analyser", "blood gas analyser", "glucose meter"],
            "orders and results"
        ),
        (["electrocardiograph"], "orders and sending of recordings"),
    ]

    private static let byType: [String: String] = {
        var result: [String: String] = [:]
        for row in table { for type in row.types { result[type.lowercased()] = row.stops } }
        return result
    }()

    public static func stops(type: String?, of deviceClass: DeviceClass) -> String {
        if let type, let words = byType[type.lowercased()] { return words }
        switch deviceClass {
        case .medical: return "its alarms, orders and results: ask those who use it first"
        case .building: return "what it controls or reports of the building: ask facilities first"
        case .network: return "everything that is connected through it"
        case .iot, .it, .mobile: return "its own service"
        case .unknown: return "not known: find out what it is first"
        }
    }
}
