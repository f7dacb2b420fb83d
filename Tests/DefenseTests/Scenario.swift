//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Scenarios: polls of switches written by hand, and what must be found in them.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Defense
import Foundation
import Model
import Support
import Testing
import Topology

/// One `.scenario` file. A line each; `#` begins a comment. Lines describe what is there; `poll` asks all switches.
///
///     device MAC CLASS TYPE…            what the inventory makes of an address
///     own AGENT MAC                     a card of the switch itself
///     every SECONDS                     between polls; 300 at first
///     AGENT/N up|down [SPEED[f|h]] [offers BITS] [says BITS] [own BITS] [poe n|CLASS/MW] [wake N] [vlan N] [late N]
///             [frames N] [bundle N] [kind N] [edge] [bridge MAC] [mac MAC…] [fixed MAC…]
///     AGENT/N changed                   its link changes right before the next poll
///     AGENT/N hears lldp|cdp [ABILITY…] [mac MAC] [name NAME]
///     AGENT/N quiet                     nobody is heard any more
///     wireless ACCESSPOINT MAC [SSID SECURITY]   listed at each poll from now on; `unlist MAC` ends it
///     dhcp MAC | router MAC             seen serving, in a capture
///     says MAC FIELD VALUE…             a field that it said of itself at this time: `dhcpVendorClass`, `lldpMedSerial`
///     zone NAME AGENT…                  switches of one zone
///     only AGENT… | all                 which switches the next polls ask
///     poll [N]                          N polls, one after the other
///     expect RULE [AGENT/N|-] [MAC…]    all findings now, one a line; `expect nothing`
struct Scenario {
    struct Wrong: Error, CustomStringConvertible { var description: String }

    private struct Socket {
        var port: SwitchPort
        var addresses: [HardwareAddress] = []
        var fixed: [HardwareAddress] = []
        var neighbours: [SwitchNeighbour] = []
        var vlan: UInt16?
        var isChanged = false
    }

    let name: String
    private var detection = Detection()
    private var topology = Topology()
    private var sockets: [String: [UInt32: Socket]] = [:]
    private var own: [String: [HardwareAddress]] = [:]
    private var devices: [Device] = []
    private var stations: [(point: String, address: HardwareAddress, ssid: String?, security: WirelessSecurity?)] = []
    private var every: Int64 = 300
    private var now: Int64 = 1_772_366_400
    private var asked: [String]?
    private var polls = 0
    private var zones: [String: String] = [:]
    /// Lines that did not hold.
    private(set) var failures: [String] = []
    private(set) var checks = 0
    /// Rules that were expected anywhere.
    private(set) var expected: Set<String> = []

    static var all: [String] {
        House.files(below: "Tests/DefenseTests/Scenarios", endingIn: ".scenario").sorted()
    }

    init(_ path: String) throws {
        name = path.split(separator: "/").last.map(String.init) ?? path
        let lines = try House.text(path).split(separator: "\n", omittingEmptySubsequences: false)
        var block: [[String]] = []
        for (number, line) in lines.enumerated() {
            let words = line.prefix { $0 != "#" }.split(separator: " ").map(String.init)
            if words.first == "expect" {
                block.append(Array(words.dropFirst()))
                continue
            }
            if !block.isEmpty { check(block, number) }
            block = []
            if words.isEmpty { continue }
            do { try take(words) } catch { throw Wrong(description: "\(name):\(number + 1): \(error)") }
        }
        if !block.isEmpty { check(block, lines.count) }
    }

    // MARK: Lines

    private func address(_ text: String) throws -> HardwareAddress {
        guard let address = HardwareAddress(text) else { throw Wrong(description: "no address: \(text)") }
        return address
    }

    private mutating func take(_ words: [String]) throws {
        switch words[0] {
        case "device":
            guard words.count >= 3, let kind = DeviceClass(rawValue: words[2]) else {
                throw Wrong(description: "device")
            }
            var device = Device(
                id: "dev-" + words[1].filter { $0 != ":" }, site: "main",
                span: Observation.Span(first: time, last: time))
            device.deviceClass = kind
            device.mac = try words[1].split(separator: "+").map { try address(String($0)) }
            let type = words.dropFirst(3).joined(separator: " ")
            if !type.isEmpty { device.judgements[.type] = Judgement(value: type, confidence: 950, evidence: []) }
            devices.append(device)
        case "own": own[words[1], default: []].append(try address(words[2]))
        case "zone": for agent in words.dropFirst(2) { zones[agent] = words[1] }
        case "every": every = Int64(words[1]) ?? every
        case "wireless":
            stations.append(
                (
                    words[1], try address(words[2]), words.count > 3 ? words[3] : nil,
                    words.count > 4 ? WirelessSecurity(rawValue: words[4]) : nil
                ))
        case "unlist": stations.removeAll { $0.address.description == words[1] }
        case "dhcp", "router": serve(words[0], try address(words[1]))
        case "says":
            guard words.count > 3, let field = Field.allCases.first(where: { "\($0)" == words[2] }) else {
                throw Wrong(description: "says MAC FIELD VALUE")
            }
            let span = Observation.Span(first: time, last: time)
            say(
                .fact(
                    Observation.Fact(
                        subject: Subject(hardware: try address(words[1])), field: field,
                        value: words.dropFirst(3).joined(separator: " "), span: span, count: 1)))
        case "only": asked = Array(words.dropFirst())
        case "all": asked = nil
        case "poll": for _ in 0..<(words.count > 1 ? Int(words[1]) ?? 1 : 1) { poll() }
        default: try socket(words)
        }
    }

    private mutating func socket(_ words: [String]) throws {
        let parts = words[0].split(separator: "/")
        guard parts.count == 2, let number = UInt32(parts[1]), words.count > 1 else {
            throw Wrong(description: words[0])
        }
        let agent = String(parts[0])
        var socket = sockets[agent]?[number] ?? Socket(port: SwitchPort(ifIndex: number, name: "p\(number)"))
        switch words[1] {
        case "changed": socket.isChanged = true
        case "quiet": socket.neighbours = []
        case "hears": socket.neighbours.append(try neighbour(agent, number, Array(words.dropFirst(2))))
        case "up", "down":
            let heard = socket.neighbours
            let before = socket.port
            socket = try self.socket(number, Array(words.dropFirst()))
            socket.neighbours = heard
            socket.port.lastChange = before.lastChange
            socket.isChanged = before.isUp != nil && before.isUp != socket.port.isUp
        default: throw Wrong(description: words[1])
        }
        sockets[agent, default: [:]][number] = socket
    }

    private func socket(_ number: UInt32, _ words: [String]) throws -> Socket {
        var socket = Socket(port: SwitchPort(ifIndex: number, name: "p\(number)"))
        socket.port.isUp = words[0] == "up"
        socket.port.kind = 6
        var rest = words.dropFirst()[...]
        func bits(_ text: String?) throws -> [String] {
            guard let text, let bits = LinkAbilities(digits: text) else {
                throw Wrong(description: "bits \(text ?? "")")
            }
            return bits.names
        }
        var list = ""
        while let word = rest.popFirst() {
            switch word {
            case "offers": socket.port.partner = try bits(rest.popFirst())
            case "says": socket.port.partnerSaid = try bits(rest.popFirst())
            case "own": socket.port.offered = try bits(rest.popFirst())
            case "wake": socket.port.wakeMicroseconds = rest.popFirst().flatMap(UInt32.init)
            case "late": socket.port.lateCollisions = rest.popFirst().flatMap(UInt64.init)
            case "frames": socket.port.framesIn = rest.popFirst().flatMap(UInt64.init)
            case "bundle": socket.port.bundle = rest.popFirst().flatMap(UInt32.init)
            case "kind": socket.port.kind = rest.popFirst().flatMap(UInt32.init)
            case "vlan": socket.vlan = rest.popFirst().flatMap(UInt16.init)
            case "edge": socket.port.isEdge = true
            case "bridge": socket.port.designatedBridge = try rest.popFirst().map(address)
            case "poe": socket.port.poe = power(rest.popFirst() ?? "")
            case "mac", "fixed": list = word
            default:
                if list == "mac" {
                    socket.addresses.append(try address(word))
                } else if list == "fixed" {
                    socket.fixed.append(try address(word))
                } else if let speed = UInt64(word.filter(\.isNumber)), word.first?.isNumber == true {
                    socket.port.speed = speed * 1_000_000
                    socket.port.duplex = word.hasSuffix("h") ? .half : word.hasSuffix("f") ? .full : nil
                } else {
                    throw Wrong(description: word)
                }
            }
        }
        return socket
    }

    private func power(_ text: String) -> PortPower {
        let parts = text.split(separator: "/").map(String.init)
        guard let number = parts.first.flatMap(Int.init) else {
            return PortPower(isEnabled: true, detection: .searching)
        }
        return PortPower(
            isEnabled: true, detection: .delivering, deviceClass: number,
            milliwatts: parts.count > 1 ? UInt32(parts[1]) : nil)
    }

    private func neighbour(_ agent: String, _ number: UInt32, _ words: [String]) throws -> SwitchNeighbour {
        guard let voice = words.first.flatMap(SwitchNeighbour.Voice.init(rawValue:)) else {
            throw Wrong(description: "lldp or cdp")
        }
        var neighbour = SwitchNeighbour(agent: agent, ifIndex: number, via: voice)
        var rest = words.dropFirst()[...]
        while let word = rest.popFirst() {
            switch word {
            case "mac": neighbour.hardware = try rest.popFirst().map(address)
            case "name": neighbour.name = rest.popFirst()
            default:
                guard let ability = SwitchNeighbour.Ability(rawValue: word) else { throw Wrong(description: word) }
                neighbour.abilities.append(ability)
            }
        }
        neighbour.abilities.sort()
        neighbour.chassis = neighbour.hardware?.description ?? neighbour.name
        return neighbour
    }

    // MARK: Polls

    private var time: Timestamp { Timestamp(seconds: now) }

    private mutating func say(_ body: Observation.Body) {
        let observation = Observation(site: "main", sensor: "scenario", occurred: time, body: body)
        if detection.isRoundOver(before: observation) { detection.settle(topology.map()) }
        detection.learn(observation)
        topology.learn(observation)
    }

    private mutating func serve(_ what: String, _ address: HardwareAddress) {
        let span = Observation.Span(first: time, last: time)
        let server = Subject(hardware: address, network: nil)
        if what == "router" {
            say(.fact(Observation.Fact(subject: server, field: .icmpv6Router, value: "1", span: span, count: 1)))
        } else {
            let client = Subject(hardware: HardwareAddress(bits: 0x0200_0000_0001), network: nil)
            say(
                .conversation(
                    Observation.Conversation(
                        client: client, server: server,
                        service: Service(name: "dhcp", port: 67, transport: .udp), span: span, packets: 2, bytes: 600,
                        isAnswered: true)))
        }
    }

    private mutating func poll() {
        now += every
        polls += 1
        for listed in stations {
            var station = WirelessStation(agent: "wlc", hardware: listed.address)
            (station.accessPoint, station.ssid, station.security) = (listed.point, listed.ssid, listed.security)
            say(.wireless(station))
        }
        for agent in sockets.keys.sorted() where asked?.contains(agent) ?? true {
            var about = Switch(agent: agent)
            about.name = "sw-\(agent)"
            about.ownAddresses = own[agent] ?? []
            about.chassis = own[agent]?.first
            about.forwardingRows = sockets[agent]?.values.reduce(0) { $0 + $1.addresses.count + $1.fixed.count } ?? 0
            about.uptimeSeconds = now - 1_700_000_000
            say(.switch(about))
            for (number, var socket) in (sockets[agent] ?? [:]).sorted(by: { $0.key < $1.key }) {
                if socket.port.lastChange == nil { socket.port.lastChange = Timestamp(seconds: now - 86_400) }
                if socket.isChanged { socket.port.lastChange = Timestamp(seconds: now - 60) }
                socket.isChanged = false
                // What counts frames counts on: `frames N` is a hundred and so many more each poll.
                if let frames = socket.port.framesIn { socket.port.framesIn = frames + (frames > 0 ? 100 : 0) }
                sockets[agent]?[number] = socket
                say(.port(PortReport(agent: agent, port: socket.port)))
            }
            for (number, socket) in (sockets[agent] ?? [:]).sorted(by: { $0.key < $1.key }) {
                for (list, kind) in [(socket.addresses, LearnedAddress.Kind.learned), (socket.fixed, .fixed)] {
                    for address in list {
                        say(
                            .learned(
                                LearnedAddress(
                                    agent: agent, hardware: address, ifIndex: number, vlan: socket.vlan, kind: kind)))
                    }
                }
                for neighbour in socket.neighbours { say(.neighbour(neighbour)) }
            }
        }
    }

    // MARK: Answers

    /// The answer now, as the hospital would give it.
    func snapshot() -> InventorySnapshot {
        var snapshot = InventorySnapshot(devices: devices, coverage: [], oddities: [:], evicted: 0, advice: [])
        let map = topology.map()
        for index in snapshot.devices.indices {
            snapshot.devices[index].place =
                snapshot.devices[index].mac.lazy.compactMap { address in
                    map.places.first { $0.hardware == address }?.place
                }.first
        }
        snapshot.network = map
        detection.complete(&snapshot, zones: zones)
        return snapshot
    }

    private static func words(_ finding: Finding) -> String {
        let place = finding.place.map { "\($0.agent)/\($0.ifIndex)" } ?? "-"
        return ([finding.rule, place] + finding.addresses.map(\.description)).joined(separator: " ")
    }

    private mutating func check(_ block: [[String]], _ line: Int) {
        checks += 1
        let found = snapshot().findings.map(Self.words).sorted()
        let wanted = block.filter { $0 != ["nothing"] }.map { $0.joined(separator: " ") }
        for words in block where words != ["nothing"] { expected.insert(words[0]) }
        // A line may leave out place and addresses.
        var rest = found
        for want in wanted {
            guard let index = rest.firstIndex(where: { $0 == want || $0.hasPrefix(want + " ") }) else {
                failures.append("\(name):\(line), poll \(polls): not found: \(want); found \(found)")
                continue
            }
            rest.remove(at: index)
        }
        for extra in rest { failures.append("\(name):\(line), poll \(polls): too much: \(extra)") }
    }
}
