//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// wardlight downtime: pages from a log and the places of the settings, plans included.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Support
import Testing

@Suite(.enabled(if: Command.isHere)) struct `wardlight downtime` {
    private let scratch: Scratch
    private let log: String

    init() throws {
        scratch = try Scratch()
        log = scratch.path("log") + "/"
        let line = """
            {"observation":{"site":"north","sensor":"test","occurred":"1780000000000000000",\
            "tick":{}}}

            """
        let input = try scratch.write("lines", Array(line.utf8))
        #expect(try Command.run(["log", "import", log], input: input).code == 0)
    }

    private func sheet(_ settings: String) throws -> (ran: Ran, names: [String]) {
        let path = try scratch.write("wardlight.yaml", Array(settings.utf8))
        let ran = try Command.run([
            "downtime", "--config", path, "--from", log, "--output", scratch.path("out"), "--title", "St. <Example>",
        ])
        let names = try? FileManager.default.contentsOfDirectory(atPath: scratch.path("out")).sorted()
        return (ran, names ?? [])
    }

    @Test func `has a page for each ward, takes away those that are no more, and leaves other files alone`() throws {
        let two = "sites: [{name: N, zones: [{name: ICU, rooms: [Room 1]}, {name: Ward 3}]}]\n"
        let first = try sheet("timeZone: Europe/Berlin\n" + two)
        #expect(first.ran.code == 0, "\(first.ran.errors)")
        #expect(first.names == ["index.html", "ward-n-icu.html", "ward-n-ward-3.html"])
        let index = String(decoding: try scratch.read("out/index.html"), as: UTF8.self)
        #expect(index.contains("St. &lt;Example&gt;") && index.contains("2026-05-28 22:26:40 UTC+2"))
        try scratch.write("out/notes.txt", Array("ours".utf8))
        let second = try sheet("sites: [{name: N, zones: [{name: ICU}]}]\n")
        #expect(second.names == ["index.html", "notes.txt", "ward-n-icu.html"])
    }

    @Test(arguments: [(folder: 0o755, page: 0o644), (0o750, 0o640), (0o2775, 0o644), (0o700, 0o600)])
    func `can be read by who may read its folder`(folder: Int, page: Int) throws {
        let files = FileManager.default
        func mode(_ name: String) throws -> Int? {
            try files.attributesOfItem(atPath: scratch.path(name))[.posixPermissions] as? Int
        }
        let settings = "sites: [{name: N, zones: [{name: ICU}]}]\n"
        #expect(try sheet(settings).ran.code == 0)
        #expect(try mode("out") == 0o750 && mode("out/index.html") == 0o640)
        try files.setAttributes([.posixPermissions: folder], ofItemAtPath: scratch.path("out"))
        #expect(try sheet(settings).ran.code == 0)
        #expect(try mode("out/index.html") == page && mode("out/ward-n-icu.html") == page)
    }

    @Test func `shows the rooms of a plan, and names a plan that cannot be read`() throws {
        let settings = """
            sites: [{name: N, floors: [{name: "1", plan: {geojson: plan.geojson, units: metres}}]}]

            """
        let missing = try sheet(settings)
        #expect(missing.ran.code == 1 && missing.ran.errors.contains("plan.geojson: no such file"))
        let plan = """
            {"type":"FeatureCollection","features":[
            {"type":"Feature","geometry":null,"properties":{"name":"Recovery","kind":"zone"}},
            {"type":"Feature","geometry":null,"properties":{"name":"Bay 1","parent":"Recovery"}}, {"type":"Feature"}]}
            """
        try scratch.write("plan.geojson", Array(plan.utf8))
        let (ran, names) = try sheet(settings)
        #expect(ran.code == 0 && ran.errors.contains("1 features are no places"), "\(ran.errors)")
        #expect(names == ["index.html", "ward-n-1-recovery.html"])
        #expect(String(decoding: try scratch.read("out/ward-n-1-recovery.html"), as: UTF8.self).contains("Bay 1"))
        try scratch.write("plan.geojson", Array("{}".utf8))
        #expect(try sheet(settings).ran.errors.contains("plan.geojson: no FeatureCollection"))
    }
}
