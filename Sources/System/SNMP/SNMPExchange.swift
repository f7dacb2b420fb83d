//===----------------------------------------------------------------------===//
// Wardlight · SNMP
//
// The exchange: many sessions, one thread, nothing that blocks.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

internal import CSNMP

/// Sessions to agents, questions sent and answers awaited, all from the thread that made it: net-snmp keeps users and
/// engines in tables that belong to nobody else. Not Sendable for that reason.
///
/// Nothing here waits for an agent except `wait`, and that no longer than it is told: engines of version 3 are asked for
/// by a question like any other (`SNMPProof.whoAreYou`), not by net-snmp's own blocking way. net-snmp has one set of keys
/// for a user of an engine: those of the session that was opened last count.
@safe public final class SNMPExchange {
    /// One session, alive while it stands in `links`.
    @safe final class Link {
        let number: Int
        unowned let exchange: SNMPExchange
        var handle: UnsafeMutableRawPointer?
        var descriptor: Int32 = -1
        var isVersion3 = false
        /// A clock that is off is set once by net-snmp itself, which then asks again.
        var clockReports = 0

        init(_ number: Int, _ exchange: SNMPExchange) {
            self.number = number
            self.exchange = exchange
        }
    }

    private var links: [Int: Link] = [:]
    private var nextNumber = 0
    private var polled: [pollfd] = []
    private var polledLinks: [Link] = []
    private var isPolledStale = true
    private var readable = unsafe netsnmp_large_fd_set()
    private var keys = SNMPKeys()
    var news: [SNMPNews] = []

    public init() {
        _ = SNMPLibrary.begin
        unsafe netsnmp_large_fd_set_init(&readable, 1_024)
    }

    deinit {
        for link in links.values { if let handle = unsafe link.handle { unsafe snmp_sess_close(handle) } }
        unsafe netsnmp_large_fd_set_cleanup(&readable)
    }

    public var openSessions: Int { links.count }

    // MARK: Sessions

    /// Opens a session and sends nothing.
    ///
    /// - Parameter address: IPv4 or IPv6 in numbers.
    /// - Returns: The session's number, which is not used again.
    public func open(_ address: String, port: UInt16, _ proof: SNMPProof) throws(SNMPFailure) -> Int {
        let isV6 = address.contains(":")
        let peer = isV6 ? "udp6:[\(address)]:\(port)" : "udp:\(address):\(port)"
        guard address.utf8.count < 128, address.utf8.allSatisfy(Self.isOfAddress) else { throw .notAnAddress }
        let link = Link(nextNumber, self)
        let magic = unsafe Unmanaged.passUnretained(link).toOpaque()
        let handle: UnsafeMutableRawPointer?
        switch proof {
        case .community(let community):
            unsafe handle = unsafe wardlight_snmp_open(
                peer, community, community.count, nil, nil, 0, "", heard, magic)
        case .whoAreYou:
            link.isVersion3 = true
            unsafe handle = try keys.open(SNMPUser(""), peer, engine: [], context: "", heard, magic)
        case .user(let user, let engine, let context):
            link.isVersion3 = true
            unsafe handle = try keys.open(user, peer, engine: engine, context: context, heard, magic)
        }
        guard let handle = unsafe handle else { throw .cannotOpen }
        unsafe link.handle = handle
        link.descriptor = unsafe wardlight_snmp_descriptor(handle)
        guard link.descriptor >= 0,
            unsafe wardlight_snmp_bind_to(link.descriptor, address, String(port)) == 0
        else {
            unsafe snmp_sess_close(handle)
            throw .notAnAddress
        }
        nextNumber += 1
        links[link.number] = link
        isPolledStale = true
        return link.number
    }

    private static func isOfAddress(_ byte: UInt8) -> Bool {
        (0x30...0x3A).contains(byte) || byte == 0x2E || byte == 0x25
            || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }

    public func close(_ session: Int) {
        guard let link = links.removeValue(forKey: session) else { return }
        if let handle = unsafe link.handle { unsafe snmp_sess_close(handle) }
        unsafe link.handle = nil
        isPolledStale = true
        news.removeAll { $0.session == session }
    }

    // MARK: Questions

    /// Sends one question.
    ///
    /// - Parameters:
    ///   - request: Its number. A question that is sent again keeps it, so that an answer that was only late still
    ///     counts.
    ///   - timeoutMilliseconds: After which net-snmp forgets the question; when to ask again is for the caller.
    public func ask(
        _ session: Int, _ question: SNMPQuestion, _ names: [[UInt32]], request: Int32, timeoutMilliseconds: Int
    ) throws(SNMPFailure) {
        guard let link = links[session], let handle = unsafe link.handle else { throw .cannotOpen }
        // What nobody answered in time is dropped first.
        unsafe snmp_sess_timeout(handle)
        let kind: Int32
        switch question {
        case .get: kind = 0xA0
        case .next: kind = 0xA1
        case .bulk: kind = 0xA5
        }
        guard let pdu = unsafe snmp_pdu_create(kind) else { throw .cannotOpen }
        unsafe pdu.pointee.reqid = Int(request)
        if case .bulk(let rows) = question {
            // Two fields of a bulk request share their places with the errors of an answer.
            unsafe pdu.pointee.errstat = 0
            unsafe pdu.pointee.errindex = max(1, min(rows, 1_000))
        }
        for name in names where !name.isEmpty && name.count <= Int(MAX_OID_LEN) {
            let wide = name.map { oid($0) }
            unsafe snmp_add_null_var(pdu, wide, wide.count)
        }
        try unsafe send(pdu, handle, timeoutMilliseconds)
    }

    /// Asks an engine who it is: a message without a user, which it must answer with a report (RFC 3414, 4).
    public func askEngine(_ session: Int, request: Int32, timeoutMilliseconds: Int) throws(SNMPFailure) {
        guard let link = links[session], let handle = unsafe link.handle else { throw .cannotOpen }
        unsafe snmp_sess_timeout(handle)
        guard let pdu = unsafe wardlight_snmp_who() else { throw .cannotOpen }
        unsafe pdu.pointee.reqid = Int(request)
        try unsafe send(pdu, handle, timeoutMilliseconds)
    }

    private func send(
        _ pdu: UnsafeMutablePointer<netsnmp_pdu>, _ handle: UnsafeMutableRawPointer, _ timeoutMilliseconds: Int
    ) throws(SNMPFailure) {
        let own = unsafe snmp_sess_session(handle)
        unsafe own?.pointee.timeout = max(1, min(timeoutMilliseconds, 600_000)) * 1_000
        unsafe own?.pointee.s_errno = 0
        guard unsafe snmp_sess_async_send(handle, pdu, nil, nil) != 0 else {
            let code = unsafe own?.pointee.s_errno ?? 0
            unsafe snmp_free_pdu(pdu)
            throw .cannotSend(errno: code)
        }
    }

    // MARK: Answers

    /// Waits until something comes, at most so long, and says what came, in the order of the sessions.
    public func wait(milliseconds: Int) -> [SNMPNews] {
        if isPolledStale {
            polledLinks = links.values.sorted { $0.number < $1.number }
            polled = polledLinks.map { pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0) }
            isPolledStale = false
        }
        let count = unsafe poll(&polled, nfds_t(polled.count), Int32(clamping: max(0, milliseconds)))
        if count > 0 {
            for place in polled.indices where polled[place].revents != 0 { read(polledLinks[place]) }
        }
        defer { news = [] }
        return news
    }

    private func read(_ link: Link) {
        guard let handle = unsafe link.handle else { return }
        let own = unsafe snmp_sess_session(handle)
        unsafe own?.pointee.s_snmp_errno = 0
        unsafe own?.pointee.s_errno = 0
        guard unsafe wardlight_snmp_read(handle, &readable, link.descriptor) != 0 else { return }
        if unsafe own?.pointee.s_snmp_errno == SNMPERR_BAD_RECVFROM {
            let code = unsafe own?.pointee.s_errno ?? 0
            if wardlight_snmp_is_passing(code) == 0 { news.append(.unreachable(session: link.number, errno: code)) }
        } else {
            news.append(.garbage(session: link.number))
        }
    }
}

/// Called by net-snmp inside `read` and `snmp_sess_timeout`, on the exchange's own thread.
private let heard: netsnmp_callback = { operation, session, _, pdu, magic in
    guard operation == NETSNMP_CALLBACK_OP_RECEIVED_MESSAGE, let pdu = unsafe pdu, let magic = unsafe magic else {
        return 1
    }
    let link = unsafe Unmanaged<SNMPExchange.Link>.fromOpaque(magic).takeUnretainedValue()
    let exchange = link.exchange
    // A message whose signature is wrong is handed over, too (for an agent's authenticationFailure trap).
    if unsafe session?.pointee.s_snmp_errno == SNMPERR_USM_AUTHENTICATIONFAILURE {
        exchange.news.append(.garbage(session: link.number))
    } else if unsafe pdu.pointee.command == 0xA8 {
        let report = unsafe SNMPReport(pdu)
        if report == .clockOff {
            link.clockReports += 1
            if link.clockReports == 1 { return 1 }
        }
        exchange.news.append(.report(session: link.number, report))
    } else if unsafe pdu.pointee.command == 0xA2 {
        exchange.news.append(.answer(session: link.number, unsafe SNMPAnswer(pdu)))
    } else {
        exchange.news.append(.garbage(session: link.number))
    }
    return 1
}
