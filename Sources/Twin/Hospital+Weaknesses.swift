//===----------------------------------------------------------------------===//
// Wardlight · Twin
//
// Weaknesses: what the imported advisories mean for each device, and the work list that follows.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Defense
import Model

extension Lists {
    /// Reads the rows of all advisories once; `vendors` has to be set before.
    public mutating func use(_ set: AdvisorySet) {
        matcher = set.isEmpty ? nil : WeaknessMatcher(set: set, vendors: vendors)
        advisories = set.advisories.count
        advisoriesAsOf = set.asOf
    }

    /// Fills the weaknesses of every device.
    func addWeaknesses(to snapshot: inout InventorySnapshot, _ exposures: ExposureWatch = ExposureWatch()) {
        guard var matcher else { return }
        for index in snapshot.devices.indices where !snapshot.devices[index].isStub {
            let device = snapshot.devices[index]
            snapshot.devices[index].weaknesses = matcher.weaknesses(
                of: device, exposure: exposure(of: device, exposures))
        }
    }

    /// Open where strangers share its network or reached it from outside, small where it has no network.
    private func exposure(of device: Device, _ exposures: ExposureWatch) -> Exposure {
        if let vlan = device.place?.vlan, plan.roles[vlan] == .guest {
            return Exposure(.open, because: "it is in the guest network, VLAN \(vlan)")
        }
        if let network = device.place?.wireless?.ssid, plan.guestNetworks.contains(network) {
            return Exposure(.open, because: "it is in the guest network \(network)")
        }
        if let reached = exposures.reached(device) { return reached }
        return Exposure.withoutNetwork(device) ?? .controlled
    }

    /// What is to be done about weak devices, by model and ward.
    public func patches(of snapshot: InventorySnapshot, at moment: Timestamp) -> PatchList {
        PatchPlanner.list(of: snapshot, plan: plan, at: moment)
    }
}
