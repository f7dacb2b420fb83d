//===----------------------------------------------------------------------===//
// Wardlight · Simulator
//
// Houses: the three buildings of the living simulation, room by room.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

extension FloorPlan {
    /// A large hospital: 62 beds on four floors.
    static var north: FloorPlan {
        var plan = FloorPlan(
            site: "north", name: "Northfield Hospital (synthetic)", building: "Northfield main building")
        plan.addFloor { floor in
            floor.addWard("ed", "Emergency department", "ED", beds: 8)
            floor.addImaging(["CT 1", "CT 2", "MR 1", "X-ray 1", "X-ray 2", "Ultrasound 1"])
            floor.addLaboratory()
            floor.addEntrance(offices: 6)
        }
        plan.addFloor { floor in
            floor.addWard("icu-a", "Intensive care A", "ICU-A", beds: 8, isolations: 2)
            floor.addWard("ccu", "Coronary care", "CCU", beds: 6)
            floor.addTheatres("or-2", "Operating rooms", "OR-2", 4)
        }
        plan.addFloor { floor in
            floor.addWard("w3n", "Ward 3 north", "W3N", beds: 10, isolations: 1)
            floor.addWard("w3s", "Ward 3 south", "W3S", beds: 10)
        }
        plan.addFloor { floor in
            floor.addWard("w4n", "Ward 4 north", "W4N", beds: 10, isolations: 1)
            floor.addWard("nicu", "Newborn intensive care", "NICU", beds: 6)
        }
        return plan
    }

    /// A smaller one: 38 beds on three floors.
    static var south: FloorPlan {
        var plan = FloorPlan(
            site: "south", name: "Southbrook Hospital (synthetic)", building: "Southbrook main building")
        plan.addFloor { floor in
            floor.addWard("ae", "Accident and emergency", "AE", beds: 6)
            floor.addImaging(["CT 1", "MR 1", "X-ray 1", "Ultrasound 1"])
            floor.addLaboratory()
            floor.addEntrance(offices: 4)
        }
        plan.addFloor { floor in
            floor.addWard("icu-b", "Intensive care", "ICU-B", beds: 8, isolations: 1)
            floor.addWard("s2w", "Ward 2 west", "S2W", beds: 8)
        }
        plan.addFloor { floor in
            floor.addWard("s3e", "Ward 3 east", "S3E", beds: 8)
            floor.addWard("s3w", "Ward 3 west", "S3W", beds: 8, isolations: 1)
        }
        return plan
    }

    /// A home for twelve people who live there with some help.
    static var harbour: FloorPlan {
        var plan = FloorPlan(site: "harbour", name: "Harbour House (synthetic)", building: "Harbour House")
        plan.addFloor { floor in
            floor.addApartments("h1", "Garden floor", "H1", 6)
            floor.addZone(
                "common", "Common rooms",
                south: [Sketch(.lounge, "Day room", 9_000), Sketch(.lounge, "Dining room", 9_000)],
                north: [
                    Sketch(.nurses, "Care team", 5_000), Sketch(.medicines, "Medicines", 3_500),
                    Sketch(.office, "Office", 4_000), Sketch(.dataCentre, "Server cupboard", 2_500),
                    Sketch(.hall, "Entrance", 3_000),
                ])
        }
        plan.addFloor { floor in
            floor.addApartments("h2", "Upper floor", "H2", 6)
            floor.addZone(
                "quiet", "Quiet rooms", south: [Sketch(.lounge, "Winter garden", 9_000)],
                north: [Sketch(.nurses, "Care point", 5_000), Sketch(.plant, "Plant room", 4_000)])
        }
        return plan
    }

    // MARK: Parts

    /// A ward: rooms of two beds on both sides, what the nurses need in the middle of the northern one.
    private mutating func addWard(_ key: String, _ name: String, _ ward: String, beds: Int, isolations: Int = 0) {
        var patients: [Sketch] = []
        for _ in 0..<isolations { patients.append(Sketch(.isolation, "Isolation", 4_500, beds: 1)) }
        var left = beds - isolations
        while left > 0 {
            patients.append(Sketch(.patients, "Room", left == 1 ? 4_500 : 6_400, beds: min(left, 2)))
            left -= min(left, 2)
        }
        for number in patients.indices { patients[number].name += " \(number + 1)" }
        let service = [
            Sketch(.nurses, "Nurses' station", 6_000), Sketch(.medicines, "Medicines", 3_000),
            Sketch(.clean, "Clean utility", 3_000), Sketch(.dirty, "Dirty utility", 3_000),
            Sketch(.closet, "Closet", 2_000),
        ]
        let half = min((patients.count + 2) * 2 / 3, patients.count)
        addZone(
            key, name, ward: ward, south: Array(patients[..<half]),
            north: service + patients[half...] + [Sketch(.store, "Store", 3_000)])
    }

    private mutating func addTheatres(_ key: String, _ name: String, _ ward: String, _ count: Int) {
        addZone(
            key, name, ward: ward,
            south: (1...max(count, 1)).map { Sketch(.theatre, "Operating room \($0)", 7_500, beds: 1) },
            north: [
                Sketch(.nurses, "Recovery desk", 6_000), Sketch(.medicines, "Anaesthesia store", 4_500),
                Sketch(.clean, "Sterile store", 6_000), Sketch(.dirty, "Dirty utility", 4_000),
                Sketch(.closet, "Closet", 2_000), Sketch(.store, "Devices", 5_000),
            ])
    }

    private mutating func addImaging(_ rooms: [String]) {
        addZone(
            "imaging", "Imaging", south: rooms.map { Sketch(.imaging, $0, 6_500) },
            north: [
                Sketch(.office, "Reading room", 6_000), Sketch(.office, "Control room", 5_000),
                Sketch(.closet, "Closet", 2_000), Sketch(.hall, "Waiting", 8_000),
            ])
    }

    private mutating func addLaboratory() {
        addZone(
            "laboratory", "Laboratory and pharmacy",
            south: [
                Sketch(.laboratory, "Clinical chemistry", 8_000), Sketch(.laboratory, "Haematology", 6_000),
                Sketch(.laboratory, "Microbiology", 6_000),
            ],
            north: [
                Sketch(.pharmacy, "Pharmacy", 8_000), Sketch(.pharmacy, "Cold store", 5_000),
                Sketch(.closet, "Closet", 2_000), Sketch(.office, "Laboratory office", 5_000),
            ])
    }

    private mutating func addEntrance(offices: Int) {
        addZone(
            "entrance", "Entrance and offices",
            south: [Sketch(.hall, "Main hall", 12_000), Sketch(.plant, "Plant room", 7_000)],
            north: (1...max(offices, 1)).map { Sketch(.office, "Office \($0)", 3_500) } + [
                Sketch(.dataCentre, "Data centre", 6_000)
            ])
    }

    private mutating func addApartments(_ key: String, _ name: String, _ ward: String, _ count: Int) {
        let all = (1...max(count, 1)).map { Sketch(.apartment, "Apartment \($0)", 5_500, beds: 1) }
        addZone(
            key, name, ward: ward, south: Array(all[..<(count / 2)]),
            north: Array(all[(count / 2)...]) + [Sketch(.closet, "Closet", 2_000)])
    }
}
