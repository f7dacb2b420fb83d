//===----------------------------------------------------------------------===//
// Wardlight · Server
//
// POST /api/v1/observations: what gateways and sensors hand in.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import HTTPTypes
import Model
import Reports
import Wire

/// Takes a batch in, all of it or nothing, and answers when it is durable.
enum ObservationIntake {
    /// Octets of one observation in JSON.
    private static let longestLine = 65_536

    static func post(_ asking: Asking, _ house: House) async throws -> Reply {
        var observations = try read(asking, most: house.settings.limits.observations)
        for number in observations.indices {
            if let refusal = ObservationBounds.fit(&observations[number], at: asking.moment) {
                throw bad(number, refusal)
            }
            switch observations[number].body {
            case .decision, .knowledge:
                guard asking.who.may(.admin) else { throw Problem.forbidden("admin") }
            default: break
            }
        }
        if let key = try receiptKey(asking) {
            let (range, isRepeated) = try await house.receipts.take(
                observations, key: key, digest: Secret.digest(of: asking.body), into: house.doors.intake,
                at: asking.moment)
            return reply(range, count: observations.count, isRepeated: isRepeated)
        }
        do throws(IntakeFailure) {
            let range = try await house.doors.intake.append(observations)
            return reply(range, count: observations.count, isRepeated: false)
        } catch { throw Problem(error) }
    }

    private static func reply(_ range: Range<UInt64>, count: Int, isRepeated: Bool) -> Reply {
        var json = JSONWriter()
        json.beginObject(inline: true)
        json.member("first", range.lowerBound)
        json.member("next", range.upperBound)
        json.member("count", count)
        json.member("repeated", isRepeated)
        json.endObject()
        var reply = Reply.json(json.take(), status: .created)
        reply.fields[.location] = "/api/v1/log"
        return reply
    }

    /// Nobody's key is another's.
    private static func receiptKey(_ asking: Asking) throws -> [UInt8]? {
        guard let key = asking.fields[.idempotencyKey] else { return nil }
        if let refusal = ValueKind.key.refusal(of: key) { throw Problem.badParameter("Idempotency-Key", refusal) }
        return Secret.digest((asking.who.client ?? asking.client) + " " + key)
    }

    private static func read(_ asking: Asking, most: Int) throws -> [Observation] {
        let type = (asking.fields[.contentType] ?? "").split(separator: ";").first.map {
            $0.lowercased().replacing(" ", with: "")
        }
        let found: [Observation]
        switch type {
        case "application/x-protobuf", "application/protobuf":
            do throws(RecordError) { found = try ObservationForm.decode(asking.body) } catch {
                throw Problem(.badRequest, "bad-observation", "That is no batch of observations", words(error))
            }
        case "application/json":
            guard let lines = JSONArray.elements(of: asking.body, most: most + 1) else {
                throw Problem(.badRequest, "bad-json", "That is no JSON array", "Send [ … ] or one a line.")
            }
            found = try lines.enumerated().map { try observation($1, $0) }
        case "application/x-ndjson":
            let lines = asking.body.split(separator: 0x0A).filter { !$0.allSatisfy { $0 == 0x20 || $0 == 0x0D } }
            guard lines.count <= most else { throw tooMany(most) }
            found = try lines.enumerated().map { try observation($1, $0) }
        default:
            throw Problem(
                .unsupportedMediaType, "media-type", "That form is not known here",
                "application/json, application/x-ndjson or application/x-protobuf is expected.")
        }
        guard found.count <= most else { throw tooMany(most) }
        guard !found.isEmpty else { throw Problem(.badRequest, "empty", "There is no observation in it") }
        return found
    }

    private static func tooMany(_ most: Int) -> Problem {
        Problem(.contentTooLarge, "too-many", "Too many observations at once", "At most \(most).")
    }

    private static func observation(_ line: ArraySlice<UInt8>, _ number: Int) throws -> Observation {
        guard line.count <= longestLine, let text = String(validating: line, as: UTF8.self) else {
            throw bad(number, "It is too long, or no UTF-8.")
        }
        do { return try ObservationForm.observation(json: text) } catch let error as RecordError {
            throw bad(number, words(error))
        } catch {
            throw bad(number, "It is not the JSON of an observation (docs/api.md).")
        }
    }

    private static func words(_ error: RecordError) -> String {
        switch error {
        case .notProtocolBuffers: "It is no ObservationBatch in protocol buffers."
        case .unknownBody: "It says nothing that is known here."
        case .unknownField(let name): "There is no field '\(name.prefix(64))' (docs/fields.md)."
        case .badAddress: "`network` has 4 octets or 16."
        case .unknownAttribute(let name): "There is no attribute '\(name.prefix(64))'."
        case .unknownEvent(let name): "There is no event '\(name.prefix(64))'."
        case .unknownWord(let word): "'\(word.prefix(64))' is not known here."
        case .outOfBounds(let what): "Out of bounds: \(what)."
        }
    }

    private static func bad(_ number: Int, _ words: String) -> Problem {
        var problem = Problem(
            .badRequest, "bad-observation", "An observation cannot be taken",
            "Number \(number), counted from 0: \(words) Nothing was taken in.")
        problem.more = [("index", "\(number)")]
        return problem
    }
}

extension Problem {
    init(_ failure: IntakeFailure) {
        switch failure {
        case .busy(let seconds):
            self.init(.serviceUnavailable, "busy", "Too much waits already", "Nothing was taken in.")
            fields[.retryAfter] = "\(max(1, seconds))"
        case .full(let words):
            self.init(
                HTTPResponse.Status(code: 507, reasonPhrase: "Insufficient Storage"), "full", "The disk is full", words)
        case .tooLarge: self.init(.contentTooLarge, "too-large", "That is more than one block of the log holds")
        case .stopped(let words):
            self.init(.serviceUnavailable, "stopped", "The log takes nothing in", words)
            fields[.retryAfter] = "60"
        }
    }
}
