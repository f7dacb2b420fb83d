//===----------------------------------------------------------------------===//
// Wardlight · Defense
//
// What is seen of a device that advisories can be held against.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// The texts of a device that decide which rows concern it. Devices with the same texts have the same candidates.
struct Names: Hashable, Sendable {
    var vendor: String?
    var model: String?
    /// Without a model: what it was taught to be called.
    var label: String?
    var system: String?
    var role: String?
    /// Kind and model of each component.
    var components: [String]
}

/// A device's texts, versions among them.
struct Seen {
    let vendor: String?
    let model: String?
    let firmware: String?
    let system: String?
    let components: [Device.Component]
    /// Nil where nothing is known that a row could name.
    let names: Names?

    init(_ device: Device) {
        func value(_ attribute: Attribute) -> String? {
            device.judgements[attribute].flatMap { $0.value.isEmpty ? nil : $0.value }
        }
        vendor = value(.vendor)
        model = value(.model)
        firmware = value(.firmware)
        system = value(.os)
        components = device.components
        let label = model == nil ? device.label?.value : nil
        let role = value(.role)
        guard model != nil || label != nil || role != nil || !components.isEmpty || (vendor != nil && system != nil)
        else {
            names = nil
            return
        }
        names = Names(
            vendor: vendor, model: model, label: label, system: system, role: role,
            components: components.map { Self.name($0) })
    }

    /// `wireless module SpaceCom 2`.
    static func name(_ component: Device.Component) -> String {
        component.model.map { "\(component.kind) \($0)" } ?? component.kind
    }
}
