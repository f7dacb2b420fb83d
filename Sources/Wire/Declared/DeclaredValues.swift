//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// Values of declared lists: yes or no, in service or retired.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

public enum DeclaredValues {
    private static let table: [String: DeclaredAsset.Status] = {
        var table: [String: DeclaredAsset.Status] = [:]
        for (status, words) in statuses { for word in words { table[DeclaredWords.plain(word)] = status } }
        return table
    }()

    // MARK: Status

    /// Nil where the word is not known. `Retired (2023)` and `Active - in use` are what stands in front, `30 - Retired` and
    /// `C: In store` what stands behind the code, and of `Asset was scrapped in 2023` the one word that is known.
    static func status(_ text: String) -> DeclaredAsset.Status? {
        if let known = table[DeclaredWords.plain(text)] { return known }
        if let mark = text.firstIndex(where: { marks.contains($0) }) {
            let front = DeclaredWords.plain(text[..<mark])
            if let known = table[front] { return known }
            let rest = text[text.index(after: mark)...]
            if isCode(front), let known = table[DeclaredWords.plain(rest)] { return known }
        }
        return spoken(DeclaredWords.split(text.prefix(longestSpoken)))
    }

    /// A status, also under a heading that asks for yes or no (`Active`, `Retired`), or for the day on which it was retired.
    static func status(_ text: String, under heading: String) -> DeclaredAsset.Status? {
        if let known = status(text) { return known }
        let isRetiring = DeclaredHeadings.retiring.contains(DeclaredWords.plain(heading))
        if isRetiring {
            switch DeclaredDay(text) {
            case .day, .either: return .retired
            case .none, .broken: break
            }
        }
        guard let flag = flag(text), isRetiring || isAsking(heading) else { return nil }
        return flag == isRetiring ? .retired : .inService
    }

    /// `Active`, `Is active`, `In use`: a status that is asked for with yes and no.
    private static func isAsking(_ heading: String) -> Bool {
        let plain = DeclaredWords.plain(heading)
        return plain == "isactive" || table[plain] == .inService
    }

    private static let marks: Set<Character> = ["(", "-", "–", "—", ",", ";", ":", "/", "|", ">", "["]
    private static let longestSpoken = 96

    /// A number, or one letter: `30`, `C`.
    private static func isCode(_ plain: String) -> Bool {
        plain.utf8.count == 1
            || !plain.isEmpty && plain.utf8.count <= 4 && plain.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
    }

    /// The only status that a few words name, if they say little else; nil where two are named or one is denied.
    private static func spoken(_ all: [String]) -> DeclaredAsset.Status? {
        let words = all.filter { !$0.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 } }
        // SAP writes all that holds at once: `INST DLFL` is installed, and flagged for deletion.
        if words.contains(where: deletions.contains) { return .retired }
        var found: DeclaredAsset.Status?
        var covered = 0
        var others = 0
        var start = 0
        while start < words.count {
            var step = 1
            var isKnown = false
            for count in stride(from: min(4, words.count - start), through: 1, by: -1) {
                guard let status = table[words[start..<start + count].joined()] else { continue }
                if start > 0, deniers.contains(words[start - 1]) { return nil }
                if let found, found != status { return nil }
                found = status
                covered += count
                step = count
                isKnown = true
                break
            }
            if !isKnown, !fillers.contains(words[start]) { others += 1 }
            start += step
        }
        return covered >= others ? found : nil
    }

    private static let fillers: Set<String> = [
        "the", "a", "was", "is", "has", "been", "by", "of", "at", "on", "since", "as", "per", "it", "asset", "device",
        "equipment", "item", "status", "gerat", "ist", "wurde", "am", "seit", "im", "der", "die", "das", "le", "la",
        "les",
        "depuis", "est", "appareil", "el", "desde", "equipo", "esta",
    ]

    private static let deletions: Set<String> = ["dlfl", "inac", "inak", "lovm"]

    private static let deniers: Set<String> = [
        "not", "non", "no", "never", "nicht", "nie", "kein", "keine", "pas", "jamais", "sans", "sin", "nunca",
        "without",
        "ohne",
    ]

    // MARK: Yes and no

    private static let yes: Set<String> = [
        "yes", "y", "true", "t", "1", "x", "ja", "j", "oui", "o", "si", "s", "vrai", "wahr", "verdadero", "on", "wired",
        "wireless", "lan", "wlan", "wifi", "ethernet", "both", "networked", "connected", "network", "enabled",
        "capable", "vernetzt", "connecte", "conectado", "checked", "dhcp", "static", "staticip", "rj45", "lanwlan",
        "wiredwireless", "wiredandwireless", "ethernetwifi", "ethernetandwifi", "networkable", "networkcapable",
        "ipenabled", "netzwerk", "netzwerkfahig", "kabel", "funk", "verkabelt", "connectable", "raccorde", "filaire",
        "sansfil", "reseau", "conectada", "conectable", "enred", "cableado", "inalambrico", "cierto", "positive",
    ]
    private static let no: Set<String> = [
        "no", "n", "false", "f", "0", "nein", "non", "faux", "falsch", "falso", "off", "none", "standalone",
        "notnetworked", "notconnected", "disconnected", "disabled", "offline", "notcapable", "nichtvernetzt",
        "nonconnecte", "never", "notnetworkable", "notnetworkcapable", "nonnetworked", "nonnetworkable",
        "nonconnected", "unconnected", "nonetwork", "nonic", "nolan", "nichtnetzwerkfahig", "nichtvernetzbar",
        "keinnetzwerk", "ohnenetzwerk", "einzelplatz", "nonconnectable", "nonraccorde", "autonome", "noconectado",
        "noconectada", "noconectable", "sinred", "autonomo", "negative", "unchecked",
    ]

    /// Nil where it is neither. `Yes (Wi-Fi)`, `No - stand-alone` and `LAN/WLAN` are what stands in front.
    static func flag(_ text: String) -> Bool? {
        switch text {
        case "✓", "✔", "☑", "☒": return true
        case "✗", "✘", "☐": return false
        default: break
        }
        var plain = DeclaredWords.plain(text)
        // A spreadsheet's numbers: `1.0` and `0.0`.
        if text == "1.0" || text == "0.0" { plain = String(plain.prefix(1)) }
        if let known = known(plain) { return known }
        if DeclaredWords.isNothing(plain) { return nil }
        guard let mark = text.firstIndex(where: { marks.contains($0) || $0 == "+" || $0 == "&" }),
            mark > text.startIndex
        else { return nil }
        let front = DeclaredWords.plain(text[..<mark])
        // `0.5` and `1-2` are nothing of the kind.
        return front.utf8.count > 1 || text[mark...].contains(" ") ? known(front) : nil
    }

    private static func known(_ plain: String) -> Bool? {
        yes.contains(plain) ? true : no.contains(plain) ? false : nil
    }
}
