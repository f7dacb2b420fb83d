//===----------------------------------------------------------------------===//
// Wardlight · Server
//
// What the parser of HTTP/1 refuses never reaches the gate; it is answered like everything else all the same.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOHTTPTypes

/// Puts a problem (RFC 9457) with the fields of the gate where the library would send a bare status.
///
/// It stands between the parser and the library. An answer of the gate bears the gate's fields and passes; one without
/// them comes from the library itself, which knows only that it could not read the request. A stream of HTTP/2 has no
/// such parser: there a request that breaks the format is reset (RFC 9113, 8.1.1).
final class ParserRefusals: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let isEncrypted: Bool
    private var problem = Problem.unreadable
    private var isOurs = false

    init(isEncrypted: Bool) { self.isEncrypted = isEncrypted }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if error as? HTTPParserError == .headerOverflow { problem = .headTooLarge }
        context.fireErrorCaught(error)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(let head) where head.status.kind != .informational && !Gate.isGuarded(head.headerFields):
            isOurs = true
            let problem = head.status == .badRequest ? problem : Problem(head.status, "http", "That cannot be served")
            let bytes = problem.bytes
            var fields = problem.reply.fields
            fields[.contentLength] = "\(bytes.count)"
            fields[.connection] = "close"
            Gate.guardFields(&fields, isEncrypted: isEncrypted)
            let answer = HTTPResponse(status: problem.status, headerFields: fields)
            context.write(wrapOutboundOut(.head(answer)), promise: promise)
            context.write(wrapOutboundOut(.body(ByteBuffer(bytes: bytes))), promise: nil)
        case .body where isOurs: promise?.succeed()
        case .end where isOurs:
            isOurs = false
            context.write(data, promise: promise)
        default: context.write(data, promise: promise)
        }
    }
}

extension Problem {
    static let unreadable = Problem(.badRequest, "http", "That is no request of HTTP")
    static let headTooLarge = Problem(
        .requestHeaderFieldsTooLarge, "header", "The header is too large", "Send fewer and shorter fields.")
}
