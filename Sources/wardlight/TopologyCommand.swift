//===----------------------------------------------------------------------===//
// Wardlight · the command
//
// wardlight topology: which device is behind which port?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import ArgumentParser
import Model
import Reports

struct TopologyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "topology",
        abstract: "Shows where every device is plugged in: switches, ports, links and shared segments.",
        discussion: """
            Reads what switches say over SNMP, asked now (--switch) or from recordings (--walk); see docs/switches.md. \
            Nothing else is sent.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json, dot
    }

    @OptionGroup var input: InputOptions
    @Flag(help: "Replace addresses, names and serial numbers, so that the output can be shared.") var anonymise = false
    @Option(help: "How to show it: text for people, json for machines, dot for Graphviz.") var format = Format.text

    func validate() throws { try input.validate() }

    func run() throws {
        var run = try Run(input, save: nil)
        try run.fold(input)
        var snapshot = run.hospital.snapshot()
        if anonymise { snapshot = Anonymiser(seed: try PersonKey.load().bytes).anonymise(snapshot) }
        let map = snapshot.network ?? NetworkMap()
        switch format {
        case .text: Output.write(Array(TopologyReport.text(of: map, findings: snapshot.findings).utf8))
        case .json: Output.write(TopologyJSON.bytes(of: map))
        case .dot: Output.write(Array(TopologyReport.dot(of: map).utf8))
        }
        try run.finish()
    }
}
