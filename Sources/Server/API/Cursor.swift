//===----------------------------------------------------------------------===//
// Wardlight · Server
//
// Cursors: where a page ended, so that nobody can make one up.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Crypto
import Foundation
import Model

/// Closes cursors with a message authentication code. One that was changed, or that belongs to another question, is none.
struct CursorSeal: Sendable {
    private let key: SymmetricKey
    /// 128 bits: nobody guesses that.
    private static let tag = 16

    init(_ secret: [UInt8]) {
        key = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: secret), info: Array("wardlight cursors".utf8), outputByteCount: 32)
    }

    /// - Parameter question: everything else of the question, so that a cursor fits no other.
    func seal(_ parts: [String], question: String) -> String {
        let text = parts.map { "\($0.utf8.count):\($0)" }.joined()
        let bytes = Array(text.utf8)
        return Base64URL.encoded(code(bytes, question) + bytes)
    }

    /// Nil where it is not ours.
    func open(_ cursor: String, question: String) -> [String]? {
        guard let sealed = Base64URL.decoded(cursor), sealed.count > Self.tag else { return nil }
        let bytes = Array(sealed.dropFirst(Self.tag))
        guard Secret.isEqual(code(bytes, question), Array(sealed.prefix(Self.tag))) else { return nil }
        var parts: [String] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            guard let colon = rest.firstIndex(of: UInt8(ascii: ":")),
                let count = Int(String(decoding: rest[..<colon], as: UTF8.self)), count >= 0,
                rest.endIndex - colon - 1 >= count
            else { return nil }
            parts.append(String(decoding: rest[(colon + 1)..<(colon + 1 + count)], as: UTF8.self))
            rest = rest[(colon + 1 + count)...]
        }
        return parts
    }

    private func code(_ bytes: [UInt8], _ question: String) -> [UInt8] {
        var hash = HMAC<SHA256>(key: key)
        hash.update(data: Array("\(question.utf8.count):\(question)".utf8))
        hash.update(data: bytes)
        return Array(hash.finalize().prefix(Self.tag))
    }
}

/// Base64 for URLs, without padding (RFC 4648, 5).
enum Base64URL {
    static func encoded(_ bytes: [UInt8]) -> String {
        Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    /// Nil for everything that `encoded` does not write.
    static func decoded(_ text: String) -> [UInt8]? {
        let plain = text.replacing("-", with: "+").replacing("_", with: "/")
        let padded = plain + String(repeating: "=", count: (4 - plain.utf8.count % 4) % 4)
        guard let data = Data(base64Encoded: padded) else { return nil }
        let bytes = [UInt8](data)
        // Unused bits of the last letter would make several cursors of one.
        return encoded(bytes) == text ? bytes : nil
    }
}

/// Secrets: drawn by chance, compared without telling how far they agree.
enum Secret {
    static func drawn(_ count: Int = 32) -> [UInt8] {
        var source = SystemRandomNumberGenerator()
        return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &source) }
    }

    static func digest(_ text: String) -> [UInt8] { digest(of: Array(text.utf8)) }

    static func digest(of bytes: [UInt8]) -> [UInt8] { Array(SHA256.hash(data: bytes)) }

    static func isEqual(_ one: [UInt8], _ other: [UInt8]) -> Bool {
        guard one.count == other.count else { return false }
        var difference: UInt8 = 0
        for (left, right) in zip(one, other) { difference |= left ^ right }
        return difference == 0
    }

    static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
