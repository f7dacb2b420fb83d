//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// patches: the given advisories beside a simulated hospital, from the question to the list that a person forwards.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Support
import Testing

/// Goal: each affected device stands in the list with what was compared and what may be done, and nothing else does.
@Suite(.enabled(if: Command.isHere && Recordings.areHere), .serialized)
struct `The given advisories beside a simulated hospital` {
    private let scratch: Scratch
    private let hospital: String
    private let advisories: [String]

    init() throws {
        scratch = try Scratch()
        hospital = scratch.path("hospital")
        advisories = ["--advisories", try Recordings.url("advisories").path]
        let made = try Command.run([
            "simulate", "--seed", "7", "--minutes", "3", "--devices", "300", "--output", hospital,
        ])
        guard made.code == 0 else { throw CocoaError(.fileWriteUnknown) }
    }

    private func run(_ command: String, _ options: [String], from input: [String]? = nil) throws -> Ran {
        let ran = try Command.run([command] + (input ?? ["--hospital", hospital]) + advisories + options)
        #expect(ran.code == 0, "\(ran.errors)")
        return ran
    }

    private func json(_ ran: Ran) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(ran.output)) as? [String: Any])
    }

    private func lines(_ list: [String: Any]) throws -> [[String: Any]] {
        try #require(list["groups"] as? [[String: Any]]).flatMap { $0["lines"] as? [[String: Any]] ?? [] }
    }

    @Test func `leave all seven answers as true as they were`() throws {
        let found = try run("answers", ["--format", "json"])
        let devices = try run("inventory", ["--format", "json"])
        let script = House.root.appendingPathComponent("scripts/compare-answers").path
        let ran = try Ran(
            "/usr/bin/env",
            [
                "python3", script, hospital + "/answers.json", try scratch.write("found.json", found.output),
                try scratch.write("devices.json", devices.output),
            ])
        #expect(ran.code == 0, "\(ran.text)\(ran.errors)")
        #expect(ran.text.split(separator: "\n").count { $0.hasSuffix(": equal") } == 7)
    }

    @Test func `give a list that keeps to its schema, in which each line names both texts that were compared`() throws {
        let ran = try run("patches", ["--format", "json"])
        let schema = try JSONSchema(House.text("docs/schema/wardlight.patches-1.schema.json"))
        #expect(try schema.violations(of: ran.output) == [])
        let lines = try lines(try json(ran))
        #expect(lines.count > 10)
        for line in lines {
            let name = line["name"] as? String ?? ""
            #expect(line["firmware"] is String && line["openSince"] is String, "\(name)")
            for advisory in line["advisories"] as? [[String: Any]] ?? [] {
                let compared = advisory["compared"] as? [[String: Any]] ?? []
                let whole = compared.filter {
                    ($0["seen"] as? String)?.isEmpty == false && ($0["advisory"] as? String)?.isEmpty == false
                }
                #expect(
                    Set(whole.compactMap { $0["what"] as? String }).isSuperset(of: ["vendor", "product"]), "\(name)")
                // Nothing is affected by a comparison that fails.
                #expect(!compared.contains { $0["holds"] as? Bool == false }, "\(name)")
            }
        }
        let given = lines.filter { "\($0["advisories"] ?? "")".contains("ICSM") }
        #expect(!given.isEmpty)
    }

    @Test func `name the fix or the lack of one, what to do meanwhile, and no operating system for a medical device`()
        throws
    {
        let list = try json(try run("patches", ["--format", "json"]))
        var isMended = false
        var isExploited = false
        for line in try lines(list) {
            let action = try #require(line["action"] as? String)
            let advisories = line["advisories"] as? [[String: Any]] ?? []
            if line["medical"] as? Bool == true {
                #expect(action.contains("manufacturer") && action.contains("compensating control"), "\(action)")
                #expect(!action.lowercased().contains("operating") && !action.lowercased().contains("install"))
            }
            for advisory in advisories {
                let said = (advisory["fixes"] as? [String] ?? []) + (advisory["meanwhile"] as? [String] ?? [])
                if (advisory["advisory"] as? String)?.hasPrefix("ICSM") == true {
                    #expect(!said.isEmpty, "\(advisory["advisory"] ?? "")")
                }
                isMended = isMended || !(advisory["fixes"] as? [String] ?? []).isEmpty
            }
            isExploited = isExploited || !(line["knownExploited"] as? [String] ?? []).isEmpty
            #expect((line["isolationStops"] as? String)?.isEmpty == false)
        }
        #expect(isMended && isExploited)
        let table = try run("patches", []).text
        #expect(table.contains("KNOWN EXPLOITED") && table.contains("mends: ") && table.contains("meanwhile: "))
        #expect(!table.lowercased().contains("operating-system update"))
    }

    @Test func `share a list that names nobody, and the same makers, models and firmware`() throws {
        let open = try json(try run("patches", ["--format", "json"]))
        let ran = try run("patches", ["--format", "json", "--anonymise"])
        let schema = try JSONSchema(House.text("docs/schema/wardlight.patches-1.schema.json"))
        #expect(try schema.violations(of: ran.output) == [])
        let hidden = try json(ran)
        #expect(hidden["devices"] as? Int == open["devices"] as? Int)
        let shared = [
            try run("patches", ["--anonymise"]).text, try run("patches", ["--anonymise", "--format", "csv"]).text,
        ]
        for group in try #require(open["groups"] as? [[String: Any]]) {
            let model = try #require(group["model"] as? String)
            for line in group["lines"] as? [[String: Any]] ?? [] {
                // Some products call themselves by their model, and that stays.
                let names = [line["device"], line["name"]].compactMap { $0 as? String }.filter { !model.contains($0) }
                for text in shared + [ran.text] { for name in names { #expect(!text.contains(name), "\(name)") } }
            }
        }
        for group in try #require(open["groups"] as? [[String: Any]]) {
            let ward = try #require(group["ward"] as? String)
            guard ward != "place not known" else { continue }
            for text in shared + [ran.text] { #expect(!text.contains("\"\(ward)\"") && !text.contains("· \(ward) ·")) }
        }
        func models(_ list: [String: Any]) throws -> [String] {
            try #require(list["groups"] as? [[String: Any]]).flatMap { group in
                (group["lines"] as? [[String: Any]] ?? []).map { "\(group["model"] ?? "") \($0["firmware"] ?? "")" }
            }.sorted()
        }
        #expect(try models(hidden) == models(open))
    }

    @Test func `stand in CSV, a row for each device and advisory`() throws {
        let list = try lines(try json(try run("patches", ["--format", "json"])))
        let rows = list.reduce(0) { $0 + (($1["advisories"] as? [Any])?.count ?? 0) }
        let text = try run("patches", ["--format", "csv"]).text
        #expect(text.components(separatedBy: "\r\n").count == rows + 2)
        #expect(text.hasPrefix("model,ward,device,name,"))
        for line in text.components(separatedBy: "\r\n") {
            #expect(!["=", "+", "-", "@"].contains { line.hasPrefix($0) || line.contains(",\($0)") })
        }
    }

    @Test func `are kept at bay by a control with an owner and a review, and past its day that is said first`() throws {
        let log = scratch.path("hospital.log")
        #expect(try Command.run(["inventory", "--hospital", hospital, "--save", log]).code == 0)
        let before = try lines(try json(try run("patches", ["--format", "json"], from: ["--from", log])))
        let pump = try #require(before.first { $0["medical"] as? Bool == true })
        let device = try #require(pump["device"] as? String)
        let advisory = try #require((pump["advisories"] as? [[String: Any]])?.first?["advisory"] as? String)
        let said = try Command.run([
            "compensate", device, "--advisory", advisory, "--measure", "=a network of its own", "--owner",
            "Network team", "--review", "2199-06-30", "--by", "Ruth Weber", "--reason", "no fix", "--from", log,
        ])
        #expect(said.code == 0, "\(said.errors)")
        func line(_ now: String) throws -> [String: Any] {
            let found = try run("patches", ["--format", "json", "--now", now], from: ["--from", log])
            return try #require(try lines(try json(found)).first { $0["device"] as? String == device })
        }
        let during = try line("2199-06-30T12:00:00Z")
        let control = try #require((during["controls"] as? [[String: Any]])?.first)
        #expect(control["owner"] as? String == "Network team" && control["overdue"] as? Bool == false)
        #expect((during["action"] as? String)?.contains("A compensating control stands.") == true)
        let late = try line("2199-07-01T00:00:00Z")
        #expect((late["action"] as? String)?.contains("overdue since 2199-06-30: ask Network team") == true)
        let csv = try run("patches", ["--format", "csv", "--now", "2199-07-01T00:00:00Z"], from: ["--from", log]).text
        #expect(csv.contains("'=a network of its own,Network team,2199-06-30,yes"))
    }
}
