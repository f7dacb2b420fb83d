//===----------------------------------------------------------------------===//
// Wardlight · Inventory
//
// Limits: how much may be remembered?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// Bounds of the fold. What is beyond them is counted, never silently lost.
///
/// With the standard limits a million different hardware addresses, every eighth with a name, cost some 40 MiB
/// (measured); with every table full at once it is about 110 MiB.
public struct InventoryLimits: Hashable, Sendable, Codable {
    /// Devices with everything about them. A large hospital has some ten thousand; when full, a quarter is demoted to
    /// stubs: those without protocol facts first, then the longest unseen, ties by address.
    public var records = 16_384
    /// Devices of which only address, span and counts are kept; when full, the oldest quarter is evicted and counted.
    public var stubs = 131_072
    /// Values a device may have of all fields together without further question.
    public var valuesPerDevice = 256
    /// Beyond `valuesPerDevice` a field still takes new values until it has this many of its own.
    public var valuesPerField = 64
    /// Never more values a device than this, whatever the fields.
    public var valuesPerDeviceAtMost = 1_024
    /// Services offered or used, per device.
    public var services = 64
    /// Addresses of a kind (IPv4, IPv6), per device.
    public var addresses = 16
    /// Octets of UTF-8 of one value.
    public var text = 256
    /// Octets of all interned values together, each with 160 for its book-keeping. Once half is used a device gets no
    /// more than `valuesPerDevice`, at three quarters no more than 64 values; when full, a quarter of the records is
    /// demoted.
    public var poolBytes = 32 << 20
    /// Entries (one value of one device) of all records together, 48 octets each. Full: as with the pool.
    public var entries = 393_216
    /// Network addresses whose holder is remembered: as many as records, four each. When full the oldest quarter goes.
    public var leases = 65_536
    /// Organisations (first 16 bits of IPv4, 48 of IPv6) whose public addresses are known to be of a site.
    public var organisations = 4_096
    /// Records that are one device together; the longest unseen is added to the oldest for good when there are more.
    public var members = 16
    /// Ties and barriers of one record.
    public var links = 64
    /// Decisions of people that are kept; a hospital makes some a day.
    public var decisions = 16_384
    /// Different names of oddities, of inputs and of sites.
    public var oddities = 1_024
    public var inputs = 1_024
    public var sites = 4_096
    /// Devices that people corrected: four times as many as there are records, some 20 MiB when each has a reason of
    /// full length. No person corrects so many.
    public var correctedDevices = 65_536

    public static let standard = InventoryLimits()
    /// Fewest and most devices that may be kept in full: below, a ward does not fit; beyond, one process is no place.
    public static let devices = 1_024...1_048_576

    public init() {}

    /// Limits for a house of so many devices, and the same proportions: some 10 KiB a device when every table is full.
    ///
    /// - Parameter devices: how many are kept in full; what is outside `Self.devices` is set to its nearest end.
    public init(devices: Int) {
        let devices = min(max(devices, Self.devices.lowerBound), Self.devices.upperBound)
        records = devices
        stubs = max(stubs, 2 * devices)
        poolBytes = max(poolBytes, 2_048 * devices)
        entries = max(entries, 24 * devices)
        leases = max(leases, 4 * devices)
        correctedDevices = max(correctedDevices, devices)
    }
}
