//===----------------------------------------------------------------------===//
// Wardlight · the command
//
// The machine, as Linux tells it in /proc: who holds a lock, who listens, who may capture. Nothing is tried out.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation

enum Machine {
    /// A process that holds a lock.
    struct Holder {
        var process: Int32
        var name: String
    }

    /// Files in /proc say how long they are only by ending; none of those read here is longer.
    private static let mostOctets = 4 << 20

    /// The text of a file of /proc or /sys; nil where it cannot be read.
    static func text(_ path: String) -> String? {
        guard let handle = FileHandle(forReadingAtPath: path) else { return nil }
        defer { try? handle.close() }
        guard let data = try? handle.read(upToCount: mostOctets) else { return nil }
        return String(decoding: data, as: UTF8.self)
    }

    static func line(_ path: String) -> String? {
        text(path)?.split(separator: "\n").first.map { String($0).trimmingCharacters(in: .whitespaces) }
    }

    static var program: String { Bundle.main.executableURL?.resolvingSymlinksInPath().path ?? "wardlight" }

    /// Who holds a lock (flock(2)) on a file, by its number in /proc/locks: asking for the lock instead could keep a
    /// service that starts right now from having it.
    static func holder(ofLock path: String) -> Holder? {
        let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: target),
            let number = (attributes[.systemFileNumber] as? NSNumber)?.uint64Value, let locks = text("/proc/locks")
        else { return nil }
        for line in locks.split(separator: "\n") {
            // 1: FLOCK  ADVISORY  WRITE 4711 fd:01:131090 0 EOF
            let words = line.split(separator: " ")
            guard words.count >= 6, words[1] == "FLOCK", let process = Int32(words[4]), process > 0,
                words[5].split(separator: ":").last.flatMap({ UInt64($0) }) == number
            else { continue }
            return Holder(process: process, name: self.line("/proc/\(process)/comm") ?? "unknown")
        }
        return nil
    }

    /// Whether a process has CAP_NET_RAW (bit 13 of its effective capabilities, capabilities(7)).
    static func mayCapture(process: String) -> Bool {
        guard let status = text("/proc/\(process)/status"),
            let line = status.split(separator: "\n").first(where: { $0.hasPrefix("CapEff:") }),
            let bits = UInt64(line.dropFirst(7).filter { !$0.isWhitespace }, radix: 16)
        else { return false }
        return bits >> 13 & 1 == 1
    }

    /// Inodes of those that listen at a port, of any address (proc_pid_net(5)).
    static func listeners(port: UInt16, isUDP: Bool = false) -> Set<String> {
        var found: Set<String> = []
        // LISTEN of TCP; whoever has bound a UDP port is in state 7.
        let (name, state) = isUDP ? ("udp", "07") : ("tcp", "0A")
        for path in ["/proc/net/\(name)", "/proc/net/\(name)6"] {
            for line in (text(path) ?? "").split(separator: "\n").dropFirst() {
                let words = line.split(separator: " ")
                guard words.count > 9, String(words[3]) == state,
                    words[1].split(separator: ":").last.flatMap({ UInt16($0, radix: 16) }) == port
                else { continue }
                found.insert(String(words[9]))
            }
        }
        return found
    }

    /// Whether a process holds one of these open.
    static func holds(process: Int32, anyOf inodes: Set<String>) -> Bool {
        let folder = "/proc/\(process)/fd"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.contains { name in
            guard let target = try? FileManager.default.destinationOfSymbolicLink(atPath: folder + "/" + name) else {
                return false
            }
            return inodes.contains { target.hasSuffix("socket:[\($0)]") }
        }
    }
}
