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
    /// Whether what judging needs for a moment is worth giving back, and one hospital is saved or judged at a time: each
    /// takes as much memory as half the hospital.
    var isLarge: Bool { get async { await keeper.standing.devices >= Self.manyDevices } }
    static let manyDevices = 20_000

    /// Judges the hospital again and again: half a second after the last time, and never more than a quarter of the time.
    func settle() async {
        let clock = ContinuousClock()
        var given: ContinuousClock.Instant?
        while !Task.isCancelled {
            let start = clock.now
            let isLarge = await isLarge
            do {
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
