//===----------------------------------------------------------------------===//
// Wardlight · Twin
//
// What still stands of old news: before a log lets it go, it is said again.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension Observation {
    /// Whether it is said once and holds until somebody says otherwise: an edge, a place, a decision, what was used. All
    /// else is observed again and again, or no longer true.
    public var isSaidOnce: Bool {
        switch body {
        case .edge, .location, .decision, .knowledge: true
        default: false
        }
    }
}

extension Hospital {
    /// Whether a hospital that never learnt this observation would lack something since `oldest`. To learn it a second time
    /// changes nothing.
    public func needs(_ observation: Observation, since oldest: Timestamp) -> Bool {
        switch observation.body {
        case .edge(let edge): edges.tells(edge, site: observation.site, at: observation.occurred, since: oldest)
        case .location(.stands(let location)): places[location.id] == location
        // A place that is gone is missed by nobody who never heard of it.
        case .location(.gone): false
        case .decision(let decision):
            inventory.holds(decision, occurred: observation.occurred, site: observation.site)
        case .knowledge(let used): knowledge[used.name] == used.digest
        default: false
        }
    }
}
