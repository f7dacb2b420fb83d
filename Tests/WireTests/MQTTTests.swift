//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// MQTT: are clients and topics read, and passwords and payloads not?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Support
import Testing
import Wire

private func packet(port: UInt16) -> Packet {
    var packet = Packet()
    packet.sourcePort = 50_000
    packet.destinationPort = port
    return packet
}

private func read(_ bytes: [UInt8], pieces: Int = .max, side: StreamSide = .client) -> OneDirection {
    OneDirection(bytes, pieces: pieces) { MQTT.read($0, side, &$1, packet(port: 1_883), into: &$2) }
}

private func recognised(_ bytes: [UInt8], port: UInt16) -> Bool {
    MQTT.recognises(bytes.span, packet(port: port))
}

@Suite struct `MQTT clients` {
    @Test(arguments: [(MQTT.Version.v31, "3.1"), (.v311, "3.1.1"), (.v5, "5.0")])
    func `what is written is read in every version`(version: MQTT.Version, name: String) {
        let bytes =
            MQTT.connect(clientId: "pump-7", version: version, userName: "ward")
            + MQTT.publish(topic: "ward/3/pump", payload: [1, 2, 3], version: version)
        #expect(recognised(bytes, port: 8_000))
        for size in [1, 2, 5, 1_000] {
            #expect(
                read(bytes, pieces: size).facts == [
                    "mqtt.version=\(name)", "mqtt.clientId=pump-7", "mqtt.userName=ward", "mqtt.topic=ward/3/pump",
                ])
        }
    }

    @Test func `a will and a password are stepped over`() {
        // CONNECT 3.1.1 with will, user name and password: client "c", will topic "w", message "m".
        let connect: [UInt8] = [
            0x10, 0x19, 0, 4, 0x4D, 0x51, 0x54, 0x54, 4, 0xC6, 0, 60, 0, 1, 0x63, 0, 1, 0x77, 0, 1, 0x6D, 0, 1, 0x75, 0,
            1,
            0x70,
        ]
        #expect(
            read(connect).facts == [
                "mqtt.version=3.1.1", "mqtt.clientId=c", "mqtt.userName=u", "clear.credentialSent=mqtt password",
                "clear.credentialTaken=mqtt password",
            ])
    }

    @Test func `a picture of any size passes unseen`() {
        let bytes =
            MQTT.connect(clientId: "cam") + MQTT.publish(topic: "a", payload: Array(repeating: 0x30, count: 300_000))
            + MQTT.publish(topic: "b", payload: [])
        #expect(
            read(bytes, pieces: 1_460).facts == [
                "mqtt.version=3.1.1", "mqtt.clientId=cam", "mqtt.topic=a", "mqtt.topic=b",
            ])
    }

    @Test func `what the broker passes on is no fact about the broker`() {
        #expect(read(MQTT.publish(topic: "a", payload: []), side: .server).facts == [])
    }

    @Test func `a conversation already under way is believed on its port when nothing is wrong`() {
        let publish = MQTT.publish(topic: "ward/3/temperature", payload: [0x32, 0x31])
        #expect(recognised(publish, port: 1_883))
        #expect(!recognised(publish, port: 80))
        #expect(!recognised(MQTT.publish(topic: "ward/#", payload: []), port: 1_883))
        #expect(!recognised([0x36] + publish.dropFirst(), port: 1_883))
        #expect(read(publish).facts == ["mqtt.topic=ward/3/temperature"])
    }

    @Test func `behind a gap only what proves itself is read`() {
        let middle: [UInt8] = [0x30, 0x05, 0x00, 0x09] + Array(repeating: 0x61, count: 40)
        let publish = MQTT.publish(topic: "t", payload: [])
        #expect(read(middle + publish, pieces: middle.count).facts == ["mqtt.topic=t"])
    }

    @Test func `lengths that lie are oddities`() {
        let connect = MQTT.connect(clientId: "c")
        var lying = connect
        lying[connect.count - 2] = 9
        #expect(read(lying).oddities == [.mqttTruncated])
        #expect(read(connect + [0x30, 0xFF, 0xFF, 0xFF, 0xFF, 0x01]).oddities == [.mqttBadLength])
    }
}

/// Values from `.expected.suricata-test.yaml` and `.expected.arkime.json` beside the recordings.
@Suite(.enabled(if: Recordings.areHere)) struct `MQTT in recordings` {
    @Test(arguments: [
        ("mqtt/suri__mqtt5-pub-userpass__input.pcap", Field.mqttClientId, ["myvoiceismypassport"]),
        ("mqtt/suri__mqtt5-pub-userpass__input.pcap", .mqttUserName, ["user"]),
        ("mqtt/suri__mqtt5-pub-userpass__input.pcap", .mqttTopic, ["topicX"]),
        ("mqtt/suri__mqtt5-pub-userpass__input.pcap", .mqttVersion, ["5.0"]),
        ("mqtt/suri__mqtt31-pub-qos1__input.pcap", .mqttVersion, ["3.1"]),
        ("mqtt/suri__mqtt-midstream-split__mqtt-midstream-split.pcap", .mqttTopic, ["topicX"]),
        ("mqtt/ndpi__coap_mqtt.pcap", .mqttClientId, ["Bus41"]),
        ("mqtt/ndpi__coap_mqtt.pcap", .mqttTopic, ["Bus17Cmd", "Bus17Info"]),
        (
            "mqtt/arkime__mqtt_synthetic.pcap", .mqttClientId,
            ["anon-publisher", "iot-gateway-west", "legacy-device", "mqtt5-client", "sensor-001"]
        ),
        ("mqtt/arkime__mqtt_synthetic.pcap", .mqttVersion, ["3.1", "3.1.1", "5.0"]),
    ])
    func `clients and topics are the ones others read`(path: String, field: Field, values: [String]) throws {
        #expect(try Reading.read(path).values(field) == values)
    }

    /// From the `topic` lists of `arkime__mqtt_synthetic.pcap.expected.arkime.json`.
    @Test(arguments: [
        (
            "192.168.1.10",
            ["commands/+", "sensors/#", "sensors/humidity", "sensors/temperature"]
        ),
        ("192.168.1.20", ["data/readings"]),
    ])
    func `topics that a client writes to and asks for are its own`(address: String, topics: [String]) throws {
        let facts = try Reading.facts(in: "mqtt/arkime__mqtt_synthetic.pcap")
            .filter { $0.field == .mqttTopic && $0.ip == address }
        #expect(Set(facts.map(\.value)).sorted() == topics)
    }
}
