//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Versions: is this one of those that the advisory means? At each edge, and when nobody can say.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Testing

@testable import Defense

@Suite("Versions")
struct VersionTests {
    @Test(
        "A range holds at its edge and not beyond it",
        arguments: [
            // range, inside, outside; as written in advisories of CISA's medical series.
            ("vers:all/*", ["1.0", "K", "anything 3"], []),
            ("*", ["1.0"], []),
            ("all versions", ["9"], []),
            ("vers:intdot/>=1.3.4|<1.5.3", ["1.3.4", "1.5.2"], ["1.3.3", "1.5.3"]),
            ("vers:deb/<1%2E2|>=2.0|<2.5|!=2.1", ["1.1", "2.0", "2.4"], ["1.2", "2.1", "2.5"]),
            ("vers:generic/3.1|4.0", ["3.1", "4.0.0"], ["3.2", "4.0.1"]),
            ("< 2.3.6", ["2.3.5", "2.3", "0.9", "2.3.5.99"], ["2.3.6", "2.3.6.0", "2.4"]),
            ("<= R4.1L1", ["R4.1L1", "4.1L1", "R3.9", "R4.0L9"], ["R4.1L2", "R4.2", "5"]),
            ("<= R8.0.3", ["8.0.3", "R8.0.3"], ["R8.0.4"]),
            ("<=3.0.0.0", ["3.0.0.0", "3", "3.0"], ["3.0.0.1"]),
            (">= 1.3.4 | < 1.5.3", ["1.3.4", "1.4", "1.5.2.9"], ["1.3.3", "1.5.3"]),
            (">= 4.01 | <= 4.34", ["4.01", "4.1", "4.34"], ["4.0", "4.35"]),
            (">= 1.0.0  | <= 1.3.1", ["1.0", "1.3.1"], ["0.9", "1.3.2"]),
            (">= 2.0", ["2.0", "7"], ["1.9.9"]),
            ("<= U61 |<= L81", ["U61", "L81", "U60", "L1"], ["U62", "L82"]),
            ("A10 < A11", ["A10"], ["A9", "A11", "A12"]),
            ("A10 | A11", ["A10", "A11"], ["A12", "A09"]),
            ("9.7", ["9.7", "9.7.0", "v9.7"], ["9.70", "9.7.1", "9.6"]),
            ("1.3.1 Build 13", ["1.3.1 Build 13", "1.3.1 build 13"], ["1.3.1 Build 14", "1.3.2"]),
            ("1.1.3 MR Build 11", ["1.1.3 MR Build 11"], ["1.1.3 MR Build 12", "1.1.3 Build 10", "1.1.4"]),
            ("LPI 3.5.12.P30", ["LPI 3.5.12.P30", "LPI 3.5.12.p30"], ["LPI 3.5.12.P31", "LPI 3.5.13"]),
            ("5.0|5.1", ["5.0", "5.1"], ["5.2", "4.9"]),
            ("BT03 | BT04 | BT06", ["BT03", "BT06"], ["BT05", "BT07"]),
            (">=BT02 | <= BT06", ["BT02", "BT05", "BT06"], ["BT01", "BT07"]),
            ("HD 16 | HD23", ["HD16", "HD 16", "HD23"], ["HD24", "HD 17"]),
            ("SV20.1 | SV23.0", ["SV20.1", "SV23"], ["SV23.1"]),
            ("3.36 | 3.40", ["3.36", "3.40"], ["3.4", "3.41"]),
            ("9.13 | 9.19 | 9.33 | 12.1", ["9.19", "12.1"], ["9.20", "12.1.1"]),
            ("5.x.x", ["5", "5.3", "5.3.1", "5.9.9.9"], ["4.9", "6.0"]),
            ("2.X", ["2.0", "2.9.1"], ["3.0", "1.9"]),
            ("4.X | 5.X", ["4.1", "5.0.2"], ["6.0", "3.9"]),
            ("<= 12.2.x.x", ["12.2.8.410", "12.1", "11"], ["12.3", "13.0.0.0"]),
            ("< 3.x", ["2.9"], ["3.0", "3.1", "4"]),
            ("v8.x", ["8.00.01", "v8.2"], ["v9.0", "7.9"]),
            ("2.3.6 and  below", ["2.3.6", "1.0"], ["2.3.7"]),
            ("2.3.6 and prior", ["2.3.6"], ["2.3.6.1"]),
            ("1.4.1 or lower", ["1.4.1"], ["1.4.2"]),
            ("Versions 1.0 and earlier versions", ["1.0", "0.5"], ["1.1"]),
            ("v3.4.1 (and prior)", ["3.4.1"], ["3.4.2"]),
            ("all versions prior to 2.4.0", ["2.3.9"], ["2.4.0"]),
            ("prior to v1.52", ["1.51"], ["1.52", "1.60", "2"]),
            ("before 4.03.00", ["4.02.99"], ["4.03.00"]),
            ("up to and including 7.6", ["7.6"], ["7.7"]),
            ("4.4 through 4.12", ["4.4", "4.5", "4.12"], ["4.3", "4.13"]),
            ("versions 1.1 to 1.3.2", ["1.1", "1.3.2"], ["1.3.3", "1.0"]),
            ("2.0 and later", ["2.0", "3"], ["1.9"]),
            ("later than 2.0", ["2.1"], ["2.0"]),
            ("A.07.107", ["A.07.107"], ["A.07.108", "B.07.107"]),
            ("<= S4 A.07.107", ["S4 A.07.107", "S4 A.06.9"], ["S4 A.07.108"]),
            ("<= C.00.04", ["C.00.04", "C.00.03", "B.12"], ["C.00.05", "D.00"]),
            ("<= B.12", ["B.12", "A.01"], ["B.13", "C.01"]),
            ("<8/30/2024", ["8/29/2024", "2024-08-29", "12/31/2023"], ["8/30/2024", "2024-08-30", "1/13/2025"]),
            (
                "<= 2023.3_Build_9342", ["2023.3_Build_9342", "2023.3 Build 9341", "2022.9"],
                ["2023.3_Build_9343", "2023.4"]
            ),
            ("<=5.17.1-754993421", ["5.17.1-754993421", "5.17.0-999999999"], ["5.17.1-754993422", "5.17.2-1"]),
            ("< 012U000040", ["012U000039"], ["012U000040", "012U000093"]),
            ("<= 012U000061", ["012U000061"], ["012U000062"]),
            ("<= 3.0 D15", ["3.0 D15", "3.0 D14", "2.9 D20"], ["3.0 D16", "3.1"]),
            ("<= D25", ["D25", "vD24"], ["D26", "vD29"]),
            ("<= K", ["K", "J", "A"], ["L", "M"]),
            ("<=N", ["N", "M", "N.0"], ["O", "P"]),
            ("<= 2.6A", ["2.6A", "2.5A", "2.6"], ["2.6B", "2.7A", "2.7"]),
            ("5.89.05b", ["5.89.05b"], ["5.89.05c", "5.89.05", "5.89.06"]),
            ("1.4.2.0-9d9eff4", ["1.4.2.0-9d9eff4"], ["1.4.2.1", "1.4.3"]),
            ("<= 4107600010.23", ["4107600010.23", "4107600009.99"], ["4107600010.24", "41076000100"]),
            (">= 2018-1 | <= 2021-1", ["2018-1", "2020-2", "2021-1"], ["2017-2", "2021-2"]),
            (
                "< 1.8.4 Service Pack 01", ["1.8.3", "1.8.4"],
                ["1.8.4 Service Pack 01", "1.8.4 SP1", "1.8.4 SP02", "1.8.5"]
            ),
            ("4.20 | 4.20 SR1 | 4.30", ["4.20", "4.20 SR1", "4.30"], ["4.20 SR2", "4.31", "4.10"]),
            ("2.0.0.0 - 2.4.1", ["2.0", "2.4.1"], ["1.9", "2.4.2"]),
            ("≤ 3.64", ["3.64"], ["3.65"]),
            (
                "<= September_19_2025", ["2025-09-19", "9/18/2025", "September_19_2025"],
                ["2025-09-20", "September_20_2025"]
            ),
            ("< november 29 2017", ["2017-11-28", "28 November 2017"], ["2017-11-29", "11/30/2017"]),
            ("<May 2018", ["2018-04-30"], ["2018-05-01"]),
            ("< July 1, 2017", ["2017-06-30"], ["7/17/2017"]),
            ("<= 4.0.0.3 and >= 4.0.0.0", ["4.0.0.0", "4.0.0.3"], ["4.0.0.4", "3.9", "9.0"]),
            ("<2.0|>=1.0", ["1.0", "1.9"], ["0.9", "2.0"]),
            ("2.0-2.5", ["2.0", "2.3", "2.5"], ["1.9", "2.6"]),
            ("01-03", ["01-03"], ["01-02", "01-04", "02-03"]),
            ("<= 1.8.0-26", ["1.8.0-26", "1.8.0-25"], ["1.8.0-27"]),
            ("less than or equal to 2.0", ["2.0"], ["2.1"]),
            ("A.01 <= C.0x | 4.0", ["A.01", "B.02", "C.00", "C.09", "4.0"], ["C.10", "D.01", "4.1", "3.9"]),
            ("< C.0x", ["B.99"], ["C.00", "C.05"]),
            ("(Release 1.3.2 1.4.0 1.4.1 1.4.3)", ["1.3.2", "1.4.3"], ["1.3.1", "1.4.2", "1.4.4"]),
            (
                "053L000091 (global) / 054U000091 (U.S.) and 053L000092 (global) / 054U000092 (U.S.)",
                ["053L000091", "054U000092"], ["053L000093", "054U000090", "053L000090"]
            ),
            ("<= 2.01 (end-of-life Nov 2017)", ["2.01"], ["2.02"]),
            ("<= GEH-1.1 (integrated into a dock)", ["GEH-1.1", "GEH-1.0"], ["GEH-1.2", "GEH-1.14"]),
            ("* (end-of-life 2011)", ["1.0"], []),
            ("vers:all/<=3.0.11.5_BN9", ["3.0.11.5 BN9", "3.0.11.4"], ["3.0.11.5_BN10", "3.0.11.6"]),
            ("<V3.19_P020", ["V3.19 P019", "3.18"], ["V3.19 P020", "V3.20"]),
            ("<=14.0.1_Build_2024-02-28", ["14.0.1_Build_2024-02-28", "14.0"], ["14.0.2", "14.0.1 Build 2024-02-29"]),
            ("99999999999999999999999999", ["99999999999999999999999999"], ["99999999999999999999999998"]),
        ] as [(String, [String], [String])])
    func edges(range: String, inside: [String], outside: [String]) throws {
        let read = VersionRange(range)
        for text in inside { #expect(try read.contains(#require(VersionText(text))) == true, "\(range) has \(text)") }
        for text in outside {
            #expect(try read.contains(#require(VersionText(text))) == false, "\(range) has not \(text)")
        }
    }

    @Test(
        "Where letters or words stand against digits, nobody can say",
        arguments: [
            ("<= U61 |<= L81", ["X12", "3.0", "U"]),
            ("<= 012U000061", ["011L000093", "U61"]),
            ("<= 3.0 D15", ["3.0", "3.0 E2"]),
            ("<= K", ["3.1", "K.01"]),
            ("1.3.1 Build 13", ["1.3.1", "1.3.1.13"]),
            ("<= 2.6A", ["2.6.1"]),
            ("HD 16 | HD23", ["16.0", "SV23"]),
            ("<8/30/2024", ["3.1", "2024.8"]),
            ("up to 7.6.2", ["7.6.2"]),
            ("<= R4.1L1", ["R4.1M1", "R4.1"]),
            ("<May 2018", ["A.07.05", "3.1"]),
        ] as [(String, [String])])
    func undecided(range: String, versions: [String]) throws {
        let read = VersionRange(range)
        #expect(!read.isProse)
        for text in versions { #expect(try read.contains(#require(VersionText(text))) == nil, "\(range), \(text)") }
    }

    @Test(
        "Prose is left to a person",
        arguments: [
            "MMT-511 pump Paradigm", "MMT-512 / MMT-712 Paradigm x12", "Rev J-M | (X3/MX100 for Rev M only)", "Rev B-M",
            "with wireless option (shipped between 26-June-2017 through 07-August 2018)", "653 MCE 3.x",
            "UDI/Model/NDC number ZXP425 (10-Pack) | ZXR425 (10-Pack Canada)",
            "Product ID/Reorder number 19191 | 40160",
            "< august 28", "<=11.2 on Windows 8.1 with IIS 7.5", "882300 Gemini 16 Slice", "2nd Edition", "IGS",
            "<5/6/2024",
            "Version A, Firmware A.03.09", "* (excluding 40 R1-3 and 50 R4-5)",
            "* running on old systems such as Windows 2000",
            "distributed  < april 1, 2018", "<= November 2017", "1.0 (WLAN only)", "2.0 (end of life, except 3)",
            "Accu-Chek Inform II Base Unit NEW with Software 04.00.00 or newer",
            "base units (BU)|handheld base units (HBU)",
            "all Alaris PC units", "", "see bulletin", "vers:semver/nothing here", "x.x", "-",
        ])
    func prose(text: String) {
        #expect(VersionRange(text).isProse)
        #expect(VersionText("1.0").flatMap { VersionRange(text).contains($0) } == nil)
    }

    @Test("Order is the same from both sides")
    func turned() {
        let texts = [
            "1.0", "1.0.0", "1.1", "2.6A", "2.6", "K", "N.01", "U61", "L81", "012U000061", "3.0 D15", "1.8.4 SP1",
            "1.8.4", "2024-08-30",
            "8/30/2024", "1.0 beta", "1.0 RC2", "HD 16", "HD16", "1.3.1 Build 13", "R4.1L1", "00012", "12",
        ].compactMap { VersionText($0) }
        for one in texts {
            #expect(one.compared(to: one) == .same)
            for other in texts {
                #expect(one.compared(to: other) == other.compared(to: one)?.turned, "\(one.text) \(other.text)")
            }
        }
    }

    @Test("No text, however odd, stops the reading")
    func odd() {
        for text in [
            "", " ", "|||", "<<<<", ">=", "<= ", "(((", "vers:", "vers:/", "vers:x/%", "vers:x/%zz",
            String(repeating: "9", count: 5_000),
            String(repeating: "1|", count: 5_000), "\u{0}", "é1", "1.2\u{301}", "prior to", "and prior", "up to",
            "from", "X < ",
        ] {
            _ = VersionText("1.0").map { VersionRange(text).contains($0) }
            _ = VersionText(text)
        }
    }
}
