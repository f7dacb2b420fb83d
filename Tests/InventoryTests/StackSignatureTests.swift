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
            ("4:64:0:1460:29200,7:mss,sok,ts,nop,ws:df,id+:0", "p0f.p0f.fp:7.Linux-3.11-and-newer"),
            // Another network's segment: the window follows it, or follows that of an Ethernet.
            ("4:64:0:1400:28000,7:mss,sok,ts,nop,ws:df,id+:0", "p0f.p0f.fp:7.Linux-3.11-and-newer"),
            ("4:64:0:1452:29200,7:mss,sok,ts,nop,ws:df,id+:0", "p0f.p0f.fp:7.Linux-3.11-and-newer"),
            // IPv6 knows neither "do not fragment" nor identifications.
            ("6:64:0:1440:28800,7:mss,sok,ts,nop,ws::0", "p0f.p0f.fp:7.Linux-3.11-and-newer"),
            // Nothing more exact: the generic label.
            ("4:64:0:1460:5840,2:mss,sok,ts,nop,ws:df,id+:0", "p0f.p0f.fp:9.Linux-2.2.x-3.x"),
            // A quirk that networks change, or another time to live: nearly.
            ("4:64:0:1460:29200,7:mss,sok,ts,nop,ws:id-:0", "p0f.p0f.fp:7.Linux-3.11-and-newer.near"),
            ("4:255:0:1460:29200,7:mss,sok,ts,nop,ws:df,id+:0", "p0f.p0f.fp:7.Linux-3.11-and-newer.near"),
            ("4:64:0:1460:29200,7:mss,sok,ts,nop,ws:df,id+,ecn:0", "p0f.p0f.fp:7.Linux-3.11-and-newer.near"),
            ("4:64:0:1460:29200,7:mss,sok,ts,nop,ws:df,id+,seq-:0", nil),
            ("4:128:0:1460:8192,8:mss,nop,ws,nop,nop,sok:df,id+:0", "p0f.p0f.fp:11.Windows-7-or-8"),
            ("4:128:0:1460:8192,2:mss,nop,ws,nop,nop,sok:df,id+:0", nil),
            ("4:128:0:1460:3000,0:mss,nop,ws::0", "p0f.p0f.fp:13.OpenVMS-8.x"),
            ("4:128:0:1400:3000,0:mss,nop,ws::0", nil),
            ("4:255:0:1000:500,3:mss::+", "p0f.p0f.fp:15.Mod-1.x"), ("4:255:0:1000:501,3:mss::+", nil),
            ("4:255:0:1000:500,3:mss::0", nil),
            ("4:64:0:1460:1024,0:mss::0", "p0f.p0f.fp:17.NMap-SYN-scan"),
            ("4:32:0:1460:1024,0:mss::0", "p0f.p0f.fp:17.NMap-SYN-scan"),
            ("4:128:0:1460:1024,0:mss::0", nil), ("4:64:0:*:0,0:::0", nil), ("", nil), (":::::::", nil),
            ("4:64:0:1460:99999999999,7:mss,sok,ts,nop,ws:df,id+:0", nil),
        ] as [(String, String?)])
    func `a greeting finds the label that p0f finds`(text: String, rule: String?) throws {
        #expect(try Self.rule(text) == rule)
    }

    @Test func `an answer is compared with answers only`() throws {
        let answer = "4:64:0:1460:14600,7:mss,nop,ws:df:0"
        #expect(try Self.rule(answer, .tcpSynAck) == "p0f.p0f.fp:21.Linux-3.x")
        #expect(try Self.rule(answer) == nil)
    }

    @Test func `a stack speaks for its system, for old Windows by version, and a tool's for none`() throws {
        var texts = KnowledgeTexts(rules: Shelf.texts)
        let more = """
            [tcp:request]
            label = s:win:Windows:XP
            sig   = *:128:0:*:65535,0:mss,nop,nop,sok:df,id+:0
            label = s:unix:Mac OS X:10.x
            sig   = *:64:0:*:65535,1:mss,nop,ws,nop,nop,ts,sok,eol+1:df,id+:0

            """
        texts.stacks = [("p0f.fp", Self.file), ("more.fp", more)]
        var ward = Ward(try KnowledgeBase(texts, prefixes: .empty))
        let greetings = [
            ("4:128:0:1460:8192,8:mss,nop,ws,nop,nop,sok:df,id+:0", "Windows"), ("4:64:0:1460:1024,0:mss::0", nil),
            ("4:128:0:1460:65535,0:mss,nop,nop,sok:df,id+:0", "Windows XP"),
            ("4:64:0:1460:65535,1:mss,nop,ws,nop,nop,ts,sok,eol+1:df,id+:0", "Darwin"),
            ("4:64:0:1460:29200,7:mss,sok,ts,nop,ws:df,id+:0", "Linux"),
        ]
        for (number, (greeting, system)) in greetings.enumerated() {
            let address = "00:00:5e:00:53:0\(number)"
            ward.hears(address, .tcpSyn, greeting)
            let device = ward.inventory.snapshot().devices.first {
                HardwareAddress(address).map($0.mac.contains) == true
            }
            #expect(device?.judgements[.os]?.value == system, "\(greeting)")
        }
    }

    @Test func `a stack of Linux is no rival to what is built on it`() throws {
        let knowledge = try #require(Shelf.knowledge)
        for system in ["Android 9", "webOS", "Linux Ubuntu 20.04", "RouterOS 6.42"] {
            #expect(knowledge.isGeneral("linux", over: system.lowercased(), of: .os), "\(system)")
        }
        for system in ["Windows 10", "macOS", "Linux", "VxWorks"] {
            #expect(!knowledge.isGeneral("linux", over: system.lowercased(), of: .os), "\(system)")
        }
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
