//===----------------------------------------------------------------------===//
// Wardlight · Settings
//
// What is allowed, and what is medical, in the settings.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Yams

extension SettingsReader {
    mutating func allowed(_ node: Node, _ allowed: inout Allowances) {
        guard let values = mapping(node, "allowed", keys: ["smallSwitches", "peripherals"]) else { return }
        if let node = values["smallSwitches"] {
            for entry in list(node, "allowed: smallSwitches", most: SettingsFile.mostAllowances) {
                guard let parts = mapping(entry, "allowed: smallSwitches", keys: ["switch", "port"]) else { continue }
                guard let agentNode = parts["switch"], let portNode = parts["port"],
                    let agent = text(agentNode, "allowed: switch"), let port = text(portNode, "allowed: port")
                else {
                    complain(entry, "allowed: smallSwitches takes {switch: NAME, port: NAME}.")
                    continue
                }
                allowed.smallSwitches.append(Allowances.Port(agent: agent, port: port))
            }
        }
        if let node = values["peripherals"] {
            for entry in list(node, "allowed: peripherals", most: SettingsFile.mostAllowances) {
                if let kind = peripheral(entry) { allowed.peripherals.append(kind) }
            }
            allowed.peripherals = Array(Set(allowed.peripherals)).sorted()
        }
    }

    /// `zones: {imaging: [switch-1, switch-2]}`; a switch is in one zone.
    mutating func zones(_ node: Node, _ allowed: inout Allowances) {
        guard case .mapping(let mapping) = node else {
            return complain(node, "zones takes names, each with a list of switches.")
        }
        guard mapping.count <= SettingsFile.mostZones else {
            return complain(node, "zones holds \(mapping.count) names; at most \(SettingsFile.mostZones) are read.")
        }
        for (key, value) in mapping {
            guard let zone = text(key, "zones") else { continue }
            for entry in list(value, "zones: \(Self.shown(zone))", most: SettingsFile.mostAllowances) {
                guard let agent = text(entry, "zones: \(Self.shown(zone))") else { continue }
                if let other = allowed.zones.updateValue(zone, forKey: agent), other != zone {
                    complain(entry, "zones: \(Self.shown(agent)) is in \(Self.shown(other)) already; leave one out.")
                }
            }
        }
    }

    /// `05e0:1200`, or `05e0` for all of a maker's.
    private mutating func peripheral(_ node: Node) -> Allowances.PeripheralKind? {
        if case .scalar(let scalar) = node {
            let parts = scalar.string.split(separator: ":", omittingEmptySubsequences: false)
            let numbers = parts.map { part in
                part.utf8.count == 4 && !part.hasPrefix("+") && !part.hasPrefix("-") ? UInt16(part, radix: 16) : nil
            }
            if parts.count == 1, let vendor = numbers[0] {
                return Allowances.PeripheralKind(vendorId: vendor, productId: nil)
            }
            if parts.count == 2, let vendor = numbers[0], let product = numbers[1] {
                return Allowances.PeripheralKind(vendorId: vendor, productId: product)
            }
        }
        complain(
            node, "allowed: peripherals takes the maker's and the product's number as lsusb shows them: \"05e0:1200\".")
        return nil
    }

    mutating func medical(_ node: Node, _ allowed: inout Allowances) {
        guard let values = mapping(node, "medical", keys: ["networks", "hardware", "objects"]) else { return }
        if let node = values["networks"] {
            for entry in list(node, "medical: networks", most: SettingsFile.mostAllowances) {
                if let range = networkRange(entry) { allowed.medicalNetworks.append(range) }
            }
        }
        if let node = values["hardware"] {
            for entry in list(node, "medical: hardware", most: SettingsFile.mostAllowances) {
                if let prefix = hardwarePrefix(entry) { allowed.medicalHardware.append(prefix) }
            }
        }
        if let node = values["objects"] {
            for entry in list(node, "medical: objects", most: SettingsFile.mostAllowances) {
                if let numbers = objectNumbers(entry) { allowed.medicalObjects.append(numbers) }
            }
        }
    }

    private mutating func networkRange(_ node: Node) -> Allowances.NetworkRange? {
        if case .scalar(let scalar) = node {
            let parts = scalar.string.split(separator: "/", omittingEmptySubsequences: false)
            if parts.count == 2, let start = IPAddress(String(parts[0])), let length = Int(parts[1]),
                length >= 0, length <= (start.isV4 ? 32 : 128)
            {
                return Allowances.NetworkRange(start: start, length: length)
            }
        }
        complain(node, "medical: networks takes ranges such as 10.20.0.0/16.")
        return nil
    }

    private mutating func hardwarePrefix(_ node: Node) -> Allowances.HardwarePrefix? {
        if case .scalar(let scalar) = node {
            let parts = scalar.string.split(omittingEmptySubsequences: false) { $0 == ":" || $0 == "-" }
            let octets = parts.compactMap { $0.utf8.count == 2 ? UInt8($0, radix: 16) : nil }
            if octets.count == parts.count, (3...6).contains(octets.count) {
                let bits = octets.reduce(UInt64(0)) { $0 << 8 | UInt64($1) } << UInt64(48 - 8 * octets.count)
                return Allowances.HardwarePrefix(bits: bits, length: 8 * octets.count)
            }
        }
        complain(node, "medical: hardware takes the first three to six octets of addresses, such as \"00:09:fb\".")
        return nil
    }

    private mutating func objectNumbers(_ node: Node) -> [UInt32]? {
        if case .scalar(let scalar) = node {
            let parts = scalar.string.split(separator: ".", omittingEmptySubsequences: true)
            let numbers = parts.compactMap { UInt32($0) }
            if numbers.count == parts.count, (7...128).contains(numbers.count),
                numbers.starts(with: [1, 3, 6, 1, 4, 1])
            {
                return numbers
            }
        }
        complain(node, "medical: objects takes beginnings of sysObjectID such as 1.3.6.1.4.1.12345.")
        return nil
    }
}
