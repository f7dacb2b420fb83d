//===----------------------------------------------------------------------===//
// Wardlight · Ledger
//
// Comparing: in what does a row differ from the device that it is?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension ReconcilerDesk {
    /// Sets a match's comparisons, each with both texts. Firmware is left out: a list is always behind with that.
    mutating func compare(_ index: Int, _ found: Found) {
        let asset = assets[index]
        let device = devices[found.device]
        var compared = [found.compared]
        func add(_ what: String, _ seen: String, _ declared: String, _ holds: Bool) {
            compared.append(.init(what: what, seen: seen, advisory: declared, holds: holds))
        }
        if found.compared.what != "serial", let written = asset.serial, case .exact = serials[index],
            let number = serials[index], let seen = sure(.serial, device)
        {
            let numbers = numbers(of: found.device)
            if !numbers.isEmpty { add("serial", seen, written, numbers.contains(number)) }
        }
        if let declared = asset.vendor, !Words.isNothing(Words.plain(declared)), let seen = sure(.vendor, device) {
            add("vendor", seen, declared, names.agree(declared, seen))
        }
        if let declared = asset.model, let seen = sure(.model, device),
            let holds = ModelWords.agree(declared, seen, besides: kinds(asset, device))
        {
            add("model", seen, declared, holds)
        }
        if let holds = sameSite(asset, device) { add("site", device.site, asset.site, holds) }
        if let declared = asset.room, let answer = places.compare(declared, found.device) {
            add("place", answer.seen, declared, answer.holds)
        }
        matches[index].compared = compared
        matches[index].conflicts = found.isProbable ? [] : compared.filter { $0.holds == false }
    }

    /// A value of a device, if it is sure enough to speak against a list.
    private func sure(_ attribute: Attribute, _ device: Device) -> String? {
        guard let judgement = device.judgements[attribute], judgement.confidence >= limits.leastConfidence,
            !judgement.value.isEmpty
        else { return nil }
        return judgement.value
    }

    /// What may stand in a column for models and says only what kind of thing it is.
    private func kinds(_ asset: DeclaredAsset, _ device: Device) -> [String] {
        [asset.type, asset.vendor, device.judgements[.type]?.value, device.judgements[.vendor]?.value]
            .compactMap(\.self)
    }

    /// Nil where the list calls its sites otherwise than we do: then they cannot be compared.
    private func sameSite(_ asset: DeclaredAsset, _ device: Device) -> Bool? {
        let declared = Words.plain(asset.site)
        guard knownSites.contains(declared) else { return nil }
        return declared == Words.plain(device.site)
    }
}

/// Names of products.
enum ModelWords {
    /// Whether both may be one product; nil where one says nothing of a product.
    ///
    /// Makers write `IntelliVue MX450`, lists `MX450 (866062)`: it is enough that one name holds the other, or that they
    /// share the word with the number in it. `MX450` and `MX800` share none.
    static func agree(_ declared: String, _ seen: String, besides kinds: [String]) -> Bool? {
        let (one, other) = (Words.split(declared), Words.split(seen))
        let (plain, second) = (one.joined(), other.joined())
        if Words.isNothing(plain) || Words.isNothing(second) { return nil }
        if plain == second || plain.contains(second) || second.contains(plain) { return true }
        // Without maker and kind: what is left is the product.
        let common = Set(kinds.flatMap(Words.split))
        let (left, right) = (one.filter { !common.contains($0) }, other.filter { !common.contains($0) })
        if left.isEmpty || right.isEmpty { return nil }
        let (few, many) = left.count < right.count ? (left, Set(right)) : (right, Set(left))
        if few.allSatisfy(many.contains) { return true }
        if left.joined() == right.joined() { return true }
        return !telling(left).isDisjoint(with: telling(right))
    }

    /// Words with a number in them, also such as are written in two: `MX-450`.
    private static func telling(_ words: [String]) -> Set<String> {
        let pairs = zip(words, words.dropFirst()).map { $0 + $1 }
        return Set((words + pairs).filter { $0.utf8.count >= 3 && Words.hasDigit($0) })
    }
}
