//===----------------------------------------------------------------------===//
// Wardlight · Simulator
//
// Floor plans: buildings drawn from a list of rooms, to scale.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// A building, floor by floor: along a corridor from west to east lie zones, and in each of them rooms on both sides.
///
/// Lengths are millimetres. A room is 6.5 m deep and the corridor 3 m wide, as in many wards; a bed is 2.1 by 1.0 m.
struct FloorPlan: Sendable {
    /// What a room is for.
    enum Use: Hashable, Sendable {
        case patients, isolation, theatre, apartment
        case nurses, medicines, clean, dirty, closet, store
        case imaging, laboratory, pharmacy, office, dataCentre, plant, hall, lounge, corridor

        /// Whether people lie in it.
        var isForPatients: Bool { [.patients, .isolation, .theatre, .apartment].contains(self) }
    }

    /// A room before it has its place.
    struct Sketch: Sendable {
        var use: Use
        var name: String
        var width: Int32
        var beds = 0

        init(_ use: Use, _ name: String, _ width: Int32, beds: Int = 0) {
            self.use = use
            self.name = name
            self.width = width
            self.beds = beds
        }
    }

    struct Room: Sendable {
        var id: String
        var use: Use
        var zone: String
        /// From 0.
        var level: Int
        var beds: [Bed] = []
    }

    struct Bed: Hashable, Sendable {
        var id: String
        var ward: String
        var label: String
        var level: Int
        var room: String
    }

    static let depth: Int32 = 6_500
    static let corridor: Int32 = 3_000
    static var height: Int32 { 2 * depth + corridor }

    let site: String
    let building: String
    private(set) var locations: [Location] = []
    private(set) var rooms: [Room] = []
    private(set) var levels = 0
    /// How far the floor that is drawn reaches to the east.
    private var reach: Int32 = 0
    private var floor = ""

    init(site: String, name: String, building: String) {
        self.site = site
        self.building = site + "/main"
        locations.append(Location(id: site, kind: .site, name: name))
        locations.append(Location(id: self.building, kind: .building, name: building, parent: site))
    }

    var beds: [Bed] { rooms.flatMap(\.beds) }
    func rooms(_ uses: Use...) -> [Room] { rooms.filter { uses.contains($0.use) } }

    /// One more floor, above those that are there.
    mutating func addFloor(_ draw: (inout FloorPlan) -> Void) {
        levels += 1
        reach = 0
        floor = building + "/\(levels)"
        let place = locations.count
        locations.append(Location(id: floor, kind: .floor, name: "Floor \(levels)", parent: building))
        draw(&self)
        locations[place].outline = Location.Outline(x: 0, y: 0, width: reach, height: Self.height)
    }

    /// One more zone to the east of those that are there.
    ///
    /// - Parameters:
    ///   - ward: Its name on devices (`ICU-A`), which its beds carry; nil where nobody lies.
    ///   - south: Rooms south of the corridor, from the west; `north` likewise.
    mutating func addZone(_ key: String, _ name: String, ward: String? = nil, south: [Sketch], north: [Sketch]) {
        let zone = floor + "/" + key
        let width = max(south.reduce(0) { $0 + $1.width }, north.reduce(0) { $0 + $1.width })
        let outline = Location.Outline(x: reach, y: 0, width: width, height: Self.height)
        let aliases = ward.map { [$0] } ?? []
        locations.append(
            Location(id: zone, kind: .zone, name: name, parent: floor, outline: outline, aliases: aliases))
        let hall = zone + "/corridor"
        locations.append(
            Location(
                id: hall, kind: .room, name: "Corridor", parent: zone,
                outline: Location.Outline(x: reach, y: Self.depth, width: width, height: Self.corridor)))
        rooms.append(Room(id: hall, use: .corridor, zone: zone, level: levels - 1))
        var bed = 0
        for (row, sketches) in [south, north].enumerated() {
            var x = reach
            for (number, sketch) in sketches.enumerated() {
                // The last of the shorter side takes what is left.
                let isLast = number == sketches.count - 1
                let own = isLast ? reach + width - x : sketch.width
                let id = zone + "/\(row == 0 ? "s" : "n")\(number + 1)"
                let y = row == 0 ? 0 : Self.depth + Self.corridor
                locations.append(
                    Location(
                        id: id, kind: .room, name: sketch.name, parent: zone,
                        outline: Location.Outline(x: x, y: y, width: own, height: Self.depth)))
                var room = Room(id: id, use: sketch.use, zone: zone, level: levels - 1)
                if let ward {
                    for place in 0..<sketch.beds {
                        bed += 1
                        room.beds.append(addBed(bed, place, of: sketch.beds, ward, room, x, y, own))
                    }
                }
                rooms.append(room)
                x += own
            }
        }
        reach += width
    }

    /// Beds stand along both side walls, their heads to it; one alone in the middle.
    private mutating func addBed(
        _ number: Int, _ place: Int, of count: Int, _ ward: String, _ room: Room, _ x: Int32, _ y: Int32, _ width: Int32
    ) -> Bed {
        let label = "B" + String(100 + number).dropFirst()
        let id = room.id + "/" + label.lowercased()
        let (length, breadth): (Int32, Int32) = (2_100, 1_000)
        let isWest = place % 2 == 0
        let left = count == 1 ? x + (width - length) / 2 : isWest ? x + 300 : x + width - 300 - length
        let rows = Int32((count + 1) / 2)
        let row = Int32(place / 2)
        let bottom = y + Self.depth * (2 * row + 1) / (2 * rows) - breadth / 2
        locations.append(
            Location(
                id: id, kind: .bed, name: "Bed \(number)", parent: room.id,
                outline: Location.Outline(x: left, y: bottom, width: length, height: breadth),
                aliases: Self.aliases(ward, label)))
        return Bed(id: id, ward: ward, label: label, level: room.level, room: room.id)
    }

    /// How devices at a bed speak of it: HL7 PV1-3, the location context of IEEE 11073 SDC, the label of an IntelliVue.
    static func aliases(_ ward: String, _ label: String) -> [String] {
        [
            "\(ward)^^\(label)^SIMHOSPITAL",
            "sdc.ctxt.loc:/sdc.ctxt.loc.detail/SIM%2F%2F%2F\(ward)%2F%2F\(label)?fac=SIM&poc=\(ward)&bed=\(label)",
            "\(ward)-\(label)",
        ]
    }
}
