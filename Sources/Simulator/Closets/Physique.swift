//===----------------------------------------------------------------------===//
// Wardlight · Simulator
//
// Physique: what the electronics behind a station's plug are.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// What a port feels of the hardware at the other end of its cable.
struct Physique: Hashable, Sendable {
    /// Bits of MAU-MIB's IANAifMauAutoNegCapBits, the first from the left.
    struct Offer: OptionSet, Hashable, Sendable {
        let rawValue: UInt16
        static let ten = Offer(rawValue: 0x6000)
        static let hundred = Offer(rawValue: 0x0C00)
        static let pause = Offer(rawValue: 0x0080)
        static let asymmetric = Offer(rawValue: 0x0040)
        static let symmetric = Offer(rawValue: 0x0020)
        static let gigabit = Offer(rawValue: 0x0003)
        static let gigabitFull = Offer(rawValue: 0x0001)
    }
    struct Power: Hashable, Sendable {
        var deviceClass: Int
        var milliwatts: Int
    }
    /// Megabits a second.
    var speed: Int
    var isFull = true
    var offer: Offer
    var power: Power?

    static let slow = Physique(speed: 100, offer: [.ten, .hundred])
    static let fast = Physique(speed: 1_000, offer: [.ten, .hundred, .gigabit, .symmetric])
    static let desk = Physique(speed: 1_000, offer: [.ten, .hundred, .gigabitFull, .pause, .asymmetric])
    static let board = Physique(speed: 1_000, offer: [.ten, .hundred, .gigabitFull, .symmetric, .asymmetric])
    static let server = Physique(speed: 1_000, offer: [.gigabitFull, .symmetric])
    static let uplink = Physique(speed: 10_000, offer: [])

    func fed(_ deviceClass: Int, _ milliwatts: Int) -> Physique {
        var fed = self
        fed.power = Power(deviceClass: deviceClass, milliwatts: milliwatts)
        return fed
    }
}

extension Station {
    /// How it comes into the network.
    enum Access: Sendable {
        case wire, wireless
        /// At the other end of a line: no switch here has it.
        case elsewhere
    }

    var access: Access {
        if isBehindRelay || isElsewhere { return .elsewhere }
        let prefix = hardware.bits >> 24
        // Phones and tablets of guests, badges, pumps with a radio, computers on wheels.
        let radios: Set<UInt64> = [0x0009EF, 0x00013E, 0x00409D, 0x0003B1, 0x10C595]
        return area == .guest && known[.type] != "television" || radios.contains(prefix) ? .wireless : .wire
    }

    /// Its plug. Follows what such devices have; the draws are invented.
    var physique: Physique {
        switch area {
        case .voice: return Physique.desk.fed(2, 4_100)
        case .security:
            return known[.type] == "network camera" ? Physique.slow.fed(2, 4_800) : Physique.slow.fed(3, 7_400)
        case .management: return known[.type] == "access point" ? Physique.fast.fed(4, 13_900) : .server
        case .server: return .server
        case .imaging: return stack == .windows ? .fast : .slow
        case .office:
            switch known[.type] {
            case "single-board computer": return .board
            case "workstation": return .desk
            case "label printer": return .slow
            default: return stack == .windows ? .desk : .fast
            }
        case .building where hardware.bits >> 24 == 0x0040AE:
            // Ten megabits, one direction at a time, and no negotiation: as old controllers are.
            return Physique(speed: 10, isFull: false, offer: [])
        default:
            if stack == .windows { return .desk }
            return stack == .linux ? Physique(speed: 100, offer: [.ten, .hundred, .symmetric]) : .slow
        }
    }
}
