//===----------------------------------------------------------------------===//
// Wardlight · Model
//
// Physical signature: what does the hardware at the other end of a cable look like, without a word from it?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// What a switch knows of the device at a port by cable and power alone. Published in `docs/signatures.md`.
///
/// What is not known is absent; two signatures are compared in what both of them know.
public struct PhysicalSignature: Hashable, Sendable, Codable {
    /// Power over Ethernet at the port.
    public enum Power: Hashable, Sendable, Codable {
        /// The port could give power and gives none.
        case none
        /// Class of the device (0 to 8) and band of its draw (`drawBand`), as far as they are known.
        case drawn(deviceClass: UInt8?, band: UInt8?)
    }

    /// Megabits a second.
    public var speed: UInt32?
    public var duplex: SwitchPort.Duplex?
    /// `1000base-t`: the medium without its duplex, in small letters, digits and hyphens.
    public var medium: String?
    /// What the other end offers in autonegotiation.
    public var offers: LinkAbilities?
    /// What it says by LLDP that it offers.
    public var says: LinkAbilities?
    public var power: Power?
    /// Microseconds that its receiver needs to wake up (Energy-Efficient Ethernet).
    public var wake: UInt16?
    /// How often the link changed in the last 16 polls, as a band: 0 never, 1 once or twice, 2 up to five times, 3 more.
    public var flaps: UInt8?

    public init() {}

    /// What a port says now.
    ///
    /// - Parameter flaps: How often its link changed in the last 16 polls; nil where that is not known.
    public init(_ port: SwitchPort, flaps: Int? = nil) {
        if port.isUp != false {
            speed = port.speed.flatMap { $0 == 0 ? nil : UInt32(clamping: $0 / 1_000_000) }
            duplex = port.duplex
            medium = port.mau.flatMap(Self.medium)
            offers = Self.abilities(port.partner)
            says = Self.abilities(port.partnerSaid)
            wake = port.wakeMicroseconds.flatMap { $0 == 0 ? nil : UInt16(clamping: $0) }
        }
        power = port.poe.flatMap(Self.power)
        self.flaps = flaps.map { $0 == 0 ? 0 : $0 <= 2 ? 1 : $0 <= 5 ? 2 : 3 }
    }

    private static func abilities(_ names: [String]) -> LinkAbilities? {
        let bits = LinkAbilities(names: names)
        return bits.isEmpty ? nil : bits
    }

    private static func medium(_ text: String) -> String? {
        var words = text.lowercased()
        for ending in [" full duplex", " half duplex"] where words.hasSuffix(ending) {
            words.removeLast(ending.count)
        }
        let plain = words.utf8.filter { $0 >= 0x61 && $0 <= 0x7A || $0 >= 0x30 && $0 <= 0x39 || $0 == 0x2D }
        return plain.isEmpty ? nil : String(decoding: plain.prefix(24), as: UTF8.self)
    }

    private static func power(_ port: PortPower) -> Power? {
        guard let detection = port.detection else {
            // Makers' own tables tell watts only.
            return port.milliwatts.flatMap { $0 == 0 ? nil : .drawn(deviceClass: nil, band: drawBand($0)) }
        }
        guard detection == .delivering else { return port.isEnabled == false ? nil : Power.none }
        return .drawn(
            deviceClass: port.deviceClass.flatMap { $0 >= 0 && $0 <= 8 ? UInt8($0) : nil },
            band: port.milliwatts.flatMap { $0 == 0 ? nil : drawBand($0) })
    }

    /// Upper ends of the bands in milliwatts: what a device may draw in classes 1, 2, 3 (IEEE 802.3af), 4 (at) and 5 to 8
    /// (bt), and two below, for sensors and telephones that idle.
    public static let drawBands: [UInt32] = [
        1_000, 2_000, 3_840, 6_490, 12_950, 25_500, 40_000, 51_000, 62_000, 71_300,
    ]

    public static func drawBand(_ milliwatts: UInt32) -> UInt8 {
        UInt8(drawBands.firstIndex { milliwatts <= $0 } ?? drawBands.count)
    }
}

extension PhysicalSignature: CustomStringConvertible {
    /// `pw1:1000f:1000base-t:6c01:6c01:c3d4:17:0`. Equal texts are equal signatures; a part that is not known is `?`.
    public var description: String {
        let link = speed == nil && duplex == nil ? "?" : (speed.map { String($0) } ?? "?") + letter
        let parts = [
            "pw1", link, medium ?? "?", offers?.digits ?? "?", says?.digits ?? "?", powerText,
            wake.map { String($0) } ?? "?", flaps.map { String($0) } ?? "?",
        ]
        return parts.joined(separator: ":")
    }

    private var letter: String {
        switch duplex {
        case .full: "f"
        case .half: "h"
        case nil: "?"
        }
    }

    private var powerText: String {
        switch power {
        case nil: "?"
        case .some(.none): "n"
        case .drawn(let deviceClass, let band):
            "c\(deviceClass.map { String($0) } ?? "?")d\(band.map { String($0) } ?? "?")"
        }
    }

    /// Reads the published form; nil for anything else, also for a later version.
    public init?(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 8, omittingEmptySubsequences: false)
        guard parts.count == 8, parts[0] == "pw1", text.utf8.count <= 96 else { return nil }
        if parts[1] != "?" {
            guard let end = parts[1].last, parts[1].count >= 2 else { return nil }
            let digits = parts[1].dropLast()
            guard end == "f" || end == "h" || end == "?", digits == "?" || UInt32(digits) != nil else { return nil }
            duplex = end == "f" ? .full : end == "h" ? .half : nil
            speed = UInt32(digits)
        }
        medium = parts[2] == "?" ? nil : Self.medium(String(parts[2]))
        offers = LinkAbilities(digits: parts[3])
        says = LinkAbilities(digits: parts[4])
        guard parts[3] == "?" || offers != nil, parts[4] == "?" || says != nil else { return nil }
        if parts[5] == "n" {
            power = Power.none
        } else if parts[5] != "?" {
            let halves = parts[5].dropFirst().split(separator: "d", omittingEmptySubsequences: false)
            guard parts[5].first == "c", halves.count == 2, halves.allSatisfy({ $0 == "?" || UInt8($0) != nil }) else {
                return nil
            }
            power = .drawn(deviceClass: UInt8(halves[0]), band: UInt8(halves[1]))
        }
        guard parts[6] == "?" || UInt16(parts[6]) != nil, parts[7] == "?" || UInt8(parts[7]) != nil else { return nil }
        wake = UInt16(parts[6])
        flaps = UInt8(parts[7])
        guard description == text else { return nil }
    }
}

/// A device's signature, and how well it is known.
public struct DeviceSignature: Hashable, Sendable {
    public var signature: PhysicalSignature
    /// In how many polls it was like this.
    public var polls: UInt32
    /// Whether that is enough to call it normal.
    public var isLearned: Bool

    public init(signature: PhysicalSignature, polls: UInt32, isLearned: Bool) {
        self.signature = signature
        self.polls = polls
        self.isLearned = isLearned
    }
}

/// A time that a device spent at one port.
public struct PlaceStay: Hashable, Sendable {
    public var port: Finding.Port
    public var switchName: String?
    public var vlan: UInt16?
    /// First and last poll that saw it there; nil where it still is.
    public var since: Timestamp
    public var until: Timestamp?

    public init(port: Finding.Port, switchName: String?, vlan: UInt16?, since: Timestamp, until: Timestamp?) {
        self.port = port
        self.switchName = switchName
        self.vlan = vlan
        self.since = since
        self.until = until
    }
}
