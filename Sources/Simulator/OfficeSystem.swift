//===----------------------------------------------------------------------===//
// Wardlight · Simulator
//
// Office systems: which Windows a station runs, how it tells it, and until when it is mended.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Wire

/// A Windows as it shows itself when a station signs on to the file server.
struct OfficeSystem: Sendable {
    /// What can be known of it from its build: systems that share one are one.
    var name: String
    /// MS-NLMP, 2.2.2.10.
    var release: SMB.Release
    /// Last day of updates of the last edition that it may be, as Microsoft's lifecycle pages say.
    var end: Timestamp?

    /// Windows 10 of 2004 and later tell one build: it may be the edition that is mended until 2032.
    static let usual = OfficeSystem(name: "Windows 10 2004", release: .windows10, end: day("2032-01-13"))
    static let all = [
        usual,
        // A last one is mended until 2021: POSReady 7.
        OfficeSystem(
            name: "Windows 7 or Server 2008 R2", release: .init(major: 6, minor: 1, build: 7_601),
            end: day("2021-10-12")),
        OfficeSystem(
            name: "Windows 10 1703", release: .init(major: 10, minor: 0, build: 15_063), end: day("2019-10-08")),
        OfficeSystem(
            name: "Windows 10 1809 or Server 2019", release: .init(major: 10, minor: 0, build: 17_763),
            end: day("2029-01-09")),
        OfficeSystem(
            name: "Windows 10 22H2", release: .init(major: 10, minor: 0, build: 19_045), end: day("2025-10-14")),
    ]

    /// Most are the usual one; every fifth is another, in turn.
    static func of(station number: Int) -> OfficeSystem {
        number % 5 == 2 ? all[1 + number / 5 % (all.count - 1)] : usual
    }

    private static func day(_ text: String) -> Timestamp? { Timestamp(rfc3339: text + "T00:00:00Z") }
}
