//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// A small made-up ward that every report is tried on.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

enum Ward {
    static let span = Observation.Span(
        first: Timestamp(seconds: 1_700_000_000), last: Timestamp(seconds: 1_700_000_600, nanoseconds: 250_000_000))

    static func evidence(_ field: Field, _ value: String, rule: String, weight: Int = 3_000) -> Evidence {
        Evidence(
            field: field, protocolName: field.protocolName, fieldName: field.name, value: value, rule: rule, seen: 4,
            weight: weight)
    }

    /// A patient monitor with everything in its record.
    static let monitor: Device = {
        var device = Device(id: "dev-0123456789ab", site: "St Elsewhere", span: span)
        device.formerIds = ["dev-ba9876543210"]
        device.deviceClass = .medical
        device.mac = [HardwareAddress(bits: 0x0009_FB12_3456)]
        device.ipv4 = [IPAddress(v4: 0x0A01_0207), IPAddress(v4: 0x0A01_0208)]
        device.ipv6 = [IPAddress(high: 0xFE80_0000_0000_0000, low: 0x0209_FBFF_FE12_3456)]
        device.names = ["mon-bed7.icu.st-elsewhere.example", "MONBED7"]
        device.judgements = [
            .vendor: Judgement(
                value: "Philips", confidence: 993,
                evidence: [
                    evidence(.dhcpVendorClass, "Philips MX450 mon-bed7", rule: "philips.dhcp"),
                    evidence(.intellivueProductName, "M8003A", rule: "philips.intellivue", weight: 5_000),
                ]),
            .type: Judgement(
                value: "patient monitor", confidence: 900,
                evidence: [evidence(.intellivueProductName, "M8003A", rule: "philips.intellivue")]),
            .model: Judgement(
                value: "MX450", confidence: 620,
                evidence: [
                    evidence(.dhcpHostname, "mon-bed7", rule: "philips.name", weight: 900),
                    evidence(.dhcpParameterRequestList, "1,3,6", rule: "linux.dhcp", weight: -400),
                ],
                others: [
                    Judgement.Rival(
                        value: "MX800", evidence: [evidence(.mdnsTxt, "md=MX800", rule: "mdns.model", weight: 700)])
                ]),
            .serial: Judgement(
                value: "DE65504321", confidence: 1000,
                evidence: [evidence(.intellivueSerial, "DE65504321", rule: "philips.serial")]),
        ]
        device.label = Judgement(
            value: "MX450 or MX400", confidence: 940,
            evidence: [evidence(.intellivueProductName, "M8003A", rule: "profile.MX450", weight: 1_200)],
            others: [
                Judgement.Rival(
                    value: "MX800", evidence: [evidence(.mdnsTxt, "md=MX800", rule: "profile.MX800", weight: 700)])
            ])
        device.components = [
            Device.Component(kind: "measurement server", model: "M3001A", firmware: "J.21.19", serial: "DE44013777")
        ]
        device.services = [
            Device.Use(service: Service(name: "hl7", port: 2575, transport: .tcp), side: .client),
            Device.Use(service: Service(name: "intellivue", port: 24_105, transport: .udp), side: .server),
        ]
        device.packets = 12_345
        device.bytes = 2_345_678
        device.findings = [
            Finding(
                rule: "old-firmware", title: "Firmware of DE65504321 is old", severity: .medium,
                evidence: [evidence(.intellivueSoftware, "J.21.19", rule: "philips.intellivue")])
        ]
        device.findings.append(
            Finding(
                rule: "contradiction.hardware", title: "mon-bed7 is not what it seems", severity: .high,
                sides: [
                    Finding.Side(
                        says: "patient monitor", layers: ["hardware address"],
                        evidence: [evidence(.intellivueProductName, "M8003A", rule: "philips.intellivue")]),
                    Finding.Side(
                        says: "single-board computer", layers: ["DHCP", "TCP"],
                        evidence: [evidence(.dhcpHostname, "mon-bed7", rule: "dhcp.name-raspberry")]),
                ]))
        device.unsettled = ["Only dev-ba9876543210 speaks for mon-bed7."]
        device.history = [
            BeliefChange(
                moment: span.first, attribute: .type, from: nil, to: "patient monitor", confidence: 930,
                field: .dhcpHostname, protocolName: "dhcp", fieldName: "hostname", value: "mon-bed7"),
            BeliefChange(
                moment: span.last, attribute: .serial, from: "DE65504321", to: nil, confidence: 0, field: nil,
                protocolName: "person", fieldName: "correction", value: "Anna Weber: the label says DE65504321"),
        ]
        device.facts = [
            FactSummary(field: .dhcpHostname, value: "mon-bed7", count: 4, span: span),
            FactSummary(field: .dhcpVendorClass, value: "Philips MX450 mon-bed7", count: 4, span: span),
            FactSummary(field: .dnsQuery, value: "pacs.st-elsewhere.example", count: 2, span: span),
            FactSummary(field: .sdcLocation, value: "/St Elsewhere/ICU/7", count: 1, span: span),
        ]
        return device
    }()

    /// A pump that only its gateway speaks of.
    static let pump: Device = {
        var device = Device(id: "dev-00000000000a", site: "St Elsewhere", span: span)
        device.parent = monitor.id
        device.deviceClass = .medical
        device.eui64 = ["00A037009A0053DE"]
        return device
    }()

    /// Somebody who tries to break out of every output.
    static let hostile: Device = {
        var device = Device(id: "dev-00000000000b", site: "St Elsewhere", span: span)
        device.ipv4 = [IPAddress(v4: 0xC000_0201)]
        device.names = ["=cmd|' /C calc'!A0", "\u{1B}[2J\u{202E}gnp.exe\u{2028}\u{0}\u{7F}\u{9B}1m", "\"},{\\\r\n\t"]
        device.judgements = [
            .vendor: Judgement(
                value: "病院製作所病院製作所病院製作所病院製作所", confidence: 510,
                evidence: [evidence(.ssdpServer, "病院", rule: "x\u{1B}]0;owned\u{7}")])
        ]
        return device
    }()

    static func snapshot(_ devices: [Device] = [monitor, pump, hostile]) -> InventorySnapshot {
        var coverage = Coverage(input: "/home/anna/icu.pcapng")
        coverage.packets = 1_000
        coverage.decoded = 999
        coverage.bytes = 100_000
        coverage.span = span
        coverage.linkTypes = ["ethernet"]
        coverage.duplicates = 15
        coverage.truncated = 1
        coverage.tcpConversations = 3
        coverage.tcpOneWay = 1
        coverage.problem = "ends in the middle of a packet"
        var second = Coverage(input: "-")
        second.linkTypes = ["ethernet", "linux-sll2"]
        return InventorySnapshot(
            devices: devices, coverage: [coverage, second],
            oddities: ["udp.badLength": 1, "dhcp.optionOverrun": 3], evicted: 2,
            advice: ["Mirror both directions of the port: one of three conversations was heard on one side only."])
    }
}
