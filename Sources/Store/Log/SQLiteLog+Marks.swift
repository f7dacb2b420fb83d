//===----------------------------------------------------------------------===//
// Wardlight · Store
//
// Marks: what the chain says at a position, so that others can tell whether they know this very log.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension SQLiteLog {
    /// Hash of the block that holds a position, hexadecimal; nil where it is not kept, and for logs without a chain (form 1).
    public func mark(at position: UInt64) throws -> String? {
        guard position > 0, let found = try begun().last(where: { $0.first <= position }) else { return nil }
        let segment = try Segment(reading: found.path)
        defer { try? segment.queue.close() }
        guard segment.version > 1, let row = try segment.stored(upTo: position),
            position - row.first < UInt64(row.count)
        else { return nil }
        return LogVerdict.hexadecimal(row.hash)
    }
}
