//===----------------------------------------------------------------------===//
// Wardlight · Defense
//
// Exempt: addresses that are no card of their own.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Addresses that stand for something other than one card in one place.
enum Exempt {
    /// Addresses that routers, firewalls and servers share and hand over to each other.
    static func isRedundancy(_ address: HardwareAddress) -> Bool {
        let bits = address.bits
        switch bits >> 8 {
        // VRRP and CARP for IPv4 and IPv6 (RFC 9568), HSRP version 1.
        case 0x00_005E_0001, 0x00_005E_0002, 0x00_000C_07AC: return true
        default: break
        }
        switch bits >> 12 {
        // HSRP version 2, HSRP for IPv6.
        case 0x0_000C_9FF, 0x0_0573_A00: return true
        default: break
        }
        // GLBP: 0007.b4; Microsoft's load balancing: 02bf, 03bf, and the addresses 02-01 to 02-20 that its hosts take.
        return bits >> 24 == 0x0007B4 || bits >> 32 == 0x02BF
    }

    /// Prefixes that hosts of virtual machines give to their guests: VMware, Xen, Hyper-V, VirtualBox, QEMU and KVM,
    /// Parallels, Nutanix, Docker, and Proxmox.
    private static let guests: Set<UInt64> = [
        0x005056, 0x000C29, 0x000569, 0x001C14, 0x00163E, 0x00155D, 0x080027, 0x0A0027, 0x525400, 0x001C42, 0x506B8D,
        0xBC2411,
    ]

    static func isGuest(_ address: HardwareAddress) -> Bool {
        guests.contains(address.bits >> 24) || address.bits >> 32 == 0x0242
    }

    /// Prefixes of network chips in docks and USB adapters: Realtek, ASIX, Action Star, Good Way, Speed Dragon, Plugable,
    /// Luxshare, Bizlink, Amazon's and Apple's adapters come with others. A dock shows its own card and the computer's.
    private static let docks: Set<UInt64> = [
        0x00E04C, 0x000EC6, 0x00249B, 0x0050B6, 0x00133B, 0x8CAE4C, 0x3C18A0, 0x9CEBE8, 0x00051B, 0x0023A7, 0x7CC2C6,
    ]

    /// Prefixes of telephones, for those that speak neither LLDP nor CDP: Polycom, Yealink, snom, Grandstream, Cisco's and
    /// Linksys's SPA, Aastra and Mitel, Unify, Avaya.
    private static let telephones: Set<UInt64> = [
        0x0004F2, 0x64167F, 0x001565, 0x805EC0, 0x805E0C, 0x249AD8, 0x000413, 0x000B82, 0xC074AD, 0x000E08, 0x00085D,
        0x001AE8, 0x00040D,
    ]

    static func isTelephone(_ address: HardwareAddress) -> Bool { telephones.contains(address.bits >> 24) }

    static func isDock(_ address: HardwareAddress) -> Bool { docks.contains(address.bits >> 24) }
}
