//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// Message reader: start line, headers, body; the form that HTTP, SIP and RTSP share.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Reads one direction of a conversation of text messages (RFC 9112, RFC 3261, RFC 2326), line by line.
///
/// Nothing is collected but one unfinished line or one small XML body; other bodies are skipped unseen. When the
/// sequence is lost (a gap, a false length) it waits for a segment that begins with a message.
struct MessageReader {
    /// Longer lines are passed over: servers refuse request lines beyond 8,000 octets (RFC 9112 §3).
    static let maximumLine = 8_192
    /// Device descriptions are 1 to 8 KiB.
    static let maximumXML = 16_384
    /// Size and extensions of a chunk.
    static let maximumChunkLine = 256
    /// Segments without a message until the direction is given up.
    static let maximumMisses: UInt64 = 255

    let grammar: MessageGrammar
    var state: MessageState

    /// Either the offset to go on from, or the answer to the stream.
    private enum Step {
        case on(Int)
        case answer(StreamProgress)
    }

    static func read(
        _ grammar: MessageGrammar, _ bytes: Span<UInt8>, _ memory: inout StreamMemory, into facts: inout Facts
    ) -> StreamProgress {
        var reader = MessageReader(grammar: grammar, state: MessageState(memory))
        let progress = reader.read(bytes, into: &facts)
        memory = reader.state.memory
        return progress
    }

    /// Every turn takes at least one octet, changes to a later part of the message, or answers.
    private mutating func read(_ bytes: Span<UInt8>, into facts: inout Facts) -> StreamProgress {
        var at = 0
        while at < bytes.count {
            let step: Step
            switch state.mode {
            case .startLine: step = startLine(bytes, at)
            case .headers: step = header(bytes, at, into: &facts)
            case .longLine: step = restOfLine(bytes, at)
            case .body: step = body(bytes, at)
            case .chunkSize: step = chunk(bytes, at, into: &facts)
            case .trailers: step = trailer(bytes, at)
            case .lost: step = search(bytes, at)
            case .xmlBody: step = xmlBody(bytes, at, into: &facts)
            case .xmlUntilClose: step = xmlUntilClose(bytes, at, into: &facts)
            }
            switch step {
            case .on(let next): at = next
            case .answer(let progress): return progress
            }
        }
        return .took(at)
    }

    /// What is before `at` is done with; the rest has to grow to `length` octets.
    private func need(_ length: Int, _ at: Int) -> Step {
        .answer(at > 0 ? .took(at) : .more(length))
    }

    // MARK: Lines

    private mutating func startLine(_ bytes: Span<UInt8>, _ at: Int) -> Step {
        // Empty lines before a message are kept alive by old clients (RFC 9112 §2.2).
        if bytes[at] == 0x0D || bytes[at] == 0x0A { return .on(at + 1) }
        let rest = bytes.from(at)
        if grammar == .rtsp, rest[0] == 0x24 {
            // Interleaved media: `$`, channel, length (RFC 2326 §10.12).
            guard let size = rest.uint16(at: 2) else { return need(4, at) }
            return .answer(.took(at + 4 + Int(size)))
        }
        switch grammar.begins(rest) {
        case .no:
            if state.flags.contains(.switched) { return .answer(.finished) }
            // A page that old servers send without naming its type is no tunnel.
            if state.flags.contains(.connect), rest[0] != 0x3C, rest[0] != 0x7B {
                state = MessageState(0)
                return .answer(.handOver(at))
            }
            state.mode = .lost
            return .on(at)
        case .perhaps:
            return need(bytes.count - at + 1, at)
        case .yes:
            break
        }
        let end = rest.upTo(Self.maximumLine).firstIndex(of: 0x0A)
        if end == nil, rest.count < Self.maximumLine { return need(rest.count + 1, at) }
        state = MessageState(0)
        if let status = grammar.status(rest) {
            state.flags.insert(.response)
            if (200...299).contains(status) { state.flags.insert(.success) }
            if status < 200 || status == 204 || status == 304 { state.flags.insert(.bodiless) }
            if status == 101 { state.flags.insert(.switched) }
        } else if rest.starts(with: "CONNECT ") {
            state.flags.insert(.connect)
        }
        state.mode = end == nil ? .longLine : .headers
        return .on(at + (end ?? Self.maximumLine - 1) + 1)
    }

    private mutating func header(_ bytes: Span<UInt8>, _ at: Int, into facts: inout Facts) -> Step {
        let rest = bytes.from(at)
        guard let end = rest.upTo(Self.maximumLine).firstIndex(of: 0x0A) else {
            if rest.count < Self.maximumLine { return need(rest.count + 1, at) }
            state.mode = .longLine
            return .on(at + Self.maximumLine)
        }
        let line = rest.upTo(end)
        if line.count == 0 || (line.count == 1 && line[0] == 0x0D) { return afterHeaders(at + end + 1) }
        grammar.header(line, &state, into: &facts)
        return .on(at + end + 1)
    }

    private mutating func restOfLine(_ bytes: Span<UInt8>, _ at: Int) -> Step {
        guard let end = bytes.firstIndex(of: 0x0A, from: at) else { return .on(bytes.count) }
        state.mode = .headers
        return .on(end + 1)
    }

    // MARK: Bodies

    /// Decides what follows the empty line (RFC 9112 §6.3), which ended before `at`.
    private mutating func afterHeaders(_ at: Int) -> Step {
        let flags = state.flags
        let isResponse = flags.contains(.response)
        if isResponse, flags.contains(.switched) { return .answer(.finished) }
        let xml = flags.isSuperset(of: [.xml, .success]) && !flags.contains(.encoded)
        if isResponse, flags.contains(.bodiless) {
            state.mode = .startLine
        } else if flags.contains(.chunked) {
            state.mode = .chunkSize
        } else if flags.contains(.counted) {
            state.mode = state.length == 0 ? .startLine : xml && state.length <= Self.maximumXML ? .xmlBody : .body
        } else if grammar == .http, isResponse {
            if flags.contains(.success), !flags.contains(.typed) {
                // A 2xx without any body is what answers CONNECT (RFC 9110 §9.3.6), but also SUBSCRIBE: what comes
                // next decides.
                state = MessageState(0)
                state.flags = .connect
            } else {
                state.mode = xml ? .xmlUntilClose : .lost
            }
        } else {
            state.mode = .startLine
        }
        return .on(at)
    }

    private mutating func body(_ bytes: Span<UInt8>, _ at: Int) -> Step {
        state.mode = .startLine
        // The answer to HEAD announces a body that never comes: the next message stands in its place.
        if at == 0, grammar.begins(bytes) == .yes { return .on(at) }
        return .answer(.took(at + state.length))
    }

    private mutating func chunk(_ bytes: Span<UInt8>, _ at: Int, into facts: inout Facts) -> Step {
        let rest = bytes.from(at)
        guard let end = rest.upTo(Self.maximumChunkLine).firstIndex(of: 0x0A) else {
            if rest.count < Self.maximumChunkLine { return need(rest.count + 1, at) }
            state.mode = .lost
            return .on(at)
        }
        guard let size = hexadecimal(rest.upTo(end)) else {
            state.mode = .lost
            return .on(at)
        }
        if size == 0 {
            state.mode = .trailers
            return .on(at + end + 1)
        }
        // Behind the chunk stands an empty line.
        let length = end + 1 + size + 2
        if state.flags.isSuperset(of: [.xml, .success]), !state.flags.contains(.encoded), size <= Self.maximumXML {
            if rest.count < end + 1 + size { return need(length, at) }
            UPnPDescription.read(rest.from(end + 1).upTo(size), into: &facts)
        }
        return .answer(.took(at + length))
    }

    /// The size before a chunk's extensions, at most 2^32; nil when it is none.
    private func hexadecimal(_ line: Span<UInt8>) -> Int? {
        var value = 0
        var digits = 0
        for index in line.indices {
            switch line[index] {
            case 0x30...0x39: value = value << 4 | Int(line[index] - 0x30)
            case 0x41...0x46, 0x61...0x66: value = value << 4 | Int((line[index] | 0x20) - 0x57)
            case 0x0D, 0x20, 0x09, 0x3B: return digits > 0 ? value : nil
            default: return nil
            }
            digits += 1
            if digits > 8 { return nil }
        }
        return digits > 0 ? value : nil
    }

    private mutating func trailer(_ bytes: Span<UInt8>, _ at: Int) -> Step {
        let rest = bytes.from(at)
        guard let end = rest.upTo(Self.maximumLine).firstIndex(of: 0x0A) else {
            if rest.count < Self.maximumLine { return need(rest.count + 1, at) }
            state.mode = .lost
            return .on(at)
        }
        if end == 0 || (end == 1 && rest[0] == 0x0D) { state.mode = .startLine }
        return .on(at + end + 1)
    }

    private mutating func search(_ bytes: Span<UInt8>, _ at: Int) -> Step {
        if grammar.begins(bytes.from(at)) == .yes {
            state.mode = .startLine
            return .on(at)
        }
        state.misses += 1
        return .answer(state.misses > Self.maximumMisses ? .finished : .took(bytes.count))
    }

    // MARK: Descriptions

    private mutating func xmlBody(_ bytes: Span<UInt8>, _ at: Int, into facts: inout Facts) -> Step {
        if at == 0, grammar.begins(bytes) == .yes {
            state.mode = .startLine
            return .on(at)
        }
        let rest = bytes.from(at)
        if rest.count < state.length { return need(state.length, at) }
        UPnPDescription.read(rest.upTo(state.length), into: &facts)
        state.mode = .startLine
        return .on(at + state.length)
    }

    private mutating func xmlUntilClose(_ bytes: Span<UInt8>, _ at: Int, into facts: inout Facts) -> Step {
        let rest = bytes.from(at)
        let document = rest.trimmed()
        if document.matches("</root>", at: document.count - 7) {
            UPnPDescription.read(document, into: &facts)
        } else if rest.count < Self.maximumXML {
            return need(rest.count + 1, at)
        }
        state.mode = .lost
        return .answer(.took(bytes.count))
    }
}
