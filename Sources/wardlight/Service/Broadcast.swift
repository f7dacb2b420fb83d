//===----------------------------------------------------------------------===//
// Wardlight · the command
//
// Who is told of changes: added before the first one, called in order.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Synchronization

/// Hands publications on to whoever follows.
final class Broadcast: Sendable {
    private let followers = Mutex<[@Sendable (Publication) -> Void]>([])

    func add(_ follower: @escaping @Sendable (Publication) -> Void) { followers.withLock { $0.append(follower) } }

    func tell(_ publication: Publication) {
        for follower in followers.withLock({ $0 }) { follower(publication) }
    }
}
