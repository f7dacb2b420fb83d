//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Settings: what the file may say, and what it says when it is wrong.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model
import Settings
import Support
import Testing

/// Reads a settings text with a community in the environment.
private func read(_ text: String, folder: String = "/nowhere") throws(SettingsFailure) -> SettingsFile {
    try SettingsFile(
        text: text, path: "wardlight.yaml", folder: folder, site: "main",
        environment: [
            "COMMUNITY": "s3cret-word", "AUTH": "first-passphrase", "PRIV": "other-passphrase", "SHORT": "seven77",
        ])
}

/// The lines that a person is told.
private func complaints(_ text: String, folder: String = "/nowhere") -> [String] {
    do throws(SettingsFailure) {
        _ = try read(text, folder: folder)
        return []
    } catch { return error.lines }
}

@Suite struct `The settings file` {
    @Test func `the example that we give is read, and says what its comments say`() throws {
        let text = try House.text("deploy/wardlight.example.yaml")
        let settings = try SettingsFile(
            text: text, path: "wardlight.example.yaml", folder: "/nowhere", site: "elsewhere",
            environment: [
                "WARDLIGHT_COMMUNITY": "one", "WARDLIGHT_AUTHENTICATION": "first-passphrase",
                "WARDLIGHT_PRIVACY": "other-passphrase", "WARDLIGHT_WEBHOOK": "signing-secret",
            ])
        #expect(settings.switches.map(\.agent) == ["ward-3", "imaging-core", "wlc-1"])
        #expect(settings.switches.map(\.site) == ["main", "north", "main"])
        #expect(settings.switches.map(\.requestsPerSecond) == [50, 10, 50])
        #expect(settings.switches.map(\.timeoutMilliseconds) == [2_000, 5_000, 2_000])
        #expect(settings.switches.map(\.freezes.count) == [2, 3, 2])
        #expect(settings.switches[0].credential == .community(Secret("one")))
        #expect(
            settings.switches[1].credential
                == .user(
                    "wardlight", authentication: .init(.sha256, Secret("first-passphrase")),
                    privacy: .init(.aes128, Secret("other-passphrase"))))
        #expect(
            settings.allowed.smallSwitches == [
                Allowances.Port(agent: "imaging-core", port: "Gi2/0/14"),
                Allowances.Port(agent: "ward-3", port: "Gi1/0/7"),
            ])
        #expect(settings.allowed.peripherals.map(\.vendorId) == [0x05E0, 0x0C2E])
        #expect(settings.allowed.zones == ["imaging-core": "imaging", "ward-3": "ward"])
        let plan = settings.plan
        #expect(plan.closets["ward-3"]?.words == "East wing, floor 2, closet E2-1")
        #expect(plan.closets["imaging-core"]?.words == "North, Imaging, floor 0, closet C1")
        #expect(plan.roles == [20: .medical, 90: .voice, 110: .guest])
        #expect(plan.guestNetworks == ["Visitors"] && plan.expectedSwitches == ["ward-3"])
        #expect(plan.columns == ["tag": "Inv. no. (new)", "mac": "LAN port", "room": "Short location"])
        #expect(settings.freezes.count == 2)
        let medical = try #require(IPAddress("198.51.100.9"))
        let other = try #require(IPAddress("198.51.101.9"))
        #expect(settings.allowed.medicalNetworks.contains { $0.contains(medical) })
        #expect(!settings.allowed.medicalNetworks.contains { $0.contains(other) })
        let pump = HardwareAddress(bits: 0x0009_FB12_3456)
        #expect(settings.allowed.medicalHardware.contains { $0.contains(pump) })
        #expect(!settings.allowed.medicalHardware.contains { $0.contains(HardwareAddress(bits: 0x0009_FC12_3456)) })
    }

    @Test func `an empty file and one of comments ask nobody`() throws {
        for text in ["", "# nothing yet\n", "switches: []\n"] { #expect(try read(text).switches.isEmpty) }
    }

    @Test(arguments: [
        ("switches:\n  - host: a\n    comunity: {env: COMMUNITY}\n", 3, "did you mean 'community'?"),
        ("swiches: []\n", 1, "did you mean 'switches'?"),
        ("switches:\n  - name: a\n    community: {env: COMMUNITY}\n", 2, "'host' is missing"),
        ("switches:\n  - host: a\n", 2, "'community' is missing"),
        ("switches:\n  - host: a\n    community: public\n", 3, "a secret does not stand in the settings"),
        ("switches:\n  - host: a\n    community: {env: NOBODY}\n", 3, "no such variable"),
        ("switches:\n  - host: a\n    community: {env: COMMUNITY, file: b}\n", 3, "either file or env"),
        ("switches:\n  - host: a\n    port: 0\n    community: {env: COMMUNITY}\n", 3, "from 1 to 65535"),
        ("switches:\n  - host: a\n    retries: 6\n    community: {env: COMMUNITY}\n", 3, "from 0 to 5"),
        ("switches:\n  - host: a\n    timeout: 99ms\n    community: {env: COMMUNITY}\n", 3, "100ms to 60000ms"),
        ("switches:\n  - host: a\n    timeout: fast\n    community: {env: COMMUNITY}\n", 3, "such as 500ms"),
        ("switches:\n  - host: a\n    requestsPerSecond: 0\n    community: {env: COMMUNITY}\n", 3, "from 1 to 1000"),
        ("switches:\n  - host: 'udp:a'\n    community: {env: COMMUNITY}\n", 2, "neither a name nor an address"),
        ("switches:\n  - host: '-v'\n    community: {env: COMMUNITY}\n", 2, "neither a name nor an address"),
        ("switches:\n  - host: a\n    version: 1\n    community: {env: COMMUNITY}\n", 3, "one of 2c, 3"),
        ("switches:\n  - host: a\n    user: b\n    community: {env: COMMUNITY}\n", 4, "belongs to version 2c"),
        ("switches:\n  - host: a\n    version: 3\n", 2, "'user' is missing"),
        (
            "switches:\n  - host: a\n    user: b\n    privacy: {method: aes128, env: PRIV}\n", 4,
            "needs 'authentication'"
        ),
        ("switches:\n  - host: a\n    user: b\n    authentication: {env: AUTH}\n", 4, "'method' is missing"),
        (
            "switches:\n  - host: a\n    user: b\n    authentication: {method: sha257, env: AUTH}\n", 4,
            "one of md5, sha1"
        ),
        (
            "switches:\n  - host: a\n    user: b\n    authentication: {method: sha1, env: SHORT}\n", 4,
            "at least 8 characters"
        ),
        ("freeze:\n  - {from: '22:00', to: '22:00'}\n", 2, "a whole day is 00:00 to 24:00"),
        ("freeze:\n  - {from: '25:00', to: '06:00'}\n", 2, "both of from and to are hours"),
        ("freeze:\n  - {days: [funday], from: '22:00', to: '06:00'}\n", 2, "names of days"),
        ("freeze:\n  - {from: 2026-01-02T00:00:00Z, to: 2026-01-01T00:00:00Z}\n", 2, "ends before it begins"),
        ("freeze:\n  - {from: '22:00'}\n", 2, "takes from and to"),
        ("allowed:\n  peripherals: ['5e0:1200']\n", 2, "as lsusb shows"),
        ("zones:\n  icu: [a]\n  lab:\n    - b\n    - a\n", 5, "is in 'icu' already"),
        ("zones: [a]\n", 1, "each with a list of switches"),
        ("declared:\n  columns:\n    tagg: x\n", 3, "did you mean 'tag'?"),
        ("declared:\n  columns: [tag]\n", 2, "takes keys with values"),
        ("declared:\n  columns:\n    mac: [a, b]\n", 3, "takes one value"),
        ("declared: {colums: {}}\n", 1, "did you mean 'columns'?"),
        ("places: [a]\n", 1, "names, each with its value"),
        ("places:\n  a: {floor: 1, room: 2}\n", 2, "'room' is no setting"),
        ("places:\n  a: {}\n", 2, "at least one of site, building, floor, closet"),
        ("vlans:\n  20: medical\n  30: medcal\n", 3, "one of medical, voice"),
        ("vlans:\n  4095: medical\n", 2, "from 1 to 4094"),
        ("vlans: medical\n", 1, "names, each with its value"),
        ("guestNetworks: Visitors\n", 1, "takes a list"),
        ("expected:\n  - [a]\n", 2, "takes one value"),
        ("medical:\n  networks: [10.0.0.0/33]\n", 2, "such as 10.20.0.0/16"),
        ("medical:\n  hardware: ['00:09']\n", 2, "first three to six octets"),
        ("site: a\nsite: b\n", 1, "twice the same key"),
        ("a: &x 1\nb: *x\n", 1, "write it out"),
        ("site: a\nzones: *x\n", 2, "write it out"),
        ("{\"site\":&x main}\n", 1, "write it out"),
        ("# it's\n{q: b 'c, d: &x [a]}\n", 2, "write it out"),
        ("site: main\n&x switches: []\n", 2, "write it out"),
        ("switches:\n- &x {host: a}\n- <<: *x\n", 2, "write it out"),
        ("switches: {\n", 2, "no YAML"),
        ("- 1\n", 1, "takes keys with values"),
    ])
    func `each mistake is named with its line and its cure`(text: String, line: Int, words: String) {
        let lines = complaints(text)
        #expect(lines.contains { $0.hasPrefix("wardlight.yaml:\(line): ") && $0.contains(words) }, "\(lines)")
        #expect(!lines.joined().contains("s3cret") && !lines.joined().contains("passphrase-"))
    }

    @Test(arguments: [
        "\"one\n  & b\"", "'one\n  & b'", "one\n  & b", ">-\n  one & b", "one & b # not a *reference, nor a &name",
        "{\"site\": \"one & b\"}",
    ])
    func `the signs of names and references are letters inside a text`(value: String) throws {
        let text = value.hasPrefix("{") ? value : "site: \(value)\n"
        let switches = "switches:\n  - {host: a, community: {env: COMMUNITY}}\n"
        if value.hasPrefix("{") {
            #expect(complaints(text).isEmpty)
        } else {
            #expect(try read(text + switches).switches.map(\.site) == ["one & b"])
        }
    }

    @Test func `references inside keys are refused before one is followed`() {
        var text = "{q: b 'c, l0: &l0 [a], "
        for level in 1...60 { text += "? &l\(level) [*l\(level - 1), *l\(level - 1)] : 1, " }
        let clock = ContinuousClock()
        let took = clock.measure { #expect(complaints(text + "z: 1}\n").contains { $0.contains("write it out") }) }
        #expect(took < .seconds(5))
        #expect(!complaints("site: !!str &x main\n").isEmpty)
    }

    @Test func `names and addresses stand once in a site`() throws {
        let switches = { (entries: [String]) in
            "defaults: {community: {env: COMMUNITY}}\nswitches:\n" + entries.map { "  - {\($0)}\n" }.joined()
        }
        #expect(
            complaints(switches(["host: a", "host: b, name: a"])).contains {
                $0.contains(":4: ") && $0.contains("is taken")
            })
        #expect(complaints(switches(["host: a", "host: A, name: b"])).contains { $0.contains("is asked already") })
        let fine = switches(["host: a", "host: b", "host: a, port: 1161", "host: a, site: north"])
        #expect(try read(fine).switches.map(\.agent) == ["a", "b", "a:1161", "a"])
    }

    @Test func `what a switch says wins over the defaults, and its credential is not mixed with theirs`() throws {
        let settings = try read(
            """
            defaults: {community: {env: COMMUNITY}, retries: 3, timeout: 900ms}
            switches:
              - {host: a, retries: 0}
              - {host: b, user: reader, authentication: {method: sha512, env: AUTH}}
            """)
        #expect(settings.switches.map(\.retries) == [0, 3])
        #expect(settings.switches.map(\.timeoutMilliseconds) == [900, 900])
        #expect(
            settings.switches[1].credential
                == .user("reader", authentication: .init(.sha512, Secret("first-passphrase")), privacy: nil))
    }

    @Test func `other addresses of a switch are read, and names are none`() throws {
        let settings = try read(
            "switches:\n  - {host: a, otherAddresses: [192.0.2.1, '2001:db8::1'], community: {env: COMMUNITY}}\n")
        #expect(settings.switches.first?.otherAddresses.map(\.description) == ["192.0.2.1", "2001:db8::1"])
        let wrong = complaints("switches:\n  - {host: a, otherAddresses: [core], community: {env: COMMUNITY}}\n")
        #expect(wrong.count == 1 && wrong[0].contains(":2: ") && wrong[0].contains("no address"))
    }

    @Test func `all mistakes are told at once, at most twenty`() {
        let many = "switches:\n" + (0..<30).map { "  - {host: h\($0), wrong: 1}\n" }.joined()
        #expect(complaints(many).count == SettingsFailure.mostProblems)
    }

    @Test func `a file made to exhaust the reader is refused, and quickly`() {
        let clock = ContinuousClock()
        let took = clock.measure {
            for text in [
                String(repeating: "[", count: 200_000), String(repeating: "- ", count: 200_000),
                String(repeating: "{a: ", count: 100_000),
                "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n",
                "switches:\n" + String(repeating: "- {host: x}\n", count: SettingsFile.mostSwitches + 1),
                String(repeating: "#", count: SettingsFile.mostOctets + 1),
            ] { #expect(!complaints(text).isEmpty) }
        }
        #expect(took < .seconds(20))
    }
}

@Suite struct `Secrets in files` {
    private func scratch(_ text: String, mode: Int) throws -> (folder: String, path: String) {
        let folder = FileManager.default.temporaryDirectory.path + "/wardlight-settings-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let path = folder + "/community"
        #expect(
            FileManager.default.createFile(
                atPath: path, contents: Data(text.utf8), attributes: [.posixPermissions: mode]))
        return (folder, path)
    }

    @Test func `a file of mode 600 is read, its line feed left out, by a path beside the settings`() throws {
        let (folder, path) = try scratch("s3cret-word\n", mode: 0o600)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let settings = try read("switches:\n  - {host: a, community: {file: community}}\n", folder: folder)
        #expect(settings.switches.first?.credential == .community(Secret("s3cret-word")))
        #expect(try SecretReading.file(path) == Secret("s3cret-word"))
    }

    @Test(arguments: [0o640, 0o604, 0o644, 0o660, 0o601])
    func `a file that others may read is refused, with chmod as the cure`(mode: Int) throws {
        let (folder, path) = try scratch("s3cret-word\n", mode: mode)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        #expect(throws: SecretFailure.open(path, mode: mode)) { try SecretReading.file(path) }
        let lines = complaints("switches:\n  - {host: a, community: {file: community}}\n", folder: folder)
        #expect(lines.count == 1 && lines[0].contains("chmod 600 \(path)") && !lines[0].contains("s3cret"))
    }

    @Test func `what is no secret of one line is refused`() throws {
        for (text, failure) in [
            ("", "empty"), ("\n", "empty"), ("a\nb\n", "more than one line"),
            (String(repeating: "a", count: 256), "longer than"), (String(repeating: "a", count: 300), "longer than"),
        ] {
            let (folder, path) = try scratch(text, mode: 0o600)
            defer { try? FileManager.default.removeItem(atPath: folder) }
            do throws(SecretFailure) {
                _ = try SecretReading.file(path)
                Issue.record("\(text.count) octets were taken")
            } catch { #expect(error.words.contains(failure)) }
        }
        #expect(throws: SecretFailure.noSuchFile("/nowhere/x")) { try SecretReading.file("/nowhere/x") }
        #expect(throws: SecretFailure.notAFile("/tmp")) { try SecretReading.file("/tmp") }
    }
}
