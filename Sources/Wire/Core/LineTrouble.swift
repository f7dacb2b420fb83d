//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// What can be wrong with a line of JSON that somebody wrote for us, and its cure.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// Why a line was refused. It costs itself only.
public enum LineTrouble: Error, Hashable, Sendable {
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

    /// Which form was expected, and where it is described.
    public struct Form: Hashable, Sendable {
        /// The key and its value that name the form: `"wardlight":"peripherals/1"`.
        var mark: String
        /// `docs/peripherals.md`
        var page: String

        init(mark: String, page: String) {
            self.mark = mark
            self.page = page
        }
    }

    /// What is wrong and what to do about it, in one line. What a stranger wrote is not repeated but for the name of a key.
    public func words(_ form: Form) -> String {
        switch self {
        case .notJSON(let column): "no JSON from octet \(column) on; write one whole object on each line"
        case .lineTooLong(let most): "longer than \(most) octets; write one report on each line"
        case .otherFormat: "no \(form.mark); let the agent write it, or upgrade this one"
        case .unknownKey(let key): "unknown key `\(key)`; \(form.page) lists the keys"
        case .doubleKey(let key): "key `\(key)` twice; write it once"
        case .missing(let key): "no `\(key)`; \(form.page) says what must be there"
        case .badValue(let key, let wanted): "`\(key)` is not \(wanted)"
        case .tooLong(let key, let most): "`\(key)` is longer than \(most) octets; cut it"
        case .tooMany(let key, let most): "more than \(most) `\(key)`; report fewer"
        }
    }
}
