//===----------------------------------------------------------------------===//
// Wardlight · Store
//
// A sum beside a finished segment: every octet of the file, those that no row uses included.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Crypto
import Foundation

/// `SEGMENT.sum`: SHA-256 and length of a segment that is closed. The chain tells whether a row was changed; this tells
/// of an octet between the rows, too.
enum LogSum {
    static func path(of segment: String) -> String { segment + ".sum" }

    static func write(of segment: String) throws {
        let line = Data(try line(of: segment).utf8)
        let path = path(of: segment)
        do {
            try line.write(to: URL(fileURLWithPath: path), options: .atomic)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        } catch { throw DiskRoom.refusal(path, "cannot be written") }
    }

    static func remove(of segment: String) throws {
        let path = path(of: segment)
        guard FileManager.default.fileExists(atPath: path) else { return }
        do { try FileManager.default.removeItem(atPath: path) } catch {
            throw LogFailure.database(path, "cannot be removed")
        }
    }

    /// Whether the file is the one that was closed; nil where no sum stands beside it.
    static func holds(for segment: String) throws -> Bool? {
        guard let written = FileManager.default.contents(atPath: path(of: segment)) else { return nil }
        return try written == Data(line(of: segment).utf8)
    }

    private static func line(of segment: String) throws -> String {
        guard let handle = FileHandle(forReadingAtPath: segment) else { throw LogFailure.noSuchFile(segment) }
        // Only asked where no connection of this process holds the file: closing a handle loosens SQLite's locks.
        defer { try? handle.close() }
        var hash = SHA256()
        var length = 0
        do {
            while let part = try handle.read(upToCount: 1 << 20), !part.isEmpty {
                hash.update(data: part)
                length += part.count
            }
        } catch { throw LogFailure.database(segment, "cannot be read") }
        return "sha256 \(hash.finalize().map { byte in hex(byte) }.joined()) \(length)\n"
    }

    private static func hex(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16)
        return digits.utf8.count == 1 ? "0" + digits : digits
    }
}
