//===----------------------------------------------------------------------===//
// Wardlight · Inventory
//
// Rule offer: what a person corrected here, as a rule that knows the device elsewhere.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// A rule in the form of `Knowledge/`, made of a device's most telling words and what a person said it is.
///
/// Only fields that describe a product are used, and only values in which no address, name or serial number of the
/// individual stands.
public struct RuleOffer: Hashable, Sendable {
    public let text: String
    /// Ids of other devices that fulfil it, too, and are believed to be something else; at most 16.
    public let alsoFits: [String]

    /// What a person said it is, and who and why.
    public struct Said: Sendable {
        public var values: [(attribute: Attribute, value: String)]
        public var by: String
        public var reason: String
        /// `2026-03-01`
        public var date: String

        public init(values: [(attribute: Attribute, value: String)], by: String, reason: String, date: String) {
            self.values = values
            self.by = by
            self.reason = reason
            self.date = date
        }
    }

    /// Nil where the device said nothing that could tell its like elsewhere, or only of itself (a serial number).
    ///
    /// - Parameter concluded: The device as the rules alone see it, before the correction.
    public init?(_ said: Said, concluded: Device, in snapshot: InventorySnapshot, knowledge: KnowledgeBase) {
        let values = said.values.filter { $0.attribute != .serial && !$0.value.contains { $0 == "{" || $0 == "}" } }
        guard !values.isEmpty else { return nil }
        var candidates = Self.candidates(concluded, knowledge)
        guard !candidates.isEmpty else { return nil }
        // The best word first; more of them while others fit that are believed to be something else.
        var chosen = [candidates.removeFirst()]
        var others = snapshot.devices.filter { $0.id != concluded.id }
        func strangers() -> [Device] {
            others = others.filter { device in
                chosen.allSatisfy { Self.holds($0, device, knowledge) }
            }
            return others.filter { device in
                values.contains { attribute, value in
                    guard let other = device.judgements[attribute], other.confidence >= 700 else { return false }
                    return other.value.lowercased() != value.lowercased()
                }
            }
        }
        var fitting = strangers()
        while chosen.count < 4, let next = candidates.first {
            // A word that tells no more than a habit needs a second one beside it.
            guard !fitting.isEmpty || chosen.count == 1 && !chosen[0].namesProduct else { break }
            candidates.removeFirst()
            chosen.append(next)
            fitting = strangers()
        }
        alsoFits = fitting.prefix(16).map(\.id)
        text = Self.write(said, values, chosen, concluded, knowledge)
    }

    // MARK: Words that tell

    private struct Word: Hashable {
        var signal: Signal
        var value: String
        /// Names a product by itself.
        var namesProduct: Bool
    }

    private static func candidates(_ device: Device, _ knowledge: KnowledgeBase) -> [Word] {
        var found: [(rank: Int, length: Int, word: Word)] = []
        let individual = secrets(of: device)
        for fact in device.facts {
            guard let rank = ranks.firstIndex(of: fact.field) else { continue }
            guard !fact.value.isEmpty, fact.value.utf8.count <= 200, !isIndividual(fact.value, individual) else {
                continue
            }
            let word = Word(signal: .fact(fact.field), value: fact.value, namesProduct: rank < habits)
            // Of several values of a field the longest says most.
            found.append((rank, -fact.value.utf8.count, word))
        }
        found.sort { ($0.rank, $0.length, $0.word.value) < ($1.rank, $1.length, $1.word.value) }
        var words: [Word] = []
        for entry in found where !words.contains(where: { $0.signal == entry.word.signal }) { words.append(entry.word) }
        if let bits = device.mac.first(where: { !$0.isLocallyAdministered })?.bits,
            let maker = knowledge.prefixes.vendor(ofBits: bits)
        {
            words.append(Word(signal: .vendor, value: maker, namesProduct: false))
        }
        return words
    }

    /// From here on a field tells a habit of many products.
    private static let habits = ranks.firstIndex(of: .dhcpVendorClass) ?? ranks.count

    /// Fields that describe a product, those that name it first.
    private static let ranks: [Field] = [
        .lldpMedModel, .hl7DeviceModel, .poct1ModelId, .sdcModel, .intellivueProductName, .upnpModelName, .wsdModel,
        .bacnetModelName, .modbusProductName, .modbusModel, .enipProductName, .s7OrderNumber, .cdpPlatform,
        .dicomImplementationVersion, .dicomImplementationClassUID, .snmpSysObjectId, .snmpSysDescr,
        .lldpSystemDescription, .telnetBanner, .ftpBanner, .httpRealm, .httpServer, .ssdpServer, .sshBanner,
        .hl7SendingApplication, .httpUserAgent, .rtspServer, .sipUserAgent, .mdnsService, .upnpDeviceType,
        .dhcpVendorClass, .dhcpv6VendorClass, .dhcpParameterRequestList, .dhcpv6OptionRequest, .tlsJa4, .tcpSyn,
    ]

    /// What names the individual, in lower case: addresses with and without marks, names, serial numbers.
    private static func secrets(of device: Device) -> [String] {
        var all: [String] =
            device.names + device.eui64 + device.ipv4.map(\.description) + device.ipv6.map(\.description)
        for address in device.mac {
            let bare = address.description.filter { $0 != ":" }
            all += [address.description, address.description.split(separator: ":").joined(separator: "-"), bare]
            all.append(String(bare.suffix(6)))
        }
        if let serial = device.judgements[.serial] { all += [serial.value] + serial.others.map(\.value) }
        all += device.components.compactMap(\.serial)
        all += device.facts.filter { $0.field.isSerial || $0.field.isName }.map(\.value)
        return all.map { $0.lowercased() }.filter { $0.utf8.count >= 3 }
    }

    private static func isIndividual(_ value: String, _ secrets: [String]) -> Bool {
        let lower = lowercasedBytes(value)
        return secrets.contains { lower.firstPlace(of: Array($0.utf8), from: 0) != nil }
    }

    private static func holds(_ word: Word, _ device: Device, _ knowledge: KnowledgeBase) -> Bool {
        let wanted = lowercasedBytes(word.value)
        if let field = word.signal.field {
            return device.facts.contains { $0.field == field && lowercasedBytes($0.value) == wanted }
        }
        return device.mac.contains { address in
            knowledge.prefixes.vendor(ofBits: address.bits).map { lowercasedBytes($0) == wanted } ?? false
        }
    }

    // MARK: Text

    private static func write(
        _ said: Said, _ values: [(attribute: Attribute, value: String)], _ chosen: [Word], _ concluded: Device,
        _ knowledge: KnowledgeBase
    ) -> String {
        let name = values.first { $0.attribute == .type }?.value ?? values[0].value
        let words = chosen.map { "\($0.signal.protocolName).\($0.signal.name) \($0.value)" }
        let id = "corrected.\(slug(name))-\(fingerprint(words + values.map { "\($0.attribute) \($0.value)" }))"
        var lines = ["rule \(id)"]
        for word in chosen {
            lines.append("  when \(word.signal.protocolName).\(word.signal.name) exact \(quoted(word.value))")
        }
        for (attribute, value) in values {
            lines.append("  says \(attribute.rawValue) \(quoted(value)) \(weight)")
            // What the rules said before counts for less where these words stand together.
            if let old = concluded.conclusion(on: attribute), old.value.lowercased() != value.lowercased(),
                !old.value.contains(where: { $0 == "{" || $0 == "}" })
            {
                let sum = old.evidence.reduce(0) { $0 + max(0, $1.weight) }
                lines.append("  says \(attribute.rawValue) \(quoted(old.value)) \(-min(max(sum, 1), 10_000))")
            }
        }
        lines.append("  source \(quoted("corrected by \(said.by) on \(said.date): \(said.reason)"))")
        let given = chosen.enumerated().map { number, word in
            number == 0 ? quoted(word.value) : "\(word.signal.protocolName).\(word.signal.name) \(quoted(word.value))"
        }
        let expected = values.map { "\($0.attribute.rawValue) \(quoted($0.value))" }.joined(separator: ", ")
        lines.append("  example \(given.joined(separator: " & ")) -> \(expected)")
        if let type = values.first(where: { $0.attribute == .type })?.value, !knowledge.hasClass(type: type) {
            lines += [
                "", "# No class has this type yet; the line below puts it into one when you take the # away.",
                "# class medical type \(quoted(type))",
            ]
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// A person looked: above the device's own word (4000), since that is what was corrected.
    private static let weight = 4_500

    /// As the rules' parser reads it (`RuleParser`): backslashes and quotation marks are marked, line ends are words.
    static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    private static func slug(_ text: String) -> String {
        let letters = text.lowercased().unicodeScalars.map { scalar in
            "abcdefghijklmnopqrstuvwxyz0123456789".unicodeScalars.contains(scalar) ? Character(scalar) : "-"
        }
        let joined = String(letters.prefix(40)).split(separator: "-").joined(separator: "-")
        return joined.isEmpty ? "device" : joined
    }

    /// Eight digits that are the same for the same rule: FNV-1a, 32 bits (it only keeps names apart).
    private static func fingerprint(_ words: [String]) -> String {
        var hash: UInt32 = 0x811C_9DC5
        for byte in words.joined(separator: "\u{0}").utf8 { hash = (hash ^ UInt32(byte)) &* 0x0100_0193 }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 8 - digits.count) + digits
    }
}

extension Device {
    /// What the rules say of an attribute, whatever a person said.
    fileprivate func conclusion(on attribute: Attribute) -> Judgement.Rival? {
        guard let judgement = judgements[attribute] else { return nil }
        let isDecided = judgement.evidence.contains { $0.protocolName == Correction.protocolName }
        if isDecided, let other = judgement.others.first { return other }
        let pieces = judgement.evidence.filter { $0.protocolName != Correction.protocolName }
        return pieces.isEmpty ? nil : Judgement.Rival(value: judgement.value, evidence: pieces)
    }
}
