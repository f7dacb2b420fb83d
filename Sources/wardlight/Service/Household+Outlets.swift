//===----------------------------------------------------------------------===//
// Wardlight · the command
//
// Who is told of findings, as the settings name them.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Actuators
import Foundation
import Logging
import Model
import Server
import Synchronization

extension Household {
    /// One outlet for each collector and webhook, told of every finding from now on.
    func openOutlets(_ run: RunSettings) throws {
        var logger = Logger(label: "wardlight.outlets")
        logger.logLevel = .notice
        var receivers: [any NoteReceiver] = []
        for collector in run.syslog {
            do {
                receivers.append(
                    try SyslogReceiver(
                        host: collector.host, port: Int(collector.port), own: run.server.hostName,
                        authority: collector.authorities))
            } catch { throw Stop("syslog \(collector.host): its certificates cannot be read (\(error)).") }
        }
        for hook in run.webhooks {
            do {
                receivers.append(
                    try WebhookReceiver(url: hook.url, key: Array(hook.secret.revealed().utf8)) { Timestamp.now })
            } catch { throw Stop("webhook \(hook.url): \(error)") }
        }
        let made = receivers.map { FindingOutlet($0, logger: logger) }
        for outlet in made { hub.add(outlet.take) }
        outlets.withLock { $0 = made }
    }

    /// How many notes wait, went and were lost, for each receiver in the order of the settings.
    var outletMeters: [Meter] {
        let outlets = outlets.withLock { $0 }
        func meters(
            _ name: String, _ kind: Meter.Kind, _ help: String, _ value: (FindingOutlet.Counts) -> Double
        ) -> [Meter] {
            outlets.enumerated().map { number, outlet in
                Meter(
                    name, kind, value(outlet.counts), help: help,
                    labels: [["receiver", outlet.name], ["number", "\(number + 1)"]])
            }
        }
        return meters("wardlight_outlet_waiting", .gauge, "Findings that wait for their receiver.") {
            Double($0.waiting)
        }
            + meters("wardlight_outlet_delivered_total", .counter, "Findings that a receiver took.") {
                Double($0.delivered)
            }
            + meters("wardlight_outlet_failures_total", .counter, "Attempts to tell a receiver that failed.") {
                Double($0.failures)
            }
            + meters("wardlight_outlet_dropped_total", .counter, "Findings that a receiver never got.") {
                Double($0.dropped)
            }
    }
}
