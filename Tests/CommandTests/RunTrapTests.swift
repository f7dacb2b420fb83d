//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// What switches tell the running service by themselves.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Support
import Testing

/// Goal: the twin follows a notification at once, of the switches and at the door that the settings name at the moment.
@Suite(
    .enabled(if: HardWorld.isPermitted, HardWorld.reason),
    .enabled(
        if: FileManager.default.isExecutableFile(atPath: "/usr/bin/snmptrap"),
        "needs net-snmp's snmptrap (Debian: snmp)"), .serialized, .timeLimit(.minutes(5)))
struct `Notifications to a running service` {
    private let hp = "1.3.6.1.4.1.11.2.14.11.5.1.66"

    /// A device is plugged in at port 7 of the switch.
    private func learned(_ last: Int) -> String {
        "\(hp).0.1 \(hp).1.6.0 i 1 \(hp).1.7.0 x 0003B11200\(String(format: "%02X", last)) \(hp).1.9.0 i 7 \(hp).1.10.0 i 12"
    }

    private let linkDown = "1.3.6.1.6.3.1.1.5.3 1.3.6.1.2.1.2.2.1.1.7 i 7"

    @discardableResult
    private func send(
        _ world: HardWorld, _ what: String, by program: String = "snmptrap", community: String = "ward",
        port: Int = 1_162
    ) throws -> Int {
        try world.shell(
            "MIBS= SNMPCONFPATH=/dev/null/none SNMP_PERSISTENT_DIR=\(world.scratch.path("snmp")) "
                + "\(program) -v2c -c \(community) -t 3 -r 0 127.0.0.1:\(port) '' \(what)", mayFail: true
        ).code
    }

    private func settings(_ house: HardHouse, door: Int, switches: String) throws {
        try house.settings(
            """
            traps: { address: 127.0.0.1, port: \(door) }
            switches: \(switches)
            defaults: { timeout: 100ms, retries: 0, community: { file: \(house.world.scratch.path("community")) } }
            """)
    }

    @Test func `change the twin at once, and follow the settings at SIGHUP`() async throws {
        let world = try HardWorld()
        try world.scratch.write("community", Array("ward\n".utf8))
        try world.shell("chmod 600 \(world.scratch.path("community"))")
        let house = HardHouse(world, data: world.scratch.path("data"))
        try settings(house, door: 1_162, switches: "[{ name: core-1, host: 127.0.0.1, port: 9 }]")
        try await house.start()
        #expect(
            try await world.wait(house.id, for: "door for notifications: open at 127.0.0.1:1162", seconds: 20) != nil,
            "\(house.words)")
        func isPlaced(_ last: Int) throws -> Bool {
            try house.get("/api/v1/devices?q=00:03:b1:12:00:\(String(format: "%02x", last))").body.contains("core-1")
        }
        #expect(try send(world, learned(1)) == 0)
        #expect(try await house.until(seconds: 20) { try isPlaced(1) }, "\(house.words)")
        // The port as a poll shows it.
        let moment = Int(Date().timeIntervalSince1970) * 1_000_000_000
        let port =
            #"{"site":"north","sensor":"core-1","occurred":"\#(moment)","port":{"agent":"core-1","ifIndex":7,"name":"7","isUp":true}}"#
        #expect(
            try world.http("POST", "/api/v1/observations", port: 8_443, token: house.token, body: port + "\n").status
                == 201)
        // Whoever has another community says nothing.
        #expect(try send(world, linkDown, community: "public") == 0)
        #expect(try send(world, learned(2), by: "snmpinform") == 0, "an inform is confirmed")
        #expect(try await house.until(seconds: 20) { try isPlaced(2) })
        #expect(try isPlaced(1))
        #expect(try send(world, linkDown) == 0)
        #expect(try await house.until(seconds: 20) { try !isPlaced(1) && !isPlaced(2) }, "the cable is out")
        let ports = try house.get("/api/v1/ports").body
        #expect(ports.contains("\"ifIndex\": 7") && ports.contains("\"up\": false"), "\(ports)")

        // Another door, and a switch that may no longer speak.
        try settings(
            house, door: 1_163,
            switches: "[{ name: core-1, host: 127.0.0.9, port: 9 }, { name: core-2, host: 127.0.0.1, port: 9 }]")
        try world.signal(house.id, SIGHUP)
        #expect(
            try await world.wait(house.id, for: "door for notifications: open at 127.0.0.1:1163", seconds: 10) != nil,
            "\(house.words)")
        #expect(try send(world, learned(3), port: 1_163) == 0)
        #expect(
            try await house.until(seconds: 20) {
                try house.get("/api/v1/devices?q=00:03:b1:12:00:03").body.contains("core-2")
            }, "\(house.words)")
        // A door that somebody else has is told and tried again.
        try world.shell(
            "python3 -c 'import socket, time; s = socket.socket(2, 2); s.bind((\"127.0.0.1\", 1164)); time.sleep(30)' "
                + ">/dev/null 2>&1 & echo $! >\(world.scratch.path("thief"))")
        try await Task.sleep(for: .milliseconds(500))
        try settings(house, door: 1_164, switches: "[{ name: core-1, host: 127.0.0.1, port: 9 }]")
        try world.signal(house.id, SIGHUP)
        #expect(
            try await world.wait(house.id, for: "somebody listens there already", seconds: 10) != nil, "\(house.words)")
        #expect(try house.get("/status").body.contains("somebody listens there already"))
        try world.shell("kill -9 $(cat \(world.scratch.path("thief")))")
        #expect(
            try await world.wait(house.id, for: "door for notifications: open at 127.0.0.1:1164", seconds: 15) != nil,
            "\(house.words)")
        #expect(try await house.stop() == 0, "\(house.words)")
        let export = try world.wardlight("log", "export", house.data + "/log").output
        #expect(export.contains("linkDown") && export.contains("trap.wrongCommunity"))
    }
}
