//===----------------------------------------------------------------------===//
// Wardlight · the command
//
// Hospitals that were laid away in a folder, so that a start does not fold the log from its beginning.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Inventory
import Model
import Store
import Twin

/// `<position>-<latest moment>.state` and `index`, readable to this user only. A cache: what is refused is folded anew.
struct StateFolder: States {
    let folder: URL
    let log: SQLiteLog
    let knowledge: KnowledgeBase
    let conditions: StateConditions

    init(_ folder: URL, of log: SQLiteLog, _ knowledge: KnowledgeBase, limits: InventoryLimits) throws {
        self.folder = folder
        self.log = log
        self.knowledge = knowledge
        // Names of people stand in a state: it goes when one of them is erased.
        let people = try Logs.vault(make: false).map { "\($0.erasures)" } ?? "none"
        conditions = StateConditions(program: StateFile.program, limits: limits, others: ["people": people])
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    func marks() -> [StateMark] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.compactMap { name in
            guard name.hasSuffix(".state") else { return nil }
            let parts = name.dropLast(6).split(separator: "_", omittingEmptySubsequences: false)
            guard parts.count == 2, let position = UInt64(parts[0]), let latest = Int64(parts[1]) else { return nil }
            return StateMark(position: position, latest: Timestamp(nanoseconds: latest))
        }.sorted { $0.position < $1.position }
    }

    private func path(_ mark: StateMark) -> String {
        folder.appendingPathComponent("\(mark.position)_\(mark.latest.nanoseconds).state").path
    }

    func hospital(at mark: StateMark) -> Hospital? {
        do {
            let bytes = try StateFile.read(path(mark))
            let heading = try Hospital.stateHeading(bytes)
            let known = try log.mark(at: mark.position)
            guard heading.position == mark.position, known == heading.log else { throw StateRefusal.other("log") }
            return try Hospital(state: bytes, conditions, knowledge: knowledge)
        } catch {
            // Of another program or of another log, or broken: nobody will ever use it.
            forget([mark])
            let words = (error as? StateRefusal).map(SavedState.words) ?? "cannot be read"
            Output.note("\(path(mark)): \(words); it is only a cache, and the log is read instead.")
            return nil
        }
    }

    func keep(_ hospital: Hospital, _ mark: StateMark, index: [UInt8]) throws {
        let known = try log.mark(at: mark.position) ?? ""
        try StateFile.write(index, to: folder.appendingPathComponent("index").path)
        try StateFile.write(hospital.stateBytes(conditions, log: known), to: path(mark))
    }

    func index() -> [UInt8]? { try? StateFile.read(folder.appendingPathComponent("index").path) }

    func forget(_ marks: [StateMark]) { for mark in marks { try? FileManager.default.removeItem(atPath: path(mark)) } }
}
