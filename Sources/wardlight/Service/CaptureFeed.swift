//===----------------------------------------------------------------------===//
// Wardlight · the command
//
// The capture feed: one interface, day and night, also when it goes away and comes back.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model
import Sensors
import ServiceLifecycle

/// Listens on one interface, and never sends. What is new goes into the log within half a second; an interface that is not
/// there, down or taken away is told and tried again, and nobody else waits for it.
struct CaptureFeed: ServiceLifecycle.Service {
    private let service: ThreadService

    /// A day: then it is opened anew, in case that the kernel forgot about it.
    private static let round: Double = 86_400
    /// How much was heard is told as often.
    private static let coverage: Double = 30
    /// How often it is asked whether the interface is up: libpcap waits for one that is down without a word.
    private static let look: Double = 2
    /// Before an interface that cannot be listened to is tried again.
    private static let pause: Double = 5

    init(_ interface: RunSettings.Interface, _ house: Household) throws {
        let key = try PersonKey.load()
        if let note = key.note { Output.note(note) }
        let bytes = key.bytes
        service = ThreadService(name: "capture") { stop in
            var sensor = CaptureSensor(site: interface.site, sensor: interface.name, personKey: bytes)
            while !stop.isUp {
                do {
                    let problem = try Self.listen(&sensor, interface, house, stop)
                    if let problem, !stop.isUp { try Self.complain(problem, interface, house, stop) }
                } catch let failure as CaptureFailure {
                    try Self.complain(Words.of(failure), interface, house, stop)
                }
            }
        }
    }

    private static func listen(
        _ sensor: inout CaptureSensor, _ interface: RunSettings.Interface, _ house: Household, _ stop: StopFlag
    ) throws -> String? {
        var listening = CaptureSensor.Listening(seconds: round)
        listening.coverageSeconds = coverage
        listening.moment = { house.clock.moment(of: $0) }
        listening.opened = { try report(interface, linkTrouble(interface.name), house, stop) }
        var nextLook = 0.0
        return try sensor.listen(interface.name, listening) {
            if stop.isUp { return .infinity }
            let now = Double(DispatchTime.now().uptimeNanoseconds) / 1e9
            if now >= nextLook {
                nextLook = now + look
                // Only who is to end fails here, and that is asked again at once.
                try? report(interface, linkTrouble(interface.name), house, stop)
            }
            return now
        } emit: {
            try house.bringAndWait($0, stop)
        }
    }

    /// What the kernel says of its link (operational state, RFC 2863).
    private static func linkTrouble(_ name: String) -> String? {
        switch Machine.line("/sys/class/net/\(name)/operstate") {
        case "down", "lowerlayerdown":
            "it is down, so nothing is heard: `ip link set \(name) up`, and look at the cable and the mirror port."
        default: nil
        }
    }

    private static func complain(
        _ words: String, _ interface: RunSettings.Interface, _ house: Household, _ stop: StopFlag
    ) throws {
        let name = interface.name + ": "
        try report(interface, words.hasPrefix(name) ? String(words.dropFirst(name.count)) : words, house, stop)
        stop.wait(pause)
    }

    private static func report(
        _ interface: RunSettings.Interface, _ words: String?, _ house: Household, _ stop: StopFlag
    ) throws {
        try house.report(
            "interface \(interface.name)", site: interface.site, words, well: "it is listened to.", stop)
    }

    func run() async throws { try await service.run() }
}
