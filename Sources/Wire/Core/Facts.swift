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
/// One value of this type is reused for every packet, so that nothing is allocated once it has grown. It may also keep
/// what many packets said, one behind the other. It is bounded: at most `maximumFacts` facts and `maximumBytes` octets a
/// packet; more are counted as `facts.full`.
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

    /// Where what a packet said begins.
    private struct Place: Sendable {
        var entries = 0
        var bindings = 0
        var sessions = 0
        var oddities = 0
        var children = 0
        var octets = 0
    }
    private var first = Place()
    private let isKeeping: Bool

    /// - Parameter isKeeping: Whether what packets said is kept, one behind the other, until `clear()`.
    public init(isKeeping: Bool = false) {
        self.isKeeping = isKeeping
        storage.reserveCapacity(4_096)
        entries.reserveCapacity(64)
    }

    /// Forgets everything, keeping the room.
    public mutating func clear() {
        first = Place()
        forget()
    }

    /// A packet begins: those before are forgotten, or kept.
    @inline(__always)
    mutating func begin() {
        if !isKeeping || isEmpty { forget() }
        guard isKeeping else { return }
        if openField != nil { storage.removeLast(storage.count - openStart) }
        openField = nil
        about = .sender
        application = nil
        first = Place(
            entries: entries.count, bindings: bindings.count, sessions: sessions.count, oddities: oddities.count,
            children: children.count, octets: storage.count)
    }

    /// Forgets what this packet said.
    @inline(__always)
    mutating func forget() {
        openField = nil
        about = .sender
        application = nil
        if storage.count == first.octets, isEmpty, children.count == first.children { return }
        entries.removeLast(entries.count - first.entries)
        bindings.removeLast(bindings.count - first.bindings)
        sessions.removeLast(sessions.count - first.sessions)
        oddities.removeLast(oddities.count - first.oddities)
        children.removeLast(children.count - first.children)
        storage.removeLast(storage.count - first.octets)
    }

    /// Whether this packet said nothing.
    @inline(__always)
    var isEmpty: Bool {
        entries.count == first.entries && bindings.count == first.bindings && sessions.count == first.sessions
            && oddities.count == first.oddities
    }

    /// How many things of each kind one packet said.
    public struct Told: Sendable, Hashable {
        public internal(set) var facts: UInt16 = 0
        public internal(set) var bindings: UInt8 = 0
        public internal(set) var sessions: UInt8 = 0
        public internal(set) var oddities: UInt8 = 0
        /// About how many octets all of it takes that is kept.
        public internal(set) var octets: UInt32 = 0
        public internal(set) var isNothing = true
    }

    /// How many things of each kind this packet said.
    @inline(__always)
    var told: Told {
        if isEmpty { return Told() }
        let octets = storage.count + entries.count * 48 + (children.count + sessions.count) * 512
        return Told(
            facts: UInt16(clamping: entries.count - first.entries),
            bindings: UInt8(clamping: bindings.count - first.bindings),
            sessions: UInt8(clamping: sessions.count - first.sessions),
            oddities: UInt8(clamping: oddities.count - first.oddities), octets: UInt32(clamping: octets),
            isNothing: false)
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
        guard entries.count - first.entries < Self.maximumFacts, storage.count - first.octets <= Self.maximumBytes
        else {
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
        if let known = children[first.children...].firstIndex(of: name) {
            about = .child(known)
            return
        }
        guard children.count - first.children < 64 else {
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
        guard hardware.isIndividual, network.isIndividual, bindings.count - first.bindings < 64 else { return }
        bindings.append(Binding(hardware: hardware, network: network))
    }

    /// One a packet; several where packets are wrapped in one another.
    mutating func hear(_ session: RADIUSSession) {
        if sessions.count - first.sessions < 8 { sessions.append(session) }
    }

    /// Counts a broken rule; at most 32 a packet.
    public mutating func oddity(_ oddity: Oddity) {
        if oddities.count - first.oddities < 32 { oddities.append(oddity) }
    }

    private static func hexadecimalDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? 0x30 + value : 0x61 + value - 10
    }
}
