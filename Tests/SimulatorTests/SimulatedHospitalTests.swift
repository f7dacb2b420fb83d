//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// The simulated hospital: the same from the same seed, in order of time, and readable by our own parsers.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model
import Simulator
import Support
import Testing
import Wire

/// Goal: what is shown in a demo can be shown again, octet by octet.
@Suite struct `The simulated hospital` {
    static func capture(seed: UInt64, minutes: Int = 2, devices: Int = 150) -> [UInt8] {
        var bytes: [UInt8] = []
        SimulatedHospital(seed: seed, minutes: minutes, devices: devices).writeCapture { bytes += $0 }
        return bytes
    }

    @Test func `is the same from the same seed, and another from another`() {
        let first = Self.capture(seed: 7)
        #expect(first == Self.capture(seed: 7))
        #expect(first != Self.capture(seed: 8))
        let truth = SimulatedHospital(seed: 7, minutes: 2, devices: 150).truth
        #expect(truth == SimulatedHospital(seed: 7, minutes: 2, devices: 150).truth)
        #expect(truth != SimulatedHospital(seed: 8, minutes: 2, devices: 150).truth)
    }

    @Test func `hands its capture over in pieces of about 64 KiB`() {
        var pieces: [Int] = []
        SimulatedHospital(seed: 7, minutes: 10).writeCapture { pieces.append($0.count) }
        #expect(pieces.count > 10)
        #expect(pieces.allSatisfy { $0 < 70_000 })
    }

    @Test func `writes its frames in the order of time`() throws {
        let bytes = Self.capture(seed: 3)
        var file = CaptureFile()
        var offset = 0
        var last = Timestamp.epoch
        var packets = 0
        reading: while true {
            switch file.next(bytes.span, &offset) {
            case .packet(let record):
                #expect(record.time >= last)
                last = record.time
                packets += 1
            case .skipped: continue
            default: break reading
            }
        }
        #expect(packets > 1_000)
        #expect(offset == bytes.count)
    }

    @Test func `speaks so that our own parsers find nothing odd`() {
        let reading = Reading(Self.capture(seed: 7, minutes: 10, devices: 300))
        #expect(reading.problem == nil)
        #expect(reading.decoded == reading.packets)
        #expect(reading.duplicates == 0)
        #expect(reading.oddities == [:])
    }

    @Test func `speaks every protocol that it promises`() {
        let reading = Reading(Self.capture(seed: 7, minutes: 10, devices: 300))
        let promised: [Application] = [
            .dhcp, .dns, .mdns, .llmnr, .netbios, .ssdp, .wsd, .tls, .http, .ssh, .telnet, .snmp, .sip, .rtsp, .mqtt,
            .ntp,
            .syslog, .smb, .dicom, .hl7, .intellivue, .astm, .poct1, .bacnet, .modbus, .knx, .s7, .enip,
        ]
        for application in promised {
            #expect(reading.applications.contains(application), "nobody speaks \(application.name)")
        }
        for field in [Field.lldpSystemName, .lldpMedModel, .cdpPlatform, .sdcLocation, .hl7Eui64, .dhcpRelayAddress] {
            #expect(!reading.values(field).isEmpty, "nobody says \(field.path)")
        }
    }

    @Test func `tells its truth in the form of the inventory`() throws {
        let truth = SimulatedHospital(seed: 7, minutes: 10).truth
        var document = try #require(JSONSerialization.jsonObject(with: Data(truth)) as? [String: Any])
        #expect(document.removeValue(forKey: "synthetic") as? Bool == true)
        let schema = try JSONSchema(House.text("docs/schema/wardlight.inventory-1.schema.json"))
        let plain = try JSONSerialization.data(withJSONObject: document)
        #expect(try schema.violations(of: [UInt8](plain)) == [])
    }

    @Test(arguments: [100, 1_000, 5_000])
    func `grows to the number of devices that is asked for, but for those nobody spoke of yet`(devices: Int) throws {
        let truth = try Truth(SimulatedHospital(seed: 1, minutes: 1, devices: devices).truth)
        #expect(abs(truth.devices.count - devices) <= max(devices / 20, 15))
        #expect(truth.isSynthetic)
        let hardware = truth.devices.flatMap(\.mac)
        #expect(Set(hardware).count == hardware.count)
    }

    @Test func `names no real patient: every person in it is called synthetic`() {
        let text = String(decoding: Self.capture(seed: 7, minutes: 5, devices: 300), as: UTF8.self)
        var names = 0
        for segment in text.split(separator: "PID|").dropFirst() {
            names += 1
            let fields = segment.prefix(200).split(separator: "|", omittingEmptySubsequences: false)
            #expect(fields.count > 4 && fields[4].hasPrefix("Synthetic^Patient"))
        }
        #expect(names > 0)
    }
}
