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
    private struct Entry {
        let time: Int64
        /// Order of birth, for equal times.
        let order: UInt64
        let event: Event

        static func < (one: Entry, other: Entry) -> Bool {
            one.time != other.time ? one.time < other.time : one.order < other.order
        }
    }

    private let campus: Campus
    private let end: Int64
    private var chances: [Chance]
    private var heap: [Entry] = []
    private var born: UInt64 = 0

    init(_ campus: Campus, seconds: Int) {
        self.campus = campus
        end = Self.start + Int64(seconds) * 1_000_000_000
        chances = campus.stations.map { Chance(seed: campus.seed, stream: 1_000 + UInt64($0.number)) }
        for station in campus.stations {
            for (place, habit) in station.habits.enumerated() {
                // Everything happens at least once, however short the time.
                let wanted = min(station.wakes + habit.after, max(seconds * 8 / 10, 1))
                let jitter = Int64(chances[station.number].below(900_000_000))
                push(Self.start + Int64(wanted) * 1_000_000_000 + jitter, .act(station: station.number, habit: place))
            }
        }
    }

    /// Plays to the end.
    mutating func play(
        frame: (Int64, [UInt8]) throws -> Void, use: (_ station: Int, Device.Use, _ isNear: Bool) -> Void,
        mention: (_ bits: UInt64, Int64) -> Void, lapse: (_ station: Int, _ rule: String) -> Void = { _, _ in }
    ) rethrows {
        while let entry = pop() {
            switch entry.event {
            case .frame(let bytes): try frame(entry.time, bytes)
            case .act(let number, let place):
                let station = campus.stations[number]
                let habit = station.habits[place]
                var stage = Stage(campus, station, chances[number], time: entry.time)
                habit.act(&stage)
                chances[number] = stage.chance
                for (time, bytes) in stage.frames { push(time, .frame(bytes)) }
                for (number, found, isNear) in stage.uses { use(number, found, isNear) }
                for (number, rule) in stage.lapses { lapse(number, rule) }
                for (bits, time) in stage.mentions { mention(bits, time) }
                guard habit.every > 0 else { continue }
                // A tenth earlier or later, as clocks drift.
                let period = Int64(habit.every) * 1_000_000_000
                let next = entry.time + period * Int64(chances[number].within(900...1_100)) / 1_000
                if next < end { push(next, .act(station: number, habit: place)) }
            }
        }
    }

    // MARK: Heap

    private mutating func push(_ time: Int64, _ event: Event) {
        born += 1
        heap.append(Entry(time: time, order: born, event: event))
        var child = heap.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard heap[child] < heap[parent] else { break }
            heap.swapAt(child, parent)
            child = parent
        }
    }

    private mutating func pop() -> Entry? {
        guard let first = heap.first else { return nil }
        let last = heap.removeLast()
        guard !heap.isEmpty else { return first }
        heap[0] = last
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count && heap[child] < heap[least] {
                least = child
            }
            if least == parent { break }
            heap.swapAt(parent, least)
            parent = least
        }
        return first
    }
}
