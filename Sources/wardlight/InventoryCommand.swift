//===----------------------------------------------------------------------===//
// Wardlight · the command
//
// wardlight inventory: which devices are there?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import ArgumentParser
import Foundation
import Inventory
import Model
import Reports
import Settings

struct InventoryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inventory",
        abstract: "Names every device in captures, on an interface or in a saved log: what it is, and why we think so.",
        discussion: """
            Reads pcap and pcapng, plain or gzip; several files are one input in the order given, and - is standard \
            input. Nothing is sent, except questions to switches that --switch names (docs/switches.md).
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case table, json, csv
    }

    @OptionGroup var input: InputOptions
    @OptionGroup var lists: ListOptions
    @Option(help: "Append what was observed to this log.") var save: String?
    @Flag(help: "List also what was read from each device, whether a rule used it or not (JSON).") var facts = false
    @Flag(help: "Replace addresses, names and serial numbers, so that the output can be shared.") var anonymise = false
    @Option(help: "How to show it: table for people, json and csv for machines.") var format = Format.table

    func validate() throws {
        try input.validate()
        try lists.validate()
    }

    func run() throws {
        var run = try Run(input, save: save)
        try run.fold(input)
        var snapshot = try run.assess(lists)
        if anonymise { snapshot = try run.anonymised(snapshot) }
        switch format {
        case .json: InventoryJSON.write(snapshot, facts: facts) { Output.write($0) }
        case .csv: Output.write(Array(InventoryCSV.text(of: snapshot).utf8))
        case .table:
            let table = InventoryTable(width: Output.width, colour: Output.hasColour)
            Output.write(Array(table.text(of: snapshot).utf8))
        }
        try run.finish()
    }
}

/// Where observations come from; shared by every command that needs an inventory.
struct InputOptions: ParsableArguments {
    @Option(name: .customLong("capture"), help: "A capture file; may be given several times. - is standard input.")
    var captures: [String] = []
    @Option(help: "Listen on this interface. Needs --for.") var interface: String?
    @Option(name: .customLong("for"), help: "How long to listen: 30s, 5m, 1h.") var duration: String?
    @Option(name: .customLong("from"), help: "Replay a log that was saved before.") var log: String?
    @Option(
        name: .customLong("walk"),
        help: "What a switch said over SNMP: a recording, or a folder of them (docs/switches.md); may be repeated.")
    var walks: [String] = []
    @Option(help: "When the recordings of --walk were made: 2026-03-01T12:00:00Z.") var at: String?
    @Option(
        name: .customLong("peripherals"),
        help: "Reports of what hangs on endpoints by USB (docs/peripherals.md); may be repeated. - is standard input.")
    var peripherals: [String] = []
    @Option(
        name: .customLong("sightings"),
        help: "What other systems saw, a line of JSON each (docs/sightings.md); may be repeated. - is standard input.")
    var sightings: [String] = []
    @OptionGroup var switches: SwitchOptions
    @Option(help: "A folder that holds a hospital: what `wardlight simulate` wrote.") var hospital: String?
    @Option(help: "Name of the site; equal addresses at two sites are two devices.") var site = "main"
    @Option(help: "A folder or file with more knowledge (*.rules, *.profile, recog *.xml, p0f *.fp); may be repeated.")
    var knowledge: [String] = []

    @Option(help: "How many devices are kept in full; more cost more memory (docs/inventory.md).")
    var devices = InventoryLimits.standard.records

    func validate() throws {
        guard InventoryLimits.devices.contains(devices) else {
            let most = InventoryLimits.devices
            throw ValidationError("--devices takes \(most.lowerBound) to \(most.upperBound).")
        }
        let isEmpty = captures.isEmpty && walks.isEmpty && peripherals.isEmpty && sightings.isEmpty && !switches.isAsked
        if isEmpty, interface == nil, log == nil, hospital == nil {
            throw ValidationError(
                "Nothing to read: give --capture FILE, --interface NAME --for DURATION, --switch HOST, --walk FILE, "
                    + "--sightings FILE, --from LOG or --hospital DIR.")
        }
        try switches.validate()
        if interface != nil, duration == nil { throw ValidationError("--interface needs --for, such as --for 5m.") }
        if duration != nil, interface == nil, switches.traps == nil {
            throw ValidationError("--for needs --interface or --traps.")
        }
        if switches.traps != nil {
            if duration == nil { throw ValidationError("--traps needs --for, such as --for 5m.") }
            if interface != nil { throw ValidationError("--traps and --interface listen one at a time: give one.") }
        }
        if let duration, Self.seconds(duration) == nil {
            throw ValidationError("--for \(duration) is no duration of at most a year: write 30s, 5m or 1h.")
        }
        if let at, Timestamp(rfc3339: at) == nil {
            throw ValidationError("--at \(at) is no moment: write 2026-03-01T12:00:00Z.")
        }
        if at != nil, walks.isEmpty { throw ValidationError("--at says when recordings were made: it needs --walk.") }
        if site.isEmpty || site.utf8.count > 64 { throw ValidationError("--site takes a name of 1 to 64 letters.") }
        if (captures + peripherals + sightings).filter({ $0 == "-" }).count > 1 {
            throw ValidationError("Standard input can be read only once.")
        }
    }

    /// The settings that are named; else those that lie beside a simulated hospital.
    func settingsFile() throws -> SettingsFile? {
        if let named = try switches.settingsFile(site: site) { return named }
        guard let path = hospital.map({ $0 + "/wardlight.yaml" }), FileManager.default.fileExists(atPath: path) else {
            return nil
        }
        do { return try SettingsFile(reading: path, site: site) } catch { throw Stop(lines: error.lines) }
    }

    /// A year: what runs longer is a service, not a command.
    private static let longest = 366.0 * 86_400

    /// Seconds of `90`, `30s`, `5m`, `1h`, `2d`.
    static func seconds(_ text: String) -> Double? {
        let units: [Character: Double] = ["s": 1, "m": 60, "h": 3_600, "d": 86_400]
        guard let last = text.last else { return nil }
        let number = units[last] == nil ? text[...] : text.dropLast()
        guard let value = Double(number), value > 0, value.isFinite else { return nil }
        let seconds = value * (units[last] ?? 1)
        return seconds <= longest ? seconds : nil
    }
}
