//===----------------------------------------------------------------------===//
// Wardlight · Simulator
//
// Departments: what stands in imaging, in the laboratory and at the point of care.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Wire

enum Departments {
    static var products: [Product] { imaging + laboratory + pointOfCare }

    // MARK: Imaging

    static let imaging: [Product] = [
        scanner(
            2, [0x7C94B2, 0xF8B156], "Philips", "CT scanner", "Brilliance iCT", "PHI_CT", "1.3.46.670589.33.5.1",
            "PHI_CT_4.1", Picture.tomography),
        scanner(
            2, [0x00095C, 0x3CD92B], "Philips", "MR scanner", "Ingenia", "PHI_MR", "1.3.46.670589.11.0.0.51.4.4.1",
            "MR DICOM 4.1", Picture.magneticResonance),
        scanner(
            2, [0x444B5D, 0x3CD92B], "GE Healthcare", "ultrasound scanner", "Venue", "VENUE", "1.2.840.113619.6.446",
            "VENUE_302", Picture.ultrasound),
        scanner(
            2, [0x001865, 0xF48E38], "Siemens Healthineers", "CT scanner", "SOMATOM", "CT_SOM", "1.3.12.2.1107.5.1.4",
            "SIEMENS_SWFVA40", Picture.tomography),
        scanner(
            2, [0x001D4A], "Carestream", "X-ray system", "DRX-Evolution", "DRX", "1.2.840.113564.3.5", "CSH_DRX_5.7",
            Picture.digitalXRay),
        Product(3, .imaging, [0x0008FB], .medical, "Sonosite", "ultrasound scanner", .embedded) { station, chance in
            station.known[.model] = "MicroMaxx"
            station.leases(Lease(host: "MicroMaxx", vendorClass: "MicroMaxx", wants: [1, 3, 6, 15]))
            station.associates(
                with: .archive, 104,
                .modality(
                    "SONOSITE_\(station.number)", "SIM_PACS", "1.2.840.114340.3", "SONOSITE_3",
                    storing: Picture.ultrasound))
        },
        Product(1, .imaging, [0x000451], .medical, "Medrad", "contrast injector", .windows) { station, _ in
            station.leases(
                Lease(host: "CERTEGRA-\(station.tail)", vendorClass: "MSFT 5.0", wants: Station.windowsWants))
            station.known[.os] = "Windows"
        },
        // A wireless adapter of Silex's in front of an ultrasound machine: the association says whose it is.
        Product(2, .imaging, [0x84253F], .medical, "GE Healthcare", "ultrasound scanner", .embedded) { station, _ in
            station.known[.model] = "Venue"
            station.leases(Lease(wants: [1, 3, 6, 15, 44, 46]))
            station.associates(
                with: .archive, 104,
                .modality(
                    "VENGO-VGB\(station.number)", "SIM_PACS", "1.2.840.113619.6.446", "VENUE_302",
                    storing: Picture.ultrasound))
        },
    ]

    private static func scanner(
        _ share: Int, _ prefixes: [UInt64], _ vendor: String, _ type: String, _ model: String, _ title: String,
        _ implementation: String, _ version: String, _ picture: String
    ) -> Product {
        Product(share, .imaging, prefixes, .medical, vendor, type, .windows) { station, _ in
            station.hasFixedAddress()
            let name = "\(title)\(station.number)"
            station.associates(
                with: .archive, 104, .modality(name, "SIM_PACS", implementation, version, storing: picture), every: 100)
            station.associates(
                with: .imagingDesk, 11_112,
                .modality(name, "SIM_RIS", implementation, version, storing: Picture.worklist), every: 200)
            station.keepsTime(version: 3)
            // Its maker's name for its software is the product's.
            if version.hasPrefix(model.uppercased()) { station.known[.model] = model }
        }
    }

    // MARK: Laboratory

    private static let analyser = "laboratory analyser"

    static let laboratory: [Product] = [
        analyser(2, [0x006019, 0x000E2F], "Roche", "cobas c 311", nil, "c311^1", 4_001, "GLU"),
        analyser(
            2, [0x006019, 0xB87879], "Roche", "cobas c 111", "4.2.2.1730", "c111^Roche^c111^4.2.2.1730^1^{serial}",
            4_002, "CRP"),
        analyser(2, [0x00066B], "Sysmex", "XN-550", "00-24", "XN-550^00-24^10001^^^^{serial}", 5_100, "WBC"),
        // Behind serial-to-network adapters: Lantronix, Moxa.
        analyser(
            2, [0x0080A3, 0x000D2C], "Siemens Healthineers", "DCA Vantage", "04.04.00.00",
            "DCA VANTAGE^04.04.00.00^{serial}", 5_101, "HbA1c", type: "point-of-care analyser"),
        analyser(1, [0x0090E8], "bioMérieux", "mini VIDAS", "1.0.0", "miniVidas^biomerieux^1.0.0", 5_103, "TSH"),
        analyser(
            1, [0x0080A3], "Abbott", "Afinion 2", nil, "Afinion 2 Analyzer^^{serial}", 5_104, "HbA1c",
            type: "point-of-care analyser"),
        // On the PC that came with it.
        analyser(2, [0xF8B156], "Cepheid", "GeneXpert", nil, "SIMLAB^GeneXpert^4.8", 5_102, "FLUA"),
        Product(2, .laboratory, [0x000F14], .medical, "Mindray", analyser, .windows) { station, chance in
            let model = chance.pick(["BS-330", "BC-5380", "BS-200E"])
            station.known[.model] = model
            station.hasFixedAddress()
            station.reports(to: .middleware, 6_661, every: 80) { stage, control in
                var message = MLLP.Message(
                    sendingApplication: "Mindray", sendingFacility: model, time: stage.stamp, type: "ORU^R01",
                    controlId: control, version: "2.3.1")
                message.add("OBR", [1: "1", 2: "SIM\(stage.chance.digits(7))", 4: "Mindray^\(model)"])
                message.add(
                    "OBX", [1: "1", 2: "NM", 3: "GLU", 4: "Glucose", 5: String(stage.chance.within(40...90)), 11: "F"])
                return message
            }
        },
        Product(1, .laboratory, [0xD0D286, 0x00E090], .medical, "Beckman Coulter", analyser, .windows) { station, _ in
            station.leases(Lease(host: "DXH-\(station.tail)", vendorClass: "MSFT 5.0", wants: Station.windowsWants))
            station.known[.os] = "Windows"
        },
        Product(1, .laboratory, [0x28DEF6], .medical, "bioMérieux", analyser, .windows) { station, _ in
            station.leases(Lease(host: "VITEK2-\(station.tail)", vendorClass: "MSFT 5.0", wants: Station.windowsWants))
            station.known[.os] = "Windows"
        },
    ]

    /// - Parameter sender: Field 5 of its header, `{serial}` where its serial number stands.
    private static func analyser(
        _ share: Int, _ prefixes: [UInt64], _ vendor: String, _ model: String, _ firmware: String?, _ sender: String,
        _ port: UInt16, _ test: String, type: String = analyser
    ) -> Product {
        Product(share, .laboratory, prefixes, .medical, vendor, type, .embedded) { station, chance in
            let serial = "SIM" + String(400_000 + station.number)
            let parts = sender.split(separator: "{serial}", omittingEmptySubsequences: false)
            station.known[.model] = model
            station.known[.firmware] = firmware
            if parts.count > 1 { station.known[.serial] = serial }
            station.hasFixedAddress()
            station.transmits(to: .middleware, port, sender: parts.joined(separator: serial), test: test)
        }
    }

    // MARK: Point of care

    static let pointOfCare: [Product] = [
        Product(6, .pointOfCare, [0x000E2F, 0x006019], .medical, "Roche", "glucose meter", .embedded) {
            station, chance in
            let serial = "UU" + chance.digits(8)
            station.known[.model] = "Accu-Chek Inform II"
            station.known[.serial] = serial
            station.known[.firmware] = "04.02.00"
            station.leases(Lease(wants: [1, 3, 6]))
            station.greets(
                to: .pointOfCare, 4_010, device: serial, vendor: "ROCHE", model: "Accu-Chek Inform II", serial: serial,
                software: "04.02.00")
        },
        Product(4, .pointOfCare, [0xC0A26D], .medical, "Abbott", "point-of-care analyser", .embedded) {
            station, chance in
            let serial = chance.digits(6)
            station.known[.model] = "i-STAT"
            station.known[.serial] = serial
            station.leases(Lease(wants: [1, 3, 6, 15]))
            station.greets(
                to: .pointOfCare, 4_012, device: serial, vendor: "Abbott Point of Care", model: "i-STAT",
                serial: serial,
                software: "JAMS144")
            station.known[.firmware] = "JAMS144"
        },
        Product(8, .pointOfCare, [0x0014B8], .medical, "Hill-Rom", "hospital bed", .embedded) { station, _ in
            station.leases(Lease(host: "HRBED-\(station.tail)", wants: [1, 3, 6, 12, 15]))
            station.encrypts(to: .pointOfCare, 443, TLS.Offer.old.to("smartsync.hospital.example"))
        },
        Product(4, .pointOfCare, [0x000DD1], .medical, "Stryker", "hospital bed", .linux) { station, _ in
            station.leases(
                Lease(host: "STRYKER-\(station.tail)", vendorClass: "udhcp 1.24.1", wants: [1, 3, 6, 12, 15, 28]))
            station.publishes(
                "stryker-bed-\(station.tail)", "beds/\(station.ward)/\(station.bed)/rail", ["up", "down"])
        },
        Product(3, .pointOfCare, [0x9CC8AE], .medical, "Becton Dickinson", "medication dispenser", .windows) {
            station, _ in
            station.leasesLikeWindows("PYXIS-\(station.ward)-\(station.number)")
            station.encrypts(to: .pointOfCare, 443, TLS.Offer.windows.to("pyxis-es.hospital.example"))
        },
        Product(4, .pointOfCare, [0x4CD7B6], .medical, "Helmer", "laboratory refrigerator", .linux) { station, chance in
            let base = chance.within(30...60)
            station.leases(
                Lease(host: "HELMER-\(station.tail)", vendorClass: "udhcp 1.27.2", wants: [1, 3, 6, 12, 15, 28, 42]))
            station.publishes(
                "helmer-\(station.tail)", "pharmacy/refrigerator/\(station.number)/temperature",
                (0..<8).map { "{\"celsius\":\((base + $0) / 10).\((base + $0) % 10)}" }, user: "helmer",
                password: "synthetic")
        },
        Product(2, .pointOfCare, [0x00E05C], .medical, "PHCbi", "laboratory refrigerator", .embedded) { station, _ in
            station.leases(Lease(host: "PHCBI-\(station.tail)", wants: [1, 3, 6]))
            station.publishes(
                "phcbi-\(station.tail)", "lab/freezer/\(station.number)/temperature", ["-80.1", "-79.8", "-80.4"])
        },
        Product(3, .practice, [0x001AFA], .medical, "Welch Allyn", "vital signs monitor", .embedded) { station, _ in
            station.isBehindRelay = true
            station.leases(Lease(host: "PRACTICE-MON-\(station.tail)", wants: [1, 3, 6, 15]))
        },
    ]
}
