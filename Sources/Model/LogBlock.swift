//===----------------------------------------------------------------------===//
// Wardlight · Model
//
// A block of the log: observations that were committed together.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// Observations that were committed at one moment, in their order. Positions are numbered from 1, without a gap.
public struct LogBlock: Hashable, Sendable {
    /// Position of the first observation.
    public var first: UInt64
    /// The log's own clock when they were committed. It never goes back, whatever the machine's clock does.
    public var recorded: Timestamp
    public var observations: [Observation]

    public init(first: UInt64, recorded: Timestamp, observations: [Observation]) {
        self.first = first
        self.recorded = recorded
        self.observations = observations
    }

    /// The block without its first observations.
    public func dropping(_ count: Int) -> LogBlock {
        let count = min(max(count, 0), observations.count)
        if count == 0 { return self }
        return LogBlock(
            first: first &+ UInt64(count), recorded: recorded, observations: Array(observations.dropFirst(count)))
    }

    /// Position after the last observation.
    public var end: UInt64 { first &+ UInt64(observations.count) }
}
