//===----------------------------------------------------------------------===//
// Wardlight · Server
//
// Routes: one table, from which requests are led and the description is written.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import HTTPTypes
import Model

/// One thing that can be asked.
struct Route: Sendable {
    struct Parameter: Sendable {
        enum Place: String, Sendable {
            case path, query, header
        }
        var name: String
        var place: Place = .query
        var kind: ValueKind
        var isRequired = false
        var words: String
    }

    /// What a body holds.
    struct Body: Sendable {
        /// Media type and name of its schema, in the order of preference.
        var types: [(type: String, schema: String)]
    }

    /// What may come back.
    struct Answer: Sendable {
        var status: Int
        var words: String
        var type: String?
        var schema: String?

        static func json(_ schema: String, _ words: String, status: Int = 200) -> Answer {
            Answer(status: status, words: words, type: "application/json", schema: schema)
        }
    }

    typealias Handler = @Sendable (Asking, House) async throws -> Reply

    /// Unique; also the label of its metrics.
    var id: String
    var method: HTTPRequest.Method
    /// `/api/v1/devices/{id}`
    var path: String
    var tag: String
    var words: String
    /// Nil for what everybody may ask.
    var scope: AccessScope?
    var parameters: [Parameter] = []
    var body: Body?
    var answers: [Answer] = []
    /// Whether it is part of the described API, or a page.
    var isDescribed = true
    /// Pages send who is not signed in to the form.
    var isPage: Bool { !isDescribed && scope != nil }
    /// A stream has no end of its own.
    var isStream = false
    var handler: Handler
}

/// All routes, found by method and path.
struct RouteTable: Sendable {
    enum Found {
        /// Values of the path's parameters, decoded.
        case route(Route, [String: String])
        /// The path is there, with these methods.
        case otherMethods([HTTPRequest.Method])
        case nothing
    }

    private struct Entry: Sendable {
        var segments: [String]
        var routes: [Route]
    }

    let routes: [Route]
    private var plain: [String: Int] = [:]
    private var entries: [Entry] = []
    private var patterns: [Int] = []

    init(_ routes: [Route]) {
        self.routes = routes
        for route in routes {
            let segments = route.path.split(separator: "/").map(String.init)
            if let place = entries.firstIndex(where: { $0.segments == segments }) {
                precondition(
                    !entries[place].routes.contains { $0.method == route.method }, "one route for a method and path")
                entries[place].routes.append(route)
                continue
            }
            if segments.contains(where: { $0.hasPrefix("{") }) {
                patterns.append(entries.count)
            } else {
                plain[route.path] = entries.count
            }
            entries.append(Entry(segments: segments, routes: [route]))
        }
    }

    /// - Parameter path: as it was sent, still percent-encoded; a slash within a segment stays encoded in it.
    func find(_ method: HTTPRequest.Method, _ path: String) -> Found {
        if let place = plain[path] { return found(entries[place], method, [:]) }
        let sent = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        for place in patterns where entries[place].segments.count == sent.count {
            if let values = Self.values(entries[place].segments, sent) { return found(entries[place], method, values) }
        }
        return .nothing
    }

    private func found(_ entry: Entry, _ method: HTTPRequest.Method, _ values: [String: String]) -> Found {
        if let route = entry.routes.first(where: { $0.method == method }) { return .route(route, values) }
        // HEAD is GET without its body (RFC 9110, 9.3.2).
        if method == .head, let route = entry.routes.first(where: { $0.method == .get && !$0.isStream }) {
            return .route(route, values)
        }
        return .otherMethods(entry.routes.map(\.method))
    }

    private static func values(_ segments: [String], _ sent: ArraySlice<Substring>) -> [String: String]? {
        var values: [String: String] = [:]
        for (segment, text) in zip(segments, sent) {
            if segment.hasPrefix("{") {
                guard let decoded = Percent.decoded(text, plusIsSpace: false) else { return nil }
                values[String(segment.dropFirst().dropLast())] = decoded
            } else if segment != text {
                return nil
            }
        }
        return values
    }
}

/// Percent-encoding (RFC 3986, 2.1).
enum Percent {
    /// Nil where what was encoded is no UTF-8, or a percent sign stands alone.
    static func decoded(_ text: some StringProtocol, plusIsSpace: Bool) -> String? {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "%"):
                guard rest.count >= 2, let high = digit(rest[rest.startIndex]),
                    let low = digit(rest[rest.startIndex + 1])
                else { return nil }
                bytes.append(high << 4 | low)
                rest = rest.dropFirst(2)
            case UInt8(ascii: "+") where plusIsSpace: bytes.append(0x20)
            default: bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }

    /// For a part of a query or of a path.
    static func encoded(_ text: String) -> String {
        var result = ""
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E:
                result.unicodeScalars.append(.init(byte))
            default: result += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
        return result
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x41 + 10
        case 0x61...0x66: byte - 0x61 + 10
        default: nil
        }
    }
}
