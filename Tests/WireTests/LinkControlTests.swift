//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Link control: spanning tree, 802.1X and PROFINET discovery.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Support
import Testing
import Wire

@Suite struct `Spanning tree, 802.1X and PROFINET by hand` {
    @Test func `a start of 802.1X says nothing but that somebody is there`() {
        let found = Parsing(EAPOL.writeStart()) { EAPOL.read($0, Packet(), into: &$1) }
        #expect(found.facts.isEmpty && found.oddities.isEmpty)
    }

    @Test func `an identity is read from answers only, up to its NUL`() {
        let answer: [UInt8] = [1, 0, 0, 19, 2, 7, 0, 19, 1] + Array("host/pc17".utf8) + [0] + Array("nas=1".utf8)
        #expect(Parsing(answer) { EAPOL.read($0, Packet(), into: &$1) }.facts == ["eap.identity=host/pc17"])
        var request = answer
        request[4] = 1
        #expect(Parsing(request) { EAPOL.read($0, Packet(), into: &$1) }.facts.isEmpty)
    }

    @Test func `a method that few know is told by its number`() {
        #expect(
            Parsing([1, 0, 0, 6, 1, 7, 0, 6, 38, 0]) { EAPOL.read($0, Packet(), into: &$1) }.facts == ["eap.method=38"])
    }

    @Test func `only answers name a PROFINET station, questions name whom they look for`() {
        let blocks: [UInt8] =
            [2, 2, 0, 6, 0, 0] + Array("plc1".utf8) + [2, 1, 0, 7, 0, 0] + Array("S7-12".utf8) + [0]
            + [2, 3, 0, 6, 0, 0, 0x00, 0x2A, 0x01, 0x0D] + [2, 4, 0, 4, 0, 0, 2, 0]
        func frame(_ service: UInt8, _ kind: UInt8) -> [UInt8] {
            [0xFE, 0xFF, service, kind, 0, 0, 0, 1, 0, 0, 0, UInt8(blocks.count)] + blocks
        }
        #expect(
            Parsing(frame(5, 1)) { ProfinetDCP.read($0, Packet(), into: &$1) }.facts == [
                "profinet.stationName=plc1", "profinet.vendor=S7-12", "profinet.deviceId=002a:010d",
                "profinet.deviceRole=controller",
            ])
        #expect(Parsing(frame(5, 0)) { ProfinetDCP.read($0, Packet(), into: &$1) }.facts.isEmpty)
    }

    @Test func `nothing breaks wherever a frame is cut`() {
        let dcp: [UInt8] = [0xFE, 0xFF, 5, 1, 0, 0, 0, 1, 0, 0, 0, 99, 2, 2, 0, 1, 0, 1, 2, 0, 14, 0, 1, 10, 0, 0, 1]
        let eap: [UInt8] = [1, 0, 0, 99, 2, 7, 0, 2, 1, 0x61]
        let tree: [UInt8] = [0, 0, 3, 2, 0x7C] + Array(repeating: 7, count: 115)
        for length in 0...dcp.count {
            _ = Parsing(Array(dcp.prefix(length))) { ProfinetDCP.read($0, Packet(), into: &$1) }
        }
        for length in 0...eap.count { _ = Parsing(Array(eap.prefix(length))) { EAPOL.read($0, Packet(), into: &$1) } }
        for length in 0...tree.count { _ = Parsing(Array(tree.prefix(length))) { STP.read($0, Packet(), into: &$1) } }
    }
}

/// Expected values from the `.expected.tcpdump.out` beside each recording, or from tshark 4.0.17 on it.
@Suite(.enabled(if: Recordings.areHere)) struct `Spanning tree, 802.1X and PROFINET in recordings` {
    @Test(arguments: [
        ("tcpd__802.1D_spanning_tree", "8001.00:19:06:ea:b8:80", ["8001.00:19:06:ea:b8:80"]),
        ("tcpd__802.1w_rapid_STP", "8001.00:19:06:ea:b8:80", ["8001.00:19:06:ea:b8:80"]),
        (
            "tcpd__MSTP_Intra-Region_BPDUs", "0000.00:1f:27:b4:7d:80",
            ["8000.00:16:46:b5:8c:80", "8000.00:1e:f7:05:a8:80"]
        ),
        ("tcpd__spb_bpduv4", "8000.52:54:00:45:5f:15", ["8000.52:54:00:45:5f:15"]),
        ("tcpd__evb", "8000.08:00:27:0d:f1:3c", ["8000.08:00:27:0d:f1:3c"]),
    ])
    func `root and bridge of every form of the tree`(name: String, root: String, bridges: [String]) throws {
        let reading = try Reading.read("lldp-cdp/\(name).pcap")
        #expect(reading.values(.stpRootId) == [root])
        #expect(reading.values(.stpBridgeId) == bridges)
    }

    @Test(arguments: ["tcpd__stp-heapoverflow-4", "tcpd__stp-v4-length-sigsegv"])
    func `a tree that is cut off is an oddity`(name: String) throws {
        #expect(try Reading.read("malformed/\(name).pcap").oddities[.stpTruncated] == 1)
    }

    @Test func `a laptop logs in with a certificate`() throws {
        let reading = try Reading.read("infra/wireshark__wpa-eap-tls.pcap")
        let laptop = reading.facts.filter { $0.mac == "24:77:03:d2:5e:a8" }
        #expect(Set(laptop.filter { $0.field == .eapIdentity }.map(\.value)) == ["perry.mordor"])
        #expect(Set(laptop.filter { $0.field == .eapMethod }.map(\.value)) == ["EAP-TLS"])
    }

    @Test func `a PROFINET station answers with name, type, number, role and address`() throws {
        let reading = try Reading.read("ics-bacnet-modbus/malcolm__PROFINET.pcap")
        let station = reading.facts.filter { $0.field.protocolName == "profinet" }
        #expect(Set(station.map(\.mac)) == ["00:09:91:43:e0:67"])
        #expect(
            station.map { "\($0.field.name)=\($0.value)" } == [
                "stationName=versamax-pns11", "vendor=IC200PNS001", "deviceId=015a:0003", "deviceRole=device",
                "address=192.168.1.2",
            ])
    }
}
