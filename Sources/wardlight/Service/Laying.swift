//===----------------------------------------------------------------------===//
// Wardlight · the command
//
// Laying away: hospitals on their way to the disk, one at a time, while the fold goes on.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Store
import Synchronization
import Twin

/// Writes hospitals for the next start and for questions about the past. A large one takes a second or several; what
/// comes meanwhile waits when it is far enough behind, one and no more, for it keeps a hospital in memory.
final class Laying: Sendable {
    private struct Work {
        var task: Task<Void, Never>?
        /// Of the hospital that is written, or was last.
        var position: UInt64 = 0
        var next: (hospital: Hospital, isLast: Bool)?
    }

    private let historian: Historian
    private let trouble = ToldOnce("laid-away states")
    private let work = Mutex(Work())

    init(_ historian: Historian) { self.historian = historian }

    var isBusy: Bool { work.withLock { $0.task != nil } }

    /// Returns at once.
    ///
    /// - Parameter isLast: whether it is written however near the one before is.
    func take(_ hospital: Hospital, isLast: Bool = false) {
        work.withLock { work in
            guard work.task == nil else {
                let isFar = hospital.position >= work.position + historian.distance(hospital.inventory.count)
                if isLast || isFar && work.next == nil { work.next = (hospital, isLast) }
                return
            }
            work.position = hospital.position
            work.task = Task(executorPreference: Upkeep.workers) { await self.write(hospital, isLast) }
        }
    }

    /// Returns when one that is taken now would be written, and not passed over.
    func room() async {
        while work.withLock({ $0.next != nil }) { try? await Task.sleep(for: .milliseconds(10)) }
    }

    /// Returns when nothing is written any more.
    func wait() async { await work.withLock(\.task)?.value }

    private func write(_ first: Hospital, _ isLast: Bool) async {
        var now: (hospital: Hospital, isLast: Bool)? = (first, isLast)
        while let one = now {
            do {
                try await historian.layAway(one.hospital, isLast: one.isLast)
                trouble.isOver()
                if one.hospital.inventory.count >= Household.manyDevices { Upkeep.giveBack() }
            } catch { trouble.say(error) }
            now = work.withLock { work in
                guard let next = work.next else {
                    work.task = nil
                    return nil
                }
                (work.position, work.next) = (next.hospital.position, nil)
                return next
            }
        }
    }
}
