//===----------------------------------------------------------------------===//
// Wardlight · Defense
//
// Room: who is forgotten when all memory of devices is taken, so that no flood of addresses blinds the rules.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension PortWatch {
    /// Forgets addresses that are gone before this round's new ones come in, if these would find no room: first those that
    /// were there in the fewest polls, of them those longest unseen. A quarter at once, so that it happens seldom; of those
    /// with a learned normal only as many as must be.
    ///
    /// Who is there now is never forgotten, so more at once than there is room for are counted in `overflow`.
    mutating func makeRoom(_ map: NetworkMap) {
        guard devices.count + map.places.count > limits.devices else { return }
        var present: Set<DeviceKey> = []
        var new = 0
        for found in map.places where !found.place.isUplink {
            let key = DeviceKey(site: found.site, hardware: found.hardware)
            if present.insert(key).inserted, devices[key] == nil { new += 1 }
        }
        let lacking = devices.count + new - limits.devices
        guard lacking > 0 else { return }
        var gone = devices.compactMap { key, memory in
            present.contains(key) ? nil : (polls: memory.polls, last: memory.lastSeen, key: key)
        }
        gone.sort { $0 < $1 }
        for (number, one) in gone.prefix(max(lacking, limits.devices / 4)).enumerated()
        where number < lacking || one.polls < limits.pollsOfANormal {
            devices[one.key] = nil
            forgotten &+= 1
        }
    }
}
