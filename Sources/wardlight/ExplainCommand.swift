//===----------------------------------------------------------------------===//
// Wardlight · the command
//
// wardlight explain: why do we think so?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import ArgumentParser
import Model
import Reports

struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Tells one device's evidence as a story: which packets, which rules, what spoke against it.")

    @Argument(help: "The device: its id, MAC address, IP address or a name that only it has.") var device: String
    @OptionGroup var input: InputOptions

    func validate() throws { try input.validate() }

    func run() throws {
        var run = try Run(input, save: nil)
        try run.fold(input)
        let snapshot = run.hospital.inventory.snapshot()
        let found: Device
        do { found = try snapshot.device(named: device) } catch { throw Stop(Words.of(error)) }
        Output.write(Array(DeviceStory(width: Output.width).text(of: found, in: snapshot).utf8))
        try run.finish()
    }
}
