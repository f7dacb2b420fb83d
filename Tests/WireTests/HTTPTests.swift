//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// HTTP: are the names in headers read from every message, and nothing else?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Support
import Testing
import Wire

private func read(_ text: String, pieces: Int = .max) -> OneDirection {
    OneDirection(Array(text.utf8), pieces: pieces) { HTTP.read($0, .client, &$1, Packet(), into: &$2) }
}

private func recognised(_ text: String) -> Bool {
    HTTP.recognises(Array(text.utf8).span, Packet())
}

@Suite struct `HTTP headers` {
    private let twoRequests = """
        GET /status HTTP/1.1\r
        Host: pump-7.ward\r
        user-agent:  Infuso/2.1 (Linux)\t\r
        Cookie: secret=1\r
        \r
        POST /log HTTP/1.1\r
        Host: log.ward\r
        Content-Length: 11\r
        \r
        GET / HTTP/GET / HTTP/1.0\r
        Host: old.ward\r
        \r

        """

    @Test(arguments: [1, 2, 3, 7, 40, 1_000])
    func `pipelined requests are read whatever the segments`(size: Int) {
        #expect(
            read(twoRequests, pieces: size).facts == [
                "http.host=pump-7.ward", "http.userAgent=Infuso/2.1 (Linux)", "http.host=log.ward",
                "http.host=old.ward",
            ])
    }

    @Test func `an answer names server, realm and engine`() {
        let answer = """
            HTTP/1.1 401 Unauthorized\r
            Server: Boa/0.94.13\r
            X-Powered-By: PHP/5\r
            WWW-Authenticate: Digest realm="Camera \\"3\\"", nonce="x", Basic realm=plain, charset=x\r
            Content-Length: 0\r
            \r
            HTTP/1.1 200 OK\r
            Server: second\r
            Content-Type: text/plain\r
            \r
            HTTP/1.1
            """
        #expect(
            read(answer, pieces: 5).facts == [
                "http.server=Boa/0.94.13", "http.poweredBy=PHP/5", "http.realm=Camera \"3\"", "http.realm=plain",
                "http.server=second",
            ])
    }

    @Test func `a long body is skipped without being collected`() {
        var bytes = HTTP.response(
            200, "OK", headers: [("Server", "a"), ("Content-Type", "image/png")],
            body: Array(repeating: 0x41, count: 70_000))
        bytes += HTTP.response(304, "Not Modified", headers: [("Server", "b"), ("Content-Length", "70000")])
        bytes += HTTP.response(200, "OK", headers: [("Server", "c")])
        let result = OneDirection(bytes, pieces: 1_460) { HTTP.read($0, .server, &$1, Packet(), into: &$2) }
        #expect(result.facts == ["http.server=a", "http.server=b", "http.server=c"])
    }

    @Test func `the answer to HEAD has no body though it counts one`() {
        let first = "HTTP/1.1 200 OK\r\nServer: a\r\nContent-Length: 5000\r\n\r\n"
        let second = "HTTP/1.1 200 OK\r\nServer: b\r\nContent-Length: 2\r\n\r\nok"
        #expect(read(first + second, pieces: first.utf8.count).facts == ["http.server=a", "http.server=b"])
    }

    @Test(arguments: [1, 10, 64, 1_000])
    func `chunks are stepped over`(size: Int) {
        let text =
            "HTTP/1.1 200 OK\r\nServer: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n"
            + "A;x=y\r\n0123456789\r\n0005\r\nHTTP/\r\n0\r\nServer: trailer\r\n\r\n"
            + "HTTP/1.1 200 OK\r\nServer: b\r\nContent-Length: 0\r\n\r\n"
        #expect(read(text, pieces: size).facts == ["http.server=a", "http.server=b"])
    }

    @Test func `after a false chunk reading goes on at the next segment with a message`() {
        let broken = "HTTP/1.1 200 OK\r\nServer: a\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n"
        let next = "HTTP/1.1 200 OK\r\nServer: b\r\nContent-Length: 0\r\n\r\n"
        #expect(read(broken + next, pieces: broken.utf8.count).facts == ["http.server=a", "http.server=b"])
    }

    @Test func `a tunnel is handed over in both directions`() {
        let request = "CONNECT a.example:443 HTTP/1.1\r\nHost: a.example:443\r\n\r\n\u{16}\u{03}\u{01}"
        #expect(read(request).handedOver == [0x16, 3, 1])
        #expect(read(request, pieces: 60).handedOver == [0x16, 3, 1])
        let answer = "HTTP/1.1 200 Connection established\r\n\r\n\u{16}\u{03}\u{03}"
        #expect(read(answer).handedOver == [0x16, 3, 3])
        #expect(read(answer, pieces: 1).handedOver == [0x16, 3, 3])
        #expect(read("HTTP/1.1 407 No\r\nContent-Length: 0\r\n\r\n").handedOver == nil)
    }

    @Test func `an answer without a body is no tunnel when another answer or a page follows`() {
        let subscribed = "HTTP/1.1 200 OK\r\nServer: a\r\nSID: uuid:1\r\n\r\n"
        let result = read(subscribed + subscribed, pieces: 9)
        #expect(result.handedOver == nil)
        #expect(result.facts == ["http.server=a", "http.server=a"])
        #expect(read("HTTP/1.0 200 OK\r\nServer: a\r\n\r\n<html>").handedOver == nil)
    }

    @Test func `an upgrade ends the reading`() {
        let answer = "HTTP/1.1 101 Switching Protocols\r\nServer: a\r\nUpgrade: websocket\r\n\r\nServer: b\r\n"
        #expect(read(answer).last == .finished)
        #expect(read(answer).facts == ["http.server=a"])
        let request = "GET /chat HTTP/1.1\r\nUpgrade: websocket\r\n\r\n"
        #expect(read(request + "\u{01}\u{02}").last == .finished)
    }

    @Test func `lines of any length are survived`() {
        let long = String(repeating: "x", count: 20_000)
        let text =
            "GET /\(long) HTTP/1.1\r\nHost: a\r\nCookie: \(long)\r\nUser-Agent: u\r\n\r\n"
        #expect(read(text, pieces: 1_460).facts == ["http.host=a", "http.userAgent=u"])
    }

    @Test func `only what is HTTP beyond doubt is recognised`() {
        #expect(recognised("GET / HTTP/1.1\r\n"))
        #expect(recognised("M-SEARCH * HTTP/1.1\n"))
        #expect(recognised("HTTP/1.0 404 Not found\r\n"))
        #expect(recognised("GET /a/very/long/path/that/goes/on"))
        #expect(recognised("POST "))
        #expect(!recognised("GET"))
        #expect(!recognised("OPTIONS sip:a@b SIP/2.0\r\n"))
        #expect(!recognised("OPTIONS rtsp://a RTSP/1.0\r\n"))
        #expect(!recognised("PRI * HTTP/2.0\r\n"))
        #expect(!recognised("HELO mail.example\r\n"))
        #expect(!recognised("HTTP/1.1 abc"))
    }
}

@Suite struct `UPnP descriptions` {
    private let description = """
        <?xml version="1.0"?>
        <root xmlns="urn:schemas-upnp-org:device-1-0"><specVersion><major>1</major></specVersion>
        <device><deviceType>urn:x:device:controllee:1</deviceType><friendlyName>Plug &amp; 1</friendlyName>
        <manufacturer>Belkin</manufacturer><modelName>Socket</modelName><modelNumber>1.0</modelNumber>
        <serialNumber>22</serialNumber><UDN>uuid:S-1</UDN>
        <deviceList><device><friendlyName>inner</friendlyName></device></deviceList></device></root>
        """
    private let expected = [
        "upnp.deviceType=urn:x:device:controllee:1", "upnp.friendlyName=Plug & 1", "upnp.manufacturer=Belkin",
        "upnp.modelName=Socket", "upnp.modelNumber=1.0", "upnp.serialNumber=22", "upnp.udn=uuid:S-1",
    ]

    @Test(arguments: [1, 100, 1_460])
    func `a counted one is read`(size: Int) {
        let bytes = HTTP.response(
            200, "OK", headers: [("Content-Type", "text/xml; charset=\"utf-8\"")], body: Array(description.utf8))
        let result = OneDirection(bytes, pieces: size) { HTTP.read($0, .server, &$1, Packet(), into: &$2) }
        #expect(result.facts == expected)
    }

    @Test(arguments: [1, 100, 1_460])
    func `one that ends with the connection is read`(size: Int) {
        let head = "HTTP/1.0 200 OK\r\nContent-Type: application/xml\r\n\r\n"
        #expect(read(head + description + "\r\n", pieces: size).facts == expected)
    }

    @Test(arguments: [1, 100, 1_460])
    func `one in a chunk is read`(size: Int) {
        let head = "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nTransfer-Encoding: chunked\r\n\r\n"
        let length = String(description.utf8.count, radix: 16)
        #expect(read("\(head)\(length)\r\n\(description)\r\n0\r\n\r\n", pieces: size).facts == expected)
    }

    @Test func `other XML teaches nothing`() {
        let head = "HTTP/1.0 200 OK\r\nContent-Type: text/xml\r\n\r\n"
        #expect(read(head + "<Envelope><device><modelName>x</modelName></device></Envelope>").facts == [])
        #expect(read(head + "<root><device><icon><modelName>x</modelName></icon></device></root>").facts == [])
    }
}

@Suite(.enabled(if: Recordings.areHere)) struct `HTTP in recordings` {
    /// From the zeek and arkime baselines beside the recordings, or from tshark where there is none.
    @Test(arguments: [
        ("infra/arkime__http-simple-get.pcap", Field.httpServer, ["Apache/2.2.15 (CentOS)"]),
        ("infra/arkime__http-basicauth.pcap", .httpServer, ["cpsrvd/11.44.1.19"]),
        (
            "infra/arkime__http-basicauth.pcap", .httpUserAgent,
            ["Mozilla/5.0 (Windows NT 5.1; rv:32.0) Gecko/20100101 Firefox/32.0"]
        ),
        ("infra/wireshark__http.pcap", .httpHost, ["windowsupdate.microsoft.com"]),
        ("infra/wireshark__http.pcap", .httpUserAgent, ["Industry Update Control"]),
        ("infra/zeek__methods.pcap", .httpHost, ["www.google.com"]),
        ("infra/zeek__methods.pcap", .httpServer, ["GFE/2.0", "gws"]),
        ("infra/ndpi__http_auth.pcap", .httpRealm, ["BrowserSpy.dk - HTTP Password Test"]),
        ("infra/arkime__80211http.pcap", .httpServer, ["nginx/1.13.3"]),
        ("malformed/arkime__http-tcp-seq-issue.pcap", .httpServer, ["ATS"]),
        ("malformed/ndpi__http-crash-content-disposition.pcap", .httpPoweredBy, ["PHP/5.3.3"]),
        ("tls/ja4__http1.pcapng", .upnpModelName, ["UDM-SE"]),
        ("tls/ja4__http1.pcapng", .upnpSerialNumber, ["78:45:58:c0:1d:bf"]),
        ("tls/ja4__http1.pcapng", .upnpFriendlyName, ["UniFi Dream Machine"]),
        (
            "iot-setup/HueBridge/Setup-A-2-STA.pcap", .httpHost,
            ["10.10.10.6", "bridge.meethue.com:80", "dcp.cpp.philips.com:80", "www.ecdinterface.philips.com:80"]
        ),
    ])
    func `the headers are the ones others read`(path: String, field: Field, values: [String]) throws {
        #expect(try Reading.read(path).values(field) == values)
    }

    @Test func `the server's name belongs to the server, the agent's to the client`() throws {
        let facts = try Reading.facts(in: "infra/arkime__http-simple-get.pcap")
        #expect(Set(facts.filter { $0.field == .httpServer }.map(\.mac)) == ["00:13:72:c4:f1:e1"])
        #expect(Set(facts.filter { $0.field == .httpUserAgent }.map(\.mac)) == ["00:1f:5b:ff:51:cb"])
    }
}
