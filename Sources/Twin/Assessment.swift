//===----------------------------------------------------------------------===//
// Wardlight · Twin
//
// Assessment: what the lists mean for what was seen: weaknesses, weak controls, risk, declared against seen, the answers.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Defense
import Model

extension Hospital {
    /// The whole answer with all that is judged from lists, of the newest moment observed or of `now`.
    ///
    /// Costs a few microseconds a device, and one walk through the declared list.
    public func assess(now: Timestamp? = nil) -> InventorySnapshot {
        var snapshot = snapshot()
        let moment = now ?? newest ?? .epoch
        snapshot.weakControls = SwitchControls.findings(
            map: snapshot.network ?? NetworkMap(), devices: snapshot.devices, plan: lists.plan)
        addRisks(to: &snapshot, moment)
        snapshot.answers = AnswerSheet(snapshot, lists: lists, moment: moment).answers
        return snapshot
    }

    private func addRisks(to snapshot: inout InventorySnapshot, _ moment: Timestamp) {
        for index in snapshot.devices.indices where !snapshot.devices[index].isStub {
            let device = snapshot.devices[index]
            snapshot.devices[index].risk = Risk(of: device, signs: lists.signs(of: device, moment))
        }
    }
}

extension Lists {
    /// What makes harm likelier at a device.
    func signs(of device: Device, _ moment: Timestamp) -> LikelihoodSigns {
        LikelihoodSigns(
            weaknesses: device.weaknesses, weakControls: device.weakControls,
            rogue: device.findings.filter { FindingKind.isRogue($0.rule) },
            unsupported: nil)
    }
}
