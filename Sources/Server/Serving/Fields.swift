//===----------------------------------------------------------------------===//
// Wardlight · Server
//
// Fields of requests and answers that HTTPTypes does not name.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import HTTPTypes

extension HTTPField.Name {
    static let lastEventID = named("Last-Event-ID")
    static let idempotencyKey = named("Idempotency-Key")
    static let secFetchSite = named("Sec-Fetch-Site")
    /// Proves that a request with a session's cookie comes from our own page.
    static let formToken = named("X-Wardlight-Form")
    /// A proxy in between must not collect a stream.
    static let accelBuffering = named("X-Accel-Buffering")
    static let referrerPolicy = named("Referrer-Policy")
    static let openerPolicy = named("Cross-Origin-Opener-Policy")
    static let resourcePolicy = named("Cross-Origin-Resource-Policy")

    private static func named(_ text: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(text) else { preconditionFailure("a field's name is a token (RFC 9110, 5.1)") }
        return name
    }
}
