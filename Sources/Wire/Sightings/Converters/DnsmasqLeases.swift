//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// Leases of dnsmasq: expiry, address of the card, network address, name, client identifier (dnsmasq(8)).
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// A lease a line. It says only when it ends: who holds one that is not over was there by the time of the list.
enum DnsmasqLeases {
    static func read(
        _ bytes: [UInt8], linesBefore: Int, _ conversion: SightingConversion,
        _ report: inout SightingConverter.Report
    ) -> [SightingLine] {
        var found: [SightingLine] = []
        var number = linesBefore
        for raw in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
            number += 1
            guard raw.count <= 2_048 else {
                report.trouble(number, "longer than a lease is")
                continue
            }
            let words = String(decoding: raw, as: UTF8.self).split(whereSeparator: \.isWhitespace)
            // The server's own identifier stands between leases of IPv4 and IPv6.
            if words.isEmpty || words[0] == "duid" { continue }
            report.rows += 1
            guard words.count >= 4, let expiry = Int64(words[0]), expiry >= 0, expiry < 1 << 40,
                let address = IPAddress(words[2])
            else {
                report.trouble(number, "no lease: expiry, card, address, name and identifier must be there")
                continue
            }
            let end = Timestamp(seconds: expiry)
            let isOver = expiry > 0 && end < conversion.taken
            var line = SightingLine(at: isOver ? end : conversion.taken, source: .dhcpLease)
            line.mac = card(words[1]) ?? (words.count >= 5 ? LeaseBlocks.card(ofDUID: String(words[4])) : nil)
            if !isOver || line.mac == nil { line.ip = address.isIndividual ? address : nil }
            if words[3] != "*" { line[.name] = String(words[3]) }
            found.append(line)
        }
        return found
    }

    /// `00:11:22:33:44:55`, or `06-00:11:…` where the kind of hardware is not Ethernet; with IPv6 a number stands there.
    private static func card(_ word: Substring) -> HardwareAddress? {
        let text = word.contains("-") && word.contains(":") ? word.drop { $0 != "-" }.dropFirst() : word
        return HardwareAddress(text).flatMap { $0.isIndividual ? $0 : nil }
    }
}
