//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// A hard world: a machine within the machine, with a disk and wires of its own, that can be made to fail.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Support
import Testing

/// A mount and a network namespace with one Python in it that does what a test asks for. It, and all that was started in
/// it, ends with the value.
final class HardWorld {
    /// How to get one: as root at once, else as root of a user namespace, where the kernel permits that.
    private static let ways = [["--mount", "--net"], ["--user", "--map-root-user", "--mount", "--net"]]

    private static let outcome: (way: [String]?, reason: String) = {
        var reason = ""
        let probe = """
            PATH=$PATH:/usr/sbin:/sbin; folder=$(mktemp -d) && mount -t tmpfs -o size=1m none $folder && umount $folder \
            && rmdir $folder && mount -t sysfs none /sys && ip link add wl0 type veth peer name wl1 && python3 -c 'import socket'
            """
        for way in ways {
            guard let ran = try? Ran("/usr/bin/env", ["unshare"] + way + ["sh", "-c", probe]) else { continue }
            if ran.code == 0 { return (way, "") }
            reason = ran.errors.split(separator: "\n").first.map(String.init) ?? "unshare ended with \(ran.code ?? -1)"
        }
        return (nil, reason)
    }()

    static var isPermitted: Bool { Command.isHere && outcome.way != nil }
    static var reason: Comment {
        "mount and network namespaces need root (or user namespaces), iproute2 and python3 here: \(outcome.reason)"
    }

    private let process = Process()
    private let asked = Pipe()
    private let answered = Pipe()
    private var rest = Data()
    /// Where its disks are mounted.
    let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["unshare"] + (Self.outcome.way ?? []) + ["python3", "-c", Self.script]
        let path = (ProcessInfo.processInfo.environment["PATH"] ?? "") + ":/usr/sbin:/sbin"
        process.environment = Command.environment.merging(["PATH": path]) { $1 }
        (process.standardInput, process.standardOutput) = (asked, answered)
        try process.run()
        // What `/sys` says of interfaces is about this world from now on.
        try shell("ip link set lo up && mount -t sysfs wardlight /sys")
    }

    deinit {
        try? asked.fileHandleForWriting.close()
        process.waitUntilExit()
    }

    // MARK: Asking

    struct Failure: Error, CustomStringConvertible { var description: String }

    /// One line there, one line back.
    private func ask(_ command: [String: Any]) throws -> [String: Any] {
        let line = try JSONSerialization.data(withJSONObject: command) + Data("\n".utf8)
        try asked.fileHandleForWriting.write(contentsOf: line)
        while true {
            if let end = rest.firstIndex(of: 0x0A) {
                let answer = try JSONSerialization.jsonObject(with: rest[..<end]) as? [String: Any]
                rest = Data(rest[rest.index(after: end)...])
                if let failure = answer?["failure"] as? String { throw Failure(description: failure) }
                return answer ?? [:]
            }
            let more = answered.fileHandleForReading.availableData
            guard !more.isEmpty else { throw Failure(description: "the world ended") }
            rest += more
        }
    }

    /// Runs a line of shell to its end.
    @discardableResult
    func shell(_ line: String, mayFail: Bool = false) throws -> (code: Int, output: String, errors: String) {
        let answer = try ask(["do": "shell", "line": line])
        let ran = (
            answer["code"] as? Int ?? -1, answer["output"] as? String ?? "", answer["errors"] as? String ?? ""
        )
        if ran.0 != 0, !mayFail { throw Failure(description: "\(line): \(ran.2)") }
        return ran
    }

    /// Runs the program to its end.
    func wardlight(_ arguments: String...) throws -> (code: Int, output: String, errors: String) {
        let words = [Command.path ?? ""] + arguments
        return try shell(words.map { "'\($0)'" }.joined(separator: " "), mayFail: true)
    }

    // MARK: Disks and wires

    /// A disk of its own; returns where.
    func disk(_ name: String, kibibytes: Int) throws -> String {
        let path = scratch.path(name)
        try shell("mkdir -p \(path) && mount -t tmpfs -o size=\(kibibytes)k,mode=700 wardlight \(path)")
        return path
    }

    /// Fills a disk but for so many KiB.
    func fill(_ path: String, leaving kibibytes: Int) throws {
        _ = try ask(["do": "fill", "path": path, "leaving": kibibytes << 10])
    }

    func free(_ path: String) throws { try shell("rm -f \(path)/ballast") }

    /// Puts frames on a wire.
    func send(_ frames: [[UInt8]], on interface: String) throws {
        let texts = frames.map { Data($0).base64EncodedString() }
        _ = try ask(["do": "frames", "interface": interface, "frames": texts])
    }

    // MARK: What runs

    /// Starts the program and leaves it running.
    func start(_ arguments: String..., environment: [String: String] = [:]) throws -> Int {
        let answer = try ask([
            "do": "start", "arguments": [Command.path ?? ""] + arguments, "environment": environment,
        ])
        return answer["id"] as? Int ?? -1
    }

    func signal(_ id: Int, _ number: Int32) throws { _ = try ask(["do": "signal", "id": id, "number": Int(number)]) }

    /// What it has said so far, and its exit code once it has ended.
    func look(_ id: Int) throws -> (words: String, code: Int?) {
        let answer = try ask(["do": "look", "id": id])
        return (answer["words"] as? String ?? "", answer["code"] as? Int)
    }

    /// Waits until it has said something, at most once more than `after` times; nil when it has not in time.
    func wait(_ id: Int, for text: String, times: Int = 1, seconds: Double = 60) async throws -> String? {
        let end = Date().addingTimeInterval(seconds)
        while Date() < end {
            let (words, code) = try look(id)
            let lines = words.split(separator: "\n").filter { $0.contains(text) }
            if lines.count >= times { return String(lines[times - 1]) }
            if code != nil { return nil }
            try await Task.sleep(for: .milliseconds(50))
        }
        return nil
    }

    /// Waits for its end; nil when it does not end in time.
    func ended(_ id: Int, seconds: Double = 60) async throws -> Int? {
        let end = Date().addingTimeInterval(seconds)
        while Date() < end {
            if let code = try look(id).code { return code }
            try await Task.sleep(for: .milliseconds(50))
        }
        return nil
    }

    struct Reply {
        var status: Int
        var type: String
        var body: String

        var json: [String: Any] {
            (try? JSONSerialization.jsonObject(with: Data(body.utf8)) as? [String: Any]) ?? [:]
        }
    }

    /// Asks a server in this world, on loopback.
    func http(_ method: String, _ target: String, port: Int, token: String, body: String? = nil) throws -> Reply {
        var fields = ["Authorization": "Bearer \(token)", "Accept": "application/json"]
        if body != nil { fields["Content-Type"] = "application/x-ndjson" }
        let answer = try ask([
            "do": "http", "method": method, "target": target, "port": port, "fields": fields, "body": body ?? "",
        ])
        return Reply(
            status: answer["status"] as? Int ?? 0, type: answer["type"] as? String ?? "",
            body: answer["body"] as? String ?? "")
    }

    // MARK: The other side

    private static let script = """
        import base64, http.client, json, os, signal, socket, subprocess, sys, threading
        runs, said = [], []
        # Whoever started this may have blocked Ctrl-C; a person's terminal does not.
        def awake(): signal.pthread_sigmask(signal.SIG_SETMASK, [])
        def listen(process, place):
            for line in process.stderr: said[place] += line.decode(errors="replace")
        def perform(c):
            what = c["do"]
            if what == "shell":
                ran = subprocess.run(["sh", "-c", c["line"]], capture_output=True, stdin=subprocess.DEVNULL,
                                     preexec_fn=awake)
                return {"code": ran.returncode, "output": ran.stdout.decode(errors="replace"),
                        "errors": ran.stderr.decode(errors="replace")}
            if what == "start":
                process = subprocess.Popen(c["arguments"], env={**os.environ, **c["environment"]},
                    stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                    preexec_fn=awake)
                runs.append(process)
                said.append("")
                threading.Thread(target=listen, args=(process, len(runs) - 1), daemon=True).start()
                return {"id": len(runs) - 1}
            if what == "look": return {"words": said[c["id"]], "code": runs[c["id"]].poll()}
            if what == "signal":
                runs[c["id"]].send_signal(c["number"])
                return {}
            if what == "fill":
                free = os.statvfs(c["path"])
                size = free.f_bavail * free.f_frsize - c["leaving"]
                with open(c["path"] + "/ballast", "ab") as file:
                    while size > 0:
                        try: size -= os.write(file.fileno(), b"x" * min(size, 1 << 20))
                        except OSError: break
                return {}
            if what == "frames":
                wire = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
                wire.bind((c["interface"], 0))
                for frame in c["frames"]: wire.send(base64.b64decode(frame))
                wire.close()
                return {}
            if what == "http":
                line = http.client.HTTPConnection("127.0.0.1", c["port"], timeout=20)
                line.request(c["method"], c["target"], c["body"].encode() or None, c["fields"])
                reply = line.getresponse()
                body = reply.read().decode(errors="replace")
                line.close()
                return {"status": reply.status, "type": reply.getheader("Content-Type") or "", "body": body}
            return {"failure": what}
        for kind in ("all", "default"):
            try:
                with open("/proc/sys/net/ipv6/conf/%s/disable_ipv6" % kind, "w") as file: file.write("1")
            except OSError: pass
        for line in sys.stdin:
            try: answer = perform(json.loads(line))
            except Exception as failure: answer = {"failure": repr(failure)}
            print(json.dumps(answer), flush=True)
        for process in runs:
            if process.poll() is None: process.kill()
            process.wait()
        """
}
