//===----------------------------------------------------------------------===//
// Wardlight · SNMP
//
// The library: net-snmp, made ready once for this process.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import CSNMP

/// net-snmp, with its own files of configuration and MIBs left unread: numbers are enough.
public enum SNMPLibrary {
    /// Version of the library that is linked: `5.9.3`.
    public static var version: String { unsafe String(cString: netsnmp_get_version()) }
}
