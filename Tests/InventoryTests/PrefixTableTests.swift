//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Prefixes: to whom did IEEE give this address?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model
import Testing

@testable import Inventory

private enum IEEE {
    static let folder = "/usr/share/ieee-data/"
    static let sources: [[UInt8]]? = {
        let files = ["oui.csv", "mam.csv", "oui36.csv"].map { FileManager.default.contents(atPath: folder + $0) }
        let read = files.compactMap { $0.map { [UInt8]($0) } }
        return read.count == 3 ? read : nil
    }()
}

@Suite struct `Prefix table` {
    static let csv = """
        Registry,Assignment,Organization Name,Organization Address\r
        MA-L,0003B1,"ICU Medical, Inc.",600 N. Field Drive\r
        MA-L,BC6641,IEEE Registration Authority,445 Hoes Lane\r
        MA-M,BC66416,"Intuitive ""Surgical""  ",x\r
        MA-S,70B3D5C4E,Blumenbecker,x\r
        MA-L,0003B1,Somebody Later,x\r
        nonsense\r
        MA-L,12,too short,x
        """

    private func check(_ address: String, _ expected: String?, in table: PrefixTable) throws {
        #expect(table.vendor(of: try #require(HardwareAddress(address))) == expected, "\(address)")
    }

    @Test func `the longest prefix decides, and quotes are undone`() throws {
        let table = PrefixTable(builtFrom: [Array(Self.csv.utf8)])
        #expect(table.count == 3)
        try check("00:03:b1:12:34:56", "ICU Medical, Inc.", in: table)
        try check("bc:66:41:61:23:45", "Intuitive \"Surgical\"", in: table)
        try check("bc:66:41:71:23:45", nil, in: table)
        try check("70:b3:d5:c4:e1:23", "Blumenbecker", in: table)
        try check("70:b3:d5:c4:f1:23", nil, in: table)
        try check("02:03:b1:12:34:56", nil, in: table)
    }

    @Test func `the binary form reads back, and damage is refused or harmless`() throws {
        let table = PrefixTable(builtFrom: [Array(Self.csv.utf8)])
        let copy = try #require(PrefixTable(serialized: table.serialized))
        #expect(copy == table)
        #expect(copy.sourceDigest == PrefixTable.digest(of: [Array(Self.csv.utf8)]))
        for cut in 0..<table.serialized.count {
            #expect(PrefixTable(serialized: Array(table.serialized[..<cut])) == nil)
        }
        for place in PrefixTable.headerLength..<table.serialized.count {
            var damaged = table.serialized
            damaged[place] ^= 0xFF
            _ = PrefixTable(serialized: damaged)?.vendor(ofBits: 0x0003_B112_3456)
        }
    }

    @Test(.enabled(if: IEEE.sources != nil, "Debian's ieee-data is not installed"))
    func `the real lists name medical makers and the makers of modules`() throws {
        let table = PrefixTable(builtFrom: try #require(IEEE.sources))
        #expect(table.count > 40_000)
        try check("00:03:b1:00:00:01", "ICU Medical, Inc.", in: table)
        try check("00:09:fb:00:00:01", "Philips Patient Monitoring", in: table)
        try check("00:80:a3:00:00:01", "Lantronix", in: table)
        try check("bc:66:41:60:00:01", "Intuitive Surgical, Inc", in: table)
        let clock = ContinuousClock()
        let loading = clock.measure { #expect(PrefixTable(serialized: table.serialized) != nil) }
        #expect(loading < .milliseconds(5), "\(loading)")
    }
}
