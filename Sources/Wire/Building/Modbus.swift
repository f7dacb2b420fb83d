//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// Modbus: device identification, read passively.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Modbus/TCP (Modbus Application Protocol 1.1b3; Messaging on TCP/IP 1.0b): functions 43/14 and 17.
///
/// Only answers are read: what a device says of itself when somebody else asked.
public enum Modbus {
    private static let port: UInt16 = 502
    /// Header up to the unit identifier.
    private static let header = 7

    /// Whether a stream that begins with these octets (at least one) speaks it: on port 502, protocol number 0, and a
    /// length that fits what is there.
    public static func recognises(_ bytes: Span<UInt8>, _ packet: Packet) -> Bool {
        guard packet.uses(port: port), isHeader(bytes, at: 0), let length = bytes.uint16(at: 4) else { return false }
        let end = 6 + Int(length)
        if bytes.count == end { return true }
        // Several at once must each look right; one that is not all there must be a function that is known.
        if bytes.count > end { return isHeader(bytes, at: end) }
        switch bytes[header] & 0x7F {
        case 1...8, 11, 12, 15...17, 20...24, 43, 90: return true
        default: return false
        }
    }

    private static func isHeader(_ bytes: Span<UInt8>, at start: Int) -> Bool {
        guard bytes.uint16(at: start + 2) == 0, let length = bytes.uint16(at: start + 4), (2...254).contains(length),
            let function = bytes.at(start + header)
        else { return false }
        return function & 0x7F != 0
    }

    /// Reads what is there of one direction of a stream.
    public static func read(
        _ bytes: Span<UInt8>, _ side: StreamSide, _ memory: inout StreamMemory, _ packet: Packet,
        into facts: inout Facts
    ) -> StreamProgress {
        // Questions hold nothing about who asks.
        if side == .client { return .finished }
        var at = 0
        while at <= bytes.count - header - 1 {
            guard isHeader(bytes, at: at), let length = bytes.uint16(at: at + 4) else { return .notMine }
            let end = at + 6 + Int(length)
            let function = bytes[at + header]
            if function == 43 || function == 17 {
                guard end <= bytes.count else { break }
                let body = bytes.extracting(at + header + 1..<max(end, at + header + 1))
                if function == 43 { readIdentification(body, into: &facts) } else { readServer(body, into: &facts) }
            }
            at = end
        }
        return at > 0 ? .took(at) : .more(max(bytes.count + 1, header + 1))
    }

    /// Read Device Identification (6.21): kind of reading, conformity, more to follow, next object, count, objects.
    private static func readIdentification(_ body: Span<UInt8>, into facts: inout Facts) {
        guard body.at(0) == 14, body.count >= 8, let count = body.at(5) else { return }
        var at = 6
        for _ in 0..<count {
            guard let number = body.at(at), let length = body.at(at + 1), at + 2 + Int(length) <= body.count else {
                return
            }
            let value = body.from(at + 2).upTo(Int(length))
            switch number {
            case 0: facts.add(.modbusVendor, value)
            case 1: facts.add(.modbusProduct, value)
            case 2: facts.add(.modbusRevision, value)
            case 3: facts.add(.modbusUrl, value)
            case 4: facts.add(.modbusProductName, value)
            case 5: facts.add(.modbusModel, value)
            case 6: facts.add(.modbusApplication, value)
            default: break
            }
            at += 2 + Int(length)
        }
    }

    /// Report Server ID (6.13): what follows the count is the maker's own. Its longest stretch of text is reported, or
    /// all of it in hexadecimal when there is none.
    private static func readServer(_ body: Span<UInt8>, into facts: inout Facts) {
        guard let count = body.at(0), count > 0, Int(count) <= body.count - 1 else { return }
        let value = body.from(1).upTo(Int(count))
        var best = 0..<0
        var start = 0
        for index in 0...value.count {
            if let byte = value.at(index), byte >= 0x20, byte < 0x7F { continue }
            if index - start > best.count { best = start..<index }
            start = index + 1
        }
        if best.count >= 4 {
            facts.add(.modbusServerId, value.extracting(best))
        } else {
            facts.open(.modbusServerId)
            facts.put(hexadecimal: value)
            facts.close()
        }
    }

    // MARK: Writing

    /// Asks for the basic identification (objects 0 to 2).
    public static func identificationRequest(transaction: UInt16, unit: UInt8 = 1) -> [UInt8] {
        frame(transaction, unit, [43, 14, 1, 0])
    }

    /// Answers with vendor, product code and revision; each at most 60 octets.
    public static func identification(
        transaction: UInt16, unit: UInt8 = 1, vendor: String, product: String, revision: String
    ) -> [UInt8] {
        var body: [UInt8] = [43, 14, 1, 1, 0, 0, 3]
        for (number, text) in [vendor, product, revision].enumerated() {
            let octets = Array(text.utf8.prefix(60))
            body += [UInt8(number), UInt8(octets.count)] + octets
        }
        return frame(transaction, unit, body)
    }

    private static func frame(_ transaction: UInt16, _ unit: UInt8, _ body: [UInt8]) -> [UInt8] {
        var writer = ByteWriter()
        writer.uint16(transaction)
        writer.uint16(0)
        writer.uint16(UInt16(truncatingIfNeeded: body.count + 1))
        writer.uint8(unit)
        writer.raw(body)
        return writer.bytes
    }
}
