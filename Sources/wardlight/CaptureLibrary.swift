//===----------------------------------------------------------------------===//
// Wardlight · the command
//
// Capture library: a folder of captures whose devices are known.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Inventory
import Model
import Reports

/// `DIR/<label>/*.pcap`, with `devices.tsv` and `types.tsv` beside the labels.
struct CaptureLibrary {
    private let folder: String
    private let labels: [(name: String, captures: [String])]
    private var hardware: [String: HardwareAddress] = [:]
    private var types: [String: String] = [:]
    private var answers: [String: [Attribute: String]] = [:]

    private static let endings = [".pcap", ".pcapng", ".cap", ".pcap.gz", ".pcapng.gz"]

    /// - Parameters:
    ///   - types: A file in place of `types.tsv`.
    ///   - answers: Label, vendor, type and model of what is known; `-` where it is not.
    init(_ path: String, types typesFile: String? = nil, answers answersFile: String? = nil) throws {
        folder = path
        let files = FileManager.default
        guard let names = try? files.contentsOfDirectory(atPath: path) else {
            throw Stop("\(path): no such folder, or it cannot be read.")
        }
        var labels: [(String, [String])] = []
        for name in names.sorted() {
            guard let inside = try? files.contentsOfDirectory(atPath: path + "/" + name) else { continue }
            let captures = inside.filter { file in Self.endings.contains { file.hasSuffix($0) } }.sorted()
            if captures.isEmpty { continue }
            if let problem = Profile.problem(with: name) {
                throw Stop("\(path)/\(name): as a label its name \(problem).")
            }
            labels.append((name, captures.map { "\(path)/\(name)/\($0)" }))
        }
        self.labels = labels
        if labels.isEmpty { throw Stop("\(path): no folder with captures in it; one for each label is needed.") }
        for name in names.sorted() where name == "devices.tsv" || name.hasSuffix("device-macs.tsv") {
            for row in try Self.rows(path + "/" + name) {
                // A header has no address in it.
                if let address = HardwareAddress(row.cells[0]) { hardware[row.label] = address }
            }
        }
        if let file = typesFile ?? (names.contains("types.tsv") ? path + "/types.tsv" : nil) {
            for row in try Self.rows(file) {
                if let problem = Profile.problem(with: row.cells[0]) {
                    throw Stop("\(file):\(row.line): the type \(problem).")
                }
                types[row.label] = row.cells[0]
            }
        }
        for row in try answersFile.map(Self.rows) ?? [] {
            for (attribute, cell) in zip([Attribute.vendor, .type, .model], row.cells) where cell != "-" {
                answers[row.label, default: [:]][attribute] = cell
            }
        }
    }

    private static func rows(_ path: String) throws -> [(line: Int, label: String, cells: [String])] {
        guard let data = FileManager.default.contents(atPath: path), data.count <= 1 << 20,
            let text = String(data: data, encoding: .utf8)
        else { throw Stop("\(path): cannot be read as UTF-8 of at most 1 MiB.") }
        var rows: [(Int, String, [String])] = []
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let cells = line.split(separator: "\t").map { $0.trimmingCharacters(in: .whitespaces) }
            if cells.isEmpty || line.hasPrefix("#") { continue }
            guard cells.count >= 2 else {
                throw Stop("\(path):\(number + 1): two columns with a tab between them are needed.")
            }
            rows.append((number + 1, cells[0], Array(cells.dropFirst())))
        }
        return rows
    }

    /// Every capture, read once. Labels without an address get the device that `learn` would choose.
    func samples(_ reader: CaptureReader) throws -> [Sample] {
        var samples: [Sample] = []
        for label in labels {
            let looks = try label.captures.map { (path: $0, snapshot: try reader.snapshot(ofCapture: $0)) }
            let address = try hardware[label.name] ?? choose(label.name, looks.map(\.snapshot))
            var missing = 0
            for (_, snapshot) in looks {
                guard let device = snapshot.devices.first(where: { $0.mac.contains(address) }) else {
                    missing += 1
                    continue
                }
                samples.append(
                    Sample(
                        label: label.name, type: types[label.name] ?? label.name, device: device,
                        tokens: device.profileTokens(without: snapshot.localDomains),
                        others: snapshot.devices.filter { $0.id != device.id }))
            }
            if missing > 0 {
                Output.note("\(label.name): \(address) is missing in \(missing) captures; they do not count.")
            }
        }
        return samples
    }

    /// What the rules said of each device whose vendor, type or model is known.
    func judged(_ samples: [Sample]) -> [(name: String, trials: [IdentificationReport.Trial])] {
        [Attribute.vendor, .type, .model].map { attribute in
            let trials = samples.compactMap { sample -> IdentificationReport.Trial? in
                guard let truth = answers[sample.label]?[attribute] else { return nil }
                let judgement = sample.device.judgements[attribute]
                // "Smart Plug SP-2101W" says "SP-2101W" too.
                let isRight = judgement.map { $0.value.lowercased().contains(truth.lowercased()) } ?? false
                let said = judgement.map { [isRight ? truth : $0.value] } ?? []
                return IdentificationReport.Trial(truth: truth, said: said, confidence: judgement?.confidence ?? 0)
            }
            return (attribute.rawValue, trials)
        }
    }

    private func choose(_ label: String, _ snapshots: [InventorySnapshot]) throws -> HardwareAddress {
        var lesson = Lesson()
        for snapshot in snapshots { lesson.look(at: snapshot) }
        guard case .one(let pupil) = lesson.choice else {
            throw Stop("\(folder)/devices.tsv: no line says which device \(label) is, and its captures leave it open.")
        }
        Output.note("\(label): no line in devices.tsv; \(pupil.hardware) is taken for it.")
        return pupil.hardware
    }
}
