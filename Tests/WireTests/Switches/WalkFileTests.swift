//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Walk files: both forms of recordings, broken lines, and limits.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Testing
import Wire

@Suite struct `Walk files` {
    private func read(_ text: String, limits: WalkLimits = WalkLimits()) -> WalkFile {
        WalkFile(Array(text.utf8), limits: limits)
    }

    /// The value of the only row, which must be the only line.
    private func check(_ line: String, is value: SNMPValue, sourceLocation: SourceLocation = #_sourceLocation) {
        let file = read(line)
        #expect(file.rows.map(\.value) == [value], sourceLocation: sourceLocation)
        #expect(file.oddities.isEmpty, sourceLocation: sourceLocation)
    }

    private func refuse(_ line: String, as oddity: Oddity, sourceLocation: SourceLocation = #_sourceLocation) {
        let file = read("1.3.6.1|2|1\n" + line)
        #expect(file.rows.count == 1, sourceLocation: sourceLocation)
        #expect(file.troubles == [.init(line: 2, oddity: oddity)], sourceLocation: sourceLocation)
    }

    @Test func `every tag of a recording is read`() {
        check("1.3.6.1.1|2|-7", is: .integer(-7))
        check("1.3.6.1.1|4|ward 3 | east", is: .octets(Array("ward 3 | east".utf8)))
        check("1.3.6.1.1|4|", is: .octets([]))
        check("1.3.6.1.1|4x|00a0ff", is: .octets([0, 0xA0, 0xFF]))
        check("1.3.6.1.1|4e|a\\n\\x1b\\\\", is: .octets([0x61, 0x0A, 0x1B, 0x5C]))
        check("1.3.6.1.1|5|", is: .null)
        check("1.3.6.1.1|6|.1.3.6.1.4.1.9", is: .name([1, 3, 6, 1, 4, 1, 9]))
        check("1.3.6.1.1|64|10.0.0.255", is: .address(0x0A00_00FF))
        check("1.3.6.1.1|64x|0a0000ff", is: .address(0x0A00_00FF))
        check("1.3.6.1.1|65|4294967295", is: .counter32(4_294_967_295))
        check("1.3.6.1.1|66|5", is: .gauge(5))
        check("1.3.6.1.1|67|5", is: .ticks(5))
        check("1.3.6.1.1|68x|9f78", is: .octets([0x9F, 0x78]))
        check("1.3.6.1.1|70|18446744073709551615", is: .counter64(.max))
    }

    @Test func `a value that snmpsim varies is what it begins with`() {
        check("1.3.6.1.1|2:numeric|scale=5,wrap=1,min=100,max=300,initial=154", is: .integer(154))
        check("1.3.6.1.1|67:numeric|rate=100", is: .ticks(0))
        check("1.3.6.1.1|4:writecache|value=ward-3", is: .octets(Array("ward-3".utf8)))
        check("1.3.6.1.1|4:delay|wait=5,hexvalue=0aff", is: .octets([0x0A, 0xFF]))
    }

    @Test func `every type that snmpwalk writes is read`() {
        check(".1.3.6.1.1 = INTEGER: up(1)", is: .integer(1))
        check(".1.3.6.1.1 = INTEGER: -42", is: .integer(-42))
        check(".1.3.6.1.1 = INTEGER: 12 dBm", is: .integer(12))
        check(".1.3.6.1.1 = Gauge32: 1000000000", is: .gauge(1_000_000_000))
        check(".1.3.6.1.1 = Counter32: 7", is: .counter32(7))
        check(".1.3.6.1.1 = Counter64: 70", is: .counter64(70))
        check(".1.3.6.1.1 = Timeticks: (4711) 0:00:47.11", is: .ticks(4_711))
        check(".1.3.6.1.1 = OID: .1.3.6.1.4.1.9", is: .name([1, 3, 6, 1, 4, 1, 9]))
        check(".1.3.6.1.1 = IpAddress: 10.0.0.7", is: .address(0x0A00_0007))
        check(".1.3.6.1.1 = Network Address: 0A:00:00:07", is: .address(0x0A00_0007))
        check(".1.3.6.1.1 = BITS: 60 00 read(1) write(2)", is: .octets([0x60, 0]))
        check(".1.3.6.1.1 = STRING: \"ward-3\"", is: .octets(Array("ward-3".utf8)))
        check(".1.3.6.1.1 = STRING: ward-3", is: .octets(Array("ward-3".utf8)))
        check(".1.3.6.1.1 = \"\"", is: .octets([]))
        check(".1.3.6.1.1 = Hex-STRING: 00 1A FF ", is: .octets([0, 0x1A, 0xFF]))
        check(".1.3.6.1.1 = Wrong Type (should be INTEGER): STRING: \"7\"", is: .octets([0x37]))
        check(".1.3.6.1.1 = Wrong Type (should be Gauge32 or Unsigned32): INTEGER: 7", is: .integer(7))
        check(".1.3.6.1.1 = No Such Object available on this agent at this OID", is: .absent)
        check(".1.3.6.1.1 = No Such Instance currently exists at this OID", is: .absent)
        check(".1.3.6.1.1 = No more variables left in this MIB View (It is past the end of the MIB tree)", is: .absent)
        check(".1.3.6.1.1 = NULL", is: .null)
        check("iso.3.6.1.1 = INTEGER: 3", is: .integer(3))
    }

    @Test func `texts and octets run over several lines`() {
        let file = read(
            """
            .1.3.6.1.2.1.1.1.0 = STRING: "Cisco IOS \\"XE\\"
            Copyright \\\\ 1986

            .1.3.6.1.9 = INTEGER: 9"
            .1.3.6.1.2.1.1.4.0 = STRING: Cisco NX-OS
            Compiled today
            .1.3.6.1.2.1.17.1.1.0 = Hex-STRING: 00 01 02 03
            04 05\u{20}
            .1.3.6.1.2.1.1.7.0 = INTEGER: 6
            """)
        #expect(
            file.rows.map(\.value) == [
                .octets(Array("Cisco IOS \"XE\"\nCopyright \\ 1986\n\n.1.3.6.1.9 = INTEGER: 9".utf8)),
                .octets(Array("Cisco NX-OS\nCompiled today".utf8)), .octets([0, 1, 2, 3, 4, 5]), .integer(6),
            ])
        #expect(file.oddities.isEmpty)
    }

    @Test func `a text whose quote never closes costs one line`() {
        let file = read(".1.3.6.1.1 = STRING: \"broken\n.1.3.6.1.2 = INTEGER: 1\n.1.3.6.1.3 = INTEGER: 2\n")
        #expect(file.rows.map(\.value) == [.octets(Array("broken".utf8)), .integer(1), .integer(2)])
    }

    @Test func `comments, blanks, line ends of Windows and its mark are no trouble`() {
        let file = read("\u{FEFF}# recorded at night\r\n\r\n1.3.6.1.1|4|ward\r\n.1.3.6.1.2 = STRING: \"x\"\r\n")
        #expect(file.rows.map(\.value.text) == ["ward", "x"])
        #expect(file.oddities.isEmpty && file.lines == 2)
    }

    @Test func `what breaks the form is named with its line`() {
        refuse("hello", as: .walkJunk)
        refuse("1.3.6|2", as: .walkJunk)
        refuse("Timeout: No Response from 10.0.0.1", as: .walkJunk)
        refuse("1..3|2|1", as: .walkBadName)
        refuse("4294967296.1|2|1", as: .walkBadName)
        refuse("1.3|2|seven", as: .walkBadValue)
        refuse("1.3|65|4294967296", as: .walkBadValue)
        refuse("1.3|64|1.2.3.256", as: .walkBadValue)
        refuse("1.3|4x|0g", as: .walkBadValue)
        refuse("1.3|4x|0a0", as: .walkBadValue)
        refuse("1.3|99|1", as: .walkUnknownType)
        refuse("1.3|4y|1", as: .walkUnknownType)
        refuse(".1.3.6 = Purple: 1", as: .walkUnknownType)
        refuse(".1.3.6 = Counter32: -1", as: .walkBadValue)
    }

    @Test func `objects named by words are counted apart, for the cure is -On`() {
        let file = read("IF-MIB::ifName.1 = STRING: Gi0/1\nSNMPv2-MIB::sysName.0 = STRING: x\n")
        #expect(file.wordedLines == 2 && file.rows.isEmpty)
    }

    @Test func `rows and values end at their limits`() {
        var limits = WalkLimits()
        limits.rows = 2
        limits.value = 3
        let file = read("1.3.1|4|abcd\n1.3.2|4|abc\n1.3.3|2|1\n", limits: limits)
        #expect(file.rows.map(\.value.text) == ["abc", "abc"])
        #expect(file.oddities == [.walkValueTooLong: 1, .walkTooManyRows: 1])
    }

    @Test func `names have at most 128 numbers of 32 bits`() {
        let most = Array(repeating: "1", count: 128).joined(separator: ".")
        #expect(ObjectName(most.utf8)?.numbers.count == 128)
        #expect(ObjectName((most + ".1").utf8) == nil)
        #expect(ObjectName("1".utf8) == nil && ObjectName("".utf8) == nil && ObjectName("1.3.".utf8) == nil)
        #expect(ObjectName("1.4294967295".utf8)?.numbers == [1, 4_294_967_295])
    }

    @Test func `rows are put in order, and the first of two answers counts`() {
        let rows = SNMPRows([
            SNMPRow([1, 3, 2], .integer(2)), SNMPRow([1, 3, 1], .integer(1)), SNMPRow([1, 3, 2], .integer(3)),
        ])
        #expect(rows.rows.map(\.value) == [.integer(1), .integer(2)])
        #expect(rows.duplicates == 1)
        #expect(rows.column([1, 3]).map(\.index) == [[1], [2]])
    }

    @Test func `addresses are read as octets and as net-snmp writes them`() {
        #expect(SNMPValue.octets([0, 0x1B, 0xC, 0x22, 0x33, 4]).hardware?.description == "00:1b:0c:22:33:04")
        #expect(SNMPValue.octets(Array("0:1b:c:22:33:4".utf8)).hardware?.description == "00:1b:0c:22:33:04")
        #expect(SNMPValue.octets(Array("0:1b:c:22:33".utf8)).hardware == nil)
        #expect(SNMPValue.octets(Array("0:1b:c:22:33:zz".utf8)).hardware == nil)
    }
}
