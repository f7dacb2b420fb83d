//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// Facts: the sink into which every parser puts what it read.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// What one packet taught: facts with their values as bytes, and oddities.
///
/// One value of this type is reused for every packet, so that nothing is allocated once it has grown. It is bounded:
/// at most `maximumFacts` facts and `maximumBytes` octets a packet; more are counted as `facts.full`.
public struct Facts: Sendable {
    /// A TXT-rich mDNS answer holds some 60 strings; a DICOM association a dozen fields.
    public static let maximumFacts = 256
    /// Sum of the values of one packet, in octets.
    public static let maximumBytes = 16_384
    /// A value is cut to this many octets.
    public static let maximumValue = 256

    /// Whom the facts that follow are about.
    public enum About: Hashable, Sendable {
        /// The station that sent the packet: its source addresses.
        case sender
        /// The station it was sent to. Only where the packet speaks of it with authority.
        case receiver
        /// A station named inside: the DHCP client behind a relay, the supplicant of a RADIUS request.
        case station(HardwareAddress)
        /// A device that the sender speaks for: index into `children`.
        case child(Int)
    }

    public struct Entry: Sendable {
        public let field: Field
        public let about: About
        @usableFromInline let start: Int
        @usableFromInline let count: Int
    }

    /// A pair of addresses that a station said belong together (ARP, neighbour discovery).
    public struct Binding: Sendable {
        public let hardware: HardwareAddress
        public let network: IPAddress
    }

    public private(set) var entries: [Entry] = []
    public private(set) var bindings: [Binding] = []
    /// Stations that an access server says it serves.
    public private(set) var sessions: [RADIUSSession] = []
    public private(set) var oddities: [Oddity] = []
    /// Identifiers of the devices behind the sender, as `kind:value`.
    public private(set) var children: [String] = []
    /// Whom the next facts are about. Set back to the sender for every packet.
    public var about: About = .sender
    /// The application protocol of the packet's conversation, once a parser has recognised it.
    public var application: Application?

    private var storage: [UInt8] = []
    private var openField: Field?
    private var openStart = 0

    public init() {
        storage.reserveCapacity(4_096)
        entries.reserveCapacity(64)
    }

    /// Forgets everything, keeping the room.
    @inline(__always)
    public mutating func clear() {
        openField = nil
        if !sessions.isEmpty { sessions.removeAll(keepingCapacity: true) }
        if entries.isEmpty && bindings.isEmpty && oddities.isEmpty && children.isEmpty && storage.isEmpty {
            about = .sender
            application = nil
            return
        }
        entries.removeAll(keepingCapacity: true)
        bindings.removeAll(keepingCapacity: true)
        oddities.removeAll(keepingCapacity: true)
        children.removeAll(keepingCapacity: true)
        storage.removeAll(keepingCapacity: true)
        about = .sender
        application = nil
    }

    /// The octets of one entry's value.
    @_lifetime(borrow self)
    public func value(of entry: Entry) -> Span<UInt8> {
        storage.span.extracting(entry.start..<entry.start + entry.count)
    }

    // MARK: Adding

    /// Adds a value as it stood in the packet, without blanks and NULs at its ends; an empty one is no fact.
    public mutating func add(_ field: Field, _ value: Span<UInt8>) {
        open(field)
        put(value.trimmed())
        close()
    }

    /// Adds a word; a literal costs nothing, text made for the purpose allocates and is for rare packets only.
    public mutating func add(_ field: Field, _ value: String) {
        open(field)
        put(value)
        close()
    }

    /// Adds a number in decimal digits.
    public mutating func add(_ field: Field, decimal value: some FixedWidthInteger) {
        open(field)
        put(decimal: UInt64(truncatingIfNeeded: value))
        close()
    }

    /// Begins a value that is put together from pieces; `close()` ends it. One that was never ended is forgotten.
    public mutating func open(_ field: Field) {
        if openField != nil { storage.removeLast(storage.count - openStart) }
        openField = field
        openStart = storage.count
    }

    public mutating func put(_ byte: UInt8) {
        if storage.count - openStart < Self.maximumValue { storage.append(byte) }
    }

    public mutating func put(_ bytes: Span<UInt8>) {
        storage.add(bytes.upTo(Self.maximumValue - (storage.count - openStart)))
    }

    public mutating func put(_ text: String) {
        put(text.utf8.span)
    }

    public mutating func put(decimal value: UInt64) {
        var divisor: UInt64 = 1
        while value / divisor >= 10 { divisor *= 10 }
        while divisor > 0 {
            put(0x30 + UInt8(value / divisor % 10))
            divisor /= 10
        }
    }

    /// Two lower-case hexadecimal digits.
    public mutating func put(hexadecimal byte: UInt8) {
        put(Self.hexadecimalDigit(byte >> 4))
        put(Self.hexadecimalDigit(byte & 15))
    }

    public mutating func put(hexadecimal bytes: Span<UInt8>) {
        for index in bytes.indices { put(hexadecimal: bytes[index]) }
    }

    /// `aa:bb:cc:dd:ee:ff`
    public mutating func put(_ address: HardwareAddress) {
        for shift in stride(from: UInt64(40), through: 0, by: -8) {
            if shift != 40 { put(0x3A) }
            put(hexadecimal: UInt8(truncatingIfNeeded: address.bits >> shift))
        }
    }

    /// Ends the value begun by `open`; an empty one is dropped.
    public mutating func close() {
        guard let field = openField else { return }
        openField = nil
        let count = storage.count - openStart
        guard count > 0 else { return }
        if about == Self.nobody {
            storage.removeLast(count)
            return
        }
        guard entries.count < Self.maximumFacts, storage.count <= Self.maximumBytes else {
            storage.removeLast(count)
            oddity(.factsFull)
            return
        }
        entries.append(Entry(field: field, about: about, start: openStart, count: count))
    }

    /// From now on the facts are about a device behind the sender, until `about` is set anew.
    ///
    /// - Parameter identifier: `eui64:…`, `serial:…`, `udi:…` or `bacnet:…` (behind a BACnet router).
    public mutating func aboutChild(_ identifier: String) {
        let isLong = identifier.utf8.count > Self.maximumValue
        let name = isLong ? String(identifier.prefix(Self.maximumValue)) : identifier
        if let known = children.firstIndex(of: name) {
            about = .child(known)
            return
        }
        guard children.count < 64 else {
            // What follows is this device's, and must not be taken for another's.
            about = Self.nobody
            oddity(.factsFull)
            return
        }
        children.append(name)
        about = .child(children.count - 1)
    }

    /// A device for which there is no place: its facts are dropped.
    private static let nobody = About.child(-1)

    public mutating func bind(_ hardware: HardwareAddress, to network: IPAddress) {
        guard hardware.isIndividual, network.isIndividual, bindings.count < 64 else { return }
        bindings.append(Binding(hardware: hardware, network: network))
    }

    /// One a packet; several where packets are wrapped in one another.
    mutating func hear(_ session: RADIUSSession) {
        if sessions.count < 8 { sessions.append(session) }
    }

    /// Counts a broken rule; at most 32 a packet.
    public mutating func oddity(_ oddity: Oddity) {
        if oddities.count < 32 { oddities.append(oddity) }
    }

    private static func hexadecimalDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? 0x30 + value : 0x61 + value - 10
    }
}
