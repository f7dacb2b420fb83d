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
public struct Peripheral: Hashable, Sendable {
    /// Class triple of an interface: 3 is a human interface device (keyboard: subclass 1, protocol 1), 8 storage, 2 and 10
    /// communication, 224 wireless.
    public struct Interface: Hashable, Sendable, Comparable {
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

    public init(path: String, vendorId: UInt16, productId: UInt16, kind: UInt8 = 0, interfaces: [Interface] = []) {
        self.path = path
        self.vendorId = vendorId
        self.productId = productId
        self.kind = kind
        self.interfaces = interfaces
    }
}
