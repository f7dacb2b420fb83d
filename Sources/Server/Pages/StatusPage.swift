//===----------------------------------------------------------------------===//
// Wardlight · Server
//
// The status page: positions, trouble, counters, limits that were met.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Twin

enum StatusPage {
    static func reply(_ asking: Asking, _ house: House) async throws -> Reply {
        let frame = try await PageFrame(asking, house)
        let state = await house.doors.present.state()
        let hub = house.hub.counts
        let hospital = frame.view.hospital
        let trouble = state.trouble + (state.keeper.trouble.map { [$0] } ?? [])
        let number = await house.doors.lists.number
        func when(_ moment: Timestamp?) -> String {
            moment.map { "\(frame.clock.words($0)) \(frame.clock.name)" } ?? "never"
        }
        var tables: [(String, [(String, String)])] = [
            (
                "The log",
                [
                    ("Position", "\(state.keeper.position)"), ("Recorded", when(state.keeper.recorded)),
                    ("Newest observation", when(state.keeper.newest)), ("Judged to position", "\(state.keeper.judged)"),
                    ("Newest event", number.description),
                    ("Oldest position kept", "\(state.oldest)"),
                    ("That was recorded", when(state.oldestRecorded)),
                ] + (hospital.keptFrom.map { [("The twin knows what was observed from position", "\($0)")] } ?? [])
            ),
            (
                "The twin",
                [
                    ("Devices", "\(state.keeper.devices)"), ("Series of readings", "\(state.keeper.readings)"),
                    ("Places", "\(hospital.places.count)"), ("Edges", "\(hospital.edges.count)"),
                    ("Series not kept: limit met", "\(hospital.readings.overflow)"),
                    ("Edges not kept: limit met", "\(hospital.edges.overflow)"),
                    ("Places not kept: limit met", "\(hospital.places.overflow)"),
                    ("Partners not kept: limit met", "\(hospital.activity.overflow)"),
                    ("Devices forgotten", "\(frame.view.snapshot.evicted)"),
                ]
            ),
            (
                "Live changes",
                [
                    ("Followers", "\(hub.subscribers) of \(house.hub.most)"),
                    ("Events told", "\(hub.events)"), ("Cut for being slow", "\(hub.cut)"),
                    ("Refused for want of a place", "\(hub.refused)"),
                ]
            ),
            (
                "Answers",
                house.counts.snapshot.durations.map { route, histogram in
                    let count = histogram.counts.reduce(0, &+)
                    let tenths = count == 0 ? 0 : Int((histogram.sum * 10_000 / Double(count)).rounded())
                    let mean = "\(tenths / 10).\(tenths % 10) ms on average"
                    return (route, "\(count) \(count == 1 ? "request" : "requests"), \(mean)")
                }
            ),
        ]
        if let meters = await house.doors.meters?.meters(), !meters.isEmpty {
            tables.append(
                (
                    "Other counters",
                    meters.prefix(80).map { meter in
                        let labels = meter.labels.map { $0.joined(separator: "=") }.joined(separator: " ")
                        return (
                            "\(meter.help) \(labels)", Int(exactly: meter.value).map { "\($0)" } ?? "\(meter.value)"
                        )
                    }
                ))
        }
        let snapshot = frame.view.snapshot
        return await frame.render(
            "status", title: "Status",
            [
                "overall": trouble.isEmpty && state.isReady ? "● All is well." : "▲ Something needs a look.",
                "troubles": trouble.map { ["words": $0] },
                "tables": tables.map { caption, rows in
                    ["caption": caption, "rows": rows.map { ["name": $0.0, "value": $0.1] }] as [String: Any]
                },
                "inputs": snapshot.coverage.prefix(100).map { input in
                    [
                        "name": input.input, "packets": "\(input.packets)", "decoded": "\(input.decoded)",
                        "dropped": "\(input.dropped)", "to": input.span.map { frame.clock.words($0.last) } ?? "",
                        "problem": [input.problem, input.cure].compactMap(\.self).joined(separator: ". "),
                    ]
                },
                "advice": snapshot.advice.map { ["words": $0] },
            ])
    }
}
