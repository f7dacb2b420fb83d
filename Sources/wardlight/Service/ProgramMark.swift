//===----------------------------------------------------------------------===//
// Wardlight · the command
//
// Which program this is: what it kept for itself is another program's no more.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Crypto
import Foundation

enum ProgramMark {
    /// SHA-256 of this program's file, hexadecimal; read in pieces, some tenths of a second.
    static func digest() -> String {
        var hash = SHA256()
        guard let file = FileHandle(forReadingAtPath: "/proc/self/exe") else { return "unknown" }
        defer { try? file.close() }
        while let piece = try? file.read(upToCount: 1 << 20), !piece.isEmpty { hash.update(data: piece) }
        return hash.finalize().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
