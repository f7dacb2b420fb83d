//===----------------------------------------------------------------------===//
// Wardlight · Store
//
// Is the log what was written, from its first block to its last?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model

/// What a walk through the whole log found.
public struct LogVerdict: Hashable, Sendable {
    /// Something that is not as it was written.
    public struct Fault: Hashable, Sendable {
        public var file: String
        /// Position of the block; 0 where it cannot be told.
        public var position: UInt64
        public var words: String
    }

    public var site = ""
    /// 16 octets, hexadecimal: which log it is.
    public var log = ""
    public var segments = 0
    /// Segments whose every octet was held against a sum; the chain alone speaks for the others.
    public var summed = 0
    public var blocks = 0
    public var positions: Range<UInt64> = 1..<1
    /// The log's clock at its first and its last block.
    public var recorded: Observation.Span?
    /// Hash of the last block, hexadecimal: what to write down to prove later that nothing was changed.
    public var head = ""
    /// Whether the log begins with its first block, or retention took older ones away.
    public var isWhole = true
    public var faults: [Fault] = []

    public var isGood: Bool { faults.isEmpty }
}

extension SQLiteLog {
    /// Walks the whole chain, every sum and every record. A fault ends the walk of its segment; the others are walked, too.
    ///
    /// - Parameter newest: How many segments are walked, the newest ones; the others are not looked at.
    public func verify(newest: Int = .max) throws -> LogVerdict {
        var verdict = LogVerdict()
        let segments = Array(try begun().suffix(newest))
        var before: (header: Segment.Header, end: Segment.End)?
        for (number, found) in segments.enumerated() {
            let limit = number + 1 < segments.count ? segments[number + 1].first : .max
            do {
                if isReader { try verdict.sum(found.path) }
                let segment = try Segment(reading: found.path)
                defer { try? segment.queue.close() }
                verdict.segments += 1
                if segment.version == 1 {
                    try verdict.walkOld(segment)
                    continue
                }
                try verdict.head(segment, follows: before, named: place.isFolder ? found.first : nil)
                let end = try verdict.walk(segment, upTo: limit)
                before = (segment.header, end)
            } catch let failure as LogFailure {
                verdict.add(failure, in: found.path)
                before = nil
            }
        }
        return verdict
    }
}

extension LogVerdict {
    fileprivate mutating func sum(_ path: String) throws {
        guard let holds = try LogSum.holds(for: path) else { return }
        guard holds else {
            return faults.append(Fault(file: path, position: 0, words: "its octets are not those of its sum"))
        }
        summed += 1
    }

    /// What a segment says of itself has to go on where the one before it ended.
    fileprivate mutating func head(
        _ segment: Segment, follows before: (header: Segment.Header, end: Segment.End)?, named first: UInt64?
    ) throws {
        let header = segment.header
        if let first, header.first != first {
            throw LogFailure.damaged(segment.path, position: header.first, "its name says that it begins at \(first)")
        }
        guard let before else {
            (site, log) = (header.site, Self.hexadecimal(header.log))
            if header.first == 1 {
                guard header.previous == BlockChain.beginning(log: header.log, site: header.site) else {
                    throw LogFailure.damaged(segment.path, position: 1, "it does not begin as a log of its site does")
                }
            } else {
                isWhole = false
            }
            positions = header.first..<header.first
            return
        }
        guard header.log == before.header.log, header.site == before.header.site else {
            throw LogFailure.damaged(segment.path, position: header.first, "it belongs to another log")
        }
        guard header.first == before.end.next, header.previous == before.end.hash else {
            throw LogFailure.damaged(segment.path, position: header.first, "it does not follow the segment before it")
        }
    }

    fileprivate mutating func walk(_ segment: Segment, upTo limit: UInt64) throws -> Segment.End {
        let end = try segment.read(from: segment.header.first, upTo: limit) { row in
            let block = try segment.block(row)
            if let last = recorded?.last, block.recorded < last {
                throw LogFailure.damaged(segment.path, position: block.first, "its clock goes back")
            }
            note(block)
            head = Self.hexadecimal(row.hash)
        }
        if limit != .max, end.next != limit {
            throw LogFailure.damaged(segment.path, position: end.next, "it ends before the next segment begins")
        }
        return end
    }

    fileprivate mutating func walkOld(_ segment: Segment) throws {
        try segment.readOld { note($0) }
    }

    private mutating func note(_ block: LogBlock) {
        blocks += 1
        positions = positions.lowerBound..<block.end
        recorded = Observation.Span(first: recorded?.first ?? block.recorded, last: block.recorded)
    }

    fileprivate mutating func add(_ failure: LogFailure, in path: String) {
        switch failure {
        case .damaged(let file, let position, let words):
            faults.append(Fault(file: file, position: position, words: words))
        case .notALog: faults.append(Fault(file: path, position: 0, words: "it is no log any more"))
        case .newer(_, let version):
            faults.append(Fault(file: path, position: 0, words: "a newer release wrote it (version \(version))"))
        case .database(_, let words), .unconfirmed(_, let words), .notDurable(_, let words):
            faults.append(Fault(file: path, position: 0, words: words))
        case .noSuchFile, .isDirectory, .inUse, .full:
            faults.append(Fault(file: path, position: 0, words: "\(failure)"))
        }
    }

    static func hexadecimal(_ data: Data) -> String {
        data.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    }
}
