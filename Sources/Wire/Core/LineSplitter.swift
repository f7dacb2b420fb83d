//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// Lines of a text that comes in pieces, however long it is.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// Cuts what comes into lines, and holds at most one unfinished one: memory stays flat whatever the length of the file.
public struct LineSplitter: Sendable {
    /// Octets of one line; what is longer is passed over and told.
    public let longest: Int
    /// Lines so far, the one that is being read included.
    public private(set) var number = 0

    private var rest: [UInt8] = []
    private var isTooLong = false
    private var isFirst = true

    public init(longest: Int) { self.longest = longest }

    /// - Parameters:
    ///   - bytes: The next octets; the first `count` of them are looked at.
    ///   - tooLong: Takes the number of a line that was passed over.
    ///   - take: Takes a line without its end and its number, from 1.
    public mutating func feed<Failure: Error>(
        _ bytes: [UInt8], count: Int, tooLong: (Int) throws(Failure) -> Void,
        take: (Span<UInt8>, Int) throws(Failure) -> Void
    ) throws(Failure) {
        var start = 0
        let end = min(max(count, 0), bytes.count)
        while start < end {
            var place = start
            while place < end, bytes[place] != 0x0A { place += 1 }
            if place == end {
                keep(bytes[start..<end])
                return
            }
            if rest.isEmpty, !isTooLong, place - start <= longest {
                number += 1
                try take(trimmed(bytes.span.extracting(start..<place)), number)
            } else {
                keep(bytes[start..<place])
                try flush(tooLong, take)
            }
            isFirst = false
            start = place + 1
        }
    }

    /// The last line, where no end of line is behind it.
    public mutating func finish<Failure: Error>(
        tooLong: (Int) throws(Failure) -> Void, take: (Span<UInt8>, Int) throws(Failure) -> Void
    ) throws(Failure) {
        if !rest.isEmpty || isTooLong { try flush(tooLong, take) }
    }

    private mutating func keep(_ piece: ArraySlice<UInt8>) {
        guard !isTooLong, rest.count + piece.count <= longest else {
            isTooLong = true
            rest.removeAll()
            return
        }
        rest += piece
    }

    private mutating func flush<Failure: Error>(
        _ tooLong: (Int) throws(Failure) -> Void, _ take: (Span<UInt8>, Int) throws(Failure) -> Void
    ) throws(Failure) {
        number += 1
        let line = rest
        rest.removeAll(keepingCapacity: true)
        if isTooLong {
            isTooLong = false
            try tooLong(number)
        } else {
            try take(trimmed(line.span), number)
        }
        isFirst = false
    }

    /// Without the carriage return of Windows, and without a mark of byte order before the first line.
    @_lifetime(copy line)
    private func trimmed(_ line: Span<UInt8>) -> Span<UInt8> {
        var line = line
        if isFirst, line.count >= 3, line[0] == 0xEF, line[1] == 0xBB, line[2] == 0xBF {
            line = line.extracting(3..<line.count)
        }
        if line.count > 0, line[line.count - 1] == 0x0D { line = line.extracting(0..<line.count - 1) }
        return line
    }
}
