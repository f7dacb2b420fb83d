//===----------------------------------------------------------------------===//
// Wardlight · Sensors
//
// The walk of one agent: from the plan to questions, from answers to rows.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import SNMP
import Wire

/// The walk through one context of one agent, as a value: it says what to ask and takes what was answered, and knows
/// neither time nor network.
///
/// 1. sysObjectID and sysUpTime, in one GET. A medical device is left alone from here on.
/// 2. Single objects, and the markers that tell what may have changed.
/// 3. The first row of every column, many columns in one question: a MIB that is not there costs no more than that.
/// 4. The columns that are there, those of a table side by side.
/// 5. One row of each MIB of which no column is there, to tell what is missing.
struct AgentWalk {
    struct Ask: Hashable {
        var question: SNMPQuestion
        var names: [ObjectName]

        var isLong: Bool { if case .bulk(let rows) = question { rows > 1 } else { false } }
    }

    enum Phase { case hello, singles, columns, presences, done }

    let limits: PollLimits
    let judge: MedicalJudge
    let vlan: UInt16?
    private(set) var phase: Phase
    private(set) var rows: [SNMPRow] = []
    private(set) var troubles: [PollTrouble] = []
    private(set) var objectId: ObjectName?
    private(set) var upTime: UInt32?
    var memory: AgentMemory
    /// Whether what stays was kept from the poll before.
    private(set) var isQuick = false
    /// Rows of columns that stay while their marker does.
    private(set) var staying: [WalkPlan.Marker: [SNMPRow]] = [:]

    var cursors: [Cursor] = []
    private var asked: [Int] = []
    /// How many columns of an entry fit one answer, where it was fewer than were asked.
    private var fitting: (entry: ArraySlice<UInt32>, columns: Int)?
    private var toAsk: [ObjectName] = []
    private var underWay: [ObjectName] = []
    private var bindings: Int
    private var isBulk = true
    private var wasBulkAnswered = false
    private var isOneByOne = false
    /// Whether sysObjectID is asked for alone, since the first question was not answered as it should be.
    private var isHelloShort = false
    private var silentInRow = 0

    /// How far a column is read.
    struct Cursor {
        var column: WalkPlan.Column
        var last: ObjectName
        var rows = 0
        var isSurveyed = false
        var isOpen = true
        /// Names so far, of an agent that answers out of order.
        var seen: Set<ObjectName> = []

        init(_ column: WalkPlan.Column) {
            self.column = column
            last = column.name
        }
    }

    init(limits: PollLimits, memory: AgentMemory, judge: @escaping MedicalJudge) {
        self.limits = limits
        self.memory = memory
        self.judge = judge
        vlan = nil
        phase = .hello
        bindings = max(1, limits.bindings)
    }

    /// The walk through the context of one VLAN, with what was learnt about the agent's ways before.
    init(vlan: UInt16, after whole: AgentWalk) {
        limits = whole.limits
        memory = AgentMemory()
        judge = whole.judge
        self.vlan = vlan
        phase = .singles
        bindings = whole.bindings
        isBulk = whole.isBulk
        isOneByOne = whole.isOneByOne
        objectId = whole.objectId
        toAsk = WalkPlan.singlesOfVLAN
    }

    /// TP-Link's JetStream answers out of order (LibreNMS, `allowUnordered`).
    var isUnordered: Bool { objectId?.hasPrefix([1, 3, 6, 1, 4, 1, 11863]) ?? false }
    var isDone: Bool { phase == .done }
    /// Whether everything was read that there is.
    var isWhole: Bool { isDone && !troubles.contains(where: \.isCut) }

    // MARK: Asking

    /// The next question; nil at the end. The same until it is answered or given up.
    mutating func next() -> Ask? {
        while true {
            switch phase {
            case .hello:
                underWay = isHelloShort ? [WalkPlan.objectId] : [WalkPlan.objectId, WalkPlan.upTime]
                return Ask(question: .get, names: underWay)
            case .singles:
                underWay = Array(toAsk.prefix(isOneByOne ? 1 : 24))
                if !underWay.isEmpty { return Ask(question: .get, names: underWay) }
                beginColumns()
            case .columns:
                if let ask = askColumns() { return ask }
                beginPresences()
            case .presences:
                underWay = Array(toAsk.prefix(isOneByOne ? 1 : 24))
                if !underWay.isEmpty { return Ask(question: .next, names: underWay) }
                phase = .done
            case .done: return nil
            }
        }
    }

    private mutating func askColumns() -> Ask? {
        let width = max(1, isOneByOne ? 1 : min(bindings, limits.bindings))
        asked = Array(cursors.indices.filter { cursors[$0].isOpen && !cursors[$0].isSurveyed }.prefix(width))
        if !asked.isEmpty {
            return Ask(question: isBulk ? .bulk(1) : .next, names: asked.map { cursors[$0].last })
        }
        guard let first = cursors.firstIndex(where: \.isOpen) else { return nil }
        let entry = cursors[first].column.entry
        let fitting = fitting.flatMap { $0.entry == entry ? $0.columns : nil } ?? width
        asked = Array(
            cursors.indices[first...].filter { cursors[$0].isOpen && cursors[$0].column.entry == entry }
                .prefix(min(width, fitting, limits.columnsAtOnce)))
        let names = asked.map { cursors[$0].last }
        return Ask(question: isBulk ? .bulk(max(1, bindings / asked.count)) : .next, names: names)
    }

    /// Without sysObjectID nobody knows whether it is medical: nothing else is asked.
    private mutating func helloFailed() {
        if isHelloShort { return stop(.noIdentity) }
        isHelloShort = true
    }

    private mutating func beginSingles() {
        phase = .singles
        toAsk = WalkPlan.singles + WalkPlan.Marker.allCases.flatMap(\.objects)
    }

    private mutating func beginColumns() {
        phase = .columns
        let kept = vlan == nil ? memory.keeps(rows, upTime: upTime, limits: limits) : []
        isQuick = !kept.isEmpty
        let columns = vlan == nil ? WalkPlan.columns(of: objectId) : WalkPlan.columnsOfVLAN
        cursors = columns.filter { $0.stays.map { !kept.contains($0) } ?? true }.map(Cursor.init)
        if isQuick { rows += memory.rows(of: kept) }
        lookAtAddresses(rows)
    }

    private mutating func beginPresences() {
        phase = vlan == nil ? .presences : .done
        guard vlan == nil else { return }
        if isQuick {
            rows += memory.presences
            toAsk = []
            return
        }
        memory.presences = []
        let found = rows.prefix(64).map(\.name)
        toAsk = WalkPlan.presences(of: objectId).filter { root in
            !cursors.contains { $0.rows > 0 && $0.column.name.hasPrefix(root) }
                && !found.contains { $0.hasPrefix(root) }
        }
    }

    // MARK: Answers

    mutating func take(_ answer: SNMPAnswer, to ask: Ask) {
        if ask.isLong || ask.question == .bulk(1) { wasBulkAnswered = true }
        guard answer.status == 0 else { return refused(answer.status, at: answer.index, ask) }
        guard !answer.bindings.isEmpty || ask.names.isEmpty else { return silence(ask) }
        silentInRow = 0
        switch phase {
        case .hello:
            for row in answer.bindings.prefix(2).compactMap(SNMPRow.init(kept:)) {
                if row.name == WalkPlan.objectId { objectId = row.value.objectName }
                if row.name == WalkPlan.upTime { upTime = row.value.number.flatMap(UInt32.init(exactly:)) }
            }
            guard let objectId else { return helloFailed() }
            if let why = judge(.objectId(objectId)) { return stop(.medical(why)) }
            beginSingles()
        case .singles:
            for binding in answer.bindings.prefix(underWay.count) where underWay.contains(ObjectName(binding.name)) {
                guard let row = SNMPRow(kept: binding) else { continue }
                rows.append(row)
                if row.name == WalkPlan.upTime { upTime = upTime ?? row.value.number.flatMap(UInt32.init(exactly:)) }
                // Who says something else now than at first is judged by that as well.
                if row.name == WalkPlan.objectId, let name = row.value.objectName, name != objectId,
                    let why = judge(.objectId(name))
                {
                    rows = []
                    return stop(.medical(why))
                }
            }
            toAsk.removeFirst(min(underWay.count, toAsk.count))
        case .columns: takeColumns(answer.bindings, ask)
        case .presences:
            for (root, binding) in zip(underWay, answer.bindings) where binding.name.starts(with: root.numbers) {
                if let row = SNMPRow(kept: binding) {
                    rows.append(row)
                    memory.presences.append(row)
                }
            }
            toAsk.removeFirst(min(underWay.count, toAsk.count))
        case .done: break
        }
    }

    private mutating func takeColumns(_ bindings: [SNMPBinding], _ ask: Ask) {
        var most = asked.count
        if case .bulk(let repetitions) = ask.question { most *= repetitions }
        var fresh: [SNMPRow] = []
        for (place, binding) in bindings.prefix(most).enumerated() {
            let index = asked[place % asked.count]
            guard cursors[index].isOpen else { continue }
            cursors[index].isSurveyed = true
            let name = ObjectName(binding.name)
            let column = cursors[index].column.name
            guard binding.value != .endOfView, name.hasPrefix(column), name != column else {
                cursors[index].isOpen = false
                continue
            }
            guard isForward(name, index) else {
                cursors[index].isOpen = false
                troubles.append(.goesInCircles(cursors[index].column.name))
                continue
            }
            cursors[index].last = name
            cursors[index].rows += 1
            if let row = SNMPRow(kept: binding) {
                fresh.append(row)
                if limits.isRepeated, let marker = cursors[index].column.stays {
                    staying[marker, default: []].append(row)
                }
            }
            if cursors[index].rows >= limits.rowsPerColumn {
                cursors[index].isOpen = false
                troubles.append(.tableTooLong(cursors[index].column.name, rows: limits.rowsPerColumn))
            }
        }
        // An answer may be cut after any binding, where it is as long as the agent may make it (RFC 3416, 4.2.3): a column
        // that it does not reach is asked again. Long texts here say nothing of other tables.
        if bindings.count < asked.count, ask.isLong {
            fitting = (cursors[asked[0]].column.entry, max(1, bindings.count))
        }
        rows += fresh
        lookAtAddresses(fresh)
        if rows.count >= limits.rowsPerAgent { stop(.tooManyRows(limits.rowsPerAgent)) }
    }

    private mutating func isForward(_ name: ObjectName, _ index: Int) -> Bool {
        if isUnordered { return cursors[index].seen.insert(name).inserted }
        return cursors[index].last < name
    }

    /// Fewer bindings at once; nothing where one is all there is.
    private mutating func narrow(to count: Int) { bindings = max(1, min(bindings, count)) }

    private mutating func lookAtAddresses(_ fresh: [SNMPRow]) {
        for row in fresh where row.name == WalkPlan.bridgeAddress || row.name.hasPrefix(WalkPlan.ownAddresses) {
            if let hardware = row.value.hardware, hardware.isIndividual, let why = judge(.hardware(hardware)) {
                rows = []
                return stop(.medical(why))
            }
        }
    }

    /// error-status of RFC 3416: 1 tooBig, 2 noSuchName, 5 genErr, 16 authorizationError, …
    private mutating func refused(_ status: Int, at index: Int, _ ask: Ask) {
        switch (phase, status) {
        case (.hello, 16): stop(.notAllowed)
        case (.hello, _): helloFailed()
        case (.columns, 1) where (ask.isLong || ask.names.count > 1) && bindings > 1:
            narrow(to: max(1, min(bindings, 64) / 2))
        case (.columns, _):
            if ask.isLong, !wasWholeQuestionRefusedBefore(status) { return narrow(to: max(1, asked.count)) }
            if case .bulk = ask.question, status != 2 { return fallBack() }
            let culprits = index >= 1 && index <= asked.count ? [asked[index - 1]] : asked
            if culprits.count > 1, !isOneByOne {
                isOneByOne = true
                return
            }
            for culprit in culprits {
                cursors[culprit].isOpen = false
                cursors[culprit].isSurveyed = true
                // noSuchName is how version 1 says that there is no more.
                if status != 2 { troubles.append(.refusesTable(cursors[culprit].column.name, status: status)) }
            }
        case (.singles, _), (.presences, _):
            if index >= 1, index <= underWay.count, toAsk.count >= index {
                toAsk.remove(at: index - 1)
            } else if underWay.count > 1 {
                isOneByOne = true
            } else if !toAsk.isEmpty {
                toAsk.removeFirst()
            }
        case (.done, _): break
        }
    }

    /// A long question is made short once before its error is believed.
    private func wasWholeQuestionRefusedBefore(_ status: Int) -> Bool { bindings <= max(1, asked.count) }

    private mutating func fallBack() {
        isBulk = false
        if !troubles.contains(.rowByRow) { troubles.append(.rowByRow) }
    }

    /// Nobody answered, however often it was asked: perhaps the answer was too long for the way, perhaps GETBULK is
    /// unknown there.
    mutating func silence(_ ask: Ask) {
        if phase == .hello { return stop(.noAnswer) }
        if vlan != nil, rows.isEmpty { return stop(.vlanUnanswered(vlan ?? 0)) }
        silentInRow += 1
        if silentInRow == 1 {
            // The network loses messages, long ones sooner: once more, shorter.
            if ask.isLong || ask.names.count > 12 { narrow(to: max(1, min(bindings, limits.bindings) / 2)) }
            return
        }
        if case .bulk = ask.question {
            if !wasBulkAnswered || bindings <= 3 { return fallBack() }
            return narrow(to: max(1, bindings / 4))
        }
        guard ask.names.count > 1 else { return stop(.stoppedAnswering) }
        isOneByOne = true
    }

    mutating func stop(_ trouble: PollTrouble) {
        troubles.append(trouble)
        phase = .done
    }

    mutating func add(_ trouble: PollTrouble) { troubles.append(trouble) }

    /// What the next poll may keep.
    func remembered() -> AgentMemory {
        guard limits.isRepeated else { return AgentMemory() }
        guard isWhole, vlan == nil else { return memory }
        return memory.after(self)
    }
}
