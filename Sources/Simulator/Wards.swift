//===----------------------------------------------------------------------===//
// Wardlight · Simulator
//
// Wards: what stands at the bedside: pumps, monitors, ventilators, and the gateways they speak through.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Wire

enum Wards {
    static var products: [Product] { infusion + monitoring }

    // MARK: Infusion

    private static let pump = "infusion pump"

    static let infusion: [Product] = [
        Product(10, .infusion, [0x0003B1], .medical, "ICU Medical", pump, .embedded) { station, _ in
            station.leases(Lease(host: "PLUM360-\(station.tail)", wants: [1, 3, 6, 12, 15, 28]))
            station.encrypts(to: .pumps, 8_443, TLS.Offer.embedded.to("mednet.hospital.example"))
            station.keepsTime(version: 3)
        },
        Product(12, .infusion, [0x00D075, 0x00B094], .medical, "Alaris", pump, .embedded) { station, chance in
            station.leases(Lease(host: "ALARIS-PCU-\(station.tail)", wants: [1, 3, 6, 15, 44]))
            station.encrypts(to: .pumps, 3_613, TLS.Offer.embedded.to("alaris-sm.hospital.example"), every: 90)
            // Half of them look for new firmware, and say which they have.
            guard chance.happens(inHundred: 50) else { return }
            let (version, verdict): (String?, Weakness.Verdict) = chance.pick([
                ("9.33.1", .affected), ("12.1.4", .notAffected), (nil, .needsReview),
            ])
            station.known[.model] = "PC Unit Model 8015"
            station.known[.firmware] = version
            station.fetches(
                from: .pumps, 80, "/firmware/manifest", host: "alaris-sm.hospital.example",
                agent: "AlarisPCU-8015" + (version.map { "/\($0)" } ?? ""), server: "AlarisSM", every: 220)
            station.isSubject(to: "ICSMA-20-317-01", verdict)
        },
        // The pump's radio is a module of Digi's; its diagnostic terminal says whose pump it is.
        Product(6, .infusion, [0x00409D], .medical, "Baxter", pump, .embedded) { station, chance in
            let serial = chance.digits(7)
            station.known[.model] = "Sigma Spectrum"
            station.known[.firmware] = "v8.00.01"
            station.known[.serial] = serial
            station.leases(Lease(wants: [1, 3, 6]))
            // Whether it is affected depends on its battery's radio, and on an order number that nobody says.
            let (module, verdict): (String?, Weakness.Verdict) = chance.pick([
                ("17D19", .affected), ("22D29", .needsReview), (nil, .needsReview),
            ])
            if let module {
                station.components.append(Device.Component(kind: "wireless battery module", firmware: module))
            }
            station.isSubject(to: "ICSMA-22-251-01", verdict)
            station.isSubject(to: "ICSMA-20-170-04", .needsReview)
            let lines =
                [
                    "Welcome to the SIGMA Spectrum Diagnostic Terminal", "MAC Address: \(station.hardware)",
                    "Sigma Spectrum SN: \(serial)", "SW: v8.00.01",
                ] + (module.map { ["WBM SW: \($0)"] } ?? [])
            station.does(after: 20, every: 400) { stage in
                stage.talk(
                    stage[.workshop], stage.me, 23, as: "telnet", [(.server, Telnet.write(lines: lines, prompt: "> "))])
            }
        },
        Product(6, .infusion, [0x5842E4, 0x5846E1], .medical, "Baxter", pump, .linux) { station, _ in
            station.leases(
                Lease(host: "NOVUMIQ-\(station.tail)", vendorClass: "udhcp 1.31.1", wants: [1, 3, 6, 12, 15, 28, 42]))
            station.encrypts(to: .pumps, 443, TLS.Offer.openSSL.to("iq-gateway.hospital.example"))
        },
        Product(6, .infusion, [0x001338], .medical, "Fresenius Kabi", pump, .embedded) { station, _ in
            station.leases(Lease(host: "AGILIA-\(station.tail)", wants: [1, 3, 6, 15]))
            station.encrypts(to: .pumps, 4_443, TLS.Offer.embedded.to("vigilant.hospital.example"))
        },
        Product(4, .infusion, [0x8833BE], .medical, "Ivenix", pump, .linux) { station, _ in
            station.leases(
                Lease(
                    host: "lvp-\(station.tail.lowercased())", vendorClass: "dhcpcd-5.5.6",
                    wants: [1, 3, 6, 12, 15, 28, 42, 51, 54, 58, 59]))
            station.encrypts(to: .pumps, 443, TLS.Offer.openSSL.to("ims.hospital.example"))
        },
        gateway(3, .infusion, 0x001A01, "Smiths Medical", "PharmGuard", "syringe pump", "Medfusion 4000", 0x001A01),
        gateway(3, .infusion, 0x001221, "B.Braun", "PAT_DEVICE_BBRAUN", pump, "Infusomat Space", 0x001221),
    ]

    /// A gateway with eight devices behind it, each named by its EUI-64 in every message (IHE PCD-01).
    private static func gateway(
        _ share: Int, _ area: Area, _ prefix: UInt64, _ vendor: String, _ application: String, _ type: String,
        _ model: String, _ childPrefix: UInt64
    ) -> Product {
        var product = Product(share, area, [prefix], .medical, vendor, "medical gateway", .windows) { station, chance in
            station.known[.role] = "gateway"
            if application == "MINDRAY_EGATEWAY" { station.known[.model] = "eGateway" }
            station.hasFixedAddress()
            let own = EUI64(bits: prefix << 40 | 0x00_0100_0000 | UInt64(station.number))
            for place in 0..<8 {
                let bits = childPrefix << 40 | UInt64(0x10_0000 + station.number * 16 + place)
                var child = Child(
                    eui64: bits, deviceClass: .medical, known: [.vendor: vendor, .type: type, .model: model])
                child.known[.serial] = "SIM" + String(500_000 + station.number * 8 + place)
                station.children.append(child)
            }
            let children = station.children
            station.reports(to: .integration, every: 12) { stage, control in
                let child = stage.chance.pick(children)
                stage.mention(child.eui64)
                var message = MLLP.Message(
                    sendingApplication: "\(application)^\(own)^EUI-64", sendingFacility: "SIMHOSPITAL",
                    receivingApplication: "SIMENGINE", time: stage.stamp, type: "ORU^R01^ORU_R01", controlId: control,
                    profile: "IHE_PCD_001^IHE PCD^1.3.6.1.4.1.19376.1.6.1.1.1^ISO")
                let device = "\(EUI64(bits: child.eui64))"
                message.add("PID", [3: "SIM\(stage.chance.digits(6))^^^SIMHOSPITAL^MR", 5: "Synthetic^Patient"])
                message.add("OBR", [1: "1", 4: "69121^MDC_OBS_BLOOD_CHEM^MDC", 7: stage.stamp])
                message.add(
                    "OBX",
                    [
                        1: "1", 2: "NM", 3: "158014^MDC_FLOW_FLUID_PUMP^MDC", 4: "1.1.1.1",
                        5: String(stage.chance.within(1...200)), 6: "265266^MDC_DIM_MILLI_L_PER_HR^MDC", 11: "R",
                        18: "^^\(device)^EUI-64",
                    ])
                message.add(
                    "PRT",
                    [
                        2: "UC", 4: "EQUIP^Equipment^HL70912", 10: "^^\(device)^EUI-64",
                        20: child.known[.serial] ?? "", 22: "1^\(child.known[.model] ?? "")^L",
                    ])
                return message
            }
        }
        product.hasChildren = true
        return product
    }

    // MARK: Monitoring

    private static let monitor = "patient monitor"
    private static let ventilator = "ventilator"
    private static let intellivue: [(String, String, String, Weakness.Verdict)] = [
        ("M8007A", "MP70", "L.01.20", .affected), ("866062", "MX450", "L.01.20", .affected),
        ("M8105A", "MP5", "L.01.20", .affected), ("866470", "MX850", "P.01.04", .notAffected),
    ]

    static let monitoring: [Product] = [
        Product(14, .monitoring, [0x0009FB], .medical, "Philips", monitor, .embedded) { station, chance in
            // Of revision N and before the advisory speaks; P comes after it.
            let (number, name, software, verdict) = chance.pick(Self.intellivue)
            let serial = "DESIM" + chance.digits(6)
            station.known[.model] = "IntelliVue \(name)"
            station.known[.serial] = serial
            station.known[.firmware] = software
            station.isSubject(to: "ICSMA-20-254-01", verdict)
            station.hasFixedAddress()
            station.speaksIPv6()
            station.indicates(
                IntelliVue.Monitor(
                    hardwareAddress: station.hardware, address: station.address, model: number, serial: serial,
                    hardware: "B.00.05", software: software, bedLabel: "\(station.ward)-\(station.bed)"))
            station.encrypts(to: .central, 8_443, TLS.Offer.embedded.to("piic.hospital.example"))
        },
        Product(8, .monitoring, [0x000F14, 0x00A037, 0x380B26], .medical, "Mindray", monitor, .embedded) {
            station, chance in
            station.known[.model] = "D-Series"
            station.leases(Lease(host: "MR-\(station.tail)", wants: [1, 3, 6, 15]))
            let own = EUI64(
                bits: (station.hardware.bits >> 24) << 40 | 0xFFFE << 24 | station.hardware.bits & 0xFF_FFFF)
            station.reportsVitals(application: "MINDRAY_D-SERIES^\(own)^EUI-64", own)
        },
        Product(8, .monitoring, [0x004097, 0x444B5D], .medical, "GE Healthcare", monitor, .embedded) {
            station, chance in
            station.leases(Lease(host: "CARESCAPE-\(station.tail)", wants: [1, 3, 6, 12, 15, 42]))
            station.keepsTime(version: 3)
            station.encrypts(to: .central, 443, TLS.Offer.embedded.to("cic.hospital.example"))
            // Half of them say which they are.
            guard chance.happens(inHundred: 50) else { return }
            let (version, verdict): (String, Weakness.Verdict) = chance.pick([
                ("1.0.12", .affected), ("2.0.9", .affected), ("3.2.1", .notAffected),
            ])
            station.describes(
                maker: "GE Healthcare", model: "CARESCAPE B650", firmware: version, serial: "SIM" + chance.digits(7))
            station.isSubject(to: "ICSMA-20-023-01", verdict)
        },
        Product(6, .monitoring, [0x0030E6], .medical, "Dräger", monitor, .embedded) { station, chance in
            station.leases(Lease(host: "INFINITY-\(station.tail)", wants: [1, 3, 6, 15]))
            station.takesPart(code: "69965", &chance)
        },
        Product(4, .monitoring, [0x00A09A], .medical, "Nihon Kohden", monitor, .embedded) { station, _ in
            station.leases(Lease(host: "NK-BSM-\(station.tail)", wants: [1, 3, 6]))
            station.keepsTime(version: 3)
        },
        Product(4, .monitoring, [0x8809AF, 0xB810D4], .medical, "Masimo", "pulse oximeter", .linux) { station, _ in
            station.leases(
                Lease(host: "ROOT-\(station.tail)", vendorClass: "udhcp 1.22.1", wants: [1, 3, 6, 12, 15, 28]))
            station.encrypts(to: .central, 443, TLS.Offer.openSSL.to("iris.hospital.example"))
        },
        Product(4, .monitoring, [0x00A0AA], .medical, "Spacelabs Healthcare", monitor, .embedded) { station, _ in
            station.leases(Lease(host: "XPREZZON-\(station.tail)", wants: [1, 3, 6, 15, 44]))
        },
        Product(4, .pointOfCare, [0x001AFA], .medical, "Welch Allyn", "vital signs monitor", .linux) { station, _ in
            station.leases(Lease(host: "CVSM-\(station.tail)", vendorClass: "udhcp 1.19.4", wants: [1, 3, 6, 12, 15]))
            station.encrypts(to: .pointOfCare, 443, TLS.Offer.openSSL.to("nrs.hospital.example"))
        },
        Product(6, .monitoring, [0x00105D, 0xF0E5C3], .medical, "Dräger", ventilator, .linux) { station, chance in
            station.leases(Lease(host: "EVITA-V800-\(station.tail)", wants: [1, 3, 6, 12, 15, 28]))
            station.takesPart(code: "70001", &chance)
        },
        Product(4, .monitoring, [0x002541], .medical, "Maquet", ventilator, .embedded) { station, _ in
            station.leases(Lease(host: "SERVO-U-\(station.tail)", wants: [1, 3, 6]))
            station.encrypts(to: .central, 443, TLS.Offer.embedded.to("msync.hospital.example"))
        },
        gateway(2, .monitoring, 0x00A037, "Mindray", "MINDRAY_EGATEWAY", monitor, "BeneView T5", 0x00A037),
    ]
}

extension Station {
    /// Vital signs of a bed, as a monitor sends them itself (IHE PCD-01).
    fileprivate mutating func reportsVitals(application: String, _ own: EUI64) {
        saysBed = true
        let place = "\(ward)^^\(bed)^SIMHOSPITAL"
        reports(to: .central, 6_661, every: 40) { stage, control in
            var message = MLLP.Message(
                sendingApplication: application, sendingFacility: "SIMHOSPITAL", time: stage.stamp,
                type: "ORU^R01^ORU_R01", controlId: control,
                profile: "IHE_PCD_001^IHE PCD^1.3.6.1.4.1.19376.1.6.1.1.1^ISO")
            message.add("PID", [3: "SIM\(stage.chance.digits(6))^^^SIMHOSPITAL^MR", 5: "Synthetic^Patient"])
            message.add("PV1", [2: "I", 3: place])
            message.add("OBR", [1: "1", 4: "182777000^monitoring of patient^SCT", 7: stage.stamp])
            message.add(
                "OBX",
                [
                    1: "1", 2: "NM", 3: "147842^MDC_ECG_HEART_RATE^MDC", 4: "1.7.4.147842",
                    5: String(stage.chance.within(50...120)), 6: "264864^MDC_DIM_BEAT_PER_MIN^MDC", 11: "R",
                    18: "^Mindray^\(own)^EUI-64",
                ])
            return message
        }
    }
}
