//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// The work list: what a line says, where it stands, and what is never proposed for a medical device.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Testing

@testable import Defense

@Suite("Patches")
struct PatchTests {
    private static let now = Timestamp(seconds: 1_800_000_000)

    private static func device(
        _ id: String, class deviceClass: DeviceClass = .medical, verdict: Weakness.Verdict = .affected,
        priority: Weakness.Priority = .scheduled
    ) -> Device {
        var device = Device.seen("BD", "Alaris 8015", "9.33", type: "infusion pump", class: deviceClass)
        device.id = id
        var weakness = Weakness(
            advisory: "ICSMA-20-317-01", title: "BD Alaris", row: "1", verdict: verdict, reason: "", comparisons: [],
            verification: .checksum)
        weakness.priority = priority
        weakness.fixes = [Remediation(category: .vendorFix, details: "Update to 12.1.")]
        device.weaknesses = [weakness]
        return device
    }

    private static func list(_ devices: [Device], _ plan: SitePlan = SitePlan()) -> PatchList {
        PatchPlanner.list(
            of: InventorySnapshot(devices: devices, coverage: [], oddities: [:], evicted: 0, advice: []), plan: plan,
            at: now)
    }

    @Test("Devices of one model and ward are one group, the most urgent first, and open questions are only counted")
    func groups() {
        let list = Self.list([
            Self.device("dev-1"), Self.device("dev-2", priority: .immediate),
            Self.device("dev-3", verdict: .needsReview),
        ])
        #expect(list.groups.count == 1)
        #expect(list.groups[0].lines.map(\.device) == ["dev-2", "dev-1"])
        #expect(list.groups[0].ward == "place not known")
        #expect(list.groups[0].lines[0].isolation.contains("drug-library updates"))
    }

    @Test("The closet of the switch is the ward where no bed is known")
    func closet() {
        var device = Self.device("dev-1")
        device.place = Place(
            agent: "10.0.0.9", port: "Gi1/0/1", ifIndex: 1, since: Self.now, seen: Self.now)
        var plan = SitePlan()
        plan.closets["10.0.0.9"] = SitePlan.Closet(closet: "E2-1")
        #expect(Self.list([device], plan).groups[0].ward == "closet E2-1")
    }

    @Test("A medical device is for its manufacturer, and an overdue review is said first")
    func actions() {
        let pump = Self.list([Self.device("dev-1")]).groups[0].lines[0]
        #expect(pump.action.contains("manufacturer's bulletin"))
        #expect(!pump.action.lowercased().contains("operating system"))
        let server = Self.list([Self.device("dev-1", class: .it)]).groups[0].lines[0]
        #expect(server.action.hasPrefix("Install"))
        var controlled = Self.device("dev-1")
        controlled.controls = [
            Standing(
                CompensatingControl(
                    advisory: nil, measure: "VLAN of its own", owner: "Kim", review: Timestamp(seconds: 1_799_999_999)),
                by: "Kim", reason: "no fix", at: Timestamp(seconds: 1_700_000_000))
        ]
        let late = Self.list([controlled]).groups[0].lines[0]
        #expect(late.controls[0].isOverdue)
        #expect(late.action.contains("overdue") && late.action.contains("Kim"))
    }
}
