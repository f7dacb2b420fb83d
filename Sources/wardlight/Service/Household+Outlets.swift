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
import ServiceLifecycle

extension Household {
    /// One outlet for each collector and webhook, told of every finding from now on.
    func outlets(_ run: RunSettings) throws -> [any ServiceLifecycle.Service] {
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
        return receivers.map { receiver in
            let outlet = FindingOutlet(receiver, logger: logger)
            hub.add(outlet.take)
            return outlet
        }
    }
}
