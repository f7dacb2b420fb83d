//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// Syslog: host and program names.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Syslog (RFC 3164, 5424). Messages themselves are never kept.
public enum Syslog {
    /// Reads one datagram and says whether it is one.
    public static func read(_ payload: Span<UInt8>, _ packet: Packet, into facts: inout Facts) -> Bool {
        false
    }
}
