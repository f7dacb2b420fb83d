//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// TCP signatures: how a stack greets, in p0f's words.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Support
import Testing
import Wire

@Suite struct `TCP signatures` {
    private static func signature(options: [UInt8], timeToLive: UInt8, identification: UInt16) -> [String] {
        var cable = Cable()
        cable.add(
            Cable.tcp(
                [], sequence: 1, flags: .synchronise, identification: identification, options: options,
                timeToLive: timeToLive))
        return cable.read().values(.tcpSyn)
    }

    @Test func `a Linux greeting is written with its options in order`() {
        // mss 1460, sack permitted, timestamps, nop, window scale 7
        let options: [UInt8] = [2, 4, 5, 0xB4, 4, 2, 8, 10, 0, 0, 0, 1, 0, 0, 0, 0, 1, 3, 3, 7]
        #expect(
            Self.signature(options: options, timeToLive: 61, identification: 4)
                == ["4:64:0:1460:8192,7:mss,sok,ts,nop,ws:df,id+:0"])
    }

    @Test func `an end of options says how much follows, an unknown one its number`() {
        #expect(
            Self.signature(options: [2, 4, 2, 0x18, 34, 2, 0, 0], timeToLive: 200, identification: 0)
                == ["4:255:0:536:8192,0:mss,?34,eol+1:df:0"])
    }

    @Test func `an option of no length ends the list`() {
        #expect(
            Self.signature(options: [1, 1, 3, 0], timeToLive: 30, identification: 0)
                == ["4:32:0:*:8192,0:nop,nop,ws:df:0"])
    }
}
