//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// POCT1-A: which point-of-care device is this?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// POCT1-A device messages (CLSI POCT01-A2, device messaging layer): XML documents over TCP.
///
/// Only the hello (`HEL.R01`), which a device sends first, is read, and of it only the `DEV` object's identifiers.
/// Observations and operator lists are never looked at.
public enum POCT1 {
    /// A hello with capabilities and accesses is one to three kilobytes.
    private static let longestHello = 16_384

    /// Whether a stream that begins with these octets (at least one) speaks it: a root element of the form `HEL.R01`.
    public static func recognises(_ bytes: Span<UInt8>, _ packet: Packet) -> Bool {
        root(bytes) != nil
    }

    /// Position of the root element's `<` when it has the form of a POCT1-A message name.
    private static func root(_ bytes: Span<UInt8>) -> Int? {
        var at = 0
        // At most a declaration and a document type stand in front.
        for _ in 0..<3 {
            while let byte = bytes.at(at), isBlank(byte) { at += 1 }
            guard bytes.at(at) == UInt8(ascii: "<") else { return nil }
            guard let next = bytes.at(at + 1), next == UInt8(ascii: "?") || next == UInt8(ascii: "!") else { break }
            guard let end = bytes.upTo(1_024).firstIndex(of: UInt8(ascii: ">"), from: at) else { return nil }
            at = end + 1
        }
        for index in 1...3 {
            guard case .some(0x41...0x5A) = bytes.at(at + index) else { return nil }
        }
        guard bytes.matches(".R0", at: at + 4), case .some(0x30...0x39) = bytes.at(at + 7),
            let end = bytes.at(at + 8), end == UInt8(ascii: ">") || isBlank(end)
        else { return nil }
        return at
    }

    /// Reads what is there of one direction of a stream.
    public static func read(
        _ bytes: Span<UInt8>, _ side: StreamSide, _ memory: inout StreamMemory, _ packet: Packet,
        into facts: inout Facts
    ) -> StreamProgress {
        guard let start = root(bytes) else { return bytes.count < 256 ? .more(bytes.count + 1) : .finished }
        // The host's side of the talk, or a talk that began before the capture.
        guard bytes.matches("HEL.", at: start + 1) else { return .finished }
        guard let end = bytes.upTo(longestHello).firstIndex(of: "</HEL.R01", from: start) else {
            return bytes.count < longestHello ? .more(bytes.count + 1) : .finished
        }
        let hello = bytes.extracting(start..<end)
        add(.poct1DeviceId, "<DEV.device_id", hello, into: &facts)
        add(.poct1VendorId, "<DEV.vendor_id", hello, into: &facts)
        add(.poct1ModelId, "<DEV.model_id", hello, into: &facts)
        add(.poct1SerialId, "<DEV.serial_id", hello, into: &facts)
        add(.poct1SoftwareVersion, "<DEV.sw_version", hello, into: &facts)
        return .finished
    }

    /// The `V` attribute of an element.
    private static func add(_ field: Field, _ element: String, _ hello: Span<UInt8>, into facts: inout Facts) {
        guard let at = hello.firstIndex(of: element),
            let close = hello.firstIndex(of: UInt8(ascii: ">"), from: at)
        else { return }
        let tag = hello.extracting(at..<close)
        var index = element.utf8.count
        guard let first = tag.at(index), isBlank(first) else { return }
        while index < tag.count {
            defer { index += 1 }
            guard tag[index] == UInt8(ascii: "V"), isBlank(tag[index - 1]) else { continue }
            var quote = index + 1
            while let byte = tag.at(quote), isBlank(byte) || byte == UInt8(ascii: "=") { quote += 1 }
            guard let mark = tag.at(quote), mark == 0x22 || mark == 0x27,
                let end = tag.firstIndex(of: mark, from: quote + 1)
            else { return }
            facts.open(field)
            put(tag.extracting(quote + 1..<end).trimmed(), into: &facts)
            facts.close()
            return
        }
    }

    /// Text with the five predefined entities undone.
    private static func put(_ text: Span<UInt8>, into facts: inout Facts) {
        var index = 0
        while index < text.count {
            if text[index] == UInt8(ascii: "&"), let (length, byte) = entity(text, at: index) {
                facts.put(byte)
                index += length
            } else {
                facts.put(text[index])
                index += 1
            }
        }
    }

    private static func entity(_ text: Span<UInt8>, at start: Int) -> (length: Int, byte: UInt8)? {
        if text.matches("&amp;", at: start) { return (5, 0x26) }
        if text.matches("&lt;", at: start) { return (4, 0x3C) }
        if text.matches("&gt;", at: start) { return (4, 0x3E) }
        if text.matches("&quot;", at: start) { return (6, 0x22) }
        if text.matches("&apos;", at: start) { return (6, 0x27) }
        return nil
    }

    // MARK: Writing

    /// A device's hello.
    ///
    /// - Parameter time: `YYYY-MM-DDTHH:MM:SS+00:00`.
    public static func hello(
        deviceId: String, vendorId: String, modelId: String, serialId: String, softwareVersion: String, time: String
    ) -> [UInt8] {
        var text = "<HEL.R01>\r\n<HDR>\r\n<HDR.control_id V=\"1\"/>\r\n<HDR.version_id V=\"POCT1\"/>\r\n"
        text += "<HDR.creation_dttm V=\"\(time)\"/>\r\n</HDR>\r\n<DEV>\r\n"
        for (name, value) in [
            ("device_id", deviceId), ("vendor_id", vendorId), ("model_id", modelId), ("serial_id", serialId),
            ("sw_version", softwareVersion),
        ] {
            text += "<DEV.\(name) V=\"\(escaped(value))\"/>\r\n"
        }
        text +=
            "<DCP>\r\n<DCP.application_timeout V=\"60\"/>\r\n</DCP>\r\n<DSC>\r\n<DSC.connection_profile_cd V=\"SA\"/>\r\n"
        text += "<DSC.topics_supported_cd V=\"D_EV\"/>\r\n<DSC.max_message_sz V=\"4096\"/>\r\n</DSC>\r\n"
        text += "</DEV>\r\n</HEL.R01>\r\n"
        return Array(text.utf8)
    }

    /// The host's answer to message `control`.
    public static func acknowledge(_ control: Int, time: String) -> [UInt8] {
        var text = "<ACK.R01>\r\n<HDR>\r\n<HDR.control_id V=\"\(control)\"/>\r\n<HDR.version_id V=\"POCT1\"/>\r\n"
        text += "<HDR.creation_dttm V=\"\(time)\"/>\r\n</HDR>\r\n<ACK>\r\n<ACK.type_cd V=\"AA\"/>\r\n"
        text += "<ACK.ack_control_id V=\"\(control)\"/>\r\n</ACK>\r\n</ACK.R01>\r\n"
        return Array(text.utf8)
    }

    private static func escaped(_ text: String) -> String {
        var result = ""
        for character in text {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            default: result.append(character)
            }
        }
        return result
    }
}
