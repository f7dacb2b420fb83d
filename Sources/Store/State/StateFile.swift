//===----------------------------------------------------------------------===//
// Wardlight · Store
//
// The file of a saved state: whole or not there, and readable to its user alone.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Crypto
import Foundation

/// Why a file of a state could not be read or written.
public enum StateFileFailure: Error, Hashable, Sendable {
    case missing(String)
    case cannotRead(String)
    case cannotWrite(String, String)
    /// Larger than any state.
    case tooLarge(String)
}

/// What was saved of a hospital. Its octets mean nothing here (`Hospital.stateBytes`).
public enum StateFile {
    /// A hospital of 100,000 devices takes some 200 MiB.
    public static let mostOctets = 4 << 30
    /// Octets that are read at once.
    private static let piece = 1 << 20

    public static func read(_ path: String) throws(StateFileFailure) -> [UInt8] {
        guard FileManager.default.fileExists(atPath: path) else { throw .missing(path) }
        do {
            let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
            defer { try? handle.close() }
            let count = try handle.seekToEnd()
            guard count <= UInt64(mostOctets) else { throw StateFileFailure.tooLarge(path) }
            try handle.seek(toOffset: 0)
            // Once in memory is enough.
            var bytes: [UInt8] = []
            bytes.reserveCapacity(Int(count))
            while let part = try handle.read(upToCount: piece), !part.isEmpty { bytes += part }
            return bytes
        } catch let failure as StateFileFailure { throw failure } catch { throw .cannotRead(path) }
    }

    /// Writes beside the file, then puts it in its place: it is whole whenever it is there.
    public static func write(_ bytes: [UInt8], to path: String) throws(StateFileFailure) {
        do { try WholeFile.write(bytes, to: path) } catch { throw .cannotWrite(path, error.reason) }
    }

    /// SHA-256 of this very program, hexadecimal: another one discards what this one saved. Costs some 100 ms.
    public static let program: String = {
        guard let handle = FileHandle(forReadingAtPath: "/proc/self/exe") else { return "unknown" }
        defer { try? handle.close() }
        var hash = SHA256()
        while let part = try? handle.read(upToCount: 1 << 20), !part.isEmpty { hash.update(data: part) }
        return LogVerdict.hexadecimal(Data(hash.finalize()))
    }()
}
