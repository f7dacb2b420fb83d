//===----------------------------------------------------------------------===//
// Wardlight · Simulator
//
// The home: what stands in a house for people who live there with some help.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

enum HomeProducts {
    /// Servers that a small house has not: they are the hospital's, at the other end of a line.
    static let absent: Set<Role> = [
        .time, .log, .directory, .broker, .mail, .management, .proxy, .pumps, .central, .archive, .imagingDesk,
        .middleware, .pointOfCare, .buildingManager, .recorder, .doors, .workshop,
    ]

    private static func some(_ products: [Product], _ vendor: String?, _ type: String, share: Int) -> [Product] {
        products.filter { $0.vendor == vendor && $0.type == type }.prefix(1).map { product in
            var product = product
            product.share = share
            return product
        }
    }

    /// What is not a small device in a room.
    static let all: [Product] =
        some(Departments.pointOfCare, "Roche", "glucose meter", share: 2)
        + some(Wards.monitoring, "Welch Allyn", "vital signs monitor", share: 2)
        + some(Departments.pointOfCare, "Hill-Rom", "hospital bed", share: 2)
        + some(Offices.products, "LG", "television", share: 3) + some(Offices.products, "Apple", "tablet", share: 3)
        + some(Offices.products, "Apple", "smartphone", share: 2)
        + some(Offices.products, "Dell", "workstation", share: 2)
        + some(Rooms.voice, "Yealink", "IP phone", share: 2)
        + some(Rooms.security, "Axis", "network camera", share: 1)
}
