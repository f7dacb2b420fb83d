//===----------------------------------------------------------------------===//
// Wardlight · Model
//
// Decisions: what a person says, and who and why. Kept in the log like everything that can change an answer.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

extension Observation {
    /// What a named person decided about devices. It outranks what is only concluded, and can be taken back.
    public struct Decision: Hashable, Sendable {
        /// What was decided.
        ///
        /// A subject names a device by its hardware address, else its network address, else its child identifier, so
        /// that the decision holds for later captures of the same site, too.
        public enum Act: Hashable, Sendable {
            /// The device is this; nil takes an earlier correction of the attribute back.
            case correct(Subject, attribute: Attribute, value: String?)
            /// Both are one device.
            case merge(Subject, Subject)
            /// They are two devices.
            case split(Subject, Subject)
            /// The device may be here, as what, and until when; nil takes it back.
            case accept(Subject, Acceptance?)
            /// What keeps the device safe until it is mended; nil takes back what was decided for the advisory.
            case compensate(Subject, advisory: String?, CompensatingControl?)
        }

        public var act: Act
        /// Who decided: a name as the hospital knows it. At most `longestName` octets.
        public var by: String
        /// Why, in the person's own words. At most `longestReason` octets.
        public var reason: String

        /// Octets of UTF-8. Longer than any name with its title and department.
        public static let longestName = 128
        /// Octets of UTF-8: a few sentences. Evidence shows them on every page, so they are no place for a report.
        public static let longestReason = 512
        /// Octets of UTF-8 of a corrected value, as of every fact.
        public static let longestValue = 256

        /// What is longer than allowed is cut between characters.
        public init(act: Act, by: String, reason: String) {
            if case .correct(let subject, let attribute, let value?) = act {
                self.act = .correct(subject, attribute: attribute, value: value.cut(toOctets: Self.longestValue))
            } else {
                self.act = act
            }
            self.by = by.cut(toOctets: Self.longestName)
            self.reason = reason.cut(toOctets: Self.longestReason)
        }
    }
}

extension String {
    /// The text, or as many whole scalars of it as fit.
    fileprivate func cut(toOctets limit: Int) -> String {
        guard utf8.count > limit else { return self }
        var end = utf8.index(utf8.startIndex, offsetBy: limit)
        while end > utf8.startIndex, utf8[end] & 0xC0 == 0x80 { end = utf8.index(before: end) }
        return String(self[..<end])
    }
}
