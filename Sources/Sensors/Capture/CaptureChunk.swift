//===----------------------------------------------------------------------===//
// Wardlight · Sensors
//
// Capture chunk: octets of a file and where the frames are in them.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Wire

/// A stretch of a capture: whole records only.
struct CaptureChunk: Sendable {
    /// Where one frame is, and what its record says of it.
    struct Frame: Sendable {
        var time: Timestamp
        /// Fits: no record begins behind what is read at a time and the longest record together.
        var start: UInt32
        var count: UInt32
        var originalLength: UInt32
        var link: LinkType

        @inline(__always)
        init(_ record: CaptureFile.Record) {
            time = record.time
            start = UInt32(truncatingIfNeeded: record.start)
            count = UInt32(truncatingIfNeeded: record.count)
            originalLength = UInt32(clamping: record.originalLength)
            link = record.link
        }
    }

    var bytes: [UInt8] = []
    var frames: [Frame] = []
    /// Packets that the recorder says it lost.
    var dropped: UInt64 = 0
    /// Octets of the file itself that were consumed, for a progress bar.
    var position = 0
    /// Whether less was there than could be read at a time, as from a pipe: who waits for it wants to see it.
    var isShort = false
}
