//===----------------------------------------------------------------------===//
// Wardlight · Twin
//
// Assessment: what the lists mean for what was seen: weaknesses, weak controls, risk, declared against seen, the answers.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Defense
import Ledger
import Model

extension Hospital {
    /// The whole answer with all that is judged from lists, of the newest moment observed or of `now`.
    ///
    /// Costs a few microseconds a device, and one walk through the declared list.
    ///
    /// - Parameters:
    ///   - isBrief: as in `snapshot(isBrief:)`.
    ///   - hasAnswers: whether the seven questions are answered, too: an eighth of the time.
    public func assess(
        now: Timestamp? = nil, isBrief: Bool = false, hasAnswers: Bool = true
    ) -> InventorySnapshot {
        assess(devices(.all, isBrief: isBrief), now: now, isBrief: isBrief, hasAnswers: hasAnswers)
    }

    /// The same of all devices, in order, that were judged one by one already.
    func assess(
        _ judged: consuming Judged, now: Timestamp?, isBrief: Bool, hasAnswers: Bool
    ) -> InventorySnapshot {
        var snapshot = snapshot(of: judged)
        let moment = now ?? newest ?? .epoch
        register.complete(&snapshot, at: moment)
        snapshot.weakControls = SwitchControls.findings(
            map: snapshot.network ?? NetworkMap(), devices: snapshot.devices, plan: lists.plan)
        reconcile(&snapshot, moment)
        lists.addWeaknesses(to: &snapshot, exposures)
        snapshot.count(.exposures, exposures.overflow)
        addRisks(to: &snapshot, moment, isBrief: isBrief)
        if hasAnswers { snapshot.answers = lists.answers(of: snapshot, at: moment) }
        return snapshot
    }

    /// Holds what was seen against what was declared, where a list was given.
    private func reconcile(_ snapshot: inout InventorySnapshot, _ moment: Timestamp) {
        guard let declared = lists.declared else { return }
        let reconciliation = Reconciler(plan: lists.plan, vendors: lists.vendors)
            .reconcile(declared.assets, with: snapshot.devices, network: snapshot.network, at: moment)
        for (place, finding) in reconciliation.retiredFindings(declared.assets, snapshot.devices) {
            snapshot.devices[place].findings.append(finding)
        }
        snapshot.declared = declared
        snapshot.reconciliation = reconciliation
    }

    private func addRisks(to snapshot: inout InventorySnapshot, _ moment: Timestamp, isBrief: Bool) {
        for index in snapshot.devices.indices where !snapshot.devices[index].isStub {
            let risk = risk(of: snapshot.devices[index], at: moment)
            snapshot.devices[index].risk = isBrief ? risk.brief : risk
        }
    }

    private func risk(of device: Device, at moment: Timestamp) -> Risk {
        Risk(of: device, signs: lists.signs(of: device, moment))
    }

    /// A device of a brief snapshot with all that was left out. It is judged once more: some tens of microseconds.
    ///
    /// - Parameter at: the moment at which the snapshot was judged; the newest observed when nil.
    public func told(_ brief: Device, at moment: Timestamp? = nil) -> Device {
        var device = inventory.told(brief)
        if device.risk != nil { device.risk = risk(of: device, at: moment ?? newest ?? .epoch) }
        return device
    }
}

extension Lists {
    /// The seven answers of a snapshot that was judged.
    public func answers(of snapshot: InventorySnapshot, at moment: Timestamp) -> Answers {
        AnswerSheet(snapshot, lists: self, moment: moment).answers
    }

    /// What makes harm likelier at a device.
    func signs(of device: Device, _ moment: Timestamp) -> LikelihoodSigns {
        LikelihoodSigns(
            weaknesses: device.weaknesses, weakControls: device.weakControls,
            rogue: device.findings.filter { FindingKind.isRogue($0.rule) },
            unsupported: unsupportedSystem(of: device, moment),
            oldFirmware: device.weaknesses.lazy.compactMap { $0.oldFirmware(at: moment) }.first)
    }

    /// Its system, where that gets no updates any more; a system that is only guessed at says nothing.
    private func unsupportedSystem(of device: Device, _ moment: Timestamp) -> String? {
        guard let system = device.judgements[.os], system.confidence >= Self.sureSystem else { return nil }
        return lifecycles.unsupported(system.value, at: moment)
    }

    /// From this confidence on, in parts of 1000, a system is held against the list: one clear text is enough.
    private static let sureSystem = 800
}
