//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// POWER-ETHERNET-MIB and the makers' own: what does each port feed?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// One supply of power for ports (pethMainPseTable).
public struct PowerSupply: Hashable, Sendable {
    public var group: UInt32
    /// Watts it can give, and gives now.
    public var watts: UInt32?
    public var isOn: Bool?
    public var usedWatts: UInt32?
}

extension SwitchReading {
    private static let port: ObjectName = [1, 3, 6, 1, 2, 1, 105, 1, 1, 1]
    private static let main: ObjectName = [1, 3, 6, 1, 2, 1, 105, 1, 3, 1, 1]
    /// Milliwatts by group and port: cpeExtPsePortPwrConsumption (Cisco), hpicfPoePethPsePortPower (HP),
    /// rlPethPsePortOutputPower under the number of each house that sells these switches (Cisco Small Business, Radlan and
    /// Eltex, Linksys), extremePethPsePortMeasuredPower, agentPethOutputPower (Netgear, Ubiquiti and Broadcom's own).
    static let milliwatts: [ObjectName] = [
        [1, 3, 6, 1, 4, 1, 9, 9, 402, 1, 2, 1, 9], [1, 3, 6, 1, 4, 1, 11, 2, 14, 11, 1, 9, 1, 1, 1, 3],
        [1, 3, 6, 1, 4, 1, 9, 6, 1, 101, 108, 1, 1, 5], [1, 3, 6, 1, 4, 1, 89, 108, 1, 1, 5],
        [1, 3, 6, 1, 4, 1, 3955, 89, 108, 1, 1, 5], [1, 3, 6, 1, 4, 1, 1916, 1, 27, 2, 1, 1, 6],
        [1, 3, 6, 1, 4, 1, 4526, 10, 15, 1, 1, 1, 2], [1, 3, 6, 1, 4, 1, 4413, 1, 1, 15, 1, 1, 1, 2],
    ]
    /// Milliwatts by ifIndex: hwPoePortConsumingPower (Huawei).
    static let milliwattsOfInterface: [ObjectName] = [[1, 3, 6, 1, 4, 1, 2011, 5, 25, 195, 3, 1, 10]]

    mutating func readPower(_ rows: SNMPRows) {
        var found: [[UInt32]: PortPower] = [:]
        func each(_ name: ObjectName, _ change: (inout PortPower, Int64) -> Void) {
            for cell in rows.column(name) where cell.index.count == 2 {
                if let number = cell.value.number { change(&found[Array(cell.index), default: PortPower()], number) }
            }
        }
        each(Self.port + [3]) { $0.isEnabled = $1 == 1 }
        each(Self.port + [6]) { power, number in
            let states: [PortPower.Detection] = [.disabled, .searching, .delivering, .fault, .test, .otherFault]
            power.detection = number >= 1 && number <= 6 ? states[Int(number - 1)] : nil
        }
        // The value 1 is class 0 (RFC 3621, pethPsePortPowerClassifications): not watts, whatever some code says.
        each(Self.port + [10]) { $0.deviceClass = $1 >= 1 && $1 <= 9 ? Int($1 - 1) : nil }
        for name in Self.milliwatts { each(name) { $0.milliwatts = UInt32(exactly: $1) } }
        for (index, power) in found.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
            guard let ifIndex = ifIndex(ofPower: index[1], group: index[0]) else { continue }
            var power = power
            // The class is that of the last device: it holds only while power is delivered.
            if let detection = power.detection, detection != .delivering { power.deviceClass = nil }
            self.power[ifIndex] = power
        }
        for name in Self.milliwattsOfInterface {
            for cell in rows.column(name) where cell.index.count == 1 {
                guard let ifIndex = cell.index.first, interface(ifIndex) != nil,
                    let draw = cell.value.number.flatMap(UInt32.init(exactly:))
                else { continue }
                power[ifIndex, default: PortPower()].milliwatts = draw
            }
        }
        var supplies: [UInt32: PowerSupply] = [:]
        for number: UInt32 in 2...4 {
            for cell in rows.column(Self.main, number) where cell.index.count == 1 {
                guard let group = cell.index.first, let value = cell.value.number else { continue }
                var supply = supplies[group] ?? PowerSupply(group: group)
                switch number {
                case 2: supply.watts = UInt32(exactly: value)
                case 3: supply.isOn = value == 1
                default: supply.usedWatts = UInt32(exactly: value)
                }
                supplies[group] = supply
            }
        }
        powerSupplies = supplies.values.sorted { $0.group < $1.group }
    }

    /// Group and port are a slot and a number in it; what leads to the interface differs.
    private func ifIndex(ofPower port: UInt32, group: UInt32) -> UInt32? {
        // `GigabitEthernet2/0/7` of a stack, `A7` of a chassis has no such form and goes by its number.
        for ending in ["\(group)/0/\(port)", "\(group)/\(port)"] {
            if let ifIndex = onlyInterface(endingIn: ending) { return ifIndex }
        }
        // The map, the interface of that number, or none.
        return ifIndex(ofBasePort: port)
    }
}
