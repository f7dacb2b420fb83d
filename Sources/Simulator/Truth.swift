//===----------------------------------------------------------------------===//
// Wardlight · Simulator
//
// Truth: the answer sheet, in the inventory's own form.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Wire

/// What the traffic shows of every station, counted by playing it once.
struct Truth {
    private struct Tally {
        var packets = 0
        var bytes = 0
        var span: Observation.Span?
        var uses: Set<Device.Use> = []
        /// Also those with partners in other VLANs.
        var farUses: Set<Device.Use> = []
        var lapses: Set<String> = []
    }

    private let campus: Campus
    private var tallies: [Tally]
    /// When others spoke of a device, by hardware address or EUI-64.
    private let mentions: [UInt64: Observation.Span]
    private var packets = 0
    private var span: Observation.Span?

    init(_ campus: Campus, seconds: Int) {
        self.campus = campus
        var tallies = [Tally](repeating: Tally(), count: campus.stations.count)
        var numbers: [UInt64: Int] = [:]
        for station in campus.stations { numbers[station.hardware.bits] = station.number }
        var packets = 0
        var span: Observation.Span?
        var mentions: [UInt64: Observation.Span] = [:]
        var timeline = Timeline(campus, seconds: seconds)
        timeline.play { time, frame in
            packets += 1
            let now = Timestamp(nanoseconds: time)
            if span == nil { span = .init(first: now, last: now) } else { span?.include(now) }
            let source = frame[6..<12].reduce(0) { $0 << 8 | UInt64($1) }
            guard let number = numbers[source] else { return }
            tallies[number].packets += 1
            tallies[number].bytes += frame.count
            if tallies[number].span == nil {
                tallies[number].span = .init(first: now, last: now)
            } else {
                tallies[number].span?.include(now)
            }
        } use: { number, use, isNear in
            if isNear { tallies[number].uses.insert(use) }
            tallies[number].farUses.insert(use)
        } mention: { bits, time in
            let now = Timestamp(nanoseconds: time)
            mentions[bits, default: .init(first: now, last: now)].include(now)
        } lapse: { number, rule in
            tallies[number].lapses.insert(rule)
        }
        self.mentions = mentions
        self.tallies = tallies
        self.packets = packets
        self.span = span
    }

    /// The last packet.
    var end: Timestamp? { span?.last }
    func packets(of station: Station) -> Int { tallies[station.number].packets }
    func span(of station: Station) -> Observation.Span? {
        tallies[station.number].span ?? mentions[station.hardware.bits]
    }
    /// All that it speaks, and what it showed of weak controls besides.
    func uses(of station: Station) -> Set<Device.Use> { tallies[station.number].farUses }
    func lapses(of station: Station) -> Set<String> { tallies[station.number].lapses }
    func span(ofChild eui64: UInt64) -> Observation.Span? { mentions[eui64] }

    var bytes: [UInt8] {
        var devices: [JSONText] = []
        for station in campus.stations {
            let tally = tallies[station.number]
            guard let span = tally.span ?? mentions[station.hardware.bits] else { continue }
            devices.append(device(station, tally, span))
            for child in station.children {
                if let span = mentions[child.eui64] { devices.append(self.child(child, of: station, span)) }
            }
        }
        let coverage: [(String, JSONText)] = [
            ("inputs", .array([])), ("packets", .number(packets)), ("decoded", .number(packets)),
            ("from", .text(span?.first.description ?? "")), ("to", .text(span?.last.description ?? "")),
            ("linkTypes", .array([.text("ethernet")])), ("duplicates", .number(0)), ("oneWayTCP", .number(0)),
            ("truncated", .number(0)), ("dropped", .number(0)), ("evicted", .number(0)), ("advice", .array([])),
        ]
        let document = JSONText.object([
            ("schema", .text("wardlight.inventory/1")), ("synthetic", .flag(true)), ("devices", .array(devices)),
            ("coverage", .object(coverage)), ("oddities", .object([])),
        ])
        return document.bytes
    }

    private static func identifier(_ bits: UInt64) -> String {
        let digits = String(bits & 0xFFFF_FFFF_FFFF, radix: 16)
        return "dev-" + String(repeating: "0", count: 12 - digits.count) + digits
    }

    private func device(_ station: Station, _ tally: Tally, _ span: Observation.Span) -> JSONText {
        var pairs: [(String, JSONText)] = [
            ("id", .text(Self.identifier(station.hardware.bits))), ("site", .text("main")),
            ("class", .text(station.deviceClass.rawValue)),
            (
                "addresses",
                .object([
                    ("mac", .texts([station.hardware.description])),
                    ("ipv4", .texts(station.addresses.map(\.description))),
                    ("ipv6", .texts(station.linkLocal.map { [$0.description] } ?? [])), ("eui64", .array([])),
                ])
            ),
            ("names", .texts(station.names)),
        ]
        pairs += attributes(station.known)
        pairs.append(("components", .array(station.components.map(Self.component))))
        pairs.append(("services", .array(tally.uses.sorted().map(Self.service))))
        pairs += Self.times(span)
        pairs += [("packets", .number(tally.packets)), ("bytes", .number(tally.bytes)), ("findings", .array([]))]
        return .object(pairs)
    }

    private static func times(_ span: Observation.Span) -> [(String, JSONText)] {
        [("firstSeen", .text(span.first.description)), ("lastSeen", .text(span.last.description))]
    }

    private func child(_ child: Child, of station: Station, _ span: Observation.Span) -> JSONText {
        let text = EUI64(bits: child.eui64).description
        var pairs: [(String, JSONText)] = [
            ("id", .text(Self.identifier(child.eui64))), ("site", .text("main")),
            ("parent", .text(Self.identifier(station.hardware.bits))), ("class", .text(child.deviceClass.rawValue)),
            (
                "addresses",
                .object([
                    ("mac", .array([])), ("ipv4", .array([])), ("ipv6", .array([])), ("eui64", .texts([text])),
                ])
            ),
            ("names", .array([])),
        ]
        pairs += attributes(child.known)
        pairs += [("components", .array([])), ("services", .array([]))]
        pairs += Self.times(span)
        pairs += [("packets", .number(0)), ("bytes", .number(0)), ("findings", .array([]))]
        return .object(pairs)
    }

    private func attributes(_ known: [Attribute: String]) -> [(String, JSONText)] {
        Attribute.allCases.compactMap { attribute in
            known[attribute].map { value in
                (
                    attribute.rawValue,
                    .object([("value", .text(value)), ("confidence", .number(1)), ("evidence", .array([]))])
                )
            }
        }
    }

    private static func component(_ part: Device.Component) -> JSONText {
        .object(
            [("kind", JSONText.text(part.kind))]
                + [("model", part.model), ("firmware", part.firmware), ("serial", part.serial)].compactMap {
                    key, value in
                    value.map { (key, .text($0)) }
                })
    }

    private static func service(_ use: Device.Use) -> JSONText {
        .object([
            ("protocol", .text(use.service.name)), ("port", .number(Int(use.service.port))),
            ("side", .text(use.side.rawValue)), ("transport", .text(use.service.transport == .udp ? "udp" : "tcp")),
        ])
    }
}

/// A JSON document (RFC 8259) in memory; keys keep their order. The reports have a writer of their own on another floor.
enum JSONText: Sendable {
    case text(String)
    case number(Int)
    /// A number with one digit behind its point, in tenths.
    case tenths(Int)
    case flag(Bool)
    case null
    case array([JSONText])
    case object([(String, JSONText)])

    static func texts(_ list: [String]) -> JSONText { .array(list.map(JSONText.text)) }

    /// Two spaces a level, and a line feed at the end.
    var bytes: [UInt8] {
        var output: [UInt8] = []
        write(&output, level: 0)
        return output + [0x0A]
    }

    private func write(_ output: inout [UInt8], level: Int) {
        switch self {
        case .text(let text): Self.quote(text, &output)
        case .number(let number): output += Array(String(number).utf8)
        case .tenths(let number): output += Array("\(number / 10).\(abs(number % 10))".utf8)
        case .null: output += Array("null".utf8)
        case .flag(let flag): output += Array((flag ? "true" : "false").utf8)
        case .array(let list):
            Self.list(list, "[", "]", &output, level) { $0.write(&$1, level: level + 1) }
        case .object(let pairs):
            Self.list(pairs, "{", "}", &output, level) { pair, output in
                Self.quote(pair.0, &output)
                output += [0x3A, 0x20]
                pair.1.write(&output, level: level + 1)
            }
        }
    }

    private static func list<Element>(
        _ list: [Element], _ open: Character, _ close: Character, _ output: inout [UInt8], _ level: Int,
        _ write: (Element, inout [UInt8]) -> Void
    ) {
        output += Array(String(open).utf8)
        for (place, element) in list.enumerated() {
            if place > 0 { output.append(0x2C) }
            output.append(0x0A)
            output += Array(repeating: 0x20, count: 2 * level + 2)
            write(element, &output)
        }
        if !list.isEmpty {
            output.append(0x0A)
            output += Array(repeating: 0x20, count: 2 * level)
        }
        output += Array(String(close).utf8)
    }

    private static func quote(_ text: String, _ output: inout [UInt8]) {
        output.append(0x22)
        for byte in text.utf8 {
            switch byte {
            case 0x22, 0x5C: output += [0x5C, byte]
            case 0..<0x20:
                output += Array("\\u00\(byte < 16 ? "0" : "")\(String(byte, radix: 16))".utf8)
            default: output.append(byte)
            }
        }
        output.append(0x22)
    }
}
