//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Stack signatures: is p0f's file read and followed as p0f does?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Testing

@testable import Inventory

/// Goal: what p0f's authors know of TCP stacks speaks for a system, as loudly as it deserves.
@Suite struct `Stack signatures` {
    private static let file = """
        ; a comment
        classes = win,unix,other
        [mtu]
        label = Ethernet or modem
        sig   = 1500
        [tcp:request]
        label = s:unix:Linux:3.11 and newer
        sig   = *:64:0:*:mss*20,7:mss,sok,ts,nop,ws:df,id+:0
        label = g:unix:Linux:2.2.x-3.x
        sig   = *:64:0:*:*,*:mss,sok,ts,nop,ws:df,id+:0
        label = s:win:Windows:7 or 8
        sig   = *:128:0:*:8192,8:mss,nop,ws,nop,nop,sok:df,id+:0
        label = s:unix:OpenVMS:8.x
        sig   = 4:128:0:1460:mtu*2,0:mss,nop,ws::0
        label = s:unix:Mod:1.x
        sig   = 4:255:0:*:%100,*:mss::+
        label = s:!:NMap:SYN scan
        sys   = @unix,@win
        sig   = *:64-:0:1460:1024,0:mss::0
        [tcp:response]
        label = s:unix:Linux:3.x
        sig   = *:64:0:*:mss*10,*:mss,nop,ws:df:0
        [http:request]
        ua_os = Linux,Windows
        label = s:!:Firefox:2.x
        sys   = Windows,@unix
        sig   = *:Host,User-Agent:Keep-Alive:Firefox/

        """

    private static func rule(_ text: String, _ field: Field = .tcpSyn) throws -> String? {
        var texts = KnowledgeTexts()
        texts.stacks = [("p0f.fp", file)]
        let base = try KnowledgeBase(texts, prefixes: .empty)
        let matches = base.matches(.fact(field), text)
        #expect(matches.count <= 1)
        return matches.first.map { base.rules[Int($0.rule)].id }
    }

    @Test(
        arguments: [
            ("4:64:0:1460:29200,7:mss,sok,ts,nop,ws:df,id+:0", "p0f.p0f.fp:7"),
            // Another network's segment: the window follows it, or follows that of an Ethernet.
            ("4:64:0:1400:28000,7:mss,sok,ts,nop,ws:df,id+:0", "p0f.p0f.fp:7"),
            ("4:64:0:1452:29200,7:mss,sok,ts,nop,ws:df,id+:0", "p0f.p0f.fp:7"),
            // IPv6 knows neither "do not fragment" nor identifications.
            ("6:64:0:1440:28800,7:mss,sok,ts,nop,ws::0", "p0f.p0f.fp:7"),
            // Nothing more exact: the generic label.
            ("4:64:0:1460:5840,2:mss,sok,ts,nop,ws:df,id+:0", "p0f.p0f.fp:9"),
            // A quirk that networks change, or another time to live: nearly.
            ("4:64:0:1460:29200,7:mss,sok,ts,nop,ws:id-:0", "p0f.p0f.fp:7.near"),
            ("4:255:0:1460:29200,7:mss,sok,ts,nop,ws:df,id+:0", "p0f.p0f.fp:7.near"),
            ("4:64:0:1460:29200,7:mss,sok,ts,nop,ws:df,id+,ecn:0", "p0f.p0f.fp:7.near"),
            ("4:64:0:1460:29200,7:mss,sok,ts,nop,ws:df,id+,seq-:0", nil),
            ("4:128:0:1460:8192,8:mss,nop,ws,nop,nop,sok:df,id+:0", "p0f.p0f.fp:11"),
            ("4:128:0:1460:8192,2:mss,nop,ws,nop,nop,sok:df,id+:0", nil),
            ("4:128:0:1460:3000,0:mss,nop,ws::0", "p0f.p0f.fp:13"), ("4:128:0:1400:3000,0:mss,nop,ws::0", nil),
            ("4:255:0:1000:500,3:mss::+", "p0f.p0f.fp:15"), ("4:255:0:1000:501,3:mss::+", nil),
            ("4:255:0:1000:500,3:mss::0", nil),
            ("4:64:0:1460:1024,0:mss::0", "p0f.p0f.fp:17"), ("4:32:0:1460:1024,0:mss::0", "p0f.p0f.fp:17"),
            ("4:128:0:1460:1024,0:mss::0", nil), ("4:64:0:*:0,0:::0", nil), ("", nil), (":::::::", nil),
            ("4:64:0:1460:99999999999,7:mss,sok,ts,nop,ws:df,id+:0", nil),
        ] as [(String, String?)])
    func `a greeting finds the label that p0f finds`(text: String, rule: String?) throws {
        #expect(try Self.rule(text) == rule)
    }

    @Test func `an answer is compared with answers only`() throws {
        let answer = "4:64:0:1460:14600,7:mss,nop,ws:df:0"
        #expect(try Self.rule(answer, .tcpSynAck) == "p0f.p0f.fp:21")
        #expect(try Self.rule(answer) == nil)
    }

    @Test func `a stack speaks for its system, and a tool for none`() throws {
        var texts = KnowledgeTexts(rules: Shelf.texts)
        texts.stacks = [("p0f.fp", Self.file)]
        var ward = Ward(try KnowledgeBase(texts, prefixes: .empty))
        ward.hears("00:00:5e:00:53:01", .tcpSyn, "4:128:0:1460:8192,8:mss,nop,ws,nop,nop,sok:df,id+:0")
        ward.hears("00:00:5e:00:53:02", .tcpSyn, "4:64:0:1460:1024,0:mss::0")
        let devices = ward.inventory.snapshot().devices
        let systems = devices.map { $0.judgements[.os]?.value }
        #expect(Set(systems) == ["Windows 7 or 8", nil])
    }

    @Test(arguments: [
        ("[tcp:request]\nlabel = x:unix:Linux:3\n", 2),
        ("[tcp:request]\nlabel = s:unix:Linux:\nsig = 5:64:0:*:*,*:mss::0", 3),
        ("[tcp:request]\nlabel = s:unix:Linux:\nsig = *:0:0:*:*,*:mss::0", 3),
        ("[tcp:request]\nlabel = s:unix:Linux:\nsig = *:300:0:*:*,*:mss::0", 3),
        ("[tcp:request]\nlabel = s:unix:Linux:\nsig = *:64:0:*:*:mss::0", 3),
        ("[tcp:request]\nlabel = s:unix:Linux:\nsig = *:64:0:*:mss*0,*:mss::0", 3),
        ("[tcp:request]\nlabel = s:unix:Linux:\nsig = *:64:0:*:%0,*:mss::0", 3),
        ("[tcp:request]\nlabel = s:unix:Linux:\nsig = *:64:0:*:*,*:mss,xyz::0", 3),
        ("[tcp:request]\nlabel = s:unix:Linux:\nsig = *:64:0:*:*,*:mss:df,no:0", 3),
        ("[tcp:request]\nlabel = s:unix:Linux:\nsig = *:64:0:*:*,*:mss::9", 3),
        ("[tcp:request]\nlabel = s:unix:Linux:\nsig = *:200+100:0:*:*,*:mss::0", 3),
        ("label = s:unix:Linux:3\n", 1), ("[tcp:sideways]\n", 1), ("\n\nwhat\n", 3), ("[mtu]\n", 2),
        ("[tcp:request]\n" + String(repeating: "x", count: 3_000), 2),
    ])
    func `a broken line is named`(text: String, line: Int) {
        #expect {
            try StackFile(reading: text, file: "x.fp")
        } throws: {
            ($0 as? KnowledgeError)?.line == line
        }
    }

    @Test(arguments: ["64", "64-", "62+2", "62+?"])
    func `a time to live is written in p0f's four ways`(life: String) throws {
        _ = try StackFile(
            reading: "[tcp:request]\nlabel = s:unix:Linux:\nsig = *:\(life):0:*:*,*:mss::0\n", file: "x.fp")
    }
}
