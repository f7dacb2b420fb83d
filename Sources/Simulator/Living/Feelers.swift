//===----------------------------------------------------------------------===//
// Wardlight · Simulator
//
// Feelers: small devices in rooms that speak through a gateway: room sensors, gel dispensers, bed mats, call buttons.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Wire

/// One small device in a room. All are invented: they have no maker and no product stands behind them.
struct Feeler: Sendable {
    enum Kind: String, Hashable, Sendable, CaseIterable {
        case roomSensor, gelDispenser, doorContact, bedMat, callButton, wearable

        /// As it calls itself.
        var model: String {
            switch self {
            case .roomSensor: "Room sensor"
            case .gelDispenser: "Gel dispenser"
            case .doorContact: "Door contact"
            case .bedMat: "Bed mat"
            case .callButton: "Call button"
            case .wearable: "Wearable"
            }
        }
    }
    var kind: Kind
    /// Where it hangs; a wearable is where its wearer is.
    var place: String
    /// Its room, for what is felt of the room.
    var room: String
    var use: FloorPlan.Use
    var level: Int
}

extension Feeler {
    /// What hangs in the rooms of a house, floor by floor, in the order of the gateways' children.
    static func all(in plan: FloorPlan) -> [[Feeler]] {
        var floors = [[Feeler]](repeating: [], count: plan.levels)
        func add(_ kind: Kind, at place: String, _ room: FloorPlan.Room) {
            floors[room.level].append(
                Feeler(kind: kind, place: place, room: room.id, use: room.use, level: room.level))
        }
        for room in plan.rooms where room.use.isForPatients {
            add(.roomSensor, at: room.id, room)
            guard room.use == .apartment else {
                add(.gelDispenser, at: room.id, room)
                continue
            }
            add(.doorContact, at: room.id, room)
            for bed in room.beds { add(.bedMat, at: bed.id, room) }
            add(.callButton, at: room.id, room)
        }
        for (number, room) in plan.rooms(.apartment).enumerated() where number % 2 == 0 {
            add(.wearable, at: room.id, room)
        }
        return floors
    }

    /// The gateway of a floor, with its children. Its card is of a maker of such gateways; it calls itself nothing.
    static func gateway(_ feelers: [Feeler], level: Int) -> Product {
        var product = Product(0, .building, [0x000800], .iot, nil, "sensor gateway", .linux) { station, _ in
            station.level = level
            station.known[.role] = "gateway"
            station.leases(
                Lease(
                    host: "sensors-\(station.tail.lowercased())", vendorClass: "udhcp 1.31.1",
                    wants: [1, 3, 6, 12, 15, 28, 42]))
            station.keepsTime(every: 256)
            let own = EUI64(bits: 0x00_0800 << 40 | 0xFFFE << 24 | station.hardware.bits & 0xFF_FFFF)
            for (place, feeler) in feelers.enumerated() {
                let bits = UInt64(0x00_0800) << 40 | (station.hardware.bits & 0xFF_FFFF) << 12 | UInt64(place)
                let serial = "SIM-" + EUI64(bits: bits).description.suffix(7)
                station.children.append(
                    Child(
                        eui64: bits, deviceClass: .iot,
                        known: [.type: feeler.kind.model.lowercased(), .model: feeler.kind.model, .serial: serial]))
                let text = EUI64(bits: bits).description
                // One after the other at first, and every few minutes from then on.
                station.reports(to: .integration, after: 5 + place % 40, every: 200) { stage, control in
                    stage.mention(bits)
                    var message = MLLP.Message(
                        sendingApplication: "SIMSENSORS^\(own)^EUI-64", sendingFacility: "SIMHOSPITAL",
                        receivingApplication: "SIMENGINE", time: stage.stamp, type: "ORU^R01^ORU_R01",
                        controlId: control)
                    message.add("OBR", [1: "1", 4: "SENSOR^room sensors^L", 7: stage.stamp])
                    message.add(
                        "OBX",
                        [
                            1: "1", 2: "NM", 3: "BATTERY^battery^L", 4: "1.1.1.1",
                            5: String(stage.chance.within(60...100)), 6: "%", 11: "R", 18: "^^\(text)^EUI-64",
                        ])
                    message.add(
                        "PRT",
                        [
                            2: "UC", 4: "EQUIP^Equipment^HL70912", 10: "^^\(text)^EUI-64", 20: serial,
                            22: "1^\(feeler.kind.model)^L",
                        ])
                    return message
                }
            }
        }
        product.hasChildren = true
        return product
    }
}
