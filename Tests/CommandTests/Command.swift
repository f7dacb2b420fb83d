//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// The built command, run as a person runs it.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Support

/// Runs `wardlight`, with a home of its own so that nothing of the user's is read or written.
enum Command {
    /// `WARDLIGHT_BINARY`, beside the test bundle, or in the checkout's build folder.
    static let path: String? = {
        let environment = ProcessInfo.processInfo.environment["WARDLIGHT_BINARY"]
        var candidates = environment.map { [URL(fileURLWithPath: $0)] } ?? []
        let bundle = Bundle.main.executableURL ?? URL(fileURLWithPath: CommandLine.arguments.first ?? ".")
        var folder = bundle.resolvingSymlinksInPath().deletingLastPathComponent()
        // A bundle on another system is a folder or two deeper than the program.
        for _ in 0..<4 {
            candidates.append(folder.appendingPathComponent("wardlight"))
            folder.deleteLastPathComponent()
        }
        for kind in ["release", "debug"] {
            candidates.append(House.root.appendingPathComponent(".build/\(kind)/wardlight"))
        }
        return candidates.map(\.path).first { path in
            let kind = try? FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType
            return kind == .typeRegular
        }
    }()

    static var isHere: Bool { path != nil }

    /// Keeps the prefix table and the key between runs, as a user's folders do.
    private static let home = FileManager.default.temporaryDirectory
        .appendingPathComponent("wardlight-command-tests-\(NSUserName())", isDirectory: true)

    static var environment: [String: String] {
        [
            "XDG_CACHE_HOME": home.appendingPathComponent("cache").path,
            "XDG_STATE_HOME": home.appendingPathComponent("state").path,
            "XDG_DATA_HOME": home.appendingPathComponent("data").path,
            "WARDLIGHT_KNOWLEDGE": House.root.appendingPathComponent("Knowledge").path,
            "COLUMNS": "200", "SWIFT_BACKTRACE": "enable=no",
        ]
    }

    static func run(
        _ arguments: [String], input: String? = nil, environment: [String: String] = [:]
    ) throws -> Ran {
        guard let path else { throw CocoaError(.fileNoSuchFile) }
        return try Ran(
            path, arguments, input: input, environment: Self.environment.merging(environment) { $1 })
    }
}

extension Ran {
    /// Lines on standard error.
    var complaints: [String] { errors.split(separator: "\n").map(String.init) }

    /// Ended by itself with 0, or with 1 and at most a few lines that say why; never by a signal.
    var isCalm: Bool {
        switch code {
        case 0: true
        case 1: !complaints.isEmpty && complaints.count <= 3 && !errors.contains("Fatal")
        default: false
        }
    }
}
