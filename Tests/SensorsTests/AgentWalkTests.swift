//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// The walk of one agent: what is asked, and what happens when the answers are no good.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import SNMP
import Support
import Testing
import Wire

@testable import Sensors

/// Goal: a switch is asked for what is needed, once, and no answer can hold the walk up.
@Suite struct `The walk of one agent` {
    private static let table: ObjectName = [1, 3, 6, 1, 2, 1, 17, 7, 1, 2, 2, 1, 2]

    private func begin(_ limits: PollLimits = PollLimits(), _ memory: AgentMemory = AgentMemory()) -> AgentWalk {
        AgentWalk(limits: limits, memory: memory) { _ in nil }
    }

    private func addresses(_ walk: AgentWalk) -> Int { walk.rows.count { $0.name.hasPrefix(Self.table) } }

    @Test func `a switch of 48 ports is read whole in a dozen questions, and MIBs that are not there share two`() {
        var agent = PretendAgent.ward(ports: 48)
        var walk = begin()
        agent.walk(&walk)
        #expect(walk.isWhole && walk.troubles.isEmpty && addresses(walk) == 48)
        #expect(agent.asked.first == AgentWalk.Ask(question: .get, names: [WalkPlan.objectId, WalkPlan.upTime]))
        #expect(agent.asked.count { $0.question == .bulk(1) } <= 3)
        #expect(agent.asked.count <= 16, "\(agent.asked.count) questions")
        let reading = SwitchReading(SNMPRows(walk.rows))
        #expect(reading.interfaces.count == 48 && reading.forwarding.count == 48 && reading.system.name == "ward")
    }

    @Test func `no answer to the first question ends it there`() {
        var agent = PretendAgent.ward(ports: 1)
        var walk = begin()
        agent.walk(&walk) { _, _ in nil }
        #expect(walk.troubles == [.noAnswer] && walk.rows.isEmpty)
    }

    @Test(arguments: [1, 2, 5]) func `an error to the first question does not keep a medical device hidden`(status: Int)
    {
        let judge: MedicalJudge = { hint in if case .objectId = hint { "a pump" } else { nil } }
        var agent = PretendAgent.ward(ports: 4)
        var walk = AgentWalk(limits: PollLimits(), memory: AgentMemory(), judge: judge)
        agent.walk(&walk) { agent, ask in
            var answer = agent.answer(ask)
            if ask.names.count > 1 {
                answer = SNMPAnswer(request: 1, status: status, index: 1, bindings: answer.bindings)
            }
            return answer
        }
        #expect(agent.asked.count == 2 && walk.troubles == [.medical("a pump")] && walk.rows.isEmpty)
        // It never says what it is.
        agent = .ward(ports: 4)
        walk = AgentWalk(limits: PollLimits(), memory: AgentMemory(), judge: judge)
        agent.walk(&walk) { agent, ask in
            _ = agent.answer(ask)
            return SNMPAnswer(
                request: 1, status: status, index: 1, bindings: ask.names.map { SNMPBinding($0.numbers, .null) })
        }
        #expect(agent.asked.count == 2 && walk.troubles == [.noIdentity] && walk.rows.isEmpty)
        // It says another thing when it is asked again.
        agent = .ward(ports: 4)
        let pump: ObjectName = [1, 3, 6, 1, 4, 1, 3592, 1]
        walk = AgentWalk(limits: PollLimits(), memory: AgentMemory()) { $0 == .objectId(pump) ? "a pump" : nil }
        agent.walk(&walk) { agent, ask in
            var answer = agent.answer(ask)
            if agent.asked.count > 1 {
                answer.bindings = answer.bindings.map {
                    ObjectName($0.name) == WalkPlan.objectId ? SNMPBinding($0.name, .name(pump.numbers)) : $0
                }
            }
            return answer
        }
        #expect(agent.asked.count == 2 && walk.troubles == [.medical("a pump")] && walk.rows.isEmpty)
    }

    @Test func `who says of itself that it is medical is asked nothing more, nor who has a medical card`() {
        var agent = PretendAgent.ward(ports: 4)
        var walk = AgentWalk(limits: PollLimits(), memory: AgentMemory()) { hint in
            if case .objectId = hint { "a pump" } else { nil }
        }
        agent.walk(&walk)
        #expect(agent.asked.count == 1 && walk.troubles == [.medical("a pump")] && walk.rows.isEmpty)
        agent = .ward(ports: 4)
        agent.rows.append((WalkPlan.bridgeAddress.numbers, .octets([0, 9, 0xFB, 1, 2, 3])))
        agent.rows.sort { $0.name.lexicographicallyPrecedes($1.name) }
        walk = AgentWalk(limits: PollLimits(), memory: AgentMemory()) { hint in
            if case .hardware(let address) = hint, address.bits >> 24 == 0x0009FB { "a monitor" } else { nil }
        }
        agent.walk(&walk)
        #expect(walk.troubles == [.medical("a monitor")] && walk.rows.isEmpty && agent.asked.count <= 4)
    }

    @Test func `a table that goes in circles is left where it turns, and the others are read`() {
        var agent = PretendAgent.ward(ports: 60)
        var walk = begin()
        agent.walk(&walk) { agent, ask in
            var answer = agent.answer(ask)
            if ask.names == [Self.table] || ask.names.contains(where: { $0.hasPrefix(Self.table) && $0 != Self.table })
            {
                for place in answer.bindings.indices where answer.bindings[place].name.starts(with: Self.table.numbers)
                {
                    if place % 7 == 6 { answer.bindings[place].name[19] = 1 }
                }
            }
            return answer
        }
        #expect(walk.troubles == [.goesInCircles(Self.table)] && walk.isWhole)
        #expect(walk.rows.count { $0.name.hasPrefix([1, 3, 6, 1, 2, 1, 2, 2, 1, 8]) } == 60)
    }

    @Test func `JetStream answers out of order and is read whole all the same`() {
        func shuffled(_ objectId: ObjectName) -> AgentWalk {
            var agent = PretendAgent.ward(ports: 40, objectId: objectId)
            agent.turnRound(Self.table)
            var walk = begin()
            agent.walk(&walk)
            return walk
        }
        let other = shuffled([1, 3, 6, 1, 4, 1, 99999, 1])
        #expect(other.troubles == [.goesInCircles(Self.table)] && addresses(other) == 1)
        let jetStream = shuffled([1, 3, 6, 1, 4, 1, 11863, 5, 33])
        #expect(jetStream.troubles.isEmpty && jetStream.isWhole && addresses(jetStream) == 40)
        // Columns beside it are whole as well.
        #expect(jetStream.rows.count { $0.name.hasPrefix([1, 3, 6, 1, 2, 1, 2, 2, 1, 8]) } == 40)
    }

    @Test func `an unordered table that never ends ends all the same`() {
        var agent = PretendAgent.ward(ports: 40, objectId: [1, 3, 6, 1, 4, 1, 11863, 5, 33])
        var walk = begin()
        agent.walk(&walk) { agent, ask in
            var answer = agent.answer(ask)
            // The ninth row calls itself the first.
            let ninth = Self.table.numbers + [1, 2, 0, 0, 0, 0, 9]
            for place in answer.bindings.indices where answer.bindings[place].name == ninth {
                answer.bindings[place].name[19] = 1
            }
            return answer
        }
        #expect(walk.troubles == [.goesInCircles(Self.table)] && walk.isWhole)
    }

    @Test func `a table without end is left at its limit, an agent without end at its own`() {
        var limits = PollLimits()
        limits.rowsPerColumn = 500
        var agent = PretendAgent.ward(ports: 600)
        var walk = begin(limits)
        agent.walk(&walk)
        #expect(walk.troubles.contains(.tableTooLong(Self.table, rows: 500)) && addresses(walk) == 500)
        limits.rowsPerColumn = 10_000
        limits.rowsPerAgent = 1_000
        walk = begin(limits)
        agent.walk(&walk)
        #expect(walk.troubles.contains(.tooManyRows(1_000)) && !walk.isWhole)
        #expect(walk.rows.count <= 1_000 + limits.bindings)
    }

    @Test func `tooBig halves the question until it fits`() {
        var agent = PretendAgent.ward(ports: 30)
        var walk = begin()
        agent.walk(&walk) { agent, ask in
            if case .bulk(let rows) = ask.question, rows * ask.names.count > 5 {
                return SNMPAnswer(request: 1, status: 1, bindings: ask.names.map { SNMPBinding($0.numbers, .null) })
            }
            return agent.answer(ask)
        }
        #expect(walk.isWhole && addresses(walk) == 30 && !walk.troubles.contains { $0.isCut })
    }

    @Test(arguments: [true, false]) func `an old switch without GETBULK is asked row by row`(isSilent: Bool) {
        var agent = PretendAgent.ward(ports: 10)
        var walk = begin()
        agent.walk(&walk) { agent, ask in
            guard case .bulk = ask.question else { return agent.answer(ask) }
            return isSilent
                ? nil : SNMPAnswer(request: 1, status: 5, bindings: ask.names.map { SNMPBinding($0.numbers, .null) })
        }
        #expect(walk.troubles == [.rowByRow] && walk.isWhole && addresses(walk) == 10)
    }

    @Test func `who stops answering in the middle is given up after a few tries, and what was read stays`() {
        var agent = PretendAgent.ward(ports: 48)
        var walk = begin()
        var silences = 0
        agent.walk(&walk) { agent, ask in
            if agent.asked.count < 6 { return agent.answer(ask) }
            silences += 1
            return nil
        }
        #expect(walk.troubles.last == .stoppedAnswering && !walk.isWhole && !walk.rows.isEmpty)
        #expect(silences <= 8, "\(silences) questions to a dead switch")
    }

    @Test func `an answer without bindings, or with too many, or with strange names ends nothing and moves nothing`() {
        var agent = PretendAgent.ward(ports: 12)
        var walk = begin()
        agent.walk(&walk) { agent, ask in
            var answer = agent.answer(ask)
            switch agent.asked.count % 5 {
            case 1: answer.bindings += Array(repeating: SNMPBinding([1, 3, 6, 1], .integer(9)), count: 500)
            case 3: answer.bindings.append(SNMPBinding([], .null))
            default: break
            }
            return answer
        }
        #expect(walk.isDone && addresses(walk) == 12)
        agent = .ward(ports: 12)
        walk = begin()
        agent.walk(&walk) { _, _ in SNMPAnswer(request: 1, bindings: []) }
        #expect(walk.isDone && walk.rows.isEmpty)
    }

    @Test func `a second poll asks what changes only, and everything when a marker moved or the switch began anew`() {
        var agent = PretendAgent.ward(ports: 48)
        var first = begin()
        agent.walk(&first)
        let whole = agent.asked.count
        let memory = first.remembered()

        agent.asked = []
        agent.rows[agent.rows.firstIndex { $0.name == WalkPlan.upTime.numbers } ?? 0].value = .ticks(2_000)
        var second = begin(PollLimits(), memory)
        agent.walk(&second)
        #expect(second.isQuick && agent.asked.count < whole)
        #expect(!agent.asked.contains { $0.names.contains { $0.hasPrefix([1, 3, 6, 1, 2, 1, 2, 2, 1, 2]) } })
        #expect(Set(SNMPRows(second.rows).rows.map(\.name)) == Set(SNMPRows(first.rows).rows.map(\.name)))

        // ifTableLastChange moved.
        let marker = WalkPlan.Marker.interfaces.objects[0].numbers
        agent.rows[agent.rows.firstIndex { $0.name == marker } ?? 0].value = .ticks(8)
        var third = begin(PollLimits(), second.remembered())
        agent.asked = []
        agent.walk(&third)
        #expect(agent.asked.contains { $0.names.contains { $0.hasPrefix([1, 3, 6, 1, 2, 1, 2, 2, 1, 2]) } })

        // Started anew.
        agent.rows[agent.rows.firstIndex { $0.name == WalkPlan.upTime.numbers } ?? 0].value = .ticks(5)
        var fourth = begin(PollLimits(), third.remembered())
        agent.walk(&fourth)
        #expect(!fourth.isQuick)
    }

    @Test func `every tenth poll reads everything`() {
        var memory = AgentMemory()
        var quick: [Bool] = []
        for poll in 0..<12 {
            var agent = PretendAgent.ward(ports: 2, upTime: UInt32(1_000 + poll))
            var walk = begin(PollLimits(), memory)
            agent.walk(&walk)
            quick.append(walk.isQuick)
            memory = walk.remembered()
        }
        #expect(quick == (0..<12).map { $0 % 10 != 0 })
    }
}

/// Goal: nobody is asked faster than its keeper allows, and who struggles is left in peace.
@Suite struct `The pace` {
    private static let millisecond: Int64 = 1_000_000

    @Test(arguments: [1, 50, 1_000]) func `keeps to the questions a second`(rate: Int) {
        var pace = Pace(requestsPerSecond: rate)
        pace.sent(at: 0)
        #expect(pace.nextSend == 1_000_000_000 / Int64(rate))
    }

    @Test func `backs off when an answer takes twice as long, and comes back when it recovers`() {
        var pace = Pace(requestsPerSecond: 1_000)
        for _ in 0..<5 { pace.heard(after: 30 * Self.millisecond, isLong: true, at: 0) }
        #expect(pace.slowness == 1)
        pace.heard(after: 79 * Self.millisecond, isLong: true, at: 0)
        #expect(pace.slowness == 1)
        pace.heard(after: 93 * Self.millisecond, isLong: true, at: 0)
        #expect(pace.slowness == 2 && pace.backOffs == 1 && pace.nextSend == 93 * Self.millisecond)
        for _ in 0..<9 { pace.heard(after: 900 * Self.millisecond, isLong: true, at: 0) }
        #expect(pace.slowness == Pace.mostSlowness && pace.nextSend == Pace.longestPause)
        for _ in 0..<12 { pace.heard(after: 30 * Self.millisecond, isLong: true, at: 0) }
        #expect(pace.slowness == 1)
    }

    @Test func `a table that stays slow becomes the usual, so that it is read to its end`() {
        var pace = Pace(requestsPerSecond: 1_000)
        for _ in 0..<20 { pace.heard(after: 4 * Self.millisecond, isLong: true, at: 0) }
        var pauses: Int64 = 0
        for answer in 0..<400 {
            let now = Int64(answer) * 10_000 * Self.millisecond
            pace.heard(after: 50 * Self.millisecond, isLong: true, at: now)
            pauses += max(0, pace.nextSend - now)
        }
        #expect(pace.slowness == 1 && pauses < 20_000 * Self.millisecond, "\(pauses)")
        // And it is felt again when it struggles.
        pace.heard(after: 300 * Self.millisecond, isLong: true, at: 0)
        #expect(pace.slowness == 2)
    }

    @Test func `a long answer is not compared with a short one`() {
        var pace = Pace(requestsPerSecond: 1_000)
        pace.heard(after: Self.millisecond, isLong: false, at: 0)
        pace.heard(after: 500 * Self.millisecond, isLong: true, at: 0)
        #expect(pace.slowness == 1)
        pace.missed(at: 0)
        #expect(pace.slowness == 2)
    }
}
