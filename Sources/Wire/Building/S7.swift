//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// S7: which controller is this?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// S7 communication over ISO-on-TCP (RFC 1006, RFC 905 class 0): system status lists.
///
/// The layout of the lists is the maker's (System Software for S7-300/400, reference manual): list 0x11 tells order
/// number and firmware, list 0x1C names and serial number.
public enum S7 {
    /// Whether a stream that begins with these octets (at least one) speaks it.
    ///
    /// On port 102, a connection request or confirmation with two-octet selectors whose first octet is a kind of
    /// connection (1 programming, 2 operating, 3 other), or data that begin with an S7 header. Other users of the port
    /// (MMS) have longer selectors or other data.
    public static func recognises(_ bytes: Span<UInt8>, _ packet: Packet) -> Bool {
        guard packet.uses(port: 102), bytes.at(0) == 3, bytes.at(1) == 0, let length = bytes.uint16(at: 2), length >= 7,
            let header = bytes.at(4), let type = bytes.at(5)
        else { return false }
        switch type & 0xF0 {
        case 0xF0: return header == 2 && (bytes.at(7) == 0x32 || bytes.at(7) == 0x72)
        case 0xE0, 0xD0: return hasSelectors(bytes.upTo(min(5 + Int(header), Int(length))).from(11))
        default: return false
        }
    }

    private static func hasSelectors(_ parameters: Span<UInt8>) -> Bool {
        var at = 0
        var called = false
        for _ in 0..<8 {
            guard let code = parameters.at(at), let length = parameters.at(at + 1) else { break }
            if code == 0xC2 {
                let kind = parameters.at(at + 2) ?? 0
                called = (length == 2 && (1...3).contains(kind)) || parameters.from(at + 2).starts(with: "SIMATIC-")
            }
            at += 2 + Int(length)
        }
        return called
    }

    /// Reads what is there of one direction of a stream.
    public static func read(
        _ bytes: Span<UInt8>, _ side: StreamSide, _ memory: inout StreamMemory, _ packet: Packet,
        into facts: inout Facts
    ) -> StreamProgress {
        var at = 0
        while at <= bytes.count - 4 {
            guard bytes[at] == 3, let length = bytes.uint16(at: at + 2), length >= 7 else { return .notMine }
            // Whole telegrams only: they are seldom longer than 480 octets.
            guard Int(length) <= bytes.count - at else {
                return at > 0 ? .took(at) : .more(Int(length))
            }
            let telegram = bytes.from(at).upTo(Int(length))
            if telegram[5] & 0xF0 == 0xF0, telegram.at(7) == 0x32 { readTelegram(telegram.from(7), into: &facts) }
            at += Int(length)
        }
        return at > 0 ? .took(at) : .more(4)
    }

    /// S7 header: 0x32, kind, two reserved octets, reference, lengths of parameters and data.
    private static func readTelegram(_ bytes: Span<UInt8>, into facts: inout Facts) {
        // User data (7): parameter head 00 01 12, then an answer (0x12) of the processor group (4), reading lists (1).
        guard bytes.at(1) == 7, let parameters = bytes.uint16(at: 6), bytes.uint16(at: 10) == 1, bytes.at(12) == 0x12,
            bytes.at(14) == 0x12, let group = bytes.at(15), group & 0x0F == 4, bytes.at(16) == 1
        else { return }
        // Return code, transport size, length, list, index, record length, record count.
        let data = bytes.from(10 + Int(parameters))
        guard data.at(0) == 0xFF, let list = data.uint16(at: 4), let size = data.uint16(at: 8),
            let count = data.uint16(at: 10)
        else { return }
        for number in 0..<min(Int(count), 64) {
            let record = data.from(12 + number * Int(size)).upTo(Int(size))
            guard let index = record.uint16(at: 0) else { return }
            switch list & 0xFF {
            case 0x11 where size >= 28: readModule(index, record, into: &facts)
            case 0x1C where size >= 26: readComponent(index, record.from(2), into: &facts)
            default: return
            }
        }
    }

    /// List 0x11: index 1 the module, 6 its hardware, 7 its firmware, whose version is written `V`, x, y, z.
    private static func readModule(_ index: UInt16, _ record: Span<UInt8>, into facts: inout Facts) {
        switch index {
        case 1: facts.add(.s7OrderNumber, record.from(2).upTo(20))
        case 7 where record.at(24) == UInt8(ascii: "V"):
            facts.open(.s7Firmware)
            for offset in 25..<28 {
                if offset > 25 { facts.put(0x2E) }
                facts.put(decimal: UInt64(record.at(offset) ?? 0))
            }
            facts.close()
        default: break
        }
    }

    /// List 0x1C.
    private static func readComponent(_ index: UInt16, _ text: Span<UInt8>, into facts: inout Facts) {
        let text = text.upTo(text.firstIndex(of: 0) ?? text.count)
        switch index {
        case 1: facts.add(.s7SystemName, text)
        case 2: facts.add(.s7ModuleName, text)
        case 4: facts.add(.s7Copyright, text)
        case 5: facts.add(.s7Serial, text)
        case 7: facts.add(.s7ModuleType, text)
        default: break
        }
    }

    // MARK: Writing

    /// Connection request (or its confirmation) as a programming device sends it.
    public static func connect(isAnswer: Bool = false) -> [UInt8] {
        let ends: [UInt8] = isAnswer ? [0xD0, 0, 1, 0, 4, 0] : [0xE0, 0, 0, 0, 1, 0]
        return packet([17] + ends + [0xC0, 1, 0x0A, 0xC1, 2, 1, 0, 0xC2, 2, 1, 2])
    }

    /// Asks for a system status list.
    public static func readList(_ list: UInt16, reference: UInt16) -> [UInt8] {
        var writer = ByteWriter()
        writer.raw([2, 0xF0, 0x80, 0x32, 7, 0, 0])
        writer.uint16(reference)
        writer.raw([0, 8, 0, 8, 0, 1, 0x12, 4, 0x11, 0x44, 1, 0, 0xFF, 9, 0, 4])
        writer.uint16(list)
        writer.uint16(0)
        return packet(writer.bytes)
    }

    /// Answers with list 0x11: order number (20 octets) and firmware.
    public static func module(orderNumber: String, firmware: (UInt8, UInt8, UInt8), reference: UInt16) -> [UInt8] {
        answer(
            0x11, reference,
            [1, 7].map { (index: UInt16) in
                var writer = ByteWriter()
                writer.uint16(index)
                writer.text(index == 1 ? orderNumber : "Boot Loader", width: 20, pad: 0x20)
                writer.uint16(0x00C0)
                writer.raw([UInt8(ascii: "V"), firmware.0, firmware.1, firmware.2])
                return writer.bytes
            })
    }

    /// Answers with list 0x1C: names and serial number.
    public static func component(
        systemName: String, moduleName: String, serial: String, moduleType: String, reference: UInt16
    ) -> [UInt8] {
        let entries: [(UInt16, String)] = [
            (1, systemName), (2, moduleName), (4, "Original Siemens Equipment"), (5, serial), (7, moduleType),
        ]
        return answer(
            0x1C, reference,
            entries.map { index, text in
                var writer = ByteWriter()
                writer.uint16(index)
                writer.text(text, width: 32)
                return writer.bytes
            })
    }

    private static func answer(_ list: UInt16, _ reference: UInt16, _ records: [[UInt8]]) -> [UInt8] {
        var data = ByteWriter()
        data.uint16(list)
        data.uint16(0)
        data.uint16(UInt16(records.first?.count ?? 0))
        data.uint16(UInt16(records.count))
        for record in records { data.raw(record) }
        var writer = ByteWriter()
        writer.raw([2, 0xF0, 0x80, 0x32, 7, 0, 0])
        writer.uint16(reference)
        writer.uint16(12)
        writer.uint16(UInt16(truncatingIfNeeded: data.count + 4))
        writer.raw([0, 1, 0x12, 8, 0x12, 0x84, 1, 1, 0, 0, 0, 0])
        writer.raw([0xFF, 9])
        writer.uint16(UInt16(truncatingIfNeeded: data.count))
        writer.raw(data.bytes)
        return packet(writer.bytes)
    }

    private static func packet(_ body: [UInt8]) -> [UInt8] {
        var writer = ByteWriter()
        writer.raw([3, 0])
        writer.uint16(UInt16(truncatingIfNeeded: body.count + 4))
        writer.raw(body)
        return writer.bytes
    }
}
