//===----------------------------------------------------------------------===//
// Wardlight · Simulator
//
// Gauges: what is measured in rooms, in refrigerators and at beds, and how it wanders.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// One series of readings. Values are hundredths of the unit, so that they are the same on every machine.
struct Gauge: Sendable {
    enum Course: Sendable {
        /// Wanders about a centre by steps.
        case drift(centre: Int, step: Int)
        /// Counts up by one at moments of chance; more by day.
        case counts(pause: ClosedRange<Int>)
        /// Open or shut, in bed or not: 1 or 0.
        case flips(pause: ClosedRange<Int>)
    }

    var subject: Subject
    /// Where it is measured; nil for what a device measures of a person.
    var room: String?
    /// ISO/IEEE 11073-10101 where it has a name there.
    var metric: String
    var unit: String
    var course: Course
    /// Seconds from one reading to the next; counting has its own moments.
    var period: Int
    /// The station whose bed must be taken for it to measure anything.
    var monitor: Int?
    /// First reading after the start, nanoseconds.
    var offset: Int64
    var value: Int
    var chance: Chance

    init(
        _ subject: Subject, room: String? = nil, _ metric: String, _ unit: String, _ course: Course, every period: Int,
        monitor: Int? = nil, chance: Chance
    ) {
        (self.subject, self.room, self.metric, self.unit) = (subject, room, metric, unit)
        (self.course, self.period, self.monitor, self.chance) = (course, period, monitor, chance)
        // All have been read within twenty seconds.
        offset = Int64(self.chance.below(min(max(period, 1), 20) * 1_000)) * 1_000_000
        switch course {
        case .drift(let centre, let step): value = centre + self.chance.within(-2 * step...2 * step)
        case .counts: value = self.chance.below(400) * 100
        case .flips: value = 0
        }
    }

    /// All of a site's.
    static func all(of site: LivingSite, seed: UInt64) -> [Gauge] {
        var gauges: [Gauge] = []
        func draw() -> Chance { Chance(seed: seed, stream: 0x6A06_0000 + UInt64(gauges.count)) }
        for (subject, feeler) in site.feelers {
            switch feeler.kind {
            case .roomSensor:
                let isCool = feeler.use == .theatre
                gauges.append(
                    Gauge(
                        subject, room: feeler.room, "MDC_TEMP_ROOM", "Cel",
                        .drift(centre: isCool ? 1_950 : 2_210, step: 8), every: 60, chance: draw()))
                gauges.append(
                    Gauge(
                        subject, room: feeler.room, "WARDLIGHT_ROOM_HUMIDITY", "%",
                        .drift(centre: 4_300, step: 40), every: 60, chance: draw()))
                guard feeler.use == .isolation || feeler.use == .theatre else { continue }
                // An isolation room draws air in, an operating room pushes it out (VDI 6022, DIN 1946-4 and others).
                gauges.append(
                    Gauge(
                        subject, room: feeler.room, "WARDLIGHT_ROOM_PRESSURE", "Pa",
                        .drift(centre: feeler.use == .isolation ? -1_500 : 1_500, step: 60), every: 15, chance: draw()))
            case .gelDispenser:
                gauges.append(
                    Gauge(
                        subject, room: feeler.room, "WARDLIGHT_GEL_DOSES", "{doses}", .counts(pause: 15...150),
                        every: 40, chance: draw()))
            case .doorContact:
                gauges.append(
                    Gauge(
                        subject, room: feeler.room, "WARDLIGHT_DOOR_OPEN", "1", .flips(pause: 20...400), every: 30,
                        chance: draw()))
            case .bedMat:
                gauges.append(
                    Gauge(
                        subject, room: feeler.room, "WARDLIGHT_BED_TAKEN", "1", .flips(pause: 300...5_400), every: 30,
                        chance: draw()))
            case .callButton:
                gauges.append(
                    Gauge(
                        subject, room: feeler.room, "WARDLIGHT_CALLS", "{calls}", .counts(pause: 600...5_400),
                        every: 120, chance: draw()))
            case .wearable:
                gauges.append(
                    Gauge(
                        subject, "MDC_PULS_RATE_NON_INV", "/min", .drift(centre: 7_600, step: 250), every: 20,
                        chance: draw()))
            }
        }
        for station in site.campus.stations {
            let subject = Subject(hardware: station.hardware)
            switch station.known[.type] {
            case "laboratory refrigerator":
                let isFreezer = station.known[.vendor] == "PHCbi"
                gauges.append(
                    Gauge(
                        subject, room: site.standing.places[station.number], "WARDLIGHT_COLD_STORE_TEMP", "Cel",
                        .drift(centre: isFreezer ? -8_000 : 450, step: 12), every: 30, chance: draw()))
            case "patient monitor", "pulse oximeter":
                guard Standing.stands(atBed: station) else { continue }
                gauges.append(
                    Gauge(
                        subject, "MDC_PULS_OXIM_SAT_O2", "%", .drift(centre: 9_650, step: 60), every: 5,
                        monitor: station.number, chance: draw()))
                gauges.append(
                    Gauge(
                        subject, "MDC_PULS_OXIM_PULS_RATE", "/min", .drift(centre: 7_800, step: 200), every: 5,
                        monitor: station.number, chance: draw()))
            default: break
            }
        }
        return gauges
    }

    /// Wanders on; says after how many seconds it does so again.
    mutating func wander(at time: Int64) -> Int {
        switch course {
        case .drift(let centre, let step):
            value += (centre - value) / 16 + chance.within(-step...step)
            return period
        case .counts(let pause):
            value += 100
            // By night a third of what there is by day; hours of UTC are as good as any.
            let hour = time / 3_600_000_000_000 % 24
            return chance.within(pause) * (hour < 6 || hour > 21 ? 3 : 1)
        case .flips(let pause):
            value = value == 0 ? 100 : 0
            return chance.within(pause)
        }
    }

    /// What is said of it: whole where it is counted, else to a tenth or a hundredth.
    var reading: Double {
        switch metric {
        case "MDC_PULS_OXIM_SAT_O2": Double(min(value, 10_000) / 100)
        case "MDC_PULS_OXIM_PULS_RATE", "MDC_PULS_RATE_NON_INV": Double(value / 100)
        default: Double(value / 10) / 10
        }
    }
}

extension LivingSite {
    mutating func measure(_ number: Int, at time: Int64, _ events: inout [LiveEvent]) {
        let pause = gauges[number].wander(at: time)
        agenda.plan(.gauge(number), at: time + Int64(pause) * Self.second)
        let gauge = gauges[number]
        // Nobody lies there: nothing is measured.
        if let monitor = gauge.monitor, !care.isAttended(monitor) { return }
        say(
            .measurement(
                Measurement(
                    subject: gauge.subject, metric: gauge.metric, value: gauge.reading, unit: gauge.unit)),
            by: "gauges", at: time, &events)
    }
}
