//===----------------------------------------------------------------------===//
// Wardlight · the command
//
// wardlight simulate: a pretend hospital, as a folder with its traffic and the truth about it.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import ArgumentParser
import Foundation
import Simulator

struct SimulateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Writes the traffic of a made-up hospital, and the truth about it, into a folder.",
        discussion: """
            The same seed, minutes and number of devices give the same files everywhere. Read them with \
            `wardlight inventory --hospital DIR` and compare with DIR/truth.json. Everything in them is synthetic.
            """)

    @Option(help: "Which hospital: the same number gives the same one.") var seed: UInt64 = 7
    @Option(help: "How many minutes of traffic, 1 to 10080.") var minutes = 10
    @Option(help: "How many devices, 100 to 20000.") var devices = 300
    @Option(help: "The folder to write capture.pcap and truth.json into; made when it is not there.") var output: String

    func validate() throws {
        guard (1...10_080).contains(minutes) else { throw ValidationError("--minutes takes 1 to 10080 (a week).") }
        guard (100...20_000).contains(devices) else { throw ValidationError("--devices takes 100 to 20000.") }
    }

    func run() throws {
        let folder = URL(fileURLWithPath: output, isDirectory: true)
        let target = folder.resolvingSymlinksInPath().path
        let kind = try? FileManager.default.attributesOfItem(atPath: target)[.type] as? FileAttributeType
        if let kind, kind != .typeDirectory { throw Stop("\(output): a file; --output takes a folder.") }
        do { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) } catch {
            throw Stop("\(output): this folder cannot be made.")
        }
        let hospital = SimulatedHospital(seed: seed, minutes: minutes, devices: devices)
        try write(folder.appendingPathComponent("capture.pcap")) { file in
            try hospital.writeCapture { try file.write(contentsOf: Data($0)) }
        }
        try write(folder.appendingPathComponent("truth.json")) { try $0.write(contentsOf: Data(hospital.truth)) }
    }

    private func write(_ file: URL, _ body: (FileHandle) throws -> Void) throws {
        guard FileManager.default.createFile(atPath: file.path, contents: nil),
            let handle = try? FileHandle(forWritingTo: file)
        else { throw Stop("\(file.path): cannot be written.") }
        do {
            try body(handle)
            try handle.close()
        } catch { throw Stop("\(file.path): cannot be written to its end (is the disk full?).") }
    }
}
