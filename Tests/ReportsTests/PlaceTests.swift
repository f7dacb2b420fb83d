//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Places for people and machines: on a cable and on the air, how fresh, and whose no longer when anonymised.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Reports
import Support
import Testing

@Suite struct `Places in reports` {
    private let since = Timestamp(seconds: 1_700_000_000)

    private var wired: Place {
        var place = Place(agent: "sw-3", port: "Gi1/0/7", ifIndex: 7, since: since, seen: since)
        (place.switchName, place.vlan) = ("ward-3", 12)
        return place
    }

    private var wireless: Place {
        var place = Place(agent: "wlc-1", port: "ap-icu", ifIndex: 0, since: since, seen: since)
        var air = Place.Wireless()
        (air.accessPoint, air.ssid, air.security) = ("ap-icu", "clinical", .sharedKey)
        air.accessPointAddress = HardwareAddress(bits: 0x0011_2233_4450)
        air.port = SharedSegment.Member(agent: "sw-3", ifIndex: 9, port: "Gi1/0/9")
        place.wireless = air
        return place
    }

    /// A switch that was asked a minute before the newest answer, and the place of the monitor.
    private func snapshot(_ place: Place) -> InventorySnapshot {
        var device = Ward.monitor
        device.place = place
        var snapshot = Ward.snapshot([device])
        var map = NetworkMap()
        var port = NetworkMap.PortState(
            port: SwitchPort(ifIndex: 9, name: "Gi1/0/9"), isUplink: false, devices: [HardwareAddress(bits: 0x50)])
        port.isAccessPoint = true
        var state = NetworkMap.SwitchState(site: "main", about: Switch(agent: "sw-3"), polled: since, ports: [port])
        state.heard = Timestamp(seconds: 1_700_000_030)
        map.switches = [state]
        map.asOf = Timestamp(seconds: 1_700_000_060)
        map.places = [DevicePlace(site: "main", hardware: HardwareAddress(bits: 0x51), place: place)]
        snapshot.network = map
        return snapshot
    }

    @Test func `a device's row, cell and story say where it is`() {
        for (place, words, story) in [
            (wired, "ward-3 Gi1/0/7", "at ward-3 Gi1/0/7, VLAN 12"),
            (
                wireless, "ap-icu (clinical)",
                "at access point ap-icu, network clinical, shared key, which is at sw-3 Gi1/0/9"
            ),
        ] {
            let snapshot = snapshot(place)
            let row = InventoryCSV.text(of: snapshot).components(separatedBy: "\r\n")[1]
            #expect(row.hasSuffix("\(words),2023-11-14T22:13:20Z,2023-11-14T22:13:20Z,"), "\(row)")
            #expect(InventoryTable(width: 400).text(of: snapshot).contains(words))
            let told = DeviceStory(width: 200).text(of: snapshot.devices[0], in: snapshot)
            #expect(told.contains(story) && told.contains("seen 2023-11-14T22:13:20Z"), "\(told)")
        }
    }

    @Test func `the freshness stands under the table, in the topology and in JSON`() throws {
        let snapshot = snapshot(wireless)
        #expect(InventoryTable().text(of: snapshot).contains("1 switch, read at 2023-11-14T22:13:20Z."))
        let text = TopologyReport.text(of: snapshot.network ?? NetworkMap())
        #expect(text.contains("polled 2023-11-14T22:13:20Z, 1 min before the newest answer"))
        #expect(text.contains("told something itself at 2023-11-14T22:13:50Z"))
        #expect(text.contains("ap-icu · clinical, shared key · 1 stations") && text.contains("access point"))
        var bytes: [UInt8] = []
        InventoryJSON.write(snapshot, facts: false) { bytes += $0 }
        let json = String(decoding: bytes, as: UTF8.self)
        #expect(json.contains("\"ageSeconds\": 60") && json.contains("\"heard\": \"2023-11-14T22:13:50Z\""))
        #expect(json.contains("\"accessPoint\": \"ap-icu\", \"ssid\": \"clinical\", \"security\": \"sharedKey\""))
        #expect(json.contains("\"accessPointPort\": {\"agent\": \"sw-3\", \"port\": \"Gi1/0/9\", \"ifIndex\": 9}"))
        let schema = try JSONSchema(House.text("docs/schema/wardlight.inventory-1.schema.json"))
        #expect(try schema.violations(of: bytes) == [])
    }

    @Test func `anonymised, neither the access point nor the network is named`() {
        let anonymous = Anonymiser(seed: [1, 2, 3]).anonymise(snapshot(wireless))
        var bytes: [UInt8] = []
        InventoryJSON.write(anonymous, facts: true) { bytes += $0 }
        let text = String(decoding: bytes, as: UTF8.self) + InventoryCSV.text(of: anonymous)
        for word in ["ap-icu", "clinical\"", "wlc-1", "00:11:22:33:44:50", "sw-3"] {
            #expect(!text.contains(word), "\(word)")
        }
        #expect(text.contains("\"security\": \"sharedKey\""))
    }
}
