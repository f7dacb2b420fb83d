//===----------------------------------------------------------------------===//
// Wardlight · the command
//
// wardlight simulate: a pretend hospital, as a folder with its traffic and the truth about it, or alive.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Agents
import ArgumentParser
import Foundation
import Model
import Simulator
import Wire

struct SimulateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Writes a made-up hospital into a folder: its traffic, its switches, and the truth about them.",
        discussion: """
            The same seed, minutes and number of devices give the same files everywhere. Read them with \
            `wardlight inventory --hospital DIR` and `wardlight answers --hospital DIR`, and compare with DIR/truth.json, \
            DIR/network.json and DIR/answers.json (scripts/compare-answers). Everything in them is synthetic. With --serve the switches answer SNMP v2c (community: public) on this machine instead. With --living it is the two hospitals \
            and the home of the demo, as a log: `wardlight replay DIR/living.wlog`.
            """)

    @Option(help: "Which hospital: the same number gives the same one.") var seed: UInt64 = 7
    @Option(help: "How many minutes of traffic, 1 to 10080.") var minutes = 10
    @Option(help: "How many devices, 100 to 20000.") var devices = 300
    @Option(help: "How often its switches are polled: 6 to 288, 0 for never. [8, but never above 2000 devices]")
    var polls: Int?
    @Option(help: "Time between two polls: 30s to 1h.") var pollEvery = "5m"
    @Option(help: "Ports of each closet's switch; 24 or 48 by chance when left out.") var ports: Int?
    @Flag(help: "Rogues that are odd without a past are there from the first poll on.") var roguesAtFirst = false
    @Flag(help: "Two hospitals and a home that live (docs/demo.md), as the log DIR/living.wlog and DIR/living.json.")
    var living = false
    @Option(help: "The folder to write into; made when it is not there.") var output: String
    @Option(help: "Serve the switches at [ADDRESS:]PORT, PORT + 1 and so on, and write only DIR/wardlight.yaml.")
    var serve: String?
    @Flag(help: "With --serve: every switch has an address of its own, 127.0.1.1 and so on, and all the same port.")
    var ownAddresses = false
    @Option(help: "With --serve: how long each poll's state lasts, such as 10s; the first stays when left out.")
    var step: String?
    @Option(name: .customLong("for"), help: "With --serve: how long to serve; until Ctrl-C when left out.")
    var duration: String?

    func validate() throws {
        guard (1...10_080).contains(minutes) else { throw ValidationError("--minutes takes 1 to 10080 (a week).") }
        guard (100...20_000).contains(devices) else { throw ValidationError("--devices takes 100 to 20000.") }
        if let polls, polls != 0, !SimulatedNetwork.pollCounts.contains(polls) {
            throw ValidationError("--polls takes 6 to 288, or 0.")
        }
        guard let every = InputOptions.seconds(pollEvery), SimulatedNetwork.intervals.contains(Int(every)) else {
            throw ValidationError("--poll-every takes 30s to 1h.")
        }
        if let ports, ports != 24, ports != 48 { throw ValidationError("--ports takes 24 or 48.") }
        if living, serve != nil || polls != nil || ports != nil || roguesAtFirst || devices != 300 {
            throw ValidationError(
                "--living has devices, switches and rogues of its own; it takes --seed and --minutes.")
        }
        if living, minutes > 1_440 { throw ValidationError("--living takes at most 1440 minutes (a day).") }
        if serve == nil, ownAddresses || step != nil || duration != nil {
            throw ValidationError("--own-addresses, --step and --for need --serve.")
        }
        if let serve, Self.endpoint(serve) == nil {
            throw ValidationError("--serve \(serve) is no port: write 10161 or 127.0.0.1:10161.")
        }
        for text in [step, duration].compactMap({ $0 }) where InputOptions.seconds(text) == nil {
            throw ValidationError("\(text) is no duration: write 10s, 5m or 1h.")
        }
    }

    private static func endpoint(_ text: String) -> (host: String, port: UInt16)? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard let port = parts.last.flatMap({ UInt16($0) }), port > 0 else { return nil }
        return parts.count == 1 ? ("127.0.0.1", port) : parts.count == 2 && !parts[0].isEmpty ? (parts[0], port) : nil
    }

    func run() throws {
        let folder = URL(fileURLWithPath: output, isDirectory: true)
        let target = folder.resolvingSymlinksInPath().path
        let kind = try? FileManager.default.attributesOfItem(atPath: target)[.type] as? FileAttributeType
        if let kind, kind != .typeDirectory { throw Stop("\(output): a file; --output takes a folder.") }
        try make(folder)
        if living { return try writeLiving(folder) }
        let hospital = SimulatedHospital(
            seed: seed, minutes: minutes, devices: devices, ports: ports, hasEarlyRogues: roguesAtFirst)
        let count = polls ?? (devices > 2_000 ? 0 : 8)
        let network = hospital.network(polls: count, every: Int(InputOptions.seconds(pollEvery) ?? 300))
        if let serve, let place = Self.endpoint(serve) {
            return try self.serve(network, plan: hospital.settings, at: place, folder)
        }
        try write(folder.appendingPathComponent("capture.pcap")) { file in
            try hospital.writeCapture { try file.write(contentsOf: Data($0)) }
        }
        let key = AnswerKey(hospital, count > 0 ? network : nil)
        try write("truth.json", key.inventory, folder)
        try write(key, folder)
        guard count > 0 else { return }
        try write(network, folder)
    }

    /// The lists of the hospital, what its settings say of the site, and the right answers.
    private func write(_ key: AnswerKey, _ folder: URL) throws {
        try write("declared.csv", key.declared, folder)
        try write("answers.json", key.answers, folder)
        try write("weaknesses.json", key.weaknesses, folder)
        try write("wardlight.yaml", Array((Self.heading + "site: main\n" + key.settings).utf8), folder)
        let advisories = folder.appendingPathComponent("advisories", isDirectory: true)
        try make(advisories)
        for (name, bytes) in AnswerKey.advisories { try write(name, bytes, advisories) }
    }

    private static let heading = "# Synthetic: the settings of a simulated hospital (`wardlight simulate`).\n"

    func write(_ name: String, _ bytes: [UInt8], _ folder: URL) throws {
        try write(folder.appendingPathComponent(name)) { try $0.write(contentsOf: Data(bytes)) }
    }

    private func make(_ folder: URL) throws {
        do { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) } catch {
            throw Stop("\(folder.path): this folder cannot be made.")
        }
    }

    private func write(_ file: URL, _ body: (FileHandle) throws -> Void) throws {
        guard FileManager.default.createFile(atPath: file.path, contents: nil),
            let handle = try? FileHandle(forWritingTo: file)
        else { throw Stop("\(file.path): cannot be written.") }
        do {
            try body(handle)
            try handle.close()
        } catch { throw Stop("\(file.path): cannot be written to its end (is the disk full?).") }
    }

    // MARK: Switches

    /// `polls/<time>/<agent>[@vlan].snmprec`, what was planted, and who has what plugged in.
    private func write(_ network: SimulatedNetwork, _ folder: URL) throws {
        let polls = folder.appendingPathComponent("polls", isDirectory: true)
        // Polls of another seed beside these would be one hospital with them.
        if FileManager.default.fileExists(atPath: polls.path) {
            guard (try? FileManager.default.removeItem(at: polls)) != nil else {
                throw Stop("\(polls.path): the polls of an earlier run cannot be removed.")
            }
        }
        var moment = network.first
        repeat {
            let place = polls.appendingPathComponent(moment.time.description, isDirectory: true)
            try make(place)
            for (number, agent) in network.agents.enumerated() {
                for vlan in [nil] + moment.contexts(of: number).map(Optional.some) {
                    let name = vlan.map { "\(agent.name)@\($0).snmprec" } ?? "\(agent.name).snmprec"
                    let text = moment.rows(of: number, vlan: vlan).rows.map { $0.snmprec + "\n" }.joined()
                    try write(place.appendingPathComponent(name)) { try $0.write(contentsOf: Data(text.utf8)) }
                }
            }
        } while moment.advance()
        try write(folder.appendingPathComponent("network.json")) { try $0.write(contentsOf: Data(network.truth)) }
        // A small hospital may have no desk that reports.
        guard !network.peripherals.isEmpty else { return }
        let lines = network.peripherals.map { $0.text + "\n" }.joined()
        try write(folder.appendingPathComponent("peripherals.jsonl")) { try $0.write(contentsOf: Data(lines.utf8)) }
    }

    private func serve(
        _ network: SimulatedNetwork, plan: String, at place: (host: String, port: UInt16), _ folder: URL
    ) throws {
        let layout: AgentServer.Layout =
            ownAddresses ? .addresses(port: place.port) : .ports(host: place.host, first: place.port)
        let server: AgentServer
        do throws(AgentServer.Failure) { server = try AgentServer(network, at: layout) } catch {
            throw Stop(error.words)
        }
        defer { server.stop() }
        // Nothing here is secret, but the road is the one that a hospital goes.
        var text = "# Synthetic switches: `wardlight simulate --serve` pretends to be them.\nsite: main\n"
        text += "defaults:\n  requestsPerSecond: 1000\n  version: 2c\n  community: { file: community }\nswitches:\n"
        for endpoint in server.endpoints {
            text += "  - { name: \(endpoint.agent), host: \(endpoint.host), port: \(endpoint.port) }\n"
        }
        text += plan
        try write(folder.appendingPathComponent("wardlight.yaml")) { try $0.write(contentsOf: Data(text.utf8)) }
        let community = folder.appendingPathComponent("community")
        try write(community) { try $0.write(contentsOf: Data("public\n".utf8)) }
        guard (try? FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: community.path)) != nil
        else { throw Stop("\(community.path): cannot be closed to others.") }
        Output.note("\(server.endpoints.count) switches answer; they are named in \(folder.path)/wardlight.yaml.")
        Interrupt.watch()
        if let step = step.flatMap(InputOptions.seconds) { server.advance(every: .seconds(step)) }
        let end = duration.flatMap(InputOptions.seconds).map { ContinuousClock.now + .seconds($0) }
        while !Interrupt.isAsked, end.map({ ContinuousClock.now < $0 }) ?? true { Thread.sleep(forTimeInterval: 0.05) }
        let standing = server.standing
        Output.note("\(standing.answers) questions answered; the tables take \(standing.octets / 1_024) KiB.")
    }
}

extension AgentServer.Failure {
    var words: String {
        switch self {
        case .notLoopback(let host): "\(host): pretend switches are served on 127.0.0.0/8 only."
        case .noRoom(let agents): "\(agents) switches find no room: choose a lower port, or --own-addresses."
        case .cannotListen(let place, let reason):
            "\(place): cannot be served (\(reason)). Is the port taken, or `ulimit -n` below the number of switches?"
        }
    }
}
