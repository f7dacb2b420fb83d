//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Known answers: does every device say what others read from the same recordings?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Support
import Testing

/// What one device says in one recording, by other programs' reading.
struct Answer: Sendable {
    let recording: String
    /// Hardware address of the device (Ethernet source; DHCP: client hardware address), or its network address where
    /// the link has none.
    let sender: String
    let field: Field
    let values: Set<String>

    init(_ recording: String, _ sender: String, _ field: Field, _ values: String...) {
        self.recording = recording
        self.sender = sender
        self.field = field
        self.values = Set(values)
    }
}

/// The table: every value in it was found in tshark 4.0's dissection of the recording, sent by this very device, or in
/// the `.expected.*` file beside it (JA4: `ja4-*.json` and `.snap`, or computed apart from the published text).
enum KnownAnswers {
    static let all = leases + neighbours + names + secure + text + things
    static let recordings = Set(all.map(\.recording)).sorted()
    /// Formats that a public recording exists of; each has at least one answer.
    static let protocols = Set(all.map(\.field.protocolName))
}

/// Goal: each fact exact, and on the right device. All values of a field are compared, so none may be made up either.
@Suite(.enabled(if: Recordings.areHere)) struct `Known answers` {
    @Test(arguments: KnownAnswers.recordings)
    func `every device says what others read from it`(recording: String) throws {
        let facts = try Reading.facts(in: recording).filter(\.child.isEmpty)
        for answer in KnownAnswers.all where answer.recording == recording {
            let found = facts.filter { fact in
                fact.field == answer.field && (fact.mac.isEmpty ? fact.ip : fact.mac) == answer.sender
            }
            #expect(Set(found.map(\.value)) == answer.values, "\(answer.field.path) of \(answer.sender)")
        }
    }

    @Test(arguments: [
        "bacnet", "cdp", "coap", "dhcp", "dhcpv6", "dicom", "dns", "enip", "hl7", "http", "icmpv6", "lldp", "llmnr",
        "mdns", "modbus", "mqtt", "netbios", "ntp", "opcua", "profinet", "quic", "sip", "smb", "snmp", "ssdp", "ssh",
        "stp", "syslog", "tls", "upnp",
    ])
    func `every format with a recording has an answer`(name: String) {
        #expect(KnownAnswers.protocols.contains(name))
    }
}
