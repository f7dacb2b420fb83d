//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// A hospital of a few devices, written by hand, for the seven answers.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Builds snapshots: what a device is, where it is, when it was seen.
struct SmallHospital {
    static let now = Timestamp(seconds: 1_772_438_700)  // 2026-03-02T08:05:00Z
    var snapshot = InventorySnapshot(devices: [], coverage: [], oddities: [:], evicted: 0, advice: [])
    private var next: UInt64 = 1

    static func ago(_ seconds: Int64) -> Timestamp { Timestamp(seconds: 1_772_438_700 - seconds) }

    /// - Parameter silentSeconds: How long ago it was heard last.
    @discardableResult
    mutating func add(
        _ deviceClass: DeviceClass, vendor: String? = nil, type: String? = nil, model: String? = nil,
        at port: (agent: String, port: String, vlan: UInt16)? = nil, silentSeconds: Int64 = 60,
        change: (inout Device) -> Void = { _ in }
    ) -> Device {
        let last = Self.ago(silentSeconds)
        var device = Device(
            id: "dev-" + String(repeating: "0", count: 12 - String(next).count) + String(next), site: "main",
            span: Observation.Span(first: Self.ago(silentSeconds + 3_600), last: last))
        device.deviceClass = deviceClass
        device.mac = [HardwareAddress(bits: 0x0200_0000_0000 + next)]
        device.packets = 10
        for (attribute, value) in [(Attribute.vendor, vendor), (.type, type), (.model, model)] {
            if let value { device.judgements[attribute] = Judgement(value: value, confidence: 950, evidence: []) }
        }
        if let port {
            var place = Place(agent: port.agent, port: port.port, ifIndex: 1, since: last, seen: last)
            place.vlan = port.vlan
            device.place = place
        }
        change(&device)
        next += 1
        snapshot.devices.append(device)
        return device
    }

    /// A switch that answered, with so many used ports and one that is empty.
    mutating func addSwitch(
        _ agent: String, guarded: Int = 0, used: Int = 0, empty: Int = 0, polledSeconds: Int64 = 60,
        model: String? = "C9300", firmware: String? = "17.6"
    ) {
        var about = Switch(agent: agent)
        (about.model, about.firmware, about.forwardingRows) = (model, firmware, 10)
        var ports: [NetworkMap.PortState] = []
        for number in 0..<(used + empty) {
            var port = SwitchPort(ifIndex: UInt32(number + 1), name: "p\(number + 1)")
            port.isEnabled = true
            port.isUp = number < used
            port.isAuthorised = number < guarded ? true : nil
            let devices = number < used ? [HardwareAddress(bits: 0x0200_0000_FF00 + UInt64(number))] : []
            ports.append(NetworkMap.PortState(port: port, isUplink: false, devices: devices))
        }
        var map = snapshot.network ?? NetworkMap()
        map.switches.append(
            NetworkMap.SwitchState(site: "main", about: about, polled: Self.ago(polledSeconds), ports: ports))
        snapshot.network = map
    }

    /// A list whose rows name these devices, and what became of each.
    mutating func declare(_ rows: [(outcome: DeclaredOutcome, device: Device?)]) {
        var list = DeclaredList()
        var found = Reconciliation()
        for (place, row) in rows.enumerated() {
            list.assets.append(DeclaredAsset(source: "assets.csv", line: place + 2, site: "main"))
            var match = Reconciliation.Match(asset: place, outcome: row.outcome)
            match.device = row.device?.id
            found.matches.append(match)
        }
        let named = Set(rows.filter { $0.outcome != .probable }.compactMap(\.device?.id))
        found.undeclared = snapshot.devices.map(\.id).filter { !named.contains($0) }
        snapshot.declared = list
        snapshot.reconciliation = found
    }
}
