//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// LLDP, written: what a switch or a device says of itself every half minute.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension LLDP {
    /// What a neighbour says of itself; empty texts and nils are left out.
    public struct Announcement: Hashable, Sendable {
        public var chassis: HardwareAddress
        /// Interface name: `Gi1/0/2`, `eth0`.
        public var port: String
        public var portDescription = ""
        public var systemName = ""
        public var systemDescription = ""
        /// Bits of `LLDP.capabilityNames`, written as both possible and switched on.
        public var capabilities: UInt16 = 0
        public var managementAddress: IPAddress?
        /// Port VLAN identifier, 1 to 4094.
        public var vlan: UInt16?
        public var med: Inventory?
        /// How long the neighbour may be believed, in seconds.
        public var timeToLiveSeconds: UInt16 = 120

        public init(chassis: HardwareAddress, port: String) {
            self.chassis = chassis
            self.port = port
        }
    }

    /// LLDP-MED's inventory (ANSI/TIA-1057, 10.2.6); each text up to 32 octets.
    public struct Inventory: Hashable, Sendable {
        /// 1 generic endpoint, 2 media endpoint, 3 telephone, 4 network device.
        public var deviceClass: UInt8 = 1
        public var hardware = ""
        public var firmware = ""
        public var software = ""
        public var serial = ""
        public var manufacturer = ""
        public var model = ""
        public var asset = ""

        public init() {}
    }

    /// Where frames go that no bridge passes on (IEEE 802.1AB, table 7-1).
    public static let nearestBridge = HardwareAddress(bits: 0x0180_C200_000E)

    /// The payload of a frame with EtherType 88CC.
    public static func write(_ announcement: Announcement) -> [UInt8] {
        var writer = ByteWriter()
        writer.element(Kind.chassis) { body in
            body.uint8(4)
            body.address(announcement.chassis)
        }
        writer.element(Kind.port) { body in
            body.uint8(5)
            body.text(announcement.port)
        }
        writer.element(Kind.timeToLive) { $0.uint16(announcement.timeToLiveSeconds) }
        writer.textElement(Kind.portDescription, announcement.portDescription)
        writer.textElement(Kind.systemName, announcement.systemName)
        writer.textElement(Kind.systemDescription, announcement.systemDescription)
        if announcement.capabilities != 0 {
            writer.element(Kind.capabilities) { body in
                body.uint16(announcement.capabilities)
                body.uint16(announcement.capabilities)
            }
        }
        if let address = announcement.managementAddress {
            writer.element(Kind.managementAddress) { body in
                body.uint8(address.isV4 ? 5 : 17)
                body.uint8(address.isV4 ? 1 : 2)
                body.address(address)
                body.uint8(2)  // an interface index follows
                body.uint32(1)
                body.uint8(0)
            }
        }
        if let vlan = announcement.vlan {
            writer.organisation(Organisation.bridging, 1) { $0.uint16(vlan) }
        }
        if let med = announcement.med { writer.inventory(med) }
        writer.uint16(0)
        return writer.bytes
    }
}

extension ByteWriter {
    /// One element: type and length in 16 bits, then at most 511 octets.
    fileprivate mutating func element(_ kind: UInt8, _ write: (inout ByteWriter) -> Void) {
        var body = ByteWriter()
        write(&body)
        let octets = body.bytes.prefix(511)
        uint16(UInt16(kind) << 9 | UInt16(octets.count))
        raw(Array(octets))
    }

    /// Texts hold at most 255 octets (IEEE 802.1AB, 8.5.5 to 8.5.7).
    fileprivate mutating func textElement(_ kind: UInt8, _ text: String) {
        guard !text.isEmpty else { return }
        element(kind) { $0.raw(Array(text.utf8.prefix(255))) }
    }

    fileprivate mutating func organisation(
        _ organisation: UInt32, _ subtype: UInt8, _ write: (inout ByteWriter) -> Void
    ) {
        element(LLDP.Kind.organisation) { body in
            body.uint24(organisation)
            body.uint8(subtype)
            write(&body)
        }
    }

    fileprivate mutating func inventory(_ med: LLDP.Inventory) {
        organisation(LLDP.Organisation.med, 1) { body in
            body.uint16(0x0021)  // capabilities and inventory are supported
            body.uint8(med.deviceClass)
        }
        let texts = [
            med.hardware, med.firmware, med.software, med.serial, med.manufacturer, med.model, med.asset,
        ]
        for (index, text) in texts.enumerated() where !text.isEmpty {
            organisation(LLDP.Organisation.med, UInt8(5 + index)) { $0.raw(Array(text.utf8.prefix(32))) }
        }
    }
}
