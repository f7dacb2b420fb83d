//===----------------------------------------------------------------------===//
// Wardlight · Model
//
// Publications: what changed, as lists and followers take it.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// What is different after a block of the log, or after the hospital was judged.
public struct Publication: Hashable, Sendable {
    public var number: EventNumber
    /// The log's clock.
    public var recorded: Timestamp?
    public var changes: [ChangeNote]
    /// Devices whose summary is new or another.
    public var devices: [DeviceSummary] = []
    /// Ids that are listed no more.
    public var goneDevices: [String] = []
    public var findings: [FindingSummary] = []
    public var goneFindings: [String] = []
    /// `changes` as one line of JSON; empty where there is none.
    public var event: [UInt8] = []

    public init(number: EventNumber, recorded: Timestamp?, changes: [ChangeNote]) {
        self.number = number
        self.recorded = recorded
        self.changes = changes
    }

    public var isEmpty: Bool {
        changes.isEmpty && devices.isEmpty && goneDevices.isEmpty && findings.isEmpty && goneFindings.isEmpty
    }
}

/// An event as it was told, for followers who come back.
public struct StoredEvent: Hashable, Sendable {
    public var number: EventNumber
    /// One line of JSON (`wardlight.changes/1`).
    public var line: [UInt8]

    public init(number: EventNumber, line: [UInt8]) { (self.number, self.line) = (number, line) }
}

/// What a follower who has seen everything up to a number has missed.
public enum MissedEvents: Hashable, Sendable {
    /// In order; empty when nothing was missed. As many as were asked for at most: ask again after the last.
    case events([StoredEvent])
    /// They are no longer kept, or the number is of another log: begin anew. `newest` is the last number told.
    case tooOld(newest: EventNumber)
}
