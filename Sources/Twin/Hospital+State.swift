//===----------------------------------------------------------------------===//
// Wardlight · Twin
//
// The hospital, saved and loaded: a cache of what the log up to a position means.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Crypto
import Inventory
import Model

/// Under which conditions a state was saved. Under any other it would be another hospital, or one that nobody may see.
public struct StateConditions: Hashable, Sendable {
    /// SHA-256, hexadecimal, of the program: another release may weigh and keep things in another way.
    public var program: String
    public var limits: InventoryLimits
    /// Digests of what else has to be the same, by name, such as the keys of people.
    public var others: [String: String]

    public init(program: String, limits: InventoryLimits = .standard, others: [String: String] = [:]) {
        self.program = program
        self.limits = limits
        self.others = others
    }
}

/// Why a saved state is not used. The log is replayed instead.
public enum StateRefusal: Error, Hashable, Sendable {
    /// It is no state at all.
    case unknown
    /// A later release wrote it.
    case tooNew(format: UInt64)
    case damaged
    case otherProgram(String)
    /// Another knowledge, by its digest.
    case otherKnowledge(String)
    case otherLimits
    /// What is different, by its name in `StateConditions.others`.
    case other(String)
}

/// What stands at the head of a saved state: which hospital it is.
public struct StateHeading: Hashable, Sendable {
    /// Observations it knows: it is the fold of the log up to this position.
    public var position: UInt64
    /// What the log says at that position (the hash of its block), as the one who saved it told; empty where nothing was told.
    public var log: String
    public var conditions: StateConditions
    /// Digest of the knowledge that it was folded with.
    public var knowledge: String
}

extension Hospital {
    /// The form's number; one more with every change of its head. What is behind the head depends on the program alone.
    static let stateFormat: UInt64 = 1
    private static let magic = Array("wardlight.state\n".utf8)
    /// Octets of SHA-256 at the end.
    private static let sumSize = 32

    /// All that was learnt, as octets that `init(state:)` reads again. What is given at the start (knowledge, lists,
    /// allowances, names of USB devices) is not in it. Costs some microseconds a device.
    ///
    /// It names people who decided, as the log does, but not sealed: a file of it belongs to its user alone, and goes when
    /// a person's key is destroyed.
    ///
    /// - Parameter log: what the log says at this position, to be held against it before the state is believed.
    public func stateBytes(_ conditions: StateConditions, log: String = "") throws -> [UInt8] {
        let state = StateEncoder(Self.magic)
        state.write(Self.stateFormat)
        state.write(conditions.program)
        state.write(inventory.knowledge.digest)
        try state.write(conditions.limits)
        state.write(UInt64(conditions.others.count))
        for (name, digest) in conditions.others.sorted(by: { $0.key < $1.key }) {
            state.write(name)
            state.write(digest)
        }
        state.write(position)
        state.write(log)
        try write(to: state)
        state.append(SHA256.hash(data: state.bytes))
        return state.bytes
    }

    /// The hospital that was saved. It answers and learns from here on to the bit like the one that was.
    public init(state bytes: [UInt8], _ conditions: StateConditions, knowledge: KnowledgeBase) throws(StateRefusal) {
        let (heading, state) = try Self.opened(bytes)
        try heading.fits(conditions, knowledge)
        self.init(knowledge: knowledge, limits: conditions.limits)
        do {
            try read(state, knowledge, conditions.limits)
            try state.finish()
        } catch { throw .damaged }
        guard position == heading.position else { throw .damaged }
    }

    /// Which hospital was saved, without making it.
    public static func stateHeading(_ bytes: [UInt8]) throws(StateRefusal) -> StateHeading { try opened(bytes).heading }

    private static func opened(_ bytes: [UInt8]) throws(StateRefusal) -> (heading: StateHeading, state: StateDecoder) {
        guard bytes.starts(with: magic) else { throw .unknown }
        let state = StateDecoder(bytes, in: magic.count..<max(magic.count, bytes.count - sumSize))
        do {
            let format = try state.number()
            guard format <= stateFormat else { throw StateRefusal.tooNew(format: format) }
            // All that follows is only as good as its sum.
            guard format == stateFormat, SHA256.hash(data: bytes.dropLast(sumSize)) == bytes.suffix(sumSize) else {
                throw StateRefusal.damaged
            }
            let program = try state.text()
            let knowledge = try state.text()
            var conditions = StateConditions(program: program, limits: try state.value(InventoryLimits.self))
            for _ in 0..<(try state.length()) {
                let name = try state.text()
                conditions.others[name] = try state.text()
            }
            let (position, log) = (try state.number(), try state.text())
            return (
                StateHeading(position: position, log: log, conditions: conditions, knowledge: knowledge), state
            )
        } catch let refusal as StateRefusal { throw refusal } catch { throw .damaged }
    }
}

extension StateHeading {
    fileprivate func fits(_ wanted: StateConditions, _ base: KnowledgeBase) throws(StateRefusal) {
        guard conditions.program == wanted.program else { throw .otherProgram(conditions.program) }
        guard knowledge == base.digest else { throw .otherKnowledge(knowledge) }
        guard conditions.limits == wanted.limits else { throw .otherLimits }
        let names = Set(conditions.others.keys).union(wanted.others.keys)
        for name in names.sorted() where conditions.others[name] != wanted.others[name] { throw .other(name) }
    }
}
