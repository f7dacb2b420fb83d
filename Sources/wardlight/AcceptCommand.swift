//===----------------------------------------------------------------------===//
// Wardlight · the command
//
// wardlight accept: a person lets a device in, as what, and until when.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import ArgumentParser
import Foundation
import Ledger
import Model
import Reports

extension Acceptance.Ownership: ExpressibleByArgument {}

struct AcceptCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "accept",
        abstract: "Says that a device may be here although no list of assets names it, as what, and until when.",
        discussion: """
            Kept in the log with your name. What is not the hospital's own has a last day; heard after it, the device is a \
            finding (inventory.overdueLoan). --withdraw takes it back.
            """)

    @Argument(help: "The device: its id, MAC address, IP address or a name that only it has.") var device: String
    @Option(
        name: .customLong("as"),
        help: "Whose it is: owned, loaner, rental, trial, patient-owned, third-party.")
    var ownership: Acceptance.Ownership?
    @Option(help: "The last day on which it may be here: 2026-12-31, or a moment such as 2026-12-31T18:00:00+01:00.")
    var until: String?
    @Flag(help: "Take back that it was accepted.") var withdraw = false
    @OptionGroup var options: DecisionOptions

    func validate() throws {
        if withdraw {
            guard ownership == nil, until == nil else { throw ValidationError("--withdraw stands alone.") }
            return
        }
        guard let ownership else { throw ValidationError("Say whose it is: --as owned, loaner, rental and so on.") }
        guard until != nil || ownership == .owned else {
            throw ValidationError("--as \(ownership.rawValue) needs --until: the last day on which it may be here.")
        }
        _ = try LastDay.read("--until", until)
    }

    func run() throws {
        var desk = try Desk(options)
        let known = try desk.device(device)
        let subject = try desk.subject(of: known)
        let before = desk.acceptance(of: known)
        var acceptance: Acceptance?
        if let ownership { acceptance = Acceptance(ownership: ownership, until: try LastDay.read("--until", until)) }
        if acceptance == nil, before == nil { throw Stop("\(known.id): it was not accepted.") }
        _ = try desk.decide([.accept(subject, acceptance)], site: known.site)
        var changes: [String] = []
        if before?.content != acceptance {
            changes = ["\(known.id): acceptance \(Self.words(before?.content)) became \(Self.words(acceptance))"]
        }
        desk.report(changes)
    }

    private static func words(_ acceptance: Acceptance?) -> String {
        guard let acceptance else { return "nobody's" }
        return acceptance.ownership.rawValue + (acceptance.until.map { " until \($0.description)" } ?? "")
    }
}

struct CompensateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compensate",
        abstract:
            "Says what keeps a weak device safe until it is mended, who looks after it, and when it is looked at again.",
        discussion: """
            Kept in the log with your name. Past the day of its review it is a finding (inventory.overdueReview). Without \
            --advisory it is for all weaknesses of the device. --withdraw takes it back.
            """)

    @Argument(help: "The device: its id, MAC address, IP address or a name that only it has.") var device: String
    @Option(help: "The advisory that it is for: ICSMA-21-294-01. All weaknesses of the device when left out.")
    var advisory: String?
    @Option(help: "What was done: \"a network of its own, port 3502 only\".") var measure: String?
    @Option(help: "Who looks after it: a person or a department.") var owner: String?
    @Option(help: "The day by which it is looked at again: 2026-12-31.") var review: String?
    @Flag(help: "Take back what was said.") var withdraw = false
    @OptionGroup var options: DecisionOptions

    func validate() throws {
        if let advisory { try DecisionOptions.check("--advisory", advisory, most: 128) }
        if withdraw {
            guard measure == nil, owner == nil, review == nil else {
                throw ValidationError("--withdraw takes only --advisory beside it.")
            }
            return
        }
        guard let measure, let owner, review != nil else {
            throw ValidationError("Say what was done, who looks after it and until when: --measure, --owner, --review.")
        }
        try DecisionOptions.check("--measure", measure, most: Observation.Decision.longestReason)
        try DecisionOptions.check("--owner", owner, most: Observation.Decision.longestName)
        _ = try LastDay.read("--review", review)
    }

    func run() throws {
        var desk = try Desk(options)
        let known = try desk.device(device)
        let subject = try desk.subject(of: known)
        let before = desk.controls(of: known).first { $0.content.advisory == advisory }
        var control: CompensatingControl?
        if let measure, let owner, let day = try LastDay.read("--review", review) {
            control = CompensatingControl(advisory: advisory, measure: measure, owner: owner, review: day)
        }
        if control == nil, before == nil {
            throw Stop("\(known.id): no control was named\(advisory.map { " for \($0)" } ?? "").")
        }
        _ = try desk.decide([.compensate(subject, advisory: advisory, control)], site: known.site)
        var changes: [String] = []
        if before?.content != control {
            let what = advisory.map { "control for \($0)" } ?? "control"
            changes = ["\(known.id): \(what) \(Self.words(before?.content)) became \(Self.words(control))"]
        }
        desk.report(changes)
    }

    private static func words(_ control: CompensatingControl?) -> String {
        guard let control else { return "none" }
        let text = "\(control.measure) (\(control.owner), review by \(control.review.description))"
        return SafeText.neutralised(text)
    }
}

/// The end of a promise.
enum LastDay {
    /// `2026-12-31` through its last moment in UTC, or the moment itself; refused when it is over.
    static func read(_ option: String, _ text: String?) throws -> Timestamp? {
        guard let text else { return nil }
        guard let moment = Timestamp(rfc3339: text) ?? Timestamp(rfc3339: text + "T23:59:59.999999999Z") else {
            throw ValidationError("\(option) \(text) is no day: write 2026-12-31, or a moment of RFC 3339.")
        }
        guard moment.nanoseconds > Int64(Date().timeIntervalSince1970 * 1_000_000) * 1_000 else {
            throw ValidationError("\(option) \(text) is over; name a day to come.")
        }
        return moment
    }
}
