//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// accept and compensate: who let a device in, until when, and what keeps it safe.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model
import Support
import Testing
import Wire

/// Goal: a loan has a person, a reason and an end, and can be taken back.
@Suite(.enabled(if: Command.isHere)) struct `An acceptance` {
    private let scratch: Scratch
    private let log: String
    private let who = ["--by", "Ruth Weber", "--reason", "the maker lends it for a trial"]

    init() throws {
        scratch = try Scratch()
        var staged = StagedCapture()
        for number in [UInt16(7), 8] {
            let host = StagedCapture.Host(number)
            staged.udp(
                host, 68, .init(1), 67,
                DHCPv4.write(
                    .request, transaction: 7, client: host.hardware,
                    options: [.hostname("bed-\(number)"), .vendorClass("CareBox 2000 R3")]))
            staged.udp(host, 50_000, .init(2), 123, [0x23] + Array(repeating: 0, count: 47))
        }
        log = scratch.path("ward.log")
        let capture = try scratch.write("ward.pcap", staged.bytes)
        let saved = try Command.run(["inventory", "--capture", capture, "--save", log])
        guard saved.code == 0 else { throw CocoaError(.fileWriteUnknown) }
    }

    private func accept(_ arguments: [String]) throws -> Ran {
        try Command.run(["accept", "bed-7"] + arguments + ["--from", log] + who)
    }

    private func compensate(_ arguments: [String]) throws -> Ran {
        try Command.run(["compensate", "bed-7"] + arguments + ["--from", log] + who)
    }

    @Test func `is kept through its last day, said, changed and taken back`() throws {
        let loan = try accept(["--as", "loaner", "--until", "2199-12-31"])
        #expect(loan.code == 0, "\(loan.errors)")
        #expect(loan.text.contains("acceptance nobody's became loaner until 2199-12-31T23:59:59.999999999Z"))
        #expect(loan.text.contains("as decided by Ruth Weber"))
        #expect(try accept(["--as", "loaner", "--until", "2199-12-31"]).text.contains("Nothing changes now"))
        let moment = try accept(["--as", "trial", "--until", "2199-12-31T18:00:00+01:00"])
        #expect(moment.text.contains("became trial until 2199-12-31T17:00:00Z"))
        #expect(try accept(["--as", "owned"]).text.contains("became owned\n"))
        #expect(try accept(["--withdraw"]).text.contains("acceptance owned became nobody's"))
        let again = try accept(["--withdraw"])
        #expect(again.code == 1 && again.complaints.count == 1)
    }

    @Test func `of a control names the measure, the owner and the review, one for each advisory`() throws {
        let first = ["--measure", "a network of its own", "--owner", "Network team", "--review", "2199-06-30"]
        #expect(
            try compensate(first).text.contains("control none became a network of its own (Network team, review by"))
        let second = try compensate(first + ["--advisory", "ICSMA-21-294-01"])
        #expect(second.text.contains("control for ICSMA-21-294-01 none became"))
        #expect(try compensate(first).text.contains("Nothing changes now"))
        #expect(try compensate(["--withdraw", "--advisory", "ICSMA-21-294-01"]).text.contains("became none"))
        let again = try compensate(["--withdraw", "--advisory", "ICSMA-21-294-01"])
        #expect(again.code == 1 && again.complaints.count == 1)
        #expect(try compensate(["--withdraw"]).code == 0)
    }

    @Test(arguments: [
        (["--as", "loaner"], "needs --until"), ([], "Say whose it is"), (["--as", "stolen"], "--as"),
        (["--as", "loaner", "--until", "2020-01-01"], "is over"), (["--as", "trial", "--until", "soon"], "is no day"),
        (["--as", "trial", "--until", "2199-02-30"], "is no day"), (["--withdraw", "--as", "owned"], "stands alone"),
        (["--as", "owned", "--until", "2020-01-01"], "is over"),
    ])
    func `that says too little or too much is refused`(arguments: [String], complaint: String) throws {
        let ran = try accept(arguments)
        #expect(ran.code != 0 && ran.errors.contains(complaint), "\(ran.errors)")
        #expect(try accept(["--withdraw"]).code == 1)
    }

    @Test func `of nobody, without a name or into no log is refused`() throws {
        for arguments in [
            ["accept", "bed-9", "--as", "owned", "--from", log] + who,
            ["accept", "bed-7", "--as", "owned", "--from", scratch.path("none.log")] + who,
        ] {
            let ran = try Command.run(arguments)
            #expect(ran.code == 1 && ran.complaints.count == 1, "\(ran.errors)")
        }
        let nameless = try Command.run(["accept", "bed-7", "--as", "owned", "--from", log, "--reason", "r"])
        #expect(nameless.code != 0 && nameless.errors.contains("--by"))
        let measure = try compensate(["--measure", "m", "--owner", "o"])
        #expect(measure.code != 0 && measure.errors.contains("--review"))
    }

    // MARK: What it changes

    /// What the answers of the log say at a moment, held against a list that names the other device only.
    private struct Said {
        var unauthorised: Int?
        var ids: [String]
        /// Rules of the findings of the device.
        var findings: [String]
        var acceptance: [String: Any]?
    }

    private func said(at now: String? = nil, _ extra: [String] = []) throws -> Said {
        let list = try scratch.write(
            "assets.csv", Array("Asset Tag,MAC,Status\nT-1008,02:00:0a:01:00:08,Active\n".utf8))
        let options =
            ["--from", log, "--declared", list, "--format", "json"] + (now.map { ["--now", $0] } ?? []) + extra
        func json(_ command: String) throws -> [String: Any] {
            let ran = try Command.run([command] + options)
            #expect(ran.code == 0, "\(ran.errors)")
            return try #require(try JSONSerialization.jsonObject(with: Data(ran.output)) as? [String: Any])
        }
        let answers = try #require(try json("answers")["answers"] as? [String: [String: Any]])
        let rogue = try #require(answers["rogue"])
        let figures = rogue["figures"] as? [[String: Any]] ?? []
        let items = rogue["items"] as? [[String: Any]] ?? []
        let device = try #require(
            (try json("inventory")["devices"] as? [[String: Any]])?.first {
                ("\($0["addresses"] ?? "")").contains("02:00:0a:01:00:07")
            })
        return Said(
            unauthorised: figures.first { $0["name"] as? String == "unauthorised" }?["value"] as? Int,
            ids: items.filter { $0["kind"] as? String == "unauthorised" }.compactMap { $0["subject"] as? String },
            findings: (device["findings"] as? [[String: Any]] ?? []).compactMap { $0["rule"] as? String },
            acceptance: device["acceptance"] as? [String: Any])
    }

    /// Bed 7 is heard again on another day.
    private func hear(at moment: String) throws {
        var staged = StagedCapture()
        staged.time = try #require(Timestamp(rfc3339: moment))
        staged.udp(.init(7), 50_000, .init(2), 123, [0x23] + Array(repeating: 0, count: 47))
        let capture = try scratch.write("later.pcap", staged.bytes)
        let ran = try Command.run(["inventory", "--capture", capture, "--save", log])
        #expect(ran.code == 0, "\(ran.errors)")
    }

    @Test func `lets a device in, and taking it back makes it unauthorised again; both stand in the log`() throws {
        // The time server and the DHCP server stand in no list either.
        let before = try said()
        let strangers = try #require(before.unauthorised)
        #expect(strangers >= 1 && before.acceptance == nil)
        #expect(try accept(["--as", "owned"]).code == 0)
        let during = try said()
        #expect(during.unauthorised == strangers - 1)
        #expect(Set(before.ids).subtracting(during.ids).count == 1)
        #expect(during.acceptance?["as"] as? String == "owned")
        #expect(during.acceptance?["by"] as? String == "Ruth Weber")
        #expect(during.acceptance?["reason"] as? String == "the maker lends it for a trial")
        #expect(during.acceptance?["at"] is String)
        #expect(try accept(["--withdraw"]).code == 0)
        let after = try said()
        #expect(after.unauthorised == strangers && after.acceptance == nil)
        #expect(after.ids == before.ids)
    }

    @Test func `holds through its last moment and not one longer, by the moment of the answer`() throws {
        let strangers = try #require(try said().unauthorised)
        #expect(try accept(["--as", "loaner", "--until", "2099-12-31"]).code == 0)
        #expect(try said().unauthorised == strangers - 1)
        try hear(at: "2099-12-31T23:59:00Z")
        let last = try said(at: "2099-12-31T23:59:59.999999999Z")
        #expect(last.findings.contains("inventory.overdueLoan") == false)
        #expect(last.ids.isEmpty)
        let over = try said(at: "2100-01-01T00:00:00Z")
        // It was not heard after its day: unauthorised, but no overdue loaner.
        #expect(over.ids.count == 1 && !over.findings.contains("inventory.overdueLoan"))
        #expect(over.acceptance?["until"] as? String == "2099-12-31T23:59:59.999999999Z")
    }

    @Test func `that is over is a finding once the device is heard, until it is made longer or the device is owned`()
        throws
    {
        #expect(try accept(["--as", "loaner", "--until", "2099-12-31"]).code == 0)
        try hear(at: "2100-01-01T00:00:01Z")
        // Without --now the moment is that of the newest thing observed.
        let over = try said()
        #expect(over.findings.contains("inventory.overdueLoan"))
        #expect(over.ids.count == 1)
        let table = try Command.run(["inventory", "--from", log])
        #expect(table.text.contains("Was accepted as a loaner until 2099-12-31, and is still here"))
        #expect(try accept(["--as", "loaner", "--until", "2100-06-30"]).code == 0)
        let longer = try said()
        #expect(!longer.findings.contains("inventory.overdueLoan") && longer.ids.isEmpty)
        #expect(try said(at: "2100-07-01T00:00:00Z").findings.contains("inventory.overdueLoan") == false)
        #expect(try accept(["--as", "owned"]).code == 0)
        #expect(try said(at: "2100-07-01T00:00:00Z").acceptance?["as"] as? String == "owned")
    }
}
