//===----------------------------------------------------------------------===//
// Wardlight · Simulator
//
// Presence: every device that shows itself in traffic or at a port, with what can be known of it.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Wire

/// One device as it truly is, as far as anybody can see it.
struct Present: Sendable {
    /// `mac:00:09:fb:…`, `eui64:001A…`: other programs name devices as they like.
    var key: String
    var hardware: HardwareAddress?
    var station: Int?
    /// Key of the device that speaks for it.
    var parent: String?
    var deviceClass: DeviceClass
    var known: [Attribute: String]
    var names: [String] = []
    /// Whether a packet of its own was captured.
    var isHeard = false
    var last: Timestamp
    /// At the first poll that had it, and at the last; nil where it is switched off by then.
    var firstPlace: Jack?
    var place: Jack?
    var vlan: UInt16?
    /// Its port is taken for one that leads to another switch, because it says that it is one.
    var isAtUplink = false
    /// Number of the switch that it is.
    var ownSwitch: Int?
    var saysBed = false
    /// Whether it greeted the file server, and so told its system.
    var signedOn = false
    var verdicts: [PlantedVerdict] = []
    var weakControls: Set<String> = []
    /// Rules of the findings that it deserves.
    var findings: Set<String> = []
    var peripherals = 0

    static func key(_ hardware: HardwareAddress) -> String { "mac:\(hardware)" }
    static func key(eui64: UInt64) -> String { "eui64:\(EUI64(bits: eui64))" }
}

extension DeviceClass {
    static let counted: [DeviceClass] = [.iot, .medical, .building]
}

/// All of them, and the moment of the answers.
struct Presence: Sendable {
    private(set) var devices: [Present] = []
    /// The newest moment of all that was observed.
    let moment: Timestamp

    init(_ campus: Campus, _ truth: Truth, _ network: SimulatedNetwork?) {
        var seen: [HardwareAddress: Present] = [:]
        var order: [HardwareAddress] = []
        var children: [Present] = []
        var newest = truth.end ?? Timestamp(nanoseconds: Timeline.start)
        var ownSwitches: [Int: Int] = [:]
        for about in network?.story.first.switches ?? [] { ownSwitches[about.station] = about.number }
        for station in campus.stations {
            guard let span = truth.span(of: station) else { continue }
            var device = Present(
                key: Present.key(station.hardware), hardware: station.hardware, station: station.number,
                deviceClass: station.deviceClass, known: station.known, last: span.last)
            device.names = station.names
            device.isHeard = truth.packets(of: station) > 0
            device.saysBed = station.saysBed
            device.verdicts = station.verdicts
            device.signedOn = truth.uses(of: station).contains { $0.side == .client && $0.service.name == "smb" }
            device.weakControls = WeakControls.rules(of: station, truth)
            device.ownSwitch = ownSwitches[station.number]
            seen[station.hardware] = device
            order.append(station.hardware)
            for child in station.children {
                guard let span = truth.span(ofChild: child.eui64) else { continue }
                let one = Present(
                    key: Present.key(eui64: child.eui64), station: station.number, parent: device.key,
                    deviceClass: child.deviceClass, known: child.known, last: span.last)
                children.append(one)
            }
        }
        if let network {
            newest = max(newest, network.times[network.times.count - 1])
            var moment = network.first
            repeat {
                for hardware in order { seen[hardware]?.place = nil }
                for (jack, occupant) in moment.fabric.everybodyAndClones {
                    var device =
                        seen[occupant.hardware] ?? Bystander.device(occupant.hardware, moment.time)
                    if seen[occupant.hardware] == nil { order.append(occupant.hardware) }
                    device.firstPlace = device.firstPlace ?? jack
                    // An address at two ports counts at the first of them (docs/answers.md).
                    let isFirst = device.place.map { moment.fabric.precedes(jack, $0) } ?? true
                    if isFirst {
                        device.place = jack
                        device.vlan = occupant.vlan
                        device.isAtUplink = moment.fabric[jack].saysRouter
                    }
                    device.last = max(device.last, moment.time)
                    seen[occupant.hardware] = device
                }
            } while moment.advance()
            // A switch is known at the uplinks of others, as long as they are asked.
            let end = network.times[network.times.count - 1]
            for about in network.story.first.switches {
                guard var device = seen[about.hardware] else { continue }
                device.last = max(device.last, end)
                seen[about.hardware] = device
            }
            newest = max(newest, network.peripherals.last?.time ?? newest)
        }
        moment = newest
        devices = order.compactMap { seen[$0] } + children
        if let network { note(network) }
    }

    /// Those that are there: heard or at a port within a day.
    var present: [Present] {
        let oldest = moment.nanoseconds - 86_400_000_000_000
        return devices.filter { $0.last.nanoseconds >= oldest }
    }

    // MARK: What was planted

    /// Writes down who deserves which finding, and what hangs on the desks.
    private mutating func note(_ network: SimulatedNetwork) {
        var places: [HardwareAddress: Int] = [:]
        for (index, device) in devices.enumerated() { if let card = device.hardware { places[card] = index } }
        for planted in network.planted {
            guard network.shows(planted), let card = planted.hardware, let index = places[card] else { continue }
            devices[index].findings.insert(planted.kind.rule)
            guard planted.kind == .hiddenHub, let home = devices[index].place else { continue }
            for other in devices.indices where devices[other].place == home {
                devices[other].findings.insert(planted.kind.rule)
            }
        }
        for line in network.peripherals {
            guard let card = line.report.host.hardware, let index = places[card] else { continue }
            devices[index].peripherals = line.report.peripherals.count
        }
    }
}

extension SimulatedNetwork {
    /// Whether the polls are enough to find it: rows of a forwarding table may be up to 300 s old, so that an address that is
    /// at two ports is only known to be cloned when it still is after that time.
    func shows(_ planted: Planted) -> Bool {
        guard planted.kind == .clonedAddress else { return true }
        return times[times.count - 1].nanoseconds - planted.since.nanoseconds >= 300_000_000_000
    }
}

extension Planted.Kind {
    /// The rule that finds it.
    var rule: String {
        switch self {
        case .singleBoardComputer: "port.stranger"
        case .clonedAddress: "port.cloned"
        case .hiddenHub: "port.hiddenHub"
        case .speedDowngrade: "port.slower"
        case .hiddenBridge, .speakingEndpoint: "port.speaksAsBridge"
        case .swappedHardware: "port.swapped"
        case .silentDevice: "port.silentDevice"
        case .powerChange: "port.powerChanged"
        case .secondAddressServer, .secondRouter: "network.secondServer"
        case .movedScanner: "port.moved"
        case .badKeyboard: "peripheral.keyboardAndStorage"
        }
    }

    /// Docs/answers.md: a move alone is no contradiction.
    var isRogue: Bool { self != .movedScanner }
    var isBehaviour: Bool {
        switch self {
        case .movedScanner, .speedDowngrade, .powerChange, .secondAddressServer, .secondRouter, .clonedAddress: true
        default: false
        }
    }
    /// Whether it speaks of a port: several addresses, or none.
    var isOfPort: Bool { self == .hiddenHub || self == .hiddenBridge || self == .silentDevice }
}

extension Fabric {
    /// Who is at which port, second cards with another's address last.
    var everybodyAndClones: [(jack: Jack, occupant: Occupant)] {
        everybody
            + switches.flatMap { closet in
                closet.ports.enumerated().flatMap { number, port in
                    port.isUp
                        ? port.occupants.filter(\.isClone).map { (Jack(closet: closet.number, port: number), $0) } : []
                }
            }
    }

    /// Whether a port is told before another: by the name of its agent, then by its number.
    func precedes(_ one: Jack, _ other: Jack) -> Bool {
        (switches[one.closet].agent, self[one].ifIndex) < (switches[other.closet].agent, self[other].ifIndex)
    }
}
