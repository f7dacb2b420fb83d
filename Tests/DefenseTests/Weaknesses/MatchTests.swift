//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Which devices a row means: models and near misses, makers, components, operating systems.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Testing

@testable import Defense

@Suite("Products of advisories")
struct MatchTests {
    private static func verdict(
        _ row: (vendor: String, product: String, versions: String), _ device: Device, fixes: [String] = [],
        name: String? = nil
    ) -> Weakness.Verdict? {
        var advisory = Advisory(id: "ICSMA-00-000-01", title: "An advisory", publisher: "CISA", digest: "")
        var product = AffectedProduct(id: "P1", vendor: row.vendor, product: row.product, versions: row.versions)
        product.name = name
        advisory.products = [product]
        var vulnerability = Vulnerability(cve: "CVE-2020-0001")
        vulnerability.affected = ["P1"]
        vulnerability.remediations = fixes.map { Remediation(category: .vendorFix, details: $0) }
        advisory.vulnerabilities = [vulnerability]
        var set = AdvisorySet()
        set.advisories = [advisory]
        let vendors = VendorNames(
            spellings: [
                ["Becton Dickinson", "BD", "Becton, Dickinson and Company (BD)"], ["Philips", "Phillips"], ["Alaris"],
            ],
            houses: [["Becton Dickinson", "Alaris"]])
        var matcher = WeaknessMatcher(set: set, vendors: vendors)
        return matcher.allVerdicts(of: device).first?.verdict
    }

    @Test(
        "The same model matches, however it is written",
        arguments: [
            ("IntelliVue patient monitor MX400-MX850", "IntelliVue MX450"),
            ("IntelliVue patient monitor MX400-MX850", "MX850"),
            ("IntelliVue Patient Monitors MX (MX400-550)", "IntelliVue MX 500"),
            ("Patient Information Center iX (PICiX)", "PICiX"),
            ("Avalon Fetal/Maternal Monitors FM20/FM30/FM40/FM50", "Avalon FM30"),
            ("IntelliBridge EC40/80", "IntelliBridge EC 80"),
            ("IntelliBridge EC 40 Hub", "IntelliBridge EC40"), ("MiniMed Paradigm 522/722 pumps", "Paradigm 722"),
            ("Innova IGS 5x0", "Innova IGS 520"), ("B450", "CARESCAPE Monitor B450"),
            ("Brilliance 64", "Brilliance 64 CT"),
            ("Alaris PC Unit Model 8015", "Alaris PCU 8015"), ("Point-of-Care Unit (PCU) Model 8015", "PC Unit 8015"),
            ("Veradius Unity (718132)", "Veradius Unity"), ("Welch Allyn ELI 150c/BUR 150c", "ELI150c"),
        ])
    func same(product: String, model: String) {
        let verdict = Self.verdict(("Philips", product, "<= 2.0"), .seen("Phillips", model, "2.0"))
        #expect(verdict == .affected || product.hasPrefix("Brilliance"), "\(model)")
        #expect(Self.verdict(("Philips", product, "<= 2.0"), .seen("Philips", model, "2.1")) == .notAffected)
        #expect(Self.verdict(("Philips", product, "<= 2.0"), .seen("Philips", model)) == .needsReview)
        #expect(Self.verdict(("Philips", product, "<= 2.0"), .seen("Mindray", model, "2.0")) == nil)
    }

    @Test(
        "A near miss has no row",
        arguments: [
            ("IntelliVue patient monitor MX400-MX850", "IntelliVue MX100"),
            ("IntelliVue patient monitor MX400-MX850", "IntelliVue MP50"),
            ("Alaris 8015 PC unit", "Alaris 8000 PC unit"), ("B650", "B450"), ("IntelliVue MX500", "IntelliVue MX450"),
            ("MiniMed Paradigm 522/722 pumps", "Paradigm 522K"), ("Innova IGS 5x0", "Innova IGS 620"),
            ("Optima CT580", "Optima CT580RT"),
            ("3.0T Signa HDxt", "1.5T Signa HDxt"), ("LOGIQ 9", "LOGIQ E9"), ("Brilliance iCT", "Brilliance 64"),
            ("Infinity Delta", "Infinity Explorer C700"), ("Optima 320", "Optima CL320"),
            ("Revolution CT", "Revolution EVO"),
        ])
    func nearMiss(product: String, model: String) {
        #expect(Self.verdict(("Philips", product, "vers:all/*"), .seen("Philips", model, "1.0")) == nil)
    }

    @Test(
        "A family, or a relative with another name, needs a person",
        arguments: [("IntelliVue patient monitor MX400-MX850", "IntelliVue"), ("Infinity Delta", "Infinity Delta XL")])
    func family(product: String, model: String) {
        #expect(Self.verdict(("Philips", product, "<= 2.0"), .seen("Philips", model, "1.0")) == .needsReview)
        #expect(Self.verdict(("Philips", product, "<= 2.0"), .seen("Philips", model, "3.0")) == .notAffected)
    }

    @Test("Without a model there is no row, and without a maker no certainty")
    func unknown() {
        let row = ("Philips", "IntelliVue MX450", "<= 2.0")
        #expect(Self.verdict(row, .seen("Philips", nil, "1.0", type: "patient monitor")) == nil)
        #expect(Self.verdict(row, .seen(nil, "IntelliVue MX450", "1.0")) == .needsReview)
        #expect(Self.verdict(row, .seen(nil, "Monitor", "1.0")) == nil)
    }

    @Test("A brand of the house is meant, another maker's product of the same name never")
    func houses() {
        let row = ("Becton, Dickinson and Company (BD)", "Alaris PC Unit", "<= 9.33")
        #expect(Self.verdict(row, .seen("Alaris", "Alaris PC Unit", "9.33")) == .affected)
        #expect(
            Self.verdict(("GE Healthcare", "Alaris PC Unit", "vers:all/*"), .seen("BD", "Alaris PC Unit", "9.33"))
                == nil)
    }

    @Test("The pump's module decides where the row asks for one")
    func components() {
        let row = (
            "Baxter", "Sigma Spectrum LVP", "v6.x (with Wireless Battery Modules v16 | v16D38 | >= v20D29 | <= v20D32)"
        )
        func pump(_ firmware: String, _ module: String?...) -> Device {
            .seen(
                "Baxter", "Sigma Spectrum", firmware,
                components: module.map { Device.Component(kind: "wireless battery module", firmware: $0) })
        }
        #expect(Self.verdict(row, pump("6.05", "20D30")) == .affected)
        #expect(Self.verdict(row, pump("6.05", "v16D38")) == .affected)
        #expect(Self.verdict(row, pump("6.05", "20D33")) == .notAffected)
        #expect(Self.verdict(row, pump("6.05")) == .needsReview)
        #expect(Self.verdict(row, pump("6.05", nil)) == .needsReview)
        #expect(Self.verdict(row, pump("8.00", "20D30")) == .notAffected)
        #expect(Self.verdict(row, pump("8.00")) == .notAffected)
        let ordered = ("Baxter", "Baxter Spectrum", "v8.x model 35700BAX2")
        #expect(Self.verdict(ordered, .seen("Baxter", "Spectrum 35700BAX2", "8.00.01")) == .affected)
        #expect(Self.verdict(ordered, .seen("Baxter", "Spectrum", "8.00.01")) == .needsReview)
        #expect(Self.verdict(ordered, .seen("Baxter", "Spectrum 35700BAX2", "9.1")) == .notAffected)
    }

    @Test("A part that the row names is compared by its own firmware")
    func parts() {
        let row = ("B. Braun", "Data module compactplus", "A10 | A11")
        func pump(_ component: Device.Component?) -> Device {
            .seen("B. Braun", "Perfusor compactplus", "010L", components: component.map { [$0] } ?? [])
        }
        #expect(Self.verdict(row, pump(.init(kind: "data module", model: "compactplus", firmware: "A11"))) == .affected)
        #expect(
            Self.verdict(row, pump(.init(kind: "data module", model: "compactplus", firmware: "A12"))) == .notAffected)
        #expect(Self.verdict(row, pump(.init(kind: "data module", model: "compactplus"))) == .needsReview)
        let wifi = ("Fresenius Kabi", "Agilia Connect WiFi module of the pumps", "<= D25")
        let agilia = Device.seen("Fresenius Kabi", "Agilia", components: [.init(kind: "WiFi module", firmware: "D25")])
        #expect(Self.verdict(wifi, agilia) == .affected)
        #expect(Self.verdict(wifi, .seen("Fresenius Kabi", "Agilia", "3.0")) == .needsReview)
    }

    @Test("Between two versions the second is meant where the publisher's own words name both")
    func bothEnds() {
        let module = Device.Component(kind: "data module", model: "compactplus", firmware: "A11")
        let pump = Device.seen("B. Braun", "Perfusor compactplus", "010L", components: [module])
        func verdict(_ versions: String, _ name: String?) -> Weakness.Verdict? {
            Self.verdict(("B. Braun", "Data module compactPlus", versions), pump, name: name)
        }
        #expect(verdict("A10 < A11", "All software Versions A10 and A11 that have been installed") == .affected)
        #expect(verdict("A10 < A11", nil) == .notAffected)
        #expect(verdict("A10 < A11", "Data module compactPlus: A10 < A11") == .notAffected)
        #expect(verdict("A10 < A11", "Versions A10 and A12") == .notAffected)
        #expect(verdict(">= A10 | < A11", "Versions A10 and A11 are here") == .notAffected)
    }

    @Test("An operating system as a row holds for that maker's devices that run it")
    func systems() {
        let row = ("Spacelabs", "Windows Server 2008", "vers:all/*")
        func device(_ vendor: String, _ os: String?) -> Device { .seen(vendor, "Xhibit", "1.0", os: os) }
        #expect(Self.verdict(row, device("Spacelabs", "Windows Server 2008")) == .affected)
        #expect(Self.verdict(row, device("Spacelabs", "Windows Server 2008 R2")) == nil)
        #expect(Self.verdict(row, device("Spacelabs", "Windows 7 or Server 2008")) == .needsReview)
        #expect(Self.verdict(row, device("Spacelabs", nil)) == nil)
        #expect(Self.verdict(row, device("Philips", "Windows Server 2008")) == nil)
        let conditional = ("Spacelabs", "Upgrade Utility used with Windows XP systems", "<= 2.0")
        #expect(Self.verdict(conditional, .seen("Spacelabs", "Upgrade Utility", "2.0", os: "Windows XP")) == .affected)
        #expect(
            Self.verdict(conditional, .seen("Spacelabs", "Upgrade Utility", "2.0", os: "Windows 10")) == .notAffected)
        #expect(Self.verdict(conditional, .seen("Spacelabs", "Upgrade Utility", "2.0")) == .needsReview)
    }

    @Test("All versions, unless a mended one is named")
    func allVersions() {
        let row = ("Philips", "Infinity Delta", "vers:all/*")
        let fix = ["Users can find VF10.1 software releases via ServiceConnect."]
        #expect(Self.verdict(row, .seen("Philips", "Infinity Delta")) == .affected)
        #expect(Self.verdict(row, .seen("Philips", "Infinity Delta"), fixes: fix) == .needsReview)
        #expect(Self.verdict(row, .seen("Philips", "Infinity Delta", "VF9.2"), fixes: fix) == .affected)
        #expect(Self.verdict(row, .seen("Philips", "Infinity Delta", "VF10.1"), fixes: fix) == .needsReview)
    }

    @Test(
        "Telephone numbers, laws and standards are no mended versions",
        arguments: [
            "Contact technical services at 800-638-1991 for updates.", "Users should use TLS 1.2 or later.",
            "See section 4.2.3 for the update.",
            "A new release will be available during Quarter 1 of 2019.", "Block 202.114.4.119 and update the firewall.",
            "https://www.example.org/update/2.3", "Update to supported versions of Windows 10.",
        ])
    func noFix(text: String) {
        #expect(NamedFix.versions(in: text).isEmpty)
    }

    @Test(
        "A mended version is found in a sentence",
        arguments: [
            "Spacelabs recommends to update to the newest release v1.2.1 or later.", "Upgrade to Version 1.6.1.",
            "Users upgrade to PrisMaxv3 with DCM.",
            "software Version 012U000093 is available", "The fix is released in 4.12.3.",
            "Prismaflex versions SW 8.2 include the option.",
        ])
    func fix(text: String) {
        #expect(!NamedFix.versions(in: text).isEmpty)
    }
}
