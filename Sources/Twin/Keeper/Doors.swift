//===----------------------------------------------------------------------===//
// Wardlight · Twin
//
// Doors: what the keeper needs of the rooms above it.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// The log, as the keeper reads it.
public protocol Ground: Sendable {
    /// Hands blocks on in order, beginning with the one that holds `position`.
    func replay(from position: UInt64, _ body: (LogBlock) throws -> Void) throws
    /// The oldest position that is kept, and the one that comes next.
    func positions() throws -> Range<UInt64>
}

/// Where lists and searches look, and from where followers catch up.
public protocol Shelf: Sendable {
    /// Takes a publication in, all of it or nothing. When it returns, lists and searches show it.
    func put(_ publication: Publication) throws
}

/// Hospitals that were laid away, so that nobody has to fold the log from its beginning. A cache: one that is missing or
/// refused costs time, never an answer.
public protocol States: Sendable {
    /// What is there, by position, ascending.
    func marks() -> [StateMark]
    /// Nil where it is refused (another program, other knowledge, damage).
    func hospital(at mark: StateMark) -> Hospital?
    func keep(_ hospital: Hospital, _ mark: StateMark, index: [UInt8]) throws
    /// Octets of the newest index that was kept; nil where there is none.
    func index() -> [UInt8]?
    func forget(_ marks: [StateMark])
}

/// How far a kept hospital had come.
public struct StateMark: Hashable, Sendable {
    public var position: UInt64
    /// The latest moment that it had learnt of.
    public var latest: Timestamp

    public init(position: UInt64, latest: Timestamp) { (self.position, self.latest) = (position, latest) }
}
