//===----------------------------------------------------------------------===//
// Wardlight · Defense
//
// Port watch: does a port still say what it said?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Learns polls of switches and names what does not fit. The same observations in the same order, the same findings.
public struct PortWatch: Sendable {
    public init() {}
}
