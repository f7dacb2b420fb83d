//===----------------------------------------------------------------------===//
// Wardlight · Simulator
//
// Bystanders: cards that only switches see. What can be known of them is in the first half of their address.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

enum Bystander {
    private static let monitor = "patient monitor"
    /// Maker by prefix, and where that maker's addresses stand for one kind of thing, which.
    private static let kinds: [UInt64: (vendor: String, type: String?, deviceClass: DeviceClass)] = [
        0x0009FB: ("Philips", monitor, .medical), 0x0030E6: ("Dräger", monitor, .medical),
        0x002541: ("Maquet", "ventilator", .medical), 0x004097: ("GE Healthcare", monitor, .medical),
        0x444B5D: ("GE Healthcare", monitor, .medical), 0x000F14: ("Mindray", monitor, .medical),
        0x00A037: ("Mindray", monitor, .medical), 0x380B26: ("Mindray", monitor, .medical),
        0x00A0AA: ("Spacelabs Healthcare", monitor, .medical), 0x00A09A: ("Nihon Kohden", monitor, .medical),
        0x005056: ("VMware", "virtual machine", .it), 0xDCA632: ("Raspberry Pi", "single-board computer", .iot),
        0xE45F01: ("Raspberry Pi", "single-board computer", .iot),
        0xB827EB: ("Raspberry Pi", "single-board computer", .iot), 0xF8B156: ("Dell", nil, .unknown),
        0xF48E38: ("Dell", nil, .unknown), 0x3CD92B: ("HP", nil, .unknown), 0x30E171: ("HP", nil, .unknown),
        0x008077: ("Brother", nil, .unknown), 0x0021B7: ("Lexmark", nil, .unknown),
        0x00E04C: ("Realtek", nil, .unknown),
        0x50C7BF: ("TP-Link", nil, .unknown), 0x7C67A2: ("Intel", nil, .unknown), 0xA483E7: ("Apple", nil, .unknown),
    ]

    static func device(_ hardware: HardwareAddress, _ time: Timestamp) -> Present {
        let kind = kinds[hardware.bits >> 24]
        var device = Present(
            key: Present.key(hardware), hardware: hardware, deviceClass: kind?.deviceClass ?? .unknown, known: [:],
            last: time)
        device.known[.vendor] = kind?.vendor
        device.known[.type] = kind?.type
        return device
    }
}
