//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Switches that are asked, over real UDP: given recordings, net-snmp's own agent, and agents that behave badly.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model
import SNMP
import Support
import Synchronization
import Testing
import Wire

@testable import Sensors

/// Goal: what is asked says the same as what is recorded, and nobody can stop a poll.
@Suite(.serialized)
struct `Switches that are asked` {
    private static let time = Timestamp(seconds: 1_772_366_400)

    private func target(
        _ agent: String, _ port: UInt16, _ credential: Credential = .community(Secret("public")), timeout: Int = 1_000
    ) -> SwitchTarget {
        var target = SwitchTarget(agent: agent, host: "127.0.0.1", port: port, site: "main", credential: credential)
        target.requestsPerSecond = 1_000
        target.timeoutMilliseconds = timeout
        target.retries = 2
        return target
    }

    private func poll(
        _ targets: [SwitchTarget], limits: PollLimits = PollLimits(), judge: @escaping MedicalJudge = { _ in nil }
    ) throws -> (observations: [Observation], cost: SwitchPoller.Cost) {
        var observations: [Observation] = []
        let poller = SwitchPoller(targets, limits: limits, judge: judge)
        let cost = try poller.poll(time: { Self.time }, offset: 0) { observations += $0 }
        return (observations, cost)
    }

    private func coverage(_ observations: [Observation]) -> [String: Coverage] {
        var found: [String: Coverage] = [:]
        for observation in observations {
            if case .coverage(let coverage) = observation.body { found[coverage.input] = coverage }
        }
        return found
    }

    /// What was said, without how it was read.
    private func said(_ observations: [Observation]) -> [Observation.Body] {
        observations.map(\.body).filter { body in
            switch body {
            case .coverage, .oddity: false
            default: true
            }
        }
    }

    private func addresses(_ observations: [Observation], of agent: String) -> Int {
        observations.count { if case .learned(let row) = $0.body { row.agent == agent } else { false } }
    }

    // MARK: Given recordings

    /// Small ones, of five makers, in order (snmpsim looks names up by halving).
    static let given = [
        "librenms__procurve_2520", "librenms__ciscosb_cbs250-24p-4x-v3", "librenms__aos6",
        "librenms__jetstream_sg2218p", "librenms__linksys-ss_lgs318p",
    ]

    @Test(.enabled(if: Recordings.areHere)) func `say the same as their recordings`() throws {
        var files: [String: String] = [:]
        for name in Self.given { files[name] = try Recordings.url("snmp/\(name).snmprec").path }
        let (server, port) = try Server.recordings(files)
        let targets = Self.given.map { target($0, port, .community(Secret($0)), timeout: 20_000) }
        let live = try poll(targets).observations
        _ = server
        for name in Self.given {
            var walk = WalkSensor(site: "main")
            var recorded: [Observation] = []
            try walk.read(files[name] ?? "", at: Self.time, note: { _ in }, emit: { recorded += $0 })
            let mine = live.filter { observation in
                switch observation.body {
                case .switch(let found): found.agent == name
                case .port(let report): report.agent == name
                case .learned(let row): row.agent == name
                case .neighbour(let neighbour): neighbour.agent == name
                default: false
                }
            }
            let theirs = said(recorded).filter { body in
                switch body {
                case .switch, .port, .learned, .neighbour: true
                default: false
                }
            }
            #expect(mine.map(\.body) == theirs, "\(name)")
            #expect(theirs.count > 5, "\(name)")
            #expect(coverage(live)[name]?.problem == nil, "\(name): \(coverage(live)[name]?.problem ?? "")")
        }
        // Sightings, facts and all else, of all together.
        var all: [Observation.Body] = []
        for name in Self.given {
            var walk = WalkSensor(site: "main")
            try walk.read(files[name] ?? "", at: Self.time, note: { _ in }, emit: { all += said($0) })
        }
        #expect(said(live) == all)
        #expect(live.allSatisfy { $0.sensor == "snmp" && $0.occurred == Self.time })
    }

    /// By communities `closet@12` of version 2c, and by contexts `vlan-12` of version 3.
    @Test(arguments: [false, true])
    func `Cisco is asked for each of its VLANs, and the recording of each says the same`(isVersion3: Bool) throws {
        let scratch = try Scratch()
        let states = "1.3.6.1.4.1.9.9.46.1.3.1.1.2.1"
        let whole = """
            1.3.6.1.2.1.1.1.0|4|Cisco IOS
            1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.9.1.516
            1.3.6.1.2.1.1.3.0|67|5000
            1.3.6.1.2.1.1.5.0|4|closet
            1.3.6.1.2.1.31.1.1.1.1.10101|4|Gi1/0/1
            \(states).1|2|1
            \(states).12|2|1
            \(states).13|2|2
            \(states).1002|2|1
            \(states).1005|2|1
            """
        let one = "1.3.6.1.2.1.17.1.4.1.2.1|2|10101\n1.3.6.1.2.1.17.4.3.1.2.0.0.0.0.0.9|2|1\n"
        let twelve = "1.3.6.1.2.1.17.1.4.1.2.1|2|10101\n1.3.6.1.2.1.17.4.3.1.2.0.0.0.0.0.7|2|1\n"
        let files = [
            "closet": try scratch.write("closet.snmprec", Array((whole + "\n").utf8)),
            "closet@1": try scratch.write("closet@1.snmprec", Array(one.utf8)),
            "closet@12": try scratch.write("closet@12.snmprec", Array(twelve.utf8)),
        ]
        let contexts = ["self": files["closet"], "vlan-1": files["closet@1"], "vlan-12": files["closet@12"]]
        let word = "maplesyrup1"
        let (server, port) = try Server.recordings(
            isVersion3 ? contexts.compactMapValues(\.self) : files, user: isVersion3 ? ("ward", word) : nil)
        let proof: Credential =
            isVersion3
            ? .user("ward", authentication: .init(.sha256, Secret(word)), privacy: nil) : .community(Secret("closet"))
        let live = try poll([target("closet", port, proof, timeout: 5_000)])
        _ = server
        var walk = WalkSensor(site: "main")
        var recorded: [Observation] = []
        try walk.read(scratch.url.path, at: Self.time, note: { _ in }, emit: { recorded += $0 })
        #expect(said(live.observations) == said(recorded))
        #expect(coverage(live.observations)["closet"]?.problem == nil)
        let vlans = live.observations.compactMap { observation -> UInt16? in
            if case .learned(let row) = observation.body { row.vlan } else { nil }
        }
        #expect(vlans == [1, 12])
    }

    // MARK: Version 3

    @Test func `version 3 with authentication and privacy reads, and each wrong word has its own line`() throws {
        let (server, port) = try Server.agent(
            user: "ward", authentication: "maplesyrup1", privacy: "maplesyrup2")
        func user(
            _ name: String, _ authentication: String, _ privacy: String?,
            _ method: Credential.Privacy.Method = .aes128
        ) -> Credential {
            .user(
                name, authentication: .init(.sha256, Secret(authentication)),
                privacy: privacy.map { .init(method, Secret($0)) })
        }
        // net-snmp keeps one set of keys for a user of an engine, so they are tried one after the other; the right ones
        // first and last: neither helps the wrong ones, nor suffers from them.
        var observations: [Observation] = []
        for target in [
            target("good", port, user("ward", "maplesyrup1", "maplesyrup2")),
            target("name", port, user("nobody", "maplesyrup1", "maplesyrup2")),
            target("level", port, user("ward", "maplesyrup1", nil)),
            target("short", port, user("ward", "maple", nil)),
            target("bare", port, .user("ward", authentication: nil, privacy: nil)),
            target("sign", port, user("ward", "maplesyrup9", "maplesyrup2"), timeout: 300),
            target("seal", port, user("ward", "maplesyrup1", "maplesyrup9"), timeout: 300),
            target("method", port, user("ward", "maplesyrup1", "maplesyrup2", .des), timeout: 300),
            target("again", port, user("ward", "maplesyrup1", "maplesyrup2")),
        ] { observations += try poll([target]).observations }
        _ = server
        let lines = coverage(observations)
        for right in ["good", "again"] {
            #expect(lines[right]?.problem == nil, "\(right): \(lines[right]?.problem ?? "")")
        }
        let names = observations.compactMap { if case .switch(let found) = $0.body { found.name } else { nil } }
        #expect(names == ["snmpd-ward", "snmpd-ward"])
        #expect(lines["name"]?.problem == PollTrouble.unknownUser.problem)
        #expect(lines["short"]?.problem == PollTrouble.passphraseTooShort.problem)
        #expect(lines["bare"]?.problem == PollTrouble.unguardedUser.problem)
        #expect(lines["sign"]?.problem == PollTrouble.wrongPassphrase.problem)
        #expect(lines["level"]?.problem == PollTrouble.notAllowed.problem)
        #expect(lines["seal"]?.problem != nil && lines["method"]?.problem != nil)
        for (name, line) in lines where !["good", "again"].contains(name) {
            #expect(line.cure?.isEmpty == false, "\(name)")
            #expect(!"\(line)".contains("maplesyrup"), "\(name)")
        }
    }

    // MARK: Bad agents

    private static let rows = """
        1.3.6.1.2.1.1.1.0|4|A switch
        1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.99999.1
        1.3.6.1.2.1.1.3.0|67|1000
        1.3.6.1.2.1.1.5.0|4|ward

        """
        + (1...48).map { "1.3.6.1.2.1.2.2.1.8.\($0)|2|1\n" }.joined()
        + (1...48).map { "1.3.6.1.2.1.17.7.1.2.2.1.2.1.2.0.0.0.0.\($0)|2|\($0)\n" }.joined()

    @Test func `none of a dozen bad agents stops the poll or spoils what the others say`() throws {
        let manners = [
            "plain", "lossy", "slow", "reordering", "mixed", "tight", "norows", "loops", "endless", "huge", "garbage",
            "deaf", "wrong",
        ]
        let (server, ports) = try Server.badAgents(manners, rows: Self.rows.replacing("\n\n", with: "\n"))
        var limits = PollLimits()
        limits.rowsPerColumn = 5_000
        limits.secondsPerAgent = 20
        let targets = manners.map { target($0, ports[$0] ?? 0, timeout: 150) } + [target("nobody", 9)]
        let clock = ContinuousClock()
        var result: (observations: [Observation], cost: SwitchPoller.Cost) = ([], SwitchPoller.Cost())
        let took = try clock.measure { result = try poll(targets, limits: limits) }
        _ = server
        let lines = coverage(result.observations)
        #expect(result.cost.switches == manners.count + 1 && lines.count == manners.count + 1)
        for manner in ["plain", "lossy", "slow", "reordering", "mixed", "tight", "norows"] {
            #expect(addresses(result.observations, of: manner) == 48, "\(manner): \(lines[manner]?.problem ?? "")")
        }
        for manner in ["plain", "slow", "reordering", "tight"] {
            #expect(lines[manner]?.problem == nil, "\(manner): \(lines[manner]?.problem ?? "")")
        }
        #expect(lines["norows"]?.problem?.contains("row by row") == true)
        #expect(lines["mixed"]?.problem?.contains("no SNMP") == true)
        #expect(lines["loops"]?.problem?.contains("goes in circles") == true)
        #expect(lines["endless"]?.problem?.contains("more than 5000 rows") == true)
        #expect(lines["huge"]?.problem?.contains("more than 5000 rows") == true)
        #expect(addresses(result.observations, of: "huge") <= 5_048)
        #expect(lines["garbage"]?.problem?.contains("no answer") == true)
        #expect(lines["deaf"]?.problem?.contains("stopped answering") == true)
        #expect(lines["nobody"]?.problem?.contains("refused") == true)
        for (agent, line) in lines where line.problem != nil { #expect(line.cure?.isEmpty == false, "\(agent)") }
        #expect(took < .seconds(20), "\(took)")
    }

    @Test func `a freeze, a medical address and a name that nobody knows are left alone, each with its line`() throws {
        let (server, ports) = try Server.badAgents(["plain"], rows: Self.rows.replacing("\n\n", with: "\n"))
        let port = ports["plain"] ?? 0
        var frozen = target("frozen", port)
        frozen.freezes = [.once(from: Self.time, to: Timestamp(seconds: 1_772_366_401))]
        var unknown = target("unknown", port, .community(Secret("other")))
        unknown.host = "no-such-switch.invalid"
        let medical = target("medical", port, .community(Secret("third")))
        let result = try poll([frozen, unknown, medical, medical]) { hint in
            if case .objectId = hint { "it pumps" } else { nil }
        }
        _ = server
        let lines = coverage(result.observations)
        #expect(lines["frozen"]?.problem == PollTrouble.frozen.problem)
        #expect(lines["unknown"]?.problem == PollTrouble.unknownName.problem)
        #expect(lines["medical"]?.problem == "not asked: it pumps")
        #expect(said(result.observations).isEmpty && result.cost.questions == 1 && result.cost.switches == 3)
        let known = try poll([target("known", port)]) { hint in if case .address = hint { "a pump" } else { nil } }
        #expect(known.cost.questions == 0 && coverage(known.observations)["known"]?.problem == "not asked: a pump")
    }

    @Test func `nothing goes to many at once, past a zone, or twice to one switch`() throws {
        let (server, ports) = try Server.badAgents(["plain"], rows: Self.rows.replacing("\n\n", with: "\n"))
        let port = ports["plain"] ?? 0
        func at(_ host: String, _ name: String) -> SwitchTarget {
            var found = target(name, port)
            found.host = host
            return found
        }
        let result = try poll([
            at("239.1.2.3", "group"), at("255.255.255.255", "all"), at("0.0.0.0", "nobody"), at("ff02::1%lo", "link"),
            at("fe80::1%lo", "zoned"), at("127.0.0.1", "first"), at("127.1", "second"),
        ]) { hint in
            if case .address(let address) = hint, address.isLinkLocal { "a pump" } else { nil }
        }
        _ = server
        let lines = coverage(result.observations)
        for name in ["group", "all", "nobody", "link"] {
            #expect(lines[name]?.problem == PollTrouble.notOneSwitch.problem, "\(name): \(lines[name]?.problem ?? "")")
        }
        #expect(lines["zoned"]?.problem == "not asked: a pump")
        #expect(lines["first"]?.problem == nil && lines["second"]?.problem == PollTrouble.askedAs("first").problem)
        #expect(addresses(result.observations, of: "first") == 48)
    }

    @Test func `a poll that ends with an error replaces none that was whole`() throws {
        let (server, ports) = try Server.badAgents(["reports"], rows: Self.rows.replacing("\n\n", with: "\n"))
        let poller = SwitchPoller([target("ward", ports["reports"] ?? 0)], judge: { _ in nil })
        var polls: [[Observation]] = []
        for _ in 0..<2 {
            var told: [Observation] = []
            _ = try poller.poll(time: { Self.time }, offset: 0) { told += $0 }
            polls.append(told)
        }
        _ = server
        #expect(addresses(polls[0], of: "ward") == 48 && coverage(polls[0])["ward"]?.problem == nil)
        #expect(said(polls[1]).isEmpty && coverage(polls[1])["ward"]?.problem != nil)
    }

    @Test func `an engine belongs to who told of it first, unless both have the same keys`() {
        func user(_ name: String, _ phrase: String) -> SwitchTarget {
            target(name, 161, .user("ward", authentication: .init(.sha256, Secret(phrase)), privacy: nil))
        }
        let book = EngineBook()
        #expect(book.claim([1, 2, 3, 4, 5], by: user("a", "maplesyrup1")) == nil)
        #expect(book.claim([1, 2, 3, 4, 5], by: user("liar", "maplesyrup2")) == "a")
        #expect(book.claim([1, 2, 3, 4, 5], by: user("twin", "maplesyrup1")) == nil)
        #expect(book.claim([1, 2, 3, 4, 5], by: user("a", "maplesyrup1")) == nil)
        #expect(book.claim([9, 2, 3, 4, 5], by: user("liar", "maplesyrup2")) == nil)
    }

    @Test func `hundreds at once are told in the order of the list`() throws {
        let (server, ports) = try Server.badAgents(["plain"], rows: Self.rows.replacing("\n\n", with: "\n"))
        // One door and one word would be one switch; a proxy has a word for each.
        let targets = (0..<300).map {
            target("switch-\($0)", ports["plain"] ?? 0, .community(Secret("word-\($0)")), timeout: 10_000)
        }
        // Most end after one question, so they end in another order than they began.
        let asked = Mutex(0)
        let result = try poll(targets) { hint in
            guard case .objectId = hint else { return nil }
            return asked.withLock {
                $0 += 1; return $0 % 15 == 0 ? nil : "it pumps"
            }
        }
        _ = server
        let lines = result.observations.compactMap { observation -> Coverage? in
            if case .coverage(let line) = observation.body { line } else { nil }
        }
        #expect(lines.map(\.input) == targets.map(\.agent))
        #expect(lines.count { $0.problem == nil } == 20 && result.cost.switches == 300)
    }

    @Test func `no switch is asked more often than its settings allow, however fast it answers`() throws {
        let (server, ports) = try Server.badAgents(["plain"], rows: Self.rows.replacing("\n\n", with: "\n"))
        var gentle = target("gentle", ports["plain"] ?? 0)
        gentle.requestsPerSecond = 10
        let clock = ContinuousClock()
        var result: (observations: [Observation], cost: SwitchPoller.Cost) = ([], SwitchPoller.Cost())
        let took = try clock.measure { result = try poll([gentle]) }
        _ = server
        #expect(coverage(result.observations)["gentle"]?.problem == nil && result.cost.questions > 5)
        #expect(took >= .milliseconds((result.cost.questions - 1) * 100), "\(result.cost.questions) in \(took)")
    }

    @Test func `the library reads no file of its own and its name is no secret`() {
        #expect(SNMPLibrary.version.hasPrefix("5."))
        #expect("\(SNMPProof.community(Array("private".utf8)))" == "•••")
        #expect(SNMPLibrary.octets(of: "192.0.2.1") == [192, 0, 2, 1] && SNMPLibrary.octets(of: "ward-3") == nil)
    }
}
