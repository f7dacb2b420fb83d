//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// The walk plan of wireless controllers and access points: each maker is asked for its own tables only.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension WalkPlan {
    /// All columns to ask an agent for.
    ///
    /// - Parameter objectId: sysObjectID; where there is none, every maker's tables are asked for.
    public static func columns(of objectId: ObjectName?) -> [Column] {
        var enterprise: UInt32?
        if let numbers = objectId?.numbers, numbers.starts(with: [1, 3, 6, 1, 4, 1]), numbers.count > 6 {
            enterprise = numbers[6]
        }
        var found = columns
        for (makers, columns) in wireless where enterprise.map({ makers.contains($0) }) ?? true { found += columns }
        // A maker's identity may stand in a table that is asked for already.
        let known = Set(found.map(\.name))
        return found + makersColumns(enterprise, objectId: objectId).filter { !known.contains($0.name) }
    }

    /// By IANA's enterprise numbers: Cisco with Airespace, Aruba, Huawei, Cambium.
    private static let wireless: [(makers: [UInt32], columns: [Column])] = [
        (
            [9, 14179],
            of([1, 3, 6, 1, 4, 1, 14179, 2, 1, 1, 1], [2, 8, 13, 14, 16, 17, 38, 45, 53, 55, 56])
                + of([1, 3, 6, 1, 4, 1, 14179, 2, 1, 4, 1], [2, 3, 4, 7, 9, 29, 30, 31, 32])
                + of([1, 3, 6, 1, 4, 1, 14179, 2, 1, 6, 1], [1])
                + of([1, 3, 6, 1, 4, 1, 14179, 2, 2, 1, 1], [3, 16, 17, 19, 33])
                + of([1, 3, 6, 1, 4, 1, 9, 9, 599, 1, 3, 1, 1], [6, 7, 8, 10, 13, 27, 28])
                + of([1, 3, 6, 1, 4, 1, 9, 9, 513, 1, 1, 1, 1], [2, 5])
                + of([1, 3, 6, 1, 4, 1, 9, 9, 273, 1, 2, 1, 1], [2, 16, 17])
                + of([1, 3, 6, 1, 4, 1, 9, 9, 273, 1, 3, 1, 1], [3])
        ),
        (
            [14823, 47196],
            of([1, 3, 6, 1, 4, 1, 14823, 2, 2, 1, 4, 1, 2, 1], [3, 10, 11, 22, 23, 35, 37])
                + of([1, 3, 6, 1, 4, 1, 14823, 2, 2, 1, 5, 2, 1, 4, 1], [2, 3, 6, 13])
                + of([1, 3, 6, 1, 4, 1, 14823, 2, 2, 1, 5, 2, 1, 7, 1], [2])
                + of([1, 3, 6, 1, 4, 1, 14823, 2, 2, 1, 5, 2, 1, 8, 1], [2, 5])
                + of([1, 3, 6, 1, 4, 1, 14823, 2, 2, 1, 5, 2, 2, 1, 1], [2, 5, 7, 12, 14])
                + of([1, 3, 6, 1, 4, 1, 14823, 2, 3, 3, 1, 2, 1, 1], [2, 3, 4, 6])
                + of([1, 3, 6, 1, 4, 1, 14823, 2, 3, 3, 1, 2, 3, 1], [3, 4])
                + of([1, 3, 6, 1, 4, 1, 14823, 2, 3, 3, 1, 1, 7, 1], [2, 4])
                + of([1, 3, 6, 1, 4, 1, 14823, 2, 3, 3, 1, 2, 4, 1], [2, 3, 4, 7])
        ),
        (
            [2011],
            of([1, 3, 6, 1, 4, 1, 2011, 6, 139, 13, 3, 3, 1], [2, 3, 4, 13])
                + of([1, 3, 6, 1, 4, 1, 2011, 6, 139, 17, 1, 2, 1], [2, 3])
                + of([1, 3, 6, 1, 4, 1, 2011, 6, 139, 18, 1, 2, 1], [2, 3, 4, 17, 18, 19, 20, 21, 24, 25, 26, 42])
        ),
        (
            [17713],
            of([1, 3, 6, 1, 4, 1, 17713, 22, 1, 3, 1], [2, 3, 5, 10])
                + of([1, 3, 6, 1, 4, 1, 17713, 22, 1, 4, 1], [2, 5, 7])
                + of([1, 3, 6, 1, 4, 1, 17713, 21, 1, 2, 30, 1], [1])
        ),
    ]
}
