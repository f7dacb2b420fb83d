//===----------------------------------------------------------------------===//
// Wardlight · Server
//
// Metrics and health: how the server is doing, for machines that watch.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

enum HealthAnswers {
    static func health(_ asking: Asking, _ house: House) async throws -> Reply {
        Reply(type: "text/plain; charset=utf-8", bytes: Array("ok\n".utf8))
    }

    static func ready(_ asking: Asking, _ house: House) async throws -> Reply {
        let state = await house.doors.present.state()
        let isGood = state.isReady && state.keeper.trouble == nil && state.trouble.isEmpty
        return Reply(
            status: isGood ? .ok : .serviceUnavailable, type: "text/plain; charset=utf-8",
            bytes: Array((isGood ? "ready\n" : "not ready\n").utf8))
    }

    /// Prometheus text format 0.0.4.
    static func metrics(_ asking: Asking, _ house: House) async throws -> Reply {
        let state = await house.doors.present.state()
        let hub = house.hub.counts
        var meters: [Meter] = [
            Meter(
                "wardlight_log_position", .gauge, Double(state.keeper.position),
                help: "Position of the last observation that the twin has learnt."),
            Meter(
                "wardlight_judged_position", .gauge, Double(state.keeper.judged),
                help: "Position that the last judging counted."),
            Meter("wardlight_devices", .gauge, Double(state.keeper.devices), help: "Devices that are known."),
            Meter("wardlight_readings", .gauge, Double(state.keeper.readings), help: "Series of readings."),
            Meter(
                "wardlight_trouble", .gauge, Double(state.trouble.count + (state.keeper.trouble == nil ? 0 : 1)),
                help: "Things that are wrong; /status says which."),
            Meter("wardlight_event_subscribers", .gauge, Double(hub.subscribers), help: "Followers of live changes."),
            Meter("wardlight_events_total", .counter, Double(hub.events), help: "Events told."),
            Meter("wardlight_event_cuts_total", .counter, Double(hub.cut), help: "Followers cut for being slow."),
            Meter(
                "wardlight_event_refusals_total", .counter, Double(hub.refused), help: "Followers without a place."),
        ]
        meters += await house.doors.meters?.meters() ?? []
        let counts = house.counts.snapshot
        meters += counts.requests.map {
            Meter(
                "wardlight_http_requests_total", .counter, Double($0.count), help: "Requests by route and status.",
                labels: [["route", $0.key.route], ["status", "\($0.key.status)"]])
        }
        var text = ""
        var named = ""
        for meter in meters {
            if meter.name != named {
                text += "# HELP \(meter.name) \(escaped(meter.help))\n# TYPE \(meter.name) \(meter.kind.rawValue)\n"
                named = meter.name
            }
            text += "\(meter.name)\(labels(meter.labels)) \(number(meter.value))\n"
        }
        text += durations(counts)
        return Reply(type: "text/plain; version=0.0.4; charset=utf-8", bytes: Array(text.utf8))
    }

    private static func durations(_ counts: RequestCounts.Snapshot) -> String {
        let name = "wardlight_http_request_duration_seconds"
        var text = "# HELP \(name) How long requests took.\n# TYPE \(name) histogram\n"
        for (route, histogram) in counts.durations {
            var sum: UInt64 = 0
            for (place, count) in histogram.counts.enumerated() {
                sum &+= count
                let bound = place < RequestCounts.bounds.count ? number(RequestCounts.bounds[place]) : "+Inf"
                text += "\(name)_bucket\(labels([["route", route], ["le", bound]])) \(sum)\n"
            }
            text += "\(name)_sum\(labels([["route", route]])) \(histogram.sum)\n"
            text += "\(name)_count\(labels([["route", route]])) \(sum)\n"
        }
        return text
    }

    private static func labels(_ labels: [[String]]) -> String {
        if labels.isEmpty { return "" }
        return "{" + labels.map { "\($0[0])=\"\(escaped($0[1]))\"" }.joined(separator: ",") + "}"
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\n", with: "\\n").replacing("\"", with: "\\\"")
    }

    private static func number(_ value: Double) -> String {
        Int(exactly: value).map { "\($0)" } ?? "\(value)"
    }
}
