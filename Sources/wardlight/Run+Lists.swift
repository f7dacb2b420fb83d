//===----------------------------------------------------------------------===//
// Wardlight · the command
//
// One run, judged: what was seen, held against what was imported and declared.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Library
import Model
import Reports
import Twin

extension Run {
    /// The whole answer with weaknesses, risks and the seven answers.
    ///
    /// - Parameter isBrief: leaves out what only a device's own story tells, where nobody asks for that.
    mutating func assess(_ options: ListOptions, isBrief: Bool = false) throws -> InventorySnapshot {
        try take(lists: options)
        return hospital.assess(now: options.now.flatMap { Timestamp(rfc3339: $0) }, isBrief: isBrief)
    }

    /// The same answer naming nobody; the seven answers are made anew from what is left.
    func anonymised(_ snapshot: InventorySnapshot) throws -> InventorySnapshot {
        let anonymiser = Anonymiser(seed: try PersonKey.load().bytes)
        var hidden = anonymiser.anonymise(snapshot)
        var lists = hospital.lists
        lists.plan = anonymiser.anonymise(lists.plan)
        hidden.answers = snapshot.answers.map { lists.answers(of: hidden, at: $0.asOf) }
        return hidden
    }

    /// What is to be done about weak devices; naming nobody where that is asked for.
    func patches(of snapshot: InventorySnapshot, isAnonymised: Bool) throws -> PatchList {
        var lists = Lists()
        lists.plan = plan
        let moment = snapshot.answers?.asOf ?? .epoch
        guard isAnonymised else { return lists.patches(of: snapshot, at: moment) }
        let anonymiser = Anonymiser(seed: try PersonKey.load().bytes)
        lists.plan = anonymiser.anonymise(plan)
        return lists.patches(of: anonymiser.anonymise(snapshot), at: moment)
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
