//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// A second opinion: what does tshark make of the simulated traffic?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model
import Simulator
import Support
import Testing

/// Runs tshark over a file.
enum Tshark {
    static let path: String? = ["/usr/bin/tshark", "/usr/local/bin/tshark"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    /// The lines that it prints. Ports of our choice are told, checksums are checked.
    static func lines(_ capture: URL, _ arguments: [String]) throws -> [String] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try #require(path))
        process.arguments =
            [
                "-n", "-r", capture.path, "-o", "tcp.check_checksum:TRUE", "-o", "ip.check_checksum:TRUE", "-o",
                "udp.check_checksum:TRUE", "-d", "tcp.port==11112,dicom", "-d", "tcp.port==2575,hl7", "-d",
                "tcp.port==6661,hl7", "-d", "tcp.port==3613,tls", "-d", "tcp.port==4443,tls", "-d",
                "tcp.port==4070,tls",
            ] + arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "tshark does not take \(arguments)")
        return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
    }
}

/// Goal: the simulator speaks the formats as others know them, not only as our own parsers do.
@Suite(.enabled(if: Tshark.path != nil, "tshark is not installed"))
struct `Tshark's opinion of the simulated hospital` {
    /// One hospital in a folder of its own, written once.
    static let hospital: Result<(capture: URL, truth: Truth), any Error> = Result {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("wardlight-second-opinion-\(ProcessInfo.processInfo.processIdentifier)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let simulated = SimulatedHospital(seed: 7, minutes: 10)
        var bytes: [UInt8] = []
        simulated.writeCapture { bytes += $0 }
        let file = folder.appendingPathComponent("capture.pcap")
        try Data(bytes).write(to: file)
        return (file, try Truth(simulated.truth))
    }

    /// Distinct values of a field, with the hardware address of who sent it.
    private func told(_ field: String, _ filter: String) throws -> Set<[String]> {
        let lines = try Tshark.lines(
            Self.hospital.get().capture, ["-Y", filter, "-T", "fields", "-e", "eth.src", "-e", field])
        return Set(lines.map { $0.split(separator: "\t").map(String.init) })
    }

    @Test func `no packet is malformed, none has an error, no checksum is wrong`() throws {
        let (capture, _) = try Self.hospital.get()
        let errors = "_ws.malformed || _ws.expert.severity == \"Error\" || _ws.expert.severity == \"Warning\""
        let checksums =
            "ip.checksum.status == \"Bad\" || tcp.checksum.status == \"Bad\" || udp.checksum.status == \"Bad\""
            + " || icmpv6.checksum.status == \"Bad\" || cdp.checksum.status == \"Bad\""
        #expect(try Tshark.lines(capture, ["-Y", errors]) == [])
        #expect(try Tshark.lines(capture, ["-Y", checksums]) == [])
    }

    /// What tshark calls each packet, and the ports it came from and went to; asked once.
    static let packets: Result<[(ports: [String], names: Set<Substring>)], any Error> = Result {
        let fields = ["frame.protocols", "udp.port", "tcp.port", "tcp.len", "eth.dst"].flatMap { ["-e", $0] }
        return try Tshark.lines(hospital.get().capture, ["-T", "fields"] + fields).map { line in
            let parts = line.split(separator: "\t", omittingEmptySubsequences: false)
            let names = Set(parts[0].split(separator: ":"))
            if parts[3] == "0" { return ([], names) }
            let udp = parts[1].split(separator: ",").map { "udp " + $0 }
            let tcp = parts[2].split(separator: ",").map { "tcp " + $0 }
            return (udp + tcp + ["to " + parts[4]], names)
        }
    }

    /// Who speaks on a port, and what tshark must call it. WS-Discovery, IntelliVue, ASTM and POCT1-A are strange to it.
    @Test(arguments: [
        ("udp 67", "dhcp"), ("udp 53", "dns"), ("udp 5353", "mdns"), ("udp 5355", "llmnr"), ("udp 137", "nbns"),
        ("udp 123", "ntp"), ("udp 161", "snmp"), ("udp 514", "syslog"), ("udp 1900", "ssdp"), ("udp 5060", "sip"),
        ("udp 47808", "bacapp"), ("udp 3671", "kip"), ("udp 44818", "enip"), ("tcp 443", "tls"), ("tcp 8443", "tls"),
        ("tcp 3613", "tls"), ("tcp 80", "http"), ("tcp 22", "ssh"), ("tcp 23", "telnet"), ("tcp 445", "smb2"),
        ("tcp 1883", "mqtt"), ("tcp 554", "rtsp"), ("tcp 104", "dicom"), ("tcp 11112", "dicom"), ("tcp 2575", "hl7"),
        ("tcp 6661", "hl7"), ("tcp 102", "cotp"), ("tcp 502", "modbus"), ("to 01:80:c2:00:00:0e", "lldp"),
        ("to 01:00:0c:cc:cc:cc", "cdp"),
    ])
    func `every packet is the protocol it claims to be`(port: String, name: String) throws {
        let claims = try Self.packets.get().filter { $0.ports.contains(port) }
        #expect(!claims.isEmpty, "nobody speaks at \(port)")
        let strange = claims.filter { packet in !packet.names.contains { $0 == name } }
        #expect(
            strange.count == 0, "\(strange.count) of \(claims.count), such as \(strange.first?.names.sorted() ?? [])")
    }

    @Test func `agrees with the truth on who has which DHCP host name`() throws {
        let (_, truth) = try Self.hospital.get()
        let lines = try Tshark.lines(
            Self.hospital.get().capture,
            [
                "-Y", "dhcp.option.hostname", "-T", "fields", "-e", "dhcp.hw.mac_addr", "-e", "dhcp.option.hostname",
                "-E", "occurrence=f",
            ])
        let told = Set(lines)
        #expect(told.count > 100)
        for line in told {
            let parts = line.split(separator: "\t").map(String.init)
            let device = try #require(truth.devices.first { $0.mac.first == parts[0] })
            #expect(device.names.contains(parts[1]), "\(parts)")
        }
    }

    @Test func `agrees with the truth on who has which LLDP system name`() throws {
        let (_, truth) = try Self.hospital.get()
        let told = try told("lldp.tlv.system.name", "lldp")
        #expect(told.count > 10)
        for parts in told {
            let device = try #require(truth.devices.first { $0.mac.first == parts[0] })
            #expect(device.names.contains(parts[1]), "\(parts)")
        }
    }

    @Test func `agrees with our parsers on DICOM AE titles and HL7 sending applications`() throws {
        let reading = Reading([UInt8](try Data(contentsOf: Self.hospital.get().capture)))
        func ours(_ field: Field) -> Set<[String]> {
            Set(reading.facts.filter { $0.field == field && $0.child.isEmpty }.map { [$0.mac, $0.value] })
        }
        let titles = try told("dicom.assoc.ae.calling", "dicom.pdu.type == 1")
        let trimmed = Set(titles.map { [$0[0], $0[1].trimmingCharacters(in: .whitespaces)] })
        #expect(trimmed == ours(.dicomCallingAE))
        // tshark lists all fields of a message; the third is MSH-3.
        let messages = try told("hl7.field", "hl7.message.type")
        let applications = Set(
            messages.map { parts in
                [parts[0], parts[1].split(separator: ",").dropFirst(2).first.map(String.init) ?? ""]
            })
        #expect(applications.count > 4)
        #expect(applications == ours(.hl7SendingApplication))
    }
}
