//===----------------------------------------------------------------------===//
// Wardlight · Inventory
//
// Examples of rules: does every rule do what its example says?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

extension KnowledgeBase {
    /// What running the examples of one file came to.
    public struct ExampleResults: Sendable {
        public var rules = 0
        public var examples = 0
        /// Line and reason of each example that does not hold.
        public var failures: [(line: Int, reason: String)] = []
    }

    /// Runs every example of the rules that stand in a file.
    public func exampleResults(ofFile name: String) -> ExampleResults {
        var results = ExampleResults()
        for (number, rule) in rules.enumerated() where rule.file == name {
            results.rules += 1
            for example in rule.examples {
                results.examples += 1
                if let reason = failure(of: example, rule, number) {
                    results.failures.append((example.line, "\(rule.id): \(reason)"))
                }
            }
        }
        return results
    }

    /// Why an example does not hold; nil where it does.
    private func failure(of example: Rule.Example, _ rule: Rule, _ number: Int) -> String? {
        var captures: [Capture] = []
        var first: String?
        for condition in rule.conditions.indices {
            var met: (value: String, match: RuleMatch)?
            for given in example.given where met == nil && given.signal == rule.conditions[condition].signal {
                let match = matches(given.signal, given.value).first {
                    Int($0.rule) == number && Int($0.condition) == condition
                }
                met = match.map { (given.value, $0) }
            }
            guard let met else { return "condition \(condition + 1) is not fulfilled" }
            if condition == 0 { first = met.value }
            captures += met.match.captures
        }
        guard let first else { return nil }
        let entry = Entry(key: 0, count: 1, first: .epoch, last: .epoch)
        let votes = votes(of: number, entry, first, captures, isPast: false)
        for (attribute, value) in example.expected {
            let said = votes.filter { $0.attribute == attribute }.map(\.value)
            if !said.contains(value) { return "\(attribute.rawValue) is \(said.joined(separator: ", ")), not \(value)" }
        }
        if example.expected.isEmpty, votes.count != rule.says.count, rule.parts.isEmpty { return "a hole stays empty" }
        return nil
    }
}
