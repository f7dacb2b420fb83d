//===----------------------------------------------------------------------===//
// Wardlight · Simulator
//
// Offices: workstations, printers, telephones in pockets, television sets.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Wire

enum Offices {
    static let products: [Product] = [
        workstation(16, [0xF8B156, 0xF48E38], "Dell", "DESKTOP-"),
        workstation(12, [0x3CD92B, 0x30E171], "HP", "SIMWS-"),
        workstation(8, [0x10C595], "Lenovo", "COW-"),
        Product(2, .office, [0xDCA632, 0xE45F01], .iot, "Raspberry Pi", "single-board computer", .linux) { station, _ in
            station.known[.os] = "Linux 6.1.21-v8+"
            let host = "signage-\(station.tail.lowercased())"
            station.leases(
                Lease(
                    host: host, vendorClass: "dhcpcd-9.4.1:Linux-6.1.21-v8+:aarch64:BCM2835",
                    wants: [1, 121, 33, 3, 6, 12, 15, 26, 28, 42, 51, 54, 58, 59, 119]))
            station.announces(
                "\(host).local",
                [
                    DNS.Service(instance: host, type: "_ssh._tcp.local", port: 22, texts: [])
                ])
            station.hasShell("SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u2")
        },
        printer(
            5, [0x3CD92B, 0x30E171], "HP", "HP LaserJet M507", "NPI",
            "HP ETHERNET MULTI-ENVIRONMENT,ROM none,JETDIRECT,JD153,EEPROM JSI24130010", 11),
        printer(
            3, [0x008077], "Brother", "Brother MFC-L6800DW", "BRW",
            "Brother NC-8900h, Firmware Ver.1.27  (18.06.20),MID 8CE-D01,FID 2", 2435),
        printer(
            2, [0x0021B7], "Lexmark", "Lexmark MS622de", "ET", "Lexmark MS622de version MSNGM.076.303 kernel 4.17.19",
            641),
        Product(3, .office, [0x00074D, 0x00A0F8], .it, "Zebra", "label printer", .embedded) { station, _ in
            station.known[.model] = "ZTC ZD420-203dpi ZPL"
            station.leases(Lease(host: "ZBR\(station.tail)", wants: [1, 3, 6, 12, 15, 44]))
            station.isPolled(
                "Zebra Technologies ZTC ZD420-203dpi ZPL", [1, 3, 6, 1, 4, 1, 10642, 1, 1], name: "ZBR\(station.tail)",
                community: "public")
        },
        Product(3, .guest, [0x00E091], .iot, "LG", "television", .linux) { station, chance in
            let host = "LGwebOSTV-\(station.tail)"
            station.leases(Lease(host: host, wants: [1, 3, 6, 12, 15, 28, 42]))
            station.announces(
                type: "urn:dial-multiscreen-org:service:dial:1", server: "WebOS/4.1.0 UPnP/1.0", path: ":1461/", &chance
            )
        },
        // Telephones and tablets with an address of the day.
        Product(10, .guest, [0], .mobile, "Apple", "smartphone", .apple) { station, _ in
            let host = "iPhone"
            station.leases(Lease(host: host, wants: [1, 121, 3, 6, 15, 108, 114, 119, 252]))
            station.announces(
                "iPhone-\(station.tail).local",
                [
                    DNS.Service(
                        instance: "iPhone \(station.tail)", type: "_companion-link._tcp.local", port: 49_153,
                        texts: ["rpMd=iPhone14,5", "rpVr=510.6"])
                ])
            station.encryptsOutside(
                ["gateway.icloud.com", "init.push.apple.com", "captive.apple.com"], .apple, every: 120)
            station.looksUp(["gateway.icloud.com", "captive.apple.com"])
        },
        Product(4, .guest, [0], .mobile, "Apple", "tablet", .apple) { station, _ in
            station.leases(Lease(host: "iPad", wants: [1, 121, 3, 6, 15, 108, 114, 119, 252]))
            station.announces(
                "iPad-\(station.tail).local",
                [
                    DNS.Service(
                        instance: "iPad \(station.tail)", type: "_companion-link._tcp.local", port: 49_153,
                        texts: ["rpMd=iPad13,18", "rpVr=510.6"])
                ])
            station.encryptsOutside(["gateway.icloud.com", "xp.apple.com"], .apple, every: 150)
        },
        Product(8, .guest, [0], .mobile, nil, "smartphone", .linux) { station, chance in
            station.known[.os] = "Android 14"
            let (host, vendor) = chance.pick([
                ("Pixel-7", "Google"), ("Galaxy-S23", "Samsung"), ("Galaxy-A54", "Samsung"), ("moto-g52", "Motorola"),
            ])
            station.known[.vendor] = vendor
            station.leases(
                Lease(
                    host: host, vendorClass: "android-dhcp-14", wants: [1, 3, 6, 15, 26, 28, 51, 58, 59, 43, 114, 108],
                    maxMessageSize: 1_500))
            station.encryptsOutside(["connectivitycheck.gstatic.com", "mtalk.google.com"], .android, every: 120)
            station.looksUp(["connectivitycheck.gstatic.com", "play.googleapis.com"])
        },
    ]

    private static func workstation(_ share: Int, _ prefixes: [UInt64], _ vendor: String, _ name: String) -> Product {
        Product(share, .office, prefixes, .it, vendor, "workstation", .windows) { station, _ in
            station.leasesLikeWindows(name + station.tail)
            station.speaksIPv6()
        }
    }

    private static func printer(
        _ share: Int, _ prefixes: [UInt64], _ vendor: String, _ model: String, _ name: String, _ description: String,
        _ enterprise: UInt32
    ) -> Product {
        Product(share, .office, prefixes, .it, vendor, "printer", .embedded) { station, chance in
            let host = "\(name)\(station.tail)"
            station.known[.model] = model
            station.leases(
                Lease(
                    host: host, vendorClass: vendor == "HP" ? "Hewlett-Packard JetDirect" : nil,
                    wants: [6, 3, 1, 15, 66, 67, 13, 44, 12, 81]))
            let texts = ["txtvers=1", "ty=\(model)", "product=(\(model))", "usb_MFG=\(vendor)", "pdl=application/pdf"]
            let instance = "\(model) [\(station.tail)]"
            station.announces(
                "\(host).local",
                [
                    DNS.Service(instance: instance, type: "_ipp._tcp.local", port: 631, texts: texts),
                    DNS.Service(instance: instance, type: "_pdl-datastream._tcp.local", port: 9_100, texts: texts),
                ])
            station.isPolled(description, [1, 3, 6, 1, 4, 1, enterprise, 2, 3, 9, 1], name: host)
            _ = chance.next()
        }
    }
}
