//===----------------------------------------------------------------------===//
// Wardlight · Inventory
//
// Profiles together: which label fits what a device said, if any does?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// All profiles, ready to be asked. Naive Bayes over tokens, in integers (milli-log-odds), against "something else".
///
/// **Weight of a token.** The share of a profile's captures that had it, smoothed (`n + 0.3` of `N + 0.6`), against how
/// often any device has it: the mean over the profiles and eight made-up ones that have nothing but what is
/// commonplace. A missing token counts half: a capture may be short.
/// **Witnesses.** Tokens of one protocol hang together. Their sum counts whole up to 4 and a quarter beyond.
/// **Never seen.** A value that no profile has speaks against each, less where captures of the profile often brought
/// news of that kind. Where every capture of a profile named one product and this device names another, it is not of
/// that kind. A host name other than usual can be outweighed, since hospitals choose names, but leaves a doubt.
/// **Something else** has log-odds of 0, a label begins at -1. Below even odds the answer is "unknown"; labels within
/// 3 of the best are not told apart and answer together.
public struct ProfileSet: Sendable {
    /// Sorted by label.
    public let profiles: [Profile]

    private struct Posting {
        let profile: Int32
        /// What the token is worth more than what its absence was.
        let gain: Int32
        /// Against the background alone, for evidence.
        let weight: Int32
    }
    private struct Known {
        let witness: Int
        /// ln of how often any device has it.
        let background: Int
        var postings: [Posting] = []
    }
    private struct Kind: Hashable {
        let profile: Int32
        let kind: String
    }

    private var places: [ProfileToken: Int32] = [:]
    private var known: [Known] = []
    /// By profile, then witness: what it costs that nothing at all was said.
    private var silence: [Int]
    /// By profile: ln of the share that a token gets which it was never seen with.
    private var foreign: [Int]
    /// How many tokens of a kind came in one capture only.
    private var news: [Kind: UInt64] = [:]
    /// Kinds with which every capture of a profile names the product.
    private var identities: [Kind: ProfileToken.Identity] = [:]

    public static let empty = ProfileSet([])
    /// Profiles beyond this are a mistake: a token's cost grows with their number.
    public static let profilesAtMost = 4_096

    static let prior = -1_000
    static let wholeUpTo = 4_000
    static let togetherWithin = 3_000
    static let togetherAtMost = 4
    static let leastConfidence = 500
    /// However well it fits, one in fifty may be a sibling that nobody has taught yet; one in five where a single capture
    /// was all the teaching there was.
    static let greatestConfidence = 980
    static let doubtOfOneCapture = 200
    static let otherName = -3_000
    /// With another name than its kind always had, it may be a sibling as well as one that somebody renamed.
    static let confidenceOfOtherName = 650
    private static let backgroundProfiles: UInt64 = 8
    private static let million: UInt64 = 1_000_000

    /// - Parameter all: Of several with one label the captures are added up.
    public init(_ all: [Profile]) {
        var merged: [String: Profile] = [:]
        for profile in all.prefix(Self.profilesAtMost) {
            if merged[profile.label]?.add(profile) == nil { merged[profile.label] = profile }
        }
        profiles = merged.values.sorted { $0.label < $1.label }
        silence = [Int](repeating: 0, count: profiles.count * ProfileToken.Witness.allCases.count)
        foreign = profiles.map { Self.logShare(0, of: $0.captures) }
        // How common each token is, in millionths of a profile.
        var common: [ProfileToken: UInt64] = [:]
        for profile in profiles {
            for (token, count) in profile.counts {
                common[token, default: 0] += UInt64(count) * Self.million / UInt64(max(1, profile.captures))
            }
        }
        let total = UInt64(profiles.count) + Self.backgroundProfiles
        for (token, sum) in common {
            let invented = Self.backgroundProfiles * (ProfileToken.commonplace.contains(token) ? 400_000 : 10_000)
            let share = min(950_000, (sum + invented) / total)
            places[token] = Int32(known.count)
            known.append(
                Known(witness: token.witness.rawValue, background: MilliLog.ratio(max(1, share), Self.million)))
            let missing = MilliLog.ratio(Self.million - share, Self.million)
            for (number, profile) in profiles.enumerated() {
                guard let count = profile.counts[token] else { continue }
                let present = Self.logShare(count, of: profile.captures)
                let absent = (Self.logShare(profile.captures - count, of: profile.captures) - missing) / 2
                let weight = present - known[known.count - 1].background
                silence[number * ProfileToken.Witness.allCases.count + token.witness.rawValue] += absent
                known[known.count - 1].postings.append(
                    Posting(
                        profile: Int32(number), gain: Int32(present - foreign[number] - absent),
                        weight: Int32(weight)))
            }
        }
        for (number, profile) in profiles.enumerated() { notice(profile, Int32(number)) }
    }

    /// Which kinds bring news, and which name the product: in nearly every capture, or seldom but always the same.
    private mutating func notice(_ profile: Profile, _ number: Int32) {
        var highest: [String: Int] = [:]
        var values: [String: Int] = [:]
        for (token, count) in profile.counts {
            if count == 1 && profile.captures > 1 { news[Kind(profile: number, kind: token.kind), default: 0] += 1 }
            values[token.kind, default: 0] += 1
            highest[token.kind] = max(highest[token.kind] ?? 0, count)
        }
        guard profile.captures >= 2 else { return }
        for (kind, count) in highest {
            let identity = ProfileToken.identity(of: kind)
            let place = Kind(profile: number, kind: kind)
            let isUsual = count * 5 >= profile.captures * 4 && news[place] == nil
            let isOne = identity == .product && values[kind] == 1 && count >= 2
            if identity != .none, isUsual || isOne { identities[place] = identity }
        }
    }

    /// ln((count + 0.3) / (captures + 0.6)) in thousandths.
    private static func logShare(_ count: Int, of captures: Int) -> Int {
        MilliLog.ratio(UInt64(count) * 10 + 3, UInt64(captures) * 10 + 6)
    }

    // MARK: Asking

    /// How well one label fits.
    public struct Candidate: Hashable, Sendable {
        public let label: String
        /// Milli-log-odds against "something else".
        public let score: Int
        /// Parts in a thousand.
        public let confidence: Int
        let profile: Int
    }

    public struct Answer: Hashable, Sendable {
        /// All labels, the likeliest first.
        public let ranked: [Candidate]
        /// How many of them are the answer: none is "unknown", several are not told apart.
        public let chosen: Int
        /// That the answer holds, in parts of a thousand.
        public let confidence: Int
        /// `iKettle2 or SmarterCoffee`; nil where unknown.
        public var value: String? { chosen == 0 ? nil : ranked.prefix(chosen).map(\.label).joined(separator: " or ") }
    }

    /// What a device is called, by what it said and did.
    public func answer(to device: Device) -> Answer { answer(to: device.profileTokens()) }

    /// Costs some hundred additions a token and profile: about 0.1 ms with thirty profiles.
    public func answer(to tokens: [ProfileToken]) -> Answer {
        guard !profiles.isEmpty, !tokens.isEmpty else { return Answer(ranked: [], chosen: 0, confidence: 0) }
        let kinds = ProfileToken.Witness.allCases.count
        var sums = silence
        var best = [Int](repeating: 0, count: profiles.count)
        var unseen: [(kind: String, count: Int)] = []
        var named: Set<Kind> = []
        var said: [String] = []
        for token in tokens {
            if ProfileToken.identity(of: token.kind) != .none, said.last != token.kind { said.append(token.kind) }
            guard let place = places[token] else {
                if unseen.last?.kind == token.kind {
                    unseen[unseen.count - 1].count += 1
                } else {
                    unseen.append((token.kind, 1))
                }
                continue
            }
            let info = known[Int(place)]
            for number in profiles.indices {
                sums[number * kinds + info.witness] += foreign[number] - info.background
            }
            for posting in info.postings {
                let number = Int(posting.profile)
                sums[number * kinds + info.witness] += Int(posting.gain)
                best[number] = max(best[number], Int(posting.weight))
                if said.last == token.kind { named.insert(Kind(profile: posting.profile, kind: token.kind)) }
            }
        }
        var scores: [Int] = []
        var renamed = [Bool](repeating: false, count: profiles.count)
        for number in profiles.indices {
            for (kind, count) in unseen where kind != "client" && kind != "server" {
                let witness = ProfileToken.witness(of: kind).rawValue
                sums[number * kinds + witness] += surprise(Int32(number), kind) * min(2, count)
            }
            var score = Self.prior
            for witness in 0..<kinds { score += Self.bounded(sums[number * kinds + witness]) }
            for kind in said {
                let place = Kind(profile: Int32(number), kind: kind)
                guard let identity = identities[place], !named.contains(place) else { continue }
                score += identity == .product ? -30_000 : Self.otherName
                renamed[number] = true
            }
            // Nothing that it said is special to the label.
            if best[number] < 1_000 { score = min(score, -5_000) }
            scores.append(score)
        }
        return decide(scores, renamed)
    }

    /// What a value that no profile knows says of one of them: 0 or less.
    private func surprise(_ number: Int32, _ kind: String) -> Int {
        let captures = UInt64(profiles[Int(number)].captures)
        let share = (news[Kind(profile: number, kind: kind)] ?? 0) * 10 + 3
        // Against 0.4: two devices in five that we do not know say something new of a kind.
        return max(-4_000, min(0, MilliLog.ratio(share * 10, (captures * 10 + 6) * 4)))
    }

    private static func bounded(_ sum: Int) -> Int {
        if sum > wholeUpTo { return wholeUpTo + (sum - wholeUpTo) / 4 }
        return sum < -wholeUpTo ? -wholeUpTo + (sum + wholeUpTo) / 4 : sum
    }

    private func decide(_ scores: [Int], _ renamed: [Bool]) -> Answer {
        let confidences = Odds.confidences(of: scores)
        let ranked = profiles.indices.map { number in
            Candidate(
                label: profiles[number].label, score: scores[number], confidence: confidences[number], profile: number)
        }.sorted { $0.score != $1.score ? $0.score > $1.score : $0.label < $1.label }
        // Beside one whose name fits, one that would have to be renamed is no candidate.
        let near = Array(
            ranked.prefix { $0.score >= ranked[0].score - Self.togetherWithin }
                .filter { !renamed[$0.profile] || renamed[ranked[0].profile] }.prefix(Self.togetherAtMost))
        let captures = max(1, profiles[ranked[0].profile].captures)
        let doubt = renamed[ranked[0].profile] ? 1_000 - Self.confidenceOfOtherName : 0
        let greatest = min(Self.greatestConfidence, 1_000 - Self.doubtOfOneCapture / captures, 1_000 - doubt)
        let confidence = min(greatest, near.map(\.confidence).reduce(0, +))
        let order = near + ranked.filter { one in !near.contains { $0.profile == one.profile } }
        return Answer(
            ranked: order, chosen: confidence >= Self.leastConfidence ? near.count : 0, confidence: confidence)
    }

    // MARK: Saying why

    /// What the answer rests on, as every judgement says it; nil where the kind is not known.
    public func judgement(of tokens: [ProfileToken]) -> (judgement: Judgement, profiles: [Profile])? {
        let answer = answer(to: tokens)
        guard let value = answer.value else { return nil }
        let chosen = answer.ranked.prefix(answer.chosen)
        let speaking = chosen.flatMap { evidence(for: $0, tokens, atMost: chosen.count == 1 ? 12 : 6) }
        let others = answer.ranked.dropFirst(answer.chosen).prefix(3).filter { $0.score > -5_000 }
        let judgement = Judgement(
            value: value, confidence: answer.confidence, evidence: speaking,
            others: others.map { other in
                Judgement.Rival(value: other.label, evidence: evidence(for: other, tokens, atMost: 3))
            })
        return (judgement, chosen.map { profiles[$0.profile] })
    }

    /// The tokens that speak for one label most, and those that no profile knows.
    private func evidence(for candidate: Candidate, _ tokens: [ProfileToken], atMost: Int) -> [Evidence] {
        var pieces: [(token: ProfileToken, weight: Int)] = []
        for token in tokens {
            guard let place = places[token] else { continue }
            let posting = known[Int(place)].postings.first { $0.profile == Int32(candidate.profile) }
            if let posting, posting.weight > 0 { pieces.append((token, Int(posting.weight))) }
        }
        pieces.sort { $0.weight != $1.weight ? $0.weight > $1.weight : $0.token < $1.token }
        return pieces.prefix(atMost).map { token, weight in token.evidence(rule: "profile.\(candidate.label)", weight) }
    }
}

extension Profile {
    /// Adds what another of the same label was taught.
    mutating func add(_ other: Profile) {
        set(captures: min(Self.capturesAtMost, captures + other.captures))
        for (token, count) in other.counts { set(token, min(captures, (counts[token] ?? 0) + count)) }
        for (attribute, value) in other.attributes where attributes[attribute] == nil { name(attribute, value) }
    }
}

extension ProfileToken {
    fileprivate func evidence(rule: String, _ weight: Int) -> Evidence {
        let field = Field(path: kind)
        let dot = kind.firstIndex(of: ".")
        let protocolName = dot.map { String(kind[..<$0]) } ?? (kind == "domain" ? "dns" : "service")
        let fieldName = dot.map { String(kind[kind.index(after: $0)...]) } ?? kind
        return Evidence(
            field: field, protocolName: protocolName, fieldName: fieldName, value: value, rule: rule, seen: 0,
            weight: weight)
    }
}
