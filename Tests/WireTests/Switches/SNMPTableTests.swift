//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// SNMP messages and the tables that answer them: read, written, walked, and never too long.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Testing
import Wire

/// Goal: who asks our own agents sees what any agent would answer.
@Suite struct `SNMP messages` {
    private static let values: [SNMPValue] = [
        .integer(0), .integer(127), .integer(128), .integer(-1), .integer(-129), .integer(.max), .integer(.min),
        .octets([]), .octets(Array(repeating: 65, count: 300)), .name([1, 3, 6, 1, 4, 1, 4_294_967_295, 128, 0]),
        .name([2, 999, 3]), .counter32(0), .counter32(.max), .counter64(.max), .counter64(1 << 63), .counter64(255),
        .gauge(4_000_000_000), .ticks(1_234_567), .address(0x0A78_0101), .null,
    ]

    @Test(arguments: [SNMPMessage.Version.v1, .v2c])
    func `what is written is read again, value by value`(version: SNMPMessage.Version) throws {
        let bindings = Self.values.map { SNMPMessage.Binding([1, 3, 6, 1, 2, 1, 1, 5, 0], $0) }
        let message = SNMPMessage(
            .response, version: version, community: Array("ward".utf8), request: -77, first: 2, second: 3,
            bindings + [.init([1, 3], .endOfView), .init([1, 3], .noSuchObject), .init([1, 3], .noSuchInstance)])
        #expect(SNMPMessage(message.bytes.span) == message)
    }

    @Test func `the octets are those that net-snmp sends`() {
        // snmpgetnext -v2c -c public HOST 1.3.6.1.2.1, as on the wire (RFC 3416; request 1).
        let question = SNMPMessage(.getNext, community: Array("public".utf8), request: 1, [.init([1, 3, 6, 1, 2, 1])])
        #expect(
            question.bytes == [
                0x30, 0x23, 2, 1, 1, 4, 6, 0x70, 0x75, 0x62, 0x6C, 0x69, 0x63, 0xA1, 0x16, 2, 1, 1, 2, 1, 0, 2, 1, 0,
                0x30, 0x0B, 0x30, 9, 6, 5, 0x2B, 6, 1, 2, 1, 5, 0,
            ])
    }

    @Test func `a message that is cut or bent anywhere is none, and stops nobody`() throws {
        let message = SNMPMessage(
            .getBulk, community: [], request: 5, first: 0, second: 40,
            Self.values.map { .init([1, 3, 6, 200_000], $0) })
        let bytes = message.bytes
        for length in 0..<bytes.count { #expect(SNMPMessage(Array(bytes.prefix(length)).span) == nil) }
        let table = SNMPTable(SNMPRows([SNMPRow([1, 3, 6], .integer(1))]))
        for place in bytes.indices {
            for bits: UInt8 in [0x01, 0x80, 0xFF] {
                var bent = bytes
                bent[place] ^= bits
                if let read = SNMPMessage(bent.span) { _ = table.answer(read) }
            }
        }
    }

    @Test func `a message and its envelope are one reading, up to 255 octets of community`() {
        for length in [0, 1, 254, 255, 256] {
            let community = [UInt8](repeating: 0xC3, count: length)
            let bytes = SNMPMessage(.get, community: community, request: 1, [.init([1, 3])]).bytes
            #expect((SNMPMessage(bytes.span)?.community == community) == (length < 256))
            #expect((SNMPEnvelope(bytes.span) != nil) == (length < 256))
            // Longer than its datagram: neither.
            #expect(SNMPEnvelope(Array(bytes.dropLast()).span) == nil)
        }
        let old = SNMPMessage(.get, version: .v1, community: [65], request: 1, [])
        #expect(SNMPEnvelope(old.bytes.span) == .version1)
    }

    @Test func `numbers that do not fit their type are refused`() {
        // A counter of 32 bits in six octets; an address in five; an identifier of 40 bits.
        for (tag, octets): (UInt8, [UInt8]) in [
            (0x41, [1, 2, 3, 4, 5, 6]), (0x40, [1, 2, 3, 4, 5]), (0x06, [0x2B, 0x9F, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F]),
            (0x46, [1, 2, 3, 4, 5, 6, 7, 8, 9]), (0x02, []), (0x99, [1]),
        ] {
            let binding = [0x30, UInt8(octets.count + 5), 6, 1, 0x2B, tag, UInt8(octets.count)] + octets
            let list = [0x30, UInt8(binding.count)] + binding
            let body = [0xA2, UInt8(list.count + 9), 2, 1, 1, 2, 1, 0, 2, 1, 0] + list
            let whole = [0x30, UInt8(body.count + 5), 2, 1, 1, 4, 0] + body
            #expect(SNMPMessage(whole.span) == nil, "tag \(tag)")
        }
    }
}

@Suite struct `A table of SNMP rows` {
    private static let rows = SNMPRows(
        (0..<500).flatMap { number in
            [
                SNMPRow([1, 3, 6, 1, 2, 1, 2, 2, 1, 1, number &* number], .integer(Int64(number))),
                SNMPRow([1, 3, 6, 1, 2, 1, 31, 1, 1, 1, 1, number &* number], .octets(Array("Gi1/0/\(number)".utf8))),
            ]
        } + [SNMPRow([1, 3, 6, 1, 2, 1, 1, 1, 0], .octets(Array("a switch".utf8)))])
    private static let table = SNMPTable(rows)

    private func ask(
        _ kind: SNMPMessage.Kind, _ names: [ObjectName], first: Int32 = 0, second: Int32 = 0,
        of table: SNMPTable = Self.table
    ) throws -> SNMPMessage {
        let question = SNMPMessage(
            kind, community: Array("public".utf8), request: 9, first: first, second: second, names.map { .init($0) })
        let bytes = try #require(table.answer(question))
        #expect(bytes.count <= SNMPTable.mostOctets)
        let read = SNMPMessage(bytes.span)
        let answer = try #require(read)
        #expect(answer.kind == .response && answer.request == 9 && answer.community == question.community)
        return answer
    }

    @Test(arguments: [1, 7, 50, 1_000] as [Int32])
    func `walked with GETBULK gives every row once, in order`(repetitions: Int32) throws {
        var found: [SNMPRow] = []
        var at: ObjectName = [1, 3]
        walk: while found.count < 2_000 {
            let answer = try ask(.getBulk, [at], second: repetitions)
            #expect(!answer.bindings.isEmpty)
            for binding in answer.bindings {
                if binding.absence == .endOfView { break walk }
                found.append(SNMPRow(binding.name, binding.value))
                at = binding.name
            }
        }
        #expect(found == Self.rows.rows)
    }

    @Test func `walked with GETNEXT gives the same, and ends`() throws {
        var found: [SNMPRow] = []
        var at: ObjectName = [0, 0]
        while let binding = try ask(.getNext, [at]).bindings.first, binding.absence == nil {
            found.append(SNMPRow(binding.name, binding.value))
            at = binding.name
        }
        #expect(found == Self.rows.rows)
    }

    @Test func `says of each name whether there is no such object, or no such row`() throws {
        let answer = try ask(
            .get,
            [[1, 3, 6, 1, 2, 1, 1, 1, 0], [1, 3, 6, 1, 2, 1, 1, 1, 1], [1, 3, 6, 1, 9], [1, 3, 6, 1, 2, 1, 2, 2]])
        #expect(answer.bindings[0].value == .octets(Array("a switch".utf8)))
        #expect(answer.bindings.map(\.absence) == [nil, .noSuchInstance, .noSuchObject, .noSuchObject])
    }

    @Test func `asks some names once and the others again and again`() throws {
        let names: [ObjectName] = [[1, 3, 6, 1, 2, 1, 1], [1, 3, 6, 1, 2, 1, 2], [1, 3, 6, 1, 2, 1, 31]]
        let answer = try ask(.getBulk, names, first: 1, second: 3)
        #expect(
            answer.bindings.map(\.name) == [
                [1, 3, 6, 1, 2, 1, 1, 1, 0], [1, 3, 6, 1, 2, 1, 2, 2, 1, 1, 0], [1, 3, 6, 1, 2, 1, 31, 1, 1, 1, 1, 0],
                [1, 3, 6, 1, 2, 1, 2, 2, 1, 1, 1], [1, 3, 6, 1, 2, 1, 31, 1, 1, 1, 1, 1],
                [1, 3, 6, 1, 2, 1, 2, 2, 1, 1, 4], [1, 3, 6, 1, 2, 1, 31, 1, 1, 1, 1, 4],
            ])
    }

    @Test func `never answers more than fits: tooBig, or fewer rows`() throws {
        let long = SNMPTable(
            SNMPRows((1...4).map { SNMPRow([1, 3, $0], .octets(Array(repeating: 0x41, count: 600))) }))
        let both = try ask(.get, [[1, 3, 1], [1, 3, 2], [1, 3, 3]], of: long)
        #expect(both.first == SNMPMessage.Failure.tooBig && both.bindings.isEmpty)
        #expect(try ask(.getBulk, [[1, 3]], second: 10, of: long).bindings.count == 2)
        // A text longer than any answer is cut to one that fits.
        let endless = SNMPTable(SNMPRows([SNMPRow([1, 3, 1], .octets(Array(repeating: 0x41, count: 9_000)))]))
        #expect(try ask(.get, [[1, 3, 1]], of: endless).bindings[0].value.octets?.count == 400)
    }

    @Test(arguments: [.min, -1, 0, 5, .max] as [Int32], [.min, 0, 5, .max] as [Int32])
    func `meets any number of repetitions calmly`(first: Int32, second: Int32) throws {
        _ = try ask(.getBulk, [[1, 3], [1, 3, 6, 1, 2, 1, 31]], first: first, second: second)
        _ = try ask(.getBulk, [], first: first, second: second)
        _ = try ask(.getBulk, [[1, 3]], first: first, second: second, of: SNMPTable(SNMPRows([])))
    }

    @Test func `is never written to, and answers no answer`() throws {
        #expect(try ask(.set, [[1, 3, 6]]).first == SNMPMessage.Failure.notWritable)
        for kind: SNMPMessage.Kind in [.response, .trap, .inform, .report] {
            #expect(Self.table.answer(SNMPMessage(kind, community: [], request: 1, [])) == nil)
        }
        #expect(Self.table.answer(SNMPMessage(.get, version: .v1, community: [], request: 1, [])) == nil)
    }

    @Test func `writes recordings that are read to the same rows`() {
        let rows: [SNMPRow] = [
            SNMPRow([1, 3, 1], .integer(-5)), SNMPRow([1, 3, 2], .octets([0, 27, 255])),
            SNMPRow([1, 3, 3], .octets(Array("GigabitEthernet1/0/1".utf8))), SNMPRow([1, 3, 4], .name([1, 3, 6])),
            SNMPRow([1, 3, 5], .address(0x0A01_0203)), SNMPRow([1, 3, 6], .counter32(7)),
            SNMPRow([1, 3, 7], .gauge(8)),
            SNMPRow([1, 3, 8], .ticks(9)), SNMPRow([1, 3, 9], .counter64(.max)), SNMPRow([1, 3, 10], .octets([])),
            SNMPRow([1, 3, 11], .octets(Array("a|b".utf8))),
        ]
        let text = rows.map { $0.snmprec + "\n" }.joined()
        let read = WalkFile(Array(text.utf8))
        #expect(read.troubles.isEmpty)
        #expect(read.rows == rows)
    }
}
