//===----------------------------------------------------------------------===//
// Wardlight · the command
//
// wardlight correct: a person knows better.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import ArgumentParser
import Foundation
import Inventory
import Model

struct CorrectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "correct",
        abstract: "Says what a device really is; outranks every rule, now and for later captures in the same log.",
        discussion: """
            What the rules would say stays visible (wardlight explain). The correction is also offered as a rule for \
            --knowledge, so that devices like it are known elsewhere. --undo takes all corrections of the device back.
            """)

    @Argument(help: "The device: its id, MAC address, IP address or a name that only it has.") var device: String
    @Option(help: "What kind of device it is: \"infusion pump\".") var type: String?
    @Option(help: "Who makes it.") var vendor: String?
    @Option(help: "Which model it is.") var model: String?
    @Option(help: "Which operating system it runs.") var os: String?
    @Option(help: "Which firmware it has.") var firmware: String?
    @Option(help: "Its serial number.") var serial: String?
    @Option(help: "What it does in the network.") var role: String?
    @Flag(help: "Take back what was corrected before.") var undo = false
    @OptionGroup var options: DecisionOptions
    @Option(name: .customLong("rule"), help: "Also write the offered rule into this file (*.rules); never overwrites.")
    var ruleFile: String?

    private var values: [(attribute: Attribute, value: String)] {
        let all: [(Attribute, String?)] = [
            (.vendor, vendor), (.type, type), (.model, model), (.os, os), (.firmware, firmware), (.serial, serial),
            (.role, role),
        ]
        return all.compactMap { attribute, value in value.map { (attribute, $0) } }
    }

    func validate() throws {
        if undo {
            guard values.isEmpty, ruleFile == nil else { throw ValidationError("--undo stands alone.") }
            return
        }
        if values.isEmpty { throw ValidationError("Say what it is: --type, --vendor, --model and so on.") }
        for (attribute, value) in values {
            try DecisionOptions.check("--\(attribute.rawValue)", value, most: Observation.Decision.longestValue)
        }
        if let ruleFile, !ruleFile.hasSuffix(".rules") {
            throw ValidationError("--rule takes a file whose name ends in .rules; others are not read.")
        }
    }

    func run() throws {
        if let ruleFile, FileManager.default.fileExists(atPath: ruleFile) {
            throw Stop("\(ruleFile): is there already and is not overwritten; name another file.")
        }
        var desk = try Desk(options)
        let known = try desk.device(device)
        let subject = try desk.subject(of: known)
        if undo {
            let corrected = Attribute.allCases.filter { known.isCorrected($0) }
            if corrected.isEmpty { throw Stop("\(known.id): nothing of it was corrected.") }
            let acts = corrected.map { Observation.Decision.Act.correct(subject, attribute: $0, value: nil) }
            desk.report(try desk.decide(acts, site: known.site))
            return
        }
        let acts = values.map { Observation.Decision.Act.correct(subject, attribute: $0.attribute, value: $0.value) }
        desk.report(try desk.decide(acts, site: known.site))
        try offer(for: known, desk)
    }

    private func offer(for concluded: Device, _ desk: Desk) throws {
        let date = String(Timestamp(seconds: Int64(Date().timeIntervalSince1970)).description.prefix(10))
        let said = RuleOffer.Said(values: values, by: options.by, reason: options.reason, date: date)
        guard let offer = RuleOffer(said, concluded: concluded, in: desk.snapshot, knowledge: desk.knowledge) else {
            if ruleFile != nil {
                throw Stop("No rule was written: it said nothing that would tell its like elsewhere.")
            }
            Output.write(Array("No rule is offered: it said nothing that would tell its like elsewhere.\n".utf8))
            return
        }
        var text = "\nAs a rule, for a file of your own in a folder for --knowledge:\n\n" + offer.text
        if !offer.alsoFits.isEmpty {
            let ids = offer.alsoFits.joined(separator: ", ")
            text += "\nBeware: it also fits devices here that are believed to be something else: \(ids)\n"
        }
        if let ruleFile {
            do {
                try Data(offer.text.utf8).write(to: URL(fileURLWithPath: ruleFile), options: .withoutOverwriting)
            } catch {
                throw Stop("\(ruleFile): the rule cannot be written there; the correction is kept.")
            }
            text += "\nWritten to \(ruleFile).\n"
        }
        Output.write(Array(text.utf8))
    }
}
