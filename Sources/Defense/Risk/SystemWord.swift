//===----------------------------------------------------------------------===//
// Wardlight · Defense
//
// System words: the name of an operating system, taken apart so that two spellings of it can be compared.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// One word of the name of a system: `Windows`, `XP`, `20.04.6`.
struct SystemWord: Hashable, Sendable {
    /// As written.
    var text: Substring
    /// In small letters.
    var key: String
    /// Its numbers, where it is a version: `20.04.6` is 20, 4, 6.
    var number: [Int]
    /// Whether letters' case matters: `iOS` is not Cisco's `IOS`.
    var isExact: Bool

    static func == (one: Self, other: Self) -> Bool { one.key == other.key && one.number == other.number }
    func hash(into hasher: inout Hasher) { hasher.combine(key) }

    /// Words that stand in some spellings and not in others, and say nothing.
    private static let silent: Set<String> = ["microsoft", "apple", "gnu", "linux", "lts", "version", "release"]
    /// Of a text; what is longer is no name of a system.
    static let mostWords = 40

    private init(_ text: Substring) {
        self.text = text
        key = text.lowercased()
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        var number: [Int] = []
        for part in parts.prefix(8) {
            guard !part.isEmpty, part.utf8.count <= 9, let value = Int(part), value >= 0 else {
                number = []
                break
            }
            number.append(value)
        }
        self.number = number
        isExact = key == "ios"
    }

    /// Words of a name, without those that say nothing.
    static func words(_ text: Substring) -> [Self] {
        text.split { !($0.isLetter || $0.isNumber || $0 == ".") }.prefix(mostWords)
            .map { Self(Substring($0.trimmingDots)) }
            .filter { !$0.key.isEmpty && !silent.contains($0.key) }
    }

    /// What a text leaves open: `Windows 7 or Server 2008 R2` is two.
    static func choices(_ words: [Self]) -> [[Self]] {
        words.split(omittingEmptySubsequences: false) { $0.key == "or" }.map(Array.init)
    }

    /// Whether a word of the list is this word of a device: versions also where the device's says more.
    func fits(_ seen: Self) -> Bool {
        if isExact { return text == seen.text }
        if number.isEmpty || seen.number.isEmpty { return key == seen.key }
        return seen.number.starts(with: number)
    }
}

extension Substring {
    fileprivate var trimmingDots: Substring {
        var rest = self
        while rest.first == "." { rest.removeFirst() }
        while rest.last == "." { rest.removeLast() }
        return rest
    }
}
