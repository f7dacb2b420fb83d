//===----------------------------------------------------------------------===//
// Wardlight · Simulator
//
// Agenda: what is to happen, in the order of time.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// A heap of things to come. Of two at the same time the one that was planned first comes first.
struct Agenda<Thing: Sendable>: Sendable {
    private struct Entry: Sendable {
        let time: Int64
        /// Order of birth, for equal times.
        let order: UInt64
        let thing: Thing

        static func < (one: Entry, other: Entry) -> Bool {
            one.time != other.time ? one.time < other.time : one.order < other.order
        }
    }

    private var heap: [Entry] = []
    private var born: UInt64 = 0

    init() {}

    /// When the next thing happens, nanoseconds since 1970; nil when nothing is planned.
    var next: Int64? { heap.first?.time }
    var count: Int { heap.count }

    mutating func plan(_ thing: Thing, at time: Int64) {
        born += 1
        heap.append(Entry(time: time, order: born, thing: thing))
        var child = heap.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard heap[child] < heap[parent] else { break }
            heap.swapAt(child, parent)
            child = parent
        }
    }

    mutating func take() -> (time: Int64, thing: Thing)? {
        guard let first = heap.first else { return nil }
        let last = heap.removeLast()
        guard !heap.isEmpty else { return (first.time, first.thing) }
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
        return (first.time, first.thing)
    }
}
