//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// DTLS: the handshake fragments of one datagram.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// Datagram TLS records and handshake headers (RFC 6347, sections 4.1 and 4.2.2; RFC 9147 for plain text records).
enum DTLS {
    /// Records in one datagram, and fragments in one record, that are looked at.
    static let maximumParts = 16

    /// One record in the clear.
    struct Record {
        let type: UInt8
        let epoch: UInt16
        let contents: Range<Int>
    }

    /// Reads the record at `start`; nil when it is none or does not fit.
    static func record(_ datagram: Span<UInt8>, at start: Int) -> Record? {
        guard let type = datagram.at(start), (20...25).contains(type), let version = datagram.uint16(at: start + 1),
            version == 0xFEFF || version == 0xFEFD || version == 0x0100, let epoch = datagram.uint16(at: start + 3),
            let length = datagram.uint16(at: start + 11), length > 0, Int(length) <= datagram.count - start - 13
        else { return nil }
        return Record(type: type, epoch: epoch, contents: start + 13..<start + 13 + Int(length))
    }

    /// One fragment of a handshake message.
    struct Fragment {
        let type: UInt8
        /// Octets of the whole message.
        let length: Int
        let sequence: UInt16
        let offset: Int
        let contents: Range<Int>

        var isWhole: Bool { contents.count == length }
    }

    /// Reads the handshake fragment at `start`, which must end at `end` or before.
    static func fragment(_ datagram: Span<UInt8>, at start: Int, end: Int) -> Fragment? {
        guard let head = datagram.uint32(at: start), let sequence = datagram.uint16(at: start + 4),
            let offsetAndSize = datagram.uint32(at: start + 6), let low = datagram.uint16(at: start + 10)
        else { return nil }
        let type = UInt8(truncatingIfNeeded: head >> 24)
        let length = Int(head & 0xFF_FFFF)
        let offset = Int(offsetAndSize >> 8)
        let size = Int(offsetAndSize & 0xFF) << 16 | Int(low)
        guard TLS.HandshakeType.isKnown(type), offset + size <= length, size <= end - start - 12 else { return nil }
        return Fragment(
            type: type, length: length, sequence: sequence, offset: offset, contents: start + 12..<start + 12 + size)
    }
}
