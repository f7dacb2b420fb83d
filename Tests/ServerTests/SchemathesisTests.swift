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

@Suite(.timeLimit(.minutes(10))) struct `The API, tried by a stranger` {
    private static let program = ProcessInfo.processInfo.environment["SCHEMATHESIS"].flatMap { $0.isEmpty ? nil : $0 }

    /// What the stranger is told: the description as it is served, with one way in instead of two.
    ///
    /// A token and a session's cookie are alternatives (`security` with two entries: one is enough). This schemathesis takes
    /// them for two parameters that are both needed, and calls it a fault that the cookie may be left out beside a good
    /// token. So it is told of the token alone; what cookies and headers may hold is tried octet by octet elsewhere
    /// (`Hostile clients`), and sessions with their cookies in `The entrance`.
    private static func told(_ served: [UInt8]) throws -> Data {
        var root = try #require(try JSONSerialization.jsonObject(with: Data(served)) as? [String: Any])
        let security = try #require(root["security"] as? [[String: [String]]])
        #expect(security == [["token": []], ["session": []]])
        root["security"] = [["token": [String]()]]
        var components = try #require(root["components"] as? [String: Any])
        var schemes = try #require(components["securitySchemes"] as? [String: Any])
        #expect(schemes.removeValue(forKey: "session") != nil)
        components["securitySchemes"] = schemes
        // Each of hundreds of fields would be tried by itself, for minutes; that all are taken is tested beside
        // the description.
        var schemas = try #require(components["schemas"] as? [String: Any])
        var field = try #require(schemas["Field"] as? [String: Any])
        field["enum"] = try #require(field["enum"] as? [String]).prefix(3).map(\.self)
        schemas["Field"] = field
        // A moment ahead of the server's clock fits the pattern and is refused: only those of years ago are tried.
        var moment = try #require(schemas["Moment"] as? [String: Any])
        moment["pattern"] = "^1[0-6][0-9]{17}$"
        schemas["Moment"] = moment
        components["schemas"] = schemas
        root["components"] = components
        // The same list in lines, and octets that no schema describes: what becomes of both is tried where observations are
        // (`Observations over HTTP`).
        var paths = try #require(root["paths"] as? [String: [String: [String: Any]]])
        var body = try #require(paths["/api/v1/observations"]?["post"]?["requestBody"] as? [String: Any])
        var forms = try #require(body["content"] as? [String: Any])
        #expect(forms.removeValue(forKey: "application/x-protobuf") != nil)
        #expect(forms.removeValue(forKey: "application/x-ndjson") != nil && forms.count == 1)
        body["content"] = forms
        paths["/api/v1/observations"]?["post"]?["requestBody"] = body
        root["paths"] = paths
        return try JSONSerialization.data(withJSONObject: root, options: [.sortedKeys])
    }

    @Test(.enabled(if: program != nil, "set SCHEMATHESIS to what scripts/schemathesis prints; it says why it cannot"))
    func `schemathesis finds no fault`() async throws {
        let program = try #require(Self.program)
        let folder = FileManager.default.temporaryDirectory.appending(path: "wardlight-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        // A question that fits may still be about something that is not there, not yet, or no longer. A cursor that fits its
        // pattern is still none of ours. More observations than a list may hold are refused, too, with the status for what is
        // too much (RFC 9110, 15.5.14).
        try Data(
            """
            hooks = "hooks"

            [checks.positive_data_acceptance]
            expected-statuses = [200, 201, 204, 304, 404, 409, 410, 422]

            [checks.negative_data_rejection]
            expected-statuses = [400, 401, 403, 404, 413, 415, 422]

            [[operations]]
            include-path-regex = "/(devices|findings)$"

            [operations.checks.positive_data_acceptance]
            expected-statuses = [200, 400, 404, 410]

            """.utf8
        ).write(to: folder.appending(path: "schemathesis.toml"))
        // An unknown parameter whose value is an empty list is drawn, and then left out by the library that sends: the answer
        // would be held against what was never asked.
        try Data(
            """
            import schemathesis

            def is_sent(value):
                if isinstance(value, (list, tuple)):
                    return any(one is not None for one in value)
                return value is not None and value != {}

            @schemathesis.hook
            def filter_query(context, query):
                return not isinstance(query, dict) or all(is_sent(value) for value in query.values())

            """.utf8
        ).write(to: folder.appending(path: "hooks.py"))
        try await TestServer.with { server in
            // Nobody reads the description without a token, either: the stranger is given it as a file.
            try Self.told(try await server.ask("/api/v1/openapi.json", as: "all").bytes)
                .write(to: folder.appending(path: "openapi.json"))
            // What may be handed in has as many forms as all the rest: two strangers, side by side.
            let shared = [
                "run", "openapi.json", "--url", "http://127.0.0.1:\(server.port)", "--header",
                "Authorization: Bearer \(server.tokens["all"] ?? "")", "--seed", "7", "--max-examples", "50",
                "--phases", "examples,coverage,fuzzing", "--request-timeout", "10", "--no-color",
            ]
            let path = "/api/v1/observations"
            async let one = Self.ask(program, shared + ["--include-path", path], in: folder, "one")
            async let other = Self.ask(
                program, shared + ["--exclude-path", path, "--exclude-path", "/api/v1/events"], in: folder, "other")
            for heard in try await [one, other] {
                #expect(heard.status == 0, "\(heard.text.suffix(6_000))")
            }
        }
    }

    /// Runs the program to its end, and says what it said.
    private static func ask(_ program: String, _ arguments: [String], in folder: URL, _ name: String) async throws
        -> (status: Int32, text: String)
    {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.currentDirectoryURL = folder
        process.arguments = arguments
        let log = folder.appending(path: name + ".log")
        _ = FileManager.default.createFile(atPath: log.path(), contents: nil)
        let handle = try FileHandle(forWritingTo: log)
        (process.standardOutput, process.standardError) = (handle, handle)
        let status = try await withCheckedThrowingContinuation { (done: CheckedContinuation<Int32, any Error>) in
            process.terminationHandler = { done.resume(returning: $0.terminationStatus) }
            do { try process.run() } catch { done.resume(throwing: error) }
        }
        let text = String(decoding: try Data(contentsOf: log), as: UTF8.self)
        if let kept = ProcessInfo.processInfo.environment["SCHEMATHESIS_LOG"] {
            try? Data(text.utf8).write(to: URL(filePath: kept + "." + name))
        }
        return (status, text)
    }
}
