//===----------------------------------------------------------------------===//
// Wardlight · Model
//
// Advisories: what a publisher says is weak, in which versions, and what to do about it.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// One security advisory, as its publisher wrote it, whatever its form (CSAF 2.0, NVD).
public struct Advisory: Hashable, Sendable {
    /// How its file was checked when it was taken in.
    public enum Verification: String, Hashable, Sendable, CaseIterable {
        /// The SHA-512 beside it matches.
        case checksum
        /// There was none beside it.
        case unverified
    }

    /// `ICSMA-20-296-01`; of NVD, the CVE itself.
    public var id: String
    public var title: String
    public var publisher: String
    /// Where people read it.
    public var url: String?
    /// As the publisher counts: `1`, `2.0.1`. Of two copies of one advisory the higher revision counts.
    public var revision: String
    public var released: Timestamp?
    public var updated: Timestamp?
    public var verification: Verification
    /// What it says of public exploits; nil where it says nothing.
    public var exploits: ExploitStatement?
    /// SHA-256 of the file, hexadecimal.
    public var digest: String
    /// Rows in the order of the file.
    public var products: [AffectedProduct] = []
    public var vulnerabilities: [Vulnerability] = []

    public init(id: String, title: String, publisher: String, digest: String) {
        self.id = id
        self.title = title
        self.publisher = publisher
        self.digest = digest
        revision = ""
        verification = .unverified
    }
}

/// What an advisory says of ways to exploit its weaknesses.
public struct ExploitStatement: Hashable, Sendable {
    /// Whether one is public; else the publisher knows of none.
    public var isPublic: Bool
    /// In the publisher's words.
    public var sentence: String

    public init(isPublic: Bool, sentence: String) {
        self.isPublic = isPublic
        self.sentence = sentence
    }
}

/// One row of an advisory: one product, in some versions.
public struct AffectedProduct: Hashable, Sendable {
    /// Within its advisory: `CSAFPID-0001`.
    public var id: String
    /// As written: `Becton, Dickinson and Company (BD)`.
    public var vendor: String
    /// As written: `Alaris PC Unit Model 8015`.
    public var product: String
    /// The family above the product, where the advisory's tree has one: `Infusomat Space`.
    public var family: String?
    /// As written: `<= 9.33.1`, `vers:all/*`, `2.3.6 and  below`; several branches of one row are joined by ` | `.
    /// Empty where the advisory names no version: then it cannot be said which are meant.
    public var versions: String
    /// The publisher's own words for the whole row, where there are any.
    public var name: String?
    /// What else has to be there: all of them. Firmware on a host, a module in a pump. The row is what the publisher
    /// describes, with its versions; the device itself may be the row (a pump that has a module) or a condition (a pump on
    /// which this firmware runs).
    public var conditions: [Condition] = []
    /// Further words that narrow the row, and that nothing in a network tells: `language: German`. A row with any is for a
    /// person to judge.
    public var narrowedBy: [String] = []

    /// A second component that has to be there, too.
    public struct Condition: Hashable, Sendable {
        public var vendor: String
        public var product: String
        /// As written; `vers:all/*` where any version will do.
        public var versions: String

        public init(vendor: String, product: String, versions: String) {
            self.vendor = vendor
            self.product = product
            self.versions = versions
        }
    }

    public init(id: String, vendor: String, product: String, versions: String) {
        self.id = id
        self.vendor = vendor
        self.product = product
        self.versions = versions
    }
}

/// One vulnerability of an advisory, and which of its rows it concerns.
public struct Vulnerability: Hashable, Sendable {
    /// `CVE-2020-25172`; where none was given, the publisher's own name for it.
    public var cve: String
    public var title: String?
    /// `CWE-23`.
    public var weakness: String?
    /// CVSS base score in tenths, 0 to 100, and its vector.
    public var score: Int?
    public var vector: String?
    /// Rows (`AffectedProduct.id`) by what is said of them, in the order of the file.
    public var affected: [String] = []
    public var notAffected: [String] = []
    public var fixed: [String] = []
    public var underInvestigation: [String] = []
    public var remediations: [Remediation] = []

    public init(cve: String) { self.cve = cve }
}

/// What the publisher says one can do.
public struct Remediation: Hashable, Sendable {
    /// CSAF 2.0, 3.2.3.12.1.
    public enum Category: String, Hashable, Sendable, CaseIterable {
        case vendorFix = "vendor_fix"
        case mitigation
        case noFixPlanned = "no_fix_planned"
        case noneAvailable = "none_available"
        case workaround
    }
    public var category: Category
    public var details: String
    public var url: String?
    /// Rows that it is for; empty for all of the vulnerability's.
    public var products: [String]

    public init(category: Category, details: String, url: String? = nil, products: [String] = []) {
        self.category = category
        self.details = details
        self.url = url
        self.products = products
    }
}

/// A vulnerability that is used in attacks (CISA's KEV catalogue).
public struct KnownExploited: Hashable, Sendable {
    public var cve: String
    public var added: Timestamp?
    public var due: Timestamp?
    /// Whether it is known to be used for ransomware.
    public var isRansomware: Bool

    public init(cve: String, added: Timestamp? = nil, due: Timestamp? = nil, isRansomware: Bool = false) {
        self.cve = cve
        self.added = added
        self.due = due
        self.isRansomware = isRansomware
    }
}

/// How likely a vulnerability is to be used within 30 days (FIRST's EPSS).
public struct ExploitForecast: Hashable, Sendable {
    /// Parts in 100,000.
    public var probability: Int
    public var percentile: Int

    public init(probability: Int, percentile: Int) {
        self.probability = probability
        self.percentile = percentile
    }
}

/// All that was imported of weaknesses.
public struct AdvisorySet: Hashable, Sendable {
    /// Sorted by id; of several copies only the one with the highest revision.
    public var advisories: [Advisory] = []
    public var exploited: [String: KnownExploited] = [:]
    public var forecasts: [String: ExploitForecast] = [:]
    /// The newest moment that any of it tells of: how fresh it is.
    public var asOf: Timestamp?
    /// How fresh the catalogue of exploited vulnerabilities is, and the forecasts; nil where there are none.
    public var exploitedAsOf: Timestamp?
    public var forecastsAsOf: Timestamp?
    /// SHA-256 over all of it, the same in whatever order the files were read; empty where nothing was imported.
    public var digest = ""

    public init() {}
    public var isEmpty: Bool { advisories.isEmpty }
}
