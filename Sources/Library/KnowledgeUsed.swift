//===----------------------------------------------------------------------===//
// Wardlight · Library
//
// What was used, by its digest: the settings as a log names them, and what to say when a replay has others.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Crypto
import Model

extension Observation.Knowledge {
    /// What people say is as it should be: without any, the digest of nothing.
    public init(_ allowances: Allowances, _ plan: SitePlan = SitePlan()) {
        let digest = SHA256.hash(data: Array((allowances.canonical + plan.canonical).utf8))
        self.init(name: Self.settings, digest: digest.map { hexadecimal($0) }.joined())
    }

    public static let settings = "settings"

    /// What a replay says when what the log was made with is not what there is today.
    ///
    /// - Parameters:
    ///   - before: Digest that the log names; nil where it names none, and nothing can be said.
    ///   - today: Nil where there is none today.
    public static func note(_ name: String, before: String?, today: String?) -> String? {
        guard let before, before != today else { return nil }
        let none = name == settings ? Self(Allowances()).digest : ""
        func shown(_ digest: String?) -> String {
            guard let digest, digest != none else { return "none" }
            return String(digest.prefix(12))
        }
        let than = "(\(shown(before))) than today's (\(shown(today))): answers may differ"
        return switch name {
        case "knowledge": "the log was made with other knowledge \(than)."
        case settings: "the log was made with other settings \(than); give the --settings FILE of then."
        case "peripherals": "the log was made with another Knowledge/peripherals.list \(than)."
        case "vendors": "the log was made with another Knowledge/vendors.list \(than)."
        case LifecycleLibrary.knowledge: "the log was made with another Knowledge/lifecycles.list \(than)."
        case "advisories": "the log was made with other advisories \(than)."
        default: "the log was made with another \(name) \(than)."
        }
    }
}
