//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// The walk plan of makers' own MIBs: serial numbers, VLANs, forwarding tables and neighbours that no standard object tells.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension WalkPlan {
    /// What only agents of this maker are asked for; of all makers where it is not known.
    static func makersColumns(_ enterprise: UInt32?, objectId: ObjectName?) -> [Column] {
        var found: [Column] = []
        for objects in SwitchReading.makers where isAsked(objects.enterprise, enterprise) || objects.enterprise == 89 {
            let base: ObjectName = [1, 3, 6, 1, 4, 1, objects.enterprise]
            for path in objects.serial + objects.model + objects.firmware { add(base + path, &found) }
        }
        if let product = objectId?.numbers, product.count > 8 {
            for unit in SwitchReading.units where unit.enterprise == enterprise {
                let base = ObjectName(Array(product.dropLast(unit.cut)))
                for path in [unit.serial, unit.model, unit.firmware] where !path.isEmpty { add(base + path, &found) }
            }
        }
        // tmnxHwSerialNumber is named with the chassis's own number, so its column is asked for.
        add([1, 3, 6, 1, 4, 1, 6527, 3, 1, 2, 2, 1, 8, 1, 5, 1], &found, only: [6527], enterprise)
        // probeSoftwareRev (RMON2-MIB)
        add([1, 3, 6, 1, 2, 1, 16, 19, 2], &found)
        for (makers, columns) in tables where makers.isEmpty || makers.contains(where: { isAsked($0, enterprise) }) {
            found += columns
        }
        return found
    }

    private static func isAsked(_ maker: UInt32, _ enterprise: UInt32?) -> Bool {
        enterprise == nil || enterprise == maker
    }

    private static func add(
        _ name: ObjectName, _ found: inout [Column], only maker: [UInt32] = [], _ enterprise: UInt32? = nil
    ) {
        guard maker.isEmpty || maker.contains(where: { isAsked($0, enterprise) }) else { return }
        if !found.contains(where: { $0.name == name }) { found.append(Column(name, stays: .parts)) }
    }

    /// Tables by maker; without a maker for all. The readers stand in MakersBridges.swift and MakersNeighbours.swift.
    private static let tables: [(makers: [UInt32], columns: [Column])] = [
        (
            [],
            // IEEE8021-BRIDGE-MIB and IEEE8021-Q-BRIDGE-MIB: base ports, PVID, VLAN's table, forwarding; LLDP-V2-MIB
            of([1, 3, 111, 2, 802, 1, 1, 2, 1, 1, 4, 1], [3])
                + of([1, 3, 111, 2, 802, 1, 1, 4, 1, 4, 5, 1], [1])
                + of([1, 3, 111, 2, 802, 1, 1, 4, 1, 4, 2, 1], [4])
                + of([1, 3, 111, 2, 802, 1, 1, 4, 1, 2, 2, 1], [2, 3])
                + of([1, 3, 111, 2, 802, 1, 1, 13, 1, 4, 1, 1], Array(5...13))
                // entAliasMappingIdentifier: which interface a part is
                + of([1, 3, 6, 1, 2, 1, 47, 1, 3, 2, 1], [2], stays: .parts)
        ),
        (
            [2636],
            of([1, 3, 6, 1, 4, 1, 2636, 3, 40, 1, 5, 1, 5, 1], [5, 2])
                + of([1, 3, 6, 1, 4, 1, 2636, 3, 48, 1, 3, 1, 1], [3, 2, 5])
        ),
        (
            [1916],
            of([1, 3, 6, 1, 4, 1, 1916, 1, 2, 1, 2, 1], [10, 2]) + of([1, 3, 6, 1, 4, 1, 1916, 1, 16, 4, 1], [3])
        ),
        (
            [11863],
            of([1, 3, 6, 1, 4, 1, 11863, 6, 14, 1, 2, 1, 1], [2])
                + of([1, 3, 6, 1, 4, 1, 11863, 6, 14, 1, 1, 1, 1], [2])
                + of([1, 3, 6, 1, 4, 1, 11863, 6, 35, 1, 2, 2, 1], [4, 6, 8, 9, 10, 11, 12])
        ),
        (
            [6486],
            of([1, 3, 6, 1, 4, 1, 6486, 800, 1, 2, 1, 8, 1, 1, 1, 1], [3])
                + [Column([1, 3, 6, 1, 4, 1, 6486, 801, 1, 2, 1, 8, 1, 1])]
        ),
        // Transceivers.
        ([11], of([1, 3, 6, 1, 4, 1, 11, 2, 14, 11, 5, 1, 82, 1, 1, 1, 1], [3, 4, 5], stays: .parts)),
        ([35265], of([1, 3, 6, 1, 4, 1, 35265, 1, 23, 53, 1, 1, 1], [3, 5, 6, 10], stays: .parts)),
        ([52642], of([1, 3, 6, 1, 4, 1, 52642, 1, 37, 1, 10, 1, 1], [1, 2, 3, 4], stays: .parts)),
        ([2011], of([1, 3, 6, 1, 4, 1, 2011, 5, 25, 31, 1, 1, 3, 1], [4, 24, 25], stays: .parts)),
        ([2011], of([1, 3, 6, 1, 4, 1, 2011, 5, 25, 42, 2, 1, 3, 1], [4])),
        ([6527], of([1, 3, 6, 1, 4, 1, 6527, 3, 1, 2, 59, 4, 1, 1], Array(4...12))),
        ([1991], of([1, 3, 6, 1, 4, 1, 1991, 1, 1, 3, 20, 1, 2, 1, 1], Array(3...10))),
        ([14988], of([1, 3, 6, 1, 4, 1, 14988, 1, 1, 11, 1, 1], [2, 3, 4, 5, 6, 8])),
    ]
}
