//===----------------------------------------------------------------------===//
// Wardlight · the command
//
// wardlight peripherals: what hangs on this endpoint by USB?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import ArgumentParser
import Foundation
import Model
import Sensors

struct PeripheralsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "peripherals",
        abstract: "Reports what hangs on this endpoint by USB, as one line for `wardlight inventory --peripherals`.",
        discussion: """
            Reads what Linux tells in sysfs and udev's database (docs/peripherals.md). No device is opened, no key that is \
            pressed can be seen, and nothing is sent.
            """)

    @Option(help: "Where sysfs is.") var root = "/sys"
    @Option(help: "Where udev's database is.") var udev = "/run/udev/data"
    @Option(help: "What this endpoint is called; its host name when left out.") var host: String?
    @Option(help: "The address of one of its network cards; may be repeated. Those of sysfs when left out.")
    var mac: [String] = []
    @Option(help: "When it was so: 2026-03-01T12:00:00Z; now when left out.") var at: String?

    func validate() throws {
        if let at, Timestamp(rfc3339: at) == nil {
            throw ValidationError("--at \(at) is no moment: write 2026-03-01T12:00:00Z.")
        }
        if mac.count > 16 { throw ValidationError("--mac is given at most sixteen times.") }
        for text in mac where HardwareAddress(text)?.isIndividual != true {
            throw ValidationError("--mac \(text) is no address of a network card: write 00:1b:21:3a:4c:5d.")
        }
    }

    func run() throws {
        let name = host ?? Self.hostName()
        let now = Timestamp(seconds: Int64(Date().timeIntervalSince1970.rounded(.down)))
        let sensor = EndpointSensor(root: root, udev: udev)
        do throws(EndpointSensor.Failure) {
            let found = try sensor.report(
                name: name, cards: mac.compactMap { HardwareAddress($0) },
                at: at.flatMap { Timestamp(rfc3339: $0) } ?? now)
            if found.leftOut > 0 { Output.note("\(found.leftOut) devices found no room in the report.") }
            Output.write(Array((found.line.text + "\n").utf8))
        } catch { throw Stop(error.words) }
    }

    /// As the kernel knows it; no name server is asked.
    private static func hostName() -> String? {
        guard let data = FileManager.default.contents(atPath: "/proc/sys/kernel/hostname") else { return nil }
        let name = String(decoding: data.prefix(253), as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        return name.isEmpty ? nil : name
    }
}
