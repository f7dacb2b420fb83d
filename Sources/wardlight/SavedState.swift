//===----------------------------------------------------------------------===//
// Wardlight · the command
//
// Saved states: a log need not be folded from its beginning, where the same program folded it before.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Inventory
import Model
import Store
import Twin

/// Loads and saves a hospital for a log, when everything that it depends on is the same.
struct SavedState {
    let path: String
    let log: SQLiteLog
    let conditions: StateConditions

    init(_ path: String, of log: SQLiteLog, limits: InventoryLimits) throws {
        self.path = path
        self.log = log
        // Names of people stand in the state: it goes when one of them is erased.
        let people = try Logs.vault(make: false).map { "\($0.erasures)" } ?? "none"
        conditions = StateConditions(program: StateFile.program, limits: limits, others: ["people": people])
    }

    /// The hospital that was saved; nil, with a word to the person, where the log has to be folded from its beginning.
    func load(_ knowledge: KnowledgeBase, upTo last: UInt64?) throws -> Hospital? {
        do {
            let bytes = try StateFile.read(path)
            let heading = try Hospital.stateHeading(bytes)
            if let last, heading.position > last {
                Output.note(
                    "\(path): knows \(heading.position) observations already; the log is folded from its beginning.")
                return nil
            }
            guard try log.mark(at: heading.position) ?? "" == heading.log else {
                Output.note("\(path): is of another log; this one is folded from its beginning.")
                return nil
            }
            return try Hospital(state: bytes, conditions, knowledge: knowledge)
        } catch let refusal as StateRefusal {
            Output.note("\(path): \(Self.words(refusal)); the log is folded from its beginning.")
            return nil
        } catch let failure as StateFileFailure { throw Stop(Words.of(failure)) }
    }

    func save(_ hospital: Hospital) throws {
        do {
            let mark = try log.mark(at: hospital.position) ?? ""
            try StateFile.write(hospital.stateBytes(conditions, log: mark), to: path)
        } catch let failure as StateFileFailure { throw Stop(Words.of(failure)) }
    }

    static func words(_ refusal: StateRefusal) -> String {
        switch refusal {
        case .unknown: "no saved state"
        case .tooNew(let format): "a later release saved it (form \(format))"
        case .damaged: "is damaged"
        case .otherProgram: "another release saved it"
        case .otherKnowledge: "was made with other knowledge"
        case .otherLimits: "was made for another number of devices"
        case .other(let name): "was made with other \(name)"
        }
    }
}

extension Words {
    static func of(_ failure: StateFileFailure) -> String {
        switch failure {
        case .missing(let path): "\(path): no such file."
        case .cannotRead(let path): "\(path): cannot be read."
        case .cannotWrite(let path, let reason): "\(path): cannot be written (\(reason))."
        case .tooLarge(let path): "\(path): too large for a saved state."
        }
    }
}
