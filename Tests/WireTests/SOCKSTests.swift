//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// SOCKS: the way to what is inside, and nothing of it is reported.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Testing

@testable import Wire

/// Goal: the dialogue is stepped over to the octet, whole or in pieces.
@Suite struct `SOCKS dialogues` {
    private func walk(_ client: [[UInt8]], _ server: [[UInt8]]) -> [StreamProgress] {
        var facts = Facts()
        var memories: (StreamMemory, StreamMemory) = (0, 0)
        var progress: [StreamProgress] = []
        for index in client.indices {
            let question = client[index]
            progress.append(SOCKS.read(question.span, .client, &memories.0, Packet(), into: &facts))
            guard index < server.count else { continue }
            let answer = server[index]
            progress.append(SOCKS.read(answer.span, .server, &memories.1, Packet(), into: &facts))
        }
        #expect(facts.entries.isEmpty)
        return progress
    }

    @Test func `version 5 with a password`() {
        let progress = walk(
            [[5, 2, 0, 2], [1, 1, 0x75, 2, 0x70, 0x71], [5, 1, 0, 3, 2, 0x61, 0x62, 0x01, 0xBB]],
            [[5, 2], [1, 0], [5, 0, 0, 1, 10, 0, 0, 1, 0x01, 0xBB]])
        #expect(progress == [.took(4), .took(2), .took(6), .took(2), .took(9), .handOver(10)])
    }

    @Test func `version 4, and 4a with a host name`() {
        let plain: [UInt8] = [4, 1, 1, 0xBB, 10, 0, 0, 1, 0x6D, 0]
        let named: [UInt8] = [4, 1, 1, 0xBB, 0, 0, 0, 7, 0x6D, 0, 0x68, 0x69, 0]
        let areRecognised = [SOCKS.recognises(plain.span, Packet()), SOCKS.recognises(named.span, Packet())]
        #expect(areRecognised == [true, true])
        #expect(walk([plain], [[0, 90, 0, 0, 0, 0, 0, 0, 22]]) == [.took(10), .handOver(8)])
        #expect(walk([named], [[0, 91, 0, 0, 0, 0, 0, 0]]) == [.took(13), .finished])
    }

    @Test func `pieces are waited for`() {
        var facts = Facts()
        var memory: StreamMemory = 0
        let greeting: [UInt8] = [5, 2, 0]
        let first = SOCKS.read(greeting.span, .client, &memory, Packet(), into: &facts)
        #expect(first == .more(4))
        memory = 1
        let request: [UInt8] = [5, 1, 0, 3, 200, 1]
        let second = SOCKS.read(request.span, .client, &memory, Packet(), into: &facts)
        #expect(second == .more(207))
    }

    @Test(arguments: [
        [5] as [UInt8], [5, 0], [5, 1], [5, 1, 0, 0], [5, 2, 0x30, 2], [4, 1], [4, 9, 1, 1, 10, 0, 0, 1, 0],
        [4, 1, 0, 0, 10, 0, 0, 1, 0], [4, 1, 1, 1, 10, 0, 0, 1, 0x61],
    ])
    func `what only looks like it is not taken for it`(bytes: [UInt8]) {
        let isRecognised = SOCKS.recognises(bytes.span, Packet())
        #expect(!isRecognised)
    }
}
