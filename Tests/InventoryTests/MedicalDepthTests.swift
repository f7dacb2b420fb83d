//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Medical depth: makers by prefix, imaging software, HL7 senders and analysers that public sources name, one by one.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Testing

@testable import Inventory

/// Goal: what public listings and manuals say of medical devices is known, each with the rule that says so.
@Suite(.enabled(if: Shelf.knowledge != nil)) struct `Medical depth` {
    private func device(_ told: [(Field, String)], mac: String = "02:00:00:00:00:09") throws -> Device {
        var ward = Ward()
        ward.sees(mac, "10.0.0.9", binding: true)
        for (field, value) in told { ward.hears(mac, field, value, from: "10.0.0.9") }
        return try #require(ward.device("10.0.0.9"))
    }

    private func check(
        _ device: Device, _ attribute: Attribute, _ expected: String, _ source: SourceLocation = #_sourceLocation
    ) {
        let judgement = device.judgements[attribute]
        let said = judgement?.value ?? "nothing"
        #expect(
            said.lowercased().contains(expected.lowercased()), "\(attribute) is \(said), not \(expected)",
            sourceLocation: source)
        #expect(judgement?.evidence.allSatisfy { !$0.rule.isEmpty } == true, sourceLocation: source)
    }

    /// IEEE assignments of medical makers (public listing).
    @Test(arguments: [
        ("00:03:b1", "ICU Medical"), ("00:d0:75", "Alaris"), ("00:b0:94", "Alaris"), ("f8:c6:78", "CareFusion"),
        ("9c:c8:ae", "Becton Dickinson"), ("58:42:e4", "Baxter"), ("58:46:e1", "Baxter"), ("00:14:b8", "Hill-Rom"),
        ("00:1a:fa", "Welch Allyn"), ("00:0f:82", "Mortara"), ("00:12:21", "Braun"), ("00:13:38", "Fresenius"),
        ("b0:4c:05", "Fresenius"), ("88:33:be", "Ivenix"), ("00:1a:01", "Smiths Medical"), ("00:09:fb", "Philips"),
        ("00:09:5c", "Philips"), ("00:02:6c", "Philips"), ("7c:94:b2", "Philips"), ("00:1f:ff", "Respironics"),
        ("44:4b:5d", "GE"), ("a0:f2:17", "GE"), ("00:40:97", "GE"), ("00:30:e6", "Dr"), ("00:10:5d", "Dr"),
        ("f0:e5:c3", "Dr"), ("00:0f:14", "Mindray"), ("38:0b:26", "Mindray"), ("00:a0:37", "Mindray"),
        ("00:a0:9a", "Nihon Kohden"), ("00:a0:aa", "Spacelabs"), ("88:09:af", "Masimo"), ("b8:10:d4", "Masimo"),
        ("c8:8b:e8", "Masimo"), ("44:59:9f", "Criticare"), ("00:0d:b8", "Schiller"), ("40:bd:9e", "Physio-Control"),
        ("00:22:52", "ZOLL"), ("00:08:fb", "Sonosite"), ("00:1d:4a", "Carestream"), ("00:60:93", "Varian"),
        ("00:04:51", "Medrad"), ("84:11:c2:30", "Fujifilm"), ("00:60:19", "Roche"), ("00:0e:2f", "Roche"),
        ("00:40:49", "Roche"), ("b8:78:79", "Roche"), ("00:13:dd", "Abbott"), ("c0:a2:6d", "Abbott"),
        ("00:06:6b", "Sysmex"), ("d0:d2:86", "Beckman"), ("00:e0:90", "Beckman"), ("20:e7:91", "Siemens"),
        ("00:18:65", "Siemens"), ("28:de:f6", "bioM"), ("00:25:41", "Maquet"), ("00:25:08", "Maquet"),
        ("e4:75:1e", "Getinge"), ("00:16:86", "Storz"), ("00:0d:d1", "Stryker"), ("bc:66:41:60", "Intuitive"),
        ("60:f6:73", "Terumo"), ("00:90:5e", "Rauland"), ("00:09:ef", "Vocera"), ("00:01:3e", "Ascom"),
        ("00:24:dd", "Centrak"), ("00:0c:cc", "Aeroscout"), ("00:09:62", "Sonitor"),
    ])
    func `the address names the maker`(prefix: String, maker: String) throws {
        let mac = String((prefix + ":01:02:03:04").prefix(17))
        check(try device([], mac: mac), .vendor, maker)
    }

    /// Makers of adapters: the search goes on, and the upper layer decides.
    @Test(arguments: ["00:80:a3", "00:0d:2c", "00:40:9d", "00:80:92", "84:25:3f", "00:90:e8"])
    func `an adapter's maker gives way to what the device says`(prefix: String) throws {
        let mac = prefix + ":01:02:03"
        let silent = try device([], mac: mac)
        #expect((silent.judgements[.vendor]?.confidence ?? 0) < 700)
        let told = try device(
            [(.telnetBanner, "Welcome to the SIGMA Spectrum Diagnostic Terminal")], mac: mac)
        check(told, .vendor, "Baxter")
        check(told, .type, "infusion pump")
    }

    /// DICOM implementation identities seen in public text: maker by UID root, or the toolkit that wrote it.
    @Test(arguments: [
        ("1.3.46.670589.11.0.0.51.4.4.1", "MR DICOM 4.1", Attribute.vendor, "Philips"),
        ("1.2.840.113619.6.446", "VENUE_302", .vendor, "GE"), ("1.2.840.113619.6.446", "VENUE_302", .model, "Venue"),
        ("1.2.840.113845.1.1", "Syn7,3,0,258", .vendor, "Fuji"),
        ("1.3.12.2.1107.5.9.20000101", "", .vendor, "Siemens"),
        ("1.2.276.0.7230010.3.0.3.6.0", "OFFIS_DCMTK_360", .role, "DCMTK"),
        ("1.2.276.0.7230010.3.0.3.5.4", "OFFIS_DCMTK_354", .role, "DCMTK"),
        ("1.2.276.0.7230010.3.0.3.6.4", "OFFIS_DCMTK_364", .role, "DCMTK"),
        ("1.2.40.0.13.1.3", "dcm4che-5.23.2", .role, "dcm4che"),
        ("1.2.40.0.13.1.1.1", "dcm4che-1.4.35", .role, "dcm4che"),
        ("1.2.826.0.1.3680043.8.498.1", "PYDICOM 3.0.2", .role, "pydicom"),
        ("1.2.826.0.1.3680043.2.1143.107.104", "GDCM 2.8.4", .role, "GDCM"),
        ("1.2.826.0.1.3680043.2.1143.107.104", "GDCM 3.0.5", .role, "GDCM"),
        ("1.3.6.1.4.1.5962.2", "DCTOOL100", .role, "dicom3tools"),
        ("1.2.826.0.1.3680043.9.7133.1.1", "GODICOM_1_1", .role, "go-netdicom"),
        ("1.2.276.0.7238010.5.0.3.5.4", "OSIRIX", .type, "imaging workstation"),
    ])
    func `imaging software names its maker or its toolkit`(
        uid: String, version: String, attribute: Attribute, expected: String
    ) throws {
        var told = [(Field.dicomImplementationClassUID, uid)]
        if !version.isEmpty { told.append((.dicomImplementationVersion, version)) }
        check(try device(told), attribute, expected)
    }

    /// A toolkit says little of the maker: many embed it, so that no maker follows from it.
    @Test(arguments: ["1.2.276.0.7230010.3.0.3.6.4", "1.2.40.0.13.1.3", "1.2.826.0.1.3680043.8.498.1"])
    func `a toolkit is no maker`(uid: String) throws {
        #expect(try device([(.dicomImplementationClassUID, uid)]).judgements[.vendor] == nil)
    }

    /// MSH-3 and MSH-4 as they stand in public text. `INFINITY` of Roche is the laboratory's, not Dräger's monitor.
    @Test(arguments: [
        ("Mindray", "BS-200E", "Mindray"), ("Mindray", "BS-330", "Mindray"), ("MINDRAY", "BC-5380", "Mindray"),
        ("Mindray", "Gateway", "Mindray"), ("MINDRAY_D-SERIES^00A037009A0053DE^EUI-64", "", "Mindray"),
        ("MINDRAY_EGATEWAY^00A0370027000143^EUI-64", "", "Mindray"), ("XH80X^00A037009B000000^EUI-64", "", "Mindray"),
        ("Smiths Medical^001A010000000001^EUI-64", "", "Smiths Medical"),
        ("PAT_DEVICE_BBRAUN^0012210000000007^EUI-64", "BBRAUN", "Braun"), ("PHILIPS", "XCELERA", "Philips"),
        ("Philips.CIS.CDS.MMS", "", "Philips"), ("PHILIPS_MX450_A", "", "Philips"),
        ("INFINITY^2.2", "Roche Diagnostics", "Roche"), ("FA24E01AA0173^70b3d57372500457^EUI-64", "", "SD Biosensor"),
    ])
    func `an HL7 sender names its maker`(application: String, facility: String, maker: String) throws {
        var told = [(Field.hl7SendingApplication, application)]
        if !facility.isEmpty { told.append((.hl7SendingFacility, facility)) }
        check(try device(told), .vendor, maker)
    }

    /// ASTM E1394 header records of public transcripts: model, firmware and serial number stand in clear.
    @Test(arguments: [
        ("Afinion 2 Analyzer^^AF20052397", "Afinion", "", "AF20052397"),
        ("c111^Roche^c111^4.2.2.1730^1^13147", "c 111", "4.2.2.1730", "13147"), ("c311^1", "c 311", "", ""),
        ("cobas u 411^8^3.2.0.1001", "411", "3.2.0.1001", ""), ("cobas-e411^1", "e 411", "", ""),
        ("DCA VANTAGE^04.04.00.00^S067337", "DCA", "04.04.00.00", "S067337"),
        ("LAB^GeneXpert^4.8", "GeneXpert", "4.8", ""),
        ("XN-550^00-24^22723^^^^BD634545", "XN-550", "00-24", "BD634545"),
        ("XP-100^00-13^^^^A7869^BS649542", "XP-100", "00-13", "BS649542"),
        ("H500^910YOXH02826^2.2.2.2b", "H500", "2.2.2.2b", "910YOXH02826"),
        ("miniVidas^biomerieux^1.0.0", "Vidas", "1.0.0", ""), ("SE-1520^Spotchem^1.0.0", "SE-1520", "1.0.0", ""),
    ])
    func `an analyser's header tells model, firmware and serial number`(
        sender: String, model: String, firmware: String, serial: String
    ) throws {
        let found = try device([(.astmSender, sender)])
        check(found, .model, model)
        if !firmware.isEmpty { check(found, .firmware, firmware) }
        if !serial.isEmpty { check(found, .serial, serial) }
        #expect(found.deviceClass == .medical)
    }

    @Test func `an ultrasound scanner puts its product in the DHCP request`() throws {
        let found = try device([(.dhcpVendorClass, "MicroMaxx")])
        check(found, .type, "ultrasound")
        check(found, .vendor, "Sonosite")
    }

    @Test func `Mindray monitors ask for patients on port 3502`() throws {
        var ward = Ward()
        ward.sees("00:a0:37:01:02:03", "10.0.0.9", binding: true)
        ward.sees("02:00:00:00:00:01", "10.0.0.1", binding: true)
        ward.talks(("00:a0:37:01:02:03", "10.0.0.9"), ("02:00:00:00:00:01", "10.0.0.1"), "hl7", 3_502)
        let found = try #require(ward.device("10.0.0.9"))
        check(found, .type, "monitor")
    }
}
