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
    /// What has to be said again, in order, before these observations are no longer kept: those that were said once and
    /// without which a hospital that never learnt them would lack something since `oldest`. They keep their moments; what was
    /// said twice is said once. To learn them a second time changes nothing.
    public func remainder(of observations: [Observation], since oldest: Timestamp) -> [Observation] {
        var said: Set<Observation> = []
        var named: Set<String> = []
        var found: [Observation] = []
        // From behind: of what is named by its digest alone the last word counts.
        for observation in observations.reversed() where observation.isSaidOnce && needs(observation, since: oldest) {
            if case .knowledge(let used) = observation.body, !named.insert(used.name).inserted { continue }
            guard said.insert(observation).inserted else { continue }
            // Its end may be kept, and then comes before it: it has to be said behind it once more.
            if let end = ending(of: observation), said.insert(end).inserted { found.append(end) }
            found.append(observation)
        }
        return found.reversed()
    }

    /// Whether a hospital that never learnt this observation would lack something since `oldest`.
    func needs(_ observation: Observation, since oldest: Timestamp) -> Bool {
        switch observation.body {
        case .edge(let edge): edges.tells(edge, site: observation.site, at: observation.occurred, since: oldest)
        case .location(.stands(let location)): places.tells(location, at: observation.occurred)
        // A place that is gone is missed by nobody who never heard of it.
        case .location(.gone): false
        case .decision(let decision):
            inventory.holds(decision, occurred: observation.occurred, site: observation.site)
        case .knowledge(let used): knowledge[used.name] == used.digest
        default: false
        }
    }

    private func ending(of observation: Observation) -> Observation? {
        guard case .edge(var edge) = observation.body, !edge.isEnded,
            let moment = edges.ending(of: edge, site: observation.site, at: observation.occurred)
        else { return nil }
        edge.isEnded = true
        var end = observation
        (end.occurred, end.body) = (moment, .edge(edge))
        return end
    }
}
