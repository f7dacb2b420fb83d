//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// IP-MIB: which network address belongs to which card, as this agent knows it?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// A row of an ARP or neighbour table.
public struct AddressBinding: Hashable, Sendable {
    public var hardware: HardwareAddress
    public var network: IPAddress
    public var ifIndex: UInt32
}

extension SwitchReading {
    private static let arp: ObjectName = [1, 3, 6, 1, 2, 1, 4, 22, 1, 2]
    private static let physical: ObjectName = [1, 3, 6, 1, 2, 1, 4, 35, 1, 4]
    private static let ownV4: ObjectName = [1, 3, 6, 1, 2, 1, 4, 20, 1]
    private static let own: ObjectName = [1, 3, 6, 1, 2, 1, 4, 34, 1, 3]

    mutating func readAddresses(_ rows: SNMPRows) {
        var bindings: [AddressBinding] = []
        var seen: Set<AddressBinding> = []
        func add(_ network: IPAddress?, _ value: SNMPValue, _ ifIndex: UInt32) {
            guard let network, network.isIndividual, !network.isLoopback, let hardware = value.hardware,
                hardware.isIndividual
            else { return }
            let binding = AddressBinding(hardware: hardware, network: network, ifIndex: ifIndex)
            if seen.insert(binding).inserted { bindings.append(binding) }
        }
        for cell in rows.column(Self.arp) where cell.index.count == 5 {
            add(Self.address(cell.index.dropFirst()), cell.value, cell.index.first ?? 0)
        }
        for cell in rows.column(Self.physical) {
            // ifIndex, kind, length, octets; kinds 3 and 4 carry a zone of four octets behind the address.
            let index = Array(cell.index)
            guard index.count >= 7, index.count == 3 + Int(clamping: index[2]) else { continue }
            add(Self.address(index[3...], kind: index[1]), cell.value, index[0])
        }
        addresses = bindings
        var mine: Set<IPAddress> = []
        for cell in rows.column(Self.ownV4, 1) {
            if let address = Self.address(cell.index) { mine.insert(address) }
        }
        for cell in rows.column(Self.own) {
            let index = Array(cell.index)
            guard index.count >= 6, index.count == 2 + Int(clamping: index[1]),
                let address = Self.address(index[2...], kind: index[0])
            else { continue }
            mine.insert(address)
        }
        ownAddresses = mine.filter { $0.isIndividual && !$0.isLoopback }.sorted()
    }

    private static func address(_ numbers: ArraySlice<UInt32>, kind: UInt32 = 1) -> IPAddress? {
        let octets = numbers.compactMap(UInt8.init(exactly:))
        guard octets.count == numbers.count else { return nil }
        switch (kind, octets.count) {
        case (1, 4), (2, 16): return SNMPValue.network(octets)
        case (3, 8): return SNMPValue.network(Array(octets[..<4]))
        case (4, 20): return SNMPValue.network(Array(octets[..<16]))
        default: return nil
        }
    }
}
