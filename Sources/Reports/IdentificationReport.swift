//===----------------------------------------------------------------------===//
// Wardlight · Reports
//
// Identification report: how often is a label right, and how often is it right when it says it is sure?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// Results of trying labels on captures whose answer is known.
public struct IdentificationReport: Hashable, Sendable {
    /// One device, what it was and what was said of it.
    public struct Trial: Hashable, Sendable {
        public var truth: String
        /// The likelier first; none for "unknown", several for a set.
        public var said: [String]
        /// Parts in a thousand.
        public var confidence: Int

        public init(truth: String, said: [String], confidence: Int) {
            self.truth = truth
            self.said = said
            self.confidence = confidence
        }

        /// A set holds the truth when any of its names is true.
        var holds: Bool { said.contains(truth) }
        var isRight: Bool { said.first == truth }
    }

    /// Answers of about one confidence: how often they held.
    public struct Bin: Hashable, Sendable {
        /// Mean confidence, parts in a thousand.
        public var said: Int
        public var right: Int
        public var count: Int
    }

    public var trials: [Trial]
    /// Left out one type at a time: what was said of devices whose type was never taught.
    public var unseen: [Trial]
    /// What the rules said of vendor, type and model of the same devices, by name of the attribute, in the order shown.
    public var attributes: [(name: String, trials: [Trial])] = []
    /// Other devices in the same captures (routers, phones), and how many of them were given a label.
    public var bystanders = (count: 0, labelled: 0)
    public var captures = 0
    public var folds = 0
    public var seed: UInt64 = 0
    /// Millionths of a second.
    public var microsecondsPerIdentification = 0

    public init(trials: [Trial], unseen: [Trial] = []) {
        self.trials = trials
        self.unseen = unseen
    }

    public static func == (one: Self, other: Self) -> Bool {
        one.trials == other.trials && one.unseen == other.unseen && one.bystanders == other.bystanders
            && one.captures == other.captures && one.folds == other.folds && one.seed == other.seed
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(trials)
        hasher.combine(unseen)
    }

    // MARK: Figures, in parts of a thousand

    /// First choice right, of all; "unknown" is not right.
    public var accuracy: Int { Self.share(trials.count { $0.isRight }, of: trials.count) }
    /// Right, of those that were given one name.
    public var precision: Int {
        let single = trials.filter { $0.said.count == 1 }
        return Self.share(single.count { $0.isRight }, of: single.count)
    }
    public var answered: Int { trials.count { !$0.said.isEmpty } }
    public var unknown: Int { Self.share(trials.count { $0.said.isEmpty }, of: trials.count) }
    public var sets: Int { trials.count { $0.said.count > 1 } }
    public var setContainsTruth: Int { trials.count { $0.said.count > 1 && $0.holds } }
    public var unseenUnknown: Int { Self.share(unseen.count { $0.said.isEmpty }, of: unseen.count) }

    /// Mean over the labels of the harmonic mean of precision and recall, by first choice.
    public var macroF1: Int {
        let labels = Set(trials.map(\.truth)).sorted()
        if labels.isEmpty { return 0 }
        let sum = labels.map { label in
            let right = trials.count { $0.truth == label && $0.isRight }
            let said = trials.count { $0.said.first == label }
            let there = trials.count { $0.truth == label }
            return Self.share(2 * right, of: said + there)
        }.reduce(0, +)
        return (sum + labels.count / 2) / labels.count
    }

    /// Ten bins of the answers by confidence; empty ones are left out.
    public var calibration: [Bin] { Self.bins(of: trials) }

    static func bins(of trials: [Trial]) -> [Bin] {
        var bins = [Bin](repeating: Bin(said: 0, right: 0, count: 0), count: 10)
        for trial in trials where !trial.said.isEmpty {
            let place = min(9, max(0, trial.confidence) / 100)
            bins[place].said += trial.confidence
            bins[place].right += trial.holds ? 1 : 0
            bins[place].count += 1
        }
        return bins.filter { $0.count > 0 }.map { bin in
            Bin(said: (bin.said + bin.count / 2) / bin.count, right: bin.right, count: bin.count)
        }
    }

    /// The same of everything that the rules said of vendor, type and model.
    public var attributeCalibration: [Bin] { Self.bins(of: attributes.flatMap(\.trials)) }

    /// What was said of each type, by truth and answer, both sorted; "unknown" where nothing was.
    public var confusion: [(truth: String, said: [(answer: String, count: Int)])] { Self.confusion(of: trials) }

    static func confusion(of trials: [Trial]) -> [(truth: String, said: [(answer: String, count: Int)])] {
        var counts: [String: [String: Int]] = [:]
        for trial in trials {
            let answer = trial.said.isEmpty ? "unknown" : trial.said.joined(separator: " or ")
            counts[trial.truth, default: [:]][answer, default: 0] += 1
        }
        return counts.sorted { $0.key < $1.key }.map { truth, said in
            let order = said.sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }
            return (truth, order.map { (answer: $0.key, count: $0.value) })
        }
    }

    static func share(_ part: Int, of whole: Int) -> Int { whole == 0 ? 0 : (part * 1_000 + whole / 2) / whole }
}
