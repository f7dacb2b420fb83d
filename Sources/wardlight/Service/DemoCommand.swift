//===----------------------------------------------------------------------===//
// Wardlight · the command
//
// wardlight demo: the whole of it, with hospitals that are made up.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import ArgumentParser
import Foundation
import Model
import ServiceLifecycle
import Simulator

struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Runs the service with two made-up hospitals and a home that live on until Ctrl-C.",
        discussion: "Only this machine can reach it. Everything that it shows is synthetic (docs/demo.md).")

    @Option(help: "Which hospitals: the same number gives the same ones.") var seed: UInt64 = 7
    @Option(help: "How much faster than the clock on the wall their time goes: 1 to 600.") var speed = 10
    @Option(help: "At which port of this machine it answers.") var port: UInt16 = 8080
    @Option(help: "The folder that it writes to; a new one that is removed at the end when left out.") var data: String?
    @Option(name: .customLong("for"), help: "How long, such as 30s or 5m; until Ctrl-C when left out.") var duration:
        String?
    @OptionGroup var lists: ListOptions

    func validate() throws {
        guard LivePace.speeds.contains(speed) else { throw ValidationError("--speed takes 1 to 600.") }
        if let duration, InputOptions.seconds(duration) == nil {
            throw ValidationError("\(duration) is no duration: write 10s, 5m or 1h.")
        }
    }

    func run() async throws {
        let folder =
            data
            ?? FileManager.default.temporaryDirectory.appendingPathComponent("wardlight-demo-\(UUID().uuidString)").path
        defer { if data == nil { try? FileManager.default.removeItem(atPath: folder) } }
        let base = try KnowledgeFolder.load(extra: [])
        var run = RunSettings(data: folder)
        run.server.port = port
        run.server.plain = true
        let house = try await Household.open(
            run, site: "demo", base, nil, try StandingLists(lists, nil), isDemo: true)
        var services: [any ServiceLifecycle.Service] = [house.service]
        services.append(try await house.server(run, isDemo: true))
        services.append(ClockWatch(clock: house.clock))
        services.append(feed(house))
        try await RunCommand.live(services)
    }

    private func feed(_ house: Household) -> ThreadService {
        let (seed, speed) = (seed, speed)
        let seconds = duration.flatMap(InputOptions.seconds)
        return ThreadService(name: "demo", endsAll: seconds != nil) { stop in
            let end = seconds.map { DispatchTime.now().uptimeNanoseconds + UInt64($0 * 1e9) }
            let isOver: @Sendable () -> Bool = {
                stop.isUp || end.map { DispatchTime.now().uptimeNanoseconds >= $0 } ?? false
            }
            let done = DispatchSemaphore(value: 0)
            Task {
                do {
                    var feed = DemoFeed(seed: seed, start: house.clock.now)
                    try await feed.run(speed: speed, until: isOver, note: Output.note) {
                        try await house.bring($0, isOver: isOver)
                    }
                } catch is CancellationError {} catch { Output.note("the simulation ended: \(error)") }
                done.signal()
            }
            done.wait()
        }
    }
}
