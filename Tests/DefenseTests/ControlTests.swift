//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Weak controls of switches, and the terms of risk.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Defense
import Model
import Testing

@Suite("Weak controls and risk")
struct ControlTests {
    private static let moment = Timestamp(seconds: 1_772_438_700)

    private func map(_ ports: [NetworkMap.PortState]) -> NetworkMap {
        var about = Switch(agent: "sw")
        about.forwardingRows = 1
        var map = NetworkMap()
        map.switches = [NetworkMap.SwitchState(site: "main", about: about, polled: Self.moment, ports: ports)]
        return map
    }

    private func port(
        _ number: UInt32, guarded: Bool? = nil, isUp: Bool = true, isUsed: Bool = true,
        _ change: (inout NetworkMap.PortState) -> Void = { _ in }
    ) -> NetworkMap.PortState {
        var port = SwitchPort(ifIndex: number, name: "p\(number)")
        (port.isUp, port.isEnabled, port.isAuthorised, port.kind) = (isUp, true, guarded, 6)
        var state = NetworkMap.PortState(
            port: port, isUplink: false, devices: isUsed ? [HardwareAddress(bits: UInt64(number))] : [])
        change(&state)
        return state
    }

    private func rules(_ ports: [NetworkMap.PortState]) -> [String] {
        SwitchControls.findings(map: map(ports), devices: [], plan: SitePlan()).map(\.rule)
    }

    @Test func `a guard on all used ports is fine, on none is weak, on some is inconsistent`() {
        #expect(rules([port(1, guarded: true), port(2, guarded: false)]) == [])
        #expect(rules([port(1), port(2)]) == ["control.no8021X"])
        #expect(rules([port(1, guarded: true), port(2)]) == ["control.inconsistentGuard"])
    }

    @Test func `uplinks, access points, bundles and ports of no Ethernet need no guard`() {
        let others = [
            port(1) { $0.isUplink = true }, port(2) { $0.isAccessPoint = true }, port(3) { $0.port.bundle = 9 },
            port(4) { $0.port.kind = 24 },
        ]
        #expect(rules(others) == [])
    }

    @Test func `open is a port that is switched on, unguarded and empty`() {
        let used = port(1, guarded: true)
        #expect(rules([used, port(2, isUp: false, isUsed: false)]) == ["control.openPorts"])
        #expect(rules([used, port(2, guarded: false, isUp: false, isUsed: false)]) == [])
        #expect(rules([used, port(2, isUp: false, isUsed: false) { $0.port.isEnabled = false }]) == [])
        #expect(rules([used, port(2, isUp: false)]) == [])
    }

    @Test func `a community that every switch is sold with is told`() {
        var plan = SitePlan()
        plan.openlyAsked = ["sw"]
        let found = SwitchControls.findings(map: map([port(1, guarded: true)]), devices: [], plan: plan)
        #expect(found.map(\.rule) == ["control.defaultCommunity"])
        #expect(found.first?.place?.port == SwitchControls.wholeSwitch)
    }

    private func device(_ bits: UInt64, model: String?, vlan: UInt16?, _ deviceClass: DeviceClass = .medical) -> Device
    {
        var device = Device(id: "dev-\(bits)", site: "main", span: .init(first: Self.moment, last: Self.moment))
        device.mac = [HardwareAddress(bits: bits)]
        device.deviceClass = deviceClass
        if let model { device.judgements[.model] = Judgement(value: model, confidence: 900, evidence: []) }
        if let vlan {
            var place = Place(agent: "sw", port: "p", ifIndex: 1, since: Self.moment, seen: Self.moment)
            place.vlan = vlan
            device.place = place
        }
        return device
    }

    @Test func `one model on VLANs of different roles is inconsistent, and names those that are not where most are`() {
        var plan = SitePlan()
        plan.roles = [20: .medical, 21: .medical, 100: .office]
        func found(_ devices: [Device]) -> [Finding] {
            SwitchControls.findings(map: NetworkMap(), devices: devices, plan: plan)
        }
        let odd = found([
            device(1, model: "MX450", vlan: 20), device(2, model: "MX450", vlan: 20),
            device(3, model: "MX450", vlan: 100),
        ])
        #expect(odd.map(\.rule) == ["control.inconsistentRoles"])
        #expect(odd.first?.title == "MX450 is on VLANs of different roles: medical 2, office 1")
        #expect(odd.first?.addresses == [HardwareAddress(bits: 3)])
        // Two VLANs of one role, a VLAN without a role, another model, a workstation: all fine.
        #expect(found([device(1, model: "MX450", vlan: 20), device(2, model: "MX450", vlan: 21)]) == [])
        #expect(found([device(1, model: "MX450", vlan: 20), device(2, model: "MX450", vlan: 999)]) == [])
        #expect(found([device(1, model: "MX450", vlan: 20), device(2, model: "MX500", vlan: 100)]) == [])
        #expect(found([device(1, model: "PC", vlan: 20, .it), device(2, model: "PC", vlan: 100, .it)]) == [])
    }

    // MARK: Risk

    private func weakness(_ verdict: Weakness.Verdict, exploited: [String] = []) -> Weakness {
        var weakness = Weakness(
            advisory: "WARD-1", title: "", row: "1", verdict: verdict, reason: "", comparisons: [],
            verification: .unverified)
        weakness.exploited = exploited
        return weakness
    }

    private func typed(_ type: String?, _ deviceClass: DeviceClass) -> Device {
        var device = device(1, model: nil, vlan: nil, deviceClass)
        if let type { device.judgements[.type] = Judgement(value: type, confidence: 900, evidence: []) }
        return device
    }

    @Test(arguments: [
        ("ventilator", DeviceClass.medical, 5), ("syringe pump", .medical, 5), ("patient monitor", .medical, 4),
        ("medical gateway", .medical, 4), ("glucose meter", .medical, 3), ("switch", .network, 3),
        ("time server", .network, 1), ("building controller", .building, 2), ("server", .it, 2), ("printer", .it, 1),
        ("", .unknown, 1),
    ])
    func `impact is by type, as the table says`(type: String, deviceClass: DeviceClass, points: Int) {
        #expect(ClinicalImpact.term(of: typed(type.isEmpty ? nil : type, deviceClass)).points == points)
    }

    @Test func `every point of likelihood has its line, and more than five is five`() {
        let monitor = typed("patient monitor", .medical)
        let calm = Risk(
            of: monitor, signs: LikelihoodSigns(weaknesses: [], weakControls: [], rogue: [], unsupported: nil))
        #expect(calm.likelihood == 1 && calm.impact == 4 && calm.product == 4)
        let review = Risk(
            of: monitor,
            signs: LikelihoodSigns(
                weaknesses: [weakness(.needsReview)], weakControls: [], rogue: [], unsupported: "Windows XP"))
        #expect(review.likelihoodTerms.map(\.name) == ["base", "needs review", "unsupported system"])
        let odd = Finding(rule: "port.cloned", title: "cloned", severity: .high, evidence: [])
        let all = Risk(
            of: monitor,
            signs: LikelihoodSigns(
                weaknesses: [weakness(.affected, exploited: ["CVE-2017-0144"]), weakness(.needsReview)],
                weakControls: [odd], rogue: [odd], unsupported: nil))
        #expect(all.likelihoodTerms.map(\.points) == [1, 2, 1, 2, 1])
        #expect(all.likelihood == 5)
    }

    @Test func `a bed adds a point, and a switch carries the impact of its worst device`() {
        let signs = LikelihoodSigns(weaknesses: [], weakControls: [], rogue: [], unsupported: nil)
        let four = Risk(of: typed("patient monitor", .medical), signs: signs)
        #expect(Risk(ofSwitch: signs, hanging: []).impact == 3)
        #expect(Risk(ofSwitch: signs, hanging: Array(repeating: four, count: 9)).impact == 4)
        #expect(Risk(ofSwitch: signs, hanging: Array(repeating: four, count: Risk.many)).impact == 5)
        let kinds = ["control.no8021X", "control.openPorts", "control.telnet"].map {
            Finding(rule: $0, title: $0, severity: .low, evidence: [])
        }
        func likelihood(_ count: Int) -> Int {
            let weak = LikelihoodSigns(
                weaknesses: [], weakControls: Array(kinds.prefix(count)), rogue: [], unsupported: nil)
            return Risk(ofSwitch: weak, hanging: []).likelihood
        }
        #expect((0...3).map(likelihood) == [1, 2, 3, 3])
    }
}
