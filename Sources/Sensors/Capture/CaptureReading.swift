//===----------------------------------------------------------------------===//
// Wardlight · Sensors
//
// Capture reading: a file, chunk by chunk.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Wire
import Zlib

/// Reads one capture to its end, or to where it breaks off.
struct CaptureReading {
    /// How it ended.
    enum Outcome: Sendable {
        /// Nothing could be read.
        case failed(CaptureFailure)
        /// To the end, or to where it breaks off, which is the problem; with a failure when nothing of it is understood.
        case read(problem: String?, CaptureFailure?)
    }

    private let path: String
    private var reader = CaptureFile()
    private var chunk = CaptureChunk()
    /// Octets of the chunk that are there.
    private var filled = 0
    /// Octets of the chunks before.
    private var consumed = 0
    /// Octets that have to be there for the next record.
    private var wanted = 0
    private var lastLink: LinkType?
    private var isAnyLinkKnown = false
    private var unknownLinks: Set<String> = []

    init(_ path: String) { self.path = path }

    /// Octets read at a time: few enough to be still in the processor's cache when they are parsed.
    static let size = 1 << 20

    /// - Parameter send: Takes a chunk and leaves another in its place; false when nobody wants any more.
    mutating func read(_ send: (inout CaptureChunk) -> Bool) -> Outcome {
        let file: InputFile
        do { file = try InputFile(path) } catch {
            switch error {
            case .isDirectory: return .failed(.isDirectory(path: path))
            case .cannotOpen(let code): return .failed(.cannotOpen(path: path, errno: code))
            case .damaged(let reason): return .failed(.unsupported(path: path, reason))
            }
        }
        var problem: String?
        while true {
            makeRoom()
            let got: Int
            do { got = try file.read(into: &chunk.bytes, at: filled, count: Self.size) } catch {
                if case .damaged(let reason) = error { problem = "compressed data is damaged or cut off (\(reason))" }
                break
            }
            filled += got
            if got == 0 {
                if filled == 0, consumed == 0 { return .failed(.empty(path: path)) }
                if filled > 0 {
                    if consumed == 0, filled < 24 { return .failed(.notACapture(path: path)) }
                    problem = "cut off in the middle of a record at octet \(consumed + filled)"
                }
                break
            }
            if filled < wanted { continue }
            var offset = 0
            let found = frame(&offset)
            if let found {
                if case .notACapture = found { return .failed(.notACapture(path: path)) }
                problem = Self.words(found, at: consumed + offset)
            }
            if offset == 0, found == nil { continue }
            chunk.position = file.position
            chunk.isShort = got < Self.size
            guard pass(on: offset, send) else { return .read(problem: problem, nil) }
            if found != nil { break }
        }
        guard !isAnyLinkKnown, !unknownLinks.isEmpty else { return .read(problem: problem, nil) }
        return .read(problem: problem, .unknownLinkTypes(path: path, unknownLinks.sorted()))
    }

    private mutating func makeRoom() {
        let missing = max(filled + Self.size, wanted) - chunk.bytes.count
        // Some more, for what is left of a record.
        if missing > 0 { chunk.bytes += [UInt8](repeating: 0, count: missing + 65_536) }
    }

    /// Finds all whole records that are there, and what cannot be one.
    private mutating func frame(_ offset: inout Int) -> CaptureFile.Problem? {
        wanted = 0
        // Taken out, so that what is found may be noted beside it meanwhile.
        var taken: [UInt8] = []
        swap(&taken, &chunk.bytes)
        defer { swap(&taken, &chunk.bytes) }
        let bytes = taken.span.extracting(0..<filled)
        while true {
            switch reader.next(bytes, &offset) {
            case .packet(let record):
                chunk.frames.append(CaptureChunk.Frame(record))
                if record.link == lastLink { continue }
                lastLink = record.link
                if record.link.isKnown { isAnyLinkKnown = true } else { unknownLinks.insert(record.link.name) }
            case .skipped: continue
            case .dropped(let count): chunk.dropped &+= count
            case .more(let length):
                wanted = length
                return nil
            case .problem(let found): return found
            }
        }
    }

    /// Sends the chunk; what follows its last whole record begins the next.
    private mutating func pass(on end: Int, _ send: (inout CaptureChunk) -> Bool) -> Bool {
        let rest = array(chunk.bytes.span.extracting(end..<filled))
        guard send(&chunk) else { return false }
        chunk.frames.removeAll(keepingCapacity: true)
        chunk.dropped = 0
        consumed += end
        filled = rest.count
        makeRoom()
        var room = chunk.bytes.mutableSpan
        for index in rest.indices { room[index] = rest[index] }
        return true
    }

    private static func words(_ problem: CaptureFile.Problem, at offset: Int) -> String {
        switch problem {
        case .notACapture: "not a capture file"
        case .unsupportedVersion(let major): "format version \(major) is not known (at octet \(offset))"
        case .recordTooLong(let length): "a record of \(length) octets at octet \(offset) cannot be right"
        case .badBlock: "a damaged block at octet \(offset)"
        case .unknownInterface(let number):
            "a packet of interface \(number), which was never described, at octet \(offset)"
        }
    }
}
