//===----------------------------------------------------------------------===//
// Wardlight · Sensors
//
// The trap gate: whose notifications are believed?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import SNMP
import Wire

/// Judges messages by their sender and by what they prove, before anything in them is read.
///
/// A switch is known by its address, and believed with its own community, or as its own user at no lower level of
/// security than its settings have.
struct TrapGate {
    enum Verdict: Hashable {
        case refused(Oddity)
        /// May be read; first let this user speak for this engine, where it has not yet.
        case welcome(admitting: Engine?)
    }
    struct Engine: Hashable {
        /// Place among the targets.
        var target: Int
        var engine: [UInt8]
    }

    let targets: [SwitchTarget]
    private var byAddress: [[UInt8]: [Int]] = [:]
    /// Engines that proved themselves, of each target; the one that did so first is first.
    private var engines: [Int: [[UInt8]]] = [:]
    /// A stack has an engine or two, and a new one after a repair.
    static let mostEngines = 8

    /// - Parameter addresses: Of each target, as octets; none where its name is not known.
    init(_ targets: [SwitchTarget], addresses: [[[UInt8]]]) {
        self.targets = targets
        for (place, all) in addresses.enumerated() where place < targets.count {
            for address in Set(all) { byAddress[address, default: []].append(place) }
        }
    }

    var isEmpty: Bool { byAddress.isEmpty }

    /// Looks at the envelope only.
    mutating func judge(_ octets: [UInt8], from source: [UInt8]) -> Verdict {
        guard let known = byAddress[source] else { return .refused(.trapUnknownSource) }
        guard let envelope = SNMPEnvelope(octets.span) else { return .refused(.trapBroken) }
        switch envelope {
        case .version1: return .refused(.trapVersion1)
        case .community(let community):
            let isKnown = known.contains { targets[$0].credential == .community(community) }
            return isKnown ? .welcome(admitting: nil) : .refused(.trapWrongCommunity)
        case .user(let name, let engine, let isReportable):
            // A question without a user asks for our engine, so that an inform can be sent to it (RFC 3414, 4).
            if name.isEmpty, isReportable { return .welcome(admitting: nil) }
            guard let place = known.first(where: { user(of: targets[$0]) == name }) else {
                return .refused(.trapUnknownUser)
            }
            // An inform is sent to our engine, for which every user is let in from the start.
            if isReportable || engine.isEmpty { return .welcome(admitting: nil) }
            let wanted = Engine(target: place, engine: engine)
            // Where its keys are held already they stay: another switch's user of this name would change them.
            guard let holder = holder(of: wanted) else { return .welcome(admitting: wanted) }
            return targets[holder].credential == targets[place].credential
                ? .welcome(admitting: nil) : .refused(.trapUnknownUser)
        }
    }

    /// Remembers an engine once a message proved that it is the switch's: what is only claimed takes no place, or eight
    /// claims would shut the switch out.
    ///
    /// - Returns: An engine whose keys nobody needs any more: the oldest, where there are too many.
    mutating func keep(_ engine: Engine) -> Engine? {
        guard holder(of: engine) == nil else { return nil }
        engines[engine.target, default: []].append(engine.engine)
        guard engines[engine.target, default: []].count > Self.mostEngines else { return nil }
        return (engines[engine.target]?.removeFirst()).map { Engine(target: engine.target, engine: $0) }
    }

    /// The target whose user of this name holds the keys for an engine.
    private func holder(of engine: Engine) -> Int? {
        let name = user(of: targets[engine.target])
        return targets.indices.first {
            engines[$0]?.contains(engine.engine) == true && user(of: targets[$0]) == name
        }
    }

    /// Whose message it is, once net-snmp has read and proven it; nil when its proof is less than the settings ask for.
    func sender(of message: TrapMessage, from source: [UInt8]) -> SwitchTarget? {
        let known = byAddress[source] ?? []
        return known.map { targets[$0] }.first { target in
            switch (target.credential, message.proof) {
            case (.community(let own), .community(let said)):
                return Array(own.revealed().utf8) == said
            case (.user(let own, let authentication, let privacy), .user(let said, let level)):
                let least = privacy != nil ? 3 : authentication != nil ? 2 : 1
                return own == said && level >= least
            default: return false
            }
        }
    }

    /// The name of the user of version 3.
    func user(of target: SwitchTarget) -> String? {
        if case .user(let name, _, _) = target.credential { name } else { nil }
    }
}
