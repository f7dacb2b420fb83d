//===----------------------------------------------------------------------===//
// Wardlight · Simulator
//
// Pace: how far simulated time may go, given the clock on the wall.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Keeps simulated time a number of times as fast as the wall's clock. Whoever cannot follow is not left behind without a
/// word: simulated time goes slower then, nothing of it is left out, and it is said how late it was.
public struct LivePace: Sendable {
    public enum Step: Hashable, Sendable {
        /// Play until this moment; then rest, or come again at once.
        case play(until: Timestamp, thenRest: Bool)
        /// It was so many milliseconds of the wall's clock late, and counts from here again.
        case late(milliseconds: Int64)
    }

    /// Times as fast as the wall's clock.
    public static let speeds = 1...600
    /// Nanoseconds on the wall whose events are played at once, at most: at 600× some 20,000 observations.
    static let piece: Int64 = 250_000_000
    /// Nanoseconds on the wall that it may be late before that is said.
    static let patience: Int64 = 2_000_000_000

    public let speed: Int64
    /// A moment on the wall, and what simulated time was then.
    private var anchor: (wall: Int64, time: Int64)

    /// - Parameter speed: 1 to 600.
    public init(speed: Int, from moment: Timestamp) {
        self.speed = Int64(min(max(speed, Self.speeds.lowerBound), Self.speeds.upperBound))
        anchor = (0, moment.nanoseconds)
    }

    /// What to do now.
    ///
    /// - Parameters:
    ///   - elapsed: Nanoseconds on the wall since the beginning, at most some years.
    ///   - reached: How far simulated time has come.
    public mutating func step(elapsed: Int64, reached: Timestamp) -> Step {
        let target = anchor.time &+ (elapsed - anchor.wall) &* speed
        let behind = target - reached.nanoseconds
        if behind > Self.patience * speed {
            anchor = (elapsed, reached.nanoseconds)
            return .late(milliseconds: behind / speed / 1_000_000)
        }
        let most = reached.nanoseconds + Self.piece * speed
        return .play(
            until: Timestamp(nanoseconds: min(max(target, reached.nanoseconds), most)), thenRest: target <= most)
    }
}
