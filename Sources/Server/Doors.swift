//===----------------------------------------------------------------------===//
// Wardlight · Server
//
// Doors: what the server needs of the rooms beside it.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Twin

/// Lists and searches, and what followers have missed.
public protocol Lists: Sendable {
    func devices(matching query: DeviceQuery) async throws -> DevicePage
    func findings(matching query: FindingQuery) async throws -> FindingPage
    /// At most `limit`, in order.
    func events(after number: EventNumber, limit: Int) async throws -> MissedEvents
    /// The newest number that was told.
    var number: EventNumber { get async }
}

/// Why observations were not taken in. Nothing of them was.
public enum IntakeFailure: Error, Hashable, Sendable {
    /// Too much waits already: come back.
    case busy(seconds: Int)
    /// There is no room on the disk.
    case full(String)
    /// More than one block of the log holds.
    case tooLarge
    /// The log takes nothing in any more, and why.
    case stopped(String)
}

/// Where observations go.
public protocol Intake: Sendable {
    /// Returns when they are durable, with their positions.
    func append(_ observations: [Observation]) async throws(IntakeFailure) -> Range<UInt64>
    /// A position at or before which nothing lies that is handed in from now on.
    var position: UInt64 { get async }
    /// Where a batch is that an earlier process may have taken in; nil where it did not.
    func find(_ batch: [Observation], after position: UInt64) async throws(IntakeFailure) -> Range<UInt64>?
}

/// Which batch was handed in under which key. Keys and bodies as digests; bounded in number and age.
public protocol ReceiptBook: Sendable {
    /// `range` is nil while it is not known whether the log took the batch; nothing at or before `after` is of it.
    func receipt(key: [UInt8]) async throws -> (digest: [UInt8], after: UInt64, range: Range<UInt64>?)?
    /// Durable when it returns.
    func begin(receipt key: [UInt8], digest: [UInt8], after: UInt64, at moment: Timestamp) async throws
    func finish(receipt key: [UInt8], with range: Range<UInt64>) async throws
    func forget(receipt key: [UInt8]) async throws
}

/// How log and twin are doing.
public struct HouseState: Hashable, Sendable {
    public var keeper = Keeper.Standing()
    /// The oldest position that is kept, and when it was recorded.
    public var oldest: UInt64 = 1
    public var oldestRecorded: Timestamp?
    /// A line each: what is wrong and how to mend it. Empty while all is well.
    public var trouble: [String] = []
    /// Whether the log's past was folded and the lists are filled.
    public var isReady = true

    public init() {}
}

/// The hospital as it is.
public protocol Present: Sendable {
    /// As it was judged last.
    ///
    /// - Parameter device: the id of a device that has to be in it if lists have it; nil where any view does.
    func view(knowing device: String?) async throws -> HospitalView
    /// Digests of what it is judged with, by name, as the log names them.
    func knowledge() async -> [String: String]
    func state() async -> HouseState
}

/// The hospital as it was.
public protocol Past: Sendable {
    /// - Parameters:
    ///   - at: the hospital's time; late news counts.
    ///   - asof: a position of the log; only what stood there then counts.
    func view(at: Timestamp?, asof: UInt64?) async throws(PastFailure) -> HospitalView
}

/// Where tokens, accounts and sessions are kept. Secrets come and go as digests only.
public protocol Credentials: Sendable {
    func tokens() async throws -> [AccessToken]
    func token(digest: [UInt8]) async throws -> AccessToken?
    /// False where `AccessToken.most` are kept.
    func add(_ token: AccessToken) async throws -> Bool
    /// False where there is none.
    func revoke(token id: String, at moment: Timestamp) async throws -> Bool
    func touch(token id: String, at moment: Timestamp) async throws
    func hasAccounts() async throws -> Bool
    func account(named name: String) async throws -> Account?
    func put(_ account: Account) async throws
    func session(digest: [UInt8]) async throws -> WebSession?
    func put(_ session: WebSession) async throws
    /// Notes that it was used; one that ended meanwhile stays ended.
    func touch(session digest: [UInt8], at moment: Timestamp) async throws
    func end(session digest: [UInt8]) async throws
}

/// One number for `/metrics`.
public struct Meter: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable {
        case counter, gauge
    }
    /// `wardlight_log_position`
    public var name: String
    public var help: String
    public var kind: Kind
    public var value: Double
    /// Name and value, in order.
    public var labels: [[String]]

    public init(_ name: String, _ kind: Kind, _ value: Double, help: String, labels: [[String]] = []) {
        self.name = name
        self.help = help
        self.kind = kind
        self.value = value
        self.labels = labels
    }
}

/// What other rooms count.
public protocol Meters: Sendable {
    func meters() async -> [Meter]
}

/// All doors together.
public struct ServerDoors: Sendable {
    public var lists: any Lists
    public var intake: any Intake
    public var present: any Present
    public var past: any Past
    public var credentials: any Credentials
    public var receipts: any ReceiptBook
    public var meters: (any Meters)?

    public init(
        lists: any Lists, intake: any Intake, present: any Present, past: any Past, credentials: any Credentials,
        receipts: any ReceiptBook, meters: (any Meters)? = nil
    ) {
        self.lists = lists
        self.intake = intake
        self.present = present
        self.past = past
        self.credentials = credentials
        self.receipts = receipts
        self.meters = meters
    }
}
