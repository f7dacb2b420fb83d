//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Truth: the answer sheet of a simulated hospital, read back.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation

/// `truth.json`, as far as tests compare it.
public struct Truth: Sendable {
    public struct Device: Sendable {
        public var mac: [String]
        public var ipv4: [String]
        public var eui64: [String]
        public var names: [String]
        public var parent: String?
        public var deviceClass: String
        /// `vendor`, `type`, `model` …: what the traffic shows.
        public var known: [String: String]
        public var services: [String]
        public var packets: Int
        public var id: String
    }
    public var devices: [Device] = []
    public var isSynthetic = false

    public init(_ json: [UInt8]) throws {
        guard let root = try JSONSerialization.jsonObject(with: Data(json)) as? [String: Any],
            let list = root["devices"] as? [[String: Any]]
        else { throw CocoaError(.propertyListReadCorrupt) }
        isSynthetic = root["synthetic"] as? Bool ?? false
        devices = list.map { device in
            let addresses = device["addresses"] as? [String: [String]] ?? [:]
            var known: [String: String] = [:]
            for name in ["vendor", "type", "model", "os", "firmware", "serial", "role"] {
                known[name] = (device[name] as? [String: Any])?["value"] as? String
            }
            let services = (device["services"] as? [[String: Any]] ?? []).map { service in
                "\(service["protocol"] ?? "")/\(service["port"] ?? 0) \(service["side"] ?? "")"
            }
            return Device(
                mac: addresses["mac"] ?? [], ipv4: addresses["ipv4"] ?? [], eui64: addresses["eui64"] ?? [],
                names: device["names"] as? [String] ?? [], parent: device["parent"] as? String,
                deviceClass: device["class"] as? String ?? "", known: known, services: services,
                packets: device["packets"] as? Int ?? 0, id: device["id"] as? String ?? "")
        }
    }
}
