//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// The running service on wires that come and go.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Support
import Testing

/// Goal: what speaks on a wire is seen within seconds, and a wire that fails is told, tried again and nobody else's trouble.
@Suite(.enabled(if: HardWorld.isPermitted, HardWorld.reason), .serialized, .timeLimit(.minutes(5)))
struct `A service on live wires` {
    private func wire(_ world: HardWorld, _ near: String, _ far: String) throws {
        try world.shell("ip link add \(near) type veth peer name \(far); ip link set \(near) up; ip link set \(far) up")
    }

    @Test func `shows a device within ten seconds and how much it heard within a minute, also on a busy wire`()
        async throws
    {
        let world = try HardWorld()
        try wire(world, "wl0", "wl1")
        let house = HardHouse(world, data: world.scratch.path("data"))
        try house.settings("interfaces: [{ name: wl0, site: south }]")
        try await house.start()
        #expect(try await world.wait(house.id, for: "interface wl0: it is listened to", seconds: 10) != nil)
        // A wire that is never quiet for a tenth of a second.
        try world.shell(
            """
            (timeout 40 python3 -c 'import socket, time
            wire = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
            wire.bind(("wl1", 0))
            while True: wire.send(b"\\2\\0\\0\\0\\0\\1\\2\\0\\0\\0\\0\\2\\x88\\xb5" + b"\\0" * 50); time.sleep(0.01)') >/dev/null 2>&1 &
            """)
        try await Task.sleep(for: .seconds(1))
        let sent = Date()
        try world.send(Spoken.dhcp(7, name: "pump-7"), on: "wl1")
        #expect(try await house.until(seconds: 10) { try house.devices("pump-7") == 1 }, "\(house.words)")
        #expect(Date().timeIntervalSince(sent) < 10)
        #expect(try house.get("/api/v1/devices?q=pump-7").body.contains("\"south\""))
        func heard() throws -> Bool {
            try house.get("/status").body.range(of: #"wl0</[^>]+>\s*<td[^>]*>[1-9]"#, options: .regularExpression)
                != nil
        }
        #expect(try await house.until(seconds: 50, heard), "\(house.words)")
        #expect(try await house.stop() == 0, "\(house.words)")
    }

    @Test func `goes on when an interface is missing, comes, goes and comes back`() async throws {
        let world = try HardWorld()
        try wire(world, "wl0", "wl1")
        let house = HardHouse(world, data: world.scratch.path("data"))
        try house.settings("interfaces: [{ name: wl0 }, { name: wl5 }]")
        try await house.start()
        #expect(try await world.wait(house.id, for: "interface wl5: no such interface", seconds: 10) != nil)
        #expect(try house.get("/status").body.contains("interface wl5: no such interface"))
        let sick = try world.wardlight("doctor", "--config", house.config)
        #expect(sick.code == 1 && sick.output.contains("wl5: no such interface"), "\(sick.output)")
        try world.send(Spoken.dhcp(1, name: "first"), on: "wl1")
        #expect(try await house.until(seconds: 10) { try house.devices("first") == 1 })

        try wire(world, "wl5", "wl6")
        #expect(try await world.wait(house.id, for: "interface wl5: it is listened to", seconds: 10) != nil)
        #expect(try await house.until(seconds: 5) { !(try house.get("/status").body.contains("no such interface")) })
        try world.send(Spoken.dhcp(2, name: "second"), on: "wl6")
        #expect(try await house.until(seconds: 10) { try house.devices("second") == 1 })

        try world.shell("ip link del wl5")
        #expect(try await house.until(seconds: 20) { try house.get("/status").body.contains("interface wl5: ") })
        try world.send(Spoken.dhcp(3, name: "third"), on: "wl1")
        #expect(try await house.until(seconds: 10) { try house.devices("third") == 1 })

        try wire(world, "wl5", "wl6")
        #expect(
            try await world.wait(house.id, for: "interface wl5: it is listened to", times: 2, seconds: 20) != nil,
            "\(house.words)")
        try world.send(Spoken.dhcp(4, name: "fourth"), on: "wl6")
        #expect(try await house.until(seconds: 10) { try house.devices("fourth") == 1 })

        // Taken down, as a person does by mistake.
        try world.shell("ip link set wl5 down")
        #expect(
            try await house.until(seconds: 20) { try house.get("/status").body.contains("interface wl5: ") },
            "\(house.words)")
        try world.shell("ip link set wl5 up")
        #expect(
            try await world.wait(house.id, for: "interface wl5: it is listened to", times: 3, seconds: 20) != nil,
            "\(house.words)")
        try world.send(Spoken.dhcp(5, name: "fifth"), on: "wl6")
        #expect(try await house.until(seconds: 10) { try house.devices("fifth") == 1 })
        let well = try world.wardlight("doctor", "--config", house.config)
        #expect(!well.output.contains("fail  interface"), "\(well.output)")
        // Nothing is said again and again.
        #expect(house.words.components(separatedBy: "\n").count < 20, "\(house.words)")
        #expect(try await house.stop() == 0, "\(house.words)")
        #expect(try world.wardlight("log", "verify", house.data + "/log").code == 0)
    }
}
