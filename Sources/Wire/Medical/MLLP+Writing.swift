//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// HL7 v2, the other way round: messages for the simulator.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

extension MLLP {
    /// One HL7 version 2 message with the usual delimiters (`|^~\&`), built segment by segment.
    public struct Message: Hashable, Sendable {
        private var text: String

        /// Begins with the message header.
        ///
        /// - Parameters:
        ///   - time: `YYYYMMDDHHMMSS`.
        ///   - type: MSH-9, such as `ORU^R01^ORU_R01`.
        ///   - profile: MSH-21, such as `IHE_PCD_001^IHE PCD^1.3.6.1.4.1.19376.1.6.1.1.1^ISO`.
        public init(
            sendingApplication: String, sendingFacility: String = "", receivingApplication: String = "",
            receivingFacility: String = "", time: String, type: String, controlId: String, version: String = "2.6",
            profile: String? = nil
        ) {
            text = "MSH|^~\\&|"
            text += [sendingApplication, sendingFacility, receivingApplication, receivingFacility, time, "", type]
                .joined(separator: "|")
            text += "|\(controlId)|P|\(version)"
            if let profile { text += "|||||||||\(profile)" }
            text += "\r"
        }

        /// Adds a segment with the given fields by number (from 1); those between are empty.
        public mutating func add(_ name: String, _ fields: [Int: String]) {
            text += name
            let last = fields.keys.max() ?? 0
            for number in stride(from: 1, through: min(last, 64), by: 1) { text += "|" + (fields[number] ?? "") }
            text += "\r"
        }

        /// Acknowledges a message (`AA`).
        public mutating func acknowledge(_ controlId: String) { add("MSA", [1: "AA", 2: controlId]) }

        /// Without a frame: segments that end in a carriage return.
        public var bytes: [UInt8] { Array(text.utf8) }

        /// As it goes over the wire: start block, message, end block, carriage return.
        public var framed: [UInt8] { [0x0B] + bytes + [0x1C, 0x0D] }
    }
}
