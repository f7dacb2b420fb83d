//===----------------------------------------------------------------------===//
// Wardlight · Model
//
// Answers: the seven questions that the owner of a network asks, each with its number, list and evidence.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// The answers to the seven questions, of one moment (docs/answers.md).
public struct Answers: Hashable, Sendable {
    public enum Question: String, Hashable, Sendable, CaseIterable {
        case connected, rogue, behaviour, accuracy, iotCount, topVendors, vulnerableSwitches

        public var words: String {
            switch self {
            case .connected: "What is physically connected?"
            case .rogue: "Is anything unauthorised or rogue?"
            case .behaviour: "Is everything behaving as expected?"
            case .accuracy: "Is the inventory accurate and up to date?"
            case .iotCount: "How many IoT devices are there?"
            case .topVendors: "Who are the top five vendors?"
            case .vulnerableSwitches: "Where are the most vulnerable switches?"
            }
        }
    }

    /// The newest moment of all that was observed: ages count from there.
    public var asOf: Timestamp
    /// In the order of the questions.
    public var answers: [Answer]

    public init(asOf: Timestamp, answers: [Answer]) {
        self.asOf = asOf
        self.answers = answers
    }

    public subscript(_ question: Question) -> Answer? { answers.first { $0.question == question } }
}

/// One answer.
public struct Answer: Hashable, Sendable {
    public enum State: String, Hashable, Sendable, CaseIterable {
        case answered, partial, cannotSay
    }

    /// A number with its name: `medical` 120; where it is a share, with what it is a share of.
    public struct Figure: Hashable, Sendable {
        public var name: String
        public var value: Int
        /// Denominator, where the value is a part of something.
        public var of: Int?

        public init(_ name: String, _ value: Int, of: Int? = nil) {
            self.name = name
            self.value = value
            self.of = of
        }
    }

    /// One line of the list behind the number.
    public struct Item: Hashable, Sendable {
        /// Id of the device, agent of the switch, name of the vendor, or `asset:LINE` of a declared row.
        public var subject: String
        /// What a person reads.
        public var title: String
        /// Which part of the answer it belongs to: `rogue`, `unauthorised`, `ghost`, `medical`.
        public var kind: String
        /// Its own figures: the terms of a risk, the count of a vendor.
        public var figures: [Figure] = []
        /// What it rests on, a line each, with the texts that were read.
        public var evidence: [String] = []
        /// Where it is, in words.
        public var place: String?
        /// When what it rests on was last seen.
        public var seen: Timestamp?
        /// Ids of devices that it counts.
        public var devices: [String] = []

        public init(subject: String, title: String, kind: String) {
            self.subject = subject
            self.title = title
            self.kind = kind
        }
    }

    public var question: Answers.Question
    public var state: State
    /// The answer in one number; nil where it cannot be said.
    public var number: Int?
    /// The answer in one sentence.
    public var sentence: String
    /// Parts of the number, in a fixed order.
    public var figures: [Figure] = []
    public var items: [Item] = []
    /// Items left out beyond `Answer.mostItems`.
    public var itemsLeftOut = 0
    /// What is missing for a whole answer, a line each.
    public var missing: [String] = []
    /// Oldest and newest moment of what it rests on.
    public var from: Timestamp?
    public var to: Timestamp?

    public init(_ question: Answers.Question, state: State, sentence: String) {
        self.question = question
        self.state = state
        self.sentence = sentence
    }
}
