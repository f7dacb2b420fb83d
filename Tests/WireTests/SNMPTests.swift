//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// SNMP: versions, the system group, engines; and never the community.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Support
import Testing
import Wire

@Suite struct `SNMP by hand` {
    private func check(_ bytes: [UInt8]) -> Parsing {
        Parsing(bytes) { _ = SNMP.read($0, Packet(), into: &$1) }
    }

    private let answer = SNMP.writeResponse(
        request: 77, sysDescr: "Babylog VN800 1.7", objectIdentifier: [1, 3, 6, 1, 4, 1, 3830, 1, 4_294_967_295],
        sysName: "vent-7")

    @Test func `what is written is read again, without the community`() {
        #expect(
            check(answer).facts == [
                "snmp.version=2c", "clear.credentialTaken=snmp v2c public", "snmp.sysDescr=Babylog VN800 1.7",
                "snmp.sysObjectId=1.3.6.1.4.1.3830.1.4294967295", "snmp.sysName=vent-7",
            ])
    }

    @Test func `a long description takes the long form of lengths`() {
        let text = String(repeating: "x", count: 300)
        let found = check(SNMP.writeResponse(request: -1, sysDescr: text))
        // Values are cut to 256 octets.
        #expect(found.facts.last == "snmp.sysDescr=" + String(repeating: "x", count: 256))
        #expect(found.oddities.isEmpty)
    }

    @Test func `what a manager wants to set is not a fact about the manager`() throws {
        var request = answer
        // The tag of the message: response becomes set-request.
        let at = try #require(request.firstIndex(of: 0xA2))
        request[at] = 0xA3
        #expect(check(request).facts == ["snmp.version=2c", "clear.credentialSent=snmp v2c public"])
    }

    @Test func `numbers wider than 32 bits and lengths without end are oddities`() {
        // sysObjectID.0 = 2B 8F FF FF FF FF 7F
        let name: [UInt8] = [0x30, 0x13, 6, 8, 0x2B, 6, 1, 2, 1, 1, 2, 0, 6, 7, 0x2B, 0x8F, 255, 255, 255, 255, 0x7F]
        let list = [0x30, UInt8(name.count)] + name
        let message = [0xA2, UInt8(list.count + 9), 2, 1, 1, 2, 1, 0, 2, 1, 0] + list
        let whole = [0x30, UInt8(message.count + 6), 2, 1, 1, 4, 1, 0x78] + message
        #expect(check(whole).facts == ["snmp.version=2c", "clear.credentialTaken=snmp v2c community"])
        #expect(check(whole).oddities == [.snmpBadEncoding])
        #expect(check([0x30, 0x80, 2, 1, 1, 4, 0x80]).facts.isEmpty)
    }

    @Test func `nothing breaks wherever the datagram is cut`() {
        for length in 0...answer.count { _ = check(Array(answer.prefix(length))) }
    }
}

/// Expected values from tshark 4.0.17 on each recording; the engines also stand in the Zeek baselines beside them.
@Suite(.enabled(if: Recordings.areHere)) struct `SNMP in recordings` {
    @Test func `a walk over a Linux server tells its system group`() throws {
        let reading = try Reading.read("infra/zeek__snmpwalk-short.pcap")
        let server = reading.facts.filter { $0.ip == "138.68.10.203" && $0.field.protocolName == "snmp" }
        #expect(
            Set(server.map { "\($0.field.name)=\($0.value)" }) == [
                "version=2c",
                "sysDescr=Linux ubuntu-512mb-sfo2-01 4.4.0-31-generic #50~14.04.1-Ubuntu SMP"
                    + " Wed Jul 13 01:07:32 UTC 2016 x86_64",
                "sysObjectId=1.3.6.1.4.1.8072.3.2.10", "sysName=ubuntu-512mb-sfo2-01",
                "sysLocation=Sitting on the Dock of the Bay",
            ])
    }

    @Test func `an OKI printer asked with version 1`() throws {
        let reading = try Reading.read("infra/zeek__snmpv1_get.pcap")
        #expect(reading.values(.snmpVersion) == ["1"])
        #expect(reading.values(.snmpSysName) == ["B6300"])
        #expect(reading.values(.snmpSysObjectId) == ["1.3.6.1.4.1.2001.1.1.1.297.93.1.27.2.2.1"])
        #expect(reading.values(.snmpSysLocation) == ["Chandra's cube"])
    }

    @Test func `traps of version 1 name the enterprise`() throws {
        #expect(try Reading.read("infra/zeek__snmpv1_trap.pcap").values(.snmpEnterprise) == ["1.3.6.1.4.1.31337.0"])
        let name =
            "suri__firewall__ruletype-firewall-54-snmp-v1-trap__"
            + "public-wiresharkwiki-c06-snmpv1-trap-app-r1-1-12.pcap"
        let reading = try Reading.read("infra/" + name)
        #expect(reading.values(.snmpEnterprise) == ["1.3.6.1.4.1.4.1.2.21"])
        #expect(Set(reading.facts.filter { $0.field == .snmpEnterprise }.map(\.mac)) == ["00:20:af:1b:07:fa"])
    }

    @Test(arguments: [
        ("zeek__snmpv3_get_next", "80001f8880a9498e5e3a2c3043"),
        ("suri__snmp-v3-unauth__snmp-v3-get-bulk-unauth", "80001f8880468a3a41a3a51b5c00000000"),
    ])
    func `the engine belongs to the agent that answers`(name: String, engine: String) throws {
        let reading = try Reading.read("infra/\(name).pcap")
        #expect(reading.values(.snmpVersion) == ["3"])
        #expect(reading.values(.snmpEngineId) == [engine])
    }

    @Test func `no community of any recording is kept`() throws {
        for name in ["zeek__leak_test.pcapng", "zeek__snmpv1_get.pcap", "zeek__snmpwalk-short.pcap"] {
            let facts = try Reading.read("infra/\(name)").facts
            let words = Set(ClearCredential.allCases.map(\.rawValue))
            for fact in facts where fact.field != .clearCredentialSent && fact.field != .clearCredentialTaken {
                #expect(!fact.value.contains("public"), "\(fact)")
            }
            #expect(facts.allSatisfy { !$0.value.contains("[R0_C@cti!]") })
            for fact in facts where fact.field.protocolName == "clear" { #expect(words.contains(fact.value)) }
        }
    }
}
