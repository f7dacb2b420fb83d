//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Time, read from RFC 3339.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Testing

@Suite struct `Times that are read` {
    private func check(_ text: String, is shown: String?, sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(Timestamp(rfc3339: text)?.description == shown, sourceLocation: sourceLocation)
    }

    @Test func `what is written is read again`() {
        for text in [
            "2026-03-01T12:00:00Z", "1970-01-01T00:00:00Z", "2024-02-29T23:59:59.123456789Z", "1969-12-31T23:59:59Z",
            "1678-01-01T00:00:00Z", "2261-12-31T23:59:59Z",
        ] { check(text, is: text) }
    }

    @Test func `offsets, fractions and the colons of file names`() {
        check("2026-03-01T12:00:00+01:00", is: "2026-03-01T11:00:00Z")
        check("2026-03-01T00:30:00-01:30", is: "2026-03-01T02:00:00Z")
        check("2026-03-01T12-00-05Z", is: "2026-03-01T12:00:05Z")
        check("2026-03-01 12:00:05.5z", is: "2026-03-01T12:00:05.500Z")
    }

    @Test func `what is no time is none`() {
        for text in [
            "", "2026-03-01", "2026-03-01T12:00:00", "2026-02-30T12:00:00Z", "2025-02-29T00:00:00Z",
            "2026-13-01T12:00:00Z", "2026-03-01T24:00:00Z", "2026-03-01T12:60:00Z", "2026-03-01T12:00:00.Z",
            "2026-03-01T12:00:00.1234567890Z", "1500-03-01T12:00:00Z", "2300-03-01T12:00:00Z",
            "2026-03-01T12:00:00ZZ", "2026-03-01T12:00:00+1:00", "2026-03-00T12:00:00Z", "\u{0}026-03-01T12:00:00Z",
        ] { check(text, is: nil) }
    }
}
