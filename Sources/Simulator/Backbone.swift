//===----------------------------------------------------------------------===//
// Wardlight · Simulator
//
// Backbone: router, switches, access points and the servers that everybody talks to.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Wire

/// The part of the network that carries the rest.
enum Backbone {
    static let dell: [UInt64] = [0xF8B156, 0xF48E38]
    private static let cisco: [UInt64] = [0x001B8F, 0x88908D, 0x707DB9]

    static let servers: [(Role, Product)] = [
        (.router, Product(0, .management, cisco, .network, "Cisco", "switch", .bsd, dressCore)),
        (.names, server("dns1", "Linux Debian", "Kea and BIND")), (.time, clock),
        (.log, server("syslog1", "Linux Debian", "rsyslog")), (.directory, windowsServer("SIM-DC01", .server)),
        (.broker, server("mqtt1", "Linux Debian", "Mosquitto")), (.mail, server("mail1", "Linux Debian", "Postfix")),
        (.management, server("nms1", "Linux Debian", "LibreNMS")), (.proxy, server("proxy1", "Linux Debian", "squid")),
        (.integration, windowsServer("SIM-HL7-01", .server, .medical)),
        (.pumps, windowsServer("SIM-PUMPSRV", .infusion)),
        (.central, central), (.archive, archive), (.imagingDesk, windowsServer("SIM-RISGW", .imaging)),
        (.middleware, windowsServer("SIM-LABMW", .laboratory, .medical)),
        (.pointOfCare, windowsServer("SIM-POCSRV", .pointOfCare)),
        (.buildingManager, windowsServer("SIM-BMS01", .building)), (.recorder, windowsServer("SIM-NVR01", .security)),
        (.doors, windowsServer("SIM-ACCESS", .security)), (.calls, callServer), (.wireless, wireless),
        (.workshop, windowsServer("SIM-BIOMED-WS", .office, type: "workstation")),
    ]

    private static func server(_ name: String, _ os: String, _ software: String) -> Product {
        Product(0, .server, dell, .it, "Dell", nil, .linux) { station, _ in
            station.hasFixedAddress()
            station.known[.os] = os
            station.keepsTime(every: 256)
            station.isPolled(
                "Linux \(name) 6.1.0-21-amd64 #1 SMP PREEMPT_DYNAMIC Debian 6.1.90-1 (2024-05-03) x86_64",
                [1, 3, 6, 1, 4, 1, 8072, 3, 2, 10], name: name)
            station.hasShell("SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3")
            station.logs(name, "systemd", ["Started \(software).", "session opened", "logrotate: done"])
        }
    }

    /// - Parameter type: Where its traffic tells.
    private static func windowsServer(
        _ name: String, _ area: Area, _ deviceClass: DeviceClass = .it, type: String? = nil
    ) -> Product {
        Product(0, area, dell, deviceClass, "Dell", type, .windows) { station, _ in
            station.known[.os] = "Windows"
            station.hasFixedAddress()
            station.behavesLikeWindows(name)
        }
    }

    /// A GPS clock.
    private static let clock = Product(0, .server, [0xEC4670], .network, "Meinberg", "time server", .linux) {
        station, _ in
        station.hasFixedAddress()
        station.known[.model] = "LANTIME M300"
        station.known[.firmware] = "V7.06.014"
        station.logs("ntp1", "ntpd", ["clock is locked to GPS"])
        station.isPolled(
            "Meinberg LANTIME M300 V7.06.014", [1, 3, 6, 1, 4, 1, 5597, 30], name: "ntp1")
    }

    private static let central = Product(
        0, .monitoring, [0x0009FB], .medical, "Philips", "central station", .windows
    ) { station, _ in
        station.known[.os] = "Windows"
        station.hasFixedAddress()
        station.behavesLikeWindows("PIICIX-SIM01")
    }

    private static let archive = Product(0, .imaging, dell, .medical, "Dell", "image archive", .linux) {
        station, chance in
        station.hasFixedAddress()
        station.serves(8_080, server: "WildFly/26", title: "dcm4chee-arc", every: 240)
        // Checks that the reporting gateway is there.
        station.associates(
            with: .imagingDesk, 11_112,
            .modality("SIM_PACS", "SIM_RIS", "1.2.40.0.13.1.3", "dcm4che-5.23.2", storing: nil), every: 120
        )
    }

    private static let callServer = Product(0, .voice, cisco, .it, "Cisco", "server", .linux) { station, _ in
        station.hasFixedAddress()
        station.keepsTime(every: 256)
        var card = CDP.Announcement(deviceId: "SIM-CUCM-01", portId: "eth0")
        card.platform = "VMware"
        card.software = "Cisco Unified Communications Manager 14.0.1.13900"
        card.addresses = [station.address]
        card.capabilities = 0x10
        station.tells(card)
    }

    private static let wireless = Product(
        0, .management, [0x001A1E, 0x204C03], .network, "Aruba", "wireless controller", .linux
    ) { station, _ in
        station.hasFixedAddress()
        station.known[.model] = "7210"
        station.isPolled(
            "ArubaOS (MODEL: Aruba7210), Version 8.10.0.7 (86234)", [1, 3, 6, 1, 4, 1, 14823, 1, 1, 32],
            name: "SIM-WLC-01")
    }

    @Sendable private static func dressCore(_ station: inout Station, _ chance: inout Chance) {
        station.known[.os] = "Cisco IOS XE"
        station.known[.model] = "C9500-24Y4C"
        station.known[.firmware] = "17.09.04a"
        station.known[.role] = "router"
        let name = "sim-core-\(1 + station.label / 1_000)"
        let software =
            "Cisco IOS Software [Cupertino], Catalyst L3 Switch Software (CAT9K_IOSXE), Version 17.09.04a, RELEASE SOFTWARE (fc3)"
        station.tells("\(name).hospital.example", "TenGigabitEthernet1/0/1", software, "cisco C9500-24Y4C", 0x29)
        station.isPolled(software, [1, 3, 6, 1, 4, 1, 9, 1, 2437], name: "\(name).hospital.example")
        // Reachable by every VLAN: it announces each of its addresses.
        station.does(after: 0, every: 600) { stage in
            for area in Area.allCases {
                let text = ARP.write(
                    isReply: false, from: (stage.me.hardware, area.router), to: (.zero, area.router))
                stage.send(
                    FrameWriter.ethernet(
                        from: stage.me.hardware, to: .broadcast, vlan: area.vlan, type: FrameWriter.EtherType.arp, text)
                )
                stage.pause(microseconds: 100...400)
            }
        }
        // The way out for IPv6, said in the VLAN of the offices only.
        let own = station.hasLinkLocal()
        station.does(after: 0, every: 200) { stage in
            stage.discover(
                from: own, to: 0xFF02_0000_0000_0000, 1,
                NeighborDiscovery.routerAdvertisement(
                    lifetimeSeconds: 1_800, prefix: IPAddress(high: 0xFD00_0000_0000_0064, low: 0),
                    bits: stage.me.hardware.bits), in: .office)
        }
        station.logs(name, "IOSXE", ["%LINK-3-UPDOWN: Interface Gi1/0/7, changed state to up"])
    }

    // MARK: Access

    static let accessSwitches: [Product] = [
        Product(0, .management, cisco, .network, "Cisco", "switch", .bsd) { station, chance in
            let name = "sim-acc-\(station.label).hospital.example"
            let (firmware, verdict): (String, Weakness.Verdict) = chance.pick([
                ("17.06.05", .affected), ("17.06.06", .notAffected), ("17.09.04a", .notAffected),
            ])
            station.known[.os] = "Cisco IOS XE"
            station.known[.model] = "C9300-48P"
            station.known[.firmware] = firmware
            station.isSubject(to: "WARD-SIM-26-001", verdict)
            station.hasFixedAddress()
            let software =
                "Cisco IOS Software [Bengaluru], Catalyst L3 Switch Software (CAT9K_IOSXE), Version \(firmware), RELEASE SOFTWARE (fc4)"
            station.tells(name, "GigabitEthernet1/0/\(chance.within(1...48))", software, "cisco C9300-48P", 0x28)
            station.isPolled(software, [1, 3, 6, 1, 4, 1, 9, 1, 2494], name: name)
            station.logs(name, "IOSXE", ["%SYS-5-CONFIG_I: Configured from console by console"])
        },
        Product(0, .management, [0x20677C], .network, "Aruba", "switch", .bsd) { station, chance in
            let name = "sim-acc-\(station.label)"
            let (firmware, verdict): (String, Weakness.Verdict) = chance.pick([
                ("WC.16.11.0011", .affected), ("WC.16.11.0012", .notAffected),
            ])
            station.known[.model] = "2930F"
            station.known[.firmware] = firmware
            station.isSubject(to: "WARD-SIM-26-002", verdict)
            station.hasFixedAddress()
            let software = "Aruba JL256A 2930F-48G-PoE+-4SFP+ Switch, revision \(firmware), ROM WC.16.01.0010"
            var card = LLDP.Announcement(chassis: station.hardware, port: "\(chance.within(1...52))")
            card.systemName = name
            card.systemDescription = software
            card.capabilities = 0x0004
            card.managementAddress = station.address
            card.portDescription = "uplink"
            station.tells(card)
            // Some were never given another word than that with which they were sold.
            let community = chance.happens(inHundred: 30) ? "public" : "sim-watch"
            station.isPolled(software, [1, 3, 6, 1, 4, 1, 11, 2, 3, 7, 11, 181, 20], name: name, community: community)
        },
        small(
            0x000496, "Extreme Networks", "X440G2-48p-10G4", [("30.7.1.1", .affected), ("30.7.2.1", .notAffected)],
            "WARD-SIM-26-003", [1, 3, 6, 1, 4, 1, 1916, 2, 210], "49"
        ) { "ExtremeXOS (X440G2-48p-10G4) version \($0) by release-manager" },
        small(
            0x000585, "Juniper", "ex3400-48p", [("20.4R3.8", .needsReview)], "WARD-SIM-26-004",
            [1, 3, 6, 1, 4, 1, 2636, 1, 1, 1, 2, 132], "xe-0/1/0"
        ) { "Juniper Networks, Inc. ex3400-48p Ethernet Switch, kernel JUNOS \($0)" },
    ]

    /// A small router that somebody brought along: from the middle of the recording on, it offers leases to those who
    /// ask in its VLAN.
    static func rogueServer(seconds: Int) -> Product {
        Product(0, .office, [0x50C7BF], .unknown, "TP-Link", nil, .linux) { station, _ in
            station.wakes = seconds / 2
            station.does(after: 0, every: 60) { stage in
                let partners = stage.campus.stations.filter { $0.area == .office && $0.number != stage.me.number }
                guard !partners.isEmpty else { return }
                stage.offer(to: stage.chance.pick(partners))
            }
        }
    }

    /// A single-board computer that says it is the way out of its VLAN, for IPv6.
    static func rogueRouter(seconds: Int) -> Product {
        Product(0, .office, [0xB827EB], .iot, "Raspberry Pi", "single-board computer", .linux) { station, _ in
            station.wakes = seconds / 2
            station.hasFixedAddress()
            let own = station.hasLinkLocal()
            station.does(after: 1, every: 30) { stage in
                stage.discover(
                    from: own, to: 0xFF02_0000_0000_0000, 1,
                    NeighborDiscovery.routerAdvertisement(
                        lifetimeSeconds: 1_800, prefix: IPAddress(high: 0xFD00_0BAD_0000_0000, low: 0),
                        bits: stage.me.hardware.bits))
            }
        }
    }

    /// A small switch of another maker, which speaks LLDP.
    ///
    /// - Parameter summary: What it says of itself, given its firmware.
    private static func small(
        _ prefix: UInt64, _ vendor: String, _ model: String, _ cases: [(String, Weakness.Verdict)], _ bulletin: String,
        _ objectId: [UInt32], _ port: String, summary: @escaping @Sendable (String) -> String
    ) -> Product {
        Product(0, .management, [prefix], .network, vendor, "switch", .bsd) { station, chance in
            let name = "sim-acc-\(station.label)"
            let (firmware, verdict) = chance.pick(cases)
            let summary = summary(firmware)
            station.known[.model] = model
            station.known[.firmware] = firmware
            station.isSubject(to: bulletin, verdict)
            station.hasFixedAddress()
            var card = LLDP.Announcement(chassis: station.hardware, port: port)
            card.systemName = name
            card.systemDescription = summary
            card.capabilities = 0x0004
            card.managementAddress = station.address
            station.tells(card)
            station.isPolled(summary, objectId, name: name)
        }
    }

    static let accessPoints: [Product] = [
        Product(0, .management, [0xC4B9CD, 0xF8B7E2], .network, "Cisco", "access point", .linux) { station, _ in
            let name = "SIM-AP-\(station.label)"
            station.known[.model] = "C9120AXI-E"
            station.known[.firmware] = "17.9.4.27"
            station.leases(
                Lease(host: name, vendorClass: "Cisco AP C9120AXI", wants: [1, 6, 15, 44, 3, 7, 33, 150, 43]))
            var card = CDP.Announcement(deviceId: name, portId: "GigabitEthernet0")
            card.platform = "cisco C9120AXI-E"
            card.software = "Cisco AP Software, ap1g7-k9w8 Version: 17.9.4.27"
            card.addresses = [station.address]
            card.capabilities = 0x02
            card.isFullDuplex = true
            card.powerMilliwatts = 25_500
            station.tells(card)
        },
        Product(0, .management, [0x9C1C12, 0x204C03], .network, "Aruba", "access point", .linux) { station, _ in
            let name = "sim-ap-\(station.label)"
            station.known[.model] = "515"
            station.leases(
                Lease(host: name, vendorClass: "ArubaAP", wants: [1, 3, 6, 12, 15, 28, 42, 43, 60, 66, 67, 138, 160]))
            var card = LLDP.Announcement(chassis: station.hardware, port: "bond0")
            card.systemName = name
            card.systemDescription = "ArubaOS (MODEL: 515), Version 8.10.0.7 (86234)"
            card.capabilities = 0x0008
            station.tells(card)
        },
    ]
}

extension Station {
    /// What a Cisco switch says in both languages.
    fileprivate mutating func tells(
        _ name: String, _ port: String, _ software: String, _ platform: String, _ capabilities: UInt32
    ) {
        var card = CDP.Announcement(deviceId: name, portId: port)
        card.software = software
        card.platform = platform
        card.addresses = [address]
        card.capabilities = capabilities
        card.nativeVlan = 1
        card.isFullDuplex = true
        tells(card)
        var announcement = LLDP.Announcement(chassis: hardware, port: port)
        announcement.systemName = name
        announcement.systemDescription = software
        announcement.capabilities = capabilities & 1 == 1 ? 0x0014 : 0x0004
        announcement.managementAddress = address
        announcement.vlan = 1
        tells(announcement)
    }
}
