//===----------------------------------------------------------------------===//
// Wardlight · Twin
//
// What has to be said so that the places of the log become those of the settings?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension Places {
    /// Reports that bring these places to the ones that are wanted, and no more: what is as wanted is not said again.
    ///
    /// What goes is told first, inner places before those that hold them, so that nothing hangs in the air; then what is
    /// new or different, in the order in which it is wanted (outer places first). Of an id that is wanted twice the first
    /// counts.
    public func difference(to wanted: [Location]) -> [LocationReport] {
        var ids: Set<String> = []
        var standing: [LocationReport] = []
        for location in wanted where ids.insert(location.id).inserted && self[location.id] != location {
            standing.append(.stands(location))
        }
        var leaving: [(depth: Int, id: String)] = []
        for location in all where !ids.contains(location.id) {
            leaving.append((path(to: location.id).count, location.id))
        }
        leaving.sort { $0.depth == $1.depth ? $0.id < $1.id : $0.depth > $1.depth }
        return leaving.map { LocationReport.gone($0.id) } + standing
    }
}
