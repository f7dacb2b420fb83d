//===----------------------------------------------------------------------===//
// Wardlight · the command
//
// The line from the log to the keeper: committed blocks, in order, and never too many.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model

/// Hands committed blocks from the writer's thread to the one who follows. When the follower is behind, the writer
/// waits, and with it whoever wants something written: nothing is dropped, and memory stays bounded.
final class BlockLine: Sendable {
    /// Blocks under way.
    private static let most = 32
    private let room = DispatchSemaphore(value: most)
    private let stream: AsyncStream<LogBlock>
    private let end: AsyncStream<LogBlock>.Continuation

    init() { (stream, end) = AsyncStream.makeStream(of: LogBlock.self, bufferingPolicy: .unbounded) }

    /// Waits for room. Not for a thread that others need.
    func push(_ block: LogBlock) {
        room.wait()
        end.yield(block)
    }

    func finish() { end.finish() }

    /// Follows to the end. To be called once.
    func follow(_ body: (LogBlock) async throws -> Void) async rethrows {
        for await block in stream {
            defer { room.signal() }
            try await body(block)
        }
    }
}
