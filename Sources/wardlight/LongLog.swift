//===----------------------------------------------------------------------===//
// Wardlight · the command
//
// wardlight measure-fill: a long log of a made-up hospital, for Benchmarks/restart.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import ArgumentParser
import Model
import Store

struct LongLog: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "measure-fill", abstract: "Fills a log, for Benchmarks/restart.", shouldDisplay: false)

    @Argument(help: "A new folder, as `log/` of a data folder.") var folder: String
    @Option(help: "Devices that are heard of.") var devices = 20_000
    @Option(help: "Observations: everything once, then eight readings to two sightings.") var observations = 10_000_000

    func validate() throws {
        guard (1_000...100_000).contains(devices), (1_000_000...100_000_000).contains(observations) else {
            throw ValidationError("--devices takes 1000 to 100000, --observations 1000000 to 100000000.")
        }
    }

    func run() throws {
        let log = try SQLiteLog(folder: folder, site: "main")
        let ward = BusyWard(devices: devices)
        var count = 0
        func write(_ news: ArraySlice<Observation>) throws {
            _ = try log.append(Array(news))
            count += news.count
        }
        let story = ward.story()
        for start in stride(from: 0, to: story.count, by: 2_000) { try write(story[start...].prefix(2_000)) }
        var number = 4 * devices
        while count < observations {
            let news = ward.measurements(number..<number + 1_600) + ward.sightings(number + 1_600..<number + 2_000)
            try write(news.prefix(observations - count))
            number += 2_000
        }
        try log.close()
        Output.note("\(count) observations of \(devices) devices")
    }
}
