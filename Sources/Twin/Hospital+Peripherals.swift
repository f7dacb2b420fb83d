//===----------------------------------------------------------------------===//
// Wardlight · Twin
//
// Peripherals in the answer: which device of the inventory does each hang on, and is that one a clinical workstation?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Defense
import Model

extension Hospital {
    /// Whether any endpoint reported, so that it is worth while to know USB devices.
    public var hasPeripherals: Bool { !peripherals.isEmpty }

    /// Lets peripherals and what speaks against them stand with their devices.
    func addPeripherals(to snapshot: inout InventorySnapshot) {
        guard !peripherals.isEmpty else { return }
        snapshot.count(.peripherals, peripherals.overflow)
        var places: [PeripheralWatch.HostKey: Int] = [:]
        for (place, device) in snapshot.devices.enumerated() {
            for card in device.mac { places[PeripheralWatch.HostKey(site: device.site, hardware: card)] = place }
            if let now = peripherals.now(site: device.site, cards: device.mac) {
                snapshot.devices[place].peripherals = now.peripherals
                snapshot.devices[place].peripheralsSeen = now.at
            }
        }
        func place(_ site: String, _ cards: [HardwareAddress]) -> Int? {
            cards.lazy.compactMap { places[PeripheralWatch.HostKey(site: site, hardware: $0)] }.first
        }
        let devices = snapshot.devices
        let found = peripherals.findings(
            knowledge: usbKnowledge, names: usbNames, allowed: allowances.peripherals
        ) { site, cards in
            place(site, cards).map { Self.kind(of: devices[$0]) } ?? .other
        }
        for (site, finding) in found {
            snapshot.findings.append(finding)
            if let place = place(site, finding.addresses) { snapshot.devices[place].findings.append(finding) }
        }
    }

    private static let clinicalProtocols: Set<String> = ["dicom", "hl7", "sdc", "poct1", "astm", "intellivue"]

    /// A workstation is clinical by its bed, by what it speaks, or by what it is.
    private static func kind(of device: Device) -> EndpointKind {
        if device.deviceClass == .medical || !device.locations.isEmpty { return .clinical }
        if device.services.contains(where: { clinicalProtocols.contains($0.service.name) }) { return .clinical }
        let words = [Attribute.type, .role].compactMap { device.judgements[$0]?.value.lowercased() }
        if words.contains(where: { $0.contains("clinical") || $0.contains("imaging") || $0.contains("nurse") }) {
            return .clinical
        }
        let isServer = words.contains { $0.contains("server") || $0.contains("hypervisor") }
        return isServer || [.network, .building, .iot].contains(device.deviceClass) ? .unattended : .other
    }
}
