//===----------------------------------------------------------------------===//
// Wardlight · Inventory
//
// Domain names: which part of a host's name tells who made the device?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// A host's name in the public name space, with numbers blanked out: pools of servers count as one.
struct DomainName: Hashable {
    /// `r#.dch.dlink.com`
    let text: String
    /// What was registered: `dlink.com`, `example.co.uk`.
    let registered: String

    /// Nil for addresses, single labels, local names and reverse look-ups: they tell of the network, not of the device.
    init?(_ host: String) {
        var bytes = Array(host.utf8.prefix(254)).map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
        if let colon = bytes.lastIndex(of: UInt8(ascii: ":")) { bytes.removeSubrange(colon...) }
        while bytes.last == UInt8(ascii: ".") { bytes.removeLast() }
        let isPlain = bytes.allSatisfy { byte in
            byte >= 0x61 && byte <= 0x7A || byte >= 0x30 && byte <= 0x39 || byte == 0x2D || byte == 0x2E || byte == 0x5F
        }
        guard isPlain, bytes.count <= ProfileToken.longest else { return nil }
        let labels = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard labels.count >= 2, labels.allSatisfy({ !$0.isEmpty }), let last = labels.last else { return nil }
        let top = String(decoding: last, as: UTF8.self)
        guard top.utf8.allSatisfy({ $0 >= 0x61 && $0 <= 0x7A }), top.utf8.count == 2 || Self.tops.contains(top)
        else { return nil }
        var blanked: [String] = []
        for label in labels {
            var text: [UInt8] = []
            for byte in label {
                let isDigit = byte >= 0x30 && byte <= 0x39
                if !isDigit { text.append(byte) } else if text.last != UInt8(ascii: "#") { text.append(0x23) }
            }
            blanked.append(String(decoding: text, as: UTF8.self))
        }
        let count = blanked.count
        let isDeep = top.utf8.count == 2 && count > 2 && Self.seconds.contains(blanked[count - 2])
        registered = blanked.suffix(isDeep ? 3 : 2).joined(separator: ".")
        text = blanked.joined(separator: ".")
    }

    /// Whether many makers rent room there, so that only the host's owner is known, not the maker.
    var isShared: Bool { Self.shared.contains(registered) }

    /// Whether apps and push services of phones look it up: a device that a phone was connected to passes that on.
    var isOfPhones: Bool {
        if registered == "google.com" { return text.contains("mtalk") || text.contains("clients") }
        return Self.phones.contains(registered)
    }

    private static let phones: Set<String> = [
        "android.com", "samsungosp.com", "facebook.com", "fbcdn.net", "instagram.com", "whatsapp.net", "twitter.com",
        "localytics.com", "mixpanel.com", "crashlytics.com", "bugsense.com", "flipboard.com", "tripadvisor.com",
        "doubleclick.net", "icloud.com",
    ]

    /// Whether it is the domain or a name in it.
    func isInside(_ domain: String) -> Bool { text == domain || text.hasSuffix("." + domain) }

    /// Generic top domains that products are known to use; all of two letters count too. A name under anything else
    /// (`.lan`, `.hospital`, a search list's suffix) is the network's own.
    private static let tops: Set<String> = [
        "com", "net", "org", "info", "biz", "edu", "gov", "mil", "int", "cloud", "app", "dev", "online", "tech",
        "health", "care", "network", "systems", "solutions", "services", "digital", "link", "live", "world", "global",
    ]
    private static let seconds: Set<String> = ["co", "com", "org", "net", "gov", "ac", "edu", "ne", "or", "go"]
    private static let shared: Set<String> = [
        "amazonaws.com", "cloudfront.net", "akamai.net", "akamaiedge.net", "akadns.net", "edgekey.net", "edgesuite.net",
        "azure.com", "azureedge.net", "azurewebsites.net", "windows.net", "trafficmanager.net", "cloudapp.net",
        "googleapis.com", "appspot.com", "fastly.net", "cloudflare.com", "ntp.org", "nist.gov", "edu.cn",
    ]

    /// Words of a header, from three letters on, each with the version that hangs on it: `wget`, `upnp/1.0`.
    static func words(of text: String) -> Set<String> {
        var words: Set<String> = []
        var word: [UInt8] = []
        func isLetter(_ byte: UInt8) -> Bool { byte >= 0x61 && byte <= 0x7A }
        for byte in text.utf8 + [0x20] {
            let isVersion = byte >= 0x30 && byte <= 0x39 || byte == 0x2B || byte == 0x2D || byte == 0x2E
            let goesOn = isLetter(byte) || !word.isEmpty && isVersion
            if goesOn {
                word.append(byte)
            } else {
                if word.count >= 3 && words.count < 16 { words.insert(String(decoding: word, as: UTF8.self)) }
                word.removeAll()
            }
        }
        return words
    }
}
