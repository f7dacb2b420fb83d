//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Scratch: a folder that goes when the test does, and programs run to their end.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation

/// A folder of its own, removed with everything in it when the value goes.
public final class Scratch: Sendable {
    public let url: URL

    public init() throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent(
            "wardlight-test-\(UUID().uuidString)", isDirectory: true)
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    public func path(_ name: String) -> String { url.appendingPathComponent(name).path }

    /// Writes a file; returns its path.
    @discardableResult
    public func write(_ name: String, _ bytes: [UInt8]) throws -> String {
        try Data(bytes).write(to: url.appendingPathComponent(name))
        return path(name)
    }

    public func read(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: url.appendingPathComponent(name)))
    }
}

/// A program that was run to its end.
public struct Ran: Sendable {
    /// Exit code; nil when a signal ended it.
    public var code: Int32?
    public var output: [UInt8]
    public var errors: String

    public var text: String { String(decoding: output, as: UTF8.self) }

    /// - Parameters:
    ///   - input: A file to be its standard input; nothing where nil.
    ///   - environment: Added to ours.
    public init(
        _ program: String, _ arguments: [String], input: String? = nil, environment: [String: String] = [:]
    ) throws {
        let scratch = try Scratch()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        // Files rather than pipes: nothing can wait for a reader.
        let output = try scratch.write("output", [])
        let errors = try scratch.write("errors", [])
        process.standardInput = input.flatMap { FileHandle(forReadingAtPath: $0) } ?? FileHandle.nullDevice
        process.standardOutput = FileHandle(forWritingAtPath: output)
        process.standardError = FileHandle(forWritingAtPath: errors)
        try process.run()
        process.waitUntilExit()
        code = process.terminationReason == .exit ? process.terminationStatus : nil
        self.output = try scratch.read("output")
        self.errors = String(decoding: try scratch.read("errors"), as: UTF8.self)
    }
}
