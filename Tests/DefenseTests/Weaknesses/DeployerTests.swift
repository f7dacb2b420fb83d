//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// The order of work: all 72 rows of CERT/CC's table, and the points that lead to them.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Testing

@testable import Defense

@Suite("Order of work")
struct DeployerTests {
    /// The last column of `deployer_patch_application_priority_1_0_0.csv` (CERTCC/SSVC), rows 0 to 71.
    private static let published = """
        defer defer scheduled scheduled defer scheduled scheduled scheduled defer scheduled scheduled scheduled scheduled scheduled \
        scheduled scheduled defer scheduled scheduled scheduled scheduled scheduled scheduled out-of-cycle \
        defer scheduled scheduled scheduled scheduled scheduled scheduled scheduled defer scheduled scheduled scheduled scheduled \
        scheduled scheduled out-of-cycle scheduled scheduled scheduled out-of-cycle scheduled scheduled out-of-cycle out-of-cycle \
        scheduled scheduled out-of-cycle out-of-cycle scheduled out-of-cycle out-of-cycle out-of-cycle scheduled scheduled \
        out-of-cycle out-of-cycle out-of-cycle out-of-cycle out-of-cycle out-of-cycle scheduled out-of-cycle out-of-cycle immediate \
        out-of-cycle out-of-cycle immediate immediate
        """.split(separator: " ").map(String.init)

    @Test("All 72 rows are as published")
    func table() {
        var row = 0
        for exploitation in Deployer.Exploitation.allCases {
            for exposure in Exposure.Level.allCases {
                for isAutomatable in [false, true] {
                    for impact in Deployer.HumanImpact.allCases {
                        let priority = Deployer.priority(exploitation, exposure, isAutomatable: isAutomatable, impact)
                        #expect(priority.name == Self.published[row], "row \(row)")
                        row += 1
                    }
                }
            }
        }
        #expect(row == 72)
    }

    @Test("Each point says because of what, and an exploited weakness of a pump comes before a forecast of one")
    func points() {
        func decided(
            exploited: Bool, forecast: Int?, exposure: Exposure = .controlled, _ statement: ExploitStatement? = nil
        ) -> Weakness {
            var weakness = Weakness(
                advisory: "A", title: "", row: "1", verdict: .affected, reason: "", comparisons: [],
                verification: .unverified)
            weakness.cves = ["CVE-2020-1938"]
            weakness.exploited = exploited ? weakness.cves : []
            weakness.forecast = forecast
            weakness.vector = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"
            Deployer.decide(
                &weakness, by: Deployer.Points(of: weakness, statement),
                device: .seen("BD", "Alaris", type: "infusion pump"),
                exposure: exposure)
            return weakness
        }
        let active = decided(
            exploited: true, forecast: nil, exposure: Exposure(.open, because: "it is in the guest network"))
        #expect(active.priority == .immediate)
        #expect(active.decision.map(\.value) == ["active", "open", "yes", "very high"])
        #expect(active.decision.allSatisfy { !$0.because.isEmpty })
        #expect(decided(exploited: false, forecast: Deployer.publicFrom).decision[0].value == "public poc")
        #expect(decided(exploited: false, forecast: Deployer.publicFrom - 1).decision[0].value == "none")
        #expect(decided(exploited: false, forecast: nil).priority == .scheduled)
        // What the publisher says of public exploits counts, but for what is known to be used.
        let known = ExploitStatement(isPublic: true, sentence: "Exploits are publicly available.")
        let none = ExploitStatement(isPublic: false, sentence: "No known public exploits.")
        #expect(decided(exploited: false, forecast: nil, known).decision[0].value == "public poc")
        #expect(decided(exploited: false, forecast: 1, known).decision[0].because.contains(known.sentence))
        #expect(decided(exploited: true, forecast: nil, none).decision[0].value == "active")
        #expect(decided(exploited: false, forecast: Deployer.publicFrom, none).decision[0].value == "public poc")
        #expect(decided(exploited: false, forecast: nil, none).decision[0].because.contains(none.sentence))
    }
}
