//===----------------------------------------------------------------------===//
// Wardlight · Reports
//
// Answers JSON: the seven answers, as the inventory and `wardlight answers` write them.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// `wardlight answers --format json`, schema wardlight.answers/1: the same object as `answers` in the inventory.
public enum AnswersJSON {
    public static let schema = "wardlight.answers/1"

    /// Hands the text over in pieces of about 64 KiB.
    public static func write<Failure: Error>(
        _ answers: Answers, to sink: ([UInt8]) throws(Failure) -> Void
    ) throws(Failure) {
        var json = JSONWriter()
        json.beginObject()
        json.member("schema", schema)
        json.member("asOf", answers.asOf.description)
        try json.answers(answers, to: sink)
        json.endObject()
        json.newLine()
        try sink(json.take())
    }
}

extension JSONWriter {
    /// `answers`: one object for each question, by its name.
    mutating func answers<Failure: Error>(
        _ answers: Answers, to sink: ([UInt8]) throws(Failure) -> Void
    ) throws(Failure) {
        key("answers")
        beginObject()
        for answer in answers.answers {
            key(text: answer.question.rawValue)
            beginObject()
            member("question", answer.question.words)
            member("state", answer.state.rawValue)
            member("number", answer.number)
            member("sentence", answer.sentence)
            figures(answer.figures)
            if !answer.missing.isEmpty { member("missing", answer.missing) }
            member("asOf", answers.asOf.description)
            member("from", answer.from?.description)
            member("to", answer.to?.description)
            key("items")
            beginArray()
            for item in answer.items {
                self.item(item)
                if bytes.count >= 65_536 { try sink(take()) }
            }
            endArray()
            if answer.itemsLeftOut > 0 { member("itemsLeftOut", answer.itemsLeftOut) }
            endObject()
        }
        endObject()
    }

    private mutating func item(_ item: Answer.Item) {
        beginObject(inline: true)
        member("subject", item.subject)
        member("title", item.title)
        member("kind", item.kind)
        if !item.figures.isEmpty { figures(item.figures) }
        member("place", item.place)
        member("seen", item.seen?.description)
        if !item.devices.isEmpty { member("devices", item.devices) }
        if !item.evidence.isEmpty { member("evidence", item.evidence) }
        endObject()
    }

    private mutating func figures(_ figures: [Answer.Figure]) {
        key("figures")
        beginArray()
        for figure in figures {
            beginObject(inline: true)
            member("name", figure.name)
            member("value", figure.value)
            member("of", figure.of)
            endObject()
        }
        endArray()
    }
}
