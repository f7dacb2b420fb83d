//===----------------------------------------------------------------------===//
// Wardlight · Simulator
//
// Recipes: what makes one simulated campus another than the plain hospital.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// What a campus is made of. The plain one is the hospital of `wardlight simulate`.
struct Recipe: Sendable {
    /// A bed as the devices at it name it.
    struct Bed: Hashable, Sendable {
        var ward: String
        var label: String
    }

    /// When the traffic begins, nanoseconds since 1970.
    var start = Timeline.start
    /// Added to the numbers in hardware addresses, so that two sites share none.
    var firstNumber = 0
    /// In the order in which they are given devices; empty for beds by chance.
    var beds: [Bed] = []
    /// What stands there besides, counted among the devices.
    var extras: [Product] = []
    /// What the rest is made of; nil for a hospital's mix.
    var mix: [Product]?
    /// Servers that stand at another site.
    var absent: Set<Role> = []
    /// Whether somebody brings a router and a server of addresses along, and after how long it is.
    var hasGuests = true
    var guestSeconds: Int?
    /// Whether there are hosts of virtual machines, docks and old rows, as in a hospital's closets.
    var isFurnished = true
    /// What is planted.
    var plants = Set(Planted.Kind.allCases)
    /// On which floor, from 0, a station is plugged in; nil for any. Closets are spread over the floors by turns.
    var level: (@Sendable (Station) -> Int)?
    var levels = 1
}
