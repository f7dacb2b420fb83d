//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// Observations as JSON, for people and for other programs.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import SwiftProtobuf
import WireRecords

extension ObservationForm {
    /// One observation as `wardlight.proto` says it in JSON (ProtoJSON: camel-case names, 64-bit numbers as texts, octets
    /// in Base64, what is empty left out). One line, without a line break.
    public static func json(_ observation: Observation) throws -> String {
        try record(observation).jsonString()
    }

    /// The observation that such a line says. Names that this version does not know are refused, not skipped.
    ///
    /// - Throws: `RecordError`, or what swift-protobuf says of JSON that is none.
    public static func observation(json: String) throws -> Observation {
        var options = JSONDecodingOptions()
        options.messageDepthLimit = 16
        return try observation(try Wardlight_Log_V1_ObservationRecord(jsonString: json, options: options))
    }
}
