//===----------------------------------------------------------------------===//
// Wardlight · Server
//
// The house: everything that answers share.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Hummingbird
import Logging
import Model
import NIOCore
import Synchronization
import Twin

/// Doors, settings and what the server keeps of its own, as every answer sees it.
struct House: Sendable {
    let doors: ServerDoors
    let settings: ServerSettings
    /// Those of `settings` that may become others while it runs.
    let moving: MovingLimits
    let hub: EventHub
    let counts = RequestCounts()
    let seal: CursorSeal
    let gatekeeper: Gatekeeper
    let glances = GlanceCache()
    let receipts: Receipts
    let pages: Pages
    let logger: Logger

    /// The hospital that a request asks about: now, or at the moment or position that it names.
    func view(_ asking: Asking) async throws -> HospitalView {
        guard let past = try await past(asking) else { return try await doors.present.view(knowing: asking["id"]) }
        return past
    }

    /// Nil when it asks about now.
    func past(_ asking: Asking) async throws -> HospitalView? {
        let (at, asof) = (asking.moment("at"), asking.position("asof"))
        guard at != nil || asof != nil else { return nil }
        return try await past(at: at, asof: asof)
    }

    /// The hospital then, judged with what is there today; what of that is another, it says.
    func past(at: Timestamp?, asof: UInt64?) async throws -> HospitalView {
        var view: HospitalView
        do { view = try await doors.past.view(at: at, asof: asof) } catch { throw Problem(error) }
        view.otherKnowledge = view.hospital.otherKnowledge(than: await doors.present.knowledge())
        view.keptFrom = view.hospital.keptFrom
        return view
    }
}

extension Problem {
    init(_ failure: PastFailure) {
        switch failure {
        case .gone(let oldest, let moment):
            self.init(
                .gone, "gone", "That is no longer kept",
                "The oldest position is \(oldest)\(moment.map { ", recorded at \($0)" } ?? "").")
            more = [("oldest", "\(oldest)")] + (moment.map { [("oldestMoment", $0.description)] } ?? [])
        case .future(let newest):
            self.init(
                .notFound, "future", "That has not happened yet", "The newest position is \(newest).")
            more = [("newest", "\(newest)")]
        case .busy:
            self.init(.serviceUnavailable, "busy", "Too many ask about the past", "Come again in a moment.")
            fields[.retryAfter] = "2"
        case .unreadable: self = .broken
        }
    }
}

/// Limits that may become others while the server runs.
final class MovingLimits: Sendable {
    private let most: Mutex<Int>

    init(_ limits: ServerLimits) { most = Mutex(limits.body) }

    /// Octets of a request's body.
    var body: Int {
        get { most.withLock { $0 } }
        set { most.withLock { $0 = newValue } }
    }
}

/// The context of a request, as Hummingbird makes it.
struct WardContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    let channel: any Channel

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
    }
}
