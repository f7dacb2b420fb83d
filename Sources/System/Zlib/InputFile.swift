//===----------------------------------------------------------------------===//
// Wardlight · System
//
// zlib: reads files, compressed or not.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

internal import CZlib

/// A file or standard input, read from its beginning; gzip (RFC 1952) is recognised by its magic and undone.
@safe public struct InputFile: ~Copyable {
    /// What went wrong.
    public enum Failure: Error, Hashable, Sendable {
        case isDirectory
        case cannotOpen(errno: Int32)
        /// The compressed data ends before its end, or is damaged.
        case damaged(String)
    }

    private let handle: UnsafeMutablePointer<wardlight_input>

    /// Opens a path, or standard input for `-`. A directory is refused by name.
    public init(_ path: String) throws(Failure) {
        let opened = unsafe path == "-" ? wardlight_open_input() : wardlight_open(path)
        guard let opened = unsafe opened else {
            let code = wardlight_errno()
            throw code == wardlight_is_directory() ? .isDirectory : .cannotOpen(errno: code)
        }
        unsafe handle = opened
    }

    deinit { unsafe wardlight_close(handle) }

    /// Octets of the file itself that were consumed, for showing progress; compressed ones where it is compressed.
    public var position: Int { Int(unsafe wardlight_position(handle)) }

    /// Reads up to `count` octets to `bytes[start...]`, which must be there; 0 at the end.
    ///
    /// What stands before damage is still handed out; the call after it throws.
    public func read(into bytes: inout [UInt8], at start: Int, count: Int) throws(Failure) -> Int {
        precondition(start >= 0 && count >= 0 && start + count <= bytes.count, "reads stay inside their bytes")
        let got = unsafe bytes.withUnsafeMutableBytes { raw -> Int in
            guard let base = raw.baseAddress else { return 0 }
            return unsafe wardlight_read(handle, base + start, count)
        }
        if got == 0, count > 0, let text = unsafe wardlight_error(handle) {
            throw .damaged(unsafe String(cString: text))
        }
        return got
    }
}
