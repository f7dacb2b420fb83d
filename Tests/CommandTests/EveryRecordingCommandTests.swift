//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Every recording, as a person would read it: the command never breaks, and always says the same.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Support
import Testing

@Suite(.enabled(if: Recordings.areHere && Command.isHere)) struct `Every recording by the command` {
    @Test(arguments: Recordings.allCaptures())
    func `ends calmly, in JSON as promised, with the same octets every time`(path: String) throws {
        let arguments = [
            "inventory", "--format", "json", "--facts", "--capture", try Recordings.url("captures/" + path).path,
        ]
        let ran = try Command.run(arguments)
        #expect(ran.isCalm, "\(path): \(String(describing: ran.code)) \(ran.errors)")
        if ran.code == 0 || !ran.output.isEmpty {
            let schema = try JSONSchema(House.text("docs/schema/wardlight.inventory-1.schema.json"))
            let violations = try schema.violations(of: ran.output)
            #expect(violations.isEmpty, "\(path): \(violations.prefix(3))")
        }
        // The recordings are of honest devices: no layer of theirs contradicts two others.
        #expect(!ran.text.contains("\"contradiction."), "\(path)")
        let again = try Command.run(arguments)
        #expect(again.output == ran.output, "\(path)")
        #expect(again.errors == ran.errors, "\(path)")
    }
}
