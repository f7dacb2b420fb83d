//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Pretend agents over real UDP: net-snmp's own tools read what the recordings say.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Agents
import Foundation
import Model
import Simulator
import Testing
import Wire

/// Goal: what is shown alive is what is recorded.
@Suite(.enabled(if: Tool.isHere, "net-snmp's tools are not installed"))
struct `Pretend agents` {
    private static let network = SimulatedHospital(seed: 7, minutes: 1, devices: 150).network()

    /// Reads an agent to its end.
    private func walk(_ endpoint: AgentServer.Endpoint, community: String = "public", _ tool: [String]) throws -> String
    {
        try Tool.run(
            tool + ["-v2c", "-c", community, "-On", "-r2", "-t2", "\(endpoint.host):\(endpoint.port)", ".1"])
    }

    @Test func `say alive, asked by snmpbulkwalk, what their recordings say, in every maker's way`() throws {
        let server = try AgentServer(Self.network, at: .ports(host: "127.0.0.1", first: 0))
        defer { server.stop() }
        #expect(server.endpoints.map(\.agent) == Self.network.agents.map(\.name))
        var moment = Self.network.first
        var octets = 0
        repeat {
            for number in server.endpoints.indices.prefix(moment.poll == 0 ? 5 : 2) {
                for vlan in [nil] + moment.contexts(of: number).prefix(2).map(Optional.some) {
                    let community = vlan.map { "public@\($0)" } ?? "public"
                    let text = try walk(server.endpoints[number], community: community, ["snmpbulkwalk", "-Cr40"])
                    let alive = SwitchReading([.init(SNMPRows(WalkFile(Array(text.utf8)).rows), vlan: vlan)])
                    let recorded = SwitchReading([.init(moment.rows(of: number, vlan: vlan), vlan: vlan)])
                    #expect(alive == recorded, "\(server.endpoints[number].agent) \(community)")
                    #expect(vlan == nil || !alive.forwarding.isEmpty)
                }
            }
            octets = max(octets, server.standing.octets)
        } while server.advance() && moment.advance() && moment.poll < 3
        #expect(server.standing.answers > 100)
        #expect(octets > 100_000)
    }

    @Test func `answer each question alone, too, and nobody with another community`() throws {
        let server = try AgentServer(Self.network, community: "ward", at: .ports(host: "127.0.0.1", first: 0))
        defer { server.stop() }
        let endpoint = server.endpoints[1]
        let name = try Tool.run(
            ["snmpgetnext", "-v2c", "-c", "ward", "-Oqv", "\(endpoint.host):\(endpoint.port)", ".1.3.6.1.2.1.1.4"])
        #expect(
            name == Self.network.agents[1].systemName + "\n" || name == "\"\(Self.network.agents[1].systemName)\"\n")
        for community in ["public", "ward@4095", "ward@", "ward@x", "war", "ward@9"] {
            let before = server.standing.answers
            #expect(throws: Tool.Failure.self) {
                try Tool.run(
                    [
                        "snmpget", "-v2c", "-c", community, "-r0", "-t0.2", "\(endpoint.host):\(endpoint.port)",
                        ".1.3.6.1.2.1.1.5.0",
                    ])
            }
            #expect(server.standing.answers == before, "\(community)")
        }
    }

    @Test func `live on loopback only, each on its own port or its own address`() throws {
        #expect(throws: AgentServer.Failure.notLoopback("0.0.0.0")) {
            try AgentServer(Self.network, at: .ports(host: "0.0.0.0", first: 0))
        }
        #expect(throws: AgentServer.Failure.self) {
            try AgentServer(Self.network, at: .ports(host: "127.0.0.1", first: 65_535))
        }
    }

    @Test func `take their time from a clock, and stay at the last poll`() async throws {
        let server = try AgentServer(Self.network, at: .ports(host: "127.0.0.1", first: 0))
        defer { server.stop() }
        #expect(server.standing.poll == 0)
        server.advance(every: .milliseconds(5))
        for _ in 0..<400 where server.standing.poll < Self.network.times.count - 1 {
            try await Task.sleep(for: .milliseconds(10))
        }
        #expect(server.standing.poll == Self.network.times.count - 1)
        #expect(!server.advance())
    }
}

/// One of net-snmp's tools, run to its end.
enum Tool {
    struct Failure: Error {
        var status: Int32
    }

    static let isHere = FileManager.default.isExecutableFile(atPath: "/usr/bin/snmpbulkwalk")

    static func run(_ words: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = words
        // No MIB is needed: names are numbers. Its own folder of state is none of ours.
        process.environment = ["PATH": "/usr/bin:/bin", "MIBS": "", "SNMP_PERSISTENT_DIR": "/tmp"]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure(status: process.terminationStatus) }
        return String(decoding: data, as: UTF8.self)
    }
}
