//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// The house: does it stand as its plan says?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Support
import Testing

/// Goal: who reads the plan knows the house; the plan cannot grow old.
@Suite struct `The house` {
    @Test func `has the rooms of its plan, and each has its folder`() throws {
        let rooms = try Room.all()
        #expect(rooms.map(\.name).contains("Model") && rooms.map(\.name).contains("wardlight"))
        for room in rooms { #expect(!room.files.isEmpty, "\(room.name) is in Package.swift, but nothing lives in it") }
        let planned = Set(rooms.map(\.path))
        for file in House.files(below: "Sources", endingIn: ".swift") {
            #expect(planned.contains { file.hasPrefix($0 + "/") }, "\(file) lives in no room of Package.swift")
        }
    }

    @Test func `imports go down, rooms on one floor are strangers, only edges use the cellar`() throws {
        let rooms = try Room.all()
        let floors = Dictionary(uniqueKeysWithValues: rooms.map { ($0.name, $0.floor) })
        for room in rooms {
            for below in room.dependencies {
                guard let floor = floors[below] else { continue }
                let mine = room.floor ?? -1
                if let floor {
                    #expect(floor < mine, "\(room.name) on floor \(mine) uses \(below) on floor \(floor)")
                } else {
                    #expect(mine == 3, "\(room.name) uses \(below) of the cellar, and is no edge")
                }
            }
        }
    }

    @Test func `each README's may-import line is what Package.swift allows and what the files do`() throws {
        for room in try Room.all() {
            let line = try #require(room.allowed(), "\(room.path)/README.md has no line **May import:**")
            #expect(
                line.subtracting(Room.toolchain) == room.dependencies,
                "\(room.path): the README's list differs from Package.swift's")
            for file in room.files {
                let strange = try Room.imports(of: file).subtracting(line)
                #expect(strange.isEmpty, "\(file) imports \(strange.sorted())")
            }
        }
    }

    @Test func `every room has a README of one screen`() throws {
        for room in try Room.all() {
            let lines = try House.text(room.path + "/README.md").split(
                separator: "\n", omittingEmptySubsequences: false)
            #expect(lines.count <= 41, "\(room.path)/README.md has \(lines.count) lines")
        }
    }

    @Test func `floors 0 to 2 know no clock, no chance, no file and no thread`() throws {
        let worldly = ["Foundation", "FoundationEssentials", "Dispatch", "Glibc", "Musl"]
        let words = [
            "ContinuousClock", "SuspendingClock", "Date()", "Date.now", "clock_gettime", "gettimeofday", ".random(",
            "SystemRandomNumberGenerator", "Task {", "Task.detached", "FileManager", "FileHandle", "Data(contentsOf",
            "Thread",
            "DispatchQueue", "ProcessInfo", "getenv",
        ]
        for room in try Room.all() where room.floor ?? 3 <= 2 {
            for file in room.files where !file.hasPrefix("Sources/Wire/Wardlight/") {
                // Its reader of JSON, and nothing that knows the world.
                if !file.hasPrefix("Sources/Wire/Advisories/") {
                    #expect(try Room.imports(of: file).isDisjoint(with: worldly), "\(file) imports one of \(worldly)")
                }
                let code = try Self.code(of: file)
                for word in words { #expect(!code.contains(word), "\(file) says \(word)") }
            }
        }
    }

    @Test func `unsafe is written in the cellar only`() throws {
        for file in House.files(below: "Sources", endingIn: ".swift")
        where !file.hasPrefix("Sources/System/") && !file.hasSuffix(".pb.swift") {
            for word in try Self.code(of: file).split(whereSeparator: { !($0.isLetter || $0.isNumber || $0 == "_") }) {
                let word = word.lowercased()
                #expect(!word.hasPrefix("unsafe") && !word.hasPrefix("withunsafe"), "\(file) says \(word)")
            }
        }
    }

    @Test func `every source file says in its head where it belongs, what it answers and its licence`() throws {
        for file in House.files(below: "Sources", endingIn: ".swift") + House.files(below: "Tests", endingIn: ".swift")
        where !file.hasSuffix(".pb.swift") {
            let head = try House.text(file).split(separator: "\n").prefix { $0.hasPrefix("//") }
            #expect(head.count > 5 && head[1].hasPrefix("// Wardlight · "), "\(file)")
            #expect(head.contains("// SPDX-License-Identifier: Apache-2.0"), "\(file)")
        }
    }

    @Test func `every dependency is pinned and has its line in the decisions`() throws {
        let decisions = try House.text("docs/decisions/dependencies.md")
        for line in try House.text("Package.swift").split(separator: "\n") where line.contains(".package(url:") {
            #expect(line.contains("exact: \""), "\(line)")
            let name = line.split(separator: "\"")[1].split(separator: "/").last.map(String.init) ?? ""
            #expect(decisions.contains(name), "\(name) is not in docs/decisions/dependencies.md")
        }
    }

    /// The static half of "it only reads what a person named": questions go through one room, and there are three kinds.
    @Test func `only System SNMP asks, and only with GET, GETNEXT and GETBULK`() throws {
        for file in House.files(below: "Sources", endingIn: ".swift") where !file.hasPrefix("Sources/System/SNMP/") {
            #expect(try !Room.imports(of: file).contains("CSNMP"), "\(file) imports net-snmp")
        }
        for room in try Room.all() where room.dependencies.contains("SNMP") {
            #expect(room.name == "Sensors", "\(room.name) can ask switches")
        }
        let forbidden: Set<String> = [
            "SNMP_MSG_SET", "SNMP_MSG_TRAP", "SNMP_MSG_TRAP2", "SNMP_MSG_INFORM", "snmp_synch_response",
            "snmp_sess_synch_response", "snmp_send", "snmp_sess_send", "snmp_async_send", "snmp_add_var",
            "snmp_pdu_add_variable", "send_v2trap", "sendto", "sendmsg", "write", "0xA3", "0xA4", "0xA6", "0xA7",
        ]
        var sends = 0
        var kinds: Set<String> = []
        let files = House.files(below: "Sources/System/SNMP", endingIn: ".swift") + ["Sources/System/CSNMP/shim.h"]
        for file in files {
            let words = try Self.code(of: file).split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init)
            // Traps and informs that come are told apart by their kinds; nothing of those is made.
            let known: Set<String> = file.hasSuffix("/TrapListener.swift") ? ["0xA6", "0xA7"] : []
            let found = forbidden.intersection(words).subtracting(known)
            #expect(found.isEmpty, "\(file): \(found.sorted())")
            sends += words.count { $0 == "snmp_sess_async_send" }
            if words.contains("snmp_pdu_create") { kinds.formUnion(words.filter { $0.hasPrefix("0xA") }) }
        }
        // Get, next, bulk; 0xA2 and 0xA8 are answers and reports.
        #expect(sends == 1 && kinds == ["0xA0", "0xA1", "0xA2", "0xA5", "0xA8"], "\(sends) \(kinds.sorted())")
    }

    /// The static half of "it only listens"; a test of the live sensor watches the interface itself.
    @Test func `no room calls anything that could send to the network`() throws {
        let ways: Set<String> = [
            "pcap_inject", "pcap_sendpacket", "pcap_sendqueue", "sendto", "sendmsg", "getaddrinfo", "gethostbyname",
            "gethostbyaddr", "getnameinfo", "socket", "URLSession", "NWConnection", "Process", "posix_spawn",
        ]
        for file in House.files(below: "Sources", endingIn: ".swift") {
            let code = try Self.code(of: file)
            let words = code.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init)
            #expect(ways.isDisjoint(with: words), "\(file) calls \(ways.intersection(words).sorted())")
        }
    }

    /// Without comments, which may speak of anything, and without texts.
    private static func code(of file: String) throws -> String {
        try House.text(file).split(separator: "\n").map { line in
            let line = line.range(of: "//").map { line[..<$0.lowerBound] } ?? line
            return line.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
                .filter { $0.offset % 2 == 0 }.map(\.element).joined(separator: "\"")
        }.joined(separator: "\n")
    }
}
