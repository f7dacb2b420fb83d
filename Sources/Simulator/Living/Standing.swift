//===----------------------------------------------------------------------===//
// Wardlight · Simulator
//
// Standing: in which room each station of a campus stands.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Who stands where when the day begins.
struct Standing: Sendable {
    /// By number of the station: a room's or bed's id; nil for those at another site.
    private(set) var places: [String?]
    /// Where people lie, by ward and label.
    private let beds: [Recipe.Bed: FloorPlan.Bed]
    private var turns: [String: Int] = [:]

    /// What stands at a bed.
    static let bedside: Set<String> = [
        "infusion pump", "syringe pump", "patient monitor", "ventilator", "pulse oximeter", "vital signs monitor",
        "hospital bed",
    ]
    /// What is rolled from room to room, unless it says where it is.
    static let wheeled: Set<String> = ["hospital bed", "ventilator", "pulse oximeter", "vital signs monitor"]

    init(_ campus: Campus, _ plan: FloorPlan, _ fabric: Fabric) {
        var beds: [Recipe.Bed: FloorPlan.Bed] = [:]
        for bed in plan.beds { beds[Recipe.Bed(ward: bed.ward, label: bed.label)] = bed }
        self.beds = beds
        places = []
        for station in campus.stations { places.append(place(of: station, campus, plan)) }
        let closets = fabric.switches.filter { $0.rank == .access }
        for (number, closet) in closets.enumerated() {
            let level = number % max(plan.levels, 1)
            let rooms = plan.rooms(.closet).filter { $0.level == level }
            places[closet.station] = pick(rooms, "switch \(level)") ?? places[closet.station]
        }
    }

    private mutating func place(of station: Station, _ campus: Campus, _ plan: FloorPlan) -> String? {
        if station.isElsewhere || station.isBehindRelay { return nil }
        let type = station.known[.type] ?? ""
        let bed = beds[Recipe.Bed(ward: station.ward, label: station.bed)]
        if campus.isServer(station) {
            return pick(plan.rooms(station.area == .office ? .office : .dataCentre), "server")
        }
        if let level = station.level, type == "sensor gateway" {
            return pick(plan.rooms(.corridor, .closet).filter { $0.level == level }, "sensors \(level)")
        }
        if Self.stands(atBed: station), let bed { return bed.id }
        let level = Self.level(of: station, plan)
        let uses = Self.uses(station, type)
        for floor in [level, nil] {
            let found = plan.rooms.filter { uses.contains($0.use) && (floor == nil || $0.level == floor) }
            if !found.isEmpty { return pick(found, "\(station.area) \(type) \(floor ?? -1)") }
        }
        return pick(plan.rooms(.corridor), "else")
    }

    /// By turns through the rooms that there are.
    private mutating func pick(_ rooms: [FloorPlan.Room], _ purpose: String) -> String? {
        guard !rooms.isEmpty else { return nil }
        let turn = turns[purpose, default: 0]
        turns[purpose] = turn + 1
        return rooms[turn % rooms.count].id
    }

    static func stands(atBed station: Station) -> Bool {
        let isClinical: Set<Area> = [.infusion, .monitoring, .pointOfCare]
        guard isClinical.contains(station.area), station.children.isEmpty else { return false }
        return bedside.contains(station.known[.type] ?? "")
    }

    /// On which floor a station is, from 0: that of its bed, else one by its number.
    static func level(of station: Station, _ plan: FloorPlan) -> Int {
        if let level = station.level { return level }
        let type = station.known[.type] ?? ""
        if stands(atBed: station) || type == "medication dispenser" {
            let bed = plan.beds.first { $0.ward == station.ward && $0.label == station.bed }
            if let bed { return bed.level }
        }
        let isBelow: Set<Area> = [.imaging, .laboratory, .building, .server]
        if isBelow.contains(station.area) || type.contains("refrigerator") { return 0 }
        return station.number % max(plan.levels, 1)
    }

    /// Into which rooms it belongs.
    private static func uses(_ station: Station, _ type: String) -> Set<FloorPlan.Use> {
        switch station.area {
        case .server: [.dataCentre]
        case .management: type == "access point" ? [.corridor] : [.closet, .dataCentre]
        case .imaging: [.imaging]
        case .laboratory: [.laboratory]
        case .building: [.plant]
        case .security: [.corridor, .hall]
        case .voice: [.nurses, .office]
        case .office: type == "printer" || type == "label printer" ? [.nurses, .office] : [.office, .nurses]
        case .guest: type == "television" ? [.lounge, .patients, .hall] : [.patients, .hall, .lounge, .apartment]
        case .pointOfCare, .infusion, .monitoring, .practice:
            switch type {
            case "laboratory refrigerator": [.pharmacy, .laboratory]
            case "medication dispenser": [.medicines]
            case "medical gateway": [.closet, .nurses]
            default: [.nurses]
            }
        }
    }
}
