//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// BRIDGE-MIB, spanning tree: who is the root, and which ports lead to other bridges?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// dot1dStp (RFC 4188).
public struct SpanningTree: Hashable, Sendable {
    public var root: HardwareAddress?
    /// ifIndex of the port towards the root.
    public var rootPort: UInt32?
    public var topologyChanges: UInt32?
    public var states: [UInt32: SpanningTreeState] = [:]
    /// The bridge that speaks for the segment at each port, by ifIndex: another than oneself is a neighbour.
    public var designated: [UInt32: HardwareAddress] = [:]
    /// Whether a port is at the edge: no bridge is heard there (RFC 4318).
    public var edges: [UInt32: Bool] = [:]

    public init() {}
}

extension SwitchReading {
    private static let tree: ObjectName = [1, 3, 6, 1, 2, 1, 17, 2]

    mutating func readSpanningTree(_ rows: SNMPRows) {
        if let changes = rows.scalar(Self.tree + [4])?.number {
            spanningTree.topologyChanges = UInt32(exactly: changes)
        }
        if let octets = rows.scalar(Self.tree + [5])?.octets { spanningTree.root = Self.bridge(octets) }
        if let port = rows.scalar(Self.tree + [7])?.number.flatMap(UInt32.init(exactly:)) {
            spanningTree.rootPort = ifIndex(ofBasePort: port)
        }
        let states: [SpanningTreeState] = [.disabled, .blocking, .listening, .learning, .forwarding, .broken]
        for cell in rows.column(Self.tree + [15, 1], 3) {
            guard cell.index.count == 1, let ifIndex = ifIndex(ofBasePort: cell.index.first ?? 0),
                let number = cell.value.number, number >= 1, number <= 6
            else { continue }
            spanningTree.states[ifIndex] = states[Int(number - 1)]
        }
        for cell in rows.column(Self.tree + [15, 1], 8) {
            guard cell.index.count == 1, let ifIndex = ifIndex(ofBasePort: cell.index.first ?? 0),
                let octets = cell.value.octets, let bridge = Self.bridge(octets)
            else { continue }
            spanningTree.designated[ifIndex] = bridge
        }
        // dot1dStpPortOperEdgePort of dot1dStpExtPortTable.
        for cell in rows.column(Self.tree + [19, 1], 3) {
            guard cell.index.count == 1, let ifIndex = ifIndex(ofBasePort: cell.index.first ?? 0),
                let number = cell.value.number, number == 1 || number == 2
            else { continue }
            spanningTree.edges[ifIndex] = number == 1
        }
    }

    /// BridgeId: two octets of priority, six of address.
    private static func bridge(_ octets: [UInt8]) -> HardwareAddress? {
        guard octets.count == 8 else { return nil }
        let address = HardwareAddress(bits: octets[2...].reduce(0) { $0 << 8 | UInt64($1) })
        return address.isIndividual ? address : nil
    }
}
