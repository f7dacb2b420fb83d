//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// FreeRADIUS's detail file: accounting written down, one attribute a line, an empty line after each request.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// A `detail` file (rlm_detail of FreeRADIUS): a line with the time, attributes as `\tName = value`, an empty line.
public struct RADIUSDetail: Hashable, Sendable {
    public struct Entry: Hashable, Sendable {
        /// From `Timestamp` or `Event-Timestamp` in seconds; nil where neither stands as a number.
        public var time: Timestamp?
        public var session: RADIUSSession
    }
    /// In the order of the file.
    public private(set) var entries: [Entry] = []
    /// Blocks with attributes that tell of no station by its address.
    public private(set) var others = 0

    /// A day of a hospital with 20,000 stations and an update every ten minutes is some three million.
    public static let mostEntries = 4_000_000
    private static let mostAttributes = 256

    public init(_ bytes: [UInt8]) {
        var builder = RADIUSSessionBuilder()
        var time: Timestamp?
        var attributes = 0
        for line in bytes.split(omittingEmptySubsequences: false, whereSeparator: { $0 == 0x0A }) {
            let line = line.last == 0x0D ? line.dropLast() : line
            if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) {
                end(&builder, &time, &attributes)
            } else if line.first == 0x09 || line.first == 0x20 {
                guard attributes < Self.mostAttributes, line.count <= 4_096 else { continue }
                attributes += 1
                Self.read(line, into: &builder, &time)
            } else {
                // The next request's time, in words of a locale: what follows is a new one.
                end(&builder, &time, &attributes)
            }
        }
        end(&builder, &time, &attributes)
    }

    private mutating func end(
        _ builder: inout RADIUSSessionBuilder, _ time: inout Timestamp?, _ attributes: inout Int
    ) {
        defer { (builder, time, attributes) = (RADIUSSessionBuilder(), nil, 0) }
        guard attributes > 0 else { return }
        guard let session = builder.result, entries.count < Self.mostEntries else {
            others += 1
            return
        }
        entries.append(Entry(time: time, session: session))
    }

    private static func read(
        _ line: ArraySlice<UInt8>, into builder: inout RADIUSSessionBuilder, _ time: inout Timestamp?
    ) {
        guard let equals = line.firstIndex(of: 0x3D) else { return }
        var name = line[..<equals]
        // `Name := value` and `Name += value` are written as well.
        while let last = name.last, last == 0x20 || last == 0x3A || last == 0x2B { name.removeLast() }
        while let first = name.first, first == 0x20 || first == 0x09 { name.removeFirst() }
        var value = line[(equals + 1)...]
        while value.first == 0x20 { value.removeFirst() }
        if value.count >= 2, value.first == 0x22, value.last == 0x22 { value = value.dropFirst().dropLast() }
        guard !value.isEmpty, let text = SNMPValue.text(Array(value)) else { return }
        switch String(decoding: name, as: UTF8.self) {
        case "User-Name": builder.setUser(text)
        case "NAS-IP-Address", "NAS-IPv6-Address": if let address = IPAddress(text) { builder.setServer(address) }
        case "NAS-Identifier": builder.setServer(text)
        case "Framed-IP-Address", "Framed-IPv6-Address":
            if let address = IPAddress(text) { builder.setNetwork(address) }
        case "Called-Station-Id": builder.setCalled(text.utf8)
        case "Calling-Station-Id": builder.setStation(text.utf8)
        case "NAS-Port-Id": builder.setPort(text)
        case "Acct-Status-Type": status(text).map { builder.setStatus($0) }
        case "NAS-Port-Type":
            if text == "Ethernet" || text == "15" { builder.setPortType(15) }
        case "WLAN-AKM-Suite": suite(text).map { builder.setSuite($0) }
        case "WLAN-Pairwise-Cipher": suite(text).map { builder.setCipher($0) }
        case "Timestamp", "Event-Timestamp":
            if let seconds = Int64(text), seconds > 0, seconds < 1 << 33 { time = Timestamp(seconds: seconds) }
        default: break
        }
    }

    private static func status(_ text: String) -> UInt32? {
        switch text {
        case "Start", "1": 1
        case "Stop", "2": 2
        case "Interim-Update", "Alive", "3": 3
        default: nil
        }
    }

    /// `00-0F-AC-01`, or the number of it.
    private static func suite(_ text: String) -> UInt32? {
        let digits = text.filter { $0 != "-" && $0 != ":" }
        if digits.utf8.count == 8, text.utf8.count == 11 { return UInt32(digits, radix: 16) }
        return UInt32(text)
    }
}
