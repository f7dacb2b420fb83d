//===----------------------------------------------------------------------===//
// Wardlight · the command
//
// wardlight replay: what did the log let us know, then or now, and is it the same in every process?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import ArgumentParser
import Inventory
import Library
import Model
import Reports
import Store
import Twin

struct ReplayCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Folds a log anew and tells the hash of the hospital that comes of it.",
        discussion: """
            The same observations with the same knowledge give the same hash in every process and on every machine. With \
            --asof N only the first N observations count: what a screen could show then.
            """)

    @Argument(help: "The log: a file that --save wrote, or a folder of segments.") var path: String
    @Option(help: "The last position that counts; all when left out.") var asof: UInt64?
    @Option(help: "The hash that is expected; ends with 1 when it is another.") var expect: String?
    @Option(help: "Begins with what --save-state wrote, where the same program, knowledge and log made it.")
    var fromState: String?
    @Option(help: "Keeps what the log means in a file (0600), for --from-state.") var saveState: String?
    @Option(help: "A folder or file with more knowledge; may be repeated.") var knowledge: [String] = []
    @Option(help: "How many devices are kept in full.") var devices = InventoryLimits.standard.records

    func validate() throws {
        if asof == 0 { throw ValidationError("--asof is a position from 1 on.") }
        let most = InventoryLimits.devices
        guard most.contains(devices) else {
            throw ValidationError("--devices takes \(most.lowerBound) to \(most.upperBound).")
        }
    }

    func run() throws {
        let base = try KnowledgeFolder.load(extra: knowledge)
        let limits = InventoryLimits(devices: devices)
        var hospital = Hospital(knowledge: base, limits: limits)
        var recorded: Timestamp?
        do {
            let log = try Logs.reading(path)
            let oldest = try log.positions().lowerBound
            if let asof, asof < oldest {
                throw Stop(
                    "\(path): kept from position \(oldest) on; what was known before it cannot be told any more.")
            }
            if let path = fromState, let saved = try SavedState(path, of: log, limits: limits).load(base, upTo: asof) {
                hospital = saved
            } else {
                hospital.begin(after: oldest - 1)
            }
            if let first = hospital.keptFrom {
                Output.note("\(path): kept from position \(first) on; who was not heard of since is not known.")
            }
            do {
                // From the last block that is known, whose clock is told again.
                try log.replay(from: max(hospital.position, 1)) { block in
                    if let asof, block.first > asof { throw Enough() }
                    recorded = block.recorded
                    guard block.end > hospital.position &+ 1 else { return }
                    let known = Int(clamping: hospital.position &+ 1 - min(block.first, hospital.position &+ 1))
                    _ = hospital.learn(block.dropping(known), upTo: asof)
                }
            } catch is Enough {}
            if let saveState { try SavedState(saveState, of: log, limits: limits).save(hospital) }
        } catch let failure as LogFailure { throw Stop(Words.of(failure)) }
        if let asof, hospital.position < asof {
            throw Stop("\(path): has \(hospital.position) observations, not \(asof).")
        }
        let note = Observation.Knowledge.note(
            "knowledge", before: hospital.knowledge["knowledge"], today: base.digest)
        if let note { Output.note(note) }
        let others = hospital.knowledge.keys.filter { $0 != "knowledge" }.sorted().map {
            SafeText.neutralised("\($0) (\(hospital.knowledge[$0, default: ""].prefix(12)))")
        }
        if !others.isEmpty {
            Output.note("named in the log, and not used by a replay: \(others.joined(separator: ", ")).")
        }
        let hash = hospital.digest()
        var lines = ["position   \(hospital.position)"]
        if let recorded { lines.append("recorded   \(recorded)") }
        if let newest = hospital.newest { lines.append("newest     \(newest)") }
        lines.append("devices    \(hospital.inventory.count)")
        for (name, digest) in hospital.knowledge.sorted(by: { $0.key < $1.key }) {
            lines.append(SafeText.neutralised("\(name.padded(to: 10)) \(digest)"))
        }
        lines.append("hash       \(hash)")
        Output.write(Array((lines.joined(separator: "\n") + "\n").utf8))
        if let expect, expect != hash {
            Output.note("the hash is another than \(expect).")
            throw ExitCode(1)
        }
    }

    private struct Enough: Error {}
}

extension String {
    fileprivate func padded(to width: Int) -> String {
        count >= width ? self : self + String(repeating: " ", count: width - count)
    }
}
