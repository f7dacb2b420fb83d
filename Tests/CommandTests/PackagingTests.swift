//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// The package: what is listed of it, and what lies in it. Not the long build; its parts.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Support
import Testing

private let python = "/usr/bin/python3"

@Suite(.enabled(if: FileManager.default.fileExists(atPath: python))) struct `The list of what is in a package` {
    private static let resolved = #"""
        {"originHash": "x", "version": 3, "pins": [
          {"identity": "yams", "kind": "remoteSourceControl", "location": "https://github.com/jpsim/Yams",
           "state": {"revision": "aaaa", "version": "6.2.2"}},
          {"identity": "swift-nio", "kind": "remoteSourceControl", "location": "https://github.com/apple/swift-nio.git",
           "state": {"revision": "bbbb", "branch": "main"}}]}
        """#

    private func list(_ scratch: Scratch) throws -> [String: Any] {
        let resolved = try scratch.write("Package.resolved", Array(Self.resolved.utf8))
        let folder = scratch.path("checkouts/Yams")
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try scratch.write("checkouts/Yams/LICENSE", Array("The MIT License (MIT)\n".utf8))
        let ran = try Ran(
            python,
            [
                House.root.appendingPathComponent("scripts/sbom").path, resolved, scratch.path("checkouts"), "1.2.3",
                "2026-03-01T12:00:00Z", "libpcap0.8=1.10.3-1", "zlib1g=1:1.2.13",
            ])
        #expect(ran.code == 0, "\(ran.errors)")
        return try #require(JSONSerialization.jsonObject(with: Data(ran.output)) as? [String: Any])
    }

    @Test func `is SPDX 2 dot 3, names every library once with its version and licence, and is the same each time`()
        throws
    {
        let scratch = try Scratch()
        let root = try list(scratch)
        #expect(root["spdxVersion"] as? String == "SPDX-2.3" && root["dataLicense"] as? String == "CC0-1.0")
        let packages = try #require(root["packages"] as? [[String: Any]])
        #expect(
            packages.compactMap { $0["name"] as? String } == [
                "wardlight", "swift-nio", "yams", "libpcap0.8", "zlib1g",
            ])
        #expect(
            packages.compactMap { $0["versionInfo"] as? String } == ["1.2.3", "bbbb", "6.2.2", "1.10.3-1", "1:1.2.13"])
        #expect(
            packages.compactMap { $0["licenseDeclared"] as? String } == [
                "Apache-2.0", "NOASSERTION", "MIT", "BSD-3-Clause", "Zlib",
            ])
        let ids = Set(packages.compactMap { $0["SPDXID"] as? String })
        #expect(ids.count == packages.count)
        let relations = try #require(root["relationships"] as? [[String: String]])
        #expect(relations.count == packages.count)
        for relation in relations {
            #expect(ids.contains(relation["relatedSpdxElement"] ?? ""))
            #expect(ids.union(["SPDXRef-DOCUMENT"]).contains(relation["spdxElementId"] ?? ""))
        }
        #expect(try NSDictionary(dictionary: root) == NSDictionary(dictionary: list(scratch)))
    }
}

@Suite(
    .enabled(
        if: ["/usr/bin/dpkg-deb", "/usr/bin/python3"].allSatisfy(FileManager.default.fileExists)
            && FileManager.default.fileExists(atPath: House.root.appendingPathComponent("Package.resolved").path)))
struct `The package` {
    @Test func `holds program, knowledge, unit, licence and list, and asks for the libraries that it needs`() throws {
        let scratch = try Scratch()
        let file = scratch.path("wardlight.deb")
        let packed = try Ran(
            House.root.appendingPathComponent("scripts/package").path,
            ["--binary", "/bin/true", "--output", file, "--checkouts", scratch.path("none")],
            environment: ["SOURCE_DATE_EPOCH": "1772366400"])
        try #require(packed.code == 0, "\(packed.errors)")
        let control = try Ran("/usr/bin/dpkg-deb", ["-f", file]).text
        #expect(control.contains("Package: wardlight\n") && control.contains("Depends: adduser, libc6 (>= "))
        #expect(try Ran("/usr/bin/dpkg-deb", ["-x", file, scratch.path("root")]).code == 0)
        for name in [
            "usr/bin/wardlight", "usr/lib/systemd/system/wardlight.service", "usr/share/doc/wardlight/copyright",
            "usr/share/doc/wardlight/licences/wardlight", "usr/share/doc/wardlight/wardlight.spdx.json",
            "usr/share/doc/wardlight/running.md", "usr/share/wardlight/knowledge/README.md",
        ] { #expect(FileManager.default.fileExists(atPath: scratch.path("root/" + name)), "\(name) is missing") }
        #expect(!FileManager.default.fileExists(atPath: scratch.path("root/usr/share/wardlight/knowledge/advisories")))
    }
}

/// The unit promises what docs/running.md says of it.
@Suite struct `The unit` {
    @Test func `may hear traffic and nothing else`() throws {
        let unit = try House.text("deploy/wardlight.service").split(separator: "\n").map(String.init)
        for line in [
            "AmbientCapabilities=CAP_NET_RAW", "CapabilityBoundingSet=CAP_NET_RAW", "NoNewPrivileges=yes",
            "User=wardlight",
            "ProtectSystem=strict", "StateDirectoryMode=0700", "Restart=on-failure",
            "ExecReload=/bin/kill -HUP $MAINPID",
        ] { #expect(unit.contains(line), "\(line)") }
        #expect(unit.contains { $0.hasPrefix("MemoryMax=") } && unit.contains { $0.hasPrefix("SystemCallFilter=") })
    }
}
