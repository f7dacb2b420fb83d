//===----------------------------------------------------------------------===//
// Wardlight · Actuators
//
// A receiver of webhooks, signed so that it knows that they are ours.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import AsyncHTTPClient
import Crypto
import Foundation
import Model
import NIOCore

/// Posts each note as JSON, with `Wardlight-Signature: t=SECONDS,v1=HEX`: HMAC-SHA256 of `SECONDS.BODY` under the shared key.
/// The time is signed, too, so that an old note cannot be sent again by somebody else.
public struct WebhookReceiver: NoteReceiver {
    public enum Failure: Error, Hashable {
        case refused(status: Int)
        case notEncrypted
        case noAddress
    }

    public let name = "webhook"
    private let url: String
    private let key: SymmetricKey
    private let now: @Sendable () -> Timestamp
    private let client: HTTPClient

    /// Never follows a redirect: what it tells goes where the settings say, and nowhere else.
    public static let client: HTTPClient = {
        var configuration = HTTPClient.Configuration.singletonConfiguration
        configuration.redirectConfiguration = .disallow
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }()

    /// - Parameters:
    ///   - url: `https`; plain only on loopback.
    ///   - client: one that follows no redirects.
    public init(
        url: String, key: [UInt8], client: HTTPClient = Self.client, now: @escaping @Sendable () -> Timestamp
    ) throws {
        guard let parts = URLComponents(string: url), let host = parts.host, !host.isEmpty else {
            throw Failure.noAddress
        }
        let isHere = ["127.0.0.1", "localhost", "::1", "[::1]"].contains(host.lowercased())
        guard parts.scheme?.lowercased() == "https" || parts.scheme?.lowercased() == "http" && isHere else {
            throw Failure.notEncrypted
        }
        self.url = url
        self.key = SymmetricKey(data: key)
        self.client = client
        self.now = now
    }

    public func deliver(_ note: OutletNote) async throws {
        let body = try Self.body(of: note)
        var request = HTTPClientRequest(url: url)
        request.method = .POST
        request.headers.add(name: "Content-Type", value: "application/json")
        request.headers.add(name: "Wardlight-Signature", value: signature(of: body))
        // A receiver that got it but could not say so gets it again under the same key.
        request.headers.add(name: "Idempotency-Key", value: "\(note.number)-\(note.change.finding ?? "")")
        request.body = .bytes(ByteBuffer(bytes: body))
        let response = try await client.execute(request, timeout: .seconds(10))
        guard (200..<300).contains(response.status.code) else {
            throw Failure.refused(status: Int(response.status.code))
        }
    }

    func signature(of body: [UInt8]) -> String {
        let seconds = "\(now().nanoseconds / 1_000_000_000)"
        let code = HMAC<SHA256>.authenticationCode(for: Array("\(seconds).".utf8) + body, using: key)
        return "t=\(seconds),v1=" + code.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    private struct Told: Encodable {
        var number: String
        var kind: String
        var moment: String
        var site: String
        var finding: String?
        var device: String?
        var rule: String?
        var severity: String?
        var title: String?
    }

    static func body(of note: OutletNote) throws -> [UInt8] {
        let change = note.change
        let told = Told(
            number: note.number.description, kind: change.kind.rawValue, moment: change.moment.description,
            site: change.site, finding: change.finding, device: change.device, rule: change.what,
            severity: change.severity?.rawValue, title: change.to)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return [UInt8](try encoder.encode(told))
    }
}
