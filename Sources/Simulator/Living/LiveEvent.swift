//===----------------------------------------------------------------------===//
// Wardlight · Simulator
//
// Live events: what the sensors of a living simulated hospital get to see, one after the other.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Wire

/// One thing that a sensor at a site would see, in the form in which it would see it.
public struct LiveEvent: Sendable {
    public enum Kind: Sendable {
        /// An Ethernet frame at the site's mirror port.
        case frame([UInt8])
        /// What a switch answered when it was asked: its rows, those of its VLANs apart.
        case poll(agent: String, contexts: [SwitchReading.VLANRows])
        /// What an endpoint says hangs on it.
        case report(PeripheralLine)
        /// What has no wire format here yet: measurements, edges, places, time itself.
        case observation(Observation)
    }

    public var site: String
    public var time: Timestamp
    public var kind: Kind

    public init(site: String, time: Timestamp, kind: Kind) {
        self.site = site
        self.time = time
        self.kind = kind
    }
}
