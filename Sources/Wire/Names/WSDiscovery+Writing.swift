//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// WS-Discovery, the other way round: a printer or a medical device says that it is there.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

extension WSDiscovery {
    /// What a device says of itself (WS-Discovery 1.1, 4.1).
    public struct Device: Hashable, Sendable {
        /// A type by its namespace and its name, with the prefix that stands for the namespace.
        public struct Kind: Hashable, Sendable {
            public let prefix: String
            public let namespace: String
            public let name: String

            public init(prefix: String, namespace: String, name: String) {
                self.prefix = prefix
                self.namespace = namespace
                self.name = name
            }

            /// Every device of DPWS 1.1 is one.
            public static let device = Kind(
                prefix: "dpws", namespace: "http://docs.oasis-open.org/ws-dd/ns/dpws/2009/01", name: "Device")
            /// IEEE 11073-20702.
            public static let medicalDevice = Kind(
                prefix: "mdpws", namespace: SDC.namespace, name: SDC.medicalDevice)
        }

        /// `urn:uuid:…`
        public let address: String
        public let types: [Kind]
        public let scopes: [String]
        /// Where it answers: `https://10.3.4.5:6464/…`
        public let transports: [String]

        public init(address: String, types: [Kind], scopes: [String], transports: [String]) {
            self.address = address
            self.types = types
            self.scopes = scopes
            self.transports = transports
        }
    }

    /// Writes the multicast with which a device says that it is there.
    ///
    /// - Parameters:
    ///   - message: `urn:uuid:…`, another one for every message.
    ///   - instance: Grows whenever the device starts anew.
    public static func hello(_ device: Device, message: String, instance: UInt32 = 1, number: UInt32 = 1) -> [UInt8] {
        envelope(
            action: "Hello", to: "urn:docs-oasis-open-org:ws-dd:ns:discovery:2009:01", message: message,
            header: sequence(instance, number), body: "<d:Hello>\(description(of: device))</d:Hello>", device)
    }

    /// Writes the answer to a probe.
    public static func probeMatch(
        _ device: Device, message: String, relatesTo probe: String, instance: UInt32 = 1, number: UInt32 = 1
    ) -> [UInt8] {
        envelope(
            action: "ProbeMatches", to: "http://www.w3.org/2005/08/addressing/anonymous", message: message,
            header: "<a:RelatesTo>\(escaped(probe))</a:RelatesTo>" + sequence(instance, number),
            body: "<d:ProbeMatches><d:ProbeMatch>\(description(of: device))</d:ProbeMatch></d:ProbeMatches>", device)
    }

    /// Writes the multicast that looks for devices of some types.
    public static func probe(for types: [Device.Kind], message: String) -> [UInt8] {
        let sought = Device(address: "", types: types, scopes: [], transports: [])
        return envelope(
            action: "Probe", to: "urn:docs-oasis-open-org:ws-dd:ns:discovery:2009:01", message: message, header: "",
            body: "<d:Probe><d:Types>\(names(of: types))</d:Types></d:Probe>", sought)
    }

    // MARK: Parts

    private static func envelope(
        action: String, to receiver: String, message: String, header: String, body: String, _ device: Device
    ) -> [UInt8] {
        let namespaces = device.types.map { " xmlns:\($0.prefix)=\"\(escaped($0.namespace))\"" }.joined()
        let discovery = "http://docs.oasis-open.org/ws-dd/ns/discovery/2009/01"
        let text =
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
            + "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\""
            + " xmlns:a=\"http://www.w3.org/2005/08/addressing\" xmlns:d=\"\(discovery)\"\(namespaces)>"
            + "<s:Header><a:Action>\(discovery)/\(action)</a:Action><a:MessageID>\(escaped(message))</a:MessageID>"
            + "<a:To>\(receiver)</a:To>\(header)</s:Header><s:Body>\(body)</s:Body></s:Envelope>"
        return Array(text.utf8)
    }

    private static func sequence(_ instance: UInt32, _ number: UInt32) -> String {
        "<d:AppSequence InstanceId=\"\(instance)\" MessageNumber=\"\(number)\"/>"
    }

    private static func description(of device: Device) -> String {
        "<a:EndpointReference><a:Address>\(escaped(device.address))</a:Address></a:EndpointReference>"
            + "<d:Types>\(names(of: device.types))</d:Types>"
            + "<d:Scopes>\(escaped(device.scopes.joined(separator: " ")))</d:Scopes>"
            + "<d:XAddrs>\(escaped(device.transports.joined(separator: " ")))</d:XAddrs>"
            + "<d:MetadataVersion>1</d:MetadataVersion>"
    }

    private static func names(of types: [Device.Kind]) -> String {
        types.map { "\($0.prefix):\($0.name)" }.joined(separator: " ")
    }

    private static func escaped(_ text: String) -> String {
        var safe = ""
        for character in text {
            switch character {
            case "&": safe += "&amp;"
            case "<": safe += "&lt;"
            case ">": safe += "&gt;"
            case "\"": safe += "&quot;"
            default: safe.append(character)
            }
        }
        return safe
    }
}
