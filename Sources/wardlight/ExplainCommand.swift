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
    @OptionGroup var lists: ListOptions
    @Flag(help: "Replace addresses, names and serial numbers, so that the story can be shared.") var anonymise = false

    func validate() throws {
        try input.validate()
        try lists.validate()
    }

    func run() throws {
        var run = try Run(input, save: nil)
        try run.fold(input)
        var snapshot = try run.assess(lists)
        var found: Device
        do {
            found = try snapshot.device(named: device)
            if anonymise {
                let anonymiser = Anonymiser(seed: try PersonKey.load().bytes)
                snapshot = anonymiser.anonymise(snapshot)
                found = try snapshot.device(named: anonymiser.standIn(forDevice: found.id))
            }
        } catch let failure as InventorySnapshot.SearchError { throw Stop(Words.of(failure)) }
        Output.write(Array(DeviceStory(width: Output.width).text(of: found, in: snapshot).utf8))
        try run.finish()
    }
}
