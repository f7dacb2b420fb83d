//===----------------------------------------------------------------------===//
// Wardlight · the command
//
// What a household does again and again: judge, and let time go on.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Store
import Twin

extension Household {
    /// Judges the hospital again and again: half a second after the last time, and never more than a quarter of the time.
    func settle() async {
        // From so many on what judging needed for a moment is worth giving back: as much as half the hospital.
        let manyDevices = 20_000
        let clock = ContinuousClock()
        var given: ContinuousClock.Instant?
        while !Task.isCancelled {
            let start = clock.now
            let isLarge = await keeper.standing.devices >= manyDevices
            do {
                // Saving one and judging one at a time: each takes as much memory as half the hospital.
                if !(isLarge && laying.isBusy), try await keeper.settle() {
                    shelfTrouble.isOver()
                    if isLarge, given.map({ clock.now - $0 > .seconds(20) }) ?? true {
                        Upkeep.giveBack()
                        given = clock.now
                    }
                }
            } catch { shelfTrouble.say(error) }
            let pause = max(.milliseconds(500), (clock.now - start) * 3)
            do { try await Task.sleep(for: pause) } catch { return }
        }
    }

    /// Time goes on in the log even when nobody says anything; and while nothing can be written, this is who asks whether
    /// there is room again.
    ///
    /// - Throws: the `LogFailure` after which the log takes nothing any more.
    func tick(site: String, every pause: Duration = .seconds(30)) async throws {
        let steady = ContinuousClock()
        var next = steady.now + pause
        while !Task.isCancelled {
            do { try await Task.sleep(for: .seconds(1)) } catch { return }
            guard steady.now >= next || trouble != nil else { continue }
            next = steady.now + pause
            let tick = Observation(site: site, sensor: "wardlight", occurred: clock.now, body: .tick)
            do { _ = try await append([tick], isHeld: true) } catch LogFailure.full {} catch let failure as LogFailure {
                throw failure
            } catch {}
        }
    }
}
