//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// What names a person in a record: sealed with a key of their own, so that they can be forgotten.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model
import SwiftProtobuf
import WireRecords

/// Closes and opens what names a person, with a key of that person's own. The keys stay outside the log.
public protocol PersonSeals: Sendable {
    /// - Returns: 16 octets that tell which key, and the closed octets.
    func seal(_ octets: [UInt8], of person: String) throws -> (person: [UInt8], box: [UInt8])

    /// What was closed; nil where the key is destroyed, or never was here, or the octets were changed.
    func open(_ box: [UInt8], of person: [UInt8]) -> [UInt8]?
}

extension ObservationForm {
    /// What stands for a person whose key is not there.
    public static let erased = "erased"

    static func seal(_ record: inout Wardlight_Log_V1_ObservationRecord, with seals: any PersonSeals) throws {
        if case .edge(var edge)? = record.body {
            try seal(&edge.one, with: seals)
            try seal(&edge.other, with: seals)
            record.edge = edge
            return
        }
        guard case .decision(var decision)? = record.body, !decision.by.isEmpty else { return }
        var personal = Wardlight_Log_V1_PersonalRecord()
        personal.by = decision.by
        personal.reason = decision.reason
        if case .compensation(var compensation)? = decision.act {
            personal.owner = compensation.owner
            compensation.owner = ""
            decision.compensation = compensation
        }
        let octets: Data = try personal.serializedBytes()
        let closed = try seals.seal([UInt8](octets), of: decision.by)
        decision.sealed.person = Data(closed.person)
        decision.sealed.box = Data(closed.box)
        (decision.by, decision.reason) = ("", "")
        record.decision = decision
    }

    /// A person at the end of an edge: the reference is closed.
    private static func seal(_ end: inout Wardlight_Log_V1_EdgeEndRecord, with seals: any PersonSeals) throws {
        guard case .person(let reference)? = end.end else { return }
        let closed = try seals.seal(Array(reference.utf8), of: reference)
        end.sealed.person = Data(closed.person)
        end.sealed.box = Data(closed.box)
    }

    private static func open(_ end: inout Wardlight_Log_V1_EdgeEndRecord, with seals: (any PersonSeals)?) {
        guard case .sealed(let sealed)? = end.end else { return }
        let octets = seals?.open([UInt8](sealed.box), of: [UInt8](sealed.person))
        // Two whose keys are gone stay two: whoever lay in a bed after them does not merge with them.
        end.person = octets.map { String(decoding: $0, as: UTF8.self) } ?? "\(erased)-\(hex(sealed.person.prefix(8)))"
    }

    private static func hex(_ octets: Data) -> String {
        octets.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    static func open(_ record: inout Wardlight_Log_V1_ObservationRecord, with seals: (any PersonSeals)?) {
        if case .edge(var edge)? = record.body {
            open(&edge.one, with: seals)
            open(&edge.other, with: seals)
            record.edge = edge
            return
        }
        guard case .decision(var decision)? = record.body, decision.hasSealed else { return }
        let octets = seals?.open([UInt8](decision.sealed.box), of: [UInt8](decision.sealed.person))
        let personal = octets.flatMap { try? Wardlight_Log_V1_PersonalRecord(serializedBytes: $0) }
        decision.by = personal?.by ?? erased
        decision.reason = personal?.reason ?? erased
        if case .compensation(var compensation)? = decision.act {
            compensation.owner = personal?.owner ?? erased
            decision.compensation = compensation
        }
        decision.clearSealed()
        record.decision = decision
    }
}
