//===----------------------------------------------------------------------===//
// Wardlight · Simulator
//
// One living site: its traffic, its switches, its rooms and its people, going on for ever.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Wire

/// A site at one moment. A value: the same steps whoever takes them, and however many at once.
///
/// What it holds does not grow with time: acts under way, one table of ports, and who is where now.
struct LivingSite: Sendable {
    /// What a site is built from.
    struct Sketch: Sendable {
        var name: String
        /// Its place among the sites, from 0.
        var number: Int
        var seed: UInt64
        var start: Int64
        var devices: Int
        var plan: FloorPlan
        var recipe: Recipe
        var pollSeconds: Int
        /// Nanoseconds from one event of the care of people to the next, about.
        var carePause: Int64
    }

    enum Task: Sendable {
        case begin, poll, report, tick, care
        case gauge(Int)
    }

    static let second: Int64 = 1_000_000_000

    let name: String
    let plan: FloorPlan
    let campus: Campus
    let standing: Standing
    let network: SimulatedNetwork
    let pollSeconds: Int
    let carePause: Int64
    var timeline: Timeline
    var agenda = Agenda<Task>()
    var fabric: Fabric
    private(set) var poll = 0
    /// In which closet each device on wheels was plugged in when the switches were last asked.
    var closetsBefore: [Int: Int] = [:]
    private var reported = 0
    var gauges: [Gauge] = []
    var care: Care
    var chance: Chance

    init(_ sketch: Sketch) {
        (name, plan, pollSeconds, carePause) = (sketch.name, sketch.plan, sketch.pollSeconds, sketch.carePause)
        var campus = Campus(
            seed: sketch.seed, devices: sketch.devices, seconds: Self.wakingSeconds, recipe: sketch.recipe)
        let wired = Fabric(campus, ports: nil)
        campus.takeCircuits(from: wired)
        self.campus = campus
        standing = Standing(campus, sketch.plan, wired)
        network = SimulatedNetwork(campus, wired, polls: Self.storyPolls, every: sketch.pollSeconds)
        timeline = Timeline(campus, seconds: Self.wakingSeconds, isEndless: true)
        fabric = network.story.first
        chance = Chance(seed: sketch.seed, stream: 0x11F3)
        care = Care(
            campus, standing, sketch.plan, firstPerson: 110_000 * (sketch.number + 1) + 400,
            isHome: sketch.recipe.mix != nil)
        gauges = Gauge.all(of: self, seed: sketch.seed)
        agenda.plan(.begin, at: campus.start)
        agenda.plan(.poll, at: campus.start)
        agenda.plan(.report, at: campus.start)
        agenda.plan(.tick, at: campus.start + Self.tickPause)
        agenda.plan(.care, at: campus.start + carePause / 2)
        for (number, gauge) in gauges.enumerated() {
            agenda.plan(.gauge(number), at: campus.start + Self.second + gauge.offset)
        }
    }

    /// Everybody has spoken by then: a newcomer does not wait.
    static let wakingSeconds = 75
    /// Polls in which the planted happens; as many as the story of a patrol has.
    static let storyPolls = 10
    static let tickPause = 10 * second
    /// A desk says anew what hangs on it.
    static let reportPause = 1_800 * second

    /// When something happens next.
    var next: Int64 { min(timeline.next ?? .max, agenda.next ?? .max) }

    /// Goes on by one thing.
    mutating func step(into events: inout [LiveEvent]) {
        let time = next
        guard agenda.next == time else {
            guard var frame = timeline.step() else { return }
            for voice in network.story.voices { frame = voice.heard(frame, at: Timestamp(nanoseconds: time)) }
            return events.append(event(.frame(frame), at: time))
        }
        guard let (_, task) = agenda.take() else { return }
        switch task {
        case .begin: begin(at: time, &events)
        case .poll:
            if poll > 0 { fabric.pass(seconds: Int((time - fabric.now) / Self.second)) }
            for happening in network.story.happenings where happening.poll == poll { happening.change(&fabric) }
            follow(at: time, &events)
            tellSwitches(at: time, &events)
            poll += 1
            // Who is new wants to see something soon; after that half as often will do.
            let pause = poll < Self.storyPolls ? pollSeconds : 2 * pollSeconds
            agenda.plan(.poll, at: time + Int64(pause) * Self.second)
        case .report: report(at: time, &events)
        case .tick:
            say(.tick, by: "clock", at: time, &events)
            agenda.plan(.tick, at: time + Self.tickPause)
        case .care:
            care(at: time, &events)
            agenda.plan(.care, at: time + carePause * Int64(chance.within(500...1_500)) / 1_000)
        case .gauge(let number): measure(number, at: time, &events)
        }
    }

    /// Whether the planted things are all there, and the switches are free for what comes after.
    var isStoryOver: Bool { poll > Self.storyPolls }

    // MARK: Saying

    func event(_ kind: LiveEvent.Kind, at time: Int64) -> LiveEvent {
        LiveEvent(site: name, time: Timestamp(nanoseconds: time), kind: kind)
    }

    func say(_ body: Observation.Body, by sensor: String, at time: Int64, _ events: inout [LiveEvent]) {
        let observation = Observation(
            site: name, sensor: sensor, occurred: Timestamp(nanoseconds: time), body: body)
        events.append(event(.observation(observation), at: time))
    }

    func say(_ edges: [Edge], at time: Int64, _ events: inout [LiveEvent]) {
        for edge in edges { say(.edge(edge), by: "bedside", at: time, &events) }
    }

    /// The plan of the house, and who is where in it.
    private func begin(at time: Int64, _ events: inout [LiveEvent]) {
        for location in plan.locations { say(.location(.stands(location)), by: "plan", at: time, &events) }
        say(edges, at: time, &events)
    }

    /// Pumps and monitors that only speak through a gateway stand at beds as well.
    var behindGateways: [(subject: Subject, bed: String)] {
        let gateways = campus.stations.filter { $0.known[.type] == "medical gateway" }
        let all = gateways.flatMap { gateway in
            gateway.children.map {
                Subject(hardware: gateway.hardware, child: "eui64:" + EUI64(bits: $0.eui64).description)
            }
        }
        let beds = plan.beds
        return beds.isEmpty ? [] : all.enumerated().map { ($1, beds[$0 % beds.count].id) }
    }

    /// Small devices with the addresses under which they are known: their gateway's, and their own behind it.
    var feelers: [(subject: Subject, feeler: Feeler)] {
        let gateways = campus.stations.filter { $0.known[.type] == "sensor gateway" }
        return zip(gateways, Feeler.all(in: plan)).flatMap { gateway, feelers in
            zip(gateway.children, feelers).map { child, feeler in
                let name = "eui64:" + EUI64(bits: child.eui64).description
                return (Subject(hardware: gateway.hardware, child: name), feeler)
            }
        }
    }

    // MARK: Switches and desks

    private func tellSwitches(at time: Int64, _ events: inout [LiveEvent]) {
        let forwarding = Forwarding(fabric)
        for (number, agent) in network.agents.enumerated() {
            let vlans = fabric.switches[number].manner == .ios ? forwarding.vlans[number] : []
            let contexts = ([nil] + vlans.map(Optional.some)).map { vlan in
                var rows = AgentRows(number, fabric, forwarding)
                rows.write(vlan: vlan)
                return SwitchReading.VLANRows(SNMPRows(rows.rows), vlan: vlan)
            }
            events.append(event(.poll(agent: agent.name, contexts: contexts), at: time))
        }
    }

    /// What the desks report at the moments of the story; when that is told, what they said last, again and again.
    private mutating func report(at time: Int64, _ events: inout [LiveEvent]) {
        let lines = network.peripherals
        while reported < lines.count, lines[reported].time.nanoseconds <= time {
            events.append(event(.report(lines[reported]), at: time))
            reported += 1
        }
        guard reported == lines.count else {
            return agenda.plan(.report, at: lines[reported].time.nanoseconds)
        }
        agenda.plan(.report, at: time + Self.reportPause)
        guard let last = lines.last?.time, time > last.nanoseconds else { return }
        for line in lines where line.time == last {
            events.append(
                event(
                    .report(PeripheralLine(time: Timestamp(nanoseconds: time), report: line.report)), at: time))
        }
    }
}
