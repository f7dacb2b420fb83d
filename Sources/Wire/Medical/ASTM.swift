//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// ASTM E1394 / LIS2-A2: which analyser is this?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Analyser messages: records (CLSI LIS2-A2, ASTM E1394) in frames (CLSI LIS1-A, ASTM E1381) or bare.
///
/// Only the header record is read, and of it only the sender (field 5). Field 4 is a password, the records that follow
/// are about patients and results: none of them is looked at.
public enum ASTM {
    private static let startOfText: UInt8 = 0x02
    private static let endOfText: UInt8 = 0x03
    private static let endOfTransmission: UInt8 = 0x04
    private static let enquiry: UInt8 = 0x05
    private static let endOfBlock: UInt8 = 0x17
    /// A frame holds 247 octets (E1381, 6.3); some send the whole message in one. A header longer than this is none.
    private static let longestHeader = 2_048

    /// Whether a stream that begins with these octets (at least one) speaks it: a header record, in a frame or bare.
    public static func recognises(_ bytes: Span<UInt8>, _ packet: Packet) -> Bool {
        var at = 0
        if bytes.at(at) == enquiry { at += 1 }
        if bytes.at(at) == startOfText {
            at += 1
            // The first frame of a message has number 1; a repeated one may have any.
            guard case .some(0x30...0x37) = bytes.at(at) else { return false }
            at += 1
        } else if at > 0 {
            return false
        }
        return isHeader(bytes, at: at)
    }

    /// `H`, the field delimiter, two to four further delimiters, the field delimiter again (LIS2-A2, 6.1.2).
    private static func isHeader(_ bytes: Span<UInt8>, at start: Int) -> Bool {
        guard bytes.at(start) == UInt8(ascii: "H"), let field = bytes.at(start + 1), isPunctuation(field) else {
            return false
        }
        var index = start + 2
        while let byte = bytes.at(index), byte != field, index < start + 8 {
            guard isPunctuation(byte) else { return false }
            index += 1
        }
        return bytes.at(index) == field && index >= start + 4
    }

    /// Reads what is there of one direction of a stream.
    ///
    /// `memory` is 1 while the rest of a record that is not wanted is being skipped.
    public static func read(
        _ bytes: Span<UInt8>, _ side: StreamSide, _ memory: inout StreamMemory, _ packet: Packet,
        into facts: inout Facts
    ) -> StreamProgress {
        var isSkipping = memory == 1
        var at = 0
        while at < bytes.count {
            if isSkipping {
                let end = endOfRecord(bytes, from: at)
                isSkipping = end == nil
                at = end.map { $0 + 1 } ?? bytes.count
                continue
            }
            let start = startOfRecord(bytes, from: at)
            let end = endOfRecord(bytes, from: start)
            if start >= bytes.count {
                // A frame that has only begun must not be taken apart: its number says that a record follows.
                if bytes[bytes.count - 1] == startOfText { at = bytes.count - 1 } else { at = bytes.count }
                break
            }
            guard bytes[start] == UInt8(ascii: "H") else {
                isSkipping = end == nil
                at = end.map { $0 + 1 } ?? bytes.count
                continue
            }
            guard let end else {
                if bytes.count - start <= longestHeader { break }
                isSkipping = true
                at = bytes.count
                continue
            }
            if isHeader(bytes, at: start) {
                let record = bytes.extracting(start..<end)
                facts.add(.astmSender, record.piece(4, by: record[1]))
            }
            at = end + 1
        }
        memory = isSkipping ? 1 : 0
        return at > 0 ? .took(min(at, bytes.count)) : .more(bytes.count + 1)
    }

    /// Behind the control octets and the frame number that stand before a record.
    private static func startOfRecord(_ bytes: Span<UInt8>, from start: Int) -> Int {
        var index = start
        while index < bytes.count {
            let byte = bytes[index]
            if byte == startOfText {
                index += 2
            } else if byte < 0x20 {
                index += 1
            } else {
                break
            }
        }
        return index
    }

    /// Position of what ends the record: end of line, of frame or of transmission.
    private static func endOfRecord(_ bytes: Span<UInt8>, from start: Int) -> Int? {
        var index = start
        while index < bytes.count {
            switch bytes[index] {
            case 0x0D, 0x0A, endOfText, endOfBlock, endOfTransmission: return index
            default: index += 1
            }
        }
        return nil
    }

    // MARK: Writing

    public static let enquiryBytes: [UInt8] = [enquiry]
    public static let acknowledgement: [UInt8] = [0x06]
    public static let endBytes: [UInt8] = [endOfTransmission]

    /// One frame for each record: STX, number, record, CR, ETX, checksum, CR, LF (LIS1-A, 6.3).
    public static func frames(_ records: [String]) -> [[UInt8]] {
        var number: UInt8 = 0
        return records.map { record in
            number = (number + 1) % 8
            var body: [UInt8] = [0x30 + number]
            body += Array(record.utf8)
            body += [0x0D, endOfText]
            let sum = body.reduce(UInt8(0)) { $0 &+ $1 }
            let digits = Array(String(sum, radix: 16, uppercase: true).utf8)
            return [startOfText] + body + (digits.count < 2 ? [0x30] : []) + digits + [0x0D, 0x0A]
        }
    }

    /// A header record with the usual delimiters.
    ///
    /// - Parameter time: `YYYYMMDDHHMMSS`.
    public static func header(sender: String, time: String) -> String {
        "H|\\^&|||\(sender)|||||||P|LIS2-A2|\(time)"
    }
}
