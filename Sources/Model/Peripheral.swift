//===----------------------------------------------------------------------===//
// Wardlight · Model
//
// Peripherals: what hangs on an endpoint by USB.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// All that hangs on one endpoint at one time.
public struct PeripheralReport: Hashable, Sendable {
    /// The endpoint: one of its hardware addresses, where the report gives one.
    public var host: Subject
    public var hostName: String?
    /// All of its cards that the report names, sorted; at most 16.
    public var cards: [HardwareAddress] = []
    /// Sorted by path; at most 256.
    public var peripherals: [Peripheral]

    public init(host: Subject, hostName: String?, peripherals: [Peripheral]) {
        self.host = host
        self.hostName = hostName
        self.peripherals = peripherals
    }
}

/// One USB device, by its descriptors (USB 2.0, 9.6).
public struct Peripheral: Hashable, Sendable, Codable {
    /// Class triple of an interface: 3 is a human interface device (keyboard: subclass 1, protocol 1), 8 storage, 2 and 10
    /// communication, 224 wireless.
    public struct Interface: Hashable, Sendable, Comparable, Codable {
        public var kind: UInt8
        public var subkind: UInt8
        public var wording: UInt8

        public init(kind: UInt8, subkind: UInt8, wording: UInt8) {
            self.kind = kind
            self.subkind = subkind
            self.wording = wording
        }
        public static func < (one: Self, other: Self) -> Bool {
            (one.kind, one.subkind, one.wording) < (other.kind, other.subkind, other.wording)
        }
    }
    /// What its endpoint uses it for, as that one's operating system found out: an interface may be of a maker's own
    /// class, and a keyboard need not say that it is one.
    public enum Use: String, Hashable, Sendable, CaseIterable, Comparable, Codable {
        case keyboard, mouse, network, storage

        public static func < (one: Self, other: Self) -> Bool { one.rawValue < other.rawValue }
    }
    /// Port by port from the root: `1-1.4`.
    public var path: String
    /// idVendor, idProduct, bcdDevice.
    public var vendorId: UInt16
    public var productId: UInt16
    public var release: UInt16?
    /// What it says of itself.
    public var maker: String?
    public var product: String?
    public var serial: String?
    /// bDeviceClass.
    public var kind: UInt8
    /// Sorted; at most 32.
    public var interfaces: [Interface]
    /// What drives it on the endpoint: `usbhid`, or several joined by a blank.
    public var driver: String?
    /// Sorted, each once.
    public var uses: [Use] = []

    public init(path: String, vendorId: UInt16, productId: UInt16, kind: UInt8 = 0, interfaces: [Interface] = []) {
        self.path = path
        self.vendorId = vendorId
        self.productId = productId
        self.kind = kind
        self.interfaces = interfaces
    }
}

extension Peripheral {
    /// Whether it can type: a boot keyboard by its interfaces (HID 1.11, 4.2 and 4.3), or any that its endpoint takes for
    /// a keyboard.
    public var isKeyboard: Bool {
        uses.contains(.keyboard) || interfaces.contains { $0.kind == 0x03 && $0.wording == 1 }
    }

    /// Whether files can be on it: mass storage (class 8), also by UAS.
    public var isStorage: Bool { uses.contains(.storage) || interfaces.contains { $0.kind == 0x08 } }

    /// Whether it brings a way into a network: Ethernet control, NCM and MBIM models of communication devices (USB CDC
    /// 1.2, 4.3) and RNDIS in its three spellings; or any that its endpoint takes for a network card.
    public var isNetworkCard: Bool {
        uses.contains(.network)
            || interfaces.contains {
                switch ($0.kind, $0.subkind, $0.wording) {
                case (0x02, 0x06, _), (0x02, 0x0D, _), (0x02, 0x0E, _), (0x02, 0x02, 0xFF), (0xE0, 0x01, 0x03),
                    (0xEF, 0x04, 0x01):
                    true
                default: false
                }
            }
    }

    public var isHub: Bool { kind == 0x09 || interfaces.contains { $0.kind == 0x09 } }

    /// What it is able to do, in the words of people.
    public var abilities: [String] {
        var words: [String] = []
        if isKeyboard { words.append("keyboard") }
        if uses.contains(.mouse) || interfaces.contains(where: { $0.kind == 0x03 && $0.wording == 2 }) {
            words.append("mouse")
        }
        if isStorage { words.append("storage") }
        if isNetworkCard { words.append("network card") }
        let named: [(UInt8, String)] = [
            (0x01, "audio"), (0x06, "camera or phone"), (0x07, "printer"), (0x0B, "smart card reader"),
            (0x0E, "video"), (0x11, "display"),
        ]
        for (kind, word) in named where interfaces.contains(where: { $0.kind == kind }) { words.append(word) }
        if isHub { words.append("hub") }
        return words
    }

    /// `046d:c52b`
    public var ids: String {
        [vendorId, productId].map { hexadecimal(UInt8($0 >> 8)) + hexadecimal(UInt8($0 & 0xFF)) }.joined(separator: ":")
    }
}
