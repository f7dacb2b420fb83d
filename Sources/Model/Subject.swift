//===----------------------------------------------------------------------===//
// Wardlight · Model
//
// Who a fact is about.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// Who was seen, as far as the packet itself tells.
///
/// A station on the wire has a hardware address, a network address or both. A device that only speaks through a
/// gateway (an infusion pump behind an HL7 gateway) has the gateway's addresses and a `child` identifier of its own.
public struct Subject: Hashable, Sendable {
    /// Nil where the link has none (raw IP, loopback) or where it names nobody (zero, group).
    public var hardware: HardwareAddress?
    public var network: IPAddress?
    /// Identifier of a device behind this station, with its kind in front: `eui64:00A037009A0053DE`, `serial:…`, `udi:…`.
    public var child: String?

    public init(hardware: HardwareAddress? = nil, network: IPAddress? = nil, child: String? = nil) {
        self.hardware = hardware
        self.network = network
        self.child = child
    }
}
