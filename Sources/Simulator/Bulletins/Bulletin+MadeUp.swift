//===----------------------------------------------------------------------===//
// Wardlight · Simulator
//
// Bulletins, made up: advisories about switches and cameras that nobody published, and what is known to be exploited.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

extension Bulletin {
    /// Nothing of this is real; numbers of 1900 were never given, so they can be taken for no real weakness.
    static let madeUp = """
        @WARD-SIM-26-001~1~2026-01-12~2026-01-12
        VCisco
        R0001~C9300-48P~< 17.06.06
        C1900-10001~77~*~91~1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:N~f*
        C1900-10002~400~*~75~1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H~f*
        @WARD-SIM-26-002~2~2026-01-19~2026-02-02
        VAruba
        R0001~2930F-48G-PoE+-4SFP+ Switch~<= WC.16.11.0011
        C1900-10003~798~*~88~1/AV:N/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H~f*
        @WARD-SIM-26-003~1~2026-02-09~2026-02-09
        VExtreme Networks
        R0001~X440G2-48p-10G4~>= 30.2 | < 30.7.2
        C1900-10004~287~*~72~1/AV:N/AC:L/PR:H/UI:N/S:U/C:H/I:H/A:H~f* m*
        @WARD-SIM-26-004~1~2026-02-16~2026-02-16
        VJuniper
        =0001~ex3400-48p~releases with the old web console that was shipped before spring
        C1900-10005~79~*~61~1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N~m*
        @WARD-SIM-26-005~1~2026-02-20~2026-02-20
        VAxis
        R0001~M3065-V~<= 9.80.3.1
        R0002~P3245-LVE~<= 9.80.3.0
        C1900-10006~78~*~98~1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H~f*
        """

    /// Weaknesses that are used in attacks: those of the bulletins that stand in CISA's catalogue, and a made-up one.
    /// CVE, day it was added, day it is due, whether for ransom.
    private static let exploited: [(cve: String, added: String, due: String, isRansom: Bool)] = [
        ("CVE-1900-10001", "2026-01-20", "2026-02-10", false), ("CVE-2017-0143", "2021-11-03", "2022-05-03", true),
        ("CVE-2017-0144", "2022-02-10", "2022-08-10", true), ("CVE-2017-0145", "2022-02-10", "2022-08-10", true),
        ("CVE-2017-0146", "2022-03-25", "2022-04-15", true), ("CVE-2017-0147", "2022-05-24", "2022-06-14", true),
        ("CVE-2017-0148", "2022-04-06", "2022-04-27", true), ("CVE-2017-0199", "2021-11-03", "2022-05-03", true),
        ("CVE-2017-7269", "2021-11-03", "2022-05-03", false), ("CVE-2019-0708", "2021-11-03", "2022-05-03", true),
        ("CVE-2020-1938", "2022-03-03", "2022-03-17", false),
    ]

    static func isExploited(_ cve: String) -> Bool { exploited.contains { $0.cve == cve } }

    /// `known_exploited_vulnerabilities.json`, in the form of CISA's catalogue.
    static var catalogue: [UInt8] {
        let entries = exploited.map { entry in
            JSONText.object([
                ("cveID", .text(entry.cve)), ("vendorProject", .text("see the advisory")),
                ("product", .text("see the advisory")), ("vulnerabilityName", .text(entry.cve)),
                ("dateAdded", .text(entry.added)), ("shortDescription", .text("Used in attacks.")),
                ("requiredAction", .text("Follow the advisory.")), ("dueDate", .text(entry.due)),
                ("knownRansomwareCampaignUse", .text(entry.isRansom ? "Known" : "Unknown")), ("notes", .text("")),
                ("cwes", .array([])),
            ])
        }
        return JSONText.object([
            ("title", .text("Known exploited vulnerabilities of a simulated hospital")),
            ("catalogVersion", .text("2026.02.27")), ("dateReleased", .text("2026-02-27T08:00:00.0000Z")),
            ("count", .number(entries.count)), ("vulnerabilities", .array(entries)),
        ]).bytes
    }
}
