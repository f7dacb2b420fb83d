//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// Greetings: how servers of files and of mail introduce themselves.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// FTP (RFC 959), SMTP (RFC 5321), POP3 (RFC 1939) and IMAP (RFC 3501): the server's first lines, and when TLS begins.
///
/// Greetings are kept without the reply code in front. Of what the client says only its name (EHLO) and, with FTP, the
/// user are kept, and that it gave a password before TLS began; commands, secrets, letters and files never are.
public enum Greetings {
    private enum Service {
        case ftp, smtp, pop3, imap

        var identified: ClearCredential {
            switch self {
            case .ftp: .ftpPassword
            case .smtp: .smtpAuth
            case .pop3: .pop3Password
            case .imap: .imapLogin
            }
        }

        var banner: Field {
            switch self {
            case .ftp: .ftpBanner
            case .smtp: .smtpBanner
            case .pop3: .pop3Banner
            case .imap: .imapBanner
            }
        }
    }

    /// A reply line has at most 512 octets with SMTP (RFC 5321, 4.5.3.1.5); twice as many are borne.
    private static let maximumLine = 1_024
    /// Lines of one direction after which TLS is no longer expected.
    private static let maximumLines: UInt64 = 64
    /// Lines of one greeting that are kept.
    private static let maximumGreeting: UInt64 = 8
    /// Set in the memory once the greeting is over; the lower bits count lines.
    private static let greeted: UInt64 = 1 << 32
    /// Of the client's side: it is nobody in particular (anonymous FTP), so what it gives is no secret.
    private static let anonymous: UInt64 = 1 << 33
    /// Of the client's side: it began to say who it is, and its next line goes on.
    private static let identifying: UInt64 = 1 << 34

    private static func service(_ packet: Packet) -> Service? {
        switch min(packet.sourcePort, packet.destinationPort) {
        case 21: .ftp
        case 25, 465, 587: .smtp
        case 110: .pop3
        case 143: .imap
        default: nil
        }
    }

    /// Whether a stream that begins with these octets (at least one) speaks it.
    public static func recognises(_ bytes: Span<UInt8>, _ packet: Packet) -> Bool {
        switch service(packet) {
        case .ftp: isReply(bytes) || startsWithVerb(bytes, ["USER ", "AUTH ", "FEAT"])
        case .smtp: isReply(bytes) || startsWithVerb(bytes, ["EHLO ", "HELO "])
        case .pop3: bytes.starts(with: "+OK") || startsWithVerb(bytes, ["CAPA", "USER ", "STLS"])
        case .imap: bytes.starts(with: "* OK") || bytes.starts(with: "* PREAUTH") || bytes.starts(with: "* BYE")
        case nil: false
        }
    }

    /// `220 ` or `220-`; 120, 421 and 554 are greetings that send the caller away.
    private static func isReply(_ bytes: Span<UInt8>) -> Bool {
        guard let separator = bytes.at(3), separator == 0x20 || separator == 0x2D else { return false }
        return bytes.starts(with: "220") || bytes.starts(with: "120") || bytes.starts(with: "421")
            || bytes.starts(with: "554")
    }

    private static func startsWithVerb(_ bytes: Span<UInt8>, _ verbs: [String]) -> Bool {
        for verb in verbs where bytes.matchesIgnoringCase(verb, at: 0) { return true }
        return false
    }

    /// Reads what is there of one direction of a stream, a line a call.
    public static func read(
        _ bytes: Span<UInt8>, _ side: StreamSide, _ memory: inout StreamMemory, _ packet: Packet,
        into facts: inout Facts
    ) -> StreamProgress {
        guard let service = service(packet) else { return .notMine }
        // Where a line should begin, a TLS record does: STARTTLS, AUTH TLS or STLS was agreed on, or TLS from the start.
        if bytes.at(0) == 0x16, bytes.at(1) == 3 || bytes.count == 1 {
            return bytes.count == 1 ? .more(3) : .handOver(0)
        }
        guard memory & (greeted - 1) < maximumLines else { return .finished }
        guard let end = bytes.upTo(maximumLine).firstIndex(of: 0x0A) else {
            return bytes.count < maximumLine ? .more(bytes.count + 1) : .finished
        }
        let line = bytes.upTo(end)
        memory += 1
        if side == .server {
            readReply(line, service, &memory, into: &facts)
        } else if !readCommand(line, service, &memory, into: &facts) {
            return .finished
        }
        return .took(end + 1)
    }

    private static func readReply(
        _ line: Span<UInt8>, _ service: Service, _ memory: inout StreamMemory, into facts: inout Facts
    ) {
        guard memory & greeted == 0 else { return }
        switch service {
        case .pop3:
            memory |= greeted
            if line.starts(with: "+OK") { facts.add(.pop3Banner, line.from(3)) }
        case .imap:
            memory |= greeted
            for word in ["* OK", "* PREAUTH", "* BYE"] where line.starts(with: word) {
                facts.add(.imapBanner, line.from(word.utf8.count))
            }
        case .ftp, .smtp:
            // `220-` has more lines behind it, which may come with or without the code, up to `220 `.
            let hasCode = isReply(line)
            if !hasCode && memory & (greeted - 1) == 1 {
                // Not a greeting: the recording begins later.
                memory |= greeted
                return
            }
            if memory & (greeted - 1) <= maximumGreeting {
                facts.add(service.banner, hasCode ? line.from(4) : line)
            }
            if hasCode && line[3] == 0x20 { memory |= greeted }
        }
    }

    /// Says whether more may follow that concerns us.
    private static func readCommand(
        _ line: Span<UInt8>, _ service: Service, _ memory: inout StreamMemory, into facts: inout Facts
    ) -> Bool {
        if memory & identifying != 0 {
            memory &= ~identifying
            // `*` gives it up (RFC 4954, 4; RFC 3501, 6.2.2); another command has blanks, and base64 has none.
            let text = line.trimmed()
            if text.count > 1, text.firstIndex(of: 0x20) == nil { facts.gave(service.identified) }
            return true
        }
        switch service {
        case .ftp:
            if line.matchesIgnoringCase("USER ", at: 0) {
                facts.add(.ftpUser, line.from(5))
                let user = line.from(5).trimmed()
                // RFC 1635: everybody's name.
                let isAnybody =
                    user.count == 9 && user.matchesIgnoringCase("anonymous", at: 0)
                    || user.count == 3 && user.matchesIgnoringCase("ftp", at: 0)
                if isAnybody { memory |= anonymous } else { memory &= ~anonymous }
            } else if line.matchesIgnoringCase("PASS ", at: 0), memory & anonymous == 0, line.trimmed().count > 5 {
                facts.gave(.ftpPassword)
            }
        case .smtp:
            if line.matchesIgnoringCase("EHLO ", at: 0) || line.matchesIgnoringCase("HELO ", at: 0) {
                facts.add(.smtpHelo, line.from(5))
            }
            // A letter follows.
            if line.matchesIgnoringCase("DATA", at: 0) || line.matchesIgnoringCase("BDAT", at: 0) { return false }
            identify(line, &memory, .smtpAuth, into: &facts)
        case .pop3:
            if line.matchesIgnoringCase("PASS ", at: 0), line.trimmed().count > 5 { facts.gave(.pop3Password) }
            identify(line, &memory, .pop3Password, into: &facts)
        case .imap:
            // Behind the tag of the client's choice (RFC 3501, 2.2.1).
            guard let blank = line.upTo(32).firstIndex(of: 0x20) else { break }
            let command = line.from(blank + 1)
            if command.matchesIgnoringCase("LOGIN ", at: 0), command.from(6).trimmed().firstIndex(of: 0x20) != nil {
                facts.gave(.imapLogin)
            }
            identify(command, &memory, .imapLogin, into: &facts)
        }
        return true
    }

    /// `AUTH PLAIN` and `AUTH LOGIN`, with or without the answer on the same line (RFC 4954, 5034, 3501). Other ways send
    /// no password in clear.
    private static func identify(
        _ line: Span<UInt8>, _ memory: inout StreamMemory, _ credential: ClearCredential, into facts: inout Facts
    ) {
        for verb in ["AUTH ", "AUTHENTICATE "] where line.matchesIgnoringCase(verb, at: 0) {
            let way = line.from(verb.utf8.count).trimmed()
            for name in ["PLAIN", "LOGIN"] where way.matchesIgnoringCase(name, at: 0) {
                if way.count == name.utf8.count {
                    memory |= identifying
                } else if way.at(name.utf8.count) == 0x20 {
                    facts.gave(credential)
                }
            }
        }
    }
}
