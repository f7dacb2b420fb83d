//===----------------------------------------------------------------------===//
// Wardlight · Twin
//
// The keeper: the one who holds the living hospital, and tells what changed.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import HashTreeCollections
import Model
import Reports

/// Holds the one living `Hospital`. Blocks of the log come in, in order; changes go to the shelf, then to whoever follows.
///
/// What an observation changes by itself (a device appeared, a reading, an edge) is told with its block. What needs a look
/// at the whole (findings, places of ports, risk, staleness) is told when the hospital is judged: `settle` does that beside
/// the fold, on a copy, as often as its caller likes.
public actor Keeper {
    /// How the keeper is doing, for the status page.
    public struct Standing: Hashable, Sendable {
        public var position: UInt64 = 0
        public var recorded: Timestamp?
        public var newest: Timestamp?
        public var devices = 0
        public var readings = 0
        /// Position to which the hospital was judged.
        public var judged: UInt64 = 0
        public var number = EventNumber.zero
        /// Why nothing is kept or told any more; nil while all is well.
        public var trouble: String?

        public init() {}
    }

    /// Tells followers, after the shelf has it. Called in order, and must not wait.
    public typealias Tell = @Sendable (Publication) -> Void

    private var hospital: Hospital
    private let shelf: any Shelf
    private let tell: Tell
    let ages: AgeLimits
    private var recorded: Timestamp?
    /// The last number that was published.
    private var number = EventNumber.zero
    /// What the shelf shows.
    private var summaries: TreeDictionary<String, DeviceSummary>
    private var findings: TreeDictionary<String, FindingSummary>
    /// Judged last; nil where nobody asked for a while, because it is larger than the hospital itself.
    private var view: HospitalView?
    /// Position to which the hospital was judged; nil where what it is held against is another now.
    private var judged: UInt64?
    /// For how many judgings more the view is held.
    private var wanted = 0
    private var isJudging = false
    /// How often it was given other lists, and how often when the judging began: what was judged with older ones does not hold.
    private var lists = (given: 0, judged: 0)
    /// Who waits for the judging that is under way.
    private var waiting: [CheckedContinuation<Void, Never>] = []
    /// Devices that blocks told of since the judging began: their rows are newer than the view that comes of it.
    private var touched: Set<String> = []
    private var trouble: String?
    /// What blocks changed while the shelf refused; the oldest go.
    private var untold: [Change] = []
    private static let mostUntold = 65_536
    /// Whether `settle` may tell differences: not before the shelf has shown something once.
    private var isShown: Bool

    /// - Parameters:
    ///   - hospital: as far as it was folded already.
    ///   - shown: what the shelf shows; nil for an empty shelf, to which everything is new and of which nothing is told.
    ///   - number: the last that the shelf was given.
    public init(
        _ hospital: Hospital, recorded: Timestamp? = nil, shelf: any Shelf,
        shown: (devices: [DeviceSummary], findings: [FindingSummary])? = nil, number: EventNumber = .zero,
        ages: AgeLimits = AgeLimits(), tell: @escaping Tell
    ) {
        self.hospital = hospital
        self.recorded = recorded
        self.shelf = shelf
        self.ages = ages
        self.tell = tell
        summaries = TreeDictionary(uniqueKeysWithValues: (shown?.devices ?? []).map { ($0.id, $0) })
        findings = TreeDictionary(uniqueKeysWithValues: (shown?.findings ?? []).map { ($0.id, $0) })
        self.number = number
        isShown = shown != nil
    }

    public var standing: Standing {
        var standing = Standing()
        (standing.position, standing.recorded, standing.newest) = (hospital.position, recorded, hospital.newest)
        (standing.devices, standing.readings) = (hospital.inventory.count, hospital.readings.count)
        (standing.judged, standing.number, standing.trouble) = (judged ?? 0, number, trouble)
        return standing
    }

    /// A copy; it stays as it is.
    public var copy: Hospital { hospital }

    /// Network addresses of what is shown as a medical device, with its id: who is about to send asks here first.
    public var medicalAddresses: [IPAddress: String] {
        var known: [IPAddress: String] = [:]
        for device in summaries.values where device.deviceClass == .medical {
            for address in device.addresses { known[address] = device.id }
        }
        return known
    }

    // MARK: Learning

    /// Takes a committed block in and tells what it changed. A block that is known already is passed over.
    ///
    /// - Throws: `Gap`, when blocks before it are missing: it is not learnt then. What the shelf throws; the block is learnt
    ///   all the same, and told by the next `settle` that the shelf takes.
    public func learn(_ block: LogBlock) throws {
        guard block.end > hospital.position &+ 1 else { return }
        try refuseGap(before: block)
        let known = hospital.position &+ 1 - min(block.first, hospital.position &+ 1)
        let news = known == 0 ? block.observations : Array(block.observations.dropFirst(Int(clamping: known)))
        recorded = block.recorded
        let changes = hospital.learn(news)
        guard isShown else { return }
        // Up to the shelf's own number all was told before.
        let isRefused = !untold.isEmpty
        untold += changes.lazy.filter { $0.position > self.number.position }
        // The rows of what goes here come with the next judging; only its notes are not told.
        if untold.count > Self.mostUntold { untold.removeFirst(untold.count - Self.mostUntold) }
        // Where the shelf refused it is asked again by the next judging, not by every block.
        if !isRefused { try tellChanges() }
    }

    /// Tells what blocks changed and the shelf has not taken yet.
    private func tellChanges() throws {
        guard !untold.isEmpty else { return }
        let difference = ChangeWriter(hospital, summaries).notes(of: untold)
        // Also while a view is being shown: it is older than these rows.
        touched.formUnion(difference.devices.map(\.id))
        try publish(difference, at: EventNumber(position: hospital.position))
        untold = []
    }

    /// Goes on with a hospital that was laid away, before the first block; what it is held against stays this keeper's.
    public func begin(with state: Hospital) {
        var state = state
        state.take(listsOf: hospital)
        hospital = state
        (view, judged) = (nil, nil)
    }

    /// Goes on where the log begins, of which older blocks are no longer kept.
    public func begin(after position: UInt64) {
        hospital.begin(after: position)
        (view, judged) = (nil, nil)
    }

    /// Learns without telling anybody: what the log held before this process began.
    ///
    /// - Throws: `Gap`.
    public func recall(_ block: LogBlock) throws(Gap) {
        try refuseGap(before: block)
        recorded = block.recorded
        let known = Int(clamping: hospital.position &+ 1 - min(block.first, hospital.position &+ 1))
        _ = hospital.learn(block.dropping(known).observations)
    }

    /// Positions would no longer be those of the log.
    public struct Gap: Error, Hashable, Sendable {
        /// Position that is wanted next, and the one that came.
        public var expected: UInt64
        public var found: UInt64
    }

    private func refuseGap(before block: LogBlock) throws(Gap) {
        let next = hospital.position &+ 1
        guard block.first > next else { return }
        trouble = "blocks are missing: position \(next) is wanted, \(block.first) came. Start the service again."
        throw Gap(expected: next, found: block.first)
    }

    /// Other lists to hold the hospital against, from now on.
    public func use(_ change: @Sendable (inout Hospital) -> Void) {
        change(&hospital)
        lists.given += 1
        (view, judged) = (nil, nil)
    }

    // MARK: Judging

    /// Judgings for which a view is held after somebody asked for it: a page that is open asks more often.
    private static let wantedFor = 60

    /// The hospital as it was judged last; judges it when nobody asked for long. What the shelf refuses is in `standing`.
    ///
    /// - Parameter device: the id of one that is asked for: lists have it as soon as a block told of it, so a view from
    ///   before that block does not do.
    public func lastView(knowing device: String? = nil) async -> HospitalView {
        while true {
            if let view = heldView(knowing: device) { return view }
            if isJudging {
                await withCheckedContinuation { waiting.append($0) }
            } else {
                judged = nil
                do { try await settle() } catch { trouble = "\(error)" }
            }
        }
    }

    /// The same where nothing has to be judged for it; nil where that would take a while.
    public func heldView(knowing device: String? = nil) -> HospitalView? {
        wanted = Self.wantedFor
        guard let view, device.map({ isUpToDate(view, about: $0) }) ?? true else { return nil }
        return view
    }

    /// Holds no view any more: nobody will ask.
    public func dropView() { (view, wanted) = (nil, 0) }

    private func isUpToDate(_ view: HospitalView, about device: String) -> Bool {
        view.position == hospital.position || view.row(device) != nil || summaries[device] == nil
    }

    /// The hospital as it is now, judged anew if it has learnt since.
    public func freshView() async -> HospitalView {
        if let view, view.position == hospital.position { return view }
        return await Self.judge(hospital, ages)
    }

    /// Judges the hospital when it has learnt since the last time, and tells what is different.
    ///
    /// - Returns: whether there was anything to judge.
    @discardableResult
    public func settle() async throws -> Bool {
        guard !isJudging, judged != hospital.position else { return false }
        let view = await Self.judge(beginJudging(), ages)
        hold(view)
        // Who waits for the view need not wait for the lists, too: of a large hospital they take seconds.
        await Task.yield()
        try show(view)
        return true
    }

    /// A copy to judge while blocks go on coming in.
    func beginJudging() -> Hospital {
        isJudging = true
        lists.judged = lists.given
        if wanted == 0 { view = nil }
        touched = []
        return hospital
    }

    private func hold(_ view: HospitalView) {
        self.view = wanted > 0 && lists.judged == lists.given ? view : nil
        for one in waiting { one.resume() }
        waiting = []
    }

    /// Tells what is different now that the copy of `beginJudging` was judged.
    func show(_ view: HospitalView) throws {
        isJudging = false
        judged = lists.judged == lists.given ? view.position : nil
        hold(view)
        wanted = max(0, wanted - 1)
        do {
            try tellChanges()
            let difference = ViewDifference(
                view, newer: newer(than: view), shown: summaries, findings: findings, isFirst: !isShown)
            let next = number.position == hospital.position ? number.part + 1 : 0
            let position = max(hospital.position, number.position)
            try publish(difference, at: EventNumber(position: position, part: next))
            isShown = true
        } catch {
            // What the shelf did not take has to be found again, also where nothing new is learnt.
            judged = nil
            throw error
        }
    }

    /// Rows of devices that blocks told of meanwhile: of them the view gives only what judging alone knows.
    private func newer(than view: HospitalView) -> [String: DeviceSummary?] {
        var rows: [String: DeviceSummary?] = [:]
        for id in touched {
            let device = hospital.inventory.device(id: id).flatMap { $0.id == id ? $0 : nil }
            rows[id] = .some(device.map { DeviceSummary($0, judged: view.row(id) ?? summaries[id]) })
        }
        touched = []
        return rows
    }

    @concurrent private static func judge(_ hospital: Hospital, _ ages: AgeLimits) async -> HospitalView {
        HospitalView(hospital, ages: ages)
    }

    private func publish(_ difference: ViewDifference, at number: EventNumber) throws {
        var publication = Publication(number: number, recorded: recorded, changes: difference.notes)
        (publication.devices, publication.goneDevices) = (difference.devices, difference.goneDevices)
        (publication.findings, publication.goneFindings) = (difference.findings, difference.goneFindings)
        if !difference.notes.isEmpty {
            publication.event = ChangeJSON.bytes(number, recorded: recorded, difference.notes)
        }
        guard !publication.isEmpty else { return }
        do { try shelf.put(publication) } catch {
            trouble = "\(error)"
            throw error
        }
        trouble = nil
        for device in publication.devices { summaries[device.id] = device }
        for id in publication.goneDevices { summaries[id] = nil }
        for finding in publication.findings { findings[finding.id] = finding }
        for id in publication.goneFindings { findings[id] = nil }
        self.number = number
        tell(publication)
    }
}
