//===----------------------------------------------------------------------===//
// Wardlight · Simulator
//
// Rooms: what belongs to the building: controllers, meters, cameras, doors, telephones.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Wire

enum Rooms {
    static var products: [Product] { building + security + voice }

    // MARK: Building

    private static let controller = "building controller"

    static let building: [Product] = [
        bacnet(4, [0x00108D], "Johnson Controls", 5, "MS-NCE2566-0", "9.0.7"),
        bacnet(3, [0x0012EA], "Trane", 2, "Tracer SC+", "5.20.1147"),
        bacnet(3, [0x0040AE], "Delta Controls", 8, "DSC-1616E", "3.40 R2"),
        bacnet(2, [0x00E0C9], "Automated Logic", 24, "LGR250", "6.5"),
        modbus(3, [0x000E6B], "Janitza", "Janitza electronics GmbH", "UMG 604", "5.028"),
        modbus(3, [0x0080F4], "Schneider Electric", "Schneider Electric", "PM5560", "2.7.4"),
        Product(2, .building, [0x00246D], .building, "Weinzierl", controller, .embedded) { station, chance in
            station.hasFixedAddress()
            let name = "KNX IP Router 75\(station.number % 10)"
            station.isCalled(name)
            let serial = UInt64(0x00C5_0000_0000) | UInt64(station.number)
            station.known[.model] = name
            station.known[.serial] = "00c5" + Self.hexadecimal(UInt32(station.number))
            let area = UInt16(chance.within(1...15))
            station.does(after: 15, every: 240) { stage in
                stage.ask(
                    stage[.buildingManager], stage.me, 3_671, as: "knx",
                    [6, 0x10, 2, 3, 0, 14, 8, 1, 0, 0, 0, 0, 0, 0],
                    KNXnetIP.description(
                        friendlyName: name, serial: serial, individualAddress: area << 12,
                        hardwareAddress: stage.me.hardware))
            }
        },
        Product(3, .building, [0x286336, 0x000E8C], .building, "Siemens", "programmable controller", .embedded) {
            station, chance in
            let serial = "S C-SIM" + chance.digits(8)
            let order = chance.pick(["6ES7 511-1AK02-0AB0", "6ES7 315-2EH14-0AB0"])
            station.known[.serial] = serial
            station.known[.firmware] = "2.8.1"
            station.known[.model] = "CPU 1511-1 PN"
            station.hasFixedAddress()
            station.does(after: 15, every: 240) { stage in
                stage.talk(
                    stage[.buildingManager], stage.me, 102, as: "s7",
                    [
                        (.client, S7.connect()), (.server, S7.connect(isAnswer: true)),
                        (.client, S7.readList(0x11, reference: 1)),
                        (.server, S7.module(orderNumber: order, firmware: (2, 8, 1), reference: 1)),
                        (.client, S7.readList(0x1C, reference: 2)),
                        (
                            .server,
                            S7.component(
                                systemName: "AHU-\(stage.me.number)", moduleName: "PLC_1", serial: serial,
                                moduleType: "CPU 1511-1 PN", reference: 2)
                        ),
                    ])
            }
        },
        Product(2, .building, [0x0000BC], .building, "Rockwell Automation", "programmable controller", .embedded) {
            station, chance in
            let serial = UInt32(truncatingIfNeeded: chance.next() >> 20)
            let identity = EtherNetIP.Identity(
                vendor: 1, deviceType: 14, productCode: 166, major: 32, minor: 11, serial: serial,
                productName: "1756-L81E/B LOGIX5580")
            station.known[.firmware] = "32.11"
            station.known[.model] = "1756-L81E/B LOGIX5580"
            station.known[.serial] = Self.hexadecimal(serial)
            station.hasFixedAddress()
            station.does(after: 15, every: 240) { stage in
                stage.ask(
                    stage[.buildingManager], stage.me, 44_818, as: "enip", EtherNetIP.identityRequest(),
                    EtherNetIP.identityResponse(identity, address: stage.me.address))
            }
        },
    ]

    private static func hexadecimal(_ number: UInt32) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 8 - digits.count) + digits
    }

    private static func bacnet(
        _ share: Int, _ prefixes: [UInt64], _ vendor: String, _ number: UInt16, _ model: String, _ firmware: String
    ) -> Product {
        Product(share, .building, prefixes, .building, vendor, controller, .embedded) { station, _ in
            let instance = UInt32(10_000 + station.number)
            let name = "SIM-AHU-\(station.number)"
            station.known[.model] = model
            station.known[.firmware] = firmware
            station.hasFixedAddress()
            // One maker's controllers are looked after by a page that is opened with a password.
            if number == 5 { station.serves(80, server: "NCE", title: name, isOpenedWithPassword: true) }
            station.does(after: 6, every: 120) { stage in
                stage.broadcast(
                    from: 47_808, to: 47_808, BACnet.iAm(instance: instance, vendorId: number), subnet: true)
            }
            let texts: [(BACnet.Property, String)] = [
                (.objectName, name), (.vendorName, vendor), (.modelName, model), (.firmwareRevision, firmware),
            ]
            station.does(after: 16, every: 200) { stage in
                for (place, (property, text)) in texts.enumerated() {
                    let invoke = UInt8(place + 1)
                    stage.ask(
                        stage[.buildingManager], stage.me, 47_808, as: "bacnet", from: 47_808,
                        BACnet.readProperty(property, instance: instance, invoke: invoke),
                        BACnet.answer(property, text, instance: instance, invoke: invoke))
                }
            }
        }
    }

    private static func modbus(
        _ share: Int, _ prefixes: [UInt64], _ vendor: String, _ name: String, _ product: String, _ revision: String
    ) -> Product {
        Product(share, .building, prefixes, .building, vendor, "electricity meter", .embedded) { station, _ in
            station.known[.model] = product
            station.known[.firmware] = revision
            station.hasFixedAddress()
            station.does(after: 12, every: 150) { stage in
                let number = UInt16(stage.chance.within(1...60_000))
                stage.talk(
                    stage[.buildingManager], stage.me, 502, as: "modbus",
                    [
                        (.client, Modbus.identificationRequest(transaction: number)),
                        (
                            .server,
                            Modbus.identification(
                                transaction: number, vendor: name, product: product, revision: revision)
                        ),
                    ])
            }
        }
    }

    // MARK: Security

    static let security: [Product] = [
        axis(9, .security),
        // The same camera, where somebody found a free port: in the VLAN of the offices.
        axis(1, .office),
        camera(7, [0x4419B6, 0x4CF5DC], "Hikvision", "DS-2CD2143G0-I", "HiIpcam/V100R003 VodServer/1.0.0"),
        camera(4, [0x08EDED, 0x6C1C71], "Dahua", "IPC-HDW4433C-A", "Rtsp Server/3.0"),
        Product(5, .security, [0x00068E], .building, "HID", "access control panel", .embedded) { station, _ in
            station.leases(Lease(host: "EDGE-EVO-\(station.tail)", wants: [1, 3, 6, 12, 15]))
            station.encrypts(to: .doors, 4_070, TLS.Offer.embedded.to("doors.hospital.example"))
        },
        Product(2, .security, [0x00177A, 0xDCC0EB], .building, "Assa Abloy", "access control panel", .embedded) {
            station, _ in
            station.leases(Lease(host: "APERIO-HUB-\(station.tail)", wants: [1, 3, 6]))
            station.encrypts(to: .doors, 443, TLS.Offer.embedded.to("doors.hospital.example"))
        },
    ]

    private static func axis(_ share: Int, _ area: Area) -> Product {
        Product(share, area, [0xACCC8E, 0xB8A44F, 0x00408C], .iot, "Axis", "network camera", .linux) {
            station, chance in
            let model = chance.pick(["M3065-V", "P3245-LVE", "M3106-L"])
            let digits = String(String(station.hardware.description.filter { $0 != ":" }).uppercased())
            station.known[.model] = model
            station.leases(
                Lease(
                    host: "axis-\(digits.lowercased())", vendorClass: "AXIS,Network Camera,\(model),9.80.3.1",
                    wants: [1, 3, 6, 7, 12, 15, 28, 42, 119, 121]))
            station.known[.firmware] = "9.80.3.1"
            if model != "M3106-L" {
                station.isSubject(to: "WARD-SIM-26-005", model == "M3065-V" ? .affected : .notAffected)
            }
            let host = "axis-\(digits.lowercased()).local"
            let name = "AXIS \(model) - \(digits)"
            station.announces(
                host,
                [
                    DNS.Service(
                        instance: name, type: "_axis-video._tcp.local", port: 80, texts: ["macaddress=\(digits)"]),
                    DNS.Service(
                        instance: name, type: "_rtsp._tcp.local", port: 554, texts: ["path=axis-media/media.amp"]),
                ])
            station.isWatched(server: "GStreamer RTSP server")
        }
    }

    private static func camera(_ share: Int, _ prefixes: [UInt64], _ vendor: String, _ model: String, _ server: String)
        -> Product
    {
        Product(share, .security, prefixes, .iot, vendor, "network camera", .linux) { station, chance in
            station.known[.model] = model
            station.leases(
                Lease(host: "CAM-\(station.tail)", vendorClass: "udhcp 1.19.4", wants: [1, 3, 6, 12, 15, 28, 42]))
            station.announces(
                [
                    WSDiscovery.Device.Kind(
                        prefix: "dn", namespace: "http://www.onvif.org/ver10/network/wsdl",
                        name: "NetworkVideoTransmitter")
                ],
                scopes: [
                    "onvif://www.onvif.org/type/video_encoder", "onvif://www.onvif.org/type/NetworkVideoTransmitter",
                    "onvif://www.onvif.org/hardware/\(model)", "onvif://www.onvif.org/name/\(vendor)",
                ], path: "/onvif/device_service", &chance)
            station.isWatched(server: server)
        }
    }

    // MARK: Voice

    static let voice: [Product] = [
        Product(10, .voice, [0x001B8F, 0x88908D], .it, "Cisco", "IP phone", .linux) { station, chance in
            let digits = String(station.hardware.description.filter { $0 != ":" }).uppercased()
            let model = chance.pick(["CP-8841", "CP-7841"])
            let serial = "FCH" + chance.hexadecimal(8)
            station.known[.model] = String(model.dropFirst(3))
            station.known[.serial] = serial
            station.leases(
                Lease(
                    host: "SEP\(digits)", vendorClass: "Cisco Systems, Inc. IP Phone \(model)",
                    wants: [1, 66, 6, 3, 15, 150, 35]))
            var card = CDP.Announcement(deviceId: "SEP\(digits)", portId: "Port 1")
            card.platform = "Cisco IP Phone \(model.dropFirst(3))"
            card.software = "sip88xx.14-1-1-0001-125.loads"
            card.addresses = [station.address]
            card.capabilities = 0x490
            card.isFullDuplex = true
            card.powerMilliwatts = 6_300
            station.tells(card)
            var announcement = LLDP.Announcement(chassis: station.hardware, port: "\(digits):P1")
            announcement.systemName = "SEP\(digits)"
            announcement.systemDescription = "Cisco IP Phone \(model),V6, sip88xx.14-1-1-0001-125.loads"
            announcement.capabilities = 0x0024
            var med = LLDP.Inventory()
            med.deviceClass = 3
            med.hardware = "2"
            med.firmware = "sb2-88xx.14-1-1-0001-125.sbn"
            med.software = "sip88xx.14-1-1-0001-125.loads"
            med.serial = serial
            med.manufacturer = "Cisco Systems, Inc."
            med.model = model
            announcement.med = med
            station.tells(announcement)
            station.registers(agent: "Cisco-\(model.filter { $0 != "-" })/14.1.1")
        },
        phone(8, [0x805EC0], "Yealink", "T46S", "Yealink SIP-T46S 66.86.0.15", "yealink", "66.86.0.15"),
        phone(4, [0x000413], "snom", "D785", "snomD785/10.1.127.10", "snom-D785-SIP", "10.1.127.10"),
        phone(4, [0x0004F2], "Polycom", "VVX 411", "PolycomVVX-VVX_411-UA/6.4.3.5814", "Polycom-VVX411", "6.4.3.5814"),
        Product(4, .voice, [0x0009EF], .medical, "Vocera", "communication badge", .embedded) { station, _ in
            station.leases(Lease(host: "VOCERA-\(station.tail)", wants: [1, 3, 6]))
        },
        Product(3, .voice, [0x00013E], .medical, "Ascom", nil, .embedded) { station, _ in
            station.leases(Lease(host: "ascom-\(station.tail.lowercased())", wants: [1, 3, 6, 15, 42, 43]))
            station.registers(agent: "Ascom i63/4.1.12")
        },
    ]

    private static func phone(
        _ share: Int, _ prefixes: [UInt64], _ vendor: String, _ model: String, _ agent: String, _ vendorClass: String,
        _ firmware: String
    ) -> Product {
        Product(share, .voice, prefixes, .it, vendor, "IP phone", .linux) { station, _ in
            station.known[.model] = model
            station.known[.firmware] = firmware
            station.leases(
                Lease(
                    host: "SIP-\(model.filter { $0 != " " })-\(station.tail)", vendorClass: vendorClass,
                    wants: [1, 3, 4, 6, 12, 15, 28, 42, 43, 66, 120, 125]))
            station.registers(agent: agent)
            station.keepsTime(every: 300)
        }
    }
}

extension Station {
    /// The video recorder asks what the camera can do.
    fileprivate mutating func isWatched(server: String) {
        does(after: 12, every: 120) { stage in
            let number = stage.chance.within(1...9)
            stage.talk(
                stage[.recorder], stage.me, 554, as: "rtsp",
                [
                    (
                        .client,
                        RTSP.options("rtsp://\(stage.me.text):554/live", userAgent: "SimRecorder/7.2", sequence: number)
                    ),
                    (.server, RTSP.answer(server: server, sequence: number)),
                ])
        }
    }

    /// Registers with the call server.
    fileprivate mutating func registers(agent: String) {
        let user = "\(4_000 + number)"
        does(after: 9, every: 180) { stage in
            let call = stage.chance.within(100_000...999_999)
            let contact = "\(stage.me.text):5060"
            stage.ask(
                stage.me, stage[.calls], 5_060, as: "sip", from: 5_060,
                SIP.register(
                    user: user, domain: "calls.hospital.example", contact: contact, userAgent: agent, call: call),
                SIP.registered(
                    user: user, domain: "calls.hospital.example", contact: contact, server: "Cisco-CUCM14.0", call: call
                ))
        }
    }
}
