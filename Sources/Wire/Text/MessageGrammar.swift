//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// Message grammar: how HTTP, SIP and RTSP differ: their first lines and the headers of interest.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// One of the protocols whose messages are a start line, header lines and a body.
enum MessageGrammar {
    case http, sip, rtsp

    enum Likeness {
        case no
        /// Too short to say.
        case perhaps
        case yes
    }

    /// Before the version's last digits, as it stands in both kinds of start line.
    private var version: String {
        switch self {
        case .http: "HTTP/1."
        case .sip: "SIP/2.0"
        case .rtsp: "RTSP/1."
        }
    }

    // MARK: Start line

    /// Whether these octets (at least one) are the beginning of a message.
    func begins(_ bytes: Span<UInt8>) -> Likeness {
        if bytes.starts(with: version) { return bytes.count < 12 ? .perhaps : status(bytes) == nil ? .no : .yes }
        // A request: method, blank, target, blank, version.
        var blank = 0
        while blank < bytes.count, isMethodLetter(bytes[blank]) { blank += 1 }
        if blank == bytes.count { return blank <= Self.longestMethod ? .perhaps : .no }
        guard blank >= 2, blank <= Self.longestMethod, bytes[blank] == 0x20 else {
            return blank >= 3 && bytes[blank] == 0x2F && couldBeVersion(bytes) ? .perhaps : .no
        }
        let target = blank + 1
        var end = target
        // Blanks inside a target are forbidden, but seen.
        while end < bytes.count, bytes[end] != 0x0A {
            // Control characters are not: this is no text.
            if bytes[end] < 0x20, bytes[end] != 0x0D, bytes[end] != 0x09 { return .no }
            end += 1
        }
        if end == bytes.count {
            if end - target < 8 { return .perhaps }
            return looksLikeTarget(bytes, target, connects: bytes.starts(with: "CONNECT ")) ? .yes : .no
        }
        // The whole line is here: the version ends it.
        if bytes[end - 1] == 0x0D { end -= 1 }
        let start = end - (self == .sip ? 7 : 8)
        return start > target && bytes.matches(version, at: start) && bytes[start - 1] == 0x20 ? .yes : .no
    }

    /// `SUBSCRIPTIONS` and the WebDAV methods (IANA HTTP Method Registry) stay below.
    private static let longestMethod = 20

    private func isMethodLetter(_ byte: UInt8) -> Bool {
        (byte >= 0x41 && byte <= 0x5A) || byte == 0x2D || byte == 0x5F
    }

    private func couldBeVersion(_ bytes: Span<UInt8>) -> Bool {
        var index = 0
        for byte in version.utf8 {
            guard index < bytes.count else { return true }
            if bytes[index] != byte { return false }
            index += 1
        }
        return true
    }

    /// The line goes on beyond what is there: the target's beginning has to do.
    private func looksLikeTarget(_ bytes: Span<UInt8>, _ at: Int, connects: Bool) -> Bool {
        switch self {
        case .http: bytes[at] == 0x2F || bytes.matchesIgnoringCase("http", at: at) || connects
        case .sip:
            bytes.matchesIgnoringCase("sip:", at: at) || bytes.matchesIgnoringCase("sips:", at: at)
                || bytes.matchesIgnoringCase("tel:", at: at)
        case .rtsp: bytes.matchesIgnoringCase("rtsp", at: at)
        }
    }

    /// The three digits of an answer's status line; nil for a request.
    func status(_ bytes: Span<UInt8>) -> Int? {
        guard bytes.starts(with: version) else { return nil }
        let at = self == .sip ? 8 : 9
        guard bytes.at(at - 1) == 0x20, at + 3 <= bytes.count else { return nil }
        return bytes.extracting(at..<at + 3).decimal()
    }

    // MARK: Headers

    /// Reads one header line, without its line end.
    func header(_ line: Span<UInt8>, _ state: inout MessageState, into facts: inout Facts) {
        switch asciiLowerCase(line[0]) {
        case 0x61 where self != .sip:  // a
            if let at = value(of: "authorization", line) { credential(line.from(at), state, into: &facts) }
        case 0x63:  // c
            if let at = value(of: "content-length", line) {
                count(line.from(at), &state)
            } else if let at = value(of: "content-type", line) {
                state.flags.insert(.typed)
                if isXML(line.from(at)) { state.flags.insert(.xml) }
            } else if let at = value(of: "content-encoding", line), line.from(at).trimmed().count > 0,
                !line.matchesIgnoringCase("identity", at: at)
            {
                state.flags.insert(.encoded)
            }
        case 0x68 where self == .http:  // h
            if !state.flags.contains(.response), let at = value(of: "host", line) {
                facts.add(.httpHost, line.from(at))
            }
        case 0x6C where self == .sip:  // l
            if let at = value(of: "l", line) { count(line.from(at), &state) }
        case 0x70 where self == .http:  // p
            if let at = value(of: "proxy-authorization", line) {
                credential(line.from(at), state, into: &facts)
            } else if let at = value(of: "proxy-authenticate", line) {
                names(line.from(at), into: &facts)
            }
        case 0x73:  // s
            if let at = value(of: "server", line) { facts.add(server, line.from(at)) }
        case 0x74 where self == .http:  // t
            if let at = value(of: "transfer-encoding", line), mentions("chunked", line, from: at) {
                state.flags.insert(.chunked)
            }
        case 0x75:  // u
            if let at = value(of: "user-agent", line) {
                facts.add(userAgent, line.from(at))
            } else if self == .http, value(of: "upgrade", line) != nil, !state.flags.contains(.response) {
                state.flags.insert(.switched)
            }
        case 0x77 where self == .http:  // w
            if let at = value(of: "www-authenticate", line) {
                realms(line.from(at), into: &facts)
                names(line.from(at), into: &facts)
            }
        case 0x78 where self == .http:  // x
            if let at = value(of: "x-powered-by", line) { facts.add(.httpPoweredBy, line.from(at)) }
        default: break
        }
    }

    private var userAgent: Field {
        switch self {
        case .http: .httpUserAgent
        case .sip: .sipUserAgent
        case .rtsp: .rtspUserAgent
        }
    }

    private var server: Field {
        switch self {
        case .http: .httpServer
        case .sip: .sipServer
        case .rtsp: .rtspServer
        }
    }

    /// Where the value begins when the line is this header. Blanks before the colon are an error that is forgiven.
    private func value(of name: String, _ line: Span<UInt8>) -> Int? {
        guard line.matchesIgnoringCase(name, at: 0) else { return nil }
        var at = name.utf8.count
        while let byte = line.at(at), byte == 0x20 || byte == 0x09 { at += 1 }
        guard line.at(at) == 0x3A else { return nil }
        at += 1
        while let byte = line.at(at), byte == 0x20 || byte == 0x09 { at += 1 }
        return at
    }

    private func count(_ value: Span<UInt8>, _ state: inout MessageState) {
        guard let length = value.trimmed().decimal() else { return }
        state.flags.insert(.counted)
        state.length = min(length, MessageState.maximumLength)
    }

    /// `text/xml`, `application/xml`, `application/…+xml`.
    private func isXML(_ value: Span<UInt8>) -> Bool {
        let type = value.upTo(value.firstIndex(of: 0x3B) ?? value.count).trimmed()
        return type.matchesIgnoringCase("/xml", at: type.count - 4)
            || type.matchesIgnoringCase("+xml", at: type.count - 4)
    }

    private func mentions(_ word: String, _ line: Span<UInt8>, from start: Int) -> Bool {
        var at = start
        // A list of transfer codings is a handful of words.
        while at < min(line.count, start + 256) {
            if line.matchesIgnoringCase(word, at: at) { return true }
            at += 1
        }
        return false
    }

    /// That a name and a password came in clear (RFC 7617), or the names in an NTLMSSP message.
    private func credential(_ value: Span<UInt8>, _ state: MessageState, into facts: inout Facts) {
        if self == .http { names(value, into: &facts) }
        guard !state.flags.contains(.response), value.matchesIgnoringCase("Basic ", at: 0),
            value.from(6).trimmed().count > 0
        else { return }
        facts.gave(self == .http ? .httpBasic : .rtspBasic)
    }

    /// The names in an NTLMSSP message, bare or wrapped (MS-NTHT, RFC 4559). Of any other credential nothing is read.
    private func names(_ value: Span<UInt8>, into facts: inout Facts) {
        if value.matchesIgnoringCase("NTLM ", at: 0) {
            NTLMSSP.find(base64: value.from(5), into: &facts)
        } else if value.matchesIgnoringCase("Negotiate ", at: 0) {
            NTLMSSP.find(base64: value.from(10), into: &facts)
        }
    }

    /// The realm of every challenge in the value (RFC 9110 §11.5), quoted or not.
    private func realms(_ value: Span<UInt8>, into facts: inout Facts) {
        var at = 0
        var found = 0
        while at < value.count, found < 4 {
            guard value.matchesIgnoringCase("realm=", at: at) else {
                at += 1
                continue
            }
            found += 1
            at += 6
            facts.open(.httpRealm)
            if value.at(at) == 0x22 {
                at += 1
                while at < value.count, value[at] != 0x22 {
                    if value[at] == 0x5C, at + 1 < value.count { at += 1 }
                    facts.put(value[at])
                    at += 1
                }
            } else {
                while at < value.count, value[at] != 0x2C, !isBlank(value[at]) {
                    facts.put(value[at])
                    at += 1
                }
            }
            facts.close()
        }
    }
}
