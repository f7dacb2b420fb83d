//===----------------------------------------------------------------------===//
// Wardlight · Agents
//
// The server: many pretend agents behind UDP ports of this machine.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import NIOCore
import NIOPosix
import Simulator
import Wire

/// Pretend agents on loopback.
public struct AgentServer: Sendable {
    public init() {}
}
