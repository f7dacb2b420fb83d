//===----------------------------------------------------------------------===//
// Wardlight · Reports
//
// Inventory table: every device on one line, for people.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// The inventory as a text table: medical devices first, the doubtful marked, what was seen and what was not under it.
public struct InventoryTable: Sendable {
    /// Columns of the terminal; lines are no longer than this (40 at least).
    public var width: Int
    /// Bold headings and dim doubts by ANSI sequences. Nothing is said by them alone.
    public var colour: Bool

    public init(width: Int = 120, colour: Bool = false) {
        self.width = max(40, min(width, 400))
        self.colour = colour
    }

    static let nothing = "-"

    private static let columns = [
        Column(title: "Vendor", least: 10, most: 26, dispensable: 2),
        Column(title: "Type", least: 18, most: 26, dispensable: 1),
        Column(title: "Model", least: 12, most: 26, dispensable: 0),
        Column(title: "Firmware", least: 6, most: 18, dispensable: 5),
        Column(title: "Serial", least: 6, most: 20, dispensable: 7),
        Column(title: "Address", least: 15, most: 26, dispensable: 0),
        Column(title: "Hardware", least: 17, most: 20, dispensable: 6),
        Column(title: "Name", least: 8, most: 30, dispensable: 4),
        Column(title: "Place", least: 12, most: 32, dispensable: 8),
        Column(title: "Silent", least: 6, most: 8, dispensable: 3),
    ]

    /// The whole report, each line ended by a line feed.
    public func text(of snapshot: InventorySnapshot) -> String {
        var lines: [String] = []
        let listed = snapshot.devices.filter { !$0.isStub }
        let names = Dictionary(snapshot.devices.map { ($0.id, $0.caption) }) { first, _ in first }
        let end = snapshot.coverage.compactMap(\.span?.last).max() ?? snapshot.devices.map(\.span.last).max() ?? .epoch
        let rows = listed.map { Self.cells($0, names: names) + [Self.silence($0.span.last, until: end)] }
        let layout = ColumnLayout(Self.columns, rows: rows, width: width)
        for kind in DeviceClass.allCases {
            let members = listed.indices.filter { listed[$0].deviceClass == kind }
                .sorted { (Self.kin(listed[$0]), $0) < (Self.kin(listed[$1]), $1) }
            if members.isEmpty { continue }
            lines.append(bold("\(kind.title) (\(SafeText.grouped(UInt64(members.count))))"))
            lines.append(layout.line(Self.columns.map(\.title)))
            for index in members {
                let line = layout.line(rows[index])
                lines.append(listed[index].judgements.values.contains(where: \.isDoubtful) ? dim(line) : line)
            }
            lines.append("")
        }
        lines += legend(rows)
        lines += summary(snapshot)
        lines += findings(snapshot)
        lines += portFindings(snapshot)
        lines += declared(snapshot)
        lines += unsettled(snapshot)
        lines += coverage(snapshot)
        return lines.joined(separator: "\n") + "\n"
    }

    // MARK: One device

    /// Devices of one type stand together, then those of one maker and model; what is not known comes last.
    private static func kin(_ device: Device) -> String {
        [Attribute.type, .vendor, .model].map { device.judgements[$0]?.value.lowercased() ?? "\u{10FFFF}" }
            .joined(separator: "\u{0}")
    }

    private static func cells(_ device: Device, names: [String: String]) -> [String] {
        func attribute(_ attribute: Attribute) -> String {
            guard let judgement = device.judgements[attribute], !judgement.value.isEmpty else { return nothing }
            return SafeText.neutralised(judgement.value) + (judgement.isDoubtful ? " ?" : "")
        }
        return [
            attribute(.vendor), attribute(.type), attribute(.model), attribute(.firmware), attribute(.serial),
            address(device, names: names), hardware(device),
            device.names.first.map { more($0, device.names.count) } ?? nothing,
            (device.place?.words ?? device.saidPlace).map { SafeText.neutralised($0) } ?? nothing,
        ]
    }

    private static func address(_ device: Device, names: [String: String]) -> String {
        let all = device.ipv4.map(\.description) + device.ipv6.map(\.description)
        if let first = all.first { return more(first, all.count) }
        if let parent = device.parent { return "behind " + SafeText.neutralised(names[parent] ?? parent) }
        return nothing
    }

    private static func hardware(_ device: Device) -> String {
        let all = device.mac.map(\.description) + device.eui64 + device.identifiers
        return all.first.map { more($0, all.count) } ?? nothing
    }

    /// How long nothing was heard of it at the end of what was seen: the age of everything that stands in its line.
    private static func silence(_ last: Timestamp, until end: Timestamp) -> String {
        last.age(at: end)
    }

    private static func more(_ first: String, _ count: Int) -> String {
        SafeText.neutralised(first) + (count > 1 ? " +\(count - 1)" : "")
    }

    // MARK: Under the table

    private func legend(_ rows: [[String]]) -> [String] {
        var lines: [String] = []
        let limit = SafeText.percent(perMille: Judgement.doubtful)
        if rows.contains(where: { $0.contains { $0.hasSuffix(" ?") } }) {
            lines += wrap("? less than \(limit) sure; `wardlight explain DEVICE` tells what spoke for and against.")
        }
        if rows.contains(where: { $0.contains(Self.nothing) }) {
            lines += wrap("- not known: nothing that was read says it.")
        }
        if rows.contains(where: { $0.contains { $0.contains(" +") } }) {
            lines += wrap("+n has n more of them.")
        }
        return lines.isEmpty ? [] : lines + [""]
    }

    private func summary(_ snapshot: InventorySnapshot) -> [String] {
        if snapshot.devices.isEmpty { return ["No device was seen.", ""] }
        var parts: [String] = []
        for kind in DeviceClass.allCases {
            let count = snapshot.devices.count { $0.deviceClass == kind && !$0.isStub }
            if count > 0 { parts.append("\(kind == .unknown ? "not identified" : kind.rawValue) \(count)") }
        }
        let stubs = snapshot.devices.count { $0.isStub }
        if stubs > 0 { parts.append("only counted \(SafeText.grouped(UInt64(stubs))) (no room for more records)") }
        let total = SafeText.counted(UInt64(snapshot.devices.count), "device")
        var lines = wrap("\(total): \(parts.joined(separator: ", ")).")
        if snapshot.evicted > 0 {
            lines += wrap("\(SafeText.counted(snapshot.evicted, "device")) had to be forgotten to stay within memory.")
        }
        return lines + [""]
    }

    private func findings(_ snapshot: InventorySnapshot) -> [String] {
        struct Kind: Hashable {
            var severity: Int
            var name: String
            var title: String
        }
        var places: [Kind: [String]] = [:]
        for device in snapshot.devices {
            for finding in device.findings where finding.place == nil {
                let severity = Finding.Severity.allCases.firstIndex(of: finding.severity) ?? 0
                let kind = Kind(severity: severity, name: finding.severity.rawValue, title: finding.title)
                places[kind, default: []].append(device.firstAddress ?? device.id)
            }
        }
        if places.isEmpty { return [] }
        var lines = [bold("To look at")]
        let kinds = places.sorted { (-$0.key.severity, $0.key.title) < (-$1.key.severity, $1.key.title) }
        for (kind, devices) in kinds {
            let shown = devices.prefix(4).map(SafeText.neutralised).joined(separator: ", ")
            let rest = devices.count > 4 ? " and \(devices.count - 4) more" : ""
            lines += wrap("\(kind.name): \(SafeText.neutralised(kind.title)): \(shown)\(rest)")
        }
        return lines + [""]
    }

    /// What would help most devices at once; `explain` tells it for each.
    private func unsettled(_ snapshot: InventorySnapshot) -> [String] {
        var counts: [String: UInt64] = [:]
        var devices: UInt64 = 0
        for device in snapshot.devices where !device.isStub && !device.unsettled.isEmpty {
            devices += 1
            // A gateway's child names its gateway: one line for all of them.
            for line in device.unsettled where device.parent == nil { counts[line, default: 0] += 1 }
        }
        if counts.isEmpty { return [] }
        var lines = [bold("What would settle the unknown (\(SafeText.counted(devices, "device")))")]
        let most = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(3)
        for (line, count) in most { lines += wrap("\(SafeText.grouped(count)): \(SafeText.neutralised(line))") }
        return lines + [""]
    }

    private func coverage(_ snapshot: InventorySnapshot) -> [String] {
        let total = CoverageTotal(snapshot)
        var lines = [bold("What was seen")]
        let share = CoverageTotal.perMille(total.sums.decoded, of: total.sums.packets)
        let readable = SafeText.percent(perMille: share)
        var first = "\(SafeText.counted(total.sums.packets, "packet")), \(readable) of them readable"
        if let span = total.sums.span { first += ", from \(Self.second(span.first)) to \(Self.second(span.last))" }
        if !total.sums.linkTypes.isEmpty { first += ", \(total.sums.linkTypes.joined(separator: ", "))" }
        lines += wrap(first + ".")
        var flaws: [String] = []
        for (what, perMille) in [
            ("seen twice", total.duplicates), ("cut short", total.truncated),
            ("of the TCP conversations in one direction only", total.oneWayTCP),
        ] where perMille > 0 {
            flaws.append("\(SafeText.percent(perMille: perMille)) \(what)")
        }
        if total.sums.dropped > 0 { flaws.append("\(SafeText.grouped(total.sums.dropped)) dropped") }
        if !flaws.isEmpty { lines += wrap(flaws.joined(separator: ", ") + ".") }
        for input in snapshot.coverage {
            guard let problem = input.problem else { continue }
            let end = problem.hasSuffix(".") || input.cure == nil ? "" : "."
            let cure = input.cure.map { " " + SafeText.neutralised($0) } ?? ""
            lines += wrap("! \(SafeText.neutralised(input.input)): \(SafeText.neutralised(problem))\(end)\(cure)")
        }
        for line in snapshot.advice { lines += wrap("! \(SafeText.neutralised(line))") }
        return lines + switches(snapshot) + oddities(snapshot)
    }

    /// How fresh the places are.
    private func switches(_ snapshot: InventorySnapshot) -> [String] {
        guard let map = snapshot.network, let asOf = map.asOf, !map.switches.isEmpty else { return [] }
        let oldest = map.switches.map(\.polled).min() ?? asOf
        if map.switches.count == 1 { return wrap("1 switch, read at \(Self.second(oldest)).") }
        let count = SafeText.grouped(UInt64(map.switches.count))
        return wrap(
            "\(count) switches, the last answer at \(Self.second(asOf)), the oldest \(oldest.age(at: asOf)) before it.")
    }

    /// A moment without its fraction: nobody reads nanoseconds under a table.
    private static func second(_ time: Timestamp) -> String { time.description.prefix(19) + "Z" }

    private func oddities(_ snapshot: InventorySnapshot) -> [String] {
        if snapshot.oddities.isEmpty { return [] }
        let sorted = snapshot.oddities.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        let shown = sorted.prefix(12).map { "\(SafeText.neutralised($0.key)) \(SafeText.grouped($0.value))" }
        let rest = sorted.count > 12 ? ", and \(sorted.count - 12) more kinds" : ""
        return wrap("Odd packets (docs/oddities.md): \(shown.joined(separator: ", "))\(rest).")
    }

    // MARK: Layout

    /// Further lines of a paragraph stand three columns in.
    func wrap(_ text: String) -> [String] {
        let lines = SafeText.wrapped(text, to: width - 3)
        return lines.enumerated().map { $0.offset == 0 ? $0.element : "   " + $0.element }
    }

    func bold(_ text: String) -> String { colour ? "\u{1B}[1m\(text)\u{1B}[0m" : text }
    private func dim(_ text: String) -> String { colour ? "\u{1B}[2m\(text)\u{1B}[0m" : text }
}
