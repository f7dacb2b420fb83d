//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// CoAP and Tuya: small things that speak over UDP.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Support
import Testing
import Wire

@Suite struct `CoAP requests` {
    private func read(_ bytes: [UInt8]) -> [String]? {
        var facts = Facts()
        let taken = CoAP.read(bytes.span, Packet(), into: &facts)
        guard taken || !facts.entries.isEmpty else { return nil }
        return facts.entries.map { String(decoding: array(facts.value(of: $0)), as: UTF8.self) }
    }

    @Test(arguments: ["/sensors/temperature", "/a", "/a-segment-that-is-long-enough-for-an-extended-length/b"])
    func `the path that is written is read`(path: String) {
        #expect(read(CoAP.get(path: path, message: 7)) == [path])
    }

    @Test func `answers and empty messages say nothing`() {
        #expect(read([0x60, 0x45, 0, 1, 0xFF, 0x31]) == [])
        #expect(read([0x40, 0x00, 0, 1]) == [])
    }

    /// Each breaks one rule of RFC 7252.
    @Test(
        arguments: [
            [0x80, 0x01, 0, 1],  // version 2
            [0x49, 0x01, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0],  // token of nine octets
            [0x42, 0x01, 0, 1, 0],  // token cut off
            [0x40, 0x0F, 0, 1],  // no such method
            [0x40, 0x00, 0, 1, 0],  // empty message with something in it
            [0x40, 0x01, 0, 1, 0xFF],  // payload marker without payload
            [0x40, 0x01, 0, 1, 0xB5, 0x61],  // option cut off
            [0x40, 0x01, 0, 1, 0xF0],  // reserved delta
            [0x40, 0x01, 0, 1, 0xB1, 0x01],  // path that is no text
            [0x40, 0x01, 0, 1, 0xD1, 0x00, 0x61],  // option 13: critical and unknown
        ] as [[UInt8]])
    func `what breaks a rule is refused`(bytes: [UInt8]) {
        #expect(read(bytes) == nil)
    }

    /// From tshark (`coap.opt.uri_path_recon`).
    @Test(.enabled(if: Recordings.areHere)) func `a recording's paths are read`() throws {
        let paths = try Reading.read("mqtt/ndpi__coap_mqtt.pcap").values(.coapPath)
        #expect(paths == ["/separate", "/storage", "/storage/myresource"])
    }
}

@Suite struct `Tuya announcements` {
    private func datagram(_ text: String) -> [UInt8] {
        var writer = ByteWriter()
        writer.uint32(0x0000_55AA)
        writer.uint32(0)
        writer.uint32(0x13)
        writer.uint32(UInt32(text.utf8.count + 12))
        writer.uint32(0)
        writer.text(text)
        writer.uint32(0x1234_5678)
        writer.uint32(0x0000_AA55)
        return writer.bytes
    }

    private func read(_ bytes: [UInt8]) -> [Field]? {
        var facts = Facts()
        let taken = Tuya.read(bytes.span, Packet(), into: &facts)
        return taken || !facts.entries.isEmpty ? facts.entries.map(\.field) : nil
    }

    /// Written by hand: the given recordings hold only the enciphered form.
    @Test func `product and version are read`() {
        let bytes = datagram(#"{"ip":"10.0.0.4","encrypt":true,"productKey":"keym9qkuywghyrvs","version":"3.1"}"#)
        #expect(read(bytes) == [.tuyaProductKey, .tuyaVersion])
        for length in 0..<bytes.count { #expect(read(Array(bytes.prefix(length))) == nil) }
    }

    /// Values from openssl on the recording: aes-128-ecb with the published key.
    @Test(.enabled(if: Recordings.areHere)) func `the enciphered form tells the same`() throws {
        let reading = try Reading.read("mdns-ssdp-wsd/ndpi__tuya_lp.pcap")
        #expect(reading.applications.contains(.tuya))
        let keys = reading.facts.filter { $0.mac == "dc:4f:22:bd:40:a1" && $0.field == .tuyaProductKey }.map(\.value)
        #expect(Set(keys) == ["keyvtdmgqcsh5hug"])
        #expect(reading.values(.tuyaVersion).contains("3.3"))
    }
}

@Suite struct `Edimax plugs` {
    @Test func `no cut of an answer makes the parser stumble, and none is taken for a whole`() {
        let text = Array("SP2101W".utf8) + [UInt8](repeating: 0, count: 7) + Array("1.09".utf8) + [0, 0, 0, 0]
        let bytes = [0x74, 0xDA, 0x38, 1, 2, 3] + Array("EDIMAX".utf8) + [UInt8](repeating: 0, count: 10) + text
        for length in bytes.indices {
            var facts = Facts()
            let isTaken = Edimax.read(bytes.span.upTo(length), Packet(), into: &facts)
            #expect(!isTaken && facts.entries.isEmpty)
        }
        var facts = Facts()
        let isTaken = Edimax.read(bytes.span, Packet(), into: &facts)
        #expect(isTaken)
        #expect(facts.entries.map(\.field) == [.edimaxModel, .edimaxFirmware])
    }

    @Test(.enabled(if: Recordings.areHere)) func `say their model when their app searches`() throws {
        for (folder, number, model) in [
            ("EdimaxPlug1101W", "C-2", "SP1101W"), ("EdimaxPlug2101W", "C-5", "SP2101W"),
        ] {
            let reading = try Reading.read("iot-setup/\(folder)/Setup-\(number)-STA.pcap")
            #expect(reading.values(.edimaxModel) == [model])
            #expect(reading.applications.contains(.edimax))
        }
    }
}
