//===----------------------------------------------------------------------===//
// Wardlight · the command
//
// wardlight measure-fold: how fast does the fold learn, and what do saving, loading and copying a hospital cost?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import ArgumentParser
import Foundation
import Inventory
import Model
import Store
import Twin

struct FoldMeasure: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "measure-fold", abstract: "Measures the fold, for Benchmarks/fold.", shouldDisplay: false)

    @Option(help: "Devices of the hospital that is saved and loaded.") var devices = 50_000
    @Option(help: "Devices of the hospital that is copied.") var copied = 100_000
    @Option(help: "Measurements and sightings that are timed.") var count = 1_000_000

    private static let clock = ContinuousClock()

    func run() throws {
        let knowledge = try KnowledgeFolder.load(extra: [])
        // First: what others leave behind is not counted then.
        try memory(knowledge)
        try rates(knowledge)
        try saving(knowledge)
        copying(knowledge)
    }

    // MARK: How large

    /// Of the process; nothing else of this machine counts.
    private static func resident() throws -> Double {
        let fields = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8).split(separator: " ")
        guard fields.count > 1, let pages = Double(fields[1]) else { throw Stop("/proc/self/statm says nothing.") }
        return pages * Double(sysconf(Int32(_SC_PAGESIZE))) / 1_048_576
    }

    private func memory(_ knowledge: KnowledgeBase) throws {
        Self.say("before-MiB", try Self.resident(), digits: 0)
        var hospital = Hospital(knowledge: knowledge, limits: InventoryLimits(devices: 131_072))
        let ward = BusyWard(devices: copied)
        ward.story { hospital.learn(quietly: $0) }
        Self.say("hospital-MiB", try Self.resident(), digits: 0)
        let view = HospitalView(hospital)
        Self.say("view-MiB", try Self.resident(), digits: 0)
        precondition(view.rows.count >= copied, "all are in the view")
    }

    private static func seconds(_ body: () throws -> Void) rethrows -> Double {
        let duration = try clock.measure(body)
        return Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
    }

    private static func say(_ name: String, _ value: Double, digits: Int = 3) {
        Output.write(Array("\(name) \(String(format: "%.\(digits)f", value))\n".utf8))
    }

    // MARK: How fast

    private func rates(_ knowledge: KnowledgeBase) throws {
        var hospital = Hospital(knowledge: knowledge, limits: InventoryLimits(devices: 32_768))
        let ward = BusyWard(devices: 20_000)
        hospital.learn(quietly: ward.sightings(0..<20_000))
        let sightings = ward.sightings(20_000..<20_000 + count)
        let measurements = ward.measurements(0..<count)
        hospital.learn(quietly: measurements)
        Self.say("sightings/s", Double(count) / Self.seconds { hospital.learn(quietly: sightings) }, digits: 0)
        Self.say("measurements/s", Double(count) / Self.seconds { hospital.learn(quietly: measurements) }, digits: 0)
    }

    // MARK: Saved and loaded

    private func saving(_ knowledge: KnowledgeBase) throws {
        let limits = InventoryLimits(devices: devices)
        var hospital = Hospital(knowledge: knowledge, limits: limits)
        hospital.learn(quietly: BusyWard(devices: devices).story())
        let conditions = StateConditions(program: "measured", limits: limits)
        var bytes: [UInt8] = []
        Self.say("save-s", try Self.seconds { bytes = try hospital.stateBytes(conditions) })
        Self.say("octets/device", Double(bytes.count) / Double(max(hospital.inventory.count, 1)), digits: 0)
        var loaded = hospital
        Self.say("load-s", try Self.seconds { loaded = try Hospital(state: bytes, conditions, knowledge: knowledge) })
        guard loaded.inventory.count == hospital.inventory.count, loaded.inventory.count >= devices else {
            throw Stop("\(loaded.inventory.count) devices came back of \(devices).")
        }
        Self.say(
            "digest-s", try Self.seconds { if loaded.digest() != hospital.digest() { throw Stop("another hash.") } } / 2
        )
    }

    // MARK: Copied

    private func copying(_ knowledge: KnowledgeBase) {
        var hospital = Hospital(knowledge: knowledge, limits: InventoryLimits(devices: max(copied, 131_072)))
        let ward = BusyWard(devices: copied)
        hospital.learn(quietly: ward.story())
        var copies: [Hospital] = []
        let writes: [(name: String, news: [Observation])] = [
            ("sighting", ward.sightings(7..<8)), ("reading", ward.measurements(7..<8)),
            ("fact", ward.facts(copied + 7)),
            ("talk", [ward.talk(copied + 7)]),
        ]
        func time(_ name: String, _ news: (Int) -> [Observation]) {
            let times = (0..<5).map { turn in
                copies = [hospital]
                let news = news(turn)
                return Self.seconds { hospital.learn(quietly: news) }
            }.sorted()
            Self.say(name, times[times.count / 2] * 1_000, digits: 2)
        }
        for (name, news) in writes { time("first-\(name)-ms") { _ in news } }
        // A switch that was polled since the last round ends it: all ports are looked at together. One that was not, does not.
        time("round-ms") { _ in ward.poll(0) }
        time("first-poll-ms") { ward.poll($0 + 1) }
        precondition(copies.count == 1, "the copy was held")
    }
}

extension Hospital {
    fileprivate mutating func learn(quietly observations: [Observation]) { _ = learn(observations) }
}

/// Made-up observations of a large hospital, without any chance.
struct BusyWard {
    let devices: Int
    private static let metrics = [
        ("MDC_PULS_OXIM_SAT_O2", "%"), ("MDC_ECG_HEART_RATE", "/min"), ("MDC_TEMP_BODY", "Cel"),
        ("MDC_PRESS_CUFF_SYS", "mm[Hg]"),
    ]
    private static let begin: Int64 = 1_772_438_700

    private func moment(_ number: Int) -> Timestamp { Timestamp(seconds: Self.begin + Int64(number / 100)) }

    private func subject(_ number: Int) -> Subject {
        let device = number % devices
        return Subject(
            hardware: HardwareAddress(bits: 0x0003_B100_0000 + UInt64(device)),
            network: IPAddress(v4: 0x0A00_0001 + UInt32(device)))
    }

    private func tell(_ number: Int, _ body: Observation.Body, sensor: String = "tap") -> Observation {
        Observation(site: "main", sensor: sensor, occurred: moment(number), body: body)
    }

    private func span(_ number: Int) -> Observation.Span {
        Observation.Span(first: moment(number), last: moment(number))
    }

    func sightings(_ numbers: Range<Int>) -> [Observation] {
        numbers.map {
            tell(
                $0,
                .sighting(
                    .init(
                        subject: subject($0), vlan: 10, span: span($0), packets: 3, bytes: 300, isBinding: $0 < devices)
                ))
        }
    }

    func measurements(_ numbers: Range<Int>) -> [Observation] {
        numbers.map { number in
            let (metric, unit) = Self.metrics[number / devices % Self.metrics.count]
            return tell(
                number,
                .measurement(
                    Measurement(subject: subject(number), metric: metric, value: Double(number % 100), unit: unit)),
                sensor: "gateway")
        }
    }

    func facts(_ number: Int) -> [Observation] {
        let device = number % devices
        let said: [(Field, String)] = [
            (.dhcpHostname, "pump-\(100_000 + number)x"),
            (.dhcpVendorClass, device % 3 == 0 ? "MSFT 5.0" : "udhcp 1.33.1"),
            (.dhcpParameterRequestList, "1,3,6,12,15,28,\(40 + device % 9)"), (.hl7Serial, "77\(1_000_000 + device)"),
            (.tcpSyn, "4:64:0:1460:mss*20,7:mss,sok,ts,nop,ws:df,id+:0"),
            (.httpServer, "lighttpd/1.4.\(50 + device % 9)"),
        ]
        return said.map { field, value in
            tell(
                number, .fact(.init(subject: subject(number), field: field, value: value, span: span(number), count: 1))
            )
        }
    }

    func talk(_ number: Int) -> Observation {
        tell(
            number,
            .conversation(
                .init(
                    client: subject(number), server: subject(number / 500 * 500),
                    service: Service(name: "hl7", port: 2_575, transport: .tcp), span: span(number), packets: 9,
                    bytes: 1_200, isAnswered: true)))
    }

    /// A switch of 48 ports, each with its device.
    func poll(_ closet: Int) -> [Observation] {
        let agent = "closet-\(closet)"
        var about = Switch(agent: agent)
        (about.name, about.forwardingRows) = (agent, 48)
        var told = [tell(devices, .switch(about), sensor: "poll")]
        for number in 0..<48 where closet * 48 + number < devices {
            var port = SwitchPort(ifIndex: UInt32(number + 1), name: "Gi1/0/\(number + 1)")
            (port.isUp, port.speed, port.mau) = (true, 1_000_000_000, "1000BASE-T full duplex")
            told.append(tell(devices, .port(PortReport(agent: agent, port: port)), sensor: "poll"))
            let learned = LearnedAddress(
                agent: agent, hardware: subject(closet * 48 + number).hardware ?? .zero, ifIndex: UInt32(number + 1),
                vlan: 10, kind: .learned)
            told.append(tell(devices, .learned(learned), sensor: "poll"))
        }
        return told
    }

    /// Everything once: sightings, facts, talks, four readings a device, a poll of every switch.
    func story(_ tell: ([Observation]) throws -> Void) rethrows {
        for start in stride(from: 0, to: devices, by: 200) { try tell(sightings(start..<min(start + 200, devices))) }
        for number in 0..<devices { try tell(facts(number) + [talk(number)]) }
        for start in stride(from: 0, to: 4 * devices, by: 200) {
            try tell(measurements(start..<min(start + 200, 4 * devices)))
        }
        for closet in 0...(devices - 1) / 48 { try tell(poll(closet)) }
    }

    func story() -> [Observation] {
        var told: [Observation] = []
        story { told += $0 }
        return told
    }
}
