//===----------------------------------------------------------------------===//
// Wardlight · Reports
//
// The names of figures, as a person would say them.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// The JSON says `retiredButSeen`; a person says "retired but seen".
enum FigureWords {
    private static let special: [String: String] = [
        "iot": "IoT", "vlansCaptured": "VLANs captured", "atPort": "at switch ports", "onAir": "on the air",
        "behindGateway": "behind gateways", "withoutPlace": "without a known place",
        "hanging": "risk of what hangs on it", "withoutVendor": "without a known maker", "vendors": "makers",
    ]

    static func words(for name: String) -> String {
        if let words = special[name] { return words }
        var result = ""
        for scalar in name.unicodeScalars {
            if scalar.properties.isUppercase {
                result += " "
                result += scalar.properties.lowercaseMapping
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
