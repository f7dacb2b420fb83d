//===----------------------------------------------------------------------===//
// Wardlight · Defense
//
// Version ranges: is this version one of those that an advisory means?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// What an advisory writes about versions, as a rule that can be asked. (docs/weaknesses.md has the grammar.)
public struct VersionRange: Hashable, Sendable {
    enum Comparator: Hashable, Sendable {
        case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual
        /// `up to 7.6.2`: whether 7.6.2 itself is meant cannot be said.
        case upTo

        var isLower: Bool { self == .greater || self == .greaterOrEqual }
        var isUpper: Bool { self == .less || self == .lessOrEqual || self == .upTo }
    }

    struct Constraint: Hashable, Sendable {
        var comparator: Comparator
        var version: VersionText
    }

    enum Meaning: Hashable, Sendable {
        case all
        /// One of them has to hold; a lower and an upper bound behind it are one interval.
        case anyOf([Constraint])
        /// A person has to read it.
        case prose
    }

    /// As written.
    public let text: String
    let meaning: Meaning

    /// As the one meaning, whatever else the text says.
    init(_ text: String, meaning: Meaning) {
        self.text = text
        self.meaning = meaning
    }

    public var isAll: Bool { meaning == .all }
    public var isProse: Bool { meaning == .prose }

    /// Whether the version is one of them: nothing where it cannot be said.
    public func contains(_ version: VersionText) -> Bool? {
        switch meaning {
        case .all: return true
        case .prose: return nil
        case .anyOf(let constraints): return Self.contains(version, constraints)
        }
    }

    // MARK: - Deciding

    /// As the rules of `vers:` go (purl-spec, VERSION-RANGE-SPEC, "Checking if a version is contained"), with a third answer.
    private static func contains(_ version: VersionText, _ constraints: [Constraint]) -> Bool? {
        var unsure = false
        var compared = false
        func take(_ answer: Bool?, otherSeries: Bool = false) -> Bool {
            switch answer {
            case true?: return true
            case false?: compared = true
            case nil: if !otherSeries { unsure = true }
            }
            return false
        }
        for constraint in constraints where constraint.comparator == .notEqual {
            guard let holds = holds(version, constraint) else { unsure = true; continue }
            if !holds { return false }
        }
        let bounds = constraints.filter { $0.comparator != .notEqual }
        // `!=2.0` alone: all but that one.
        if bounds.isEmpty { return unsure ? nil : true }
        var at = 0
        while at < bounds.count {
            let constraint = bounds[at]
            at += 1
            if at < bounds.count, Self.isInterval(constraint, bounds[at]) {
                let (low, high) = (holds(version, constraint), holds(version, bounds[at]))
                let answer: Bool? = low == false || high == false ? false : low == nil || high == nil ? nil : true
                if take(answer, otherSeries: isOtherSeries(version, constraint.version)) { return true }
                at += 1
            } else {
                let answer = holds(version, constraint)
                if take(answer, otherSeries: isOtherSeries(version, constraint.version)) { return true }
            }
        }
        // Series that are not the version's own (`<= U61 | <= L81`) say nothing, as long as one of them is.
        return unsure || !compared ? nil : false
    }

    /// A lower bound and an upper one behind it; or turned round, where together they would else be everything
    /// (`<= 4.3 and >= 4.0`).
    private static func isInterval(_ first: Constraint, _ second: Constraint) -> Bool {
        if first.comparator.isLower, second.comparator.isUpper {
            return second.version.compared(to: first.version) != .earlier
        }
        guard first.comparator.isUpper, second.comparator.isLower else { return false }
        return second.version.compared(to: first.version) == .earlier
    }

    /// `U61` and `L81`: both begin with letters of a series, and not with the same; or `C.02` and `4.0`, a letter on the one
    /// side only.
    private static func isOtherSeries(_ one: VersionText, _ other: VersionText) -> Bool {
        guard let first = one.tokens.first, let second = other.tokens.first else { return false }
        if first.isNumber != second.isNumber {
            let letter = first.isNumber ? second : first
            return letter.text.utf8.count == 1
        }
        return first.isSeries && second.isSeries && first.text != second.text
    }

    private static func holds(_ version: VersionText, _ constraint: Constraint) -> Bool? {
        let bound = constraint.version
        var order: VersionText.Order?
        if bound.isOpen {
            guard let begins = version.begins(like: bound) else { return nil }
            order = begins ? .same : version.compared(to: bound)
        } else {
            order = version.compared(to: bound)
        }
        guard let order else {
            switch constraint.comparator {
            case .equal: return version.isOther(than: bound) ? false : nil
            case .notEqual: return version.isOther(than: bound) ? true : nil
            // `5.4.5 build 170123` is not before 5.4.5, whichever of its builds that means.
            case .less: return version.isBuild(of: bound) ? false : nil
            case .greaterOrEqual: return version.isBuild(of: bound) ? true : nil
            default: return nil
            }
        }
        switch constraint.comparator {
        case .equal: return order == .same
        case .notEqual: return order != .same
        case .less: return order == .earlier
        case .lessOrEqual: return order != .later
        case .greater: return order == .later
        case .greaterOrEqual: return order != .earlier
        case .upTo: return order == .same ? nil : order == .earlier
        }
    }

    /// The versions that it names, in its order.
    var versions: [VersionText] {
        if case .anyOf(let constraints) = meaning { return constraints.map(\.version) }
        return []
    }

    /// Only named versions, no bounds.
    var isList: Bool {
        if case .anyOf(let constraints) = meaning { return constraints.allSatisfy { $0.comparator == .equal } }
        return false
    }
}
