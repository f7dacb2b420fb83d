//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Ports that are used again: is each connection counted once?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Testing
import Wire

/// Goal: the count of conversations never goes back, whatever comes over the same two ports.
@Suite struct `Ports that are used again` {
    /// Ethernet, IPv4 and TCP between 10.0.0.1:40000 and 10.0.0.2:80.
    private static func frame(fromClient: Bool, flags: UInt8, sequence: UInt8, payload: [UInt8] = []) -> [UInt8] {
        let ends: [([UInt8], [UInt8])] = [([10, 0, 0, 1], [0x9C, 0x40]), ([10, 0, 0, 2], [0, 80])]
        let (source, target) = fromClient ? (ends[0], ends[1]) : (ends[1], ends[0])
        let ethernet: [UInt8] = [0, 0, 0, 0, 0, fromClient ? 2 : 1, 0, 0, 0, 0, 0, fromClient ? 1 : 2, 8, 0]
        let length = UInt8(40 + payload.count)
        let ipv4: [UInt8] = [0x45, 0, 0, length, 0, sequence, 0, 0, 64, 6, 0, 0] + source.0 + target.0
        let tcp: [UInt8] =
            source.1 + target.1 + [0, 0, 0, sequence, 0, 0, 0, 1, 0x50, flags, 0xFF, 0xFF, 0, 0, 0, 0]
        return ethernet + ipv4 + tcp + payload
    }

    @Test func `three connections over the same ports are three conversations, one of them heard on one side`() {
        var walk = Walk(flows: 64)
        var sink = Facts()
        var time: Int64 = 0
        var tallies: [UInt64] = []
        func take(_ frame: [UInt8]) {
            time += 1
            _ = walk.take(
                frame.span, .ethernet, at: Timestamp(seconds: time), originalLength: frame.count, into: &sink)
            tallies.append(walk.tcpTally.all)
        }
        for round in 0..<3 {
            let base = UInt8(round * 50 + 1)
            take(Self.frame(fromClient: true, flags: 0x02, sequence: base))
            if round < 2 { take(Self.frame(fromClient: false, flags: 0x12, sequence: base)) }
            take(Self.frame(fromClient: true, flags: 0x18, sequence: base + 1, payload: Array("hello".utf8)))
        }
        #expect(walk.tcpTally.all == 3)
        #expect(walk.tcpTally.oneWay == 1)
        #expect(tallies == tallies.sorted())
    }
}
