//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// The seven questions asked about simulated hospitals, and the truth that lies beside them.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Support
import Testing

/// Goal: each of the seven answers is what is true, in hospitals that nobody looked at before.
@Suite(.enabled(if: Command.isHere)) struct `The answers about simulated hospitals` {
    /// What the comparing script says of one hospital.
    private func compared(
        _ seed: UInt64, devices: Int = 300, options: [String] = [], _ change: (Scratch) throws -> Void = { _ in }
    ) throws -> Ran {
        let scratch = try Scratch()
        let folder = scratch.path("hospital")
        let made = try Command.run([
            "simulate", "--seed", "\(seed)", "--minutes", "3", "--devices", "\(devices)", "--output", folder,
        ])
        #expect(made.code == 0, "\(made.errors)")
        try change(scratch)
        let found = try Command.run(["answers", "--hospital", folder, "--format", "json"] + options)
        let devices = try Command.run(["inventory", "--hospital", folder, "--format", "json"] + options)
        #expect(found.code == 0 && devices.code == 0, "\(found.errors)\(devices.errors)")
        let script = House.root.appendingPathComponent("scripts/compare-answers").path
        return try Ran(
            "/usr/bin/env",
            [
                "python3", script, folder + "/answers.json", try scratch.write("found.json", found.output),
                try scratch.write("devices.json", devices.output),
            ])
    }

    @Test(arguments: [1, 2, 3, 4, 5, 7, 2_026] as [UInt64])
    func `are true, all seven`(seed: UInt64) throws {
        let ran = try compared(seed)
        #expect(ran.code == 0, "\(ran.text)\(ran.errors)")
        #expect(ran.text.split(separator: "\n").count { $0.hasSuffix(": equal") } == 7)
    }

    @Test func `are true of a larger one`() throws {
        let ran = try compared(11, devices: 1_000)
        #expect(ran.code == 0, "\(ran.text)\(ran.errors)")
    }

    @Test func `are held to be wrong where they are`() throws {
        let ran = try compared(7) { scratch in
            let list = scratch.path("hospital/declared.csv")
            let lines = try String(contentsOfFile: list, encoding: .utf8).components(separatedBy: "\r\n")
            try lines.dropLast(30).joined(separator: "\r\n").write(toFile: list, atomically: true, encoding: .utf8)
        }
        #expect(ran.code == 1)
        #expect(ran.text.contains("accuracy: differs") && ran.text.contains("iotCount: equal"))
    }
}
