//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// The running service on a machine whose clock is set.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Support
import Testing

/// A machine whose clock a test may set: a library that is loaded before all others adds so many seconds to what the
/// system says, as a file tells. The program itself knows nothing of it.
struct WrongClock {
    private static let source = """
        #define _GNU_SOURCE
        #include <fcntl.h>
        #include <stdlib.h>
        #include <sys/syscall.h>
        #include <sys/time.h>
        #include <time.h>
        #include <unistd.h>
        static long offset(void) {
            char text[32] = {0};
            const char *path = getenv("WRONG_CLOCK");
            int file = path ? open(path, O_RDONLY) : -1;
            if (file < 0) return 0;
            ssize_t count = read(file, text, sizeof text - 1);
            close(file);
            return count > 0 ? atol(text) : 0;
        }
        int clock_gettime(clockid_t clock, struct timespec *now) {
            int code = syscall(SYS_clock_gettime, clock, now);
            if (code == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) now->tv_sec += offset();
            return code;
        }
        int gettimeofday(struct timeval *restrict now, void *restrict zone) {
            struct timespec exact;
            clock_gettime(CLOCK_REALTIME, &exact);
            now->tv_sec = exact.tv_sec;
            now->tv_usec = exact.tv_nsec / 1000;
            return 0;
        }
        time_t time(time_t *now) {
            struct timespec exact;
            clock_gettime(CLOCK_REALTIME, &exact);
            if (now) *now = exact.tv_sec;
            return exact.tv_sec;
        }
        """

    let environment: [String: String]
    private let scratch: Scratch

    static var isHere: Bool { FileManager.default.isExecutableFile(atPath: "/usr/bin/cc") }

    init(_ scratch: Scratch) throws {
        self.scratch = scratch
        let source = try scratch.write("clock.c", Array(Self.source.utf8))
        let ran = try Ran("/usr/bin/cc", ["-shared", "-fPIC", "-O1", "-o", scratch.path("clock.so"), source])
        #expect(ran.code == 0, "\(ran.errors)")
        environment = ["LD_PRELOAD": scratch.path("clock.so"), "WRONG_CLOCK": scratch.path("offset")]
        try set(0)
    }

    /// Sets the machine's clock so many seconds off.
    func set(_ seconds: Int) throws {
        // In one step: a file that is read half would be another time.
        let file = URL(fileURLWithPath: scratch.path("offset"))
        try Data("\(seconds)".utf8).write(to: file, options: .atomic)
    }
}

/// Goal: what was committed stays in order, what is new stays new and who is in stays in, whoever sets the machine's clock.
@Suite(
    .enabled(if: Command.isHere), .enabled(if: WrongClock.isHere, "needs a C compiler (cc)"), .serialized,
    .timeLimit(.minutes(5)))
struct `A clock that is set` {
    private let hour = 3_600

    private func moment(_ text: Any?) throws -> Date {
        let text = try #require(text as? String)
        let formatter = ISO8601DateFormatter()
        formatter.formatOptions =
            text.contains(".") ? [.withInternetDateTime, .withFractionalSeconds] : [.withInternetDateTime]
        let cut = text.contains(".") ? String(text.prefix(23)) + "Z" : text
        return try #require(formatter.date(from: cut), "\(text)")
    }

    @Test func `forward and back an hour keeps order, ages and sessions, and is told`() async throws {
        let scratch = try Scratch()
        let clock = try WrongClock(scratch)
        let house = try RunningHouse(
            ["demo", "--port", "0", "--speed", "1", "--data", scratch.path("data")], environment: clock.environment)
        let base = try #require(try await house.enter(), "\(house.words)")
        let log = base.appendingPathComponent("api/v1/log")
        let readings = try #require(URL(string: "api/v1/readings?stale=true", relativeTo: base))
        func recorded() async throws -> Date { try moment(try #require(try await house.json(log))["recorded"]) }
        func stale() async throws -> Int { (try await house.json(readings)?["readings"] as? [Any])?.count ?? -1 }
        try await Task.sleep(for: .seconds(3))
        let (begin, staleBefore) = (try await recorded(), try await stale())
        #expect(abs(begin.timeIntervalSinceNow) < 30)

        try clock.set(hour)
        #expect(try await house.wait(for: "set forward by 1 h 0 min", seconds: 10) != nil, "\(house.words)")
        try await Task.sleep(for: .seconds(3))
        // Nobody was sent away, nothing became old, and the log's clock did not run ahead.
        let forward = try await recorded()
        #expect(forward > begin && forward.timeIntervalSinceNow < 60, "\(forward)")
        #expect(try await stale() <= staleBefore)
        let status = try await house.get(base.appendingPathComponent("status"), accept: "text/html")
        #expect(status.status == 200)
        let page = String(decoding: status.body, as: UTF8.self)
        #expect(page.contains("clock was set") && page.contains("before Wardlight"), "\(page)")

        try clock.set(-hour)
        #expect(try await house.wait(for: "set back by 2 h 0 min", seconds: 10) != nil, "\(house.words)")
        try await Task.sleep(for: .seconds(3))
        let back = try await recorded()
        #expect(back > forward && abs(back.timeIntervalSinceNow) < 60, "\(back) after \(forward)")
        #expect(try await stale() <= staleBefore)
        #expect(try await house.get(base.appendingPathComponent("api/v1/devices")).status == 200)

        try clock.set(0)
        #expect(try await house.wait(for: "set forward by 1 h 0 min", seconds: 10) != nil)
        try await Task.sleep(for: .seconds(2))
        let well = String(decoding: try await house.get(base.appendingPathComponent("status")).body, as: UTF8.self)
        #expect(!well.contains("clock was set"))
        house.interrupt()
        #expect(try await house.ended() == 0, "\(house.words)")
        // `verify` finds a clock that goes back.
        let verdict = try Command.run(["log", "verify", scratch.path("data/log")])
        #expect(verdict.code == 0, "\(verdict.text)")

        // Started on a machine that is an hour behind its own log: the log's clock waits.
        let last = try Self.recorded(scratch.path("data/log"))
        try clock.set(-hour)
        let again = try RunningHouse(
            ["demo", "--port", "0", "--speed", "1", "--data", scratch.path("data")], environment: clock.environment)
        #expect(try await again.enter() != nil, "\(again.words)")
        try await Task.sleep(for: .seconds(2))
        again.interrupt()
        #expect(try await again.ended() == 0)
        #expect(try Self.recorded(scratch.path("data/log")) == last)
        #expect(try Command.run(["log", "verify", scratch.path("data/log")]).code == 0)
    }

    /// The log's clock at its end.
    private static func recorded(_ log: String) throws -> String {
        let line = try Command.run(["log", "tail", log, "-n", "1"]).text
        let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
        return "\(try #require(object?["recorded"]))"
    }
}
