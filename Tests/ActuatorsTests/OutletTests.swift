//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// The outlet: findings go out in order, signed, and wait while nobody takes them.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Crypto
import Logging
import Model
import Synchronization
import Testing

@testable import Actuators

private final class Notebook: NoteReceiver {
    struct Away: Error {}
    let name = "notebook"
    let notes = Mutex<[OutletNote]>([])
    /// Attempts that still fail.
    let refusals: Mutex<Int>

    init(refusing: Int = 0) { refusals = Mutex(refusing) }

    func deliver(_ note: OutletNote) async throws {
        let isAway = refusals.withLock { left in
            defer { left = max(0, left - 1) }
            return left > 0
        }
        if isAway { throw Away() }
        notes.withLock { $0.append(note) }
    }
}

@Suite(.timeLimit(.minutes(1))) struct `The outlet` {
    private static let moment = Timestamp(seconds: 1_772_438_700, nanoseconds: 123_456_789)

    private func note(_ position: UInt64, _ severity: Finding.Severity = .high, title: String = "Odd") -> ChangeNote {
        var note = ChangeNote(
            .findingRaised, site: "north", moment: Self.moment, device: "dev-0123456789ab", what: "port.rogue",
            to: title)
        note.severity = severity
        note.finding = "fnd-0123456789ab"
        return note
    }

    private func publication(_ position: UInt64, _ notes: [ChangeNote]) -> Publication {
        Publication(number: EventNumber(position: position), recorded: nil, changes: notes)
    }

    private func outlet(_ receiver: Notebook) -> FindingOutlet {
        FindingOutlet(
            receiver, wait: .milliseconds(1), logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    @Test func `tells what is severe enough, in order, also when the receiver was away`() async throws {
        let notebook = Notebook(refusing: 3)
        let outlet = outlet(notebook)
        let running = Task { try await outlet.run() }
        for position in 1...20 {
            outlet.take(
                publication(UInt64(position), [note(1), note(1, .low), ChangeNote(.reading, site: "", moment: .epoch)]))
        }
        while outlet.counts.delivered < 20 { try await Task.sleep(for: .milliseconds(2)) }
        running.cancel()
        #expect(notebook.notes.withLock { $0.map(\.number.position) } == Array(1...20))
        #expect(outlet.counts.failures == 3 && outlet.counts.dropped == 0 && outlet.counts.waiting == 0)
    }

    @Test func `lets the oldest go when there is no room, and counts them`() {
        let outlet = outlet(Notebook())
        for position in 1...(FindingOutlet.most + 10) { outlet.take(publication(UInt64(position), [note(1)])) }
        #expect(outlet.counts.waiting == FindingOutlet.most && outlet.counts.dropped == 10)
    }

    @Test func `writes syslog that a title cannot break`() {
        let hostile = "x\r\n<34>1 fake \"]\\ \u{202E}"
        let text = SyslogMessage.text(
            of: OutletNote(number: EventNumber(position: 7), change: note(1, title: hostile)), host: "ward light")
        #expect(
            text.hasPrefix("<83>1 2026-03-02T08:05:00.123456Z wardlight wardlight - finding.raised [wardlight@32473 "))
        #expect(text.contains(#"number="7" site="north" finding="fnd-0123456789ab" device="dev-0123456789ab""#))
        #expect(!text.unicodeScalars.contains { $0.value < 0x20 || $0 == "\u{202E}" })
        var site = note(1)
        site.site = "a\"]b\\"
        let other = SyslogMessage.text(of: OutletNote(number: EventNumber(position: 7), change: site), host: "")
        #expect(other.contains(#"site="a\"\]b\\""#) && other.contains("Z - wardlight"))
        #expect(SyslogMessage.frame("abc") == Array("3 abc".utf8))
    }

    @Test func `signs a webhook so that its receiver can check it`() throws {
        let key = [UInt8](repeating: 9, count: 32)
        let webhook = try WebhookReceiver(url: "http://127.0.0.1:1/x", key: key, now: { Self.moment })
        let body = try WebhookReceiver.body(of: OutletNote(number: EventNumber(position: 7, part: 2), change: note(1)))
        #expect(
            String(decoding: body, as: UTF8.self)
                == #"{"device":"dev-0123456789ab","finding":"fnd-0123456789ab","kind":"finding.raised","moment":"2026-03-02T08:05:00.123456789Z","number":"7.2","rule":"port.rogue","severity":"high","site":"north","title":"Odd"}"#
        )
        let parts = webhook.signature(of: body).split(separator: ",")
        #expect(parts.first == "t=1772438700")
        let digits = Array(try #require(parts.last).dropFirst(3).utf8)
        let code = stride(from: 0, to: digits.count, by: 2).compactMap {
            UInt8(String(decoding: digits[$0..<($0 + 2)], as: UTF8.self), radix: 16)
        }
        #expect(
            HMAC<SHA256>.isValidAuthenticationCode(
                code, authenticating: Array("1772438700.".utf8) + body, using: SymmetricKey(data: key)))
        #expect(throws: WebhookReceiver.Failure.notEncrypted) {
            try WebhookReceiver(url: "http://example.org/x", key: key, now: { Self.moment })
        }
    }
}
