//===----------------------------------------------------------------------===//
// Wardlight · Server
//
// Passwords: kept as what scrypt makes of them.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Crypto
import CryptoExtras
import Dispatch
import Foundation
import Model

/// Makes and checks what is kept of a password (scrypt, RFC 7914). One at a time, beside everything else: each takes
/// 64 MiB and a good part of a second, on purpose.
struct Passwords: Sendable {
    private let cost: Int
    private let lanes: Int
    private let queue = DispatchQueue(label: "wardlight.passwords")

    /// Characters (NIST SP 800-63B asks for 8 at least; this one guards a hospital).
    static let shortest = 12
    static let longest = 256
    private static let label = Array("wardlight password".utf8)

    init(cost: Int, lanes: Int) { (self.cost, self.lanes) = (cost, lanes) }

    func make(_ password: String) async -> Account.Password? {
        let salt = Secret.drawn(16)
        guard let hash = await hash(password, salt, cost, lanes) else { return nil }
        return Account.Password(salt: salt, cost: cost, lanes: lanes, hash: hash)
    }

    /// Takes as long for somebody who is not there.
    func isRight(_ password: String, _ kept: Account.Password?) async -> Bool {
        guard let kept else {
            _ = await hash(password, Secret.drawn(16), cost, lanes)
            return false
        }
        guard let hash = await hash(password, kept.salt, kept.cost, kept.lanes) else { return false }
        return Secret.isEqual(hash, kept.hash)
    }

    private func hash(_ password: String, _ salt: [UInt8], _ cost: Int, _ lanes: Int) async -> [UInt8]? {
        await withCheckedContinuation { done in
            queue.async {
                let key = try? KDF.Scrypt.deriveKey(
                    from: Array(password.utf8), salt: salt, outputByteCount: 32, rounds: cost, blockSize: 8,
                    parallelism: lanes)
                done.resume(returning: key.map { Array(HMAC<SHA256>.authenticationCode(for: Self.label, using: $0)) })
            }
        }
    }
}
