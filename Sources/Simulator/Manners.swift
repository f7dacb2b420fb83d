//===----------------------------------------------------------------------===//
// Wardlight · Simulator
//
// Manners of every computer: names looked up, time kept, web pages fetched, encrypted talks, management.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Wire

extension TLS.Offer {
    /// Offers as broad families of clients make them; each connection draws its own random octets.
    static let windows = TLS.Offer(
        serverName: nil, protocols: ["h2", "http/1.1"],
        ciphers: [0xC02C, 0xC02B, 0xC030, 0xC02F, 0xC024, 0xC023, 0xC028, 0xC027, 0x009D, 0x009C, 0x003D, 0x003C],
        extensions: [0, 10, 11, 13, 35, 16, 23, 0xFF01], versions: [],
        signatureAlgorithms: [0x0804, 0x0805, 0x0401, 0x0501, 0x0201, 0x0403, 0x0503], random: [])
    static let openSSL = TLS.Offer(
        serverName: nil,
        ciphers: [0x1302, 0x1303, 0x1301, 0xC02C, 0xC030, 0xCCA9, 0xCCA8, 0xC02B, 0xC02F, 0x00FF],
        extensions: [0, 11, 10, 35, 22, 23, 13, 43, 45, 51], random: [])
    static let embedded = TLS.Offer.embedded(serverName: nil, random: [])
    static let java = TLS.Offer(
        serverName: nil, ciphers: [0x1302, 0x1301, 0xC02C, 0xC02B, 0xC030, 0xC02F, 0x009F, 0x009E, 0x00FF],
        extensions: [0, 10, 11, 13, 23, 43, 45, 51], groups: [29, 23, 24, 25], random: [])
    static let apple = TLS.Offer(
        serverName: nil, protocols: ["h2", "http/1.1"],
        ciphers: [0x1301, 0x1302, 0x1303, 0xC02C, 0xC02B, 0xCCA9, 0xC030, 0xC02F, 0xCCA8], groups: [29, 23, 24, 25],
        random: [])
    static let android = TLS.Offer(
        serverName: nil, protocols: ["h2", "http/1.1"],
        ciphers: [0x1301, 0x1302, 0x1303, 0xC02B, 0xC02C, 0xCCA9, 0xC02F, 0xC030, 0xCCA8, 0x002F], random: [])

    /// What a device asks for that knows TLS 1.0 only.
    static let old: TLS.Offer = {
        var offer = TLS.Offer(
            serverName: nil, ciphers: [0xC014, 0xC013, 0x0035, 0x002F, 0x000A], extensions: [0, 10, 11], versions: [],
            signatureAlgorithms: [], groups: [23], random: [])
        offer.legacyVersion = 0x0301
        return offer
    }()

    func to(_ name: String) -> TLS.Offer {
        var offer = self
        offer.serverName = name
        return offer
    }
}

extension Station {
    /// Asks the name server for names.
    mutating func looksUp(_ names: [String], after: Int = 4, every: Int = 180) {
        does(after: after, every: every) { stage in
            let name = stage.chance.pick(names)
            let transaction = UInt16(stage.chance.below(65_536))
            let address = IPAddress(v4: 0xC633_6400 | UInt32(stage.chance.within(10...240)))
            stage.ask(
                stage.me, stage[.names], 53, as: "dns", DNS.query(name, transaction: transaction),
                DNS.answer(name, addresses: [address], transaction: transaction))
        }
    }

    /// Asks the time server.
    mutating func keepsTime(version: UInt8 = 4, every: Int = 128) {
        does(after: 6, every: every) { stage in
            // Seconds between 1900 and 1970.
            let seconds = UInt32(truncatingIfNeeded: stage.time / 1_000_000_000 + 2_208_988_800)
            stage.ask(
                stage.me, stage[.time], 123, as: "ntp", from: 123, NTP.write(version: version, seconds: seconds),
                NTP.write(version: version, stratum: 1, reference: Array("GPS".utf8), seconds: seconds))
        }
    }

    /// Talks encrypted with a server of the hospital.
    mutating func encrypts(
        to role: Role, _ port: UInt16 = 443, _ offer: TLS.Offer, after: Int = 8, every: Int = 120, octets: Int = 600
    ) {
        does(after: after, every: every) { stage in
            stage.talk(stage.me, stage[role], port, as: "tls", stage.encrypted(offer, octets))
            // TLS 1.0, which nobody should agree on any more (RFC 8996).
            if offer.legacyVersion < 0x0303 { stage.lapse(stage[role], "control.oldTLS") }
        }
    }

    /// Talks encrypted with a server out on the Internet (an address of RFC 5737 stands for it).
    mutating func encryptsOutside(_ names: [String], _ offer: TLS.Offer, after: Int = 9, every: Int = 90) {
        does(after: after, every: every) { stage in
            let name = stage.chance.pick(names)
            let address = IPAddress(v4: 0xC633_6400 | UInt32(stage.chance.within(10...240)))
            stage.talk(
                stage.end(stage.me, stage.port()), stage.outside(address, 443), stage.encrypted(offer.to(name), 900))
        }
    }

    /// Fetches a page of a server of the hospital.
    mutating func fetches(
        from role: Role, _ port: UInt16 = 80, _ path: String, host: String, agent: String, server: String,
        after: Int = 8, every: Int = 150
    ) {
        does(after: after, every: every) { stage in
            let page = Array("{\"status\":\"ok\"}".utf8)
            stage.talk(
                stage.me, stage[role], port, as: "http",
                [
                    (.client, HTTP.request("GET", path, host: host, headers: [("User-Agent", agent)])),
                    (
                        .server,
                        HTTP.response(
                            200, "OK", headers: [("Server", server), ("Content-Type", "application/json")], body: page)
                    ),
                ])
        }
    }

    /// Has a web page that the workshop looks at now and then.
    mutating func serves(
        _ port: UInt16 = 80, server: String, realm: String? = nil, title: String, isOpenedWithPassword: Bool = false,
        by role: Role = .workshop, after: Int = 25, every: Int = 300
    ) {
        does(after: after, every: every) { stage in
            let page = Array("<html><head><title>\(title)</title></head><body></body></html>".utf8)
            var headers = [(name: "Server", value: server), (name: "Content-Type", value: "text/html")]
            if let realm { headers.append(("WWW-Authenticate", "Basic realm=\"\(realm)\"")) }
            let agent = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/124.0 Safari/537.36"
            var own = [(name: "User-Agent", value: agent)]
            if isOpenedWithPassword {
                // "service:synthetic", as RFC 7617 writes it.
                own.append(("Authorization", "Basic c2VydmljZTpzeW50aGV0aWM="))
                stage.lapse(stage.me, "control.clearCredential")
            }
            let isRefused = realm != nil && !isOpenedWithPassword
            stage.talk(
                stage[role], stage.me, port, as: "http",
                [
                    (.client, HTTP.request("GET", "/", host: stage.me.text, headers: own)),
                    (
                        .server,
                        HTTP.response(
                            isRefused ? 401 : 200, isRefused ? "Unauthorized" : "OK", headers: headers, body: page)
                    ),
                ])
        }
    }

    /// Answers the network management's questions.
    mutating func isPolled(
        _ description: String, _ identifier: [UInt32], name: String, community: String = "sim-watch", every: Int = 120
    ) {
        isCalled(name)
        self.community = community
        system = (description, identifier)
        does(after: 12, every: every) { stage in
            let request = Int32(truncatingIfNeeded: stage.chance.next() >> 34)
            let objects: [UInt8] = [1, 2, 5]
            stage.ask(
                stage[.management], stage.me, 161, as: "snmp",
                SNMP.writeRequest(request: request, objects: objects, community: community),
                SNMP.writeResponse(
                    request: request, sysDescr: description, objectIdentifier: identifier, sysName: name,
                    community: community))
        }
    }

    /// Tells the log server what it does.
    mutating func logs(_ host: String, _ program: String, _ lines: [String], every: Int = 90) {
        does(after: 14, every: every) { stage in
            let text = Syslog.write(
                priority: 30, time: stage.rfc3339, host: host, program: program, process: 100 + stage.me.number % 900,
                text: stage.chance.pick(lines))
            stage.ask(stage.me, stage[.log], 514, as: "syslog", from: 514, text, nil)
        }
    }

    /// Is looked after over SSH by the management server.
    mutating func hasShell(_ banner: String, every: Int = 400) {
        does(after: 30, every: every) { stage in
            stage.talk(
                stage[.management], stage.me, 22, as: "ssh",
                [
                    (.client, SSH.write(banner: "SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3")),
                    (.server, SSH.write(banner: banner)),
                ])
        }
    }

    /// Says what it is on the cable, once a minute and not every half, to keep the traffic small.
    mutating func tells(_ announcement: LLDP.Announcement, every: Int = 60) {
        if !announcement.systemName.isEmpty { isCalled(announcement.systemName) }
        does(after: 1, every: every) { stage in
            stage.speaks(
                type: FrameWriter.EtherType.lldp, to: LLDP.nearestBridge, LLDP.write(announcement))
        }
    }

    mutating func tells(_ announcement: CDP.Announcement, every: Int = 60) {
        isCalled(announcement.deviceId)
        does(after: 2, every: every) { stage in
            stage.send(
                FrameWriter.snap(
                    from: stage.me.hardware, to: CDP.group, organisation: 0x00000C, protocol: 0x2000,
                    CDP.write(announcement)))
        }
    }

    /// Announces its services by multicast DNS.
    mutating func announces(_ host: String, _ services: [DNS.Service], every: Int = 120) {
        isCalled(host)
        does(after: 5, every: every) { stage in
            stage.multicast(
                from: 5_353, to: 0xE000_00FB, 5_353,
                DNS.announcement(host: host, addresses: [stage.me.address], services: services), hops: 255)
        }
    }

    /// Announces itself by SSDP.
    mutating func announces(type: String, server: String, path: String, _ chance: inout Chance, every: Int = 120) {
        let usn = "uuid:\(chance.uuid())::\(type)"
        does(after: 7, every: every) { stage in
            stage.multicast(
                from: 1_900, to: 0xEFFF_FFFA, 1_900,
                SSDP.notify(type: type, usn: usn, server: server, location: "http://\(stage.me.text)\(path)"), hops: 4)
        }
    }

    /// Announces itself by WS-Discovery.
    mutating func announces(
        _ kinds: [WSDiscovery.Device.Kind], scopes: [String], path: String, _ chance: inout Chance, every: Int = 150
    ) {
        let device = WSDiscovery.Device(
            address: "urn:uuid:\(chance.uuid())", types: kinds, scopes: scopes, transports: ["http://\(text)\(path)"])
        does(after: 8, every: every) { stage in
            let message = "urn:uuid:\(stage.chance.uuid())"
            stage.multicast(
                from: 3_702, to: 0xEFFF_FFFA, 3_702, WSDiscovery.hello(device, message: message), hops: 1)
        }
    }

    /// Tells a broker what it measures.
    mutating func publishes(
        _ client: String, _ topic: String, _ values: [String], version: MQTT.Version = .v311, user: String? = nil,
        password: String? = nil, every: Int = 90
    ) {
        does(after: 10, every: every) { stage in
            let value = Array(stage.chance.pick(values).utf8)
            stage.talk(
                stage.me, stage[.broker], 1_883, as: "mqtt",
                [
                    (
                        .client,
                        MQTT.connect(clientId: client, version: version, userName: user, password: password)
                    ),
                    (.server, MQTT.connected(version: version)),
                    (.client, MQTT.publish(topic: topic, payload: value, version: version)),
                ])
            if password != nil { stage.lapse(stage[.broker], "control.clearCredential") }
        }
    }
}

extension Stage {
    /// Hellos of both sides, a session of TLS 1.2 that is taken up again (so that no certificate is shown), and some
    /// octets that nobody can read.
    mutating func encrypted(_ offer: TLS.Offer, _ octets: Int) -> [(StreamSide, [UInt8])] {
        var offer = offer
        offer.random = chance.bytes(32)
        // Change of cipher, and a Finished that is encrypted already (RFC 5246, 7.3).
        let minor = UInt8(truncatingIfNeeded: offer.legacyVersion)
        let begin: [UInt8] = [20, 3, minor, 0, 1, 1]
        let suite = offer.ciphers.first { $0 >> 8 == 0xC0 } ?? 0x009C
        let hello = TLS.writeServerHello(
            version: offer.legacyVersion, cipher: suite, random: chance.bytes(32), session: chance.bytes(32))
        return [
            (.client, TLS.writeRecords(TLS.writeClientHello(offer), version: 0x0301)),
            (
                .server,
                TLS.writeRecords(hello, version: offer.legacyVersion) + begin
                    + TLS.writeRecords(chance.bytes(40), version: offer.legacyVersion)
            ), (.client, begin + TLS.writeRecords(chance.bytes(40), version: offer.legacyVersion)),
            (.client, TLS.writeApplicationData(chance.bytes(octets))),
            (.server, TLS.writeApplicationData(chance.bytes(octets / 2 + 40))),
        ]
    }
}
