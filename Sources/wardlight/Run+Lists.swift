//===----------------------------------------------------------------------===//
// Wardlight · the command
//
// One run, judged: what was seen, held against what was imported and declared.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Twin

extension Run {
    /// The whole answer with weaknesses, risks and the seven answers.
    func assess(_ options: ListOptions) throws -> InventorySnapshot {
        var hospital = self.hospital
        hospital.lists.plan = plan
        return hospital.assess(now: options.now.flatMap { Timestamp(rfc3339: $0) })
    }
}

extension SitePlan {
    /// What is asked is expected to answer; and a community with which every switch is sold is no secret.
    mutating func expect(_ targets: [SwitchTarget]) {
        expectedSwitches += targets.map(\.agent)
        openlyAsked += targets.filter { target in
            if case .community(let secret) = target.credential {
                return secret.revealed() == "public" || secret.revealed() == "private"
            }
            return false
        }.map(\.agent)
    }
}
