//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Settings of the service: what they say, what holds when they say nothing, and where they are wrong.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model
import Settings
import Support
import Testing

private func read(_ text: String, environment: [String: String] = ["HOOK": "signing-secret"])
    throws(SettingsFailure) -> SettingsFile
{
    try SettingsFile(
        text: text, path: "wardlight.yaml", folder: "/etc/wardlight", site: "main", environment: environment)
}

private func complaints(_ text: String) -> [String] {
    do throws(SettingsFailure) {
        _ = try read(text)
        return []
    } catch { return error.lines }
}

@Suite struct `Settings of the service` {
    @Test func `the example names all of them`() throws {
        let text = try House.text("deploy/wardlight.example.yaml")
        let run = try read(
            text.replacingOccurrences(of: "# data:", with: "data:"),
            environment: [
                "WARDLIGHT_COMMUNITY": "one", "WARDLIGHT_AUTHENTICATION": "first-passphrase",
                "WARDLIGHT_PRIVACY": "other-passphrase", "WARDLIGHT_WEBHOOK": "signing-secret",
            ]
        ).run
        #expect(run.data == "/var/lib/wardlight" && run.logFolder == "/var/lib/wardlight/log")
        #expect(run.interfaces == [RunSettings.Interface(name: "eth1", site: "main")])
        #expect(run.pollSeconds == 300 && run.zone.name == "Europe/Berlin")
        #expect(run.traps == RunSettings.Traps(address: "192.0.2.5", port: 1_162))
        #expect(run.server.address == "127.0.0.1" && run.server.port == 8_443 && !run.server.plain)
        #expect(run.server.hostName == "wardlight.hospital.example")
        #expect(run.server.certificate == "/etc/wardlight/keys/server.pem")
        #expect(run.server.key == "/etc/wardlight/keys/server.key")
        #expect(run.limits == RunSettings.Limits(), "what the example shows as usual is what holds without it")
        #expect(
            run.syslog == [
                RunSettings.Syslog(
                    host: "syslog.hospital.example", authorities: "/etc/wardlight/keys/syslog-ca.pem")
            ])
        #expect(run.webhooks.map(\.url) == ["https://tickets.hospital.example/wardlight"])
        #expect(run.webhooks.map(\.secret) == [Secret("signing-secret")])
        #expect(run.downtime == RunSettings.Copies(folder: "/srv/downtime", everySeconds: 3_600))
        #expect(run.backup == RunSettings.Copies(folder: "/srv/backup/wardlight", everySeconds: 86_400))
        let places = try #require(run.places)
        #expect(
            places.map(\.id) == [
                "main", "main/east-wing", "main/east-wing/2", "main/east-wing/2/icu", "main/east-wing/2/icu/room-4",
                "main/east-wing/2/icu/room-4/1", "main/east-wing/2/icu/room-4/2", "main/east-wing/2/icu/corridor",
                "main/ambulance-1", "garden-house", "garden-house/flat-1", "garden-house/flat-2",
            ])
        #expect(places[5].aliases == ["ICU^4^1"] && places[5].kind == .bed && places[5].name == "1")
        #expect(places[4].outline == Location.Outline(x: 0, y: 0, width: 5_000, height: 4_500))
    }

    @Test func `a file that says nothing has safe values`() throws {
        let run = try read("").run
        #expect(run.interfaces.isEmpty && run.server.isLoopback && !run.server.plain && run.places == nil)
        #expect(run.zone == .utc && run.downtime == nil && run.backup == nil)
        #expect(try read("sites: []\n").run.places == [])
    }

    @Test func `the data lies where systemd says, else where the user's state goes`() throws {
        #expect(try read("", environment: ["STATE_DIRECTORY": "/var/lib/a:/var/lib/b"]).run.data == "/var/lib/a")
        let data = try read("", environment: ["XDG_STATE_HOME": "/home/a/state"]).run.data
        #expect(data == (geteuid() == 0 ? "/var/lib/wardlight" : "/home/a/state/wardlight"))
        #expect(try read("data: here\n").run.data == "/etc/wardlight/here")
    }

    @Test(arguments: [
        ("interfaces:\n  - {site: a}\n", 2, "'name' is missing"),
        ("interfaces:\n  - {name: ../eth1}\n", 2, "no name of an interface"),
        ("interfaces:\n  - {name: abcdefghijklmnop}\n", 2, "1 to 15 octets"),
        ("interfaces:\n  - {name: a}\n  - {name: a, site: b}\n", 3, "is heard already"),
        ("polls: {every: 5}\n", 1, "from 30s to 1d"),
        ("polls: {every: 29s}\n", 1, "from 30s to 1d"),
        ("polls: {evry: 30s}\n", 1, "did you mean 'every'?"),
        ("timeZone: Berlin\n", 1, "did you mean 'Europe/Berlin'?"),
        ("timeZone: CET\n", 1, "write it as Europe/Berlin"),
        ("timeZone: Europe/Atlantis\n", 1, "no time zone"),
        ("server:\n  address: 0.0.0.0\n  plain: true\n", 3, "goes with address 127.0.0.1 or ::1 only"),
        ("server:\n  address: localhost\n", 2, "no address in numbers"),
        ("server:\n  port: 65536\n", 2, "from 1 to 65535"),
        ("server:\n  hostName: a b\n", 2, "neither a name nor an address"),
        ("server:\n  plain: yes\n", 2, "takes true or false"),
        ("server:\n  certificate: a.pem\n", 2, "both certificate and key"),
        ("limits: {devices: 1023}\n", 1, "from 1024 to 1048576"),
        ("limits: {retention: 23h}\n", 1, "from 1d to 36500d"),
        ("limits: {retention: 99999999999999999d}\n", 1, "from 1d to 36500d"),
        ("limits: {segment: 5GiB}\n", 1, "from 1MiB to 4GiB"),
        ("limits: {segment: 99999999999GiB}\n", 1, "from 1MiB to 4GiB"),
        ("limits: {body: 1MB}\n", 1, "such as 256MiB"),
        ("limits: {subscribers: 0}\n", 1, "from 1 to 65536"),
        ("limits: {requestPerSecond: 1}\n", 1, "did you mean 'requestsPerSecond'?"),
        ("traps: {port: 0}\n", 1, "from 1 to 65535"),
        ("traps: {adress: 192.0.2.5}\n", 1, "did you mean 'address'?"),
        ("traps: {address: eth0}\n", 1, "no address in numbers"),
        ("traps: 162\n", 1, "takes keys with values"),
        ("syslog: {host: a}\n", 1, "takes a list"),
        ("syslog: [{port: 1}]\n", 1, "'host' is missing"),
        (
            "syslog: [{host: a}, {host: b}, {host: c}, {host: d}, {host: e}, {host: f}, {host: g}, {host: h}, {host: i}]\n",
            1, "at most 8"
        ),
        ("webhook:\n  - {url: 'http://a', secret: {env: HOOK}}\n", 2, "begins with https://"),
        ("webhook:\n  - {url: 'https://u:p@a', secret: {env: HOOK}}\n", 2, "no name or password"),
        ("webhook:\n  - {url: 'https://a'}\n", 2, "takes url"),
        ("webhook:\n  - {url: 'https://a', secret: plain-text}\n", 2, "a secret does not stand in the settings"),
        ("downtime: {every: 1h}\n", 1, "'folder' is missing"),
        ("backup: {folder: a, every: 59s}\n", 1, "from 1m to 31d"),
    ])
    func `each mistake is named with its line and its cure`(text: String, line: Int, words: String) {
        let lines = complaints(text)
        #expect(lines.contains { $0.hasPrefix("wardlight.yaml:\(line): ") && $0.contains(words) }, "\(lines)")
        #expect(!lines.joined().contains("signing-secret"))
    }

    @Test func `both ends of every range are taken`() throws {
        let least = try read(
            "limits: {devices: 1024, retention: 1d, segment: 1MiB, subscribers: 1, requestsPerSecond: 1, body: 1KiB}\n"
        ).run.limits
        #expect(least.devices == 1_024 && least.retentionSeconds == 86_400 && least.segmentOctets == 1 << 20)
        #expect(least.subscribers == 1 && least.requestsPerSecond == 1 && least.bodyOctets == 1 << 10)
        let most = try read("limits: {retention: 36500d, segment: 4GiB, body: 64MiB}\npolls: {every: 24h}\n").run
        #expect(most.limits.retentionSeconds == 36_500 * 86_400 && most.limits.segmentOctets == 4 << 30)
        #expect(most.limits.bodyOctets == 64 << 20 && most.pollSeconds == 86_400)
    }

    @Test func `only this machine's own addresses are loopback`() {
        for address in ["127.0.0.1", "127.9.9.9", "::1"] { #expect(RunSettings.Server.isLoopback(address)) }
        for address in ["0.0.0.0", "::", "127.0.0.1.example", "10.0.0.1", "fe80::1", ""] {
            #expect(!RunSettings.Server.isLoopback(address))
        }
    }
}

@Suite struct `The time zone of a site` {
    @Test func `shows what the clock on the ward's wall showed, around both changes of a year`() throws {
        let zone = try #require(SiteZone(iana: "Europe/Berlin"))
        func clock(_ text: String) throws -> String { zone.words(try #require(Timestamp(rfc3339: text))) }
        #expect(try clock("2026-03-29T00:59:59Z") == "2026-03-29 01:59:59 UTC+1")
        #expect(try clock("2026-03-29T01:00:00Z") == "2026-03-29 03:00:00 UTC+2")
        #expect(try clock("2026-10-25T00:59:59Z") == "2026-10-25 02:59:59 UTC+2")
        #expect(try clock("2026-10-25T01:00:00Z") == "2026-10-25 02:00:00 UTC+1")
        #expect(zone.minute(try #require(Timestamp(rfc3339: "2026-07-01T22:30:59Z"))) == "2026-07-02 00:30")
    }

    @Test func `zones off the hour, without summer time, and the ends of time are no trouble`() throws {
        let nepal = try #require(SiteZone(iana: "Asia/Kathmandu"))
        #expect(nepal.words(.epoch) == "1970-01-01 05:45:00 UTC+5:45")
        #expect(SiteZone.utc.words(.epoch) == "1970-01-01 00:00:00 UTC")
        for end in [Int64.min, .max] {
            #expect(SiteZone.utc.words(Timestamp(nanoseconds: end)).hasSuffix(" UTC"))
            #expect(!nepal.minute(Timestamp(nanoseconds: end)).isEmpty)
        }
        #expect(SiteZone(iana: "UTC") != nil && SiteZone(iana: "") == nil && SiteZone(iana: "/etc/passwd") == nil)
    }
}
