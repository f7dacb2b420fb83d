//===----------------------------------------------------------------------===//
// Wardlight · SNMP
//
// The library: net-snmp, made ready once for this process.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

internal import CSNMP

/// net-snmp, with its own files of configuration and MIBs left unread: numbers are enough.
public enum SNMPLibrary {
    /// Version of the library that is linked: `5.9.3`.
    public static var version: String { unsafe String(cString: netsnmp_get_version()) }

    /// Done once, before the first session.
    static let begin: Void = wardlight_snmp_begin()

    /// The address of a name, or nil when nobody knows it. Asks the system, so it may take seconds: never call it where
    /// answers are waited for. Addresses in writing cost nothing.
    public static func address(of host: String) -> String? {
        var text = [CChar](repeating: 0, count: 256)
        guard unsafe wardlight_snmp_resolve(host, &text, text.count) == 0 else { return nil }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Four or sixteen octets of an address in writing; nil for names. Asks nobody.
    public static func octets(of address: String) -> [UInt8]? {
        var octets = [UInt8](repeating: 0, count: 16)
        if unsafe inet_pton(AF_INET, address, &octets) == 1 { return Array(octets.prefix(4)) }
        return unsafe inet_pton(AF_INET6, address, &octets) == 1 ? octets : nil
    }
}
