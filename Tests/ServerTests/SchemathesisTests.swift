//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// The API against its own description, as a program tries it that knows nothing else of it (`make schemathesis`).
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Testing

@testable import Server

@Suite(.timeLimit(.minutes(6))) struct `The API, tried by a stranger` {
    private static let program = ProcessInfo.processInfo.environment["SCHEMATHESIS"]

    @Test(.enabled(if: program != nil)) func `schemathesis finds no fault`() async throws {
        let program = try #require(Self.program)
        let folder = FileManager.default.temporaryDirectory.appending(path: "wardlight-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        // A question that fits may still be about something that is not there, not yet, or no longer. A cursor that fits its
        // pattern is still none of ours.
        try Data(
            """
            [checks.positive_data_acceptance]
            expected-statuses = [200, 201, 204, 304, 404, 409, 410, 422]

            [[operations]]
            include-path-regex = "/(devices|findings)$"

            [operations.checks.positive_data_acceptance]
            expected-statuses = [200, 400, 404, 410]

            """.utf8
        ).write(to: folder.appending(path: "schemathesis.toml"))
        try await TestServer.with { server in
            // Nobody reads the description without a token, either: the stranger is given it as a file.
            try Data(try await server.ask("/api/v1/openapi.json", as: "all").bytes)
                .write(to: folder.appending(path: "openapi.json"))
            let process = Process()
            process.executableURL = URL(filePath: program)
            process.currentDirectoryURL = folder
            process.arguments = [
                "run", "openapi.json", "--url", "http://127.0.0.1:\(server.port)", "--header",
                "Authorization: Bearer \(server.tokens["all"] ?? "")", "--seed", "7", "--max-examples", "50",
                "--exclude-path", "/api/v1/events", "--phases", "examples,coverage,fuzzing", "--request-timeout", "10",
                "--no-color",
            ]
            let log = folder.appending(path: "log")
            _ = FileManager.default.createFile(atPath: log.path(), contents: nil)
            let handle = try FileHandle(forWritingTo: log)
            (process.standardOutput, process.standardError) = (handle, handle)
            let status = try await withCheckedThrowingContinuation { (done: CheckedContinuation<Int32, any Error>) in
                process.terminationHandler = { done.resume(returning: $0.terminationStatus) }
                do { try process.run() } catch { done.resume(throwing: error) }
            }
            let text = String(decoding: try Data(contentsOf: log), as: UTF8.self)
            if let kept = ProcessInfo.processInfo.environment["SCHEMATHESIS_LOG"] {
                try? Data(text.utf8).write(to: URL(filePath: kept))
            }
            #expect(status == 0, "\(text.suffix(6_000))")
        }
    }
}
