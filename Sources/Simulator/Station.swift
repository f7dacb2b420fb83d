//===----------------------------------------------------------------------===//
// Wardlight · Simulator
//
// Stations: what one simulated device is, and what of it shows.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Wire

/// A part of the network: one VLAN, one subnet 10.<number>.0.0/16, one router address.
enum Area: UInt16, CaseIterable, Sendable {
    case server = 10
    case infusion = 20
    case monitoring = 30
    case imaging = 40
    case laboratory = 50
    case pointOfCare = 60
    case building = 70
    case security = 80
    case voice = 90
    case office = 100
    case guest = 110
    case management = 120
    /// A practice at the other end of a line: only what its router relays is seen.
    case practice = 130

    var vlan: UInt16 { rawValue }
    var router: IPAddress { IPAddress(v4: 10 << 24 | UInt32(rawValue) << 16 | 1) }
    var broadcast: IPAddress { IPAddress(v4: 10 << 24 | UInt32(rawValue) << 16 | 0xFFFF) }
    /// The address of the nth station, from 0; 200 to a block of 256, so that they read well.
    func address(_ number: Int) -> IPAddress {
        IPAddress(v4: 10 << 24 | UInt32(rawValue) << 16 | UInt32(1 + number / 200) << 8 | UInt32(10 + number % 200))
    }
}

/// Servers that others talk to.
enum Role: CaseIterable, Sendable {
    case router, names, time, log, directory, broker, mail, management, proxy
    case pumps, central, archive, imagingDesk, middleware, pointOfCare, integration
    case buildingManager, recorder, doors, calls, wireless, workshop
}

/// How a TCP/IP stack greets.
enum Stack: Sendable {
    case windows, linux, embedded, lwip, apple, bsd

    var timeToLive: UInt8 {
        switch self {
        case .windows: 128
        case .lwip: 255
        default: 64
        }
    }
    var window: UInt16 {
        switch self {
        case .windows: 64_240
        case .linux: 64_240
        case .embedded: 5_840
        case .lwip: 2_920
        case .apple: 65_535
        case .bsd: 65_535
        }
    }
    /// Whether every segment carries the time (RFC 7323).
    var hasTimestamps: Bool { self == .linux || self == .apple || self == .bsd }
    /// Options of the first segment, in the order of the stack; the time is filled in later.
    func greeting(_ time: [UInt8]?) -> [UInt8] {
        let size: [UInt8] = [2, 4, 0x05, 0xB4]
        switch self {
        case .windows: return size + [1, 3, 3, 8, 1, 1, 4, 2]
        case .linux: return size + (time.map { [4, 2, 8, 10] + $0 } ?? [1, 1, 4, 2]) + [1, 3, 3, 7]
        case .apple, .bsd: return size + [1, 3, 3, 6] + (time.map { [1, 1, 8, 10] + $0 } ?? []) + [4, 2, 0, 0]
        case .embedded, .lwip: return size
        }
    }
}

/// Something a station does again and again.
struct Habit: Sendable {
    /// Seconds after the station is up, before it does it first.
    var after: Int
    /// Seconds from then on; 0 for once.
    var every: Int
    var act: @Sendable (inout Stage) -> Void
}

/// A device that only speaks through a gateway.
struct Child: Sendable {
    var eui64: UInt64
    var deviceClass: DeviceClass
    var known: [Attribute: String]
}

/// One device with a network card.
struct Station: Sendable {
    let number: Int
    /// The same, unique among the sites that are simulated together: for names.
    let label: Int
    let area: Area
    var hardware: HardwareAddress
    /// More than one for a router.
    var addresses: [IPAddress]
    var linkLocal: IPAddress?
    var stack: Stack
    /// Bed or room it stands in: `ICU-A`, `B04`.
    var ward: String
    var bed: String
    /// Seconds after the start at which it speaks first.
    var wakes = 0
    var deviceClass: DeviceClass
    /// What its traffic shows, each with certainty.
    var known: [Attribute: String] = [:]
    var names: [String] = []
    var components: [Device.Component] = []
    var children: [Child] = []
    var habits: [Habit] = []
    /// What it says of itself by SNMP: sysDescr and sysObjectID.
    var system: (summary: String, objectId: [UInt32])?
    /// Whether it says at which bed it is.
    var saysBed = false
    /// What advisories mean for it, where that was planted.
    var verdicts: [PlantedVerdict] = []
    /// With which word it lets the network management read.
    var community = "sim-watch"
    /// Seen only through the relay of its practice: sends nothing here itself.
    var isBehindRelay = false
    /// At another site, and reached through the router: says nothing here by itself.
    var isElsewhere = false
    /// The floor it hangs on, from 0, where that was laid down.
    var level: Int?

    var address: IPAddress { addresses[0] }
    var text: String { address.description }
    /// The last six digits of the hardware address.
    var tail: String {
        let digits = String(hardware.bits & 0xFF_FFFF, radix: 16, uppercase: true)
        return String(repeating: "0", count: 6 - digits.count) + digits
    }

    /// Adds a name that its traffic shows.
    mutating func isCalled(_ name: String) {
        if !names.contains(name) { names.append(name) }
    }

    mutating func does(after: Int = 3, every: Int, _ act: @escaping @Sendable (inout Stage) -> Void) {
        habits.append(Habit(after: after, every: every, act: act))
    }
}
