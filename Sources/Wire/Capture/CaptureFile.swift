//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// Capture files: pcap and pcapng, record by record.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Reads a capture as its bytes come, without ever holding more than one record.
///
/// Knows pcap in both byte orders with micro- or nanoseconds (and the variant with longer record headers), and pcapng
/// with any number of sections and interfaces, each with its own link type, snap length and clock
/// (draft-ietf-opsawg-pcap, draft-ietf-opsawg-pcapng). Every length is checked against `maximumRecord`.
public struct CaptureFile: Sendable {
    /// Largest record believed. libpcap's own limit is 262,144 octets for most link types.
    public static let maximumRecord = 4 << 20
    /// Interfaces remembered in one section; later ones share the last place.
    public static let maximumInterfaces = 65_536

    /// One packet's place in the bytes that were shown.
    public struct Record: Sendable, Hashable {
        public let link: LinkType
        public let time: Timestamp
        /// Octets of the packet on the wire; may exceed what was captured.
        public let originalLength: Int
        public let start: Int
        public let count: Int

        public init(link: LinkType, time: Timestamp, originalLength: Int, start: Int, count: Int) {
            self.link = link
            self.time = time
            self.originalLength = originalLength
            self.start = start
            self.count = count
        }
    }

    /// What reading on gave.
    public enum Step: Sendable, Hashable {
        case packet(Record)
        /// At least this many octets, counted from the offset, must be there to go on.
        case more(Int)
        /// The recorder says that it lost this many packets.
        case dropped(UInt64)
        /// Something without packets in it.
        case skipped
        case problem(Problem)
    }

    /// Why reading cannot go on.
    public enum Problem: Error, Hashable, Sendable {
        case notACapture
        case unsupportedVersion(major: UInt16)
        case recordTooLong(UInt64)
        case badBlock
        case unknownInterface(UInt32)
    }

    private struct Interface: Sendable {
        var link = LinkType(0)
        /// Nanoseconds are `ticks * multiplier / divisor`.
        var multiplier: UInt64 = 1_000
        var divisor: UInt64 = 1
        var offsetSeconds: Int64 = 0
        var snapLength = 0
        var lastDrop: UInt64 = 0
    }

    private enum Form: Sendable {
        case undecided
        case pcap(isSwapped: Bool, isNano: Bool, header: Int, link: LinkType)
        case pcapng(isSwapped: Bool)
    }

    private var form = Form.undecided
    private var interfaces: [Interface] = []

    public init() {}

    /// Whether these first four octets begin a capture file.
    public static func recognises(_ bytes: Span<UInt8>) -> Bool {
        guard let magic = bytes.uint32(at: 0) else { return false }
        return [0xA1B2_C3D4, 0xD4C3_B2A1, 0xA1B2_3C4D, 0x4D3C_B2A1, 0xA1B2_CD34, 0x34CD_B2A1, 0x0A0D_0D0A]
            .contains(magic)
    }

    /// Reads what begins at `offset` and steps over it; after `.more` and `.problem` the offset stands where it was.
    @inline(__always)
    public mutating func next(_ bytes: Span<UInt8>, _ offset: inout Int) -> Step {
        switch form {
        case .pcap(let isSwapped, let isNano, let header, let link):
            return nextPcap(bytes, &offset, isSwapped, isNano, header, link)
        case .pcapng(let isSwapped): return nextBlock(bytes, &offset, isSwapped)
        case .undecided: return begin(bytes, &offset)
        }
    }

    private mutating func begin(_ bytes: Span<UInt8>, _ offset: inout Int) -> Step {
        guard let magic = bytes.uint32(at: offset) else { return .more(4) }
        if magic == 0x0A0D_0D0A {
            form = .pcapng(isSwapped: false)
            return nextBlock(bytes, &offset, false)
        }
        let isSwapped: Bool
        switch magic {
        case 0xA1B2_C3D4, 0xA1B2_3C4D, 0xA1B2_CD34: isSwapped = false
        case 0xD4C3_B2A1, 0x4D3C_B2A1, 0x34CD_B2A1: isSwapped = true
        default: return .problem(.notACapture)
        }
        guard bytes.count - offset >= 24 else { return .more(24) }
        let major = read16(bytes, offset + 4, isSwapped)
        guard major <= 2 else { return .problem(.unsupportedVersion(major: major)) }
        let link = read32(bytes, offset + 20, isSwapped)
        let plain = isSwapped ? magic.byteSwapped : magic
        form = .pcap(
            isSwapped: isSwapped, isNano: plain == 0xA1B2_3C4D, header: plain == 0xA1B2_CD34 ? 24 : 16,
            link: LinkType(UInt16(truncatingIfNeeded: link)))
        offset += 24
        return .skipped
    }

    @inline(__always)
    private func nextPcap(
        _ bytes: Span<UInt8>, _ offset: inout Int, _ isSwapped: Bool, _ isNano: Bool, _ header: Int, _ link: LinkType
    ) -> Step {
        guard bytes.count - offset >= header else { return .more(header) }
        let seconds = read32(bytes, offset, isSwapped)
        let fraction = Int64(read32(bytes, offset + 4, isSwapped))
        let captured = Int(read32(bytes, offset + 8, isSwapped))
        let original = Int(read32(bytes, offset + 12, isSwapped))
        guard captured <= Self.maximumRecord else { return .problem(.recordTooLong(UInt64(captured))) }
        guard bytes.count - offset - header >= captured else { return .more(header + captured) }
        let start = offset + header
        offset = start + captured
        // Seconds are unsigned 32 bits: they reach to 2106.
        let time = Timestamp(nanoseconds: Int64(seconds) * 1_000_000_000 + (isNano ? fraction : fraction * 1_000))
        return .packet(
            Record(link: link, time: time, originalLength: max(original, captured), start: start, count: captured))
    }

    // MARK: pcapng

    private mutating func nextBlock(_ bytes: Span<UInt8>, _ offset: inout Int, _ wasSwapped: Bool) -> Step {
        guard bytes.count - offset >= 12 else { return .more(12) }
        var isSwapped = wasSwapped
        let type = read32(bytes, offset, isSwapped)
        if type == 0x0A0D_0D0A {
            // A section may be in another byte order than the one before it.
            switch read32(bytes, offset + 8, false) {
            case 0x1A2B_3C4D: isSwapped = false
            case 0x4D3C_2B1A: isSwapped = true
            default: return .problem(.badBlock)
            }
        }
        let length = Int(read32(bytes, offset + 4, isSwapped))
        guard length >= 12, length % 4 == 0 else { return .problem(.badBlock) }
        guard length <= Self.maximumRecord + 4_096 else { return .problem(.recordTooLong(UInt64(length))) }
        guard bytes.count - offset >= length else { return .more(length) }
        let body = offset + 8
        let end = offset + length - 4
        let step: Step
        switch type {
        case 0x0A0D_0D0A:
            form = .pcapng(isSwapped: isSwapped)
            interfaces.removeAll(keepingCapacity: true)
            let major = end - body >= 8 ? read16(bytes, body + 4, isSwapped) : 0
            step = major == 1 ? .skipped : .problem(.unsupportedVersion(major: major))
        case 1:
            describeInterface(bytes, body, end, isSwapped)
            step = .skipped
        case 2: step = packetBlock(bytes, body, end, isSwapped, isObsolete: true)
        case 3: step = simplePacket(bytes, body, end, isSwapped)
        case 5: step = statistics(bytes, body, end, isSwapped)
        case 6: step = packetBlock(bytes, body, end, isSwapped, isObsolete: false)
        default: step = .skipped
        }
        if case .problem = step { return step }
        offset += length
        return step
    }

    private mutating func describeInterface(_ bytes: Span<UInt8>, _ body: Int, _ end: Int, _ isSwapped: Bool) {
        guard end - body >= 8 else { return }
        var interface = Interface()
        interface.link = LinkType(read16(bytes, body, isSwapped))
        interface.snapLength = Int(read32(bytes, body + 4, isSwapped))
        eachOption(bytes, body + 8, end, isSwapped) { code, start, count in
            switch code {
            case 9 where count >= 1:  // if_tsresol
                let value = bytes[start]
                let power = Int(value & 0x7F)
                if value & 0x80 != 0 {
                    interface.multiplier = 1_000_000_000
                    interface.divisor = power < 63 ? 1 << UInt64(power) : 1 << 62
                } else if power <= 9 {
                    interface.multiplier = Self.powerOfTen(9 - power)
                } else {
                    interface.multiplier = 1
                    interface.divisor = Self.powerOfTen(min(power - 9, 18))
                }
            case 14 where count >= 8:  // if_tsoffset
                let first = UInt64(read32(bytes, start, isSwapped))
                let second = UInt64(read32(bytes, start + 4, isSwapped))
                interface.offsetSeconds = Int64(
                    bitPattern: isSwapped ? second << 32 | first : first << 32 | second)
            default: break
            }
        }
        if interfaces.count < Self.maximumInterfaces {
            interfaces.append(interface)
        } else {
            interfaces[interfaces.count - 1] = interface
        }
    }

    private func packetBlock(
        _ bytes: Span<UInt8>, _ body: Int, _ end: Int, _ isSwapped: Bool, isObsolete: Bool
    ) -> Step {
        guard end - body >= 20 else { return .problem(.badBlock) }
        let number =
            isObsolete ? UInt32(read16(bytes, body, isSwapped)) : read32(bytes, body, isSwapped)
        guard number < UInt32(interfaces.count) else { return .problem(.unknownInterface(number)) }
        let interface = interfaces[Int(number)]
        let ticks =
            UInt64(read32(bytes, body + 4, isSwapped)) << 32 | UInt64(read32(bytes, body + 8, isSwapped))
        let captured = Int(read32(bytes, body + 12, isSwapped))
        let original = Int(read32(bytes, body + 16, isSwapped))
        guard captured <= end - body - 20 else { return .problem(.badBlock) }
        return .packet(
            Record(
                link: interface.link, time: Self.time(ticks, interface), originalLength: max(original, captured),
                start: body + 20, count: captured))
    }

    private func simplePacket(_ bytes: Span<UInt8>, _ body: Int, _ end: Int, _ isSwapped: Bool) -> Step {
        guard end - body >= 4 else { return .problem(.badBlock) }
        guard let interface = interfaces.first else { return .problem(.unknownInterface(0)) }
        let original = Int(read32(bytes, body, isSwapped))
        let limit = interface.snapLength > 0 ? min(original, interface.snapLength) : original
        let captured = min(limit, end - body - 4)
        return .packet(
            Record(
                link: interface.link, time: .epoch, originalLength: max(original, captured), start: body + 4,
                count: captured))
    }

    /// Interface statistics: how many packets the recorder lost since it last said so.
    private mutating func statistics(_ bytes: Span<UInt8>, _ body: Int, _ end: Int, _ isSwapped: Bool) -> Step {
        guard end - body >= 12 else { return .skipped }
        let number = Int(read32(bytes, body, isSwapped))
        guard number < interfaces.count else { return .skipped }
        var lost: UInt64 = 0
        eachOption(bytes, body + 12, end, isSwapped) { code, start, count in
            guard code == 5 || code == 7, count >= 8 else { return }  // isb_ifdrop, isb_osdrop
            let first = UInt64(read32(bytes, start, isSwapped))
            let second = UInt64(read32(bytes, start + 4, isSwapped))
            lost &+= isSwapped ? second << 32 | first : first << 32 | second
        }
        let before = interfaces[number].lastDrop
        interfaces[number].lastDrop = max(lost, before)
        return lost > before ? .dropped(lost - before) : .skipped
    }

    /// At most 64 options a block.
    private func eachOption(
        _ bytes: Span<UInt8>, _ from: Int, _ end: Int, _ isSwapped: Bool, _ body: (UInt16, Int, Int) -> Void
    ) {
        var at = from
        for _ in 0..<64 {
            guard end - at >= 4 else { return }
            let code = read16(bytes, at, isSwapped)
            let count = Int(read16(bytes, at + 2, isSwapped))
            guard code != 0, end - at - 4 >= count else { return }
            body(code, at + 4, count)
            at += 4 + (count + 3) / 4 * 4
        }
    }

    private static func time(_ ticks: UInt64, _ interface: Interface) -> Timestamp {
        let product = ticks.multipliedFullWidth(by: interface.multiplier)
        let nanoseconds: UInt64
        if product.high == 0 {
            nanoseconds = product.low / interface.divisor
        } else if product.high < interface.divisor {
            nanoseconds = interface.divisor.dividingFullWidth(product).quotient
        } else {
            nanoseconds = .max
        }
        guard nanoseconds <= UInt64(Int64.max) else { return Timestamp(nanoseconds: .max) }
        if interface.offsetSeconds == 0 { return Timestamp(nanoseconds: Int64(nanoseconds)) }
        let (seconds, overflow) = interface.offsetSeconds.addingReportingOverflow(
            Int64(nanoseconds / 1_000_000_000))
        return overflow
            ? Timestamp(nanoseconds: interface.offsetSeconds < 0 ? .min : .max)
            : Timestamp(seconds: seconds, nanoseconds: Int64(nanoseconds % 1_000_000_000))
    }

    private static func powerOfTen(_ exponent: Int) -> UInt64 {
        var value: UInt64 = 1
        for _ in 0..<max(exponent, 0) { value *= 10 }
        return value
    }

    @inline(__always)
    private func read16(_ bytes: Span<UInt8>, _ at: Int, _ isSwapped: Bool) -> UInt16 {
        let value = UInt16(bytes[at]) << 8 | UInt16(bytes[at + 1])
        return isSwapped ? value.byteSwapped : value
    }

    @inline(__always)
    private func read32(_ bytes: Span<UInt8>, _ at: Int, _ isSwapped: Bool) -> UInt32 {
        let value =
            UInt32(bytes[at]) << 24 | UInt32(bytes[at + 1]) << 16 | UInt32(bytes[at + 2]) << 8
            | UInt32(bytes[at + 3])
        return isSwapped ? value.byteSwapped : value
    }
}

/// Writes a capture file (pcap, nanoseconds, Ethernet unless said otherwise).
public struct CaptureWriter: Sendable {
    public private(set) var writer = ByteWriter()

    public init(link: LinkType = .ethernet, snapLength: UInt32 = 262_144) {
        writer.uint32(0xA1B2_3C4D)
        writer.uint16(2)
        writer.uint16(4)
        writer.uint32(0)
        writer.uint32(0)
        writer.uint32(snapLength)
        writer.uint32(UInt32(link.number))
    }

    public var bytes: [UInt8] { writer.bytes }

    /// Hands over what was written so far and begins anew, without a file header.
    public mutating func drain() -> [UInt8] {
        let bytes = writer.bytes
        writer = ByteWriter()
        return bytes
    }

    public mutating func add(_ frame: [UInt8], at time: Timestamp) {
        writer.uint32(UInt32(truncatingIfNeeded: time.nanoseconds / 1_000_000_000))
        writer.uint32(UInt32(truncatingIfNeeded: time.nanoseconds % 1_000_000_000))
        writer.uint32(UInt32(frame.count))
        writer.uint32(UInt32(frame.count))
        writer.raw(frame)
    }
}
