//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Live: the sensor on a wire of its own. It hears everything and says nothing.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model
import Support
import Testing
import Wire

/// A network namespace with two ends of one wire, gone with the last process in it.
enum PrivateWire {
    /// How to get one: as root at once, else as root of a user namespace, where the kernel permits that.
    private static let ways = [["--net"], ["--user", "--map-root-user", "--net"]]

    private static let outcome: (way: [String]?, reason: String) = {
        var reason = ""
        for way in ways {
            guard let ran = try? Ran("/usr/bin/env", ["unshare"] + way + ["sh", "-c", probe]) else { continue }
            if ran.code == 0 { return (way, "") }
            reason = ran.errors.split(separator: "\n").first.map(String.init) ?? "unshare ended with \(ran.code ?? -1)"
        }
        return (nil, reason)
    }()

    /// A wire can be made, and there is a Python to put frames on it.
    private static let probe =
        "PATH=$PATH:/usr/sbin:/sbin; ip link add wl0 type veth peer name wl1 && python3 -c 'import socket'"

    static var isPermitted: Bool { outcome.way != nil }
    static var reason: Comment {
        "a network namespace needs root (or user namespaces), iproute2 and python3 here: \(outcome.reason)"
    }

    /// Runs the script below; it answers in JSON.
    static func run(_ arguments: [String], _ environment: [String: String]) throws -> Ran {
        let path = (ProcessInfo.processInfo.environment["PATH"] ?? "") + ":/usr/sbin:/sbin"
        return try Ran(
            "/usr/bin/env", ["unshare"] + (outcome.way ?? []) + ["python3", "-c", script] + arguments,
            environment: environment.merging(["PATH": path]) { $1 })
    }

    /// Lets the sensor listen on `wl0`, puts the frames of a file (each behind two octets of length) on `wl1`, and
    /// counts what comes out of `wl0`: by the interface's own counter, and by what arrives at the other end. Then it
    /// sends one frame out of `wl0` itself, to show that both would have noticed.
    private static let script = """
        import json, os, signal, socket, struct, subprocess, sys, time
        frames, program = sys.argv[1], sys.argv[2:]
        def ip(*words): subprocess.run(("ip",) + words, check=True)
        for kind in ("all", "default"):
            with open("/proc/sys/net/ipv6/conf/%s/disable_ipv6" % kind, "w") as file: file.write("1")
        ip("link", "add", "wl0", "type", "veth", "peer", "name", "wl1")
        ip("link", "set", "wl0", "up")
        ip("link", "set", "wl1", "up")
        def link(): return json.loads(subprocess.check_output(("ip", "-s", "-d", "-j", "link", "show", "wl0")))[0]
        def sent(): return link()["stats64"]["tx"]["packets"]
        def wire(name):
            end = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))
            end.bind((name, 0))
            return end
        far, ear = wire("wl1"), wire("wl1")
        ear.setblocking(False)
        def heard():
            count = 0
            while True:
                try: _, address = ear.recvfrom(65536)
                except BlockingIOError: return count
                if address[2] != socket.PACKET_OUTGOING: count += 1
        before, began = sent(), time.time()
        # Whoever started this may have blocked Ctrl-C; a person's terminal does not.
        sensor = subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                  preexec_fn=lambda: signal.pthread_sigmask(signal.SIG_SETMASK, []))
        deadline = time.time() + 20
        while link().get("promiscuity", 0) == 0 and sensor.poll() is None and time.time() < deadline: time.sleep(0.05)
        time.sleep(0.2)
        data, at, injected = open(frames, "rb").read(), 0, 0
        while at < len(data):
            size = struct.unpack_from(">H", data, at)[0]
            far.send(data[at + 2:at + 2 + size])
            at, injected = at + 2 + size, injected + 1
        if os.environ.get("INTERRUPT"):
            time.sleep(0.5)
            sensor.send_signal(signal.SIGINT)
        try: output, errors = sensor.communicate(timeout=30)
        except subprocess.TimeoutExpired:
            sensor.kill()
            output, errors = sensor.communicate()
        time.sleep(0.2)
        result = {"code": sensor.returncode, "output": output.decode(), "errors": errors.decode(),
                  "seconds": time.time() - began, "injected": injected, "sent": sent() - before, "heard": heard()}
        wire("wl0").send(b"\\xff" * 12 + b"\\x88\\xb5" + b"\\0" * 50)
        time.sleep(0.2)
        result.update({"sentOnPurpose": sent() - before - result["sent"], "heardOnPurpose": heard()})
        print(json.dumps(result))
        """

    struct Result: Decodable {
        var code: Int32
        var output: String
        var errors: String
        /// How long it took, start included; the wire is quiet most of that time.
        var seconds: Double
        var injected: Int
        /// Frames that left the sensor's end while it listened: by its counter, and at the other end.
        var sent: Int
        var heard: Int
        var sentOnPurpose: Int
        var heardOnPurpose: Int
    }
}

/// Goal: the sensor finds what passes by, and not one frame leaves it: no name lookup, no ARP, no answer.
@Suite(.enabled(if: Command.isHere), .serialized) struct `The live sensor` {
    private static func frames() -> [UInt8] {
        var staged = StagedCapture()
        let pump = StagedCapture.Host(7)
        staged.udp(
            pump, 68, .init(1), 67,
            DHCPv4.write(
                .request, transaction: 7, client: pump.hardware,
                options: [.hostname("pump-7"), .vendorClass("MSFT 5.0")]))
        // What tempts a listener to speak: an ARP request, an echo request, a name question, a search, a SYN.
        var arp = ByteWriter()
        arp.raw([0, 1, 8, 0, 6, 4, 0, 1])
        arp.address(pump.hardware)
        arp.address(pump.network)
        arp.zeros(6)
        arp.address(IPAddress(v4: 0x0A01_0002))
        staged.add(
            FrameWriter.ethernet(
                from: pump.hardware, to: .broadcast, type: FrameWriter.EtherType.arp, arp.bytes))
        staged.udp(pump, 5_353, .init(251), 5_353, DNS.query("server.local", transaction: 0))
        staged.udp(pump, 50_000, .init(2), 53, DNS.query("server.example", transaction: 7))
        staged.udp(pump, 1_900, .init(2), 1_900, SSDP.search(for: "ssdp:all"))
        staged.tcp(pump, 40_000, .init(2), 80, [(.client, HTTP.request("GET", "/", host: "server.example"))])
        return staged.frames.flatMap { frame in
            [UInt8(truncatingIfNeeded: frame.bytes.count >> 8), UInt8(truncatingIfNeeded: frame.bytes.count)]
                + frame.bytes
        }
    }

    @Test(.enabled(if: PrivateWire.isPermitted, PrivateWire.reason), .timeLimit(.minutes(2)))
    func `hears a device and sends not one frame`() throws {
        let scratch = try Scratch()
        let path = try scratch.write("frames", Self.frames())
        let log = scratch.path("live.log")
        let program = try #require(Command.path)
        let ran = try PrivateWire.run(
            [
                path, program, "inventory", "--interface", "wl0", "--for", "3s", "--format", "json", "--facts",
                "--save", log,
            ], Command.environment)
        #expect(ran.code == 0, "\(ran.errors)")
        let result = try JSONDecoder().decode(PrivateWire.Result.self, from: Data(ran.output))
        #expect(result.code == 0, "\(result.errors)")
        #expect(result.injected >= 9)
        #expect(result.sent == 0, "the sensor's interface sent \(result.sent) frames")
        #expect(result.heard == 0, "the other end heard \(result.heard) frames")
        #expect(result.seconds < 10, "it listened for \(result.seconds) seconds instead of 3")
        // Both counts do count.
        #expect(result.sentOnPurpose == 1 && result.heardOnPurpose == 1)
        for found in ["pump-7", "MSFT 5.0", "02:00:0a:01:00:07", "10.1.0.7", "\"wl0\""] {
            #expect(result.output.contains(found), "\(found)")
        }
        let replay = try Command.run(["inventory", "--from", log, "--format", "json", "--facts"])
        #expect(replay.text == result.output)
    }

    @Test(.enabled(if: PrivateWire.isPermitted, PrivateWire.reason), .timeLimit(.minutes(2)))
    func `shows what it heard when a person ends it early`() throws {
        let scratch = try Scratch()
        let path = try scratch.write("frames", Self.frames())
        let program = try #require(Command.path)
        let ran = try PrivateWire.run(
            [path, program, "inventory", "--interface", "wl0", "--for", "1h", "--format", "json"],
            Command.environment.merging(["INTERRUPT": "1"]) { $1 })
        let result = try JSONDecoder().decode(PrivateWire.Result.self, from: Data(ran.output))
        #expect(result.code == 0, "\(result.errors)")
        #expect(result.seconds < 20 && result.output.contains("pump-7"))
    }

    @Test(.enabled(if: PrivateWire.isPermitted, PrivateWire.reason), .timeLimit(.minutes(2)))
    func `says which interface is not there`() throws {
        let scratch = try Scratch()
        let path = try scratch.write("frames", [])
        let program = try #require(Command.path)
        let ran = try PrivateWire.run(
            [path, program, "inventory", "--interface", "wl9", "--for", "1s"], Command.environment)
        let result = try JSONDecoder().decode(PrivateWire.Result.self, from: Data(ran.output))
        #expect(result.code == 1)
        #expect(result.errors.contains("wl9: no such interface"), "\(result.errors)")
    }
}
