//===----------------------------------------------------------------------===//
// Wardlight · Defense
//
// Peripherals: what hung on each endpoint, from report to report.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// How much is kept. 20,000 endpoints with a dozen devices each fit three times.
public struct PeripheralLimits: Sendable, StateGiven {
    public var hosts = 65_536
    /// Different devices that ever hung on one endpoint.
    public var devicesOfAHost = 512
    /// The same of all endpoints together.
    public var devices = 800_000
    /// Devices of one endpoint that became something else.
    public var changesOfAHost = 64

    public init() {}
}

/// Learns reports of peripherals and names what does not fit. The same observations in the same order, the same findings.
///
/// What was seen once is kept: a device that was there for five minutes is found all the same.
public struct PeripheralWatch: Sendable, Codable {
    public let limits: PeripheralLimits
    var hosts: [HostKey: Host] = [:]
    private var devices = 0
    /// Hosts, devices and changes that found no room.
    public private(set) var overflow: UInt64 = 0

    public init(limits: PeripheralLimits = PeripheralLimits()) { self.limits = limits }

    public struct HostKey: Hashable, Comparable, Sendable, Codable {
        public var site: String
        public var hardware: HardwareAddress

        public init(site: String, hardware: HardwareAddress) {
            self.site = site
            self.hardware = hardware
        }
        public static func < (one: Self, other: Self) -> Bool {
            (one.site, one.hardware) < (other.site, other.hardware)
        }
    }

    /// One device at one endpoint.
    struct Seen: Sendable, Codable {
        var span: Observation.Span
        /// Keyboards that went when this one came; at most four.
        var insteadOf: [Peripheral] = []
    }

    /// A device that became something else between two reports.
    struct Change: Hashable, Sendable, Codable {
        var before: Peripheral
        var after: Peripheral
        var time: Timestamp
    }

    struct Host: Sendable, Codable {
        var name: String?
        var cards: [HardwareAddress]
        /// Time of the oldest report, whichever came first, and of the newest.
        var first: Timestamp
        var last: Timestamp
        var now: [Peripheral]
        var seen: [Peripheral: Seen] = [:]
        var changes: [Change] = []

        /// There when the endpoint reported first.
        func isFirst(_ seen: Seen) -> Bool { seen.span.first <= first }
    }

    /// Whether anybody reported.
    public var isEmpty: Bool { hosts.isEmpty }

    /// Takes one observation in; all that are no reports of peripherals pass by.
    public mutating func learn(_ observation: Observation) {
        guard case .peripherals(let report) = observation.body, let hardware = report.host.hardware else { return }
        let key = HostKey(site: observation.site, hardware: hardware)
        let time = observation.occurred
        guard var host = hosts.removeValue(forKey: key) else {
            guard hosts.count < limits.hosts else { return overflow &+= 1 }
            var host = Host(
                name: report.hostName, cards: report.cards, first: time, last: time, now: report.peripherals)
            for peripheral in report.peripherals { keep(peripheral, time, in: &host) }
            hosts[key] = host
            return
        }
        // A report that comes late tells what was there, not what changed.
        if time >= host.last {
            for change in Self.changes(from: host.now, to: report.peripherals, at: time)
            where !host.changes.contains(where: { $0.before == change.before && $0.after == change.after }) {
                guard host.changes.count < limits.changesOfAHost else {
                    overflow &+= 1
                    break
                }
                host.changes.append(change)
            }
        }
        if time < host.first { Self.precede(report.peripherals, at: time, in: &host) }
        let gone = time < host.last ? [] : host.now.filter { $0.isKeyboard && !report.peripherals.contains($0) }
        for peripheral in report.peripherals {
            let isNew = host.seen[peripheral] == nil
            keep(peripheral, time, in: &host)
            if isNew, peripheral.isKeyboard { host.seen[peripheral]?.insteadOf = Array(gone.prefix(4)) }
        }
        if time >= host.last {
            host.now = report.peripherals
            host.last = time
            host.name = report.hostName ?? host.name
            host.cards = report.cards
        }
        hosts[key] = host
    }

    /// A report that is older than all so far: what the first one had besides came after it, instead of what went.
    private static func precede(_ older: [Peripheral], at time: Timestamp, in host: inout Host) {
        let there = Set(older)
        let gone = older.filter { peripheral in
            peripheral.isKeyboard && host.seen[peripheral].map { !host.isFirst($0) } ?? true
        }
        for (peripheral, seen) in host.seen where host.isFirst(seen) && peripheral.isKeyboard {
            if !there.contains(peripheral) { host.seen[peripheral]?.insteadOf = Array(gone.prefix(4)) }
        }
        for peripheral in older { host.seen[peripheral]?.insteadOf = [] }
        host.first = time
    }

    private mutating func keep(_ peripheral: Peripheral, _ time: Timestamp, in host: inout Host) {
        if host.seen[peripheral] != nil {
            host.seen[peripheral]?.span.include(time)
        } else if host.seen.count < limits.devicesOfAHost, devices < limits.devices {
            devices += 1
            host.seen[peripheral] = Seen(span: Observation.Span(first: time, last: time))
        } else {
            overflow &+= 1
        }
    }

    // MARK: What became something else

    /// Devices that were one thing in the report before and are another now: the same serial number under another
    /// maker's number, or the same number in the same socket with other abilities.
    static func changes(from before: [Peripheral], to after: [Peripheral], at time: Timestamp) -> [Change] {
        let was = Set(before)
        let new = after.filter { !was.contains($0) }
        if new.isEmpty { return [] }
        let still = Set(after)
        let gone = before.filter { !still.contains($0) }
        return new.compactMap { device in
            gone.first { isSame($0, device) && isOther($0, device) }.map {
                Change(before: $0, after: device, time: time)
            }
        }
    }

    /// Whether two devices can be one: nothing but a serial number or a maker's number in the same socket tells.
    private static func isSame(_ before: Peripheral, _ after: Peripheral) -> Bool {
        if let serial = before.serial, serial == after.serial, isTelling(serial) { return true }
        guard before.path == after.path, before.vendorId == after.vendorId else { return false }
        return before.productId == after.productId || before.serial == nil && after.serial == nil
    }

    private static func isOther(_ before: Peripheral, _ after: Peripheral) -> Bool {
        if before.vendorId != after.vendorId { return true }
        if after.isKeyboard && !before.isKeyboard { return true }
        let wasInput = before.isKeyboard || before.interfaces.contains { $0.kind == 0x03 }
        return wasInput && (after.isStorage && !before.isStorage || after.isNetworkCard && !before.isNetworkCard)
    }

    /// Whether a serial number can name one device: eight characters, five of them different, no date and no counting.
    static func isTelling(_ serial: String) -> Bool {
        let plain = serial.uppercased().filter { $0.isLetter || $0.isNumber }
        guard plain.utf8.count >= 8, Set(plain.utf8).count >= 5 else { return false }
        if plain.allSatisfy(\.isNumber), plain.hasPrefix("19") || plain.hasPrefix("20") { return false }
        let counted = ["0123456789ABCDEF", "123456789ABCDEF0", "9876543210", "1234567890", "ABCDEFGH"]
        return !counted.contains { $0.hasPrefix(plain) || plain.hasPrefix($0.prefix(8)) }
    }

    // MARK: Answers

    /// What hangs on the endpoint that has one of these cards now, and when that was said.
    public func now(site: String, cards: [HardwareAddress]) -> (peripherals: [Peripheral], at: Timestamp)? {
        for card in cards {
            if let host = hosts[HostKey(site: site, hardware: card)] { return (host.now, host.last) }
        }
        return nil
    }
}
