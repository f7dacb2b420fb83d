//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Streams: however the segments come, the parser sees one stream.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Support
import Testing
import Wire

@Suite struct `Streams` {
    private static func pieces(_ size: Int) -> [(UInt32, [UInt8])] {
        stride(from: 0, to: Cable.request.count, by: size).map { start in
            (UInt32(1_000 + start), Array(Cable.request[start..<min(start + size, Cable.request.count)]))
        }
    }

    @Test(arguments: [1, 3, 7, 20, 200])
    func `a request in pieces of any size is one request`(size: Int) {
        var cable = Cable()
        for (sequence, piece) in Self.pieces(size) { cable.add(Cable.tcp(piece, sequence: sequence)) }
        #expect(cable.read().values(.httpUserAgent) == ["Ward/1.0"])
        #expect(cable.read().values(.httpHost) == ["pump.example"])
    }

    @Test func `pieces in the wrong order wait for the missing one`() {
        var cable = Cable()
        let pieces = Self.pieces(12)
        cable.add(Cable.tcp(pieces[0].1, sequence: pieces[0].0))
        for (sequence, piece) in pieces.dropFirst().reversed() { cable.add(Cable.tcp(piece, sequence: sequence)) }
        #expect(cable.read().values(.httpUserAgent) == ["Ward/1.0"])
        #expect(cable.read().oddities[.streamGap] == nil)
    }

    @Test func `what is sent again, whole or in part, is read once`() {
        var cable = Cable()
        cable.add(Cable.tcp(Array(Cable.request[..<30]), sequence: 1_000))
        cable.add(Cable.tcp(Array(Cable.request[..<30]), sequence: 1_000, identification: 8))
        cable.add(Cable.tcp(Array(Cable.request[10...]), sequence: 1_010))
        let facts = cable.read().facts.filter { $0.field == .httpUserAgent }
        #expect(facts.map(\.value) == ["Ward/1.0"])
    }

    @Test func `a sequence number may wrap round in the middle`() {
        var cable = Cable()
        cable.add(Cable.tcp(Array(Cable.request[..<20]), sequence: UInt32.max - 9))
        cable.add(Cable.tcp(Array(Cable.request[20...]), sequence: 10))
        #expect(cable.read().values(.httpUserAgent) == ["Ward/1.0"])
    }

    @Test func `a segment that never came is given up, and reading goes on behind it`() {
        var cable = Cable()
        cable.add(Cable.tcp(Array(Cable.request[..<20]), sequence: 1_000))
        // Nine whole requests come after a hole.
        for round in 0..<9 {
            cable.add(Cable.tcp(Cable.request, sequence: UInt32(5_000 + round * Cable.request.count)))
        }
        #expect(cable.read().values(.httpUserAgent) == ["Ward/1.0"])
        #expect(cable.read().oddities[.streamGap] == 1)
    }

    @Test func `the same ports again are a new connection`() {
        var cable = Cable()
        for round in 0..<2 {
            let start = UInt32(round * 1_000_000)
            cable.add(Cable.tcp([], sequence: start, flags: .synchronise))
            cable.add(Cable.tcp(Cable.request, sequence: start + 1))
        }
        #expect(cable.read().facts.filter { $0.field == .httpUserAgent }.count == 2)
    }

    @Test func `a message longer than any that identifies is given up at the limit, by name`() {
        var cable = Cable()
        // A TLS handshake message of 60,000 octets in records of 1,000.
        let record: [UInt8] = [0x16, 3, 1, 3, 0xE8]
        var sequence: UInt32 = 1
        for number in 0..<60 {
            let head: [UInt8] = number == 0 ? [1, 0, 0xEA, 0x60, 3, 3] : []
            let piece = record + head + [UInt8](repeating: 0, count: 1_000 - head.count)
            cable.add(Cable.tcp(piece, sequence: sequence, port: 443))
            sequence += UInt32(piece.count)
        }
        let reading = cable.read()
        #expect(reading.values(.tlsJa4).isEmpty)
        #expect(!reading.oddities.isEmpty)
    }
}
