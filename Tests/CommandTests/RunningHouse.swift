//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// A running service, and a reader who signs in like a person.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import FoundationNetworking
import Support
import Synchronization

/// What a process has said so far.
private final class Said: Sendable {
    let text = Mutex("")
}

/// A `wardlight` that runs until it is told to stop; what it says is kept.
final class RunningHouse: Sendable {
    private let process: Mutex<Process>
    private let said = Said()
    let session: URLSession

    init(_ arguments: [String], environment: [String: String] = [:]) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Command.path ?? "")
        process.arguments = arguments
        process.environment = Command.environment.merging(environment) { $1 }
        let pipe = Pipe()
        process.standardError = pipe
        process.standardOutput = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        let settings = URLSessionConfiguration.ephemeral
        settings.timeoutIntervalForRequest = 30
        session = URLSession(configuration: settings)
        self.process = Mutex(process)
        pipe.fileHandleForReading.readabilityHandler = { [said] handle in
            let text = String(decoding: handle.availableData, as: UTF8.self)
            said.text.withLock { $0 += text }
        }
        try process.run()
    }

    deinit { process.withLock { if $0.isRunning { $0.terminate() } } }

    var words: String { said.text.withLock { $0 } }
    var isRunning: Bool { process.withLock(\.isRunning) }

    /// Waits until it has said something; nil when it has not in time.
    func wait(for text: String, seconds: Double = 240) async throws -> String? {
        let end = Date().addingTimeInterval(seconds)
        while Date() < end {
            let line = words.split(separator: "\n").first { $0.contains(text) }
            if let line { return String(line) }
            if !isRunning { return nil }
            try await Task.sleep(for: .milliseconds(20))
        }
        return nil
    }

    func interrupt() { process.withLock { $0.interrupt() } }
    func hangUp() { process.withLock { _ = kill($0.processIdentifier, SIGHUP) } }
    func kill9() { process.withLock { _ = kill($0.processIdentifier, SIGKILL) } }

    /// Waits for its end; nil when it does not end in time.
    func ended(seconds: Double = 120) async throws -> Int32? {
        let end = Date().addingTimeInterval(seconds)
        while Date() < end {
            if !isRunning { return process.withLock(\.terminationStatus) }
            try await Task.sleep(for: .milliseconds(20))
        }
        return nil
    }

    /// The address that stands behind a word of what it said.
    func address(after word: String) async throws -> URL? {
        guard let line = try await wait(for: word) else { return nil }
        return line.split(separator: " ").compactMap { URL(string: String($0)) }.last {
            $0.scheme?.hasPrefix("http") ?? false
        }
    }

    /// Opens the one-time link of a demo: from then on the session's cookie counts.
    func enter() async throws -> URL? {
        guard let link = try await address(after: "open once"), let base = URL(string: "/", relativeTo: link) else {
            return nil
        }
        _ = try await get(link)
        return base.absoluteURL
    }

    @discardableResult
    func get(_ url: URL, accept: String = "application/json") async throws -> (status: Int, body: Data) {
        var request = URLRequest(url: url)
        request.setValue(accept, forHTTPHeaderField: "Accept")
        let (data, response) = try await session.data(for: request)
        return ((response as? HTTPURLResponse)?.statusCode ?? 0, data)
    }

    func json(_ url: URL) async throws -> [String: Any]? {
        let (status, body) = try await get(url)
        guard status == 200 else { return nil }
        return try JSONSerialization.jsonObject(with: body) as? [String: Any]
    }
}
