//===----------------------------------------------------------------------===//
// Wardlight · Store
//
// A small file that is replaced as a whole: at any moment the old one or the new one is there.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Files
import Foundation

enum WholeFile {
    /// Why it was not written, in words of the system.
    struct Failure: Error, Hashable {
        var reason: String
    }

    /// Octets that are written at once.
    private static let piece = 1 << 20

    /// Writes beside the file (`.new`), syncs, and puts it in its place in one step (rename(2)). Readable to its user alone.
    static func write(_ bytes: [UInt8], to path: String) throws(Failure) {
        let beside = path + ".new"
        var isDone = false
        // What found no room takes none.
        defer { if !isDone { try? FileManager.default.removeItem(atPath: beside) } }
        do {
            if FileManager.default.fileExists(atPath: beside) { try FileManager.default.removeItem(atPath: beside) }
            guard
                FileManager.default.createFile(atPath: beside, contents: nil, attributes: [.posixPermissions: 0o600]),
                let handle = FileHandle(forWritingAtPath: beside)
            else { throw Failure(reason: "cannot be created there") }
            defer { try? handle.close() }
            for start in stride(from: 0, to: bytes.count, by: piece) {
                try handle.write(contentsOf: Data(bytes[start..<min(start + piece, bytes.count)]))
            }
            try handle.synchronize()
            if let number = Files.move(beside, to: path) {
                throw Failure(reason: POSIXErrorCode(rawValue: number).map { "\($0)" } ?? "error \(number)")
            }
            isDone = true
            try LogPlace(path: path, isFolder: false).sync()
        } catch let failure as Failure { throw failure } catch { throw Failure(reason: error.localizedDescription) }
    }
}
