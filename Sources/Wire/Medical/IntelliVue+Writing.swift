//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// IntelliVue, the other way round: announcements for the simulator.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension IntelliVue {
    /// What a monitor says of itself.
    public struct Monitor: Hashable, Sendable {
        public var hardwareAddress: HardwareAddress
        /// IPv4.
        public var address: IPAddress
        /// Product number, such as `M8007A`.
        public var model: String
        public var serial: String
        /// Hardware revision, such as `B.00.05`.
        public var hardware: String
        /// Application software revision, such as `G.01.78`.
        public var software: String
        /// At most 16 characters.
        public var bedLabel: String

        public init(
            hardwareAddress: HardwareAddress, address: IPAddress, model: String, serial: String, hardware: String,
            software: String, bedLabel: String
        ) {
            self.hardwareAddress = hardwareAddress
            self.address = address
            self.model = model
            self.serial = serial
            self.hardware = hardware
            self.software = software
            self.bedLabel = bedLabel
        }
    }

    /// Connect indication, broadcast to UDP 24005 until a client associates.
    public static func announce(_ monitor: Monitor) -> [UInt8] {
        var writer = ByteWriter()
        writer.raw([0, 0, 1, 0])
        event(0x0D17, object: 0x23, command: 0, &writer) {
            attributes(
                [
                    (0x0986, [0, 1, 0x11, 0x4D]),
                    (0xF100, network(monitor)),
                    (0xF135, wide(monitor.bedLabel)),
                    // UDP: 24005 announcements, 24105 data export.
                    (0xF101, [0, 2, 0, 16, 0, 1, 0, 1, 0x5E, 0x29, 0, 0, 0, 5, 0, 1, 0x5E, 0x29, 0, 0]),
                    (0x092D, production(monitor)),
                    (0x0928, model(monitor)),
                ], &$0)
        }
        return writer.bytes
    }

    /// MDS create event from UDP 24105, once a client has associated.
    public static func describe(_ monitor: Monitor) -> [UInt8] {
        var writer = ByteWriter()
        writer.raw([0xE1, 0, 0, 2])
        event(0x0D06, object: 0x21, command: 1, &writer) {
            $0.raw([0, 0x21, 0, 0, 0, 0])
            var identifier = ByteWriter()
            identifier.uint16(6)
            identifier.address(monitor.hardwareAddress)
            let label = wide(monitor.bedLabel)
            attributes(
                [
                    (0x0984, identifier.bytes),
                    (0x0986, [0, 1, 0x11, 0x4D]),
                    (0x0928, model(monitor)),
                    (0x0948, [0, 1, 0, 0]),
                    (0x091E, [0, UInt8(truncatingIfNeeded: label.count)] + label),
                ], &$0)
        }
        return writer.bytes
    }

    private static func event(
        _ type: UInt16, object: UInt16, command: UInt16, _ writer: inout ByteWriter, _ body: (inout ByteWriter) -> Void
    ) {
        writer.uint16(1)
        writer.counted16 {
            $0.uint16(0)
            $0.uint16(command)
            $0.counted16 {
                $0.uint16(object)
                $0.uint32(0)
                $0.uint32(0x00D6_D400)
                $0.uint16(type)
                $0.counted16(body)
            }
        }
    }

    private static func attributes(_ list: [(UInt16, [UInt8])], _ writer: inout ByteWriter) {
        writer.uint16(UInt16(truncatingIfNeeded: list.count))
        writer.counted16 {
            for (type, value) in list {
                $0.uint16(type)
                $0.counted16 { $0.raw(value) }
            }
        }
    }

    private static func network(_ monitor: Monitor) -> [UInt8] {
        var writer = ByteWriter()
        writer.address(monitor.hardwareAddress)
        writer.uint32(monitor.address.v4 ?? 0)
        writer.uint32(0xFFFF_FF00)
        return writer.bytes
    }

    private static func model(_ monitor: Monitor) -> [UInt8] {
        var writer = ByteWriter()
        writer.counted16 { $0.text("Philips", width: 8) }
        writer.counted16 { $0.text(monitor.model, width: (monitor.model.utf8.count + 2) & ~1) }
        return writer.bytes
    }

    private static func production(_ monitor: Monitor) -> [UInt8] {
        let entries: [(kind: UInt16, component: UInt16, text: String)] = [
            (1, 8, monitor.serial), (2, 8, monitor.model), (3, 8, monitor.hardware), (4, 0x58, monitor.software),
        ]
        var writer = ByteWriter()
        writer.uint16(UInt16(truncatingIfNeeded: entries.count))
        writer.counted16 {
            for entry in entries {
                $0.uint16(entry.kind)
                $0.uint16(entry.component)
                $0.counted16 { $0.text(entry.text, width: (entry.text.utf8.count + 2) & ~1) }
            }
        }
        return writer.bytes
    }

    /// 17 units of UTF-16, filled up with zeros.
    private static func wide(_ text: String) -> [UInt8] {
        var writer = ByteWriter()
        let units = text.utf16.prefix(16)
        for unit in units { writer.uint16(unit) }
        writer.zeros(2 * (17 - units.count))
        return writer.bytes
    }
}
