//===----------------------------------------------------------------------===//
// Wardlight · Agents
//
// The board: what every pretend agent answers now.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Simulator
import Synchronization
import Wire

/// Keeps the hospital's moment and the tables made of it. A table is made when it is first asked for and dropped when
/// time goes on: memory is bounded by one table for each agent and VLAN.
final class AgentBoard: Sendable {
    private struct State {
        var moment: SimulatedNetwork.Moment
        /// By agent, then VLAN (0 for the agent as a whole).
        var tables: [[UInt16: SNMPTable]]
        var answers = 0
    }
    private let state: Mutex<State>
    private let community: [UInt8]

    init(_ network: SimulatedNetwork, community: String) {
        self.community = Array(community.utf8)
        state = Mutex(
            State(moment: network.first, tables: [[UInt16: SNMPTable]](repeating: [:], count: network.agents.count)))
    }

    /// Answers one datagram; nil where an agent would be silent: no question of version 2c, or another community.
    func answer(_ datagram: [UInt8], to agent: Int) -> [UInt8]? {
        guard let question = SNMPMessage(datagram.span), let vlan = vlan(of: question.community) else { return nil }
        return state.withLock { state in
            guard state.tables.indices.contains(agent) else { return nil }
            if state.tables[agent][vlan] == nil {
                if vlan > 0, !state.moment.contexts(of: agent).contains(vlan) { return nil }
                state.tables[agent][vlan] = SNMPTable(state.moment.rows(of: agent, vlan: vlan == 0 ? nil : vlan))
            }
            state.answers += 1
            return state.tables[agent][vlan]?.answer(question)
        }
    }

    /// `public` is the agent as a whole, `public@12` its VLAN 12.
    private func vlan(of word: [UInt8]) -> UInt16? {
        if word == community { return 0 }
        guard word.count > community.count + 1, word.starts(with: community), word[community.count] == 0x40,
            let number = UInt16(String(decoding: word.dropFirst(community.count + 1).prefix(5), as: UTF8.self)),
            (1...4_094).contains(number)
        else { return nil }
        return number
    }

    /// Goes on to the next poll's state; says whether there is one.
    func advance() -> Bool {
        state.withLock { state in
            guard state.moment.advance() else { return false }
            for agent in state.tables.indices { state.tables[agent] = [:] }
            return true
        }
    }

    /// The poll whose state is shown, how much was answered, and what the tables cost.
    var standing: (poll: Int, answers: Int, octets: Int) {
        state.withLock { state in
            let octets = state.tables.reduce(0) { $0 + $1.values.reduce(0) { $0 + $1.octetCount } }
            return (state.moment.poll, state.answers, octets)
        }
    }
}
