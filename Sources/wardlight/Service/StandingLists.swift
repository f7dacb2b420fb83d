//===----------------------------------------------------------------------===//
// Wardlight · the command
//
// Lists that the hospital is held against, as they are at the start.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Defense
import Inventory
import Library
import Model
import Settings
import Twin

/// What was imported and declared; all of it is named in the log by its digest.
struct StandingLists: Sendable {
    let lists: Lists
    let usb: (knowledge: PeripheralKnowledge, names: USBNames)
    let allowances: Allowances
    let used: [Observation.Knowledge]

    init(_ options: ListOptions, _ settings: SettingsFile?) throws {
        var lists = Lists()
        var plan = settings?.plan ?? SitePlan()
        plan.expect(settings?.switches ?? [])
        lists.plan = plan
        let vendors = VendorList.load(own: PrefixLibrary.ownFolder(), note: Output.note)
        lists.vendors = vendors.names
        let advisories = try options.advisories.load()
        lists.use(advisories)
        let lifecycles = LifecycleLibrary.load(own: PrefixLibrary.ownFolder(), note: Output.note)
        lists.lifecycles = lifecycles.lifecycles
        let peripherals = PeripheralLibrary.load(own: PrefixLibrary.ownFolder(), note: Output.note)
        var used = vendors.used + lifecycles.used + peripherals.used
        if !advisories.isEmpty { used.append(Observation.Knowledge(name: "advisories", digest: advisories.digest)) }
        if let list = try options.declared.load(columns: plan.columns) {
            lists.declared = list
            used.append(Observation.Knowledge(name: DeclaredLibrary.knowledge, digest: list.digest))
        }
        allowances = settings?.allowed ?? Allowances()
        used.append(Observation.Knowledge(allowances, plan))
        usb = (peripherals.knowledge, peripherals.names)
        self.lists = lists
        self.used = used
    }

    /// A hospital that has learnt nothing and is held against these lists.
    func hospital(_ knowledge: KnowledgeBase, devices: Int) -> Hospital {
        var hospital = Hospital(knowledge: knowledge, limits: InventoryLimits(devices: devices))
        give(to: &hospital)
        return hospital
    }

    func give(to hospital: inout Hospital) {
        hospital.lists = lists
        hospital.allowances = allowances
        (hospital.usbKnowledge, hospital.usbNames) = usb
    }
}
