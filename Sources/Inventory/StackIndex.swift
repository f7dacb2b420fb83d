//===----------------------------------------------------------------------===//
// Wardlight · Inventory
//
// Stack index: which signature of all p0f files does a greeting fit best?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Signatures by the layout of their options, with the rules that speak for their labels.
struct StackIndex: Sendable {
    private struct Target: Sendable {
        let signature: StackSignature
        let isGeneric: Bool
        let isTool: Bool
        /// The rule for an exact fit; the one for a near fit follows it.
        let rule: UInt32
    }

    private var requests: [String: [Target]] = [:]
    private var responses: [String: [Target]] = [:]

    /// - Parameter first: Number of the first rule of `StackFile.rules` of each file.
    init(_ files: [(file: StackFile, first: Int)] = []) {
        for (file, first) in files {
            for (entries, isRequest) in [(file.requests, true), (file.responses, false)] {
                for entry in entries {
                    let label = file.labels[entry.label]
                    let target = Target(
                        signature: entry.signature, isGeneric: label.isGeneric, isTool: label.isTool,
                        rule: UInt32(first + 2 * entry.label))
                    if isRequest {
                        requests[entry.signature.layout, default: []].append(target)
                    } else {
                        responses[entry.signature.layout, default: []].append(target)
                    }
                }
            }
        }
    }

    /// The rule of the first exact and specific fit, else of the first generic one, else of the first near one.
    func rule(_ signal: Signal, _ text: String) -> UInt32? {
        let isRequest = signal == .fact(.tcpSyn)
        guard isRequest || signal == .fact(.tcpSynAck) else { return nil }
        let table = isRequest ? requests : responses
        guard !table.isEmpty, let greeting = StackGreeting(text), let targets = table[greeting.layout] else {
            return nil
        }
        var generic: UInt32?
        var near: UInt32?
        for target in targets {
            switch target.signature.fit(greeting) {
            case .exactly where !target.isGeneric: return target.rule
            case .exactly: generic = generic ?? target.rule
            case .nearly: if near == nil, !target.isTool { near = target.rule + 1 }
            case nil: break
            }
        }
        return generic ?? near
    }
}

extension StackFile {
    /// A stack is the kernel's, and kernels hide in many systems: a hint, not the last word.
    private enum Weight {
        static let name = 1_000
        static let generic = 700
        static let flavour = 400
    }

    /// Two rules a label: for what fits exactly, and for what nearly does, which counts a third.
    func rules(_ spoken: SpokenWords) -> [Rule] {
        let short = file.split(separator: "/").last ?? "p0f.fp"
        return labels.flatMap { label -> [Rule] in
            [false, true].map { isNear in
                var rule = Rule(
                    id: "p0f.\(short):\(label.line).\(label.slug)" + (isNear ? ".near" : ""), file: file,
                    line: label.line)
                rule.conditions = [Rule.Condition(signal: .fact(.tcpSyn), tests: [.stack])]
                rule.source = "p0f, \(short): \(label.name) \(label.flavour)"
                guard !label.isTool else { return rule }
                let spokenName = spoken.word(.os, for: label.name) ?? label.name
                // Apple's telephones and computers greet alike: their common ground is all that a stack can tell.
                let name = spokenName == "macOS" || spokenName == "iOS" ? "Darwin" : spokenName
                func say(_ value: String, _ weight: Int) {
                    rule.says.append(
                        Rule.Statement(
                            attribute: .os, value: Filling([.text(value)]), weight: isNear ? weight / 3 : weight))
                }
                say(name, label.isGeneric ? Weight.generic : Weight.name)
                // Versions of Linux share stacks for decades, and `7 or 8` was written before 10: only what is
                // one version of Windows is said, because a ward's old machines matter.
                let flavour = label.flavour
                if label.systemClass == "win", !isNear, !label.isGeneric, !flavour.isEmpty, !flavour.contains(" ") {
                    say(name + " " + flavour, Weight.flavour)
                }
                return rule
            }
        }
    }
}
