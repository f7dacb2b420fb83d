//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// A sighting: somebody else's system saw a device, and one line of JSON says so.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// One sighting; the form is fixed and described in `docs/sightings.md`.
///
/// ```
/// {"at":"2026-03-01T12:00:00Z","source":"rtls","mac":"00:0c:cc:01:02:03","type":"asset tag","place":"ICU 2"}
/// ```
///
/// There is no word here for a person or for the number of a telephone: what has no key cannot be kept.
public struct SightingLine: Hashable, Sendable {
    public static let format = "wardlight.sightings/1"

    /// Whose list it comes from.
    public enum Source: String, Hashable, Sendable, CaseIterable {
        case dhcpLease = "dhcp-lease"
        case radius, flow, rtls
        case bleGateway = "ble-gateway"
        case mdm, sim, other
    }

    /// What a Bluetooth address is (Bluetooth Core 5.4, vol. 6, part B, 1.3). Nothing in the address itself tells a public
    /// one from a random one.
    public enum BluetoothKind: String, Hashable, Sendable, CaseIterable {
        case `public`, `static`, resolvable, nonResolvable
    }

    /// Texts that a line may hold, by their keys, in the order in which they are written.
    public enum Text: String, Hashable, Sendable, CaseIterable {
        case bleName, name, vendor, model, type, os, firmware, serial, assetTag, accessPoint, ssid, vendorClass,
            clientId
    }

    /// A port of a service that it offers or uses: `tcp/443`.
    public struct Port: Hashable, Sendable, Comparable {
        public var transport: Service.Transport
        public var number: UInt16

        public init(_ transport: Service.Transport, _ number: UInt16) {
            self.transport = transport
            self.number = number
        }

        public var text: String { "\(transport.name)/\(number)" }
        public static func < (one: Self, other: Self) -> Bool {
            (one.transport.rawValue, one.number) < (other.transport.rawValue, other.number)
        }
    }

    public var at: Timestamp
    /// Where the line tells of several sightings at once.
    public var first: Timestamp?
    public var last: Timestamp?
    public var count: UInt64 = 1
    public var source: Source
    public var mac: HardwareAddress?
    public var ip: IPAddress?
    public var eui64: EUI64?
    public var imei: IMEI?
    public var iccid: ICCID?
    public var ble: HardwareAddress?
    public var bleKind: BluetoothKind?
    public var texts: [Text: String] = [:]
    public var place: SightingPlace?
    /// Who hears it, where it has no way of its own into the network.
    public var gateway: HardwareAddress?
    public var vlan: UInt16?
    public var serves: [Port] = []
    public var uses: [Port] = []

    public init(at: Timestamp, source: Source) {
        self.at = at
        self.source = source
    }

    /// How much one line may hold.
    public enum Limits {
        /// Octets: all keys with all their texts need a third of it.
        public static let line = 16_384
        /// As of every fact.
        public static let text = 256
        /// A thousand million: what counters of 32 bits hold.
        public static let count: UInt64 = 1 << 32
        /// Services, offered or used, of one line.
        public static let ports = 32
        /// Keys that nobody knows, by name; more are counted only.
        public static let unknownKeys = 32
    }

    public subscript(_ text: Text) -> String? {
        get { texts[text] }
        set {
            let clean = newValue.map { JSONText.clean($0, Limits.text) }
            texts[text] = clean?.isEmpty == false ? clean : nil
        }
    }

    /// Whether it names anything at all.
    public var hasIdentifier: Bool {
        mac != nil || ip != nil || eui64 != nil || imei != nil || iccid != nil || ble != nil || texts[.serial] != nil
            || texts[.assetTag] != nil
    }

    public var span: Observation.Span { Observation.Span(first: first ?? at, last: last ?? at) }
}
