//===----------------------------------------------------------------------===//
// Wardlight · the command
//
// wardlight sightings: what did other systems see?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import ArgumentParser
import Foundation
import Model
import Sensors
import Wire

struct SightingsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sightings",
        abstract:
            "Makes lists of other systems into sightings for `wardlight inventory --sightings` (docs/sightings.md).",
        subcommands: [Convert.self])

    struct Convert: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Writes leases, accounting, flows, located tags, managed devices and SIM cards as sightings.",
            discussion: """
                One line of JSON each, to standard output. Names of people and numbers of telephones in the lists are never \
                copied. Without --from the beginning of each file tells its format.
                """)

        @Option(
            name: .customLong("from"),
            help: "isc-dhcp, kea, dnsmasq, radius, nfdump, rtls, ble-gateway, mdm or sim.")
        var format: SightingFormat?
        @Option(help: "Where moments without a zone were written: +01:00, UTC.") var zone = "UTC"
        @Flag(help: "Read 3/4/2026 as the third of April.") var dayFirst = false
        @Option(help: "When the lists were made: 2026-03-01T12:00:00Z; each file's own time when left out.") var at:
            String?
        @Option(help: "With nfdump: a network of yours, 10.0.0.0/8; may be repeated. Private ones when left out.")
        var inside: [String] = []
        @Argument(help: "The lists, plain or gzip; - is standard input.") var files: [String]

        func validate() throws {
            if ListTime.zone(zone) == nil { throw ValidationError("--zone \(zone) is no zone: write +01:00 or UTC.") }
            if let at, Timestamp(rfc3339: at) == nil {
                throw ValidationError("--at \(at) is no moment: write 2026-03-01T12:00:00Z.")
            }
            for text in inside where SightingConversion.Network(text) == nil {
                throw ValidationError("--inside \(text) is no network: write 10.20.0.0/16.")
            }
            if files.count(where: { $0 == "-" }) > 1 { throw ValidationError("Standard input can be read only once.") }
        }

        func run() throws {
            let list = SightingList(
                format: format, time: ListTime(zone: ListTime.zone(zone) ?? 0, isDayFirst: dayFirst),
                taken: at.flatMap { Timestamp(rfc3339: $0) },
                inside: inside.compactMap { SightingConversion.Network($0) })
            let now = Timestamp(seconds: Int64(Date().timeIntervalSince1970.rounded(.down)))
            var isBad = false
            for path in files {
                var lines: [UInt8] = []
                do throws(SightingList.Failure) {
                    let (format, report) = try list.convert(path, now: now) { line in
                        lines += Array(line.text.utf8)
                        lines.append(0x0A)
                        guard lines.count >= 1 << 16 else { return }
                        Output.write(lines)
                        lines.removeAll(keepingCapacity: true)
                    }
                    Output.write(lines)
                    Self.tell(report, path, format)
                } catch {
                    guard files.count > 1 else { throw Stop(error.words) }
                    Output.note(error.words)
                    isBad = true
                }
            }
            if isBad { throw ExitCode(1) }
        }

        private static func tell(_ report: SightingConverter.Report, _ path: String, _ format: SightingFormat) {
            Output.note("\(path): \(format.rawValue), \(report.rows) rows, \(report.sightings) sightings.")
            for trouble in report.troubles { Output.note("\(path):\(trouble.line): \(trouble.words)") }
            if report.troublesLeftOut > 0 { Output.note("\(path): \(report.troublesLeftOut) more like these") }
            for reason in report.passedOver { Output.note("\(path): passed over: \(reason.count) \(reason.words)") }
            if !report.people.isEmpty {
                Output.note(
                    "\(path): left out on purpose, for they name people or telephones: "
                        + report.people.joined(separator: ", "))
            }
            if !report.unused.isEmpty { Output.note("\(path): not used: \(report.unused.joined(separator: ", "))") }
        }
    }
}

extension SightingFormat: ExpressibleByArgument {}
