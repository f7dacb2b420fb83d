//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// On the air, and between polls: stations at access points, and what switches tell by themselves.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Testing
import Topology

/// A closet with a switch, an access point at port 3, and a controller.
private struct Floor {
    var topology = Topology()
    var time: Int64 = 1_000

    static func mac(_ number: Int) -> HardwareAddress { HardwareAddress(bits: 0x00AA_0000_0000 + UInt64(number)) }

    mutating func say(_ body: Observation.Body) {
        topology.learn(
            Observation(site: "main", sensor: "test", occurred: Timestamp(seconds: time), body: body))
    }

    mutating func poll(_ agent: String, _ table: [UInt32: [Int]]) {
        var about = Switch(agent: agent)
        about.forwardingRows = max(1, table.values.map(\.count).reduce(0, +))
        say(.switch(about))
        for (number, addresses) in table.sorted(by: { $0.key < $1.key }) {
            var port = SwitchPort(ifIndex: number, name: "p\(number)")
            port.isUp = true
            port.bridgePort = number + 100
            say(.port(PortReport(agent: agent, port: port)))
            for address in addresses {
                say(
                    .learned(
                        LearnedAddress(
                            agent: agent, hardware: Self.mac(address), ifIndex: number, vlan: 10, kind: .learned)))
            }
        }
    }

    mutating func serve(
        _ controller: String, _ stations: [(Int, String)], point: (Int, String)? = nil,
        _ security: WirelessSecurity? = .enterprise, isPolled: Bool = true
    ) {
        if isPolled { say(.switch(Switch(agent: controller))) }
        if let point {
            var about = AccessPoint(agent: controller, hardware: Self.mac(point.0))
            about.name = point.1
            say(.accessPoint(about))
        }
        for (number, name) in stations {
            var station = WirelessStation(agent: controller, hardware: Self.mac(number))
            station.accessPoint = name
            station.ssid = "clinical"
            station.security = security
            say(.wireless(station))
        }
    }

    func place(_ number: Int) -> Place? {
        topology.map().places.first { $0.hardware == Self.mac(number) }?.place
    }
    func port(_ agent: String, _ ifIndex: UInt32) -> NetworkMap.PortState? {
        topology.map().switches.first { $0.about.agent == agent }?.ports.first { $0.port.ifIndex == ifIndex }
    }
    func text(_ number: Int) -> String? {
        place(number).map { place in
            place.wireless.map { "\($0.accessPoint ?? "?")@\(place.agent)" } ?? "\(place.agent)/\(place.port)"
        }
    }
}

@Suite struct `Places on the air` {
    @Test func `a station is at its access point, not at the access point's port`() throws {
        var floor = Floor()
        floor.poll("sw", [1: [1], 3: [50, 7]])
        floor.serve("wlc", [(7, "ap-3")], point: (50, "ap-3"))
        #expect(floor.text(7) == "ap-3@wlc" && floor.text(1) == "sw/p1" && floor.text(50) == "sw/p3")
        let wireless = try #require(floor.place(7)?.wireless)
        #expect(wireless.port == SharedSegment.Member(agent: "sw", ifIndex: 3, port: "p3"))
        #expect(wireless.ssid == "clinical" && wireless.security == .enterprise)
        #expect(floor.port("sw", 3)?.isAccessPoint == true && floor.port("sw", 1)?.isAccessPoint == false)
        #expect(floor.port("sw", 3)?.devices == [Floor.mac(50)])
        #expect(floor.topology.map().segments.isEmpty)
    }

    @Test func `a port with two stations of one access point and its own address is its port, one more is not`() {
        var floor = Floor()
        floor.poll("sw", [3: [50, 7, 8], 4: [60, 61, 9, 10]])
        floor.serve("wlc", [(7, "ap-3"), (8, "ap-3"), (9, "ap-4"), (10, "ap-4")])
        #expect(floor.port("sw", 3)?.isAccessPoint == true)
        #expect(floor.place(7)?.wireless?.port?.ifIndex == 3)
        // Two addresses beside the stations: a hub with an access point on it is still a hub.
        #expect(floor.port("sw", 4)?.isAccessPoint == false)
        #expect(floor.topology.map().segments.map(\.devices) == [[Floor.mac(60), Floor.mac(61)]])
    }

    @Test func `a neighbour that says it is an access point makes its port one`() {
        var floor = Floor()
        floor.poll("sw", [3: [50, 51, 52]])
        var neighbour = SwitchNeighbour(agent: "sw", ifIndex: 3, via: .cdp)
        (neighbour.name, neighbour.abilities) = ("ap-3", [.accessPoint, .bridge])
        floor.say(.neighbour(neighbour))
        #expect(floor.port("sw", 3)?.isAccessPoint == true && floor.port("sw", 3)?.isUplink == false)
        #expect(floor.topology.map().segments.isEmpty)
    }

    @Test func `a controller's own port or an uplink never makes a station wired`() {
        var floor = Floor()
        floor.poll("sw", [1: [1], 24: [7, 90]])
        var core = Switch(agent: "core")
        (core.ownAddresses, core.forwardingRows) = ([Floor.mac(90)], 1)
        floor.say(.switch(core))
        floor.time += 5_000
        floor.poll("sw", [1: [1], 24: [7, 90]])
        floor.time -= 5_000
        floor.serve("wlc", [(7, "ap-3")])
        #expect(floor.text(7) == "ap-3@wlc")
    }

    @Test func `plugged in: a wired row ten minutes newer wins, one of ten minutes does not`() {
        for (later, text) in [(600, "ap-3@wlc"), (601, "sw/p1")] as [(Int64, String)] {
            var floor = Floor()
            floor.serve("wlc", [(7, "ap-3")])
            floor.time += later
            floor.poll("sw", [1: [7], 2: []])
            #expect(floor.text(7) == text)
        }
    }

    @Test func `plugged in: a notification wins at once`() {
        var floor = Floor()
        floor.poll("sw", [1: [], 2: []])
        floor.serve("wlc", [(7, "ap-3")])
        floor.time += 1
        floor.say(.event(PortEvent(agent: "sw", kind: .learned, ifIndex: 1, hardware: Floor.mac(7), vlan: 10)))
        #expect(floor.text(7) == "sw/p1")
    }

    @Test func `roaming begins a new place, staying keeps the old one`() {
        var floor = Floor()
        floor.serve("wlc", [(7, "ap-3")])
        floor.time += 60
        floor.serve("wlc", [(7, "ap-3")])
        #expect(floor.place(7)?.since == Timestamp(seconds: 1_000) && floor.place(7)?.seen == Timestamp(seconds: 1_060))
        floor.time += 60
        floor.serve("wlc", [(7, "ap-4")])
        #expect(floor.place(7)?.since == Timestamp(seconds: 1_120) && floor.text(7) == "ap-4@wlc")
    }

    @Test func `who is not in the newest poll of the controller has left`() {
        var floor = Floor()
        floor.serve("wlc", [(7, "ap-3"), (8, "ap-3")])
        floor.time += 60
        floor.serve("wlc", [(8, "ap-3")])
        #expect(floor.place(7) == nil && floor.text(8) == "ap-3@wlc")
    }

    @Test func `two controllers that report one station at once are both told, the newest first`() {
        var floor = Floor()
        floor.serve("wlc-1", [(7, "ap-3")])
        floor.time += 10
        floor.serve("wlc-2", [(7, "ap-9"), (8, "ap-9")])
        let stations = floor.topology.map().stations
        #expect(stations.map(\.hardware) == [Floor.mac(7), Floor.mac(8)])
        #expect(stations[0].reports.map(\.accessPoint) == ["ap-9", "ap-3"])
        #expect(stations[1].reports.map(\.agent) == ["wlc-2"])
        // Once the first has been asked again and does not name it, one is left.
        floor.time += 10
        floor.serve("wlc-1", [])
        #expect(floor.topology.map().stations[0].reports.map(\.agent) == ["wlc-2"])
    }

    @Test func `a login server's word ends with its session, or after a day`() {
        var floor = Floor()
        floor.serve("radius", [(7, "ap-3"), (8, "ap-3")], isPolled: false)
        #expect(floor.text(7) == "ap-3@radius")
        var left = WirelessStation(agent: "radius", hardware: Floor.mac(7))
        left.isGone = true
        floor.say(.wireless(left))
        #expect(floor.place(7) == nil && floor.place(8) != nil)
        floor.time += 86_400
        floor.serve("radius", [(9, "ap-3")], isPolled: false)
        #expect(floor.place(8) != nil)
        floor.time += 1
        floor.serve("radius", [(9, "ap-3")], isPolled: false)
        #expect(floor.place(8) == nil && floor.place(9) != nil)
    }

    @Test func `stations that find no room are counted`() {
        var limits = TopologyLimits()
        limits.stations = 2
        var floor = Floor(topology: Topology(limits: limits))
        floor.serve("wlc", [(7, "a"), (8, "a"), (9, "a")])
        #expect(floor.topology.map().stations.count == 2 && floor.topology.map().overflow == 1)
        floor.time += 1
        floor.serve("wlc", [(9, "a")])
        floor.time += 1
        floor.serve("wlc", [(9, "a"), (7, "a")])
        #expect(floor.topology.map().stations.count == 2)
    }
}

@Suite struct `Between polls` {
    private func floor() -> Floor {
        var floor = Floor()
        floor.poll("sw", [1: [7], 2: []])
        floor.poll("other", [1: [9], 2: []])
        floor.time += 60
        return floor
    }

    @Test func `an address that is learned is placed at once, by the port of the interface or of the bridge`() {
        for event in [
            PortEvent(agent: "sw", kind: .learned, ifIndex: 2, hardware: Floor.mac(8), vlan: 10),
            PortEvent(agent: "sw", kind: .learned, bridgePort: 102, hardware: Floor.mac(8), vlan: 10),
        ] {
            var floor = floor()
            floor.say(.event(event))
            #expect(floor.text(8) == "sw/p2" && floor.place(8)?.since == Timestamp(seconds: 1_060))
            #expect(floor.topology.map().switches.first { $0.about.agent == "sw" }?.heard == Timestamp(seconds: 1_060))
            #expect(floor.topology.map().asOf == Timestamp(seconds: 1_060))
        }
        var floor = floor()
        floor.say(.event(PortEvent(agent: "sw", kind: .learned, bridgePort: 7, hardware: Floor.mac(8))))
        #expect(floor.place(8) == nil && floor.topology.map().overflow == 1)
    }

    @Test func `it wins over what another switch said before, and loses to what that says later`() {
        var floor = floor()
        floor.say(.event(PortEvent(agent: "other", kind: .learned, ifIndex: 2, hardware: Floor.mac(7), vlan: 10)))
        #expect(floor.text(7) == "other/p2")
        floor.time += 60
        floor.say(.event(PortEvent(agent: "sw", kind: .learned, ifIndex: 2, hardware: Floor.mac(7), vlan: 10)))
        #expect(floor.text(7) == "sw/p2")
    }

    @Test func `on one switch it moves from port to port, except into another VLAN`() {
        for kind in [PortEvent.Kind.moved, .learned] {
            var floor = floor()
            floor.say(.event(PortEvent(agent: "sw", kind: kind, ifIndex: 2, hardware: Floor.mac(7), vlan: 10)))
            #expect(floor.text(7) == "sw/p2" && floor.port("sw", 1)?.devices == [])
            floor.say(.event(PortEvent(agent: "sw", kind: .removed, ifIndex: 2, hardware: Floor.mac(7), vlan: 10)))
            #expect(floor.place(7) == nil)
        }
        var floor = floor()
        floor.say(.event(PortEvent(agent: "sw", kind: .learned, ifIndex: 2, hardware: Floor.mac(7), vlan: 20)))
        floor.say(.event(PortEvent(agent: "sw", kind: .removed, ifIndex: 2, hardware: Floor.mac(7), vlan: 20)))
        #expect(floor.text(7) == "sw/p1")
    }

    @Test func `a cable that is out ends the places at its port, and its return does not bring them back`() {
        var floor = floor()
        floor.say(.event(PortEvent(agent: "sw", kind: .linkDown, ifIndex: 1)))
        #expect(floor.place(7) == nil && floor.text(9) == "other/p1")
        #expect(floor.port("sw", 1)?.port.isUp == false)
        #expect(floor.port("sw", 1)?.port.lastChange == Timestamp(seconds: 1_060))
        floor.say(.event(PortEvent(agent: "sw", kind: .linkUp, ifIndex: 1)))
        #expect(floor.place(7) == nil && floor.port("sw", 1)?.port.isUp == true)
        floor.say(.event(PortEvent(agent: "sw", kind: .learned, ifIndex: 1, hardware: Floor.mac(7))))
        #expect(floor.text(7) == "sw/p1")
    }

    @Test func `the next poll has the last word`() {
        var floor = floor()
        floor.say(.event(PortEvent(agent: "sw", kind: .learned, ifIndex: 2, hardware: Floor.mac(8), vlan: 10)))
        floor.time += 60
        floor.poll("sw", [1: [7], 2: []])
        #expect(floor.place(8) == nil && floor.text(7) == "sw/p1")
    }

    @Test func `a notification that comes late changes nothing`() {
        var floor = floor()
        floor.say(.event(PortEvent(agent: "sw", kind: .learned, ifIndex: 2, hardware: Floor.mac(8))))
        floor.time -= 1
        floor.say(.event(PortEvent(agent: "sw", kind: .linkDown, ifIndex: 2)))
        #expect(floor.text(8) == "sw/p2")
    }

    @Test func `refusals of port security are counted, a cold start empties nothing`() {
        var floor = floor()
        for _ in 0..<2 { floor.say(.event(PortEvent(agent: "sw", kind: .violation, ifIndex: 1))) }
        floor.say(.event(PortEvent(agent: "sw", kind: .coldStart)))
        #expect(floor.port("sw", 1)?.port.violations == 2 && floor.text(7) == "sw/p1")
    }

    @Test func `a switch that was never asked is known by what it tells`() {
        var floor = Floor()
        floor.say(.event(PortEvent(agent: "new", kind: .learned, ifIndex: 4, hardware: Floor.mac(7))))
        #expect(floor.text(7) == "new/4")
    }
}
