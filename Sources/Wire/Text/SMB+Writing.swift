//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// SMB 2, written: two stations agree on a dialect and open a session without a name (MS-SMB2, MS-NLMP).
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

extension SMB {
    private enum Command {
        static let negotiate: UInt16 = 0
        static let sessionSetUp: UInt16 = 1
    }
    /// The octets of a header (MS-SMB2, 2.2.1.2).
    private static let headerLength = 64

    /// Offers the dialects 2.0.2, 2.1, 3.0 and 3.0.2 (2.2.3).
    ///
    /// - Parameter client: 16 octets that name the client.
    public static func negotiate(client: [UInt8]) -> [UInt8] {
        message(Command.negotiate, number: 0) { body in
            body.raw([36, 0, 4, 0, 1, 0, 0, 0, 0x7F, 0, 0, 0])
            body.raw(exactly16(client))
            body.zeros(8)
            for dialect: UInt16 in [0x0202, 0x0210, 0x0300, 0x0302] { body.uint16LittleEndian(dialect) }
        }
    }

    /// Takes 3.0.2 (2.2.4).
    ///
    /// - Parameters:
    ///   - server: 16 octets that name the server.
    ///   - ticks: Units of 100 ns since 1601.
    public static func negotiated(server: [UInt8], ticks: UInt64) -> [UInt8] {
        message(Command.negotiate, number: 0, isAnswer: true) { body in
            body.raw([65, 0, 1, 0, 0x02, 0x03, 0, 0])
            body.raw(exactly16(server))
            for value: UInt32 in [0x2F, 0x10_0000, 0x10_0000, 0x10_0000] { body.uint32LittleEndian(value) }
            body.uint64(ticks.byteSwapped)
            body.zeros(8)
            body.uint16LittleEndian(UInt16(headerLength + 64))
            body.uint16LittleEndian(0)
            body.zeros(4)
        }
    }

    /// The system that somebody tells when signing on (MS-NLMP, 2.2.2.10).
    public struct Release: Hashable, Sendable {
        public var major: UInt8
        public var minor: UInt8
        public var build: UInt16

        public init(major: UInt8, minor: UInt8, build: UInt16) {
            self.major = major
            self.minor = minor
            self.build = build
        }

        public static let windows10 = Self(major: 10, minor: 0, build: 19_041)
        /// NTLM revision 15.
        var bytes: [UInt8] { [major, minor, UInt8(build & 0xFF), UInt8(build >> 8), 0, 0, 0, 15] }
    }

    /// Begins to sign on (2.2.5) with an NTLM negotiation (MS-NLMP, 2.2.1.1).
    public static func beginSession(_ release: Release = .windows10) -> [UInt8] {
        sessionSetUp(number: 1, session: 0, ntlm(1) { $0.raw(flags + Array(repeating: 0, count: 16) + release.bytes) })
    }

    /// The server's challenge (MS-NLMP, 2.2.1.2), in which it names itself and its domain.
    public static func challenge(computer: String, domain: String, random: [UInt8], session: UInt64) -> [UInt8] {
        let target = wide(domain)
        var pairs = ByteWriter()
        for (kind, text) in [(UInt16(2), domain), (1, computer), (0, "")] {
            pairs.uint16LittleEndian(kind)
            pairs.uint16LittleEndian(UInt16(wide(text).count))
            pairs.raw(wide(text))
        }
        let token = ntlm(2) { token in
            buffer(target.count, at: 56, &token)
            token.raw(flags)
            token.raw(Array(exactly16(random).prefix(8)))
            token.zeros(8)
            buffer(pairs.count, at: 56 + target.count, &token)
            token.raw(Release.windows10.bytes)
            token.raw(target)
            token.raw(pairs.bytes)
        }
        return answer(number: 1, status: 0xC000_0016, session: session, sessionFlags: 0, token)
    }

    /// Signs on without a user (MS-NLMP, 2.2.1.3), but with the station's name.
    public static func endSession(
        computer: String, session: UInt64, _ release: Release = .windows10
    ) -> [UInt8] {
        let name = wide(computer)
        let token = ntlm(3) { token in
            for place in 0..<6 { buffer(place == 4 ? name.count : 0, at: place < 5 ? 72 : 72 + name.count, &token) }
            token.raw(flags)
            token.raw(release.bytes)
            token.raw(name)
        }
        return sessionSetUp(number: 2, session: session, token)
    }

    /// The server lets a guest in (2.2.6).
    public static func welcomed(session: UInt64) -> [UInt8] {
        answer(number: 2, status: 0, session: session, sessionFlags: 2, [])
    }

    // MARK: Parts

    /// Unicode, a target is asked for, NTLM, target information, version (MS-NLMP, 2.2.2.5).
    private static let flags: [UInt8] = [0x05, 0x02, 0x80, 0x02]

    private static func sessionSetUp(number: UInt64, session: UInt64, _ token: [UInt8]) -> [UInt8] {
        message(Command.sessionSetUp, number: number, session: session) { body in
            body.raw([25, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0])
            body.uint16LittleEndian(UInt16(headerLength + 24))
            body.uint16LittleEndian(UInt16(token.count))
            body.zeros(8)
            body.raw(token)
        }
    }

    private static func answer(
        number: UInt64, status: UInt32, session: UInt64, sessionFlags: UInt16, _ token: [UInt8]
    ) -> [UInt8] {
        message(Command.sessionSetUp, number: number, session: session, status: status, isAnswer: true) { body in
            body.uint16LittleEndian(9)
            body.uint16LittleEndian(sessionFlags)
            body.uint16LittleEndian(UInt16(headerLength + 8))
            body.uint16LittleEndian(UInt16(token.count))
            body.raw(token)
        }
    }

    private static func message(
        _ command: UInt16, number: UInt64, session: UInt64 = 0, status: UInt32 = 0, isAnswer: Bool = false,
        _ write: (inout ByteWriter) -> Void
    ) -> [UInt8] {
        var body = ByteWriter()
        write(&body)
        var writer = ByteWriter()
        writer.uint8(0)
        writer.uint24(UInt32(headerLength + body.count))
        writer.raw([0xFE, 0x53, 0x4D, 0x42, 64, 0, 1, 0])
        writer.uint32LittleEndian(status)
        writer.uint16LittleEndian(command)
        writer.uint16LittleEndian(1)
        writer.uint32LittleEndian(isAnswer ? 1 : 0)
        writer.uint32(0)
        writer.uint64(number.byteSwapped)
        writer.uint32LittleEndian(0xFEFF)
        writer.uint32(0)
        writer.uint64(session.byteSwapped)
        writer.zeros(16)
        writer.raw(body.bytes)
        return writer.bytes
    }

    private static func ntlm(_ kind: UInt32, _ write: (inout ByteWriter) -> Void) -> [UInt8] {
        var writer = ByteWriter()
        writer.text("NTLMSSP", width: 8)
        writer.uint32LittleEndian(kind)
        write(&writer)
        return writer.bytes
    }

    /// Length, room, place.
    private static func buffer(_ count: Int, at place: Int, _ writer: inout ByteWriter) {
        writer.uint16LittleEndian(UInt16(count))
        writer.uint16LittleEndian(UInt16(count))
        writer.uint32LittleEndian(UInt32(place))
    }

    private static func wide(_ text: String) -> [UInt8] {
        text.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
    }

    private static func exactly16(_ bytes: [UInt8]) -> [UInt8] {
        Array((bytes + Array(repeating: 0, count: 16)).prefix(16))
    }
}
