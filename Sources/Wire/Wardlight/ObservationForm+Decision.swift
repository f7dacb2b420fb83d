//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// Decisions of people as protocol buffers, there and back.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import WireRecords

extension ObservationForm {
    static func record(_ decision: Observation.Decision) -> Wardlight_Log_V1_DecisionRecord {
        var record = Wardlight_Log_V1_DecisionRecord()
        record.by = decision.by
        record.reason = decision.reason
        switch decision.act {
        case .correct(let subject, let attribute, let value):
            record.correction.subject = self.record(subject)
            record.correction.attribute = attribute.rawValue
            record.correction.value = value ?? ""
            record.correction.isTakenBack = value == nil
        case .merge(let one, let other): record.merge = pair(one, other)
        case .split(let one, let other): record.split = pair(one, other)
        case .accept(let subject, let acceptance):
            record.acceptance.subject = self.record(subject)
            record.acceptance.ownership = acceptance?.ownership.rawValue ?? ""
            if let until = acceptance?.until { record.acceptance.until = until.nanoseconds }
            record.acceptance.isTakenBack = acceptance == nil
        case .compensate(let subject, let advisory, let control):
            record.compensation.subject = self.record(subject)
            if let advisory { record.compensation.advisory = advisory }
            record.compensation.measure = control?.measure ?? ""
            record.compensation.owner = control?.owner ?? ""
            record.compensation.review = control?.review.nanoseconds ?? 0
            record.compensation.isTakenBack = control == nil
        }
        return record
    }

    private static func pair(_ one: Subject, _ other: Subject) -> Wardlight_Log_V1_PairRecord {
        var record = Wardlight_Log_V1_PairRecord()
        record.one = self.record(one)
        record.other = self.record(other)
        return record
    }

    static func decision(
        _ record: Wardlight_Log_V1_DecisionRecord
    ) throws(RecordError) -> Observation.Decision {
        Observation.Decision(act: try act(record), by: record.by, reason: record.reason)
    }

    private static func act(_ record: Wardlight_Log_V1_DecisionRecord) throws(RecordError) -> Observation.Decision.Act {
        switch record.act {
        case .correction(let correction):
            guard let attribute = Attribute(rawValue: correction.attribute) else {
                throw .unknownAttribute(correction.attribute)
            }
            return .correct(
                try subject(correction.subject), attribute: attribute,
                value: correction.isTakenBack ? nil : correction.value)
        case .merge(let pair): return .merge(try subject(pair.one), try subject(pair.other))
        case .split(let pair): return .split(try subject(pair.one), try subject(pair.other))
        case .acceptance(let record):
            return .accept(try subject(record.subject), try acceptance(record))
        case .compensation(let record):
            let advisory = record.hasAdvisory ? record.advisory : nil
            let control = CompensatingControl(
                advisory: advisory, measure: record.measure, owner: record.owner,
                review: Timestamp(nanoseconds: record.review))
            return .compensate(
                try subject(record.subject), advisory: advisory, record.isTakenBack ? nil : control)
        case nil: throw .unknownBody
        }
    }

    private static func acceptance(_ record: Wardlight_Log_V1_AcceptanceRecord) throws(RecordError) -> Acceptance? {
        if record.isTakenBack { return nil }
        guard let ownership = Acceptance.Ownership(rawValue: record.ownership) else {
            throw .unknownAttribute(record.ownership)
        }
        return Acceptance(
            ownership: ownership, until: record.hasUntil ? Timestamp(nanoseconds: record.until) : nil)
    }
}
