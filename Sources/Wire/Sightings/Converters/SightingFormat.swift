//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// Formats of other systems' lists, and how one is told from the other.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// What `wardlight sightings convert --from` takes.
public enum SightingFormat: String, Hashable, Sendable, CaseIterable {
    case iscDHCP = "isc-dhcp"
    case kea, dnsmasq, radius, nfdump, rtls
    case bleGateway = "ble-gateway"
    case mdm, sim

    /// Octets from the beginning of a file that are looked at.
    public static let looked = 64 << 10

    /// The format that a file seems to have by its beginning; nil where none fits, or several do.
    public init?(guessing beginning: [UInt8]) {
        let text = String(decoding: CSVText.decode(Array(beginning.prefix(Self.looked))).text, as: UTF8.self)
        let lines = text.split(whereSeparator: \.isNewline).map { $0.drop { $0 == " " } }
            .filter { !$0.isEmpty && !$0.hasPrefix("#") }
        guard let first = lines.first else { return nil }
        if first.hasPrefix("{") || first.hasPrefix("[") {
            self = .bleGateway
            return
        }
        let words = first.split(separator: " ")
        if lines.contains(where: { ($0.hasPrefix("lease ") || $0.hasPrefix("ia-na ")) && $0.contains("{") }) {
            self = .iscDHCP
        } else if first.hasPrefix("address,hwaddr,") || first.hasPrefix("address,duid,") {
            self = .kea
        } else if words.first == "duid" || words.count >= 4 && UInt64(words[0]) != nil && IPAddress(words[2]) != nil {
            self = .dnsmasq
        } else if lines.contains(where: { $0.hasPrefix("\tAcct-") || $0.hasPrefix("\tCalling-Station-Id") }) {
            self = .radius
        } else {
            guard let known = Self.byHeading(beginning) else { return nil }
            self = known
        }
    }

    private static func byHeading(_ bytes: [UInt8]) -> SightingFormat? {
        var reader = CSVReader(Array(bytes.prefix(looked)))
        var row = CSVReader.Row()
        while reader.next(&row) {
            if row.isBlank { continue }
            let heading = Set((0..<row.count).map { ListTable.plain(reader.text(row, $0) ?? "") })
            func has(_ names: String...) -> Bool { names.contains { heading.contains($0) } }
            if has("sa", "srcaddr"), has("da", "dstaddr") { return .nfdump }
            if has("callingstationid"), has("acctstatustype", "acctsessionid", "acctstarttime", "framedipaddress") {
                return .radius
            }
            if has("rssi"), has("gateway", "gatewaymac", "gw", "reader", "receiver") { return .bleGateway }
            if has("iccid", "simiccid", "simnumber"), !has("serial", "serialnumber", "osversion") { return .sim }
            if has("serial", "serialnumber"), has("os", "osversion", "platform", "wifimac", "wifimacaddress") {
                return .mdm
            }
            if has("tag", "tagid", "tagmac", "mac", "macaddress", "assettag"), has("zone", "room", "location", "place")
            {
                return .rtls
            }
            return nil
        }
        return nil
    }
}

/// How a list is to be understood.
public struct SightingConversion: Sendable {
    public var format: SightingFormat
    public var time: ListTime
    /// When the list was made: where a row does not say when its device was seen.
    public var taken: Timestamp
    /// Networks whose addresses are the hospital's own; private ones where none are named.
    public var inside: [Network]

    /// A network by its prefix.
    public struct Network: Hashable, Sendable {
        let address: IPAddress
        let length: Int

        /// `10.20.0.0/16`
        public init?(_ text: some StringProtocol) {
            let halves = text.split(separator: "/", omittingEmptySubsequences: false)
            guard halves.count == 2, let address = IPAddress(halves[0]), let length = Int(halves[1]), length >= 0,
                length <= (address.isV4 ? 32 : 128)
            else { return nil }
            self.address = address
            self.length = length + (address.isV4 ? 96 : 0)
        }

        func contains(_ other: IPAddress) -> Bool {
            guard other.isV4 == address.isV4 else { return false }
            func mask(_ bits: Int) -> UInt64 { bits <= 0 ? 0 : bits >= 64 ? .max : ~(UInt64.max >> UInt64(bits)) }
            return (other.high ^ address.high) & mask(length) == 0 && (other.low ^ address.low) & mask(length - 64) == 0
        }
    }

    public init(_ format: SightingFormat, time: ListTime = ListTime(), taken: Timestamp, inside: [Network] = []) {
        self.format = format
        self.time = time
        self.taken = taken
        self.inside = inside
    }

    func isInside(_ address: IPAddress) -> Bool {
        guard address.isIndividual, !address.isLoopback, !address.isLinkLocal else { return false }
        return inside.isEmpty ? address.isPrivate : inside.contains { $0.contains(address) }
    }
}
