//===----------------------------------------------------------------------===//
// Wardlight · Simulator
//
// Timeline: every act and every frame in the order of time, with little held at once.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Wire

/// Plays the campus: acts give frames, and both wait in one heap until their time has come.
///
/// Only the frames of acts under way are held: an act lasts seconds, so that memory does not grow with the minutes.
struct Timeline {
    /// 2 March 2026, 07:30 UTC: an ordinary Monday.
    static let start: Int64 = 1_772_436_600_000_000_000

    private enum Event {
        case act(station: Int, habit: Int)
        case frame([UInt8])
    }

    private let campus: Campus
    private let end: Int64
    private var chances: [Chance]
    private var agenda = Agenda<Event>()

    /// - Parameters:
    ///   - seconds: How long the traffic lasts; everybody has spoken at least once by then.
    ///   - isEndless: It goes on after that for ever.
    init(_ campus: Campus, seconds: Int, isEndless: Bool = false) {
        self.campus = campus
        end = isEndless ? .max : campus.start + Int64(seconds) * 1_000_000_000
        chances = campus.stations.map { Chance(seed: campus.seed, stream: 1_000 + UInt64($0.number)) }
        for station in campus.stations {
            for (place, habit) in station.habits.enumerated() {
                // Everything happens at least once, however short the time.
                let most = isEndless ? Int.max : max(seconds * 8 / 10, 1)
                let wanted = min(station.wakes + habit.after, most)
                let jitter = Int64(chances[station.number].below(900_000_000))
                let time = campus.start + Int64(wanted) * 1_000_000_000 + jitter
                agenda.plan(.act(station: station.number, habit: place), at: time)
            }
        }
    }

    /// Plays to the end.
    mutating func play(
        frame: (Int64, [UInt8]) throws -> Void, use: (_ station: Int, Device.Use, _ isNear: Bool) -> Void,
        mention: (_ bits: UInt64, Int64) -> Void, lapse: (_ station: Int, _ rule: String) -> Void = { _, _ in }
    ) rethrows {
        while let (time, event) = agenda.take() {
            switch event {
            case .frame(let bytes): try frame(time, bytes)
            case .act(let number, let place):
                let stage = act(number, place, at: time)
                for (number, found, isNear) in stage.uses { use(number, found, isNear) }
                for (number, rule) in stage.lapses { lapse(number, rule) }
                for (bits, time) in stage.mentions { mention(bits, time) }
                goOn(number, place, after: time)
            }
        }
    }

    /// When something happens next.
    var next: Int64? { agenda.next }
    /// Acts that are planned and frames under way.
    var held: Int { agenda.count }

    /// Goes on by one act or frame; nil for an act, whose frames come later, and when nothing is left.
    mutating func step() -> [UInt8]? {
        guard let (time, event) = agenda.take() else { return nil }
        switch event {
        case .frame(let bytes): return bytes
        case .act(let number, let place):
            _ = act(number, place, at: time)
            goOn(number, place, after: time)
            return nil
        }
    }

    private mutating func act(_ number: Int, _ place: Int, at time: Int64) -> Stage {
        var stage = Stage(campus, campus.stations[number], chances[number], time: time)
        campus.stations[number].habits[place].act(&stage)
        chances[number] = stage.chance
        for (time, bytes) in stage.frames { agenda.plan(.frame(bytes), at: time) }
        return stage
    }

    /// Plans the same act anew, a tenth earlier or later, as clocks drift.
    private mutating func goOn(_ number: Int, _ place: Int, after time: Int64) {
        let habit = campus.stations[number].habits[place]
        guard habit.every > 0 else { return }
        let period = Int64(habit.every) * 1_000_000_000
        let next = time + period * Int64(chances[number].within(900...1_100)) / 1_000
        if next < end { agenda.plan(.act(station: number, habit: place), at: next) }
    }
}
