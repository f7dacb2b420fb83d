//===----------------------------------------------------------------------===//
// Wardlight · System
//
// Threads of their own for work that takes seconds, so that nobody who asks for little waits for it.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Synchronization

/// Runs tasks on its own threads (`withTaskExecutorPreference`, SE-0417). The shared ones are as many as processors: two
/// questions about the past would hold all of them, and a request for a single row would wait for seconds. The system shares
/// the processors between these threads and those fairly.
public final class Workers: TaskExecutor {
    private let jobs: Mutex<[UnownedJob]>
    private let count = DispatchSemaphore(value: 0)

    /// - Parameter threads: as many as work at once; they never end.
    public init(threads: Int) {
        jobs = Mutex([])
        for number in 0..<max(threads, 1) {
            let thread = Thread { [self] in while true { work() } }
            thread.name = "worker \(number + 1)"
            thread.stackSize = 8 << 20
            thread.start()
        }
    }

    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        jobs.withLock { $0.append(job) }
        count.signal()
    }

    private func work() {
        count.wait()
        guard let job = jobs.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) else { return }
        unsafe job.runSynchronously(on: asUnownedTaskExecutor())
    }
}
