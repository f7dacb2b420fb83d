//===----------------------------------------------------------------------===//
// Wardlight · the command
//
// One capture at a time: what each of several files shows by itself.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Inventory
import Model
import Sensors
import Store
import Twin

/// Folds single captures and logs, each into a hospital of its own, exactly as `inventory` does.
struct CaptureReader {
    let knowledge: KnowledgeBase
    private let key: PersonKey

    init(knowledge: KnowledgeBase) throws {
        self.knowledge = knowledge
        key = try PersonKey.load()
    }

    func snapshot(ofCapture path: String) throws -> InventorySnapshot {
        var hospital = Hospital(knowledge: knowledge)
        var sensor = CaptureSensor(site: "main", personKey: key.bytes)
        do {
            let problem = try sensor.read(path, name: path) { _ = hospital.learn($0) }
            if let problem { Output.note("\(path): \(problem); what came before it counts.") }
        } catch let failure as CaptureFailure { throw Stop(Words.of(failure)) }
        return hospital.snapshot()
    }

    func snapshot(ofLog path: String) throws -> InventorySnapshot {
        var hospital = Hospital(knowledge: knowledge)
        do {
            try Logs.reading(path).replay { _ = hospital.learn($0.observations) }
        } catch let failure as LogFailure { throw Stop(Words.of(failure)) }
        return hospital.snapshot()
    }
}
