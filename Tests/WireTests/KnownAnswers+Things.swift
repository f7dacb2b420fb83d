//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Known answers. Medical and building: DICOM, HL7, BACnet, Modbus, EtherNet/IP, OPC UA.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension KnownAnswers {
    static let things: [Answer] = [
        Answer("dicom/tapirx__dicom_arq_1_find_testclient.pcap", "127.0.0.1", .dicomCallingAE, "testclient"),
        Answer("dicom/tapirx__dicom_arq_1_find_testclient.pcap", "127.0.0.1", .dicomCalledAE, "testserver"),
        Answer(
            "dicom/tapirx__dicom_arq_1_find_testclient.pcap", "127.0.0.1", .dicomImplementationClassUID,
            "1.2.826.0.1.3680043.9.7133.1.1"
        ),
        Answer(
            "dicom/tapirx__dicom_arq_1_find_testclient.pcap", "127.0.0.1", .dicomImplementationVersion,
            "GODICOM_1_1"
        ),
        Answer(
            "dicom/tapirx__dicom_arq_1_find_testclient.pcap", "127.0.0.1", .dicomTransferSyntaxes,
            "1.2.840.10008.1.2,1.2.840.10008.1.2.1,1.2.840.10008.1.2.2,1.2.840.10008.1.2.1.99"
        ),
        Answer(
            "dicom/tapirx__dicom_arq_1_find_testclient.pcap", "127.0.0.1", .dicomAbstractSyntax,
            "1.2.840.10008.5.1.4.1.2.1.1", "1.2.840.10008.5.1.4.1.2.2.1", "1.2.840.10008.5.1.4.1.2.3.1",
            "1.2.840.10008.5.1.4.31"
        ),
        Answer("hl7/tapirx__HL7-ADT-UDI-OBX.pcap", "00:03:b1:b5:b6:48", .hl7SendingApplication, "SENDING_APPLICATION"),
        Answer(
            "hl7/tapirx__HL7-ADT-UDI-OBX.pcap", "08:00:27:1d:a6:c2", .hl7SendingApplication,
            "RECEIVING_APPLICATION"
        ),
        Answer("hl7/tapirx__HL7-ORU.pcap", "00:0c:29:b5:b6:48", .hl7SendingApplication, "SendingApp"),
        Answer("hl7/tapirx__HL7-ORU.pcap", "08:00:27:1d:a6:c2", .hl7SendingApplication, "ReceivingApp"),
        Answer("hl7/tapirx__HL7-ADT-UDI-OBX.pcap", "00:03:b1:b5:b6:48", .hl7SendingFacility, "SENDING_FACILITY"),
        Answer("hl7/tapirx__HL7-ADT-UDI-OBX.pcap", "08:00:27:1d:a6:c2", .hl7SendingFacility, "RECEIVING_FACILITY"),
        Answer("hl7/tapirx__HL7-ORU.pcap", "00:0c:29:b5:b6:48", .hl7SendingFacility, "SendingFac"),
        Answer("hl7/tapirx__HL7-ORU.pcap", "08:00:27:1d:a6:c2", .hl7SendingFacility, "ReceivingFac"),
        Answer(
            "hl7/tapirx__HL7-ADT-UDI-OBX.pcap", "00:03:b1:b5:b6:48", .hl7ReceivingApplication,
            "RECEIVING_APPLICATION"
        ),
        Answer(
            "hl7/tapirx__HL7-ADT-UDI-OBX.pcap", "08:00:27:1d:a6:c2", .hl7ReceivingApplication,
            "SENDING_APPLICATION"
        ),
        Answer("hl7/tapirx__HL7-ORU.pcap", "00:0c:29:b5:b6:48", .hl7ReceivingApplication, "ReceivingApp"),
        Answer("hl7/tapirx__HL7-ORU.pcap", "08:00:27:1d:a6:c2", .hl7ReceivingApplication, "SendingApp"),
        Answer("hl7/tapirx__HL7-ADT-UDI-OBX.pcap", "00:03:b1:b5:b6:48", .hl7ReceivingFacility, "RECEIVING_FACILITY"),
        Answer("hl7/tapirx__HL7-ADT-UDI-OBX.pcap", "08:00:27:1d:a6:c2", .hl7ReceivingFacility, "SENDING_FACILITY"),
        Answer("hl7/tapirx__HL7-ORU.pcap", "00:0c:29:b5:b6:48", .hl7ReceivingFacility, "ReceivingFac"),
        Answer("hl7/tapirx__HL7-ORU.pcap", "08:00:27:1d:a6:c2", .hl7ReceivingFacility, "SendingFac"),
        Answer("hl7/tapirx__HL7-ADT-UDI-OBX.pcap", "00:03:b1:b5:b6:48", .hl7MessageType, "ADT^A01"),
        Answer("hl7/tapirx__HL7-ADT-UDI-OBX.pcap", "08:00:27:1d:a6:c2", .hl7MessageType, "ACK"),
        Answer("hl7/tapirx__HL7-ORU.pcap", "00:0c:29:b5:b6:48", .hl7MessageType, "ORU^R01"),
        Answer("hl7/tapirx__HL7-ORU.pcap", "08:00:27:1d:a6:c2", .hl7MessageType, "ACK"),
        Answer("hl7/tapirx__HL7-ADT-UDI-OBX.pcap", "00:03:b1:b5:b6:48", .hl7Version, "2.3"),
        Answer("hl7/tapirx__HL7-ADT-UDI-OBX.pcap", "08:00:27:1d:a6:c2", .hl7Version, "2.3"),
        Answer("hl7/tapirx__HL7-ADT-UDI-OBX.pcap", "00:03:b1:b5:b6:48", .hl7Udi, "Hospira Plum A+"),
        Answer("hl7/tapirx__HL7-ADT-UDI-OBX.pcap", "00:03:b1:b5:b6:48", .hl7DeviceId, "Hospira Plum A+"),
        Answer("ics-bacnet-modbus/arkime__bacnet-stack-services.pcap", "00:0c:6e:b0:3c:15", .bacnetInstance, "123"),
        Answer("ics-bacnet-modbus/icsnpp__bacnet_segmented_data.pcap", "00:00:00:00:00:11", .bacnetInstance, "0"),
        Answer("ics-bacnet-modbus/icsnpp__bacnet_segmented_data.pcap", "00:00:00:00:00:22", .bacnetInstance, "254"),
        Answer("ics-bacnet-modbus/iti__bacnet_test.pcap", "00:19:07:24:3c:ca", .bacnetInstance, "500"),
        Answer("ics-bacnet-modbus/arkime__bacnet-stack-services.pcap", "00:0c:6e:b0:3c:15", .bacnetVendorId, "0"),
        Answer("ics-bacnet-modbus/icsnpp__bacnet_segmented_data.pcap", "00:00:00:00:00:11", .bacnetVendorId, "154"),
        Answer("ics-bacnet-modbus/icsnpp__bacnet_segmented_data.pcap", "00:00:00:00:00:22", .bacnetVendorId, "154"),
        Answer("ics-bacnet-modbus/ndpi__bacnet.pcap", "00:1a:2b:3c:4d:5e", .bacnetVendorId, "260"),
        Answer(
            "ics-bacnet-modbus/arkime__bacnet-stack-services.pcap", "00:0c:6e:b0:3c:15", .bacnetObjectName,
            "SimpleServer"
        ),
        Answer("ics-bacnet-modbus/iti__bacnet_test.pcap", "00:19:07:24:3c:ca", .bacnetObjectName, "KBRNAE"),
        Answer("ics-bacnet-modbus/iti__bacnet_test.pcap", "00:19:07:24:3c:ca", .bacnetModelName, "MS-NAE4510-2"),
        Answer("ics-bacnet-modbus/iti__bacnet_test.pcap", "00:19:07:24:3c:ca", .bacnetVendorName, "JCI"),
        Answer("ics-bacnet-modbus/iti__bacnet_test.pcap", "00:19:07:24:3c:ca", .bacnetFirmware, "5.1.0.4400"),
        Answer("ics-bacnet-modbus/arkime__modbus.pcap", "00:02:b3:ce:70:51", .modbusServerId, "Wingpath Limited"),
        Answer("ics-bacnet-modbus/suri__enip-alert__enip_test1.pcap", "e4:aa:ea:a9:25:2f", .enipVendor, "1"),
        Answer(
            "ics-bacnet-modbus/suri__enip-alert__enip_test1.pcap", "e4:aa:ea:a9:25:2f", .enipProductName,
            "1756-ENBT/A"
        ),
        Answer("ics-bacnet-modbus/suri__enip-alert__enip_test1.pcap", "e4:aa:ea:a9:25:2f", .enipSerial, "00524d8e"),
        Answer("ics-bacnet-modbus/suri__enip-alert__enip_test1.pcap", "e4:aa:ea:a9:25:2f", .enipRevision, "4.3"),
        Answer("ics-bacnet-modbus/suri__enip-alert__enip_test1.pcap", "e4:aa:ea:a9:25:2f", .enipDeviceType, "12"),
        Answer("ics-bacnet-modbus/suri__enip-alert__enip_test1.pcap", "e4:aa:ea:a9:25:2f", .enipProductCode, "58"),
        Answer("ics-bacnet-modbus/ndpi__opc-ua.pcap", "127.0.0.1", .opcuaEndpoint, "opc.tcp://localhost:4840"),
        Answer(
            "ics-bacnet-modbus/ndpi__opc-ua.pcap", "127.0.0.1", .opcuaApplicationName,
            "open62541-based OPC UA Application"
        ),
    ]
}
