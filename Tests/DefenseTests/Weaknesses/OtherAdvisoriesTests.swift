//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Other advisories of the same source than the given ones: their products and versions, at the edge and by the names that
// devices bear.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Testing

@testable import Defense

/// Facts from CISA's medical series (cisagov/CSAF, 2016 to 2026) and a few of its industrial ones. A bar within a range is
/// written `¦`.
@Suite("Other advisories")
struct OtherAdvisoriesTests {
    /// maker | product | versions | what a device is called | a version inside | one outside
    private static let ranges = """
        ZOLL | ePCR IOS Mobile Application | 2.6.7 | ePCR iOS Mobile Application | 2.6.7 | 2.6.6
        Grassroots | Grassroots DICOM (GDCM) | <=3.0.24 | GDCM | 3.0.24 | 3.0.25
        Grassroots | SimpleITK | <=2.5.2 | SimpleITK | 2.5.2 | 2.5.3
        Grassroots | medInria | <=4.0 | medInria | 4.0 | 4.1
        Mirion Medical | EC2 Software NMIS BioDose | <23.0 | EC2 Software NMIS BioDose | 22.02 | 23.0
        NIHON KOHDEN | Central Monitor CNS-6201 | 01-03 | CNS-6201 | 01-03 | 01-02
        Oxford Nanopore Technologies | MinKNOW | <24.06 | MinKNOW | 24.05 | 24.06
        Fujifilm | Synapse Mobility | <8.2 | Synapse Mobility | 8.1.1 | 8.2
        Santesoft | Sante PACS Server | <4.2.3 | Sante PACS Server | 4.2.2 | 4.2.3
        MicroDicom | DICOM Viewer | <=2025.2_Build_8154 | DICOM Viewer | 2025.2 Build 8154 | 2025.3
        Santesoft | Sante DICOM Viewer Pro | <=14.2.1 | Sante DICOM Viewer Pro | 14.2.1 | 14.2.2
        Pixmeo | OsiriX MD | <=14.0.1_Build_2024-02-28 | OsiriX MD | 14.0.1 Build 2024-02-28 | 14.0.2
        MicroDicom | DICOM Viewer | vers:all/<=2025.1_Build_3321 | DICOM Viewer | 2025.1 Build 3321 | 2025.2
        Philips | Intellispace Cardiovascular (ISCV) | <=4.1 | IntelliSpace Cardiovascular | 4.1 | 4.2
        Medixant | RadiAnt DICOM Viewer | 2024.02 | RadiAnt DICOM Viewer | 2024.02 | 2024.01
        Orthanc | Orthanc server | <1.5.8 | Orthanc Server | 1.5.7 | 1.5.8
        MicroDicom | MicroDicom DICOM Viewer | 2024.03 | DICOM Viewer | 2024.03 | 2025.1
        Baxter | Welch Allyn Connex Spot Monitor (CSM) | <=1.52 | Connex Spot Monitor | 1.52 | 1.53
        Baxter | Welch Allyn Product Configuration Tool | <=1.9.4.1 | Product Configuration Tool | 1.9.4.1 | 1.9.4.2
        Santesoft | Sante FFT Imaging | <=1.4.1 | Sante FFT Imaging | 1.4.1 | 1.4.2
        Softneta | MedDream PACS | <= 7.2.8.810 | MedDream PACS | 7.2.8.810 | 7.2.8.811
        Medtronic | Paceart Optima | <= 1.11 | Paceart Optima System | 1.11 | 1.12
        Illumina | iScan Control Software | 4.0.0 | iScan Control Software | 4.0.0 | 4.0.1
        Illumina | MiniSeq Control Software | >= 2.0 | MiniSeq Control Software | 2.0 | 1.9
        Illumina | MiSeqDx Operating Software | >= 4.0.1 | MiSeqDx Operating Software | 4.0.1 | 4.0.0
        Illumina | NextSeq 500/550 Control Software | 4.0 | NextSeq 500 Control Software | 4.0 | 4.1
        Illumina | NextSeq 1000/2000 Control Software | <= 1.4.1 | NextSeq 2000 Control Software | 1.4.1 | 1.4.2
        Illumina | NovaSeq 6000 Control Software | <= 1.7 | NovaSeq 6000 Control Software | 1.7 | 1.7.1
        Illumina | NovaSeq Control Software | 1.8 | NovaSeq Control Software | 1.8 | 1.8.1
        Hillrom | Welch Allyn Connex Cardio | >= 1.0.0 ¦ <= 1.1.1 | Connex Cardio | 1.0.0 | 0.9
        Hillrom | Welch Allyn Diagnostic Cardiology Suite | 2.1.0 | Diagnostic Cardiology Suite | 2.1.0 | 2.1.1
        Hillrom | Welch Allyn Vision Express | >= 6.1.0 ¦ <= 6.4.0 | Vision Express | 6.1.0 | 6.0.9
        Philips | Efficia CM Series | A.01 <= C.0x ¦ 4.0 | Efficia CM Series | A.01 | C.10
        Ypsomed | Ypsomed mylife App | < 1.7.5 | mylife App | 1.7.4 | 1.7.5
        Ypsomed | Ypsomed mylife Cloud | < 1.7.2 | mylife Cloud | 1.7.1 | 1.7.2
        Hillrom | Welch Allyn Connex Spot Monitor (CSM) | < 1.52 | Connex Spot Monitor | 1.51 | 1.52
        Hillrom | Welch Allyn Software Development Kit (SDK) | < 3.2 | Software Development Kit | 3.1 | 3.2
        Hillrom | Welch Allyn Service Tool | < 1.10 | Service Tool | 1.9 | 1.10
        Hillrom | Welch Allyn Service Monitor | < 1.7.0.0 | Service Monitor | 1.6.9 | 1.7.0.0
        Philips | ViewForum | 6.3V1L10 | ViewForum | 6.3V1L10 | 6.3V1L11
        Philips | Ultrasound ClearVue | <= 3.2 | ClearVue 650 | 3.2 | 3.3
        Philips | Ultrasound CX | <= 5.0.2 | CX50 | 5.0.2 | 5.0.3
        Philips | Ultrasound EPIQ/Affiniti | <= VM5.0 | Ultrasound EPIQ/Affiniti | VM5.0 | VM6.0
        Philips | Ultrasound Sparq | <= 3.0.2 | Sparq | 3.0.2 | 3.0.3
        BD | Alaris PC Unit | 9.13 ¦ 9.19 ¦ 9.33 ¦ 12.1 | Alaris PC Unit | 9.13 | 9.5
        Baxter | ExactaMix EM2400 | 1.10 ¦ 1.11 ¦ 1.13 ¦ 1.14 | ExactaMix EM 2400 | 1.10 | 1.12
        Baxter | ExactaMix EM1200 | 1.1 ¦ 1.2 ¦ 1.4 ¦ 1.5 | ExactaMix EM1200 | 1.1 | 1.3
        Change Healthcare | Change Healthcare Cardiology | 14.1.x | Change Healthcare Cardiology | 14.1.0 | 14.0
        Change Healthcare | Horizon Cardiology | 12.x | Horizon Cardiology | 12.0 | 13.0
        Change Healthcare | McKesson Cardiology | 14.x | McKesson Cardiology | 14.0 | 15.0
        Change Healthcare | Horizon Cardiology | <= 11.x | Horizon Cardiology | 11.0 | 12.0
        Philips | Tasy EMR | <= 3.01.1744 | Tasy EMR | 3.01.1744 | 3.01.1745
        Philips | Tasy WebPortal | <= 3.02.1757 | Tasy WebPortal | 3.02.1757 | 3.02.1758
        BD | Alaris CC | <= 2.3.6 | Alaris CC | 2.3.6 | 2.3.7
        BD | Alaris TIVA | <= 2.3.6 | Alaris TIVA | 2.3.6 | 2.3.7
        BD | Alaris GH | <= 2.3.6 | Alaris GH | 2.3.6 | 2.3.7
        Philips | Philips IntelliVue Information Center iX | B.02 | IntelliVue Information Center iX | B.02 | B.01
        Natus | Natus Xltek NeuroWorks | 8 | Xltek NeuroWorks | 8 | 9
        Philips | EncoreAnywhere APAC | <= 2.36.3.3 | EncoreAnywhere APAC | 2.36.3.3 | 2.36.3.4
        Silex Technology and GE Healthcare | GEH-500 | <= 1.54 (integrated into GE MobileLink) | GEH-500 | 1.54 | 1.55
        Silex Technology and GE Healthcare | SD-320AN | <= 2.01 (end-of-life Nov 2017) | SD-320AN | 2.01 | 2.02
        GE Healthcare | Discovery NM530c | < 1.003 | Discovery NM530c | 1.002 | 1.003
        GE Healthcare | Discovery NM750b | < 2.003 | Discovery NM750b | 2.002 | 2.003
        Philips | IntelliVue MX40 Patient Worn Monitor (WLAN only) | < B.06.18 | IntelliVue MX40 | B.06.17 | B.06.18
        Smiths Medical | Medfusion 4000 Wireless Syringe Infusion Pump | 1.1 | Medfusion 4000 | 1.1 | 1.2
        Philips | DoseWise Portal | 1.1.7.333 ¦ 2.1.1.3069 | DoseWise Portal | 1.1.7.333 | 1.1.7.334
        BMC Medical, 3B Medical | Luna CPAP Machine | < july 1 2017 | Luna CPAP | 2017-06-30 | 2017-07-01
        BD | PerformA | <= 2.0.14.0 | PerformA | 2.0.14.0 | 2.0.14.1
        BD | KLA Journal Service | <= 1.0.51 | KLA Journal Service | 1.0.51 | 1.0.52
        St. Jude Medical | Inductive models EX1100 | < 8.2.2 | EX1100 | 8.2.1 | 8.2.2
        St. Jude Medical | RF models EX1150 | < 8.2.2 | EX1150 | 8.2.1 | 8.2.2
        Smiths Medical | CADD-Solis Medication Safety Software | 3.1 | CADD-Solis Medication Safety Software | 3.1 | 3.2
        Johnson Controls Inc | All Metasys ADS/ADX/OAS | 10 ¦ 11 | All Metasys ADS/ADX/OAS | 10 | 12
        Siemens | Nucleus ReadyStart V4 | < V4.1.1 | Nucleus ReadyStart V4 | V4.1.0 | V4.1.1
        Siemens | SIMATIC WinCC OA V3.19 | <V3.19_P020 | SIMATIC WinCC OA | V3.19 P019 | V3.19 P020
        Advantech | WebAccess/SCADA | < 9.1.4 | WebAccess/SCADA | 9.1.3 | 9.1.4
        Emerson | GC370XA | <=4.1.5 | GC370XA | 4.1.5 | 4.1.6
        """

    /// maker | product, in all versions | what a device is called
    private static let wholes = """
        WHILL Inc. | Model C2 Electric WheelChair | Model C2
        WHILL Inc. | Model F Power Chair | Model F Power Chair
        Medtronic | MyCareLink Patient Monitor model 24950 | MyCareLink 24950
        Medtronic | MyCareLink Patient Monitor model 24952 | 24952 MyCareLink Monitor
        Qardio | QardioARM A100 | QardioARM A100
        Contec Health | CMS8000 Patient Monitor | CMS8000
        BD | BD BACTEC Blood Culture System | BD BACTEC Blood Culture System
        BD | BD COR System | COR
        BD | BD EpiCenter Microbiology Data Management System | EpiCenter Microbiology Data Management
        BD | BD MAX System | MAX
        BD | BD Phoenix M50 Automated Microbiology System | Phoenix M50
        BD | BD Synapsys Informatics Solution | Synapsys Informatics Solution
        Illumina | iSeq 100 | iSeq 100
        BD | BD Pyxis ES Anesthesia Station | Pyxis Anesthesia Station ES
        BD | BD Pyxis StockStation | Pyxis StockStation
        BD | BD Pyxis SupplyStation | Pyxis SupplyStation
        BD | BD Rowa Pouch Packaging Systems | Rowa Pouch Packaging
        BD | BD Pyxis MedStation 4000 | Pyxis MedStation 4000
        BD | BD Pyxis MedStation ES | Pyxis MedStation ES
        BD | BD Pyxis ProcedureStation (including EC) | Pyxis ProcedureStation
        BD | BD Pyxis SupplyStation (including RF, EC, CP) | Pyxis SupplyStation
        BD | BD Pyxis Med Link Family | Pyxis Med Link
        BD | BD Pyxis Rapid Rx | Pyxis Rapid Rx
        BD | BD Pyxis Anesthesia Station 4000 | Pyxis Anesthesia Station 4000
        GE | Versana Essential | Versana Essential
        GE | Invenia ABUS Scan station | Invenia ABUS Scan Station
        GE | Voluson | Voluson E10
        Philips | Holter 2010 Plus | Holter 2010 Plus
        Medtronic | CareLink 2090 Programmer | CareLink 2090
        Medtronic | Evera ICD | Evera ICD
        Medtronic | Protecta ICD and CRT-D | Protecta ICD and CRT-D
        Medtronic | Virtuoso II ICD | Virtuoso II ICD
        Medtronic | CareLink 9790 Programmer | CareLink 9790
        Medtronic | 29901 Encore Programmer | Encore 29901
        Medtronic | 24952 MyCareLink Monitor | MyCareLink Monitor 24952
        GE Healthcare | Optima 520 | Optima 520
        GE Healthcare | Discovery XR656 | Discovery XR656
        GE Healthcare | Revolution XQ/i | Revolution XQ/i
        GE Healthcare | THUNIS-800+ | THUNIS-800+
        GE Healthcare | Centricity PACS Server | Centricity PACS Server
        GE Healthcare | Centricity PACS RA1000 | Centricity PACS RA1000
        GE Healthcare | Centricity PACS-IW | Centricity PACS-IW
        GE Healthcare | Optima MR360 | Optima MR360
        GE Healthcare | GEMNet License server (EchoServer) | GEMNet License server
        GE Healthcare | Infinia | INFINIA
        GE Healthcare | Infinia with Hawkeye 4 / 1 | Infinia Hawkeye 4
        GE Healthcare | Millenium VG | Millenium VG
        GE Healthcare | Precision MP/i | Precision MP/i
        Boston Scientific | ZOOM LATITUDE Programmer/Recorder/Monitor (PRM) - Model 3120 | ZOOM LATITUDE 3120
        Animas | OneTouch Ping insulin pump system | OneTouch Ping
        Siemens | SIMATIC Information Server 2022 | SIMATIC Information Server 2022
        """

    /// maker | product | what stands where versions should | what a device is called
    private static let prose = """
        GE | Venue | * (excluding 40 R1-3 and 50 R4-5) | Venue
        GE | LOGIQ | * (excluding 100 Pro) | LOGIQ E9
        BD | FACSLyric IVD | Windows 10 Professional Operating System U.S. release | FACSLyric
        Philips | PageWriter TC10 TC20 TC30 TC50 TC70 Cardiographs | <May 2018 | PageWriter TC50
        Abbott Laboratories | Promote Quadra | distributed < april 1, 2018 | Promote Quadra
        Abbott Laboratories | Unify | distributed < april 1, 2018 | Unify
        Wind River | VxWorks | 653 MCE 3.x | VxWorks
        """

    private static func cells(_ table: String) -> [[String]] {
        table.split(separator: "\n").map { line in
            line.replacing(" | ", with: "\u{1}").split(separator: "\u{1}").map { String($0).replacing("¦", with: "|") }
        }
    }

    private static let vendors = VendorNames(
        spellings: [["Becton Dickinson", "BD"], ["Hill-Rom", "Hillrom"]],
        houses: [
            ["Baxter", "Hill-Rom", "Welch Allyn"], ["Becton Dickinson", "Alaris"], ["Becton Dickinson", "Pyxis"],
        ])

    private static func matcher(_ vendor: String, _ products: [(name: String, versions: String)]) -> WeaknessMatcher {
        var advisory = Advisory(id: "ICSMA-00-000-01", title: "An advisory", publisher: "CISA", digest: "")
        var vulnerability = Vulnerability(cve: "CVE-2020-0001")
        for (at, product) in products.enumerated() {
            advisory.products.append(
                AffectedProduct(id: "P\(at)", vendor: vendor, product: product.name, versions: product.versions))
            vulnerability.affected.append("P\(at)")
        }
        advisory.vulnerabilities = [vulnerability]
        var set = AdvisorySet()
        set.advisories = [advisory]
        return WeaknessMatcher(set: set, vendors: vendors)
    }

    private static func verdicts(
        _ vendor: String, _ products: [(String, String)], _ device: Device
    ) -> [String: Weakness.Verdict] {
        var matcher = matcher(vendor, products.map { (name: $0.0, versions: $0.1) })
        return Dictionary(uniqueKeysWithValues: matcher.allVerdicts(of: device).map { ($0.row, $0.verdict) })
    }

    @Test("Each range is affected at its edge, not affected beyond it, open without a version, and no one else's")
    func edges() {
        let rows = Self.cells(Self.ranges)
        #expect(rows.count >= 60)
        for row in rows {
            guard row.count == 6 else {
                Issue.record("\(row)")
                continue
            }
            func verdict(_ model: String, _ firmware: String?, of vendor: String) -> Weakness.Verdict? {
                Self.verdicts(row[0], [(row[1], row[2])], .seen(vendor, model, firmware))["P0"]
            }
            for model in [row[1], row[3]] {
                #expect(verdict(model, nil, of: row[0]) == .needsReview, "\(row): \(model)")
                #expect(verdict(model, row[4], of: row[0]) == .affected, "\(row): \(model)")
                #expect(verdict(model, row[5], of: row[0]) == .notAffected, "\(row): \(model)")
                #expect(verdict(model, row[4], of: "Quite Another Maker") == nil, "\(row)")
            }
        }
    }

    @Test("Products in all versions are affected without a version and with any")
    func wholeProducts() {
        for row in Self.cells(Self.wholes) {
            for model in [row[1], row[2]] {
                for firmware in [nil, "1.0", "R2"] {
                    let found = Self.verdicts(row[0], [(row[1], "*")], .seen(row[0], model, firmware))
                    #expect(found["P0"] == .affected, "\(row): \(model) \(firmware ?? "")")
                }
            }
        }
    }

    @Test("What is written in words is for a person, and never affected")
    func words() {
        for row in Self.cells(Self.prose) {
            for firmware in [nil, "1.0", "A", "A.03.09", "A.01.09", "2000", "3.0"] {
                let found = Self.verdicts(row[0], [(row[1], row[2])], .seen(row[0], row[3], firmware))
                #expect(found["P0"] == .needsReview, "\(row): \(firmware ?? "")")
            }
        }
    }

    @Test("Models in the place of versions are affected by their names, whatever runs on them")
    func models() {
        let rows = [("GE Carestation", "620 | 650 | 650c"), ("MiniMed 630G", "MMT-1715 | MMT-1754")]
        for (model, row) in [("Carestation 620", "P0"), ("Carestation 650c", "P0"), ("MMT-1754", "P1")] {
            for firmware in [nil, "1.0"] {
                #expect(Self.verdicts("GE", rows, .seen("GE", model, firmware)) == [row: .affected], "\(model)")
            }
        }
        #expect(Self.verdicts("GE", rows, .seen("GE", "Carestation", "1.0")) == ["P0": .needsReview])
        #expect(Self.verdicts("GE", rows, .seen("GE", "Carestation 750", "1.0")) == ["P0": .needsReview])
        #expect(Self.verdicts("GE", rows, .seen("GE", "MMT-1780")).isEmpty)
    }

    @Test("A release in the product's name is the firmware's, where the device does not say it itself")
    func editions() {
        let rows = [("Xeleris 3.0", "*"), ("Xeleris 3.1", "*")]
        #expect(
            Self.verdicts("GE", rows, .seen("GE", "Xeleris", "3.1.2")) == ["P0": .notAffected, "P1": .affected])
        #expect(
            Self.verdicts("GE", rows, .seen("GE", "Xeleris", "4.0")) == ["P0": .notAffected, "P1": .notAffected])
        #expect(Self.verdicts("GE", rows, .seen("GE", "Xeleris")) == ["P0": .needsReview, "P1": .needsReview])
        #expect(Self.verdicts("GE", rows, .seen("GE", "Xeleris 3.0")) == ["P0": .affected])
    }

    @Test(
        "Where one of several names is seen, or only a number that tells much, a person has to look",
        arguments: [
            ("Philips", "Ultrasound EPIQ/Affiniti", "EPIQ 7"), ("Philips", "Ultrasound EPIQ/Affiniti", "Affiniti 70G"),
            ("Orthanc", "Orthanc server", "Orthanc"), ("Abbott", "Inductive models EX1100", "Merlin@home EX1100"),
            ("Johnson Controls", "All Metasys ADS/ADX/OAS", "Metasys ADX"),
        ])
    func open(vendor: String, product: String, model: String) {
        #expect(Self.verdicts(vendor, [(product, "<= 5.0")], .seen(vendor, model, "5.0")) == ["P0": .needsReview])
        #expect(Self.verdicts(vendor, [(product, "<= 5.0")], .seen(vendor, model, "5.1")) == ["P0": .notAffected])
    }

    @Test(
        "Relatives by another name have no row",
        arguments: [
            ("Philips", "Ultrasound EPIQ/Affiniti", "IntelliVue MX450"), ("Philips", "Ultrasound CX", "MX50"),
            ("Medtronic", "MyCareLink Monitor", "CareLink 2090"),
            ("BD", "BD Pyxis StockStation", "Pyxis SupplyStation"),
            ("Hikvision", "DS-2CD63xx Series", "DS-2CD4332"), ("Orthanc", "Orthanc server", "Viewer"),
            ("Illumina", "NextSeq 500/550 Control Software", "NextSeq 2000 Control Software"),
        ])
    func relatives(vendor: String, product: String, model: String) {
        #expect(Self.verdicts(vendor, [(product, "*")], .seen(vendor, model, "1.0")).isEmpty)
    }

    @Test("Firmware on the hardware of its own name, as NVD writes it, asks for nothing more")
    func ownHardware() {
        var row = AffectedProduct(
            id: "P0", vendor: "hikvision", product: "ds-2cd2032-i firmware", versions: "< 5.4.5")
        row.conditions = [.init(vendor: "hikvision", product: "ds-2cd2032-i", versions: "vers:all/*")]
        var advisory = Advisory(id: "CVE-2017-7921", title: "", publisher: "NVD", digest: "")
        advisory.products = [row]
        var set = AdvisorySet()
        set.advisories = [advisory]
        var matcher = WeaknessMatcher(set: set, vendors: Self.vendors)
        func verdict(_ model: String, _ firmware: String?) -> Weakness.Verdict? {
            matcher.allVerdicts(of: .seen("Hikvision", model, firmware)).first?.verdict
        }
        #expect(verdict("DS-2CD2032-I", "V5.4.4 build 161125") == .affected)
        #expect(verdict("DS-2CD2032-I", "V5.4.5 build 170123") == .notAffected)
        #expect(verdict("DS-2CD2032-I", nil) == .needsReview)
        #expect(verdict("DS-2CD2042-I", "V5.4.4 build 161125") == nil)
        advisory.products[0].vendor = "bd"
        advisory.products[0].product = "alaris 8015 pcu firmware"
        advisory.products[0].conditions = [.init(vendor: "bd", product: "alaris 8015 pcu", versions: "vers:all/*")]
        set.advisories = [advisory]
        matcher = WeaknessMatcher(set: set, vendors: Self.vendors)
        #expect(matcher.allVerdicts(of: .seen("BD", "Alaris PCU 8015", "5.4.4")).first?.verdict == .affected)
    }

    @Test("A text of nobody's grammar is that version, letter for letter")
    func literal() {
        let row = [("CMS8000", "CMS7.820.075.08/0.74(0.75)")]
        #expect(
            Self.verdicts("Contec", row, .seen("Contec", "CMS8000", "CMS7.820.075.08/0.74(0.75)")) == ["P0": .affected])
        #expect(
            Self.verdicts("Contec", row, .seen("Contec", "CMS8000", "CMS7.820.075.08/0.76(0.77)"))
                == ["P0": .needsReview])
    }
}
