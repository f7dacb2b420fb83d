//===----------------------------------------------------------------------===//
// Wardlight · Defense
//
// Names of operating systems: which one does a text name, and in which release?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// `Windows Server 2008 R2`, as a family and a release. Texts that leave a choice (`Windows 7 or Server 2008 R2`) are several.
struct SystemName: Hashable, Sendable {
    /// `windows`, `windows server`, `windows ce`, `vxworks`, `android`.
    var family: String
    /// `xp`, `7`, `2008 r2`; nil where the text does not say.
    var release: String?

    private static let client: Set<String> = [
        "xp", "vista", "2000", "7", "8", "8.1", "10", "11", "nt", "95", "98", "me",
    ]
    private static let server: Set<String> = ["2000", "2003", "2008", "2012", "2016", "2019", "2022", "2025"]
    private static let others: Set<String> = [
        "vxworks", "android", "ios", "ipados", "linux", "ubuntu", "debian", "rhel", "centos", "macos", "freebsd", "qnx",
        "threadx",
    ]

    /// The systems that the text names, and the words of it that are not theirs.
    static func read(_ text: String) -> (systems: [SystemName], rest: [String]) {
        let words = words(of: text)
        var systems: [SystemName] = []
        var rest: [String] = []
        var at = 0
        var isServer = false
        while at < words.count {
            let word = words[at]
            at += 1
            if word == "windows"
                || (word == "server" && !systems.isEmpty && systems.allSatisfy { $0.family.hasPrefix("windows") })
            {
                isServer = word == "server"
                if at < words.count, words[at] == "server" { isServer = true; at += 1 }
                if at < words.count, words[at] == "ce" || words[at] == "mobile" || words[at] == "phone" {
                    systems.append(SystemName(family: "windows \(words[at])", release: nil))
                    at += 1
                    continue
                }
                if at < words.count, words[at] == "embedded" { at += 1 }
                var system = SystemName(family: isServer ? "windows server" : "windows", release: nil)
                if at < words.count, (isServer ? server : client).contains(words[at]) {
                    system.release = words[at]
                    at += 1
                    if at < words.count, words[at] == "r2" { system.release? += " r2"; at += 1 }
                }
                systems.append(system)
            } else if others.contains(word) {
                systems.append(SystemName(family: word, release: nil))
            } else if word != "or" && word != "microsoft" {
                rest.append(word)
            }
        }
        return (systems, rest)
    }

    /// Whether a device that runs `seen` runs this system: nothing where `seen` does not say enough.
    func holds(for seen: String) -> Bool? { holds(for: Self.read(seen).systems) }

    /// - Parameter systems: those that its text names.
    func holds(for systems: [SystemName]) -> Bool? {
        guard !systems.isEmpty else { return nil }
        let answers = systems.map { system -> Bool? in
            guard system.family == family else {
                // `Windows` alone may be a server, too.
                return family.hasPrefix("windows") && system.family == "windows" && system.release == nil ? nil : false
            }
            guard let release else { return true }
            return system.release.map { $0 == release }
        }
        if answers.allSatisfy({ $0 == true }) { return true }
        return answers.allSatisfy { $0 == false } ? false : nil
    }

    var words: String { release.map { "\(family) \($0)" } ?? family }

    private static func words(of text: String) -> [String] {
        var result: [String] = []
        var word: [UInt8] = []
        for byte in ProductWords.plain(text) {
            if (97...122).contains(byte) || (48...57).contains(byte) || byte == UInt8(ascii: ".") {
                word.append(byte)
            } else if !word.isEmpty {
                result.append(String(decoding: word, as: UTF8.self))
                word = []
            }
        }
        if !word.isEmpty { result.append(String(decoding: word, as: UTF8.self)) }
        return result.map { $0.hasSuffix(".") ? String($0.dropLast()) : $0 }
    }
}
