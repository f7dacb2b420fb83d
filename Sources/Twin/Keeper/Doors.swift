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
