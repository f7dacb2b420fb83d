//===----------------------------------------------------------------------===//
// Wardlight · Simulator
//
// The answer key: the truth about the seven questions, worked out from what was planted.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// All that is written beside the traffic of a simulated hospital: its lists, its settings, and the right answers.
///
/// Nothing of it is taken from the rooms that answer: it follows docs/answers.md and docs/risk.md from what stands in the
/// hospital and what of it shows.
public struct AnswerKey: Sendable {
    let campus: Campus
    let network: SimulatedNetwork?
    let premises: Premises
    let presence: Presence
    let assets: Assets
    private let truth: Truth

    /// Plays the whole traffic once.
    ///
    /// - Parameter network: The switches, where they are polled.
    public init(_ hospital: SimulatedHospital, _ network: SimulatedNetwork?) {
        campus = hospital.campus
        self.network = network
        truth = Truth(hospital.campus, seconds: hospital.seconds)
        premises = Premises(hospital.campus, hospital.fabric)
        presence = Presence(hospital.campus, truth, network)
        assets = Assets(hospital.campus, presence, premises)
    }

    /// `truth.json`
    public var inventory: [UInt8] { truth.bytes }
    /// `declared.csv`: the hospital's own list of assets.
    public var declared: [UInt8] { assets.bytes(seed: campus.seed) }
    /// What `wardlight.yaml` says of the site, but for its switches.
    public var settings: String { premises.text }
    /// `advisories/`: names and octets of CSAF documents, and the catalogue of what is exploited.
    public static var advisories: [(name: String, bytes: [UInt8])] {
        Bulletin.all.map { ($0.fileName, $0.bytes) } + [("known_exploited_vulnerabilities.json", Bulletin.catalogue)]
    }

    /// `weaknesses.json`: what which advisory means for which device, where that was planted.
    public var weaknesses: [UInt8] {
        let lines = presence.devices.flatMap { device in
            device.verdicts.map { planted in
                JSONText.object([
                    ("device", .text(device.key)), ("advisory", .text(planted.bulletin)),
                    ("verdict", .text(planted.verdict.rawValue)),
                    ("vendor", .text(device.known[.vendor] ?? "")), ("model", .text(device.known[.model] ?? "")),
                    ("firmware", device.known[.firmware].map(JSONText.text) ?? .null),
                ])
            }
        }
        return JSONText.object([
            ("schema", .text("wardlight.weaknesses/1")), ("synthetic", .flag(true)), ("planted", .array(lines)),
        ]).bytes
    }

    /// `answers.json`, in the form of `wardlight answers --format json`; devices are named by their addresses.
    public var answers: [UInt8] {
        let sheets = [connected, rogue, behaviour, accuracy, iotCount, topVendors, vulnerableSwitches]
        return JSONText.object([
            ("schema", .text("wardlight.answers/1")), ("synthetic", .flag(true)),
            ("asOf", .text(presence.moment.description)),
            ("answers", .object(sheets.map { ($0.question.rawValue, $0.json) })),
        ]).bytes
    }

    // MARK: What the questions share

    /// One answer.
    struct Sheet {
        struct Line {
            var subject: String
            var kind: String
            var figures: [(String, Int, of: Int?)] = []
            var devices: [String] = []
        }
        var question: Answers.Question
        var state: Answer.State
        var number: Int?
        var figures: [(String, Int, of: Int?)] = []
        var lines: [Line] = []

        var json: JSONText {
            .object([
                ("question", .text(question.rawValue)), ("state", .text(state.rawValue)),
                ("number", number.map(JSONText.number) ?? .null), ("figures", Self.json(figures)),
                (
                    "items",
                    .array(
                        lines.map { line in
                            .object([
                                ("subject", .text(line.subject)), ("kind", .text(line.kind)),
                                ("figures", Self.json(line.figures)), ("devices", .texts(line.devices)),
                            ])
                        })
                ),
            ])
        }

        private static func json(_ figures: [(String, Int, of: Int?)]) -> JSONText {
            .array(
                figures.map { name, value, whole in
                    .object(
                        [("name", JSONText.text(name)), ("value", .number(value))]
                            + (whole.map { [("of", JSONText.number($0))] } ?? []))
                })
        }
    }

    func isGuest(_ device: Present) -> Bool {
        guard device.place != nil, let area = device.vlan.flatMap(Area.init) else { return false }
        return Premises.role(area) == .guest
    }

    /// Devices that some row of the list is, for certain.
    var declaredDevices: Set<String> {
        Set(assets.rows.filter { $0.outcome != .probable }.compactMap(\.device))
    }
    private var isDeclared: (Present) -> Bool {
        let declared = declaredDevices
        return { declared.contains($0.key) }
    }

    // MARK: Connected, counted, made by

    private var connected: Sheet {
        let present = presence.present
        var counts: [String: Int] = [:]
        var sheet = Sheet(question: .connected, state: .answered)
        for device in present {
            let way =
                device.place != nil || device.ownSwitch != nil
                ? "port" : device.parent != nil ? "gateway" : "noPlace"
            counts[way, default: 0] += 1
            sheet.lines.append(.init(subject: device.key, kind: way))
        }
        sheet.number = present.count
        sheet.figures = [
            ("devices", present.count, nil), ("atPort", counts["port"] ?? 0, nil), ("onAir", 0, nil),
            ("behindGateway", counts["gateway"] ?? 0, nil), ("withoutPlace", counts["noPlace"] ?? 0, nil),
            ("switches", network?.agents.count ?? 0, nil),
            ("peripherals", present.reduce(0) { $0 + $1.peripherals }, nil),
        ]
        if network == nil || premises.silent != nil || counts["noPlace"] != nil { sheet.state = .partial }
        return sheet
    }

    private var iotCount: Sheet {
        let present = presence.present
        var sheet = Sheet(question: .iotCount, state: .answered)
        for device in present where DeviceClass.counted.contains(device.deviceClass) {
            sheet.lines.append(.init(subject: device.key, kind: device.deviceClass.rawValue))
        }
        func count(_ types: [String]) -> Int { present.count { types.contains($0.known[.type] ?? "") } }
        let unknown = present.count { $0.deviceClass == .unknown }
        sheet.number = sheet.lines.count
        sheet.figures =
            DeviceClass.counted.map { kind in (kind.rawValue, present.count { $0.deviceClass == kind }, nil) } + [
                ("printers", count(["printer", "label printer"]), nil),
                ("phones", count(["IP phone", "telephone adapter"]), nil), ("notIdentified", unknown, nil),
            ]
        if unknown > 0 { sheet.state = .partial }
        return sheet
    }

    private var topVendors: Sheet {
        let counted = presence.present.filter { DeviceClass.counted.contains($0.deviceClass) }
        var makers: [String: [String]] = [:]
        for device in counted {
            if let vendor = device.known[.vendor] { makers[vendor, default: []].append(device.key) }
        }
        let without = counted.count { $0.known[.vendor] == nil }
        let ranked = makers.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
        var sheet = Sheet(question: .topVendors, state: without == 0 ? .answered : .partial)
        sheet.number = ranked.count
        sheet.figures = [("vendors", ranked.count, nil), ("withoutVendor", without, counted.count)]
        sheet.lines = ranked.prefix(5).map { vendor, devices in
            .init(
                subject: vendor, kind: "vendor", figures: [("devices", devices.count, counted.count)], devices: devices)
        }
        return sheet
    }

    // MARK: Rogue, odd

    /// Whom a planted thing is about: its device, else the port.
    private func subject(_ planted: Planted) -> String? {
        if !planted.kind.isOfPort, let card = planted.hardware { return Present.key(card) }
        guard let agent = planted.agent, let port = planted.port else { return nil }
        return "\(agent)/\(port)"
    }

    private func subjects(where isWanted: (Planted.Kind) -> Bool) -> [String] {
        guard let network else { return [] }
        return Set(network.planted.filter { isWanted($0.kind) && network.shows($0) }.compactMap(subject)).sorted()
    }

    private var rogue: Sheet {
        let present = presence.present
        let isDeclared = isDeclared
        let rogues = subjects(where: \.isRogue)
        let strangers = present.filter { !isDeclared($0) && !isGuest($0) && $0.ownSwitch == nil }
        var sheet = Sheet(question: .rogue, state: network == nil ? .partial : .answered)
        sheet.number = rogues.count
        sheet.figures = [
            ("rogue", rogues.count, nil), ("unauthorised", strangers.count, nil),
            ("unknown", present.count { $0.deviceClass == .unknown }, nil),
        ]
        sheet.lines =
            rogues.map { .init(subject: $0, kind: "rogue") }
            + strangers.map { .init(subject: $0.key, kind: "unauthorised") }
        return sheet
    }

    private var behaviour: Sheet {
        let odd = subjects(where: \.isBehaviour)
        var sheet = Sheet(question: .behaviour, state: .partial)
        sheet.number = odd.count
        sheet.figures = [("odd", odd.count, nil), ("checked", presence.present.count, nil)]
        sheet.lines = odd.map { .init(subject: $0, kind: "odd") }
        return sheet
    }
}
