//===----------------------------------------------------------------------===//
// Wardlight · Sensors
//
// Privacy: what of a value may be kept?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Crypto
import Foundation
import Model

/// Turns raw values into text that may be kept: repaired UTF-8, secrets struck out, people's names hashed.
struct Privacy: Sendable {
    private static let struck = "…"
    private let key: SymmetricKey

    /// - Parameter key: Secret of this installation; equal names give equal hashes only under the same key.
    init(key: [UInt8]) {
        self.key = SymmetricKey(data: key)
    }

    /// The text to keep, at most 256 octets of UTF-8; nil when nothing is left.
    func text(of value: Span<UInt8>, _ field: Field) -> String? {
        var octets: [UInt8] = []
        octets.reserveCapacity(value.count)
        for index in value.indices { octets.append(value[index]) }
        let text = trimmed(String(decoding: octets, as: UTF8.self))
        guard !text.isEmpty else { return nil }
        switch field.handling {
        case .plain: return cut(text)
        case .person: return cut(person(text))
        case .url: return cut(url(text))
        case .topic: return cut(topic(text))
        }
    }

    /// A person's name as a keyed hash; what names a machine stays. Nil when nothing is left.
    func name(_ text: String) -> String? {
        let text = trimmed(text)
        return text.isEmpty ? nil : cut(person(text))
    }

    private func trimmed(_ text: String) -> String {
        let blank: (Unicode.Scalar) -> Bool = { $0.value == 0 || $0.properties.isWhitespace }
        let scalars = text.unicodeScalars
        guard let first = scalars.firstIndex(where: { !blank($0) }),
            let last = scalars.lastIndex(where: { !blank($0) })
        else { return "" }
        return String(scalars[first...last])
    }

    /// Repairing can make text longer than it came: cut at a character's end.
    private func cut(_ text: String) -> String {
        guard text.utf8.count > 256 else { return text }
        var kept = ""
        var size = 0
        for scalar in text.unicodeScalars {
            size += UTF8.width(scalar)
            if size > 256 { break }
            kept.unicodeScalars.append(scalar)
        }
        return kept
    }

    // MARK: People

    /// Machines sign in as well: `host/…`, `NAME$`, and hardware addresses (MAC authentication bypass).
    private func person(_ name: String) -> String {
        if name.hasPrefix("host/") || name.hasSuffix("$") || HardwareAddress(name) != nil { return name }
        let code = HMAC<SHA256>.authenticationCode(for: Data(name.utf8), using: key)
        return "person:" + code.prefix(8).map { hexadecimal($0) }.joined()
    }

    // MARK: Secrets

    /// Strikes out user information, the values of a query, and what looks like a token.
    private func url(_ text: String) -> String {
        var rest = Substring(text)
        var result = ""
        if let scheme = rest.range(of: "://") {
            result += rest[..<scheme.upperBound]
            rest = rest[scheme.upperBound...]
        }
        let authorityEnd = rest.firstIndex { $0 == "/" || $0 == "?" || $0 == "#" } ?? rest.endIndex
        var authority = rest[..<authorityEnd]
        if let at = authority.lastIndex(of: "@") {
            result += Self.struck + "@"
            authority = authority[authority.index(after: at)...]
        }
        result += authority
        rest = rest[authorityEnd...]
        let queryStart = rest.firstIndex { $0 == "?" || $0 == "#" } ?? rest.endIndex
        result += levels(rest[..<queryStart])
        if queryStart < rest.endIndex {
            result.append(rest[queryStart])
            let query = rest[rest.index(after: queryStart)...]
            result += query.split(separator: "&", omittingEmptySubsequences: false)
                .map { pair in pair.firstIndex(of: "=").map { pair[...$0] + Self.struck } ?? Substring(Self.struck) }
                .joined(separator: "&")
        }
        return result
    }

    private func topic(_ text: String) -> String { levels(Substring(text)) }

    private static let secretWords: Set<String> = [
        "token", "key", "apikey", "api_key", "password", "passwd", "pwd", "pass", "secret", "auth", "user", "username",
        "login", "session", "sid", "patient", "patients", "resident", "residents", "person", "people", "name", "mrn",
        "email", "account", "credential", "credentials", "access_token",
    ]

    /// Levels of a path or topic: what follows a word for a secret or a person, and what looks like either, goes.
    private func levels(_ path: Substring) -> String {
        var previous = ""
        return path.split(separator: "/", omittingEmptySubsequences: false).map { level -> String in
            defer { previous = level.lowercased() }
            if level.isEmpty { return "" }
            if Self.secretWords.contains(previous) { return Self.struck }
            if let equals = level.firstIndex(where: { $0 == "=" || $0 == ":" }),
                Self.secretWords.contains(level[..<equals].lowercased())
            {
                return level[...equals] + Self.struck
            }
            return looksSecret(level) ? Self.struck : String(level)
        }
        .joined(separator: "/")
    }

    /// E-mail addresses, JSON web tokens, and long runs of mixed letters and digits.
    private func looksSecret(_ level: Substring) -> Bool {
        if level.contains("@") || level.hasPrefix("eyJ") { return true }
        guard level.utf8.count >= 32 else { return false }
        let isToken = level.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || byte == 0x2B || byte == 0x5F || byte == 0x3D
        }
        return isToken && level.utf8.contains { (0x30...0x39).contains($0) }
    }
}
