//===----------------------------------------------------------------------===//
// Wardlight · Server
//
// What lists share: the cursor that belongs to a question, and what stands before the rows.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Reports
import Twin

extension Asking {
    /// All that chooses and orders rows; a cursor belongs to it.
    var question: String {
        values.filter { $0.key != "cursor" && $0.key != "limit" }.sorted { $0.key < $1.key }
            .map { "\($0.key)=\(Percent.encoded($0.value))" }.joined(separator: "&") + "@" + route
    }
}

extension House {
    /// What the cursor of a request holds; nil where it has none.
    ///
    /// - Throws: `badCursor` where it is not of ours, of another question, or of another number of parts.
    func cursor(of asking: Asking, parts: Int) throws -> [String]? {
        guard let cursor = asking["cursor"] else { return nil }
        guard let held = seal.open(cursor, question: asking.question), held.count == parts else {
            throw Problem.badCursor
        }
        return held
    }

    /// A page of a list: where it stands, how many there are, how to go on, and its rows.
    ///
    /// - Parameters:
    ///   - past: nil for the present.
    ///   - next: what the cursor of the next page holds; nil on the last one.
    func page<Row>(
        _ asking: Asking, _ past: HospitalView?, _ number: EventNumber, total: Int, next: [String]?,
        _ name: StaticString, _ rows: [Row], write: (inout JSONWriter, Row) -> Void
    ) -> Reply {
        var json = JSONWriter()
        json.beginObject()
        json.member("number", number.description)
        if let past { json.moment(of: past) }
        json.member("total", total)
        json.member("next", next.map { seal.seal($0, question: asking.question) })
        json.key(name)
        json.beginArray()
        for row in rows { write(&json, row) }
        json.endArray()
        json.endObject()
        return .json(json.take(), of: past)
    }
}
