//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// What can be wrong with a line that reports peripherals, and its cure.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// Why a line was refused. It costs itself only.
public enum PeripheralTrouble: Error, Hashable, Sendable {
    /// Broken at that octet of the line, from 1.
    case notJSON(column: Int)
    case lineTooLong(most: Int)
    case otherFormat
    case unknownKey(String)
    case doubleKey(String)
    case missing(String)
    case badValue(key: String, wanted: String)
    case tooLong(key: String, most: Int)
    case tooMany(key: String, most: Int)

    /// What is wrong and what to do about it, in one line. What a stranger wrote is not repeated but for the name of a key.
    public var words: String {
        switch self {
        case .notJSON(let column): "no JSON from octet \(column) on; write one whole object on each line"
        case .lineTooLong(let most): "longer than \(most) octets; write one report on each line"
        case .otherFormat: "no \"wardlight\":\"\(PeripheralLine.format)\"; let the agent write it, or upgrade this one"
        case .unknownKey(let key): "unknown key `\(key)`; docs/peripherals.md lists the keys"
        case .doubleKey(let key): "key `\(key)` twice; write it once"
        case .missing(let key): "no `\(key)`; the agent must give it"
        case .badValue(let key, let wanted): "`\(key)` is not \(wanted)"
        case .tooLong(let key, let most): "`\(key)` is longer than \(most) octets; cut it"
        case .tooMany(let key, let most): "more than \(most) `\(key)`; report fewer"
        }
    }
}
