//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// IF-MIB and EtherLike-MIB: the ports, whether they are up, how fast, and what went wrong.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// One interface (RFC 2863), with its Ethernet counters (RFC 3635).
public struct Interface: Hashable, Sendable {
    public var ifIndex: UInt32
    public var descr: String?
    public var name: String?
    /// What its keeper calls it; may hold a person's name, so it is never put into an observation.
    public var alias: String?
    public var kind: UInt32?
    /// Bits a second.
    public var speed: UInt64?
    public var hardware: HardwareAddress?
    public var isEnabled: Bool?
    public var isUp: Bool?
    /// sysUpTime at the last change, in hundredths of a second.
    public var lastChange: UInt32?
    public var octetsIn: UInt64?
    public var octetsOut: UInt64?
    public var errorsIn: UInt64?
    public var errorsOut: UInt64?
    public var duplex: SwitchPort.Duplex?
    public var badFrames: UInt64?
    public var lateCollisions: UInt64?
    /// Frames to one address; group addresses say little of the device, for its switch floods them.
    public var framesIn: UInt64?
    public var framesOut: UInt64?
    /// ifIndex of the bundle of links that it belongs to (dot3adAggPortAttachedAggID).
    public var bundle: UInt32?

    init(_ ifIndex: UInt32) { self.ifIndex = ifIndex }

    /// What people call it.
    public var title: String { name ?? descr ?? String(ifIndex) }
    /// ethernetCsmacd, and the older names of fast and gigabit Ethernet (IANAifType).
    public var isEthernet: Bool { kind == 6 || kind == 62 || kind == 69 || kind == 117 }

    private static let entry: ObjectName = [1, 3, 6, 1, 2, 1, 2, 2, 1]
    private static let longEntry: ObjectName = [1, 3, 6, 1, 2, 1, 31, 1, 1, 1]
    private static let ethernet: ObjectName = [1, 3, 6, 1, 2, 1, 10, 7, 2, 1]
    /// dot3adAggPortTable of IEEE8023-LAG-MIB.
    private static let bundled: ObjectName = [1, 2, 840, 10006, 300, 43, 1, 2, 1, 1]

    /// All interfaces in order of their numbers; recordings may lack any column, also ifIndex itself.
    static func read(_ rows: SNMPRows) -> [Interface] {
        var found: [UInt32: Interface] = [:]
        func each(_ entry: ObjectName, _ number: UInt32, _ change: (inout Interface, SNMPValue) -> Void) {
            for cell in rows.column(entry, number) {
                guard cell.index.count == 1, let ifIndex = cell.index.first, ifIndex > 0 else { continue }
                change(&found[ifIndex, default: Interface(ifIndex)], cell.value)
            }
        }
        each(entry, 1) { _, _ in }
        each(entry, 2) { $0.descr = $1.text }
        each(entry, 3) { $0.kind = $1.number.flatMap(UInt32.init(exactly:)) }
        // 4,294,967,295 means: too fast for this column (RFC 2863, ifSpeed).
        each(entry, 5) { $0.speed = $1.number.flatMap { $0 >= 0xFFFF_FFFF ? nil : UInt64(exactly: $0) } }
        each(entry, 6) { $0.hardware = $1.hardware.flatMap { $0.isIndividual ? $0 : nil } }
        each(entry, 7) { $0.isEnabled = $1.number.map { $0 == 1 } }
        each(entry, 8) { $0.isUp = $1.number.flatMap { $0 == 4 ? nil : $0 == 1 } }
        each(entry, 9) { $0.lastChange = $1.number.flatMap(UInt32.init(exactly:)) }
        each(entry, 10) { $0.octetsIn = $1.number.flatMap(UInt64.init(exactly:)) }
        each(entry, 14) { $0.errorsIn = $1.number.flatMap(UInt64.init(exactly:)) }
        each(entry, 16) { $0.octetsOut = $1.number.flatMap(UInt64.init(exactly:)) }
        each(entry, 20) { $0.errorsOut = $1.number.flatMap(UInt64.init(exactly:)) }
        each(entry, 11) { $0.framesIn = $1.number.flatMap(UInt64.init(exactly:)) }
        each(entry, 17) { $0.framesOut = $1.number.flatMap(UInt64.init(exactly:)) }
        each(longEntry, 1) { $0.name = $1.text }
        each(longEntry, 6) { $0.octetsIn = $1.number.flatMap(UInt64.init(exactly:)) ?? $0.octetsIn }
        each(longEntry, 7) { $0.framesIn = $1.number.flatMap(UInt64.init(exactly:)) ?? $0.framesIn }
        each(longEntry, 11) { $0.framesOut = $1.number.flatMap(UInt64.init(exactly:)) ?? $0.framesOut }
        each(longEntry, 10) { $0.octetsOut = $1.number.flatMap(UInt64.init(exactly:)) ?? $0.octetsOut }
        // Megabits; 0 where an agent fills in nothing, and then the older column may know.
        each(longEntry, 15) {
            if let mega = $1.number, mega > 0, mega < 1 << 32 { $0.speed = UInt64(mega) * 1_000_000 }
        }
        each(longEntry, 18) { $0.alias = $1.text }
        each(ethernet, 3) { $0.badFrames = $1.number.flatMap(UInt64.init(exactly:)) }
        each(ethernet, 8) { $0.lateCollisions = $1.number.flatMap(UInt64.init(exactly:)) }
        each(ethernet, 19) { $0.duplex = $1.number.flatMap { $0 == 2 ? .half : $0 == 3 ? .full : nil } }
        // A number of the bundle's own, which all agents make its ifIndex; 0 is none, itself is alone.
        for cell in rows.column(bundled, 13) {
            guard cell.index.count == 1, let ifIndex = cell.index.first, found[ifIndex] != nil,
                let bundle = cell.value.number.flatMap(UInt32.init(exactly:)), bundle > 0, bundle != ifIndex
            else { continue }
            found[ifIndex]?.bundle = bundle
        }
        return found.values.sorted { $0.ifIndex < $1.ifIndex }
    }
}
