//===----------------------------------------------------------------------===//
// Wardlight · Inventory
//
// Rule parser: reads Knowledge/*.rules.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Reads the line-based text of a `.rules` file; the format is described in `Knowledge/README.md`.
struct RuleParser {
    var rules: [Rule] = []
    var classes = ClassTable()
    var makers = MakerNames()
    var generalTypes: [String: [String]] = [:]
    /// The same for systems.
    var generalSystems: [String: [String]] = [:]
    var spoken = SpokenWords()
    var kinds = KindTable()

    private var ids: Set<String> = []
    private var file = ""
    private var line = 0
    private var source = ""
    private var open: Rule?
    private var maker: (name: String, isModule: Bool)?

    mutating func read(_ text: String, file: String) throws(KnowledgeError) {
        self.file = file
        line = 0
        source = ""
        maker = nil
        for row in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            line += 1
            let words = try words(of: row)
            guard case .word(let verb)? = words.first else {
                if words.isEmpty { continue }
                throw problem("a line begins with a word, such as rule, when, says, source or example")
            }
            var rest = words.dropFirst()
            try obey(verb, &rest)
            if let extra = rest.first {
                throw problem("\(extra.text) is too much; take it away or write it on a line of its own")
            }
        }
        try finish()
    }

    private mutating func obey(_ verb: String, _ rest: inout ArraySlice<Token>) throws(KnowledgeError) {
        switch verb {
        case "rule":
            try finish()
            maker = nil
            let id = try word(&rest)
            guard ids.insert(id).inserted else { throw problem("a second rule is called \(id); give it another name") }
            open = Rule(id: id, source: source, file: file, line: line)
        case "when": try condition(&rest)
        case "says": try statements(&rest)
        case "part": try part(&rest)
        case "source":
            let text = try quoted(&rest)
            if open == nil { source = text } else { open?.source = text }
        case "example": try example(&rest)
        case "class": try deviceClass(&rest)
        case "general":
            let isSystem = skip("os", &rest)
            let general = try quoted(&rest).lowercased()
            repeat {
                let special = try quoted(&rest).lowercased()
                if isSystem {
                    generalSystems[special, default: []].append(general)
                } else {
                    generalTypes[special, default: []].append(general)
                }
            } while !rest.isEmpty
        case "spoken":
            let path = try word(&rest)
            guard let attribute = Attribute(rawValue: path), attribute == .type || attribute == .os else {
                throw problem("spoken is for type or os, not \(path)")
            }
            let own = try quoted(&rest)
            repeat { spoken.add(attribute, own, for: try quoted(&rest)) } while !rest.isEmpty
        case "kind":
            let kind = try quoted(&rest)
            let name = try word(&rest)
            guard let attribute = Attribute(rawValue: name) else { throw problem("there is no attribute \(name)") }
            repeat { kinds.add(kind, attribute, try quoted(&rest)) } while !rest.isEmpty
        case "clash":
            let kind = try quoted(&rest)
            repeat { kinds.clash(kind, try quoted(&rest)) } while !rest.isEmpty
        case "runs":
            let kind = try quoted(&rest)
            repeat { kinds.runs(kind, try quoted(&rest)) } while !rest.isEmpty
        case "kin":
            var makers: [String] = []
            repeat { makers.append(try quoted(&rest)) } while !rest.isEmpty
            kinds.kin(makers)
        case "marks": try mark(&rest)
        case "maker", "module":
            try finish()
            let name = try quoted(&rest)
            maker = (name, verb == "module")
            makers.add(name, isModule: verb == "module", exact: name)
        case "is": try spelling(&rest)
        case "end": try finish()
        default: throw problem("\(verb) is no word of the rules; Knowledge/README.md lists them")
        }
    }

    private mutating func finish() throws(KnowledgeError) {
        guard let rule = open else { return }
        open = nil
        func fault(_ text: String) -> KnowledgeError { KnowledgeError(file: file, line: rule.line, problem: text) }
        guard !rule.conditions.isEmpty else { throw fault("\(rule.id) has no condition; add a line when …") }
        guard !rule.says.isEmpty || !rule.parts.isEmpty else {
            throw fault("\(rule.id) says nothing; add a line says …")
        }
        guard !rule.source.isEmpty else { throw fault("\(rule.id) cites no source; add a line source \"…\"") }
        let parts = rule.parts.flatMap { [$0.model, $0.firmware, $0.serial].compactMap(\.self) }
        let filled = rule.says.map(\.value) + parts
        for hole in filled.flatMap(\.holes) where hole != "value" && !rule.holes.contains(hole) {
            throw fault("\(rule.id) has no hole {\(hole)}; name one of its template's, or {value}")
        }
        rules.append(rule)
    }

    // MARK: Lines

    private mutating func condition(_ rest: inout ArraySlice<Token>) throws(KnowledgeError) {
        guard open != nil else { throw problem("a condition outside of a rule; write a line rule … before it") }
        guard (open?.conditions.count ?? 0) < 8 else {
            throw problem("at most eight conditions a rule; make two rules of it")
        }
        let path = try word(&rest)
        guard let signal = Signal(path: path) else {
            throw problem("there is no field \(path); docs/fields.md lists them")
        }
        var tests: [Test] = []
        let kind = try word(&rest)
        if kind == "any" {
            tests = [.any]
        } else {
            repeat { tests.append(try test(kind, try quoted(&rest))) } while skip("|", &rest)
        }
        open?.conditions.append(Rule.Condition(signal: signal, tests: tests))
    }

    private func test(_ kind: String, _ text: String) throws(KnowledgeError) -> Test {
        guard !text.isEmpty else { throw problem("an empty text fits everything; write any instead") }
        let bytes = lowercasedBytes(text)
        switch kind {
        case "exact": return .exact(bytes)
        case "prefix": return .prefix(bytes)
        case "suffix": return .suffix(bytes)
        case "contains": return .contains(bytes)
        case "template":
            guard let template = Template(text) else {
                throw problem("\(text) is no template; holes are written {name}, with text between them")
            }
            return .template(template)
        default: throw problem("\(kind) is no way to compare; use exact, prefix, suffix, contains, template or any")
        }
    }

    private mutating func statements(_ rest: inout ArraySlice<Token>) throws(KnowledgeError) {
        guard open != nil else { throw problem("a statement outside of a rule; write a line rule … before it") }
        repeat {
            let name = try word(&rest)
            guard let attribute = Attribute(rawValue: name) else {
                throw problem("there is no attribute \(name); use vendor, type, model, os, firmware, serial or role")
            }
            let value = try filling(&rest)
            var weight = 2_500
            if case .word(let digits)? = rest.first, let number = Int(digits) {
                guard number >= -10_000 && number <= 10_000 && number != 0 else {
                    throw problem("a weight lies between -10000 and 10000")
                }
                weight = number
                rest.removeFirst()
            }
            open?.says.append(Rule.Statement(attribute: attribute, value: value, weight: weight))
        } while skip(",", &rest)
    }

    /// A kind of thing that the rule speaks for without saying so of the device (`KindTable`).
    private mutating func mark(_ rest: inout ArraySlice<Token>) throws(KnowledgeError) {
        guard open != nil else { throw problem("a mark outside of a rule") }
        let kind = try quoted(&rest)
        let digits = try word(&rest)
        guard let weight = Int(digits), (1...10_000).contains(weight) else {
            throw problem("a mark has a weight between 1 and 10000")
        }
        open?.marks.append((kind, weight))
    }

    private mutating func part(_ rest: inout ArraySlice<Token>) throws(KnowledgeError) {
        guard open != nil else { throw problem("a part outside of a rule; write a line rule … before it") }
        var part = Rule.Part(kind: try quoted(&rest))
        while !rest.isEmpty {
            switch try word(&rest) {
            case "model": part.model = try filling(&rest)
            case "firmware": part.firmware = try filling(&rest)
            case "serial": part.serial = try filling(&rest)
            case let other: throw problem("a part has no \(other); use model, firmware or serial")
            }
        }
        open?.parts.append(part)
    }

    private mutating func example(_ rest: inout ArraySlice<Token>) throws(KnowledgeError) {
        guard let rule = open, let first = rule.conditions.first else {
            throw problem("an example before its rule's conditions; write it behind them")
        }
        var example = Rule.Example(given: [], expected: [], line: line)
        repeat {
            var signal = first.signal
            if case .word(let path)? = rest.first {
                guard let named = Signal(path: path) else {
                    throw problem("there is no field \(path); docs/fields.md lists them")
                }
                signal = named
                rest.removeFirst()
            }
            example.given.append((signal, try quoted(&rest)))
        } while skip("&", &rest)
        if skip("->", &rest) {
            repeat {
                let name = try word(&rest)
                guard let attribute = Attribute(rawValue: name) else {
                    throw problem(
                        "there is no attribute \(name); use vendor, type, model, os, firmware, serial or role")
                }
                example.expected.append((attribute, try quoted(&rest)))
            } while skip(",", &rest)
        }
        open?.examples.append(example)
    }

    private mutating func deviceClass(_ rest: inout ArraySlice<Token>) throws(KnowledgeError) {
        let name = try word(&rest)
        guard let known = DeviceClass(rawValue: name) else {
            throw problem("there is no class \(name); use medical, it, iot, network, building or mobile")
        }
        let path = try word(&rest)
        guard let attribute = Attribute(rawValue: path) else {
            throw problem("there is no attribute \(path); use vendor, type, model, os, firmware, serial or role")
        }
        repeat { classes.add(attribute, try quoted(&rest), known) } while !rest.isEmpty
    }

    private mutating func spelling(_ rest: inout ArraySlice<Token>) throws(KnowledgeError) {
        guard let maker else { throw problem("a spelling outside of a maker; write a line maker … before it") }
        let kind = try word(&rest)
        guard kind == "exact" || kind == "prefix" else { throw problem("a maker is compared by exact or prefix") }
        repeat {
            let text = try quoted(&rest)
            if kind == "exact" {
                makers.add(maker.name, isModule: maker.isModule, exact: text)
            } else {
                makers.add(maker.name, isModule: maker.isModule, prefix: text)
            }
        } while !rest.isEmpty
    }

    // MARK: Words

    enum Token {
        case word(String)
        case quoted(String)

        var text: String {
            switch self {
            case .word(let text): text
            case .quoted(let text): "\"\(text)\""
            }
        }
    }

    /// Splits one line. `#` begins a comment; in quotes `\n` and `\r` end lines, `\"` and `\\` stand for themselves.
    private func words(of row: Substring.UTF8View) throws(KnowledgeError) -> [Token] {
        var tokens: [Token] = []
        var bytes: [UInt8] = []
        var inQuotes = false
        var afterBackslash = false
        func flush() {
            if !bytes.isEmpty { tokens.append(.word(String(decoding: bytes, as: UTF8.self))) }
            bytes.removeAll(keepingCapacity: true)
        }
        loop: for byte in row {
            if inQuotes {
                if afterBackslash {
                    bytes.append(byte == UInt8(ascii: "n") ? 0x0A : byte == UInt8(ascii: "r") ? 0x0D : byte)
                    afterBackslash = false
                } else if byte == UInt8(ascii: "\\") {
                    afterBackslash = true
                } else if byte == UInt8(ascii: "\"") {
                    tokens.append(.quoted(String(decoding: bytes, as: UTF8.self)))
                    bytes.removeAll(keepingCapacity: true)
                    inQuotes = false
                } else {
                    bytes.append(byte)
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "#"): break loop
            case 0x20, 0x09, 0x0D: flush()
            case UInt8(ascii: "\""):
                flush()
                inQuotes = true
            case UInt8(ascii: ","), UInt8(ascii: "|"), UInt8(ascii: "&"):
                flush()
                tokens.append(.word(String(UnicodeScalar(byte))))
            default: bytes.append(byte)
            }
        }
        if inQuotes { throw problem("a quotation mark is missing; \" inside a text is written \\\"") }
        flush()
        return tokens
    }

    private func word(_ rest: inout ArraySlice<Token>) throws(KnowledgeError) -> String {
        guard case .word(let text)? = rest.popFirst() else { throw problem("a word is missing at the end of the line") }
        return text
    }

    private func quoted(_ rest: inout ArraySlice<Token>) throws(KnowledgeError) -> String {
        guard case .quoted(let text)? = rest.popFirst() else {
            throw problem("a text in quotation marks is missing at the end of the line")
        }
        return text
    }

    private func filling(_ rest: inout ArraySlice<Token>) throws(KnowledgeError) -> Filling {
        let text = try quoted(&rest)
        guard let filling = Filling(text) else {
            throw problem("a brace is not closed in \(text); holes are written {name}")
        }
        return filling
    }

    private func skip(_ mark: String, _ rest: inout ArraySlice<Token>) -> Bool {
        guard case .word(mark)? = rest.first else { return false }
        rest.removeFirst()
        return true
    }

    private func problem(_ text: String) -> KnowledgeError { KnowledgeError(file: file, line: line, problem: text) }
}
