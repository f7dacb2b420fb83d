//===----------------------------------------------------------------------===//
// Wardlight · Inventory
//
// Knowledge: rules, names of makers, classes and prefixes, as the fold uses them.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Crypto
import Model

/// Why a knowledge file cannot be used: where, and what is wrong with it.
public struct KnowledgeError: Error, Hashable, Sendable, CustomStringConvertible {
    public var file: String
    /// From 1.
    public var line: Int
    public var problem: String

    public init(file: String, line: Int, problem: String) {
        self.file = file
        self.line = line
        self.problem = problem
    }

    public var description: String { "\(file):\(line): \(problem)" }
}

/// What knowledge is made of: texts and values that an edge has read. Their order does not matter.
public struct KnowledgeTexts: Sendable {
    /// Rules that must be whole: our own.
    public var rules: [(name: String, text: String)] = []
    /// Rules of others: a file that cannot be read is refused, the rest counts.
    public var moreRules: [(name: String, text: String)] = []
    /// Fingerprints; `engine` knows them in this order.
    public var fingerprints: [FingerprintSet] = []
    public var engine: (any PatternEngine)?
    /// Stack signatures, as p0f writes them.
    public var stacks: [(name: String, text: String)] = []
    /// What `wardlight learn` wrote: `*.profile`. One that cannot be read is refused, the rest counts.
    public var profiles: [(name: String, text: String)] = []

    public init(rules: [(name: String, text: String)] = []) { self.rules = rules }
}

/// Everything that is known of devices in general. A value: the edge reads the files and hands in their texts.
public struct KnowledgeBase: Sendable {
    /// SHA-256, hexadecimal, over the names and texts of the rules, what else was given and the digest of the prefixes.
    public let digest: String
    /// What was taught.
    public private(set) var profiles: ProfileSet
    public let prefixes: PrefixTable
    /// Files of others that could not be read, and why.
    public let refusals: [KnowledgeError]
    let rules: [Rule]
    private let index: RuleIndex
    private let engine: (any PatternEngine)?
    private let classes: ClassTable
    private let makers: MakerNames
    /// More general words for a type, by type, all in lower case; the same for systems.
    private let generalTypes: [String: [String]]
    private let generalSystems: [String: [String]]
    let kinds: KindTable
    /// Kinds whose types are medical.
    private let medicalKinds: Set<String>

    /// Rules that nothing else may shadow: what the prefix table says.
    private static let prefixRule = "ieee.prefix"

    /// Reads the rules.
    ///
    /// - Parameter rules: Name and text of each file. Their order does not matter.
    public init(rules texts: [(name: String, text: String)], prefixes: PrefixTable) throws(KnowledgeError) {
        try self.init(KnowledgeTexts(rules: texts), prefixes: prefixes)
    }

    /// Reads everything that an edge has found. Throws only where our own rules are broken.
    public init(_ texts: KnowledgeTexts, prefixes: PrefixTable) throws(KnowledgeError) {
        var parser = RuleParser()
        var hash = SHA256()
        var refusals: [KnowledgeError] = []
        func add(_ name: String, _ text: String) {
            // Where a file lies does not change what it says.
            let name = name.split(separator: "/").last.map(String.init) ?? name
            hash.update(data: Array("\(name)\u{0}\(text.utf8.count)\u{0}".utf8))
            hash.update(data: Array(text.utf8))
        }
        for (name, text) in texts.rules.sorted(by: { $0.name < $1.name }) {
            try parser.read(text, file: name)
            add(name, text)
        }
        for (name, text) in texts.moreRules.sorted(by: { $0.name < $1.name }) {
            var trial = parser
            do { try trial.read(text, file: name) } catch {
                refusals.append(error)
                continue
            }
            parser = trial
            add(name, text)
        }
        var all = parser.rules
        var sets: [(set: FingerprintSet, first: Int)] = []
        for (place, set) in texts.fingerprints.enumerated() {
            sets.append((set, all.count))
            all += set.rules(set: place, parser.spoken)
            add(set.file, set.digest)
        }
        var stacks: [(file: StackFile, first: Int)] = []
        for (name, text) in texts.stacks.sorted(by: { $0.name < $1.name }) {
            do {
                let file = try StackFile(reading: text, file: name)
                stacks.append((file, all.count))
                all += file.rules(parser.spoken)
                add(name, text)
            } catch {
                refusals.append(error)
            }
        }
        var taught: [Profile] = []
        for (name, text) in texts.profiles.sorted(by: { ($0.name, $0.text) < ($1.name, $1.text) }) {
            do {
                taught.append(try Profile(parsing: text, file: name))
                add(name, text)
            } catch {
                refusals.append(error)
            }
        }
        profiles = ProfileSet(taught)
        hash.update(data: Array(prefixes.sourceDigest.utf8))
        digest = hash.finalize().map { hexadecimal($0) }.joined()
        self.prefixes = prefixes
        var organisation = Rule(id: Self.prefixRule, file: "", line: 0)
        organisation.conditions = [Rule.Condition(signal: .vendor, tests: [.any])]
        if let value = Filling("{value}") {
            organisation.says = [Rule.Statement(attribute: .vendor, value: value, weight: 2_500)]
        }
        organisation.source = "IEEE Registration Authority, public listing (MA-L, MA-M, MA-S)"
        all.append(organisation)
        rules = all
        index = RuleIndex(all, sets: sets, engine: texts.engine, stacks: StackIndex(stacks))
        engine = texts.engine
        self.refusals = refusals
        classes = parser.classes
        makers = parser.makers
        generalTypes = parser.generalTypes
        generalSystems = parser.generalSystems
        kinds = parser.kinds
        medicalKinds = parser.kinds.kinds { parser.classes.isMedical(type: $0) }
    }

    /// Knows nothing but the prefixes.
    public static let empty = KnowledgeBase(prefixes: .empty)

    private init(prefixes: PrefixTable) {
        self.prefixes = prefixes
        profiles = .empty
        digest = ""
        rules = []
        refusals = []
        index = RuleIndex([])
        engine = nil
        classes = ClassTable()
        makers = MakerNames()
        generalTypes = [:]
        generalSystems = [:]
        kinds = KindTable()
        medicalKinds = []
    }

    /// Patterns of others that were taken out of use so far, and why.
    public var patternRefusals: [String] { engine?.refusals() ?? [] }

    /// The same with other profiles in place of its own; for evaluation.
    public func taught(_ profiles: ProfileSet) -> KnowledgeBase {
        var copy = self
        copy.profiles = profiles
        return copy
    }

    /// How many rules there are.
    public var ruleCount: Int { rules.count }

    func matches(_ signal: Signal, _ text: String) -> [RuleMatch] { index.matches(signal, text) }

    /// Whether the first value is a more general word for the second; both in lower case.
    func isGeneral(_ general: String, over special: String, of attribute: Attribute) -> Bool {
        switch attribute {
        case .os: special.hasPrefix(general + " ") || isGeneralSystem(general, special)
        case .model: special.hasPrefix(general + " ")
        case .type: generalTypes[special]?.contains(general) == true
        default: false
        }
    }

    /// Whether a system is built on another: `Linux` for `Android 9`, with or without its version.
    private func isGeneralSystem(_ general: String, _ special: String) -> Bool {
        var words = special.split(separator: " ")
        while !words.isEmpty {
            if let known = generalSystems[words.joined(separator: " ")] { return known.contains(general) }
            words.removeLast()
        }
        return false
    }

    func hasClass(type: String) -> Bool { classes.knows(.type, type) }

    func isMedical(kind: String) -> Bool { medicalKinds.contains(kind) }

    func isMedical(maker: String) -> Bool { classes.isMedical(vendor: maker) }

    /// Whether a maker only makes parts for others.
    func isModule(maker name: String) -> Bool { makers.maker(of: name).isModule }

    func deviceClass(of judgements: [Attribute: Judgement]) -> DeviceClass { classes.deviceClass(of: judgements) }

    /// What a fulfilled rule says because of one value.
    ///
    /// - Parameter isPast: The device says something else by now: only a quarter counts.
    func votes(
        of number: Int, _ entry: Entry, _ value: String, _ captures: [Capture], isPast: Bool
    ) -> [Vote] {
        let rule = rules[number]
        var votes: [Vote] = []
        var vendor: String?
        var model: String?
        for statement in rule.says {
            guard var said = statement.value.filled(with: captures, value: value) else { continue }
            var weight = statement.weight
            if statement.attribute.isWrittenByMaker, Placeholder.isOne(said) { continue }
            if statement.attribute == .vendor {
                let maker = makers.maker(of: said)
                said = maker.name
                // A module's maker is not the device's (0 of 50 measured, docs/weighing.md): said so that somebody asks on.
                if maker.isModule && rule.id == Self.prefixRule { weight = 100 }
                if weight > 0 && !maker.isModule { vendor = said }
            }
            if statement.attribute == .model && weight > 0 { model = said }
            votes.append(
                Vote(
                    attribute: statement.attribute, value: said, weight: isPast ? weight / 4 : weight, rule: number,
                    entry: entry))
        }
        for place in votes.indices {
            votes[place].vendor = vendor
            votes[place].model = model
            votes[place].isPast = isPast
        }
        if model != nil { Self.tie(&votes) }
        return votes
    }
}

extension KnowledgeBase {
    /// Maker, model and type hang together where one rule names the model: maker and type then also have a quarter of what
    /// the rule gives to the other two, so that a word that names a product stands against several that each guess a side
    /// of it. The model has none: the more exact of two rules that name it is often the one that says nothing else.
    private static func tie(_ votes: inout [Vote]) {
        let product: [Attribute] = [.vendor, .model, .type]
        let all = votes.reduce(0) { $0 + (product.contains($1.attribute) ? max(0, $1.weight) : 0) }
        for place in votes.indices where votes[place].weight > 0 {
            let isTied = votes[place].attribute == .vendor || votes[place].attribute == .type
            if isTied { votes[place].tied = (all - votes[place].weight) / 4 }
        }
    }
}

/// Which class a type, role, system or maker belongs to.
struct ClassTable: Sendable {
    private var exact: [Attribute: [String: DeviceClass]] = [:]

    mutating func add(_ attribute: Attribute, _ value: String, _ deviceClass: DeviceClass) {
        exact[attribute, default: [:]][value.lowercased()] = deviceClass
    }

    /// By type, else by role, system (its first word that is known) and maker.
    func deviceClass(of judgements: [Attribute: Judgement]) -> DeviceClass {
        for attribute in [Attribute.type, .role, .os, .vendor] {
            guard let value = judgements[attribute]?.value.lowercased(), let table = exact[attribute] else { continue }
            if let known = table[value] { return known }
            guard attribute == .os else { continue }
            var words = value.split(separator: " ")
            while words.count > 1 {
                words.removeLast()
                if let known = table[words.joined(separator: " ")] { return known }
            }
        }
        return .unknown
    }

    func isMedical(type: String) -> Bool { exact[.type]?[type.lowercased()] == .medical }
    func isMedical(vendor: String) -> Bool { exact[.vendor]?[vendor.lowercased()] == .medical }

    func knows(_ attribute: Attribute, _ value: String) -> Bool { exact[attribute]?[value.lowercased()] != nil }
}

/// One spelling for each maker, and who only makes modules for others.
struct MakerNames: Sendable {
    private var exact: [[UInt8]: (name: String, isModule: Bool)] = [:]
    private var prefixes: [[UInt8]: (name: String, isModule: Bool)] = [:]
    private var lengths: [Int] = []

    mutating func add(_ name: String, isModule: Bool, exact text: String) {
        exact[lowercasedBytes(text)] = (name, isModule)
    }

    mutating func add(_ name: String, isModule: Bool, prefix text: String) {
        let bytes = lowercasedBytes(text)
        prefixes[bytes] = (name, isModule)
        if !lengths.contains(bytes.count) {
            lengths.append(bytes.count)
            lengths.sort(by: >)
        }
    }

    /// The longest prefix decides; an unknown maker keeps its own name.
    func maker(of text: String) -> (name: String, isModule: Bool) {
        let lower = lowercasedBytes(text)
        if let known = exact[lower] { return known }
        for length in lengths where length <= lower.count {
            if let known = prefixes[Array(lower[..<length])] { return known }
        }
        return (text, false)
    }
}
