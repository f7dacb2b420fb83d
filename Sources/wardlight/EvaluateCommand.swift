//===----------------------------------------------------------------------===//
// Wardlight · the command
//
// wardlight evaluate: how often is it right?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import ArgumentParser
import Foundation
import Inventory
import Model
import Reports

struct EvaluateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate", abstract: "Measures how often answers are right, on captures whose answer is known.",
        subcommands: [EvaluateIdentification.self])
}

struct EvaluateIdentification: ParsableCommand {
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json
    }

    static let configuration = CommandConfiguration(
        commandName: "identification",
        abstract: "Cross-validates labels: learns from some captures of each, and tries the rest.",
        discussion: """
            The folder holds LABEL/*.pcap. DIR/devices.tsv (label, MAC) says which address is the device, \
            DIR/types.tsv (label, type) which labels are one type. Learning and identifying are what `learn` and \
            `inventory` do.
            """)

    @Argument(help: "A folder with a folder of captures for each label.") var folder: String
    @Option(help: "Into how many parts the captures are split, 2 to 100.") var folds = 10
    @Option(help: "How they are split: the same number gives the same parts.") var seed: UInt64 = 1
    @Option(help: "How to show it: text for people, json for machines.") var format = Format.text
    @Flag(help: "Also leave out one type at a time: what is a device called whose type was never taught?")
    var unseen = false
    @Option(help: "A file like DIR/types.tsv, in its place.") var types: String?
    @Option(help: "Also try the rules: a table of label, vendor, type, model (- where not known).") var answers: String?
    @Option(help: "Write the calibration as a plot (SVG) into this file.") var plot: String?

    func validate() throws {
        guard (2...100).contains(folds) else { throw ValidationError("--folds takes 2 to 100.") }
    }

    func run() throws {
        let library = try CaptureLibrary(folder, types: types, answers: answers)
        let reader = try CaptureReader(knowledge: KnowledgeFolder.load(extra: []).taught(.empty))
        let samples = try library.samples(reader)
        guard Set(samples.map(\.type)).count >= 2 else {
            throw Stop("\(folder): needs captures of at least two types, in a folder for each label.")
        }
        var evaluation = Evaluation(samples)
        var report = IdentificationReport(trials: evaluation.crossValidated(folds: folds, seed: seed))
        if unseen { report.unseen = evaluation.withoutEachType() }
        report.bystanders = evaluation.bystanders()
        if answers != nil { report.attributes = library.judged(samples) }
        report.captures = samples.count
        report.folds = folds
        report.seed = seed
        report.microsecondsPerIdentification = evaluation.microsecondsPerIdentification
        switch format {
        case .json: Output.write(report.json)
        case .text: Output.write(Array(report.text.utf8))
        }
        if let plot {
            do { try Data(report.plot.utf8).write(to: URL(fileURLWithPath: plot), options: .atomic) } catch {
                throw Stop("\(plot): cannot be written.")
            }
        }
    }
}

/// One capture: the device whose label is known, and the others in it.
struct Sample {
    var label: String
    var type: String
    var device: Device
    /// As it was learnt: without the names of the capture's own network.
    var tokens: [ProfileToken]
    var others: [Device]
}

/// Learns and asks, and keeps the time that asking takes.
private struct Evaluation {
    private let samples: [Sample]
    private var asked = 0
    private var spent = Duration.zero

    init(_ samples: [Sample]) { self.samples = samples }

    var microsecondsPerIdentification: Int {
        let (seconds, attoseconds) = spent.components
        return Int(seconds * 1_000_000 + attoseconds / 1_000_000_000_000) / max(1, asked)
    }

    mutating func crossValidated(folds: Int, seed: UInt64) -> [IdentificationReport.Trial] {
        var trials: [IdentificationReport.Trial] = []
        for part in Folds(samples.map(\.type), count: folds, seed: seed).parts {
            let held = Set(part)
            let profiles = learnt(samples.indices.filter { !held.contains($0) })
            trials += part.map { ask(profiles, samples[$0].device, truth: samples[$0].type) }
        }
        return trials
    }

    mutating func withoutEachType() -> [IdentificationReport.Trial] {
        var trials: [IdentificationReport.Trial] = []
        for type in Set(samples.map(\.type)).sorted() {
            let profiles = learnt(samples.indices.filter { samples[$0].type != type })
            for sample in samples where sample.type == type { trials.append(ask(profiles, sample.device, truth: type)) }
        }
        return trials
    }

    mutating func bystanders() -> (count: Int, labelled: Int) {
        let profiles = learnt(Array(samples.indices))
        let others = samples.flatMap(\.others)
        return (others.count, others.count { !ask(profiles, $0, truth: "").said.isEmpty })
    }

    private func learnt(_ places: [Int]) -> ProfileSet {
        var profiles: [String: Profile] = [:]
        for place in places {
            let sample = samples[place]
            if profiles[sample.type] == nil { profiles[sample.type] = Profile(label: sample.type) }
            profiles[sample.type]?.learn(sample.tokens)
        }
        return ProfileSet(profiles.values.sorted { $0.label < $1.label })
    }

    private mutating func ask(_ profiles: ProfileSet, _ device: Device, truth: String) -> IdentificationReport.Trial {
        let clock = ContinuousClock()
        let start = clock.now
        let answer = profiles.answer(to: device)
        spent += clock.now - start
        asked += 1
        return IdentificationReport.Trial(
            truth: truth, said: answer.ranked.prefix(answer.chosen).map(\.label), confidence: answer.confidence)
    }
}
