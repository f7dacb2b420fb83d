//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Building and industry: BACnet, Modbus, KNXnet/IP, S7, EtherNet/IP, OPC UA.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Support
import Testing

@testable import Wire

/// Expected values: the icsnpp BACnet logs beside the recordings, otherwise tshark 4.0 on them.
@Suite(.enabled(if: Recordings.areHere)) struct `Building recordings` {
    private func read(_ file: String) throws -> Reading { try Reading.read("ics-bacnet-modbus/" + file) }
    private func values(_ reading: Reading, _ ip: String, _ field: Field) -> [String] {
        Set(reading.facts.filter { $0.ip == ip && $0.field == field && $0.child.isEmpty }.map(\.value)).sorted()
    }

    /// Rows of icsnpp.bacnet_discovery.log and bacnet_property.log; vendor numbers from tshark.
    @Test(arguments: [
        ("172.20.32.109", "501", "85", "PLC_28", "HIY-054", "4.2.1", "0.5.7", "bay_7080"),
        ("172.20.32.107", "456", "123", "PLC_57", "RMC-419", "3.8.9", "1.7.7", "bay_3956"),
        ("172.20.32.117", "663", "221", "PLC_28", "TEI-757", "4.8.2", "5.8.2", "bay_3015"),
        ("172.20.32.100", "416", "138", "PLC_93", "GHU-026", "5.6.1", "1.8.5", "bay_3257"),
        ("172.20.32.121", "777", "51", "PLC_75", "DPA-307", "5.5.8", "0.6.1", "bay_4272"),
        ("172.20.32.115", "199", "206", "PLC_46", "VFH-314", "0.1.2", "0.7.1", "bay_9490"),
    ])
    func `BACnet controllers are named by their device objects`(
        ip: String, instance: String, vendor: String, name: String, model: String, firmware: String, software: String,
        location: String
    ) throws {
        let reading = try read("icsnpp__bacnet_example.pcap")
        #expect(values(reading, ip, .bacnetInstance) == [instance])
        #expect(values(reading, ip, .bacnetVendorId) == [vendor])
        #expect(values(reading, ip, .bacnetObjectName) == [name])
        #expect(values(reading, ip, .bacnetModelName) == [model])
        #expect(values(reading, ip, .bacnetFirmware) == [firmware])
        #expect(values(reading, ip, .bacnetSoftware) == [software])
        #expect(values(reading, ip, .bacnetLocation) == [location])
    }

    /// Thirty devices; the one that asks (172.20.32.200) says nothing of itself.
    @Test func `every BACnet device of the recording, and nobody else`() throws {
        let reading = try read("icsnpp__bacnet_example.pcap")
        let addresses = Set(reading.facts.filter { $0.field == .bacnetInstance }.map(\.ip))
        #expect(addresses == Set((100...129).map { "172.20.32.\($0)" }))
    }

    /// Johnson Controls, character set UCS-2, asked for "any instance".
    @Test func `BACnet texts in two octets a character are read`() throws {
        let reading = try read("iti__bacnet_test.pcap")
        #expect(values(reading, "10.1.1.165", .bacnetObjectName) == ["KBRNAE"])
        #expect(values(reading, "10.1.1.165", .bacnetModelName) == ["MS-NAE4510-2"])
        #expect(values(reading, "10.1.1.165", .bacnetVendorName) == ["JCI"])
        #expect(values(reading, "10.1.1.165", .bacnetVendorId) == ["5"])
        #expect(values(reading, "10.1.1.165", .bacnetFirmware) == ["5.1.0.4400"])
        #expect(values(reading, "10.1.1.165", .bacnetInstance) == ["500"])
    }

    @Test func `BACnet devices of segmented answers are named`() throws {
        let reading = try read("icsnpp__bacnet_segmented_data.pcap")
        #expect(values(reading, "10.0.0.1", .bacnetInstance) == ["0"])
        #expect(values(reading, "10.0.0.2", .bacnetInstance) == ["254"])
        #expect(values(reading, "10.0.0.2", .bacnetVendorId) == ["154"])
    }

    @Test func `a device behind a BACnet router is not the router`() throws {
        let reading = try read("arkime__bacnet-stack-services.pcap")
        #expect(values(reading, "192.168.0.5", .bacnetInstance) == [])
        let routed = reading.facts.filter { $0.ip == "192.168.0.5" && $0.child == "bacnet:61" }
        #expect(Set(routed.filter { $0.field == .bacnetVendorId }.map(\.value)) == ["42"])
        #expect(Set(routed.filter { $0.field == .bacnetObjectName }.map(\.value)) == ["SYNERGY"])
        #expect(values(reading, "192.168.0.13", .bacnetObjectName) == ["SimpleServer"])
    }

    @Test(arguments: ["arkime__modbus.pcap", "iti__modbus_test_data_part1.pcap", "suri__modbus__modbus.pcap"])
    func `a Modbus server's identity is read from its answer`(file: String) throws {
        let reading = try read(file)
        #expect(reading.values(.modbusServerId) == ["Wingpath Limited"])
        #expect(Set(reading.facts.filter { $0.field == .modbusServerId }.map(\.ip)) == ["10.0.0.3"])
    }

    @Test func `what is not Modbus on its port is not taken for it`() throws {
        let reading = try read("zeek__modbus-and-non-modbus-p502.pcap")
        #expect(reading.applications.contains(.modbus))
        #expect(reading.applications.contains(.http))
        #expect(reading.facts.filter { $0.field.protocolName == "modbus" }.isEmpty)
    }

    @Test func `EtherNet/IP identity is read over TCP`() throws {
        let reading = try read("suri__enip-alert__enip_test1.pcap")
        let found = reading.facts.filter { $0.field.protocolName == "enip" }
        #expect(Set(found.map(\.ip)) == ["172.25.23.2"])
        #expect(
            found.map { "\($0.field.name)=\($0.value)" } == [
                "vendor=1", "deviceType=12", "productCode=58", "revision=4.3", "serial=00524d8e",
                "productName=1756-ENBT/A",
            ])
    }

    @Test func `KNXnet/IP is recognised, and a search names nobody`() throws {
        let reading = try read("ndpi__knxip.pcapng")
        #expect(reading.applications.contains(.knx))
        #expect(reading.facts.filter { $0.field.protocolName == "knx" }.isEmpty)
    }

    @Test func `S7 is recognised from its connection request`() throws {
        #expect(try read("arkime__s7comm_synthetic.pcap").applications.contains(.s7))
    }

    @Test func `MMS on the same port is not S7`() throws {
        #expect(!(try read("ndpi__iso9506-1-mms.pcap").applications.contains(.s7)))
    }

    @Test func `an OPC UA client tells which endpoint it wants, the server what it is called`() throws {
        let reading = try read("ndpi__opc-ua.pcap")
        #expect(reading.values(.opcuaEndpoint) == ["opc.tcp://localhost:4840"])
        #expect(reading.values(.opcuaApplicationName) == ["open62541-based OPC UA Application"])
        #expect(reading.applications.contains(.opcua))
    }
}

/// What no public recording holds is written by ourselves.
@Suite struct `Building messages` {
    @Test func `BACnet announcements and answers are read as written`() {
        let read: (Span<UInt8>, Packet, inout Facts) -> Bool = { BACnet.read($0, $1, into: &$2) }
        #expect(
            Speaking.datagram(BACnet.iAm(instance: 2_100_001, vendorId: 7), Packet(), read) == [
                "bacnet.instance=2100001", "bacnet.vendorId=7",
            ])
        #expect(
            Speaking.datagram(BACnet.answer(.modelName, "PXC36-E.D", instance: 12, invoke: 3), Packet(), read) == [
                "bacnet.instance=12", "bacnet.modelName=PXC36-E.D",
            ])
        #expect(
            Speaking.datagram(BACnet.answer(.location, "3.OG", instance: 12, invoke: 3), Packet(), read) == [
                "bacnet.instance=12", "bacnet.location=3.OG",
            ])
        #expect(Speaking.datagram(BACnet.readProperty(.modelName, instance: 12, invoke: 3), Packet(), read) == [])
        #expect(Speaking.datagram(BACnet.whoIs(), Packet(), read) == [])
    }

    @Test func `BACnet answers about several properties of several objects keep to the device`() {
        // Analog input 1 with a name, then device 5 with a model, an error, and a name in ISO 8859-1.
        let body: [UInt8] = [
            0x81, 0x0A, 0, 0, 1, 0, 0x30, 1, 14,
            0x0C, 0, 0, 0, 1, 0x1E, 0x29, 77, 0x4E, 0x74, 0, 0x41, 0x42, 0x43, 0x4F, 0x1F,
            0x0C, 2, 0, 0, 5, 0x1E, 0x29, 70, 0x4E, 0x73, 0, 0x4D, 0x31, 0x4F,
            0x29, 58, 0x5E, 0x91, 2, 0x91, 32, 0x5F, 0x29, 77, 0x4E, 0x73, 5, 0x4B, 0xFC, 0x4F, 0x1F,
        ]
        var bytes = body
        bytes[3] = UInt8(bytes.count)
        #expect(
            Speaking.datagram(bytes) { BACnet.read($0, $1, into: &$2) } == [
                "bacnet.instance=5", "bacnet.modelName=M1", "bacnet.objectName=Kü",
            ])
    }

    @Test func `a frame forwarded for another station says nothing of the sender`() {
        var bytes = BACnet.iAm(instance: 9, vendorId: 7)
        bytes.insert(contentsOf: [10, 0, 0, 9, 0xBA, 0xC0], at: 4)
        bytes[1] = 4
        bytes[3] = UInt8(bytes.count)
        #expect(Speaking.datagram(bytes) { BACnet.read($0, $1, into: &$2) } == [])
    }

    @Test(arguments: [1, 9, 200])
    func `Modbus identification is read as written, from the server only`(size: Int) {
        let question = Modbus.identificationRequest(transaction: 1)
        let answer = Modbus.identification(transaction: 1, vendor: "ACME", product: "CH-7", revision: "V2.11")
        let read: Speaking.StreamParser = { Modbus.read($0, $1, &$2, $3, into: &$4) }
        #expect(
            Speaking.stream(Speaking.cut(answer + answer, every: size), .server, Packet(), read) == [
                "modbus.vendor=ACME", "modbus.product=CH-7", "modbus.revision=V2.11", "modbus.vendor=ACME",
                "modbus.product=CH-7", "modbus.revision=V2.11",
            ])
        #expect(Speaking.stream([question], .client, Packet(), read).isEmpty)
        #expect(Speaking.recognises(question, port: 502) { Modbus.recognises($0, $1) })
        #expect(!Speaking.recognises(question, port: 503) { Modbus.recognises($0, $1) })
    }

    @Test func `KNXnet/IP descriptions are read as written`() {
        let bytes = KNXnetIP.description(
            friendlyName: "KNX IP BAOS 774", serial: 0x00C5_0108_0A1B, individualAddress: 0x11FF,
            hardwareAddress: HardwareAddress(bits: 0x000E_8C01_0203))
        #expect(
            Speaking.datagram(bytes) { KNXnetIP.read($0, $1, into: &$2) } == [
                "knx.medium=TP", "knx.individualAddress=1.1.255", "knx.serial=00c501080a1b",
                "knx.friendlyName=KNX IP BAOS 774",
            ])
    }

    @Test(arguments: [1, 50, 1_460])
    func `S7 lists are read as written`(size: Int) {
        let read: Speaking.StreamParser = { S7.read($0, $1, &$2, $3, into: &$4) }
        let bytes =
            S7.connect(isAnswer: true)
            + S7.module(orderNumber: "6ES7 315-2EH14-0AB0", firmware: (3, 2, 8), reference: 1)
            + S7.component(
                systemName: "S7-300/ET200M", moduleName: "PLC_1", serial: "S C-C2UR28922012",
                moduleType: "CPU 315-2 PN/DP",
                reference: 2)
        #expect(
            Speaking.stream(Speaking.cut(bytes, every: size), .server, Packet(), read) == [
                "s7.orderNumber=6ES7 315-2EH14-0AB0", "s7.firmware=3.2.8", "s7.systemName=S7-300/ET200M",
                "s7.moduleName=PLC_1", "s7.copyright=Original Siemens Equipment", "s7.serial=S C-C2UR28922012",
                "s7.moduleType=CPU 315-2 PN/DP",
            ])
        #expect(Speaking.recognises(S7.connect(), port: 102) { S7.recognises($0, $1) })
        #expect(Speaking.stream([S7.readList(0x11, reference: 1)], .client, Packet(), read).isEmpty)
    }

    @Test func `EtherNet/IP identities are read as written, over UDP too`() {
        let identity = EtherNetIP.Identity(
            vendor: 1, deviceType: 14, productCode: 54, major: 20, minor: 11, serial: 0x00C0_FFEE,
            productName: "1756-L61/B")
        let bytes = EtherNetIP.identityResponse(identity, address: IPAddress(v4: 0x0A00_0001))
        let expected = [
            "enip.vendor=1", "enip.deviceType=14", "enip.productCode=54", "enip.revision=20.11", "enip.serial=00c0ffee",
            "enip.productName=1756-L61/B",
        ]
        #expect(Speaking.datagram(bytes) { EtherNetIP.read($0, $1, into: &$2) } == expected)
        for size in [1, 24, 30, 500] {
            #expect(
                Speaking.stream(Speaking.cut(bytes, every: size), .server) {
                    EtherNetIP.read($0, $1, &$2, $3, into: &$4)
                }
                    == expected)
        }
        #expect(Speaking.datagram(EtherNetIP.identityRequest()) { EtherNetIP.read($0, $1, into: &$2) } == [])
    }

    @Test func `OPC UA hellos are read as written`() {
        let bytes = OPCUA.hello(endpoint: "opc.tcp://ahu-3.local:4840/bms")
        #expect(
            Speaking.stream(Speaking.cut(bytes, every: 7)) { OPCUA.read($0, $1, &$2, $3, into: &$4) } == [
                "opcua.endpoint=opc.tcp://ahu-3.local:4840/bms"
            ])
        #expect(Speaking.recognises(bytes) { OPCUA.recognises($0, $1) })
        #expect(!Speaking.recognises(Array("HELP me\r\n and some more".utf8)) { OPCUA.recognises($0, $1) })
    }
}

/// Every message of ours, cut at every length and changed in every octet: read or refused, never a crash.
@Suite struct `Broken medical and building messages` {
    private static let messages: [[UInt8]] = [
        DICOM.request(`DICOM associations`.scanner), DICOM.accept(`DICOM associations`.scanner),
        MLLP.Message(sendingApplication: "A^00A037009A0053DE^EUI-64", time: "1", type: "ORU^R01", controlId: "1").framed
            + Array(
                "OBX|1||||||||||||||||||A^B^00A037009A0053DE^EUI-64~C\rPRT||||||||||(01)1234567890^X||||||D||||E||F\r"
                    .utf8),
        ASTM.frames([ASTM.header(sender: "A^1", time: "1"), "L|1|N"]).flatMap { $0 },
        POCT1.hello(deviceId: "A", vendorId: "B", modelId: "C", serialId: "D", softwareVersion: "E", time: "F"),
        IntelliVue.announce(`IntelliVue monitors`.monitor), IntelliVue.describe(`IntelliVue monitors`.monitor),
        BACnet.iAm(instance: 1, vendorId: 2), BACnet.answer(.description, "text", instance: 1, invoke: 1),
        Modbus.identification(transaction: 1, vendor: "A", product: "B", revision: "C"),
        KNXnetIP.description(
            friendlyName: "A", serial: 1, individualAddress: 1, hardwareAddress: HardwareAddress(bits: 2)),
        S7.connect() + S7.module(orderNumber: "A", firmware: (1, 2, 3), reference: 1),
        S7.component(systemName: "A", moduleName: "B", serial: "C", moduleType: "D", reference: 1),
        EtherNetIP.identityResponse(
            .init(vendor: 1, deviceType: 2, productCode: 3, major: 4, minor: 5, serial: 6, productName: "A"),
            address: IPAddress(v4: 1)),
        OPCUA.hello(endpoint: "opc.tcp://a:1"),
    ]

    private func readAll(_ bytes: [UInt8]) {
        var packet = Packet()
        packet.destinationPort = 502
        var facts = Facts()
        _ = IntelliVue.read(bytes.span, packet, into: &facts)
        _ = BACnet.read(bytes.span, packet, into: &facts)
        _ = KNXnetIP.read(bytes.span, packet, into: &facts)
        _ = EtherNetIP.read(bytes.span, packet, into: &facts)
        let parsers: [Speaking.StreamParser] = [
            { DICOM.read($0, $1, &$2, $3, into: &$4) }, { MLLP.read($0, $1, &$2, $3, into: &$4) },
            { ASTM.read($0, $1, &$2, $3, into: &$4) }, { POCT1.read($0, $1, &$2, $3, into: &$4) },
            { Modbus.read($0, $1, &$2, $3, into: &$4) }, { S7.read($0, $1, &$2, $3, into: &$4) },
            { EtherNetIP.read($0, $1, &$2, $3, into: &$4) }, { OPCUA.read($0, $1, &$2, $3, into: &$4) },
        ]
        for parser in parsers {
            let lines = Speaking.stream([bytes], .server, packet, parser)
            #expect(!lines.contains("took nothing"))
        }
        guard !bytes.isEmpty else { return }
        _ = DICOM.recognises(bytes.span, packet) || MLLP.recognises(bytes.span, packet)
        _ = ASTM.recognises(bytes.span, packet) || POCT1.recognises(bytes.span, packet)
        _ = Modbus.recognises(bytes.span, packet) || EtherNetIP.recognises(bytes.span, packet)
        packet.destinationPort = 102
        _ = S7.recognises(bytes.span, packet) || OPCUA.recognises(bytes.span, packet)
    }

    @Test func `cut at every length`() {
        for message in Self.messages {
            for length in 0...message.count { readAll(Array(message.prefix(length))) }
        }
    }

    @Test func `changed in every octet`() {
        for message in Self.messages {
            for index in message.indices {
                for value: UInt8 in [0, 0x7F, 0x80, 0xFF] {
                    var changed = message
                    changed[index] = value
                    readAll(changed)
                }
            }
        }
    }
}
